"""The carousel: in at one slot, out at the last, and nothing lost whatever the program does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.mechanism import AIR
from plant.pallet import GOOD
from plant.safety import E_STOP
from plant.stations.burn_in import AMBIENT_C, SLOTS, BurnIn
from tests.plant.bench import SECOND, StationBench


class Carousel(StationBench[BurnIn]):
    """Burn-in with its belt running and `inside` robots in the first slots."""

    def __init__(self, inside: int = 0, *, infeed: int = 2, outfeed: int = 2) -> None:
        super().__init__(BurnIn, 11, infeed=infeed, outfeed=outfeed)
        self.switch("infeed_motor", True)
        self.fed = 0
        for _ in range(inside):
            self.load()
            self.index()

    def wait(self, seconds: float) -> None:
        self.run(self.now + int(seconds * SECOND))

    def load(self) -> None:
        self.fed += 1
        self.feed(self.fed, condition=GOOD, done=10)
        self.switch("stopper_open", True)
        self.wait(3)
        self.switch("stopper_open", False)

    def index(self) -> None:
        self.switch("index", True)
        self.wait(5)
        self.switch("index", False)

    def eject(self, seconds: float = 3.0) -> None:
        self.switch("eject", True)
        self.wait(seconds)
        self.switch("eject", False)

    @property
    def slots(self) -> list[int]:
        return [0 if pallet is None else pallet.number for pallet in self.station.slots]

    @property
    def out(self) -> list[int]:
        return [pallet.number for pallet in self.outfeed.pallets]


def test_robots_go_round_and_come_out_in_their_order() -> None:
    it = Carousel()
    for turn in range(1, 11):
        it.load()
        assert it.slots[0] == turn
        assert it.sees("slot_occupied")
        it.index()
        assert not it.sees("slot_occupied")
        assert it.sees("unload_present") is (turn >= SLOTS - 1)
        if it.sees("unload_present"):
            assert it.terminals.carrier == it.station.slots[-1].word  # type: ignore[union-attr]
            it.eject()
            assert not it.sees("unload_present")
            assert it.terminals.carrier == 0
            it.wait(3)
            it.outfeed.take(it.now)
    assert it.slots == [0, 10, 9, 8, 7, 6, 5, 0]


def test_the_verdict_is_written_to_the_robot_that_is_unloaded() -> None:
    it = Carousel(inside=SLOTS - 1)
    it.load()
    last = it.station.slots[-1]
    it.station.mark(it.now, 1)
    assert last is not None
    assert last.number == 1
    assert last.done == 11
    assert it.station.slots[0].done == 10  # type: ignore[union-attr]


def test_a_full_outlet_holds_the_ejector_back() -> None:
    it = Carousel(inside=SLOTS - 1, outfeed=1)
    it.eject()
    it.load()
    it.index()
    it.switch("eject", True)
    it.wait(60)
    assert it.sees("unload_present")
    assert it.sees("ejector_home")
    it.outfeed.take(it.now)
    it.wait(3)
    assert it.out == [2]
    assert it.outfeed.reserved == 0


def test_an_ejector_called_back_leaves_the_robot_where_it_was() -> None:
    it = Carousel(inside=SLOTS - 1)
    it.eject(0.5)
    it.wait(5)
    assert it.slots[-1] == 1
    assert it.out == []
    assert it.outfeed.reserved == 0
    it.eject()
    assert it.out == [1]


@pytest.mark.parametrize("waiting_for_room", [True, False])
def test_after_a_safety_stop_the_ejector_needs_a_new_command(waiting_for_room: bool) -> None:
    it = Carousel(inside=SLOTS - 1, outfeed=1)
    if waiting_for_room:
        it.eject()
        it.load()
        it.index()
    it.switch("eject", True)
    it.wait(0.4)
    it.station.chain.trip(it.now, E_STOP)
    it.wait(1)
    before = it.station.ejector.position(it.now)
    it.station.chain.close(it.now, E_STOP)
    it.wait(5)
    if waiting_for_room:
        it.outfeed.take(it.now)
    it.wait(60)
    assert it.station.ejector.position(it.now) == before
    assert it.sees("unload_present")
    it.switch("eject", False)
    it.wait(5)
    it.eject()
    assert not it.sees("unload_present")
    assert it.outfeed.reserved == 0


def test_the_ejector_waits_for_air() -> None:
    it = Carousel(inside=SLOTS - 1)
    it.switch("eject", True)
    it.wait(0.4)
    it.station.inhibit(it.now, AIR, True)
    it.wait(60)
    assert it.out == []
    it.station.inhibit(it.now, AIR, False)
    it.wait(3)
    assert it.out == [1]


def test_a_stopper_that_flutters_does_not_hold_up_a_robot_on_its_way_in() -> None:
    it = Carousel()
    it.feed(1, condition=GOOD)
    it.wait(3)
    it.switch("stopper_open", True)
    begin = it.now
    for _ in range(3):
        it.wait(0.2)
        it.switch("stopper_open", False)
        it.switch("stopper_open", True)
    it.wait(5)
    assert it.when("slot_occupied", 1) == begin + 900_000


def test_a_robot_that_turns_away_from_the_ejector_is_not_pushed() -> None:
    it = Carousel(inside=SLOTS - 1)
    assert it.slots == [0, 7, 6, 5, 4, 3, 2, 1]
    it.switch("index", True)
    it.wait(3.4)
    it.switch("eject", True)  # extends for a second; the carousel turns within that
    it.wait(5)
    assert it.slots == [1, 0, 7, 6, 5, 4, 3, 2]
    assert it.out == []
    assert it.outfeed.reserved == 0
    it.switch("eject", False)
    it.wait(2)
    it.eject()
    assert it.out == [2]


def test_turning_in_front_of_a_robot_on_its_way_in_does_not_run_it_over() -> None:
    """The last slot comes round occupied while a robot rolls towards the first: it waits for a free one."""
    it = Carousel(inside=SLOTS - 1)
    it.switch("index", True)
    it.wait(3.5)
    it.feed(99, condition=GOOD)
    it.wait(1)
    it.switch("stopper_open", True)  # rolls for 0.9 s; the carousel turns within that
    it.wait(5)
    assert it.slots == [1, 0, 7, 6, 5, 4, 3, 2]
    assert it.station.pallet is not None
    it.switch("index", False)
    it.index()
    it.eject()
    assert it.slots == [2, 1, 0, 7, 6, 5, 4, 0]
    it.index()
    it.wait(3)
    assert it.slots == [99, 2, 1, 0, 7, 6, 5, 4]
    assert it.station.pallet is None


def test_the_chamber_begins_at_ambient_and_heats() -> None:
    it = Carousel()
    temperature = it.station.signals["chamber_temperature"]
    assert temperature.value(0) == AMBIENT_C
    it.switch("heater", True)
    it.station.modulate(it.now, 1024)
    it.wait(300)
    assert temperature.value(it.now) == pytest.approx(AMBIENT_C + 60 * (1 - 0.3679), abs=0.01)


Action = st.tuples(
    st.sampled_from((0.1, 0.5, 0.9, 2.0, 5.0)),
    st.sampled_from(
        (
            "feed",
            "stopper+",
            "stopper-",
            "index+",
            "index-",
            "eject+",
            "eject-",
            "motor-",
            "motor+",
            "take",
            "trip",
            "close",
        )
    ),
)


@settings(max_examples=120)
@given(st.integers(0, SLOTS - 1), st.lists(Action, max_size=40))
def test_nothing_is_lost_or_doubled_whatever_is_commanded(inside: int, actions: list[tuple[float, str]]) -> None:
    it = Carousel(inside, infeed=60)
    gone: list[int] = []
    outputs = {"stopper": "stopper_open", "index": "index", "eject": "eject", "motor": "infeed_motor"}
    for seconds, action in actions:
        it.wait(seconds)
        name, on = action[:-1], action.endswith("+")
        if action == "feed":
            it.fed += 1
            it.feed(it.fed)
        elif action == "take":
            if it.outfeed.waiting:
                gone.append(it.outfeed.take(it.now).number)
        elif action in ("trip", "close"):
            (it.station.chain.trip if action == "trip" else it.station.chain.close)(it.now, E_STOP)
        else:
            it.switch(outputs[name], on)
        stop = [p.number for p in (it.station.pallet, it.station.coming) if p is not None]
        inside_now = [number for number in it.slots if number]
        belts = [p.number for p in it.infeed.pallets] + it.out
        assert sorted(gone + belts + inside_now + stop) == list(range(1, it.fed + 1))
        assert it.outfeed.reserved == it.station.ejecting
        assert len(it.out) + it.outfeed.reserved <= it.outfeed.capacity
        assert it.sees("slot_occupied") is (it.slots[0] != 0)
        assert it.sees("unload_present") is (it.slots[-1] != 0)
        assert it.sees("pallet_present") is (it.station.pallet is not None)
