"""A real browser without a screen: opens a page and tells what became of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

#: What the browser itself would like to know of its makers, whatever the page.
_ITS_OWN = re.compile(r"https?://[^/]*\.(google|googleapis|gstatic|gvt1)\.com/")


@dataclass(frozen=True, slots=True)
class Opened:
    """`dom` after everything was drawn, `console` what the page complained of, `asked` the addresses it asked for."""

    dom: str
    console: list[str]
    asked: list[str]


def opened(page: Path, folder: Path, *options: str) -> Opened:
    """Open a file; no name can be resolved, so whatever it wants from elsewhere it does not get."""
    assert BROWSER is not None, "no chromium on this machine (apt-get install chromium)"
    network = folder / "network.json"
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}", f"--log-net-log={network}", "--enable-logging=stderr", "--v=0",
            "--virtual-time-budget=60000", "--window-size=1280,4000", *options, "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=110, check=True,
    )  # fmt: skip
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    events = json.loads(network.read_text("utf-8"))["events"]
    asked = [event["params"]["url"] for event in events if "url" in event.get("params", {})]
    return Opened(done.stdout, console, [url for url in asked if not _ITS_OWN.match(url)])
