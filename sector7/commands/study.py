"""`sector7 study`: replications, sweeps and comparisons, and the search for the smallest fault set."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.commands.output import check_writable, colour, write_text
from sector7.report.extra import require
from sector7.usage import UsageError

if TYPE_CHECKING:
    from sector7.studies.chaos.hunt import Catch, Hunt
    from sector7.studies.load import StudyFile
    from sector7.studies.progress import Bar
    from sector7.studies.runner import Runner
    from sector7.studies.summary import Summary

#: What a shell shows for a command that Ctrl-C ended.
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class _Options:
    workers: int | None
    cluster: str
    results: Path
    json: Path | None
    html: Path | None
    out: Path
    check: bool


def _complete(incomplete: str) -> list[str]:
    from sector7.studies.load import shipped

    return [name for name in shipped() if name.startswith(incomplete)]


def study(
    name: Annotated[
        str,
        typer.Argument(
            help="A study that ships with sector7, or a TOML file; without one, those that ship are listed.",
            metavar="STUDY",
            autocompletion=_complete,
        ),
    ] = "",
    workers: Annotated[
        int | None, typer.Option(help="Processes on this machine (default: one for each core).", min=1, max=1024)
    ] = None,
    cluster: Annotated[
        str, typer.Option(help="Run on this dask.distributed scheduler instead.", metavar="tcp://HOST:PORT")
    ] = "",
    results: Annotated[
        Path | None,
        typer.Option(help="Where results are kept, and gone on from (default: NAME.study.db here).", metavar="FILE"),
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write all figures as JSON.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with pictures that needs no network.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where a chaos search writes its scenario (default: NAME.found.toml here).")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Say whether the file is right; nothing runs.")] = False,
) -> None:
    """Run a plant many times and say what can be concluded: replications, sweeps, comparisons, chaos search.

    A study that was stopped (Ctrl-C, a crash) goes on when it is run again. Its figures do not depend on how many
    workers there are, nor on where they are.

    Exit code 0: done, and the invariants held in every run; 1: one broke, or a chaos search found a fault set; 2: the
    file is wrong; 3: the environment is at fault; 130: stopped.
    """
    from sector7.studies.load import load

    if not name:
        _list()
        return
    if workers is not None and cluster:
        raise UsageError("--workers", str(workers), "for --cluster: its workers are its own")
    source = load(name)
    stem = Path(name).name.removesuffix(".toml")
    if out is not None and source.study.chaos is None:
        raise UsageError("--out", str(out), "for this study: it is only for a chaos search")
    if html is not None:
        require()
    for option, path in (("--json", json), ("--html", html)):
        check_writable(option, path)
    given = _Options(
        workers, cluster, results or Path(f"{stem}.study.db"), json, html, out or Path(f"{stem}.found.toml"), check
    )
    lead = _experiment if source.study.chaos is None else _chaos
    raise typer.Exit(lead(source, given))


def _experiment(source: StudyFile, given: _Options) -> int:
    from sector7.studies import plant_model
    from sector7.studies.experiment import Experiment
    from sector7.studies.plans import base_of, plan_of
    from sector7.studies.points import points_of
    from sector7.studies.summary import Summary

    study = source.study
    points = points_of(study)
    base = base_of(source)
    plans = [plan_of(source, base, point) for point in points]
    model = plant_model.model_of(study)
    plant_model.check(source, model, plans)
    if given.check:
        least, most = (len(points) * runs for runs in (study.replications.min, study.replications.most))
        return _right(source, f"{len(points)} points, {least}{f' to {most}' * (most > least)} runs")
    with _lead(given) as (runner, shown):
        try:
            samples = Experiment(study, points, model, plans).run(runner, shown.plan)
        except KeyboardInterrupt:
            return _stopped(runner, shown, given)
    summary = Summary(study, samples)
    _tell(source, summary, given)
    return 1 if summary.broken else 0


def _chaos(source: StudyFile, given: _Options) -> int:
    from sector7.studies.chaos.hunt import Hunt

    for option, path in (("--json", given.json), ("--html", given.html)):
        if path is not None:
            raise UsageError(option, str(path), "for a chaos search: it writes a scenario (--out)")
    hunt = Hunt(source)
    chaos = source.study.chaos
    assert chaos is not None
    if given.check:
        return _right(source, f"{len(hunt.candidates)} candidate faults, about {chaos.runs} runs")
    check_writable("--out", given.out)
    with _lead(given) as (runner, shown):
        shown.plan(chaos.runs)
        try:
            catch = hunt.run(runner)
        except KeyboardInterrupt:
            return _stopped(runner, shown, given)
    return _caught(source, hunt, catch, given.out)


def _caught(source: StudyFile, hunt: Hunt, catch: Catch | None, out: Path) -> int:
    from sector7.studies.chaos.scenario_file import render
    from sector7.times import told

    title = f"{source.study.name}: {len(hunt.candidates)} candidate faults, {hunt.asked} runs\n"
    if catch is None:
        sys.stdout.write(f"{title}✔ nothing broke: every set that was tried held\n")
        if out.stat().st_size == 0:
            out.unlink()  # made when it was looked whether it can be
        return 0
    write_text("--out", out, render(catch, source.study.name, source.file, out))
    faults = "".join(f"  {strike}\n" for strike in catch.strikes)
    count = len(catch.strikes)
    alone = "no single fault does it" if catch.singles and count > 1 else "none of them can be left out"
    sys.stdout.write(
        f"{title}✘ {catch.expectation!r} breaks at {told(round(catch.at_s * 1e6))} by {count} "
        f"fault{'s' * (count != 1)}:\n{faults}" + (f"({alone})\n" if count > 1 else "")
        + f"written to {out}: sector7 simulate {out}\n"
    )  # fmt: skip
    return 1


def _tell(source: StudyFile, summary: Summary, given: _Options) -> None:
    import json

    from sector7.studies.table import render

    if given.json is not None:
        write_text("--json", given.json, json.dumps(summary.to_dict(), indent=2) + "\n")
    if given.html is not None:
        from sector7.studies.page import render as render_page

        write_text("--html", given.html, render_page(summary, shlex.join(["sector7", "study", source.file])))
    sys.stdout.write(render(summary, color=colour(sys.stdout)))


@contextmanager
def _lead(given: _Options) -> Iterator[tuple[Runner, Bar]]:
    """What a study is done with: the results file, workers, a progress line."""
    from sector7.studies.progress import bar
    from sector7.studies.runner import Runner
    from sector7.studies.store import Store
    from sector7.studies.workers import Cluster, Pool, Workers

    workers: Workers = Cluster(given.cluster) if given.cluster else Pool(given.workers)
    with Store(given.results) as store, bar(sys.stderr) as shown, Runner(workers, store, shown.show) as runner:
        yield runner, shown


def _right(source: StudyFile, what: str) -> int:
    sys.stdout.write(f"{source.file}: ok ({what})\n")
    return 0


def _stopped(runner: Runner, shown: Bar, given: _Options) -> int:
    shown.clear()
    runs = runner.tally.done
    sys.stderr.write(f"sector7: stopped; {runs} runs are in {given.results}, the same command goes on from there\n")
    return _INTERRUPTED


def _list() -> None:
    from sector7.studies.load import load, shipped

    for name in shipped():
        sys.stdout.write(f"{name:16s} {' '.join(load(name).study.about.split())}\n")
