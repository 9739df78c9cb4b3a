"""The stations as twelve rows, for terminals too small for tiles."""

from __future__ import annotations

from hmi.draw.bars import bar
from hmi.draw.ink import CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit
from hmi.draw.texts import duration, short_name, unit
from hmi.frame import Frame, StationView

_HEAD = " #  Station         State       for    Cycle s     Good Rej In  Stop reason or value"


def table(frame: Frame, width: int, cursor: int) -> list[Line]:
    """A head and one row per station; `cursor` is the station number that is inverted, 0 for none."""
    head = fit(((_HEAD, LABEL),), width)
    return [head, *(fit(_row(view, view.number == cursor), width) for view in frame.stations)]


def _row(view: StationView, cursor: bool) -> Line:
    name = (
        f"{view.number:>2}  {clip(view.io.title.replace(' and ', ' & '), 15)} ",
        CURSOR if cursor else STRONG if view.fitted else LABEL,
    )
    if not view.fitted:
        return (name, ("not fitted", LABEL))
    live = view.frame.live
    mark = view.mark
    unsure = "" if live else "?"
    plain = PLAIN if live else STALE
    cycle, design = view.scaled("CycleTime"), view.scaled("DesignCycleTime")
    rejected = view.raw("ProdDefectiveCount")
    graph: Line = ()
    if design:
        known = cycle if live and cycle else None
        graph = bar(known, 0.0, design * 1.5, (design * 0.8, design * 1.1), 5, design)
    return (
        name,
        (clip(f"{unsure}{mark.text}", 11), mark.block if live else STALE),
        (f" {duration(view.elapsed_s):<6}", plain),
        (f" {unsure + (f'{cycle:.1f}' if cycle else '—'):>5} ", plain),
        *(graph or ((" " * 5, plain),)),
        (f" {view.raw('ProdProcessedCount') - rejected:>4} {rejected:>3}", plain),
        (f" {view.raw('InfeedCount')}/{view.raw('InfeedCapacity')} ", plain),
        (_last(view), plain),
    )


def _last(view: StationView) -> str:
    if view.troubled and view.reason:
        return view.reason
    if not view.io.analogs:
        return ""
    analog = view.io.analogs[0]
    text = view.tag(analog.name).text(view.raw(analog.name))
    unsure = "" if view.board_good else "?"
    return f"{short_name(analog.name)} {unsure}{text} {unit(analog.unit)}"
