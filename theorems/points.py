"""Sample points of hypotheses, in floats: to give up early on what is false.  Nothing is ever shown with them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import final

import sympy as sp

from theorems.compile import Program, compile_expressions
from theorems.errors import InvalidOperator
from theorems.logic import Relation

_POOL = (0.0, 1.0, 0.5, 2.0, 0.25, 0.75, 3.0, 1.5, 0.1, 0.9, 10.0, 1e-3, 0.999, 100.0, -1.0, 5.0, 1e-9, 1e6, -0.5, -10.0)
_MOST = 40


@final
class FloatArithmetic:
    """`theorems.compile.Arithmetic` on Python floats; errors as in `math`."""

    constant = staticmethod(lambda a, b: a / b)
    pi = staticmethod(lambda: math.pi)
    add = staticmethod(lambda a, b: a + b)
    multiply = staticmethod(lambda a, b: a * b)
    divide = staticmethod(lambda a, b: a / b)
    integer_power = staticmethod(lambda a, n: a**n)
    power = staticmethod(lambda a, b: a**b)
    maximum, minimum = staticmethod(max), staticmethod(min)
    exp, log, sin = staticmethod(math.exp), staticmethod(math.log), staticmethod(math.sin)
    cos, tan, atan = staticmethod(math.cos), staticmethod(math.tan), staticmethod(math.atan)
    sinh, cosh, tanh, absolute = staticmethod(math.sinh), staticmethod(math.cosh), staticmethod(math.tanh), staticmethod(abs)


def values(term: sp.Expr, symbols: Sequence[sp.Symbol], places: Sequence[Sequence[float]]) -> list[float | None]:
    """The term at each place; None where it has no finite real value, or a term that floats cannot compute."""
    program = _program(term, symbols)
    return [_value(program, place) for place in places]


def _program(term: sp.Expr, symbols: Sequence[sp.Symbol]) -> Program | None:
    try:
        return compile_expressions([term], symbols)
    except InvalidOperator:
        return None


def _value(program: Program | None, place: Sequence[float]) -> float | None:
    if program is None:
        return None
    try:
        found = program.run(FloatArithmetic, *place)[0]
    except (ArithmeticError, ValueError, TypeError):
        return None
    return float(found) if isinstance(found, (int, float)) and math.isfinite(found) else None


def sample(relations: Sequence[Relation], symbols: Sequence[sp.Symbol]) -> list[tuple[float, ...]]:
    """Places where all relations hold clearly, up to rounding; the same ones every time."""
    chance, found = random.Random(7), list[tuple[float, ...]]()
    tests = [(g.op, _program(g.left - g.right, symbols)) for g in relations if g.free_symbols and g.free_symbols <= set(symbols)]
    for _ in range(30):
        batch = [tuple(_draw(chance) for _ in symbols) for _ in range(60)]
        for op, program in tests:
            gaps = [_value(program, place) for place in batch]
            batch = [place for place, gap in zip(batch, gaps, strict=True) if gap is not None and _holds(op, gap)]
        found += batch
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def _draw(chance: random.Random) -> float:
    return chance.choice(_POOL) if chance.random() < 0.6 else chance.choice((chance.random(), chance.lognormvariate(0, 2), chance.gauss(0, 3)))


def _holds(op: str, gap: float) -> bool:
    if op in ("=", "!="):
        return (gap == 0) == (op == "=")
    gap = gap if op in (">", ">=") else -gap
    return gap > 1e-9 or (op in (">=", "<=") and gap == 0)
