"""Cost of the search for represented clauses, level by level, for all depths r >= 1: polynomial in d, 2^r, tau, B.

N_k candidates of size k are probed, K_k of them are kept, on P_k sets of variables; the empty clause is the one candidate of size 0.
A set of k variables carries at most 2^k clauses, a clause has at most 2 d extensions by one literal, and at root-mean-square error
s 2^(-k), 0 <= s < 1, at most tau^2 B^2 / (2^(-k) - s 2^(-k))^2 sets pass (`tree:clause-count`).  Then level k + 1 has at most
2 d 8^k tau^2 B^2 / (1 - s)^2 candidates, and all levels together 1 + 2 d + 2 d tau^2 B^2 (8^r - 8) / (7 (1 - s)^2).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, eq, ge, le, lt
from theorems.trees._counting import B, passing, tau
from theorems.vocabulary import k, total

d, r = sp.symbols("d r", integer=True)
s = sp.Symbol("s", real=True)
N, K, P = (sp.IndexedBase(name) for name in "NKP")
BELOW = (le(1, k), le(k, r - 1))
UNIT = 2 * d * tau**2 * B**2 / (1 - s) ** 2
EIGHTS = (sp.Integer(8) ** r - 8) / 7
LEVEL = ForAll((k,), BELOW, le(N[k + 1], UNIT * sp.Integer(8) ** k))
TOTAL = le(1 + total(lambda a: N[a], r, k), 1 + 2 * d + UNIT * EIGHTS)
CONCLUSION = All(LEVEL, TOTAL)
HYPOTHESES = (
    ("bits", ge(d, 1)), ("depth", ge(r, 1)), ("slack", lt(s, 1)), ("first", le(N[1], 2 * d)),
    ("literals", ForAll((k,), BELOW, le(N[k + 1], 2 * d * K[k]))),
    ("signs", ForAll((k,), BELOW, le(K[k], sp.Integer(2) ** k * P[k]))),
    ("passing", ForAll((k,), BELOW, le(P[k], passing(k, s / sp.Integer(2) ** k)))),
)


def derive(p: Derivation) -> None:
    def level(q: Derivation) -> None:
        q.combine(le(N[k + 1], UNIT * sp.Integer(8) ** k),
                  {at("literals", k=k): 1, at("signs", k=k): 2 * d, at("passing", k=k): 2 * d * sp.Integer(2) ** k}, ["low", "high", "bits", "slack"])

    levels = p.for_all((k,), {"low": le(1, k), "high": le(k, r - 1)}, level)
    above = p.step("termwise", le(total(lambda a: N[a + 1], r - 1, k), total(lambda a: UNIT * sp.Integer(8) ** a, r - 1, k)), [levels, "slack"], range=(1, r - 1))
    series = p.step("telescope", eq(total(lambda a: sp.Integer(8) ** a, r - 1, k), EIGHTS), ["depth"], of=sp.Lambda(k, sp.Integer(8) ** k / 7))
    cut = p.step("split", eq(total(lambda a: N[a], r, k), N[1] + sp.Sum(N[k], (k, 2, r))), ["depth"], at=1)
    moved = p.step("reindex", eq(sp.Sum(N[k], (k, 2, r)), total(lambda a: N[a + 1], r - 1, k)), [], shift=1)
    whole = p.combine(TOTAL, {cut: 1, moved: 1, "first": 1, above: 1, series: UNIT}, ["slack"])
    p.restate(CONCLUSION, [levels, whole])


def sample(draw: Draw) -> Sample:
    depth, bits = draw.integer(1, 4), draw.integer(1, 5)
    bound, slack = draw.rational(1, 3), draw.rational(0, sp.Rational(7, 8))
    sets = tuple(draw.rational(0, 1) * (bound * 2**a / (1 - slack)) ** 2 for a in range(1, depth + 1))
    kept = tuple(draw.rational(0, 1) * 2**a * found for a, found in enumerate(sets, 1))
    return Sample({"d": bits, "r": depth, "s": slack, "tau": bound, "B": 1, "P": sets, "K": kept,
                   "N": (draw.rational(0, 2 * bits), *(draw.rational(0, 1) * 2 * bits * clauses for clauses in kept))})


CLAIM = Entry(
    Claim("tree:search-cost", "Cost of the search for clauses", Source("BA", "algorithm and its cost"), "ours", "upper", HYPOTHESES, CONCLUSION),
    derive, sample, quantities=(Quantity("candidates", "clauses probed at all levels at most", TOTAL.right),),
)
