"""x <= ceiling(x) < x + 1, and nothing sharper; the unit of Kronecker's delta lies between 0 and 1."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import All, Exists, ge, gt, le, lt
from theorems.rules.rounding import statement
from theorems.vocabulary import i, j, k

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("goal", "of", "sound"),
    [
        (statement(x), x, True),
        (statement(x), x + 1, False),
        (All(lt(x, sp.ceiling(x)), lt(sp.ceiling(x), x + 1)), x, False),
        (All(le(x, sp.ceiling(x)), le(sp.ceiling(x), x)), x, False),
        (statement(1 / x), 1 / x, False),
    ],
)
def test_rounding(goal, of, sound):
    assert accepted((), goal, lambda d: d.step("rounding", goal, of=of)) is sound


def test_some_integer_lies_above_every_number():
    def derive(d):
        d.exhibit(some, [d.step("rounding", statement(x), of=x)], k=sp.ceiling(x))

    some = Exists((k,), (ge(k, x),), lt(k, x + 1))
    assert accepted((), some, derive, kind="existence")
    wrong = Exists((k,), (gt(k, x),), lt(k, x + 1))
    assert not accepted((), wrong, lambda d: d.exhibit(wrong, [d.step("rounding", statement(x), of=x)], k=sp.ceiling(x)), kind="existence")


@pytest.mark.parametrize(("goal", "sound"), [
    (ge(sp.KroneckerDelta(i, j), 0), True), (le(sp.KroneckerDelta(i, j), 1), True), (ge(2 - sp.KroneckerDelta(i, j), 1), True),
    (gt(sp.KroneckerDelta(i, j), 0), False), (le(sp.KroneckerDelta(i, j), 0), False), (ge(sp.KroneckerDelta(i, j), 1), False),
])
def test_unit(goal, sound):
    assert accepted((), goal, lambda d: d.sign(goal)) is sound
