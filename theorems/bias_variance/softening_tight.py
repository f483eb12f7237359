"""The constants 1/8 and 1/4 of bv:softening-bias are best: two classes with log-ratio x, x -> 0+ (SKD (i)).

For p = (1, exp(-x))/(1 + exp(-x)) one has R = x, and KL(p, power_T p) / ((1 - 1/T)^2 x^2/8) and
TV(p, power_T p) / (|1 - 1/T| x/4) both tend to 1, for every T > 0 other than 1.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Tends, eq, gt, lt, ne
from theorems.vocabulary import T

x = sp.Symbol("x", real=True)
BELOW, SOFT = 1 + sp.exp(-x), 1 + sp.exp(-x / T)
P = (1 / BELOW, sp.exp(-x) / BELOW)
POWERS = tuple(a ** (1 / T) for a in P)
Q = tuple(a / sp.Add(*POWERS) for a in POWERS)
KL = sp.Add(*(a * (sp.log(a) - sp.log(b)) for a, b in zip(P, Q, strict=True)))
TV = P[0] - Q[0]
KL_CLOSED = sp.log(SOFT) - sp.log(BELOW) - (1 - 1 / T) * x * P[1]
TV_CLOSED = 1 / BELOW - 1 / SOFT
KL_EQUAL = ForAll((x,), (), eq(KL, KL_CLOSED))
TV_EQUAL = ForAll((x,), (), eq(TV, TV_CLOSED))
KL_LIMIT = Tends(KL_CLOSED / ((1 - 1 / T) ** 2 * x**2 / 8), x, 0, 1)
TV_LIMIT = Tends(TV_CLOSED / ((1 - 1 / T) * x / 4), x, 0, 1)


def derive(d: Derivation) -> None:
    def closed(s: Derivation, left: sp.Expr, right: sp.Expr) -> None:
        one, other = s.sign(gt(BELOW, 0)), s.sign(gt(SOFT, 0), ["T"])
        first, second = s.sign(gt(P[0], 0), [one]), s.sign(gt(P[1], 0), [one])
        s.rewrite(eq(left, right), [one, other, first, second, "T"])

    def sides(s: Derivation, way: str) -> None:
        if way == "same":
            none = s.transfer(ne(1, 1), "other", [way])
            s.contradiction(ne(1 - 1 / T, 0), lambda t: t.restate(ne(1, 1), [none]), ["T"])
            return
        first, second = (T, sp.Integer(1)) if way == "less" else (sp.Integer(1), T)
        share = s.sign(gt(1 / T, 0), ["T"])
        s.sign(ne(1 - 1 / T, 0), [s.combine(gt((second - first) / T, 0), {way: 1 / T}, [share, "T"]), "T"])

    equal = [d.for_all((x,), {}, lambda s, pair=pair: closed(s, *pair)) for pair in ((KL, KL_CLOSED), (TV, TV_CLOSED))]
    apart = d.cases(ne(1 - 1 / T, 0), {"less": lt(T, 1), "same": eq(T, 1), "more": gt(T, 1)}, sides, ["T"])
    limits = [d.limit(then, ["T", apart]) for then in (KL_LIMIT, TV_LIMIT)]
    d.restate(All(KL_EQUAL, KL_LIMIT, TV_EQUAL, TV_LIMIT), [*equal, *limits])


def sample(draw: Draw) -> Sample:
    return Sample({"T": draw.rational("1/4", 6)})


CLAIM = Entry(
    Claim("bv:softening-bias/tight", "The constants of softening are best", Source("SKD", "abstract (i)"), "ours", "tight",
          (("T", gt(T, 0)), ("other", ne(T, 1))), All(KL_EQUAL, KL_LIMIT, TV_EQUAL, TV_LIMIT)),
    derive, sample,
)
