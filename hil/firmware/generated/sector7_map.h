/* The sector7 register map. Generated from the tag declarations by `make map`: do not edit.
 * Addresses are 0-based, 32- and 64-bit values big-endian by word. In a board's packed mirror the address
 * of a discrete input is its bit in status word 0, that of a coil its bit in command word 0. */
#ifndef S7_MAP_H
#define S7_MAP_H

#define S7_MAP_VERSION 2
#define S7_MAP_FINGERPRINT 0xFB2FF787ul

/* state numbers */
#define S7_STATE_UNDEFINED 0
#define S7_STATE_CLEARING 1
#define S7_STATE_STOPPED 2
#define S7_STATE_STARTING 3
#define S7_STATE_IDLE 4
#define S7_STATE_SUSPENDED 5
#define S7_STATE_EXECUTE 6
#define S7_STATE_STOPPING 7
#define S7_STATE_ABORTING 8
#define S7_STATE_ABORTED 9
#define S7_STATE_HOLDING 10
#define S7_STATE_HELD 11
#define S7_STATE_UNHOLDING 12
#define S7_STATE_SUSPENDING 13
#define S7_STATE_UNSUSPENDING 14
#define S7_STATE_RESETTING 15
#define S7_STATE_COMPLETING 16
#define S7_STATE_COMPLETE 17

/* command numbers */
#define S7_COMMAND_NONE 0
#define S7_COMMAND_RESET 1
#define S7_COMMAND_START 2
#define S7_COMMAND_STOP 3
#define S7_COMMAND_HOLD 4
#define S7_COMMAND_UNHOLD 5
#define S7_COMMAND_SUSPEND 6
#define S7_COMMAND_UNSUSPEND 7
#define S7_COMMAND_ABORT 8
#define S7_COMMAND_CLEAR 9
#define S7_COMMAND_COMPLETE 10

/* mode numbers */
#define S7_MODE_UNDEFINED 0
#define S7_MODE_PRODUCE 1
#define S7_MODE_MAINTENANCE 2
#define S7_MODE_MANUAL 3

/* reason numbers */
#define S7_REASON_NONE 0
#define S7_REASON_OPERATOR 1
#define S7_REASON_SAFETY 2
#define S7_REASON_INTERLOCK 3
#define S7_REASON_BOARD_LOST 4
#define S7_REASON_BOARD_TRIPPED 5
#define S7_REASON_UTILITY 6
#define S7_REASON_HOMING 7
#define S7_REASON_DEVICE_FAULT 8
#define S7_REASON_LINE 9
#define S7_REASON_OWNER_LOST 10
#define S7_REASON_STEP_TIMEOUT 100
#define S7_REASON_STEP_TIMEOUT_LAST 199

/* owner numbers */
#define S7_OWNER_INTERNAL_PROGRAM 0
#define S7_OWNER_EXTERNAL_PLC 1
#define S7_OWNER_MANUAL 2

/* condition numbers */
#define S7_CONDITION_EMPTY 0
#define S7_CONDITION_GOOD 1
#define S7_CONDITION_NOT_OK 2
#define S7_CONDITION_INCOMPLETE 3

/* reset numbers */
#define S7_RESET_NONE 0
#define S7_RESET_POWER_ON 1
#define S7_RESET_EXTERNAL 2
#define S7_RESET_BROWN_OUT 3
#define S7_RESET_WATCHDOG 4

