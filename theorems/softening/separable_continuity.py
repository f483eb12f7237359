"""Separable operators are jointly continuous (A2) where their weights are: F_T(p)_i = w(p_i, T)/sum_j w(p_j, T), all V, faces included.

Weights: for every e > 0 there is d > 0 such that |w(y, T2) - w(x, T)| < e for all x, y of [0, 1] and all T2 of the domain less than d apart from
x and T (continuity on the compact interval, so one d serves all x).  Then for every e > 0 there is d > 0 such that every law r and T2
within d of p and T, entry by entry, have F_T2(r) within e of F_T(p), entry by entry.
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt
from theorems.softening._separable import separable, total_weight, w, x, y
from theorems.softening.generator_continuous import obtain
from theorems.softening.separable_pointwise import at_most_one
from theorems.terms import substitute
from theorems.vocabulary import T2, T, V, each, i, law, p, r, sp, total

e, e1, d_ = sp.symbols("e e1 d", real=True)
dom = sp.Function("dom")
W, CHANGED = total_weight(T), substitute(total_weight(T2), {"p": r})
SPAN = {"low": le(1, i), "high": le(i, V)}
CLOSE = (ge(dom(T2), 0), lt(T2, T + d_), gt(T2, T - d_))


def weights_near(error: sp.Expr) -> Exists:
    near = All(lt(w(y, T2), w(x, T) + error), gt(w(y, T2), w(x, T) - error))
    return Exists((d_,), (gt(d_, 0),), ForAll((x, y, T2), (le(0, x), le(x, 1), le(0, y), le(y, 1), lt(y, x + d_), gt(y, x - d_), *CLOSE), near))


NEAR = ForAll((e1,), (gt(e1, 0),), weights_near(e1))
LAWS_NEAR = each(lambda a: All(lt(r[a], p[a] + d_), gt(r[a], p[a] - d_)))
IMAGE = w(r[i], T2) / CHANGED
ENTRY = All(lt(IMAGE, separable(T)(i) + e), gt(IMAGE, separable(T)(i) - e))
JOINT = Exists((d_,), (gt(d_, 0),), ForAll((r, T2), (law(r), *CLOSE, LAWS_NEAR), each(lambda a: ENTRY)))
PART = W * e / (2 * (1 + V) * (1 + e))


def derive(d: Derivation) -> None:
    part = d.sign(gt(PART, 0), ["e", "V", "total"])
    found = d.restate(weights_near(PART), [at("near", e1=PART), part, "e", "V", "total"])
    loose = d.combine(gt(W / 2 - V * PART, 0), {d.sign(gt(W * (1 + e + V) / (2 * (1 + V) * (1 + e)), 0), ["total", "e", "V"]): 1}, ["e", "V", "total"])
    room = d.combine(gt(e * W / 2 - (1 + V) * PART, 0), {d.sign(gt(W * e**2 / (2 * (1 + e)), 0), ["total", "e"]): 1}, ["e", "V", "total"])

    def inside(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            def near(u: Derivation) -> None:
                sides = u.restate(All(lt(r[i], p[i] + d_), gt(r[i], p[i] - d_)), [at("laws_near", i=i), "low", "high"])
                ends = [u.restate(side, [sides]) for side in (lt(r[i], p[i] + d_), gt(r[i], p[i] - d_))]
                places = [u.sign(ge(p[i], 0), ["p", "low", "high"]), at_most_one(u, p, "p"), u.sign(ge(r[i], 0), ["r", "low", "high"]), at_most_one(u, r, "r")]
                u.restate(All(lt(w(r[i], T2), w(p[i], T) + PART), gt(w(r[i], T2), w(p[i], T) - PART)),
                          [at("olds", x=p[i], y=r[i], T2=T2), *places, *ends, "domain", "hotter", "colder", "e", "V", "total"])

            close = t.for_all((i,), SPAN, near)
            over, under = (t.for_all((i,), SPAN, lambda u, side=side: u.restate(side, [at(close, i=i), "low", "high"]))  # type: ignore[misc]
                           for side in (side_of(1), side_of(-1)))
            count = t.step("count", eq(total(lambda a: PART), V * PART), ["V", "e", "total"])
            high = t.step("termwise", le(CHANGED, total(lambda a: w(p[a], T) + PART)), [over, "e", "V", "total"], range=(1, V))
            low = t.step("termwise", ge(CHANGED, total(lambda a: w(p[a], T) - PART)), [under, "e", "V", "total"], range=(1, V))
            high = t.combine(le(CHANGED, W + V * PART), {high: 1, count: 1}, ["e", "V", "total"])
            low = t.combine(ge(CHANGED, W - V * PART), {low: 1, count: 1}, ["e", "V", "total"])
            half = t.combine(ge(CHANGED, W / 2), {low: 1, loose: 1}, ["e", "V", "total"])
            below = t.combine(gt(CHANGED, 0), {half: 1, "total": sp.Rational(1, 2)})

            def entry(u: Derivation) -> None:
                ends = [u.restate(side, [at(close, i=i), "low", "high"]) for side in (side_of(1), side_of(-1))]
                weight = u.restate(ge(w(p[i], T), 0), [at("weights", i=i), "low", "high"])
                member = u.step("member", le(w(p[i], T), W), ["weights", "low", "high"], at=i)
                scope = [below, "total", weight, part, "e", "V"]
                terms: dict[Fact, sp.Expr] = {half: e / CHANGED, member: V * PART / (W * CHANGED), room: 1 / CHANGED}
                one = u.combine(ENTRY.args[0], {ends[0]: 1 / CHANGED, low: w(p[i], T) / (W * CHANGED), **terms}, scope)
                two = u.combine(ENTRY.args[1], {ends[1]: 1 / CHANGED, high: w(p[i], T) / (W * CHANGED), **terms}, scope)
                u.restate(ENTRY, [one, two])

            t.for_all((i,), SPAN, entry)

        names = dict(zip(("r", "domain", "hotter", "colder", "laws_near"), (law(r), *CLOSE, LAWS_NEAR), strict=True))
        shown = s.for_all((r, T2), names, there)
        s.exhibit(JOINT, [shown, "d"], d=d_)

    obtain(d, JOINT, found, weights_near(PART), ("d", "olds"), inside)


def side_of(side: int):  # type: ignore[no-untyped-def]
    return lt(w(r[i], T2), w(p[i], T) + PART) if side > 0 else gt(w(r[i], T2), w(p[i], T) - PART)


def sample(draw: Draw) -> Sample:
    size, heat = draw.integer(1, 4), draw.rational("3/2", 3)
    masses, other = draw.law(size, zeros=True), draw.law(size, zeros=True)
    return Sample({"V": size, "p": masses, "T": heat, "r": tuple(a + (z - a) / 1000 for a, z in zip(masses, other, strict=True)), "T2": heat + draw.rational("-1/999", "1/999"),
                   "e": draw.rational("1/4", 1), "e1": draw.rational("1/4", 1), "d": sp.Rational(1, 100), "dom": sp.Lambda(x, x - 1), "w": sp.Lambda((x, y), x + y - 1)})


CLAIM = Entry(
    Claim("op:separable-criterion/continuity", "Continuous weights give continuous operators (A2)", Source("ours", "this project"), "ours", "implication",
          (("V", ge(V, 1)), ("e", gt(e, 0)), ("p", law(p)), ("weights", each(lambda a: ge(w(p[a], T), 0))), ("total", gt(W, 0)), ("near", NEAR)), JOINT),
    derive, sample,
)
