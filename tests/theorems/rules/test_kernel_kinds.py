"""Attempts to prove falsehoods by names of two kinds, bound names that reappear, and constants that become random."""

import pytest
import sympy as sp

from tests.theorems.rules.test_kernel_soundness import verdict
from theorems.derivation import At, at
from theorems.errors import OverproofError
from theorems.logic import ForAll, Named, Tends, eq, ge, gt, le, lt
from theorems.terms import E, Random
from theorems.verdict import Proved, Undecided
from theorems.vocabulary import V, i, k, n, p, q

x, y, c = sp.symbols("x y c", real=True)
whole, even = sp.Symbol("x", integer=True), sp.Symbol("m", even=True)
f, g, counted = sp.Function("f"), sp.Function("g"), sp.Function("h", integer=True)
s, j = sp.IndexedBase("s", integer=True), sp.Symbol("j", integer=True)
X, Y, Z = (Random(name, real=True) for name in "XYZ")
HALF, ALONE, MIXED = sp.Rational(1, 2), sp.Sum(f(k), (k, x, x)), (X * Z**2 + X) / (Z**2 + 1)


def no_half(term, variables, **values):
    """No integer lies strictly between 0 and 1; 1/2 in place of the integer would."""
    def derive(d):
        fact = d.for_all(variables, {"below": lt(term - 1, 0)}, lambda t: t.step("discrete", le(term, 0), ["below"]))
        d.restate(le(HALF, 0), [at(fact, **values)])

    return derive


def entry_of_a_sum(d):
    d.transfer(ge(f(x), 0), d.sign(ge(ALONE, 0), ["a"]), [d.rewrite(eq(ALONE, f(x)))])


REFUSED = {
    "a real and an integer of one name": ({}, le(HALF, 0), no_half(whole, (x,), x=HALF)),
    "an even number": ({}, le(HALF, 0), no_half(even / 2, (even,), m=1)),
    "an entry between integers": ({}, le(HALF, 0), no_half(s[x], (s, x), s=sp.Lambda(n, n), x=HALF)),
    "a function with integer values": ({"a": lt(counted(x) - 1, 0)}, le(counted(x), 0), lambda d: d.step("discrete", le(counted(x), 0), ["a"])),
    "a sum between integers": ({"a": ForAll((n,), (), ge(f(n), 0))}, ge(f(x), 0), entry_of_a_sum),
}


def defined_bound_name(d):
    d.restate(eq(1, 5), [at(d.for_all((c,), {}, lambda t: t.step("define", eq(c, 5))), c=1)])


def slope_at_its_own_factor(d):
    fact = d.for_all((x,), {}, lambda t: t.derivative(eq(sp.Derivative(y * x, x), y)))
    d.restate(eq(sp.Derivative(y * y, y, evaluate=False), y), [at(fact, x=y)])


def anything_independent(d):
    fact = d.for_all((c,), {}, lambda t: t.step("independence", Named("independent", c, X)))
    d.rewrite(eq(E(X * Z), E(X) * E(Z)), [at(fact, c=Z)])


def independent_of_what_cancels(d):
    moved = d.transfer(Named("independent", MIXED, Y), "i", [d.rewrite(eq(X, MIXED))])
    d.rewrite(eq(E(Z * Y), E(Z) * E(Y)), [moved])


def by_rule(rule, goal, by=(), **data):
    return lambda d: d.step(rule, goal, by, **data)