/* every board */
#define S7_BOARD_LAYOUT_FINGERPRINT 0xDFC2FFC2ul
#define S7_BOARD_COILS 16
#define S7_BOARD_DISCRETE_INPUTS 16
#define S7_BOARD_INPUT_REGISTERS 32
#define S7_BOARD_HOLDING_REGISTERS 32
#define S7_BOARD_MIRROR_WRITE 0x1000
#define S7_BOARD_MIRROR_WRITE_WORDS 11
#define S7_BOARD_MIRROR_READ 0x1100
#define S7_BOARD_MIRROR_READ_WORDS 9
#define S7_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_BOARD_DUTY 2 /* holding register, u16 */
#define S7_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 1: Line PLC */
#define S7_UNIT_LINE_PLC 1
#define S7_LINE_PLC_COILS 64
#define S7_LINE_PLC_DISCRETE_INPUTS 256
#define S7_LINE_PLC_INPUT_REGISTERS 2048
#define S7_LINE_PLC_HOLDING_REGISTERS 512
#define S7_LINE_JAM_CLEAR_ALL 0 /* coil, bool: 0 to 1 calls the attendant to every station */
#define S7_ST01_JAM_CLEAR 1 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST02_JAM_CLEAR 2 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST03_JAM_CLEAR 3 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST04_JAM_CLEAR 4 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST05_JAM_CLEAR 5 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST06_JAM_CLEAR 6 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST07_JAM_CLEAR 7 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST08_JAM_CLEAR 8 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST09_JAM_CLEAR 9 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST10_JAM_CLEAR 10 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST11_JAM_CLEAR 11 /* coil, bool: 0 to 1 calls the attendant */
#define S7_ST12_JAM_CLEAR 12 /* coil, bool: 0 to 1 calls the attendant */
#define S7_LINE_E_STOP_OK 0 /* discrete input, bool: no emergency stop is pressed */
#define S7_LINE_AIR_OK 1 /* discrete input, bool: compressed air above its low limit */
#define S7_LINE_HYDRAULICS_OK 2 /* discrete input, bool: hydraulic pressure above its low limit */
#define S7_LINE_COOLING_OK 3 /* discrete input, bool: cooling water above its low limit */
#define S7_LINE_MAINS_OK 4 /* discrete input, bool: the process supply is there, from the mains or from the generator */
#define S7_LINE_PRODUCING 5 /* discrete input, bool: the line is in Execute */
#define S7_LINE_FAULT_ACTIVE 6 /* discrete input, bool: at least one station has a stop reason */
#define S7_LINE_ORDER_COMPLETE 7 /* discrete input, bool: the ordered quantity is packed */
#define S7_ST01_FITTED 16 /* discrete input, bool: the station is part of this recipe */
#define S7_ST01_SAFETY_OK 17 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST01_LINK_OK 18 /* discrete input, bool: the station's board answers */
#define S7_ST01_BLOCKED 19 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST01_STARVED 20 /* discrete input, bool: waits for a pallet */
#define S7_ST01_FAULT 21 /* discrete input, bool: stopped with a reason */
#define S7_ST01_INTERLOCK 22 /* discrete input, bool: the board withholds an output */
#define S7_ST01_EXECUTING 23 /* discrete input, bool: in Execute */
#define S7_ST01_PALLET_PRESENT 24 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST01_TRIPPED 25 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST01_COMMAND_REFUSED 26 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST01_EXTERNAL_ALIVE 27 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST02_FITTED 32 /* discrete input, bool: the station is part of this recipe */
#define S7_ST02_SAFETY_OK 33 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST02_LINK_OK 34 /* discrete input, bool: the station's board answers */
#define S7_ST02_BLOCKED 35 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST02_STARVED 36 /* discrete input, bool: waits for a pallet */
#define S7_ST02_FAULT 37 /* discrete input, bool: stopped with a reason */
#define S7_ST02_INTERLOCK 38 /* discrete input, bool: the board withholds an output */
#define S7_ST02_EXECUTING 39 /* discrete input, bool: in Execute */
#define S7_ST02_PALLET_PRESENT 40 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST02_TRIPPED 41 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST02_COMMAND_REFUSED 42 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST02_EXTERNAL_ALIVE 43 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST03_FITTED 48 /* discrete input, bool: the station is part of this recipe */
#define S7_ST03_SAFETY_OK 49 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST03_LINK_OK 50 /* discrete input, bool: the station's board answers */
#define S7_ST03_BLOCKED 51 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST03_STARVED 52 /* discrete input, bool: waits for a pallet */
#define S7_ST03_FAULT 53 /* discrete input, bool: stopped with a reason */
#define S7_ST03_INTERLOCK 54 /* discrete input, bool: the board withholds an output */
#define S7_ST03_EXECUTING 55 /* discrete input, bool: in Execute */
#define S7_ST03_PALLET_PRESENT 56 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST03_TRIPPED 57 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST03_COMMAND_REFUSED 58 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST03_EXTERNAL_ALIVE 59 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST04_FITTED 64 /* discrete input, bool: the station is part of this recipe */
#define S7_ST04_SAFETY_OK 65 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST04_LINK_OK 66 /* discrete input, bool: the station's board answers */
#define S7_ST04_BLOCKED 67 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST04_STARVED 68 /* discrete input, bool: waits for a pallet */
#define S7_ST04_FAULT 69 /* discrete input, bool: stopped with a reason */
#define S7_ST04_INTERLOCK 70 /* discrete input, bool: the board withholds an output */
#define S7_ST04_EXECUTING 71 /* discrete input, bool: in Execute */
#define S7_ST04_PALLET_PRESENT 72 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST04_TRIPPED 73 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST04_COMMAND_REFUSED 74 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST04_EXTERNAL_ALIVE 75 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST05_FITTED 80 /* discrete input, bool: the station is part of this recipe */
#define S7_ST05_SAFETY_OK 81 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST05_LINK_OK 82 /* discrete input, bool: the station's board answers */
#define S7_ST05_BLOCKED 83 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST05_STARVED 84 /* discrete input, bool: waits for a pallet */
#define S7_ST05_FAULT 85 /* discrete input, bool: stopped with a reason */
#define S7_ST05_INTERLOCK 86 /* discrete input, bool: the board withholds an output */
#define S7_ST05_EXECUTING 87 /* discrete input, bool: in Execute */
#define S7_ST05_PALLET_PRESENT 88 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST05_TRIPPED 89 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST05_COMMAND_REFUSED 90 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST05_EXTERNAL_ALIVE 91 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST06_FITTED 96 /* discrete input, bool: the station is part of this recipe */
#define S7_ST06_SAFETY_OK 97 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST06_LINK_OK 98 /* discrete input, bool: the station's board answers */
#define S7_ST06_BLOCKED 99 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST06_STARVED 100 /* discrete input, bool: waits for a pallet */
#define S7_ST06_FAULT 101 /* discrete input, bool: stopped with a reason */
#define S7_ST06_INTERLOCK 102 /* discrete input, bool: the board withholds an output */
#define S7_ST06_EXECUTING 103 /* discrete input, bool: in Execute */
#define S7_ST06_PALLET_PRESENT 104 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST06_TRIPPED 105 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST06_COMMAND_REFUSED 106 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST06_EXTERNAL_ALIVE 107 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST07_FITTED 112 /* discrete input, bool: the station is part of this recipe */
#define S7_ST07_SAFETY_OK 113 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST07_LINK_OK 114 /* discrete input, bool: the station's board answers */
#define S7_ST07_BLOCKED 115 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST07_STARVED 116 /* discrete input, bool: waits for a pallet */
#define S7_ST07_FAULT 117 /* discrete input, bool: stopped with a reason */
#define S7_ST07_INTERLOCK 118 /* discrete input, bool: the board withholds an output */
#define S7_ST07_EXECUTING 119 /* discrete input, bool: in Execute */
#define S7_ST07_PALLET_PRESENT 120 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST07_TRIPPED 121 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST07_COMMAND_REFUSED 122 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST07_EXTERNAL_ALIVE 123 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST08_FITTED 128 /* discrete input, bool: the station is part of this recipe */
#define S7_ST08_SAFETY_OK 129 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST08_LINK_OK 130 /* discrete input, bool: the station's board answers */
#define S7_ST08_BLOCKED 131 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST08_STARVED 132 /* discrete input, bool: waits for a pallet */
#define S7_ST08_FAULT 133 /* discrete input, bool: stopped with a reason */
#define S7_ST08_INTERLOCK 134 /* discrete input, bool: the board withholds an output */
#define S7_ST08_EXECUTING 135 /* discrete input, bool: in Execute */
#define S7_ST08_PALLET_PRESENT 136 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST08_TRIPPED 137 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST08_COMMAND_REFUSED 138 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST08_EXTERNAL_ALIVE 139 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST09_FITTED 144 /* discrete input, bool: the station is part of this recipe */
#define S7_ST09_SAFETY_OK 145 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST09_LINK_OK 146 /* discrete input, bool: the station's board answers */
#define S7_ST09_BLOCKED 147 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST09_STARVED 148 /* discrete input, bool: waits for a pallet */
#define S7_ST09_FAULT 149 /* discrete input, bool: stopped with a reason */
#define S7_ST09_INTERLOCK 150 /* discrete input, bool: the board withholds an output */
#define S7_ST09_EXECUTING 151 /* discrete input, bool: in Execute */
#define S7_ST09_PALLET_PRESENT 152 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST09_TRIPPED 153 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST09_COMMAND_REFUSED 154 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST09_EXTERNAL_ALIVE 155 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST10_FITTED 160 /* discrete input, bool: the station is part of this recipe */
#define S7_ST10_SAFETY_OK 161 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST10_LINK_OK 162 /* discrete input, bool: the station's board answers */
#define S7_ST10_BLOCKED 163 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST10_STARVED 164 /* discrete input, bool: waits for a pallet */
#define S7_ST10_FAULT 165 /* discrete input, bool: stopped with a reason */
#define S7_ST10_INTERLOCK 166 /* discrete input, bool: the board withholds an output */
#define S7_ST10_EXECUTING 167 /* discrete input, bool: in Execute */
#define S7_ST10_PALLET_PRESENT 168 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST10_TRIPPED 169 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST10_COMMAND_REFUSED 170 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST10_EXTERNAL_ALIVE 171 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST11_FITTED 176 /* discrete input, bool: the station is part of this recipe */
#define S7_ST11_SAFETY_OK 177 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST11_LINK_OK 178 /* discrete input, bool: the station's board answers */
#define S7_ST11_BLOCKED 179 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST11_STARVED 180 /* discrete input, bool: waits for a pallet */
#define S7_ST11_FAULT 181 /* discrete input, bool: stopped with a reason */
#define S7_ST11_INTERLOCK 182 /* discrete input, bool: the board withholds an output */
#define S7_ST11_EXECUTING 183 /* discrete input, bool: in Execute */
#define S7_ST11_PALLET_PRESENT 184 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST11_TRIPPED 185 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST11_COMMAND_REFUSED 186 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST11_EXTERNAL_ALIVE 187 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST12_FITTED 192 /* discrete input, bool: the station is part of this recipe */
#define S7_ST12_SAFETY_OK 193 /* discrete input, bool: the station's safety chain is closed */
#define S7_ST12_LINK_OK 194 /* discrete input, bool: the station's board answers */
#define S7_ST12_BLOCKED 195 /* discrete input, bool: waits for room on the outfeed */
#define S7_ST12_STARVED 196 /* discrete input, bool: waits for a pallet */
#define S7_ST12_FAULT 197 /* discrete input, bool: stopped with a reason */
#define S7_ST12_INTERLOCK 198 /* discrete input, bool: the board withholds an output */
#define S7_ST12_EXECUTING 199 /* discrete input, bool: in Execute */
#define S7_ST12_PALLET_PRESENT 200 /* discrete input, bool: a pallet stands at the stopper */
#define S7_ST12_TRIPPED 201 /* discrete input, bool: the board waits for an acknowledge */
#define S7_ST12_COMMAND_REFUSED 202 /* discrete input, bool: the last command was not allowed in that state */
#define S7_ST12_EXTERNAL_ALIVE 203 /* discrete input, bool: an external owner's heartbeat is there (true while nobody external owns the station) */
#define S7_ST01_RELEASED 208 /* discrete input, bool: released for production */
#define S7_ST02_RELEASED 209 /* discrete input, bool: released for production */
#define S7_ST03_RELEASED 210 /* discrete input, bool: released for production */
#define S7_ST04_RELEASED 211 /* discrete input, bool: released for production */
#define S7_ST05_RELEASED 212 /* discrete input, bool: released for production */
#define S7_ST06_RELEASED 213 /* discrete input, bool: released for production */
#define S7_ST07_RELEASED 214 /* discrete input, bool: released for production */
#define S7_ST08_RELEASED 215 /* discrete input, bool: released for production */
#define S7_ST09_RELEASED 216 /* discrete input, bool: released for production */
#define S7_ST10_RELEASED 217 /* discrete input, bool: released for production */
#define S7_ST11_RELEASED 218 /* discrete input, bool: released for production */
#define S7_ST12_RELEASED 219 /* discrete input, bool: released for production */
#define S7_LINE_ALL_RELEASED 220 /* discrete input, bool: every station is released for production */
#define S7_LINE_INJECTED 224 /* discrete input, bool: a fault is injected somewhere */
#define S7_LINE_DEGRADED 232 /* discrete input, bool: something stands in for a machine, or parts are missing */
#define S7_LINE_MAP_VERSION 0 /* input register, u16: version of this register map */
#define S7_LINE_MAP_FINGERPRINT 1 /* input register, u32: CRC-32 over names, addresses and formats */
#define S7_LINE_GENERATION_BEFORE 3 /* input register, u16: equals GenerationAfter when several reads saw one instant */
#define S7_LINE_SIMULATED_TIME 4 /* input register, u64: plant time */
#define S7_LINE_RUN_EPOCH 8 /* input register, u32: changes with every new run: plant time began anew */
#define S7_LINE_HEARTBEAT 10 /* input register, u16: seconds of plant time, modulo 65536 */
#define S7_LINE_STATE_CURRENT 11 /* input register, u16: PackML state of the line */
#define S7_LINE_UNIT_MODE_CURRENT 12 /* input register, u16: PackML mode of the line */
#define S7_LINE_SPEED_FACTOR 13 /* input register, u16: plant seconds per wall second, 0 = paused */
#define S7_LINE_ORDER_NUMBER 14 /* input register, u16: current production order */
#define S7_LINE_ORDER_TARGET 15 /* input register, u16: robots ordered, 0 = no end */
#define S7_LINE_ORDER_DONE 16 /* input register, u16: robots completed for the order */
#define S7_LINE_ROBOTS_STARTED 18 /* input register, u32: robots begun at kitting */
#define S7_LINE_ROBOTS_COMPLETED 20 /* input register, u32: good robots packed */
#define S7_LINE_ROBOTS_SCRAPPED 22 /* input register, u32: robots removed as scrap */
#define S7_LINE_ROBOTS_IN_PROCESS 24 /* input register, u16: robots on the line */
#define S7_LINE_PALLETS 25 /* input register, u16: pallets in circulation (the WIP cap) */
#define S7_LINE_OEE 26 /* input register, u16: overall equipment effectiveness at pack-out against the takt (ISO 22400) */
#define S7_LINE_AVAILABILITY 27 /* input register, u16: actual production time / planned busy time */
#define S7_LINE_EFFECTIVENESS 28 /* input register, u16: takt x produced quantity / actual production time */
#define S7_LINE_QUALITY_RATIO 29 /* input register, u16: good quantity / produced quantity */
#define S7_LINE_RATE 30 /* input register, u16: good robots in the last hour of plant time */
#define S7_LINE_TAKT_TARGET 31 /* input register, u16: planned takt */
#define S7_LINE_CONSTRAINT 32 /* input register, u16: station that limits the line now, 0 = none */
#define S7_LINE_FAULTS_ACTIVE 33 /* input register, u16: stations with a stop reason */
#define S7_LINE_STATIONS_EXECUTING 34 /* input register, u16: stations in Execute */
#define S7_LINE_NEWEST_FAULT_STATION 35 /* input register, u16: station of the newest stop reason */
#define S7_LINE_NEWEST_FAULT_REASON 36 /* input register, u16: newest stop reason */
#define S7_LINE_AIR_PRESSURE 37 /* input register, u16: compressed air main */
#define S7_LINE_HYDRAULIC_PRESSURE 38 /* input register, u16: hydraulic main */
#define S7_LINE_COOLING_PRESSURE 39 /* input register, u16: cooling water main */
#define S7_LINE_MAINS_VOLTAGE 40 /* input register, u16: mains, phase to phase */
#define S7_LINE_CONTROL_VOLTAGE 41 /* input register, u16: 24 V control bus */
#define S7_LINE_IGNORED_WRITES 42 /* input register, u32: well-formed writes by a master that does not own the target */
#define S7_LINE_REQUESTS 44 /* input register, u32: Modbus requests answered */
#define S7_LINE_EXCEPTIONS 46 /* input register, u32: Modbus exceptions answered */
#define S7_LINE_CLIENTS 48 /* input register, u16: connected Modbus clients */
#define S7_LINE_LAG 50 /* input register, u32: wall time by which the plant has slipped because the machine was too slow */
#define S7_LINE_BYTES_RECEIVED 52 /* input register, u32: bytes of Modbus that came in */
#define S7_LINE_BYTES_SENT 54 /* input register, u32: bytes of Modbus that went out */
#define S7_ST01_STATE_CURRENT 64 /* input register, u16: PackML state */
#define S7_ST01_UNIT_MODE_CURRENT 65 /* input register, u16: PackML mode */
#define S7_ST01_STATE_REQUESTED 66 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST01_STEP_NUMBER 67 /* input register, u16: step of the sequence */
#define S7_ST01_STOP_REASON 68 /* input register, u16: why the station stopped */
#define S7_ST01_START_INTERLOCK 69 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST01_STATE_ELAPSED 70 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST01_STEP_ELAPSED 71 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST01_PROD_PROCESSED_COUNT 72 /* input register, u32: robots processed */
#define S7_ST01_PROD_DEFECTIVE_COUNT 74 /* input register, u32: robots rejected here */
#define S7_ST01_CYCLE_TIME 76 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST01_DESIGN_CYCLE_TIME 77 /* input register, u16: cycle time the station was designed for */
#define S7_ST01_OEE 78 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST01_AVAILABILITY 79 /* input register, u16: actual production time / planned busy time */
#define S7_ST01_EFFECTIVENESS 80 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST01_QUALITY_RATIO 81 /* input register, u16: passed / processed */
#define S7_ST01_TRAY_MASS 82 /* input register, u16: load cell under the kit tray */
#define S7_ST01_KIT_MASS_ACTIVE 86 /* input register, u16: mass of a complete kit, as it is now */
#define S7_ST01_KIT_TOLERANCE_ACTIVE 87 /* input register, u16: accepted deviation from the kit mass, as it is now */
#define S7_ST01_PALLET_NUMBER 90 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST01_CARRIER_CONDITION 91 /* input register, u16: what the pallet at the read head carries */
#define S7_ST01_SERIAL_NUMBER 92 /* input register, u32: serial number of the robot at the station */
#define S7_ST01_TIME_EXECUTE 94 /* input register, u32: cumulated time in Execute */
#define S7_ST01_INFEED_COUNT 96 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST01_INFEED_CAPACITY 97 /* input register, u16: places on the infeed conveyor */
#define S7_ST01_TIME_STARVED 98 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST01_TIME_BLOCKED 100 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST01_TIME_HELD 102 /* input register, u32: cumulated time in Held */
#define S7_ST01_TIME_ABORTED 104 /* input register, u32: cumulated time in Aborted */
#define S7_ST01_TIME_MAINTENANCE 106 /* input register, u32: cumulated time out of production mode */
#define S7_ST01_FAILURES 108 /* input register, u16: stops with a fault reason */
#define S7_ST01_CURRENT_PROGRAM 109 /* input register, u16: program number given to the station's device */
#define S7_ST01_OWNER 110 /* input register, u16: who commands the station's actuators */
#define S7_ST01_IGNORED_WRITES 111 /* input register, u16: writes by a master that does not own the station */
#define S7_ST02_STATE_CURRENT 112 /* input register, u16: PackML state */
#define S7_ST02_UNIT_MODE_CURRENT 113 /* input register, u16: PackML mode */
#define S7_ST02_STATE_REQUESTED 114 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST02_STEP_NUMBER 115 /* input register, u16: step of the sequence */
#define S7_ST02_STOP_REASON 116 /* input register, u16: why the station stopped */
#define S7_ST02_START_INTERLOCK 117 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST02_STATE_ELAPSED 118 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST02_STEP_ELAPSED 119 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST02_PROD_PROCESSED_COUNT 120 /* input register, u32: robots processed */
#define S7_ST02_PROD_DEFECTIVE_COUNT 122 /* input register, u32: robots rejected here */
#define S7_ST02_CYCLE_TIME 124 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST02_DESIGN_CYCLE_TIME 125 /* input register, u16: cycle time the station was designed for */
#define S7_ST02_OEE 126 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST02_AVAILABILITY 127 /* input register, u16: actual production time / planned busy time */
#define S7_ST02_EFFECTIVENESS 128 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST02_QUALITY_RATIO 129 /* input register, u16: passed / processed */
#define S7_ST02_RAM_FORCE 130 /* input register, u16: force from the ram's pressure transmitter */
#define S7_ST02_RAM_POSITION 131 /* input register, u16: ram position, 0 = top */
#define S7_ST02_OIL_PRESSURE 132 /* input register, u16: hydraulic supply at the press */
#define S7_ST02_PRESS_FORCE_ACTIVE 134 /* input register, u16: force at which the ram holds, as it is now */
#define S7_ST02_HOLD_TIME_ACTIVE 135 /* input register, u16: time at force, as it is now */
#define S7_ST02_PALLET_NUMBER 138 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST02_CARRIER_CONDITION 139 /* input register, u16: what the pallet at the read head carries */
#define S7_ST02_SERIAL_NUMBER 140 /* input register, u32: serial number of the robot at the station */
#define S7_ST02_TIME_EXECUTE 142 /* input register, u32: cumulated time in Execute */
#define S7_ST02_INFEED_COUNT 144 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST02_INFEED_CAPACITY 145 /* input register, u16: places on the infeed conveyor */
#define S7_ST02_TIME_STARVED 146 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST02_TIME_BLOCKED 148 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST02_TIME_HELD 150 /* input register, u32: cumulated time in Held */
#define S7_ST02_TIME_ABORTED 152 /* input register, u32: cumulated time in Aborted */
#define S7_ST02_TIME_MAINTENANCE 154 /* input register, u32: cumulated time out of production mode */
#define S7_ST02_FAILURES 156 /* input register, u16: stops with a fault reason */
#define S7_ST02_CURRENT_PROGRAM 157 /* input register, u16: program number given to the station's device */
#define S7_ST02_OWNER 158 /* input register, u16: who commands the station's actuators */
#define S7_ST02_IGNORED_WRITES 159 /* input register, u16: writes by a master that does not own the station */
#define S7_ST03_STATE_CURRENT 160 /* input register, u16: PackML state */
#define S7_ST03_UNIT_MODE_CURRENT 161 /* input register, u16: PackML mode */
#define S7_ST03_STATE_REQUESTED 162 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST03_STEP_NUMBER 163 /* input register, u16: step of the sequence */
#define S7_ST03_STOP_REASON 164 /* input register, u16: why the station stopped */
#define S7_ST03_START_INTERLOCK 165 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST03_STATE_ELAPSED 166 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST03_STEP_ELAPSED 167 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST03_PROD_PROCESSED_COUNT 168 /* input register, u32: robots processed */
#define S7_ST03_PROD_DEFECTIVE_COUNT 170 /* input register, u32: robots rejected here */
#define S7_ST03_CYCLE_TIME 172 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST03_DESIGN_CYCLE_TIME 173 /* input register, u16: cycle time the station was designed for */
#define S7_ST03_OEE 174 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST03_AVAILABILITY 175 /* input register, u16: actual production time / planned busy time */
#define S7_ST03_EFFECTIVENESS 176 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST03_QUALITY_RATIO 177 /* input register, u16: passed / processed */
#define S7_ST03_WELD_CURRENT 178 /* input register, u16: arc current */
#define S7_ST03_GAS_FLOW 179 /* input register, u16: shielding gas */
#define S7_ST03_CURRENT_LOW_ACTIVE 182 /* input register, u16: lowest accepted arc current, as it is now */
#define S7_ST03_DRESS_AFTER_ACTIVE 183 /* input register, u16: robots between two tip dressings, as it is now */
#define S7_ST03_PALLET_NUMBER 186 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST03_CARRIER_CONDITION 187 /* input register, u16: what the pallet at the read head carries */
#define S7_ST03_SERIAL_NUMBER 188 /* input register, u32: serial number of the robot at the station */
#define S7_ST03_TIME_EXECUTE 190 /* input register, u32: cumulated time in Execute */
#define S7_ST03_INFEED_COUNT 192 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST03_INFEED_CAPACITY 193 /* input register, u16: places on the infeed conveyor */
#define S7_ST03_TIME_STARVED 194 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST03_TIME_BLOCKED 196 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST03_TIME_HELD 198 /* input register, u32: cumulated time in Held */
#define S7_ST03_TIME_ABORTED 200 /* input register, u32: cumulated time in Aborted */
#define S7_ST03_TIME_MAINTENANCE 202 /* input register, u32: cumulated time out of production mode */
#define S7_ST03_FAILURES 204 /* input register, u16: stops with a fault reason */
#define S7_ST03_CURRENT_PROGRAM 205 /* input register, u16: program number given to the station's device */
#define S7_ST03_OWNER 206 /* input register, u16: who commands the station's actuators */
#define S7_ST03_IGNORED_WRITES 207 /* input register, u16: writes by a master that does not own the station */
#define S7_ST04_STATE_CURRENT 208 /* input register, u16: PackML state */
#define S7_ST04_UNIT_MODE_CURRENT 209 /* input register, u16: PackML mode */
#define S7_ST04_STATE_REQUESTED 210 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST04_STEP_NUMBER 211 /* input register, u16: step of the sequence */
#define S7_ST04_STOP_REASON 212 /* input register, u16: why the station stopped */
#define S7_ST04_START_INTERLOCK 213 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST04_STATE_ELAPSED 214 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST04_STEP_ELAPSED 215 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST04_PROD_PROCESSED_COUNT 216 /* input register, u32: robots processed */
#define S7_ST04_PROD_DEFECTIVE_COUNT 218 /* input register, u32: robots rejected here */
#define S7_ST04_CYCLE_TIME 220 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST04_DESIGN_CYCLE_TIME 221 /* input register, u16: cycle time the station was designed for */
#define S7_ST04_OEE 222 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST04_AVAILABILITY 223 /* input register, u16: actual production time / planned busy time */
#define S7_ST04_EFFECTIVENESS 224 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST04_QUALITY_RATIO 225 /* input register, u16: passed / processed */
#define S7_ST04_SPINDLE_SPEED 226 /* input register, u16: spindle encoder */
#define S7_ST04_SPINDLE_LOAD 227 /* input register, u16: spindle drive current */
#define S7_ST04_COOLANT_FLOW 228 /* input register, u16: cooling lubricant */
#define S7_ST04_SPINDLE_SPEED_ACTIVE 230 /* input register, u16: cutting speed, as it is now */
#define S7_ST04_FEED_ACTIVE 231 /* input register, u16: cutting feed, as it is now */
#define S7_ST04_TOOL_LIFE_ACTIVE 232 /* input register, u16: robots between two tool changes, as it is now */
#define S7_ST04_PALLET_NUMBER 234 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST04_CARRIER_CONDITION 235 /* input register, u16: what the pallet at the read head carries */
#define S7_ST04_SERIAL_NUMBER 236 /* input register, u32: serial number of the robot at the station */
#define S7_ST04_TIME_EXECUTE 238 /* input register, u32: cumulated time in Execute */
#define S7_ST04_INFEED_COUNT 240 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST04_INFEED_CAPACITY 241 /* input register, u16: places on the infeed conveyor */
#define S7_ST04_TIME_STARVED 242 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST04_TIME_BLOCKED 244 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST04_TIME_HELD 246 /* input register, u32: cumulated time in Held */
#define S7_ST04_TIME_ABORTED 248 /* input register, u32: cumulated time in Aborted */
#define S7_ST04_TIME_MAINTENANCE 250 /* input register, u32: cumulated time out of production mode */
#define S7_ST04_FAILURES 252 /* input register, u16: stops with a fault reason */
#define S7_ST04_CURRENT_PROGRAM 253 /* input register, u16: program number given to the station's device */
#define S7_ST04_OWNER 254 /* input register, u16: who commands the station's actuators */
#define S7_ST04_IGNORED_WRITES 255 /* input register, u16: writes by a master that does not own the station */
#define S7_ST05_STATE_CURRENT 256 /* input register, u16: PackML state */
#define S7_ST05_UNIT_MODE_CURRENT 257 /* input register, u16: PackML mode */
#define S7_ST05_STATE_REQUESTED 258 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST05_STEP_NUMBER 259 /* input register, u16: step of the sequence */
#define S7_ST05_STOP_REASON 260 /* input register, u16: why the station stopped */
#define S7_ST05_START_INTERLOCK 261 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST05_STATE_ELAPSED 262 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST05_STEP_ELAPSED 263 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST05_PROD_PROCESSED_COUNT 264 /* input register, u32: robots processed */
#define S7_ST05_PROD_DEFECTIVE_COUNT 266 /* input register, u32: robots rejected here */
#define S7_ST05_CYCLE_TIME 268 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST05_DESIGN_CYCLE_TIME 269 /* input register, u16: cycle time the station was designed for */
#define S7_ST05_OEE 270 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST05_AVAILABILITY 271 /* input register, u16: actual production time / planned busy time */
#define S7_ST05_EFFECTIVENESS 272 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST05_QUALITY_RATIO 273 /* input register, u16: passed / processed */
#define S7_ST05_PRESS_FORCE 274 /* input register, u16: servo press load cell */
#define S7_ST05_NUT_TORQUE 275 /* input register, u16: nutrunner torque transducer */
#define S7_ST05_JOINT_FORCE_ACTIVE 278 /* input register, u16: seating force of the joint bearing, as it is now */
#define S7_ST05_TORQUE_LOW_ACTIVE 279 /* input register, u16: lowest accepted torque, as it is now */
#define S7_ST05_TORQUE_HIGH_ACTIVE 280 /* input register, u16: highest accepted torque, as it is now */
#define S7_ST05_PALLET_NUMBER 282 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST05_CARRIER_CONDITION 283 /* input register, u16: what the pallet at the read head carries */
#define S7_ST05_SERIAL_NUMBER 284 /* input register, u32: serial number of the robot at the station */
#define S7_ST05_TIME_EXECUTE 286 /* input register, u32: cumulated time in Execute */
#define S7_ST05_INFEED_COUNT 288 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST05_INFEED_CAPACITY 289 /* input register, u16: places on the infeed conveyor */
#define S7_ST05_TIME_STARVED 290 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST05_TIME_BLOCKED 292 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST05_TIME_HELD 294 /* input register, u32: cumulated time in Held */
#define S7_ST05_TIME_ABORTED 296 /* input register, u32: cumulated time in Aborted */
#define S7_ST05_TIME_MAINTENANCE 298 /* input register, u32: cumulated time out of production mode */
#define S7_ST05_FAILURES 300 /* input register, u16: stops with a fault reason */
#define S7_ST05_CURRENT_PROGRAM 301 /* input register, u16: program number given to the station's device */
#define S7_ST05_OWNER 302 /* input register, u16: who commands the station's actuators */
#define S7_ST05_IGNORED_WRITES 303 /* input register, u16: writes by a master that does not own the station */
#define S7_ST06_STATE_CURRENT 304 /* input register, u16: PackML state */
#define S7_ST06_UNIT_MODE_CURRENT 305 /* input register, u16: PackML mode */
#define S7_ST06_STATE_REQUESTED 306 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST06_STEP_NUMBER 307 /* input register, u16: step of the sequence */
#define S7_ST06_STOP_REASON 308 /* input register, u16: why the station stopped */
#define S7_ST06_START_INTERLOCK 309 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST06_STATE_ELAPSED 310 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST06_STEP_ELAPSED 311 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST06_PROD_PROCESSED_COUNT 312 /* input register, u32: robots processed */
#define S7_ST06_PROD_DEFECTIVE_COUNT 314 /* input register, u32: robots rejected here */
#define S7_ST06_CYCLE_TIME 316 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST06_DESIGN_CYCLE_TIME 317 /* input register, u16: cycle time the station was designed for */
#define S7_ST06_OEE 318 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST06_AVAILABILITY 319 /* input register, u16: actual production time / planned busy time */
#define S7_ST06_EFFECTIVENESS 320 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST06_QUALITY_RATIO 321 /* input register, u16: passed / processed */
#define S7_ST06_INSULATION 322 /* input register, u16: insulation resistance at 500 V */
#define S7_ST06_TEST_VOLTAGE 323 /* input register, u16: insulation tester output */
#define S7_ST06_INSULATION_LOW_ACTIVE 326 /* input register, u16: lowest accepted insulation resistance, as it is now */
#define S7_ST06_TEST_TIME_ACTIVE 327 /* input register, u16: time at test voltage per circuit, as it is now */
#define S7_ST06_PALLET_NUMBER 330 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST06_CARRIER_CONDITION 331 /* input register, u16: what the pallet at the read head carries */
#define S7_ST06_SERIAL_NUMBER 332 /* input register, u32: serial number of the robot at the station */
#define S7_ST06_TIME_EXECUTE 334 /* input register, u32: cumulated time in Execute */
#define S7_ST06_INFEED_COUNT 336 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST06_INFEED_CAPACITY 337 /* input register, u16: places on the infeed conveyor */
#define S7_ST06_TIME_STARVED 338 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST06_TIME_BLOCKED 340 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST06_TIME_HELD 342 /* input register, u32: cumulated time in Held */
#define S7_ST06_TIME_ABORTED 344 /* input register, u32: cumulated time in Aborted */
#define S7_ST06_TIME_MAINTENANCE 346 /* input register, u32: cumulated time out of production mode */
#define S7_ST06_FAILURES 348 /* input register, u16: stops with a fault reason */
#define S7_ST06_CURRENT_PROGRAM 349 /* input register, u16: program number given to the station's device */
#define S7_ST06_OWNER 350 /* input register, u16: who commands the station's actuators */
#define S7_ST06_IGNORED_WRITES 351 /* input register, u16: writes by a master that does not own the station */
#define S7_ST07_STATE_CURRENT 352 /* input register, u16: PackML state */
#define S7_ST07_UNIT_MODE_CURRENT 353 /* input register, u16: PackML mode */
#define S7_ST07_STATE_REQUESTED 354 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST07_STEP_NUMBER 355 /* input register, u16: step of the sequence */
#define S7_ST07_STOP_REASON 356 /* input register, u16: why the station stopped */
#define S7_ST07_START_INTERLOCK 357 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST07_STATE_ELAPSED 358 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST07_STEP_ELAPSED 359 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST07_PROD_PROCESSED_COUNT 360 /* input register, u32: robots processed */
#define S7_ST07_PROD_DEFECTIVE_COUNT 362 /* input register, u32: robots rejected here */
#define S7_ST07_CYCLE_TIME 364 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST07_DESIGN_CYCLE_TIME 365 /* input register, u16: cycle time the station was designed for */
#define S7_ST07_OEE 366 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST07_AVAILABILITY 367 /* input register, u16: actual production time / planned busy time */
#define S7_ST07_EFFECTIVENESS 368 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST07_QUALITY_RATIO 369 /* input register, u16: passed / processed */
#define S7_ST07_BUS_VOLTAGE 370 /* input register, u16: robot DC bus */
#define S7_ST07_CELL_TEMPERATURE 371 /* input register, u16: hottest cell */
#define S7_ST07_PRECHARGE_LEVEL_ACTIVE 374 /* input register, u16: bus voltage that permits the main contactor, as it is now */
#define S7_ST07_SOAK_TIME_ACTIVE 375 /* input register, u16: time under load, as it is now */
#define S7_ST07_PALLET_NUMBER 378 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST07_CARRIER_CONDITION 379 /* input register, u16: what the pallet at the read head carries */
#define S7_ST07_SERIAL_NUMBER 380 /* input register, u32: serial number of the robot at the station */
#define S7_ST07_TIME_EXECUTE 382 /* input register, u32: cumulated time in Execute */
#define S7_ST07_INFEED_COUNT 384 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST07_INFEED_CAPACITY 385 /* input register, u16: places on the infeed conveyor */
#define S7_ST07_TIME_STARVED 386 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST07_TIME_BLOCKED 388 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST07_TIME_HELD 390 /* input register, u32: cumulated time in Held */
#define S7_ST07_TIME_ABORTED 392 /* input register, u32: cumulated time in Aborted */
#define S7_ST07_TIME_MAINTENANCE 394 /* input register, u32: cumulated time out of production mode */
#define S7_ST07_FAILURES 396 /* input register, u16: stops with a fault reason */
#define S7_ST07_CURRENT_PROGRAM 397 /* input register, u16: program number given to the station's device */
#define S7_ST07_OWNER 398 /* input register, u16: who commands the station's actuators */
#define S7_ST07_IGNORED_WRITES 399 /* input register, u16: writes by a master that does not own the station */
#define S7_ST08_STATE_CURRENT 400 /* input register, u16: PackML state */
#define S7_ST08_UNIT_MODE_CURRENT 401 /* input register, u16: PackML mode */
#define S7_ST08_STATE_REQUESTED 402 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST08_STEP_NUMBER 403 /* input register, u16: step of the sequence */
#define S7_ST08_STOP_REASON 404 /* input register, u16: why the station stopped */
#define S7_ST08_START_INTERLOCK 405 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST08_STATE_ELAPSED 406 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST08_STEP_ELAPSED 407 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST08_PROD_PROCESSED_COUNT 408 /* input register, u32: robots processed */
#define S7_ST08_PROD_DEFECTIVE_COUNT 410 /* input register, u32: robots rejected here */
#define S7_ST08_CYCLE_TIME 412 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST08_DESIGN_CYCLE_TIME 413 /* input register, u16: cycle time the station was designed for */
#define S7_ST08_OEE 414 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST08_AVAILABILITY 415 /* input register, u16: actual production time / planned busy time */
#define S7_ST08_EFFECTIVENESS 416 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST08_QUALITY_RATIO 417 /* input register, u16: passed / processed */
#define S7_ST08_VISION_OFFSET 418 /* input register, i16: camera: limb to socket */
#define S7_ST08_INSERTION_FORCE 419 /* input register, u16: force at the slide */
#define S7_ST08_OFFSET_WINDOW_ACTIVE 422 /* input register, u16: accepted offset to either side, as it is now */
#define S7_ST08_PALLET_NUMBER 426 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST08_CARRIER_CONDITION 427 /* input register, u16: what the pallet at the read head carries */
#define S7_ST08_SERIAL_NUMBER 428 /* input register, u32: serial number of the robot at the station */
#define S7_ST08_TIME_EXECUTE 430 /* input register, u32: cumulated time in Execute */
#define S7_ST08_INFEED_COUNT 432 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST08_INFEED_CAPACITY 433 /* input register, u16: places on the infeed conveyor */
#define S7_ST08_TIME_STARVED 434 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST08_TIME_BLOCKED 436 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST08_TIME_HELD 438 /* input register, u32: cumulated time in Held */
#define S7_ST08_TIME_ABORTED 440 /* input register, u32: cumulated time in Aborted */
#define S7_ST08_TIME_MAINTENANCE 442 /* input register, u32: cumulated time out of production mode */
#define S7_ST08_FAILURES 444 /* input register, u16: stops with a fault reason */
#define S7_ST08_CURRENT_PROGRAM 445 /* input register, u16: program number given to the station's device */
#define S7_ST08_OWNER 446 /* input register, u16: who commands the station's actuators */
#define S7_ST08_IGNORED_WRITES 447 /* input register, u16: writes by a master that does not own the station */
#define S7_ST09_STATE_CURRENT 448 /* input register, u16: PackML state */
#define S7_ST09_UNIT_MODE_CURRENT 449 /* input register, u16: PackML mode */
#define S7_ST09_STATE_REQUESTED 450 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST09_STEP_NUMBER 451 /* input register, u16: step of the sequence */
#define S7_ST09_STOP_REASON 452 /* input register, u16: why the station stopped */
#define S7_ST09_START_INTERLOCK 453 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST09_STATE_ELAPSED 454 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST09_STEP_ELAPSED 455 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST09_PROD_PROCESSED_COUNT 456 /* input register, u32: robots processed */
#define S7_ST09_PROD_DEFECTIVE_COUNT 458 /* input register, u32: robots rejected here */
#define S7_ST09_CYCLE_TIME 460 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST09_DESIGN_CYCLE_TIME 461 /* input register, u16: cycle time the station was designed for */
#define S7_ST09_OEE 462 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST09_AVAILABILITY 463 /* input register, u16: actual production time / planned busy time */
#define S7_ST09_EFFECTIVENESS 464 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST09_QUALITY_RATIO 465 /* input register, u16: passed / processed */
#define S7_ST09_JOINT_OFFSET 466 /* input register, i16: joint angle against the master */
#define S7_ST09_SUPPLY_CURRENT 467 /* input register, u16: robot supply */
#define S7_ST09_OFFSET_WINDOW_ACTIVE 470 /* input register, u16: accepted joint offset to either side, as it is now */
#define S7_ST09_SETTLE_TIME_ACTIVE 471 /* input register, u16: time a joint is held before it is measured, as it is now */
#define S7_ST09_PALLET_NUMBER 474 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST09_CARRIER_CONDITION 475 /* input register, u16: what the pallet at the read head carries */
#define S7_ST09_SERIAL_NUMBER 476 /* input register, u32: serial number of the robot at the station */
#define S7_ST09_TIME_EXECUTE 478 /* input register, u32: cumulated time in Execute */
#define S7_ST09_INFEED_COUNT 480 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST09_INFEED_CAPACITY 481 /* input register, u16: places on the infeed conveyor */
#define S7_ST09_TIME_STARVED 482 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST09_TIME_BLOCKED 484 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST09_TIME_HELD 486 /* input register, u32: cumulated time in Held */
#define S7_ST09_TIME_ABORTED 488 /* input register, u32: cumulated time in Aborted */
#define S7_ST09_TIME_MAINTENANCE 490 /* input register, u32: cumulated time out of production mode */
#define S7_ST09_FAILURES 492 /* input register, u16: stops with a fault reason */
#define S7_ST09_CURRENT_PROGRAM 493 /* input register, u16: program number given to the station's device */
#define S7_ST09_OWNER 494 /* input register, u16: who commands the station's actuators */
#define S7_ST09_IGNORED_WRITES 495 /* input register, u16: writes by a master that does not own the station */
#define S7_ST10_STATE_CURRENT 496 /* input register, u16: PackML state */
#define S7_ST10_UNIT_MODE_CURRENT 497 /* input register, u16: PackML mode */
#define S7_ST10_STATE_REQUESTED 498 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST10_STEP_NUMBER 499 /* input register, u16: step of the sequence */
#define S7_ST10_STOP_REASON 500 /* input register, u16: why the station stopped */
#define S7_ST10_START_INTERLOCK 501 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST10_STATE_ELAPSED 502 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST10_STEP_ELAPSED 503 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST10_PROD_PROCESSED_COUNT 504 /* input register, u32: robots processed */
#define S7_ST10_PROD_DEFECTIVE_COUNT 506 /* input register, u32: robots rejected here */
#define S7_ST10_CYCLE_TIME 508 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST10_DESIGN_CYCLE_TIME 509 /* input register, u16: cycle time the station was designed for */
#define S7_ST10_OEE 510 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST10_AVAILABILITY 511 /* input register, u16: actual production time / planned busy time */
#define S7_ST10_EFFECTIVENESS 512 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST10_QUALITY_RATIO 513 /* input register, u16: passed / processed */
#define S7_ST10_BENCH_TORQUE 514 /* input register, u16: brake torque */
#define S7_ST10_BENCH_CURRENT 515 /* input register, u16: motor current under load */
#define S7_ST10_TORQUE_LOW_ACTIVE 518 /* input register, u16: lowest accepted torque, as it is now */
#define S7_ST10_CURRENT_HIGH_ACTIVE 519 /* input register, u16: highest accepted current, as it is now */
#define S7_ST10_PALLET_NUMBER 522 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST10_CARRIER_CONDITION 523 /* input register, u16: what the pallet at the read head carries */
#define S7_ST10_SERIAL_NUMBER 524 /* input register, u32: serial number of the robot at the station */
#define S7_ST10_TIME_EXECUTE 526 /* input register, u32: cumulated time in Execute */
#define S7_ST10_INFEED_COUNT 528 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST10_INFEED_CAPACITY 529 /* input register, u16: places on the infeed conveyor */
#define S7_ST10_TIME_STARVED 530 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST10_TIME_BLOCKED 532 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST10_TIME_HELD 534 /* input register, u32: cumulated time in Held */
#define S7_ST10_TIME_ABORTED 536 /* input register, u32: cumulated time in Aborted */
#define S7_ST10_TIME_MAINTENANCE 538 /* input register, u32: cumulated time out of production mode */
#define S7_ST10_FAILURES 540 /* input register, u16: stops with a fault reason */
#define S7_ST10_CURRENT_PROGRAM 541 /* input register, u16: program number given to the station's device */
#define S7_ST10_OWNER 542 /* input register, u16: who commands the station's actuators */
#define S7_ST10_IGNORED_WRITES 543 /* input register, u16: writes by a master that does not own the station */
#define S7_ST11_STATE_CURRENT 544 /* input register, u16: PackML state */
#define S7_ST11_UNIT_MODE_CURRENT 545 /* input register, u16: PackML mode */
#define S7_ST11_STATE_REQUESTED 546 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST11_STEP_NUMBER 547 /* input register, u16: step of the sequence */
#define S7_ST11_STOP_REASON 548 /* input register, u16: why the station stopped */
#define S7_ST11_START_INTERLOCK 549 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST11_STATE_ELAPSED 550 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST11_STEP_ELAPSED 551 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST11_PROD_PROCESSED_COUNT 552 /* input register, u32: robots processed */
#define S7_ST11_PROD_DEFECTIVE_COUNT 554 /* input register, u32: robots rejected here */
#define S7_ST11_CYCLE_TIME 556 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST11_DESIGN_CYCLE_TIME 557 /* input register, u16: cycle time the station was designed for */
#define S7_ST11_OEE 558 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST11_AVAILABILITY 559 /* input register, u16: actual production time / planned busy time */
#define S7_ST11_EFFECTIVENESS 560 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST11_QUALITY_RATIO 561 /* input register, u16: passed / processed */
#define S7_ST11_CHAMBER_TEMPERATURE 562 /* input register, u16: chamber air */
#define S7_ST11_CHAMBER_TEMPERATURE_ACTIVE 566 /* input register, u16: chamber set point, as it is now */
#define S7_ST11_SOAK_TIME_ACTIVE 567 /* input register, u16: shortest time in the chamber, as it is now */
#define S7_ST11_PALLET_NUMBER 570 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST11_CARRIER_CONDITION 571 /* input register, u16: what the pallet at the read head carries */
#define S7_ST11_SERIAL_NUMBER 572 /* input register, u32: serial number of the robot at the station */
#define S7_ST11_TIME_EXECUTE 574 /* input register, u32: cumulated time in Execute */
#define S7_ST11_INFEED_COUNT 576 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST11_INFEED_CAPACITY 577 /* input register, u16: places on the infeed conveyor */
#define S7_ST11_TIME_STARVED 578 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST11_TIME_BLOCKED 580 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST11_TIME_HELD 582 /* input register, u32: cumulated time in Held */
#define S7_ST11_TIME_ABORTED 584 /* input register, u32: cumulated time in Aborted */
#define S7_ST11_TIME_MAINTENANCE 586 /* input register, u32: cumulated time out of production mode */
#define S7_ST11_FAILURES 588 /* input register, u16: stops with a fault reason */
#define S7_ST11_CURRENT_PROGRAM 589 /* input register, u16: program number given to the station's device */
#define S7_ST11_OWNER 590 /* input register, u16: who commands the station's actuators */
#define S7_ST11_IGNORED_WRITES 591 /* input register, u16: writes by a master that does not own the station */
#define S7_ST12_STATE_CURRENT 592 /* input register, u16: PackML state */
#define S7_ST12_UNIT_MODE_CURRENT 593 /* input register, u16: PackML mode */
#define S7_ST12_STATE_REQUESTED 594 /* input register, u16: PackML state the unit is on its way to */
#define S7_ST12_STEP_NUMBER 595 /* input register, u16: step of the sequence */
#define S7_ST12_STOP_REASON 596 /* input register, u16: why the station stopped */
#define S7_ST12_START_INTERLOCK 597 /* input register, u16: bits: why Start would be refused: 0 the safety chain is open, 1 the board does not answer, 2 the board is tripped, 3 the unit is not in Produce mode, 4 the station is not released (commissioning) */
#define S7_ST12_STATE_ELAPSED 598 /* input register, u16: time in the current state, stops at 65535 */
#define S7_ST12_STEP_ELAPSED 599 /* input register, u16: time in the current step, stops at 6553.5 */
#define S7_ST12_PROD_PROCESSED_COUNT 600 /* input register, u32: robots processed */
#define S7_ST12_PROD_DEFECTIVE_COUNT 602 /* input register, u32: robots rejected here */
#define S7_ST12_CYCLE_TIME 604 /* input register, u16: last process time, pallet stopped to released */
#define S7_ST12_DESIGN_CYCLE_TIME 605 /* input register, u16: cycle time the station was designed for */
#define S7_ST12_OEE 606 /* input register, u16: availability x effectiveness x quality ratio (ISO 22400) */
#define S7_ST12_AVAILABILITY 607 /* input register, u16: actual production time / planned busy time */
#define S7_ST12_EFFECTIVENESS 608 /* input register, u16: design cycle x processed / actual production time */
#define S7_ST12_QUALITY_RATIO 609 /* input register, u16: passed / processed */
#define S7_ST12_ROBOT_MASS 610 /* input register, u16: scale under the lift */
#define S7_ST12_MASS_LOW_ACTIVE 614 /* input register, u16: lowest accepted robot mass, as it is now */
#define S7_ST12_MASS_HIGH_ACTIVE 615 /* input register, u16: highest accepted robot mass, as it is now */
#define S7_ST12_PALLET_NUMBER 618 /* input register, u16: pallet at the read head, 0 = none */
#define S7_ST12_CARRIER_CONDITION 619 /* input register, u16: what the pallet at the read head carries */
#define S7_ST12_SERIAL_NUMBER 620 /* input register, u32: serial number of the robot at the station */
#define S7_ST12_TIME_EXECUTE 622 /* input register, u32: cumulated time in Execute */
#define S7_ST12_INFEED_COUNT 624 /* input register, u16: pallets on the infeed conveyor */
#define S7_ST12_INFEED_CAPACITY 625 /* input register, u16: places on the infeed conveyor */
#define S7_ST12_TIME_STARVED 626 /* input register, u32: cumulated time Suspended for want of pallets */
#define S7_ST12_TIME_BLOCKED 628 /* input register, u32: cumulated time Suspended behind a full outfeed */
#define S7_ST12_TIME_HELD 630 /* input register, u32: cumulated time in Held */
#define S7_ST12_TIME_ABORTED 632 /* input register, u32: cumulated time in Aborted */
#define S7_ST12_TIME_MAINTENANCE 634 /* input register, u32: cumulated time out of production mode */
#define S7_ST12_FAILURES 636 /* input register, u16: stops with a fault reason */
#define S7_ST12_CURRENT_PROGRAM 637 /* input register, u16: program number given to the station's device */
#define S7_ST12_OWNER 638 /* input register, u16: who commands the station's actuators */
#define S7_ST12_IGNORED_WRITES 639 /* input register, u16: writes by a master that does not own the station */
#define S7_LINE_GENERATION_AFTER 640 /* input register, u16: see GenerationBefore */
#define S7_LINE_FAULT_RESULT 641 /* input register, u16: what became of the last command to inject or clear */
#define S7_LINE_FAULT_RESULT_NUMBER 642 /* input register, u16: the fault that it injected or cleared, 0: none, or all */
#define S7_LINE_FAULT_COMMANDS_TAKEN 643 /* input register, u16: commands taken, modulo 65536 */
#define S7_LINE_INJECTIONS_ACTIVE 644 /* input register, u16: injected faults that have not ended */
#define S7_LINE_INJECTIONS_TOTAL 645 /* input register, u16: faults injected since the run began */
#define S7_LINE_INJECTED_FAULTS 648 /* input register, u16: injected faults that have not ended, at no station: supplies, sources of power */
#define S7_ST01_INJECTED_FAULTS 649 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST02_INJECTED_FAULTS 650 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST03_INJECTED_FAULTS 651 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST04_INJECTED_FAULTS 652 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST05_INJECTED_FAULTS 653 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST06_INJECTED_FAULTS 654 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST07_INJECTED_FAULTS 655 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST08_INJECTED_FAULTS 656 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST09_INJECTED_FAULTS 657 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST10_INJECTED_FAULTS 658 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST11_INJECTED_FAULTS 659 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST12_INJECTED_FAULTS 660 /* input register, u16: injected faults that have not ended, at the station */
#define S7_ST01_INJECTED_TERMINALS 661 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST02_INJECTED_TERMINALS 662 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST03_INJECTED_TERMINALS 663 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST04_INJECTED_TERMINALS 664 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST05_INJECTED_TERMINALS 665 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST06_INJECTED_TERMINALS 666 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST07_INJECTED_TERMINALS 667 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST08_INJECTED_TERMINALS 668 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST09_INJECTED_TERMINALS 669 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST10_INJECTED_TERMINALS 670 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST11_INJECTED_TERMINALS 671 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST12_INJECTED_TERMINALS 672 /* input register, u16: bits: terminals with a fault injected, inputs from 0, transmitters from 8 */
#define S7_ST01_INJECTED_MECHANISMS 673 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST02_INJECTED_MECHANISMS 674 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST03_INJECTED_MECHANISMS 675 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST04_INJECTED_MECHANISMS 676 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST05_INJECTED_MECHANISMS 677 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST06_INJECTED_MECHANISMS 678 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST07_INJECTED_MECHANISMS 679 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST08_INJECTED_MECHANISMS 680 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST09_INJECTED_MECHANISMS 681 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST10_INJECTED_MECHANISMS 682 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST11_INJECTED_MECHANISMS 683 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_ST12_INJECTED_MECHANISMS 684 /* input register, u16: bits: mechanisms with a fault injected, in their order */
#define S7_LINE_INJECTED_KIND 685 /* input register, u16: the newest of them, at no station: supplies, sources of power */
#define S7_ST01_INJECTED_KIND 686 /* input register, u16: the newest of them, at the station */
#define S7_ST02_INJECTED_KIND 687 /* input register, u16: the newest of them, at the station */
#define S7_ST03_INJECTED_KIND 688 /* input register, u16: the newest of them, at the station */
#define S7_ST04_INJECTED_KIND 689 /* input register, u16: the newest of them, at the station */
#define S7_ST05_INJECTED_KIND 690 /* input register, u16: the newest of them, at the station */
#define S7_ST06_INJECTED_KIND 691 /* input register, u16: the newest of them, at the station */
#define S7_ST07_INJECTED_KIND 692 /* input register, u16: the newest of them, at the station */
#define S7_ST08_INJECTED_KIND 693 /* input register, u16: the newest of them, at the station */
#define S7_ST09_INJECTED_KIND 694 /* input register, u16: the newest of them, at the station */
#define S7_ST10_INJECTED_KIND 695 /* input register, u16: the newest of them, at the station */
#define S7_ST11_INJECTED_KIND 696 /* input register, u16: the newest of them, at the station */
#define S7_ST12_INJECTED_KIND 697 /* input register, u16: the newest of them, at the station */
#define S7_ST01_DEGRADED_MODE 704 /* input register, u16: what stands in for the station's machine */
#define S7_ST02_DEGRADED_MODE 705 /* input register, u16: what stands in for the station's machine */
#define S7_ST03_DEGRADED_MODE 706 /* input register, u16: what stands in for the station's machine */
#define S7_ST04_DEGRADED_MODE 707 /* input register, u16: what stands in for the station's machine */
#define S7_ST05_DEGRADED_MODE 708 /* input register, u16: what stands in for the station's machine */
#define S7_ST06_DEGRADED_MODE 709 /* input register, u16: what stands in for the station's machine */
#define S7_ST07_DEGRADED_MODE 710 /* input register, u16: what stands in for the station's machine */
#define S7_ST08_DEGRADED_MODE 711 /* input register, u16: what stands in for the station's machine */
#define S7_ST09_DEGRADED_MODE 712 /* input register, u16: what stands in for the station's machine */
#define S7_ST10_DEGRADED_MODE 713 /* input register, u16: what stands in for the station's machine */
#define S7_ST11_DEGRADED_MODE 714 /* input register, u16: what stands in for the station's machine */
#define S7_ST12_DEGRADED_MODE 715 /* input register, u16: what stands in for the station's machine */
#define S7_ST01_DEGRADED_PHASE 716 /* input register, u16: where the change of mode stands */
#define S7_ST02_DEGRADED_PHASE 717 /* input register, u16: where the change of mode stands */
#define S7_ST03_DEGRADED_PHASE 718 /* input register, u16: where the change of mode stands */
#define S7_ST04_DEGRADED_PHASE 719 /* input register, u16: where the change of mode stands */
#define S7_ST05_DEGRADED_PHASE 720 /* input register, u16: where the change of mode stands */
#define S7_ST06_DEGRADED_PHASE 721 /* input register, u16: where the change of mode stands */
#define S7_ST07_DEGRADED_PHASE 722 /* input register, u16: where the change of mode stands */
#define S7_ST08_DEGRADED_PHASE 723 /* input register, u16: where the change of mode stands */
#define S7_ST09_DEGRADED_PHASE 724 /* input register, u16: where the change of mode stands */
#define S7_ST10_DEGRADED_PHASE 725 /* input register, u16: where the change of mode stands */
#define S7_ST11_DEGRADED_PHASE 726 /* input register, u16: where the change of mode stands */
#define S7_ST12_DEGRADED_PHASE 727 /* input register, u16: where the change of mode stands */
#define S7_ST01_DEGRADED_PARTS 728 /* input register, u16: whether the machine has its parts */
#define S7_ST02_DEGRADED_PARTS 729 /* input register, u16: whether the machine has its parts */
#define S7_ST03_DEGRADED_PARTS 730 /* input register, u16: whether the machine has its parts */
#define S7_ST04_DEGRADED_PARTS 731 /* input register, u16: whether the machine has its parts */
#define S7_ST05_DEGRADED_PARTS 732 /* input register, u16: whether the machine has its parts */
#define S7_ST06_DEGRADED_PARTS 733 /* input register, u16: whether the machine has its parts */
#define S7_ST07_DEGRADED_PARTS 734 /* input register, u16: whether the machine has its parts */
#define S7_ST08_DEGRADED_PARTS 735 /* input register, u16: whether the machine has its parts */
#define S7_ST09_DEGRADED_PARTS 736 /* input register, u16: whether the machine has its parts */
#define S7_ST10_DEGRADED_PARTS 737 /* input register, u16: whether the machine has its parts */
#define S7_ST11_DEGRADED_PARTS 738 /* input register, u16: whether the machine has its parts */
#define S7_ST12_DEGRADED_PARTS 739 /* input register, u16: whether the machine has its parts */
#define S7_ST01_DEGRADED_LEFT 740 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST02_DEGRADED_LEFT 741 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST03_DEGRADED_LEFT 742 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST04_DEGRADED_LEFT 743 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST05_DEGRADED_LEFT 744 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST06_DEGRADED_LEFT 745 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST07_DEGRADED_LEFT 746 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST08_DEGRADED_LEFT 747 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST09_DEGRADED_LEFT 748 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST10_DEGRADED_LEFT 749 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST11_DEGRADED_LEFT 750 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_ST12_DEGRADED_LEFT 751 /* input register, u16: until the change under way is done, 0 = none, stops at 65535 */
#define S7_LINE_DEGRADE_RESULT 752 /* input register, u16: what became of the last request */
#define S7_LINE_ATTENDANTS_FREE 753 /* input register, u16: people who can do a machine's work by hand now */
#define S7_LINE_DEGRADE_EXPECTED_RATE 754 /* input register, u16: good robots per hour to expect in the mode that is chosen */
#define S7_LINE_DEGRADE_EXPECTED_REJECTS 755 /* input register, u16: robots scrapped per hour to expect */
#define S7_LINE_DEGRADE_EXPECTED_DEFECTS 756 /* input register, u16: robots with a defect of the handwork per hour to expect */
#define S7_LINE_DEGRADE_HAND_TIME 757 /* input register, u16: manual minutes per hour */
#define S7_LINE_DEGRADE_EFFECT_TIME 758 /* input register, u16: until it takes effect, once accepted */
#define S7_LINE_DEGRADE_ADVICE 759 /* input register, u16: what would become of the request as it stands */
#define S7_LINE_DEGRADE_TAKEN 760 /* input register, u16: requests taken, modulo 65536 */
#define S7_LINE_TRAINING_STATE 761 /* input register, u16: whether an exercise with hidden faults is running */
#define S7_LINE_TRAINING_LEFT 762 /* input register, u16: plant time until it is over, stops at 65535 */
#define S7_LINE_DIAGNOSIS_RESULT 763 /* input register, u16: what became of the last submission, right or wrong */
#define S7_LINE_DIAGNOSES_TAKEN 764 /* input register, u16: submissions taken or refused, modulo 65536 */
#define S7_LINE_TRAINING_SCORE 765 /* input register, u16: points of 100 when it is over, 0 before */
#define S7_LINE_ALARM_GENERATION_BEFORE 768 /* input register, u16: equals AlarmGenerationAfter when several reads saw one state of the alarms */
#define S7_LINE_ALARMS_STANDING 769 /* input register, u16: alarms that an operator is shown */
#define S7_LINE_ALARMS_UNACKNOWLEDGED 770 /* input register, u16: of these, waiting to be acknowledged */
#define S7_LINE_ALARMS_HIGH 771 /* input register, u16: standing, of high priority */
#define S7_LINE_ALARMS_MEDIUM 772 /* input register, u16: standing, of medium priority */
#define S7_LINE_ALARMS_LOW 773 /* input register, u16: standing, of low priority */
#define S7_LINE_ALARMS_SHELVED 774 /* input register, u16: shelved by operators */
#define S7_LINE_ALARMS_SUPPRESSED 775 /* input register, u16: suppressed by design */
#define S7_LINE_ALARMS_OUT_OF_SERVICE 776 /* input register, u16: taken out of service by engineers */
#define S7_LINE_ALARM_CONSEQUENCES 777 /* input register, u16: of the suppressed, consequences of a standing alarm */
#define S7_LINE_ALARMS_STALE 778 /* input register, u16: whose condition is there for more than a day */
#define S7_LINE_ALARMS_CHATTERING 779 /* input register, u16: annunciated three times within a minute, and again since within ten */
#define S7_LINE_ALARM_FLOOD 780 /* input register, u16: 1 while in flood: more than ten in ten minutes, until below five */
#define S7_LINE_ALARM_RATE 781 /* input register, u16: annunciations in the last ten minutes */
#define S7_LINE_ALARM_PEAK 782 /* input register, u16: most in any ten minutes */
#define S7_LINE_ALARMS_PER_HOUR 783 /* input register, u16: average since the run began */
#define S7_LINE_ALARM_TOTAL 784 /* input register, u32: annunciations since the run began */
#define S7_LINE_ALARM_TOTAL_HIGH 786 /* input register, u32: of these, of high priority */
#define S7_LINE_ALARM_TOTAL_MEDIUM 788 /* input register, u32: of these, of medium priority */
#define S7_LINE_ALARM_TOTAL_LOW 790 /* input register, u32: of these, of low priority */
#define S7_LINE_ALARM_FLOOD_SHARE 792 /* input register, u16: share of the time spent in floods */
#define S7_LINE_ALARM_FLOODS 793 /* input register, u16: floods since the run began */
#define S7_LINE_ALARM_RESULT 795 /* input register, u16: what became of the last alarm command */
#define S7_LINE_ALARM_COMMANDS_TAKEN 796 /* input register, u16: alarm commands taken, modulo 65536 */
#define S7_LINE_ALARM_RESULT_NUMBER 797 /* input register, u16: the alarm that the last command named */
#define S7_LINE_ALARM_E_STOP 832 /* input register, u16: status word of alarm 1: Emergency stop pressed */
#define S7_LINE_ALARM_MAINS_LOST 833 /* input register, u16: status word of alarm 2: Mains lost */
#define S7_LINE_ALARM_AIR_LOW 834 /* input register, u16: status word of alarm 3: Compressed air low */
#define S7_LINE_ALARM_HYDRAULICS_LOW 835 /* input register, u16: status word of alarm 4: Hydraulic pressure low */
#define S7_LINE_ALARM_COOLING_LOW 836 /* input register, u16: status word of alarm 5: Cooling water low */
#define S7_LINE_ALARM_STATIONS_DOWN 837 /* input register, u16: status word of alarm 6: Several stations down */
#define S7_LINE_ALARM_LINE_ABORTED 838 /* input register, u16: status word of alarm 7: Line waits for Clear */
#define S7_LINE_ALARM_LINE_HELD 839 /* input register, u16: status word of alarm 8: Line held and forgotten */
#define S7_LINE_ALARM_RECOVERY_OFF 840 /* input register, u16: status word of alarm 9: Automatic recovery off */
#define S7_LINE_ALARM_JOURNAL_FAILED 841 /* input register, u16: status word of alarm 10: Journal cannot be written */
#define S7_LINE_ALARM_GENERATOR_FAILED 842 /* input register, u16: status word of alarm 11: Generator failed */
#define S7_LINE_ALARM_UPS_ON_BATTERY 843 /* input register, u16: status word of alarm 12: Control voltage from the battery */
#define S7_LINE_ALARM_UPS_BATTERY_LOW 844 /* input register, u16: status word of alarm 13: Battery of the control voltage low */
#define S7_LINE_ALARM_SERVICES_TRIPPED 845 /* input register, u16: status word of alarm 14: Breaker of compressor and pumps tripped */
#define S7_LINE_ALARM_BREAKERS_TRIPPED 846 /* input register, u16: status word of alarm 15: Several breakers tripped */
#define S7_ST01_ALARM_SAFETY_OPEN 848 /* input register, u16: status word of alarm 101: Kitting: safety chain open */
#define S7_ST01_ALARM_BOARD_LOST 849 /* input register, u16: status word of alarm 102: Kitting: board does not answer */
#define S7_ST01_ALARM_BOARD_TRIPPED 850 /* input register, u16: status word of alarm 103: Kitting: board tripped */
#define S7_ST01_ALARM_INTERLOCK 851 /* input register, u16: status word of alarm 104: Kitting: stopped by an interlock */
#define S7_ST01_ALARM_HOMING 852 /* input register, u16: status word of alarm 105: Kitting: does not find home */
#define S7_ST01_ALARM_WORK_STOPPED 853 /* input register, u16: status word of alarm 106: Kitting: stands in its work */
#define S7_ST01_ALARM_PALLET_STOPPED 854 /* input register, u16: status word of alarm 107: Kitting: pallet does not move */
#define S7_ST01_ALARM_UTILITY_MISSING 855 /* input register, u16: status word of alarm 108: Kitting: utility missing */
#define S7_ST01_ALARM_OWNER_LOST 856 /* input register, u16: status word of alarm 109: Kitting: external owner lost */
#define S7_ST01_ALARM_REJECT_RATE 857 /* input register, u16: status word of alarm 110: Kitting: many rejects */
#define S7_ST01_ALARM_KIT_LIGHT 859 /* input register, u16: status word of alarm 112: Kit too light */
#define S7_ST01_ALARM_KIT_HEAVY 860 /* input register, u16: status word of alarm 113: Kit too heavy */
#define S7_ST01_ALARM_BREAKER_TRIPPED 863 /* input register, u16: status word of alarm 116: Kitting: breaker tripped */
#define S7_ST02_ALARM_SAFETY_OPEN 864 /* input register, u16: status word of alarm 201: Chassis press: safety chain open */
#define S7_ST02_ALARM_BOARD_LOST 865 /* input register, u16: status word of alarm 202: Chassis press: board does not answer */
#define S7_ST02_ALARM_BOARD_TRIPPED 866 /* input register, u16: status word of alarm 203: Chassis press: board tripped */
#define S7_ST02_ALARM_INTERLOCK 867 /* input register, u16: status word of alarm 204: Chassis press: stopped by an interlock */
#define S7_ST02_ALARM_HOMING 868 /* input register, u16: status word of alarm 205: Chassis press: does not find home */
#define S7_ST02_ALARM_WORK_STOPPED 869 /* input register, u16: status word of alarm 206: Chassis press: stands in its work */
#define S7_ST02_ALARM_PALLET_STOPPED 870 /* input register, u16: status word of alarm 207: Chassis press: pallet does not move */
#define S7_ST02_ALARM_UTILITY_MISSING 871 /* input register, u16: status word of alarm 208: Chassis press: utility missing */
#define S7_ST02_ALARM_OWNER_LOST 872 /* input register, u16: status word of alarm 209: Chassis press: external owner lost */
#define S7_ST02_ALARM_REJECT_RATE 873 /* input register, u16: status word of alarm 210: Chassis press: many rejects */
#define S7_ST02_ALARM_FORCE_HIGH 875 /* input register, u16: status word of alarm 212: Ram force high */
#define S7_ST02_ALARM_OIL_PRESSURE_LOW 876 /* input register, u16: status word of alarm 213: Oil pressure low at the press */
#define S7_ST02_ALARM_BREAKER_TRIPPED 879 /* input register, u16: status word of alarm 216: Chassis press: breaker tripped */
#define S7_ST03_ALARM_SAFETY_OPEN 880 /* input register, u16: status word of alarm 301: Frame weld: safety chain open */
#define S7_ST03_ALARM_BOARD_LOST 881 /* input register, u16: status word of alarm 302: Frame weld: board does not answer */
#define S7_ST03_ALARM_BOARD_TRIPPED 882 /* input register, u16: status word of alarm 303: Frame weld: board tripped */
#define S7_ST03_ALARM_INTERLOCK 883 /* input register, u16: status word of alarm 304: Frame weld: stopped by an interlock */
#define S7_ST03_ALARM_HOMING 884 /* input register, u16: status word of alarm 305: Frame weld: does not find home */
#define S7_ST03_ALARM_WORK_STOPPED 885 /* input register, u16: status word of alarm 306: Frame weld: stands in its work */
#define S7_ST03_ALARM_PALLET_STOPPED 886 /* input register, u16: status word of alarm 307: Frame weld: pallet does not move */
#define S7_ST03_ALARM_UTILITY_MISSING 887 /* input register, u16: status word of alarm 308: Frame weld: utility missing */
#define S7_ST03_ALARM_OWNER_LOST 888 /* input register, u16: status word of alarm 309: Frame weld: external owner lost */
#define S7_ST03_ALARM_REJECT_RATE 889 /* input register, u16: status word of alarm 310: Frame weld: many rejects */
#define S7_ST03_ALARM_DEVICE_FAULT 890 /* input register, u16: status word of alarm 311: Frame weld: device reports a fault */
#define S7_ST03_ALARM_TIP_WORN 891 /* input register, u16: status word of alarm 312: Weld current low: tip worn */
#define S7_ST03_ALARM_CURRENT_HIGH 892 /* input register, u16: status word of alarm 313: Weld current high */
#define S7_ST03_ALARM_BREAKER_TRIPPED 895 /* input register, u16: status word of alarm 316: Frame weld: breaker tripped */
#define S7_ST04_ALARM_SAFETY_OPEN 896 /* input register, u16: status word of alarm 401: Machining: safety chain open */
#define S7_ST04_ALARM_BOARD_LOST 897 /* input register, u16: status word of alarm 402: Machining: board does not answer */
#define S7_ST04_ALARM_BOARD_TRIPPED 898 /* input register, u16: status word of alarm 403: Machining: board tripped */
#define S7_ST04_ALARM_INTERLOCK 899 /* input register, u16: status word of alarm 404: Machining: stopped by an interlock */
#define S7_ST04_ALARM_HOMING 900 /* input register, u16: status word of alarm 405: Machining: does not find home */
#define S7_ST04_ALARM_WORK_STOPPED 901 /* input register, u16: status word of alarm 406: Machining: stands in its work */
#define S7_ST04_ALARM_PALLET_STOPPED 902 /* input register, u16: status word of alarm 407: Machining: pallet does not move */
#define S7_ST04_ALARM_UTILITY_MISSING 903 /* input register, u16: status word of alarm 408: Machining: utility missing */
#define S7_ST04_ALARM_OWNER_LOST 904 /* input register, u16: status word of alarm 409: Machining: external owner lost */
#define S7_ST04_ALARM_REJECT_RATE 905 /* input register, u16: status word of alarm 410: Machining: many rejects */
#define S7_ST04_ALARM_TOOL_WORN 907 /* input register, u16: status word of alarm 412: Spindle load high: tool worn */
#define S7_ST04_ALARM_BREAKER_TRIPPED 911 /* input register, u16: status word of alarm 416: Machining: breaker tripped */
#define S7_ST05_ALARM_SAFETY_OPEN 912 /* input register, u16: status word of alarm 501: Joint assembly: safety chain open */
#define S7_ST05_ALARM_BOARD_LOST 913 /* input register, u16: status word of alarm 502: Joint assembly: board does not answer */
#define S7_ST05_ALARM_BOARD_TRIPPED 914 /* input register, u16: status word of alarm 503: Joint assembly: board tripped */
#define S7_ST05_ALARM_INTERLOCK 915 /* input register, u16: status word of alarm 504: Joint assembly: stopped by an interlock */
#define S7_ST05_ALARM_HOMING 916 /* input register, u16: status word of alarm 505: Joint assembly: does not find home */
#define S7_ST05_ALARM_WORK_STOPPED 917 /* input register, u16: status word of alarm 506: Joint assembly: stands in its work */
#define S7_ST05_ALARM_PALLET_STOPPED 918 /* input register, u16: status word of alarm 507: Joint assembly: pallet does not move */
#define S7_ST05_ALARM_UTILITY_MISSING 919 /* input register, u16: status word of alarm 508: Joint assembly: utility missing */
#define S7_ST05_ALARM_OWNER_LOST 920 /* input register, u16: status word of alarm 509: Joint assembly: external owner lost */
#define S7_ST05_ALARM_REJECT_RATE 921 /* input register, u16: status word of alarm 510: Joint assembly: many rejects */
#define S7_ST05_ALARM_DEVICE_FAULT 922 /* input register, u16: status word of alarm 511: Joint assembly: device reports a fault */
#define S7_ST05_ALARM_PRESS_FORCE_HIGH 923 /* input register, u16: status word of alarm 512: Joint press force high */
#define S7_ST05_ALARM_TORQUE_LOW 924 /* input register, u16: status word of alarm 513: Nut torque low */
#define S7_ST05_ALARM_TORQUE_HIGH 925 /* input register, u16: status word of alarm 514: Nut torque high */
#define S7_ST05_ALARM_BREAKER_TRIPPED 927 /* input register, u16: status word of alarm 516: Joint assembly: breaker tripped */
#define S7_ST06_ALARM_SAFETY_OPEN 928 /* input register, u16: status word of alarm 601: Harness: safety chain open */
#define S7_ST06_ALARM_BOARD_LOST 929 /* input register, u16: status word of alarm 602: Harness: board does not answer */
#define S7_ST06_ALARM_BOARD_TRIPPED 930 /* input register, u16: status word of alarm 603: Harness: board tripped */
#define S7_ST06_ALARM_INTERLOCK 931 /* input register, u16: status word of alarm 604: Harness: stopped by an interlock */
#define S7_ST06_ALARM_HOMING 932 /* input register, u16: status word of alarm 605: Harness: does not find home */
#define S7_ST06_ALARM_WORK_STOPPED 933 /* input register, u16: status word of alarm 606: Harness: stands in its work */
#define S7_ST06_ALARM_PALLET_STOPPED 934 /* input register, u16: status word of alarm 607: Harness: pallet does not move */
#define S7_ST06_ALARM_UTILITY_MISSING 935 /* input register, u16: status word of alarm 608: Harness: utility missing */
#define S7_ST06_ALARM_OWNER_LOST 936 /* input register, u16: status word of alarm 609: Harness: external owner lost */
#define S7_ST06_ALARM_REJECT_RATE 937 /* input register, u16: status word of alarm 610: Harness: many rejects */
#define S7_ST06_ALARM_INSULATION_LOW 939 /* input register, u16: status word of alarm 612: Insulation low */
#define S7_ST06_ALARM_BREAKER_TRIPPED 943 /* input register, u16: status word of alarm 616: Harness: breaker tripped */
#define S7_ST07_ALARM_SAFETY_OPEN 944 /* input register, u16: status word of alarm 701: Power cell: safety chain open */
#define S7_ST07_ALARM_BOARD_LOST 945 /* input register, u16: status word of alarm 702: Power cell: board does not answer */
#define S7_ST07_ALARM_BOARD_TRIPPED 946 /* input register, u16: status word of alarm 703: Power cell: board tripped */
#define S7_ST07_ALARM_INTERLOCK 947 /* input register, u16: status word of alarm 704: Power cell: stopped by an interlock */
#define S7_ST07_ALARM_HOMING 948 /* input register, u16: status word of alarm 705: Power cell: does not find home */
#define S7_ST07_ALARM_WORK_STOPPED 949 /* input register, u16: status word of alarm 706: Power cell: stands in its work */
#define S7_ST07_ALARM_PALLET_STOPPED 950 /* input register, u16: status word of alarm 707: Power cell: pallet does not move */
#define S7_ST07_ALARM_UTILITY_MISSING 951 /* input register, u16: status word of alarm 708: Power cell: utility missing */
#define S7_ST07_ALARM_OWNER_LOST 952 /* input register, u16: status word of alarm 709: Power cell: external owner lost */
#define S7_ST07_ALARM_REJECT_RATE 953 /* input register, u16: status word of alarm 710: Power cell: many rejects */
#define S7_ST07_ALARM_BUS_VOLTAGE_LOW 955 /* input register, u16: status word of alarm 712: DC bus low under load */
#define S7_ST07_ALARM_BUS_VOLTAGE_HIGH 956 /* input register, u16: status word of alarm 713: DC bus high */
#define S7_ST07_ALARM_CELL_HOT 957 /* input register, u16: status word of alarm 714: Cell temperature high */
#define S7_ST07_ALARM_BREAKER_TRIPPED 959 /* input register, u16: status word of alarm 716: Power cell: breaker tripped */
#define S7_ST08_ALARM_SAFETY_OPEN 960 /* input register, u16: status word of alarm 801: Limb marriage: safety chain open */
#define S7_ST08_ALARM_BOARD_LOST 961 /* input register, u16: status word of alarm 802: Limb marriage: board does not answer */
#define S7_ST08_ALARM_BOARD_TRIPPED 962 /* input register, u16: status word of alarm 803: Limb marriage: board tripped */
#define S7_ST08_ALARM_INTERLOCK 963 /* input register, u16: status word of alarm 804: Limb marriage: stopped by an interlock */
#define S7_ST08_ALARM_HOMING 964 /* input register, u16: status word of alarm 805: Limb marriage: does not find home */
#define S7_ST08_ALARM_WORK_STOPPED 965 /* input register, u16: status word of alarm 806: Limb marriage: stands in its work */
#define S7_ST08_ALARM_PALLET_STOPPED 966 /* input register, u16: status word of alarm 807: Limb marriage: pallet does not move */
#define S7_ST08_ALARM_UTILITY_MISSING 967 /* input register, u16: status word of alarm 808: Limb marriage: utility missing */
#define S7_ST08_ALARM_OWNER_LOST 968 /* input register, u16: status word of alarm 809: Limb marriage: external owner lost */
#define S7_ST08_ALARM_REJECT_RATE 969 /* input register, u16: status word of alarm 810: Limb marriage: many rejects */
#define S7_ST08_ALARM_OFFSET_LEFT 971 /* input register, u16: status word of alarm 812: Limb offset drifts to minus */
#define S7_ST08_ALARM_OFFSET_RIGHT 972 /* input register, u16: status word of alarm 813: Limb offset drifts to plus */
#define S7_ST08_ALARM_BREAKER_TRIPPED 975 /* input register, u16: status word of alarm 816: Limb marriage: breaker tripped */
#define S7_ST09_ALARM_SAFETY_OPEN 976 /* input register, u16: status word of alarm 901: Flash and calibrate: safety chain open */
#define S7_ST09_ALARM_BOARD_LOST 977 /* input register, u16: status word of alarm 902: Flash and calibrate: board does not answer */
#define S7_ST09_ALARM_BOARD_TRIPPED 978 /* input register, u16: status word of alarm 903: Flash and calibrate: board tripped */
#define S7_ST09_ALARM_INTERLOCK 979 /* input register, u16: status word of alarm 904: Flash and calibrate: stopped by an interlock */
#define S7_ST09_ALARM_HOMING 980 /* input register, u16: status word of alarm 905: Flash and calibrate: does not find home */
#define S7_ST09_ALARM_WORK_STOPPED 981 /* input register, u16: status word of alarm 906: Flash and calibrate: stands in its work */
#define S7_ST09_ALARM_PALLET_STOPPED 982 /* input register, u16: status word of alarm 907: Flash and calibrate: pallet does not move */
#define S7_ST09_ALARM_UTILITY_MISSING 983 /* input register, u16: status word of alarm 908: Flash and calibrate: utility missing */
#define S7_ST09_ALARM_OWNER_LOST 984 /* input register, u16: status word of alarm 909: Flash and calibrate: external owner lost */
#define S7_ST09_ALARM_REJECT_RATE 985 /* input register, u16: status word of alarm 910: Flash and calibrate: many rejects */
#define S7_ST09_ALARM_JOINT_MINUS 987 /* input register, u16: status word of alarm 912: Joint offset drifts to minus */
#define S7_ST09_ALARM_JOINT_PLUS 988 /* input register, u16: status word of alarm 913: Joint offset drifts to plus */
#define S7_ST09_ALARM_BREAKER_TRIPPED 991 /* input register, u16: status word of alarm 916: Flash and calibrate: breaker tripped */
#define S7_ST10_ALARM_SAFETY_OPEN 992 /* input register, u16: status word of alarm 1001: End-of-line test: safety chain open */
#define S7_ST10_ALARM_BOARD_LOST 993 /* input register, u16: status word of alarm 1002: End-of-line test: board does not answer */
#define S7_ST10_ALARM_BOARD_TRIPPED 994 /* input register, u16: status word of alarm 1003: End-of-line test: board tripped */
#define S7_ST10_ALARM_INTERLOCK 995 /* input register, u16: status word of alarm 1004: End-of-line test: stopped by an interlock */
#define S7_ST10_ALARM_HOMING 996 /* input register, u16: status word of alarm 1005: End-of-line test: does not find home */
#define S7_ST10_ALARM_WORK_STOPPED 997 /* input register, u16: status word of alarm 1006: End-of-line test: stands in its work */
#define S7_ST10_ALARM_PALLET_STOPPED 998 /* input register, u16: status word of alarm 1007: End-of-line test: pallet does not move */
#define S7_ST10_ALARM_UTILITY_MISSING 999 /* input register, u16: status word of alarm 1008: End-of-line test: utility missing */
#define S7_ST10_ALARM_OWNER_LOST 1000 /* input register, u16: status word of alarm 1009: End-of-line test: external owner lost */
#define S7_ST10_ALARM_REJECT_RATE 1001 /* input register, u16: status word of alarm 1010: End-of-line test: many rejects */
#define S7_ST10_ALARM_DEVICE_FAULT 1002 /* input register, u16: status word of alarm 1011: End-of-line test: device reports a fault */
#define S7_ST10_ALARM_BENCH_TORQUE_LOW 1003 /* input register, u16: status word of alarm 1012: Bench torque very low */
#define S7_ST10_ALARM_BENCH_CURRENT_HIGH 1004 /* input register, u16: status word of alarm 1013: Bench current high */
#define S7_ST10_ALARM_BREAKER_TRIPPED 1007 /* input register, u16: status word of alarm 1016: End-of-line test: breaker tripped */
#define S7_ST11_ALARM_SAFETY_OPEN 1008 /* input register, u16: status word of alarm 1101: Burn-in: safety chain open */
#define S7_ST11_ALARM_BOARD_LOST 1009 /* input register, u16: status word of alarm 1102: Burn-in: board does not answer */
#define S7_ST11_ALARM_BOARD_TRIPPED 1010 /* input register, u16: status word of alarm 1103: Burn-in: board tripped */
#define S7_ST11_ALARM_INTERLOCK 1011 /* input register, u16: status word of alarm 1104: Burn-in: stopped by an interlock */
#define S7_ST11_ALARM_HOMING 1012 /* input register, u16: status word of alarm 1105: Burn-in: does not find home */
#define S7_ST11_ALARM_WORK_STOPPED 1013 /* input register, u16: status word of alarm 1106: Burn-in: stands in its work */
#define S7_ST11_ALARM_PALLET_STOPPED 1014 /* input register, u16: status word of alarm 1107: Burn-in: pallet does not move */
#define S7_ST11_ALARM_UTILITY_MISSING 1015 /* input register, u16: status word of alarm 1108: Burn-in: utility missing */
#define S7_ST11_ALARM_OWNER_LOST 1016 /* input register, u16: status word of alarm 1109: Burn-in: external owner lost */
#define S7_ST11_ALARM_REJECT_RATE 1017 /* input register, u16: status word of alarm 1110: Burn-in: many rejects */
#define S7_ST11_ALARM_CHAMBER_COLD 1019 /* input register, u16: status word of alarm 1112: Chamber too cold */
#define S7_ST11_ALARM_CHAMBER_HOT 1020 /* input register, u16: status word of alarm 1113: Chamber too hot */
#define S7_ST11_ALARM_BREAKER_TRIPPED 1023 /* input register, u16: status word of alarm 1116: Burn-in: breaker tripped */
#define S7_ST12_ALARM_SAFETY_OPEN 1024 /* input register, u16: status word of alarm 1201: Pack-out: safety chain open */
#define S7_ST12_ALARM_BOARD_LOST 1025 /* input register, u16: status word of alarm 1202: Pack-out: board does not answer */
#define S7_ST12_ALARM_BOARD_TRIPPED 1026 /* input register, u16: status word of alarm 1203: Pack-out: board tripped */
#define S7_ST12_ALARM_INTERLOCK 1027 /* input register, u16: status word of alarm 1204: Pack-out: stopped by an interlock */
#define S7_ST12_ALARM_HOMING 1028 /* input register, u16: status word of alarm 1205: Pack-out: does not find home */
#define S7_ST12_ALARM_WORK_STOPPED 1029 /* input register, u16: status word of alarm 1206: Pack-out: stands in its work */
#define S7_ST12_ALARM_PALLET_STOPPED 1030 /* input register, u16: status word of alarm 1207: Pack-out: pallet does not move */
#define S7_ST12_ALARM_UTILITY_MISSING 1031 /* input register, u16: status word of alarm 1208: Pack-out: utility missing */
#define S7_ST12_ALARM_OWNER_LOST 1032 /* input register, u16: status word of alarm 1209: Pack-out: external owner lost */
#define S7_ST12_ALARM_REJECT_RATE 1033 /* input register, u16: status word of alarm 1210: Pack-out: many rejects */
#define S7_ST12_ALARM_ROBOT_LIGHT 1035 /* input register, u16: status word of alarm 1212: Robots too light */
#define S7_ST12_ALARM_ROBOT_HEAVY 1036 /* input register, u16: status word of alarm 1213: Robots too heavy */
#define S7_ST12_ALARM_BREAKER_TRIPPED 1039 /* input register, u16: status word of alarm 1216: Pack-out: breaker tripped */
#define S7_LINE_WORST01_NUMBER 1044 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST01_WORD 1045 /* input register, u16: its status word */
#define S7_LINE_WORST01_TIME 1046 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST01_VALUE 1050 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST02_NUMBER 1052 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST02_WORD 1053 /* input register, u16: its status word */
#define S7_LINE_WORST02_TIME 1054 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST02_VALUE 1058 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST03_NUMBER 1060 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST03_WORD 1061 /* input register, u16: its status word */
#define S7_LINE_WORST03_TIME 1062 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST03_VALUE 1066 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST04_NUMBER 1068 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST04_WORD 1069 /* input register, u16: its status word */
#define S7_LINE_WORST04_TIME 1070 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST04_VALUE 1074 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST05_NUMBER 1076 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST05_WORD 1077 /* input register, u16: its status word */
#define S7_LINE_WORST05_TIME 1078 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST05_VALUE 1082 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST06_NUMBER 1084 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST06_WORD 1085 /* input register, u16: its status word */
#define S7_LINE_WORST06_TIME 1086 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST06_VALUE 1090 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST07_NUMBER 1092 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST07_WORD 1093 /* input register, u16: its status word */
#define S7_LINE_WORST07_TIME 1094 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST07_VALUE 1098 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST08_NUMBER 1100 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST08_WORD 1101 /* input register, u16: its status word */
#define S7_LINE_WORST08_TIME 1102 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST08_VALUE 1106 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST09_NUMBER 1108 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST09_WORD 1109 /* input register, u16: its status word */
#define S7_LINE_WORST09_TIME 1110 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST09_VALUE 1114 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST10_NUMBER 1116 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST10_WORD 1117 /* input register, u16: its status word */
#define S7_LINE_WORST10_TIME 1118 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST10_VALUE 1122 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST11_NUMBER 1124 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST11_WORD 1125 /* input register, u16: its status word */
#define S7_LINE_WORST11_TIME 1126 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST11_VALUE 1130 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST12_NUMBER 1132 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST12_WORD 1133 /* input register, u16: its status word */
#define S7_LINE_WORST12_TIME 1134 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST12_VALUE 1138 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST13_NUMBER 1140 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST13_WORD 1141 /* input register, u16: its status word */
#define S7_LINE_WORST13_TIME 1142 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST13_VALUE 1146 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST14_NUMBER 1148 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST14_WORD 1149 /* input register, u16: its status word */
#define S7_LINE_WORST14_TIME 1150 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST14_VALUE 1154 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST15_NUMBER 1156 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST15_WORD 1157 /* input register, u16: its status word */
#define S7_LINE_WORST15_TIME 1158 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST15_VALUE 1162 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST16_NUMBER 1164 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST16_WORD 1165 /* input register, u16: its status word */
#define S7_LINE_WORST16_TIME 1166 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST16_VALUE 1170 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST17_NUMBER 1172 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST17_WORD 1173 /* input register, u16: its status word */
#define S7_LINE_WORST17_TIME 1174 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST17_VALUE 1178 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST18_NUMBER 1180 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST18_WORD 1181 /* input register, u16: its status word */
#define S7_LINE_WORST18_TIME 1182 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST18_VALUE 1186 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST19_NUMBER 1188 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST19_WORD 1189 /* input register, u16: its status word */
#define S7_LINE_WORST19_TIME 1190 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST19_VALUE 1194 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST20_NUMBER 1196 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST20_WORD 1197 /* input register, u16: its status word */
#define S7_LINE_WORST20_TIME 1198 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST20_VALUE 1202 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST21_NUMBER 1204 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST21_WORD 1205 /* input register, u16: its status word */
#define S7_LINE_WORST21_TIME 1206 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST21_VALUE 1210 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST22_NUMBER 1212 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST22_WORD 1213 /* input register, u16: its status word */
#define S7_LINE_WORST22_TIME 1214 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST22_VALUE 1218 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST23_NUMBER 1220 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST23_WORD 1221 /* input register, u16: its status word */
#define S7_LINE_WORST23_TIME 1222 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST23_VALUE 1226 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST24_NUMBER 1228 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST24_WORD 1229 /* input register, u16: its status word */
#define S7_LINE_WORST24_TIME 1230 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST24_VALUE 1234 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST25_NUMBER 1236 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST25_WORD 1237 /* input register, u16: its status word */
#define S7_LINE_WORST25_TIME 1238 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST25_VALUE 1242 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST26_NUMBER 1244 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST26_WORD 1245 /* input register, u16: its status word */
#define S7_LINE_WORST26_TIME 1246 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST26_VALUE 1250 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST27_NUMBER 1252 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST27_WORD 1253 /* input register, u16: its status word */
#define S7_LINE_WORST27_TIME 1254 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST27_VALUE 1258 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST28_NUMBER 1260 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST28_WORD 1261 /* input register, u16: its status word */
#define S7_LINE_WORST28_TIME 1262 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST28_VALUE 1266 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST29_NUMBER 1268 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST29_WORD 1269 /* input register, u16: its status word */
#define S7_LINE_WORST29_TIME 1270 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST29_VALUE 1274 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST30_NUMBER 1276 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST30_WORD 1277 /* input register, u16: its status word */
#define S7_LINE_WORST30_TIME 1278 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST30_VALUE 1282 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST31_NUMBER 1284 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST31_WORD 1285 /* input register, u16: its status word */
#define S7_LINE_WORST31_TIME 1286 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST31_VALUE 1290 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_WORST32_NUMBER 1292 /* input register, u16: alarm number, 0: no more */
#define S7_LINE_WORST32_WORD 1293 /* input register, u16: its status word */
#define S7_LINE_WORST32_TIME 1294 /* input register, u64: plant time of its last change */
#define S7_LINE_WORST32_VALUE 1298 /* input register, i32: the value that raised it, raw: a measured value, a stop reason, a number of robots */
#define S7_LINE_TOP01_NUMBER 1304 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP01_COUNT 1305 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP02_NUMBER 1306 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP02_COUNT 1307 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP03_NUMBER 1308 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP03_COUNT 1309 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP04_NUMBER 1310 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP04_COUNT 1311 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP05_NUMBER 1312 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP05_COUNT 1313 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP06_NUMBER 1314 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP06_COUNT 1315 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP07_NUMBER 1316 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP07_COUNT 1317 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP08_NUMBER 1318 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP08_COUNT 1319 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP09_NUMBER 1320 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP09_COUNT 1321 /* input register, u16: how often it was annunciated */
#define S7_LINE_TOP10_NUMBER 1322 /* input register, u16: most frequent alarms since the run began: number, 0: no more */
#define S7_LINE_TOP10_COUNT 1323 /* input register, u16: how often it was annunciated */
#define S7_LINE_ALARM_GENERATION_AFTER 1343 /* input register, u16: see AlarmGenerationBefore */
#define S7_ST01_BOARD_TIER 1344 /* input register, u16: what stands for the station's board */
#define S7_ST01_BOARD_LINK 1345 /* input register, u16: link to a real board */
#define S7_ST01_LINK_ASKED 1346 /* input register, u32: exchanges asked for */
#define S7_ST01_LINK_RTT 1349 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST01_LINK_RTT_MEAN 1350 /* input register, u16: mean of all */
#define S7_ST01_LINK_RTT_MAX 1351 /* input register, u16: longest */
#define S7_ST01_LINK_ANSWERED 1352 /* input register, u32: exchanges answered */
#define S7_ST01_LINK_JITTER 1354 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST01_LINK_RETRIES 1355 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST01_LINK_GARBLED 1356 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST01_LINK_TIMEOUTS 1357 /* input register, u16: attempts without any answer */
#define S7_ST01_LINK_LATE 1358 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST01_LINK_LOST 1359 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST01_LINK_CONNECTS 1360 /* input register, u16: times that the board was found */
#define S7_ST01_TWIN_DIFFERING 1361 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST01_TWIN_DIFFERENCES 1362 /* input register, u16: differences so far */
#define S7_ST01_TWIN_CHANNEL 1363 /* input register, u16: the channel that was furthest off */
#define S7_ST01_TWIN_WORST 1365 /* input register, u16: by how much (1: a digital input) */
#define S7_ST01_TWIN_SINCE 1366 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST02_BOARD_TIER 1370 /* input register, u16: what stands for the station's board */
#define S7_ST02_BOARD_LINK 1371 /* input register, u16: link to a real board */
#define S7_ST02_LINK_ASKED 1372 /* input register, u32: exchanges asked for */
#define S7_ST02_LINK_RTT 1375 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST02_LINK_RTT_MEAN 1376 /* input register, u16: mean of all */
#define S7_ST02_LINK_RTT_MAX 1377 /* input register, u16: longest */
#define S7_ST02_LINK_ANSWERED 1378 /* input register, u32: exchanges answered */
#define S7_ST02_LINK_JITTER 1380 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST02_LINK_RETRIES 1381 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST02_LINK_GARBLED 1382 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST02_LINK_TIMEOUTS 1383 /* input register, u16: attempts without any answer */
#define S7_ST02_LINK_LATE 1384 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST02_LINK_LOST 1385 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST02_LINK_CONNECTS 1386 /* input register, u16: times that the board was found */
#define S7_ST02_TWIN_DIFFERING 1387 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST02_TWIN_DIFFERENCES 1388 /* input register, u16: differences so far */
#define S7_ST02_TWIN_CHANNEL 1389 /* input register, u16: the channel that was furthest off */
#define S7_ST02_TWIN_WORST 1391 /* input register, u16: by how much (1: a digital input) */
#define S7_ST02_TWIN_SINCE 1392 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST03_BOARD_TIER 1396 /* input register, u16: what stands for the station's board */
#define S7_ST03_BOARD_LINK 1397 /* input register, u16: link to a real board */
#define S7_ST03_LINK_ASKED 1398 /* input register, u32: exchanges asked for */
#define S7_ST03_LINK_RTT 1401 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST03_LINK_RTT_MEAN 1402 /* input register, u16: mean of all */
#define S7_ST03_LINK_RTT_MAX 1403 /* input register, u16: longest */
#define S7_ST03_LINK_ANSWERED 1404 /* input register, u32: exchanges answered */
#define S7_ST03_LINK_JITTER 1406 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST03_LINK_RETRIES 1407 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST03_LINK_GARBLED 1408 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST03_LINK_TIMEOUTS 1409 /* input register, u16: attempts without any answer */
#define S7_ST03_LINK_LATE 1410 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST03_LINK_LOST 1411 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST03_LINK_CONNECTS 1412 /* input register, u16: times that the board was found */
#define S7_ST03_TWIN_DIFFERING 1413 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST03_TWIN_DIFFERENCES 1414 /* input register, u16: differences so far */
#define S7_ST03_TWIN_CHANNEL 1415 /* input register, u16: the channel that was furthest off */
#define S7_ST03_TWIN_WORST 1417 /* input register, u16: by how much (1: a digital input) */
#define S7_ST03_TWIN_SINCE 1418 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST04_BOARD_TIER 1422 /* input register, u16: what stands for the station's board */
#define S7_ST04_BOARD_LINK 1423 /* input register, u16: link to a real board */
#define S7_ST04_LINK_ASKED 1424 /* input register, u32: exchanges asked for */
#define S7_ST04_LINK_RTT 1427 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST04_LINK_RTT_MEAN 1428 /* input register, u16: mean of all */
#define S7_ST04_LINK_RTT_MAX 1429 /* input register, u16: longest */
#define S7_ST04_LINK_ANSWERED 1430 /* input register, u32: exchanges answered */
#define S7_ST04_LINK_JITTER 1432 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST04_LINK_RETRIES 1433 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST04_LINK_GARBLED 1434 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST04_LINK_TIMEOUTS 1435 /* input register, u16: attempts without any answer */
#define S7_ST04_LINK_LATE 1436 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST04_LINK_LOST 1437 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST04_LINK_CONNECTS 1438 /* input register, u16: times that the board was found */
#define S7_ST04_TWIN_DIFFERING 1439 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST04_TWIN_DIFFERENCES 1440 /* input register, u16: differences so far */
#define S7_ST04_TWIN_CHANNEL 1441 /* input register, u16: the channel that was furthest off */
#define S7_ST04_TWIN_WORST 1443 /* input register, u16: by how much (1: a digital input) */
#define S7_ST04_TWIN_SINCE 1444 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST05_BOARD_TIER 1448 /* input register, u16: what stands for the station's board */
#define S7_ST05_BOARD_LINK 1449 /* input register, u16: link to a real board */
#define S7_ST05_LINK_ASKED 1450 /* input register, u32: exchanges asked for */
#define S7_ST05_LINK_RTT 1453 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST05_LINK_RTT_MEAN 1454 /* input register, u16: mean of all */
#define S7_ST05_LINK_RTT_MAX 1455 /* input register, u16: longest */
#define S7_ST05_LINK_ANSWERED 1456 /* input register, u32: exchanges answered */
#define S7_ST05_LINK_JITTER 1458 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST05_LINK_RETRIES 1459 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST05_LINK_GARBLED 1460 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST05_LINK_TIMEOUTS 1461 /* input register, u16: attempts without any answer */
#define S7_ST05_LINK_LATE 1462 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST05_LINK_LOST 1463 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST05_LINK_CONNECTS 1464 /* input register, u16: times that the board was found */
#define S7_ST05_TWIN_DIFFERING 1465 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST05_TWIN_DIFFERENCES 1466 /* input register, u16: differences so far */
#define S7_ST05_TWIN_CHANNEL 1467 /* input register, u16: the channel that was furthest off */
#define S7_ST05_TWIN_WORST 1469 /* input register, u16: by how much (1: a digital input) */
#define S7_ST05_TWIN_SINCE 1470 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST06_BOARD_TIER 1474 /* input register, u16: what stands for the station's board */
#define S7_ST06_BOARD_LINK 1475 /* input register, u16: link to a real board */
#define S7_ST06_LINK_ASKED 1476 /* input register, u32: exchanges asked for */
#define S7_ST06_LINK_RTT 1479 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST06_LINK_RTT_MEAN 1480 /* input register, u16: mean of all */
#define S7_ST06_LINK_RTT_MAX 1481 /* input register, u16: longest */
#define S7_ST06_LINK_ANSWERED 1482 /* input register, u32: exchanges answered */
#define S7_ST06_LINK_JITTER 1484 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST06_LINK_RETRIES 1485 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST06_LINK_GARBLED 1486 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST06_LINK_TIMEOUTS 1487 /* input register, u16: attempts without any answer */
#define S7_ST06_LINK_LATE 1488 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST06_LINK_LOST 1489 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST06_LINK_CONNECTS 1490 /* input register, u16: times that the board was found */
#define S7_ST06_TWIN_DIFFERING 1491 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST06_TWIN_DIFFERENCES 1492 /* input register, u16: differences so far */
#define S7_ST06_TWIN_CHANNEL 1493 /* input register, u16: the channel that was furthest off */
#define S7_ST06_TWIN_WORST 1495 /* input register, u16: by how much (1: a digital input) */
#define S7_ST06_TWIN_SINCE 1496 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST07_BOARD_TIER 1500 /* input register, u16: what stands for the station's board */
#define S7_ST07_BOARD_LINK 1501 /* input register, u16: link to a real board */
#define S7_ST07_LINK_ASKED 1502 /* input register, u32: exchanges asked for */
#define S7_ST07_LINK_RTT 1505 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST07_LINK_RTT_MEAN 1506 /* input register, u16: mean of all */
#define S7_ST07_LINK_RTT_MAX 1507 /* input register, u16: longest */
#define S7_ST07_LINK_ANSWERED 1508 /* input register, u32: exchanges answered */
#define S7_ST07_LINK_JITTER 1510 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST07_LINK_RETRIES 1511 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST07_LINK_GARBLED 1512 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST07_LINK_TIMEOUTS 1513 /* input register, u16: attempts without any answer */
#define S7_ST07_LINK_LATE 1514 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST07_LINK_LOST 1515 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST07_LINK_CONNECTS 1516 /* input register, u16: times that the board was found */
#define S7_ST07_TWIN_DIFFERING 1517 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST07_TWIN_DIFFERENCES 1518 /* input register, u16: differences so far */
#define S7_ST07_TWIN_CHANNEL 1519 /* input register, u16: the channel that was furthest off */
#define S7_ST07_TWIN_WORST 1521 /* input register, u16: by how much (1: a digital input) */
#define S7_ST07_TWIN_SINCE 1522 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST08_BOARD_TIER 1526 /* input register, u16: what stands for the station's board */
#define S7_ST08_BOARD_LINK 1527 /* input register, u16: link to a real board */
#define S7_ST08_LINK_ASKED 1528 /* input register, u32: exchanges asked for */
#define S7_ST08_LINK_RTT 1531 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST08_LINK_RTT_MEAN 1532 /* input register, u16: mean of all */
#define S7_ST08_LINK_RTT_MAX 1533 /* input register, u16: longest */
#define S7_ST08_LINK_ANSWERED 1534 /* input register, u32: exchanges answered */
#define S7_ST08_LINK_JITTER 1536 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST08_LINK_RETRIES 1537 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST08_LINK_GARBLED 1538 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST08_LINK_TIMEOUTS 1539 /* input register, u16: attempts without any answer */
#define S7_ST08_LINK_LATE 1540 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST08_LINK_LOST 1541 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST08_LINK_CONNECTS 1542 /* input register, u16: times that the board was found */
#define S7_ST08_TWIN_DIFFERING 1543 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST08_TWIN_DIFFERENCES 1544 /* input register, u16: differences so far */
#define S7_ST08_TWIN_CHANNEL 1545 /* input register, u16: the channel that was furthest off */
#define S7_ST08_TWIN_WORST 1547 /* input register, u16: by how much (1: a digital input) */
#define S7_ST08_TWIN_SINCE 1548 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST09_BOARD_TIER 1552 /* input register, u16: what stands for the station's board */
#define S7_ST09_BOARD_LINK 1553 /* input register, u16: link to a real board */
#define S7_ST09_LINK_ASKED 1554 /* input register, u32: exchanges asked for */
#define S7_ST09_LINK_RTT 1557 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST09_LINK_RTT_MEAN 1558 /* input register, u16: mean of all */
#define S7_ST09_LINK_RTT_MAX 1559 /* input register, u16: longest */
#define S7_ST09_LINK_ANSWERED 1560 /* input register, u32: exchanges answered */
#define S7_ST09_LINK_JITTER 1562 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST09_LINK_RETRIES 1563 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST09_LINK_GARBLED 1564 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST09_LINK_TIMEOUTS 1565 /* input register, u16: attempts without any answer */
#define S7_ST09_LINK_LATE 1566 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST09_LINK_LOST 1567 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST09_LINK_CONNECTS 1568 /* input register, u16: times that the board was found */
#define S7_ST09_TWIN_DIFFERING 1569 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST09_TWIN_DIFFERENCES 1570 /* input register, u16: differences so far */
#define S7_ST09_TWIN_CHANNEL 1571 /* input register, u16: the channel that was furthest off */
#define S7_ST09_TWIN_WORST 1573 /* input register, u16: by how much (1: a digital input) */
#define S7_ST09_TWIN_SINCE 1574 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST10_BOARD_TIER 1578 /* input register, u16: what stands for the station's board */
#define S7_ST10_BOARD_LINK 1579 /* input register, u16: link to a real board */
#define S7_ST10_LINK_ASKED 1580 /* input register, u32: exchanges asked for */
#define S7_ST10_LINK_RTT 1583 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST10_LINK_RTT_MEAN 1584 /* input register, u16: mean of all */
#define S7_ST10_LINK_RTT_MAX 1585 /* input register, u16: longest */
#define S7_ST10_LINK_ANSWERED 1586 /* input register, u32: exchanges answered */
#define S7_ST10_LINK_JITTER 1588 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST10_LINK_RETRIES 1589 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST10_LINK_GARBLED 1590 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST10_LINK_TIMEOUTS 1591 /* input register, u16: attempts without any answer */
#define S7_ST10_LINK_LATE 1592 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST10_LINK_LOST 1593 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST10_LINK_CONNECTS 1594 /* input register, u16: times that the board was found */
#define S7_ST10_TWIN_DIFFERING 1595 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST10_TWIN_DIFFERENCES 1596 /* input register, u16: differences so far */
#define S7_ST10_TWIN_CHANNEL 1597 /* input register, u16: the channel that was furthest off */
#define S7_ST10_TWIN_WORST 1599 /* input register, u16: by how much (1: a digital input) */
#define S7_ST10_TWIN_SINCE 1600 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST11_BOARD_TIER 1604 /* input register, u16: what stands for the station's board */
#define S7_ST11_BOARD_LINK 1605 /* input register, u16: link to a real board */
#define S7_ST11_LINK_ASKED 1606 /* input register, u32: exchanges asked for */
#define S7_ST11_LINK_RTT 1609 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST11_LINK_RTT_MEAN 1610 /* input register, u16: mean of all */
#define S7_ST11_LINK_RTT_MAX 1611 /* input register, u16: longest */
#define S7_ST11_LINK_ANSWERED 1612 /* input register, u32: exchanges answered */
#define S7_ST11_LINK_JITTER 1614 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST11_LINK_RETRIES 1615 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST11_LINK_GARBLED 1616 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST11_LINK_TIMEOUTS 1617 /* input register, u16: attempts without any answer */
#define S7_ST11_LINK_LATE 1618 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST11_LINK_LOST 1619 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST11_LINK_CONNECTS 1620 /* input register, u16: times that the board was found */
#define S7_ST11_TWIN_DIFFERING 1621 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST11_TWIN_DIFFERENCES 1622 /* input register, u16: differences so far */
#define S7_ST11_TWIN_CHANNEL 1623 /* input register, u16: the channel that was furthest off */
#define S7_ST11_TWIN_WORST 1625 /* input register, u16: by how much (1: a digital input) */
#define S7_ST11_TWIN_SINCE 1626 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_ST12_BOARD_TIER 1630 /* input register, u16: what stands for the station's board */
#define S7_ST12_BOARD_LINK 1631 /* input register, u16: link to a real board */
#define S7_ST12_LINK_ASKED 1632 /* input register, u32: exchanges asked for */
#define S7_ST12_LINK_RTT 1635 /* input register, u16: last exchange, request to answer with its retries */
#define S7_ST12_LINK_RTT_MEAN 1636 /* input register, u16: mean of all */
#define S7_ST12_LINK_RTT_MAX 1637 /* input register, u16: longest */
#define S7_ST12_LINK_ANSWERED 1638 /* input register, u32: exchanges answered */
#define S7_ST12_LINK_JITTER 1640 /* input register, u16: smoothed change from one exchange to the next */
#define S7_ST12_LINK_RETRIES 1641 /* input register, u16: attempts beyond the first, stops at 65535 */
#define S7_ST12_LINK_GARBLED 1642 /* input register, u16: answers with a wrong CRC or length */
#define S7_ST12_LINK_TIMEOUTS 1643 /* input register, u16: attempts without any answer */
#define S7_ST12_LINK_LATE 1644 /* input register, u16: exchange instants that found no answer yet: the last one held */
#define S7_ST12_LINK_LOST 1645 /* input register, u16: exchanges without a valid answer within the watchdog */
#define S7_ST12_LINK_CONNECTS 1646 /* input register, u16: times that the board was found */
#define S7_ST12_TWIN_DIFFERING 1647 /* input register, u16: bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue */
#define S7_ST12_TWIN_DIFFERENCES 1648 /* input register, u16: differences so far */
#define S7_ST12_TWIN_CHANNEL 1649 /* input register, u16: the channel that was furthest off */
#define S7_ST12_TWIN_WORST 1651 /* input register, u16: by how much (1: a digital input) */
#define S7_ST12_TWIN_SINCE 1652 /* input register, u16: how long the oldest difference of now has lasted */
#define S7_LINE_JOURNAL_STATE 1664 /* input register, u16: whether the plant remembers: 2 = writes answer exception 04 */
#define S7_LINE_FORCES_ACTIVE 1665 /* input register, u16: forced terminals of the line */
#define S7_LINE_FORCE_RESULT 1666 /* input register, u16: what became of the last request to force */
#define S7_ST01_FORCED_INPUTS 1668 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST01_FORCED_OUTPUTS 1669 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST01_FORCE_LEFT 1670 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST02_FORCED_INPUTS 1671 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST02_FORCED_OUTPUTS 1672 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST02_FORCE_LEFT 1673 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST03_FORCED_INPUTS 1674 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST03_FORCED_OUTPUTS 1675 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST03_FORCE_LEFT 1676 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST04_FORCED_INPUTS 1677 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST04_FORCED_OUTPUTS 1678 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST04_FORCE_LEFT 1679 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST05_FORCED_INPUTS 1680 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST05_FORCED_OUTPUTS 1681 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST05_FORCE_LEFT 1682 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST06_FORCED_INPUTS 1683 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST06_FORCED_OUTPUTS 1684 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST06_FORCE_LEFT 1685 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST07_FORCED_INPUTS 1686 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST07_FORCED_OUTPUTS 1687 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST07_FORCE_LEFT 1688 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST08_FORCED_INPUTS 1689 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST08_FORCED_OUTPUTS 1690 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST08_FORCE_LEFT 1691 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST09_FORCED_INPUTS 1692 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST09_FORCED_OUTPUTS 1693 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST09_FORCE_LEFT 1694 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST10_FORCED_INPUTS 1695 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST10_FORCED_OUTPUTS 1696 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST10_FORCE_LEFT 1697 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST11_FORCED_INPUTS 1698 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST11_FORCED_OUTPUTS 1699 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST11_FORCE_LEFT 1700 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_ST12_FORCED_INPUTS 1701 /* input register, u16: bits: digital inputs that are forced */
#define S7_ST12_FORCED_OUTPUTS 1702 /* input register, u16: bits: digital outputs that are forced */
#define S7_ST12_FORCE_LEFT 1703 /* input register, u16: until the next force of the station ends, 0 = none */
#define S7_LINE_HISTORY_STATE 1728 /* input register, u16: whether the plant keeps a history: then its trend files can be read */
#define S7_LINE_HISTORY_TAGS 1729 /* input register, u16: tags that are recorded */
#define S7_LINE_HISTORY_LOST 1730 /* input register, u32: changes that could not be recorded since the server was started */
#define S7_LINE_HISTORY_OLDEST 1732 /* input register, u32: plant time at which the history begins */
#define S7_LINE_HISTORY_NEWEST 1734 /* input register, u32: plant time up to which the history is on the disk */
#define S7_LINE_MAINS_FREQUENCY 1760 /* input register, u16: frequency of the mains, 0 = no voltage */
#define S7_LINE_BUS_VOLTAGE 1761 /* input register, u16: main bus, phase to phase */
#define S7_LINE_BUS_POWER 1762 /* input register, u32: power drawn from the main bus */
#define S7_LINE_ENERGY_USED 1764 /* input register, u32: energy drawn from the main bus since the beginning */
#define S7_LINE_ENERGY_GENERATED 1766 /* input register, u32: the generator's part of it */
#define S7_LINE_ENERGY_PER_ROBOT 1768 /* input register, u32: energy used per good robot packed, 0 = none yet */
#define S7_LINE_TRANSFER_SWITCH 1770 /* input register, u16: source that feeds the main bus */
#define S7_LINE_GENERATOR_STATE 1771 /* input register, u16: state of the generator */
#define S7_LINE_GENERATOR_FUEL 1772 /* input register, u16: fuel in the generator's tank */
#define S7_LINE_UPS_STATE 1773 /* input register, u16: state of the supply of the control bus */
#define S7_LINE_UPS_CHARGE 1774 /* input register, u16: charge of its battery */
#define S7_LINE_UPS_RUNTIME 1775 /* input register, u16: how long the battery carries the control bus, stops at 65535 */
#define S7_LINE_SERVICES_FEEDER_VOLTAGE 1784 /* input register, u16: behind the breaker, phase to phase */
#define S7_LINE_SERVICES_FEEDER_CURRENT 1785 /* input register, u16: current of the feeder */
#define S7_LINE_SERVICES_FEEDER_POWER 1786 /* input register, u16: power drawn, stops at 65535 */
#define S7_LINE_SERVICES_BREAKER_STATE 1787 /* input register, u16: the feeder's breaker */
#define S7_LINE_SERVICES_FEEDER_ENERGY 1788 /* input register, u32: energy used since the beginning */
#define S7_LINE_SERVICES_CONTACTOR_CLOSED 1790 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST01_FEEDER_VOLTAGE 1792 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST01_FEEDER_CURRENT 1793 /* input register, u16: current of the feeder */
#define S7_ST01_FEEDER_POWER 1794 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST01_BREAKER_STATE 1795 /* input register, u16: the feeder's breaker */
#define S7_ST01_FEEDER_ENERGY 1796 /* input register, u32: energy used since the beginning */
#define S7_ST01_CONTACTOR_CLOSED 1798 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST01_RAIL_VOLTAGE 1799 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST02_FEEDER_VOLTAGE 1800 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST02_FEEDER_CURRENT 1801 /* input register, u16: current of the feeder */
#define S7_ST02_FEEDER_POWER 1802 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST02_BREAKER_STATE 1803 /* input register, u16: the feeder's breaker */
#define S7_ST02_FEEDER_ENERGY 1804 /* input register, u32: energy used since the beginning */
#define S7_ST02_CONTACTOR_CLOSED 1806 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST02_RAIL_VOLTAGE 1807 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST03_FEEDER_VOLTAGE 1808 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST03_FEEDER_CURRENT 1809 /* input register, u16: current of the feeder */
#define S7_ST03_FEEDER_POWER 1810 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST03_BREAKER_STATE 1811 /* input register, u16: the feeder's breaker */
#define S7_ST03_FEEDER_ENERGY 1812 /* input register, u32: energy used since the beginning */
#define S7_ST03_CONTACTOR_CLOSED 1814 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST03_RAIL_VOLTAGE 1815 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST04_FEEDER_VOLTAGE 1816 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST04_FEEDER_CURRENT 1817 /* input register, u16: current of the feeder */
#define S7_ST04_FEEDER_POWER 1818 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST04_BREAKER_STATE 1819 /* input register, u16: the feeder's breaker */
#define S7_ST04_FEEDER_ENERGY 1820 /* input register, u32: energy used since the beginning */
#define S7_ST04_CONTACTOR_CLOSED 1822 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST04_RAIL_VOLTAGE 1823 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST05_FEEDER_VOLTAGE 1824 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST05_FEEDER_CURRENT 1825 /* input register, u16: current of the feeder */
#define S7_ST05_FEEDER_POWER 1826 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST05_BREAKER_STATE 1827 /* input register, u16: the feeder's breaker */
#define S7_ST05_FEEDER_ENERGY 1828 /* input register, u32: energy used since the beginning */
#define S7_ST05_CONTACTOR_CLOSED 1830 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST05_RAIL_VOLTAGE 1831 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST06_FEEDER_VOLTAGE 1832 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST06_FEEDER_CURRENT 1833 /* input register, u16: current of the feeder */
#define S7_ST06_FEEDER_POWER 1834 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST06_BREAKER_STATE 1835 /* input register, u16: the feeder's breaker */
#define S7_ST06_FEEDER_ENERGY 1836 /* input register, u32: energy used since the beginning */
#define S7_ST06_CONTACTOR_CLOSED 1838 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST06_RAIL_VOLTAGE 1839 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST07_FEEDER_VOLTAGE 1840 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST07_FEEDER_CURRENT 1841 /* input register, u16: current of the feeder */
#define S7_ST07_FEEDER_POWER 1842 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST07_BREAKER_STATE 1843 /* input register, u16: the feeder's breaker */
#define S7_ST07_FEEDER_ENERGY 1844 /* input register, u32: energy used since the beginning */
#define S7_ST07_CONTACTOR_CLOSED 1846 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST07_RAIL_VOLTAGE 1847 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST08_FEEDER_VOLTAGE 1848 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST08_FEEDER_CURRENT 1849 /* input register, u16: current of the feeder */
#define S7_ST08_FEEDER_POWER 1850 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST08_BREAKER_STATE 1851 /* input register, u16: the feeder's breaker */
#define S7_ST08_FEEDER_ENERGY 1852 /* input register, u32: energy used since the beginning */
#define S7_ST08_CONTACTOR_CLOSED 1854 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST08_RAIL_VOLTAGE 1855 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST09_FEEDER_VOLTAGE 1856 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST09_FEEDER_CURRENT 1857 /* input register, u16: current of the feeder */
#define S7_ST09_FEEDER_POWER 1858 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST09_BREAKER_STATE 1859 /* input register, u16: the feeder's breaker */
#define S7_ST09_FEEDER_ENERGY 1860 /* input register, u32: energy used since the beginning */
#define S7_ST09_CONTACTOR_CLOSED 1862 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST09_RAIL_VOLTAGE 1863 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST10_FEEDER_VOLTAGE 1864 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST10_FEEDER_CURRENT 1865 /* input register, u16: current of the feeder */
#define S7_ST10_FEEDER_POWER 1866 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST10_BREAKER_STATE 1867 /* input register, u16: the feeder's breaker */
#define S7_ST10_FEEDER_ENERGY 1868 /* input register, u32: energy used since the beginning */
#define S7_ST10_CONTACTOR_CLOSED 1870 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST10_RAIL_VOLTAGE 1871 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST11_FEEDER_VOLTAGE 1872 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST11_FEEDER_CURRENT 1873 /* input register, u16: current of the feeder */
#define S7_ST11_FEEDER_POWER 1874 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST11_BREAKER_STATE 1875 /* input register, u16: the feeder's breaker */
#define S7_ST11_FEEDER_ENERGY 1876 /* input register, u32: energy used since the beginning */
#define S7_ST11_CONTACTOR_CLOSED 1878 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST11_RAIL_VOLTAGE 1879 /* input register, u16: supply voltage that the plant gives the board */
#define S7_ST12_FEEDER_VOLTAGE 1880 /* input register, u16: behind the breaker, phase to phase */
#define S7_ST12_FEEDER_CURRENT 1881 /* input register, u16: current of the feeder */
#define S7_ST12_FEEDER_POWER 1882 /* input register, u16: power drawn, stops at 65535 */
#define S7_ST12_BREAKER_STATE 1883 /* input register, u16: the feeder's breaker */
#define S7_ST12_FEEDER_ENERGY 1884 /* input register, u32: energy used since the beginning */
#define S7_ST12_CONTACTOR_CLOSED 1886 /* input register, u16: contactor of everything that moves or heats */
#define S7_ST12_RAIL_VOLTAGE 1887 /* input register, u16: supply voltage that the plant gives the board */
#define S7_LINE_COMMISSIONING 1888 /* input register, u16: what the automatic commissioning does */
#define S7_LINE_STATIONS_RELEASED 1889 /* input register, u16: stations that are released for production */
#define S7_LINE_COMMISSION_RESULT 1890 /* input register, u16: what became of the last commissioning command */
#define S7_LINE_EVIDENCE_COUNT 1891 /* input register, u16: rows of evidence so far, modulo 65536 */
#define S7_ST01_COMMISSION_STAGE 1892 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST01_COMMISSION_ACTIVITY 1893 /* input register, u16: what goes on in commissioning */
#define S7_ST01_COMMISSION_ITEM 1894 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST01_COMMISSION_FINDING 1895 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST01_MAP_SCORE 1896 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST02_COMMISSION_STAGE 1897 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST02_COMMISSION_ACTIVITY 1898 /* input register, u16: what goes on in commissioning */
#define S7_ST02_COMMISSION_ITEM 1899 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST02_COMMISSION_FINDING 1900 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST02_MAP_SCORE 1901 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST03_COMMISSION_STAGE 1902 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST03_COMMISSION_ACTIVITY 1903 /* input register, u16: what goes on in commissioning */
#define S7_ST03_COMMISSION_ITEM 1904 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST03_COMMISSION_FINDING 1905 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST03_MAP_SCORE 1906 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST04_COMMISSION_STAGE 1907 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST04_COMMISSION_ACTIVITY 1908 /* input register, u16: what goes on in commissioning */
#define S7_ST04_COMMISSION_ITEM 1909 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST04_COMMISSION_FINDING 1910 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST04_MAP_SCORE 1911 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST05_COMMISSION_STAGE 1912 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST05_COMMISSION_ACTIVITY 1913 /* input register, u16: what goes on in commissioning */
#define S7_ST05_COMMISSION_ITEM 1914 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST05_COMMISSION_FINDING 1915 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST05_MAP_SCORE 1916 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST06_COMMISSION_STAGE 1917 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST06_COMMISSION_ACTIVITY 1918 /* input register, u16: what goes on in commissioning */
#define S7_ST06_COMMISSION_ITEM 1919 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST06_COMMISSION_FINDING 1920 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST06_MAP_SCORE 1921 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST07_COMMISSION_STAGE 1922 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST07_COMMISSION_ACTIVITY 1923 /* input register, u16: what goes on in commissioning */
#define S7_ST07_COMMISSION_ITEM 1924 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST07_COMMISSION_FINDING 1925 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST07_MAP_SCORE 1926 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST08_COMMISSION_STAGE 1927 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST08_COMMISSION_ACTIVITY 1928 /* input register, u16: what goes on in commissioning */
#define S7_ST08_COMMISSION_ITEM 1929 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST08_COMMISSION_FINDING 1930 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST08_MAP_SCORE 1931 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST09_COMMISSION_STAGE 1932 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST09_COMMISSION_ACTIVITY 1933 /* input register, u16: what goes on in commissioning */
#define S7_ST09_COMMISSION_ITEM 1934 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST09_COMMISSION_FINDING 1935 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST09_MAP_SCORE 1936 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST10_COMMISSION_STAGE 1937 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST10_COMMISSION_ACTIVITY 1938 /* input register, u16: what goes on in commissioning */
#define S7_ST10_COMMISSION_ITEM 1939 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST10_COMMISSION_FINDING 1940 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST10_MAP_SCORE 1941 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST11_COMMISSION_STAGE 1942 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST11_COMMISSION_ACTIVITY 1943 /* input register, u16: what goes on in commissioning */
#define S7_ST11_COMMISSION_ITEM 1944 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST11_COMMISSION_FINDING 1945 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST11_MAP_SCORE 1946 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_ST12_COMMISSION_STAGE 1947 /* input register, u16: step of the ledger that the station has reached */
#define S7_ST12_COMMISSION_ACTIVITY 1948 /* input register, u16: what goes on in commissioning */
#define S7_ST12_COMMISSION_ITEM 1949 /* input register, u16: item that is being checked: input, analogue input or stroke, see docs/modbus.md */
#define S7_ST12_COMMISSION_FINDING 1950 /* input register, u16: what the last failed check says, 0 once it has passed */
#define S7_ST12_MAP_SCORE 1951 /* input register, u16: inputs that the submitted map has right, 255 = none was submitted */
#define S7_LINE_ACTIONS_LOGGED 1952 /* input register, u32: number of the newest entry of the operator log, 0 = none */
#define S7_LINE_ACTIONS_CHANGED 1954 /* input register, u16: grows whenever an entry is new or gets its result */
#define S7_LINE_CNTRL_CMD 0 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_LINE_CMD_CHANGE_REQUEST 1 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_LINE_UNIT_MODE 2 /* holding register, u16: mode to change to */
#define S7_LINE_UNIT_MODE_CHANGE_REQUEST 3 /* holding register, u16: 0 to 1 changes the mode */
#define S7_LINE_AUTO_RECOVERY 4 /* holding register, u16: clear, reset and restart a station whose fault was repaired */
#define S7_LINE_ORDER_NUMBER_REQUEST 5 /* holding register, u16: number of the order to begin */
#define S7_LINE_ORDER_TARGET_REQUEST 6 /* holding register, u16: robots to build, 0 = no end */
#define S7_LINE_ORDER_CHANGE_REQUEST 7 /* holding register, u16: 0 to 1 begins the order */
#define S7_ST01_CNTRL_CMD 16 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST01_CMD_CHANGE_REQUEST 17 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST01_UNIT_MODE 18 /* holding register, u16: mode to change to */
#define S7_ST01_UNIT_MODE_CHANGE_REQUEST 19 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST01_KIT_MASS_SP 20 /* holding register, u16: mass of a complete kit */
#define S7_ST01_KIT_TOLERANCE_SP 21 /* holding register, u16: accepted deviation from the kit mass */
#define S7_ST01_OWNER_REQUEST 24 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST01_HEARTBEAT 25 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST01_HEARTBEAT_TIMEOUT 26 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST01_EXTERNAL_STATE 27 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST01_EXTERNAL_STEP 28 /* holding register, u16: step that an external owner reports */
#define S7_ST01_EXTERNAL_REASON 29 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST02_CNTRL_CMD 32 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST02_CMD_CHANGE_REQUEST 33 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST02_UNIT_MODE 34 /* holding register, u16: mode to change to */
#define S7_ST02_UNIT_MODE_CHANGE_REQUEST 35 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST02_PRESS_FORCE_SP 36 /* holding register, u16: force at which the ram holds */
#define S7_ST02_HOLD_TIME_SP 37 /* holding register, u16: time at force */
#define S7_ST02_OWNER_REQUEST 40 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST02_HEARTBEAT 41 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST02_HEARTBEAT_TIMEOUT 42 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST02_EXTERNAL_STATE 43 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST02_EXTERNAL_STEP 44 /* holding register, u16: step that an external owner reports */
#define S7_ST02_EXTERNAL_REASON 45 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST03_CNTRL_CMD 48 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST03_CMD_CHANGE_REQUEST 49 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST03_UNIT_MODE 50 /* holding register, u16: mode to change to */
#define S7_ST03_UNIT_MODE_CHANGE_REQUEST 51 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST03_CURRENT_LOW_SP 52 /* holding register, u16: lowest accepted arc current */
#define S7_ST03_DRESS_AFTER_SP 53 /* holding register, u16: robots between two tip dressings */
#define S7_ST03_OWNER_REQUEST 56 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST03_HEARTBEAT 57 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST03_HEARTBEAT_TIMEOUT 58 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST03_EXTERNAL_STATE 59 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST03_EXTERNAL_STEP 60 /* holding register, u16: step that an external owner reports */
#define S7_ST03_EXTERNAL_REASON 61 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST04_CNTRL_CMD 64 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST04_CMD_CHANGE_REQUEST 65 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST04_UNIT_MODE 66 /* holding register, u16: mode to change to */
#define S7_ST04_UNIT_MODE_CHANGE_REQUEST 67 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST04_SPINDLE_SPEED_SP 68 /* holding register, u16: cutting speed */
#define S7_ST04_FEED_SP 69 /* holding register, u16: cutting feed */
#define S7_ST04_TOOL_LIFE_SP 70 /* holding register, u16: robots between two tool changes */
#define S7_ST04_OWNER_REQUEST 72 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST04_HEARTBEAT 73 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST04_HEARTBEAT_TIMEOUT 74 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST04_EXTERNAL_STATE 75 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST04_EXTERNAL_STEP 76 /* holding register, u16: step that an external owner reports */
#define S7_ST04_EXTERNAL_REASON 77 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST05_CNTRL_CMD 80 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST05_CMD_CHANGE_REQUEST 81 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST05_UNIT_MODE 82 /* holding register, u16: mode to change to */
#define S7_ST05_UNIT_MODE_CHANGE_REQUEST 83 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST05_JOINT_FORCE_SP 84 /* holding register, u16: seating force of the joint bearing */
#define S7_ST05_TORQUE_LOW_SP 85 /* holding register, u16: lowest accepted torque */
#define S7_ST05_TORQUE_HIGH_SP 86 /* holding register, u16: highest accepted torque */
#define S7_ST05_OWNER_REQUEST 88 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST05_HEARTBEAT 89 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST05_HEARTBEAT_TIMEOUT 90 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST05_EXTERNAL_STATE 91 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST05_EXTERNAL_STEP 92 /* holding register, u16: step that an external owner reports */
#define S7_ST05_EXTERNAL_REASON 93 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST06_CNTRL_CMD 96 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST06_CMD_CHANGE_REQUEST 97 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST06_UNIT_MODE 98 /* holding register, u16: mode to change to */
#define S7_ST06_UNIT_MODE_CHANGE_REQUEST 99 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST06_INSULATION_LOW_SP 100 /* holding register, u16: lowest accepted insulation resistance */
#define S7_ST06_TEST_TIME_SP 101 /* holding register, u16: time at test voltage per circuit */
#define S7_ST06_OWNER_REQUEST 104 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST06_HEARTBEAT 105 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST06_HEARTBEAT_TIMEOUT 106 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST06_EXTERNAL_STATE 107 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST06_EXTERNAL_STEP 108 /* holding register, u16: step that an external owner reports */
#define S7_ST06_EXTERNAL_REASON 109 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST07_CNTRL_CMD 112 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST07_CMD_CHANGE_REQUEST 113 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST07_UNIT_MODE 114 /* holding register, u16: mode to change to */
#define S7_ST07_UNIT_MODE_CHANGE_REQUEST 115 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST07_PRECHARGE_LEVEL_SP 116 /* holding register, u16: bus voltage that permits the main contactor */
#define S7_ST07_SOAK_TIME_SP 117 /* holding register, u16: time under load */
#define S7_ST07_OWNER_REQUEST 120 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST07_HEARTBEAT 121 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST07_HEARTBEAT_TIMEOUT 122 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST07_EXTERNAL_STATE 123 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST07_EXTERNAL_STEP 124 /* holding register, u16: step that an external owner reports */
#define S7_ST07_EXTERNAL_REASON 125 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST08_CNTRL_CMD 128 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST08_CMD_CHANGE_REQUEST 129 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST08_UNIT_MODE 130 /* holding register, u16: mode to change to */
#define S7_ST08_UNIT_MODE_CHANGE_REQUEST 131 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST08_OFFSET_WINDOW_SP 132 /* holding register, u16: accepted offset to either side */
#define S7_ST08_OWNER_REQUEST 136 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST08_HEARTBEAT 137 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST08_HEARTBEAT_TIMEOUT 138 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST08_EXTERNAL_STATE 139 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST08_EXTERNAL_STEP 140 /* holding register, u16: step that an external owner reports */
#define S7_ST08_EXTERNAL_REASON 141 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST09_CNTRL_CMD 144 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST09_CMD_CHANGE_REQUEST 145 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST09_UNIT_MODE 146 /* holding register, u16: mode to change to */
#define S7_ST09_UNIT_MODE_CHANGE_REQUEST 147 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST09_OFFSET_WINDOW_SP 148 /* holding register, u16: accepted joint offset to either side */
#define S7_ST09_SETTLE_TIME_SP 149 /* holding register, u16: time a joint is held before it is measured */
#define S7_ST09_OWNER_REQUEST 152 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST09_HEARTBEAT 153 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST09_HEARTBEAT_TIMEOUT 154 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST09_EXTERNAL_STATE 155 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST09_EXTERNAL_STEP 156 /* holding register, u16: step that an external owner reports */
#define S7_ST09_EXTERNAL_REASON 157 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST10_CNTRL_CMD 160 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST10_CMD_CHANGE_REQUEST 161 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST10_UNIT_MODE 162 /* holding register, u16: mode to change to */
#define S7_ST10_UNIT_MODE_CHANGE_REQUEST 163 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST10_TORQUE_LOW_SP 164 /* holding register, u16: lowest accepted torque */
#define S7_ST10_CURRENT_HIGH_SP 165 /* holding register, u16: highest accepted current */
#define S7_ST10_OWNER_REQUEST 168 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST10_HEARTBEAT 169 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST10_HEARTBEAT_TIMEOUT 170 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST10_EXTERNAL_STATE 171 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST10_EXTERNAL_STEP 172 /* holding register, u16: step that an external owner reports */
#define S7_ST10_EXTERNAL_REASON 173 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST11_CNTRL_CMD 176 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST11_CMD_CHANGE_REQUEST 177 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST11_UNIT_MODE 178 /* holding register, u16: mode to change to */
#define S7_ST11_UNIT_MODE_CHANGE_REQUEST 179 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST11_CHAMBER_TEMPERATURE_SP 180 /* holding register, u16: chamber set point */
#define S7_ST11_SOAK_TIME_SP 181 /* holding register, u16: shortest time in the chamber */
#define S7_ST11_OWNER_REQUEST 184 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST11_HEARTBEAT 185 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST11_HEARTBEAT_TIMEOUT 186 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST11_EXTERNAL_STATE 187 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST11_EXTERNAL_STEP 188 /* holding register, u16: step that an external owner reports */
#define S7_ST11_EXTERNAL_REASON 189 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_ST12_CNTRL_CMD 192 /* holding register, u16: PackML command, taken on a rising edge of CmdChangeRequest */
#define S7_ST12_CMD_CHANGE_REQUEST 193 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST12_UNIT_MODE 194 /* holding register, u16: mode to change to */
#define S7_ST12_UNIT_MODE_CHANGE_REQUEST 195 /* holding register, u16: 0 to 1 changes the mode */
#define S7_ST12_MASS_LOW_SP 196 /* holding register, u16: lowest accepted robot mass */
#define S7_ST12_MASS_HIGH_SP 197 /* holding register, u16: highest accepted robot mass */
#define S7_ST12_OWNER_REQUEST 200 /* holding register, u16: who shall command the station; a change counts where the station stands */
#define S7_ST12_HEARTBEAT 201 /* holding register, u16: an external owner changes it more often than the timeout */
#define S7_ST12_HEARTBEAT_TIMEOUT 202 /* holding register, u16: 0.1 s of wall time without a new heartbeat after which the station is Held */
#define S7_ST12_EXTERNAL_STATE 203 /* holding register, u16: PackML state that an external owner reports */
#define S7_ST12_EXTERNAL_STEP 204 /* holding register, u16: step that an external owner reports */
#define S7_ST12_EXTERNAL_REASON 205 /* holding register, u16: stop reason that an external owner reports, in its own numbers */
#define S7_LINE_ALARM_COMMAND 256 /* holding register, u16: what to do, taken on a rising edge of AlarmChangeRequest */
#define S7_LINE_ALARM_NUMBER 257 /* holding register, u16: to which alarm; for a group any alarm of it, for all 0 */
#define S7_LINE_ALARM_SHELVE_REASON 258 /* holding register, u16: why it is shelved; 0 is refused */
#define S7_LINE_ALARM_SHELVE_MINUTES 259 /* holding register, u16: how long it is shelved: at most 480 for low, 240 for medium, 30 for high priority */
#define S7_LINE_ALARM_CHANGE_REQUEST 260 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_LINE_ALARM_SERVICE_COMMAND 264 /* holding register, u16: take an alarm out of service or back, on a rising edge of AlarmServiceChangeRequest */
#define S7_LINE_ALARM_SERVICE_NUMBER 265 /* holding register, u16: which alarm */
#define S7_LINE_ALARM_SERVICE_CHANGE_REQUEST 266 /* holding register, u16: 0 to 1 gives the command; may stay 1 */
#define S7_ST01_BOARD_REQUEST 288 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST02_BOARD_REQUEST 289 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST03_BOARD_REQUEST 290 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST04_BOARD_REQUEST 291 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST05_BOARD_REQUEST 292 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST06_BOARD_REQUEST 293 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST07_BOARD_REQUEST 294 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST08_BOARD_REQUEST 295 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST09_BOARD_REQUEST 296 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST10_BOARD_REQUEST 297 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST11_BOARD_REQUEST 298 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_ST12_BOARD_REQUEST 299 /* holding register, u16: kind of board to fit, taken while the station stands (0: leave it as it is) */
#define S7_LINE_FORCE_STATION 320 /* holding register, u16: station whose terminal shall be forced */
#define S7_LINE_FORCE_TERMINAL 321 /* holding register, u16: terminal: digital inputs from 0, digital outputs from 8 */
#define S7_LINE_FORCE_VALUE 322 /* holding register, u16: what it shall be forced to, or that it shall be released */
#define S7_LINE_FORCE_SECONDS 323 /* holding register, u16: plant time after which the force ends by itself */
#define S7_LINE_FORCE_CHANGE_REQUEST 324 /* holding register, u16: 0 to 1 does it */
#define S7_LINE_FORCE_RELEASE_ALL 325 /* holding register, u16: 0 to 1 releases every terminal of the line */
#define S7_LINE_COMMISSION_STATION 336 /* holding register, u16: station that is meant, 0 = the whole line */
#define S7_LINE_COMMISSION_COMMAND 337 /* holding register, u16: what shall be done */
#define S7_LINE_COMMISSION_VALUE 338 /* holding register, u16: input that was seen to change (15 = none), diagnosis, or sensor to hold */
#define S7_LINE_COMMISSION_OTHER 339 /* holding register, u16: the other input of a diagnosis of swapped inputs */
#define S7_LINE_COMMISSION_CHANGE_REQUEST 340 /* holding register, u16: 0 to 1 does it */
#define S7_LINE_MAP_INPUT0 342 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 0 */
#define S7_LINE_MAP_INPUT1 343 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 1 */
#define S7_LINE_MAP_INPUT2 344 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 2 */
#define S7_LINE_MAP_INPUT3 345 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 3 */
#define S7_LINE_MAP_INPUT4 346 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 4 */
#define S7_LINE_MAP_INPUT5 347 /* holding register, u16: map to submit: the sensor (its number in the I/O table) that is wired to input 5 */
#define S7_LINE_FAULT_KIND 368 /* holding register, u16: what to inject, taken on a rising edge of FaultChangeRequest */
#define S7_LINE_FAULT_STATION 369 /* holding register, u16: where: the station, 0: the line */
#define S7_LINE_FAULT_PLACE 370 /* holding register, u16: where there: input, transmitter, mechanism, supply or source, from 0 */
#define S7_LINE_FAULT_OTHER 371 /* holding register, u16: of inputs that are swapped: the second one */
#define S7_LINE_FAULT_VALUE1 372 /* holding register, i16: parameter 1: its digits */
#define S7_LINE_FAULT_EXPONENT1 373 /* holding register, i16: parameter 1: the power of ten they are multiplied with */
#define S7_LINE_FAULT_VALUE2 374 /* holding register, i16: parameter 2: its digits */
#define S7_LINE_FAULT_EXPONENT2 375 /* holding register, i16: parameter 2: the power of ten they are multiplied with */
#define S7_LINE_FAULT_VALUE3 376 /* holding register, i16: parameter 3: its digits */
#define S7_LINE_FAULT_EXPONENT3 377 /* holding register, i16: parameter 3: the power of ten they are multiplied with */
#define S7_LINE_FAULT_GIVEN 378 /* holding register, u16: bits: which parameters are given */
#define S7_LINE_FAULT_TIME_UNIT 379 /* holding register, u16: unit of the three times that follow */
#define S7_LINE_FAULT_LASTS 380 /* holding register, u16: how long, 0: until it is cleared */
#define S7_LINE_FAULT_ON 381 /* holding register, u16: of one that comes and goes: how long it is there, on average; 0: all the time */
#define S7_LINE_FAULT_OFF 382 /* holding register, u16: and how long it is gone, on average */
#define S7_LINE_FAULT_CHANGE_REQUEST 383 /* holding register, u16: 0 to 1 injects; may stay 1 */
#define S7_LINE_FAULT_NUMBER 384 /* holding register, u16: fault to clear, 0: all; taken on a rising edge of FaultClearRequest */
#define S7_LINE_FAULT_CLEAR_REQUEST 385 /* holding register, u16: 0 to 1 clears; may stay 1 */
#define S7_LINE_DEGRADE_STATION 400 /* holding register, u16: station that the next request is about */
#define S7_LINE_DEGRADE_MODE 401 /* holding register, u16: what is asked for it; Normal takes away what stands in */
#define S7_LINE_DEGRADE_DONOR 402 /* holding register, u16: station whose parts Cannibalise takes */
#define S7_LINE_DEGRADE_CHANGE_REQUEST 403 /* holding register, u16: 0 to 1 asks for it */
#define S7_LINE_DIAGNOSIS_STATION 404 /* holding register, u16: where something is wrong: the station, 0: the line */
#define S7_LINE_DIAGNOSIS_KIND 405 /* holding register, u16: what is wrong there: the kind of fault */
#define S7_LINE_DIAGNOSIS_CHANGE_REQUEST 406 /* holding register, u16: 0 to 1 submits the diagnosis */
#define S7_LINE_FOUND_CHANGE_REQUEST 407 /* holding register, u16: 0 to 1 marks that something is wrong at DiagnosisStation */
#define S7_LINE_SERVICES_BREAKER_REQUEST 480 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST01_BREAKER_REQUEST 481 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST02_BREAKER_REQUEST 482 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST03_BREAKER_REQUEST 483 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST04_BREAKER_REQUEST 484 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST05_BREAKER_REQUEST 485 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST06_BREAKER_REQUEST 486 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST07_BREAKER_REQUEST 487 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST08_BREAKER_REQUEST 488 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST09_BREAKER_REQUEST 489 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST10_BREAKER_REQUEST 490 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST11_BREAKER_REQUEST 491 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_ST12_BREAKER_REQUEST 492 /* holding register, u16: a change to 1 closes the feeder's breaker, a change to 2 opens it */
#define S7_LINE_GENERATOR_MODE 493 /* holding register, u16: who runs the generator; Off also acknowledges what stopped it */
#define S7_LINE_FEEDER_DELAY 494 /* holding register, u16: 0.1 s between two contactors that close by themselves; with 0 all close at once */

