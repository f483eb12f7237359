"""Attempts to prove falsehoods, each by abusing one rule, and the honest twin that the same rule accepts."""

import pytest
import sympy as sp

from numerics.engines import BallEngines
from theorems.claim import Claim, Source
from theorems.derivation import At, Derivation, at
from theorems.errors import OverproofError
from theorems.logic import Any_, Exists, ForAll, Named, Tends, eq, ge, gt, le, lt, ne
from theorems.proof import check_proof
from theorems.terms import E, Random, RandomFamily
from theorems.verdict import Proved, Undecided
from theorems.vocabulary import T, V, each, i, k, n, p, q, total

x, y, c = sp.symbols("x y c", real=True)
f, S = sp.Function("f"), RandomFamily("S")
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
def undefined_reciprocal(s):
    s.step("define", eq(c, 1 / x), name="named")
    s.exhibit(Exists((y,), (), eq(x * y, 1)), [s.rewrite(eq(x * c, 1), using=["named"])], y=c)


def reciprocal_of_zero(*, value):
    """Everything has a reciprocal, so 0 has one."""
    def derive(d):
        body = undefined_reciprocal if value is None else lambda s: s.exhibit(Exists((y,), (), eq(x * y, 1)), [], y=value)
        d.restate(Exists((y,), (), eq(0, 1)), [at(d.for_all((x,), {}, body), x=0)])

    return derive


def slope_at_integers(d):
    """n^3/3 - n^2/2 has slopes >= 0 at every integer and still falls from 0 to 1."""
    def slope(s):
        found = s.derivative(eq(sp.Derivative(n**3 / 3 - n**2 / 2, n), n**2 - n))
        s.transfer(ge(sp.Derivative(n**3 / 3 - n**2 / 2, n), 0), at("a", n=n), [found])

    d.monotone(le(0, -sp.Rational(1, 6)), d.for_all((n,), {}, slope), low=0, high=1)


def outcome_by_contradiction(d):
    def body(s):
        s.combine(eq(5, 3), {s.rewrite(eq(E(X), 3), using=["negated"]): 1, "a": -1})

    d.contradiction(ne(X, 3), body)


def captured_by_a_derivative(d):
    fact = d.for_all((y,), {}, lambda s: s.derivative(eq(sp.Derivative(y * x, x), y)))
    d.restate(eq(SQUARE, x), [at(fact, y=x)])


def constant_from_an_outcome(d):
    named = d.step("define", eq(c, X))
    d.transfer(eq(E(X), X), d.rewrite(eq(E(c), c)), [named])


ANY_SUM = lambda a: total(lambda b: p[a] * q[b], V, sp.Symbol("b", integer=True))  # noqa: E731
CAPTURED = eq(total(lambda a: ANY_SUM(a + 1) - ANY_SUM(a), i, k), total(lambda a: p[i + 1] * q[a]) - total(lambda a: p[1] * q[a]))
SQUARE = sp.Derivative(x * x, x, evaluate=False)
IMAGINARY = lt(x**2, 0)


def empty_sum(d):
    """1/V + ... + 1/V (V terms) is 1 for V >= 1, and 0 for V = 0, where 1/V has no value."""
    fact = d.for_all((n,), {"n": ge(n, 0)}, lambda s: s.step("count", eq(total(lambda a: 1 / n, n), 1), ["n"]))
    d.combine(eq(0, 1), {at(fact, n=0): 1}, [d.sign(ge(0, 0))])


def pulled_out(d):
    """1/V + ... + V/V = (1 + ... + V)/V has no right side for V = 0."""
    terms = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda s: s.rewrite(eq(i / V, i / V), [s.sign(gt(V, 0), ["low", "high"])]))
    apart = d.step("termwise", eq(total(lambda a: a / V), total(lambda a: a) / V), [terms], range=(1, V))
    closed = d.transfer(eq(total(lambda a: a / V), (V + 1) / 2), apart, ["gauss"])
    d.transfer(eq(0, sp.Rational(1, 2)), closed, ["none"])


