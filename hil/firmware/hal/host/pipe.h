/* How a program that runs one board is driven over its standard input and output: one request, one answer, both of
 * fixed size, little-endian. The emulator of the .hex and the host build of the firmware speak the same. */
#ifndef PIPE_H
#define PIPE_H

#include <stddef.h>
#include <stdint.h>

#define CYCLES_PER_US 16u
#define PIPE_BYTES 96
#define PIPE_CHANNELS 4

enum pipe_operation {
    PIPE_RUN = 1,       /* run only */
    PIPE_RESET = 2,     /* the reset button, then run */
    PIPE_POWER_CUT = 3, /* all power is gone at `begin`; memory is lost; `supply_mv` brings it back */
    PIPE_QUIT = 4,
    PIPE_SAVE = 6,      /* run on until nothing is under way, and write the board's state to its state file */
    PIPE_LOAD = 7,      /* of a new board: as PIPE_SAVE left it; the terminals are those of the request at once.
                         * `sent` of both answers is 1 if it was done (emulator only) */
    PIPE_TIMES = 5,     /* run; `bytes` of the answer are the worst times so far (emulator only, see its times.h) */
};

struct pipe_request {
    uint32_t operation;
    uint32_t seed;      /* of what is torn and lost with the power */
    uint64_t begin;     /* run to this cycle with the terminals as they were; then all below takes place, */
    uint64_t limit;     /* then run until `expect` bytes have been sent, at most to this cycle */
    uint16_t counts[PIPE_CHANNELS]; /* analogue inputs, 0..1023 */
    uint16_t supply_mv;
    uint8_t inputs;     /* bits 0-5 digital inputs, 6 safety chain; 1 = active */
    uint8_t received;   /* bytes for the board's serial input */
    uint8_t expect;     /* 0: run to `limit` */
    uint8_t reserved[27];
    uint8_t bytes[PIPE_BYTES];
};

struct pipe_answer {
    uint32_t state;     /* 0 running, 1 without power or starting, 2 crashed */
    uint32_t awake;     /* cycles of this run that the processor did not sleep */
    uint64_t cycle;
    uint64_t last_sent; /* cycle at which the last byte left, 0 if none did */
    uint64_t last_step; /* cycle at which the last step pulse began, 0 if none did */
    int32_t steps;      /* step pulses forth less those back, since the last reset */
    uint32_t pulses;    /* all of them, since the start of the program */
    uint32_t closest;   /* cycles between the two of them that followed each other fastest, 0: not yet two */
    uint16_t duty[2];   /* of outputs 3 and 4: 0..1024 */
    uint16_t resets;    /* since the start of the program */
    uint8_t outputs;    /* pins that are driven */
    uint8_t sent;       /* bytes that the board sent */
    uint8_t storing;    /* an EEPROM byte is being written */
    uint8_t reserved[11];
    uint8_t bytes[PIPE_BYTES];
};

_Static_assert(sizeof(struct pipe_request) == 160, "wire size of a request");
_Static_assert(sizeof(struct pipe_answer) == 160 && offsetof(struct pipe_answer, bytes) == 64, "wire size of an answer");

/* What each program implements. */
void pipe_exchange(const struct pipe_request *request, struct pipe_answer *answer);
/* Reads and answers requests until the pipe closes. */
void pipe_serve(void);

#endif
