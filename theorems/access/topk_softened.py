"""Truncation seen through power_T: rho_T, the mass outside the classes 1..k after softening, for all V and k.

tv: TV(power_T p, power_T p~) = rho_T, T > 0, zeros allowed.   growth: rho_T does not fall as T grows, 1..k being the top classes.
bound: rho_T <= a/(a + (1 - rho)^(1/T)) with a = (V - k)^(1 - 1/T) rho^(1/T), T >= 1: softening amplifies what truncation lost.
limit: (V - k)/V (least/most)^(1/T) <= rho_T <= (V - k)/V (most/least)^(1/T) for 0 < least <= p_i <= most, so that rho_T tends to
(V - k)/V in the interior.  On faces it does not: p = (1/2, 1/2, 0), k = 1 has rho_T = 1/2 at every T (access:topk-softened/face).
"""

import sympy as sp

from theorems.access._kept import BOUNDS, HEAD, KEPT, LEFT, MASS, SOME, TAIL, head, head_mass, mass, part, rho, spans, tail, truncation
from theorems.access.restriction import SCALE, all_roots_positive, entries, image, image_roots, root
from theorems.access.weights import SQUEEZE, least, most
from theorems.claim import Claim, Source, negation
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.ground import ground_term
from theorems.logic import All, Exists, ForAll, Tends, eq, ge, gt, le, lt
from theorems.softening._separable import FALLING
from theorems.terms import substitute
from theorems.vocabulary import T2, T, V, each, i, j, k, law, p, power, q, total, total_variation

EVERY = {"low": le(1, i), "high": le(i, V)}


def softened(temperature: sp.Expr = T) -> sp.Expr:
    """rho_T."""
    return tail(power(p, temperature))


VARIATION = eq(total_variation(power(p, T), power(q, T)), softened())
GROWTH = le(softened(), softened(T2))
AMPLIFIED = (V - k) ** (1 - 1 / T) * rho ** (1 / T)
#: What rho_T is at most.
BOUND = AMPLIFIED / (AMPLIFIED + (1 - rho) ** (1 / T))
BOUNDED = le(softened(), BOUND)
LIMIT = All(le((V - k) / V * (least / most) ** (1 / T), softened()), le(softened(), (V - k) / V * (most / least) ** (1 / T)),
            Tends((least / most) ** (1 / T), T, sp.oo, 1), Tends((most / least) ** (1 / T), T, sp.oo, 1))
ROOTS, IMAGES = sp.Lambda((i,), root(i)), sp.Lambda((i,), image(i))


TOP = ForAll((i, j), (le(1, i), le(i, k), le(k + 1, j), le(j, V)), ge(p[i], p[j]))


def variation(d: Derivation) -> None:
    some, below, images = image_roots(d)
    roots = d.for_all((i,), EVERY, lambda s: s.sign(ge(root(i), 0), [s.sign(ge(p[i], 0), ["p", "low", "high"]), "T"]))
    d.use("access:weights/tv", VARIATION, ["k", roots, some, below, images, "left", "T", *entries(d)], a=ROOTS, b=IMAGES, c=SCALE)


def growth(d: Derivation) -> None:
    hot = d.sign(gt(T2, 0), ["T", "hotter"])
    some, other = all_roots_positive(d), all_roots_positive(d, T2, hot)
    def pair(s: Derivation) -> None:
        inside, before = s.sign(le(1, j), ["k", "j_low"]), s.sign(le(i, V), ["k", "high"])
        order = s.restate(ge(p[i], p[j]), [at("top", i=i, j=j), "low", "high", "j_low", "j_high"])
        last, first = s.sign(ge(p[j], 0), ["p", inside, "j_high"]), s.sign(ge(p[i], 0), ["p", "low", before])
        factors = {"lam": root(i, T2), "mu": root(i), "x": p[j], "y": p[i]}
        weight = s.sign(ge(root(i), 0), [first, "T"])
        equal = s.sign(le(root(i, T2) * root(i), root(i) * root(i, T2)), [first, "T", hot])
        s.use("base:root-crossing", le(root(i, T2) * root(j), root(i) * root(j, T2)), ["T", hot, "hotter", first, last, order, weight, equal], **factors)

    ratio = d.for_all((i, j), {"low": le(1, i), "high": le(i, k), "j_low": le(k + 1, j), "j_high": le(j, V)}, pair)
    masses = d.restate(each(lambda a: ge(p[a], 0)), ["p"])
    d.use("access:weights/growth", GROWTH, ["k", some, other, ratio, "T", hot, *spans(d, p, masses)], a=ROOTS, b=sp.Lambda((i,), root(i, T2)))


