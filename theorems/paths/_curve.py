"""The words of a curve in R^V: its velocity and acceleration, and what is supposed of them on [0, 1]."""

from __future__ import annotations

import sympy as sp

from theorems.logic import All, ForAll, Named, Proposition, eq, le
from theorems.vocabulary import V, i, total

gamma, velocity, acceleration = (sp.Function(name) for name in ("gamma", "velocity", "acceleration"))
M, tau = sp.symbols("M tau", real=True)
PLACE, MOMENT = sp.Symbol("place", integer=True), sp.Symbol("moment", real=True)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
UNIT = (le(0, tau), le(tau, 1))
MOTION = All(eq(sp.Derivative(gamma(i, tau), tau), velocity(i, tau)), eq(sp.Derivative(velocity(i, tau), tau), acceleration(i, tau)))
CURVE: tuple[tuple[str, Proposition], ...] = (
    ("classes", le(0, V)), ("smooth", Named("smooth", gamma(PLACE, MOMENT), velocity(PLACE, MOMENT))),
    ("motion", ForAll((i, tau), (*RANGE.values(), *UNIT), MOTION)),
    ("bend_sign", le(0, M)), ("bend", ForAll((tau,), UNIT, le(total(lambda a: acceleration(a, tau) ** 2), M**2))),
)


def remainder(place: sp.Expr, start: sp.Expr, end: sp.Expr) -> sp.Expr:
    """How far the curve at `end` is from its tangent at `start`, in one coordinate."""
    return gamma(place, end) - gamma(place, start) - (end - start) * velocity(place, start)
