"""Cost of the search for represented clauses, level by level, for all depths r >= 1: polynomial in d, 2^r, tau, B.

N_k candidates of size k are probed, K_k of them are kept, on P_k sets of variables; the empty clause is the one candidate of size 0.
A set of k variables carries at most 2^k clauses, and a clause has at most 2 d extensions by one literal.  Set a of level k is kept because
one of its clauses h_(k,a), with signs z_(k,a), has a probe w_(k,a), |w_(k,a)| <= tau, with root-mean-square error at most s 2^(-k), 0 <= s < 1, on
one representation phi of mean square at most B^2, for all levels the same.  Inputs are the d fair bits of `tree:clause-count`, which bounds P_k by tau^2 B^2 / (2^(-k) - s 2^(-k))^2.  Then level k + 1 has at most 2 d 8^k tau^2 B^2 / (1 - s)^2 candidates, and all levels
together 1 + 2 d + 2 d tau^2 B^2 (8^r - 8) / (7 (1 - s)^2).
"""

from itertools import combinations

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, eq, ge, le, lt
from theorems.terms import RandomFamily, substitute
from theorems.trees import clause_count, cube
from theorems.trees._counting import B, passing, tau
from theorems.trees.cube import a, d, i
from theorems.vocabulary import k, total

r = sp.Symbol("r", integer=True)
s = sp.Symbol("s", real=True)
N, K = sp.IndexedBase("N"), sp.IndexedBase("K")
P = sp.IndexedBase(sp.Symbol("P", integer=True))
c, h = RandomFamily("c"), RandomFamily("h")
J, w, v, z = (sp.IndexedBase(name) for name in "Jwvz")
BELOW = (le(1, k), le(k, r - 1))
UNIT = 2 * d * tau**2 * B**2 / (1 - s) ** 2
EIGHTS = (sp.Integer(8) ** r - 8) / 7
LEVEL = ForAll((k,), BELOW, le(N[k + 1], UNIT * sp.Integer(8) ** k))
TOTAL = le(1 + total(lambda b: N[b], r, k), 1 + 2 * d + UNIT * EIGHTS)
CONCLUSION = All(LEVEL, TOTAL)
AT_LEVEL = {"N": P[k], "n": k, "eta": s / sp.Integer(2) ** k, "v": sp.Lambda(a, v[k, a]),
            **{own: sp.Lambda((a, i), family[k, a, i]) for own, family in {"c": c, "h": h, "J": J, "s": z, "w": w}.items()}}
PROBED = {name: substitute(hypothesis, AT_LEVEL) for name, hypothesis in clause_count.HYPOTHESES}
ONCE, SHOWN = ("squares", "tau", "energy"), ("bits", "eta", "small")
LEVELS = tuple(name for name in PROBED if name not in (*ONCE, *SHOWN))
HYPOTHESES = (
    ("bits", ge(d, 1)), ("depth", ge(r, 1)), ("noisy", ge(s, 0)), ("slack", lt(s, 1)), ("first", le(N[1], 2 * d)),
    ("extensions", ForAll((k,), BELOW, le(N[k + 1], 2 * d * K[k]))),
    ("carried", ForAll((k,), BELOW, le(K[k], sp.Integer(2) ** k * P[k]))),
    *((name, PROBED[name]) for name in ONCE), *((name, ForAll((k,), BELOW, PROBED[name])) for name in LEVELS),
)


