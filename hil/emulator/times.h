/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long the firmware's interrupts and its answers take, in cycles: the worst since the start. */
#ifndef TIMES_H
#define TIMES_H

#include <stdint.h>

#include <simavr/sim_avr.h>

void times_attach(avr_t *avr);
/* Writes them little-endian: for INT0, timer 2, timer 0, serial in, serial out, converter (count, longest run, longest
 * wait), then answers (count, longest from the last byte of a frame to the first of its answer), 32 bits each. Answers
 * the length. */
uint8_t times_tell(uint8_t *bytes);

#endif
