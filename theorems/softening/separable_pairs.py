"""Ranking and distances for weights, F_T(p)_i = w(p_i, T)/sum_j w(p_j, T), all V, zeros included.

* Two entries of a law add up to at most 1.  So it is enough for A1 that w(., T) rises on [0, 1/2], w(1 - y, T) < w(y, T) for
  1/2 < y < 1 and w(0, T) < w(1, T) (/ranking-on-pairs); w need not rise on all of [0, 1].
* w(., T) has Lipschitz constant M on [0, 1], and the weights of every law sum to at least m > 0: then F_T has l1 constant 2 M/m (/lipschitz).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, eq, ge, gt, le, lt, ne
from theorems.softening._separable import separable, total_weight, w, x, y
from theorems.softening.criterion import RANKING
from theorems.softening.separable_pointwise import at_most_one
from theorems.terms import substitute
from theorems.vocabulary import T, V, each, i, j, law, p, q, sp, total

OURS = Source("ours", "this project")
HALF = sp.Rational(1, 2)
M, m = sp.symbols("M m", real=True)
k = sp.Symbol("k", integer=True)
SPAN = {"low": le(1, i), "high": le(i, V)}
RISES = ForAll((x, y), (le(0, x), lt(x, y), le(y, HALF)), lt(w(x, T), w(y, T)))
BEYOND = ForAll((y,), (lt(HALF, y), lt(y, 1)), lt(w(1 - y, T), w(y, T)))
delta = sp.KroneckerDelta


def derive_pairs(d: Derivation) -> None:
    def pair(s: Derivation) -> None:
        apart = s.contradiction(ne(i, j), lambda u: u.combine(lt(sp.Integer(0), 0), {u.transfer(gt(p[i], p[i]), "order", [u.sign(eq(j, i), ["same"])]): 1}), negated="same")
        mass = s.restate(eq(total(lambda a: p[a], V, k), 1), ["p"])
        picked = s.step("pick", eq(total(lambda a: delta(a, i) * p[a], V, k), p[i]), ["i_low", "i_high"], at=i)

        def other(u: Derivation) -> None:
            inside = u.sign(ge(p[k], 0), ["p", "low", "high"])
            u.cases(ge(p[k] * (1 - delta(k, i)), 0), {"same": eq(k, i), "else": ne(k, i)}, lambda z, way: (
                z.combine(ge(p[k] * (1 - delta(k, i)), 0), {z.step("unit", eq(delta(k, i), 1 if way == "same" else 0), [way]): p[k], **({} if way == "same" else {inside: 1})})))

        rest = s.for_all((k,), {"low": le(1, k), "high": le(k, V)}, other)
        part = s.step("member", le(p[j] * (1 - delta(j, i)), total(lambda a: p[a] * (1 - delta(a, i)), V, k)), [rest, "j_low", "j_high"], at=j)
        unit = s.step("unit", eq(delta(j, i), 0), [s.sign(ne(j, i), [apart])])
        room = s.combine(le(p[i] + p[j], 1), {part: 1, picked: -1, mass: 1, unit: p[j]})
        low = s.sign(ge(p[j], 0), ["p", "j_low", "j_high"])
        most = s.combine(le(p[i], 1), {room: 1, low: 1})
        goal = lt(w(p[j], T), w(p[i], T))

        def large(u: Derivation, way: str) -> None:
            if way == "inner":
                mirror = u.restate(lt(w(1 - p[i], T), w(p[i], T)), [at("beyond", y=p[i]), "large", way])
                under = u.combine(le(p[j], 1 - p[i]), {room: 1})
                u.cases(goal, {"below": lt(p[j], 1 - p[i]), "level": ge(p[j], 1 - p[i])}, lambda z, case: (
                    z.combine(goal, {z.restate(lt(w(p[j], T), w(1 - p[i], T)), [at("rises", x=p[j], y=1 - p[i]), low, case, z.sign(le(1 - p[i], HALF), ["large"])]): 1, mirror: 1})
                    if case == "below" else z.transfer(goal, mirror, [z.sign(eq(1 - p[i], p[j]), [under, case])])))
            else:
                one = u.sign(eq(p[i], 1), [way, most])
                none = u.sign(eq(p[j], 0), [u.combine(le(p[j], 0), {room: 1, way: 1}), low])
                u.transfer(goal, "top", [one, none])

        weights = s.cases(goal, {"small": le(p[i], HALF), "large": gt(p[i], HALF)}, lambda u, way: (
            u.restate(goal, [at("rises", x=p[j], y=p[i]), low, "order", way]) if way == "small" else
            u.cases(goal, {"inner": lt(p[i], 1), "vertex": ge(p[i], 1)}, large)))
        s.combine(gt(separable(T)(i), separable(T)(j)), {weights: 1 / total_weight(T)}, ["total"])

    d.for_all((i, j), {"i_low": le(1, i), "i_high": le(i, V), "j_low": le(1, j), "j_high": le(j, V), "order": gt(p[i], p[j])}, pair)


def hump(draw: Draw) -> Sample:
    """x (2 - x) rises up to 1; 5 x - 4 x^2 turns at 5/8, yet ranks every pair that fits."""
    weight = sp.Lambda((x, y), x * (2 - x)) if draw.integer(0, 1) else sp.Lambda((x, y), 5 * x - 4 * x**2)
    return Sample({"V": (size := draw.integer(1, 4)), "p": draw.law(size, zeros=True), "T": draw.rational(1, 3), "w": weight})


R, S = substitute(total_weight(T), {"p": q}), total_weight(T)
IMAGE = w(q[i], T) / R
D = total(lambda a: sp.Abs(p[a] - q[a]))
STEEP = ForAll((x, y), (le(0, x), le(x, 1), le(0, y), le(y, 1)), le(w(x, T) - w(y, T), M * sp.Abs(x - y)))
DISTANCE = le(total(lambda a: sp.Abs(separable(T)(a) - w(q[a], T) / R)), 2 * M / m * D)


def derive_lipschitz(d: Derivation) -> None:
    def near(s: Derivation) -> None:
        places = [f for z, name in ((p, "p"), (q, "q")) for f in (s.sign(ge(z[i], 0), [name, "low", "high"]), at_most_one(s, z, name))]
        one = s.restate(le(w(p[i], T) - w(q[i], T), M * sp.Abs(p[i] - q[i])), [at("steep", x=p[i], y=q[i]), *places])
        two = s.restate(le(w(q[i], T) - w(p[i], T), M * sp.Abs(q[i] - p[i])), [at("steep", x=q[i], y=p[i]), *places])
        s.restate(All(*sides), [one, s.combine(le(w(q[i], T) - w(p[i], T), M * sp.Abs(p[i] - q[i])), {two: 1})])

    sides = (le(w(p[i], T) - w(q[i], T), M * sp.Abs(p[i] - q[i])), le(w(q[i], T) - w(p[i], T), M * sp.Abs(p[i] - q[i])))
    both = d.for_all((i,), SPAN, near)
    apart = [d.for_all((i,), SPAN, lambda s, side=side: s.restate(side, [at(both, i=i), "low", "high"])) for side in sides]  # type: ignore[misc]
    sums = [d.step("termwise", le(total(lambda a, z=z: z(a)), total(lambda a: M * sp.Abs(p[a] - q[a]))), [fact], range=(1, V))  # type: ignore[misc]
            for z, fact in ((lambda a: w(p[a], T) - w(q[a], T), apart[0]), (lambda a: w(q[a], T) - w(p[a], T), apart[1]))]
    up, down = d.combine(le(S - R, M * D), {sums[0]: 1}), d.combine(le(R - S, M * D), {sums[1]: 1})
    tops = [d.combine(gt(z, 0), {fact: 1, "m": 1}) for z, fact in ((S, "total"), (R, "total2"))]
    bound = lambda a: M * sp.Abs(p[a] - q[a]) / S + w(q[a], T) * M * D / (S * R)  # noqa: E731
    gap = separable(T)(i) - IMAGE

    def entry(s: Derivation) -> None:
        weight = s.restate(ge(w(q[i], T), 0), [at("weights", i=i), "low", "high"])
        near_ = [s.restate(side, [at(both, i=i), "low", "high"]) for side in sides]
        one = s.combine(le(gap, bound(i)), {near_[0]: 1 / S, down: w(q[i], T) / (S * R)}, [weight, *tops])
        two = s.combine(le(-gap, bound(i)), {near_[1]: 1 / S, up: w(q[i], T) / (S * R)}, [weight, *tops])
        s.cases(le(sp.Abs(gap), bound(i)), {"up": ge(gap, 0), "down": lt(gap, 0)}, lambda z, way: z.combine(le(sp.Abs(gap), bound(i)), {one if way == "up" else two: 1}, [way, *tops]), tops)

    entries = d.for_all((i,), SPAN, entry)
    summed = d.step("termwise", le(total(lambda a: sp.Abs(separable(T)(a) - w(q[a], T) / R)), total(bound)), [entries, *tops], range=(1, V))
    whole = d.rewrite(eq(total(bound), 2 * M * D / S), tops)
    sizes = d.for_all((i,), SPAN, lambda s: s.sign(ge(sp.Abs(p[i] - q[i]), 0), []))
    far = d.sign(ge(M * D, 0), ["M", d.step("termwise", ge(D, total(lambda a: sp.Integer(0))), [sizes], range=(1, V))])
    shrunk = d.sign(le(1 / S, 1 / m), ["total", "m", tops[0]])
    d.combine(DISTANCE, {summed: 1, whole: 1, shrunk: 2 * M * D}, [far, "m", *tops])


def sample(draw: Draw) -> Sample:
    size, level = draw.integer(1, 4), draw.rational("1/2", 2)
    return Sample({"V": size, "p": draw.law(size, zeros=True), "q": draw.law(size, zeros=True), "T": draw.rational(1, 3), "M": sp.Integer(3), "m": 1 + size * level,
                   "w": sp.Lambda((x, y), x + level)})


CLAIMS = (
    Entry(Claim("op:separable-criterion/ranking-on-pairs", "Weights rank the pairs that fit into one law", OURS, "ours", "implication",
                (("p", law(p)), ("total", gt(total_weight(T), 0)), ("rises", RISES), ("beyond", BEYOND), ("top", lt(w(0, T), w(1, T)))), RANKING),
          derive_pairs, hump),
    Entry(Claim("op:separable-criterion/lipschitz", "Steepness of the weights bounds that of the operator", OURS, "ours", "upper",
                (("p", law(p)), ("q", law(q)), ("M", ge(M, 0)), ("m", gt(m, 0)), ("weights", each(lambda a: ge(w(q[a], T), 0))),
                 ("total", ge(S, m)), ("total2", ge(R, m)), ("steep", STEEP)), DISTANCE),
          derive_lipschitz, sample),
)
