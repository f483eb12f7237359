"""Attempts to prove falsehoods through exhibited objects, definitions, derivatives, limits and data of steps, and honest twins."""

import pytest
import sympy as sp

from tests.theorems.rules.test_kernel_soundness import verdict
from theorems.derivation import At, at
from theorems.errors import OverproofError
from theorems.logic import Any_, Exists, ForAll, Named, Tends, eq, ge, gt, le, lt, ne
from theorems.terms import E, Random
from theorems.verdict import Proved, Undecided
from theorems.vocabulary import V, each, k, n, p, total

x, y, c = sp.symbols("x y c", real=True)
a, f, g = sp.IndexedBase("a"), sp.Function("f"), sp.Function("g")
X, Y = (Random(name, real=True) for name in "XY")
N = Random("N", integer=True)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(7, 3)


def exhibited(then, by=(), law=(), **values):
    return lambda d: d.step("exhibit", then, by, values=values, law=law)


def limited(then, by=()):
    return lambda d: d.limit(then, by)


def reciprocal_of_every_integer(d):
    """1/k has a value for the k of the facts, not for every index of the family that is defined by it."""
    named = d.step("define", ForAll((k,), (), eq(a[k], 1 / k)), ["k"])
    some = d.for_all((n,), {}, lambda s: s.exhibit(Exists((y,), (), eq(y * n, 1)), [s.rewrite(eq(n * a[n], 1), using=[at(named, k=n)])], y=a[n]))
    d.restate(Exists((y,), (), eq(0, 1)), [at(some, n=0)])


def share_of_every_integer(d):
    named = d.step("define", ForAll((k,), (), eq(a[k], k / x)), ["x"])
    d.exhibit(Exists((y,), (), eq(y * x, n)), [d.rewrite(eq(a[n] * x, n), ["x"], using=[at(named, k=n)])], y=a[n])


def no_spread(d):
    """A law of X alone, under which the expectation of another name was written out as that name."""
    square = eq(E(Y**2), E(Y) ** 2)
    some = d.step("exhibit", Exists((X,), (), square), values={}, law=((1, {"X": 0}),))
    d.step("obtain", square, [some], parts=(d.part((X,), {"of": square}, lambda s: s.restate(square, ["of"])),))


def one_outcome_averaged(d):
    def body(s):
        s.step("expect", ge(E(Y), E(sp.Integer(5))), [s.for_all((X,), {}, lambda t: t.restate(ge(Y, 5), ["y"]))])
        s.restate(ge(Y, 5), ["y"])

    d.for_all((Y,), {"y": ge(Y, 5)}, body)


