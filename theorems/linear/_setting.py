"""The setting of the chapter: n inputs X_k in R^d, a teacher w, a student that the data cannot tell from it.

The student v lies in the span of the data, v = sum_k a_k X_k, and gives the teacher's answers there, <X_k, v> = <X_k, w>: v is the
projection of w on the span, and for data in general position v = X (X'X)^{-1} X' w if n < d and v = w if n >= d.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.entry import Draw
from theorems.logic import Proposition, eq, le
from theorems.vocabulary import each, entry, j, k, n, total

d = sp.Symbol("d", integer=True)
X, a, v, w, x = (sp.IndexedBase(name) for name in ("X", "a", "v", "w", "x"))
ROW: dict[str, Proposition] = {"k_low": le(1, k), "k_high": le(k, n)}
COLUMN: dict[str, Proposition] = {"j_low": le(1, j), "j_high": le(j, d)}


def inner(first: Any, second: Any) -> sp.Expr:
    """<first, second>."""
    return total(lambda c: entry(first, c) * entry(second, c), d, j)


def size(vector: Any) -> sp.Expr:
    """The squared norm."""
    return total(lambda c: entry(vector, c) ** 2, d, j)


def row(index: Any, data: Any = X) -> Any:
    """Input number `index` as a rule."""
    return lambda c: data[index, c]


def gap(teacher: Any = w, student: Any = v) -> Any:
    """Teacher minus student."""
    return lambda c: entry(teacher, c) - entry(student, c)


def spanned(vector: Any, coefficients: Any, count: Any = n, data: Any = X) -> Proposition:
    """vector = sum_k coefficient_k X_k."""
    return each(lambda c: eq(entry(vector, c), sp.Sum(entry(coefficients, k) * data[k, c], (k, 1, count))), d, j)


def orthogonal(vector: Any, count: Any = n, data: Any = X) -> Proposition:
    """<X_k, vector> = 0 for k = 1..count."""
    return each(lambda r: eq(inner(row(r, data), vector), 0), count, k)


def inputs(draw: Draw, rows: int, columns: int) -> sp.Matrix:
    """Small integers, often of full rank, sometimes not."""
    return sp.Matrix(rows, columns, lambda r, c: draw.integer(-2, 2) + 2 * int(r == c))


def projected(data: sp.Matrix, teacher: sp.Matrix) -> tuple[sp.Matrix, sp.Matrix]:
    """Coefficients of the projection of the teacher on the rows of `data`, and the projection."""
    solved = data.T.pinv() * teacher if data.rows else sp.zeros(0, 1)
    return solved, data.T * solved if data.rows else sp.zeros(teacher.rows, 1)


def matrix(found: sp.Matrix) -> tuple[tuple[Any, ...], ...]:
    """As the value of a family."""
    return tuple(map(tuple, found.tolist()))


