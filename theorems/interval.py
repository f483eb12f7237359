"""Intervals with exact rational ends, open or closed, for the sign calculus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, final

import sympy as sp

End = Fraction | float  # a float only for the two infinities
_BITS = 64


def _end(value: Any) -> End:
    if isinstance(value, float):
        return value
    if value in (sp.oo, -sp.oo):
        return inf if value == sp.oo else -inf
    return value if isinstance(value, Fraction) else Fraction(int(value.p), int(value.q)) if isinstance(value, sp.Rational) else Fraction(value)


def _times(a: End, b: End) -> End:
    return Fraction(0) if a == 0 or b == 0 else a * b


@final
@dataclass(frozen=True)
class Interval:
    """low <= x <= high, an end excluded where it is open; infinite ends are open."""

    low: End
    high: End
    low_open: bool
    high_open: bool

    @staticmethod
    def of(low: Any, high: Any, low_open: bool = False, high_open: bool = False) -> Interval:
        a, b = _end(low), _end(high)
        return Interval(a, b, low_open or a == -inf, high_open or b == inf)

    def nonnegative(self, strict: bool) -> bool:
        return self.low > 0 or (self.low == 0 and (self.low_open or not strict))

    def signed(self) -> bool:
        """True when the sign is known strictly."""
        return self.nonnegative(True) or self.negated().nonnegative(True)

    def bounded(self) -> bool:
        return self.low > -inf and self.high < inf

    def within(self, low: Any, high: Any) -> bool:
        return self.low >= _end(low) and self.high <= _end(high)

    def negated(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def meet(self, other: Interval) -> Interval:
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def affine(self, scale: Any, shift: Any) -> Interval:
        return Interval.total([Interval.product([self, Interval.of(scale, scale)]), Interval.of(shift, shift)])

    def repeated(self, some: bool) -> Interval:
        """A sum of unknown length with terms in self; `some` says that there is at least one term."""
        low_zero = self.low == 0 or self.low > 0
        high_zero = self.high <= 0
        return Interval(
            Fraction(0) if low_zero else -inf, Fraction(0) if high_zero else inf,
            not low_zero or (some and self.nonnegative(True)), not high_zero or (some and self.negated().nonnegative(True)))

    @staticmethod
    def total(parts: Iterable[Interval]) -> Interval:
        low, high, low_open, high_open = Fraction(0), Fraction(0), False, False
        result = Interval(low, high, low_open, high_open)
        for part in parts:
            result = Interval(result.low + part.low, result.high + part.high, result.low_open or part.low_open, result.high_open or part.high_open)
        return result

    @staticmethod
    def product(parts: Iterable[Interval]) -> Interval:
        result = Interval.of(1, 1)
        for part in parts:
            result = result._times(part)
        return result

    def _times(self, other: Interval) -> Interval:
        """A bilinear form takes its extremes at corners; a zero end that belongs to a factor is attained."""
        corners = []
        for a, a_open in ((self.low, self.low_open), (self.high, self.high_open)):
            for b, b_open in ((other.low, other.low_open), (other.high, other.high_open)):
                attained_zero = (a == 0 and not a_open) or (b == 0 and not b_open)
                corners.append((_times(a, b), (a_open or b_open) and not attained_zero))
        low, high = min(c[0] for c in corners), max(c[0] for c in corners)
        return Interval(low, high, all(o for c, o in corners if c == low), all(o for c, o in corners if c == high))

    @staticmethod
    def extreme(parts: Iterable[Interval], largest: bool) -> Interval:
        """Maximum or minimum of quantities in the parts."""
        if not largest:
            return Interval.extreme([part.negated() for part in parts], True).negated()
        listed = list(parts)
        low, low_open = max(((part.low, part.low_open) for part in listed), key=lambda end: (end[0], end[1]))
        high = max(part.high for part in listed)
        return Interval(low, high, low_open, all(part.high_open for part in listed if part.high == high))


FULL = Interval(-inf, inf, True, True)


def _round(value: Fraction, up: bool) -> Fraction:
    """A nearby dyadic number on the given side: keeps the fractions short."""
    scaled = value * (1 << _BITS)
    return Fraction(-((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator, 1 << _BITS)


def exp_end(x: End, up: bool) -> End:
    """A bound of exp(x) from the given side, exact at 0 and at the infinities.

    exp(x) = exp(x/n)^n, and for |y| <= 1/2 the Taylor remainder after y^19/19! is below 2 |y|^20/20!.
    """
    if isinstance(x, float):
        return inf if x > 0 else Fraction(0)
    if x == 0:
        return Fraction(1)
    if abs(x) > 4096:
        return inf if x > 0 and up else Fraction(0) if x < 0 and not up else exp_end(Fraction(4096 if x > 0 else -4096), up)
    halvings = max(0, (2 * abs(Fraction(x))).__ceil__().bit_length())
    y, total, part = Fraction(x) / (1 << halvings), Fraction(1), Fraction(1)
    for k in range(1, 20):
        part = part * y / k
        total += part
    remainder = 2 * abs(part) * abs(y) / 20
    value = total + (remainder if up else -remainder)
    for _ in range(halvings):
        value = _round(value, up) ** 2 if value > Fraction(1, 1 << 40) else value**2
    return _round(value, up)


def log_end(x: End, up: bool) -> End:
    """A bound of log(x), x >= 0, from the given side: the point where exp passes x, found by bisection."""
    if x in (0, inf) or x == 1:
        return -inf if x == 0 else inf if x == inf else Fraction(0)
    low, high = Fraction(-1), Fraction(1)
    while exp_end(low, True) > x:
        low *= 2
        if low < -4096:
            return high if up else -inf
    while exp_end(high, False) < x:
        high *= 2
        if high > 4096:
            return inf if up else low
    for _ in range(40):
        middle = (low + high) / 2
        if exp_end(middle, True) <= x:
            low = middle
        elif exp_end(middle, False) >= x:
            high = middle
        else:
            break
    return high if up else low


def exp_range(x: Interval) -> Interval:
    return Interval(exp_end(x.low, False), exp_end(x.high, True), x.low_open, x.high_open).meet(Interval.of(0, sp.oo, low_open=True))


def log_range(x: Interval) -> Interval:
    """The logarithm of the positive part of x."""
    x = x.meet(Interval.of(0, sp.oo, low_open=True))
    if x.high <= 0:
        return FULL
    return Interval(log_end(x.low, False), log_end(x.high, True), x.low_open or x.low == 0, x.high_open)


def power_range(base: Interval, exponent: sp.Expr, exponents: Interval, nonzero: bool) -> Interval:
    """The range of base ** exponent."""
    if exponent.is_Integer:
        n = int(exponent)
        if n < 0:
            return _reciprocal(power_range(base, -exponent, exponents.negated(), nonzero))
        if n > 64 or n == 0:
            return FULL
        if n % 2 == 0:  # the even power of the absolute value
            size = _absolute(base)
            low_open = size.low_open or (size.low == 0 and nonzero)
            return Interval(size.low**n, size.high**n, low_open, size.high_open)
        return Interval(_times(base.low ** (n - 1), base.low) if base.low > -inf else -inf, base.high**n, base.low_open, base.high_open)
    if not base.nonnegative(False):
        return FULL
    if base.low == base.high == 0 and exponents.nonnegative(True):
        return base  # 0 ** positive = 0
    result = exp_range(Interval.product([exponents, log_range(base)]))
    if base.nonnegative(True):
        return result
    # 0 ** positive = 0; with any other exponent the value at base 0 is not a real number or is 1.
    return Interval(Fraction(0), result.high, False, result.high_open) if exponents.nonnegative(True) else FULL


def _reciprocal(x: Interval) -> Interval:
    if x.nonnegative(True):
        low = Fraction(0) if x.high == inf else 1 / Fraction(x.high)
        high = inf if x.low == 0 else 1 / Fraction(x.low)
        return Interval(low, high, x.high_open, x.low_open or high == inf)
    return _reciprocal(x.negated()).negated() if x.negated().nonnegative(True) else FULL


def _absolute(x: Interval) -> Interval:
    if x.nonnegative(False):
        return x
    if x.negated().nonnegative(False):
        return x.negated()
    high = max(-x.low, x.high)
    opens = [o for end, o in ((-x.low, x.low_open), (x.high, x.high_open)) if end == high]
    return Interval(Fraction(0), high, False, all(opens))


def function_range(term: sp.Basic, x: Interval) -> Interval:
    """The range of a function of one argument in x; everything for functions that are not known here."""
    if isinstance(term, sp.exp):
        return exp_range(x)
    if isinstance(term, sp.log):
        return log_range(x)
    if isinstance(term, sp.Abs):
        return _absolute(x)
    if isinstance(term, sp.cosh):
        return Interval.of(1, sp.oo)
    if isinstance(term, (sp.sin, sp.cos, sp.tan)):
        return _trigonometric(term, x)
    if isinstance(term, (sp.sinh, sp.tanh, sp.atan)):  # odd, increasing, with the sign of x
        bound = {sp.sinh: sp.oo, sp.tanh: 1, sp.atan: 2}[type(term)]
        return _sign_of(x).meet(Interval.of(-bound, bound, low_open=True, high_open=True))
    if term is sp.E:
        return Interval.of(sp.Rational(2718, 1000), sp.Rational(2719, 1000))
    if term is sp.pi:
        return Interval.of(sp.Rational(31415, 10000), sp.Rational(31416, 10000))
    return FULL


def _sign_of(x: Interval) -> Interval:
    """The half-line of numbers with the sign that x is known to have."""
    if x.nonnegative(False):
        return Interval.of(0, sp.oo, low_open=x.nonnegative(True))
    return _sign_of(x.negated()).negated() if x.negated().nonnegative(False) else FULL


def _trigonometric(term: sp.Basic, x: Interval) -> Interval:
    """sin has the sign of x on [-3, 3]; cos x >= 1 - x^2/2 and cos > 0 on [-3/2, 3/2]; tan the sign of x there."""
    small, unit = Fraction(3, 2), Interval.of(-1, 1)
    if isinstance(term, sp.sin):
        return unit.meet(_sign_of(x)) if x.within(-3, 3) else unit
    if isinstance(term, sp.tan):
        return _sign_of(x) if x.within(-small, small) else FULL
    if x.within(-small, small):
        square = max(Fraction(x.low) ** 2, Fraction(x.high) ** 2)
        low = 1 - square / 2
        return Interval(low, Fraction(1), False, False) if low > 0 else Interval.of(0, 1, low_open=True)
    return unit
