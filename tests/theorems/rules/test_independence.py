"""Functions of independent groups are independent; nothing else becomes so; the normal form uses no more."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.errors import OverproofError
from theorems.logic import Named, eq
from theorems.terms import E, Random, RandomFamily
from theorems.vocabulary import V, k

X, Y, Z = (Random(name, real=True) for name in "XYZ")
A = RandomFamily("A")
FACT = ("fact", Named("independent", sp.Tuple(X, A), Y))


@pytest.mark.parametrize(
    ("first", "second", "sound"),
    [
        (X, Y, True), (Y, sp.Tuple(X, A), True), (sp.Lambda((k,), A[k] * X), Y, True), (X, sp.Integer(3), True),
        (X, A, False), (X, Z, False), (sp.Tuple(X, Z), Y, False), (X, X * Y, False),
    ],
)
def test_independence(first, second, sound):
    goal = Named("independent", first, second)
    assert accepted((FACT,), goal, lambda d: d.step("independence", goal, ["fact"])) is sound


@pytest.mark.parametrize(("factors", "by", "sound"), [(X * Y, ["fact"], True), (X * Y, [], False), (X * Z, ["fact"], False), (X * X, ["fact"], False)])
def test_products_of_means(factors, by, sound):
    first, second = (X, X) if factors == X**2 else factors.args
    goal = eq(E(factors), E(first) * E(second))
    assert accepted((FACT,), goal, lambda d: d.rewrite(goal, by)) is sound


def test_squares_of_sums_open_into_double_sums():
    total = lambda rule: sp.Sum(rule, (k, 1, V))  # noqa: E731
    m = sp.Symbol("m", integer=True)
    double = sp.Sum(sp.Sum(E(A[k] * A[m]), (m, 1, V)), (k, 1, V))
    assert accepted((), eq(E(total(A[k]) ** 2), double), lambda d: d.rewrite(eq(E(total(A[k]) ** 2), double)))
    single = eq(E(total(A[k]) ** 2), total(E(A[k] ** 2)))
    assert not accepted((), single, lambda d: d.rewrite(single))


def test_sums_of_random_length_stay_inside():
    size = Random("N", integer=True)
    goal = eq(E(sp.Sum(k, (k, 1, size))), sp.Sum(k, (k, 1, E(size))))
    with pytest.raises(OverproofError, match="not known to be one of integers"):
        accepted((), goal, lambda d: d.rewrite(goal))
