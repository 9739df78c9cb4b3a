"""Alarms on values: limits around what a sequence records, station by station. Raw values, as in the I/O table.

A limit is judged when the sequence records the value, at the step where the value means something. Limits lie outside
the spread of a healthy station: one bad robot is a reject, not an alarm.
"""

from __future__ import annotations

from typing import Final

from protocols.alarms.alarm import Alarm, Beyond, Priority

LOW, HIGH = Priority.LOW, Priority.HIGH

VALUE_ALARMS: Final[tuple[Alarm, ...]] = (
    Alarm(
        112, "kit_light", "Kit too light", Beyond("tray_mass", False, 1150, 15), LOW,
        "A part is missing in the kit: a bin is empty or the gripper lost a part.",
        "The kit is emptied and picked anew; kitting falls behind.",
        "Look whether a bin is empty; refill it.", 15,
    ),
    Alarm(
        113, "kit_heavy", "Kit too heavy", Beyond("tray_mass", True, 1250, 15), LOW,
        "Two parts were gripped at once, or the load cell has drifted.",
        "The kit is emptied and picked anew; kitting falls behind.",
        "Look at the parts in the tray; zero the load cell with an empty tray.", 15,
    ),
    Alarm(
        212, "force_high", "Ram force high", Beyond("ram_force", True, 3200, 100), LOW,
        "The force set point is too high, or the valve closes late.",
        "The die wears, and the chassis may crack.",
        "Lower the force set point; have the valve looked at.", 10,
    ),
    Alarm(
        213, "oil_pressure_low", "Oil pressure low at the press", Beyond("oil_pressure", False, 1400, 50), LOW,
        "The hydraulic supply is weak or has tripped.",
        "The stroke becomes slow, then the press is held.",
        "Look at the hydraulic power unit: pump, level, filter.", 10, causes=(2, 4),
    ),
    Alarm(
        312, "tip_worn", "Weld current low: tip worn", Beyond("weld_current", False, 165, 10), LOW,
        "The welding tip is worn, or a cable is loose.",
        "Seams get too little current; frames are rejected.",
        "Lower the set point dress_after; change the tip at the next stop.", 30,
    ),
    Alarm(
        313, "current_high", "Weld current high", Beyond("weld_current", True, 240, 15), LOW,
        "The wire feed sticks, or the power source is out of calibration.",
        "Seams burn through.", "Stop the station after this frame; look at the power source.", 10,
    ),
    Alarm(
        412, "tool_worn", "Spindle load high: tool worn", Beyond("spindle_load", True, 850, 50), LOW,
        "The cutter is blunt.", "Seats become rough; at 90 % load the robot is rejected.",
        "Lower the set point tool_life, or the feed; change the tool at the next stop.", 30,
    ),
    Alarm(
        512, "press_force_high", "Joint press force high", Beyond("press_force", True, 250, 10), LOW,
        "The bearing is tilted or the seat too tight.", "The bearing is damaged.",
        "Look at the bearing magazine; check the force set point.", 10,
    ),
    Alarm(
        513, "torque_low", "Nut torque low", Beyond("nut_torque", False, 500, 30), LOW,
        "The nutrunner's clutch slips or the bit is worn.", "Joints are loose; robots are rejected.",
        "Change the bit; check the nutrunner on the torque tester.", 15,
    ),
    Alarm(
        514, "torque_high", "Nut torque high", Beyond("nut_torque", True, 700, 30), LOW,
        "A thread is damaged or dirty.", "Threads strip; robots are rejected.",
        "Look at the thread; check the nutrunner on the torque tester.", 15,
    ),
    Alarm(
        612, "insulation_low", "Insulation low", Beyond("insulation", False, 20, 20), LOW,
        "A harness is pinched, or the test connector is wet.", "A robot with this harness would be live: it is rejected.",
        "Look at the connector; dry or change it. Do not touch the robot before it is discharged.", 10,
    ),
    Alarm(
        712, "bus_voltage_low", "DC bus low under load", Beyond("bus_voltage", False, 450, 10), LOW,
        "The cell is weak, or the contactor has a burnt contact.", "The cell is rejected.",
        "Look at the charge of the cells in stock.", 15,
    ),
    Alarm(
        713, "bus_voltage_high", "DC bus high", Beyond("bus_voltage", True, 520, 10), LOW,
        "The precharge supply is out of adjustment.", "The robot's drives may be damaged.",
        "Hold the station; adjust the precharge supply.", 10,
    ),
    Alarm(
        714, "cell_hot", "Cell temperature high", Beyond("cell_temperature", True, 450, 30), HIGH,
        "A cell is damaged or overloaded.", "The cell may burn.",
        "Abort the station, keep clear, bring the cell to the quarantine box.", 2, latching=True, always=True,
    ),
    Alarm(
        812, "offset_left", "Limb offset drifts to minus", Beyond("vision_offset", False, -150, 50), LOW,
        "The camera has moved or the magazine is out of place.", "Robots are rejected.",
        "Run the camera's calibration; look at the magazine.", 20,
    ),
    Alarm(
        813, "offset_right", "Limb offset drifts to plus", Beyond("vision_offset", True, 150, 50), LOW,
        "The camera has moved or the magazine is out of place.", "Robots are rejected.",
        "Run the camera's calibration; look at the magazine.", 20,
    ),
    Alarm(
        912, "joint_minus", "Joint offset drifts to minus", Beyond("joint_offset", False, -80, 20), LOW,
        "The master arm is bent or the needle bed is loose.", "Robots are rejected.",
        "Check the master arm with the gauge.", 20,
    ),
    Alarm(
        913, "joint_plus", "Joint offset drifts to plus", Beyond("joint_offset", True, 80, 20), LOW,
        "The master arm is bent or the needle bed is loose.", "Robots are rejected.",
        "Check the master arm with the gauge.", 20,
    ),
    Alarm(
        1012, "bench_torque_low", "Bench torque very low", Beyond("bench_torque", False, 450, 50), LOW,
        "The bench's brake or its torque transducer fails.", "Good robots are sent to rework.",
        "Test the bench with the reference robot.", 15,
    ),
    Alarm(
        1013, "bench_current_high", "Bench current high", Beyond("bench_current", True, 350, 20), LOW,
        "The brake drags, or joints are assembled too tight.", "Robots are sent to rework.",
        "Test the bench with the reference robot; look at the force at joint assembly.", 15,
    ),
    Alarm(
        1112, "chamber_cold", "Chamber too cold", Beyond("chamber_temperature", False, 360, 10), LOW,
        "The door stood open, or a heater element is broken.", "Robots soak longer; the line is held up.",
        "Close the door; have the heater's currents measured.", 30,
    ),
    Alarm(
        1113, "chamber_hot", "Chamber too hot", Beyond("chamber_temperature", True, 430, 10), HIGH,
        "The heater's contactor sticks.", "Robots are damaged; danger of fire.",
        "Abort the station and switch the heater off at the cabinet.", 2, latching=True, always=True,
    ),
    Alarm(
        1212, "robot_light", "Robots too light", Beyond("robot_mass", False, 440, 10), LOW,
        "Parts are missing, or the scale has drifted.", "Robots are taken off as scrap.",
        "Zero the scale with an empty lift; look at the last robot.", 15,
    ),
    Alarm(
        1213, "robot_heavy", "Robots too heavy", Beyond("robot_mass", True, 560, 10), LOW,
        "Something was left on the robot, or the scale has drifted.", "Robots are taken off as scrap.",
        "Zero the scale with an empty lift; look at the last robot.", 15,
    ),
)  # fmt: skip
