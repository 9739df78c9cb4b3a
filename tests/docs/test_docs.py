"""The documents tell the truth where it can be checked: links, commands, keys, names, addresses, code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from annotated_types import Ge, Gt, Le
from pydantic import BaseModel

from protocols.reasons import TEXTS
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP
from sector7.cli import app
from sector7.reactivation.recipe import DefectRecipe, DormantRecipe
from sector7.recipe import PowerRecipe, Recipe, RemoteRecipe, SerialRecipe, StationRecipe

TOP = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "examples/*.md")
    for page in TOP.glob(pattern)
    if page.name != "register-map.md"
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    return str(page.relative_to(TOP))


def text(name: str) -> str:
    return (TOP / name).read_text("utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(page.read_text("utf-8")) if found == language]


def anchors(page: Path) -> set[str]:
    """Anchors as the usual renderers make them of headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


# ---- links and files
@each_page
def test_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text("utf-8"))):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{name_of(page)} links to {target}"
        if anchor:
            assert anchor in anchors(goal), f"{name_of(page)} links to {target}"


@each_page
def test_named_files_exist(page: Path) -> None:
    inline = re.findall(r"`([^`\n]+)`", FENCE.sub("", page.read_text("utf-8")))
    folders = {"plant", "firmware_sim", "protocols", "hmi", "hil", "sector7", "docs", "benchmarks", "examples", "tests"}
    for word in inline:
        match = re.fullmatch(r"(\w+)/[\w./*-]*", word)
        if match and match[1] in folders:
            assert any(TOP.glob(word.rstrip("/"))), f"{name_of(page)} names {word}"


def test_architecture_says_where_to_look() -> None:
    table = text("docs/architecture.md").partition("## Where to look")[2]
    assert len(re.findall(r"`[a-z_]+/[\w/.]+`", table)) > 30


def test_every_decision_is_listed() -> None:
    index = text("docs/decisions/README.md")
    for page in (TOP / "docs/decisions").glob("0*.md"):
        title = page.read_text("utf-8").partition("\n")[0].removeprefix(f"# {page.name[:4]}: ")
        assert f"[{page.name[:4]}]({page.name}) | {title}" in index


# ---- commands
def shell_lines() -> Iterator[tuple[str, str]]:
    """Every line of a shell block, and every inline command, with the page it is on."""
    for page in PAGES:
        content = page.read_text("utf-8")
        lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
        lines += re.findall(r"`([^`\n]+)`", FENCE.sub("", content))
        for line in lines:
            yield name_of(page), line.partition("#")[0].strip()


def sector7_commands() -> list[tuple[str, list[str]]]:
    found = []
    for page, line in shell_lines():
        match = re.match(r"(?:\.venv/bin/)?sector7 ([a-z].*)", line)
        if match:
            found.append((page, match[1].split()))
    return found


