/* A master on libmodbus that knows the board of station 4 by the map alone: libmodbus_client DEVICE UNIT.
 * Its inputs are to be 0x45 (bits 0 and 2, safety chain), its counts 100, 200, 300. It ends with 0 if all was right. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>

enum { ACKNOWLEDGE = 8, CLAMP = 2, TARGET = 0, DUTY = 2, PROGRAM = 3, DEBOUNCE = 16, STROKE = 6000 };

static int wrong;

static void check(const char *what, int right)
{
    printf("%s: %s%s\n", what, right ? "ok" : "WRONG ", right ? "" : modbus_strerror(errno));
    wrong |= !right;
}

int main(int argc, char **argv)
{
    uint16_t words[48], in[4] = {0, 500, 700, 3};
    uint8_t bits[16], coils[3] = {1, 1, 0};
    modbus_t *bus = argc == 3 ? modbus_new_rtu(argv[1], 115200, 'N', 8, 1) : NULL;

    if (bus == NULL || modbus_set_slave(bus, atoi(argv[2])) || modbus_connect(bus))
        return 3;
    modbus_set_response_timeout(bus, 20, 0);

    check("counts", modbus_read_input_registers(bus, 0, 4, words) == 4 && words[0] == 100 && words[1] == 200 &&
                        words[2] == 300);
    check("inputs", modbus_read_input_bits(bus, 0, 16, bits) == 16 && bits[0] && !bits[1] && bits[2] && bits[6]);
    check("tripped", bits[14]);
    check("acknowledge", modbus_write_bit(bus, ACKNOWLEDGE, 1) == 1);
    check("trip gone", modbus_read_input_bits(bus, 14, 1, bits) == 1 && !bits[0]);
    check("outputs", modbus_write_bits(bus, CLAMP, 3, coils) == 3);
    check("read back", modbus_read_bits(bus, CLAMP, 3, bits) == 3 && bits[0] && bits[1] && !bits[2]);
    check("registers", modbus_write_registers(bus, TARGET, 4, in) == 4);
    check("one register", modbus_write_register(bus, PROGRAM, 9) == 1);
    check("mask write", modbus_mask_write_register(bus, PROGRAM, 0xFFF0, 5) == 1);
    check("write and read", modbus_write_and_read_registers(bus, DUTY, 1, in + 2, 0, 4, words) == 4 && words[0] == 0 &&
                                words[1] == 500 && words[2] == 700 && words[3] == 5);
    check("longest read", modbus_read_registers(bus, 0, 32, words) == 32 && words[DEBOUNCE] == 30);
    check("behind the table", modbus_read_registers(bus, 32, 1, words) == -1 && errno == EMBXILADD);
    check("out of range", modbus_write_register(bus, TARGET, STROKE + 1) == -1 && errno == EMBXILVAL);
    check("unknown function", modbus_report_slave_id(bus, sizeof bits, bits) == -1 && errno == EMBXILFUN);
    for (int i = 0; i < 200; i++) {
        int count = 1 + i % 12;
        check("read", modbus_read_registers(bus, i % 20, count, words) == count);
    }
    modbus_close(bus);
    modbus_free(bus);
    return wrong;
}
