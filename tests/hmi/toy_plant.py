"""A small plant in a dictionary, behind the real Modbus server: it obeys PackML commands after a moment.

`python -m tests.hmi.toy_plant PORT` serves a lively one to look at screens.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping

from protocols.modbus.server import PlantServer
from protocols.packml import Command, State, accepts
from protocols.roles import Role
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap, Table

_FINAL = {
    State.RESETTING: State.IDLE,
    State.STARTING: State.EXECUTE,
    State.HOLDING: State.HELD,
    State.UNHOLDING: State.EXECUTE,
    State.STOPPING: State.STOPPED,
    State.CLEARING: State.STOPPED,
    State.ABORTING: State.ABORTED,
    State.SUSPENDING: State.SUSPENDED,
    State.UNSUSPENDING: State.EXECUTE,
    State.COMPLETING: State.COMPLETE,
}


class ToyPlant:
    """TagSource and Commands in one. `delay_s` is the time an acting state takes; a `deaf` plant ignores commands."""

    def __init__(self, delay_s: float = 0.05) -> None:
        self.generation = 1
        self.delay_s = delay_s
        self.deaf = False
        self.writes: list[tuple[str, int]] = []
        self._units = {number: {t.name: t.default for t in unit.tags} for number, unit in PLANT_MAP.units.items()}
        self._at = {(n, t.table, t.address): t.name for n, u in PLANT_MAP.units.items() for t in u.tags}
        self.set(**_line())
        for io in STATIONS:
            self.set(**_station(io.number))

    def values(self, unit: int) -> Mapping[str, int]:
        """What the server serves."""
        return self._units[unit]

    def refused(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Nothing is remembered."""

    def newest(self, unit: int, address: int) -> int | None:
        """Everything can be read back at once."""
        return None

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """What a master wrote."""
        for offset, value in enumerate(values):
            name = self._at.get((unit, table, address + offset))
            if name is not None:
                before = self.get(name)
                self.set(**{name: value})
                self.writes.append((name, value))
                self._react(name, before, value)

    def set(self, **values: int) -> None:
        """Change values by full tag name (a dot is written as two underscores, or pass a dictionary)."""
        for name, value in values.items():
            name = name.replace("__", ".")
            self._units[PLANT_MAP.by_name[name][0].unit][name] = value
        self.generation += 1

    def get(self, name: str) -> int:
        """A raw value."""
        return self._units[PLANT_MAP.by_name[name][0].unit][name]

    def _react(self, name: str, before: int, value: int) -> None:
        target, _, last = name.rpartition(".")
        if self.deaf:
            return
        if last == "CmdChangeRequest" and value and not before:
            acting = accepts(State(self.get(f"{target}.StateCurrent")), Command(self.get(f"{target}.CntrlCmd")))
            if acting is not None:
                self._state(target, acting)
                self._later(lambda: self._state(target, _FINAL[acting]))
        elif last == "BoardRequest" and value:
            fitted = {"BoardTier": value, "BoardLink": 0, "LinkOk": 1, "Tripped": 1, "StateCurrent": int(State.ABORTED)}
            self._later(lambda: self.set(**{f"{target}.{item}": raw for item, raw in fitted.items()}))
        elif last.endswith("_sp"):
            self._later(lambda: self.set(**{f"{name.removesuffix('_sp')}_active": value}))

    def _state(self, target: str, state: State) -> None:
        changed = {f"{target}.StateCurrent": int(state)}
        if target != "Line":
            changed[f"{target}.StateElapsed"] = 0
        self.set(**changed)

    def _later(self, change: object) -> None:
        assert callable(change)
        asyncio.get_running_loop().call_later(self.delay_s, change)


