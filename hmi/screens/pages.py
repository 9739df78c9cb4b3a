"""The table of screens: every page by name, the keys that open it from anywhere, and what it is for.

Key bars, the help page and the bindings of the application follow from it; docs/operating.md is compared with it. A new
screen is a class and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hmi.desk import Desk
from hmi.frame import Frame
from hmi.screens.alarms import AlarmScreen
from hmi.screens.boards import BoardsScreen
from hmi.screens.commissioning import CommissioningScreen
from hmi.screens.event_log import EventLogScreen
from hmi.screens.faults import FaultsScreen
from hmi.screens.guide import Guide
from hmi.screens.help import HelpScreen
from hmi.screens.operator_log import OperatorLogScreen
from hmi.screens.overview import OverviewScreen
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.power import PowerScreen
from hmi.screens.production import ProductionScreen
from hmi.screens.registers import RegistersScreen
from hmi.screens.station import StationScreen
from hmi.screens.trends import TrendsScreen
from hmi.widgets.key_bar import Key


def _always(_: Frame) -> str:
    return ""


def _no_log(frame: Frame) -> str:
    return "" if frame.snapshot.session is not None else "the server keeps no operator log"


def _no_ledger(frame: Frame) -> str:
    line = frame.snapshot.line
    return "" if not line or "Line.Commissioning" in line else "the server commissions nothing"


def _no_journal(frame: Frame) -> str:
    return "" if frame.raw("Line.JournalState") else "the plant keeps no journal"


@dataclass(frozen=True)
class Page:
    """One screen. `keys` are Textual's names, the first one as written in `shown`; `help` says what is to be seen.

    `lacking` says what the plant behind this frame does not have for the page, empty if it has everything: a page that
    lacks something is hidden.
    """

    name: str
    keys: str
    shown: str
    title: str
    help: str
    make: Callable[[Desk, Guide], PlantScreen]
    lacking: Callable[[Frame], str] = _always

    @property
    def key(self) -> Key:
        """Its entry in a key bar."""
        return Key(self.keys.partition(",")[0], self.shown.partition(",")[0], self.title)


PAGES = (
    Page("overview", "f1", "F1", "Overview", "the whole line at a glance", OverviewScreen),
    Page("station", "f2", "F2", "Station", "the station looked at last", StationScreen),
    Page("alarms", "a,f3", "A, F3", "Alarms", "what stands, how urgent it is, and what to do about it", AlarmScreen),
    Page("trends", "t", "T", "Trends", "what chosen tags were, from a minute to a week", TrendsScreen),
    Page("boards", "b", "B", "Boards", "the boards of all stations and their links", BoardsScreen),
    Page("faults", "x", "X", "Faults", "what is broken on purpose, why, and until when", FaultsScreen),
    Page("log", "o", "O", "Log", "what was commanded at any console, and what came of it", OperatorLogScreen, _no_log),
    Page("events", "i", "I", "Events", "what happened in the plant, newest first", EventLogScreen, _no_journal),
    Page("registers", "g", "G", "Registers", "what a Modbus master reads, tag by tag, of any unit", RegistersScreen),
    Page(
        "production", "p", "P", "Production", "orders, rejects by station, the history of any robot", ProductionScreen
    ),
    Page("power", "w", "W", "Power", "sources, buses and feeders as a single-line diagram", PowerScreen),
    Page(
        "commissioning",
        "m",
        "M",
        "Commissioning",
        "how far every station is on its way from cold to released, with the evidence",
        CommissioningScreen,
        _no_ledger,
    ),
    Page("help", "question_mark", "?", "Help", "keys and marks", HelpScreen),
)

BY_NAME = {page.name: page for page in PAGES}
