"""Who commands, whatever comes in which order: logins, refusals, lost links, open questions, orders under way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmi.desk import Desk, desk
from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.login import LoginDialog
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.link.exchange import Exchange
from hmi.link.login import Terms
from hmi.link.operation import Operation, Outcome, Read
from hmi.link.snapshot import LinkState
from hmi.link.wallet import Wallet
from protocols.modbus.server import PlantServer
from protocols.modbus.tls_client import Identity
from protocols.passphrase import Passphrase
from protocols.roles import Role
from protocols.tags.tag import Table
from tests.hmi.bench import Bench
from tests.hmi.painted import SLOWER
from tests.hmi.secure import SECRET, Secure, fill, served
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S

TAG = "Line.OrderNumberRequest"
#: Who tries to log in, with which passphrase, and whether the server lets them in.
COMERS = {
    "viewer": (SECRET, True),
    "operator": (SECRET, True),
    "engineer": (SECRET, True),
    "locked": (SECRET, True),
    "locked ": ("open sesame!", False),
    "expired": (SECRET, False),
    "foreign": (SECRET, False),
}
STEPS = st.lists(
    st.sampled_from(["leave", "cut", "mend", "ask", "confirm", "begin", "finish", *COMERS, "operator", "engineer"]),
    min_size=4,
    max_size=14,
)


class Witness(ToyPlant):
    """Remembers who gave which order."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[tuple[int, str]] = []

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """What somebody wrote."""
        super().write(unit, table, address, values, who, role)
        self.orders += [(value, who.partition(" ")[0]) for value in values]


class Order(Operation):
    """Writes its number once or, when it is told to go on, once more."""

    title = "Order"
    writes: Sequence[str] = (TAG,)

    def __init__(self, number: int) -> None:
        self.number = number
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()

    def change(self, read: Read) -> str:
        return ""

    def facts(self, read: Read) -> Sequence[str]:
        return ()

    async def carry_out(self, plant: Exchange) -> Outcome:
        await plant.write(TAG, self.number)
        self.begun.set()
        await self.go_on.wait()
        await plant.write(TAG, self.number)
        return Result.OK, ""


