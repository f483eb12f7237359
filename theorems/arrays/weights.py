"""Separable operators on blocks of rows: F_T(p)_i = w(p_i, T) / sum_j w(p_j, T).

The weight is recognised from its SymPy expression, once:

* affine in p, w = a p + b: one multiply-add per entry, for sum w = a sum p + V b is known beforehand;
* log w = a log p + const: softmax of a log p, relative to the maximum where a > 1;
* otherwise log w = a r(log p, p) + const, compiled, and the softmax of that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, final

import sympy as sp

from theorems.arrays.arithmetic import SCALARS, ArrayArithmetic
from theorems.arrays.library import Library
from theorems.arrays.rule import CLASSES, LOG_P, TEMPERATURE, P, Point, Rule, Sensitivity, in_log_domain, log_derivative, positive
from theorems.compile import Program, compile_expressions
from theorems.errors import OutOfDomain

_ENTRY = (LOG_P, P, TEMPERATURE, CLASSES)
_SCALAR = (TEMPERATURE, CLASSES)
_LONG = 1024


@final
@dataclass(frozen=True)
class LogWeight:
    """log w = coefficient(T, V) * inner(log p, p, T, V) + const; `linear` says that inner is log p."""

    linear: bool
    coefficient: Program
    inner: Program
    at_zero: Program
    slope: Program
    temporaries: ClassVar[int] = 1
    doubled: ClassVar[bool] = False

    def from_probabilities(self, library: Library, block: Any, total: Any, temperature: float, out: Any) -> None:
        scale = self.scale(library, block, temperature)
        if self.linear and scale > 0.0:
            if scale > 1.0:
                log_relative(library, block, out)
            else:  # p <= p^scale <= 1, and the sum is at least 1: nothing can underflow, no maximum is needed
                library.xp.log(block, out=out)
            out *= scale
        else:
            out[...] = self.exponents(library, Point(block, library.xp.log(block)), temperature, scale)
        normalise(library, out, shift=not self.linear or scale <= 0.0)

    def from_logits(self, library: Library, block: Any, top: Any, temperature: float, out: Any) -> None:
        scale = self.scale(library, block, temperature)
        if self.linear and scale > 0.0:
            library.xp.subtract(block, top, out=out)
            out *= scale
        else:
            log = log_softmax(library, block, top)
            out[...] = self.exponents(library, Point(library.xp.exp(log), log), temperature, scale)
        normalise(library, out, shift=not self.linear or scale <= 0.0)

    def scale(self, library: Library, block: Any, temperature: float) -> float:
        """The coefficient, kept within the working precision's range so that 0 and inf never meet."""
        value = float(self.coefficient.run(SCALARS, temperature, float(block.shape[-1]))[0])
        info = library.finfo(block.dtype)
        return value if value == 0.0 else math.copysign(min(max(abs(value), float(info.tiny)), float(info.max)), value)

    def exponents(self, library: Library, point: Point, temperature: float, scale: float) -> Any:
        """log w up to a constant; at p = 0 the weight itself is evaluated, and its limit where that is 0/0."""
        xp, size = library.xp, float(point.p.shape[-1])
        floor = -float(library.finfo(point.p.dtype).max) / 1e6
        finite = xp.where(point.p > 0.0, point.log, floor) if not self.linear else point.log
        inner = self.inner.run(ArrayArithmetic(xp), finite, point.p, temperature, size)[0]
        values = scale * inner if scale else 0.0 * xp.where(point.p > 0.0, point.log, 0.0)
        zero = float(self.at_zero.run(SCALARS, 0.0, temperature, size)[0])
        if zero == 0.0:
            return xp.where(point.p > 0.0, values, -math.inf)
        return values

    def sensitivity(self, library: Library, point: Point, q: Any, temperature: float) -> Sensitivity:
        size = float(q.shape[-1])
        by_log, by_temperature = self.slope.run(ArrayArithmetic(library.xp), point.log, point.p, temperature, size)
        return Sensitivity(q * by_log, q, by_temperature)

    def near_zero(self, library: Library, top: Point, q: Any, size: int, temperature: float, p: float) -> Any:
        xp = library.xp
        coefficient = self.coefficient.run(SCALARS, temperature, float(size))[0]
        reference = self.inner.run(ArrayArithmetic(xp), top.log, top.p, temperature, float(size))[0]
        here = self.inner.run(SCALARS, math.log(p), p, temperature, float(size))[0]
        slope = self.slope.run(SCALARS, math.log(p), p, temperature, float(size))[0]
        return q * xp.exp(coefficient * (here - reference) - math.log(p)) * slope


