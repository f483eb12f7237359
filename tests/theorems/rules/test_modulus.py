"""|x| = x sign(x), and nothing sharper."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import All, eq, le, lt
from theorems.rules.modulus import statement
from theorems.vocabulary import i, p, q

GAP = p[i] - q[i]


@pytest.mark.parametrize(
    ("goal", "of", "sound"),
    [
        (statement(GAP), GAP, True),
        (statement(GAP), p[i], False),
        (All(eq(sp.Abs(GAP), GAP), le(-1, sp.sign(GAP)), le(sp.sign(GAP), 1)), GAP, False),
        (All(eq(sp.Abs(GAP), GAP * sp.sign(GAP)), lt(-1, sp.sign(GAP)), le(sp.sign(GAP), 1)), GAP, False),
        (statement(1 / GAP), 1 / GAP, False),
    ],
)
def test_modulus(goal, of, sound):
    assert accepted((), goal, lambda d: d.step("modulus", goal, of=of)) is sound
