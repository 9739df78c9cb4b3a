/* The firmware under libFuzzer: an input is a script of what a line and a cabinet do to a board, one step after another.
 *
 * Each step is an operation byte and its arguments; where the input ends, zeros follow. What must hold whatever happens
 * is checked behind each step; the sanitizers look at the rest. */
#include <stdlib.h>
#include <string.h>

#include "../../app/app.h"
#include "../../app/board.h"
#include "../../app/crc.h"
#include "hal_host.h"

#define SAFETY 0x40u
#define LONGEST 200 /* bytes of a frame: more than the board understands */
#define SLOT_BYTES (1 + 2 * PROFILE_WORDS + 2)
#define SLOT_STRIDE 64

enum operation { RAW, FRAMED, EXCHANGE, WAIT, TERMINALS, RESET, PROFILE, BURST, OPERATIONS };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *script;
static size_t left;

static uint8_t next(void)
{
    if (!left) {
        return 0;
    }
    left--;
    return *script++;
}

static uint16_t next_word(void)
{
    uint8_t high = next();
    return (uint16_t)(high << 8 | next());
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void always(void)
{
    const struct profile *profile = &board.profile; /* whatever was written, it is one */
    must(profile->station <= 12 && profile->channels <= HAL_CHANNELS && profile->acceleration);
    must(profile->watchdog >= 2 && profile->watchdog <= 50);
    must(profile_debounce_us(profile) < profile_watchdog_us(profile));
    must(!(hal_driven() & ~OUTPUT_BITS));
    must(host.inputs & SAFETY || !(hal_driven() & ~profile->keep));
    must(profile->station || !hal_driven());
}

static void send(const uint8_t *bytes, uint8_t count)
{
    for (uint8_t i = 0; i < count; i++) {
        host.sent_count = 0;
        host.received[host.head++] = bytes[i];
        app_poll();
        must(!host.sent_count || (host.sent_count >= 5 && !crc16(host.sent, host.sent_count)));
    }
}

static void send_framed(uint8_t *frame, uint8_t count)
{
    uint16_t crc = crc16(frame, count);
    frame[count++] = crc & 0xFF;
    frame[count++] = crc >> 8;
    send(frame, count);
}

static uint8_t own(void)
{
    return ADDRESS_BASE + board.profile.station;
}

static void exchange(void)
{
    uint8_t frame[64] = {own(), 23, 0x11, 0, 0, BENCH_READ_WORDS, 0x10, 0, 0, BENCH_WRITE_WORDS, 2 * BENCH_WRITE_WORDS};
    uint16_t elapsed = next_word();
    /* in steps of 64 us, so that a script passes watchdogs, and with the highest bit a jump of the clock */
    uint32_t now = board.logic.last + (elapsed & 0x8000 ? (uint32_t)elapsed << 16 : elapsed * 64u);
    for (uint8_t i = 0; i < 4; i++) {
        frame[11 + i] = (uint8_t)(now >> (24 - 8 * i));
    }
    for (uint8_t i = 4; i < 2 * BENCH_WRITE_WORDS; i++) {
        frame[11 + i] = next();
    }
    send_framed(frame, 11 + 2 * BENCH_WRITE_WORDS);
    must(host.sent_count == 5 + 2 * BENCH_READ_WORDS);
    must(board.logic.last == now);
    must(!board.logic.tripped || !(hal_driven() & ~board.profile.keep));
}

static void run(uint16_t ticks)
{
    while (ticks--) {
        host.cycle += HOST_TICK;
        app_poll();
    }
}

static void boot(uint8_t cause)
{
    host.store_until = 0;
    host.cause = cause;
    app_boot();
}

/* A slot of the EEPROM with any words and the right CRC, and a boot that reads it. */
static void configure(void)
{
    uint8_t *slot = host.store + (size_t)(next() & 1) * SLOT_STRIDE;
    for (uint8_t i = 0; i < SLOT_BYTES - 2; i++) {
        slot[i] = next();
    }
    uint16_t crc = crc16(slot, SLOT_BYTES - 2);
    slot[SLOT_BYTES - 2] = crc & 0xFF;
    slot[SLOT_BYTES - 1] = crc >> 8;
    boot(HAL_EXTERNAL);
}

static void step(void)
{
    uint8_t frame[LONGEST + 2], count;
    switch (next() % OPERATIONS) {
    case RAW:
        count = next() % LONGEST;
        for (uint8_t i = 0; i < count; i++) {
            frame[i] = next();
        }
        send(frame, count);
        break;
    case FRAMED:
        count = 2 + next() % (LONGEST - 2);
        frame[0] = next() & 3 ? own() : 0;
        for (uint8_t i = 1; i < count; i++) {
            frame[i] = next();
        }
        send_framed(frame, count);
        break;
    case EXCHANGE:
        run(3); /* silence: a frame that was not understood is over */
        exchange();
        break;
    case WAIT:
        run(next());
        break;
    case TERMINALS:
        host.inputs = next() & 0x7F;
        host.on = host_pins();
        for (uint8_t i = 0; i < HAL_CHANNELS; i++) {
            host.counts[i] = next_word() & 0x3FF;
        }
        break;
    case RESET:
        boot(next() & 15);
        break;
    case PROFILE:
        configure();
        break;
    default: /* all at once: bytes wait while the board is busy */
        count = next() % LONGEST;
        for (uint8_t i = 0; i < count; i++) {
            host.received[host.head++] = next();
        }
        while (app_poll()) {
            host.sent_count = 0;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    host = (struct host){.store_file = -1, .supply_mv = 5000, .inputs = SAFETY, .cause = HAL_POWER_ON};
    memset(host.store, 0xFF, sizeof host.store);
    app_boot();
    for (script = data, left = size; left;) {
        step();
        always();
    }
    return 0;
}
