"""One board, several that want it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from protocols.errors import Refusal
from sector7.testing.turn import turn

NEXT = """
import sys
from sector7.testing.turn import turn
print("waits", flush=True)
with turn(sys.argv[1]):
    print("has it", flush=True)
"""


def test_another_process_waits_and_then_has_it() -> None:
    port = "/dev/no-such-port-of-test-turn"
    with turn(port):
        command = [sys.executable, "-c", NEXT, port]
        other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
        with turn(port + "-2"):
            assert other.poll() is None
    assert other.communicate()[0] == "has it\n"


def test_the_same_process_does_not_wait_for_itself() -> None:
    port = "/dev/no-such-port-of-test-turn"
    says = "the board at .* a second time refused: take `line` and `station`, or `board`"
    with turn(port), pytest.raises(Refusal, match=says), turn(port):
        pass
    with turn(port):
        pass
