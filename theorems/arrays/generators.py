"""Generator operators on blocks of rows: F_T(p)_i = g(phi(p_i)/T - tau), g = phi^-1, sum_i F_T(p)_i = 1.

Unknown per row is sigma = phi(q_max) = phi(p_max)/T - tau.  Bracket: q_max is at least 1/V; at T >= 1 it is at most
p_max, at T <= 1 at least p_max and at most 1.  The first step is Newton's for phi(mean of q) = phi(1/V), exact at
once for power, mixing and flat rows; the next ones take the secant's slope, which costs no second pass over the row.
A step that leaves the bracket or follows an error that was not halved is replaced by the middle of the bracket.
Generators c log p + d and (T >= 1) c p + d are the weights of power and mixing and are computed as such.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, final

import sympy as sp

from theorems.arrays.arithmetic import SCALARS, ArrayArithmetic
from theorems.arrays.inverse import PROBES, Y, numeric_inverse, symbolic_inverse
from theorems.arrays.library import Library
from theorems.arrays.rule import COMPLEMENT, LOG_P, TEMPERATURE, P, Point, Rule, Sensitivity, in_log_domain, log_derivative, positive
from theorems.arrays.weights import log_softmax, weight_rule
from theorems.compile import Program, compile_expressions
from theorems.errors import InvalidOperator
from theorems.operator import T, V, p

_ENTRY = (LOG_P, P, COMPLEMENT, TEMPERATURE)
_MOST_STEPS = 200
_TINY = 1e-30


@final
@dataclass(frozen=True)
class Solver:
    """phi compiled: phi/T at an entry, the inverse (None: numeric), d phi/d log p, and 1/phi' at the image."""

    tempered: Program
    inverse: Program | None
    phi: Program
    by_log: Program
    rate: Program
    lower: float
    upper: float
    complement: bool
    tail_vanishes: bool
    rest_at_zero: bool
    temporaries: ClassVar[int] = 8
    doubled: ClassVar[bool] = True

    def from_probabilities(self, library: Library, block: Any, total: Any, temperature: float, out: Any) -> None:
        self.solve(library, Point(block, library.xp.log(block)), temperature, out)

    def from_logits(self, library: Library, block: Any, top: Any, temperature: float, out: Any) -> None:
        log = log_softmax(library, block, top)
        self.solve(library, Point(library.xp.exp(log), log), temperature, out)

    def complements(self, library: Library, p: Any) -> Any:
        """1 - p, for p above 1/2 as the sum of the other entries: exact where 1 - p would round to 0."""
        if not self.complement:
            return 0.0
        xp = library.xp
        others = xp.sum(xp.where(p > 0.5, 0.0, p), axis=-1, keepdims=True)
        return xp.where(p > 0.5, others, 1.0 - p)

    def images(self, library: Library, y: Any) -> Any:
        """g(y), 0 below the range of phi; y above the range is clipped to it."""
        xp = library.xp
        if math.isfinite(self.lower) or math.isfinite(self.upper):
            y = xp.clip(y, self.lower, self.upper)
        if self.inverse is None:
            return numeric_inverse(xp, self.phi, self.by_log, y, float(library.finfo(y.dtype).tiny))
        q = self.inverse.run(ArrayArithmetic(xp), y)[0]
        return q if self.tail_vanishes else xp.where(y == -math.inf, 0.0, q)

    def rates(self, library: Library, q: Any) -> Any:
        """1/phi'(q), the derivative of g at the image q; 0 at q = 0, where the entry does not move."""
        arithmetic, xp = ArrayArithmetic(library.xp), library.xp
        if self.rest_at_zero:
            return self.rate.run(arithmetic, q)[0]
        return xp.where(q > 0.0, self.rate.run(arithmetic, xp.where(q > 0.0, q, 0.5))[0], 0.0)

    def scalar(self, p: Any, xp: Any) -> Any:
        """phi at plain or row-wise probabilities."""
        return self.phi.run(ArrayArithmetic(xp), xp.log(p) if xp else SCALARS.log(p), p, 1.0 - p)[0]

    def solve(self, library: Library, point: Point, temperature: float, out: Any) -> None:
        """Write F_T of the rows of `point` into `out`."""
        xp, size = library.xp, point.p.shape[-1]
        y = self.tempered.run(ArrayArithmetic(xp), point.log, point.p, self.complements(library, point.p), temperature)[0]
        top = xp.amax(y, axis=-1, keepdims=True)
        vertex = top == math.inf
        if bool(vertex.any()):
            y, top = xp.where(vertex, 0.0, y), xp.where(vertex, 0.0, top)
        q = self.root(library, y, top, size, temperature)
        xp.multiply(q, 1.0 / xp.sum(q, axis=-1, keepdims=True), out=out)
        if bool(vertex.any()):
            out[...] = xp.where(vertex, point.p, out)

    def root(self, library: Library, y: Any, top: Any, size: int, temperature: float) -> Any:
        """The images q of the rows y = phi(p)/T with maxima `top`, by safeguarded steps; converged rows stay put.

        The unknown is -tau at T >= 1, where small entries keep their accuracy, and sigma at T < 1, where large ones do.
        """
        xp, eps = library.xp, float(library.finfo(y.dtype).eps)
        flat = self.scalar(1.0 / size, None)
        ceiling = self.upper if self.upper < math.inf else self.scalar(1.0 - eps / 2, None)
        largest = xp.clip(temperature * top, flat, ceiling)
        if temperature >= 1.0:
            d, low, high = y, flat - top, largest - top
            sigma = high
        else:
            d, low, high = y - top, largest, xp.full_like(top, ceiling)
            sigma = low
        slope: Any = None
        previous: Any = None
        before: Any = None
        for _ in range(_MOST_STEPS):
            q = self.images(library, sigma + d)
            total = xp.sum(q, axis=-1, keepdims=True)
            error = abs(total - 1.0)
            height = self.scalar(xp.clip(total / size, _TINY, 1.0), xp) - flat
            low, high = xp.where(total <= 1.0, sigma, low), xp.where(total >= 1.0, sigma, high)
            if previous is None:
                slope, halved = self.first_slope(library, q, total / size), True
                close = error * error <= eps / 1024
            else:
                secant = (height - before[1]) / (sigma - before[0])
                slope = xp.where((secant > 0.0) & (secant < math.inf), secant, slope)
                halved, close = error <= 0.5 * previous, (error * previous <= eps / 1024) | (error <= eps)
            step = sigma - height / slope
            inside = (step >= low) & (step <= high)
            following = xp.where(inside & (halved | close), step, xp.where(close, sigma, 0.5 * (low + high)))
            settled = close | (abs(following - sigma) <= eps * abs(sigma))
            before, previous, sigma = (sigma, height), error, following
            if bool(settled.all()):
                break
        return self.images(library, sigma + d)

    def first_slope(self, library: Library, q: Any, mean: Any) -> Any:
        """The derivative of phi(mean of q) in sigma."""
        xp = library.xp
        slope = xp.mean(self.rates(library, q), axis=-1, keepdims=True)
        return slope / self.rate.run(ArrayArithmetic(xp), xp.clip(mean, _TINY, 1.0))[0]

    def sensitivity(self, library: Library, point: Point, q: Any, temperature: float) -> Sensitivity:
        xp = library.xp
        mass = self.rates(library, q)
        complement = self.complements(library, point.p)
        arithmetic = ArrayArithmetic(xp)
        tempered = self.tempered.run(arithmetic, point.log, point.p, complement, temperature)[0]
        by_log = self.by_log.run(arithmetic, point.log, point.p, complement)[0]
        return Sensitivity(mass * by_log / temperature, mass, -tempered / temperature)

    def near_zero(self, library: Library, top: Point, q: Any, size: int, temperature: float, p: float) -> Any:
        xp = library.xp
        gap = self.tempered.run(ArrayArithmetic(xp), top.log * 0 + math.log(p), top.p * 0 + p, 1.0, temperature)[0]
        gap = gap - self.tempered.run(ArrayArithmetic(xp), top.log, top.p, 1.0 - top.p, temperature)[0]
        image = self.images(library, self.scalar(q, xp) + gap)
        return self.rates(library, image) * self.by_log.run(SCALARS, math.log(p), p, 1.0)[0] / (p * temperature)


