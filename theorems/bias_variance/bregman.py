"""Bias and variance for a general Bregman divergence D(a, b) = phi(a) - phi(b) - <g(b), a - b>, all V (SKD (i)).

Random first argument, m = ES: E D(S, t) = D(m, t) + E D(S, m).  Random second argument, with a dual centre c, that is
g(c) = E g(S) up to a constant kappa, and sum t = sum c (kappa = 0 does without): E D(t, S) = D(t, c) + E D(c, S).
phi is any function of a vector and g any field; convexity and g = grad phi make D a divergence but are not used.
The squared, KL and reverse KL decompositions are the cases phi = sum x^2 and phi = sum x log x.
"""

import sympy as sp

from theorems.bias_variance._random import S, outcomes
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, le
from theorems.terms import E
from theorems.vocabulary import V, each, i, k, t, total

phi, g = sp.Function("phi"), sp.Function("g")
m, c, x = (sp.IndexedBase(name) for name in "mcx")
kappa = sp.Symbol("kappa", real=True)


def bregman(first: sp.IndexedBase, second: sp.IndexedBase) -> sp.Expr:
    """D(first, second)."""
    return phi(first) - phi(second) - total(lambda a: g(a, second) * (first[a] - second[a]))


FIRST = eq(E(bregman(S, t)), bregman(m, t) + E(bregman(S, m)))
SECOND = eq(E(bregman(t, S)), bregman(t, c) + E(bregman(c, S)))
MEAN = ("mean", each(lambda a: eq(m[a], E(S[a]))))
CENTRE = ("centre", each(lambda a: eq(g(a, c), E(g(a, S)) + kappa)))
SUMS = ("sums", eq(kappa * total(lambda a: t[a]), kappa * total(lambda a: c[a])))
RANGE = {"low": le(1, i), "high": le(i, V)}


def first(d: Derivation) -> None:
    rest = d.for_all((i,), RANGE, lambda s: s.rewrite(eq((g(i, m) - g(i, t)) * (E(S[i]) - m[i]), 0), ["low", "high"], using=[at("mean", i=i)]))
    rest = d.step("termwise", eq(total(lambda a: (g(a, m) - g(a, t)) * (E(S[a]) - m[a])), total(lambda a: sp.Integer(0))), [rest], range=(1, V))
    d.combine(FIRST, {rest: 1})


def second(d: Derivation) -> None:
    rest = d.for_all((i,), RANGE, lambda s: s.rewrite(eq((E(g(i, S)) - g(i, c) + kappa) * (t[i] - c[i]), 0), ["low", "high"], using=[at("centre", i=i)]))
    rest = d.step("termwise", eq(total(lambda a: (E(g(a, S)) - g(a, c) + kappa) * (t[a] - c[a])), total(lambda a: sp.Integer(0))), [rest], range=(1, V))
    d.combine(SECOND, {rest: -1, "sums": 1})


def both(d: Derivation) -> None:
    one = d.use("bv:bregman/first", FIRST, ["mean"])
    other = d.use("bv:bregman/second", SECOND, ["centre", "sums"])
    d.restate(All(FIRST, SECOND), [one, other])


def sample(draw: Draw) -> Sample:
    """phi = sum x^4 with its gradient 4 x^3, or any other field for the first argument; c is found by a cube root."""
    size, weight = draw.integer(1, 3), draw.rational(0, 2)
    field = sp.Lambda((k, x), weight * x[k] + k)
    law = outcomes(draw, S=lambda: draw.family(size, -1, 1))
    mean = tuple(sum(w * values["S"][a] for w, values in law) for a in range(size))
    shift = draw.rational(-1, 1) if draw.integer(0, 1) else sp.Integer(0)
    centre = tuple(a + (shift / weight if weight else 0) for a in mean)
    target = draw.family(size, -1, 1)
    target = (sum(centre) - sum(target[1:]), *target[1:]) if shift else target
    body = sp.Lambda((x,), total(lambda a: x[a] ** 3 - x[a]))
    return Sample({"V": size, "t": target, "m": mean, "c": centre, "kappa": shift, "phi": body, "g": field}, law)


SOURCE = Source("SKD", "abstract (i)")
CLAIMS = (
    Entry(Claim("bv:bregman/first", "Bregman loss with a random first argument", SOURCE, "ours", "identity", (MEAN,), FIRST), first, sample),
    Entry(Claim("bv:bregman/second", "Bregman loss with a random second argument", SOURCE, "ours", "identity", (CENTRE, SUMS), SECOND), second, sample),
    Entry(Claim("bv:bregman", "Bias and variance of Bregman losses", SOURCE, "ours", "identity", (MEAN, CENTRE, SUMS), All(FIRST, SECOND),
                uses=("bv:bregman/first", "bv:bregman/second")), both, sample),
)
