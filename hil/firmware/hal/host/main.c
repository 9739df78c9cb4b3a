/* The firmware as a host program behind the pipe of pipe.h: host_board [EEPROM-FILE]. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../../app/app.h"
#include "hal_host.h"

#define BYTE_CYCLES 1389u /* ten bits at 115200 baud */
#define BROWN_OUT_MV 2700
#define POWER_ON_MV 1100
#define START_UP ((uint64_t)65000 * CYCLES_PER_US)

static bool held;            /* no power, or starting */
static uint64_t release;     /* cycle at which it starts */
static uint16_t lowest;      /* supply seen while held */
static uint16_t resets;

static void tear(uint32_t seed)
{
    if (hal_store_busy()) {
        /* in the first half of a write bits are being erased to 1, in the second the new ones are not all 0 yet */
        bool erasing = host.store_until - host.cycle > 27200;
        uint8_t some = (uint8_t)(seed * 2654435761u >> 24);
        uint8_t *byte = &host.store[host.store_address];
        *byte = (erasing ? host.store_before : *byte) | some;
        host_store_flush(host.store_address);
        host.store_until = 0;
    }
}

static void boot(uint8_t cause)
{
    host.cause = cause;
    resets++;
    app_boot();
}

static void run_to(uint64_t cycle)
{
    if (held && cycle >= release) {
        host.cycle = release;
        held = false;
        boot(lowest < POWER_ON_MV ? HAL_POWER_ON : HAL_BROWN_OUT);
    }
    while (!held && host.cycle < cycle) {
        uint64_t next = host.cycle - host.cycle % HOST_TICK + HOST_TICK;
        host.cycle = next < cycle ? next : cycle;
        app_poll();
    }
    if (host.cycle < cycle) {
        host.cycle = cycle;
    }
}

static void supply(uint16_t millivolts, uint32_t seed)
{
    host.supply_mv = millivolts;
    if (millivolts < BROWN_OUT_MV) {
        if (!held) {
            tear(seed);
            held = true;
            lowest = millivolts;
        }
        lowest = millivolts < lowest ? millivolts : lowest;
        release = UINT64_MAX;
    } else if (held && release == UINT64_MAX) {
        release = host.cycle + START_UP;
    }
}

void pipe_exchange(const struct pipe_request *request, struct pipe_answer *answer)
{
    run_to(request->begin);
    host.sent_count = 0;
    memcpy(host.counts, request->counts, sizeof host.counts);
    host.inputs = request->inputs;
    host.on = host_pins();
    if (request->operation == PIPE_POWER_CUT) {
        supply(0, request->seed);
    }
    supply(request->supply_mv, request->seed);
    if (request->operation == PIPE_RESET && !held) {
        boot(HAL_EXTERNAL);
    }
    for (uint8_t i = 0; i < request->received && i < PIPE_BYTES && !held; i++) {
        run_to(host.cycle + BYTE_CYCLES);
        host.received[host.head++] = request->bytes[i];
        app_poll();
    }
    if (host.sent_count) {
        run_to(host.cycle + (uint64_t)host.sent_count * BYTE_CYCLES);
        answer->last_sent = host.cycle;
    }
    if (!request->expect || host.sent_count < request->expect) {
        run_to(request->limit);
    }
    answer->state = held;
    answer->cycle = host.cycle;
    answer->outputs = held ? 0 : host_pins();
    answer->steps = host.pulsed;
    answer->resets = resets;
    answer->storing = hal_store_busy();
    answer->sent = host.sent_count;
    memcpy(answer->bytes, host.sent, host.sent_count);
    for (uint8_t i = 0; i < 2; i++) {
        uint8_t bit = (uint8_t)(8u << i);
        answer->duty[i] = !(answer->outputs & bit) ? 0 : (host.modulated & bit) ? host.duty : 1024;
    }
}

int main(int count, char **arguments)
{
    memset(host.store, 0xFF, sizeof host.store);
    if (count > 1) {
        host.store_file = open(arguments[1], O_RDWR | O_CREAT, 0644);
        if (host.store_file < 0 || (pread(host.store_file, host.store, sizeof host.store, 0) < HOST_STORE_BYTES &&
                                    pwrite(host.store_file, host.store, sizeof host.store, 0) < HOST_STORE_BYTES)) {
            return 3;
        }
    }
    boot(HAL_POWER_ON);
    pipe_serve();
    return 0;
}
