#include "logic.h"

#include <string.h>

#include "../generated/sector7_map.h"

#define HYSTERESIS 8
/* The slowest speed of an axis, 0.1 mm/s: any way of 65535 is then done within 2^31 us. */
#define SLOWEST 32
#define SOFT_STEP_US 200000ul
#define SOFT_STEP 256
#define FULL_DUTY 1024

#define BIT(n) ((uint16_t)(1u << (n)))
#define SAFETY_OK BIT(S7_BOARD_SAFETY_OK)
#define IN_POSITION BIT(S7_BOARD_IN_POSITION)
#define INTERLOCK BIT(S7_BOARD_INTERLOCK)
#define SAFE_STATE BIT(S7_BOARD_SAFE_STATE)
#define TRIPPED BIT(S7_BOARD_TRIPPED)
#define ACKNOWLEDGE BIT(S7_BOARD_ACKNOWLEDGE)

static uint16_t least(uint16_t a, uint16_t b)
{
    return a < b ? a : b;
}

static void sooner(struct logic *logic, uint32_t in_us)
{
    if (in_us < logic->due) {
        logic->due = in_us;
    }
}

static void count(uint16_t *counter)
{
    if (*counter < 0xFFFF) {
        ++*counter;
    }
}

void logic_boot(struct logic *logic)
{
    memset(logic, 0, sizeof *logic);
    logic->tripped = true;
    logic->due = NO_DUE;
    axis_home(&logic->axis);
    regulator_reset(&logic->regulator);
}

static void trip(struct logic *logic, uint32_t now)
{
    logic->tripped = true;
    axis_stop(&logic->axis, now);
}

/* The host was silent for longer than the watchdog: what that meant takes place at the instant it was due. */
static void fall_silent(struct logic *logic, const struct profile *profile, struct counters *counters, uint32_t now)
{
    uint32_t watchdog = profile_watchdog_us(profile);
    if (now - logic->last <= watchdog) {
        /* so long that the clock went round (or it stood still): every timer has run out */
        for (uint8_t i = 0; i < INPUT_BITS; i++) {
            logic->since[i] = now - profile_debounce_us(profile);
        }
        logic->regulator.running = false;
        logic->ramping = false;
    }
    if (!logic->safe_state) {
        logic->safe_state = true;
        count(&counters->watchdog_trips);
        trip(logic, logic->last + watchdog);
    }
}

static void debounce(struct logic *logic, const struct profile *profile, uint32_t now, uint8_t bits)
{
    uint32_t stable = profile_debounce_us(profile);
    for (uint8_t i = 0; i < INPUT_BITS; i++) {
        uint8_t bit = (uint8_t)BIT(i);
        if ((bits ^ logic->raw) & bit) {
            logic->since[i] = now;
        }
        if ((bits ^ logic->debounced) & bit) {
            uint32_t age = now - logic->since[i];
            if (age >= stable) {
                logic->debounced ^= bit;
            } else {
                sooner(logic, stable - age);
            }
        }
    }
    logic->raw = bits;
}

static void take(struct logic *logic, const struct profile *profile, uint32_t now, const uint16_t *command)
{
    uint16_t *old = logic->command;
    bool move = command[WORD_TARGET] != old[WORD_TARGET] || command[WORD_SPEED] != old[WORD_SPEED];
    if (command[WORD_BITS] & ~old[WORD_BITS] & ACKNOWLEDGE && logic->debounced & SAFETY_OK) {
        logic->tripped = false;
        logic->safe_state = false;
        move = true;
    }
    for (uint8_t i = 0; i < CHANNELS; i++) {
        if (command[WORD_LIMIT + i] != old[WORD_LIMIT + i]) {
            logic->levels &= ~BIT(LEVEL_SHIFT + i);
        }
    }
    logic->target = least(command[WORD_TARGET], profile->stroke);
    logic->speed = command[WORD_SPEED];
    if (logic->speed && logic->speed < SLOWEST) {
        logic->speed = SLOWEST;
    }
    if (move && !logic->tripped) {
        axis_move(&logic->axis, profile->acceleration, now, logic->target, logic->speed);
    }
    memcpy(old, command, sizeof logic->command);
}

static void compare(struct logic *logic, const struct profile *profile, const uint16_t *counts)
{
    for (uint8_t i = 0; i < profile->channels; i++) {
        uint16_t limit = logic->command[WORD_LIMIT + i];
        uint16_t bit = BIT(LEVEL_SHIFT + i);
        if (limit) {
            /* counts + hysteresis <= 1031 */
            uint16_t reading = counts[i] + ((logic->levels & bit) ? HYSTERESIS : 0);
            logic->levels = reading >= limit ? logic->levels | bit : logic->levels & ~bit;
        }
    }
}

