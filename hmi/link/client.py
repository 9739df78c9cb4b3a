"""What the HMI asks of its Modbus client."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from protocols.tags.session_map import Session


class PlantReader(Protocol):
    """A connection to a plant server with this register map."""

    @property
    def connected(self) -> bool:
        """True between a successful `connect` and the loss of the link."""
        ...

    async def connect(self) -> None:
        """Connect and compare the map. Raises LinkError if unreachable or the server has another map."""
        ...

    async def session(self) -> Session | None:
        """Who this connection is to the server; None if the server does not say. Raises LinkError."""
        ...

    async def close(self) -> None:
        """Give the connection back."""
        ...

    async def read(self, unit: int) -> Mapping[str, int]:
        """All tags of a unit, raw, by name. Raises LinkError, or Refusal where the server answers with an exception."""
        ...

    async def write(self, name: str, raw: int) -> None:
        """Write one tag. Raises Refusal if the server refuses it, LinkError if the link fails."""
        ...

    async def write_together(self, values: Mapping[str, int]) -> None:
        """Write neighbouring holding registers in the order given with one request. Raises as `write` does."""
        ...

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Parts of a file of unit 1 (first register, how many) in one request. Raises LinkError, Refusal."""
        ...


#: Makes a fresh client for each attempt to connect.
ClientFactory = Callable[[], PlantReader]
