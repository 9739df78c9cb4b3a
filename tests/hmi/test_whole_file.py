"""Files read whole, while their entries come and go."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hmi.link.whole_file import read_whole
from protocols.errors import Refusal

SIZE = 40


class File:
    """A file of entries (their first register is their name); `after` reads it becomes what `then` says."""

    def __init__(self, names: list[int], then: list[int] | None = None, after: int = 0) -> None:
        self.names = names
        self.then = then
        self.left = after
        self.reads = 0

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        self.reads += 1
        if self.then is not None and self.reads > self.left:
            self.names = self.then
        words = [len(self.names), SIZE]
        for name in self.names:
            words += [name, *[0] * (SIZE - 1)]
        found = [words[at : at + count] for at, count in parts]
        if file != 30 or any(len(part) != count for part, (_, count) in zip(found, parts, strict=True)):
            raise Refusal("plant", "file", "illegal data address")
        return found


async def names(file: File) -> list[int]:
    return [entry[0] for entry in await read_whole(file, 30) or ()]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 64])
async def test_every_entry_is_read(count: int) -> None:
    assert await names(File(list(range(1, count + 1)))) == list(range(1, count + 1))


@pytest.mark.parametrize("after", range(1, 4))
@pytest.mark.parametrize("then", [[2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7, 8], []])
async def test_what_changes_while_it_is_read_is_read_again(then: list[int], after: int) -> None:
    assert await names(File([1, 2, 3, 4, 5, 6, 7], then, after)) == then


async def test_a_server_without_the_file_says_so() -> None:
    assert await read_whole(File([]), 31) is None
