#include "axis.h"

void axis_home(struct axis *axis)
{
    *axis = (struct axis){0};
}

void axis_update(struct axis *axis, uint32_t now)
{
    if (axis->moving && now - axis->since >= axis->profile.total) {
        axis->from = axis->to;
        axis->moving = false;
    }
}

uint16_t axis_position(const struct axis *axis, uint32_t now)
{
    if (!axis->moving) {
        return axis->to;
    }
    uint16_t gone = trapezoid_travelled(&axis->profile, now - axis->since);
    return axis->to >= axis->from ? axis->from + gone : axis->from - gone; /* between from and to */
}

void axis_move(struct axis *axis, uint16_t acceleration, uint32_t now, uint16_t target, uint16_t speed)
{
    axis->goal = target;
    axis_stop(axis, now);
    if (!speed || target == axis->from) {
        return;
    }
    axis->to = target;
    trapezoid_plan(&axis->profile, target >= axis->from ? target - axis->from : axis->from - target, speed, acceleration);
    axis->moving = true;
}

void axis_stop(struct axis *axis, uint32_t now)
{
    axis->from = axis->to = axis_position(axis, now);
    axis->since = now;
    axis->moving = false;
}

bool axis_arrived(const struct axis *axis)
{
    return !axis->moving && axis->to == axis->goal;
}
