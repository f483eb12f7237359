"""Bias and variance of the two KL losses, for every finite law of a surely positive random S and every V (SKD (i)).

Forward: with the centre c proportional to exp E log S, E KL(t, S) = KL(t, c) + E KL(c, S) and
E KL(c, S) = -log sum_i exp E log S_i (Heskes 1998).  For a law t with zeros the same with cross-entropies.
Reverse: E KL(S, t) = KL(ES, t) + E KL(S, ES); S and t need not even sum to 1.  An S with zeros on classes of positive
mean (classes of mean 0 contribute nothing): the same for whatever value h(S_i) is given to S_i log S_i.
"""

import sympy as sp

from theorems.bias_variance._random import S, implies, mean, outcomes, surely_positive
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, eq, ge, gt, le
from theorems.terms import E, RandomFamily
from theorems.vocabulary import V, each, i, kl, t, total

LOG_MEAN = lambda a: E(sp.log(S[a]))  # noqa: E731
TOTAL = total(lambda a: sp.exp(LOG_MEAN(a)), V, sp.Symbol("l", integer=True))
CENTRE = lambda a: sp.exp(LOG_MEAN(a)) / TOTAL  # noqa: E731
VARIANCE = eq(E(kl(CENTRE, S)), -sp.log(TOTAL))
CROSS = eq(E(total(lambda a: -t[a] * sp.log(S[a]))), total(lambda a: -t[a] * sp.log(CENTRE(a))) + E(kl(CENTRE, S)))
FORWARD = eq(E(kl(t, S)), kl(t, CENTRE) + E(kl(CENTRE, S)))
POSITIVE = each(lambda a: gt(t[a], 0))
REVERSE = eq(E(kl(S, t)), kl(mean(S), t) + E(kl(S, mean(S))))
R = RandomFamily("R")
h = sp.Function("h")
CONVENTION = lambda target: total(lambda a: h(S[a]) - S[a] * sp.log(target(a)))  # noqa: E731
ZEROS = eq(E(CONVENTION(lambda a: t[a])), kl(mean(S), t) + E(CONVENTION(mean(S))))




def forward(d: Derivation) -> None:
    weight = d.sign(gt(TOTAL, 0), ["V", "S"])
    one = d.rewrite(eq(total(CENTRE), 1), ["V", "S", weight])
    spread = d.rewrite(eq(E(kl(CENTRE, S)), -sp.log(TOTAL) * total(CENTRE)), ["S", "V", weight], because="log c_i - E log S_i is constant")
    spread = d.transfer(VARIANCE, spread, [one, "V", "S", weight])
    target = d.restate(eq(total(lambda a: t[a]), 1), ["t"])
    crossed = d.rewrite(eq(E(total(lambda a: -t[a] * sp.log(S[a]))), total(lambda a: -t[a] * sp.log(CENTRE(a))) - sp.log(TOTAL) * total(lambda a: t[a])),
                        ["S", "V", weight], because="log S_i has the mean log c_i + log of the normaliser")
    crossed = d.transfer(CROSS, crossed, [target, spread, "V", "S"])

    def divergence(s: Derivation) -> None:
        s.combine(FORWARD, {crossed: 1}, ["t_positive", "S", "V", weight], because="both sides gain sum t log t")

    whole = d.for_all((), {"t_positive": POSITIVE}, divergence)
    d.restate(All(CROSS, VARIANCE, implies(POSITIVE, FORWARD)), [crossed, spread, whole])


def positive_mean(d: Derivation) -> str:
    """A surely positive entry has a positive mean."""
    def positive(s: Derivation) -> None:
        entry = s.for_all((R,), {"sure": each(lambda a: gt(R[a], 0))}, lambda inner: inner.sign(gt(R[i], 0), ["sure", "low", "high"]))
        entry = s.restate(ForAll((S,), (each(lambda a: gt(S[a], 0)),), gt(S[i], 0)), [entry])
        s.step("expect", gt(E(S[i]), 0), [entry, "S"])

    return d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, positive, because="a surely positive entry has a positive mean")


def reverse(d: Derivation) -> None:
    d.rewrite(REVERSE, ["S", "t", positive_mean(d)], because="the mean of S log ES is ES log ES")


def zeros(d: Derivation) -> None:
    d.rewrite(ZEROS, ["mean", "t"], because="the mean of S log ES is ES log ES; h(S) stands on both sides")


def case(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "t": draw.law(size, zeros=draw.integer(0, 1) == 1)}, outcomes(draw, S=lambda: draw.law(size)))


def case_with_zeros(draw: Draw) -> Sample:
    size, x = draw.integer(1, 4), sp.Symbol("x", real=True)
    law = outcomes(draw, S=lambda: draw.law(size, zeros=True))
    return Sample({"V": size, "t": draw.law(size), "h": sp.Lambda((x,), x**2 + draw.rational(-1, 1))}, law)


SOURCE = Source("SKD", "abstract (i)")
CLAIMS = (
    Entry(Claim("bv:kl", "Bias and variance of the KL loss", SOURCE, "ours", "identity",
                (("V", ge(V, 1)), ("S", surely_positive(S)), ("t", eq(total(lambda a: t[a]), 1))),
                All(CROSS, VARIANCE, implies(POSITIVE, FORWARD))), forward, case),
    Entry(Claim("bv:reverse-kl", "Bias and variance of the reverse KL loss", SOURCE, "ours", "identity",
                (("S", surely_positive(S)), ("t", POSITIVE)), REVERSE), reverse, case),
    Entry(Claim("bv:reverse-kl/zeros", "The reverse KL loss of outputs with zeros", SOURCE, "ours", "identity",
                (("mean", each(lambda a: gt(mean(S)(a), 0))), ("t", POSITIVE)), ZEROS), zeros, case_with_zeros),
)
