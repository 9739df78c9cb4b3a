/* ATmega328P at 16 MHz (Arduino Uno or Nano), UART 115200 8N1.
 *
 *   safety chain D2 (PD2, INT0)     digital inputs 0-5: D3-D7 (PD3-PD7), D8 (PB0)
 *   analogue inputs 0-3: A0-A3      digital outputs 0-4: A4, A5 (PC4, PC5), D12 (PB4), D9, D10 (PB1, PB2: PWM)
 *   step D11 (PB3), direction D13 (PB5: high is forth; the bootloader blinks it, which moves nothing)
 *
 * Inputs are contacts to ground with the pull-up on: a broken wire reads as open, and an open safety chain stops.
 * The fuses must enable the brown-out detector at 2.7 V (an Uno's do). */
#include "../hal.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "pulses.h"

#define RING 64 /* a power of two, more than the longest burst while an answer is worked out (12 bytes a ms) */
#define TICK_COUNTS 250 /* 4 ms at 16 MHz / 256 */
#define MICROS_PER_COUNT 16u
#define SUPPLY HAL_CHANNELS /* pseudo channel: the 1.1 V reference, measured against the supply */
#define CHANNELS_ALL (HAL_CHANNELS + 1)
#define REFERENCE_MV 1100ul
#define FULL_SCALE 1023ul
#define PAINT 0xC5

#define OUT_B (_BV(PB1) | _BV(PB2) | _BV(PB4))
#define OUT_C (_BV(PC4) | _BV(PC5))
#define IN_D (_BV(PD2) | _BV(PD3) | _BV(PD4) | _BV(PD5) | _BV(PD6) | _BV(PD7))

static volatile uint32_t ticks;
static volatile uint8_t ring[RING], head, tail;
static volatile bool receive_error;
static const uint8_t *volatile sending;
static volatile uint8_t to_send;
static volatile uint16_t converted[CHANNELS_ALL];
static volatile uint8_t channel = CHANNELS_ALL; /* under conversion; CHANNELS_ALL: none */
static volatile uint8_t protected_b, protected_c, protected_compare; /* what an open safety chain leaves alone */
static uint16_t stack_free; /* 0: not yet known */
static uint8_t cause __attribute__((section(".noinit")));
extern uint8_t _end;

/* Before anything else: keep the reset flags, stop the watchdog (it stays on after it has fired), paint the stack. */
void early(void) __attribute__((naked, used, section(".init3")));
void early(void)
{
    cause = MCUSR;
    MCUSR = 0;
    wdt_disable();
    for (uint8_t *p = &_end; p < (uint8_t *)SP; p++) {
        *p = PAINT;
    }
}

static void drop_unprotected(void)
{
    PORTB &= protected_b;
    PORTC &= protected_c;
    TCCR1A &= protected_compare;
}

ISR(INT0_vect)
{
    drop_unprotected();
    pulses_stop();
}

ISR(USART_RX_vect)
{
    uint8_t status = UCSR0A, byte = UDR0;
    if (status & (_BV(FE0) | _BV(DOR0)) || (uint8_t)(head - tail) >= RING) {
        receive_error = true;
    } else {
        ring[head++ % RING] = byte;
    }
}

ISR(USART_UDRE_vect)
{
    UDR0 = *sending++;
    if (!--to_send) {
        UCSR0B &= ~_BV(UDRIE0);
    }
}

ISR(TIMER0_COMPA_vect)
{
    ticks++;
}

static void convert(uint8_t which)
{
    ADMUX = _BV(REFS0) | (which == SUPPLY ? 14 : which);
    ADCSRA |= _BV(ADSC);
}

ISR(ADC_vect)
{
    converted[channel] = ADC;
    if (++channel < CHANNELS_ALL) {
        convert(channel);
    }
}

/* A look at a few bytes of paint: all of them at once would take a millisecond. */
static void survey_stack(void)
{
    static const uint8_t *at = &_end;
    for (uint8_t i = 0; i < 16; i++) {
        if (*at != PAINT || at == (const uint8_t *)RAMEND) {
            stack_free = (uint16_t)(at - &_end);
            at = &_end;
            return;
        }
        at++;
    }
}

void hal_init(void)
{
    PORTB = _BV(PB0);
    PORTC = 0;
    PORTD = IN_D | _BV(PD0);
    DDRB = OUT_B;
    DDRC = OUT_C;
    DIDR0 = _BV(ADC0D) | _BV(ADC1D) | _BV(ADC2D) | _BV(ADC3D);
    EICRA = _BV(ISC01) | _BV(ISC00); /* rising: the chain opens */
    EIMSK = _BV(INT0);
    UCSR0A = _BV(U2X0); /* before the divider: libsimavr looks at it only then */
    UBRR0 = 16; /* 117647 baud, +2.1 %, within what 8N1 stands */
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
    TCCR0A = _BV(WGM01);
    OCR0A = TICK_COUNTS - 1;
    TCCR0B = _BV(CS02);
    TIMSK0 = _BV(OCIE0A);
    /* fast PWM, 10 bit: 1.95 kHz at 16 MHz / 8, duty in 1/1024 */
    TCCR1A = _BV(WGM11) | _BV(WGM10);
    TCCR1B = _BV(WGM12) | _BV(CS11);
    pulses_init();
    ADCSRA = _BV(ADEN) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0); /* 125 kHz, 104 us each */
    while (!stack_free) {
        survey_stack();
    }
    set_sleep_mode(SLEEP_MODE_IDLE);
    wdt_enable(WDTO_250MS);
    sei();
}