def bound(d: Derivation) -> None:
    some = d.sign(ge(V - k, 1), ["k"])
    left = d.combine(gt(1 - rho, 0), {"left": 1})
    c = sp.Symbol("c", real=True)
    named = d.step("define", eq(c, rho / (V - k)), [some])
    positive = d.transfer(gt(c, 0), d.sign(gt(rho / (V - k), 0), ["some", some]), [named, some])

    def touching(a: sp.Expr) -> sp.Expr:
        return c ** (1 / T) * (1 + (p[a] / c - 1) / T)

    def inner(a: sp.Expr) -> sp.Expr:
        return SCALE * p[a] / (1 - rho)

    entries = d.for_all((i,), TAIL, mass)
    tangents = d.for_all((i,), TAIL, lambda s: s.use("base:root-bounds/tangent", le(root(i), touching(i)), [mass(s), positive, "T"], x=p[i], c=c))
    summed = d.step("termwise", le(tail(root), tail(touching)), [tangents, positive, "T"], range=(k + 1, V))
    length = d.step("count", eq(tail(lambda a: sp.Integer(1)), V - k), [some])
    level = c ** (1 / T)
    sums = d.combine(eq(tail(touching), level * (V - k)), {length: level * (1 - 1 / T), "rho": -level / (T * c), named: -level * (V - k) / (T * c)},
                     [positive, "T", some])
    sums = d.combine(eq(tail(touching), AMPLIFIED), {sums: 1, d.rewrite(eq(level * (V - k), AMPLIFIED), ["some", "T", some, positive], using=[named]): 1},
                     [positive, "T", some, "some"])
    above = d.combine(le(tail(root), AMPLIFIED), {summed: 1, sums: 1}, [entries, positive, "T", some, "some"])
    nonnegative = d.for_all((i,), TAIL, lambda s: s.sign(ge(root(i), 0), [mass(s), "T"]))
    nonnegative = d.step("termwise", ge(tail(root), tail(lambda a: sp.Integer(0))), [nonnegative], range=(k + 1, V))
    nonnegative = d.combine(ge(tail(root), 0), {nonnegative: 1}, [entries, "T"])
    kept, heads = head_mass(d), d.for_all((i,), HEAD, mass)

    def lower(s: Derivation) -> None:
        part = s.step("member", le(p[i], head(lambda a: p[a])), [heads, "low", "high"], at=i)
        small = s.combine(le(p[i] / (1 - rho), 1), {part: 1 / (1 - rho), kept: 1 / (1 - rho)}, [left])
        quotient = s.sign(ge(p[i] / (1 - rho), 0), [mass(s), left])
        high = s.use("base:root-bounds/above", ge((p[i] / (1 - rho)) ** (1 / T), p[i] / (1 - rho)), [quotient, small, "T", left], x=p[i] / (1 - rho))
        warm = s.sign(gt(T, 0), ["T"])
        same = s.use("base:root-bounds/scale", eq((p[i] / (1 - rho)) ** (1 / T), root(i) / SCALE), [mass(s), left, warm], x=p[i], c=1 - rho)
        s.combine(ge(root(i), inner(i)), {high: SCALE, same: SCALE}, [quotient, mass(s), left, "T"])

    roots = d.step("termwise", ge(head(root), head(inner)), [d.for_all((i,), HEAD, lower), left, "T"], range=(1, k))
    inside = d.combine(le(SCALE, head(root)), {roots: 1, kept: -SCALE / (1 - rho)}, [heads, left, "T"])
    d.use("access:weights/bound", BOUNDED, [d.restate(KEPT, [d.sign(le(k, V), ["k"]), "k"]), nonnegative, above, d.sign(gt(SCALE, 0), [left, "T"]), inside,
          left, "T", "some", some, *spans(d, p, d.restate(each(lambda a: ge(p[a], 0)), ["p"]))],
          a=ROOTS, x=AMPLIFIED, s=SCALE)


