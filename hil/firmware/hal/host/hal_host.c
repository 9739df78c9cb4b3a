#include "hal_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STORE_CYCLES 54400u /* 3.4 ms */
#define SAFETY 0x40u

struct host host = {.store_file = -1, .supply_mv = 5000};

void host_store_flush(uint16_t address)
{
    if (host.store_file >= 0 && pwrite(host.store_file, &host.store[address], 1, address) != 1) {
        perror("EEPROM file");
        exit(1);
    }
}

uint8_t host_pins(void)
{
    return host.inputs & SAFETY ? host.on : host.on & host.keep;
}

void hal_init(void)
{
    host.on = host.keep = 0;
    host.duty = host.pulsed = 0;
    host.head = host.tail = 0;
    host.booted = host.cycle;
}

uint8_t hal_reset_cause(void)
{
    return host.cause;
}

uint16_t hal_ticks(void)
{
    return (uint16_t)((host.cycle - host.booted) / HOST_TICK);
}

uint32_t hal_micros(void)
{
    return (uint32_t)((host.cycle - host.booted) / CYCLES_PER_US);
}

uint8_t hal_received(void)
{
    return host.head - host.tail;
}

uint8_t hal_receive(void)
{
    return host.received[host.tail++];
}

bool hal_receive_error(void)
{
    return false;
}

bool hal_sending(void)
{
    return false;
}

void hal_send(const uint8_t *bytes, uint8_t count)
{
    if (host.sent_count + count <= HOST_ANSWER_BYTES) {
        memcpy(host.sent + host.sent_count, bytes, count);
        host.sent_count += count;
    }
}

void hal_sample(void)
{
}

uint8_t hal_inputs(void)
{
    return host.inputs;
}

uint16_t hal_counts(uint8_t channel)
{
    return host.counts[channel];
}

uint16_t hal_supply_mv(void)
{
    return host.supply_mv;
}

void hal_protect(uint8_t keep)
{
    host.keep = keep;
}

void hal_drive(uint8_t on, uint8_t modulated, uint16_t duty)
{
    host.modulated = modulated;
    host.duty = duty > 1024 ? 1024 : duty;
    host.on = duty ? on : on & ~modulated;
    if (!(host.inputs & SAFETY)) {
        host.on &= host.keep;
    }
}

uint8_t hal_driven(void)
{
    return host_pins();
}

void hal_follow(uint16_t position, uint16_t interval_us)
{
    if (interval_us && host.inputs & SAFETY) {
        host.pulsed = position; /* no time passes here between two polls: they are made at once */
    }
}

uint16_t hal_pulsed(void)
{
    return host.pulsed;
}

bool hal_store_busy(void)
{
    return host.cycle < host.store_until;
}

uint8_t hal_store_read(uint16_t address)
{
    return host.store[address];
}

void hal_store_write(uint16_t address, uint8_t value)
{
    host.store_address = address;
    host.store_before = host.store[address];
    host.store[address] = value;
    host.store_until = host.cycle + STORE_CYCLES;
    host_store_flush(address);
}

uint16_t hal_stack_free(void)
{
    return 0xFFFF;
}

void hal_kick(void)
{
}

void hal_wait(uint8_t bytes)
{
    (void)bytes;
}
