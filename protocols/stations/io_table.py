"""The I/O table of the castle line: twelve stations, one board each. Everything else is derived from this page."""

from __future__ import annotations

from protocols.stations.station_io import (
    COMMON_INPUTS,
    COMMON_OUTPUTS,
    Analog,
    AxisIO,
    Highest,
    Lowest,
    Setpoint,
    StationIO,
    Target,
    Within,
)

KITTING = StationIO(
    number=1,
    name="kitting",
    title="Kitting",
    inputs=(*COMMON_INPUTS, "axis_home", "gripper_down", "part_gripped", "tray_present"),
    outputs=(*COMMON_OUTPUTS, "gripper_lower", "gripper_close", "tray_lock"),
    analogs=(Analog("tray_mass", "kg", 0, 2000, (1150, 1250), 2, "load cell under the kit tray"),),
    setpoints=(
        Setpoint("kit_mass", "kg", 1000, 1400, 1200, 2, doc="mass of a complete kit", aim=Target("tray_mass")),
        Setpoint(
            "kit_tolerance", "kg", 10, 100, 50, 2, doc="accepted deviation from the kit mass", aim=Within("tray_mass")
        ),
    ),
    axis=AxisIO(stroke=16000, acceleration=20000),
    forbid=(("tray_lock", "tray_present"),),
    keep=("gripper_close", "tray_lock"),
    rest=("axis_home",),
    design_cycle_ds=430,
)

PRESS = StationIO(
    number=2,
    name="press",
    title="Chassis press",
    inputs=(*COMMON_INPUTS, "die_clamped", "ram_top", "ram_low", "curtain_clear"),
    outputs=(*COMMON_OUTPUTS, "die_clamp", "ram_advance", "ram_return"),
    analogs=(
        Analog("ram_force", "kN", 0, 4000, (0, 3200), 1, "force from the ram's pressure transmitter"),
        Analog("ram_position", "mm", 0, 5000, (0, 4500), 1, "ram position, 0 = top"),
        Analog("oil_pressure", "bar", 0, 2500, (1400, 1900), 1, "hydraulic supply at the press"),
    ),
    setpoints=(
        Setpoint(
            "press_force",
            "kN",
            1500,
            3500,
            2500,
            1,
            ramp=100,
            doc="force at which the ram holds",
            aim=Target("ram_force"),
        ),
        Setpoint("hold_time", "s", 10, 200, 120, 1, doc="time at force"),
    ),
    modulated="ram_advance",
    forbid=(("ram_advance", "die_clamped"), ("ram_advance", "curtain_clear")),
    keep=("die_clamp",),
    rest=("ram_top", "curtain_clear"),
    design_cycle_ds=540,
)

WELD = StationIO(
    number=3,
    name="weld",
    title="Frame weld",
    inputs=(*COMMON_INPUTS, "clamped", "robot_done", "robot_fault", "gas_ok"),
    outputs=(*COMMON_OUTPUTS, "clamp", "robot_start", "gas_valve"),
    analogs=(
        Analog("weld_current", "A", 0, 400, (170, 210), 0, "arc current"),
        Analog("gas_flow", "l/min", 0, 300, (120, 200), 1, "shielding gas"),
    ),
    setpoints=(
        Setpoint("current_low", "A", 100, 250, 170, doc="lowest accepted arc current", aim=Lowest("weld_current")),
        Setpoint("dress_after", "robots", 5, 200, 40, doc="robots between two tip dressings"),
    ),
    forbid=(("robot_start", "clamped"),),
    keep=("clamp",),
    design_cycle_ds=550,
)

MACHINING = StationIO(
    number=4,
    name="machining",
    title="Machining",
    inputs=(*COMMON_INPUTS, "clamped", "axis_home", "coolant_ok", "tool_ok"),
    outputs=(*COMMON_OUTPUTS, "clamp", "coolant", "spindle"),
    analogs=(
        Analog("spindle_speed", "rpm", 0, 12000, (0, 9500), 0, "spindle encoder"),
        Analog("spindle_load", "%", 0, 1500, (0, 900), 1, "spindle drive current"),
        Analog("coolant_flow", "l/min", 0, 200, (60, 140), 1, "cooling lubricant"),
    ),
    setpoints=(
        Setpoint(
            "spindle_speed", "rpm", 3000, 10000, 8000, ramp=1000, doc="cutting speed", aim=Target("spindle_speed")
        ),
        Setpoint("feed", "mm/s", 40, 150, 67, 1, doc="cutting feed"),
        Setpoint("tool_life", "robots", 10, 300, 60, doc="robots between two tool changes"),
    ),
    axis=AxisIO(stroke=6000, acceleration=20000),
    modulated="spindle",
    forbid=(("spindle", "clamped"),),
    keep=("clamp", "coolant"),
    rest=("axis_home", "tool_ok"),
    design_cycle_ds=575,
)

