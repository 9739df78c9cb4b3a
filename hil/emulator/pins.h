/* SPDX-License-Identifier: GPL-3.0-or-later
 * The terminals of the board as pins of the processor. Inputs: bits 0-5 digital, 6 safety chain; 1 is active. */
#ifndef PINS_H
#define PINS_H

#include <stdint.h>

#include <simavr/sim_avr.h>

void pins_attach(avr_t *avr);
void pins_set(uint8_t wanted);      /* what the world does */
void pins_drive(void);              /* does it again, after a reset by hand */
void pins_reset(void);              /* called by a reset: libsimavr has forgotten the levels */
uint8_t pins_driven(void);          /* bits of the outputs that are on */
uint16_t pins_duty(uint8_t index);  /* of outputs 3 and 4: 0..1024 */

#endif
