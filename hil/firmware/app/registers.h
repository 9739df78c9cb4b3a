/* The register tables of the board, as Modbus sees them. Return values are Modbus exception codes, 0: done. */
#ifndef REGISTERS_H
#define REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

#define ILLEGAL_FUNCTION 1
#define ILLEGAL_ADDRESS 2
#define ILLEGAL_VALUE 3
#define DEVICE_BUSY 6

uint8_t read_bit(bool coil, uint16_t address, bool *value);
uint8_t read_register(bool holding, uint16_t address, uint16_t *value);
/* Checks the whole range, then writes it; nothing is written if anything is refused. */
uint8_t write_coils(uint16_t address, uint16_t count, uint16_t values); /* at most 16 */
/* `data`: most significant byte first. A write of the mirror's first word makes an exchange. */
uint8_t write_registers(uint16_t address, uint16_t count, const uint8_t *data);

#endif