uint8_t hal_reset_cause(void)
{
    return cause;
}

uint16_t hal_ticks(void)
{
    cli();
    uint16_t now = (uint16_t)ticks;
    sei();
    return now;
}

uint32_t hal_micros(void)
{
    cli();
    uint32_t now = ticks;
    uint8_t counts = TCNT0;
    if (TIFR0 & _BV(OCF0A) && counts < TICK_COUNTS / 2) {
        now++;
    }
    sei();
    return now * HAL_TICK_US + (uint16_t)counts * MICROS_PER_COUNT;
}

uint8_t hal_received(void)
{
    return head - tail;
}

uint8_t hal_receive(void)
{
    return ring[tail++ % RING];
}

bool hal_receive_error(void)
{
    cli();
    bool error = receive_error;
    receive_error = false;
    sei();
    return error;
}

bool hal_sending(void)
{
    return to_send != 0;
}

void hal_send(const uint8_t *bytes, uint8_t count)
{
    sending = bytes;
    to_send = count;
    UCSR0B |= _BV(UDRIE0);
}

void hal_sample(void)
{
    survey_stack();
    if (channel >= CHANNELS_ALL) {
        channel = 0;
        convert(0);
    }
}

uint8_t hal_inputs(void)
{
    uint8_t d = ~PIND, b = ~PINB;
    return (d >> 3 & 0x1F) | (b & 1) << 5 | (d >> 2 & 1) << 6;
}

uint16_t hal_counts(uint8_t which)
{
    while (channel <= which) { /* at most CHANNELS_ALL * 104 us, and usually long done */
    }
    return converted[which];
}

uint16_t hal_supply_mv(void)
{
    while (channel < CHANNELS_ALL) {
    }
    return converted[SUPPLY] ? (uint16_t)(REFERENCE_MV * FULL_SCALE / converted[SUPPLY]) : 0;
}

static uint8_t on_b(uint8_t outputs)
{
    return (outputs & 4 ? _BV(PB4) : 0) | (outputs & 8 ? _BV(PB1) : 0) | (outputs & 16 ? _BV(PB2) : 0);
}

static uint8_t on_c(uint8_t outputs)
{
    return (outputs & 1 ? _BV(PC4) : 0) | (outputs & 2 ? _BV(PC5) : 0);
}

/* The compare units that drive outputs 3 and 4. */
static uint8_t compare_units(uint8_t outputs)
{
    return (outputs & 8 ? _BV(COM1A1) : 0) | (outputs & 16 ? _BV(COM1B1) : 0);
}

void hal_protect(uint8_t keep)
{
    cli();
    protected_b = on_b(keep) | ~OUT_B;
    protected_c = on_c(keep) | ~OUT_C;
    protected_compare = compare_units(keep) | ~compare_units(0x1F);
    sei();
}

void hal_drive(uint8_t on, uint8_t modulated, uint16_t duty)
{
    uint8_t pulsed = on & modulated & 0x18, steady = on & ~pulsed;
    if (pulsed && (!duty || duty >= 1024)) { /* no compare match can say 0 % or 100 % */
        steady |= duty ? pulsed : 0;
        pulsed = 0;
    }
    if (pulsed & 8) {
        OCR1A = duty - 1;
    }
    if (pulsed & 16) {
        OCR1B = duty - 1;
    }
    cli();
    PORTB = (PORTB & ~OUT_B) | on_b(steady);
    PORTC = (PORTC & ~OUT_C) | on_c(steady);
    TCCR1A = (TCCR1A & ~compare_units(0x1F)) | compare_units(pulsed);
    if (chain_open()) {
        drop_unprotected();
    }
    sei();
}

uint8_t hal_driven(void)
{
    uint8_t b = PORTB, c = PORTC, a = TCCR1A;
    return (c >> 4 & 3) | (b >> 2 & 4) | (b & _BV(PB1) || a & _BV(COM1A1) ? 8 : 0) |
           (b & _BV(PB2) || a & _BV(COM1B1) ? 16 : 0);
}

bool hal_store_busy(void)
{
    return EECR & _BV(EEPE);
}

uint8_t hal_store_read(uint16_t address)
{
    while (hal_store_busy()) { /* at most 3.4 ms, and only at the start after a reset */
    }
    EEAR = address;
    EECR |= _BV(EERE);
    return EEDR;
}

void hal_store_write(uint16_t address, uint8_t value)
{
    EEAR = address;
    EEDR = value;
    cli(); /* EEPE must follow EEMPE within four cycles */
    EECR |= _BV(EEMPE);
    EECR |= _BV(EEPE);
    sei();
}

uint16_t hal_stack_free(void)
{
    return stack_free;
}

void hal_kick(void)
{
    wdt_reset();
}

void hal_wait(uint8_t bytes)
{
    uint8_t begin = (uint8_t)ticks;
    sleep_enable();
    for (;;) {
        cli();
        if ((uint8_t)(head - tail) >= bytes || (uint8_t)ticks != begin || receive_error) {
            break;
        }
        sei(); /* the instruction after sei still runs undisturbed: no wake-up is lost */
        sleep_cpu();
        /* libsimavr takes an interrupt that comes with sei only one instruction after sleep: that must not be cli */
        __asm__ volatile("nop");
    }
    sei();
    sleep_disable();
}
