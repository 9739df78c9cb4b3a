"""What unit 1 shows of the power network, and what masters may switch there."""

from __future__ import annotations

from plant.power.demand import SERVICES
from plant.power.load import WATT_HOUR
from plant.power.mains import FREQUENCY_CHZ, NOMINAL_V
from plant.power.network import GENERATOR, Network

_WORD, _LONG = 0xFFFF, 0xFFFF_FFFF


def power_values(network: Network, now: int, completed: int) -> dict[str, int]:
    """Raw values of the power tags; `completed`: good robots packed so far."""
    energy = network.energy(now) // WATT_HOUR
    generator, ups = network.generator, network.ups
    values = {
        "Line.MainsVoltage": volts(network.mains.permille),
        "Line.ControlVoltage": ups.decivolts(now),
        "Line.MainsFrequency": FREQUENCY_CHZ if network.mains.permille else 0,
        "Line.BusVoltage": volts(network.bus),
        "Line.BusPower": network.power(now),
        "Line.EnergyUsed": energy & _LONG,
        "Line.EnergyGenerated": network.imported(now, GENERATOR) // WATT_HOUR & _LONG,
        "Line.EnergyPerRobot": energy // completed if completed else 0,
        "Line.TransferSwitch": network.position,
        "Line.GeneratorState": generator.state,
        "Line.GeneratorFuel": min(int(10 * generator.litres(now)), _WORD),
        "Line.UpsState": ups.state,
        "Line.UpsCharge": int(1000 * ups.charge(now)),
        "Line.UpsRuntime": min(ups.runtime_s(now), _WORD),
    }
    for number, feeder in network.feeders.items():
        owner = f"ST{number:02d}." if number else "Line.Services"
        values[f"{owner}FeederVoltage"] = volts(feeder.voltage)
        values[f"{owner}FeederCurrent"] = min(feeder.amperes(now), _WORD)
        values[f"{owner}FeederPower"] = min(feeder.power(now), _WORD)
        values[f"{owner}BreakerState"] = feeder.breaker.state
        values[f"{owner}FeederEnergy"] = feeder.energy(now) // WATT_HOUR & _LONG
        values[f"{owner}ContactorClosed"] = int(feeder.closed)
        if number:
            values[f"{owner}RailVoltage"] = feeder.rail.millivolts(now)
    return values


def volts(permille: int) -> int:
    """Phase to phase."""
    return NOMINAL_V * permille // 1000


def energy_figures(network: Network, now: int, completed: int) -> dict[str, object]:
    """Energy so far for a report, in kWh; per robot 0.0 while none is packed."""
    kwh = 1000 * WATT_HOUR
    used = network.energy(now) / kwh
    return {
        "used_kwh": round(used, 3),
        "generated_kwh": round(network.imported(now, GENERATOR) / kwh, 3),
        "per_robot_kwh": round(used / completed, 3) if completed else 0.0,
        "services_kwh": round(network.feeders[SERVICES].energy(now) / kwh, 3),
        "by_station_kwh": {
            f"ST{number:02d}": round(feeder.energy(now) / kwh, 3)
            for number, feeder in network.feeders.items()
            if number != SERVICES
        },
    }


class PowerOrders:
    """Carries what an engineer commands to the switchboard, at scan boundaries."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def requested(self) -> dict[str, int]:
        """What commands read back before anybody has written."""
        return {"Line.FeederDelay": self._network.sequencer.delay_us // 100_000}

    def apply(self, now: int, number: int, item: str, raw: int) -> None:
        """One changed value; `number` is the feeder's, `item` the tag's name behind its owner's code."""
        network = self._network
        if item.endswith("BreakerRequest") and raw and number in network.feeders:
            network.switch(now, number, raw == 1)
        elif item == "GeneratorMode" and network.equipment.generator:
            network.generator.choose(now, raw)
        elif item == "FeederDelay":
            network.sequencer.delay_us = raw * 100_000
