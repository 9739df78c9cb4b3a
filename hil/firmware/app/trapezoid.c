#include "trapezoid.h"

#define SECOND 1000000ul
/* 2 s^2 in us^2: the denominator of a t^2 / 2. */
#define TWICE_SQUARE 2000000000000ull

static uint32_t root(uint64_t value) /* < 2^56, so the root is < 2^28 */
{
    uint64_t rest = value, result = 0, bit = 1ull << 56;
    while (bit > rest) {
        bit >>= 2;
    }
    while (bit) {
        if (rest >= result + bit) {
            rest -= result + bit;
            result = (result >> 1) + bit;
        } else {
            result >>= 1;
        }
        bit >>= 2;
    }
    return (uint32_t)result;
}

/* Way of a ramp: acceleration * t^2 / 2. t is at most sqrt(way / acceleration), so the product is < 2^56. */
static uint16_t ramp_way(uint16_t acceleration, uint32_t t)
{
    return (uint16_t)((uint64_t)acceleration * t * t / TWICE_SQUARE);
}

uint32_t trapezoid_duration(uint16_t way, uint16_t speed, uint16_t acceleration)
{
    /* products of two u16 are < 2^32 */
    if ((uint32_t)way * acceleration >= (uint32_t)speed * speed) {
        uint32_t cruise = (uint32_t)((uint64_t)way * SECOND / speed); /* < 2^36 / 32 */
        return cruise + (uint32_t)((uint64_t)speed * SECOND / acceleration); /* <= sqrt(way / acceleration) s */
    }
    return 2 * root((uint64_t)way * SECOND * SECOND / acceleration); /* 65535 * 10^12 < 2^56 */
}

uint16_t trapezoid_travelled(uint16_t way, uint16_t speed, uint16_t acceleration, uint32_t after, uint32_t total)
{
    if (after >= total) {
        return way;
    }
    if ((uint32_t)way * acceleration < (uint32_t)speed * speed) {
        speed = (uint16_t)root((uint32_t)way * acceleration);
    }
    uint32_t ramp = (uint32_t)((uint64_t)speed * SECOND / acceleration); /* <= 256 s */
    if (after < ramp) {
        return ramp_way(acceleration, after);
    }
    if (after > total - ramp) {
        return (uint16_t)(way - ramp_way(acceleration, total - after));
    }
    /* 65535 * 2^31 < 2^47 */
    return (uint16_t)((uint64_t)speed * (after - ramp) / SECOND + ramp_way(acceleration, ramp));
}
