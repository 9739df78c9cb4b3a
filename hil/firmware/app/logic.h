/* What the plant can see of a board: a pure function of its state, the exchange's instant, the inputs and the command.
 *
 * The same instant again with the same arguments changes nothing, so a host may repeat an exchange. All ages are
 * differences of wrapping u32 microseconds; none that matters outlives the comms watchdog's grasp. */
#ifndef LOGIC_H
#define LOGIC_H

#include "axis.h"
#include "profile.h"
#include "regulator.h"

#define INPUT_BITS 7
#define CHANNELS 4
#define COMMAND_WORDS 9
#define NO_DUE 0xFFFFFFFFul

/* Command and status bits that are no part of the generated map's registers. */
#define OUTPUT_BITS 0x001Fu
#define PASSED_BITS 0x00E0u /* carrier marks and stack light go through as they are */
#define LEVEL_SHIFT 8

enum command_word { WORD_BITS, WORD_TARGET, WORD_SPEED, WORD_DUTY, WORD_PROGRAM, WORD_LIMIT };

struct inputs {
    uint8_t bits; /* 0-5 digital inputs, 6 safety chain */
    uint16_t counts[CHANNELS];
};

/* Counters that outlive every reset but power-on. */
struct counters {
    uint16_t watchdog_trips;
    uint16_t interlock_trips;
};

struct logic {
    /* what the last step decided */
    uint16_t status;
    uint16_t outputs; /* bits of command word 0 in effect */
    uint16_t target, speed, duty;
    uint32_t due;     /* us from the last step to the next change of the board's own, or NO_DUE */
    /* state */
    uint32_t last;    /* instant of the last step */
    uint32_t since[INPUT_BITS]; /* last edge of a raw input */
    uint32_t ramp_since;
    uint16_t command[COMMAND_WORDS];
    struct axis axis;
    struct regulator regulator;
    uint16_t levels;
    uint16_t withheld; /* outputs */
    uint16_t soft_duty;
    uint8_t raw, debounced;
    bool linked;      /* there was a step since the boot */
    bool ramping, tripped, safe_state;
};

void logic_boot(struct logic *logic);
/* One exchange. `expired`: the dead-man has made the pins safe since the last one. */
void logic_step(struct logic *logic, const struct profile *profile, struct counters *counters, uint32_t now,
                const uint16_t command[COMMAND_WORDS], const struct inputs *inputs, bool expired);
uint16_t logic_position(const struct logic *logic); /* axis, as of the last step */

#endif
