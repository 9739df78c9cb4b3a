/* The step/dir axis: where it is by step count. Positions in 0.1 mm. */
#ifndef AXIS_H
#define AXIS_H

#include <stdbool.h>
#include <stdint.h>

#include "trapezoid.h"

struct axis {
    uint32_t since; /* start of the profile */
    struct trapezoid profile;
    uint16_t from, to, goal; /* at rest both ends of the way are where it stands */
    bool moving;
};

void axis_home(struct axis *axis);
void axis_update(struct axis *axis, uint32_t now); /* latch an arrival, so that ages never outlive 2^32 us */
uint16_t axis_position(const struct axis *axis, uint32_t now);
void axis_move(struct axis *axis, uint16_t acceleration, uint32_t now, uint16_t target, uint16_t speed);
void axis_stop(struct axis *axis, uint32_t now);
bool axis_arrived(const struct axis *axis);

#endif