ASSEMBLY = StationIO(
    number=5,
    name="assembly",
    title="Joint assembly",
    inputs=(*COMMON_INPUTS, "clamped", "press_home", "nutrunner_done", "nutrunner_fault"),
    outputs=(*COMMON_OUTPUTS, "clamp", "press_advance", "nutrunner_start"),
    analogs=(
        Analog("press_force", "kN", 0, 300, (0, 250), 1, "servo press load cell"),
        Analog("nut_torque", "N·m", 0, 1000, (540, 660), 2, "nutrunner torque transducer"),
    ),
    setpoints=(
        Setpoint(
            "joint_force",
            "kN",
            80,
            250,
            160,
            1,
            ramp=10,
            doc="seating force of the joint bearing",
            aim=Target("press_force"),
        ),
        Setpoint("torque_low", "N·m", 300, 600, 540, 2, doc="lowest accepted torque", aim=Lowest("nut_torque")),
        Setpoint("torque_high", "N·m", 600, 900, 660, 2, doc="highest accepted torque", aim=Highest("nut_torque")),
    ),
    forbid=(("press_advance", "clamped"), ("nutrunner_start", "press_home")),
    keep=("clamp",),
    rest=("press_home",),
    design_cycle_ds=555,
)

HARNESS = StationIO(
    number=6,
    name="harness",
    title="Harness",
    inputs=(*COMMON_INPUTS, "clamped", "connector_mated", "continuity_ok", "discharged"),
    outputs=(*COMMON_OUTPUTS, "clamp", "connector_mate", "high_voltage"),
    analogs=(
        Analog("insulation", "Mohm", 0, 1000, (100, 1000), 1, "insulation resistance at 500 V"),
        Analog("test_voltage", "V", 0, 600, (0, 520), 0, "insulation tester output"),
    ),
    setpoints=(
        Setpoint(
            "insulation_low",
            "Mohm",
            10,
            500,
            100,
            1,
            doc="lowest accepted insulation resistance",
            aim=Lowest("insulation"),
        ),
        Setpoint("test_time", "s", 20, 300, 185, 1, doc="time at test voltage per circuit"),
    ),
    forbid=(("high_voltage", "connector_mated"),),
    keep=("clamp", "connector_mate"),
    rest=("discharged",),
    design_cycle_ds=530,
)

POWER_CELL = StationIO(
    number=7,
    name="power_cell",
    title="Power cell",
    inputs=(*COMMON_INPUTS, "lift_up", "lift_down", "contactor_closed", "cell_seated"),
    outputs=(*COMMON_OUTPUTS, "lift", "precharge", "contactor"),
    analogs=(
        Analog("bus_voltage", "V", 0, 600, (0, 520), 1, "robot DC bus"),
        Analog("cell_temperature", "°C", 0, 1000, (150, 400), 1, "hottest cell"),
    ),
    setpoints=(
        Setpoint(
            "precharge_level",
            "V",
            400,
            475,
            456,
            1,
            doc="bus voltage that permits the main contactor",
            aim=Lowest("bus_voltage"),
        ),
        Setpoint("soak_time", "s", 30, 300, 182, 1, doc="time under load"),
    ),
    forbid=(("precharge", "cell_seated"), ("contactor", "cell_seated")),
    keep=("lift",),
    rest=("lift_down",),
    design_cycle_ds=560,
)

MARRIAGE = StationIO(
    number=8,
    name="marriage",
    title="Limb marriage",
    inputs=(*COMMON_INPUTS, "axis_home", "limb_gripped", "slide_done", "curtain_clear"),
    outputs=(*COMMON_OUTPUTS, "gripper", "slide_start", "camera_trigger"),
    analogs=(
        Analog("vision_offset", "mm", -1000, 1000, (-100, 100), 3, "camera: limb to socket"),
        Analog("insertion_force", "N", 0, 2000, (0, 900), 0, "force at the slide"),
    ),
    setpoints=(
        Setpoint(
            "offset_window", "mm", 20, 300, 100, 3, doc="accepted offset to either side", aim=Within("vision_offset")
        ),
    ),
    axis=AxisIO(stroke=12000, acceleration=15000),
    forbid=(("slide_start", "curtain_clear"),),
    keep=("gripper",),
    rest=("axis_home", "curtain_clear"),
    design_cycle_ds=525,
)

