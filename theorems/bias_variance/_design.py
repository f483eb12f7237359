"""The linear model of the chapter: y = X b + e with a standard normal design, and finite laws that stand in for it."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.entry import Draw
from theorems.foundations.excess_risk import x, z
from theorems.foundations.least_squares import b, d, estimate, n, response
from theorems.foundations.white_noise import e, s2, signs, white
from theorems.lemmas.wishart_inverse import SURELY_INVERSE, W, X, standard_normal
from theorems.logic import Named, Proposition, gt
from theorems.terms import E
from theorems.vocabulary import j, total


def error(index: Any) -> sp.Expr:
    """The error of (X'X)^{-1} X'y at `index`."""
    return estimate(index, lambda row: response(row, X, b, e, d), W, X, d) - b[index]


SIZE: tuple[str, Proposition] = ("size", gt(n, d + 1))
DESIGN: tuple[tuple[str, Proposition], ...] = (("design", standard_normal()), ("inverse", SURELY_INVERSE))
NOISE: tuple[tuple[str, Proposition], ...] = (("noise", white(e, s2)), ("apart", Named("independent", sp.Tuple(X, W), e)))


def excess(used: Any, size: Any, lost: Any = None, ignored: Any = 0) -> sp.Expr:
    """E of the squared error of the prediction on a fresh input; `lost` are coefficients that the predictor lacks."""
    kept = total(lambda a: used(a) * x[a], size)
    return E(kept**2) if lost is None else E((kept - total(lambda a: z[a] * lost(a), ignored, j)) ** 2)


def designs(columns: int) -> tuple[int, list[tuple[sp.Expr, dict[str, object]]]]:
    """A law of (X, W) with E W = 1/(n - d - 1) times the identity: what the Wishart lemma draws from normality.

    One column: n = 4, squared norms 1 and 4; two columns: n = 4, orthonormal.
    """
    def one(scale: int, turn: int) -> dict[str, object]:
        design = tuple(tuple(sp.Integer(scale * int(r == (c + turn) % 4)) for c in range(columns)) for r in range(4))
        return {"X": design, "W": tuple(tuple(sp.Rational(int(r == c), scale**2) for c in range(columns)) for r in range(columns))}

    return 4, [(sp.Integer(1), one(1, 1))] if columns == 2 else [(sp.Rational(1, 3), one(1, 1)), (sp.Rational(2, 3), one(-2, 2))]


def joint(*laws: Any) -> tuple[tuple[sp.Expr, dict[str, object]], ...]:
    """The product of several laws."""
    out: list[tuple[sp.Expr, dict[str, object]]] = [(sp.Integer(1), {})]
    for law in laws:
        out = [(a * b, {**one, **other}) for a, one in out for b, other in law]
    return tuple(out)


def noise(draw: Draw, rows: int) -> tuple[sp.Expr, list[tuple[sp.Expr, dict[str, object]]]]:
    """The level s2 and a law of white noise of mean 0."""
    scale = draw.rational(1, 3)
    return scale**2 / rows, signs(rows, scale)