/* unit 11: Kitting board */
#define S7_UNIT_KITTING_BOARD 11
#define S7_ST01_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST01_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST01_BOARD_GRIPPER_LOWER 2 /* coil, bool: digital output 2 */
#define S7_ST01_BOARD_GRIPPER_CLOSE 3 /* coil, bool: digital output 3 */
#define S7_ST01_BOARD_TRAY_LOCK 4 /* coil, bool: digital output 4 */
#define S7_ST01_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST01_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST01_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST01_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST01_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST01_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST01_BOARD_AXIS_HOME 2 /* discrete input, bool: digital input 2 */
#define S7_ST01_BOARD_GRIPPER_DOWN 3 /* discrete input, bool: digital input 3 */
#define S7_ST01_BOARD_PART_GRIPPED 4 /* discrete input, bool: digital input 4 */
#define S7_ST01_BOARD_TRAY_PRESENT 5 /* discrete input, bool: digital input 5 */
#define S7_ST01_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST01_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST01_BOARD_AT_TRAY_MASS 8 /* discrete input, bool: tray_mass has reached its limit (holding register 4) */
#define S7_ST01_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST01_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST01_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST01_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST01_BOARD_TRAY_MASS_COUNTS 0 /* input register, u16: load cell under the kit tray: 0..2000 x 0.1^2 kg */
#define S7_ST01_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST01_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST01_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST01_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST01_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST01_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST01_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST01_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST01_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST01_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST01_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST01_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST01_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST01_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST01_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST01_BOARD_TRAY_MASS_LIMIT 4 /* holding register, u16: comparator limit of tray_mass */
#define S7_ST01_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST01_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 12: Chassis press board */
#define S7_UNIT_CHASSIS_PRESS_BOARD 12
#define S7_ST02_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST02_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST02_BOARD_DIE_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST02_BOARD_RAM_ADVANCE 3 /* coil, bool: digital output 3 */
#define S7_ST02_BOARD_RAM_RETURN 4 /* coil, bool: digital output 4 */
#define S7_ST02_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST02_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST02_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST02_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST02_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST02_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST02_BOARD_DIE_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST02_BOARD_RAM_TOP 3 /* discrete input, bool: digital input 3 */
#define S7_ST02_BOARD_RAM_LOW 4 /* discrete input, bool: digital input 4 */
#define S7_ST02_BOARD_CURTAIN_CLEAR 5 /* discrete input, bool: digital input 5 */
#define S7_ST02_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST02_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST02_BOARD_AT_RAM_FORCE 8 /* discrete input, bool: ram_force has reached its limit (holding register 4) */
#define S7_ST02_BOARD_AT_RAM_POSITION 9 /* discrete input, bool: ram_position has reached its limit (holding register 5) */
#define S7_ST02_BOARD_AT_OIL_PRESSURE 10 /* discrete input, bool: oil_pressure has reached its limit (holding register 6) */
#define S7_ST02_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST02_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST02_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST02_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST02_BOARD_RAM_FORCE_COUNTS 0 /* input register, u16: force from the ram's pressure transmitter: 0..4000 x 0.1^1 kN */
#define S7_ST02_BOARD_RAM_POSITION_COUNTS 1 /* input register, u16: ram position, 0 = top: 0..5000 x 0.1^1 mm */
#define S7_ST02_BOARD_OIL_PRESSURE_COUNTS 2 /* input register, u16: hydraulic supply at the press: 0..2500 x 0.1^1 bar */
#define S7_ST02_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST02_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST02_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST02_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST02_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST02_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST02_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST02_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST02_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST02_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST02_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST02_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST02_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST02_BOARD_DUTY 2 /* holding register, u16: PWM duty of ram_advance, 1/1024 */
#define S7_ST02_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST02_BOARD_RAM_FORCE_LIMIT 4 /* holding register, u16: comparator limit of ram_force */
#define S7_ST02_BOARD_RAM_POSITION_LIMIT 5 /* holding register, u16: comparator limit of ram_position */
#define S7_ST02_BOARD_OIL_PRESSURE_LIMIT 6 /* holding register, u16: comparator limit of oil_pressure */
#define S7_ST02_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST02_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 13: Frame weld board */
#define S7_UNIT_FRAME_WELD_BOARD 13
#define S7_ST03_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST03_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST03_BOARD_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST03_BOARD_ROBOT_START 3 /* coil, bool: digital output 3 */
#define S7_ST03_BOARD_GAS_VALVE 4 /* coil, bool: digital output 4 */
#define S7_ST03_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST03_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST03_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST03_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST03_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST03_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST03_BOARD_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST03_BOARD_ROBOT_DONE 3 /* discrete input, bool: digital input 3 */
#define S7_ST03_BOARD_ROBOT_FAULT 4 /* discrete input, bool: digital input 4 */
#define S7_ST03_BOARD_GAS_OK 5 /* discrete input, bool: digital input 5 */
#define S7_ST03_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST03_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST03_BOARD_AT_WELD_CURRENT 8 /* discrete input, bool: weld_current has reached its limit (holding register 4) */
#define S7_ST03_BOARD_AT_GAS_FLOW 9 /* discrete input, bool: gas_flow has reached its limit (holding register 5) */
#define S7_ST03_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST03_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST03_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST03_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST03_BOARD_WELD_CURRENT_COUNTS 0 /* input register, u16: arc current: 0..400 x 0.1^0 A */
#define S7_ST03_BOARD_GAS_FLOW_COUNTS 1 /* input register, u16: shielding gas: 0..300 x 0.1^1 l/min */
#define S7_ST03_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST03_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST03_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST03_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST03_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST03_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST03_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST03_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST03_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST03_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST03_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST03_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST03_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST03_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST03_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST03_BOARD_WELD_CURRENT_LIMIT 4 /* holding register, u16: comparator limit of weld_current */
#define S7_ST03_BOARD_GAS_FLOW_LIMIT 5 /* holding register, u16: comparator limit of gas_flow */
#define S7_ST03_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST03_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 14: Machining board */
#define S7_UNIT_MACHINING_BOARD 14
#define S7_ST04_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST04_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST04_BOARD_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST04_BOARD_COOLANT 3 /* coil, bool: digital output 3 */
#define S7_ST04_BOARD_SPINDLE 4 /* coil, bool: digital output 4 */
#define S7_ST04_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST04_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST04_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST04_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST04_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST04_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST04_BOARD_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST04_BOARD_AXIS_HOME 3 /* discrete input, bool: digital input 3 */
#define S7_ST04_BOARD_COOLANT_OK 4 /* discrete input, bool: digital input 4 */
#define S7_ST04_BOARD_TOOL_OK 5 /* discrete input, bool: digital input 5 */
#define S7_ST04_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST04_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST04_BOARD_AT_SPINDLE_SPEED 8 /* discrete input, bool: spindle_speed has reached its limit (holding register 4) */
#define S7_ST04_BOARD_AT_SPINDLE_LOAD 9 /* discrete input, bool: spindle_load has reached its limit (holding register 5) */
#define S7_ST04_BOARD_AT_COOLANT_FLOW 10 /* discrete input, bool: coolant_flow has reached its limit (holding register 6) */
#define S7_ST04_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST04_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST04_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST04_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST04_BOARD_SPINDLE_SPEED_COUNTS 0 /* input register, u16: spindle encoder: 0..12000 x 0.1^0 rpm */
#define S7_ST04_BOARD_SPINDLE_LOAD_COUNTS 1 /* input register, u16: spindle drive current: 0..1500 x 0.1^1 % */
#define S7_ST04_BOARD_COOLANT_FLOW_COUNTS 2 /* input register, u16: cooling lubricant: 0..200 x 0.1^1 l/min */
#define S7_ST04_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST04_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST04_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST04_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST04_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST04_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST04_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST04_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST04_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST04_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST04_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST04_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST04_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST04_BOARD_DUTY 2 /* holding register, u16: PWM duty of spindle, 1/1024 */
#define S7_ST04_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST04_BOARD_SPINDLE_SPEED_LIMIT 4 /* holding register, u16: comparator limit of spindle_speed */
#define S7_ST04_BOARD_SPINDLE_LOAD_LIMIT 5 /* holding register, u16: comparator limit of spindle_load */
#define S7_ST04_BOARD_COOLANT_FLOW_LIMIT 6 /* holding register, u16: comparator limit of coolant_flow */
#define S7_ST04_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST04_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 15: Joint assembly board */
#define S7_UNIT_JOINT_ASSEMBLY_BOARD 15
#define S7_ST05_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST05_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST05_BOARD_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST05_BOARD_PRESS_ADVANCE 3 /* coil, bool: digital output 3 */
#define S7_ST05_BOARD_NUTRUNNER_START 4 /* coil, bool: digital output 4 */
#define S7_ST05_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST05_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST05_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST05_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST05_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST05_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST05_BOARD_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST05_BOARD_PRESS_HOME 3 /* discrete input, bool: digital input 3 */
#define S7_ST05_BOARD_NUTRUNNER_DONE 4 /* discrete input, bool: digital input 4 */
#define S7_ST05_BOARD_NUTRUNNER_FAULT 5 /* discrete input, bool: digital input 5 */
#define S7_ST05_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST05_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST05_BOARD_AT_PRESS_FORCE 8 /* discrete input, bool: press_force has reached its limit (holding register 4) */
#define S7_ST05_BOARD_AT_NUT_TORQUE 9 /* discrete input, bool: nut_torque has reached its limit (holding register 5) */
#define S7_ST05_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST05_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST05_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST05_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST05_BOARD_PRESS_FORCE_COUNTS 0 /* input register, u16: servo press load cell: 0..300 x 0.1^1 kN */
#define S7_ST05_BOARD_NUT_TORQUE_COUNTS 1 /* input register, u16: nutrunner torque transducer: 0..1000 x 0.1^2 N·m */
#define S7_ST05_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST05_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST05_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST05_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST05_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST05_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST05_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST05_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST05_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST05_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST05_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST05_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST05_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST05_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST05_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST05_BOARD_PRESS_FORCE_LIMIT 4 /* holding register, u16: comparator limit of press_force */
#define S7_ST05_BOARD_NUT_TORQUE_LIMIT 5 /* holding register, u16: comparator limit of nut_torque */
#define S7_ST05_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST05_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 16: Harness board */
#define S7_UNIT_HARNESS_BOARD 16
#define S7_ST06_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST06_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST06_BOARD_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST06_BOARD_CONNECTOR_MATE 3 /* coil, bool: digital output 3 */
#define S7_ST06_BOARD_HIGH_VOLTAGE 4 /* coil, bool: digital output 4 */
#define S7_ST06_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST06_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST06_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST06_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST06_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST06_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST06_BOARD_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST06_BOARD_CONNECTOR_MATED 3 /* discrete input, bool: digital input 3 */
#define S7_ST06_BOARD_CONTINUITY_OK 4 /* discrete input, bool: digital input 4 */
#define S7_ST06_BOARD_DISCHARGED 5 /* discrete input, bool: digital input 5 */
#define S7_ST06_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST06_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST06_BOARD_AT_INSULATION 8 /* discrete input, bool: insulation has reached its limit (holding register 4) */
#define S7_ST06_BOARD_AT_TEST_VOLTAGE 9 /* discrete input, bool: test_voltage has reached its limit (holding register 5) */
#define S7_ST06_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST06_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST06_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST06_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST06_BOARD_INSULATION_COUNTS 0 /* input register, u16: insulation resistance at 500 V: 0..1000 x 0.1^1 Mohm */
#define S7_ST06_BOARD_TEST_VOLTAGE_COUNTS 1 /* input register, u16: insulation tester output: 0..600 x 0.1^0 V */
#define S7_ST06_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST06_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST06_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST06_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST06_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST06_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST06_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST06_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST06_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST06_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST06_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST06_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST06_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST06_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST06_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST06_BOARD_INSULATION_LIMIT 4 /* holding register, u16: comparator limit of insulation */
#define S7_ST06_BOARD_TEST_VOLTAGE_LIMIT 5 /* holding register, u16: comparator limit of test_voltage */
#define S7_ST06_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST06_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 17: Power cell board */
#define S7_UNIT_POWER_CELL_BOARD 17
#define S7_ST07_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST07_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST07_BOARD_LIFT 2 /* coil, bool: digital output 2 */
#define S7_ST07_BOARD_PRECHARGE 3 /* coil, bool: digital output 3 */
#define S7_ST07_BOARD_CONTACTOR 4 /* coil, bool: digital output 4 */
#define S7_ST07_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST07_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST07_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST07_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST07_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST07_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST07_BOARD_LIFT_UP 2 /* discrete input, bool: digital input 2 */
#define S7_ST07_BOARD_LIFT_DOWN 3 /* discrete input, bool: digital input 3 */
#define S7_ST07_BOARD_CONTACTOR_CLOSED 4 /* discrete input, bool: digital input 4 */
#define S7_ST07_BOARD_CELL_SEATED 5 /* discrete input, bool: digital input 5 */
#define S7_ST07_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST07_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST07_BOARD_AT_BUS_VOLTAGE 8 /* discrete input, bool: bus_voltage has reached its limit (holding register 4) */
#define S7_ST07_BOARD_AT_CELL_TEMPERATURE 9 /* discrete input, bool: cell_temperature has reached its limit (holding register 5) */
#define S7_ST07_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST07_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST07_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST07_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST07_BOARD_BUS_VOLTAGE_COUNTS 0 /* input register, u16: robot DC bus: 0..600 x 0.1^1 V */
#define S7_ST07_BOARD_CELL_TEMPERATURE_COUNTS 1 /* input register, u16: hottest cell: 0..1000 x 0.1^1 °C */
#define S7_ST07_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST07_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST07_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST07_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST07_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST07_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST07_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST07_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST07_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST07_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST07_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST07_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST07_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST07_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST07_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST07_BOARD_BUS_VOLTAGE_LIMIT 4 /* holding register, u16: comparator limit of bus_voltage */
#define S7_ST07_BOARD_CELL_TEMPERATURE_LIMIT 5 /* holding register, u16: comparator limit of cell_temperature */
#define S7_ST07_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST07_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 18: Limb marriage board */
#define S7_UNIT_LIMB_MARRIAGE_BOARD 18
#define S7_ST08_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST08_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST08_BOARD_GRIPPER 2 /* coil, bool: digital output 2 */
#define S7_ST08_BOARD_SLIDE_START 3 /* coil, bool: digital output 3 */
#define S7_ST08_BOARD_CAMERA_TRIGGER 4 /* coil, bool: digital output 4 */
#define S7_ST08_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST08_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST08_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST08_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST08_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST08_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST08_BOARD_AXIS_HOME 2 /* discrete input, bool: digital input 2 */
#define S7_ST08_BOARD_LIMB_GRIPPED 3 /* discrete input, bool: digital input 3 */
#define S7_ST08_BOARD_SLIDE_DONE 4 /* discrete input, bool: digital input 4 */
#define S7_ST08_BOARD_CURTAIN_CLEAR 5 /* discrete input, bool: digital input 5 */
#define S7_ST08_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST08_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST08_BOARD_AT_VISION_OFFSET 8 /* discrete input, bool: vision_offset has reached its limit (holding register 4) */
#define S7_ST08_BOARD_AT_INSERTION_FORCE 9 /* discrete input, bool: insertion_force has reached its limit (holding register 5) */
#define S7_ST08_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST08_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST08_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST08_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST08_BOARD_VISION_OFFSET_COUNTS 0 /* input register, u16: camera: limb to socket: -1000..1000 x 0.1^3 mm */
#define S7_ST08_BOARD_INSERTION_FORCE_COUNTS 1 /* input register, u16: force at the slide: 0..2000 x 0.1^0 N */
#define S7_ST08_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST08_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST08_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST08_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST08_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST08_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST08_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST08_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST08_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST08_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST08_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST08_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST08_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST08_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST08_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST08_BOARD_VISION_OFFSET_LIMIT 4 /* holding register, u16: comparator limit of vision_offset */
#define S7_ST08_BOARD_INSERTION_FORCE_LIMIT 5 /* holding register, u16: comparator limit of insertion_force */
#define S7_ST08_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST08_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 19: Flash and calibrate board */
#define S7_UNIT_FLASH_AND_CALIBRATE_BOARD 19
#define S7_ST09_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST09_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST09_BOARD_NEEDLES 2 /* coil, bool: digital output 2 */
#define S7_ST09_BOARD_FLASH_START 3 /* coil, bool: digital output 3 */
#define S7_ST09_BOARD_JOINT_ENABLE 4 /* coil, bool: digital output 4 */
#define S7_ST09_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST09_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST09_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST09_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST09_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST09_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST09_BOARD_NEEDLES_DOWN 2 /* discrete input, bool: digital input 2 */
#define S7_ST09_BOARD_NEEDLES_UP 3 /* discrete input, bool: digital input 3 */
#define S7_ST09_BOARD_FLASH_DONE 4 /* discrete input, bool: digital input 4 */
#define S7_ST09_BOARD_CRC_OK 5 /* discrete input, bool: digital input 5 */
#define S7_ST09_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST09_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST09_BOARD_AT_JOINT_OFFSET 8 /* discrete input, bool: joint_offset has reached its limit (holding register 4) */
#define S7_ST09_BOARD_AT_SUPPLY_CURRENT 9 /* discrete input, bool: supply_current has reached its limit (holding register 5) */
#define S7_ST09_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST09_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST09_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST09_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST09_BOARD_JOINT_OFFSET_COUNTS 0 /* input register, u16: joint angle against the master: -1000..1000 x 0.1^3 ° */
#define S7_ST09_BOARD_SUPPLY_CURRENT_COUNTS 1 /* input register, u16: robot supply: 0..1000 x 0.1^2 A */
#define S7_ST09_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST09_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST09_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST09_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST09_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST09_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST09_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST09_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST09_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST09_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST09_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST09_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST09_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST09_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST09_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST09_BOARD_JOINT_OFFSET_LIMIT 4 /* holding register, u16: comparator limit of joint_offset */
#define S7_ST09_BOARD_SUPPLY_CURRENT_LIMIT 5 /* holding register, u16: comparator limit of supply_current */
#define S7_ST09_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST09_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 20: End-of-line test board */
#define S7_UNIT_END_OF_LINE_TEST_BOARD 20
#define S7_ST10_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST10_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST10_BOARD_CLAMP 2 /* coil, bool: digital output 2 */
#define S7_ST10_BOARD_BENCH_START 3 /* coil, bool: digital output 3 */
#define S7_ST10_BOARD_DIVERT 4 /* coil, bool: digital output 4 */
#define S7_ST10_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST10_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST10_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST10_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST10_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST10_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST10_BOARD_CLAMPED 2 /* discrete input, bool: digital input 2 */
#define S7_ST10_BOARD_REWORK_CLEAR 3 /* discrete input, bool: digital input 3 */
#define S7_ST10_BOARD_BENCH_DONE 4 /* discrete input, bool: digital input 4 */
#define S7_ST10_BOARD_BENCH_FAULT 5 /* discrete input, bool: digital input 5 */
#define S7_ST10_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST10_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST10_BOARD_AT_BENCH_TORQUE 8 /* discrete input, bool: bench_torque has reached its limit (holding register 4) */
#define S7_ST10_BOARD_AT_BENCH_CURRENT 9 /* discrete input, bool: bench_current has reached its limit (holding register 5) */
#define S7_ST10_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST10_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST10_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST10_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST10_BOARD_BENCH_TORQUE_COUNTS 0 /* input register, u16: brake torque: 0..1200 x 0.1^1 N·m */
#define S7_ST10_BOARD_BENCH_CURRENT_COUNTS 1 /* input register, u16: motor current under load: 0..500 x 0.1^1 A */
#define S7_ST10_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST10_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST10_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST10_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST10_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST10_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST10_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST10_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST10_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST10_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST10_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST10_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST10_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST10_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST10_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST10_BOARD_BENCH_TORQUE_LIMIT 4 /* holding register, u16: comparator limit of bench_torque */
#define S7_ST10_BOARD_BENCH_CURRENT_LIMIT 5 /* holding register, u16: comparator limit of bench_current */
#define S7_ST10_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST10_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 21: Burn-in board */
#define S7_UNIT_BURN_IN_BOARD 21
#define S7_ST11_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST11_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST11_BOARD_INDEX 2 /* coil, bool: digital output 2 */
#define S7_ST11_BOARD_EJECT 3 /* coil, bool: digital output 3 */
#define S7_ST11_BOARD_HEATER 4 /* coil, bool: digital output 4 */
#define S7_ST11_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST11_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST11_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST11_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST11_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST11_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST11_BOARD_INDEX_DONE 2 /* discrete input, bool: digital input 2 */
#define S7_ST11_BOARD_UNLOAD_PRESENT 3 /* discrete input, bool: digital input 3 */
#define S7_ST11_BOARD_EJECTOR_HOME 4 /* discrete input, bool: digital input 4 */
#define S7_ST11_BOARD_SLOT_OCCUPIED 5 /* discrete input, bool: digital input 5 */
#define S7_ST11_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST11_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST11_BOARD_AT_CHAMBER_TEMPERATURE 8 /* discrete input, bool: chamber_temperature has reached its limit (holding register 4) */
#define S7_ST11_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST11_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST11_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST11_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST11_BOARD_CHAMBER_TEMPERATURE_COUNTS 0 /* input register, u16: chamber air: 0..1000 x 0.1^1 °C */
#define S7_ST11_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST11_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST11_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST11_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST11_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST11_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST11_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST11_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST11_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST11_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST11_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST11_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST11_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST11_BOARD_DUTY 2 /* holding register, u16: PWM duty of heater, 1/1024 */
#define S7_ST11_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST11_BOARD_CHAMBER_TEMPERATURE_LIMIT 4 /* holding register, u16: comparator limit of chamber_temperature */
#define S7_ST11_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST11_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

