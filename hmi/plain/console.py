"""The console: tells every change on a line of its own and takes words. No cursor addressing, no colour."""

from __future__ import annotations

import asyncio
import difflib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final, TextIO

from hmi.desk import COMMANDING, Desk, desk
from hmi.draw.texts import plain
from hmi.frame import Frame
from hmi.link.connect import plant_client
from hmi.link.login import Terms
from hmi.link.snapshot import LinkState
from hmi.plain import chair, commissioning, orders, report
from hmi.plain.changes import changes
from hmi.plain.orders import Proposal, propose
from hmi.plain.unclear import Unclear
from protocols.modbus.tls_client import ClientContext

#: An order that waits longer than this for its yes is dropped (seconds).
TIMEOUT_S: Final = 30.0
#: How long words wait for the first answer of the plant (seconds).
PATIENCE_S: Final = 3.0

HELP: Final = """\
status                the line, its constraint, and every station that does not execute
kpi                   key figures
stations              one line for each station
station 5             one station: state, values, set points, alarms
alarms                what stands, the most urgent first
alarm 503             one alarm: cause, consequence, action
ledger                how far every station is in commissioning
start, hold, unhold, stop, reset, clear     to the line, or with a station: hold 5
jam, jam 5            call the attendant
ack 503, ack all      acknowledge
shelve 503 2 30       shelve an alarm: reason 2, 30 minutes; unshelve 503
set ST05.torque_low 5.5     change a set point
commission, commission produce, commission 5, commission stop     have the program do it
step 5, release 5     commissioning by hand
saw 5 clamped         in an input check: that changed, or nothing; of a transmitter right or wrong
crew 5 dead-board, crew 5 swapped-inputs tray_present     call the crew
login, login NAME     who may log in; become one of them. logout: only look on
wait 10               say nothing but changes for ten seconds (for scripts)
quit                  leave; the plant carries on
Whatever changes something is asked back: answer yes. Changes are told as they come."""


