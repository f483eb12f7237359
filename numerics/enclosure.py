"""The second trusted arithmetic: intervals whose ends are exact binary numbers, for boxes that touch 0.

A ball [0, 1/3] reaches a little below 0, where logarithms and roots are undefined.  `Closed` keeps both ends,
rounded outward by Arb, so 0 stays 0, 1 - 1 is 0, and x log x, x^b (b > 0) and shares live on the closed [0, 1].
An interval is a pair of exact `arb`; unknown is the pair of NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from flint import arb, fmpq

from numerics.balls import NAN

Pair = tuple[arb, arb]
UNKNOWN: Final[Pair] = (NAN, NAN)


def _outward(low: arb, high: arb) -> Pair:
    return low.lower(), high.upper()


def _hull(*values: arb) -> Pair:
    """The hull of some enclosed values, by Arb's own minimum and maximum (NaN stays NaN)."""
    low = high = values[0]
    for value in values[1:]:
        low, high = low.min(value), high.max(value)
    return _outward(low, high)


def _increasing(function: Callable[[arb], arb]) -> Callable[[Pair], Pair]:
    return lambda a: _outward(function(a[0]), function(a[1]))


def _xlogx(a: arb) -> arb:
    return arb(0) if a == 0 else a * a.log()


def _periodic(function: Callable[[arb], arb], increasing_at_zero: bool) -> Callable[[Pair], Pair]:
    def enclosed(a: Pair) -> Pair:
        if increasing_at_zero and a[0] >= -1 and a[1] <= 1:
            return _outward(function(a[0]), function(a[1]))
        return _hull(function(a[0].union(a[1])))

    return enclosed


@final
class Closed:
    """Arithmetic on intervals with exact ends."""

    exp, atan = staticmethod(_increasing(arb.exp)), staticmethod(_increasing(arb.atan))
    sinh, tanh = staticmethod(_increasing(arb.sinh)), staticmethod(_increasing(arb.tanh))
    sin, tan = staticmethod(_periodic(arb.sin, True)), staticmethod(_periodic(arb.tan, True))
    cos = staticmethod(_periodic(arb.cos, False))

    @staticmethod
    def interval(low: fmpq, high: fmpq) -> Pair:
        return _outward(arb(low), arb(high))

    @staticmethod
    def constant(numerator: int, denominator: int) -> Pair:
        return _hull(arb(fmpq(numerator, denominator)))

    @staticmethod
    def pi() -> Pair:
        return _hull(arb.pi())

    @staticmethod
    def negate(a: Pair) -> Pair:
        return -a[1], -a[0]

    @staticmethod
    def add(a: Pair, b: Pair) -> Pair:
        return _outward(a[0] + b[0], a[1] + b[1])

    @staticmethod
    def subtract(a: Pair, b: Pair) -> Pair:
        return _outward(a[0] - b[1], a[1] - b[0])

    @staticmethod
    def multiply(a: Pair, b: Pair) -> Pair:
        if a[0] >= 0 and b[0] >= 0:
            return _outward(a[0] * b[0], a[1] * b[1])
        return _hull(a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1])

    @staticmethod
    def divide(a: Pair, b: Pair) -> Pair:
        if not (b[0] > 0 or b[1] < 0):
            return UNKNOWN
        return _hull(a[0] / b[0], a[0] / b[1], a[1] / b[0], a[1] / b[1])

    @staticmethod
    def integer_power(a: Pair, exponent: int) -> Pair:
        """a^n for n >= 0, by products of one bound with itself."""
        low, high = (Closed.absolute(a) if exponent % 2 == 0 else a)
        bounds = arb(1), arb(1)
        for _ in range(exponent):
            bounds = bounds[0] * low, bounds[1] * high
        return _outward(*bounds)

    @staticmethod
    def power(a: Pair, b: Pair) -> Pair:
        """a^b for a > 0, or a >= 0 and b > 0: monotone in either argument, so the corners bound it."""
        if not (a[0] > 0 or (a[0] >= 0 and b[0] > 0)):
            return UNKNOWN
        return _hull(a[0] ** b[0], a[0] ** b[1], a[1] ** b[0], a[1] ** b[1])

    @staticmethod
    def log(a: Pair) -> Pair:
        return _outward(a[0].log(), a[1].log()) if a[0] > 0 else UNKNOWN

    @staticmethod
    def xlogx(a: Pair) -> Pair:
        """a log a on a >= 0: convex, least at 1/e."""
        if not a[0] >= 0:
            return UNKNOWN
        least = arb(-1).exp()
        if a[0] >= least or a[1] <= least:
            return _hull(_xlogx(a[0]), _xlogx(a[1]))
        return _hull(_xlogx(a[0]), _xlogx(a[1]), -least)

    @staticmethod
    def share(a: Pair, r: Pair) -> Pair:
        """a / (a + r): on a, r >= 0 it grows in a and falls in r."""
        if a[0] >= 0 and r[0] >= 0 and a[0] + r[0] > 0:
            return _outward(a[0] / (a[0] + r[1]), a[1] / (a[1] + r[0]))
        return Closed.divide(a, Closed.add(a, r))

    @staticmethod
    def absolute(a: Pair) -> Pair:
        if a[0] >= 0:
            return a
        return Closed.negate(a) if a[1] <= 0 else _hull(arb(0), -a[0], a[1])

    @staticmethod
    def cosh(a: Pair) -> Pair:
        return _increasing(arb.cosh)(Closed.absolute(a))

    @staticmethod
    def maximum(a: Pair, b: Pair) -> Pair:
        return _outward(a[0].max(b[0]), a[1].max(b[1]))

    @staticmethod
    def minimum(a: Pair, b: Pair) -> Pair:
        return _outward(a[0].min(b[0]), a[1].min(b[1]))

    @staticmethod
    def step(a: Pair) -> Pair:
        return (arb(1), arb(1)) if a[0] > 0 else (arb(0), arb(0)) if a[1] < 0 else UNKNOWN

    @staticmethod
    def finite(a: Pair) -> bool:
        return bool(a[0].is_finite()) and bool(a[1].is_finite())

    @staticmethod
    def nonnegative(a: Pair) -> bool:
        return Closed.finite(a) and bool(a[0] >= 0)

    @staticmethod
    def positive(a: Pair) -> bool:
        return Closed.finite(a) and bool(a[0] > 0)
