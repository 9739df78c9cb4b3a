/* The server that others are measured against: libmodbus, one process, select over all connections. Prints its port. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    modbus_t *bus = modbus_new_tcp("127.0.0.1", 0);
    modbus_mapping_t *map = modbus_mapping_new(256, 256, 256, 256);
    struct epoll_event events[64], event = {.events = EPOLLIN};
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    int door, poll = epoll_create1(0);

    if (bus == NULL || map == NULL || poll < 0 || (door = modbus_tcp_listen(bus, 1024)) < 0)
        return 1;
    if (getsockname(door, (struct sockaddr *)&at, &size))
        return 1;
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    event.data.fd = door;
    epoll_ctl(poll, EPOLL_CTL_ADD, door, &event);
    for (;;) {
        int i, ready = epoll_wait(poll, events, 64, -1);

        for (i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
            int length;

            if (fd == door) {
                int on = 1;

                event.data.fd = accept(door, NULL, NULL);
                setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
                continue;
            }
            modbus_set_socket(bus, fd);
            length = modbus_receive(bus, request);
            if (length > 0)
                modbus_reply(bus, request, length, map);
            else if (length < 0)
                close(fd);
        }
    }
}
