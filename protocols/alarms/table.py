"""Every alarm of the plant. Numbers are written down: 100 x station + place, the same place for the same kind.

Philosophy: an alarm asks an operator for something that nobody else does. A stopped station calls its attendant by
the stack light at once; the alarm comes when it still stands after the time in which attendants are usually done.
What the line repairs by itself (a cleared trip, one retry after a dirty light curtain) is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from protocols.alarms.alarm import (
    Alarm,
    Condition,
    LineIn,
    LinkOff,
    PanelOff,
    PowerFault,
    Priority,
    RecoveryOff,
    Rejects,
    StationsDown,
    Stopped,
    Told,
)
from protocols.alarms.limits import VALUE_ALARMS
from protocols.errors import MapError
from protocols.packml import State
from protocols.reasons import Reason
from protocols.stations.io_table import STATIONS
from protocols.stations.station_io import StationIO
from protocols.stations.step_names import STEP_NAMES

LOW, MEDIUM, HIGH = Priority

#: How long a stopped station may stand before it is an alarm: attendants are nearly always done by then.
ATTENDED_S: Final = 150.0
#: What a station may do by itself, such as clearing and starting again, without anybody being asked.
BY_ITSELF_S: Final = 30.0
#: Gaps in a condition that do not end it: a station that stops again and again has one stop.
BRIDGED_S: Final = 10.0

E_STOP, MAINS, AIR, OIL, COOLING = 1, 2, 3, 4, 5
#: Breakers: of the feeder of compressor and pumps, and several at once; of a station base + BREAKER.
SERVICES_TRIPPED, BREAKERS_TRIPPED, BREAKER = 14, 15, 16

#: What the switchboard tells to be wrong: bit n the tripped breaker of feeder n (0: compressor and pumps), and these.
GENERATOR_FAILED, ON_BATTERY, BATTERY_LOW = 1 << 16, 1 << 17, 1 << 18
_ALL_BREAKERS: Final = (1 << 16) - 1

LINE_ALARMS: Final[tuple[Alarm, ...]] = (
    Alarm(
        E_STOP, "e_stop", "Emergency stop pressed", PanelOff(1, "EStopOk is off"), HIGH,
        "Somebody pressed an emergency stop.", "Every actuator is without power, the line is Aborted.",
        "Find out why; when nobody is in danger release the button, reset this alarm, then Clear, Reset and Start the line.",
        1, latching=True, always=True,
    ),
    Alarm(
        MAINS, "mains_lost", "Mains lost", PanelOff(16, "MainsOk is off"), HIGH,
        "The supply failed or a main breaker tripped.", "The whole line is held.",
        "Call the electrician; nothing need be restarted by hand when the mains are back.", 5, off_delay_s=5.0,
    ),
    Alarm(
        AIR, "air_low", "Compressed air low", PanelOff(2, "AirOk is off"), MEDIUM,
        "The compressor tripped, or a hose has burst.", "Every station is held: clamps and grippers have no force.",
        "Look at the compressor's panel; listen for leaks.", 5, off_delay_s=5.0, causes=(MAINS, SERVICES_TRIPPED),
    ),
    Alarm(
        OIL, "hydraulics_low", "Hydraulic pressure low", PanelOff(4, "HydraulicsOk is off"), MEDIUM,
        "The pump tripped, or oil is low.", "The chassis press is held; the line behind it runs empty.",
        "Look at the power unit: pump, oil level, filter.", 10, off_delay_s=5.0, causes=(MAINS, SERVICES_TRIPPED),
    ),
    Alarm(
        COOLING, "cooling_low", "Cooling water low", PanelOff(8, "CoolingOk is off"), MEDIUM,
        "The pump tripped, or a valve is shut.", "Machining is held; the line behind it runs empty.",
        "Look at the cooling pump and its valves.", 10, off_delay_s=5.0, causes=(MAINS, SERVICES_TRIPPED),
    ),
    Alarm(
        6, "stations_down", "Several stations down", StationsDown(4), MEDIUM,
        "Faults at many stations at once mostly have one cause: power, network, a wrong recipe.",
        "The line gives no robots.", "Look for what the stations have in common before repairing them one by one.", 10,
        on_delay_s=120.0, off_delay_s=BRIDGED_S, causes=(E_STOP, MAINS, AIR, BREAKERS_TRIPPED),
    ),
    Alarm(
        7, "line_aborted", "Line waits for Clear", LineIn(State.ABORTED, "the line is Aborted"), LOW,
        "The line was aborted and nobody has cleared it.", "The line does not produce.",
        "When the cause is gone: Clear, Reset, Start.", 30, on_delay_s=60.0, causes=(E_STOP,),
    ),
    Alarm(
        8, "line_held", "Line held and forgotten", LineIn(State.HELD, "the line is Held"), LOW,
        "Somebody held the line and did not release it.", "The line does not produce.", "Unhold the line.", 30,
        on_delay_s=900.0,
    ),
    Alarm(
        9, "recovery_off", "Automatic recovery off", RecoveryOff(), LOW,
        "Somebody switched AutoRecovery off and forgot it.", "Repaired stations stay down until they are cleared by hand.",
        "Switch AutoRecovery on again when the work is done.", 60, on_delay_s=1800.0,
    ),
    Alarm(
        10, "journal_failed", "Journal cannot be written", Told("the server cannot store what happens"), HIGH,
        "The disk is full or has failed.", "Writes are refused; the plant stops at the end of its lease.",
        "Make room on the disk of the server; the plant goes on by itself.", 5, always=True,
    ),
    Alarm(
        11, "generator_failed", "Generator failed", PowerFault(GENERATOR_FAILED, "the generator is tripped or out of fuel"), HIGH,
        "It did not start, was asked for more than it can give, or its tank is empty.",
        "Without the mains the line stands; the battery feeds the control voltage for half an hour at most.",
        "Look at its panel: fuel, starter battery. Acknowledge it (GeneratorMode Off), then Auto.", 5, always=True,
    ),
    Alarm(
        12, "ups_on_battery", "Control voltage from the battery", PowerFault(ON_BATTERY, "the UPS has no input"), LOW,
        "The main bus has no voltage, or too little.", "The battery lasts for half an hour at most.",
        "Look at mains and generator.", 10, on_delay_s=5.0, off_delay_s=5.0, causes=(MAINS,), always=True,
    ),
    Alarm(
        13, "ups_battery_low", "Battery of the control voltage low",
        PowerFault(BATTERY_LOW, "the UPS has no input and its battery 25 % or less"), HIGH,
        "The main bus was without voltage for long, or the battery has failed.",
        "When it is empty the safety relays drop and no breaker can be closed.",
        "Get the generator or the mains back; else stop the line in order.", 5, always=True,
    ),
    Alarm(
        SERVICES_TRIPPED, "services_tripped", "Breaker of compressor and pumps tripped",
        PowerFault(1, "the breaker of the services is tripped"), MEDIUM,
        "A short circuit or an overload behind it, or a surge.", "Air, oil and water are lost: the line is held.",
        "Look for the cause, then close the breaker.", 5, always=True,
    ),
    Alarm(
        BREAKERS_TRIPPED, "breakers_tripped", "Several breakers tripped",
        PowerFault(_ALL_BREAKERS, "three or more breakers are tripped", 3), MEDIUM,
        "A surge, such as a lightning strike, has gone through the switchboard.",
        "The stations behind the breakers have no power.",
        "Close one breaker after the other; look closer at one that trips again.", 10, always=True,
    ),
)  # fmt: skip

#: Names of steps in which only the pallet moves; the others are the station's work.
_TRANSPORT: Final = frozenset(("Read carrier", "Release pallet", "Divert pallet", "Eject", "Ejector home", "Load"))


def _steps(io: StationIO, transport: bool) -> tuple[int, ...]:
    names = STEP_NAMES[io.number]
    return tuple(Reason.STEP_TIMEOUT + step for step, name in enumerate(names) if (name in _TRANSPORT) == transport)


def _station(io: StationIO) -> list[Alarm]:
    base, supplies = 100 * io.number, tuple(c for n, c in ((2, OIL), (4, COOLING)) if n == io.number)

    def alarm(
        place: int, name: str, title: str, condition: Condition, priority: Priority, texts: tuple[str, str, str],
        respond_min: int, on_delay_s: float, *, causes: tuple[int, ...] = (), always: bool = False,
    ) -> Alarm:  # fmt: skip
        return Alarm(
            base + place, name, f"{io.title}: {title}", condition, priority, *texts, respond_min, on_delay_s, BRIDGED_S,
            causes, False, always,
        )  # fmt: skip

    rows = [
        alarm(
            1, "safety_open", "safety chain open", Stopped((Reason.SAFETY,), "StopReason is Safety chain open"),
            HIGH if io.number in (2, 6) else MEDIUM,
            ("A guard or the light curtain was opened while the station ran, or a safety relay failed.",
             "The actuators have no power; the station is Aborted.",
             "See that nobody is inside, close the guard; the station clears itself."),
            3, BY_ITSELF_S, causes=(E_STOP,),
        ),
        alarm(
            2, "board_lost", "board does not answer", LinkOff(), MEDIUM,
            ("The serial line is cut, or the board has no power.",
             "The board has put its outputs in their safe state; the station is Held.",
             "Look at the board's supply and its connector; compare the port in the recipe."),
            5, 2.0, causes=(MAINS, base + BREAKER), always=True,
        ),
        alarm(
            3, "board_tripped", "board tripped", Stopped((Reason.BOARD_TRIPPED,), "StopReason is Board tripped"), LOW,
            ("The board restarted or missed too many exchanges.", "The station is Aborted with safe outputs.",
             "Look at the reset cause among the board's diagnostics; then Clear."),
            10, BY_ITSELF_S, causes=(MAINS, base + BREAKER, base + 2),
        ),
        alarm(
            4, "interlock", "stopped by an interlock", Stopped((Reason.INTERLOCK,), "StopReason is Board interlock"), LOW,
            ("A sensor that must be on for a movement is not: dirty, out of place, or really not there.",
             "The station aborts each time it tries again.",
             "Clean the sensor that the interlock names; see that nothing stands in the light curtain."),
            10, BY_ITSELF_S,
        ),
        alarm(
            5, "homing", "does not find home", Stopped((Reason.HOMING,), "StopReason is Homing timed out"), LOW,
            ("Something blocks the way home, or the home sensor fails.", "The station cannot start.",
             "Look what stands in the way; try the home sensor by hand."),
            15, BY_ITSELF_S,
        ),
        alarm(
            6, "work_stopped", "stands in its work", Stopped(_steps(io, False), "StopReason is a timed-out step of the work"), LOW,
            ("A part is jammed, a sensor is dirty, or a machine part is broken, and the attendant has not cleared it.",
             "The station is Held; its neighbours run empty or full.",
             "Ask the attendant what is wrong; call a crew if it is a breakdown."),
            15, ATTENDED_S, causes=(MAINS, AIR, *supplies, base + BREAKER),
        ),
        alarm(
            7, "pallet_stopped", "pallet does not move",
            Stopped(_steps(io, True), "StopReason is a timed-out step of the transport"), LOW,
            ("The pallet is jammed at the stopper, or its tag cannot be read.", "Nothing passes the station.",
             "Free the pallet; clean the read head."),
            15, ATTENDED_S, causes=(MAINS, AIR, base + BREAKER),
        ),
        alarm(
            8, "utility_missing", "utility missing", Stopped((Reason.UTILITY,), "StopReason is Utility missing"), LOW,
            ("A supply that the station needs was lost, and the station has not come back with it.", "The station is Held.",
             "If the supply is back, Unhold the station; look at its service unit."),
            15, BY_ITSELF_S, causes=(MAINS, AIR, *supplies, base + BREAKER),
        ),
        alarm(
            9, "owner_lost", "external owner lost", Stopped((Reason.OWNER_LOST,), "StopReason is External owner lost"), LOW,
            ("The PLC that owns the station stopped changing its heartbeat.", "The station is Held with safe outputs.",
             "Look at the PLC and its network; Unhold when it is back, or take the ownership away."),
            10, 2.0,
        ),
        alarm(
            BREAKER, "breaker_tripped", "breaker tripped",
            PowerFault(1 << io.number, "the breaker of the station's feeder is tripped"), LOW,
            ("A short circuit or an overload at the station, or a surge.", "The station and its board have no power.",
             "Look for the cause, then close the breaker (BreakerRequest)."),
            10, 0.0, causes=(BREAKERS_TRIPPED,), always=True,
        ),
        alarm(
            10, "reject_rate", "many rejects", Rejects(4 if io.number != 10 else 6), LOW,
            ("A tool is worn, an instrument has drifted, or parts of a bad batch are in use.", "Robots are reworked or scrapped.",
             "Compare the recorded values with their windows; stop the station if the cause is not clear."),
            20, 0.0,
        ),
    ]  # fmt: skip
    rows[-1] = replace(rows[-1], off_delay_s=0.0)
    if any(name.endswith("_fault") for name in io.inputs):
        rows.append(
            alarm(
                11,
                "device_fault",
                "device reports a fault",
                Stopped((Reason.DEVICE_FAULT,), "StopReason is Device fault"),
                LOW,
                (
                    "The robot, nutrunner or bench of the station is in fault.",
                    "The station is Held.",
                    "Read the fault at the device's own panel and reset it there.",
                ),
                15,
                ATTENDED_S,
            )
        )
    return rows


def _all() -> tuple[Alarm, ...]:
    rows = [*LINE_ALARMS, *VALUE_ALARMS]
    for io in STATIONS:
        rows += _station(io)
    rows.sort(key=lambda alarm: alarm.number)
    known: dict[int, Alarm] = {}
    names: set[str] = set()
    for alarm in rows:
        if alarm.number in known:
            raise MapError(alarm.tag, f"has the number {alarm.number} of {known[alarm.number].tag}")
        if alarm.tag in names:
            raise MapError(alarm.tag, "is declared twice")
        known[alarm.number] = alarm
        names.add(alarm.tag)
    for alarm in rows:
        for cause in alarm.causes:
            if cause not in known or cause == alarm.number:
                raise MapError(alarm.tag, f"names the alarm {cause} as a cause, which is no other alarm")
            if known[cause].on_delay_s > alarm.on_delay_s:
                raise MapError(alarm.tag, f"may come before {known[cause].tag}, which it names as its cause")
    return tuple(rows)


#: All alarms by number.
ALARMS: Final = _all()
BY_ALARM: Final = {alarm.number: alarm for alarm in ALARMS}
