/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "eeprom.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <simavr/avr_eeprom.h>
#include <simavr/sim_cycle_timers.h>
#include <simavr/sim_io.h>

enum { EECR = 0x3F, EEDR = 0x40, EEARL = 0x41, EEARH = 0x42 };
enum { EERE = 1, EEPE = 2, EEMPE = 4 };

#define SIZE 1024
#define WRITE_CYCLES 54400u /* 3.4 ms at 16 MHz */
#define ARMED_CYCLES 8u     /* EEPE counts within four cycles of EEMPE; sbi takes two */

static struct {
    avr_t *avr;
    int file;
    uint8_t content[SIZE];
    uint64_t armed, started;
    uint16_t address;
    uint8_t before;
    bool busy;
} eeprom;

static void keep(uint16_t address, uint8_t value)
{
    avr_eeprom_desc_t byte = {.ee = &value, .offset = address, .size = 1};
    avr_ioctl(eeprom.avr, AVR_IOCTL_EEPROM_SET, &byte);
    eeprom.content[address] = value;
    if (eeprom.file >= 0 && pwrite(eeprom.file, &value, 1, address) != 1) {
        perror("EEPROM file");
    }
}

static avr_cycle_count_t finish(avr_t *avr, avr_cycle_count_t when, void *unused)
{
    (void)when, (void)unused;
    avr->data[EECR] &= (uint8_t)~EEPE;
    eeprom.busy = false;
    return 0;
}

/* Called after libsimavr's own handler, which has written the byte at once and cleared EEPE. */
static void on_control(avr_t *avr, avr_io_addr_t address, uint8_t value, void *unused)
{
    (void)address, (void)unused;
    if (eeprom.busy) {
        avr->data[EECR] |= EEPE;
        return;
    }
    if (value & EEPE && avr->cycle - eeprom.armed <= ARMED_CYCLES) {
        eeprom.address = (uint16_t)((avr->data[EEARL] | avr->data[EEARH] << 8) % SIZE);
        eeprom.before = eeprom.content[eeprom.address];
        eeprom.started = avr->cycle;
        eeprom.busy = true;
        keep(eeprom.address, avr->data[EEDR]);
        avr->data[EECR] |= EEPE;
        avr_cycle_timer_register(avr, WRITE_CYCLES, finish, NULL);
    } else if (value & EEMPE) {
        eeprom.armed = avr->cycle;
    }
}

bool eeprom_attach(avr_t *avr, const char *file)
{
    eeprom.avr = avr;
    eeprom.file = -1;
    eeprom.armed = UINT64_MAX / 2;
    memset(eeprom.content, 0xFF, SIZE);
    if (file) {
        eeprom.file = open(file, O_RDWR | O_CREAT, 0644);
        if (eeprom.file < 0 || (pread(eeprom.file, eeprom.content, SIZE, 0) < SIZE &&
                                pwrite(eeprom.file, eeprom.content, SIZE, 0) < SIZE)) {
            perror(file);
            return false;
        }
    }
    avr_eeprom_desc_t all = {.ee = eeprom.content, .offset = 0, .size = SIZE};
    avr_ioctl(avr, AVR_IOCTL_EEPROM_SET, &all);
    avr_register_io_write(avr, EECR, on_control, NULL);
    return true;
}

void eeprom_reset(void)
{
    eeprom.armed = UINT64_MAX / 2;
    if (eeprom.busy) {
        uint64_t gone = eeprom.avr->cycle - eeprom.started;
        eeprom.avr->data[EECR] |= EEPE;
        avr_cycle_timer_register(eeprom.avr, gone < WRITE_CYCLES ? WRITE_CYCLES - gone : 1, finish, NULL);
    }
}

void eeprom_tear(uint32_t seed)
{
    if (!eeprom.busy) {
        return;
    }
    /* a write erases all bits to 1, then programs the zeros: torn, some bits are further than others */
    bool erasing = eeprom.avr->cycle - eeprom.started < WRITE_CYCLES / 2;
    uint8_t some = (uint8_t)(seed * 2654435761u >> 24);
    keep(eeprom.address, (erasing ? eeprom.before : eeprom.content[eeprom.address]) | some);
    eeprom.busy = false;
    eeprom.avr->data[EECR] = 0;
    avr_cycle_timer_cancel(eeprom.avr, finish, NULL);
}

bool eeprom_busy(void)
{
    return eeprom.busy;
}
