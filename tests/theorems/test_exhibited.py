"""Witnesses in text: tables as tables, everything else as it is."""

import pytest
import sympy as sp

from theorems.proof import written

i, j, x = sp.Symbol("i", integer=True), sp.Symbol("j", integer=True), sp.Symbol("x", real=True)
DELTA = sp.KroneckerDelta


def test_a_table_is_written_row_by_row_and_says_what_the_function_says():
    table = sp.Lambda((i, j), DELTA(1, i) * DELTA(1, j) + 10 * DELTA(2, i) * DELTA(1, j) + (DELTA(1, i) - DELTA(3, i)) * DELTA(2, j) / 3)
    assert written(table) == "((1, 1/3), (10, 0), (0, -1/3)), else 0"
    rows = sp.sympify(written(table).removesuffix(", else 0"))
    assert all(rows[a - 1][b - 1] == table(a, b) for a in (1, 2, 3) for b in (1, 2))
    assert written(sp.Lambda((i,), 2 * DELTA(2, i))) == "(0, 2), else 0"


@pytest.mark.parametrize("value", [
    sp.Lambda((i, j), DELTA(1, i)), sp.Lambda((i,), i * DELTA(1, i)), sp.Lambda((i, j), DELTA(i, j)), sp.Lambda((i,), DELTA(0, i)),
    sp.Lambda((i,), i / (i + 1)), sp.Lambda((i,), x * DELTA(1, i)), sp.Lambda((i,), sp.Integer(0)), sp.Rational(1, 2), sp.Tuple(1, 0),
])
def test_what_is_no_table_is_written_as_it_is(value):
    assert written(value) == str(value)
