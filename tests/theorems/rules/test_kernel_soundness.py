"""Attempts to prove falsehoods, each by abusing one rule, and the honest twin that the same rule accepts."""

import pytest
import sympy as sp

from numerics.engines import BallEngines
from theorems.claim import Claim, Source
from theorems.derivation import At, Derivation, at
from theorems.errors import OverproofError
from theorems.logic import ForAll, Named, Tends, eq, ge, gt, le, lt, ne
from theorems.proof import check_proof
from theorems.terms import E, Random
from theorems.verdict import Proved, Undecided
from theorems.vocabulary import T, V, each, i, k, n, p, q, total

x, y, c = sp.symbols("x y c", real=True)
X, Y = Random("X", real=True), Random("Y", real=True)


def verdict(hypotheses, conclusion, derive):
    claim = Claim("test:claim", "test", Source("ours", ""), "ours", "identity", tuple(hypotheses.items()), conclusion)
    derivation = Derivation(claim)
    derive(derivation)
    return check_proof(claim, derivation.done(), {}, BallEngines()).verdict


def slope_of_reciprocal(s):
    value = s.derivative(eq(sp.Derivative(1 / x, x), -1 / x**2), ["apart"])
    s.transfer(le(sp.Derivative(1 / x, x), 0), s.sign(le(-1 / x**2, 0), ["apart"]), [value, "apart"])


def across_the_pole(d):
    slope = d.for_all((x,), {"apart": ne(x, 0)}, slope_of_reciprocal)
    d.monotone(ge(-1 / y, 1 / y), slope, ["y"], low=-y, high=y)


def beside_the_pole(d):
    slope = d.for_all((x,), {"apart": gt(x, 0)}, slope_of_reciprocal)
    d.monotone(ge(1 / y, 1 / (y + 1)), slope, ["y"], low=y, high=y + 1)


def escaping_definition(d):
    fact = d.for_all((x,), {}, lambda s: s.step("define", eq(c, x)))
    d.combine(eq(0, 1), {at(fact, x=1): 1, at(fact, x=0): -1})


def captured_index(d):
    same = d.for_all((x,), {}, lambda s: s.rewrite(eq(total(lambda a: p[a] * x), total(lambda a: p[a] * x))))
    d.restate(eq(total(lambda a: p[a] * x), total(lambda a: p[a] ** 2)), [at(same, x=p[i])])


def constant_made_random(d):
    fact = d.for_all((x,), {}, lambda s: s.rewrite(eq(E(x), x)))
    d.restate(eq(E(X), X), [at(fact, x=X)])


