/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pins.h"

#include <stdbool.h>

#include <simavr/avr_ioport.h>
#include <simavr/sim_io.h>

/* Data addresses of the ATmega328P. */
enum { TCCR1A = 0x80, OCR1A = 0x88, OCR1B = 0x8A, PIN_OFFSET = 0, DDR_OFFSET = 1, PORT_OFFSET = 2 };

struct pin {
    char port;
    uint8_t bit;
};

/* The wiring of firmware/hal/avr: inputs (contacts to ground, so active is low) and outputs. */
static const struct pin inputs[7] = {{'D', 3}, {'D', 4}, {'D', 5}, {'D', 6}, {'D', 7}, {'B', 0}, {'D', 2}};
static const struct pin outputs[5] = {{'C', 4}, {'C', 5}, {'B', 4}, {'B', 1}, {'B', 2}};

static avr_t *the_avr;
static uint8_t levels; /* logical inputs now */

static uint8_t base(char port)
{
    return port == 'B' ? 0x23 : port == 'C' ? 0x26 : 0x29;
}

/* The level of an input pin, as the world drives it: port writes and resets must not change it. */
static void put_level(uint8_t index)
{
    char port = inputs[index].port;
    uint8_t mask = 0, value = 0;
    bool high = !(levels >> index & 1);
    for (uint8_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (inputs[i].port == port) {
            mask |= (uint8_t)(1 << inputs[i].bit);
            value |= (uint8_t)((levels >> i & 1 ? 0 : 1) << inputs[i].bit);
        }
    }
    avr_ioport_external_t external = {.name = (unsigned char)port, .mask = mask, .value = value};
    avr_ioctl(the_avr, AVR_IOCTL_IOPORT_SET_EXTERNAL(port), &external);
    avr_raise_irq(avr_io_getirq(the_avr, AVR_IOCTL_IOPORT_GETIRQ(port), inputs[index].bit), high);
}

void pins_set(uint8_t wanted)
{
    uint8_t changed = levels ^ wanted;
    levels = wanted;
    for (uint8_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (changed >> i & 1) {
            put_level(i);
        }
    }
}

void pins_drive(void)
{
    for (uint8_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        put_level(i);
    }
}

void pins_reset(void)
{
    for (uint8_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        uint8_t bit = (uint8_t)(1 << inputs[i].bit), *pin = &the_avr->data[base(inputs[i].port) + PIN_OFFSET];
        *pin = levels >> i & 1 ? *pin & ~bit : *pin | bit;
    }
}

void pins_attach(avr_t *avr)
{
    the_avr = avr;
}

uint16_t pins_duty(uint8_t index)
{
    const uint8_t *data = the_avr->data;
    uint8_t unit = index ? OCR1B : OCR1A, pin = outputs[3 + index].bit;
    if (data[TCCR1A] & (index ? 0x20 : 0x80)) {
        return (uint16_t)((data[unit] | data[unit + 1] << 8) + 1);
    }
    return data[base('B') + PORT_OFFSET] >> pin & 1 ? 1024 : 0;
}

uint8_t pins_driven(void)
{
    uint8_t result = 0;
    for (uint8_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        const uint8_t *port = &the_avr->data[base(outputs[i].port)];
        bool on = i >= 3 ? pins_duty(i - 3) != 0 : port[PORT_OFFSET] >> outputs[i].bit & 1;
        if (on && port[DDR_OFFSET] >> outputs[i].bit & 1) {
            result |= (uint8_t)(1 << i);
        }
    }
    return result;
}
