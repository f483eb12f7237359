"""The delta picks its term only inside the range, and only when every term carries it."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.errors import OverproofError
from theorems.logic import eq, ge, le, lt, ne
from theorems.vocabulary import V, j, k, p

DELTA = sp.KroneckerDelta(k, j)
INSIDE = (("low", le(1, j)), ("high", le(j, V)))


@pytest.mark.parametrize(
    ("given", "body", "value", "sound"),
    [
        (INSIDE, p[k] * DELTA, p[j], True),
        (INSIDE, p[k] ** 2 * DELTA + k * DELTA, p[j] ** 2 + j, True),
        (INSIDE[:1], p[k] * DELTA, p[j], False),
        (INSIDE[1:], p[k] * DELTA, p[j], False),
        (INSIDE, p[k] * DELTA + p[k], 2 * p[j], False),
        (INSIDE, p[k] * DELTA, p[1], False),
        (INSIDE, p[k] * (1 - DELTA), p[j], False),
    ],
)
def test_pick(given, body, value, sound):
    goal = eq(sp.Sum(body, (k, 1, V)), value)
    assert accepted(given, goal, lambda d: d.step("pick", goal, [n for n, _ in given], at=j)) is sound


def test_pick_needs_an_integer():
    x = sp.Symbol("x", real=True)
    goal = eq(sp.Sum(p[k] * sp.KroneckerDelta(k, x), (k, 1, V)), p[x])
    with pytest.raises(OverproofError, match="not known to be an integer"):
        accepted((("low", le(1, x)), ("high", ge(V, x))), goal, lambda d: d.step("pick", goal, ["low", "high"], at=x))


@pytest.mark.parametrize(
    ("given", "value", "sound"),
    [(eq(k, j), 1, True), (ne(k, j), 0, True), (lt(k, j), 0, True), (eq(k, j), 0, False), (ne(k, j), 1, False), (le(k, j), 0, False),
     (le(k, j), 1, False), (eq(k, j), 2, False)],
)
def test_unit(given, value, sound):
    goal = eq(DELTA, value)
    assert accepted((("given", given),), goal, lambda d: d.step("unit", goal, ["given"])) is sound


def test_unit_needs_integers():
    x = sp.Symbol("x", real=True)
    goal = eq(sp.KroneckerDelta(k, x), 0)
    assert not accepted((("given", ne(k, x)),), goal, lambda d: d.step("unit", goal, ["given"]))