SPLIT = eq(total(lambda a: p[a]), total(lambda a: p[a], k) + total(lambda a: p[a], V, i, k + 1))
FALSE = {
    "define escapes its sub-proof": ({}, eq(0, 1), escaping_definition),
    "logarithm of a square": ({}, eq(sp.log(x**2), 2 * sp.log(x)), lambda d: d.rewrite(eq(sp.log(x**2), 2 * sp.log(x)))),
    "root of a square": ({}, eq(sp.sqrt(x**2), x), lambda d: d.rewrite(eq(sp.sqrt(x**2), x))),
    "monotone across a pole": ({"y": gt(y, 0)}, ge(-1 / y, 1 / y), across_the_pole),
    "negative coefficient": ({"a": le(x, y)}, le(y, x), lambda d: d.combine(le(y, x), {"a": -1})),
    "strict from weak": ({"a": le(x, y)}, lt(x, y), lambda d: d.combine(lt(x, y), {"a": 1})),
    "equation from inequality": ({"a": le(x, y)}, eq(x, y), lambda d: d.combine(eq(x, y), {"a": 1})),
    "captured index": ({}, eq(total(lambda a: p[a] * x), total(lambda a: p[a] ** 2)), captured_index),
    "split outside the range": ({}, SPLIT, lambda d: d.step("split", SPLIT, [], at=k)),
    "square of a sum": ({}, eq(total(lambda a: p[a]) ** 2, total(lambda a: p[a] ** 2)),
                        lambda d: d.rewrite(eq(total(lambda a: p[a]) ** 2, total(lambda a: p[a] ** 2)))),
    "count of an empty range": ({}, eq(total(lambda a: 1), V), lambda d: d.step("count", eq(total(lambda a: 1), V))),
    "strict termwise on an empty range": ({"a": each(lambda a: lt(p[a], q[a]))}, lt(total(lambda a: p[a]), total(lambda a: q[a])),
                                          lambda d: d.step("termwise", lt(total(lambda a: p[a]), total(lambda a: q[a])), ["a"], range=(1, V))),
    "member outside the range": ({"a": each(lambda a: ge(p[a], 0))}, le(p[k], total(lambda a: p[a])),
                                 lambda d: d.step("member", le(p[k], total(lambda a: p[a])), ["a"], at=k)),
    "product of dependent expectations": ({}, eq(E(X * Y), E(X) * E(Y)), lambda d: d.rewrite(eq(E(X * Y), E(X) * E(Y)))),
    "constant made random": ({}, eq(E(X), X), constant_made_random),
    "random name bound under an expectation": ({}, ForAll((X,), (), eq(E(X), E(X))),
                                               lambda d: d.for_all((X,), {}, lambda s: s.rewrite(eq(E(X), E(X))))),
    "real in place of an integer": ({"a": ForAll((n,), (le(0, n),), le(sp.sin(sp.pi * n), 0))}, le(sp.sin(sp.pi * x), 0),
                                    lambda d: d.restate(le(sp.sin(sp.pi * x), 0), [At("a", (("n", x),))])),
    "condition of an instance": ({"a": ForAll((x,), (gt(x, 0),), gt(c, x))}, gt(c, -1), lambda d: d.restate(gt(c, -1), [at("a", x=-1)])),
    "limit of an oscillation": ({}, Tends(sp.sin(x), x, sp.oo, 0), lambda d: d.limit(Tends(sp.sin(x), x, sp.oo, 0))),
    "cases that leave something out": ({}, ge(x**2, 0), lambda d: d.cases(ge(x**2, 0), {"a": gt(x, 0), "b": lt(x, 0)},
                                                                         lambda s, way: s.sign(ge(x**2, 0), [way]))),
    "a fact that is not there": ({}, le(x, y), lambda d: d.combine(le(x, y), {"nowhere": 1})),
    "another conclusion": ({"a": le(x, y)}, le(y, x), lambda d: d.combine(le(x, y), {"a": 1})),
    "witness that is false": ({}, lt(sp.pi, 3), lambda d: d.step("witness", lt(sp.pi, 3))),
}
TRUE = {
    "monotone beside a pole": ({"y": gt(y, 0)}, ge(1 / y, 1 / (y + 1)), beside_the_pole),
    "linear combination": ({"a": le(x, y), "b": lt(y, c)}, lt(x, c), lambda d: d.combine(lt(x, c), {"a": 1, "b": 1})),
    "split inside the range": ({"low": le(0, k), "high": le(k, V)}, SPLIT, lambda d: d.step("split", SPLIT, ["low", "high"], at=k)),
    "count": ({"V": ge(V, 0)}, eq(total(lambda a: 1), V), lambda d: d.step("count", eq(total(lambda a: 1), V), ["V"])),
    "variance": ({}, eq(E((X - E(X)) ** 2), E(X**2) - E(X) ** 2), lambda d: d.rewrite(eq(E((X - E(X)) ** 2), E(X**2) - E(X) ** 2))),
    "independence": ({"i": Named("independent", X, Y)}, eq(E((X - E(X)) * Y), 0), lambda d: d.rewrite(eq(E((X - E(X)) * Y), 0), ["i"])),
    "limit": ({"T": gt(T, 0)}, Tends(sp.exp(-T * x), x, sp.oo, 0), lambda d: d.limit(Tends(sp.exp(-T * x), x, sp.oo, 0), ["T"])),
    "contradiction": ({}, lt(x, x + 1), lambda d: d.contradiction(lt(x, x + 1), lambda s: s.combine(ge(-1, 0), {"negated": 1}))),
    "witness": ({}, gt(sp.pi, 3), lambda d: d.step("witness", gt(sp.pi, 3))),
}


@pytest.mark.parametrize("name", FALSE)
def test_falsehood_is_not_proved(name):
    assert isinstance(verdict(*FALSE[name]), Undecided)


@pytest.mark.parametrize("name", TRUE)
def test_truth_is_proved(name):
    assert isinstance(verdict(*TRUE[name]), Proved)


def test_a_symbol_with_a_sign_is_refused():
    with pytest.raises(OverproofError, match="carries a sign"):
        verdict({}, gt(sp.Symbol("x", positive=True), 0), lambda d: d.sign(gt(x, 0)))
