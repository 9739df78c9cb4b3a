/* The whole application: call app_boot after every reset, then app_poll for ever. */
#ifndef APP_H
#define APP_H

#include <stdbool.h>
#include <stdint.h>

void app_boot(void);
bool app_poll(void); /* false when the machine may sleep until app_missing() bytes wait or a tick passes */
uint8_t app_missing(void);

#endif
