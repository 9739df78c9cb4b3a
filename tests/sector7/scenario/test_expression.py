"""Conditions mean what they mean in Python, and nothing but conditions can be said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sector7.scenario.expression import Expression, ExpressionError, Getter, compile_text

NAMES: dict[str, int | float | bool] = {"a": 3, "b": -2.5, "ST05.x": 0, "ST05.Board.y": 7, "yes": True, "no": False}


def resolve(name: str) -> Getter:
    if name not in NAMES:
        raise LookupError("is no name; did you mean a?")
    return lambda: NAMES[name]


def compiled(text: str) -> Expression:
    return compile_text(text, resolve)


numbers = st.one_of(
    st.integers(0, 50).map(str), st.floats(0, 99, allow_nan=False).map(lambda x: format(x, ".3f")),
    st.sampled_from([*NAMES, "True", "False"]),
)  # fmt: skip


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.sampled_from(["+", "-", "*", "/", "//", "%", "and", "or", "==", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        st.tuples(inner, binary, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, st.sampled_from(["<", "<=", "==", "!="]), inner, inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]} < {t[3]})"
        ),
        st.tuples(inner, binary, inner, binary, inner).map(" ".join),
        inner.map(lambda x: f"not {x}"),
        inner.map(lambda x: f"-({x})"),
        inner.map(lambda x: f"abs({x})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"max({', '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"min({', '.join(parts)})"),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(numbers, larger, max_leaves=12))
def test_a_condition_means_what_it_means_in_python(text: str) -> None:
    class Board:
        y = NAMES["ST05.Board.y"]

    class Station:
        x = NAMES["ST05.x"]
        Board_ = Board

    Station.Board = Board  # type: ignore[attr-defined]
    scope = {"ST05": Station, "a": NAMES["a"], "b": NAMES["b"], "yes": True, "no": False}
    try:
        wanted = eval(text, {"__builtins__": {"abs": abs, "min": min, "max": max}}, scope)  # the oracle
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="divides by zero"):
            compiled(text).value()
        return
    except SyntaxError:
        with pytest.raises(ExpressionError):
            compiled(text)
        return
    found = compiled(text).value()
    assert type(found) is type(wanted)
    assert found == wanted or math.isnan(found)
    assert compiled(text).holds() is bool(wanted)


def test_names_are_told_with_their_values() -> None:
    condition = compiled("ST05.Board.y > a and ST05.Board.y + b")
    assert condition.names == ("ST05.Board.y", "a", "b")
    assert condition.values() == {"ST05.Board.y": 7, "a": 3, "b": -2.5}


def test_values_are_read_anew_every_time() -> None:
    state = {"n": 0}
    condition = compile_text("n >= 2", lambda name: lambda: state[name])
    seen = []
    for state["n"] in range(4):
        seen.append(condition.holds())
    assert seen == [False, False, True, True]


def test_what_is_not_needed_is_not_evaluated() -> None:
    assert compiled("ST05.x != 0 and 1 / ST05.x > 2").holds() is False
    assert compiled("yes or 1 / 0").holds() is True
    assert compiled("1 < 0 < 1 / 0").holds() is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no expression"),
        ("a >", "is no expression"),
        ("a = 3", "is no expression"),
        ("a\0", "is no expression"),
        ("aa > 3", "aa is no name; did you mean a"),
        ("ST05.z", "ST05.z is no name"),
        ("a ** 9", "cannot be said here"),
        ("'x' == 'x'", "cannot be said here"),
        ("1j", "cannot be said here"),
        ("__import__('os')", "cannot be said here"),
        ("a.__class__", "is no name"),
        ("(1).real", "a name is what the register map calls it"),
        ("[a for a in (1, 2)]", "cannot be said here"),
        ("a if yes else b", "cannot be said here"),
        ("lambda: 1", "cannot be said here"),
        ("a is a", "cannot be said here"),
        ("a in (1, 2)", "cannot be said here"),
        ("a[0]", "cannot be said here"),
        ("a << 3", "cannot be said here"),
        ("~a", "cannot be said here"),
        ("abs(a, b)", "takes 1 to 1 values"),
        ("min(a)", "takes 2 to 20 values"),
        ("max(a, key=b)", "cannot be said here"),
        ("print(a)", "cannot be said here"),
        ("(a := 3)", "cannot be said here"),
        ("1+" * 900 + "1", "is too complicated"),
        ("(" * 300 + "1" + ")" * 300, "is no expression"),
        ("1+" * 2000 + "1", "is longer than"),
    ],
)
def test_nothing_else_can_be_said(text: str, said: str) -> None:
    with pytest.raises(ExpressionError, match=said.replace("(", r"\(").replace("*", r"\*")):
        compiled(text)


def test_too_large_a_number_is_told() -> None:
    with pytest.raises(ExpressionError, match="too large"):
        compiled("1" + "0" * 400 + " / 3").value()
