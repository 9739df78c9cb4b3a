"""Who does the runs: processes of this machine, or a dask.distributed cluster; both as concurrent.futures."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib import import_module
from typing import Any, Protocol

from protocols.errors import LinkError


class Workers(Protocol):
    """Where executors come from. `slots` runs can be done at the same time."""

    @property
    def slots(self) -> int:
        """Runs at the same time."""

    @property
    def name(self) -> str:
        """How people call it."""

    def executor(self) -> Executor:
        """A fresh executor, also after the last one broke. Raises LinkError if there is none to be had."""

    def stop(self, executor: Executor) -> None:
        """Give up what the executor is doing, now."""


class Pool:
    """Processes of this machine. They are started anew (never forked), so no lock and no thread is inherited."""

    def __init__(self, processes: int | None = None) -> None:
        self.slots = processes or os.cpu_count() or 1
        self.name = f"{self.slots} process{'es' * (self.slots != 1)}"
        self._context = multiprocessing.get_context("spawn")

    def executor(self) -> Executor:
        """See port `Workers`."""
        return ProcessPoolExecutor(self.slots, self._context, initializer=_quiet)

    def stop(self, executor: Executor) -> None:
        """See port `Workers`."""
        processes = dict(getattr(executor, "_processes", None) or {})  # kill_workers() is there from Python 3.14 on
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes.values():
            process.kill()
        for process in processes.values():
            process.join()


class Cluster:
    """The workers of a dask.distributed scheduler. A worker that dies is dask's business: others do its runs."""

    def __init__(self, address: str, patience_s: float = 10.0) -> None:
        """Connect to `tcp://HOST:PORT`. Raises LinkError."""
        try:
            distributed: Any = import_module("distributed")  # has no types
        except ImportError:
            raise LinkError("cluster", "distributed is not installed", "pip install 'sector7[cluster]'") from None
        try:
            self._client = distributed.Client(address, timeout=patience_s, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            remedy = "an address such as tcp://127.0.0.1:8786, where `dask scheduler` runs"
            raise LinkError(address, f"no scheduler answers there: {error}".rstrip(": "), remedy) from None
        self.slots = sum(self._client.nthreads().values())
        self.name = f"{self.slots} threads of the cluster at {address}"
        if not self.slots:
            self._client.close()
            raise LinkError(address, "the cluster has no workers", f"dask worker {address} --nthreads 1")

    def executor(self) -> Executor:
        """See port `Workers`."""
        made: Callable[..., Executor] = self._client.get_executor
        return made(pure=False, retries=2)

    def stop(self, executor: Executor) -> None:
        """See port `Workers`."""
        executor.shutdown(wait=False)
        self._client.close()


def _quiet() -> None:
    """Ctrl-C reaches the whole group: the leading process alone decides what it means. Without it nobody goes on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
