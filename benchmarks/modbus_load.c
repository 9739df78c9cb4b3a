/* Load for a Modbus TCP server: connections that each keep DEPTH equal requests (FC3, 100 registers) in flight.
 * modbus_load PORT CONNECTIONS DEPTH REQUESTS
 * prints: requests, seconds, and the 50th and 99th percentile of a round (DEPTH requests and their answers) in us. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 12, ANSWER = 209, MOST_DEPTH = 64, MOST_CONNECTIONS = 1024 };

struct caller {
    int fd;
    size_t due;
    double sent;
};

static unsigned char batch[REQUEST * MOST_DEPTH];
static int depth;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void ask(struct caller *c)
{
    size_t size = (size_t)(REQUEST * depth);

    c->due = (size_t)(ANSWER * depth);
    c->sent = now();
    if (send(c->fd, batch, size, 0) != (ssize_t)size)
        die("send");
}

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static const unsigned char request[REQUEST] = {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 100};
    static struct caller callers[MOST_CONNECTIONS];
    static char sink[1 << 16];
    struct epoll_event events[256], event = {.events = EPOLLIN};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    long rounds, started = 0, ended = 0;
    int connections, poll, i, on = 1;
    float *took;
    double begin;

    if (argc != 5)
        return 2;
    to.sin_port = htons((unsigned short)atoi(argv[1]));
    connections = atoi(argv[2]);
    depth = atoi(argv[3]);
    if (connections < 1 || connections > MOST_CONNECTIONS || depth < 1 || depth > MOST_DEPTH)
        return 2;
    rounds = atol(argv[4]) / depth;
    if (rounds < connections)
        rounds = connections;
    took = malloc((size_t)rounds * sizeof *took);
    for (i = 0; i < depth; i++)
        memcpy(batch + REQUEST * i, request, REQUEST);
    if (took == NULL || (poll = epoll_create1(0)) < 0)
        die("epoll");
    for (i = 0; i < connections; i++) {
        callers[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        if (callers[i].fd < 0 || connect(callers[i].fd, (struct sockaddr *)&to, sizeof to))
            die("connect");
        setsockopt(callers[i].fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        event.data.ptr = &callers[i];
        if (epoll_ctl(poll, EPOLL_CTL_ADD, callers[i].fd, &event))
            die("epoll_ctl");
    }
    begin = now();
    for (i = 0; i < connections; i++, started++)
        ask(&callers[i]);
    while (ended < rounds) {
        int ready = epoll_wait(poll, events, 256, 20000);

        if (ready <= 0 && errno != EINTR)
            die("no answer for 20 s");
        for (i = 0; i < ready; i++) {
            struct caller *c = events[i].data.ptr;
            ssize_t got = recv(c->fd, sink, sizeof sink, 0);

            if (got <= 0 || (size_t)got > c->due)
                die("hung up, or answered too much");
            c->due -= (size_t)got;
            if (c->due)
                continue;
            took[ended++] = (float)((now() - c->sent) * 1e6);
            if (started < rounds) {
                started++;
                ask(c);
            }
        }
    }
    begin = now() - begin;
    qsort(took, (size_t)ended, sizeof *took, ascending);
    printf("%ld %.6f %.0f %.0f\n", ended * depth, begin, took[ended / 2], took[ended * 99 / 100]);
    return 0;
}
