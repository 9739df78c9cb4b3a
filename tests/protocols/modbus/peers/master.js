// Reads, writes and reads back with one of two Modbus libraries; prints what it saw as one line of JSON.
// node master.js LIBRARY PORT DEPTH: DEPTH requests are under way at once.
"use strict";

const net = require("net");
const [library, port, depth] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const UNIT = 1;
const SETPOINT = 20;

async function modbusSerial() {
    const ModbusRTU = require("modbus-serial");
    const client = new ModbusRTU();
    await client.connectTCP("127.0.0.1", { port });
    client.setID(UNIT);
    client.setTimeout(20000);
    return {
        read: async (address, count) => (await client.readHoldingRegisters(address, count)).data,
        inputs: async (address, count) => (await client.readInputRegisters(address, count)).data,
        bits: async (address, count) => (await client.readCoils(address, count)).data.slice(0, count),
        write: async (address, value) => (await client.writeRegister(address, value)).value,
        coil: async (address, value) => (await client.writeCoil(address, value)).state,
        code: (error) => error.modbusCode,
        close: () => new Promise((done) => client.close(done)),
    };
}

async function jsmodbus() {
    const modbus = require("jsmodbus");
    const socket = new net.Socket();
    const client = new modbus.client.TCP(socket, UNIT, 20000);
    await new Promise((done) => socket.once("connect", done).connect({ host: "127.0.0.1", port }));
    const body = (answer) => answer.response.body;
    return {
        read: async (address, count) => body(await client.readHoldingRegisters(address, count)).valuesAsArray,
        inputs: async (address, count) => body(await client.readInputRegisters(address, count)).valuesAsArray,
        bits: async (address, count) => body(await client.readCoils(address, count)).valuesAsArray.slice(0, count).map(Boolean),
        write: async (address, value) => body(await client.writeSingleRegister(address, value)).value,
        coil: async (address, value) => body(await client.writeSingleCoil(address, value)).value,
        code: (error) => error.response.body.code,
        close: () => new Promise((done) => socket.once("close", done).end()),
    };
}

async function main() {
    const master = await (library === "jsmodbus" ? jsmodbus() : modbusSerial());
    const seen = {};
    const reads = [];
    for (let i = 0; i < depth; i++) {
        reads.push(master.read(SETPOINT + (i % 4), 1 + (i % 3)));
    }
    seen.pipelined = (await Promise.all(reads)).map((values) => Array.from(values));
    seen.written = await master.write(SETPOINT, 1300);
    seen.readBack = Array.from(await master.read(SETPOINT, 2));
    seen.coil = await master.coil(3, true);
    seen.coils = Array.from(await master.bits(0, 8));
    seen.inputs = Array.from(await master.inputs(0, 125)).length;
    seen.refused = await master.write(SETPOINT, 9999).then(() => 0, (error) => master.code(error));
    seen.missing = await master.read(5000, 1).then(() => 0, (error) => master.code(error));
    await master.close();
    process.stdout.write(JSON.stringify(seen) + "\n");
}

main().catch((error) => {
    process.stderr.write(String(error && error.stack || error) + "\n");
    process.exit(1);
});
