"""A check as a table, as JSON, as JUnit XML."""

from __future__ import annotations

import json
from typing import TextIO
from xml.etree import ElementTree as ET

from sector7.board_check.measure import Measurement
from sector7.board_check.runner import Result, Verdict
from sector7.board_check.suite import Outcome

_GREEN, _RED, _YELLOW, _BOLD, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
_WIDTH = 90
_MARKS = {Verdict.PASSED: ("✔", _GREEN), Verdict.FAILED: ("✘", _RED), Verdict.SKIPPED: ("-", _YELLOW)}


def print_outcome(outcome: Outcome, stream: TextIO, *, color: bool) -> None:
    """The table: vectors, measurements, and one line that sums up."""
    bold, plain = (_BOLD, _PLAIN) if color else ("", "")
    where = f", station {outcome.station}" if outcome.station else ""
    stream.write(f"{bold}board check{plain}: {outcome.target}{where}\n\n")
    for result in outcome.results:
        sign, title = _mark(result.verdict, color), _short(result.title)
        stream.write(f"{sign} {result.name:14s}{result.wall_s:7.2f} s  {title}\n")
        stream.writelines(f"    {'  ' if result.verdict is Verdict.PASSED else ''}{each}\n" for each in result.reasons)
    stream.write("\n" if outcome.results else "")
    for each in outcome.measurements:
        value = each.reason if each.value is None else f"{each.value:10.1f} {each.unit:7s}{_limits(each)}"
        stream.write(f"{_mark(each.verdict, color)} {each.title:42s}{value}\n")
    done: list[Result | Measurement] = [*outcome.results, *outcome.measurements]
    skipped = sum(each.verdict is Verdict.SKIPPED for each in done)
    beside = f", {skipped} skipped" if skipped else ""
    if outcome.failed:
        stream.write(f"\n{_mark(Verdict.FAILED, color)} failed: {', '.join(outcome.failed)}{beside}\n")
    else:
        stream.write(f"\n{_mark(Verdict.PASSED, color)} passed: {len(done) - skipped} checks{beside}\n")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _mark(verdict: Verdict, color: bool) -> str:
    sign, paint = _MARKS[verdict]
    return f"{paint}{sign}{_PLAIN}" if color else sign


def _limits(each: Measurement) -> str:
    if each.low is not None and each.low == each.high:
        return f"exactly {each.low:g}"
    low = "" if each.low is None else f"at least {each.low:g}"
    high = "" if each.high is None else f"at most {each.high:g}"
    return " ".join(filter(None, (low, high)))


def to_json(outcome: Outcome) -> str:
    """Everything, indented."""
    vectors = [
        {"name": r.name, "title": r.title, "verdict": r.verdict, "reasons": r.reasons, "wall_s": round(r.wall_s, 3)}
        for r in outcome.results
    ]
    measurements = [
        {"name": m.name, "title": m.title, "value": m.value, "unit": m.unit, "low": m.low, "high": m.high,
         "verdict": m.verdict, "reason": m.reason}
        for m in outcome.measurements
    ]  # fmt: skip
    report = {
        "target": outcome.target,
        "station": outcome.station or None,
        "passed": not outcome.failed,
        "failed": outcome.failed,
        "vectors": vectors,
        "measurements": measurements,
    }
    return json.dumps(report, indent=2) + "\n"


def to_junit(outcome: Outcome) -> str:
    """One case for each vector and each measurement."""
    findings: list[Result | Measurement] = [*outcome.results, *outcome.measurements]
    suite = ET.Element("testsuite", name=f"sector7 board check {outcome.target}", tests=str(len(findings)))
    for key, verdict in (("failures", Verdict.FAILED), ("skipped", Verdict.SKIPPED)):
        suite.set(key, str(sum(each.verdict is verdict for each in findings)))
    for each in findings:
        kind = "vector" if isinstance(each, Result) else "measurement"
        case = ET.SubElement(suite, "testcase", classname=f"sector7.boards.kinds.{kind}", name=each.name)
        if isinstance(each, Result):
            case.set("time", f"{each.wall_s:.3f}")
            words = list(each.reasons)
        else:
            words = [each.reason or f"{each.value:g} {each.unit}: {_limits(each)}"]
        if each.verdict is Verdict.PASSED:
            ET.SubElement(case, "system-out").text = "\n".join([each.title, *words])
        else:
            tag = "failure" if each.verdict is Verdict.FAILED else "skipped"
            ET.SubElement(case, tag, message=words[0] if words else "").text = "\n".join(words)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
