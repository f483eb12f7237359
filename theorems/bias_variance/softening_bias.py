"""How far softening moves a law: the bias of the target alone, for all V (SKD (i)).

power, T > 0, low <= p_i <= high, R = log(high/low): KL(p, power_T p) <= (1 - 1/T)^2 R^2/8 and TV <= |1 - 1/T| R/4.
The best bounds are low = p_min, high = p_max.  Both constants are best: bv:softening-bias/tight.
mixing, T >= 1: the l1 distance is exactly (1 - 1/T) |p - u|_1.
"""

import sympy as sp

from theorems.bias_variance._random import implies
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.foundations.hoeffding import CONCLUSION as HOEFFDING
from theorems.foundations.hoeffding import high, low
from theorems.foundations.pinsker import CONCLUSION as PINSKER
from theorems.logic import All, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import T, V, each, i, k, kl, mixing, p, power, total, total_variation

R = sp.log(high / low)
SHIFT = 1 / T - 1
DIVERGENCE = le(kl(p, power(p, T)), (1 - 1 / T) ** 2 * R**2 / 8)
VARIATION = le(total_variation(p, power(p, T)), sp.Abs(1 - 1 / T) * R / 4)
SHRINKING = 1 - 1 / T
MIXED = eq(total(lambda a: sp.Abs(p[a] - mixing(p, T)(a))), SHRINKING * total(lambda a: sp.Abs(p[a] - 1 / V)))
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}


