#include "regulator.h"

#define GAIN 20          /* duty steps per count */
#define INTEGRAL_SHARE 8 /* integral action: gain / 8 per sample */
#define FULL 1024

void regulator_reset(struct regulator *regulator)
{
    *regulator = (struct regulator){0};
}

void regulator_off(struct regulator *regulator)
{
    regulator->duty = 0;
    regulator->running = false;
}

void regulator_run(struct regulator *regulator, uint32_t now, uint16_t set_point, uint16_t reading)
{
    if (regulator->running && now - regulator->since < REGULATOR_SAMPLE_US) {
        return;
    }
    int32_t error = (int32_t)set_point - reading;                                /* -1023..1024 */
    int32_t integral = regulator->integral + error;                              /* < 14000 */
    int32_t raw = GAIN * error + GAIN * integral / INTEGRAL_SHARE;               /* < 60000; / is towards zero */
    if ((raw >= 0 && raw <= FULL) || (raw < 0) == (error > 0)) {
        regulator->integral = integral;
    }
    regulator->duty = raw < 0 ? 0 : raw > FULL ? FULL : (uint16_t)raw;
    regulator->since = now;
    regulator->running = true;
}