RECIPROCALS, MOVED = total(lambda a: 1 / a, V, i, 0), total(lambda a: 1 / (a + 1), V - 1, i, -1)
FALSE = {
    "definition without a value": ({}, Exists((y,), (), eq(0, 1)), reciprocal_of_zero(value=None)),
    "definition of an integer": ({"a": ForAll((n,), (), ne(2 * n, 1))}, ne(1, 1), lambda d: d.transfer(
        ne(1, 1), at("a", n=k), [d.step("define", eq(k, sp.Rational(1, 2)))])),
    "exhibit without a value": ({}, Exists((y,), (), eq(0, 1)), reciprocal_of_zero(value=1 / x)),
    "instance without a value": ({"a": ForAll((x,), (), lt(x * y, 1))}, lt(1, 1), lambda d: d.restate(lt(1, 1), [at("a", x=1 / y)])),
    "family without a value": ({"a": ForAll((p,), (), lt(y * p[1], 1))}, lt(1, 1),
                               lambda d: d.restate(lt(1, 1), [at("a", p=sp.Lambda(k, 1 / y))])),
    "imaginary witness": ({}, Exists((x,), (), IMAGINARY), lambda d: d.exhibit(Exists((x,), (), IMAGINARY), x=sp.I)),
    "imaginary instance": ({"a": ForAll((x,), (), ge(x**2, 0))}, ge(-1, 0), lambda d: d.restate(ge(-1, 0), [at("a", x=sp.I)])),
    "infinite witness": ({}, Exists((x,), (), eq(x, x + 1)), lambda d: d.exhibit(Exists((x,), (), eq(x, x + 1)), x=sp.oo)),
    "function with gaps": ({}, Exists((y,), (), eq(y, sp.acos(x))), lambda d: d.exhibit(Exists((y,), (), eq(y, sp.acos(x))), y=sp.acos(x))),
    "slope at the integers only": ({"a": ForAll((n,), (), ge(n**2 - n, 0))}, le(0, -sp.Rational(1, 6)), slope_at_integers),
    "one outcome, assumed": ({"a": eq(E(X), 5)}, ne(X, 3), outcome_by_contradiction),
    "one outcome, as a hypothesis": ({"a": eq(X, 3)}, eq(E(X), 3), lambda d: d.rewrite(eq(E(X), 3), using=["a"])),
    "one outcome, named": ({}, eq(E(X), X), constant_from_an_outcome),
    "derivative captures an instance": ({}, eq(SQUARE, x), captured_by_a_derivative),
    "derivative captures an equation": ({"a": eq(f(x), 5)}, eq(sp.Derivative(f(x), x), sp.Derivative(5, x, evaluate=False)),
                                        lambda d: d.rewrite(eq(sp.Derivative(f(x), x), sp.Derivative(5, x, evaluate=False)), using=["a"])),
    "derivative captures an equal": ({"a": eq(y, x)}, eq(sp.Derivative(y * x, x), SQUARE), lambda d: d.sign(eq(sp.Derivative(y * x, x), SQUARE), ["a"])),
    "a sum captures an index": ({"a": ForAll((i,), (), ge(total(lambda a: q[a] * p[i], V, sp.Symbol("b", integer=True)), 7))},
                                ge(total(lambda a: q[a] * p[a]), 7), lambda d: d.sign(ge(total(lambda a: q[a] * p[a]), 7), ["a"])),
    "telescope captures an index": ({"a": le(1, i + 1)}, CAPTURED, lambda d: d.step(
        "telescope", CAPTURED, ["a"], of=sp.Lambda(k, total(lambda a: p[k] * q[a])))),
    "case without a value": ({}, Exists((y,), (), ge(y, 0)), lambda d: d.cases(
        Exists((y,), (), ge(y, 0)), {"a": ge(1 / x, 0), "b": lt(1 / x, 0)}, lambda s, way: s.exhibit(Exists((y,), (), ge(y, 0)), y=0))),
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
    "independence of entries": ({"a": Named("independent", S[1], S[2])}, eq(E(S[1] * S[1]), E(S[1]) ** 2), lambda d: d.rewrite(
        eq(E(S[1] * S[1]), E(S[1]) ** 2), ["a"])),
    "independence of every entry": ({"a": each(lambda a: Named("independent", S[a], X)), "V": ge(V, 2)}, eq(E(S[1] * S[2] * X), E(S[1] * S[2]) * E(X)),
                                    lambda d: d.rewrite(eq(E(S[1] * S[2] * X), E(S[1] * S[2]) * E(X)), [at("a", i=1), "V"])),
    "constant made random": ({}, eq(E(X), X), constant_made_random),
    "random name bound under an expectation": ({}, ForAll((X,), (), eq(E(X), E(X))),
                                               lambda d: d.for_all((X,), {}, lambda s: s.rewrite(eq(E(X), E(X))))),
    "real in place of an integer": ({"a": ForAll((n,), (le(0, n),), le(sp.sin(sp.pi * n), 0))}, le(sp.sin(sp.pi * x), 0),
                                    lambda d: d.restate(le(sp.sin(sp.pi * x), 0), [At("a", (("n", x),))])),
    "condition of an instance": ({"a": ForAll((x,), (gt(x, 0),), gt(c, x))}, gt(c, -1), lambda d: d.restate(gt(c, -1), [at("a", x=-1)])),
    "limit at an exceptional parameter": ({}, Tends(x / (x + c), x, 0, 0), lambda d: d.limit(Tends(x / (x + c), x, 0, 0))),
    "limit beyond an exceptional parameter": ({"a": gt(c, 0)}, Tends(x / (x + c - 1), x, 0, 0), lambda d: d.limit(Tends(x / (x + c - 1), x, 0, 0), ["a"])),
    "limit of an oscillation": ({}, Tends(sp.sin(x), x, sp.oo, 0), lambda d: d.limit(Tends(sp.sin(x), x, sp.oo, 0))),
    "cases that leave something out": ({}, ge(x**2, 0), lambda d: d.cases(ge(x**2, 0), {"a": gt(x, 0), "b": lt(x, 0)},
                                                                         lambda s, way: s.sign(ge(x**2, 0), [way]))),
    "reindex without a value": ({"V": ge(V, 0)}, eq(RECIPROCALS, MOVED), lambda d: d.step("reindex", eq(RECIPROCALS, MOVED), ["V"], shift=1)),
    "single without a value": ({}, eq(total(lambda a: 1 / x, 1), 1 / x), lambda d: d.step("single", eq(total(lambda a: 1 / x, 1), 1 / x))),
    "count without a value": ({}, eq(0, 1), empty_sum),
    "termwise without a value": ({"none": eq(V, 0), "gauss": eq(total(lambda a: a), V * (V + 1) / 2)}, eq(0, sp.Rational(1, 2)), pulled_out),
    "split without a value": ({"V": ge(V, 1)}, eq(RECIPROCALS, 1 / (x - x**2) + 0 * y), lambda d: d.step(
        "split", eq(RECIPROCALS, total(lambda a: 1 / a, 0, i, 0) + total(lambda a: 1 / a)), ["V"], at=0)),
    "a hypothesis on all random names and their means": (
        {"a": ForAll((X,), (), eq(E(X), X))}, eq(E(Y), Y), lambda d: d.restate(eq(E(Y), Y), [at("a", X=Y)])),
    "a hypothesis on some random name and its mean": (
        {"a": Exists((X,), (), gt(E(X), X))}, Exists((X,), (), gt(E(X), X)), lambda d: d.restate(Exists((X,), (), gt(E(X), X)), ["a"])),
    "a hypothesis on what holds surely of all": (
        {"a": ForAll((X,), (), Any_(Named("surely", ge(X, 0)), Named("surely", lt(X, 0))))}, Any_(Named("surely", ge(Y, 0)), Named("surely", lt(Y, 0))),
        lambda d: d.restate(Any_(Named("surely", ge(Y, 0)), Named("surely", lt(Y, 0))), [at("a", X=Y)])),
    "a hypothesis on what is independent of all": (
        {"a": ForAll((X,), (), Named("independent", X, Y))}, eq(E(X * Y), E(X) * E(Y)), lambda d: d.rewrite(eq(E(X * Y), E(X) * E(Y)), [at("a", X=X)])),
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
    "reindex with values": ({"V": ge(V, 0)}, eq(total(lambda a: 1 / (a + 1), V, i, 0), total(lambda a: 1 / a, V + 1)), lambda d: d.step(
        "reindex", eq(total(lambda a: 1 / (a + 1), V, i, 0), total(lambda a: 1 / a, V + 1)), ["V"], shift=-1)),
    "single with a value": ({"a": ne(x, 0)}, eq(total(lambda a: 1 / x, 1), 1 / x), lambda d: d.step("single", eq(total(lambda a: 1 / x, 1), 1 / x), ["a"])),
    "count with a value": ({"V": ge(V, 1)}, eq(total(lambda a: 1 / V), 1), lambda d: d.step("count", eq(total(lambda a: 1 / V), 1), ["V"])),
    "a hypothesis on all outcomes": ({"a": ForAll((X,), (), ge(f(X), 0))}, ge(f(y), 0), lambda d: d.restate(ge(f(y), 0), [at("a", X=y)])),
    "independence": ({"i": Named("independent", X, Y)}, eq(E((X - E(X)) * Y), 0), lambda d: d.rewrite(eq(E((X - E(X)) * Y), 0), ["i"])),
    "limit apart from the exception": ({"a": gt(c, 0)}, Tends(x / (x + c), x, 0, 0), lambda d: d.limit(Tends(x / (x + c), x, 0, 0), ["a"])),
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


@pytest.mark.parametrize("name", ["bound_0", "_b1"])
def test_a_name_of_the_kernel_is_refused(name):
    taken = sp.Symbol(name, integer=True)
    with pytest.raises(OverproofError, match="kept for the kernel"):
        verdict({"a": eq(x, taken)}, eq(total(lambda a: p[a] * x), total(lambda a: p[a] * a)),
                lambda d: d.rewrite(eq(total(lambda a: p[a] * x), total(lambda a: p[a] * a)), using=["a"]))


def test_a_fact_that_the_step_does_not_name_is_out_of_view():
    hypotheses = {"a": eq(x, y)}
    step = {"using": ("a",)}
    assert isinstance(verdict(hypotheses, eq(2 * x, 2 * y), lambda d: d.step("rewrite", eq(2 * x, 2 * y), ["a"], **step)), Proved)
    assert isinstance(verdict(hypotheses, eq(2 * x, 2 * y), lambda d: d.step("rewrite", eq(2 * x, 2 * y), [], **step)), Undecided)
