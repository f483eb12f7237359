"""Truncation to k classes, p~ = p restricted to 1..k and renormalised, rho the mass outside, for all V and k.

TV(p, p~) = rho; KL(p~, p) = -log(1 - rho); and where rho > 0 some class has p > 0 and p~ = 0, so that KL(p, p~) = inf.
That is approached at a rate: every positive law r with mass e outside has KL(p, r) >= rho log(rho/e) + (1 - rho) log((1 - rho)/(1 - e)),
which tends to infinity as e tends to 0.
"""

import sympy as sp

from theorems.access._kept import BOUNDS, HEAD, KEPT, MASS, SOME, TAIL, head, head_mass, mass, outside, rho, split, tail, truncation, within
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Exists, ForAll, Tends, eq, ge, gt, le, ne
from theorems.vocabulary import V, each, i, k, kl, p, positive_law, q, r, total, total_variation

e = sp.Symbol("e", real=True)
#: KL(p~, p)
DIVERGENCE = -sp.log(1 - rho)
VARIATION = eq(total_variation(p, q), rho)
FORWARD = eq(kl(q, p, k), DIVERGENCE)
SEEN = ("seen", each(lambda a: gt(p[a], 0), k))
LOST = Exists((i,), (le(k + 1, i), le(i, V), gt(p[i], 0)), eq(q[i], 0))
WHOLE = All(VARIATION, ForAll((), (SEEN[1],), FORWARD), ForAll((), (SOME,), LOST))
FLOOR = rho * sp.log(rho / e) + (1 - rho) * sp.log((1 - rho) / (1 - e))
APPROACH = All(ge(kl(p, r), FLOOR), Tends(FLOOR, e, 0, sp.oo))


def variation(d: Derivation) -> None:
    kept = head_mass(d)
    terms = d.for_all((i,), TAIL, mass)
    low = d.step("termwise", ge(outside(), tail(lambda a: sp.Integer(0))), [terms], range=(k + 1, V))
    low = d.combine(ge(rho, 0), {low: 1, "rho": -1})

    def grown(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "low", "high", "left"])
        more = s.sign(ge(p[i] / (1 - rho) * rho, 0), ["left", low, mass(s)])
        more = s.combine(ge(q[i] - p[i], 0), {more: 1, value: -1}, ["left"])
        s.rewrite(eq(sp.Abs(p[i] - q[i]), q[i] - p[i]), [more])

    def cut(s: Derivation) -> None:
        value = s.restate(eq(q[i], 0), ["restricted", "low", "high"])
        s.rewrite(eq(sp.Abs(p[i] - q[i]), p[i]), [mass(s)], using=[value])

    images = d.for_all((i,), HEAD, lambda s: s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "low", "high", "left"]))
    images = d.step("termwise", eq(head(lambda a: q[a]), head(lambda a: p[a] / (1 - rho))), [images, "left"], range=(1, k))
    heads = d.step("termwise", eq(head(lambda a: sp.Abs(p[a] - q[a])), head(lambda a: q[a] - p[a])), [d.for_all((i,), HEAD, grown)], range=(1, k))
    tails = d.step("termwise", eq(tail(lambda a: sp.Abs(p[a] - q[a])), outside()), [d.for_all((i,), TAIL, cut)], range=(k + 1, V))
    whole = split(d, lambda a: sp.Abs(p[a] - q[a]))
    d.combine(VARIATION, {whole: HALF, heads: HALF, tails: HALF, images: HALF, kept: HALF * (1 / (1 - rho) - 1), "rho": -HALF}, ["left"])


HALF = sp.Rational(1, 2)


def forward(d: Derivation) -> None:
    kept = head_mass(d)

    def positive(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "low", "high", "left"])
        inside = s.sign(gt(p[i] / (1 - rho), 0), [s.sign(gt(p[i], 0), ["seen", "low", "high"]), "left"])
        s.combine(gt(q[i], 0), {inside: 1, value: -1}, ["left"])

    entries = d.for_all((i,), HEAD, positive)

    def term(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "low", "high", "left"])
        some = s.sign(gt(p[i], 0), ["seen", "low", "high"])
        inside = s.restate(gt(q[i], 0), [at(entries, i=i), "low", "high"])
        s.rewrite(eq(q[i] * (sp.log(q[i]) - sp.log(p[i])), -p[i] * sp.log(1 - rho) / (1 - rho)), ["left", some, inside], using=[value])

    summed = d.step("termwise", eq(kl(q, p, k), head(lambda a: -p[a] * sp.log(1 - rho) / (1 - rho))), [d.for_all((i,), HEAD, term), "left"], range=(1, k))
    d.combine(FORWARD, {summed: 1, kept: -sp.log(1 - rho) / (1 - rho)}, ["left", "seen", entries])


def lost(d: Derivation) -> None:
    """Were every class outside the top k of mass <= 0, rho would be <= 0."""
    def absurd(s: Derivation) -> None:
        def empty(u: Derivation) -> None:
            def contrary(v: Derivation) -> None:
                zero = v.restate(eq(q[i], 0), ["restricted", "low", "high"])
                other = v.restate(ne(q[i], 0), [at("none", i=i), "low", "high", "positive"])
                v.transfer(ne(0, 0), other, [zero])

            u.contradiction(le(p[i], 0), contrary, negated="positive")

        nothing = s.step("termwise", le(outside(), tail(lambda a: sp.Integer(0))), [s.for_all((i,), TAIL, empty)], range=(k + 1, V))
        s.combine(gt(0, 0), {"some": 1, "rho": 1, nothing: 1})

    d.contradiction(LOST, absurd, negated="none")


