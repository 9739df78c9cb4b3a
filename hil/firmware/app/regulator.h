/* The heater controller: PI with anti-windup on its own sample time. Duty 0..1024 from counts 0..1023. */
#ifndef REGULATOR_H
#define REGULATOR_H

#include <stdbool.h>
#include <stdint.h>

#define REGULATOR_SAMPLE_US 10000000ul

struct regulator {
    int32_t integral; /* |integral| < 12000: it grows only while the raw duty is inside 0..1024 */
    uint32_t since;   /* the last sample */
    uint16_t duty;
    bool running;
};

void regulator_reset(struct regulator *regulator);
void regulator_off(struct regulator *regulator); /* keeps the integral: the chamber will want the same again */
void regulator_run(struct regulator *regulator, uint32_t now, uint16_t set_point, uint16_t reading);

#endif
