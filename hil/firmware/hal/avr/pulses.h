/* Step pulses on D11 (PB3), direction on D13 (PB5), by timer 2. */
#ifndef PULSES_H
#define PULSES_H

#include <avr/io.h>
#include <stdbool.h>

void pulses_init(void);

static inline bool chain_open(void)
{
    return PIND & _BV(PD2);
}

static inline void pulses_stop(void)
{
    TIMSK2 = 0;
    TCCR2B = 0;
}

#endif