def divergence(d: Derivation) -> None:
    entry = d.for_all((i,), RANGE, lambda s: s.restate(gt(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"]))
    entries = d.for_all((i,), RANGE, lambda s: s.sign(ge(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"]))
    first = d.combine(gt(high, 0), {at("above", i=1): 1, at("p_entries", i=1): 1}, ["V"])

    weight = d.sign(gt(WEIGHT, 0), [entry, "V", "T"])

    def bounded(s: Derivation, case: str) -> None:
        ends = (sp.log(low), sp.log(high)) if case == "hot" else (sp.log(high), sp.log(low))
        bounds = {"low": SHIFT * ends[1], "high": SHIFT * ends[0]}

        def side(top: bool) -> str:
            def term(t: Derivation) -> None:
                value = t.restate(gt(p[i], 0), [at(entry, i=i), "i_low", "i_high"])
                edge = t.restate(le(p[i], high), [at("above", i=i), "i_low", "i_high"]) if top else t.restate(
                    ge(p[i], low), [at("below", i=i), "i_low", "i_high"])
                log = t.sign(le(sp.log(p[i]), sp.log(high)) if top else ge(sp.log(p[i]), sp.log(low)), [value, edge, first, "positive"])
                signed = t.sign(ge(1 - 1 / T, 0) if case == "hot" else ge(1 / T - 1, 0), ["T", case])
                scale = 1 - 1 / T if case == "hot" else SHIFT
                goal = (ge(SHIFT * sp.log(p[i]), SHIFT * sp.log(high)) if top else le(SHIFT * sp.log(p[i]), SHIFT * sp.log(low))) if case == "hot" else (
                    le(SHIFT * sp.log(p[i]), SHIFT * sp.log(high)) if top else ge(SHIFT * sp.log(p[i]), SHIFT * sp.log(low)))
                t.combine(goal, {log: scale}, [signed, value, first, "positive", "T"])

            return s.for_all((i,), RANGE, term)

        both = [side(True), side(False)]
        values = {"a": sp.Lambda((k,), SHIFT * sp.log(p[k])), **bounds}
        bound = s.use("base:hoeffding", substitute(HOEFFDING, values), [entries, "one", *both, "T", "positive", entry, first], **values)
        s.combine(le(sp.log(WEIGHT), SHIFT * total(lambda a: p[a] * sp.log(p[a])) + SHIFT**2 * R**2 / 8), {bound: 1},
                  ["T", entry, first, "positive", weight])

    bound = d.cases(le(sp.log(WEIGHT), SHIFT * total(lambda a: p[a] * sp.log(p[a])) + SHIFT**2 * R**2 / 8),
                    {"hot": ge(T, 1), "cold": T_BELOW}, bounded, because="Hoeffding's lemma for (1/T - 1) log p_i")
    d.combine(DIVERGENCE, {bound: 1, "one": sp.log(WEIGHT)}, ["T", "V", entry, weight, first, "positive"])


WEIGHT = total(lambda a: p[a] ** (1 / T), V, sp.Symbol("l", integer=True))
T_BELOW = gt(1, T)


def variation(d: Derivation) -> None:
    names = [name for name, _ in BOUNDS]
    moved = d.use("bv:softening-bias/kl", DIVERGENCE, names)
    entry = d.for_all((i,), RANGE, lambda s: s.restate(gt(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"]))
    weight = d.sign(gt(WEIGHT, 0), [entry, "V", "T"])
    target = sp.Lambda((k,), power(p, T)(k))
    shares = d.for_all((i,), RANGE, lambda s: s.sign(gt(target(i), 0), [s.restate(gt(p[i], 0), [at(entry, i=i), "i_low", "i_high"]), entry, weight, "T"]))
    whole = d.rewrite(eq(total(target), 1), [entry, weight, "T", "V"])
    pinsker = d.use("base:pinsker", substitute(PINSKER, {"q": target}), ["V", "p_entries", "one", shares, whole, "T", weight], q=target)
    order = d.combine(ge(high, low), {at("above", i=1): 1, at("below", i=1): 1}, ["V"])
    top = d.combine(gt(high, 0), {order: 1, "positive": 1})
    logs = d.sign(ge(sp.log(high), sp.log(low)), [order, "positive", top])
    spread = d.combine(ge(R, 0), {logs: 1}, ["positive", top])
    bound = d.sign(ge(sp.Abs(1 - 1 / T) * R / 4, 0), [spread, "T", "positive", top])
    square = d.combine(le(VARIATION.left**2, VARIATION.right**2), {pinsker: HALF, moved: HALF}, [entry, weight, "T", "positive", top])
    d.use("base:square-order", VARIATION, [bound, square, entry, weight, "T", "positive", top], x=VARIATION.left, y=VARIATION.right)


HALF = sp.Rational(1, 2)


def mixed(d: Derivation) -> None:
    def term(s: Derivation) -> None:
        scale = s.sign(ge(1 - 1 / T, 0), ["T"])
        goal = eq(sp.Abs(p[i] - mixing(p, T)(i)), (1 - 1 / T) * sp.Abs(p[i] - 1 / V))

        def side(t: Derivation, case: str) -> None:
            sign = 1 if case == "over" else -1
            moved = t.sign(ge(sign * (1 - 1 / T) * (p[i] - 1 / V), 0), [scale, case, "T", "V"])
            turned = t.combine(ge(sign * (p[i] - mixing(p, T)(i)), 0), {moved: 1}, ["T", "V"])
            t.rewrite(goal, [turned, case, "T", "V"])

        s.cases(goal, {"over": ge(p[i] - 1 / V, 0), "under": gt(0, p[i] - 1 / V)}, side, ["V"])

    terms = d.for_all((i,), {"i_low": le(1, i), "i_high": le(i, V)}, term, because="p - mixing p = (1 - 1/T)(p - u)")
    d.step("termwise", MIXED, [terms, "T", "V"], range=(1, V))


def join(d: Derivation) -> None:
    names = [name for name, _ in BOUNDS]
    first, second = (d.use(f"bv:softening-bias/{part}", then, names) for part, then in (("kl", DIVERGENCE), ("tv", VARIATION)))
    third = d.for_all((), {"hot": ge(T, 1)}, lambda s: s.use("bv:softening-bias/mixing", MIXED, ["V", "hot"]))
    d.restate(All(DIVERGENCE, VARIATION, implies(ge(T, 1), MIXED)), [first, second, third])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    chosen = draw.law(size)
    slack = draw.rational(1, 2)
    return Sample({"V": size, "T": draw.rational("1/4", 6), "p": chosen, "low": min(chosen) / slack, "high": max(chosen) * slack})


def sample_mixed(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    return Sample({"V": size, "T": draw.rational(1, 6), "p": draw.law(size, zeros=True)})


SOURCE = Source("SKD", "abstract (i)")
BOUNDS = (("V", ge(V, 1)), ("T", gt(T, 0)), ("p_entries", each(lambda a: gt(p[a], 0))), ("one", eq(total(lambda a: p[a]), 1)),
          ("positive", gt(low, 0)), ("below", each(lambda a: ge(p[a], low))), ("above", each(lambda a: le(p[a], high))))
CLAIMS = (
    Entry(Claim("bv:softening-bias/kl", "KL moved by power", SOURCE, "ours", "upper", BOUNDS, DIVERGENCE, uses=("base:hoeffding",)), divergence, sample,
          quantities=(Quantity("bound", "bound on KL", DIVERGENCE.right),)),
    Entry(Claim("bv:softening-bias/tv", "Total variation moved by power", SOURCE, "ours", "upper", BOUNDS, VARIATION,
                uses=("bv:softening-bias/kl", "base:pinsker", "base:square-order")), variation, sample,
          quantities=(Quantity("bound", "bound on the total variation", VARIATION.right),)),
    Entry(Claim("bv:softening-bias/mixing", "l1 distance moved by mixing", SOURCE, "ours", "identity", (("V", ge(V, 1)), ("T", ge(T, 1))), MIXED),
          mixed, sample_mixed, quantities=(Quantity("factor", "distance moved, in distances from the uniform law", SHRINKING),)),
    Entry(Claim("bv:softening-bias", "How far softening moves a law", SOURCE, "ours", "upper", BOUNDS, All(DIVERGENCE, VARIATION, implies(ge(T, 1), MIXED)),
                uses=("bv:softening-bias/kl", "bv:softening-bias/tv", "bv:softening-bias/mixing")), join, sample),
)