@final
@dataclass(frozen=True)
class AffineWeight:
    """w = a p + b with scalars a(T, V), b(T, V), so that a row's sum is a sum(p) + V b.

    A long row's sum, checked to be 1 within eps (8 + sqrt V), far below V eps, is taken as 1: two numbers serve all rows.
    """

    coefficients: Program
    temporaries: ClassVar[int] = 1
    doubled: ClassVar[bool] = False

    def from_probabilities(self, library: Library, block: Any, total: Any, temperature: float, out: Any) -> None:
        a, b = self.scalars(block, temperature)
        size = block.shape[-1]
        normaliser = a * (total if size < _LONG else 1.0) + size * b
        library.scale_and_shift(block, a / normaliser, b / normaliser, out)
        if a < 0.0 or b < 0.0:
            refuse_negative(library, out)

    def from_logits(self, library: Library, block: Any, top: Any, temperature: float, out: Any) -> None:
        a, b = self.scalars(block, temperature)
        library.xp.subtract(block, top, out=out)
        normalise(library, out, shift=False)
        out *= a / (a + block.shape[-1] * b)
        out += b / (a + block.shape[-1] * b)
        if a < 0.0 or b < 0.0:
            refuse_negative(library, out)

    def scalars(self, block: Any, temperature: float) -> tuple[float, float]:
        a, b = self.coefficients.run(SCALARS, temperature, float(block.shape[-1]))[:2]
        return float(a), float(b)

    def sensitivity(self, library: Library, point: Point, q: Any, temperature: float) -> Sensitivity:
        a, b, da, db = map(float, self.coefficients.run(SCALARS, temperature, float(q.shape[-1])))
        normaliser = a + q.shape[-1] * b
        return Sensitivity(point.p * a / normaliser, q, (da * point.p + db) / (normaliser * q))

    def near_zero(self, library: Library, top: Point, q: Any, size: int, temperature: float, p: float) -> Any:
        a, b = map(float, self.coefficients.run(SCALARS, temperature, float(size))[:2])
        return a * q / (a * top.p + b)


def log_relative(library: Library, block: Any, out: Any) -> None:
    """log(p/p_max), accurate to a relative ulp also where p is close to p_max, and monotone across the seam."""
    xp = library.xp
    top = xp.amax(block, axis=-1, keepdims=True)
    gap = (block - top) / top
    seam = xp.log1p(xp.full_like(top, -0.5))
    upper = xp.log1p(xp.where(gap > -0.5, gap, 0.0))
    lower = xp.log(block / top)
    out[...] = xp.where(gap > -0.5, upper, xp.where(lower < seam, lower, seam))


def log_softmax(library: Library, block: Any, top: Any) -> Any:
    """log p of logits."""
    xp = library.xp
    shifted = block - top
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=-1, keepdims=True))


def normalise(library: Library, out: Any, *, shift: bool) -> None:
    """exp of `out` divided by its row sums, in place; with `shift` relative to the row maxima first."""
    xp = library.xp
    if shift:
        top = xp.amax(out, axis=-1, keepdims=True)
        if not bool(xp.isfinite(top).all()):
            raise OutOfDomain("the weight is not positive and finite at some entry of the input, so F_T is undefined there")
        out -= top
    xp.exp(out, out=out)
    out *= 1.0 / xp.sum(out, axis=-1, keepdims=True)


def refuse_negative(library: Library, out: Any) -> None:
    """Raise if an affine weight was negative somewhere."""
    if not bool((out >= 0.0).all()):
        raise OutOfDomain("the weight is negative at some entry of the input, so F_T is undefined there")


@lru_cache(maxsize=256)
def weight_rule(weight: sp.Expr) -> Rule:
    """The rule for one weight, an expression in p, T and V."""
    w = positive(weight)
    if w.is_polynomial(P) and sp.degree(w, P) <= 1:
        # Factored, 1 - 1/T is (T - 1)/T and keeps its accuracy near T = 1.
        b = sp.factor(w.subs(P, 0))
        a = sp.factor(sp.expand(w - w.subs(P, 0)) / P)
        return AffineWeight(compile_expressions([a, b, sp.diff(a, TEMPERATURE), sp.diff(b, TEMPERATURE)], _SCALAR))
    _, log_weight = in_log_domain(sp.log(w)).as_independent(LOG_P, P, as_Add=True)
    coefficient, inner = log_weight.as_independent(LOG_P, P, as_Add=False)
    slope = [log_derivative(log_weight), sp.diff(log_weight, TEMPERATURE)]
    return LogWeight(
        inner == LOG_P, compile_expressions([coefficient], _SCALAR), compile_expressions([inner], _ENTRY),
        compile_expressions([w], (P, *_SCALAR)), compile_expressions(slope, _ENTRY),
    )