BEYOND = le(sp.Sum(f(k), (k, k + 1, V)), sp.Sum(0 * f(k), (k, k + 1, V)))
MOVED = eq(sp.Sum(f(k), (k, 1, V)), sp.Sum(f(2 * k), (k, 1 - k, V - k)))
SWAPPED = eq(sp.Sum(sp.Sum(p[i] * q[j], (j, 1, V)), (i, 1, j)), sp.Sum(sp.Sum(p[i] * q[j], (i, 1, j)), (j, 1, V)))
STEPS = eq(sp.Sum(k, (k, 1, V)), V * k)
MIXED_SLOPE = eq(sp.Derivative(x * sp.Abs(y), x, y), sp.sign(y))
ACROSS = eq(sp.Integral(1 / x**2, (x, -1, 1)), -2)
DECAY = Tends(sp.Sum(sp.exp(-f(k) * x), (k, 1, V)), x, sp.oo, 0)
FALSE = {
    "definition of a bound name": ({}, eq(1, 5), defined_bound_name),
    "no value, by contradiction": ({}, gt(1 / x**2, 0), lambda d: d.contradiction(gt(1 / x**2, 0), lambda t: t.combine(le(1, 0), {"negated": x**2}))),
    "an end with the index, termwise": ({"a": ForAll((k,), (lt(k, 0),), le(f(k), 0))}, BEYOND, by_rule("termwise", BEYOND, ["a"], range=(k + 1, V))),
    "a shift by the index": ({}, MOVED, by_rule("reindex", MOVED, shift=k)),
    "an end with the inner index": ({}, SWAPPED, by_rule("exchange", SWAPPED)),
    "a primitive with the index": ({"a": le(1, V + 1)}, STEPS, by_rule("telescope", STEPS, ["a"], of=sp.Lambda(n, n * k))),
    "a slope at its own factor": ({}, eq(sp.Derivative(y * y, y, evaluate=False), y), slope_at_its_own_factor),
    "a kink in the second variable": ({}, MIXED_SLOPE, by_rule("differentiate", MIXED_SLOPE)),
    "an integral across a pole": ({"a": gt(x, 0)}, ACROSS, by_rule("integrate", ACROSS, ["a"], antiderivative=-1 / x)),
    "a limit under a sum": ({"a": gt(f(k), 0)}, DECAY, by_rule("limit", DECAY, ["a"])),
    "independence of what was a constant": ({}, eq(E(X * Z), E(X) * E(Z)), anything_independent),
    "independence of what cancels": ({"i": Named("independent", X, Y)}, eq(E(Z * Y), E(Z) * E(Y)), independent_of_what_cancels),
    "a sure bound that was a constant": (
        {"a": ForAll((c,), (Named("surely", ge(X, c)),), ge(E(X), c)), "s": Named("surely", ge(X, Y))}, ge(E(X), Y),
        lambda d: d.restate(ge(E(X), Y), ["s", At("a", (("c", Y),))])),
    "smooth where it meets a smooth one": ({"s": Named("smooth", f(x)), "e": eq(f(x), g(x))}, Named("smooth", g(x)),
                                          lambda d: d.transfer(Named("smooth", g(x)), "s", ["e"])),
}
SHIFTED = eq(sp.Sum(f(k), (k, 1, V)), sp.Sum(f(k + n), (k, 1 - n, V - n)))
EXCHANGED = eq(sp.Sum(sp.Sum(p[i] * q[j], (j, 1, V)), (i, 1, n)), sp.Sum(sp.Sum(p[i] * q[j], (i, 1, n)), (j, 1, V)))
TELESCOPED = eq(sp.Sum(n, (k, 1, V)), V * n)
SECOND = eq(sp.Derivative(x * y**2, x, y), 2 * y)
TRUE = {
    "a shift": ({}, SHIFTED, by_rule("reindex", SHIFTED, shift=n)),
    "an exchange": ({}, EXCHANGED, by_rule("exchange", EXCHANGED)),
    "a telescope": ({"a": le(1, V + 1)}, TELESCOPED, by_rule("telescope", TELESCOPED, ["a"], of=sp.Lambda(k, n * k))),
    "a mixed derivative": ({}, SECOND, by_rule("differentiate", SECOND)),
    "no negative square": ({"a": gt(x, 0)}, gt(1 / x**2, 0), lambda d: d.contradiction(
        gt(1 / x**2, 0), lambda t: t.combine(le(1, 0), {"negated": x**2}))),
    "a sure bound": ({"a": ForAll((c,), (Named("surely", ge(X, c)),), ge(E(X), c)), "s": Named("surely", ge(X, y))}, ge(E(X), y),
                     lambda d: d.restate(ge(E(X), y), ["s", at("a", c=y)])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_statement_with_a_hidden_assumption_is_refused(name):
    with pytest.raises(OverproofError):
        verdict(*REFUSED[name])


@pytest.mark.parametrize("name", FALSE)
def test_falsehood_is_not_proved(name):
    assert isinstance(verdict(*FALSE[name]), Undecided)


@pytest.mark.parametrize("name", TRUE)
def test_truth_is_proved(name):
    assert isinstance(verdict(*TRUE[name]), Proved)
