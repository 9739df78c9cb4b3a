#include "app.h"

#include "../hal/hal.h"
#include "board.h"
#include "rtu.h"
#include "store.h"

void app_boot(void)
{
    hal_init();
    board_boot();
    rtu_reset();
}

bool app_poll(void)
{
    hal_kick();
    bool busy = rtu_poll();
    board_check_dead_man();
    store_poll();
    return busy;
}

uint8_t app_missing(void)
{
    return rtu_missing();
}
