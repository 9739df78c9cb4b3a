/* CRC-16 of Modbus RTU; over a block with its CRC (low byte first) it is 0. */
#ifndef CRC_H
#define CRC_H

#include <stdint.h>

uint16_t crc16(const uint8_t *bytes, uint8_t count);

#endif
