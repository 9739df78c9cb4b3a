#include "pulses.h"

#include <avr/interrupt.h>
#include <util/delay.h>

#include "../hal.h"

/* Width of a step pulse: what the usual drives ask for (1 to 2.5 us), and some. */
#define PULSE_US 4
#define STEP _BV(PB3)
#define DIRECTION _BV(PB5)
/* Timer 2 at 16 MHz / 64 and / 1024. */
#define FINE_US 4u
#define COARSE_US 64u
#define FINE _BV(CS22)
#define COARSE (_BV(CS22) | _BV(CS21) | _BV(CS20))

static volatile uint16_t to, at; /* the axis by its pulses */

ISR(TIMER2_COMPA_vect)
{
    uint16_t here = at, there = to;
    uint8_t direction = there > here ? DIRECTION : 0;
    if (here == there) {
        pulses_stop();
    } else if ((PORTB & DIRECTION) != direction) { /* drives want it some time before the pulse: the next turn's */
        PORTB ^= DIRECTION;
    } else {
        PORTB |= STEP;
        at = direction ? here + 1 : here - 1;
        _delay_us(PULSE_US);
        PORTB &= ~STEP;
    }
}

void pulses_init(void)
{
    DDRB |= STEP | DIRECTION;
    TCCR2A = _BV(WGM21);
}

void hal_follow(uint16_t position, uint16_t interval_us)
{
    uint8_t clock = interval_us <= 256 * FINE_US ? FINE : COARSE;
    uint8_t last = (uint8_t)(interval_us / (clock == FINE ? FINE_US : COARSE_US) - 1); /* 24..249 */
    cli();
    to = position;
    if (!interval_us || chain_open()) {
        pulses_stop();
    } else {
        if (TCCR2B != clock || OCR2A != last) { /* the next one a whole interval from now: none comes too soon */
            TCCR2B = clock;
            OCR2A = last;
            TCNT2 = 0;
            TIFR2 = _BV(OCF2A);
        }
        TIMSK2 = _BV(OCIE2A);
    }
    sei();
}

uint16_t hal_pulsed(void)
{
    cli();
    uint16_t here = at;
    sei();
    return here;
}
