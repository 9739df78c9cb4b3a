/* The machine of the host build: memory instead of pins. */
#ifndef HAL_HOST_H
#define HAL_HOST_H

#include <stdint.h>

#include "../hal.h"
#include "pipe.h"

#define HOST_STORE_BYTES 1024
#define HOST_ANSWER_BYTES 96
#define HOST_TICK ((uint64_t)CYCLES_PER_US * HAL_TICK_US) /* cycles */

struct host {
    uint64_t cycle;        /* of 16 MHz, as on the AVR */
    uint64_t store_until;  /* an EEPROM byte is being written */
    uint64_t booted;       /* cycle of the last reset */
    uint16_t counts[HAL_CHANNELS];
    uint16_t supply_mv, duty, pulsed;
    uint16_t store_address;
    uint8_t store_before;
    uint8_t inputs, on, modulated, keep, cause;
    uint8_t received[256], head, tail;
    uint8_t sent[HOST_ANSWER_BYTES], sent_count;
    uint8_t store[HOST_STORE_BYTES];
    int store_file;        /* -1: none */
};

extern struct host host;
void host_store_flush(uint16_t address);
uint8_t host_pins(void);

#endif
