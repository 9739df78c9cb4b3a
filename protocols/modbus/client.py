"""A Modbus TCP client that speaks in tags: reads whole units, writes by name, checks the map when it connects."""

from __future__ import annotations

import asyncio
import logging
import ssl
import struct
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.constants import ExcCodes
from pymodbus.exceptions import ConnectionException, ModbusException, ModbusIOException
from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.file_message import FileRecord, ReadFileRecordResponse

from protocols.errors import LinkError, MapError, Refusal
from protocols.modbus.cancellation import cancels, heed_cancellation
from protocols.modbus.register_answers import decode_at_once
from protocols.modbus.tls_client import TlsClient, refused
from protocols.modbus.unit_image import UnitImage
from protocols.tags.codec import encode
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import SESSION, SESSION_WORDS, Session, read_session
from protocols.tags.tag import Kind, PlantMap, Table, Tag

MAX_BITS, MAX_WORDS = 2000, 125
#: A request for cells of one table: where it starts, how many.
_Block = tuple[Table, int, int]
#: How often unit 1 is read when its blocks turn out to be of different instants.
MAX_READINGS = 4

MEANINGS: Final[dict[int, str]] = {
    ExcCodes.ILLEGAL_FUNCTION: "the server does not know this function, or the role may not use it",
    ExcCodes.ILLEGAL_ADDRESS: "the server has no such address",
    ExcCodes.ILLEGAL_VALUE: "the value lies outside its range",
    ExcCodes.DEVICE_FAILURE: "the plant refused it (the server's log says why)",
    ExcCodes.DEVICE_BUSY: "the server is busy",
    ExcCodes.GATEWAY_NO_RESPONSE: "the server has no such unit",
}

# What goes wrong is raised as LinkError or Refusal. pymodbus would say it a second time, with twenty frames, and
# where no logging is set up Python would print that on the terminal: the operator's screen.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


