"""The generated step names agree with the programs."""

from pathlib import Path

from protocols.tags.plant_map import PLANT_MAP
from sector7.step_names import FILE, render


def test_the_generated_file_is_up_to_date() -> None:
    """`python -m sector7.step_names` renews it."""
    assert (Path(__file__).parents[2] / FILE).read_text(encoding="utf-8") == render()


def test_the_register_map_names_steps_and_the_reasons_made_of_them() -> None:
    assert PLANT_MAP["ST03.StepNumber"].label(0) == "Wait for pallet"
    assert PLANT_MAP["ST03.StopReason"].label(100) == "Wait for pallet timed out"
