"""Two generators by name, and what steepness gives.

* phi = A p + b, A > 0, gives mixing: F_T(p) = p/T + (1 - 1/T) u, T >= 1 (/straight).
* phi = A log p + b, A > 0, gives power: F_T(p) is p^(1/T) normalised, T > 0 (/logarithmic).
* Let L bound the steepness of what one factor lam makes of an entry: |h(lam m(r_i)^(1/T)) - h(lam m(p_i)^(1/T))| <= L |r_i - p_i|.  Then the images of
  p and r are at most 2 L |r - p| apart in l1: the two factors only shift all entries one way, and both images sum to 1 (/lipschitz).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import GENERATOR, SPAN, argument, c, h, image, lam, m, mu, x
from theorems.softening.generator_unique import LAW
from theorems.softening.separable_pointwise import at_most_one
from theorems.vocabulary import T, V, each, i, law, mixing, p, power, q, r, sp, total

OURS = Source("ours", "this project")
A, B, b, L = sp.symbols("A B b L", real=True)
NAMES = [name for name, _ in LAW]
ONE, ZERO = sp.Integer(1), sp.Integer(0)


def values(s: Derivation, fact: str, rule) -> str:  # type: ignore[no-untyped-def]
    return s.restate(eq(m(p[i]), rule(p[i])), [at(fact, x=p[i]), s.sign(ge(p[i], 0), ["p", "low", "high"]), at_most_one(s, p, "p")])


def finish(d: Derivation, rule, factor: sp.Expr, entries: str, sums: str, positive: list[str]) -> None:  # type: ignore[no-untyped-def]
    """`rule` is an image, so it is the image."""
    own = d.restate(All(gt(factor, 0), each(lambda a: eq(rule(a), h(argument(p, T, factor)(a)))), eq(total(rule), 1)),
                    [d.sign(gt(factor, 0), positive), entries, sums])
    d.use("op:generator-class/unique", each(lambda a: eq(q[a], rule(a))), [positive[0], *NAMES, "q", own, *positive], r=sp.Lambda(i, rule(i)), mu=factor)


EXPONENTIAL = ForAll((x,), (le(0, x), le(x, 1)), eq(m(x), sp.exp(A * x + b)))
AWAY = (1 - 1 / T) / V


def derive_straight(d: Derivation) -> None:
    heat = d.sign(gt(T, 0), ["T"])
    (back,) = g.inverse(d, g.INVERSE)
    factor = sp.exp((1 - 1 / T) * b + A * AWAY)
    mixed = mixing(p, T)

    def entry(s: Derivation) -> None:
        own = values(s, "values", lambda a: sp.exp(A * a + b))
        low = s.sign(ge(p[i], 0), ["p", "low", "high"])
        high = at_most_one(s, p, "p")
        share = s.sign(ge(AWAY, 0), ["T", "V"])
        part = s.combine(ge(mixed(i), 0), {low: 1 / T, share: 1}, ["T", "V"])
        least = s.sign(ge((1 - 1 / T) * (1 - 1 / V), 0), ["T", "V"])
        within = s.combine(le(mixed(i), 1), {high: 1 / T, least: 1}, ["T", "V"])
        there = s.restate(eq(m(mixed(i)), sp.exp(A * mixed(i) + b)), [at("values", x=mixed(i)), part, within, "T", "V"])
        inside = s.combine(lt(mixed(i), c), {within: 1, "c": 1}, ["T", "V"])
        found = s.restate(eq(h(m(mixed(i))), mixed(i)), [at(back, x=mixed(i)), part, inside, "T", "V"])
        same = s.rewrite(eq(factor * m(p[i]) ** (1 / T), m(mixed(i))), ["T", "V", own, there], using=[own, there])
        s.transfer(eq(mixed(i), h(argument(p, T, factor)(i))), s.combine(eq(mixed(i), h(m(mixed(i)))), {found: -1}, ["T", "V"]), [same, own, "T", "V"])

    entries = d.for_all((i,), SPAN, entry)
    mass = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    count = d.step("count", eq(total(lambda a: AWAY), V * AWAY), ["V", "T"])
    sums = d.combine(eq(total(mixed), 1), {mass: 1 / T, count: 1}, ["T", "V"])
    finish(d, mixed, factor, entries, sums, [heat, "T", "V"])


POWERS = ForAll((x,), (le(0, x), le(x, 1)), eq(m(x), B * x**A))
WHOLE = total(lambda a: p[a] ** (1 / T), V, sp.Symbol("l", integer=True))


def derive_logarithmic(d: Derivation) -> None:
    (back,) = g.inverse(d, g.INVERSE)
    factor = B ** (1 - 1 / T) / WHOLE**A
    share = power(p, T)
    nonnegative = d.for_all((i,), SPAN, lambda s: s.sign(ge(p[i], 0), ["p", "low", "high"]))
    mass = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    above = d.use("base:root-bounds/total", gt(total(lambda a: p[a] ** (1 / T)), 0), [nonnegative, d.sign(gt(total(lambda a: p[a]), 0), [mass]), "T"], n=V, x=p)

    def entry(s: Derivation) -> None:
        own = values(s, "values", lambda a: B * a**A)
        low = s.sign(ge(p[i], 0), ["p", "low", "high"])
        roots = s.for_all((sp.Symbol("k", integer=True),), {"k_low": le(1, sp.Symbol("k", integer=True)), "k_high": le(sp.Symbol("k", integer=True), V)},
                          lambda t: t.sign(ge(p[sp.Symbol("k", integer=True)] ** (1 / T), 0), [t.sign(ge(p[sp.Symbol("k", integer=True)], 0), ["p", "k_low", "k_high"]), "T"]))
        member = s.step("member", le(p[i] ** (1 / T), WHOLE), [roots, "low", "high", low, "T", nonnegative], at=i)
        root = s.sign(ge(p[i] ** (1 / T), 0), [low, "T"])
        part = s.sign(ge(share(i), 0), [root, above, low, "T", nonnegative])
        within = s.combine(le(share(i), 1), {member: 1 / WHOLE}, [above, low, "T", nonnegative])
        there = s.restate(eq(m(share(i)), B * share(i) ** A), [at("values", x=share(i)), part, within, above, low, "T", nonnegative])
        inside = s.combine(lt(share(i), c), {within: 1, "c": 1}, [above, low, "T", nonnegative])
        found = s.restate(eq(h(m(share(i))), share(i)), [at(back, x=share(i)), part, inside, above, low, "T", nonnegative])
        goal = eq(factor * m(p[i]) ** (1 / T), m(share(i)))
        scope = [above, "T", "B", "A", nonnegative]

        def case(t: Derivation, way: str) -> None:
            if way == "some":
                t.rewrite(goal, [*scope, way, own, there], using=[own, there])
            else:
                zero = t.sign(eq(p[i], 0), [way, low])
                nothing = t.sign(eq(p[i] ** (1 / T), 0), [zero, "T"])
                gone = t.combine(eq(share(i), 0), {nothing: 1 / WHOLE}, [above, low, "T", nonnegative])
                first = t.combine(eq(m(p[i]), 0), {own: 1, t.sign(eq(p[i] ** A, 0), [zero, "A"]): B}, [low, "A"])
                last = t.combine(eq(m(share(i)), 0), {there: 1, t.sign(eq(share(i) ** A, 0), [gone, "A", part, above, low, "T", nonnegative]): B}, [part, "A", *scope, low])
                none = t.sign(eq(m(p[i]) ** (1 / T), 0), [first, "T"])
                t.combine(goal, {none: factor, last: -1}, [first, *scope, part, low])

        same = s.cases(goal, {"some": gt(p[i], 0), "none": le(p[i], 0)}, case, [*scope, own, low, s.sign(ge(m(p[i]), 0), [own, low, "B", "A"])])
        s.transfer(eq(share(i), h(argument(p, T, factor)(i))), s.combine(eq(share(i), h(m(share(i)))), {found: -1}, [above, low, "T", nonnegative]),
                   [same, s.sign(ge(m(p[i]), 0), [own, low, "B", "A"]), *scope, low])

    entries = d.for_all((i,), SPAN, entry)
    sums = d.rewrite(eq(total(share), 1), [above, "T", nonnegative])
    finish(d, share, factor, entries, sums, ["T", above, "B", "A", nonnegative])


RESPONSE = each(lambda a: All(le(h(argument(r)(a)) - q[a], L * sp.Abs(r[a] - p[a])), ge(h(argument(r)(a)) - q[a], -L * sp.Abs(r[a] - p[a]))))
s_ = sp.IndexedBase("s")
LIPSCHITZ: Proposition = le(total(lambda a: sp.Abs(s_[a] - q[a])), 2 * L * total(lambda a: sp.Abs(r[a] - p[a])))


def derive_lipschitz(d: Derivation) -> None:
    weak, monotone = g.inverse(d, g.WEAK, g.MONOTONE)
    images = g.entries_of(d, "s", s_, r, T, mu)
    one, other = g.sum_of(d, "q"), g.sum_of(d, "s", s_)
    gap = L * sp.Abs(r[i] - p[i])
    shifted = lambda a: h(argument(r)(a))  # noqa: E731

    def bottom(t: Derivation) -> str:
        entry, within = t.sign(ge(r[i], 0), ["r", "low", "high"]), t.restate(lt(r[i], c), [at("room_r", i=i), "low", "high"])
        return t.sign(ge(m(r[i]), 0), [t.restate(ge(m(r[i]), m(0)), [at(monotone, x=0, y=r[i]), t.sign(le(ZERO, 0), []), entry, within]), "bottom"])

    defined = d.for_all((i,), SPAN, bottom)

    def case(s: Derivation, way: str) -> None:
        sign = 1 if way == "more" else -1
        small, large = (lam, mu) if way == "more" else (mu, lam)

        def entry(t: Derivation) -> None:
            value = t.restate(ge(m(r[i]), 0), [at(defined, i=i), "low", "high"])
            root = t.sign(ge(m(r[i]) ** (1 / T), 0), [value, "T"])
            order = t.combine(le(small * m(r[i]) ** (1 / T), large * m(r[i]) ** (1 / T)), {way: m(r[i]) ** (1 / T)}, [root, "T", value])
            heights = t.restate(le(h(small * m(r[i]) ** (1 / T)), h(large * m(r[i]) ** (1 / T))), [at(weak, u=small * m(r[i]) ** (1 / T), v=large * m(r[i]) ** (1 / T)), order, value, "T"])
            own = g.entry_of(t, images, i, ["low", "high"], s_, r, T, mu)
            scope = [value, "T"]
            step = t.combine(ge(sign * (s_[i] - shifted(i)), 0), {heights: 1, own: -sign}, scope)
            near = t.restate(RESPONSE.then, [at("response", i=i), "low", "high", *scope])  # type: ignore[attr-defined]
            up, down = (t.restate(side, [near, *scope]) for side in RESPONSE.then.args)  # type: ignore[attr-defined]
            bound = le(sp.Abs(s_[i] - q[i]), sign * (s_[i] - shifted(i)) + gap)
            t.cases(bound, {"up": ge(s_[i] - q[i], 0), "down": lt(s_[i] - q[i], 0)}, lambda u, side: u.combine(
                bound, ({up: 1} if side == "up" else {down: 1, step: 2}) if sign > 0 else ({up: 1, step: 2} if side == "up" else {down: 1}), [side, *scope]), scope)

        entries = s.for_all((i,), SPAN, entry)
        summed = s.step("termwise", le(total(lambda a: sp.Abs(s_[a] - q[a])), total(lambda a: sign * (s_[a] - shifted(a)) + L * sp.Abs(r[a] - p[a]))), [entries, defined, "T"], range=(1, V))
        n = 1 if sign > 0 else 0
        side = s.for_all((i,), SPAN, lambda t: t.restate(RESPONSE.then.args[n], [t.restate(RESPONSE.then, [at("response", i=i), "low", "high", at(defined, i=i), "T"]), at(defined, i=i), "low", "high", "T"]))  # type: ignore[attr-defined]
        if sign > 0:
            drift = s.step("termwise", ge(total(lambda a: shifted(a) - q[a]), total(lambda a: -L * sp.Abs(r[a] - p[a]))), [side, defined, "T"], range=(1, V))
        else:
            drift = s.step("termwise", le(total(lambda a: shifted(a) - q[a]), total(lambda a: L * sp.Abs(r[a] - p[a]))), [side, defined, "T"], range=(1, V))
        s.combine(LIPSCHITZ, {summed: 1, drift: 1, one: -sign, other: sign}, [defined, "T"])

    d.cases(LIPSCHITZ, {"more": le(lam, mu), "less": gt(lam, mu)}, case)


def straight(draw: Draw) -> Sample:
    size, heat = draw.integer(1, 3), sp.Rational(draw.integer(2, 6), 2)
    masses = draw.law(size, zeros=True)
    found, factor = g.softened("mixing", masses, heat)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "A": ONE, "b": ZERO, **g.pair("mixing")})


def logarithmic(draw: Draw) -> Sample:
    size, scale, heat = draw.integer(1, 3), draw.rational("1/2", 2), sp.Rational(draw.integer(1, 6), 2)
    masses = draw.law(size, zeros=True)
    found, factor = g.softened("power", masses, heat, scale)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "A": ONE, "B": scale, **g.pair("power", scale)})


def steep(draw: Draw) -> Sample:
    """Mixing, where one factor moves an entry by 1/T of its way."""
    size, heat = draw.integer(1, 3), sp.Rational(draw.integer(2, 6), 2)
    first, second = draw.law(size), draw.law(size)
    (found, factor), (other, second_factor) = g.softened("mixing", first, heat), g.softened("mixing", second, heat)
    return Sample({"V": size, "p": first, "r": second, "T": heat, "q": found, "lam": factor, "s": other, "mu": second_factor, "L": ONE, **g.pair("mixing")})


ROOM = (("c", gt(c, 1)),)
CLAIMS = (
    Entry(Claim("op:generator-class/straight", "The generator p gives mixing", OURS, "ours", "identity",
                (("T", ge(T, 1)), ("V", ge(V, 1)), *ROOM, *LAW, ("values", EXPONENTIAL), ("q", image())), each(lambda a: eq(q[a], mixing(p, T)(a))),
                uses=("op:generator-class/inverse", "op:generator-class/unique")), derive_straight, straight),
    Entry(Claim("op:generator-class/logarithmic", "The generator log p gives power", OURS, "ours", "identity",
                (("T", gt(T, 0)), ("A", gt(A, 0)), ("B", gt(B, 0)), *ROOM, *LAW, ("values", POWERS), ("q", image())), each(lambda a: eq(q[a], power(p, T)(a))),
                uses=("op:generator-class/inverse", "op:generator-class/unique", "base:root-bounds/total")), derive_logarithmic, logarithmic),
    Entry(Claim("op:generator-class/lipschitz", "Steepness of the generator bounds that of the operator", OURS, "ours", "upper",
                (("T", gt(T, 0)), ("r", law(r)), ("room_r", g.room(r)), ("bottom", LAW[2][1]), *GENERATOR, ("q", image()), ("s", image(s_, r, T, mu)), ("response", RESPONSE)),
                LIPSCHITZ, uses=("op:generator-class/inverse",)), derive_lipschitz, steep),
)
