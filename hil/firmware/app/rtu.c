#include "rtu.h"

#include <string.h>

#include "../hal/hal.h"
#include "board.h"
#include "crc.h"
#include "registers.h"

#define BROADCAST 0
/* Ticks of silence that end a frame: 3.5 characters are 0.3 ms at 115200, never less than one whole tick. */
#define SILENCE 2
#define MAX_READ_BITS 16
#define MAX_READ_WORDS ((FRAME_BYTES - 5) / 2)

static uint8_t request[FRAME_BYTES], answer[FRAME_BYTES];
static uint8_t filled;  /* bytes of `request` */
static uint8_t settled; /* bytes up to which its length is known: no need to look before */
static uint8_t sent;    /* bytes of `answer` prepared */
static uint16_t last;   /* tick of the last byte */
static bool skipping;   /* what is on the line is not understood: wait for silence */

static uint16_t be(uint8_t at)
{
    return (uint16_t)request[at] << 8 | request[at + 1];
}

static void put(uint16_t word)
{
    answer[sent++] = word >> 8;
    answer[sent++] = word & 0xFF;
}

/* Length of the request as far as it is known; 0: nobody knows. */
static uint16_t expected(void)
{
    if (filled < 2) {
        return 4;
    }
    switch (request[1]) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 8:
        return 8;
    case 15:
    case 16:
        return filled < 7 ? 9 : 9 + request[6];
    case 22:
        return 10;
    case 23:
        return filled < 11 ? 13 : 13 + request[10];
    case 43:
        return 7;
    default:
        return 0;
    }
}

uint8_t rtu_missing(void)
{
    uint16_t length = skipping ? FRAME_BYTES : expected();
    return length > filled ? (uint8_t)(length - filled) : 1; /* <= 13 + 255: a frame that fits FRAME_BYTES */
}

static uint8_t read_bits(bool coils)
{
    uint16_t address = be(2), count = be(4);
    if (!count || count > MAX_READ_BITS) {
        return ILLEGAL_VALUE;
    }
    uint8_t bytes = (uint8_t)((count + 7) / 8);
    answer[sent++] = bytes;
    memset(answer + sent, 0, bytes);
    board_plain_step();
    for (uint8_t i = 0; i < count; i++) {
        bool value = false;
        uint8_t refused = read_bit(coils, address + i, &value);
        if (refused) {
            return refused;
        }
        answer[sent + i / 8] |= (uint8_t)(value << (i & 7));
    }
    sent += bytes;
    return 0;
}

static uint8_t read_words(bool holding, uint16_t address, uint16_t count)
{
    if (!count || count > MAX_READ_WORDS) {
        return ILLEGAL_VALUE;
    }
    answer[sent++] = (uint8_t)(2 * count);
    for (uint8_t i = 0; i < count; i++) {
        uint16_t value = 0;
        uint8_t refused = read_register(holding, address + i, &value);
        if (refused) {
            return refused;
        }
        put(value);
    }
    return 0;
}

static uint8_t write_many_coils(void)
{
    uint16_t count = be(4);
    if (!count || count > MAX_READ_BITS || request[6] != (count + 7) / 8) {
        return ILLEGAL_VALUE;
    }
    uint16_t values = request[7];
    if (count > 8) {
        values |= (uint16_t)request[8] << 8;
    }
    put(be(2));
    put(count);
    return write_coils(be(2), count, values);
}

static uint8_t write_many_words(void)
{
    uint16_t count = be(4);
    if (!count || count > MAX_READ_WORDS || request[6] != 2 * count) {
        return ILLEGAL_VALUE;
    }
    put(be(2));
    put(count);
    return write_registers(be(2), count, request + 7);
}

static uint8_t mask_write(void)
{
    uint16_t value = 0;
    uint8_t refused = read_register(true, be(2), &value);
    if (refused) {
        return refused;
    }
    value = (value & be(4)) | (be(6) & ~be(4));
    uint8_t data[2] = {value >> 8, value & 0xFF};
    memcpy(answer + sent, request + 2, 6);
    sent += 6;
    return write_registers(be(2), 1, data);
}

static uint8_t read_write(void)
{
    uint16_t written = be(8);
    if (!written || written > MAX_READ_WORDS || request[10] != 2 * written || !be(4) || be(4) > MAX_READ_WORDS) {
        return ILLEGAL_VALUE;
    }
    uint8_t refused = write_registers(be(6), written, request + 11);
    return refused ? refused : read_words(true, be(2), be(4));
}

static uint8_t diagnose(void)
{
    struct diagnostics *d = &board.diagnostics;
    uint16_t value = be(4);
    switch (be(2)) {
    case 0x00: /* echo */
        break;
    case 0x0A:
        memset(d, 0, sizeof *d);
        break;
    case 0x0B:
        value = d->frames;
        break;
    case 0x0C:
        value = d->crc_errors;
        break;
    case 0x0D:
        value = d->exceptions;
        break;
    case 0x12:
        value = d->line_errors;
        break;
    default:
        return ILLEGAL_FUNCTION;
    }
    put(be(2));
    put(value);
    return 0;
}

