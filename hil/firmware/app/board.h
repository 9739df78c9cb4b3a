/* The board as its registers show it. */
#ifndef BOARD_H
#define BOARD_H

#include "bench.h"
#include "logic.h"

#define FIRMWARE_VERSION 0x0100
#define ADDRESS_BASE 10 /* slave address of station n: 10 + n; 10: not configured */

struct diagnostics {
    uint32_t scan_sum; /* us; halved together with the count long before it wraps */
    uint16_t scans;
    uint16_t scan_min, scan_max;
    uint16_t frames, crc_errors, line_errors, exceptions;
};

struct retained {
    uint16_t magic;
    uint16_t resets[4];
    struct counters counters;
};

struct board {
    struct profile profile;
    struct logic logic;
    struct diagnostics diagnostics;
    uint16_t inject[BENCH_WRITE_WORDS - BENCH_INJECT_CARRIER];
    uint16_t command[COMMAND_WORDS]; /* as written by masters that use the plain tables */
    uint16_t counts[CHANNELS];       /* as of the last step */
    uint16_t position;               /* of the axis, as of the last step */
    uint32_t exchanges;
    uint32_t local_us;  /* local clock at the last plain step */
    uint16_t heard;     /* local tick of the last step */
    uint8_t reset_cause; /* in the map's numbers */
    bool alive;         /* the dead-man is wound up */
    bool expired;       /* it has fired since the last step */
    bool clocked;       /* the last step got its time from the host */
};

extern struct board board;
extern struct retained retained;

void board_boot(void);
/* A step at the host's instant `now` with the board's command words. */
void board_step(uint32_t now);
/* For masters that give no time: a step on the local clock, unless a host with a clock is there. */
void board_plain_step(void);
void board_check_dead_man(void);
bool board_configure(const uint16_t words[PROFILE_WORDS]);
void board_scanned(uint32_t us);

#endif
