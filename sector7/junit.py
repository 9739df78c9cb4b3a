"""Verdicts as JUnit XML, the format that CI systems publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET


def render(
    suite: str, classname: str, cases: Iterable[tuple[str, list[str]]], wall_s: float, said: str = "",
    properties: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """One test suite; a case is its name and what failed in it (nothing: it passed). `said`: for people, `properties`
    for machines."""
    root = ET.Element("testsuite", name=suite, time=f"{wall_s:.3f}")
    if properties:
        told = ET.SubElement(root, "properties")
        for name, value in properties.items():
            ET.SubElement(told, "property", name=name, value=value)
    count = failures = 0
    for name, failed in cases:
        count += 1
        node = ET.SubElement(root, "testcase", classname=classname, name=name)
        if failed:
            failures += 1
            ET.SubElement(node, "failure", message=failed[0]).text = "\n".join(failed)
    if said:
        ET.SubElement(root, "system-out").text = said
    root.set("tests", str(count))
    root.set("failures", str(failures))
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
