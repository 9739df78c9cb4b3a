#include "registers.h"

#include <string.h>

#include "../hal/hal.h"
#include "board.h"

#define MIRROR_WORDS (2 + COMMAND_WORDS) /* time and command */
#define FULL_DUTY 1024
#define FULL_SCALE 1023

static uint16_t word_at(const uint8_t *data, uint16_t index)
{
    const uint8_t *word = data + (size_t)2 * index;
    return (uint16_t)word[0] << 8 | word[1];
}

uint8_t read_bit(bool coil, uint16_t address, bool *value)
{
    if (address >= (coil ? S7_BOARD_COILS : S7_BOARD_DISCRETE_INPUTS)) { // NOLINT(bugprone-branch-clone): both are 16
        return ILLEGAL_ADDRESS;
    }
    *value = (coil ? board.command[WORD_BITS] : board.logic.status) >> address & 1;
    return 0;
}

static uint16_t input_register(uint16_t address)
{
    const struct logic *logic = &board.logic;
    switch (address) {
    case 0:
    case 1:
    case 2:
    case 3:
        return board.counts[address];
    case S7_BOARD_CARRIER:
        return board.inject[0];
    case S7_BOARD_AXIS_POSITION:
        return board.position;
    case S7_BOARD_SUPPLY:
        return hal_supply_mv();
    case S7_BOARD_RESET_CAUSE:
        return board.reset_cause;
    case S7_BOARD_EXCHANGES:
        return board.exchanges >> 16;
    case S7_BOARD_EXCHANGES + 1:
        return board.exchanges & 0xFFFF;
    case S7_BOARD_WATCHDOG_TRIPS:
        return retained.counters.watchdog_trips;
    case S7_BOARD_INTERLOCK_TRIPS:
        return retained.counters.interlock_trips;
    case S7_BOARD_RESETS: /* the start at power-on is no reset */
        return retained.resets[1] + retained.resets[2] + retained.resets[3];
    case S7_BOARD_DUE:
        return logic->due >> 16;
    case S7_BOARD_DUE + 1:
        return logic->due & 0xFFFF;
    case S7_BOARD_FINGERPRINT:
        return S7_BOARD_LAYOUT_FINGERPRINT >> 16;
    case S7_BOARD_FINGERPRINT + 1:
        return S7_BOARD_LAYOUT_FINGERPRINT & 0xFFFF;
    case S7_BOARD_FIRMWARE_VERSION:
        return FIRMWARE_VERSION;
    default:
        return 0;
    }
}

static uint16_t mirror(uint8_t index)
{
    const struct diagnostics *d = &board.diagnostics;
    switch (index) {
    case 0:
        return board.logic.status;
    case 1:
        return board.inject[0];
    case 6:
        return input_register(S7_BOARD_AXIS_POSITION);
    case 7:
        return input_register(S7_BOARD_DUE);
    case 8:
        return input_register(S7_BOARD_DUE + 1);
    case BENCH_OUTPUTS:
        return board.logic.outputs;
    case BENCH_TARGET:
        return board.logic.target;
    case BENCH_SPEED:
        return board.logic.speed;
    case BENCH_DUTY:
        return board.logic.duty;
    case BENCH_DRIVEN:
        return hal_driven();
    case BENCH_SCAN_MIN:
        return d->scan_min;
    case BENCH_SCAN_MEAN:
        return d->scans ? (uint16_t)(d->scan_sum / d->scans) : 0;
    case BENCH_SCAN_MAX:
        return d->scan_max;
    case BENCH_CRC_ERRORS:
        return d->crc_errors;
    case BENCH_LINE_ERRORS:
        return d->line_errors;
    case BENCH_STACK_FREE:
        return hal_stack_free();
    case BENCH_STORING:
        return hal_store_busy();
    case 2:
    case 3:
    case 4:
    case 5:
        return board.counts[index - 2];
    case BENCH_RESETS:
    case BENCH_RESETS + 1:
    case BENCH_RESETS + 2:
    case BENCH_RESETS + 3:
        return retained.resets[index - BENCH_RESETS];
    default:
        return 0;
    }
}

static uint16_t holding_register(uint16_t address)
{
    if (address < COMMAND_WORDS - 1) {
        return board.command[1 + address];
    }
    return address == S7_BOARD_DEBOUNCE ? board.profile.debounce_ms
           : address == S7_BOARD_WATCHDOG ? board.profile.watchdog
                                          : 0;
}

