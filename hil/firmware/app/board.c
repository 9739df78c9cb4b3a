#include "board.h"

#include <string.h>

#include "../hal/hal.h"
#include "store.h"

#define MAGIC 0x5357
/* Local ticks of an exchange of the grid. The dead-man makes the pins safe half a grid after the logical watchdog, so
 * that they never race. */
#define EXCHANGE_TICKS (uint8_t)(EXCHANGE_US / HAL_TICK_US)
#define GRACE_TICKS (EXCHANGE_TICKS / 2)
#define SECOND 1000000ul
/* The bounds of hal_follow: at most 10000 pulses a second, one each 0.1 mm. */
#define FASTEST_US 100
#define SLOWEST_US 16000

struct board board;
struct retained retained HAL_RETAINED;

static void count_reset(uint8_t cause)
{
    /* the first flag decides: power-on leaves all later ones meaningless */
    uint8_t which = cause & HAL_POWER_ON ? 0 : cause & HAL_BROWN_OUT ? 2 : cause & HAL_WATCHDOG ? 3 : 1;
    static const uint8_t numbers[4] = {S7_RESET_POWER_ON, S7_RESET_EXTERNAL, S7_RESET_BROWN_OUT, S7_RESET_WATCHDOG};
    if (which == 0 || retained.magic != MAGIC) {
        memset(&retained, 0, sizeof retained);
        retained.magic = MAGIC;
    }
    if (retained.resets[which] < 0xFFFF) {
        retained.resets[which]++;
    }
    board.reset_cause = numbers[which];
}

static void drive(uint8_t on)
{
    hal_drive(on, board.profile.soft | board.profile.regulator, board.logic.duty);
}

/* The pulses are an exchange behind the logical position: what it went in `took` us they make up in the next so many,
 * evenly, never faster than the axis may go (a trip leaves them behind by more). They decide nothing. */
static void follow(uint32_t took)
{
    uint16_t at = hal_pulsed();
    uint16_t way = board.position >= at ? board.position - at : at - board.position;
    if (board.logic.tripped) {
        hal_follow(at, 0);
    } else if (way && took) { /* the same instant again is a pause */
        uint16_t top = board.logic.axis.profile.top; /* also of the motion that a trip or a command cut short */
        uint32_t interval = took / way, fastest = top ? SECOND / top : FASTEST_US;
        interval = interval < fastest ? fastest : interval;
        hal_follow(board.position, interval < FASTEST_US   ? FASTEST_US
                                   : interval > SLOWEST_US ? SLOWEST_US
                                                           : (uint16_t)interval);
    }
}

void board_boot(void)
{
    memset(&board, 0, sizeof board);
    count_reset(hal_reset_cause());
    store_load(&board.profile);
    logic_boot(&board.logic);
    hal_protect(board.profile.keep);
    drive(0);
}

static void sense(struct inputs *inputs)
{
    uint16_t injected = board.inject[BENCH_INJECT_INPUTS - BENCH_INJECT_CARRIER];
    uint8_t mask = injected >> 8;
    inputs->bits = (uint8_t)((hal_inputs() & ~mask) | (injected & mask)) & 0x7F;
    for (uint8_t i = 0; i < CHANNELS; i++) {
        uint16_t word = board.inject[BENCH_INJECT_COUNTS - BENCH_INJECT_CARRIER + i];
        inputs->counts[i] = i >= board.profile.channels ? 0 : word & 0x8000 ? word & 0x03FF : hal_counts(i);
    }
}

static void step(uint32_t now)
{
    struct inputs inputs;
    uint32_t took = now - board.logic.last;
    sense(&inputs);
    memcpy(board.counts, inputs.counts, sizeof board.counts);
    logic_step(&board.logic, &board.profile, &retained.counters, now, board.command, &inputs, board.expired);
    board.expired = false;
    board.alive = true;
    board.heard = hal_ticks();
    board.exchanges++;
    board.position = logic_position(&board.logic);
    drive(board.logic.outputs & OUTPUT_BITS);
    follow(took);
}

void board_step(uint32_t now)
{
    if (!board.clocked && board.logic.linked) {
        board.expired = true; /* another clock: no age means anything */
    }
    board.clocked = true;
    step(now);
}

void board_plain_step(void)
{
    uint32_t local = hal_micros();
    if (board.clocked && board.alive) {
        return;
    }
    uint32_t elapsed = board.clocked ? 0 : local - board.local_us;
    if (board.clocked) {
        memset(board.inject, 0, sizeof board.inject); /* the host is gone, and its sensors with it: the pins count */
    }
    board.clocked = false;
    board.local_us = local;
    step(board.logic.last + elapsed);
}

void board_check_dead_man(void)
{
    uint16_t limit = board.profile.watchdog * EXCHANGE_TICKS + GRACE_TICKS; /* <= 50 * 10 + 5 */
    if (board.alive && (uint16_t)(hal_ticks() - board.heard) >= limit) {
        board.alive = false;
        board.expired = true;
        drive(board.logic.outputs & board.profile.keep);
        hal_follow(hal_pulsed(), 0);
    }
}

bool board_configure(const uint16_t words[PROFILE_WORDS])
{
    struct profile profile = board.profile;
    if (!profile_read(&profile, words)) {
        return false;
    }
    for (uint8_t i = 0; i < PROFILE_WORDS; i++) {
        if (words[i] != profile_word(&board.profile, i)) {
            board.profile = profile;
            hal_protect(profile.keep);
            store_save(&profile);
            break;
        }
    }
    return true;
}

void board_scanned(uint32_t us)
{
    struct diagnostics *d = &board.diagnostics;
    uint16_t scan = us > 0xFFFF ? 0xFFFF : (uint16_t)us;
    if (!d->scans || scan < d->scan_min) {
        d->scan_min = scan;
    }
    if (scan > d->scan_max) {
        d->scan_max = scan;
    }
    if (d->scans == 0x7FFF) { /* the sum is < 2^31 here */
        d->scans /= 2;
        d->scan_sum /= 2;
    }
    d->scans++;
    d->scan_sum += scan;
}