class Console:
    """A console at a server, and beside it what a person would expect of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plant = Witness()
        self.who, self.out, self.number = "viewer", False, 0
        self.link: Secure | None = None
        self.asked: tuple[Order, int, int] | None = None
        self.under_way: tuple[Order, int, asyncio.Task[Result]] | None = None
        self.whose: dict[int, str] = {}
        self.login = 0
        self.desk: Desk

    def order(self) -> Order:
        self.number += 1
        self.whose[self.number] = self.who
        return Order(self.number)

    @property
    def commands(self) -> bool:
        return self.link is not None and not self.out and self.who != "viewer"

    async def step(self, name: str) -> None:
        login, commander = self.desk.login, self.desk.commander
        if name in COMERS:
            secret, welcome = COMERS[name]
            stem = name.strip()
            card = next(card for card in login.cards() if card.name == stem)
            passphrase = Passphrase(secret)
            why = await login.enter(card, passphrase)
            assert not passphrase
            assert (why == "") is (welcome and self.link is not None), why
            if not why:
                self.who, self.out, self.login = stem, False, self.login + 1
        elif name == "leave" and not self.out:
            login.leave()
            assert commander.blocked() == "nobody is logged in"
            await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "log out"))
            self.out, self.login = True, self.login + 1
            self.who = "viewer" if self.link is not None else self.who
        elif name == "ask":
            self.asked = self.order(), self.login, commander.login
        elif name == "confirm" and self.asked is not None:
            (order, then, number), self.asked = self.asked, None
            order.go_on.set()
            result = await commander.give(order, number)
            assert (result is Result.OK) is (self.commands and then == self.login)
        elif name == "begin" and self.under_way is None and self.commands:
            order = self.order()
            task = asyncio.create_task(commander.give(order))
            await order.begun.wait()
            self.under_way = order, self.login, task
        elif name == "finish" and self.under_way is not None:
            (order, then, task), self.under_way = self.under_way, None
            order.go_on.set()
            assert (await task is Result.OK) is (self.link is not None and then == self.login)

    async def settle(self) -> None:
        """Wait until the screen can know how things are, then compare."""
        acquisition = self.desk.acquisition
        wanted = LinkState.OK if self.link is not None else LinkState.LOST
        async with asyncio.timeout(PATIENCE_S):
            while (await acquisition.next_poll()).state is not wanted:
                pass
        session = self.desk.frame().snapshot.session
        assert session is not None
        assert (session.holder, self.desk.login.out) == (self.who, self.out)
        assert self.desk.frame().can_command is self.commands
        for number, who in self.plant.orders:
            assert who == self.whose[number]


async def live(folder: Path, steps: Sequence[str]) -> None:
    console = Console(folder)
    link = served(console.plant, folder)
    console.link = await link.__aenter__()
    port = console.link.port
    first = console.link.identity("viewer")
    terms = Terms(wallet=Wallet(folder, folder / "ca.pem", first), clients=partial(plant_client, "127.0.0.1", port))
    console.desk = desk(plant_client("127.0.0.1", port, first.context()), lambda: time.monotonic() / SLOWER, terms)
    polling = asyncio.create_task(console.desk.run())
    try:
        await console.settle()
        for name in steps:
            if name == "cut" and console.link is not None:
                await link.__aexit__(None, None, None)
                console.link = None
            elif name == "mend" and console.link is None:
                link = served(console.plant, folder, port)
                console.link = await link.__aenter__()
            else:
                await console.step(name)
            await console.settle()
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        if console.under_way is not None:
            console.under_way[0].go_on.set()
            await console.under_way[2]
        if console.link is not None:
            await link.__aexit__(None, None, None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("certs")
    fill(made)
    return made


@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_nobody_commands_as_somebody_else(folder: Path, steps: list[str]) -> None:
    asyncio.run(live(folder, steps))


@pytest.mark.parametrize(
    "steps",
    [
        ["operator", "ask", "engineer", "confirm", "ask", "confirm"],
        ["operator", "ask", "leave", "operator", "confirm"],
        ["engineer", "begin", "operator", "finish", "begin", "leave", "finish"],
        ["engineer", "cut", "leave", "operator", "mend", "ask", "confirm", "leave"],
        ["operator", "begin", "cut", "mend", "finish", "foreign", "locked ", "expired", "ask", "confirm"],
    ],
    ids=" ".join,
)
async def test_what_a_shift_may_bring(folder: Path, steps: list[str]) -> None:
    await live(folder, steps)


def test_the_list_is_that_of_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "certs", tmp_path / "outside"
    for made in (folder, outside):
        made.mkdir()
        fill(made)
    (folder / "operator.key").chmod(0o644)
    (folder / "plc.key").unlink()
    first = Identity(outside / "engineer.pem", outside / "engineer.key", outside / "ca.pem")
    wallet = Wallet(folder, folder / "ca.pem", first)
    cards = wallet.cards(datetime.now(UTC))
    assert [card.name for card in cards] == [
        "viewer", "operator", "engineer", "engineer", "expired", "foreign", "locked", "plc"
    ]  # fmt: skip
    assert {card.name: card.trouble for card in cards if card.trouble} == {
        "operator": "its key operator.key: others may read or change it (its mode is 644)",
        "expired": cards[4].trouble,
        "plc": "its key plc.key: cannot be read: No such file or directory",
    }
    assert cards[4].trouble.startswith("expired on 20")
    assert [card.name for card in cards if card.locked] == ["locked"]
    assert wallet.viewer(datetime.now(UTC)) == cards[0]
    assert wallet.viewer(datetime(2100, 1, 1, tzinfo=UTC)) is None
    assert all(card.trouble.startswith("expired on 20") for card in wallet.cards(datetime(2100, 1, 1, tzinfo=UTC)))


async def test_nobody_there(server: PlantServer, plant: ToyPlant) -> None:
    bench = Bench(server.port, Terms(idle_s=12))
    async with bench.app.run_test(size=(100, 30)) as bench.pilot:
        await bench.until(lambda: bench.desk.frame().live)
        await bench.press("f9")
        bench.ahead_s += 8
        await bench.until(lambda: bench.desk.frame().notice.startswith("Nobody there? Logged out in "))
        assert bench.shows(ConfirmDialog)
        await bench.press("left")
        assert not bench.desk.frame().notice
        bench.ahead_s += 12.5
        await bench.until(lambda: bench.desk.login.out)
        assert bench.last == (Result.OK, "no key for 0.2 min")
        assert bench.desk.commander.blocked() == "nobody is logged in"
        await bench.until(lambda: not bench.shows(ConfirmDialog))
        await bench.press("y", "f9")
        assert not bench.shows(ConfirmDialog)
        assert bench.desk.frame().role_text == "VIEWER (logged out)"
        bench.ahead_s += 60
        assert not bench.desk.frame().notice

        await bench.press("l")
        await bench.until(lambda: bench.shows(LoginDialog))
        await bench.press("enter")
        await bench.until(lambda: not bench.desk.login.out)
        await bench.until(lambda: not bench.shows(LoginDialog))
        assert plant.writes == []
        await bench.press("f9")
        await bench.until(lambda: bench.shows(ConfirmDialog))
        await bench.press("y")
        await bench.until(lambda: bench.last[0] is Result.OK)


async def test_an_unanswered_dialog_forgets(folder: Path, plant: ToyPlant) -> None:
    async with served(plant, folder) as secure:
        first = secure.identity("viewer")
        terms = Terms(wallet=Wallet(folder, folder / "ca.pem", first))
        bench = Bench(secure.port, terms)
        async with bench.app.run_test(size=(100, 30)) as bench.pilot:
            await bench.press("l", *["down"] * 5, "enter", "s", "e", "backspace")
            dialog = bench.app.screen
            assert isinstance(dialog, LoginDialog)
            secret = dialog._secret
            assert secret is not None
            assert len(secret) == 1
            bench.ahead_s += 61
            await bench.until(lambda: not bench.shows(LoginDialog))
            await bench.until(lambda: not secret)
