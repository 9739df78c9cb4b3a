#include "pipe.h"

#include <string.h>
#include <unistd.h>

/* Requests may come several at a time; their answers then go back in one piece. */
#define BATCH 64

void pipe_serve(void)
{
    static uint8_t in[BATCH * sizeof(struct pipe_request)], out[BATCH * sizeof(struct pipe_answer)];
    size_t filled = 0;
    for (;;) {
        ssize_t got = read(STDIN_FILENO, in + filled, sizeof in - filled);
        if (got <= 0) {
            return;
        }
        filled += (size_t)got;
        size_t whole = filled / sizeof(struct pipe_request), length = 0;
        for (size_t i = 0; i < whole; i++) {
            struct pipe_request request;
            struct pipe_answer answer;
            memcpy(&request, in + i * sizeof request, sizeof request);
            if (request.operation == PIPE_QUIT) {
                return;
            }
            memset(&answer, 0, sizeof answer);
            pipe_exchange(&request, &answer);
            memcpy(out + length, &answer, sizeof answer);
            length += sizeof answer;
        }
        for (size_t done = 0; done < length;) {
            ssize_t written = write(STDOUT_FILENO, out + done, length - done);
            if (written <= 0) {
                return;
            }
            done += (size_t)written;
        }
        memmove(in, in + whole * sizeof(struct pipe_request), filled - whole * sizeof(struct pipe_request));
        filled -= whole * sizeof(struct pipe_request);
    }
}
