#include "axis.h"

#include "trapezoid.h"

void axis_home(struct axis *axis)
{
    *axis = (struct axis){.speed = 1};
}

void axis_update(struct axis *axis, uint32_t now)
{
    if (axis->moving && now - axis->since >= axis->total) {
        axis->from = axis->to;
        axis->total = 0;
        axis->moving = false;
    }
}

uint16_t axis_position(const struct axis *axis, uint16_t acceleration, uint32_t now)
{
    bool forth = axis->to >= axis->from;
    uint16_t way = forth ? axis->to - axis->from : axis->from - axis->to;
    uint16_t gone = trapezoid_travelled(way, axis->speed, acceleration, now - axis->since, axis->total);
    return forth ? axis->from + gone : axis->from - gone; /* between from and to */
}

void axis_move(struct axis *axis, uint16_t acceleration, uint32_t now, uint16_t target, uint16_t speed)
{
    axis->goal = target;
    if (!speed) {
        axis_stop(axis, acceleration, now);
        return;
    }
    uint16_t here = axis_position(axis, acceleration, now);
    uint16_t way = target >= here ? target - here : here - target;
    axis->from = here;
    axis->to = target;
    axis->since = now;
    axis->speed = speed;
    axis->total = way ? trapezoid_duration(way, speed, acceleration) : 0;
    axis->moving = axis->total != 0;
}

void axis_stop(struct axis *axis, uint16_t acceleration, uint32_t now)
{
    axis->from = axis->to = axis_position(axis, acceleration, now);
    axis->since = now;
    axis->total = 0;
    axis->moving = false;
}

bool axis_arrived(const struct axis *axis)
{
    return !axis->moving && axis->to == axis->goal;
}
