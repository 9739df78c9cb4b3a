"""What proves that the mechanisms of a station work: the strokes of its dry cycle (empty, cold) and of its hot cycle
(with its process on a test piece). The program runs them in this order; their names are what people read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Stroke:
    """Outputs that are on, the conditions (as in the sequences) that must be true for `dwell_s` within `limit_s`, and
    what is measured then: `record` must read `window` (raw). Registers stay from stroke to stroke."""

    name: str
    on: str = ""
    until: str = ""
    limit_s: float = 10.0
    dwell_s: float = 0.0
    target: int | None = None
    speed: int | None = None
    duty: int | None = None
    program: int | None = None
    reach: tuple[tuple[str, int], ...] = field(default=())
    record: str = ""
    window: tuple[int, int] = (0, 0)


S = Stroke
_CLAMP: Final = S("Clamp", "clamp", "clamped")
_UNCLAMP: Final = S("Unclamp", "", "!clamped")
_GAS: Final = (("gas_flow", 120),)
_CUTTING: Final = (("spindle_speed", 7760), ("coolant_flow", 60))
_VOLTS: Final = (("test_voltage", 490),)
_BUS: Final = (("bus_voltage", 456),)

#: By station number.
DRY: Final[dict[int, tuple[Stroke, ...]]] = {
    1: (
        S("Gantry out", "", "in_position !axis_home", 20, target=7000, speed=2000),
        S("Gantry home", "", "in_position axis_home", 20, target=0),
        S("Gripper down", "gripper_lower", "gripper_down"),
        S("Gripper shut", "gripper_lower gripper_close", "part_gripped"),
        S("Gripper open and up", "", "!part_gripped !gripper_down"),
    ),
    2: (
        S("Clamp die", "die_clamp", "die_clamped", duty=1024),
        S("Ram down", "die_clamp ram_advance", "ram_low", 14),
        S("Ram up", "die_clamp ram_return", "ram_top", 12),
        S("Unclamp die", "", "!die_clamped"),
    ),
    3: (
        _CLAMP,
        S("Robot without arc", "clamp robot_start", "robot_done", 25, program=9),
        S("Robot clear", "clamp", "!robot_done", program=0),
        _UNCLAMP,
    ),
    4: (
        _CLAMP,
        S("Axis out", "clamp", "in_position !axis_home", 20, target=3000, speed=2000),
        S("Axis home", "clamp", "in_position axis_home", 20, target=0),
        _UNCLAMP,
    ),
    5: (
        _CLAMP,
        S("Press leaves home", "clamp press_advance", "!press_home"),
        S("Press home", "clamp", "press_home"),
        _UNCLAMP,
    ),
    6: (
        _CLAMP,
        S("Mate connector", "clamp connector_mate", "connector_mated"),
        S("Unmate connector", "clamp", "!connector_mated"),
        _UNCLAMP,
    ),
    7: (S("Raise lift", "lift", "lift_up !lift_down", 15), S("Lower lift", "", "lift_down !lift_up", 15)),
    8: (
        S("Axis out", "", "in_position !axis_home", 20, target=9000, speed=4000),
        S("Axis home", "", "in_position axis_home", 20, target=0),
        S("Grip", "gripper", "limb_gripped"),
        S("Let go", "", "!limb_gripped"),
    ),
    9: (S("Needles down", "needles", "needles_down !needles_up"), S("Needles up", "", "needles_up !needles_down")),
    10: (_CLAMP, S("Diverter", "clamp divert", dwell_s=0.5), _UNCLAMP),
    11: (
        S("Ejector out", "eject", "!ejector_home"),
        S("Ejector home", "", "ejector_home"),
        S("Index", "index", "index_done", 12),
        S("Index off", "", "!index_done"),
    ),
    12: (
        S("Grip", "gripper", "robot_gripped"),
        S("Lift", "gripper lift", "lift_up !lift_down", 20),
        S("Lower", "gripper", "lift_down !lift_up", 20),
        S("Let go", "", "!robot_gripped"),
    ),
}
HOT: Final[dict[int, tuple[Stroke, ...]]] = {
    1: (
        S("Lock tray", "tray_lock", dwell_s=0.5),
        S("Tare scale", "tray_lock", dwell_s=1.0, record="tray_mass", window=(0, 20)),
    ),
    2: (
        S("Clamp die", "die_clamp", "die_clamped", duty=1024),
        S("Oil pressure", "die_clamp", dwell_s=0.5, record="oil_pressure", window=(1200, 2100)),
        S("Build force", "die_clamp ram_advance", "at_ram_force", 25, reach=(("ram_force", 1500),)),
        S("Hold force", "die_clamp", dwell_s=2.0, record="ram_force", window=(1480, 1750)),
        S("Ram up", "die_clamp ram_return", "ram_top", 12),
        S("Unclamp die", "", "!die_clamped"),
    ),
    3: (
        _CLAMP,
        S("Gas on", "clamp gas_valve", "gas_ok at_gas_flow", reach=_GAS),
        S(
            "Weld coupon",
            "clamp gas_valve robot_start",
            "robot_done",
            25,
            program=1,
            record="weld_current",
            window=(170, 210),
        ),
        S("Robot clear, gas off", "clamp", "!robot_done !gas_ok", program=0),
        _UNCLAMP,
    ),
    4: (
        _CLAMP,
        S("Coolant on", "clamp coolant", "coolant_ok at_coolant_flow", reach=_CUTTING),
        S("Spindle up", "clamp coolant spindle", "at_spindle_speed", 15, duty=827, reach=_CUTTING),
        S(
            "Spindle speed",
            "clamp coolant spindle",
            dwell_s=2.0,
            record="spindle_speed",
            window=(7700, 8300),
            reach=_CUTTING,
        ),
        S("Spindle down", "clamp coolant", "!at_spindle_speed", 10, dwell_s=2.5, reach=_CUTTING),
        S("Coolant off", "clamp", "!coolant_ok", duty=0),
        _UNCLAMP,
    ),
    5: (
        _CLAMP,
        S("Press test block", "clamp press_advance", "at_press_force", 15, reach=(("press_force", 80),)),
        S("Press home", "clamp", "press_home"),
        S(
            "Tighten test joint",
            "clamp nutrunner_start",
            "nutrunner_done",
            20,
            program=1,
            record="nut_torque",
            window=(500, 700),
        ),
        S("Nutrunner clear", "clamp", "!nutrunner_done", program=0),
        _UNCLAMP,
    ),
    6: (
        _CLAMP,
        S("Mate connector", "clamp connector_mate", "connector_mated"),
        S("Continuity", "clamp connector_mate", "continuity_ok", program=1),
        S("Raise voltage", "clamp connector_mate high_voltage", "at_test_voltage", reach=_VOLTS),
        S(
            "Insulation",
            "clamp connector_mate high_voltage",
            "at_test_voltage",
            dwell_s=2.0,
            reach=_VOLTS,
            record="insulation",
            window=(100, 1000),
        ),
        S("Discharge", "clamp connector_mate", "discharged !continuity_ok", program=0),
        S("Unmate connector", "clamp", "!connector_mated"),
        _UNCLAMP,
    ),
    7: (
        S("Raise cell", "lift", "lift_up", 15),
        S("Precharge", "lift precharge", "at_bus_voltage", 15, reach=_BUS),
        S("Close contactor", "lift precharge contactor", "contactor_closed", reach=_BUS),
        S(
            "Under load",
            "lift precharge contactor",
            "contactor_closed",
            dwell_s=3.0,
            record="bus_voltage",
            window=(450, 520),
        ),
        S("Open contactor", "lift", "!contactor_closed"),
        S("Discharge bus", "lift", "!at_bus_voltage", 15, dwell_s=0.5, reach=(("bus_voltage", 120),)),
        S("Lower lift", "", "lift_down", 15),
    ),
    8: (
        S("Picture of the target", "camera_trigger", dwell_s=0.5, record="vision_offset", window=(-150, 150)),
        S("Slide in", "slide_start", "slide_done", 35),
        S("Slide back", "", "!slide_done"),
    ),
    9: (
        S("Needles down", "needles", "needles_down"),
        S("Flash test controller", "needles flash_start", "flash_done crc_ok", 40),
        S("Flasher clear", "needles", "!flash_done"),
        S("Settle joint", "needles joint_enable", dwell_s=3.0, program=1, record="joint_offset", window=(-80, 80)),
        S("Needles up", "", "needles_up", program=0),
    ),
    10: (
        _CLAMP,
        S(
            "Bench on the master robot",
            "clamp bench_start",
            "bench_done",
            30,
            program=1,
            record="bench_torque",
            window=(550, 850),
        ),
        S("Bench clear", "clamp", "!bench_done", program=0),
        _UNCLAMP,
    ),
    11: (
        S("Warm the chamber", "heater", "at_chamber_temperature", 1200, reach=(("chamber_temperature", 370),)),
        S("Chamber temperature", "heater", dwell_s=5.0, record="chamber_temperature", window=(360, 440)),
    ),
    12: (
        S("Tare scale", "", dwell_s=1.0, record="robot_mass", window=(0, 10)),
        S("Print test label", "label_start", "label_done", 15),
        S("Labeller clear", "", "!label_done"),
    ),
}

#: The sensor that a technician holds during the hot cycle, because the test piece would be seen by it.
PIECE: Final = {1: "tray_present", 7: "cell_seated"}
