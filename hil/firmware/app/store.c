#include "store.h"

#include "../hal/hal.h"
#include "crc.h"

#define SLOTS 2
#define SLOT_STRIDE 64
/* running number, words (most significant byte first), CRC */
#define SLOT_BYTES (1 + 2 * PROFILE_WORDS + 2)

static uint8_t buffer[SLOT_BYTES];
static uint8_t number; /* of the newest slot */
static uint8_t slot;   /* the newest slot */
static uint8_t left;   /* bytes of `buffer` still to write */

static void read_slot(uint8_t which)
{
    for (uint8_t i = 0; i < SLOT_BYTES; i++) {
        buffer[i] = hal_store_read((uint16_t)which * SLOT_STRIDE + i);
    }
}

static bool parse(struct profile *profile)
{
    uint16_t words[PROFILE_WORDS];
    if (crc16(buffer, SLOT_BYTES)) {
        return false;
    }
    for (uint8_t i = 0; i < PROFILE_WORDS; i++) {
        words[i] = (uint16_t)buffer[1 + 2 * i] << 8 | buffer[2 + 2 * i];
    }
    return profile_read(profile, words);
}

void store_load(struct profile *profile)
{
    bool found = false;
    profile_clear(profile);
    left = 0;
    number = 0;
    slot = SLOTS - 1;
    for (uint8_t i = 0; i < SLOTS; i++) {
        struct profile read;
        read_slot(i);
        if (parse(&read) && (!found || (int8_t)(buffer[0] - number) > 0)) {
            found = true;
            number = buffer[0];
            slot = i;
            *profile = read;
        }
    }
}

void store_save(const struct profile *profile)
{
    if (!left) {
        /* a save that begins anew goes on into the slot it has already damaged */
        slot ^= 1;
        number++;
    }
    buffer[0] = number;
    for (uint8_t i = 0; i < PROFILE_WORDS; i++) {
        uint16_t word = profile_word(profile, i);
        buffer[1 + 2 * i] = word >> 8;
        buffer[2 + 2 * i] = word & 0xFF;
    }
    uint16_t crc = crc16(buffer, SLOT_BYTES - 2);
    buffer[SLOT_BYTES - 2] = crc & 0xFF;
    buffer[SLOT_BYTES - 1] = crc >> 8;
    left = SLOT_BYTES;
}

bool store_poll(void)
{
    while (left && !hal_store_busy()) {
        uint16_t address = (uint16_t)slot * SLOT_STRIDE + SLOT_BYTES - left;
        uint8_t value = buffer[SLOT_BYTES - left];
        left--;
        if (hal_store_read(address) != value) {
            hal_store_write(address, value);
        }
    }
    return left || hal_store_busy();
}
