"""The separable criterion, F_T(p)_i = w(p_i, T)/sum_j w(p_j, T), for positive laws p in falling order and all V.

w > 0 on (0, 1] and strictly rising in p at T and T2, log w(., T2) - log w(., T) not rising, w(x, 1) = c x: then F_T(p) is a positive law,
ranks as p does (A1), majorises F_T2(p), has at most its entropy (A3), and F_1(p) = p (A4).  For V >= 3 the last needs w(., 1)
linear (/identity-only-if).  Zeros are allowed in /ranking, /majorisation and /identity.  All this is sufficient only.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt, le, lt
from theorems.softening._separable import ORDERED, flattening, rising, separable, w, x, y
from theorems.softening.criterion import MAJORISATION, RANKING, below_one, positive_total, positive_weight, weak_law
from theorems.softening.identity import LINEAR, c
from theorems.vocabulary import T2, T, V, each, entropy, i, p, positive_law, sp, total

SPAN = {"low": le(1, i), "high": le(i, V)}
IDENTITY = each(lambda a: eq(separable(1)(a), p[a]))
CONCLUSION = All(positive_law(separable(T)), RANKING, MAJORISATION, ge(entropy(separable(T2)), entropy(separable(T))), IDENTITY)


def derive(d: Derivation) -> None:
    weak = weak_law(d)
    totals = {}
    for temperature, fact in ((T, "positive"), (T2, "positive2")):
        def weigh(s: Derivation, temperature: sp.Expr = temperature, fact: str = fact) -> None:
            inside = s.sign(gt(p[i], 0), ["p", "low", "high"])
            s.restate(gt(w(p[i], temperature), 0), [at(fact, x=p[i]), inside, below_one(s, i, "low", "high")])

        weights = d.for_all((i,), SPAN, weigh)
        totals[temperature] = (weights, d.sign(positive_total(temperature), [weights, "V"]))

    def entry(s: Derivation) -> None:
        weight = s.restate(gt(w(p[i], T), 0), [at(totals[T][0], i=i), "low", "high"])
        s.sign(gt(separable(T)(i), 0), [weight, totals[T][1]])

    entries = d.for_all((i,), SPAN, entry)
    sums = d.rewrite(eq(total(separable(T)), 1), [totals[T][1]])
    simplex = d.restate(positive_law(separable(T)), [entries, sums])
    ranking = d.use("op:separable-criterion/ranking", RANKING, [weak, totals[T][1], "rising"])
    spread = d.use("op:separable-criterion/majorisation", MAJORISATION, [weak, "ordered", totals[T][1], totals[T2][1], "flattening"])

    def level(s: Derivation) -> None:
        goal = le(w(x, T2), w(y, T2))

        def case(t: Derivation, way: str) -> None:
            if way == "apart":
                t.combine(goal, {t.restate(lt(w(x, T2), w(y, T2)), [at("rising2", x=x, y=y), "x", way, "y"]): 1})
            else:
                t.transfer(goal, t.sign(le(w(x, T2), w(x, T2)), []), [t.sign(eq(x, y), [way, "order"])])

        s.cases(goal, {"apart": lt(x, y), "equal": ge(x, y)}, case)

    weakly = d.for_all((x, y), {"x": le(0, x), "order": le(x, y), "y": le(y, 1)}, level)
    gain = d.use("op:separable-criterion/entropy", ge(entropy(separable(T2)), entropy(separable(T))),
                 ["V", "p", "ordered", totals[T][1], totals[T2][1], "positive", "positive2", weakly, "flattening"])
    identity = d.use("op:separable-criterion/identity", IDENTITY, [weak, "c", "linear"])
    d.restate(CONCLUSION, [simplex, ranking, spread, gain, identity])


def sample(draw: Draw) -> Sample:
    """Mixing-like weights x + T - 1, or 3 x/(1 + (T - 1) x), at T <= T2."""
    size, cold = draw.integer(1, 4), draw.rational(1, 4)
    weight = sp.Lambda((x, y), x + y - 1) if draw.integer(0, 1) else sp.Lambda((x, y), 3 * x / (1 + (y - 1) * x))
    return Sample({"V": size, "p": tuple(sorted(draw.law(size), reverse=True)), "T": cold, "T2": cold + draw.rational(0, 3), "w": weight,
                   "c": weight(1, 1)})


CLAIM = Entry(
    Claim("op:separable-criterion", "The separable criterion", Source("ours", "this project"), "ours", "implication",
          (("V", ge(V, 1)), ("p", positive_law(p)), ("ordered", ORDERED), ("positive", positive_weight(T)), ("positive2", positive_weight(T2)),
           ("rising", rising(T)), ("rising2", rising(T2)), ("flattening", flattening(T, T2)), ("c", gt(c, 0)), ("linear", LINEAR)), CONCLUSION,
          uses=("op:separable-criterion/ranking", "op:separable-criterion/majorisation", "op:separable-criterion/entropy",
                "op:separable-criterion/identity", "op:separable-criterion/identity-only-if")),
    derive, sample,
)
