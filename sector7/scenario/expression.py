"""A small language of conditions over names: numbers, comparisons, `and`, `or`, `not`, arithmetic, min, max, abs.

The grammar is a part of Python's and means what it means there; nothing else can be said, so a scenario file from
anywhere can be run. An expression is compiled once into functions and evaluated often.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from protocols.errors import EmulatorError

Number = int | float | bool
Getter = Callable[[], Number]

_LONGEST: Final = 2000
_MOST_NODES: Final = 500
_BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_UNARY: Final[dict[type[ast.unaryop], Callable[[Any], Any]]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip
_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip
_FUNCTIONS: Final[dict[str, tuple[Callable[..., Any], int, int]]] = {
    "abs": (abs, 1, 1), "min": (min, 2, 20), "max": (max, 2, 20),
}  # fmt: skip
_ALLOWED: Final = "allowed are numbers, names, + - * / // %, comparisons, and, or, not, min, max, abs"


class ExpressionError(EmulatorError):
    """A condition that cannot be understood, or evaluated: the text, and what is wrong with it."""

    def __init__(self, text: str, problem: str) -> None:
        super().__init__(f"{text!r}: {problem}")
        self.text = text
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition, ready to be evaluated. `names` are the names in it, in order."""

    text: str
    names: tuple[str, ...]
    _root: Getter
    _getters: tuple[Getter, ...]

    def value(self) -> Number:
        """Its value now. Raises ExpressionError (a division by zero, a number beyond all bounds)."""
        try:
            return self._root()
        except ZeroDivisionError:
            raise ExpressionError(self.text, "divides by zero") from None
        except OverflowError:
            raise ExpressionError(self.text, "is too large a number") from None

    def holds(self) -> bool:
        """Is it true now? Raises ExpressionError."""
        return bool(self.value())

    def values(self) -> dict[str, Number]:
        """What its names stand for now."""
        return {name: getter() for name, getter in zip(self.names, self._getters, strict=True)}


def compile_text(text: str, resolve: Callable[[str], Getter]) -> Expression:
    """Compile `text`. `resolve` gives the getter of a name, or raises LookupError with what to say about it.

    Raises ExpressionError.
    """
    if len(text) > _LONGEST:
        raise ExpressionError(text[:40] + "...", f"is longer than {_LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python would remark on `1 is 1` and the like
            tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(text, f"is no expression ({error.msg}, column {error.offset or 1})") from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError(text, "is no expression") from None
    if sum(1 for _ in ast.walk(tree)) > _MOST_NODES:
        raise ExpressionError(text, "is too complicated")
    builder = _Builder(text, resolve)
    try:
        root = builder.build(tree.body)
    except RecursionError:
        raise ExpressionError(text, "is nested too deeply") from None
    return Expression(text, tuple(builder.getters), root, tuple(builder.getters.values()))


class _Builder:
    def __init__(self, text: str, resolve: Callable[[str], Getter]) -> None:
        self._text = text
        self._resolve = resolve
        self.getters: dict[str, Getter] = {}

    def build(self, node: ast.expr) -> Getter:
        match node:
            case ast.Constant(value=bool() | int() | float() as value):
                return lambda: value
            case ast.Name() | ast.Attribute():
                return self._name(_dotted(node))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
                return _unary(_UNARY[type(op)], self.build(operand))
            case ast.BinOp(left=left, op=op2, right=right) if type(op2) in _BINARY:
                return _binary(_BINARY[type(op2)], self.build(left), self.build(right))
            case ast.BoolOp(op=ast.And(), values=values):
                return _all([self.build(value) for value in values])
            case ast.BoolOp(values=values):
                return _any([self.build(value) for value in values])
            case ast.Compare(left=left, ops=ops, comparators=comparators) if all(type(op) in _COMPARE for op in ops):
                return _chain(
                    [_COMPARE[type(op)] for op in ops], [self.build(each) for each in (left, *comparators)]
                )  # fmt: skip
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
                function, least, most = _FUNCTIONS[name]
                if not least <= len(args) <= most:
                    raise ExpressionError(self._text, f"{name} takes {least} to {most} values, not {len(args)}")
                return _call(function, [self.build(each) for each in args])
        piece = ast.unparse(node)
        raise ExpressionError(self._text, f"{piece!r} cannot be said here ({_ALLOWED})")

    def _name(self, name: str) -> Getter:
        if not name:
            raise ExpressionError(self._text, f"a name is what the register map calls it ({_ALLOWED})")
        if name not in self.getters:
            try:
                self.getters[name] = self._resolve(name)
            except LookupError as error:
                raise ExpressionError(self._text, f"{name} {error.args[0]}") from None
        return self.getters[name]


def _dotted(node: ast.expr) -> str:
    """`ST05.Board.clamped` of the node; empty if it is no plain dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _unary(function: Callable[[Any], Any], operand: Getter) -> Getter:
    return lambda: function(operand())


def _binary(function: Callable[[Any, Any], Any], left: Getter, right: Getter) -> Getter:
    return lambda: function(left(), right())


def _call(function: Callable[..., Any], args: list[Getter]) -> Getter:
    return lambda: function(*(arg() for arg in args))


def _all(parts: list[Getter]) -> Getter:
    def value() -> Number:
        found: Number = True
        for part in parts:
            found = part()
            if not found:
                break
        return found

    return value


def _any(parts: list[Getter]) -> Getter:
    def value() -> Number:
        found: Number = False
        for part in parts:
            found = part()
            if found:
                break
        return found

    return value


def _chain(comparisons: list[Callable[[Any, Any], bool]], parts: list[Getter]) -> Getter:
    """`a < b < c` as in Python: every part is evaluated at most once."""

    def value() -> Number:
        left = parts[0]()
        for compare, part in zip(comparisons, parts[1:], strict=True):
            right = part()
            if not compare(left, right):
                return False
            left = right
        return True

    return value
