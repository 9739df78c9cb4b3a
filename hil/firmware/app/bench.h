/* Registers behind the published map, for the harness only (hil/bench.py says the same in Python; a test compares).
 *
 * The mirror windows go on: what the host injects follows the command words, what the board drives the due time. */
#ifndef BENCH_H
#define BENCH_H

#include "../generated/sector7_map.h"

/* After the mirror's command words; sent or not in each write. */
#define BENCH_INJECT_CARRIER 11 /* data tag at the read head */
#define BENCH_INJECT_INPUTS 12  /* high byte: inputs the host supplies instead of the pins; low byte: their values */
#define BENCH_INJECT_COUNTS 13  /* 4 words: bit 15: the host supplies this channel; counts */
#define BENCH_WRITE_WORDS 17

/* After the mirror's status words. */
#define BENCH_OUTPUTS 9         /* bits of command word 0 in effect */
#define BENCH_TARGET 10         /* axis command in effect */
#define BENCH_SPEED 11
#define BENCH_DUTY 12
#define BENCH_DRIVEN 13         /* outputs that the pins drive now */
#define BENCH_SCAN_MIN 14       /* us from a whole frame to its answer */
#define BENCH_SCAN_MEAN 15
#define BENCH_SCAN_MAX 16
#define BENCH_CRC_ERRORS 17
#define BENCH_LINE_ERRORS 18    /* framing errors, overruns, frames that stopped */
#define BENCH_STACK_FREE 19     /* bytes never touched */
#define BENCH_RESETS 20         /* 4 words: power-on, external, brown-out, watchdog, since power-on */
#define BENCH_STORING 24        /* 1 while the EEPROM is being written */
#define BENCH_READ_WORDS 25

/* The station profile, read and written whole. */
#define BENCH_PROFILE 0x1200

#endif
