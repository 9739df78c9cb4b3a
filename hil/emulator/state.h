/* SPDX-License-Identifier: GPL-3.0-or-later
 * The processor's state in a file, taken and put back while it sleeps with nothing under way. */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stdint.h>

#include <simavr/sim_avr.h>

/* Where it was as the power went. */
struct outage {
    uint64_t left; /* cycles until it starts; UINT64_MAX: the supply is still too low */
    uint32_t lowest_mv;
    uint32_t held; /* 1: no power, or starting; then only memory counts */
};

bool state_quiet(const avr_t *avr); /* asleep, no byte to send, no conversion */
bool state_save(avr_t *avr, const char *file, const struct outage *outage);
/* Into a processor that sleeps where the saved one did. */
bool state_load(avr_t *avr, const char *file, struct outage *outage);

#endif
