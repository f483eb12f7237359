"""Gradient flow on the mean cross-entropy: d s/dt = -(1/n) sum_k (sigma(<X_k, s>) - sigma(<X_k, w>)) X_k, all t > 0.

v is the interpolating point: v - s(0) lies in the span of the data, <X_k, v> = <X_k, w>.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.foundations.logistic import logistic
from theorems.linear._setting import X, a, d, inner, orthogonal, row, size, v, w
from theorems.linear._setting import gap as _gap
from theorems.logic import ForAll, Named, Proposition, eq, ge, gt, le
from theorems.vocabulary import each, j, k, n, total

t = sp.Symbol("t", real=True)
s = sp.Function("s")


def student(time: Any = t) -> Any:
    """The rule index -> s_index(time)."""
    return lambda c: s(c, time)


def away(time: Any = t) -> Any:
    """s(time) - v."""
    return lambda c: s(c, time) - v[c]


def residual(index: Any, time: Any = t) -> sp.Expr:
    """The student's answer minus the teacher's."""
    return logistic(inner(row(index), student(time))) - logistic(inner(row(index), w))


def velocity(coordinate: Any, time: Any = t) -> sp.Expr:
    return -sp.Sum(residual(k, time) * X[k, coordinate], (k, 1, n)) / n


def distance(time: Any = t) -> sp.Expr:
    """|s - v|^2."""
    return size(away(time))


SIZE: tuple[str, Proposition] = ("size", ge(n, 1))
SMOOTH: tuple[str, Proposition] = ("smooth", Named("smooth", s(sp.Symbol("coordinate", integer=True), sp.Symbol("time", real=True))))
FLOW: tuple[str, Proposition] = ("flow", ForAll((j, t), (le(1, j), le(j, d), gt(t, 0)), eq(sp.Derivative(s(j, t), t), velocity(j))))
ANSWERS: tuple[str, Proposition] = ("answers", orthogonal(_gap()))
START: tuple[str, Proposition] = ("start", each(lambda c: eq(v[c] - s(c, 0), sp.Sum(a[k] * X[k, c], (k, 1, n))), d, j))
ANSWER = lambda index, time: inner(row(index), away(time))  # noqa: E731
DESCENT = -2 * total(lambda r: residual(r) * ANSWER(r, t), n, k) / n
