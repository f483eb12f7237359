"""The sign calculus never says more than is true: textbook cases, planted false claims, random terms at random points."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy as sp
from flint import arb, fmpq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numerics.balls import Balls, precision
from theorems.compile import compile_expressions
from theorems.logic import ForAll, Relation, eq, ge, gt, le, lt, ne
from theorems.sign import defined, shows

x, y, T, V = sp.symbols("x y T V", real=True)
i, k = sp.symbols("i k", integer=True)
p = sp.IndexedBase("p")
W = sp.Function("w")
UNIT = (gt(x, 0), le(x, 1))

SHOWN = [
    (gt(x / (1 + (T - 1) * x), 0), (*UNIT, ge(T, 1))),
    (gt(x ** (1 / T), 0), (*UNIT, gt(T, 0))),
    (le(x ** (1 / T), 1), (*UNIT, gt(T, 0))),
    (gt((T - 1 + V * x) / (T * V), 0), (*UNIT, ge(T, 1), ge(V, 2))),
    (ge(x - 1 - sp.log(x), 0), (gt(x, 0),)),
    (ge(sp.exp(x), 1 + x), ()),
    (ge(y**2 - x**2, 0), (ge(x, 0), ge(y, x))),
    (gt(sp.log(y), sp.log(x)), (gt(x, 0), gt(y, x))),
    (gt(y**T, x**T), (gt(x, 0), gt(y, x), gt(T, 0))),
    (lt(x**y, x**T), (gt(x, 0), lt(x, 1), gt(y, T))),
    (gt(sp.cos(x), 0), UNIT),
    (ge(sp.Sum(p[k], (k, 1, V)), 0), (ForAll([i], [], ge(p[i], 0)), ge(V, 1))),
    (gt(sp.Sum(p[k] ** 2, (k, 1, V)), 0), (ForAll([i], [ge(i, 1)], gt(p[i], 0)), ge(V, 1))),
    (ge(W(x) - W(y), 0), (ge(W(x), W(y)),)),
    (ne((x - 1) ** 2, 0), (ne(x, 1),)),
    (eq((x + y) ** 2, x**2 + 2 * x * y + y**2), ()),
    (ge(x**3 - 3 * x + 2, 0), (ge(x, 0),)),
]

#: False somewhere under the hypotheses, often only at an end point or by a hair.
FALSE = [
    (gt(x, 0), (ge(x, 0),)),
    (ge(x, 0), (gt(x, -1),)),
    (gt(x**2, 0), ()),
    (gt(x**2 - 2 * x + 1, 0), (ge(x, 0),)),
    (gt(x**3 - 3 * x + 2, 0), (ge(x, 0),)),
    (ge(x**3 - 3 * x + 2, 0), (ge(x, -3),)),
    (gt(x - 1 - sp.log(x), 0), (gt(x, 0),)),
    (ge(sp.Rational(999, 1000) * sp.exp(x), 1 + x), ()),
    (ge(y**2 - x**2, 0), (ge(y, x),)),
    (ge(y**T, x**T), (gt(x, 0), gt(y, x))),
    (le(x ** (1 / T), x), (*UNIT, gt(T, 0))),
    (lt(x ** (1 / T), 1), (*UNIT, gt(T, 0))),
    (ge(sp.Sum(p[k], (k, 1, V)), 0), (eq(p[k], 3), ge(V, 1))),
    (gt(sp.Sum(p[k], (k, 1, V)), 0), (ForAll([i], [], gt(p[i], 0)), ge(V, 0))),
    (ge(sp.Sum(p[k], (k, 1, V)), 0), (ForAll([i], [ge(i, 2)], ge(p[i], 0)), ge(V, 1))),
    (gt(sp.cos(x), 0), (gt(x, 0), le(x, 2))),
    (gt(sp.sin(x), 0), (gt(x, 0), le(x, 4))),
    (ge(W(x), W(y)), (ge(x, y),)),
    (gt(sp.tanh(x), 1 - sp.Rational(1, 1000)), (gt(x, 1),)),
    (ne(x - y, 0), (ne(x, 1),)),
    (gt(sp.exp(1) - sp.Rational(272, 100), 0), ()),
]


@pytest.mark.parametrize(("goal", "facts"), SHOWN, ids=str)
def test_shows_what_is_plain(goal: Relation, facts: tuple[Relation, ...]) -> None:
    assert shows(goal, facts)


@pytest.mark.parametrize(("goal", "facts"), FALSE, ids=str)
def test_shows_nothing_false(goal: Relation, facts: tuple[Relation, ...]) -> None:
    assert not shows(goal, facts)


def test_definedness() -> None:
    assert defined(sp.log(x), UNIT) and defined(x ** (1 / T), (*UNIT, gt(T, 0)))
    assert defined(x ** (1 / T), (ge(x, 0), gt(T, 0)))  # 0 to a positive power is 0
    assert not defined(x ** (1 / T), (ge(x, 0), ge(T, 0)))
    assert not defined(1 / (1 - x), UNIT) and defined(1 / (1 - x), (lt(x, 1),))
    assert not defined(x**y, (ge(x, 0), ge(y, 0))) and not defined(sp.log(x), (ge(x, 0),))
    assert not defined(sp.tan(x), (ge(x, 0), le(x, 2)))
    assert all(defined(sp.tan(angle), (gt(x, 0), lt(x, 1))) for angle in (sp.pi * x / 2, -sp.pi * x / 2, sp.pi * (x - sp.Rational(1, 2))))
    beyond = (sp.pi * x, 2 * x, sp.pi * x / 2 + sp.Rational(1, 1000), sp.Rational(1001, 2000) * sp.pi * x, -sp.pi * x)
    assert not any(defined(sp.tan(angle), (gt(x, 0), lt(x, 1))) for angle in beyond)
    assert not defined(sp.tan(sp.pi * x / 2), (ge(x, 0), le(x, 1)))  # the end itself
    assert defined(sp.Sum(sp.log(p[k]), (k, 1, V)), (ForAll([i], [ge(i, 1)], gt(p[i], 0)),))


def leaves() -> st.SearchStrategy[sp.Expr]:
    return st.one_of(st.sampled_from([x, y]), st.integers(-3, 4).map(sp.Integer), st.sampled_from([sp.Rational(1, 2), sp.Rational(7, 3)]))


def bigger(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    two = st.tuples(inner, inner)
    return st.one_of(
        two.map(lambda t: t[0] + t[1]), two.map(lambda t: t[0] * t[1]), two.map(lambda t: t[0] - t[1]), inner.map(lambda e: e**2),
        inner.map(sp.exp), inner.map(lambda e: sp.log(1 + e**2)), two.map(lambda t: t[0] / (1 + t[1] ** 2)), inner.map(sp.tanh),
        two.map(lambda t: sp.Max(t[0], t[1])), inner.map(lambda e: sp.Abs(e)), inner.map(lambda e: sp.log(x + 1) * e), inner.map(lambda e: x**y + e))


TERMS = st.recursive(leaves(), bigger, max_leaves=6)
BOUNDS = [ge(x, 0), gt(x, 0), le(x, 1), lt(x, 3), ge(x, y), ge(y, 0), gt(y, 1), le(y, 2), ge(y - x, 1), le(x + y, 1), gt(x, -1), ne(y, 0)]
HITS: list[int] = []


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(TERMS, st.lists(st.sampled_from(BOUNDS), max_size=4, unique=True), st.booleans(), st.integers(0, 10**6))
def test_random_terms_at_random_points(term: sp.Expr, facts: list[Relation], strict: bool, seed: int) -> None:
    if term.has(sp.zoo, sp.nan, sp.oo, -sp.oo, sp.I) or term.is_number or not shows(Relation(term, ">" if strict else ">=", 0), facts):
        return
    HITS.append(1)
    program = compile_expressions([term, *(f.left - f.right for f in facts)], (x, y))
    chance = random.Random(seed)
    with precision(200):
        for _ in range(60):
            place = [chance.choice([0, 1, 2, -1]) if chance.random() < 0.4 else Fraction(chance.randint(-4000, 4000), 1000) for _ in "xy"]
            found, *gaps = program.run(Balls, *(arb(fmpq(Fraction(v).numerator, Fraction(v).denominator)) for v in place))
            if all(holds(f.op, gap) for f, gap in zip(facts, gaps, strict=True)):
                assert not found < 0 and not (strict and found == 0), (term, facts, place)


def holds(op: str, gap: arb) -> bool:
    return bool({">": gap > 0, ">=": gap >= 0, "<": gap < 0, "<=": gap <= 0, "!=": gap != 0}[op])


def test_the_fuzz_was_not_empty() -> None:
    test_random_terms_at_random_points()
    assert len(HITS) >= 20
