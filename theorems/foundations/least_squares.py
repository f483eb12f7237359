"""Ordinary least squares with the inverse W of the Gram matrix X'X, for all n and d: what W X' does to noise.

W X'(X b + e) - b = (W X') e, and the rows of W X' have the squared norms W_ii.
Written out in sums; W X'X = 1 is the only hypothesis.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, le
from theorems.vocabulary import each, i, j, k, n, total

d, l = sp.symbols("d l", integer=True)
X, W, b, e = (sp.IndexedBase(name) for name in ("X", "W", "b", "e"))
delta = sp.KroneckerDelta


def gram(first: Any, second: Any, design: Any = X, size: Any = n) -> sp.Expr:
    """The entry of X'X."""
    return sp.Sum(design[k, first] * design[k, second], (k, 1, size))


def inverse(matrix: Any = W, design: Any = X, columns: Any = d) -> Proposition:
    """W X'X = 1."""
    return ForAll((i, j), (le(1, i), le(i, columns), le(1, j), le(j, columns)),
                  eq(sp.Sum(matrix[i, l] * gram(l, j, design), (l, 1, columns)), delta(i, j)))


def response(row: Any, design: Any = X, coefficients: Any = b, noise: Any = e, columns: Any = d) -> sp.Expr:
    """y_k = <x_k, b> + e_k."""
    return sp.Sum(design[row, l] * coefficients[l], (l, 1, columns)) + noise[row]


def estimate(index: Any, answers: Any, matrix: Any = W, design: Any = X, columns: Any = d) -> sp.Expr:
    """(W X' y)_index for the rule `answers`."""
    return sp.Sum(matrix[index, j] * sp.Sum(design[k, j] * answers(k), (k, 1, n)), (j, 1, columns))


def image(index: Any, row: Any, matrix: Any = W, design: Any = X, columns: Any = d) -> sp.Expr:
    """(W X')_{index, row}."""
    return sp.Sum(matrix[index, j] * design[row, j], (j, 1, columns))


def swapped(s: Derivation, body: sp.Expr, outer: tuple[Any, ...], inner: tuple[Any, ...]) -> str:
    """The double sum of `body` in either order."""
    return s.step("exchange", eq(sp.Sum(body, inner, outer), sp.Sum(body, outer, inner)))


ROWS, COLUMNS = (k, 1, n), (j, 1, d)
RANGE_I = {"i_low": le(1, i), "i_high": le(i, d)}
RANGE_J = {"j_low": le(1, j), "j_high": le(j, d)}
ERROR = each(lambda a: eq(estimate(a, response) - b[a], total(lambda r: image(a, r) * e[r], n, k)), d)
SPREAD = each(lambda a: eq(total(lambda r: image(a, r) ** 2, n, k), W[a, a]), d)


def spread(p: Derivation) -> None:
    def row(s: Derivation) -> None:
        turned = swapped(s, W[i, j] * X[k, j] * image(i, k).subs(j, l), ROWS, COLUMNS)
        unit = sp.Sum(X[k, j] * image(i, k).subs(j, l), ROWS)

        def column(c: Derivation) -> None:
            inner = swapped(c, W[i, l] * X[k, l] * X[k, j], ROWS, (l, 1, d))
            c.combine(eq(W[i, j] * unit, W[i, j] * delta(i, j)), {inner: W[i, j], at("inverse", i=i, j=j): W[i, j]},
                      ["i_low", "i_high", "j_low", "j_high"])

        columns = s.for_all((j,), RANGE_J, column)
        summed = s.step("termwise", eq(sp.Sum(W[i, j] * unit, COLUMNS), sp.Sum(W[i, j] * delta(i, j), COLUMNS)), [columns], range=(1, d))
        picked = s.step("pick", eq(sp.Sum(W[i, j] * delta(i, j), COLUMNS), W[i, i]), ["i_low", "i_high"], at=i)
        s.combine(eq(total(lambda r: image(i, r) ** 2, n, k), W[i, i]), {turned: 1, summed: 1, picked: 1})

    p.for_all((i,), RANGE_I, row)


def error(p: Derivation) -> None:
    def row(s: Derivation) -> None:
        noise = swapped(s, W[i, j] * X[k, j] * e[k], COLUMNS, ROWS)

        def column(c: Derivation) -> None:
            inner = swapped(c, X[k, j] * X[k, l] * b[l], ROWS, (l, 1, d))
            c.combine(eq(W[i, j] * sp.Sum(X[k, j] * sp.Sum(X[k, l] * b[l], (l, 1, d)), ROWS), sp.Sum(W[i, j] * gram(j, l) * b[l], (l, 1, d))),
                      {inner: W[i, j]})

        columns = s.for_all((j,), RANGE_J, column)
        signal = sp.Sum(W[i, j] * sp.Sum(X[k, j] * sp.Sum(X[k, l] * b[l], (l, 1, d)), ROWS), COLUMNS)
        double = sp.Sum(W[i, j] * gram(j, l) * b[l], (l, 1, d), COLUMNS)
        summed = s.step("termwise", eq(signal, double), [columns], range=(1, d))
        turned = swapped(s, W[i, j] * gram(j, l) * b[l], (l, 1, d), COLUMNS)

        def target(c: Derivation) -> None:
            c.combine(eq(sp.Sum(W[i, l] * gram(l, j), (l, 1, d)) * b[j], delta(i, j) * b[j]), {at("inverse", i=i, j=j): b[j]},
                      ["i_low", "i_high", "j_low", "j_high"])

        targets = s.for_all((j,), RANGE_J, target)
        units = s.step("termwise", eq(sp.Sum(sp.Sum(W[i, l] * gram(l, j), (l, 1, d)) * b[j], COLUMNS), sp.Sum(delta(i, j) * b[j], COLUMNS)), [targets], range=(1, d))
        picked = s.step("pick", eq(sp.Sum(delta(i, j) * b[j], COLUMNS), b[i]), ["i_low", "i_high"], at=i)
        s.combine(eq(estimate(i, response) - b[i], total(lambda r: image(i, r) * e[r], n, k)), {noise: 1, summed: 1, turned: -1, units: 1, picked: 1})

    p.for_all((i,), RANGE_I, row)


def sample(draw: Draw) -> Sample:
    columns = draw.integer(1, 2)
    rows = columns + draw.integer(0, 2)
    design = sp.Matrix(rows, columns, lambda r, c: draw.integer(-3, 3) + (20 if r == c else 0))
    solved = (design.T * design).inv()
    return Sample({"n": rows, "d": columns, "X": tuple(map(tuple, design.tolist())), "W": tuple(map(tuple, solved.tolist())),
                   "b": draw.family(columns, -2, 2), "e": draw.family(rows, -1, 1)})


def _entry(part: str, title: str, conclusion: Proposition, derive: Any) -> Entry:
    return Entry(Claim(f"base:least-squares/{part}", title, Source("ours", "textbook"), "ours", "identity", (("inverse", inverse()),), conclusion), derive, sample)


CLAIMS = (_entry("error", "The error of least squares is linear in the noise", ERROR, error),
          _entry("spread", "The rows of W X' have squared norms W_ii", SPREAD, spread))
