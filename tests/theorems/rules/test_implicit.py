"""Equal functions have equal derivatives on open sets, and only there."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import ForAll, Named, eq, ge, gt, ne

x, y = sp.symbols("x y", real=True)
f = sp.Function("f")
SMOOTH = ("smooth", Named("smooth", f(y)))
SLOPE = eq(2 * f(x) * sp.Derivative(f(x), x), 1)


@pytest.mark.parametrize(
    ("condition", "extra", "slope", "sound"),
    [
        (gt(x, 0), (SMOOTH,), SLOPE, True),
        (gt(x, 0), (), SLOPE, False),
        (gt(x, 0), (SMOOTH,), eq(f(x) * sp.Derivative(f(x), x), 1), False),
        (ge(x, 0), (SMOOTH,), SLOPE, False),
        (eq(x, 1), (SMOOTH,), SLOPE, False),
        (ne(x, 1), (SMOOTH,), SLOPE, False),
        (gt(x**2, 1), (SMOOTH,), SLOPE, False),
    ],
)
def test_implicit(condition, extra, slope, sound):
    known, goal = ("known", ForAll((x,), (condition,), eq(f(x) ** 2, x))), ForAll((x,), (condition,), slope)
    assert accepted((known, *extra), goal, lambda d: d.step("implicit", goal, ["known", *(n for n, _ in extra)])) is sound


def test_kinks_are_refused():
    known = ("known", ForAll((x,), (gt(x, -1),), eq(f(x), sp.Abs(x))))
    goal = ForAll((x,), (gt(x, -1),), eq(sp.Derivative(f(x), x), sp.Derivative(sp.Abs(x), x)))
    assert not accepted((known, SMOOTH), goal, lambda d: d.step("implicit", goal, ["known", "smooth"]))


def test_a_parameter_of_the_same_name_is_refused():
    known = ("known", ForAll((x,), (gt(x, 0),), eq(f(x), x)))
    goal = ForAll((x,), (gt(x, 0),), eq(sp.Derivative(f(x), x), 1))
    assert accepted((known, SMOOTH), goal, lambda d: d.step("implicit", goal, ["known", "smooth"]))
    assert not accepted((known, SMOOTH, ("free", gt(x, 3))), goal, lambda d: d.step("implicit", goal, ["known", "smooth", "free"]))