BELOW, FIVE, ROUGHLY = each(lambda s: ge(p[s], 0)), eq(total(lambda s: p[s], V, k), 5), sp.Float("0.1")
SPREAD = lt(E(a[1]) ** 2, E(a[1] ** 2))
TWINS = sp.Dummy("k", integer=True), sp.Dummy("k", integer=True)
FALSE = {
    "entries beyond those exhibited": ({"a": BELOW, "V": ge(V, 1)}, Exists((p,), (eq(p[1], -1),), BELOW), exhibited(
        Exists((p,), (eq(p[1], -1),), BELOW), ["a", "V"], p=(-1,))),
    "a sum beyond the entries exhibited": ({"a": FIVE, "V": eq(V, 1)}, Exists((p,), (eq(p[1], -1),), FIVE), exhibited(
        Exists((p,), (eq(p[1], -1),), FIVE), ["a", "V"], p=(-1,))),
    "a law that leaves a name out": ({}, eq(E(Y**2), E(Y) ** 2), no_spread),
    "a law with random values": ({}, Exists((X,), (), eq(E(X), Y)), exhibited(Exists((X,), (), eq(E(X), Y)), law=((1, {"X": Y}),))),
    "a number that is random": ({"s": lt(E(Y) ** 2, E(Y**2))}, Exists((a,), (), SPREAD), exhibited(Exists((a,), (), SPREAD), ["s"], a=(Y,))),
    "a family with gaps": ({"k": ne(k, 0)}, Exists((y,), (), eq(0, 1)), reciprocal_of_every_integer),
    "one outcome, averaged": ({}, ForAll((Y,), (ge(Y, 5),), ge(Y, 5)), one_outcome_averaged),
    "smooth at a function of a name": ({"s": Named("smooth", g(x**2))}, eq(sp.Derivative(g(x) ** 2, x), 2 * g(x) * sp.Derivative(g(x), x)), lambda d: d.derivative(
        eq(sp.Derivative(g(x) ** 2, x), 2 * g(x) * sp.Derivative(g(x), x)), ["s"])),
    "smooth, of an unknown function": ({"s": Named("smooth", g(x))}, Named("smooth", f(x)), lambda d: d.step("smooth", Named("smooth", f(x)), ["s"])),
    "smooth, of a modulus": ({"s": Named("smooth", g(x))}, Named("smooth", g(sp.Abs(x))), lambda d: d.step("smooth", Named("smooth", g(sp.Abs(x))), ["s"])),
    "smooth, once for all shifts": ({"s": Named("smooth", g(n, x))}, eq(sp.Derivative(g(n, x) ** 2, x), 2 * g(n, x) * sp.Derivative(g(n, x), x)), lambda d: d.derivative(
        eq(sp.Derivative(g(n, x) ** 2, x), 2 * g(n, x) * sp.Derivative(g(n, x), x)), [d.step("smooth", Named("smooth", f(n + 1, x)), ["s"])])),
    "the slope of a mean in what it averages": ({}, eq(sp.Derivative(E(X**2), X), E(2 * X)), lambda d: d.derivative(eq(sp.Derivative(E(X**2), X), E(2 * X)))),
    "an integral across a pole has no value": ({}, Exists((y,), (), eq(y, sp.Integral(1 / c, (c, 0, 1)))), exhibited(
        Exists((y,), (), eq(y, sp.Integral(1 / c, (c, 0, 1)))), y=sp.Integral(1 / c, (c, 0, 1)))),
    "a slope at a kink has no value": ({}, Exists((y,), (), eq(y, sp.Derivative(sp.Abs(x), x))), exhibited(
        Exists((y,), (), eq(y, sp.Derivative(sp.Abs(x), x))), y=sp.Derivative(sp.Abs(x), x))),
    "independence of a square": ({"i": Named("independent", X**2, Y)}, eq(E(X * Y), E(X) * E(Y)), lambda d: d.rewrite(eq(E(X * Y), E(X) * E(Y)), ["i"])),
    "a disjunction with a part without a value": ({}, Any_(eq(1, 1), ge(1 / x, 0)), lambda d: d.step("either", Any_(eq(1, 1), ge(1 / x, 0)), [d.sign(eq(1, 1))])),
    "a limit but for one parameter": ({}, Tends(1 / (1 + (c - THIRD) ** 2 * x), x, sp.oo, 0), limited(Tends(1 / (1 + (c - THIRD) ** 2 * x), x, sp.oo, 0))),
    "a ratio but for one parameter": ({"c": gt(c, 0)}, Tends((c * x - x + x**2) / (c * x - x + 2 * x**2), x, 0, 1), limited(
        Tends((c * x - x + x**2) / (c * x - x + 2 * x**2), x, 0, 1), ["c"])),
    "a limit along the integers": ({}, Tends(sp.cos(2 * sp.pi * x), x, sp.oo, 1), limited(Tends(sp.cos(2 * sp.pi * x), x, sp.oo, 1))),
    "a limit from the other side": ({}, Tends(x * sp.log(x), x, 0, 0, "-"), limited(Tends(x * sp.log(x), x, 0, 0, "-"))),
    "a limit of unknown sign": ({}, Tends(sp.exp(c * x), x, sp.oo, 0), limited(Tends(sp.exp(c * x), x, sp.oo, 0))),
}
SERIES = Tends((sp.exp(c * x) - 1 - c * x) / x**2, x, 0, c**2 / 2)
ROOT = Tends((1 + x) ** c - 1, x, 0, 0)
TRUE = {
    "entries that are all exhibited": ({}, Exists((p,), (eq(p[1], 1),), each(lambda s: ge(p[s], 0), 2)), exhibited(
        Exists((p,), (eq(p[1], 1),), each(lambda s: ge(p[s], 0), 2)), p=(1, 2))),
    "a law": ({}, Exists((X,), (eq(E(X), 0),), eq(E(X**2), 1)), exhibited(Exists((X,), (eq(E(X), 0),), eq(E(X**2), 1)), law=((HALF, {"X": 1}), (HALF, {"X": -1})))),
    "a family that is defined everywhere": ({"x": ne(x, 0)}, Exists((y,), (), eq(y * x, n)), share_of_every_integer),
    "a smooth function": ({"s": Named("smooth", g(y))}, eq(sp.Derivative(g(x) ** 2, x), 2 * g(x) * sp.Derivative(g(x), x)), lambda d: d.derivative(
        eq(sp.Derivative(g(x) ** 2, x), 2 * g(x) * sp.Derivative(g(x), x)), ["s"])),
    "a smooth member of a family": ({"s": Named("smooth", g(n, x))}, Named("smooth", g(n + 1, y)), lambda d: d.step("smooth", Named("smooth", g(n + 1, y)), ["s"])),
    "an integral of a continuous function": ({}, Exists((y,), (), eq(y, sp.Integral(c**2, (c, 0, 1)))), exhibited(
        Exists((y,), (), eq(y, sp.Integral(c**2, (c, 0, 1)))), y=sp.Integral(c**2, (c, 0, 1)))),
    "a ratio for every allowed parameter": ({"c": gt(c, 1)}, Tends((c * x - x + x**2) / (c * x - x + 2 * x**2), x, 0, 1), limited(
        Tends((c * x - x + x**2) / (c * x - x + 2 * x**2), x, 0, 1), ["c"])),
    "a second-order limit": ({}, SERIES, limited(SERIES)),
    "a power with a parameter": ({}, ROOT, limited(ROOT)),
    "a decay": ({"c": gt(c, 0)}, Tends(x**2 * sp.exp(-c * x), x, sp.oo, 0), limited(Tends(x**2 * sp.exp(-c * x), x, sp.oo, 0), ["c"])),
    "a logarithm that grows": ({"c": gt(c, 0)}, Tends(c * sp.log(1 / x) + x, x, 0, sp.oo), limited(Tends(c * sp.log(1 / x) + x, x, 0, sp.oo), ["c"])),
    "a limit at a point": ({}, Tends((x**2 - 1) / (x - 1), x, 1, 2, "-"), limited(Tends((x**2 - 1) / (x - 1), x, 1, 2, "-"))),
}
REFUSED = {
    "a rounded number": ({}, eq(ROUGHLY, ROUGHLY), lambda d: d.rewrite(eq(ROUGHLY, ROUGHLY))),
    "a rounded number put in": ({"a": ForAll((x,), (), lt(x, x + 1))}, lt(0, 1), lambda d: d.step("restate", lt(0, 1), [At("a", (("x", ROUGHLY),))])),
    "symbols that share a name": ({}, eq(sp.Sum(TWINS[0], (TWINS[1], 1, 2)), 2 * TWINS[0]), lambda d: d.step("count", eq(sp.Sum(TWINS[0], (TWINS[1], 1, 2)), 2 * TWINS[0]))),
    "a function with a sign": ({}, ge(sp.Function("f", extended_nonnegative=True)(x), 0), lambda d: d.sign(ge(x**2, 0))),
    "a sum over a random name": ({}, eq(sp.Sum(N, (N, 1, 2)), 3), lambda d: d.rewrite(eq(sp.Sum(N, (N, 1, 2)), 3))),
    "data with a sign": ({"a": le(0, x)}, le(0, x), lambda d: d.combine(le(0, x), {"a": sp.Symbol("w", positive=True)})),
}


@pytest.mark.parametrize("name", FALSE)
def test_falsehood_is_not_proved(name):
    assert isinstance(verdict(*FALSE[name]), Undecided)


@pytest.mark.parametrize("name", TRUE)
def test_truth_is_proved(name):
    assert isinstance(verdict(*TRUE[name]), Proved)


@pytest.mark.parametrize("name", REFUSED)
def test_a_statement_with_a_hidden_assumption_is_refused(name):
    with pytest.raises(OverproofError):
        verdict(*REFUSED[name])
