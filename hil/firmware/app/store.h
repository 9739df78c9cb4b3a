/* The profile in EEPROM: two slots, each with a running number and a CRC. The older slot is written, a byte at a time
 * without waiting, so that a torn write leaves the newer one whole. */
#ifndef STORE_H
#define STORE_H

#include "profile.h"

void store_load(struct profile *profile); /* the newest whole slot; a cleared profile if there is none */
void store_save(const struct profile *profile); /* begins; a save under way begins anew */
bool store_poll(void); /* writes what can be written now; true while there is more */

#endif
