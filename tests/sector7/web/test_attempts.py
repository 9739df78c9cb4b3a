"""The limit on attempts, against a plain model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sector7.web.attempts import MOST_FAILURES, MOST_KEYS, WINDOW_S, Attempts

_STEPS = st.lists(
    st.tuples(st.sampled_from(["try", "good"]), st.sampled_from("ab"), st.integers(0, int(WINDOW_S))), max_size=40
)


@given(_STEPS)
def test_five_failures_in_five_minutes(steps: list[tuple[str, str, int]]) -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    model: dict[str, list[float]] = {"a": [], "b": []}
    for what, key, later in steps:
        now += later
        recent = [at for at in model[key] if now - at < WINDOW_S]
        assert (attempts.wait_s(key) > 0) == (len(recent) >= MOST_FAILURES)
        if what == "good":
            attempts.succeeded(key)
            model[key] = []
        elif not attempts.wait_s(key):
            attempts.failed(key)
            model[key] = [*recent, now]


def test_the_memory_is_bounded() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    for _ in range(MOST_FAILURES):
        attempts.failed("first")
    for number in range(MOST_KEYS):
        attempts.failed(f"{number}")
    assert attempts.wait_s("first") == 0, "forgotten for those that came later"
    assert attempts.wait_s("first", "0") == 0
