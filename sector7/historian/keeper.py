"""The historian of one plant: what is recorded of it, where it goes, and what masters can read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from protocols.modbus.identity import revision
from protocols.tags.history_map import NO_HISTORY, RECORDING, UNWRITABLE
from protocols.tags.line_map import UNIT as LINE_UNIT
from sector7.historian.errors import HistoryError
from sector7.historian.historian import Historian, Recording
from sector7.historian.options import HistoryOptions
from sector7.historian.postgres_sink import PostgresSink, check_url
from sector7.historian.reader import History
from sector7.historian.reporter import Reporter
from sector7.historian.selection import select
from sector7.historian.sqlite_sink import SqliteSink
from sector7.historian.store import DATABASE, Origin, adopt
from sector7.historian.trend_files import TrendFiles
from sector7.historian.writer import Writer
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig

#: Plant time between two looks at where the history begins, ms.
_LOOK_MS: Final = 60_000


class Keeper:
    """Records `rig` from construction to `close`, in the state folder `folder` if there is one, and where `options`
    say. `goes_on_us`: the plant time up to which the folder's plant has been.

    Raises HistoryError if the history in the folder is damaged or another run's.
    """

    def __init__(
        self, rig: Rig, epoch: int, options: HistoryOptions, folder: Path | None = None, goes_on_us: int = 0
    ) -> None:
        if options.url:
            check_url(options.url)
        # of its own: what masters write is not recorded, and a plant that is being recovered has no server yet
        values = PlantValues(rig, epoch)
        present = values.values(LINE_UNIT)
        recorded = tuple(r for r in select() if r.tag.name in present)
        tags = [r.tag for r in recorded]
        self._count = len(tags)
        self._history: History | None = None
        self._trends: TrendFiles | None = None
        self._span: tuple[int, int] | None = None
        self._look_ms = 0
        recordings, after_us = [], -1
        if folder is not None:
            path = folder / DATABASE
            known = adopt(path, Origin(epoch, rig.recipe.name, revision()), tags, goes_on_us // 1000)
            self._history = History(path, checked=True)
            self._trends = TrendFiles(self._history, epoch, lambda: rig.now)
            self._span = self._history.span()
            after_us = self._span[1] * 1000 if self._span else -1
            writer = Writer(lambda: SqliteSink(path, tags, options.limits))
            recordings.append(Recording(Reporter(recorded, known), writer, len(tags)))
        if options.url:
            plant = options.plant or rig.recipe.name
            shared = Writer(partial(PostgresSink, options.url, plant, epoch, tags, goes_on_us // 1000))
            recordings.append(Recording(Reporter(recorded), shared, len(tags)))
        self._recordings: Sequence[Recording] = recordings
        self.historian: Final = Historian(
            lambda: rig.now, lambda: values.values(LINE_UNIT), recordings, after_us=after_us
        )

    def horizon(self) -> int:
        """The instant at which the plant must stop for a sampling, us."""
        return self.historian.horizon()

    def beat(self) -> None:
        """The plant has gone on."""
        self.historian.beat()

    def status(self) -> Mapping[str, int]:
        """The values of the historian's own tags."""
        if self._history is None:
            return NO_HISTORY
        own = self._recordings[0]
        kept_ms = own.writer.kept_ms
        if kept_ms >= self._look_ms:  # what is too old goes now and then
            self._look_ms = kept_ms + _LOOK_MS
            with suppress(HistoryError):
                self._span = self._history.span()
        first_ms, last_ms = self._span or (0, 0)
        return {
            "Line.HistoryState": UNWRITABLE if own.writer.problem else RECORDING,
            "Line.HistoryTags": self._count,
            "Line.HistoryLost": own.lost,
            "Line.HistoryOldest": first_ms // 1000,
            "Line.HistoryNewest": max(last_ms, kept_ms) // 1000,
        }

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """As port `FileSource` has it: the trend files."""
        return self._trends.read(file, record, count) if self._trends is not None else None

    def flush(self) -> None:
        """Have the folder's history written up to now. Blocks until it is, or cannot be."""
        if self._history is not None:
            self._recordings[0].writer.flush()

    def close(self) -> None:
        """Write what is left. Blocks until then."""
        if self._history is not None:
            self._history.close()  # before the sink: who closes last clears up, and must be able to write
        self.historian.close()