def approach(d: Derivation) -> None:
    kept = head_mass(d)
    one = d.restate(eq(total(lambda a: r[a]), 1), ["r"])
    rest = d.combine(eq(head(lambda a: r[a]), 1 - e), {one: 1, split(d, lambda a: r[a]): -1, "e": 1})
    first = d.restate(le(1, k), ["k"])

    def above_zero(family: sp.IndexedBase, name: str, left: sp.Expr, amount: str) -> str:
        entries = d.for_all((i,), HEAD, lambda s: s.sign(gt(family[i], 0), [name, *within(s)]))
        some = d.step("termwise", gt(head(lambda a: family[a]), total(lambda a: sp.Integer(0), k)), [entries, first], range=(1, k))
        return d.combine(gt(left, 0), {some: 1, amount: 1})

    left, some = above_zero(p, "p", 1 - rho, kept), above_zero(r, "r", 1 - e, rest)

    def part(mass: sp.Expr, other: sp.Expr, facts: list[str]):  # type: ignore[no-untyped-def]
        def term(s: Derivation) -> None:
            inside = within(s)
            mine, theirs = s.sign(gt(p[i], 0), ["p", *inside]), s.sign(gt(r[i], 0), ["r", *inside])
            ratio = r[i] * mass / (p[i] * other)
            positive = s.sign(gt(ratio, 0), [mine, theirs, *facts])
            bound = s.use("base:log-bound", le(sp.log(ratio), ratio - 1), [positive, mine, *facts], x=ratio)
            s.combine(ge(p[i] * (sp.log(p[i]) - sp.log(r[i])), p[i] * sp.log(mass / other) + p[i] - r[i] * mass / other), {bound: p[i]}, [mine, theirs, *facts])
        return term

    def bound(mass: sp.Expr, other: sp.Expr):  # type: ignore[no-untyped-def]
        return lambda a: p[a] * sp.log(mass / other) + p[a] - r[a] * mass / other

    def divergence(a: sp.Expr) -> sp.Expr:
        return p[a] * (sp.log(p[a]) - sp.log(r[a]))

    heads = d.step("termwise", ge(head(divergence), head(bound(1 - rho, 1 - e))), [d.for_all((i,), HEAD, part(1 - rho, 1 - e, [left, some])), left, some], range=(1, k))
    tails = d.step("termwise", ge(tail(divergence), tail(bound(rho, e))), [d.for_all((i,), TAIL, part(rho, e, ["some", "small"])), "some", "small"], range=(k + 1, V))
    whole = split(d, divergence, "p", "r")
    scale, level = (1 - rho) / (1 - e), sp.log((1 - rho) / (1 - e)) + 1
    floor = d.combine(APPROACH.args[0], {whole: -1, heads: 1, tails: 1, kept: -level, rest: scale, "rho": sp.log(rho / e) + 1, "e": -rho / e},
                      ["some", "small", left, some, "p", "r"])
    d.restate(APPROACH, [floor, d.limit(APPROACH.args[1], ["some", left])])


def join(d: Derivation) -> None:
    names = [name for name, _ in BOUNDS]
    first = d.use("access:topk/tv", VARIATION, names)
    second = d.for_all((), {"seen": SEEN[1]}, lambda s: s.use("access:topk/kl", FORWARD, [*names, "seen"]))
    third = d.for_all((), {"some": SOME}, lambda s: s.use("access:topk/infinite", LOST, ["rho", "restricted", "some"]))
    d.restate(WHOLE, [first, second, third])


def sample(draw: Draw) -> Sample:
    return Sample(truncation(draw, zeros=bool(draw.integer(0, 1))))


def sample_approach(draw: Draw) -> Sample:
    values = truncation(draw, zeros=False)
    chosen = draw.law(values["V"])
    return Sample({**{a: values[a] for a in ("V", "k", "p", "rho")}, "r": chosen, "e": sum(chosen[values["k"]:], sp.Integer(0))})


SOURCE = Source("SKD", "abstract (vii)")
CLAIMS = (
    Entry(Claim("access:topk/tv", "Total variation lost by truncation", SOURCE, "ours", "identity", BOUNDS, VARIATION), variation, sample),
    Entry(Claim("access:topk/kl", "Divergence of the truncated law", SOURCE, "ours", "identity", (*BOUNDS, SEEN), FORWARD), forward, sample),
    Entry(Claim("access:topk/infinite", "A class of positive mass is cut, so that KL(p, p~) is infinite", SOURCE, "ours", "existence",
                (BOUNDS[2], BOUNDS[4], ("some", SOME)), LOST), lost, sample),
    Entry(Claim("access:topk/rate", "How KL(p, r) grows as r loses its mass outside the top k", SOURCE, "ours", "lower",
                (("k", KEPT), ("p", positive_law(p)), ("rho", MASS), ("some", SOME), ("r", positive_law(r)), ("e", eq(e, outside(r))), ("small", gt(e, 0))), APPROACH,
                uses=("base:log-bound",)), approach, sample_approach),
    Entry(Claim("access:topk", "Truncation to the top k", SOURCE, "ours", "identity", BOUNDS, WHOLE,
                uses=("access:topk/tv", "access:topk/kl", "access:topk/infinite")), join, sample,
          quantities=(Quantity("divergence", "KL of the truncated law from the full one, mass rho lost", DIVERGENCE),)),
)
