"""The decompositions hold at the target q = F_T(p) of every operator F, at every T and p: no axiom is used (SKD (i)).

F is any function of index, temperature and teacher output: it need not rank, be continuous, raise entropy, or be
the identity at T = 1.  The squared loss needs nothing at all; the KL losses need what KL itself needs, that the target
is a positive law.  Whatever depends on the operator sits in the bias term alone.
"""

from typing import Any

import sympy as sp

from theorems.bias_variance._random import S, bias, outcomes, risk, surely_positive, variance
from theorems.bias_variance.divergences import CENTRE, CROSS, POSITIVE, REVERSE, VARIANCE
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge
from theorems.terms import E, substitute
from theorems.vocabulary import T, V, k, kl, p, total

F = sp.Function("F")


def target(index: Any) -> sp.Expr:
    """F_T(p)."""
    return F(index, T, p)


AT = {"t": sp.Lambda((k,), target(k))}
SQUARED = eq(risk(S, target), bias(S, target) + variance(S))
FORWARD = eq(E(kl(target, S)), kl(target, CENTRE) + E(kl(CENTRE, S)))
BACKWARD = substitute(REVERSE, AT)
SURE, FULL, ONE, SIZE = surely_positive(S), substitute(POSITIVE, AT), eq(total(target), 1), ge(V, 1)
CONCLUSION = All(SQUARED, ForAll((), (SURE, FULL), BACKWARD), ForAll((), (SIZE, SURE, ONE, FULL), FORWARD))


def derive(d: Derivation) -> None:
    squared = d.rewrite(SQUARED, because="linearity of E; F_T(p) is a constant")
    backward = d.for_all((), {"sure": SURE, "full": FULL}, lambda s: s.use("bv:reverse-kl", BACKWARD, ["sure", "full"], **AT))

    def forward(s: Derivation) -> None:
        implied: Proposition = ForAll((), (FULL,), FORWARD)
        both = s.use("bv:kl", All(substitute(CROSS, AT), VARIANCE, implied), ["size", "sure", "one"], **AT)
        s.restate(FORWARD, [at(s.restate(implied, [both])), "full"])

    d.restate(CONCLUSION, [squared, backward, d.for_all((), {"size": SIZE, "sure": SURE, "one": ONE, "full": FULL}, forward)])


def sample(draw: Draw) -> Sample:
    size, (j, a) = draw.integer(1, 4), sp.symbols("j a", real=True)
    x = sp.IndexedBase("x")
    shape = sp.Lambda((j, a, x), draw.rational("1/2", 1) * x[j] + (a**2 + j) / 9) if draw.integer(0, 1) else sp.Lambda((j, a, x), x[j])
    return Sample({"V": size, "T": draw.rational(-2, 3), "p": draw.law(size), "F": shape}, outcomes(draw, S=lambda: draw.law(size)))


CLAIM = Entry(
    Claim("bv:operator-agnostic", "The decompositions use no axiom", Source("SKD", "abstract (i)"), "ours", "identity", (), CONCLUSION,
          uses=("bv:kl", "bv:reverse-kl"), note="holds for every target; no axiom, continuity or normalisation of the operator is used"),
    derive, sample,
)
