/* The step generator's profile from rest to rest, in closed form: any instant can be evaluated alone.
 *
 * Units: way 0.1 mm, speed 0.1 mm/s, acceleration 0.1 mm/s^2, time us. Bounds: way and acceleration 1..65535, speed
 * SLOWEST..65535, or from 1 where way is 0; a profile lasts less than 2^31 us and nothing exceeds 2^56. */
#ifndef TRAPEZOID_H
#define TRAPEZOID_H

#include <stdint.h>

uint32_t trapezoid_duration(uint16_t way, uint16_t speed, uint16_t acceleration);
/* Part of `way` done `after` us into a profile of `total` us. */
uint16_t trapezoid_travelled(uint16_t way, uint16_t speed, uint16_t acceleration, uint32_t after, uint32_t total);

#endif
