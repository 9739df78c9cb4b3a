/* SPDX-License-Identifier: GPL-3.0-or-later
 * One ATmega328P board on libsimavr behind a pipe: board FIRMWARE.hex [EEPROM-FILE [STATE-FILE]]. See README.md. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <simavr/avr_adc.h>
#include <simavr/avr_extint.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_cycle_timers.h>
#include <simavr/sim_hex.h>
#include <simavr/sim_io.h>

#include "../firmware/hal/host/pipe.h"
#include "eeprom.h"
#include "pins.h"
#include "pulses.h"
#include "state.h"
#include "times.h"

/* Data address of the ATmega328P. */
enum { MCUSR = 0x54 };
enum { PORF = 1, EXTRF = 2, BORF = 4 };

#define FREQUENCY 16000000u
#define BROWN_OUT_MV 2700
#define POWER_ON_MV 1100
#define START_UP ((uint64_t)65000 * CYCLES_PER_US)
#define QUEUE 256 /* a power of two, more than one request */
#define FULL_SCALE 1023u
/* Long runs between two looks at the clock: cycle timers end them anyway. */
#define RUN_LIMIT (1u << 20)
#define REST_LIMIT ((uint64_t)15000 * CYCLES_PER_US)

static struct {
    avr_t *avr;
    avr_io_t io; /* our own module: libsimavr tells it about resets */
    avr_irq_t *serial_in, *analogue;
    uint16_t counts[PIPE_CHANNELS];
    uint16_t supply_mv, lowest_mv;
    uint16_t resets;
    uint8_t queue[QUEUE]; /* bytes for the serial input */
    uint8_t head, tail;
    uint8_t sent[PIPE_BYTES], sent_count, expect;
    uint64_t last_sent, slept, release;
    bool ready;           /* the UART takes a byte */
    bool done, held, crashed;
    const char *state_file;
} board;

/* ---- what libsimavr calls */
static void jump_over_sleep(avr_t *avr, avr_cycle_count_t cycles)
{
    (void)avr; /* libsimavr moves the clock itself; here one would wait for real time */
    board.slept += cycles + 1;
}

static void on_sent(avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)unused;
    if (board.sent_count < PIPE_BYTES) {
        board.sent[board.sent_count++] = (uint8_t)value;
    }
    board.last_sent = board.avr->cycle;
    board.done = board.expect && board.sent_count >= board.expect;
}

static void feed(void)
{
    while (board.ready && board.tail != board.head) {
        avr_raise_irq(board.serial_in, board.queue[board.tail++ % QUEUE]);
    }
}

static void on_ready(avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)value, (void)unused;
    board.ready = true;
    feed();
}

static void on_full(avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)unused;
    if (value) {
        board.ready = false;
    }
}

static void on_conversion(avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)unused;
    union {
        avr_adc_mux_t mux;
        uint32_t value;
    } event = {.value = value};
    if (event.mux.src < PIPE_CHANNELS) {
        /* the least voltage that libsimavr converts to these counts */
        uint32_t counts = board.counts[event.mux.src];
        avr_raise_irq(board.analogue + event.mux.src, (counts * board.avr->avcc + FULL_SCALE - 1) / FULL_SCALE);
    }
}

static avr_cycle_count_t stop(avr_t *avr, avr_cycle_count_t when, void *unused)
{
    (void)avr, (void)when, (void)unused;
    return 0; /* being there is enough: it ends a run at its cycle */
}

/* What every reset sets back. A low level at an interrupt pin would be looked at in every cycle: 10 times slower. */
static void settle(void)
{
    board.avr->run_cycle_limit = RUN_LIMIT;
    avr_extint_set_strict_lvl_trig(board.avr, 0, 0);
    avr_extint_set_strict_lvl_trig(board.avr, 1, 0);
}

static void on_reset(avr_io_t *io)
{
    (void)io;
    board.resets++;
    board.ready = false;
    board.tail = board.head;
    settle();
    pins_reset();
    eeprom_reset();
    pulses.steps = 0;
}

