#include "profile.h"

#define OUTPUTS 0x1Fu
#define MAX_STATION 12
#define MAX_CHANNELS 4
#define MIN_WATCHDOG 2
#define MAX_WATCHDOG 50

uint32_t profile_debounce_us(const struct profile *profile)
{
    return profile->debounce_ms * 1000ul; /* < 65535 * 1000 < 2^32 */
}

uint32_t profile_watchdog_us(const struct profile *profile)
{
    return profile->watchdog * EXCHANGE_US; /* <= 50 * 20000 */
}

uint16_t profile_word(const struct profile *profile, uint8_t index)
{
    switch (index) {
    case 0:
        return PROFILE_VERSION << 8 | profile->station;
    case 1:
        return (uint16_t)profile->channels << 8 | profile->keep;
    case 2:
        return (uint16_t)profile->regulator << 8 | profile->soft;
    case 3:
        return profile->acceleration;
    case 4:
        return profile->stroke;
    case 5:
        return profile->debounce_ms;
    case 6:
        return profile->watchdog;
    default:
        index -= 7;
        return index & 1 ? profile->forbid[index >> 1].condition : profile->forbid[index >> 1].output;
    }
}

bool profile_read(struct profile *profile, const uint16_t words[PROFILE_WORDS])
{
    struct profile read = {
        .station = words[0] & 0xFF,
        .channels = words[1] >> 8,
        .keep = words[1] & 0xFF,
        .regulator = words[2] >> 8,
        .soft = words[2] & 0xFF,
        .acceleration = words[3],
        .stroke = words[4],
        .debounce_ms = words[5],
        .watchdog = words[6],
    };
    uint16_t outputs = read.keep | read.regulator | read.soft;
    for (uint8_t i = 0; i < PROFILE_RULES; i++) {
        read.forbid[i].output = words[7 + 2 * i];
        read.forbid[i].condition = words[8 + 2 * i];
        outputs |= read.forbid[i].output;
    }
    if (words[0] >> 8 != PROFILE_VERSION || read.station > MAX_STATION || read.channels > MAX_CHANNELS ||
        (outputs & ~OUTPUTS) || !read.acceleration || read.watchdog < MIN_WATCHDOG || read.watchdog > MAX_WATCHDOG ||
        profile_debounce_us(&read) >= profile_watchdog_us(&read)) {
        return false;
    }
    *profile = read;
    return true;
}

void profile_clear(struct profile *profile)
{
    *profile = (struct profile){.acceleration = 1, .debounce_ms = 30, .watchdog = 5};
}
