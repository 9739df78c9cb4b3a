/* The step generator's profile from rest to rest, in closed form: any instant can be evaluated alone.
 *
 * Units: way 0.1 mm, speed 0.1 mm/s, acceleration 0.1 mm/s^2, time us. Bounds: way and acceleration 1..65535, speed
 * SLOWEST..65535; a profile lasts less than 2^31 us and nothing exceeds 2^56. */
#ifndef TRAPEZOID_H
#define TRAPEZOID_H

#include <stdint.h>

struct trapezoid {
    uint32_t total;  /* its length; 0: no way at all */
    uint32_t ramp;   /* length of each ramp */
    uint16_t way;
    uint16_t ramped; /* way of a ramp */
    uint16_t top;    /* the speed that is reached */
    uint16_t acceleration;
};

/* What does not depend on the instant: the roots and most divisions, which an AVR had better do once. */
void trapezoid_plan(struct trapezoid *profile, uint16_t way, uint16_t speed, uint16_t acceleration);
/* Part of the way done `after` us into the profile. */
uint16_t trapezoid_travelled(const struct trapezoid *profile, uint32_t after);

#endif
