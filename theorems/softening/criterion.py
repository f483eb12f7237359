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

OURS = Source("ours", "this project")


def above_zero(d: Derivation, index: sp.Symbol, low: str, high: str) -> str:
    return d.sign(ge(p[index], 0), ["p", low, high])


def below_one(d: Derivation, index: sp.Symbol, low: str, high: str) -> str:
    mass = d.restate(eq(total(lambda s: p[s]), 1), ["p"])
    part = d.step("member", le(p[index], total(lambda s: p[s])), ["p", low, high], at=index)
    return d.combine(le(p[index], 1), {part: 1, mass: 1})


RANKING = ForAll((i, j), (le(1, i), le(i, V), le(1, j), le(j, V), gt(p[i], p[j])), gt(separable(T)(i), separable(T)(j)))


def derive_ranking(d: Derivation) -> None:
    def pair(s: Derivation) -> None:
        first, second = above_zero(s, j, "j_low", "j_high"), below_one(s, i, "i_low", "i_high")
        weights = s.restate(lt(w(p[j], T), w(p[i], T)), [at("rising", x=p[j], y=p[i]), first, second, "order"])
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
        first, second = above_zero(s, j, j_low, "high"), below_one(s, i, "low", i_high)
        s.restate(le(w(p[i], T2) * w(p[j], T), w(p[j], T2) * w(p[i], T)),
                  [at("flattening", x=p[j], y=p[i]), first, order, second])

    ratio = d.for_all((i, j), {"low": le(1, i), "middle": le(i, j), "high": le(j, V)}, pair)
    d.use("base:ratio", MAJORISATION, ["total", "total2", ratio], a=sp.Lambda(i, w(p[i], T)), b=sp.Lambda(i, w(p[i], T2)))


def derive_entropy(d: Derivation) -> None:
    def positive_entries(temperature: sp.Expr, fact: str, total_fact: str) -> str:
        def one(s: Derivation) -> None:
            inside = s.sign(gt(p[i], 0), ["p", "low", "high"])
            mass = s.restate(eq(total(lambda a: p[a]), 1), ["p"])
            part = s.step("member", le(p[i], total(lambda a: p[a])), ["p", "low", "high"], at=i)
            above = s.combine(le(p[i], 1), {part: 1, mass: 1})
            weight = s.restate(gt(w(p[i], temperature), 0), [at(fact, x=p[i]), inside, above])
            s.sign(gt(separable(temperature)(i), 0), [weight, total_fact])

        entries = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, one)
        sums = d.rewrite(eq(total(separable(temperature)), 1), [total_fact])
        return d.restate(positive_law(separable(temperature)), [entries, sums])

    def falls(s: Derivation) -> None:
        after, before = s.sign(le(1, k + 1), ["low"]), s.sign(le(k, V), ["high"])
        following = s.sign(le(k + 1, V), ["high"])
        order = s.restate(ge(p[k], p[k + 1]), [at("ordered", i=k, j=k + 1), "low", s.sign(le(k, k + 1)), following])
        low = s.sign(gt(p[k + 1], 0), ["p", after, following])
        mass = s.restate(eq(total(lambda a: p[a]), 1), ["p"])
        part = s.step("member", le(p[k], total(lambda a: p[a])), ["p", "low", before], at=k)
        above = s.combine(le(p[k], 1), {part: 1, mass: 1})
        nonnegative = s.sign(le(0, p[k + 1]), [low])
        weights = s.restate(le(w(p[k + 1], T2), w(p[k], T2)), [at("rising2", x=p[k + 1], y=p[k]), nonnegative, order, above])
        s.combine(ge(separable(T2)(k), separable(T2)(k + 1)), {weights: 1 / total_weight(T2)}, ["total2"])

    first, second = positive_entries(T, "positive", "total"), positive_entries(T2, "positive2", "total2")
    falling = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, falls)
    weak = weak_law(d)
    heads_ordered = d.use("op:separable-criterion/majorisation", MAJORISATION, [weak, "ordered", "total", "total2", "flattening"])

    def partial(s: Derivation) -> None:
        bound = s.restate(le(heads(T2), heads(T)), [at(heads_ordered, k=k), "low", "high"])
        s.combine(le(total(separable(T2), k), total(separable(T), k)), {bound: 1}, ["total", "total2"])

    partials = d.for_all((k,), {"low": le(1, k), "high": le(k, V)}, partial)
    d.use("base:majorisation-entropy", ge(entropy(separable(T2)), entropy(separable(T))), ["V", first, second, falling, partials, "total", "total2"],
          p=sp.Lambda(i, separable(T)(i)), q=sp.Lambda(i, separable(T2)(i)))


def weak_law(d: Derivation) -> str:
    """A positive law is a law."""
    entries = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda s: s.sign(ge(p[i], 0), ["p", "low", "high"]))
    return d.restate(law(p), [entries, "p"])


def positive_total(temperature: sp.Expr) -> Proposition:
    return gt(total_weight(temperature), 0)


def weakly_rising(temperature: sp.Expr) -> Proposition:
    return ForAll((x, y), (le(0, x), le(x, y), le(y, 1)), le(w(x, temperature), w(y, temperature)))


def positive_weight(temperature: sp.Expr) -> Proposition:
    return ForAll((x,), (lt(0, x), le(x, 1)), gt(w(x, temperature), 0))


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
    Entry(
        Claim("op:separable-criterion/entropy", "Flattening weights raise entropy", OURS, "ours", "implication",
              (("V", ge(V, 1)), ("p", positive_law(p)), ("ordered", ORDERED), ("total", positive_total(T)),
               ("total2", positive_total(T2)), ("positive", positive_weight(T)), ("positive2", positive_weight(T2)),
               ("rising2", weakly_rising(T2)), ("flattening", flattening(T, T2))),
              ge(entropy(separable(T2)), entropy(separable(T))),
              uses=("op:separable-criterion/majorisation", "base:majorisation-entropy")),
        derive_entropy, ray),
)
__all__ = ["CLAIMS", "FALLING", "All", "entropy", "positive", "positive_law"]