/* The firmware's own interlocks: an output is withheld when its condition is missing, until it is commanded anew. */
static uint16_t withhold(struct logic *logic, const struct profile *profile, struct counters *counters, uint16_t outputs)
{
    uint16_t allowed = outputs & ~logic->withheld;
    for (uint8_t i = 0; i < PROFILE_RULES; i++) {
        if (profile->forbid[i].output && !(logic->status & profile->forbid[i].condition)) {
            allowed &= ~profile->forbid[i].output;
        }
    }
    uint16_t withheld = outputs & ~allowed;
    if (withheld) {
        logic->status |= INTERLOCK;
        if (!logic->withheld) {
            count(&counters->interlock_trips);
        }
    }
    logic->withheld = withheld;
    return allowed;
}

/* The duty of a drive rises in steps; it falls at once. */
static uint16_t soft_start(struct logic *logic, uint32_t now, uint16_t goal)
{
    if (goal <= logic->soft_duty) {
        logic->soft_duty = goal;
        logic->ramping = false;
    } else if (!logic->ramping || now - logic->ramp_since >= SOFT_STEP_US) {
        logic->soft_duty = least(goal, logic->soft_duty + SOFT_STEP); /* <= 1023 + 256 */
        logic->ramping = logic->soft_duty < goal;
        logic->ramp_since = now;
    }
    if (logic->ramping) {
        sooner(logic, SOFT_STEP_US - (now - logic->ramp_since));
    }
    return logic->soft_duty;
}

static uint16_t regulate(struct logic *logic, uint32_t now, bool on, uint16_t set_point, uint16_t reading)
{
    struct regulator *regulator = &logic->regulator;
    if (on) {
        regulator_run(regulator, now, set_point, reading);
        sooner(logic, REGULATOR_SAMPLE_US - (now - regulator->since));
    } else {
        regulator_off(regulator);
    }
    return regulator->duty;
}

static void decide(struct logic *logic, const struct profile *profile, struct counters *counters, uint32_t now,
                   const struct inputs *inputs)
{
    uint16_t wanted = logic->command[WORD_BITS], outputs = wanted & OUTPUT_BITS;
    logic->status = logic->debounced | logic->levels;
    if (axis_arrived(&logic->axis)) {
        logic->status |= IN_POSITION;
    } else if (logic->axis.moving) {
        sooner(logic, logic->axis.profile.total - (now - logic->axis.since));
    }
    if (!profile->station) {
        outputs = 0; /* a board that does not know what it drives drives nothing */
    }
    if (logic->tripped) {
        logic->status |= logic->safe_state ? TRIPPED | SAFE_STATE : TRIPPED;
        outputs &= profile->keep & logic->outputs; /* may go off, not on */
        logic->target = logic->speed = 0;
    }
    outputs = withhold(logic, profile, counters, outputs);
    logic->outputs = outputs | (wanted & PASSED_BITS);
    logic->duty = logic->command[WORD_DUTY];
    uint16_t duty = least(logic->duty, FULL_DUTY);
    if (profile->soft) {
        logic->duty = soft_start(logic, now, (outputs & profile->soft) ? duty : 0);
    } else if (profile->regulator) {
        logic->duty = regulate(logic, now, outputs & profile->regulator, duty, inputs->counts[0]);
    }
}

void logic_step(struct logic *logic, const struct profile *profile, struct counters *counters, uint32_t now,
                const uint16_t command[COMMAND_WORDS], const struct inputs *inputs, bool expired)
{
    if (!logic->linked) {
        /* the inputs are as they are, and a level that was there before the boot is no edge */
        logic->linked = true;
        logic->raw = logic->debounced = inputs->bits;
        logic->command[WORD_BITS] = command[WORD_BITS] & ACKNOWLEDGE;
    } else if (expired || now - logic->last > profile_watchdog_us(profile)) {
        fall_silent(logic, profile, counters, now);
    }
    logic->last = now;
    logic->due = NO_DUE;
    axis_update(&logic->axis, now);
    debounce(logic, profile, now, inputs->bits);
    if (!(logic->debounced & SAFETY_OK) && !logic->tripped) {
        trip(logic, now);
    }
    take(logic, profile, now, command);
    compare(logic, profile, inputs->counts);
    decide(logic, profile, counters, now, inputs);
}

uint16_t logic_position(const struct logic *logic)
{
    return axis_position(&logic->axis, logic->last);
}
