#include "trapezoid.h"

#include <stdbool.h>

#define SECOND 1000000ul
/* 2 s^2 in us^2: the denominator of a t^2 / 2. */
#define TWICE_SQUARE 2000000000000ull

/* Bit by bit from the top, two bits of the value for each of the root: nothing but the value needs 64 bits. */
static uint32_t root(uint64_t value) /* < 2^56, so the root is < 2^28 and the rest < 2^30 */
{
    uint32_t rest = 0, result = 0;
    for (int8_t byte = 6; byte >= 0; byte--) {
        uint8_t bits = (uint8_t)(value >> (8 * (uint8_t)byte));
        for (uint8_t i = 0; i < 4; i++) {
            rest = rest << 2 | bits >> 6;
            bits = (uint8_t)(bits << 2);
            result <<= 1;
            if (rest > result << 1) {
                rest -= (result << 1) + 1;
                result++;
            }
        }
    }
    return result;
}

/* Way of a ramp: acceleration * t^2 / 2. t is at most sqrt(way / acceleration), so the product is < 2^56. */
static uint16_t ramp_way(uint16_t acceleration, uint32_t t)
{
    return (uint16_t)((uint64_t)acceleration * t * t / TWICE_SQUARE);
}

void trapezoid_plan(struct trapezoid *profile, uint16_t way, uint16_t speed, uint16_t acceleration)
{
    *profile = (struct trapezoid){.way = way, .acceleration = acceleration};
    if (!way) {
        return;
    }
    uint32_t reach = (uint32_t)way * acceleration; /* products of two u16 are < 2^32 */
    bool cruises = reach >= (uint32_t)speed * speed;
    profile->top = cruises ? speed : (uint16_t)root(reach);
    profile->ramp = (uint32_t)((uint64_t)profile->top * SECOND / acceleration); /* <= sqrt(way / acceleration) s */
    profile->total = cruises ? (uint32_t)((uint64_t)way * SECOND / speed) + profile->ramp /* < 2^36 / 32 + 2^28 */
                             : 2 * root((uint64_t)way * SECOND * SECOND / acceleration); /* 65535 * 10^12 < 2^56 */
    profile->ramped = ramp_way(acceleration, profile->ramp);
}

uint16_t trapezoid_travelled(const struct trapezoid *profile, uint32_t after)
{
    if (after >= profile->total) {
        return profile->way;
    }
    if (after < profile->ramp) {
        return ramp_way(profile->acceleration, after);
    }
    if (after > profile->total - profile->ramp) {
        return (uint16_t)(profile->way - ramp_way(profile->acceleration, profile->total - after));
    }
    /* 65535 * 2^31 < 2^47 */
    return (uint16_t)((uint64_t)profile->top * (after - profile->ramp) / SECOND + profile->ramped);
}
