"""A siege: one fault of every kind on a busy line."""

from __future__ import annotations

from sector7.faults.fault import Fault, make
from sector7.rig.rig import Rig
from tests.sector7.lines import SECOND

#: One of every kind, at any microsecond.
SIEGE: tuple[tuple[int, Fault], ...] = (
    (20_000_001, make("inverted", "ST03.clamped", lasts_us=20 * SECOND)),
    (30_000_000, make("stuck_on", "ST05.clamped", lasts_us=15 * SECOND)),
    (33_333_333, make("stuck_off", "ST01.tray_present", lasts_us=30 * SECOND)),
    (41_000_000, make("swapped", "ST08.limb_gripped", other="ST08.pallet_present", lasts_us=10 * SECOND)),
    (45_000_003, make("noise", "ST05.press_force", {"sigma": 0.8}, lasts_us=200 * SECOND)),
    (47_010_000, make("drift", "ST11.chamber_temperature", {"per_hour": 40.0}, lasts_us=300 * SECOND)),
    (50_000_000, make("spike", "ST02.ram_force", {"height": 60.0, "every_s": 3.0}, lasts_us=300 * SECOND)),
    (51_000_000, make("offset", "ST01.tray_mass", {"value": -2.0}, on_us=20 * SECOND, off_us=30 * SECOND)),
    (60_000_000, make("gain", "ST07.bus_voltage", {"factor": 0.9}, lasts_us=90 * SECOND)),
    (61_000_000, make("frozen", "ST04.spindle_load", lasts_us=45 * SECOND)),
    (62_000_000, make("stuck_at", "ST09.supply_current", {"value": 0.0}, lasts_us=45 * SECOND)),
    (70_000_007, make("jammed", "ST06.clamp", lasts_us=100 * SECOND)),
    (72_000_000, make("leaking", "ST03.gas valve", {"share": 0.15}, lasts_us=60 * SECOND)),
    (73_000_000, make("slow", "ST07.precharge", {"factor": 2.0}, lasts_us=90 * SECOND)),
    (75_000_000, make("slow", "ST05.clamp", {"factor": 3.0}, lasts_us=200 * SECOND)),
    (80_000_000, make("leaking", "ST02.ram", {"share": 0.4}, lasts_us=200 * SECOND)),
    (90_000_000, make("link_loss", "ST03", {"share": 0.02}, lasts_us=120 * SECOND)),
    (95_123_456, make("link_delay", "ST10", {"ms": 70.0}, lasts_us=60 * SECOND)),
    (100_000_000, make("link_cut", "ST04", lasts_us=4 * SECOND)),
    (110_000_000, make("board_hang", "ST09", lasts_us=3 * SECOND)),
    (117_500_000, make("board_reset", "ST06")),
    (120_000_000, make("undervoltage", "ST12", {"millivolts": 1500}, lasts_us=2 * SECOND)),
    (130_000_000, make("link_corrosion", "ST02", {"share": 0.05}, lasts_us=100 * SECOND)),
    (140_000_000, make("wrong_firmware", "ST11", lasts_us=5 * SECOND)),
    (150_000_000, make("breakdown", "ST07")),
    (155_000_000, make("minor_stop", "ST08")),
    (160_000_000, make("quality_loss", "ST02", {"share": 1.0}, lasts_us=120 * SECOND)),
    (180_000_000, make("utility_loss", "air", lasts_us=70 * SECOND)),
    (230_000_000, make("destroyed", "ST09", lasts_us=30 * SECOND)),
    (270_000_000, make("no_start", "generator", lasts_us=100 * SECOND)),
    (271_000_000, make("battery_failed", "ups", lasts_us=60 * SECOND)),
    (280_000_123, make("lightning", "mains", {"amps": 150.0, "remaining": 0.2, "ms": 250.0})),
    (290_000_000, make("sag", "mains", {"remaining": 0.65}, lasts_us=SECOND)),
    (300_000_000, make("breaker_trip", "ST05")),
    (305_000_000, make("overload", "ST10", {"amps": 60.0}, lasts_us=30 * SECOND)),
)
UNTIL = 480 * SECOND


def besiege(rig: Rig, until_us: int = UNTIL) -> Rig:
    for at, fault in SIEGE:
        if rig.now <= at < until_us:
            rig.run(at)
            rig.faults.inject(at, fault, "test")
    rig.run(until_us)
    return rig