static void quiet(avr_t *avr, const int level, const char *format, va_list arguments)
{
    (void)avr;
    if (level <= LOG_ERROR) {
        (void)vfprintf(stderr, format, arguments);
    }
}

/* ---- power */
static void restart(uint8_t cause)
{
    avr_reset(board.avr);
    settle();
    board.avr->data[MCUSR] = cause;
    pins_drive();
}

static void lose_memory(uint32_t seed)
{
    uint32_t x = seed | 1;
    for (uint32_t i = 0x100; i <= board.avr->ramend; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        board.avr->data[i] = (uint8_t)x;
    }
}

static void supply(uint16_t millivolts, uint32_t seed)
{
    if (millivolts < BROWN_OUT_MV) {
        if (!board.held) {
            eeprom_tear(seed);
            board.held = true;
            board.lowest_mv = millivolts;
        }
        if (millivolts < POWER_ON_MV) {
            lose_memory(seed);
        }
        board.lowest_mv = millivolts < board.lowest_mv ? millivolts : board.lowest_mv;
        board.release = UINT64_MAX;
    } else {
        board.avr->vcc = board.avr->avcc = board.avr->aref = millivolts;
        if (board.held && board.release == UINT64_MAX) {
            board.release = board.avr->cycle + START_UP;
        }
    }
    board.supply_mv = millivolts;
}

/* ---- running */
static void run_to(uint64_t cycle)
{
    avr_t *avr = board.avr;
    if (board.held) {
        uint64_t until = cycle < board.release ? cycle : board.release;
        if (until > avr->cycle) {
            board.slept += until - avr->cycle;
            avr->cycle = until; /* the clock stands still: nothing happens */
        }
        if (avr->cycle < board.release) {
            return;
        }
        board.held = false;
        restart(board.lowest_mv < POWER_ON_MV ? PORF : BORF);
    }
    uint16_t resets = board.resets - 1; /* so that the stop is set in the first round */
    while (avr->cycle < cycle && !board.done && !board.crashed) {
        if (resets != board.resets) {
            resets = board.resets; /* a reset clears all timers */
            settle();
            avr_cycle_timer_register(avr, cycle - avr->cycle, stop, NULL);
        }
        int state = avr_run(avr);
        board.crashed = state == cpu_Done || state == cpu_Crashed;
    }
    avr_cycle_timer_cancel(avr, stop, NULL);
}

/* ---- state */
/* Run until nothing is under way: mostly at once, and else no longer than an answer takes. */
static bool rest(void)
{
    uint64_t limit = board.avr->cycle + REST_LIMIT;
    while (!board.crashed && board.avr->cycle < limit) {
        if (state_quiet(board.avr) && board.tail == board.head && !eeprom_busy()) {
            return true;
        }
        int state = avr_run(board.avr);
        board.crashed = state == cpu_Done || state == cpu_Crashed;
    }
    return false;
}

static bool save(void)
{
    struct outage outage = {.lowest_mv = board.lowest_mv, .held = board.held};
    if (board.held) {
        outage.left = board.release == UINT64_MAX ? UINT64_MAX : board.release - board.avr->cycle;
    } else if (!rest()) {
        return false;
    }
    return state_save(board.avr, board.state_file, &outage);
}

static bool load_state(const struct pipe_request *request)
{
    struct outage outage;
    memcpy(board.counts, request->counts, sizeof board.counts);
    pins_set(request->inputs);
    if (!rest()) {
        return false;
    }
    supply(request->supply_mv, 0);
    if (!state_load(board.avr, board.state_file, &outage)) {
        return false;
    }
    board.held = outage.held;
    board.lowest_mv = (uint16_t)outage.lowest_mv;
    board.release = outage.left == UINT64_MAX ? UINT64_MAX : board.avr->cycle + outage.left;
    return true;
}

