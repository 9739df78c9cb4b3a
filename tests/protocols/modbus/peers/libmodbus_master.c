/* A master on libmodbus: reads, writes and reads back; prints one line for each step, ends with 0 if all was right.
 * libmodbus_master tcp PORT UNIT | libmodbus_master rtu DEVICE UNIT
 * The unit is a board: four holding registers from 0 on that take small values, coils from 0 on. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int wrong;

static void check(const char *what, int right)
{
    printf("%s: %s%s%s\n", what, right ? "ok" : "WRONG ", right ? "" : modbus_strerror(errno), "");
    wrong |= !right;
}

int main(int argc, char **argv)
{
    uint16_t words[130], in[4] = {1, 2, 3, 4};
    uint8_t bits[32], ones[3] = {1, 0, 1};
    modbus_t *bus;
    int i, n;

    if (argc != 4)
        return 2;
    bus = strcmp(argv[1], "tcp") == 0 ? modbus_new_tcp("127.0.0.1", atoi(argv[2]))
                                      : modbus_new_rtu(argv[2], 115200, 'N', 8, 1);
    if (bus == NULL || modbus_set_slave(bus, atoi(argv[3])) || modbus_connect(bus))
        return 3;
    modbus_set_response_timeout(bus, 20, 0);

    check("FC1", modbus_read_bits(bus, 0, 16, bits) == 16);
    check("FC2", modbus_read_input_bits(bus, 0, 16, bits) == 16);
    check("FC3", modbus_read_registers(bus, 0, 32, words) == 32);
    check("FC4", modbus_read_input_registers(bus, 0, 32, words) == 32);
    check("FC5", modbus_write_bit(bus, 0, 1) == 1);
    check("FC6", modbus_write_register(bus, 3, 9) == 1);
    check("FC15", modbus_write_bits(bus, 0, 3, ones) == 3);
    check("FC16", modbus_write_registers(bus, 0, 4, in) == 4);
    check("FC22", modbus_mask_write_register(bus, 3, 0xFFF0, 5) == 1);
    check("FC23", modbus_write_and_read_registers(bus, 3, 1, in, 0, 4, words) == 4 && words[0] == 1 && words[3] == 1);
    check("read back", modbus_read_bits(bus, 0, 3, bits) == 3 && bits[0] == 1 && bits[1] == 0 && bits[2] == 1);
    n = modbus_report_slave_id(bus, sizeof bits - 1, bits);
    check("FC17", n > 2 && bits[0] == atoi(argv[3]) && bits[1] == 0xFF);
    check("address", modbus_read_registers(bus, 32, 1, words) == -1 && errno == EMBXILADD);
    check("value", modbus_write_register(bus, 17, 1) == -1 && (errno == EMBXILVAL || errno == EMBXILFUN));
    for (i = 0; i < 200; i++)
        if (modbus_read_registers(bus, i % 20, 1 + i % 12, words) != 1 + i % 12)
            wrong = 1;
    check("200 reads", !wrong);
    modbus_close(bus);
    modbus_free(bus);
    return wrong;
}
