"""The production page: the order, what became of the robots, what each station rejects, and every robot's history."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.bars import gauge
from hmi.draw.ink import CAUTION, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, beside, clip, fit, flowed, pack, rule
from hmi.draw.texts import clock, duration
from hmi.frame import Frame, StationView
from hmi.link.robots import VERDICTS, Robot
from hmi.panels.meters import Meter, meters

#: Where the time of a station went, beside producing.
_LOSSES = (("TimeStarved", "starved"), ("TimeBlocked", "blocked"), ("TimeHeld", "held"), ("TimeAborted", "aborted"),
           ("TimeMaintenance", "maintenance"))  # fmt: skip
_TABLE = 66


def production(
    frame: Frame, robots: Sequence[Robot], told: str, cursor: int, filtered: str, width: int, height: int
) -> list[Line]:
    """The page. `told` says where the histories come from or why there are none; `cursor` selects one of `robots`."""
    lines = [rule("ORDER", width), _order(frame, width), rule("ROBOTS", width), _robots(frame, width)]
    detail = _history(robots[cursor], width) if robots else []
    room = height - len(lines) - len(detail)
    if width >= 130:
        left, right = _TABLE, width - _TABLE - 1
        table = [rule("STATIONS", left, "share of rejects"), *_stations(frame, left)]
        found = _genealogy(frame, robots, told, cursor, filtered, right, max(3, room))
        lines += beside(table[: max(3, room)], found, left, right)
    else:
        rejects = _rejects(frame, width)
        lines += [*rejects, *_genealogy(frame, robots, told, cursor, filtered, width, max(3, room - len(rejects)))]
    lines += [()] * (height - len(lines) - len(detail))
    return [*lines, *detail]


def _order(frame: Frame, width: int) -> Line:
    number, target, done = (frame.raw(f"Line.Order{name}") for name in ("Number", "Target", "Done"))
    ink = PLAIN if frame.live else STALE
    if not number and not target:
        return fit(((" No order: the line builds without end.", ink),), width)
    rate = frame.scaled("Line.Rate")
    parts: list[tuple[int, Line]] = [
        (0, ((" Order ", LABEL), (str(number), STRONG))),
        (0, ((f"{done} of {target} robots" if target else f"{done} robots, no end", ink),)),
    ]
    if target:
        parts.append((2, ((gauge(done / target, 20), LABEL), (f" {100 * done / target:.0f} %", ink))))
        left = target - done
        if left > 0 and rate > 0:
            parts.append((1, (("ready in about ", LABEL), (duration(3600 * left / rate), ink),
                              (" at the rate of the last hour", LABEL))))  # fmt: skip
    if frame.raw("Line.OrderComplete"):
        parts.append((0, (("◉ complete: begin the next one, then F7 Reset and F5 Start", STRONG),)))
    return pack(parts, width)


def _robots(frame: Frame, width: int) -> Line:
    done, scrapped = frame.raw("Line.RobotsCompleted"), frame.raw("Line.RobotsScrapped")
    row = [
        Meter("Begun", "Begun", str(frame.raw("Line.RobotsStarted"))),
        Meter("Packed", "Packed", str(done)),
        Meter("Scrapped", "Scrap", str(scrapped)),
        Meter("In process", "WIP", str(frame.raw("Line.RobotsInProcess"))),
        Meter("Good", "Good", f"{100 * done / (done + scrapped):.1f} %" if done + scrapped else "—",
              share=done / (done + scrapped) if done + scrapped else 0.0),
        Meter("Rate", "Rate", frame.text("Line.Rate")),
        Meter("OEE", "OEE", frame.text("Line.OEE"), share=frame.scaled("Line.OEE") / 100),
    ]  # fmt: skip
    return meters(row, width, frame.live)


def _share(view: StationView) -> float:
    processed = view.raw("ProdProcessedCount")
    return view.raw("ProdDefectiveCount") / processed if processed else 0.0


def _percent(view: StationView) -> str:
    return f" {100 * _share(view):>4.1f} %"


def _stations(frame: Frame, width: int) -> list[Line]:
    lines = [fit(((" #  Station         Good  Rejects          OEE    most lost", LABEL),), width)]
    most = max(0.02, *(_share(view) for view in frame.stations))
    for view in frame.stations:
        if not view.fitted:
            lines.append(fit(((f"{view.number:>2}  {clip(view.io.title, 15)} not fitted", LABEL),), width))
            continue
        rejected = view.raw("ProdDefectiveCount")
        ink = PLAIN if view.frame.live else STALE
        spent, loss = max((view.raw(name), text) for name, text in _LOSSES)
        lines.append(fit((
            (f"{view.number:>2}  {clip(view.io.title.replace(' and ', ' & '), 15)}", PLAIN),
            (f"{view.raw('ProdProcessedCount') - rejected:>5}{rejected:>5}", ink),
            (f"{_percent(view)} ", STRONG if rejected else ink),
            (gauge(_share(view) / most, 5), LABEL),
            (f"{view.frame.text(f'{view.code}.OEE'):>8}", ink),
            (f"  {loss} {duration(spent)}" if spent else "", LABEL),
        ), width))  # fmt: skip
    return lines


def _rejects(frame: Frame, width: int) -> list[Line]:
    """The same in few lines: only stations that rejected something."""
    parts: list[Line] = [
        ((f"{view.code} ", LABEL), (f"{view.raw('ProdDefectiveCount')}", STRONG), (_percent(view), PLAIN))
        for view in sorted(frame.stations, key=lambda view: -view.raw("ProdDefectiveCount"))
        if view.fitted and view.raw("ProdDefectiveCount")
    ]  # fmt: skip
    head = rule("REJECTS BY STATION", width)
    return [head, *(flowed(parts, width)[:2] if parts else [fit(((" none", LABEL),), width)])]


def _genealogy(
    frame: Frame, robots: Sequence[Robot], told: str, cursor: int, filtered: str, width: int, height: int
) -> list[Line]:
    """The list around the selected robot."""
    lines = [rule(f"GENEALOGY{f'  / {filtered}' if filtered else ''}", width, told)]
    lines.append(fit(((" Serial    Begun         Took     Left as    Trouble on its way", LABEL),), width))
    if not robots:
        return [
            *lines,
            fit(((" No robot that left the line " + ("matches." if filtered else "is told of yet."), LABEL),), width),
        ]
    room = max(1, height - len(lines))
    top = max(0, min(cursor - room // 2, len(robots) - room))
    for place, robot in enumerate(robots[top : top + room], top):
        troubles = ", ".join(f"ST{t.station:02d} {VERDICTS.get(t.verdict, '?')}" for t in robot.troubles) or "none"
        left: Line = (("● packed   ", PLAIN),) if robot.good else (("× scrapped ", CAUTION),)
        lines.append(fit((
            (f" SN{robot.serial:<8}", CURSOR if place == cursor else STRONG),
            (f"{clock(robot.begun_s * 1_000_000):<13} {duration(robot.took_s):<8} ", PLAIN),
            *left, (troubles, PLAIN if robot.troubles else LABEL),
        ), width))  # fmt: skip
    return lines


def _history(robot: Robot, width: int) -> list[Line]:
    """What every station made of one robot."""
    parts: list[Line] = []
    for result in robot.results:
        bad = result.verdict != 1
        text = f"{'×' if bad else '●'} {VERDICTS.get(result.verdict, f'verdict {result.verdict}')}"
        parts.append(
            (
                (f"ST{result.station:02d} ", LABEL),
                (text, CAUTION if bad else PLAIN),
                (f" +{duration(result.after_s)}", LABEL),
            )
        )
    return [rule(f"ROBOT SN{robot.serial}", width, f"{len(robot.results)} results"), *flowed(parts, width)]
