"""The inverse of an increasing generator: symbolic by peeling, numeric by safeguarded Newton steps otherwise.

Peeling undoes one outermost operation at a time (sums and products with constants, powers, exp, log and
linear-fractional maps), so it always ends, at once; the result is kept only if it inverts phi on probes.
"""

from __future__ import annotations

import math
from typing import Any

import sympy as sp

from theorems.arrays.arithmetic import SCALARS, ArrayArithmetic
from theorems.arrays.rule import P
from theorems.compile import Program, compile_expressions
from theorems.errors import InvalidOperator

Y = sp.Symbol("y", real=True)
PROBES = (1e-9, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999)


def symbolic_inverse(phi: sp.Expr) -> sp.Expr | None:
    """g(y) with g(phi(p)) = p on (0, 1), or None if peeling does not end at p or the result fails on the probes."""
    outer, value = phi, Y
    while outer != P:
        step = _peel(outer, value)
        if step is None:
            return None
        outer, value = step
    return value if _inverts(phi, value) else None


def _peel(outer: sp.Expr, value: sp.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    if outer.is_Add:
        constant, rest = outer.as_independent(P, as_Add=True)
        if constant != 0:
            return rest, value - constant
    if outer.is_Mul:
        constant, rest = outer.as_independent(P, as_Add=False)
        if constant != 1:
            return rest, value / constant
    if outer.func is sp.log:
        return outer.args[0], sp.exp(value)
    if outer.func is sp.exp:
        return outer.args[0], sp.log(value)
    if outer.is_Pow and not outer.exp.has(P):
        return outer.base, value ** (1 / outer.exp)
    return _peel_fraction(outer, value)


def _peel_fraction(outer: sp.Expr, value: sp.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """(a p + b)/(c p + d) = y at p = (d y - b)/(a - c y); one y where b = 0, so no order is lost in floats."""
    upper, lower = sp.fraction(sp.together(outer))
    if not (upper.is_polynomial(P) and lower.is_polynomial(P)) or max(sp.degree(upper, P), sp.degree(lower, P)) != 1:
        return None
    a, b, c, d = upper.coeff(P, 1), upper.subs(P, 0), lower.coeff(P, 1), lower.subs(P, 0)
    return P, d / (a / value - c) if b == 0 else (d * value - b) / (a - c * value)


def _inverts(phi: sp.Expr, inverse: sp.Expr) -> bool:
    try:
        there, back = compile_expressions([phi], [P]), compile_expressions([inverse], [Y])
    except InvalidOperator:
        return False
    images = [(p, back.run(SCALARS, there.run(SCALARS, p)[0])[0]) for p in PROBES]
    return all(isinstance(q, float) and math.isclose(p, q, rel_tol=1e-4) for p, q in images)


def numeric_inverse(xp: Any, phi: Program, by_log: Program, y: Any, tiny: float) -> Any:
    """x in [0, 1] with phi(x) = y, entry by entry, to the working precision; 0 where y < phi(tiny).

    `phi` and `by_log` (d phi/d log p) take (log x, x, 1 - x).  Newton in log x, with a bracket that every step halves or better
    every second time: at most 200 steps, about 8 in practice.
    """
    low, high = xp.full_like(y, math.log(tiny)), xp.zeros_like(y)
    t, size = xp.full_like(y, -1.0), xp.full_like(y, math.inf)
    arithmetic = ArrayArithmetic(xp)
    for _ in range(200):
        x = xp.exp(t)
        excess = phi.run(arithmetic, t, x, 1.0 - x)[0] - y
        low, high = xp.where(excess <= 0.0, t, low), xp.where(excess >= 0.0, t, high)
        newton = t - excess / by_log.run(arithmetic, t, x, 1.0 - x)[0]
        inside = (newton > low) & (newton < high) & (abs(newton - t) < 0.5 * size)
        following = xp.where(excess == 0.0, t, xp.where(inside, newton, 0.5 * (low + high)))
        size = abs(following - t)
        moved = size > 4.0 * xp.finfo(y.dtype).eps
        t = following
        if not bool(moved.any()):
            break
    return xp.where(t <= math.log(tiny) + 1e-3, 0.0, xp.exp(t))
