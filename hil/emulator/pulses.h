/* SPDX-License-Identifier: GPL-3.0-or-later
 * The step pulses of the axis, counted at the pins. */
#ifndef PULSES_H
#define PULSES_H

#include <stdint.h>

#include <simavr/sim_avr.h>

struct pulses {
    uint64_t last;    /* cycle at which the last one began, 0: none yet */
    int32_t steps;    /* forth less back, since the last reset */
    uint32_t count;   /* all, since the start */
    uint32_t closest; /* cycles between the two that followed each other fastest, 0: not yet two */
};

extern struct pulses pulses;
void pulses_attach(avr_t *avr);

#endif