@lru_cache(maxsize=256)
def generator_rule(phi: sp.Expr, softening: bool) -> Rule:
    """The rule for one generator; `softening` says T >= 1.  `InvalidOperator` where phi is seen not to increase."""
    expression = positive(phi)
    split = in_log_domain(expression)
    core = split.as_independent(LOG_P, P, as_Add=True)[1].as_independent(LOG_P, P, as_Add=False)[1]
    solver = _solver(expression, split)
    if core == LOG_P:
        return weight_rule(p ** (1 / T))
    if core == P and softening:
        return weight_rule(p / T + (1 - 1 / T) / V)
    return solver


def _solver(phi: sp.Expr, split: sp.Expr) -> Solver:
    def with_complement(expression: sp.Expr) -> sp.Expr:
        return sp.expand_log(expression.xreplace({1 - P: COMPLEMENT, P - 1: -COMPLEMENT}))

    by_log = log_derivative(split)
    tempered = with_complement(sp.expand(split / TEMPERATURE))
    inverse = symbolic_inverse(phi)
    rate = sp.simplify(1 / sp.diff(phi, P))
    program, rates = compile_expressions([phi], [P]), compile_expressions([rate], [P])
    slopes = [rates.run(SCALARS, probe)[0] for probe in PROBES]
    if not all(slope > 0.0 for slope in slopes):
        raise InvalidOperator(f"the generator {phi} does not increase on (0, 1), so it has no inverse there")
    back = compile_expressions([inverse], [Y]) if inverse is not None else None
    lower = _end(program, 0.0, 1e-300)
    return Solver(
        compile_expressions([tempered], _ENTRY), back,
        compile_expressions([with_complement(split)], _ENTRY[:3]), compile_expressions([with_complement(by_log)], _ENTRY[:3]),
        rates, lower, _end(program, 1.0, 1.0 - 1e-16), tempered.has(COMPLEMENT),
        lower > -math.inf or (back is not None and back.run(SCALARS, -math.inf)[0] == 0.0), rates.run(SCALARS, 0.0)[0] == 0.0,
    )


def _end(program: Program, p: float, beside: float) -> float:
    value = float(program.run(SCALARS, p)[0])
    return float(program.run(SCALARS, beside)[0]) if math.isnan(value) else value
