/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulses.h"

#include <simavr/avr_ioport.h>
#include <simavr/sim_io.h>

enum { PORTB = 0x25, STEP_PIN = 3, DIRECTION_PIN = 5 };

struct pulses pulses;

static void on_step(avr_irq_t *irq, uint32_t level, void *param)
{
    const avr_t *avr = param;
    if (!level || irq->value) {
        return; /* not a rising edge */
    }
    uint64_t since = avr->cycle - pulses.last;
    if (pulses.last && (!pulses.closest || since < pulses.closest)) {
        pulses.closest = (uint32_t)since;
    }
    pulses.last = avr->cycle;
    pulses.count++;
    pulses.steps += avr->data[PORTB] >> DIRECTION_PIN & 1 ? 1 : -1;
}

void pulses_attach(avr_t *avr)
{
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('B'), STEP_PIN), on_step, avr);
}
