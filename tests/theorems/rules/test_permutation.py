"""A sum keeps its value under a permutation of its range, and under nothing less."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.errors import OverproofError
from theorems.logic import All, ForAll, eq, ge, le
from theorems.rules.permutation import permutation
from theorems.vocabulary import V, i, k, n, p

S, REAL = sp.IndexedBase("s", integer=True), sp.IndexedBase("s")
WHOLE = permutation(S, 1, V)
INTO = All(WHOLE.args[0])


def sums(places, body, high=V):
    return eq(sp.Sum(body.subs(k, places[k]), (k, 1, high)), sp.Sum(body, (k, 1, high)))


@pytest.mark.parametrize(
    ("fact", "goal", "places", "sound"),
    [
        (WHOLE, sums(S, p[k]), S, True),
        (WHOLE, sums(S, p[k] ** 2 + k), S, True),
        (WHOLE, eq(sp.Sum(p[S[k]] * p[k], (k, 1, V)), sp.Sum(p[k] * p[k], (k, 1, V))), S, False),
        (INTO, sums(S, p[k]), S, False),
        (WHOLE.args[1], sums(S, p[k]), S, False),
        (permutation(S, 1, n), sums(S, p[k]), S, False),
        (permutation(S, 0, V), sums(S, p[k]), S, False),
        (WHOLE, eq(sp.Sum(p[S[k]], (k, 1, V)), 2 * sp.Sum(p[k], (k, 1, V))), S, False),
    ],
)
def test_permute(fact, goal, places, sound):
    assert accepted((("places", fact),), goal, lambda d: d.step("permute", goal, ["places"], places=places)) is sound


def test_real_places_are_refused():
    with pytest.raises(OverproofError, match="not known to be an integer"):
        accepted((("places", permutation(REAL, 1, V)),), sums(REAL, p[k]), lambda d: d.step("permute", sums(REAL, p[k]), ["places"], places=REAL))


def test_a_family_of_integers_stands_for_nothing_else():
    """An instance that puts real entries where integers are meant is refused."""
    f = sp.Function("f")
    fact = ForAll((S,), (le(1, S[1]),), ge(f(S[1]), 0))
    real, whole = sp.Lambda(i, sp.Rational(3, 2)), sp.Lambda(i, sp.Integer(2) * i)
    from theorems.derivation import at

    for rule, sound in ((real, False), (whole, True)):
        goal = ge(f(rule.expr.subs(i, 1)), 0)
        one = lambda d, rule=rule, goal=goal: d.restate(goal, [at("fact", s=rule), d.sign(le(1, rule.expr.subs(i, 1)), [])])  # noqa: E731
        assert accepted((("fact", fact),), goal, one) is sound
