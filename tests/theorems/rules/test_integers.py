"""Between n and n + 1 there is no integer; between reals there is."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import ge, gt, le, lt
from theorems.vocabulary import V, i, k

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("given", "goal", "sound"),
    [
        (lt(k, i), le(k + 1, i), True),
        (gt(i, k), ge(i, k + 1), True),
        (gt(2 * i, k + V), le(k + V + 1, 2 * i), True),
        (le(k, i), le(k + 1, i), False),
        (lt(k, i), le(k + 2, i), False),
        (lt(k, i), lt(k + 1, i), False),
        (lt(k, x), le(k + 1, x), False),
        (lt(x, i), le(x + 1, i), False),
        (lt(k, i / 2), le(k + 1, i / 2), False),
    ],
)
def test_discrete(given, goal, sound):
    assert accepted((("given", given),), goal, lambda d: d.step("discrete", goal, ["given"])) is sound
