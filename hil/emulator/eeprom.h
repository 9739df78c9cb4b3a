/* SPDX-License-Identifier: GPL-3.0-or-later
 * The EEPROM as it behaves in time: a byte takes 3.4 ms, and a power cut in the middle leaves it torn. */
#ifndef EEPROM_H
#define EEPROM_H

#include <stdbool.h>
#include <stdint.h>

#include <simavr/sim_avr.h>

bool eeprom_attach(avr_t *avr, const char *file); /* NULL: empty and forgotten at the end */
void eeprom_reset(void);                          /* a reset that leaves the power on lets a write finish */
void eeprom_tear(uint32_t seed);                  /* the power goes now */
bool eeprom_busy(void);

#endif
