"""Exact values of a `Program` by SymPy, for the points where a claim is tight.

`vanishes` decides that a derivative of an expression is 0 all over the face x_k = c of a box.  It trusts
`sympy.simplify`, with a tripwire: balls of 250 digits at exact points of the face must contain 0 too.
"""

from __future__ import annotations

from typing import Any, Final, final

import sympy as sp
from flint import fmpq

from numerics.balls import Balls, precision, rational
from numerics.jets import Jets
from theorems.compile import Program

PROBE_BITS: Final = 850
PROBE_RADIUS: Final = fmpq(1, 10**200)


@final
class Symbolic:
    """Arithmetic on SymPy expressions; 0 log 0 = 0."""

    exp, log, sin, cos, tan, atan = map(staticmethod, (sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.atan))
    sinh, cosh, tanh, absolute = map(staticmethod, (sp.sinh, sp.cosh, sp.tanh, sp.Abs))
    maximum, minimum = staticmethod(sp.Max), staticmethod(sp.Min)

    @staticmethod
    def constant(numerator: int, denominator: int) -> sp.Expr:
        return sp.Rational(numerator, denominator)

    @staticmethod
    def pi() -> sp.Expr:
        return sp.pi

    @staticmethod
    def add(a: sp.Expr, b: sp.Expr) -> sp.Expr:
        return a + b

    @staticmethod
    def subtract(a: sp.Expr, b: sp.Expr) -> sp.Expr:
        return a - b

    @staticmethod
    def multiply(a: sp.Expr, b: sp.Expr) -> sp.Expr:
        return a * b

    @staticmethod
    def divide(a: sp.Expr, b: sp.Expr) -> sp.Expr:
        return a / b

    @staticmethod
    def negate(a: sp.Expr) -> sp.Expr:
        return -a

    @staticmethod
    def power(a: sp.Expr, b: sp.Expr) -> sp.Expr:
        return a**b

    integer_power = power

    @staticmethod
    def xlogx(a: sp.Expr) -> sp.Expr:
        return sp.S.Zero if a == 0 else a * sp.log(a)

    @staticmethod
    def share(a: sp.Expr, r: sp.Expr) -> sp.Expr:
        return a / (a + r)

    @staticmethod
    def step(a: sp.Expr) -> sp.Expr:
        return sp.Integer(int(bool(a > 0))) if a.is_number and a.is_nonzero else sp.nan


def derivative(program: Program, base: Any, values: list[Any], axes: tuple[int, ...]) -> Any:
    """The derivative of the program's first output by the inputs `axes` (with repetition), in arithmetic `base`."""
    arithmetic = base
    for axis in axes:
        arithmetic = Jets(arithmetic, 1)
        values = [arithmetic.variable(value, 0 if k == axis else None) for k, value in enumerate(values)]
    result = program.run(arithmetic, *values)[0]
    for _ in axes:
        if result is None:
            return base.constant(0, 1)
        result = result[1][0]
    return base.constant(0, 1) if result is None else result


Box = tuple[tuple[fmpq, fmpq], ...]


def vanishes(program: Program, symbols: tuple[sp.Symbol, ...], box: Box, axis: int, point: fmpq, order: int) -> bool:
    """True only if the `order`-th derivative along `axis` is identically 0 on the face where that input is `point`."""
    exact = sp.Rational(int(point.p), int(point.q))
    inputs: list[sp.Expr] = [exact if k == axis else symbol for k, symbol in enumerate(symbols)]
    value = derivative(program, Symbolic(), inputs, (axis,) * order)
    if not (value == 0 or sp.simplify(value) == 0):
        return False
    with precision(PROBE_BITS):
        return all(_probe(program, box, axis, point, order, weight) for weight in ("3/7", "10/11", "1/97"))


def _probe(program: Program, box: Box, axis: int, point: fmpq, order: int, weight: str) -> bool:
    places = [low + rational(weight) ** (k + 1) * (high - low) for k, (low, high) in enumerate(box)]
    balls = [Balls.interval(p, p) for p in (point if k == axis else place for k, place in enumerate(places))]
    value = derivative(program, Balls(), balls, (axis,) * order)
    return bool(value.contains(0)) and bool(value.rad() < PROBE_RADIUS)
