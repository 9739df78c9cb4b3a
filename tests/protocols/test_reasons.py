"""Stop reasons: every number an operator can meet has a text of its own."""

from __future__ import annotations

from protocols.reasons import MAX_STEPS, TEXTS, Reason, reason_labels


def test_every_reason_has_a_text_except_the_base_of_the_step_timeouts() -> None:
    assert set(TEXTS) == set(Reason) - {Reason.STEP_TIMEOUT}


def test_numbers_and_texts_are_unique() -> None:
    numbers, texts = zip(*reason_labels(), strict=True)
    assert len(set(numbers)) == len(set(texts)) == len(reason_labels()) == len(TEXTS) + MAX_STEPS


def test_a_timeout_names_its_step() -> None:
    assert dict(reason_labels())[Reason.STEP_TIMEOUT + 17] == "Step 17 timed out"
    assert dict(reason_labels(["Clamp", "Weld seam 1"]))[Reason.STEP_TIMEOUT + 1] == "Weld seam 1 timed out"


def test_general_reasons_stay_below_the_timeouts() -> None:
    assert all(reason < Reason.STEP_TIMEOUT for reason in TEXTS)
