"""Runs a scenario in fast mode: lets plant time pass from moment to moment, acts, and judges what is expected."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from protocols.errors import Refusal
from protocols.ports import NEVER
from sector7.masters.values import PlantValues
from sector7.report.collect import Recorder
from sector7.rig.rig import Rig
from sector7.rig.safety_watch import SafetyWatch
from sector7.scenario.actions import ActionError, Deed, Hands
from sector7.scenario.expectations import Judgement, Within, judgement
from sector7.scenario.expression import Expression, ExpressionError, compile_text
from sector7.scenario.lines import Path
from sector7.scenario.load import Plan, ScenarioError
from sector7.scenario.model import us
from sector7.scenario.names import CONSTANTS, Names
from sector7.scenario.outcome import ScenarioOutcome
from sector7.scenario.timeline import Moment
from sector7.simulate import figures, invariant, refuse_partners
from sector7.times import told
from sector7.toml_problems import Problem
from sector7.verdict import Watch

#: Plant time between two looks at the invariants, at least.
_LOOK_US: Final = 10_000_000
#: Plant time between two reports of progress, at least.
_TELL_US: Final = 300_000_000

Progress = Callable[[int, int], None]


class Performance:
    """A scenario on a rig: everything in it resolved and checked. Raises ScenarioError with all mistakes at once."""

    def __init__(self, plan: Plan, *, seed: int | None = None, fixed: bool = False) -> None:
        scenario = plan.scenario
        self.plan = plan
        self.rig = Rig(plan.recipe, scenario.seed if seed is None else seed, fixed=fixed)
        self.names = Names(self.rig, PlantValues(self.rig, 0))
        self._problems: list[Problem] = []
        hands = Hands(self.rig, [entry.name for entry in scenario.timeline if entry.name], hidden=scenario.hidden)
        self.moments = [self._moment(number, hands) for number in range(len(scenario.timeline))]
        self.judgements = [each for number in range(len(scenario.expect)) if (each := self._judgement(number))]
        if self._problems:
            raise ScenarioError(plan.file, sorted(self._problems, key=lambda problem: problem.line))
        self._looked_us = -1
        #: What happened, in order: plant time and label.
        self.happened: list[tuple[int, str]] = []
        #: Looks at the safety invariants at every event, if they are judged.
        self.guard = SafetyWatch(self.rig) if "safety" in scenario.invariants else None
        #: Told the plant time at each sample, before anything is judged.
        self.observers: list[Callable[[int], None]] = []

    # ---- resolving
    def _moment(self, number: int, hands: Hands) -> Moment:
        entry = self.plan.scenario.timeline[number]
        label = entry.name or f"timeline[{number + 1}]"
        deeds: list[Deed] = []
        for index, action in enumerate(entry.do):
            try:
                deeds.append(hands.deed(action, label))
            except ActionError as error:
                self._wrong(("timeline", number, "do", index, error.key), error.expected)
        when = self._compiled(("timeline", number, "when"), entry.when)
        return Moment(entry, label, deeds, when)

    def _judgement(self, number: int) -> Judgement | None:
        expect = self.plan.scenario.expect[number]
        kind = "that" if expect.kind == "within" else expect.kind
        condition = self._compiled(("expect", number, kind), expect.condition)
        event = self._compiled(("expect", number, "when"), expect.when)
        if expect.of is not None and expect.of not in {entry.name for entry in self.plan.scenario.timeline}:
            self._wrong(("expect", number, "of"), f"{expect.of!r} is no name in the timeline")
        return judgement(expect, condition, event) if condition is not None else None

    def _compiled(self, path: Path, text: str | None) -> Expression | None:
        if text is None:
            return None
        try:
            return compile_text(text, self.names.resolve)
        except ExpressionError as error:
            self._wrong(path, str(error))
            return None

    def _wrong(self, path: Path, expected: str) -> None:
        self._problems.append(self.plan.problem(path, expected))

    # ---- running
    def run(self, progress: Progress | None = None, *, collect: bool = False) -> ScenarioOutcome:
        """From the beginning to the end; `collect` keeps what a page is made of. Raises Refusal if a timeline's
        condition cannot be evaluated."""
        scenario, rig = self.plan.scenario, self.rig
        end = scenario.duration_us
        watch = Watch(rig)
        advance = self.guard.run if self.guard is not None else rig.run
        recorder = Recorder(rig, end, self.names, self._watched()) if collect else None
        looked = shown = 0
        begin = time.perf_counter()
        self.look()
        while rig.now < end:
            advance(self.due_us)
            self.look()
            if rig.now - looked >= _LOOK_US or rig.now == end:
                looked = rig.now
                watch.look()
            if recorder is not None:
                recorder.look(rig.now, failed=self._failing(watch.violations))
            if progress is not None and (rig.now - shown >= _TELL_US or rig.now == end):
                shown = rig.now
                progress(rig.now, rig.plant.ledger.completed)
        wall = time.perf_counter() - begin
        for each in self.judgements:
            each.finish(rig.now)
        broken = self._broken(watch.verdict())
        failed = broken + [failure(each) for each in self.judgements if not each.passed]
        collected = recorder.finish(failed=bool(failed)) if recorder is not None else None
        return ScenarioOutcome(figures(rig, wall, failed), failed, self, broken, collected=collected)

    @property
    def due_us(self) -> int:
        """The next instant at which the scenario wants to look; NEVER behind its end. Whoever lets time pass goes no
        further before `look`."""
        now, end, sample = self.rig.now, self.plan.scenario.duration_us, us(self.plan.scenario.sample)
        if now >= end:
            return NEVER
        return min([(now // sample + 1) * sample, end, *(moment.due_us for moment in self.moments)])

    def look(self) -> None:
        """What there is to do in this instant: first the sample, then what the timeline says; once however often it is
        called."""
        now, end = self.rig.now, self.plan.scenario.duration_us
        if now == self._looked_us or now > end:
            return
        self._looked_us = now
        self.names.touch()
        if now and (now % us(self.plan.scenario.sample) == 0 or now == end):
            self._sample(now)
        if now < end:
            self._act()

    def _broken(self, violations: list[str]) -> list[str]:
        """What of safety and the invariants that this scenario judges did not hold."""
        broken = [str(violation) for violation in self.guard.violations] if self.guard is not None else []
        return broken + [text for text in violations if invariant(text) in self.plan.scenario.invariants]

    def _failing(self, violations: list[str]) -> bool:
        return bool(self._broken(violations)) or not all(each.passed for each in self.judgements)

    def _watched(self) -> list[str]:
        """The names of everything that is expected."""
        expressions = [each.condition for each in self.judgements]
        expressions += [each.event for each in self.judgements if isinstance(each, Within) and each.event is not None]
        return [name for expression in expressions for name in expression.names if name not in CONSTANTS]

    def _act(self) -> None:
        """What the timeline says for this instant, in the order of the file."""
        now = self.rig.now
        for moment in self.moments:
            if moment.due_us == now:
                self._happen(moment)

    def _sample(self, now: int) -> None:
        """Conditions are looked at: first those of the timeline, then what is expected of the same instant."""
        for observe in self.observers:
            observe(now)
        due = []
        for moment in self.moments:
            try:
                if moment.sample(now):
                    due.append(moment)
            except ExpressionError as error:
                raise Refusal(self.plan.file, f"{moment.label} at {told(now)}", str(error)) from None
        for each in self.judgements:
            each.look(now)
        for moment in due:
            if now < self.plan.scenario.duration_us:
                self._happen(moment)

    def _happen(self, moment: Moment) -> None:
        now = self.rig.now
        self.happened.append((now, moment.label))
        moment.happen(now, f"scenario {self.plan.scenario.name}, {moment.label}")
        self.names.touch()
        for each in self.judgements:
            if isinstance(each, Within) and each.expect.of == moment.entry.name:
                each.happened(now)


def failure(each: Judgement) -> str:
    """A failed expectation in one line."""
    values = ", ".join(f"{name} = {value:g}" for name, value in each.values.items())
    return f"at {(each.failed_us or 0) / 1e6:.2f} s: {each.expect.name}: {each.text}: {each.problem}" + (
        f" ({values})" if values else ""
    )


def perform(
    plan: Plan, progress: Progress | None = None, *, seed: int | None = None, fixed: bool = False,
    collect: bool = False,
) -> ScenarioOutcome:  # fmt: skip
    """Run a scenario. Raises ScenarioError for what does not fit its plant, Refusal for boards that are real."""
    refuse_partners(plan.recipe)
    return Performance(plan, seed=seed, fixed=fixed).run(progress, collect=collect)
