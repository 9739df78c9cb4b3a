/* The porting layer: everything the application needs from a machine, and all it may include of one.
 *
 * Bits of digital inputs: 0-5 the terminals, 6 the safety chain; 1 = active (contact closed, chain closed).
 * Bits of digital outputs: 0-4. Nothing here blocks longer than one analogue conversion. */
#ifndef HAL_H
#define HAL_H

#include <stdbool.h>
#include <stdint.h>

#define HAL_INPUTS 7
#define HAL_OUTPUTS 5
#define HAL_CHANNELS 4
/* One local tick, us. Ticks serve link timing and the dead-man only, never behaviour that the plant can see. */
#define HAL_TICK_US 4000u
/* Flags of hal_reset_cause. */
#define HAL_POWER_ON 1u
#define HAL_EXTERNAL 2u
#define HAL_BROWN_OUT 4u
#define HAL_WATCHDOG 8u

#if defined(__AVR__)
/* Memory that a reset leaves alone (a power cut does not). */
#define HAL_RETAINED __attribute__((section(".noinit")))
#else
#define HAL_RETAINED
#endif

void hal_init(void);
uint8_t hal_reset_cause(void);   /* HAL_... flags of the last reset */
uint16_t hal_ticks(void);        /* local ticks, wrapping */
uint32_t hal_micros(void);       /* local us (steps of 16 on the AVR), wrapping: for measuring, never for behaviour */
uint8_t hal_received(void);      /* bytes waiting */
uint8_t hal_receive(void);       /* the next byte; only when hal_received() */
bool hal_receive_error(void);    /* framing error or overrun since the last call */
bool hal_sending(void);
void hal_send(const uint8_t *bytes, uint8_t count); /* starts; `bytes` stay untouched until !hal_sending() */
void hal_sample(void);           /* a frame begins: start the analogue conversions */
uint8_t hal_inputs(void);
uint16_t hal_counts(uint8_t channel); /* 0..1023, waits for a conversion under way */
uint16_t hal_supply_mv(void);    /* supply voltage as of the last conversions */
/* Outputs `on`; those in `modulated` carry PWM of `duty`/1024 (0..1024) while they are on. While the safety input
 * is open only `keep` are switched on; hal_protect tells `keep` to the interrupt that drops the others at once. */
void hal_protect(uint8_t keep);
void hal_drive(uint8_t on, uint8_t modulated, uint16_t duty);
uint8_t hal_driven(void);        /* outputs switched on now, as far as the machine knows */
/* Step pulses until the axis stands at `position`, one each `interval_us` (100..65535) at most; 0: none, stop at once.
 * It stands at 0 after hal_init; an open safety input stops it too, until the next call. */
void hal_follow(uint16_t position, uint16_t interval_us);
/* The axis' step pulses: on to `position`, one each `interval_us` (100..16000); an interval of 0 stops them. After
 * hal_init they stand at 0. The interrupt of an open safety input stops them too, until the next call. */
void hal_follow(uint16_t position, uint16_t interval_us);
uint16_t hal_pulsed(void);       /* where the pulses have led to */
bool hal_store_busy(void);
uint8_t hal_store_read(uint16_t address);
void hal_store_write(uint16_t address, uint8_t value); /* starts one byte; only when !hal_store_busy() */
uint16_t hal_stack_free(void);   /* bytes that the stack has never touched, as of some hundred frames ago */
void hal_kick(void);             /* the hardware watchdog */
void hal_wait(uint8_t bytes);    /* sleep until so many bytes wait, or a tick passes */

#endif
