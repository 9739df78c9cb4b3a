/* Modbus RTU slave: a frame is complete when its length and CRC say so; silence only puts a broken one right. */
#ifndef RTU_H
#define RTU_H

#include <stdbool.h>
#include <stdint.h>

#define FRAME_BYTES 96 /* the longest frame that is understood; a longer one is passed over */

void rtu_reset(void);
bool rtu_poll(void);         /* takes what has been received; false when there is nothing to do now */
uint8_t rtu_missing(void);   /* bytes that the frame under way still needs, as far as is known; at least 1 */

#endif
