"""The separable criterion: what a weight w(p, T) needs for ranking, majorisation, entropy and identity, for all V.

A weight that rises strictly gives A1; a ratio w(., T2)/w(., T) that does not rise gives majorisation, hence A3 and every
Schur-concave entropy; and for V >= 3, F_1 is the identity exactly where w(., 1) is a multiple of its argument.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening._separable import FALLING, ORDERED, flattening, positive, rising, separable, total_weight, w, x, y
from theorems.vocabulary import T2, T, V, each, entropy, i, j, k, law, p, positive_law, sp, total

OURS = Source("ours", "THEORY section 2")


def entries_inside(d: Derivation, index: sp.Symbol, low: str, high: str) -> tuple[str, str]:
    """0 <= p_index <= 1."""
    below = d.sign(ge(p[index], 0), ["p", low, high])
    mass = d.restate(eq(total(lambda s: p[s]), 1), ["p"])
    part = d.step("member", le(p[index], total(lambda s: p[s])), ["p", low, high], at=index)
    return below, d.combine(le(p[index], 1), {part: 1, mass: 1})


RANKING = ForAll((i, j), (le(1, i), le(i, V), le(1, j), le(j, V), gt(p[i], p[j])), gt(separable(T)(i), separable(T)(j)))


def derive_ranking(d: Derivation) -> None:
    def pair(s: Derivation) -> None:
        first, second = entries_inside(s, j, "j_low", "j_high"), entries_inside(s, i, "i_low", "i_high")
        weights = s.restate(lt(w(p[j], T), w(p[i], T)), [at("rising", x=p[j], y=p[i]), first[0], second[1], "order"])
        s.combine(gt(separable(T)(i), separable(T)(j)), {weights: 1 / total_weight(T)}, ["total"])

    assume = {"i_low": le(1, i), "i_high": le(i, V), "j_low": le(1, j), "j_high": le(j, V), "order": gt(p[i], p[j])}
    d.for_all((i, j), assume, pair, because="larger probabilities have larger weights")


def heads(temperature: sp.Expr) -> sp.Expr:
    return total(lambda s: w(p[s], temperature), k) / total_weight(temperature)


MAJORISATION: Proposition = each(lambda s: le(heads(T2), heads(T)), V, k)


def derive_majorisation(d: Derivation) -> None:
    def pair(s: Derivation) -> None:
        i_high, j_low = s.sign(le(i, V), ["middle", "high"]), s.sign(le(1, j), ["low", "middle"])
        order = s.restate(ge(p[i], p[j]), [at("ordered", i=i, j=j), "low", "middle", "high"])
        first, second = entries_inside(s, j, j_low, "high"), entries_inside(s, i, "low", i_high)
        s.restate(le(w(p[i], T2) * w(p[j], T), w(p[j], T2) * w(p[i], T)),
                  [at("flattening", x=p[j], y=p[i]), first[0], order, second[1]])

    ratio = d.for_all((i, j), {"low": le(1, i), "middle": le(i, j), "high": le(j, V)}, pair)
    d.use("base:ratio", MAJORISATION, ["total", "total2", ratio], a=sp.Lambda(i, w(p[i], T)), b=sp.Lambda(i, w(p[i], T2)))


def positive_total(temperature: sp.Expr) -> Proposition:
    return gt(total_weight(temperature), 0)


def ray(draw: Draw) -> Sample:
    """Mixing-like weights p + c(T) and falling laws: every hypothesis holds."""
    size = draw.integer(1, 5)
    cold = draw.rational(1, 5)
    weight = sp.Lambda((x, y), x + y - 1) if draw.integer(0, 1) else sp.Lambda((x, y), x / (1 + (y - 1) * x))
    masses = tuple(sorted(draw.law(size), reverse=True))
    return Sample({"V": size, "p": masses, "T": cold, "T2": cold + draw.rational(0, 3), "w": weight})


CLAIMS = (
    Entry(
        Claim("op:separable-criterion/ranking", "Rising weights rank", OURS, "ours", "implication",
              (("p", law(p)), ("total", positive_total(T)), ("rising", rising(T))), RANKING),
        derive_ranking, ray),
    Entry(
        Claim("op:separable-criterion/majorisation", "Flattening weights majorise", OURS, "ours", "implication",
              (("p", law(p)), ("ordered", ORDERED), ("total", positive_total(T)), ("total2", positive_total(T2)),
               ("flattening", flattening(T, T2))), MAJORISATION, uses=("base:ratio",)),
        derive_majorisation, ray),
)
__all__ = ["CLAIMS", "FALLING", "All", "entropy", "positive", "positive_law"]
