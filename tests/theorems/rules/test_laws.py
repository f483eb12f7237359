"""Witnesses with a finite law, facts that hold surely, and Lambdas that must not capture."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import Named, eq, ge, gt, le
from theorems.terms import E, Random, RandomFamily, substitute
from theorems.vocabulary import V, each, i, k, p, total

X, S = Random("X", real=True), RandomFamily("S")
HALF = sp.Rational(1, 2)
COIN = ((HALF, {"X": 0}), (HALF, {"X": 2}))


@pytest.mark.parametrize(
    ("outcomes", "sound"),
    [
        (COIN, True),
        (((HALF, {"X": 1}), (HALF, {"X": 1})), False),
        (((HALF, {"X": 0}), (sp.Rational(1, 3), {"X": 2})), False),
        (((sp.Rational(3, 2), {"X": 0}), (-HALF, {"X": 2})), False),
        (((HALF, {"X": 0}), (HALF, {"Y": 2})), False),
        ((), False),
    ],
)
def test_a_square_of_a_mean_is_not_the_mean_square(outcomes, sound):
    hypotheses = (("mean", eq(E(X), 1)), ("range", Named("surely", le(X, 2))))
    values = {} if outcomes else {"X": 1}
    assert accepted(hypotheses, eq(E(X**2), E(X) ** 2), lambda d: d.counterexample(outcomes=outcomes, **values), kind="refutation") is sound


def test_a_law_that_breaks_a_sure_hypothesis_is_no_witness():
    hypotheses = (("range", Named("surely", le(X, 1))),)
    assert not accepted(hypotheses, eq(E(X**2), E(X) ** 2), lambda d: d.counterexample(outcomes=COIN), kind="refutation")


def test_sure_facts_hold_under_expectations_only():
    sure = (("S", Named("surely", each(lambda a: gt(S[a], 0)))),)
    inside = eq(E(total(lambda a: sp.log(S[a] ** 2))), 2 * E(total(lambda a: sp.log(S[a]))))
    assert accepted(sure, inside, lambda d: d.rewrite(inside, ["S"]))
    assert not accepted((), inside, lambda d: d.rewrite(inside))
    other = eq(E(total(lambda a: sp.log(p[a] ** 2))), 2 * total(lambda a: sp.log(p[a])))
    assert not accepted(sure, other, lambda d: d.rewrite(other, ["S"]))
    outside = ge(S[1], 0)
    assert not accepted((*sure, ("V", ge(V, 1))), outside, lambda d: d.sign(outside, ["S", "V"]))


def test_a_rule_put_for_a_family_captures_no_index():
    rule = sp.Lambda((k,), sp.Sum(k * p[i], (i, 1, 2)))
    found = substitute(sp.Sum(S[i], (i, 1, 2)), {"S": rule})
    values = found.doit().subs({p[1]: 10, p[2]: 100})
    assert values == (1 + 2) * 110
