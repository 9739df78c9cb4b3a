/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "times.h"

#include <stddef.h>
#include <string.h>

#include <simavr/avr_uart.h>
#include <simavr/sim_interrupts.h>
#include <simavr/sim_io.h>

/* Vector numbers of the ATmega328P. */
enum { INT0 = 1, TIMER2_COMPA = 7, TIMER0_COMPA = 14, USART_RX = 18, USART_UDRE = 19, ADC = 21, VECTORS = 26 };

/* What libsimavr leaves out of a run: four cycles to enter, and the RETI that it is in when it tells of the end. */
#define AROUND 8u
/* Bytes of one answer follow each other by less. */
#define APART 3000u

static const uint8_t shown[] = {INT0, TIMER2_COMPA, TIMER0_COMPA, USART_RX, USART_UDRE, ADC};

static struct {
    const avr_t *avr;
    struct {
        uint64_t raised;
        uint32_t count, longest, latest;
    } vectors[VECTORS];
    uint64_t entered, received, sent;
    uint32_t running, answers, longest;
} times;

static void on_pending(avr_irq_t *irq, uint32_t pending, void *param)
{
    (void)irq;
    uint8_t vector = *(const uint8_t *)param;
    if (pending) {
        times.vectors[vector].raised = times.avr->cycle;
        if (vector == USART_RX) {
            times.received = times.avr->cycle;
        }
    }
}

static void on_running(avr_irq_t *irq, uint32_t vector, void *unused)
{
    (void)irq, (void)unused;
    uint64_t now = times.avr->cycle;
    if (times.running && times.running < VECTORS) {
        uint32_t took = (uint32_t)(now - times.entered) + AROUND;
        times.vectors[times.running].count++;
        if (took > times.vectors[times.running].longest) {
            times.vectors[times.running].longest = took;
        }
    }
    if (vector && vector < VECTORS) {
        uint32_t waited = (uint32_t)(now - times.vectors[vector].raised);
        if (waited > times.vectors[vector].latest) {
            times.vectors[vector].latest = waited;
        }
        times.entered = now;
    }
    times.running = vector;
}

static void on_sent(avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)value, (void)unused;
    uint64_t now = times.avr->cycle;
    if (now - times.sent > APART) {
        uint32_t took = (uint32_t)(now - times.received);
        times.answers++;
        times.longest = took > times.longest ? took : times.longest;
    }
    times.sent = now;
}

void times_attach(avr_t *avr)
{
    times.avr = avr;
    for (size_t i = 0; i < sizeof shown; i++) {
        avr_irq_register_notify(avr_get_interrupt_irq(avr, shown[i]) + AVR_INT_IRQ_PENDING, on_pending,
                                (void *)&shown[i]);
    }
    avr_irq_register_notify(avr_get_interrupt_irq(avr, AVR_INT_ANY) + AVR_INT_IRQ_RUNNING, on_running, NULL);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_sent, NULL);
}

uint8_t times_tell(uint8_t *bytes)
{
    uint32_t words[3 * sizeof shown + 2];
    for (size_t i = 0; i < sizeof shown; i++) {
        words[3 * i] = times.vectors[shown[i]].count;
        words[3 * i + 1] = times.vectors[shown[i]].longest;
        words[3 * i + 2] = times.vectors[shown[i]].latest;
    }
    words[3 * sizeof shown] = times.answers;
    words[3 * sizeof shown + 1] = times.longest;
    memcpy(bytes, words, sizeof words);
    return sizeof words;
}