class PlantClient:
    """One connection to a server with our register map; one request in flight at a time.

    `timeout_s` limits connecting and every single request. After a LinkError, or when a request was cancelled, the
    connection is closed: call connect() again.
    """

    def __init__(
        self,
        host: str,
        port: int,
        plant_map: PlantMap = PLANT_MAP,
        timeout_s: float = 2.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.partner: Final = f"{host}:{port}"
        self.plant_map: Final = plant_map
        self._timeout_s = timeout_s
        self._tls = tls
        self._images: dict[int, UnitImage] = {}
        self._blocks: dict[int, Sequence[_Block]] = {}
        self._connect_lock = asyncio.Lock()
        self._read_lock = asyncio.Lock()
        self._request_lock = asyncio.Lock()
        self._waiting = False
        self._same_map = False
        self._client: AsyncModbusTcpClient | None = None
        self._address = (host, port)

    @property
    def connected(self) -> bool:
        """True while the connection stands, as far as is known, to a server whose map was found to be ours."""
        return self._same_map and self._client is not None and self._client.connected

    async def connect(self) -> None:
        """Connect and compare the register maps; without effect while connected.

        Raises LinkError when the server cannot be reached or has another map (it names both fingerprints).
        """
        async with self._connect_lock:
            if not self.connected:
                await self._connect()

    async def close(self) -> None:
        """Close the connection; a request in flight ends with LinkError."""
        client = self._client
        self._drop()
        if client is not None:
            await asyncio.sleep(0)  # lets the loop close the socket

    async def read(self, unit: int) -> dict[str, int]:
        """The raw value of every tag of `unit` by name.

        Unit 1 is read again, up to a few times, until its blocks are of one instant. If the plant moves faster than
        that the last reading is returned; its GenerationBefore and GenerationAfter then differ. Raises LinkError on
        link loss, Refusal if the server answers with an exception.
        """
        async with self._read_lock:
            image = self._images.get(unit)
            if image is None:
                image = self._images[unit] = UnitImage(self.plant_map.units[unit])
                self._blocks[unit] = _blocks(image)
            values: dict[str, int] = {}
            for _ in range(MAX_READINGS):
                for table, start, count in self._blocks[unit]:
                    await self._read_block(image, table, start, count)
                values = image.values()
                if values.get("Line.GenerationBefore") == values.get("Line.GenerationAfter"):
                    break
            return values

    async def write(self, name: str, raw: int) -> None:
        """Write one tag by name.

        Raises Refusal when the tag cannot be written, `raw` lies outside its range or the server refuses; LinkError
        on link loss; MapError for an unknown name. Several clients of one server may write: the last one counts.
        """
        tag = self.plant_map[name]
        unit = self.plant_map.by_name[name][0].unit
        what = f"{name} = {raw}"
        low, high = tag.bounds
        if not tag.table.is_writable:
            raise Refusal(self.partner, what, f"a {tag.table} cannot be written")
        if not low <= raw <= high:
            raise Refusal(self.partner, what, f"it lies outside {low}..{high}")
        await self._request(what, partial(_write, tag, raw, unit))

    async def write_together(self, values: Mapping[str, int]) -> None:
        """Write neighbouring holding registers of one word by name, with one request: no other client's write comes
        in between. Raises as `write` does, MapError if the tags are no neighbours in the order given."""
        tags = [self.plant_map[name] for name in values]
        unit = self.plant_map.by_name[tags[0].name][0].unit
        for place, tag in enumerate(tags):
            neighbour = tag.table is Table.HOLDING and tag.kind.words == 1 and tag.address == tags[0].address + place
            if not neighbour:
                raise MapError(tag.name, f"is not the holding register {place} behind {tags[0].name}")
        what = ", ".join(f"{name} = {raw}" for name, raw in values.items())
        for tag, raw in zip(tags, values.values(), strict=True):
            low, high = tag.bounds
            if not low <= raw <= high:
                raise Refusal(self.partner, what, f"{tag.name} = {raw} lies outside {low}..{high}")
        cells = [cell for tag, raw in zip(tags, values.values(), strict=True) for cell in encode(tag, raw)]
        await self._request(what, lambda client: client.write_registers(tags[0].address, cells, device_id=unit))

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Parts of a file (first register, how many) of unit 1 in one request, so of one instant.

        Raises Refusal when the server has no such file or registers, LinkError on link loss.
        """
        what = f"read of file {file}"
        answer = await self._request(what, partial(_read_file, file, parts))
        if not isinstance(answer, ReadFileRecordResponse):
            raise LinkError(self.partner, f"{what}: answered something else")
        found = [list(struct.unpack(f">{len(r.record_data) // 2}H", r.record_data)) for r in answer.records]
        if [len(words) for words in found] != [count for _, count in parts]:
            raise LinkError(self.partner, f"{what}: answered something else")
        return found

    async def session(self) -> Session | None:
        """Who this connection is to the server; None if the server does not say. Raises LinkError on link loss."""
        try:
            [words] = await self.read_file(SESSION, [(0, SESSION_WORDS)])
            return read_session(words)
        except (Refusal, ValueError):
            return None

    async def _connect(self) -> None:
        self._drop()
        host, port = self._address
        client = (
            AsyncModbusTcpClient(
                host, port=port, timeout=self._timeout_s, retries=0, reconnect_delay=0, trace_connect=self._on_connect
            )
            if self._tls is None
            else TlsClient(host, port, self._tls, self._timeout_s, self._on_connect)
        )
        decode_at_once(client)
        self._client = client
        before = cancels()
        try:
            reached = await client.connect()
            heed_cancellation(before)
        except BaseException:
            self._drop()
            raise
        if not reached:
            self._drop()
            self._blame_tls(hung_up=False)
            raise LinkError(self.partner, "no Modbus server can be reached", "is it running, and is the address right?")
        try:
            await self._compare_maps()
            self._same_map = True
        except LinkError as error:
            # _request drops a connection that fails; one that only is too slow says so
            hung_up = not client.connected and not isinstance(error.__cause__, ModbusIOException)
            self._drop()
            self._blame_tls(hung_up)
            raise
        except BaseException:
            self._drop()
            raise

    def _blame_tls(self, hung_up: bool) -> None:
        """Raise LinkError if it was TLS that made nothing of a connection."""
        problem, remedy = ("", "") if self._tls is None else refused(self._tls, hung_up)
        if problem:
            raise LinkError(self.partner, problem, remedy) from None

    async def _compare_maps(self) -> None:
        theirs = UnitImage(self.plant_map.units[LINE_UNIT])
        version, fingerprint = self.plant_map["Line.MapVersion"], self.plant_map["Line.MapFingerprint"]
        start, end = version.address, fingerprint.end
        try:
            await self._read_block(theirs, Table.INPUT, start, end - start)
        except Refusal as refusal:
            raise LinkError(self.partner, "is no sector7 plant", refusal.why) from refusal
        if theirs.value(fingerprint) != self.plant_map.fingerprint:
            raise LinkError(
                self.partner,
                f"has register map version {theirs.value(version)} with fingerprint "
                f"{theirs.value(fingerprint):08X}, but this program has {self.plant_map.fingerprint:08X}",
                "use the same release of sector7 at both ends",
            )

    async def _read_block(self, image: UnitImage, table: Table, start: int, count: int) -> None:
        unit = image.unit.unit
        what = f"read of {count} {table}(s) at {start} of unit {unit}"
        answer = await self._request(what, partial(_read, table, start, count, unit))
        cells = answer.bits if table.is_bits else answer.registers
        if len(cells) < count:
            raise LinkError(self.partner, f"{what}: answered {len(cells)} of them")
        image.store(table, start, cells[:count])

    async def _request(self, what: str, send: Callable[[AsyncModbusTcpClient], Awaitable[ModbusPDU]]) -> ModbusPDU:
        """One request and its answer. A connection on which an answer is still due cannot be used any more."""
        async with self._request_lock:
            client = self._client
            if client is None or not client.connected:
                self._drop()
                raise LinkError(self.partner, "not connected")
            self._waiting = True
            before = cancels()
            try:
                answer = await send(client)
                heed_cancellation(before)
            except (ModbusException, OSError) as error:
                self._drop()
                heed_cancellation(before)
                raise LinkError(self.partner, f"{what}: no answer", "the connection was closed") from error
            except BaseException:
                self._drop()
                raise
            finally:
                self._waiting = False
        if answer.isError():
            code = answer.exception_code
            raise Refusal(self.partner, what, f"exception {code:02X}, {MEANINGS.get(code, 'whatever that means')}")
        return answer

    def _on_connect(self, connected: bool) -> None:
        """pymodbus: the connection was made or lost."""
        if not connected and self._client is not None:
            self._give_up(self._client)

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._same_map = False
        if client is not None:
            client.close()
            self._give_up(client)

    def _give_up(self, client: AsyncModbusTcpClient) -> None:
        """End the wait for an answer that cannot come any more; pymodbus would sit out the timeout."""
        if self._waiting and not client.ctx.response_future.done():
            client.ctx.response_future.set_exception(ConnectionException("connection lost"))


def _blocks(image: UnitImage) -> list[_Block]:
    """The requests that read all tags of a unit.

    The line's generation stands in two of the blocks of input registers: all others are read in between.
    """
    blocks: dict[Table, list[_Block]] = {}
    for table in image.sizes:
        most = MAX_BITS if table.is_bits else MAX_WORDS
        end = max((tag.end for tag in image.unit.of(table)), default=0)
        blocks[table] = [(table, start, min(most, end - start)) for start in range(0, end, most)]
    inputs = blocks.pop(Table.INPUT, [])
    last = max((t.address for t in image.unit.of(Table.INPUT) if t.name == "Line.GenerationAfter"), default=1 << 16)
    inputs[1:] = sorted(inputs[1:], key=lambda block: block[1] <= last < block[1] + block[2])
    return inputs[:1] + [block for others in blocks.values() for block in others] + inputs[1:]


def _read(table: Table, start: int, count: int, unit: int, client: AsyncModbusTcpClient) -> Awaitable[ModbusPDU]:
    match table:
        case Table.COIL:
            return client.read_coils(start, count=count, device_id=unit)
        case Table.DISCRETE:
            return client.read_discrete_inputs(start, count=count, device_id=unit)
        case Table.INPUT:
            return client.read_input_registers(start, count=count, device_id=unit)
        case Table.HOLDING:
            return client.read_holding_registers(start, count=count, device_id=unit)


def _read_file(file: int, parts: Sequence[tuple[int, int]], client: AsyncModbusTcpClient) -> Awaitable[ModbusPDU]:
    wanted = [FileRecord(file_number=file, record_number=first, record_length=2 * count) for first, count in parts]
    return client.read_file_record(wanted, device_id=LINE_UNIT)


def _write(tag: Tag, raw: int, unit: int, client: AsyncModbusTcpClient) -> Awaitable[ModbusPDU]:
    if tag.kind is Kind.BOOL:
        return client.write_coil(tag.address, bool(raw), device_id=unit)
    cells = encode(tag, raw)
    if len(cells) == 1:
        return client.write_register(tag.address, cells[0], device_id=unit)
    return client.write_registers(tag.address, cells, device_id=unit)
