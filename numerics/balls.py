"""The trusted arithmetic: balls of python-flint (Arb), with exact rationals in and NaN meaning "unknown".

`Balls` offers what a `theorems.compile.Program` needs.  Every result encloses the function's values at all
points of its arguments; where a function is undefined somewhere in an argument, or Arb cannot tell, the result
is NaN, which compares False with everything and therefore never proves anything.
"""

from __future__ import annotations

import operator
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, Final, final

from flint import arb, ctx, fmpq

NAN: Final = arb("nan")
ZERO: Final = arb(0)
ONE: Final = arb(1)
UNIT: Final = arb(0.5, 0.5)  # contains [0, 1]; its radius is rounded up in the 30th bit
MINIMUM_PRECISION: Final = 53


def precision(bits: int) -> AbstractContextManager[Any]:
    """Work with `bits` bits inside the `with` block; the precision before comes back after it."""
    return ctx.workprec(bits)  # type: ignore[no-any-return]


def rational(value: str | int | Fraction | fmpq) -> fmpq:
    """The exact rational `value`; floats are refused, for their decimals are not what they look like."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float; write an exact rational such as '1/10'")
    fraction = Fraction(value)
    return fmpq(fraction.numerator, fraction.denominator)


@final
class Balls:
    """Arithmetic on `arb` numbers at the precision of the moment."""

    add = staticmethod(operator.add)
    subtract = staticmethod(operator.sub)
    multiply = staticmethod(operator.mul)
    divide = staticmethod(operator.truediv)
    negate = staticmethod(operator.neg)
    exp, log = staticmethod(arb.exp), staticmethod(arb.log)
    sin, cos, tan, atan = staticmethod(arb.sin), staticmethod(arb.cos), staticmethod(arb.tan), staticmethod(arb.atan)
    sinh, cosh, tanh = staticmethod(arb.sinh), staticmethod(arb.cosh), staticmethod(arb.tanh)
    absolute, maximum, minimum = staticmethod(abs), staticmethod(arb.max), staticmethod(arb.min)

    @staticmethod
    def interval(low: fmpq, high: fmpq) -> arb:
        """A ball around [low, high], both exact: low + [0, 1] (high - low)."""
        start = arb(low)
        return start if low == high else start + (arb(high) - start) * UNIT

    @staticmethod
    def constant(numerator: int, denominator: int) -> arb:
        return arb(fmpq(numerator, denominator))

    @staticmethod
    def pi() -> arb:
        return arb.pi()

    @staticmethod
    def integer_power(a: arb, exponent: int) -> arb:
        """a^n for n >= 0, from the bounds (Arb itself gives NaN for arb(0, 1)**2)."""
        if exponent == 2 and a != 0:
            return a * a
        low, high = (a.abs_lower(), a.abs_upper()) if exponent % 2 == 0 else (a.lower(), a.upper())
        return _raise(low, exponent).union(_raise(high, exponent))

    @staticmethod
    def power(a: arb, b: arb) -> arb:
        """a^b for a > 0 only."""
        return a**b if a > ZERO else NAN

    @staticmethod
    def xlogx(a: arb) -> arb:
        return a * a.log()

    @staticmethod
    def share(a: arb, r: arb) -> arb:
        """a / (a + r), with a once where a > 0."""
        return ONE / (ONE + r / a) if a > ZERO else a / (a + r)

    @staticmethod
    def step(a: arb) -> arb:
        """1 where a > 0, 0 where a < 0; unknown where the sign is."""
        return arb(1) if a > 0 else arb(0) if a < 0 else NAN

    @staticmethod
    def finite(a: arb) -> bool:
        """True only if the function is defined and bounded at every point of the argument."""
        return bool(a.is_finite())

    @staticmethod
    def nonnegative(a: arb) -> bool:
        """True only if every point of a is finite and >= 0."""
        return a >= ZERO and a.is_finite()  # type: ignore[no-any-return]

    @staticmethod
    def positive(a: arb) -> bool:
        """True only if every point of a is finite and > 0."""
        return a > ZERO and a.is_finite()  # type: ignore[no-any-return]


def _raise(a: arb, exponent: int) -> arb:
    result = arb(1)
    for _ in range(exponent):
        result = result * a
    return result
