"""Quantifiers at explicit points: what was tried and held is True, a failure shown is False, what cannot be told is None."""

import sympy as sp

from numerics.evaluate import Point, truth
from theorems.logic import Exists, ForAll, eq, ge, gt, le, lt
from theorems.vocabulary import k, m, p, total

x = sp.Symbol("x", real=True)
NO_POINT = Point({})


def test_integers_between_two_ends_are_all_tried():
    some = Exists((k,), (le(1, k), le(k, 5)), eq(k**2, 16))
    assert truth(some, NO_POINT) is True
    assert truth(Exists((k,), (le(1, k), le(k, 3)), eq(k**2, 16)), NO_POINT) is False
    assert truth(ForAll((k,), (le(1, k), le(k, 5)), lt(k**2, 25)), NO_POINT) is False


def test_integers_without_an_upper_end_are_tried_for_a_while():
    assert truth(ForAll((m,), (le(1, m),), ge(m**2, m)), NO_POINT) is True
    assert truth(ForAll((m,), (le(1, m),), lt(m, 4)), NO_POINT) is False
    assert truth(Exists((m,), (le(1, m),), gt(m, 4)), NO_POINT) is True
    assert truth(Exists((m,), (le(1, m),), gt(m, 10**6)), NO_POINT) is None  # not found is not refuted


def test_a_real_number_not_found_on_the_grid_may_still_exist():
    assert truth(Exists((x,), (gt(x, 0),), eq(x**2, sp.Rational(1, 4))), NO_POINT) is True
    assert truth(Exists((x,), (gt(x, 0),), eq(x**2, 17)), NO_POINT) is None


def test_a_family_takes_the_value_that_the_point_offers():
    goal = Exists((p,), (), eq(total(lambda a: p[a]), 1))
    half = sp.Rational(1, 2)
    assert truth(goal, Point({"V": 2, "p": (half, half)})) is True
    assert truth(goal, Point({"V": 2, "p": (half, half / 2)})) is None
    assert truth(goal, Point({"V": 2})) is None
    assert truth(ForAll((p,), (), eq(total(lambda a: p[a]), 1)), Point({"V": 2})) is None
