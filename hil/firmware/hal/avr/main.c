#include "../../app/app.h"
#include "../hal.h"

int main(void)
{
    app_boot();
    for (;;) {
        if (!app_poll()) {
            hal_wait(app_missing());
        }
    }
}