/* Device identification: vendor, product, revision; the private object 0x80 tells register layout and station. */
static uint8_t object(uint8_t id, char *text)
{
    static const char names[3][9] = {"sector7", "S7-BOARD", "1.0"};
    static const uint8_t lengths[3] = {7, 8, 3};
    if (id < 3) {
        memcpy(text, names[id], lengths[id]);
        return lengths[id];
    }
    for (uint8_t i = 0; i < 8; i++) {
        text[i] = "0123456789ABCDEF"[S7_BOARD_LAYOUT_FINGERPRINT >> (28 - 4 * i) & 15];
    }
    text[8] = '/';
    text[9] = (char)('0' + board.profile.station / 10);
    text[10] = (char)('0' + board.profile.station % 10);
    return 11;
}

static uint8_t identify(void)
{
    uint8_t code = request[3], id = request[4];
    if (request[2] != 0x0E) {
        return ILLEGAL_FUNCTION;
    }
    if (!code || code > 4) {
        return ILLEGAL_VALUE;
    }
    bool known = id < 3 || id == 0x80;
    if (code == 4 && !known) {
        return ILLEGAL_ADDRESS;
    }
    if (!known) {
        id = 0;
    }
    answer[sent++] = 0x0E;
    answer[sent++] = code;
    answer[sent++] = 0x83; /* extended, stream and individual access */
    answer[sent++] = 0;
    answer[sent++] = 0;
    uint8_t at = sent++, objects = 0;
    for (;;) {
        answer[sent] = id;
        answer[sent + 1] = object(id, (char *)answer + sent + 2);
        sent += 2 + answer[sent + 1];
        objects++;
        if (code == 4 || id == 0x80 || (id == 2 && code < 3)) {
            break;
        }
        id = id == 2 ? 0x80 : id + 1;
    }
    answer[at] = objects;
    return 0;
}

static uint8_t serve(void)
{
    switch (request[1]) {
    case 1:
    case 2:
        return read_bits(request[1] == 1);
    case 3:
    case 4:
        board_plain_step();
        return read_words(request[1] == 3, be(2), be(4));
    case 5:
        if (be(4) != 0xFF00 && be(4) != 0) {
            return ILLEGAL_VALUE;
        }
        memcpy(answer + sent, request + 2, 4);
        sent += 4;
        return write_coils(be(2), 1, be(4) != 0);
    case 6:
        memcpy(answer + sent, request + 2, 4);
        sent += 4;
        return write_registers(be(2), 1, request + 4);
    case 8:
        return diagnose();
    case 15:
        return write_many_coils();
    case 16:
        return write_many_words();
    case 22:
        return mask_write();
    case 23:
        return read_write();
    case 43:
        return identify();
    default:
        return ILLEGAL_FUNCTION;
    }
}

static void handle(void)
{
    uint32_t begin = hal_micros();
    if (crc16(request, filled)) {
        board.diagnostics.crc_errors++;
        skipping = true; /* which byte was wrong? perhaps the one that told the length */
        return;
    }
    uint8_t own = ADDRESS_BASE + board.profile.station; /* before a write changes it */
    if (request[0] != own && request[0] != BROADCAST) {
        return;
    }
    board.diagnostics.frames++;
    answer[0] = own;
    answer[1] = request[1];
    sent = 2;
    uint8_t refused = serve();
    if (refused) {
        board.diagnostics.exceptions++;
        answer[1] = request[1] | 0x80;
        answer[2] = refused;
        sent = 3;
    }
    board_scanned(hal_micros() - begin);
    if (request[0] != BROADCAST) {
        uint16_t crc = crc16(answer, sent);
        answer[sent++] = crc & 0xFF;
        answer[sent++] = crc >> 8;
        hal_send(answer, sent);
    }
}

static void take(uint8_t byte)
{
    if (skipping) {
        return;
    }
    if (filled < FRAME_BYTES) {
        request[filled++] = byte;
    }
    if (filled == 1) {
        hal_sample();
        settled = 2;
    } else if (filled < settled) {
        return;
    }
    uint16_t length = expected();
    settled = length && length <= FRAME_BYTES ? (uint8_t)length : FRAME_BYTES;
    if (length > FRAME_BYTES || (filled == 1 && byte != ADDRESS_BASE + board.profile.station && byte != BROADCAST)) {
        skipping = true; /* too long, or somebody else's: its answer follows, which looks like nothing */
    } else if (length && filled >= length) {
        handle();
        filled = 0;
    }
}

/* A pause on the line: what lies there is a frame of unknown length, or the rest of a broken one. */
static void end_of_silence(void)
{
    if (filled >= 4 && !skipping && !expected()) {
        handle();
    } else if (filled && !skipping) {
        board.diagnostics.line_errors++;
    }
    filled = 0;
    skipping = false;
}

bool rtu_poll(void)
{
    uint16_t now = hal_ticks();
    bool busy = false;
    if (hal_receive_error()) {
        board.diagnostics.line_errors++;
        skipping = true;
        last = now;
    }
    for (uint8_t left = hal_sending() ? 0 : hal_received(); left && !hal_sending(); left--) {
        busy = true;
        last = now;
        take(hal_receive());
    }
    if ((filled || skipping) && (uint16_t)(now - last) >= SILENCE) {
        end_of_silence();
    }
    return busy;
}

void rtu_reset(void)
{
    filled = 0;
    skipping = false;
}