def derive(p: Derivation) -> None:
    def level(q: Derivation) -> None:
        probed = [q.restate(PROBED[name], [at(name, k=k), "low", "high"]) for name in LEVELS]
        shown = [q.sign(PROBED["bits"], ["bits"]), q.sign(PROBED["eta"], ["noisy"]), q.combine(PROBED["small"], {"slack": sp.Integer(2) ** -k})]
        sets = q.use("tree:clause-count", le(P[k], passing(k, AT_LEVEL["eta"])), [*probed, *shown, *ONCE], **AT_LEVEL)
        q.combine(le(N[k + 1], UNIT * sp.Integer(8) ** k),
                  {at("extensions", k=k): 1, at("carried", k=k): 2 * d, sets: 2 * d * sp.Integer(2) ** k}, ["low", "high", "bits", "slack"])

    levels = p.for_all((k,), {"low": le(1, k), "high": le(k, r - 1)}, level)
    above = p.step("termwise", le(total(lambda b: N[b + 1], r - 1, k), total(lambda b: UNIT * sp.Integer(8) ** b, r - 1, k)), [levels, "slack"], range=(1, r - 1))
    series = p.step("telescope", eq(total(lambda b: sp.Integer(8) ** b, r - 1, k), EIGHTS), ["depth"], of=sp.Lambda(k, sp.Integer(8) ** k / 7))
    cut = p.step("split", eq(total(lambda b: N[b], r, k), N[1] + sp.Sum(N[k], (k, 2, r))), ["depth"], at=1)
    moved = p.step("reindex", eq(sp.Sum(N[k], (k, 2, r)), total(lambda b: N[b + 1], r - 1, k)), [], shift=1)
    whole = p.combine(TOTAL, {cut: 1, moved: 1, "first": 1, above: 1, series: UNIT}, ["slack"])
    p.restate(CONCLUSION, [levels, whole])


def sample(draw: Draw) -> Sample:
    """Two or three fair bits; at each level some sets of variables, and one representation that holds a clause of each with a small error."""
    depth, bits = draw.integer(1, 3), draw.integer(2, 3)
    slack, scale = draw.rational(sp.Rational(1, 8), sp.Rational(7, 8)), draw.rational(1, 2)
    chosen = [list(combinations(range(bits), size))[: draw.integer(0, 2)] for size in range(1, depth)]
    levels = [cube.cube(bits, row, [tuple(1 - 2 * draw.integer(0, 1) for _ in own) for own in row]) for row in chosen]
    shift = [draw.family(len(row), -1, 1) for row in chosen]
    places = [(level, place) for level, row in enumerate(chosen) for place in range(len(row))]
    law = []
    for code in range(2**bits):
        outcomes = [outcome[code] for _, outcome in levels]
        held = tuple(scale * (outcomes[level]["h"][place][-1] - shift[level][place] + draw.rational(-1, 1) * slack / 2 ** (level + 1)) for level, place in places)
        law.append((sp.Rational(1, 2**bits), {"X": cube.point(bits, code), "phi": held, **{name: tuple(o[name] for o in outcomes) for name in "ch"}}))
    energy = sum((weight * sum(y**2 for y in outcome["phi"]) for weight, outcome in law), sp.Integer(0))
    weights = tuple(tuple(tuple(1 / scale if other == (level, place) else sp.Integer(0) for other in places) for place in range(len(row)))
                    for level, row in enumerate(chosen))
    kept = tuple(draw.rational(0, 1) * 2**size * len(row) for size, row in enumerate(chosen, 1))
    return Sample({"d": bits, "r": depth, "s": slack, "tau": 1 / scale, "B": sp.ceiling(sp.sqrt(energy)), "D": len(places),
                   "P": tuple(sp.Integer(len(row)) for row in chosen), "K": kept, "w": weights, "v": tuple(shift),
                   "J": tuple(values["J"] for values, _ in levels), "z": tuple(values["s"] for values, _ in levels),
                   "N": (draw.rational(0, 2 * bits), *(draw.rational(0, 1) * 2 * bits * clauses for clauses in kept))}, tuple(law))


CLAIM = Entry(
    Claim("tree:search-cost", "Cost of the search for clauses", Source("BA", "algorithm and its cost"), "ours", "upper", HYPOTHESES, CONCLUSION,
          uses=("tree:clause-count",)),
    derive, sample, quantities=(Quantity("candidates", "clauses probed at all levels at most", TOTAL.right),),
)
