"""When the student beats its teacher: both biases against the truth p give an exact equivalence (SKD (i), repaired).

E|S - p|^2 < E|K - p|^2 exactly when Var K - Var S > |ES - p|^2 - |EK - p|^2; the two gaps are in fact equal.
Against the softened target q the student's bias is |ES - p|^2 = |ES - q|^2 + 2 <ES - q, q - p> + |q - p|^2: the
criterion as stated drops the last two terms.
"""

import sympy as sp

from theorems.bias_variance._random import K, S, bias, implies, outcomes, risk, variance
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, gt, lt
from theorems.terms import E
from theorems.vocabulary import p, q, squared_distance, total

BEATS = lt(risk(S, p), risk(K, p))
STATED = gt(variance(K) - variance(S), bias(S, p) - bias(K, p))
GAP = eq(risk(K, p) - risk(S, p), variance(K) - variance(S) - (bias(S, p) - bias(K, p)))
DROPPED: sp.Expr = 2 * total(lambda a: (E(S[a]) - q[a]) * (q[a] - p[a])) + squared_distance(q, p)
CROSS = eq(bias(S, p), bias(S, q) + DROPPED)


def derive(d: Derivation) -> None:
    gap = d.rewrite(GAP, because="each risk is its variance plus its squared bias")
    wins = d.for_all((), {"stated": STATED}, lambda s: s.combine(BEATS, {"stated": 1, gap: -1}))
    back = d.for_all((), {"beats": BEATS}, lambda s: s.combine(STATED, {"beats": 1, gap: 1}))
    cross = d.rewrite(CROSS)
    d.restate(All(GAP, implies(STATED, BEATS), implies(BEATS, STATED), CROSS), [gap, wins, back, cross])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    law = outcomes(draw, S=lambda: draw.law(size, zeros=True), K=lambda: draw.law(size, zeros=True))
    return Sample({"V": size, "p": draw.law(size), "q": draw.law(size)}, law)


CLAIM = Entry(
    Claim("bv:criterion", "The exact criterion", Source("SKD", "abstract (i)"), "ours", "identity", (),
          All(GAP, implies(STATED, BEATS), implies(BEATS, STATED), CROSS)),
    derive, sample,
)