CALIBRATE = StationIO(
    number=9,
    name="calibrate",
    title="Flash and calibrate",
    inputs=(*COMMON_INPUTS, "needles_down", "needles_up", "flash_done", "crc_ok"),
    outputs=(*COMMON_OUTPUTS, "needles", "flash_start", "joint_enable"),
    analogs=(
        Analog("joint_offset", "°", -1000, 1000, (-50, 50), 3, "joint angle against the master"),
        Analog("supply_current", "A", 0, 1000, (0, 600), 2, "robot supply"),
    ),
    setpoints=(
        Setpoint(
            "offset_window", "°", 10, 200, 50, 3, doc="accepted joint offset to either side", aim=Within("joint_offset")
        ),
        Setpoint("settle_time", "s", 10, 100, 88, 1, doc="time a joint is held before it is measured"),
    ),
    forbid=(("flash_start", "needles_down"), ("joint_enable", "needles_down")),
    keep=("needles",),
    rest=("needles_up",),
    design_cycle_ds=545,
)

END_OF_LINE = StationIO(
    number=10,
    name="end_of_line",
    title="End-of-line test",
    inputs=(*COMMON_INPUTS, "clamped", "rework_clear", "bench_done", "bench_fault"),
    outputs=(*COMMON_OUTPUTS, "clamp", "bench_start", "divert"),
    analogs=(
        Analog("bench_torque", "N·m", 0, 1200, (550, 850), 1, "brake torque"),
        Analog("bench_current", "A", 0, 500, (80, 320), 1, "motor current under load"),
    ),
    setpoints=(
        Setpoint("torque_low", "N·m", 300, 700, 600, 1, doc="lowest accepted torque", aim=Lowest("bench_torque")),
        Setpoint("current_high", "A", 150, 450, 320, 1, doc="highest accepted current", aim=Highest("bench_current")),
    ),
    forbid=(("bench_start", "clamped"),),
    keep=("clamp",),
    rest=("rework_clear",),
    design_cycle_ds=575,
)

BURN_IN = StationIO(
    number=11,
    name="burn_in",
    title="Burn-in",
    inputs=(*COMMON_INPUTS, "index_done", "unload_present", "ejector_home", "slot_occupied"),
    outputs=(*COMMON_OUTPUTS, "index", "eject", "heater"),
    analogs=(Analog("chamber_temperature", "°C", 0, 1000, (370, 430), 1, "chamber air"),),
    setpoints=(
        Setpoint(
            "chamber_temperature", "°C", 300, 600, 400, 1, doc="chamber set point", aim=Target("chamber_temperature")
        ),
        Setpoint("soak_time", "s", 60, 1200, 360, doc="shortest time in the chamber"),
    ),
    modulated="heater",
    forbid=(("index", "ejector_home"),),
    keep=("heater",),
    rest=("ejector_home",),
    design_cycle_ds=520,
)

PACK_OUT = StationIO(
    number=12,
    name="pack_out",
    title="Pack-out",
    inputs=(*COMMON_INPUTS, "lift_up", "lift_down", "label_done", "robot_gripped"),
    outputs=(*COMMON_OUTPUTS, "lift", "label_start", "gripper"),
    analogs=(Analog("robot_mass", "kg", 0, 1000, (450, 550), 1, "scale under the lift"),),
    setpoints=(
        Setpoint("mass_low", "kg", 400, 500, 450, 1, doc="lowest accepted robot mass", aim=Lowest("robot_mass")),
        Setpoint("mass_high", "kg", 500, 600, 550, 1, doc="highest accepted robot mass", aim=Highest("robot_mass")),
    ),
    forbid=(("lift", "robot_gripped"),),
    keep=("gripper", "lift"),
    rest=("lift_down",),
    design_cycle_ds=390,
)

#: The castle line in the order of production.
STATIONS: tuple[StationIO, ...] = (
    KITTING,
    PRESS,
    WELD,
    MACHINING,
    ASSEMBLY,
    HARNESS,
    POWER_CELL,
    MARRIAGE,
    CALIBRATE,
    END_OF_LINE,
    BURN_IN,
    PACK_OUT,
)

BY_NUMBER: dict[int, StationIO] = {station.number: station for station in STATIONS}