def limit(d: Derivation) -> None:
    top = d.combine(gt(most, 0), {at("above", i=1): 1, at("below", i=1): 1, "least": 1}, [d.sign(ge(V, 1), ["k"])])

    def order(relation: object, edge: sp.Expr, fact: str):  # type: ignore[no-untyped-def]
        def entry(s: Derivation) -> None:
            bound = s.restate(relation(p[i], edge), [at(fact, i=i), "low", "high"])
            some = s.combine(gt(p[i], 0), {at("below", i=i): 1, "least": 1}, ["low", "high"])
            logs = s.sign(relation(sp.log(p[i]), sp.log(edge)), [bound, some, "least", top])
            ordered = s.combine(relation(sp.log(p[i]) / T, sp.log(edge) / T), {logs: 1 / T}, ["T", some, "least", top])
            x, y = (sp.log(p[i]) / T, sp.log(edge) / T)[::1 if relation is le else -1]
            powers = s.use("base:exp-order", le(sp.exp(x), sp.exp(y)), [ordered, "T", some, "least", top], x=x, y=y)
            s.combine(relation(root(i), edge ** (1 / T)), {powers: 1}, ["T", some, "least", top])

        return d.for_all((i,), EVERY, entry)

    below, above = order(ge, least, "below"), order(le, most, "above")
    edge = d.sign(gt(least ** (1 / T), 0), ["least", "T"])
    masses = d.for_all((i,), EVERY, lambda s: s.combine(ge(p[i], 0), {at("below", i=i): 1, "least": 1}, ["low", "high"]))
    values = {"a": ROOTS, "least": least ** (1 / T), "most": most ** (1 / T)}
    outside = part(d, p, masses, TAIL)
    squeezed = d.use("access:weights/squeeze", substitute(SQUEEZE, values), ["k", edge, below, above, "least", top, "T", masses, outside], **values)
    rewritten = []
    size = d.sign(ge(V, 1), ["k"])
    for one, other in ((least, most), (most, least)):
        ratio = d.rewrite(eq((V - k) / V * one ** (1 / T) / other ** (1 / T), (V - k) / V * (one / other) ** (1 / T)), ["T", "least", top, size])
        rewritten.append(ratio)
    entries = d.for_all((i,), EVERY, lambda s: s.combine(gt(p[i], 0), {at("below", i=i): 1, "least": 1}, ["low", "high"]))
    some = d.sign(gt(total(root), 0), [entries, "T", size])
    sides = d.transfer(All(*LIMIT.args[:2]), squeezed, [*rewritten, some, masses, outside, "T", "least", top, size])
    d.restate(LIMIT, [sides, *(d.limit(statement, ["least", top]) for statement in LIMIT.args[2:])])


FACE = (sp.Rational(1, 2), sp.Rational(1, 2), sp.Integer(0))
NEAR = Exists((T,), (ge(T, 1),), ge(softened(), (V - k) / V - sp.Rational(1, 10)))


WHOLE = All(VARIATION, ForAll((T2,), (le(T, T2),), GROWTH), ForAll((), (ge(T, 1), gt(rho, 0), le(k, V - 1)), BOUNDED))


def join(d: Derivation) -> None:
    names = [name for name, _ in BOUNDS]
    first = d.use("access:topk-softened/tv", VARIATION, [*names, "T"])
    second = d.for_all((T2,), {"hotter": le(T, T2)}, lambda s: s.use("access:topk-softened/growth", GROWTH,
                       ["k", "p", "top", "T", "hotter"]))

    def third(s: Derivation) -> None:
        fewer = s.restate(All(le(1, k), le(k, V - 1)), ["k", "fewer"])
        s.use("access:topk-softened/bound", BOUNDED, [fewer, "p", "rho", "some", "left", "hot"])

    d.restate(WHOLE, [first, second, d.for_all((), {"hot": ge(T, 1), "some": gt(rho, 0), "fewer": le(k, V - 1)}, third)])


def face(d: Derivation) -> None:
    """rho_T = 1/2 < 2/3 - 1/10 at every T."""
    values = {"V": sp.Integer(3), "k": sp.Integer(1), "p": FACE}
    never = ground_term(negation(NEAR), values)

    def every(s: Derivation) -> None:
        zero = s.sign(eq(sp.Integer(0) ** (1 / T), 0), ["T"])
        root = s.sign(gt(sp.Rational(1, 2) ** (1 / T), 0), ["T"])
        level = s.rewrite(eq(never.then.left, sp.Rational(1, 2)), ["T", root, s.sign(gt(never_total(), 0), ["T"])], using=[zero])
        s.combine(never.then, {level: 1, s.sign(lt(sp.Rational(1, 2), sp.Rational(17, 30))): 1}, ["T", s.sign(gt(never_total(), 0), ["T"])])

    d.counterexample([d.for_all((T,), {"T": ge(T, 1)}, every)], **values)


