"""What can be commanded in commissioning: the list of key C, and those that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from hmi.dialogs.menu import Entry
from hmi.operations.commission import Commission, SubmitMap
from hmi.operations.commission_words import crew, seen, seen_input, seen_reading
from hmi.screens.menus import entry, show
from hmi.screens.plant_screen import PlantScreen
from protocols.commissioning import FINDING_TEXTS, LOW_ITEM, NOTHING_CHANGED, Command, Finding
from protocols.commissioning import Entry as Evidence
from protocols.stations.io_table import BY_NUMBER

#: By station, the sensor said to be wired to input 0, 1, 2, ...
Tried = Mapping[int, tuple[int, ...]]
#: What a crew can be sent for.
_DIAGNOSES = [finding for finding in Finding if finding >= Finding.DEAD_BOARD]


def open_commissioning(
    screen: PlantScreen, number: int, check: Evidence | None, last: Evidence | None, tried: Tried
) -> None:
    """Everything, of the line and of the chosen station. `check` goes on there, `last` is what failed last; `tried`
    are the maps of inputs that were submitted."""
    confirm = seen(number, check, 0, "say what was seen")
    repair = Commission(Command.REPAIR, number, words="call the crew")
    held = Commission(Command.HOLD_SENSOR, number, words="have a sensor held")
    submitted = Commission(Command.SUBMIT_MAP, number, words="submit a map")
    show(screen, f"Commissioning: the line, and {BY_NUMBER[number].code}", [
        *(entry(screen, Commission(command)) for command in (Command.AUTOMATIC, Command.PRODUCE, Command.STOP)),
        *(entry(screen, Commission(command, number)) for command in (Command.STEP, Command.AUTOMATIC)),
        _leads(screen, confirm, partial(say_what_was_seen, screen, number, check)),
        _leads(screen, repair, partial(call_the_crew, screen, number, last)),
        entry(screen, Commission(Command.RELEASE, number)),
        _leads(screen, held, partial(_hold, screen, number)),
        _leads(screen, submitted, partial(_map, screen, number, tried, ())),
        entry(screen, Commission(Command.STOP, number)),
    ])  # fmt: skip


def say_what_was_seen(screen: PlantScreen, number: int, check: Evidence | None) -> None:
    """Choose the input that changed, or whether the reading is right."""
    if check is None:
        return
    if check.item >= LOW_ITEM:
        answers = [seen_reading(number, check, right) for right in (True, False)]
    else:
        answers = [seen_input(number, check, changed) for changed in range(len(BY_NUMBER[number].inputs))]
        answers.append(seen_input(number, check, None))
    show(screen, f"{BY_NUMBER[number].code}: what was seen", [entry(screen, answer) for answer in answers])


def call_the_crew(screen: PlantScreen, number: int, last: Evidence | None) -> None:
    """Choose a diagnosis; what the check that failed last says comes first."""
    code, inputs = BY_NUMBER[number].code, BY_NUMBER[number].inputs
    entries: list[Entry] = []
    if last is not None and last.finding in _DIAGNOSES:
        other = f" with {inputs[last.other]}" if last.finding == Finding.SWAPPED else ""
        found = Finding(last.finding)
        entries.append(entry(screen, crew(number, found, last.other), f"as found: {_words(found)}{other}"))
    for finding in _DIAGNOSES:
        if finding is Finding.SWAPPED:
            swapped = Commission(Command.REPAIR, number, words=f"{_words(finding)} with")
            entries.append(_leads(screen, swapped, partial(_other, screen, number), f"{_words(finding)} with"))
        else:
            entries.append(entry(screen, crew(number, finding), _words(finding)))
    show(screen, f"{code}: send the crew for", entries)


def _words(finding: Finding) -> str:
    return FINDING_TEXTS[finding].lower()


def _other(screen: PlantScreen, number: int) -> None:
    io = BY_NUMBER[number]
    swapped = [crew(number, Finding.SWAPPED, other) for other in range(len(io.inputs))]
    show(
        screen,
        f"{io.code}: swapped with",
        [entry(screen, one, name) for one, name in zip(swapped, io.inputs, strict=True)],
    )


def _hold(screen: PlantScreen, number: int) -> None:
    io = BY_NUMBER[number]
    held = [Commission(Command.HOLD_SENSOR, number, n, words=f"have {name} held") for n, name in enumerate(io.inputs)]
    held.append(Commission(Command.HOLD_SENSOR, number, NOTHING_CHANGED, words="have all sensors let go"))
    show(screen, f"{io.code}: sensor to hold", [entry(screen, one) for one in held])


def _map(screen: PlantScreen, number: int, tried: Tried, chosen: tuple[int, ...]) -> None:
    """One input after the other; what was said of it the last time comes first, and the last one follows."""
    io = BY_NUMBER[number]
    left = [sensor for sensor in range(len(io.inputs)) if sensor not in chosen]
    if len(left) == 1:
        screen.ask(SubmitMap(Command.SUBMIT_MAP, number, words="submit the map", sensors=(*chosen, *left)))
        return
    before = tried.get(number, ())[len(chosen) : len(chosen) + 1]
    left.sort(key=lambda sensor: sensor not in before)
    wired = Commission(Command.SUBMIT_MAP, number, words="submit")
    show(screen, f"{io.code}: the sensor that is wired to input {len(chosen)}", [
        _leads(screen, wired, partial(_map, screen, number, tried, (*chosen, sensor)), io.inputs[sensor])
        for sensor in left
    ])  # fmt: skip


def _leads(screen: PlantScreen, operation: Commission, then: Callable[[], None], label: str = "") -> Entry:
    """What leads on to another list, while the operation that it ends in would not be refused."""
    return Entry(f"{label or operation.title} ...", lambda: screen.desk.commander.refusal(operation), then)
