/* The station profile: what one firmware must know to serve a station. It sits in EEPROM and travels as words. */
#ifndef PROFILE_H
#define PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#define PROFILE_VERSION 1
#define PROFILE_RULES 4
/* Words: version and station, channels and keep, regulator and soft, acceleration, stroke, debounce, watchdog, then
 * output and condition of each rule. */
#define PROFILE_WORDS (7 + 2 * PROFILE_RULES)
/* One exchange of the grid, us: the unit of the watchdog. */
#define EXCHANGE_US 20000ul

struct rule {
    uint16_t output;    /* withheld while no bit of `condition` is on in the status; 0: no rule */
    uint16_t condition;
};

struct profile {
    uint8_t station;    /* 1..12; 0: not configured, drives nothing */
    uint8_t channels;   /* analogue inputs that exist */
    uint8_t keep;       /* outputs that survive the safe state */
    uint8_t regulator;  /* output whose duty the firmware computes, 0: none */
    uint8_t soft;       /* output whose duty is ramped, 0: none */
    uint16_t acceleration;
    uint16_t stroke;
    uint16_t debounce_ms;
    uint16_t watchdog;  /* exchanges */
    struct rule forbid[PROFILE_RULES];
};

uint32_t profile_debounce_us(const struct profile *profile);
uint32_t profile_watchdog_us(const struct profile *profile);
uint16_t profile_word(const struct profile *profile, uint8_t index);
bool profile_read(struct profile *profile, const uint16_t words[PROFILE_WORDS]); /* false: makes no sense, unchanged */
void profile_clear(struct profile *profile);

#endif
