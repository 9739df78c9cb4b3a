"""Gets jobs done: looks up what was done before, has workers do the rest, keeps every result as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Final

from protocols.errors import EmulatorError, LinkError
from sector7.studies.model import Job, Result
from sector7.studies.store import Store
from sector7.studies.workers import Workers

#: Jobs that are handed out beside those being done, for each slot.
_AHEAD: Final = 1
#: How often workers may die over the same jobs before it is called the environment's fault.
_PATIENCE: Final = 3
_LOOK_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Trouble:
    """A run that could not be done at all: what an EmulatorError said (errors do not all survive a pickle)."""

    text: str
    exit_code: int


class RunError(EmulatorError):
    """A run could not be done: bad input that only the plant could tell, or a worker at fault."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.text)
        self.exit_code = trouble.exit_code


@dataclass
class Tally:
    """How far things are, for a progress line. `fresh` were done by this call, `known` looked up."""

    known: int = 0
    fresh: int = 0
    restarts: int = 0

    @property
    def done(self) -> int:
        """Runs of which the result is there."""
        return self.known + self.fresh


@dataclass
class Runner:
    """Does jobs on workers. One at a time may be running; used as a context it ends its workers."""

    workers: Workers
    store: Store
    progress: Callable[[Tally], None] = lambda tally: None
    tally: Tally = field(default_factory=Tally)
    _executor: Executor | None = None

    def run(self, jobs: Sequence[Job], label: str = "") -> list[Result]:
        """The results of `jobs` in their order. Jobs that are equal are done once.

        Raises RunError, or LinkError if workers die again and again.
        """
        results: dict[tuple[str, int], Result] = {}
        todo: dict[tuple[str, int], Job] = {}
        for job in jobs:
            name = job.key, job.seed
            if name in results or name in todo:
                continue
            known = self.store.get(*name)
            if known is not None:
                results[name] = known
                self.tally.known += 1
            else:
                todo[name] = job
        self.progress(self.tally)
        self._do(todo, results, label)
        return [results[job.key, job.seed] for job in jobs]

    def _do(self, todo: dict[tuple[str, int], Job], results: dict[tuple[str, int], Result], label: str) -> None:
        """Do what is to be done; a pool that breaks (a worker was killed) is replaced, its jobs are done again."""
        deaths = 0
        while todo:
            before = len(todo)
            try:
                self._pass(todo, results, label)
            except BrokenExecutor:
                self._end()
                self.tally.restarts += 1
                deaths = deaths + 1 if len(todo) == before else 1
                if deaths > _PATIENCE:
                    raise LinkError(
                        self.workers.name, f"workers die over the same runs ({deaths} times)", "is memory short?"
                    ) from None

    def _pass(self, todo: dict[tuple[str, int], Job], results: dict[tuple[str, int], Result], label: str) -> None:
        """Until all is done or the executor breaks. Raises BrokenExecutor."""
        waiting = iter(list(todo.items()))
        running: dict[Future[Result | Trouble], tuple[str, int]] = {}
        room = self.workers.slots * (1 + _AHEAD)
        broken: BaseException | None = None
        while True:
            while broken is None and len(running) < room and (following := next(waiting, None)) is not None:
                name, job = following
                running[self._submit(job)] = name
            if not running:
                break
            done, _ = wait(running, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for future in done:
                name = running.pop(future)
                error = future.exception()
                if isinstance(error, BrokenExecutor):
                    broken = error
                    continue
                if error is not None:
                    raise LinkError(self.workers.name, f"a run was lost: {error!r}") from error
                self._keep(name, future.result(), results, label)
                del todo[name]
            self.progress(self.tally)
        if broken is not None:
            raise broken

    def _keep(
        self, name: tuple[str, int], result: Result | Trouble, results: dict[tuple[str, int], Result], label: str
    ) -> None:
        if isinstance(result, Trouble):
            raise RunError(result)
        self.store.put(*name, result, label)
        results[name] = result
        self.tally.fresh += 1

    def _submit(self, job: Job) -> Future[Result | Trouble]:
        if self._executor is None:
            self._executor = self.workers.executor()
        return self._executor.submit(perform, job)

    def _end(self) -> None:
        if self._executor is not None:
            self.workers.stop(self._executor)
            self._executor = None

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()


def perform(job: Job) -> Result | Trouble:
    """In a worker: do a job; what it says against it comes back as a text."""
    try:
        return job()
    except EmulatorError as error:
        return Trouble(str(error), error.exit_code)
