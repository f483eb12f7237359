"""First derivatives beside values, in any arithmetic: forward differentiation of a `Program`.

A jet is `(value, derivatives)`; a derivative is None where it is exactly 0 for want of dependence.  Over
enclosures the derivatives enclose those at every point, and a finite enclosure says that the derivative exists
there: kinks (max, min, abs where the sign is unknown) and endless slopes come out as NaN.  `Jets(Jets(base))`
differentiates twice.  The rules below are part of the trusted base; SymPy's `diff` is not.
"""

from __future__ import annotations

from typing import Any, final

Jet = tuple[Any, tuple[Any, ...]]


@final
class Jets:
    """Arithmetic on values of `base` with `width` derivatives each."""

    def __init__(self, base: Any, width: int) -> None:
        self.base, self.width = base, width
        self.none: tuple[Any, ...] = (None,) * width
        self.one = base.constant(1, 1)

    def variable(self, value: Any, axis: int | None) -> Jet:
        """The input that derivative `axis` is taken by; None for an input that stays fixed."""
        return value, tuple(self.one if k == axis else None for k in range(self.width))

    def constant(self, numerator: int, denominator: int) -> Jet:
        return self.base.constant(numerator, denominator), self.none

    def pi(self) -> Jet:
        return self.base.pi(), self.none

    def scaled(self, factor: Any, derivatives: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(None if d is None else self.base.multiply(factor, d) for d in derivatives)

    def sums(self, first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(b if a is None else a if b is None else self.base.add(a, b) for a, b in zip(first, second, strict=True))

    def negated(self, derivatives: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(None if d is None else self.base.negate(d) for d in derivatives)

    def negate(self, a: Jet) -> Jet:
        return self.base.negate(a[0]), self.negated(a[1])

    def add(self, a: Jet, b: Jet) -> Jet:
        return self.base.add(a[0], b[0]), self.sums(a[1], b[1])

    def subtract(self, a: Jet, b: Jet) -> Jet:
        return self.base.subtract(a[0], b[0]), self.sums(a[1], self.negated(b[1]))

    def multiply(self, a: Jet, b: Jet) -> Jet:
        return self.base.multiply(a[0], b[0]), self.sums(self.scaled(b[0], a[1]), self.scaled(a[0], b[1]))

    def divide(self, a: Jet, b: Jet) -> Jet:
        value = self.base.divide(a[0], b[0])
        slopes = self.sums(a[1], self.negated(self.scaled(value, b[1])))
        return value, tuple(None if d is None else self.base.divide(d, b[0]) for d in slopes)

    def integer_power(self, a: Jet, exponent: int) -> Jet:
        if exponent == 0:
            return self.constant(1, 1)
        slope = self.base.multiply(self.base.constant(exponent, 1), self.base.integer_power(a[0], exponent - 1))
        return self.base.integer_power(a[0], exponent), self.scaled(slope, a[1])

    def power(self, a: Jet, b: Jet) -> Jet:
        """d a^b = b a^(b-1) da + a^b log a db."""
        value, slopes = self.base.power(a[0], b[0]), self.none
        if a[1] != self.none:
            lesser = self.base.power(a[0], self.base.subtract(b[0], self.one))
            slopes = self.scaled(self.base.multiply(b[0], lesser), a[1])
        if b[1] != self.none:
            slopes = self.sums(slopes, self.scaled(self.base.multiply(value, self.base.log(a[0])), b[1]))
        return value, slopes

    def exp(self, a: Jet) -> Jet:
        value = self.base.exp(a[0])
        return value, self.scaled(value, a[1])

    def log(self, a: Jet) -> Jet:
        return self.base.log(a[0]), tuple(None if d is None else self.base.divide(d, a[0]) for d in a[1])

    def sin(self, a: Jet) -> Jet:
        return self.base.sin(a[0]), self.scaled(self.base.cos(a[0]), a[1])

    def cos(self, a: Jet) -> Jet:
        return self.base.cos(a[0]), self.negated(self.scaled(self.base.sin(a[0]), a[1]))

    def tan(self, a: Jet) -> Jet:
        value = self.base.tan(a[0])
        return value, self.scaled(self.base.add(self.one, self.base.integer_power(value, 2)), a[1])

    def atan(self, a: Jet) -> Jet:
        slope = self.base.divide(self.one, self.base.add(self.one, self.base.integer_power(a[0], 2)))
        return self.base.atan(a[0]), self.scaled(slope, a[1])

    def sinh(self, a: Jet) -> Jet:
        return self.base.sinh(a[0]), self.scaled(self.base.cosh(a[0]), a[1])

    def cosh(self, a: Jet) -> Jet:
        return self.base.cosh(a[0]), self.scaled(self.base.sinh(a[0]), a[1])

    def tanh(self, a: Jet) -> Jet:
        value = self.base.tanh(a[0])
        return value, self.scaled(self.base.subtract(self.one, self.base.integer_power(value, 2)), a[1])

    def xlogx(self, a: Jet) -> Jet:
        return self.base.xlogx(a[0]), self.scaled(self.base.add(self.one, self.base.log(a[0])), a[1])

    def share(self, a: Jet, r: Jet) -> Jet:
        """d a/(a+r) = ((1 - s) da - s dr) / (a + r), s = a/(a+r)."""
        value, whole = self.base.share(a[0], r[0]), self.base.add(a[0], r[0])
        slopes = self.sums(self.scaled(self.base.share(r[0], a[0]), a[1]), self.negated(self.scaled(value, r[1])))
        return value, tuple(None if d is None else self.base.divide(d, whole) for d in slopes)

    def step(self, a: Jet) -> Jet:
        """Locally constant, but the sign must be known: an unknown step has unknown derivatives."""
        value = self.base.step(a[0])
        return value, self.scaled(self.base.subtract(value, value), a[1])

    def chosen(self, value: Any, step: Any, a: Jet, b: Jet) -> Jet:
        """`value` with a's slopes where step is 1 and b's where it is 0."""
        return value, self.sums(self.scaled(step, a[1]), self.scaled(self.base.subtract(self.one, step), b[1]))

    def maximum(self, a: Jet, b: Jet) -> Jet:
        step = self.base.step(self.base.subtract(a[0], b[0]))
        return self.chosen(self.base.maximum(a[0], b[0]), step, a, b)

    def minimum(self, a: Jet, b: Jet) -> Jet:
        step = self.base.step(self.base.subtract(a[0], b[0]))
        return self.chosen(self.base.minimum(a[0], b[0]), step, b, a)

    def absolute(self, a: Jet) -> Jet:
        return self.chosen(self.base.absolute(a[0]), self.base.step(a[0]), a, self.negate(a))