def never_total() -> sp.Expr:
    """The sum of the roots of (1/2, 1/2, 0)."""
    return sp.Add(*(a ** (1 / T) for a in FACE))


def sample(draw: Draw) -> Sample:
    return Sample({**truncation(draw), "T": draw.rational("1/5", 5)})


def sample_whole(draw: Draw) -> Sample:
    values = truncation(draw)
    masses, kept = tuple(sorted(values["p"], reverse=True)), values["k"]
    lost = sum(masses[kept:], sp.Integer(0))
    image = tuple(x / (1 - lost) if a < kept else sp.Integer(0) for a, x in enumerate(masses))
    return Sample({"V": values["V"], "k": kept, "p": masses, "rho": lost, "q": image, "T": draw.rational("1/3", 4)})


def sample_growth(draw: Draw) -> Sample:
    values = truncation(draw)
    cold = draw.rational("1/5", 4)
    return Sample({"V": values["V"], "k": values["k"], "p": tuple(sorted(values["p"], reverse=True)), "T": cold, "T2": cold + draw.rational(0, 4)})


def sample_bound(draw: Draw) -> Sample:
    return Sample({**truncation(draw, zeros=bool(draw.integer(0, 1))), "T": draw.rational(1, 6)})


def sample_limit(draw: Draw) -> Sample:
    values = truncation(draw, zeros=False)
    slack = draw.rational(1, 2)
    return Sample({**values, "T": draw.rational("1/5", 9), "least": min(values["p"]) / slack, "most": max(values["p"]) * slack})


SOURCE = Source("SKD", "abstract (vii)")
WARM, HOT = ("T", gt(T, 0)), ("T", ge(T, 1))
CLAIMS = (
    Entry(Claim("access:topk-softened/tv", "Total variation of a softened truncation", SOURCE, "ours", "identity", (*BOUNDS, WARM), VARIATION,
                uses=("access:weights/tv", "base:root-bounds/total", "base:root-bounds/scale")), variation, sample),
    Entry(Claim("access:topk-softened/growth", "The softened mass outside the top k does not fall", SOURCE, "ours", "upper",
                (("k", KEPT), ("p", law(p)), ("top", TOP), WARM, ("hotter", le(T, T2))), GROWTH,
                uses=("base:root-bounds/total", "access:weights/growth", "base:root-crossing")), growth, sample_growth),
    Entry(Claim("access:topk-softened/bound", "Softening amplifies what truncation lost", SOURCE, "ours", "upper",
                (("k", All(le(1, k), le(k, V - 1))), ("p", law(p)), ("rho", MASS), ("some", SOME), ("left", LEFT), HOT), BOUNDED,
                uses=("base:root-bounds/tangent", "base:root-bounds/above", "base:root-bounds/scale", "access:weights/bound")), bound, sample_bound),
    Entry(Claim("access:topk-softened/limit", "In the interior the softened mass outside tends to (V - k)/V", SOURCE, "ours", "tight",
                (("k", KEPT), WARM, ("least", gt(least, 0)), ("below", each(lambda a: ge(p[a], least))), ("above", each(lambda a: le(p[a], most)))), LIMIT,
                uses=("access:weights/squeeze", "base:exp-order")), limit, sample_limit),
    Entry(Claim("access:topk-softened/face", "Softening brings the mass outside the top k near (V - k)/V for every law", SOURCE, "ours", "refutation",
                (("k", KEPT), ("p", law(p)), ("falling", FALLING)), NEAR, expected="refuted", repaired="access:topk-softened/limit",
                note="Power keeps zeros, so that only the classes of positive mass share."), face),
    Entry(Claim("access:topk-softened", "Softening a truncated law", SOURCE, "ours", "upper", (*BOUNDS, ("top", TOP), WARM), WHOLE,
                uses=("access:topk-softened/tv", "access:topk-softened/growth", "access:topk-softened/bound")), join, sample_whole,
          quantities=(Quantity("bound", "bound on the softened mass outside the top k, mass rho before", BOUND),)),
)