class Console:
    """One session. `say` writes a line; `words` gives what was typed, None at its end."""

    def __init__(self, shared: Desk, say: Callable[[str], None], words: asyncio.Queue[str | None]) -> None:
        self._desk = shared
        self._say = say
        self._words = words
        self._waiting: Proposal | None = None
        self._asked_s = 0.0

    async def run(self) -> None:
        """Until the words end or one of them is quit."""
        acquiring = asyncio.create_task(self._desk.run(), name="acquisition")
        watching = asyncio.create_task(self._watch(), name="changes")
        obeying = asyncio.create_task(self._obey(), name="words")
        tasks: list[asyncio.Task[None]] = [acquiring, watching, obeying]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        """Tell what changes; the first good poll is told whole."""
        before = self._desk.frame()
        first = True
        while True:
            snapshot = await self._desk.acquisition.next_poll()
            self._desk.login.tick(self._desk.clock())
            now = self._desk.frame()
            if first and snapshot.state is LinkState.OK:
                first = False
                for line in report.status(now):
                    self._say(line)
                self._say("Type help for the words, quit to leave.")
            else:
                for line in (*changes(before, now), *chair.changes(before, now)):
                    self._say(line)
            before = now

    async def _obey(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (await self._desk.acquisition.next_poll()).polls:
                    pass
        except TimeoutError:
            self._say(report.link(self._desk.frame()))
        while (line := await self._words.get()) is not None:
            typed = plain(line).split()
            self._desk.login.touch()
            if not typed:
                continue
            if typed[0].lower() in ("quit", "exit", "q"):
                return
            try:
                await self._take(typed[0].lower(), typed[1:])
            except Unclear as unclear:
                self._say(f"{unclear}.")

    async def _take(self, verb: str, rest: list[str]) -> None:
        proposal, self._waiting = self._waiting, None
        if verb in ("yes", "y"):
            await self._confirmed(proposal)
            return
        if proposal is not None:
            self._say("Cancelled.")
        if verb in ("no", "n"):
            return
        frame = self._desk.frame()
        if verb == "wait":
            await self._wait(rest)
        elif verb in ("login", "logout"):
            for line in await chair.take(self._desk.login, verb, " ".join(rest)):
                self._say(line)
        elif verb in _ASK:
            for line in _ASK[verb](frame, rest):
                self._say(line)
        elif verb in _ORDERS:
            self._ask(propose(verb, rest, self._desk.commander, frame))
        else:
            near = difflib.get_close_matches(verb, (*_ASK, *_ORDERS, "login", "logout"), 1)
            raise Unclear(f"{verb} is no word of this console" + (f", {near[0]} is" if near else "") + "; try help")

    def _ask(self, proposal: Proposal) -> None:
        if why := proposal.refusal():
            self._desk.commander.refuse(proposal.text, why)
            self._say(f"Refused: {why}. ({proposal.text})")
            return
        self._waiting = proposal
        self._asked_s = self._desk.clock()
        self._say(f"{proposal.text} Answer yes to confirm.")

    async def _confirmed(self, proposal: Proposal | None) -> None:
        if proposal is None:
            self._say("Nothing waits for a yes.")
        elif self._desk.clock() - self._asked_s > TIMEOUT_S:
            self._say("Not confirmed in time, nothing was done.")
        elif why := proposal.refusal():
            self._say(f"Refused: {why}. ({proposal.text})")
        else:
            await proposal.give()
            action = self._desk.log.latest(1)[0]
            self._say(f"{action.what}: {action.result.value}{f', {action.note}' if action.note else ''}")

    async def _wait(self, rest: list[str]) -> None:
        if len(rest) != 1 or not rest[0].isdecimal() or int(rest[0]) > 86400:
            raise Unclear("wait wants a number of seconds")
        await asyncio.sleep(int(rest[0]))


def _help(frame: Frame, rest: list[str]) -> list[str]:
    return HELP.splitlines()


def _station(frame: Frame, rest: list[str]) -> list[str]:
    number = report.find_station(rest[0]) if len(rest) == 1 else 0
    if not number:
        raise Unclear("station wants a number from 1 to 12")
    return report.station(frame, number)


def _alarm(frame: Frame, rest: list[str]) -> list[str]:
    return report.advice(frame, orders.alarm_number(rest))


_ASK: Final[dict[str, Callable[[Frame, list[str]], list[str]]]] = {
    "help": _help,
    "status": lambda frame, rest: report.status(frame),
    "kpi": lambda frame, rest: report.figures(frame),
    "ledger": lambda frame, rest: report.ledger(frame),
    "stations": lambda frame, rest: report.stations(frame),
    "station": _station,
    "alarms": lambda frame, rest: report.alarms(frame),
    "alarm": _alarm,
}
_ORDERS: Final = (*orders.PACKML, "jam", "set", "ack", "shelve", "unshelve", *commissioning.WORDS)


def run(host: str, port: int, terms: Terms = COMMANDING, tls: ClientContext | None = None) -> int:
    """The plain console on standard input and output against the plant server at `host`:`port`, with `tls` as who its
    certificate says. Returns 0."""
    shared = desk(plant_client(host, port, tls), time.monotonic, terms)
    try:
        asyncio.run(_session(shared, sys.stdout))
    except BrokenPipeError:
        # Whoever read us has gone; nothing may be flushed into the closed pipe at the end of the interpreter.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


async def _session(shared: Desk, out: TextIO) -> None:
    words: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def say(line: str) -> None:
        out.write(plain(line) + "\n")
        out.flush()

    session = asyncio.create_task(Console(shared, say, words).run(), name="console")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, session.cancel)
    threading.Thread(target=_read, args=(loop, words), daemon=True, name="standard input").start()
    try:
        await session
    except asyncio.CancelledError:
        pass


def _read(loop: asyncio.AbstractEventLoop, words: asyncio.Queue[str | None]) -> None:
    """Lines of standard input into the queue. A thread, since a file or a closed terminal cannot be waited for
    otherwise; unbuffered, so that no lock is held when the interpreter ends."""

    def put(line: str | None) -> None:
        try:
            loop.call_soon_threadsafe(words.put_nowait, line)
        except RuntimeError:
            pass  # the session is over

    rest = b""
    while True:
        try:
            data = os.read(0, 4096)
        except OSError:
            data = b""
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            put(line.decode("utf-8", "replace"))
    if rest:
        put(rest.decode("utf-8", "replace"))
    put(None)