@pytest.mark.parametrize(("page", "words"), sector7_commands(), ids=lambda value: str(value)[:60])
def test_commands_exist(page: str, words: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    while subcommands := getattr(command, "commands", None):
        if not words or words[0].startswith("-"):
            break
        if "fault" in subcommands and ":" in words[0]:  # sector7 inject HOST:PORT ...
            words = ["fault", *words]
        assert words[0] in subcommands, f"{page}: sector7 has no command {words[0]}"
        command = subcommands[words[0]]
        words = words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"{page}: sector7 {command.name} has no {word}"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    for page, line in shell_lines():
        if line.startswith("make "):
            for word in line.split()[1:]:
                if "=" in word or word.startswith(("-", '"')):
                    break
                assert word in targets, f"{page}: make {word}"


# ---- recipes
def _plain(default: object) -> str:
    if isinstance(default, BaseModel):
        return "as below"
    if isinstance(default, bool):
        return str(default).lower()
    return "none" if default is None or default == {} else str(default)


RECIPE_PARTS: dict[type[BaseModel], str] = {
    Recipe: "The line",
    PowerRecipe: "Power",
    StationRecipe: "A station",
    SerialRecipe: "A real board",
    RemoteRecipe: "A remote board",
    DormantRecipe: "A dormant plant",
    DefectRecipe: "A hidden defect",
}


def documented_range(model: type[BaseModel], key: str) -> tuple[str, str]:
    """How the table shows the range of a number ("" for other kinds) and the default."""
    field = model.model_fields[key]
    low = next((f"{m.ge:,}" for m in field.metadata if isinstance(m, Ge)), "")
    above = next((str(m.gt) for m in field.metadata if isinstance(m, Gt)), "")
    high = next((f"{m.le:,}" for m in field.metadata if isinstance(m, Le)), "")
    shown = f"above {above}, to {high}" if above else f"{low} to {high}" if low else ""
    if field.is_required():
        return shown, "required"
    default = field.default
    if isinstance(default, float):
        default = f"{default:g}"
    return shown, f'"{default}"' if isinstance(default, str) and not default[0].isdigit() else _plain(default)


@pytest.mark.parametrize(
    ("model", "key"),
    [(model, key) for model in RECIPE_PARTS for key in model.model_fields],
    ids=lambda value: str(value),
)
def test_recipe_keys_are_documented(model: type[BaseModel], key: str) -> None:
    page = text("docs/recipes.md")
    heading = RECIPE_PARTS[model]
    part = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    row = re.search(rf"^\| `{key}` \|(.*)$", part, re.MULTILINE)
    assert row is not None, f"docs/recipes.md does not document {key}"
    cells = [cell.strip().replace("`", "") for cell in row[1].split("|")]
    shown, default = documented_range(model, key)
    assert shown in cells[1], f"{key}: the range is {shown}, documented {cells[1]}"
    assert cells[2] == default, f"{key}: the default is {default}, documented {cells[2]}"


def test_no_key_is_documented_that_does_not_exist() -> None:
    keys = re.findall(r"^\| `(\w+)` \|", text("docs/recipes.md"), re.MULTILINE)
    assert sorted(keys) == sorted(key for model in RECIPE_PARTS for key in model.model_fields)


@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
def test_set_points_are_documented(io: object) -> None:
    station = next(s for s in STATIONS if s is io)
    row = re.search(rf"^\| {station.number} \| (.*) \|$", text("docs/recipes.md"), re.MULTILINE)
    assert row is not None
    shown = []
    for s in station.setpoints:
        low, high, default = (value / 10**s.decimals for value in (s.low, s.high, s.default))
        shown.append(f"`{s.name}` {low:g} to {high:g} {s.unit}, {default:g}")
    assert row[1] == "; ".join(shown)


# ---- the plant
@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
def test_stations_are_described(io: object) -> None:
    station = next(s for s in STATIONS if s is io)
    page = text("docs/plant.md")
    part = page.partition(f"### {station.number} {station.title}\n")[2].partition("\n##")[0]
    assert part, f"docs/plant.md does not describe {station.title}"
    own = (*station.inputs[2:], *station.outputs[2:], *(a.name for a in station.analogs), *station.keep)
    assert {f"`{name}`" for name in own} <= set(re.findall(r"`\w+`", part))
    assert f"Design {station.design_cycle_ds / 10:g} s" in part
    kept = part.partition("safe state keeps")[2]
    assert set(re.findall(r"`(\w+)`", kept)) == set(station.keep)


def test_the_proof_counts_the_places_of_the_castle_line() -> None:
    from sector7 import recipe

    castle = recipe.load("castle")
    assert f"**{castle.loop_places} places**" in text("docs/plant.md")
    assert f"**{castle.pallets} pallets**" in text("docs/plant.md")
    assert castle.pallets < castle.loop_places


def test_stop_reasons_are_explained() -> None:
    page = text("docs/operating.md")
    for reason, words in TEXTS.items():
        if reason:
            assert words in page, f"docs/operating.md does not explain {words!r}"


# ---- Modbus
def test_addresses_in_the_examples_are_those_of_the_map() -> None:
    def address(tag: str) -> int:
        return PLANT_MAP[tag].address

    assert address("ST01.StateCurrent") == 64
    assert address("ST05.StateCurrent") == 256
    assert [address(f"ST05.{n}") - 256 for n in ("StepNumber", "StopReason", "StartInterlock")] == [3, 4, 5]
    assert (address("ST05.CntrlCmd"), address("ST05.CmdChangeRequest"), address("ST05.joint_force_sp")) == (80, 81, 84)
    assert (address("Line.RobotsCompleted"), address("Line.GenerationBefore")) == (20, 3)
    assert address("Line.GenerationAfter") == 640


def test_tags_named_in_the_pages_exist() -> None:
    for page in PAGES:
        for tag in re.findall(r"`((?:Line|ST\d\d)\.\w+)`", page.read_text("utf-8")):
            assert tag in PLANT_MAP.by_name, f"{name_of(page)} names the tag {tag}"


# ---- code
@each_page
def test_python_blocks_compile(page: Path) -> None:
    for block in blocks(page, "python"):
        tree = ast.parse(block, filename=name_of(page))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = __import__(node.module, fromlist=[alias.name for alias in node.names])
                assert all(hasattr(module, alias.name) for alias in node.names), f"{name_of(page)}: {ast.unparse(node)}"