void pipe_exchange(const struct pipe_request *request, struct pipe_answer *answer)
{
    avr_t *avr = board.avr;
    uint64_t begin = avr->cycle, slept = board.slept;
    board.done = false;
    board.expect = 0;
    board.sent_count = 0;
    bool loaded = request->operation == PIPE_LOAD && load_state(request);
    run_to(request->begin);
    board.sent_count = 0; /* what it said before it was asked belongs to nobody */
    board.expect = request->expect;
    board.last_sent = 0;
    memcpy(board.counts, request->counts, sizeof board.counts);
    if (request->operation == PIPE_POWER_CUT) {
        supply(0, request->seed);
    }
    if (request->supply_mv != board.supply_mv) {
        supply(request->supply_mv, request->seed);
    }
    pins_set(request->inputs);
    if (request->operation == PIPE_RESET && !board.held) {
        restart(EXTRF);
    }
    for (uint8_t i = 0; i < request->received && i < PIPE_BYTES && !board.held; i++) {
        board.queue[board.head++ % QUEUE] = request->bytes[i];
    }
    feed();
    run_to(request->limit);
    bool saved = request->operation == PIPE_SAVE && save();
    answer->state = board.crashed ? 2 : board.held;
    answer->awake = (uint32_t)(avr->cycle - begin - (board.slept - slept));
    answer->cycle = avr->cycle;
    answer->last_sent = board.last_sent;
    answer->last_step = pulses.last;
    answer->steps = pulses.steps;
    answer->pulses = pulses.count;
    answer->closest = pulses.closest;
    answer->resets = board.resets;
    answer->outputs = board.held ? 0 : pins_driven();
    answer->duty[0] = board.held ? 0 : pins_duty(0);
    answer->duty[1] = board.held ? 0 : pins_duty(1);
    answer->storing = eeprom_busy();
    answer->sent = board.sent_count;
    memcpy(answer->bytes, board.sent, board.sent_count);
    if (request->operation == PIPE_TIMES) {
        answer->sent = times_tell(answer->bytes);
    } else if (request->operation == PIPE_SAVE || request->operation == PIPE_LOAD) {
        answer->sent = saved || loaded;
    }
}

static void connect_serial(void)
{
    avr_t *avr = board.avr;
    uint32_t flags = 0; /* neither print what it says nor slow down when it polls */
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    board.serial_in = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_sent, NULL);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XON), on_ready, NULL);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XOFF), on_full, NULL);
}

static bool load(const char *file)
{
    uint32_t size = 0, start = 0;
    uint8_t *image = read_ihex_file(file, &size, &start);
    avr_t *avr = board.avr = avr_make_mcu_by_name("atmega328p");
    if (!image || !avr) {
        return false;
    }
    avr_init(avr);
    avr->frequency = FREQUENCY;
    avr->sleep = jump_over_sleep;
    avr->log = LOG_ERROR;
    avr_loadcode(avr, image, size, start);
    avr->codeend = start + size;
    free(image);
    return true;
}

int main(int count, char **arguments)
{
    avr_global_logger_set(quiet);
    if (count < 2 || !load(arguments[1])) {
        (void)fprintf(stderr, "usage: board FIRMWARE.hex [EEPROM-FILE [STATE-FILE]]; the first must be readable\n");
        return 3;
    }
    connect_serial();
    pins_attach(board.avr);
    pulses_attach(board.avr);
    times_attach(board.avr);
    avr_t *avr = board.avr;
    board.analogue = avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_OUT_TRIGGER), on_conversion, NULL);
    if (!eeprom_attach(avr, count > 2 ? arguments[2] : NULL)) {
        return 3;
    }
    board.state_file = count > 3 ? arguments[3] : "/dev/null";
    board.io.kind = "board";
    board.io.reset = on_reset;
    avr_register_io(avr, &board.io);
    supply(5000, 0);
    restart(PORF);
    board.resets = 1;
    pipe_serve();
    return 0;
}
