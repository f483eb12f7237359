"""Weights that are straight in p, w(p, T) = a p + b with s = a + V b > 0: F_T(p) = A p + (1 - A) u with A = a/s, a noisy channel.

Hence F_T((1 - t) p + t q) = (1 - t) F_T(p) + t F_T(q) (/straight), l1 distances shrink by exactly A >= 0 (/straight-distance),
F_T2 after F_T is the one with A A2 (/straight-semigroup), and KL does not grow where 0 <= A <= 1 (/straight-divergence).  All V,
zeros included: KL is the sum of terms that are 0 where p_i = 0, for laws p, q with q_i > 0 wherever p_i > 0 (else it is infinite).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening._separable import separable, total_weight, w, x
from theorems.vocabulary import T, V, each, i, law, p, q, r, sp, total

OURS = Source("ours", "this project")
a, b, A, A2, share = sp.symbols("a b A A2 c", real=True)
f, g = sp.IndexedBase("f"), sp.IndexedBase("g")
SPAN = {"low": le(1, i), "high": le(i, V)}
STRAIGHT = ForAll((x,), (le(0, x), le(x, 1)), eq(w(x, T), a * x + b))
GAIN = eq(A * (a + V * b), a)


def channel(family: sp.IndexedBase, gain: sp.Expr = A):  # type: ignore[no-untyped-def]
    """The rule index -> A p + (1 - A)/V."""
    return lambda s: gain * family[s] + (1 - gain) / V


FORM = each(lambda s: eq(separable(T)(s), channel(p)(s)))


def derive_form(d: Derivation) -> None:
    mass = d.restate(eq(total(lambda s: p[s]), 1), ["p"])

    def weigh(s: Derivation) -> None:
        part = s.step("member", le(p[i], total(lambda n: p[n])), ["p", "low", "high"], at=i)
        s.restate(eq(w(p[i], T), a * p[i] + b), [at("straight", x=p[i]), s.sign(ge(p[i], 0), ["p", "low", "high"]), s.combine(le(p[i], 1), {part: 1, mass: 1})])

    weights = d.for_all((i,), SPAN, weigh)
    summed = d.step("termwise", eq(total_weight(T), total(lambda s: a * p[s] + b)), [weights], range=(1, V))
    count = d.step("count", eq(total(lambda s: b), V * b), ["V"])
    whole = d.combine(eq(total_weight(T), a + V * b), {summed: 1, mass: a, count: 1})
    above = d.transfer(gt(total_weight(T), 0), "whole", [whole])

    def entry(s: Derivation) -> None:
        own = s.restate(eq(w(p[i], T), a * p[i] + b), [at(weights, i=i), "low", "high"])
        cleared = s.combine(eq(a * p[i] + b, (A * p[i] + (1 - A) / V) * (a + V * b)), {"gain": 1 / V - p[i]}, ["V"])
        s.combine(FORM.then, {own: 1 / total_weight(T), cleared: 1 / total_weight(T), whole: -channel(p)(i) / total_weight(T)}, [above, "V"])  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


MIXED = each(lambda s: eq(channel(r)(s), (1 - share) * channel(p)(s) + share * channel(q)(s)))


def derive_affine(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        own = s.restate(eq(r[i], (1 - share) * p[i] + share * q[i]), [at("mixed", i=i), "low", "high"])
        s.combine(MIXED.then, {own: A}, ["V"])  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


DISTANCE = eq(total(lambda s: sp.Abs(channel(p)(s) - channel(q)(s))), A * total(lambda s: sp.Abs(p[s] - q[s])))


def derive_distance(d: Derivation) -> None:
    goal = eq(sp.Abs(A * (p[i] - q[i])), A * sp.Abs(p[i] - q[i]))

    def case(s: Derivation, way: str) -> None:
        product = s.sign(ge(A * (p[i] - q[i]), 0) if way == "up" else le(A * (p[i] - q[i]), 0), ["A", way])
        s.combine(goal, {}, [way, product])

    entries = d.for_all((i,), SPAN, lambda s: s.cases(goal, {"up": ge(p[i] - q[i], 0), "down": lt(p[i] - q[i], 0)}, case))
    summed = d.step("termwise", eq(total(lambda s: sp.Abs(A * (p[s] - q[s]))), total(lambda s: A * sp.Abs(p[s] - q[s]))), [entries], range=(1, V))
    d.combine(DISTANCE, {summed: 1}, ["V"])


TWICE = each(lambda s: eq(A2 * channel(p)(s) + (1 - A2) / V, channel(p, A * A2)(s)))


def derive_semigroup(d: Derivation) -> None:
    d.for_all((i,), SPAN, lambda s: s.rewrite(TWICE.then, ["V"]))  # type: ignore[attr-defined]


def terms(family: sp.IndexedBase, first: object, second: object) -> Proposition:
    """`family` are the terms of KL(first, second): p (log p - log q), 0 where p = 0; and q > 0 wherever p > 0."""
    one, two = (z if callable(z) else (lambda s, z=z: z[s]) for z in (first, second))  # type: ignore[index]
    some = ForAll((i,), (le(1, i), le(i, V), gt(one(i), 0)), All(gt(two(i), 0), eq(family[i], one(i) * (sp.log(one(i)) - sp.log(two(i))))))
    none = ForAll((i,), (le(1, i), le(i, V), eq(one(i), 0)), eq(family[i], 0))
    return All(some, none)


SHRINKS = le(total(lambda s: g[s]), total(lambda s: f[s]))


def derive_divergence(d: Derivation) -> None:
    some = [d.restate(terms(z, one, two).args[0], [fact]) for z, one, two, fact in ((f, p, q, "f"), (g, channel(p), channel(q), "g"))]  # type: ignore[attr-defined]
    none = [d.restate(terms(z, one, two).args[1], [fact]) for z, one, two, fact in ((f, p, q, "f"), (g, channel(p), channel(q), "g"))]  # type: ignore[attr-defined]
    goal = le(g[i], A * f[i])
    first, second, rest = channel(p)(i), channel(q)(i), (1 - A) / V

    def still(s: Derivation, gain: str) -> None:
        """A = 0: both images are uniform."""
        zero = s.sign(eq(A, 0), [gain, "A"])
        image = s.sign(gt(first, 0), [zero, "V"])
        both = s.restate(terms(g, channel(p), channel(q)).args[0].then, [at(some[1], i=i), "low", "high", image])  # type: ignore[attr-defined]
        above = s.restate(gt(second, 0), [both])
        value = s.restate(eq(g[i], first * (sp.log(first) - sp.log(second))), [both])
        same = s.combine(eq(first, second), {zero: p[i] - q[i]}, ["V"])
        gone = s.transfer(eq(g[i], first * (sp.log(second) - sp.log(second))), value, [same, image, above])
        s.combine(goal, {gone: 1, zero: -f[i]}, [image, above, "V"])

    def moving(s: Derivation, gain: str) -> None:
        s.cases(goal, {"some": gt(p[i], 0), "empty": le(p[i], 0)}, lambda z, way: full(z, gain) if way == "some" else empty(z, gain))

    def full(s: Derivation, gain: str) -> None:
        pair = s.restate(terms(f, p, q).args[0].then, [at(some[0], i=i), "low", "high", "some"])  # type: ignore[attr-defined]
        under = s.restate(gt(q[i], 0), [pair])
        own = s.restate(eq(f[i], p[i] * (sp.log(p[i]) - sp.log(q[i]))), [pair])
        image = s.sign(gt(first, 0), ["some", gain, "A_high", "V"])
        above = s.sign(gt(second, 0), [under, gain, "A_high", "V"])
        both = s.restate(terms(g, channel(p), channel(q)).args[0].then, [at(some[1], i=i), "low", "high", image])  # type: ignore[attr-defined]
        value = s.restate(eq(g[i], first * (sp.log(first) - sp.log(second))), [both])

        def case(z: Derivation, way: str) -> None:
            if way == "noisy":
                one, two = z.sign(gt(A * p[i], 0), ["some", gain]), z.sign(gt(A * q[i], 0), [under, gain])
                spare = z.sign(gt(rest, 0), [way, "V"])
                values = {"a": A * p[i], "b": rest, "c": A * q[i], "d": rest}
                split = le(log_term(first, second), log_term(values["a"], values["c"]) + log_term(rest, rest))
                found = z.use("base:log-sum", split, [one, two, spare, "V", image, above], **values)
                z.combine(goal, {value: 1, found: 1, own: -A}, ["some", under, gain, spare, image, above, "V", one, two])
            else:
                whole = z.sign(eq(A, 1), [way, "A_high"])
                plain = z.transfer(eq(g[i], p[i] * (sp.log(p[i]) - sp.log(q[i]))), value, [z.combine(eq(first, p[i]), {whole: p[i] - 1 / V}, ["V"]),
                                   z.combine(eq(second, q[i]), {whole: q[i] - 1 / V}, ["V"]), image, above, "some", under])
                z.combine(goal, {plain: 1, own: -1, whole: -f[i]}, ["some", under])

        s.cases(goal, {"noisy": lt(A, 1), "exact": ge(A, 1)}, case)

    def empty(s: Derivation, gain: str) -> None:
        mass = s.sign(ge(p[i], 0), ["p", "low", "high"])
        zero = s.sign(eq(p[i], 0), ["empty", mass])
        own = s.restate(eq(f[i], 0), [at(none[0], i=i), "low", "high", zero])
        under = s.sign(ge(q[i], 0), ["q", "low", "high"])

        def case(z: Derivation, way: str) -> None:
            if way == "noisy":
                image = z.sign(gt(first, 0), [mass, gain, way, "V"])
                above = z.sign(gt(second, 0), [under, gain, way, "V"])
                both = z.restate(terms(g, channel(p), channel(q)).args[0].then, [at(some[1], i=i), "low", "high", image])  # type: ignore[attr-defined]
                value = z.restate(eq(g[i], first * (sp.log(first) - sp.log(second))), [both])
                order = z.combine(le(first, second), {zero: A, under: A}, ["V", gain])
                logs = z.sign(le(sp.log(first), sp.log(second)), [order, image, above, "V"])
                z.combine(goal, {value: 1, logs: first, own: -A}, [image, above, "V"])
            else:
                whole = z.sign(eq(A, 1), [way, "A_high"])
                nothing = z.combine(eq(first, 0), {zero: A, whole: -1 / V}, ["V"])
                gone = z.restate(eq(g[i], 0), [at(none[1], i=i), "low", "high", nothing])
                z.combine(goal, {gone: 1, own: -A})

        s.cases(goal, {"noisy": lt(A, 1), "exact": ge(A, 1)}, case)

    entries = d.for_all((i,), SPAN, lambda s: s.cases(goal, {"gain": gt(A, 0), "flat": le(A, 0)}, lambda z, way: moving(z, way) if way == "gain" else still(z, way)))
    summed = d.step("termwise", le(total(lambda s: g[s]), total(lambda s: A * f[s])), [entries], range=(1, V))
    d.combine(SHRINKS, {summed: 1, gibbs(d, *some[:1], *none[:1]): 1 - A}, ["A_high"])


def gibbs(d: Derivation, some: str, none: str) -> str:
    """KL(p, q) >= 0, zeros of p included."""
    goal = ge(f[i], p[i] - q[i])

    def case(s: Derivation, way: str) -> None:
        if way == "some":
            pair = s.restate(terms(f, p, q).args[0].then, [at(some, i=i), "low", "high", way])  # type: ignore[attr-defined]
            under, own = s.restate(gt(q[i], 0), [pair]), s.restate(eq(f[i], p[i] * (sp.log(p[i]) - sp.log(q[i]))), [pair])
            bound = s.use("base:log-bound", le(sp.log(q[i] / p[i]), q[i] / p[i] - 1), [s.sign(gt(q[i] / p[i], 0), [way, under]), way], x=q[i] / p[i])
            s.combine(goal, {own: -1, bound: p[i]}, [way, under])
        else:
            zero = s.sign(eq(p[i], 0), [way, s.sign(ge(p[i], 0), ["p", "low", "high"])])
            own = s.restate(eq(f[i], 0), [at(none, i=i), "low", "high", zero])
            s.combine(goal, {own: -1, zero: 1, s.sign(ge(q[i], 0), ["q", "low", "high"]): 1})

    entries = d.for_all((i,), SPAN, lambda s: s.cases(goal, {"some": gt(p[i], 0), "empty": le(p[i], 0)}, case))
    summed = d.step("termwise", ge(total(lambda s: f[s]), total(lambda s: p[s] - q[s])), [entries], range=(1, V))
    masses = [d.restate(eq(total(lambda s, z=z: z[s]), 1), [fact]) for z, fact in ((p, "p"), (q, "q"))]  # type: ignore[misc]
    return d.combine(ge(total(lambda s: f[s]), 0), {summed: 1, masses[0]: -1, masses[1]: 1})


def log_term(one: sp.Expr, two: sp.Expr) -> sp.Expr:
    return one * (sp.log(one) - sp.log(two))


def sample(draw: Draw) -> Sample:
    size, slope, level = draw.integer(1, 4), draw.rational("1/2", 3), draw.rational(0, 2)
    gain, mix = slope / (slope + size * level), draw.rational(0, 1)
    first, second = draw.law(size, zeros=True), draw.law(size)
    image = lambda law_: [gain * z + (1 - gain) / size for z in law_]  # noqa: E731

    def parts(one, two):  # type: ignore[no-untyped-def]
        return tuple(y * (sp.log(y) - sp.log(z)) if y > 0 else sp.Integer(0) for y, z in zip(one, two, strict=True))

    return Sample({"V": size, "a": slope, "b": level, "A": gain, "A2": draw.rational(0, 1), "T": draw.rational(1, 3), "w": sp.Lambda((x, sp.Symbol("y", real=True)), slope * x + level),
                   "p": first, "q": second, "c": mix, "r": tuple((1 - mix) * y + mix * z for y, z in zip(first, second, strict=True)),
                   "f": parts(first, second), "g": parts(image(first), image(second))})


LAWS = (("V", ge(V, 1)), ("p", law(p)))
CLAIMS = (
    Entry(Claim("op:separable-criterion/straight", "Straight weights mix with the uniform law", OURS, "ours", "identity",
                (*LAWS, ("straight", STRAIGHT), ("whole", gt(a + V * b, 0)), ("gain", GAIN)), FORM), derive_form, sample),
    Entry(Claim("op:separable-criterion/straight-affine", "Mixing with the uniform law is affine", OURS, "ours", "identity",
                (("V", ge(V, 1)), ("mixed", each(lambda s: eq(r[s], (1 - share) * p[s] + share * q[s])))), MIXED), derive_affine, sample),
    Entry(Claim("op:separable-criterion/straight-distance", "Mixing with the uniform law scales distances", OURS, "ours", "identity",
                (("V", ge(V, 1)), ("A", ge(A, 0))), DISTANCE), derive_distance, sample),
    Entry(Claim("op:separable-criterion/straight-semigroup", "Mixings with the uniform law compose", OURS, "ours", "identity",
                (("V", ge(V, 1)),), TWICE), derive_semigroup, sample),
    Entry(Claim("op:separable-criterion/straight-divergence", "Mixing with the uniform law does not expand KL", OURS, "ours", "upper",
                (*LAWS, ("q", law(q)), ("A", ge(A, 0)), ("A_high", le(A, 1)), ("f", terms(f, p, q)), ("g", terms(g, channel(p), channel(q)))),
                SHRINKS, uses=("base:log-sum", "base:log-bound")), derive_divergence, sample),
)
