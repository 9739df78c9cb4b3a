"""The sink of many plants: a PostgreSQL database, in which every plant has a name and every run its epoch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from protocols.tags.tag import Tag
from sector7.historian.errors import HistoryError, SinkFailure
from sector7.historian.reporter import Report

if TYPE_CHECKING:
    import psycopg

#: Two plants may come to an empty database at once: the first makes the tables. "S7hi".
_LOCK: Final = 0x53376869
#: A connection that has died is found out; what the URL says counts more.
_LINK: Final = {"connect_timeout": 5, "keepalives_idle": 10, "tcp_user_timeout": 10_000, "application_name": "sector7"}

_TABLES: Final = """
CREATE TABLE sector7_series (id serial PRIMARY KEY, plant text NOT NULL, tag text NOT NULL, unit text NOT NULL,
    UNIQUE (plant, tag));
CREATE TABLE sector7_sample (series integer NOT NULL REFERENCES sector7_series, run bigint NOT NULL,
    at_ms bigint NOT NULL, wall timestamptz NOT NULL, value double precision, PRIMARY KEY (series, run, at_ms));
CREATE INDEX sector7_sample_wall ON sector7_sample (series, wall);
CREATE VIEW sector7_history AS SELECT plant, tag, unit, run, at_ms / 1000.0 AS plant_s, wall, value
    FROM sector7_sample JOIN sector7_series ON series = id;
COMMENT ON VIEW sector7_history IS 'A value holds until the next of the same tag and run; NULL: unknown from then on.';
"""
_STAGE: Final = (
    "CREATE TEMP TABLE sector7_stage (series integer, at_ms bigint, wall timestamptz, value double precision) "
    "ON COMMIT DELETE ROWS"
)
# the same instant may come twice: when nobody knows whether a commit arrived, and after a recovery
_MERGE: Final = (
    "INSERT INTO sector7_sample SELECT DISTINCT ON (series, at_ms) series, %s, at_ms, wall, value FROM sector7_stage "
    "ON CONFLICT (series, run, at_ms) DO UPDATE SET wall = excluded.wall, value = excluded.value"
)


def check_url(url: str) -> str:
    """The database as it is called in messages, without any password. Raises HistoryError: no driver, or no URL."""
    try:
        import psycopg.conninfo
    except ImportError as error:
        remedy = "pip install 'sector7[history]'"
        raise HistoryError("in PostgreSQL", f"the driver psycopg is missing: {error}", remedy) from None
    try:
        parts: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error as error:
        problem = " ".join(str(error).split())
        raise HistoryError("in PostgreSQL", f"--history: {problem}", "postgresql://user@host:port/database") from None
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{parts.get('host', '')}{port}/{parts.get('dbname', '')}"


class PostgresSink:
    """Port `Sink`: keeps reports on `tags` of `plant` in its run `epoch`. Raises SinkFailure without a connection.

    Rows of the run later than `goes_on_ms` are removed first: they will happen again.
    """

    def __init__(self, url: str, plant: str, epoch: int, tags: Sequence[Tag], goes_on_ms: int = 0) -> None:
        self._url = url
        self._name = check_url(url)
        self._plant = plant
        self._epoch = epoch
        self._tags = tags
        self._goes_on_ms: int | None = goes_on_ms
        self._series: list[int] = []
        self._connection: psycopg.Connection | None = None
        self._connect()

    @property
    def name(self) -> str:
        """See port `Sink`."""
        return self._name

    def write(self, batch: Sequence[Report]) -> None:
        """See port `Sink`."""
        import psycopg

        connection = self._connection or self._connect()
        try:
            with connection.transaction(), connection.cursor() as cursor:
                with cursor.copy("COPY sector7_stage FROM STDIN") as copy:
                    for report in batch:
                        wall = datetime.fromtimestamp(report.wall_ms / 1000, UTC)
                        for i, raw in report.changes:
                            value = None if raw is None else raw / 10 ** self._tags[i].decimals
                            copy.write_row((self._series[i], report.at_ms, wall, value))
                cursor.execute(_MERGE, (self._epoch,))
        except psycopg.Error as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """See port `Sink`."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connect(self) -> psycopg.Connection:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        try:
            settings: dict[str, Any] = {**_LINK, **conninfo_to_dict(self._url)}
            connection = self._connection = psycopg.connect(**settings)
            with connection.transaction():
                self._prepare(connection)
        except psycopg.Error as error:
            raise self._failed(error) from None
        self._goes_on_ms = None
        return connection

    def _prepare(self, connection: psycopg.Connection) -> None:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        found = connection.execute("SELECT to_regclass('sector7_history')").fetchone()
        if found is None or found[0] is None:
            connection.execute(_TABLES)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO sector7_series (plant, tag, unit) VALUES (%s, %s, %s) "
                "ON CONFLICT (plant, tag) DO UPDATE SET unit = excluded.unit",
                [(self._plant, tag.name, tag.unit) for tag in self._tags],
            )
        rows = connection.execute("SELECT tag, id FROM sector7_series WHERE plant = %s", (self._plant,)).fetchall()
        numbers: dict[str, int] = dict(rows)
        self._series = [numbers[tag.name] for tag in self._tags]
        if self._goes_on_ms is not None:
            connection.execute(
                "DELETE FROM sector7_sample WHERE series = ANY(%s) AND run = %s AND at_ms > %s",
                (self._series, self._epoch, self._goes_on_ms),
            )
        connection.execute(_STAGE)

    def _failed(self, error: psycopg.Error) -> SinkFailure:
        self.close()
        return SinkFailure(self._name, " ".join(str(error).split()) or type(error).__name__)