/* unit 22: Pack-out board */
#define S7_UNIT_PACK_OUT_BOARD 22
#define S7_ST12_BOARD_STOPPER_OPEN 0 /* coil, bool: digital output 0 */
#define S7_ST12_BOARD_INFEED_MOTOR 1 /* coil, bool: digital output 1 */
#define S7_ST12_BOARD_LIFT 2 /* coil, bool: digital output 2 */
#define S7_ST12_BOARD_LABEL_START 3 /* coil, bool: digital output 3 */
#define S7_ST12_BOARD_GRIPPER 4 /* coil, bool: digital output 4 */
#define S7_ST12_BOARD_MARK_PASS 5 /* coil, bool: write the carrier: operation passed (with mark_fail: send back to rework) */
#define S7_ST12_BOARD_MARK_FAIL 6 /* coil, bool: write the carrier: operation failed */
#define S7_ST12_BOARD_ANDON 7 /* coil, bool: stack light, calls the maintenance crew */
#define S7_ST12_BOARD_ACKNOWLEDGE 8 /* coil, bool: rising edge acknowledges a trip */
#define S7_ST12_BOARD_PALLET_PRESENT 0 /* discrete input, bool: digital input 0 */
#define S7_ST12_BOARD_OUTFEED_CLEAR 1 /* discrete input, bool: digital input 1 */
#define S7_ST12_BOARD_LIFT_UP 2 /* discrete input, bool: digital input 2 */
#define S7_ST12_BOARD_LIFT_DOWN 3 /* discrete input, bool: digital input 3 */
#define S7_ST12_BOARD_LABEL_DONE 4 /* discrete input, bool: digital input 4 */
#define S7_ST12_BOARD_ROBOT_GRIPPED 5 /* discrete input, bool: digital input 5 */
#define S7_ST12_BOARD_SAFETY_OK 6 /* discrete input, bool: the hardwired safety chain is closed */
#define S7_ST12_BOARD_IN_POSITION 7 /* discrete input, bool: the axis profile has ended at its target */
#define S7_ST12_BOARD_AT_ROBOT_MASS 8 /* discrete input, bool: robot_mass has reached its limit (holding register 4) */
#define S7_ST12_BOARD_INTERLOCK 12 /* discrete input, bool: the firmware withholds a forbidden output */
#define S7_ST12_BOARD_SAFE_STATE 13 /* discrete input, bool: comms watchdog expired, outputs are in their declared safe state */
#define S7_ST12_BOARD_TRIPPED 14 /* discrete input, bool: waits for an acknowledge edge */
#define S7_ST12_BOARD_LINK_OK 15 /* discrete input, bool: the last exchange was answered */
#define S7_ST12_BOARD_ROBOT_MASS_COUNTS 0 /* input register, u16: scale under the lift: 0..1000 x 0.1^1 kg */
#define S7_ST12_BOARD_CARRIER 5 /* input register, u16: pallet data tag at the read head: pallet, condition, reworks, last operation */
#define S7_ST12_BOARD_AXIS_POSITION 6 /* input register, u16: axis position by step count */
#define S7_ST12_BOARD_SUPPLY 8 /* input register, u16: supply voltage at the board */
#define S7_ST12_BOARD_RESET_CAUSE 9 /* input register, u16: cause of the last reset */
#define S7_ST12_BOARD_EXCHANGES 10 /* input register, u32: exchanges since reset */
#define S7_ST12_BOARD_WATCHDOG_TRIPS 12 /* input register, u16: comms watchdog trips since power-on */
#define S7_ST12_BOARD_INTERLOCK_TRIPS 13 /* input register, u16: outputs withheld by an interlock rule since power-on */
#define S7_ST12_BOARD_RESETS 14 /* input register, u16: resets since the counters were cleared */
#define S7_ST12_BOARD_DUE 16 /* input register, u32: time to the board's next change of its own */
#define S7_ST12_BOARD_FINGERPRINT 18 /* input register, u32: CRC-32 of the register layout */
#define S7_ST12_BOARD_FIRMWARE_VERSION 20 /* input register, u16: major x 256 + minor */
#define S7_ST12_BOARD_AXIS_TARGET 0 /* holding register, u16: axis target */
#define S7_ST12_BOARD_AXIS_SPEED 1 /* holding register, u16: axis speed */
#define S7_ST12_BOARD_DUTY 2 /* holding register, u16: PWM duty of no output, 1/1024 */
#define S7_ST12_BOARD_PROGRAM 3 /* holding register, u16: program number for the station's device */
#define S7_ST12_BOARD_ROBOT_MASS_LIMIT 4 /* holding register, u16: comparator limit of robot_mass */
#define S7_ST12_BOARD_DEBOUNCE 16 /* holding register, u16: stable time before an input edge is accepted */
#define S7_ST12_BOARD_WATCHDOG 17 /* holding register, u16: missed exchanges before the safe state */

#endif /* S7_MAP_H */
