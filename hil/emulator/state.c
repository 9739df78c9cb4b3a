/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state.h"

#include <stdio.h>
#include <string.h>

#include "pulses.h"

/* Data addresses of the ATmega328P. */
enum {
    PORTB = 0x25, PORTC = 0x28, PORTD = 0x2B, TCNT0 = 0x46, MCUSR = 0x54, SPL = 0x5D, SPH = 0x5E, TIMSK2 = 0x70,
    ADCSRA = 0x7A, ADMUX = 0x7C, TCCR1A = 0x80, OCR1AL = 0x88, OCR1AH = 0x89, OCR1BL = 0x8A, OCR1BH = 0x8B, TCCR2B = 0xB1,
    TCNT2 = 0xB2, OCR2A = 0xB3, UCSR0B = 0xC1, RAM = 0x100, END = 0x900
};
enum { ADSC = 0x40, UDRIE = 0x20 };

/* What the firmware changes after hal_init, in the order in which it is to be written: the high byte of a pair before
 * the low one, a timer's counter after its clock. */
static const uint8_t registers[] = {PORTB,  PORTC,  PORTD, MCUSR,  ADMUX, OCR1AH, OCR1AL, OCR1BH,
                                    OCR1BL, TCCR1A, OCR2A, TIMSK2, TCCR2B, TCNT2, TCNT0};

struct state {
    uint32_t pc;
    uint8_t sreg[8];
    uint8_t memory[END];
    uint8_t registers[sizeof registers];
    struct pulses pulses;
    struct outage outage;
};

static uint8_t look(avr_t *avr, uint8_t address)
{
    avr_io_read_t read = avr->io[AVR_DATA_TO_IO(address)].r.c;
    return read ? read(avr, address, avr->io[AVR_DATA_TO_IO(address)].r.param) : avr->data[address];
}

static void put(avr_t *avr, uint8_t address, uint8_t value)
{
    avr_io_write_t write = avr->io[AVR_DATA_TO_IO(address)].w.c;
    if (write) {
        write(avr, address, value, avr->io[AVR_DATA_TO_IO(address)].w.param);
    } else {
        avr->data[address] = value;
    }
}

bool state_quiet(const avr_t *avr)
{
    return avr->state == cpu_Sleeping && !(avr->data[UCSR0B] & UDRIE) && !(avr->data[ADCSRA] & ADSC);
}

bool state_save(avr_t *avr, const char *name, const struct outage *outage)
{
    struct state state;
    memset(&state, 0, sizeof state); /* holes too: equal states are equal files */
    state.pc = avr->pc;
    memcpy(state.sreg, avr->sreg, sizeof state.sreg);
    for (size_t i = 0; i < sizeof registers; i++) {
        state.registers[i] = look(avr, registers[i]); /* which renews memory, too */
    }
    memcpy(state.memory, avr->data, sizeof state.memory);
    state.pulses = pulses;
    state.outage = *outage;
    FILE *file = fopen(name, "wb");
    bool written = file && fwrite(&state, sizeof state, 1, file) == 1;
    return file && fclose(file) == 0 && written;
}

bool state_load(avr_t *avr, const char *name, struct outage *outage)
{
    struct state state;
    FILE *file = fopen(name, "rb");
    bool read = file && fread(&state, sizeof state, 1, file) == 1;
    if (file) {
        (void)fclose(file);
    }
    if (!read || (!state.outage.held && state.pc != avr->pc)) {
        return false;
    }
    memcpy(avr->data + RAM, state.memory + RAM, END - RAM);
    pulses = state.pulses;
    *outage = state.outage;
    if (!outage->held) {
        memcpy(avr->data, state.memory, 32);
        memcpy(avr->data + SPL, state.memory + SPL, 2);
        memcpy(avr->sreg, state.sreg, sizeof state.sreg);
        for (size_t i = 0; i < sizeof registers; i++) {
            put(avr, registers[i], state.registers[i]);
        }
    }
    return true;
}