def _line() -> dict[str, int]:
    return {
        "Line.StateCurrent": State.EXECUTE,
        "Line.UnitModeCurrent": 1,
        "Line.SimulatedTime": 51_132_000_000,
        "Line.RunEpoch": 7,
        "Line.SpeedFactor": 10,
        "Line.OrderNumber": 4711,
        "Line.OrderTarget": 60,
        "Line.OrderDone": 38,
        "Line.RobotsStarted": 55,
        "Line.RobotsCompleted": 38,
        "Line.RobotsScrapped": 1,
        "Line.RobotsInProcess": 17,
        "Line.Pallets": 24,
        "Line.OEE": 714,
        "Line.Availability": 840,
        "Line.Effectiveness": 881,
        "Line.QualityRatio": 965,
        "Line.Rate": 428,
        "Line.TaktTarget": 600,
        "Line.Constraint": 5,
        "Line.FaultsActive": 1,
        "Line.StationsExecuting": 9,
        "Line.NewestFaultStation": 5,
        "Line.NewestFaultReason": 104,
        "Line.AirPressure": 642,
        "Line.HydraulicPressure": 1650,
        "Line.CoolingPressure": 310,
        "Line.MainsVoltage": 400,
        "Line.ControlVoltage": 241,
        "Line.EStopOk": 1,
        "Line.AirOk": 1,
        "Line.HydraulicsOk": 1,
        "Line.CoolingOk": 1,
        "Line.MainsOk": 1,
        "Line.Producing": 1,
        "Line.AllReleased": 1,
        "Line.StationsReleased": 12,
    }


def _station(number: int) -> dict[str, int]:
    io = STATIONS[number - 1]
    p = f"{io.code}."
    values = {
        p + "StateCurrent": State.EXECUTE,
        p + "UnitModeCurrent": 1,
        p + "StateElapsed": 12 * number,
        p + "StepNumber": number + 2,
        p + "StepElapsed": 31 + number,
        p + "ProdProcessedCount": 56 - number,
        p + "ProdDefectiveCount": number % 3,
        p + "CycleTime": io.design_cycle_ds * 10 + 37 * (number - 6),
        p + "DesignCycleTime": io.design_cycle_ds * 10,
        p + "OEE": 700 + 10 * number,
        p + "Availability": 870,
        p + "Effectiveness": 910,
        p + "QualityRatio": 980,
        p + "PalletNumber": number,
        p + "SerialNumber": 1100 - number,
        p + "CarrierCondition": 1,
        p + "InfeedCount": number % 5,
        p + "InfeedCapacity": 4,
        p + "TimeExecute": 36000,
        p + "TimeStarved": 3100,
        p + "TimeBlocked": 2100,
        p + "TimeHeld": 1900,
        p + "TimeAborted": 300,
        p + "Failures": 4,
        p + "Fitted": 1,
        p + "CommissionStage": 7,
        p + "Released": 1,
        p + "SafetyOk": 1,
        p + "LinkOk": 1,
        p + "Executing": 1,
        p + "PalletPresent": 1,
        p + "Board.pallet_present": 1,
        p + f"Board.{io.inputs[2]}": 1,
        p + f"Board.{io.outputs[2]}": 1,
        p + "Board.supply": 4980,
        p + "Board.exchanges": 2_556_600,
        p + "Board.firmware_version": 0x0102,
        p + "Board.resets": 1,
        p + "Board.reset_cause": 1,
    }
    for analog in io.analogs:
        values[p + analog.name] = (analog.normal[0] + analog.normal[1]) // 2
    special = {
        4: {"StateCurrent": State.SUSPENDED, "Blocked": 1, "StateElapsed": 95, "InfeedCount": 4},
        5: {"StateCurrent": State.HELD, "StopReason": 104, "StateElapsed": 211, "Fault": 1, "InfeedCount": 4},
        6: {"StateCurrent": State.SUSPENDED, "Starved": 1, "StateElapsed": 61, "SerialNumber": 0, "InfeedCount": 0},
    }
    return values | {p + name: value for name, value in special.get(number, {}).items()}


async def _serve(port: int) -> None:
    plant = ToyPlant(delay_s=0.6)
    server = PlantServer(plant, plant, PlantMap(PLANT_MAP.units.values()), port=port)
    await server.start()
    step = 0
    while True:
        await asyncio.sleep(0.05)
        step += 1
        changed = {"Line.SimulatedTime": plant.get("Line.SimulatedTime") + 50_000}
        for i, io in enumerate(STATIONS):
            if plant.get(f"{io.code}.StateCurrent") == State.EXECUTE:
                changed[f"{io.code}.StepElapsed"] = step // 2 % 60
                for analog in io.analogs:
                    width = (analog.normal[1] - analog.normal[0]) * 6 // 10
                    low = (analog.normal[0] + analog.normal[1] - width) // 2
                    changed[f"{io.code}.{analog.name}"] = low + abs((step * 5 + 97 * i) % 200 - 100) * width // 100
            if step % 20 == 0:
                changed[f"{io.code}.StateElapsed"] = plant.get(f"{io.code}.StateElapsed") + 1
        changed["Line.Rate"] = 400 + abs(step // 10 % 120 - 60)
        plant.set(**changed)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