uint8_t read_register(bool holding, uint16_t address, uint16_t *value)
{
    if (!holding) {
        if (address >= S7_BOARD_INPUT_REGISTERS) {
            return ILLEGAL_ADDRESS;
        }
        *value = input_register(address);
    } else if (address < S7_BOARD_HOLDING_REGISTERS) {
        *value = holding_register(address);
    } else if (address >= S7_BOARD_MIRROR_READ && address < S7_BOARD_MIRROR_READ + BENCH_READ_WORDS) {
        *value = mirror(address - S7_BOARD_MIRROR_READ);
    } else if (address >= BENCH_PROFILE && address < BENCH_PROFILE + PROFILE_WORDS) {
        *value = profile_word(&board.profile, address - BENCH_PROFILE);
    } else {
        return ILLEGAL_ADDRESS;
    }
    return 0;
}

uint8_t write_coils(uint16_t address, uint16_t count, uint16_t values)
{
    if (address >= S7_BOARD_COILS || count > S7_BOARD_COILS - address) {
        return ILLEGAL_ADDRESS;
    }
    uint16_t mask = (uint16_t)((1ul << count) - 1) << address;
    board.command[WORD_BITS] = (board.command[WORD_BITS] & ~mask) | ((uint16_t)(values << address) & mask);
    board_plain_step();
    return 0;
}

static uint8_t write_mirror(uint16_t address, uint16_t count, const uint8_t *data)
{
    if (address != S7_BOARD_MIRROR_WRITE || count < MIRROR_WORDS || count > BENCH_WRITE_WORDS) {
        return ILLEGAL_ADDRESS;
    }
    for (uint8_t i = 0; i < COMMAND_WORDS; i++) {
        board.command[i] = word_at(data, 2 + i);
    }
    memset(board.inject, 0, sizeof board.inject);
    for (uint8_t i = MIRROR_WORDS; i < count; i++) {
        board.inject[i - MIRROR_WORDS] = word_at(data, i);
    }
    board_step((uint32_t)word_at(data, 0) << 16 | word_at(data, 1));
    return 0;
}

static uint8_t write_profile(uint16_t address, uint16_t count, const uint8_t *data)
{
    uint16_t words[PROFILE_WORDS];
    if (address != BENCH_PROFILE || count != PROFILE_WORDS) {
        return ILLEGAL_ADDRESS;
    }
    if (board.alive && !board.logic.tripped) {
        return DEVICE_BUSY; /* never under a running station */
    }
    for (uint8_t i = 0; i < PROFILE_WORDS; i++) {
        words[i] = word_at(data, i);
    }
    return board_configure(words) ? 0 : ILLEGAL_VALUE;
}

/* The published range of a holding register. */
static bool in_range(uint16_t address, uint16_t value)
{
    switch (address) {
    case S7_BOARD_AXIS_TARGET:
        return value <= board.profile.stroke;
    case S7_BOARD_DUTY:
        return value <= FULL_DUTY;
    case 4:
    case 5:
    case 6:
    case 7:
        return value <= FULL_SCALE;
    default:
        return true;
    }
}

uint8_t write_registers(uint16_t address, uint16_t count, const uint8_t *data)
{
    uint16_t words[PROFILE_WORDS];
    if (address >= BENCH_PROFILE) {
        return write_profile(address, count, data);
    }
    if (address >= S7_BOARD_HOLDING_REGISTERS) {
        return write_mirror(address, count, data);
    }
    if (count > S7_BOARD_HOLDING_REGISTERS - address) {
        return ILLEGAL_ADDRESS;
    }
    for (uint8_t i = 0; i < PROFILE_WORDS; i++) {
        words[i] = profile_word(&board.profile, i);
    }
    for (uint8_t i = 0; i < count; i++) {
        uint16_t word = word_at(data, i);
        if (!in_range(address + i, word)) {
            return ILLEGAL_VALUE;
        }
        if (address + i == S7_BOARD_DEBOUNCE) {
            words[5] = word;
        } else if (address + i == S7_BOARD_WATCHDOG) {
            words[6] = word;
        }
    }
    if (!board_configure(words)) {
        return ILLEGAL_VALUE;
    }
    for (uint8_t i = 0; i < count; i++) {
        if (address + i < COMMAND_WORDS - 1) {
            board.command[1 + address + i] = word_at(data, i);
        }
    }
    board_plain_step();
    return 0;
}
