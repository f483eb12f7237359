"""What else a blend (1 - c) F + c G, c in [0, 1], keeps besides op:blend/pointwise; f, g are the images of p under F and G, f2, g2 of p2.

It commutes with permutations (/equivariance), majorises where c is fixed and the images are ordered alike (/majorisation), is affine (/affine), has the l1 constant (1 - c) L + c M (/lipschitz), keeps the cold limit
(/cold-limit), and is jointly continuous where F, G and the coefficient are (/continuity).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T2, T, V, each, i, k, law, p, q, r, sp, total

OURS = Source("ours", "this project")
f, g, f2, g2, f3, g3 = (sp.IndexedBase(name) for name in ("f", "g", "f2", "g2", "f3", "g3"))
s_ = sp.IndexedBase("s", integer=True)
F, G, w, dom = (sp.Function(name) for name in ("F", "G", "w", "dom"))
c, d_, e, e1, t, L, M, old, new = sp.symbols("c d e e1 t L M old new", real=True)
N = sp.Symbol("N", integer=True)
SPAN = {"low": le(1, i), "high": le(i, V)}
SHARE = (("c", ge(c, 0)), ("c_high", le(c, 1)))


def blend(one: sp.IndexedBase, two: sp.IndexedBase):  # type: ignore[no-untyped-def]
    return lambda s: (1 - c) * one[s] + c * two[s]


PERMUTED = each(lambda s: eq(blend(f2, g2)(s), blend(f, g)(s_[s])))


def derive_equivariance(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        one, two = (s.restate(eq(z2[i], z[s_[i]]), [at(name, i=i), "low", "high"]) for z, z2, name in ((f, f2, "f"), (g, g2, "g")))
        s.combine(PERMUTED.then, {one: 1 - c, two: c})  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


def heads(less: sp.IndexedBase, more: sp.IndexedBase) -> Proposition:
    return each(lambda s: le(total(lambda b: less[b], s), total(lambda b: more[b], s)), V, k)


SPREAD = each(lambda s: le(total(blend(f2, g2), s), total(blend(f, g), s)), V, k)


def derive_majorisation(d: Derivation) -> None:
    def head(s: Derivation) -> None:
        parts = [s.restate(heads(*z).then, [at(name, k=k), "low", "high"]) for z, name in (((f2, f), "f"), ((g2, g), "g"))]  # type: ignore[attr-defined]
        s.combine(SPREAD.then, {parts[0]: 1 - c, parts[1]: c}, ["c", "c_high"])  # type: ignore[attr-defined]

    d.for_all((k,), {"low": le(1, k), "high": le(k, V)}, head)


def mixed(out: sp.IndexedBase, one: sp.IndexedBase, two: sp.IndexedBase) -> Proposition:
    return each(lambda s: eq(out[s], (1 - t) * one[s] + t * two[s]))


AFFINE = each(lambda s: eq(blend(f3, g3)(s), (1 - t) * blend(f, g)(s) + t * blend(f2, g2)(s)))


def derive_affine(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        one, two = (s.restate(mixed(*z).then, [at(name, i=i), "low", "high"]) for z, name in (((f3, f, f2), "f"), ((g3, g, g2), "g")))  # type: ignore[attr-defined]
        s.combine(AFFINE.then, {one: 1 - c, two: c})  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


def distance(one: object, two: object) -> sp.Expr:
    rule = [z if callable(z) else (lambda s, z=z: z[s]) for z in (one, two)]  # type: ignore[index]
    return total(lambda s: sp.Abs(rule[0](s) - rule[1](s)))


LIPSCHITZ = le(distance(blend(f, g), blend(f2, g2)), ((1 - c) * L + c * M) * distance(p, q))


def derive_lipschitz(d: Derivation) -> None:
    gap, bound = blend(f, g)(i) - blend(f2, g2)(i), (1 - c) * sp.Abs(f[i] - f2[i]) + c * sp.Abs(g[i] - g2[i])

    def entry(s: Derivation) -> None:
        ends = {sign: [modulus(s, x, sign) for x in (f[i] - f2[i], g[i] - g2[i])] for sign in (1, -1)}
        sides = {sign: s.combine(le(sign * gap, bound), {ends[sign][0]: 1 - c, ends[sign][1]: c}, ["c", "c_high"]) for sign in (1, -1)}
        s.cases(le(sp.Abs(gap), bound), {"up": ge(gap, 0), "down": lt(gap, 0)}, lambda z, way: z.combine(le(sp.Abs(gap), bound), {sides[1 if way == "up" else -1]: 1}, [way]))

    entries = d.for_all((i,), SPAN, entry)
    summed = d.step("termwise", le(distance(blend(f, g), blend(f2, g2)), total(lambda s: (1 - c) * sp.Abs(f[s] - f2[s]) + c * sp.Abs(g[s] - g2[s]))), [entries], range=(1, V))
    d.combine(LIPSCHITZ, {summed: 1, "f": 1 - c, "g": c}, ["c", "c_high"])


def modulus(s: Derivation, x: sp.Expr, sign: int) -> str:
    """x or -x is at most |x|."""
    return s.cases(le(sign * x, sp.Abs(x)), {"up": ge(x, 0), "down": lt(x, 0)}, lambda z, way: z.combine(
        le(sign * x, sp.Abs(x)), {} if (way == "up") == (sign > 0) else {way: 2}, [way]))


def path(function: sp.Function):  # type: ignore[no-untyped-def]
    return lambda s: function(s, T)


def shares(rule) -> Proposition:  # type: ignore[no-untyped-def]
    return All(each(lambda s: All(lt(rule(s), 1 / N + e), gt(rule(s), 1 / N - e)), N), each(lambda s: All(ge(rule(s), 0), lt(rule(s), e)), V, i, N + 1))


def cold(rule, bound: sp.Symbol) -> Exists:  # type: ignore[no-untyped-def]
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, 0), lt(T, bound), ge(dom(T), 0)), shares(rule)))


def moving(s: sp.Expr) -> sp.Expr:
    return (1 - w(T)) * F(s, T) + w(T) * G(s, T)


RANGE = ForAll((T,), (ge(dom(T), 0),), All(ge(w(T), 0), le(w(T), 1)))
COLD = cold(moving, M)


def between(s: Derivation, goal: Proposition, one: str, two: str, low: str, high: str, by: list[str]) -> str:
    """What both parts satisfy strictly holds of the blend: one of 1 - w and w is > 0."""
    gap = F(i, T) - G(i, T)
    sign = 1 if goal.op == "<" else -1  # type: ignore[attr-defined]
    return s.cases(goal, {"some": gt(w(T), 0), "none": le(w(T), 0)}, lambda z, way: (
        z.combine(goal, {two: w(T), one: 1 - w(T)}, [way, high, *by]) if way == "some" else
        z.combine(goal, {one: 1, z.sign(eq(w(T), 0), [way, low]): -sign * gap}, by)))


def derive_cold(d: Derivation) -> None:
    goal = COLD

    def early(s: Derivation) -> None:
        least = old * new / (old + new)
        small = s.sign(gt(least, 0), ["old", "new"])

        def there(u: Derivation) -> None:
            first, second = u.sign(lt(T, old), ["early", "old", "new"]), u.sign(lt(T, new), ["early", "old", "new"])
            parts = [u.restate(shares(path(z)), [at(name, T=T), "up", fact, "in"]) for z, name, fact in ((F, "f_near", first), (G, "g_near", second))]
            both = u.restate(All(ge(w(T), 0), le(w(T), 1)), [at("share", T=T), "in"])
            limits = u.restate(ge(w(T), 0), [both]), u.restate(le(w(T), 1), [both])
            halves = []
            for n, span in ((0, {"low": le(1, i), "high": le(i, N)}), (1, {"low": le(N + 1, i), "high": le(i, V)})):
                facts = [u.restate(shares(path(z)).args[n], [part]) for z, part in zip((F, G), parts, strict=True)]  # type: ignore[attr-defined]

                def entry(z: Derivation, n: int = n, facts: list[str] = facts) -> None:
                    known = [z.restate(shares(path(x)).args[n].then, [at(fact, i=i), "low", "high"]) for x, fact in zip((F, G), facts, strict=True)]  # type: ignore[attr-defined]
                    wanted = shares(moving).args[n].then  # type: ignore[attr-defined]
                    sides = []
                    for m, side in enumerate(wanted.args):
                        one, two = (z.restate(shares(path(x)).args[n].then.args[m], [fact]) for x, fact in zip((F, G), known, strict=True))  # type: ignore[attr-defined]
                        by = ["N"] if n == 0 else []
                        sides.append(z.combine(side, {one: 1 - w(T), two: w(T)}, [*limits]) if side.op in ("<=", ">=") else between(z, side, one, two, *limits, by))
                    z.restate(wanted, sides)

                halves.append(u.for_all((i,), span, entry))
            u.restate(shares(moving), halves)

        shown = s.for_all((T,), {"up": gt(T, 0), "early": lt(T, least), "in": ge(dom(T), 0)}, there)
        s.exhibit(goal, [shown, small, "old", "new"], M=least)

    obtain(d, goal, "f", cold(path(F), old), ("old", "f_near"), lambda s: obtain(s, goal, "g", cold(path(G), new), ("new", "g_near"), early))


def near(rule, distance_: sp.Expr, error: sp.Expr) -> Proposition:  # type: ignore[no-untyped-def]
    """Within `distance_` of p and T the rule is within `error` of what it is there."""
    close = each(lambda s: All(lt(r[s], p[s] + distance_), gt(r[s], p[s] - distance_)))
    there = each(lambda s: All(lt(rule(s, r, T2), rule(s, p, T) + error), gt(rule(s, r, T2), rule(s, p, T) - error)))
    return ForAll((r, T2), (law(r), ge(dom(T2), 0), lt(T2, T + distance_), gt(T2, T - distance_), close), there)


def continuous(rule, name: sp.Symbol, error: sp.Expr) -> Exists:  # type: ignore[no-untyped-def]
    return Exists((name,), (gt(name, 0),), near(rule, name, error))


def timely(name: sp.Symbol, error: sp.Expr) -> Exists:
    return Exists((name,), (gt(name, 0),), ForAll((T2,), (ge(dom(T2), 0), lt(T2, T + name), gt(T2, T - name)), All(lt(w(T2), w(T) + error), gt(w(T2), w(T) - error))))


def whole(s: sp.Expr, family: sp.IndexedBase, temperature: sp.Expr) -> sp.Expr:
    return (1 - w(temperature)) * F(s, family, temperature) + w(temperature) * G(s, family, temperature)


JOINT = continuous(whole, d_, e)
d3 = sp.Symbol("d3", real=True)


def derive_continuity(d: Derivation) -> None:
    half = e / 2
    positive = d.sign(gt(half, 0), ["e"])
    sources = [(continuous(F, old, half), "f", ("old", "f_near")), (continuous(G, new, half), "g", ("new", "g_near")), (timely(d3, half), "w", ("d3", "w_near"))]
    facts = [d.restate(found, [at(name, e1=half), positive]) for found, name, _ in sources]
    names = ["old", "new", "d3"]
    least = 1 / (1 / old + 1 / new + 1 / d3)

    def inside(s: Derivation) -> None:
        positive_least = s.sign(gt(least, 0), names)
        below = {x: s.sign(le(least, x), names) for x in (old, new, d3)}

        def there(u: Derivation) -> None:
            def close(x: sp.Symbol) -> str:
                def entry(z: Derivation) -> None:
                    both = z.restate(near(F, least, e).given[4].then, [at("close", i=i), "low", "high", *names])  # type: ignore[attr-defined]
                    up, down = z.restate(lt(r[i], p[i] + least), [both, *names]), z.restate(gt(r[i], p[i] - least), [both, *names])
                    z.restate(All(lt(r[i], p[i] + x), gt(r[i], p[i] - x)), [z.combine(lt(r[i], p[i] + x), {up: 1, below[x]: 1}, names), z.combine(gt(r[i], p[i] - x), {down: 1, below[x]: 1}, names)])

                return u.for_all((i,), SPAN, entry)

            def times(x: sp.Symbol) -> list[str]:
                return [u.combine(lt(T2, T + x), {"hotter": 1, below[x]: 1}, names), u.combine(gt(T2, T - x), {"colder": 1, below[x]: 1}, names)]

            images = [u.restate(near(z, x, half).then, [at(fact, r=r, T2=T2), "r", "in", *times(x), close(x), "e"]) for z, x, fact in ((F, old, "f_near"), (G, new, "g_near"))]  # type: ignore[attr-defined]
            clock = u.restate(All(lt(w(T2), w(T) + half), gt(w(T2), w(T) - half)), [at("w_near", T2=T2), "in", *times(d3)])
            late, soon = u.restate(lt(w(T2), w(T) + half), [clock]), u.restate(gt(w(T2), w(T) - half), [clock])
            both = u.restate(All(ge(w(T2), 0), le(w(T2), 1)), [at("share", T=T2), "in"])
            low, high = u.restate(ge(w(T2), 0), [both]), u.restate(le(w(T2), 1), [both])

            def entry(z: Derivation) -> None:
                known = [z.restate(near(x, d_, half).then.then, [at(fact, i=i), "low", "high"]) for x, fact in zip((F, G), images, strict=True)]  # type: ignore[attr-defined]
                f_low, f_high = small(z, F, "f_law"), top(z, F, "f_law")
                g_low, g_high = small(z, G, "g_law"), top(z, G, "g_law")
                sides = []
                for op, sign in ((lt, 1), (gt, -1)):
                    one, two = (z.restate(op(x(i, r, T2), x(i, p, T) + sign * half), [fact]) for x, fact in zip((F, G), known, strict=True))
                    goal = op(whole(i, r, T2), whole(i, p, T) + sign * e)
                    shift = shifted(z, sign, (late, soon), (f_low, f_high, g_low, g_high), positive)
                    sides.append(z.cases(goal, {"some": gt(w(T2), 0), "none": le(w(T2), 0)}, lambda y, way, goal=goal, one=one, two=two, shift=shift: y.combine(  # type: ignore[misc]
                        goal, {one: 1 - w(T2), two: w(T2), shift: 1} if way == "some" else
                        {one: 1, shift: 1, y.sign(eq(w(T2), 0), [way, low]): -(1 if goal.op == "<" else -1) * (F(i, r, T2) - F(i, p, T) - G(i, r, T2) + G(i, p, T))}, [way, low, high])))  # type: ignore[attr-defined]
                z.restate(near(whole, d_, e).then.then, sides)  # type: ignore[attr-defined]

            u.for_all((i,), SPAN, entry)

        given = near(whole, least, e).given  # type: ignore[attr-defined]
        shown = s.for_all((r, T2), dict(zip(("r", "in", "hotter", "colder", "close"), given, strict=True)), there)
        s.exhibit(JOINT, [shown, positive_least, *names], d=least)

    obtain(d, JOINT, facts[0], sources[0][0], sources[0][2], lambda s: obtain(s, JOINT, facts[1], sources[1][0], sources[1][2], lambda u: (
        obtain(u, JOINT, facts[2], sources[2][0], sources[2][2], inside))))


def shifted(z: Derivation, sign: int, times: tuple[str, str], bounds: tuple[str, str, str, str], positive: str) -> str:
    """(w' - w)(G - F) is at most e/2, or at least -e/2, for |G - F| <= 1."""
    gap, half, op = G(i, p, T) - F(i, p, T), e / 2, le if sign > 0 else ge
    goal = op((w(T2) - w(T)) * gap, sign * half)
    f_low, f_high, g_low, g_high = bounds

    def case(y: Derivation, way: str) -> None:
        side = times[0] if (way == "up") == (sign > 0) else times[1]
        room = y.combine(le(gap, 1), {g_high: 1, f_low: 1}) if way == "up" else y.combine(le(-gap, 1), {f_high: 1, g_low: 1})
        y.combine(goal, {side: gap if way == "up" else -gap, room: half}, [way, positive])

    return z.cases(goal, {"up": ge(gap, 0), "down": lt(gap, 0)}, case)


def small(z: Derivation, function: sp.Function, fact: str) -> str:
    return z.sign(ge(function(i, p, T), 0), [fact, "low", "high"])


def top(z: Derivation, function: sp.Function, fact: str) -> str:
    mass = z.restate(eq(total(lambda s: function(s, p, T)), 1), [fact])
    part = z.step("member", le(function(i, p, T), total(lambda s: function(s, p, T))), [fact, "low", "high"], at=i)
    return z.combine(le(function(i, p, T), 1), {part: 1, mass: 1})


def mix(masses, heat: sp.Expr) -> tuple[sp.Expr, ...]:  # type: ignore[no-untyped-def]
    return tuple(x / heat + (1 - 1 / heat) / len(masses) for x in masses)


def sample(draw: Draw) -> Sample:
    size, share, part = draw.integer(1, 3), draw.rational(0, 1), draw.rational(0, 1)
    first, second, heat, other = draw.law(size), draw.law(size), draw.rational(1, 3), draw.rational(1, 3)
    third = tuple((1 - part) * x + part * y for x, y in zip(first, second, strict=True))
    values = {name: mix(masses, z) for name, masses, z in (("f", first, heat), ("g", first, other), ("f2", second, heat), ("g2", second, other), ("f3", third, heat), ("g3", third, other))}
    return Sample({"V": size, "c": share, "t": part, "p": first, "q": second, "L": 1 / heat, "M": 1 / other, **values})


def hotter(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    masses = tuple(sorted(draw.law(size, zeros=True), reverse=True))
    return Sample({"V": size, "c": draw.rational(0, 1), **{name: mix(masses, sp.Integer(heat)) for name, heat in (("f", 1), ("f2", 2), ("g", 2), ("g2", 5))}})


def moved(draw: Draw) -> Sample:
    size, share = draw.integer(1, 3), draw.rational(0, 1)
    masses, order, rest = draw.law(size), [], list(range(1, size + 1))
    while rest:
        order.append(rest.pop(draw.integer(0, len(rest) - 1)))
    turned = tuple(masses[n - 1] for n in order)
    return Sample({"V": size, "c": share, "s": tuple(order), "f": mix(masses, sp.Integer(2)), "g": mix(masses, sp.Integer(3)), "f2": mix(turned, sp.Integer(2)), "g2": mix(turned, sp.Integer(3))})


def frozen(draw: Draw) -> Sample:
    size, index, heat = draw.integer(1, 3), sp.Symbol("index", integer=True), sp.Symbol("heat", real=True)
    parts = [sp.Integer(8)] + [sp.Integer(draw.integer(0, 4)) for _ in range(size - 1)]
    masses = [x / sum(parts) for x in parts]
    rule = lambda z: sp.Lambda((index, heat), sp.Add(*(sp.exp(z * x / heat) * sp.KroneckerDelta(index, n + 1) for n, x in enumerate(masses))) / sum(sp.exp(z * x / heat) for x in masses))  # noqa: E731
    return Sample({"V": size, "N": sp.Integer(1), "e": draw.rational("1/4", 1), "F": rule(1), "G": rule(2), "w": sp.Lambda(heat, 1 / (1 + heat**2)), "dom": sp.Lambda(heat, 2 * heat), "old": sp.Rational(1, 64),
                   "new": sp.Rational(1, 64), "M": sp.Rational(1, 64), "T": sp.Rational(1, 128)})


def joint(draw: Draw) -> Sample:
    size, index, heat, family = draw.integer(1, 3), sp.Symbol("index", integer=True), sp.Symbol("heat", real=True), sp.IndexedBase("family")
    first, other, place = draw.law(size), draw.law(size), draw.rational("3/2", 3)
    rule = lambda clock: sp.Lambda((index, family, heat), family[index] / clock + (1 - 1 / clock) / size)  # noqa: E731
    return Sample({"V": size, "p": first, "r": tuple(x + (y - x) / 2000 for x, y in zip(first, other, strict=True)), "T": place, "T2": place + sp.Rational(1, 2000), "e": draw.rational("1/4", 1),
                   "e1": sp.Rational(1, 8), "F": rule(heat), "G": rule(heat**2), "w": sp.Lambda(heat, 1 / (1 + heat**2)), "dom": sp.Lambda(heat, heat - 1), "old": sp.Rational(1, 1000),
                   "new": sp.Rational(1, 1000), "d3": sp.Rational(1, 1000), "d": sp.Rational(1, 1000)})


def everywhere(found: Exists) -> Proposition:
    return ForAll((e1,), (gt(e1, 0),), found)


CLAIMS = (
    Entry(Claim("op:blend/equivariance", "A blend does not see the names of the classes", OURS, "ours", "identity",
                (("f", each(lambda s: eq(f2[s], f[s_[s]]))), ("g", each(lambda s: eq(g2[s], g[s_[s]])))), PERMUTED), derive_equivariance, moved),
    Entry(Claim("op:blend/majorisation", "A fixed blend of images ordered alike keeps majorisation", OURS, "ours", "upper",
                (*SHARE, ("f", heads(f2, f)), ("g", heads(g2, g))), SPREAD), derive_majorisation, hotter),
    Entry(Claim("op:blend/affine", "A blend of affine operators is affine", OURS, "ours", "identity",
                (("f", mixed(f3, f, f2)), ("g", mixed(g3, g, g2))), AFFINE), derive_affine, sample),
    Entry(Claim("op:blend/lipschitz", "A blend has the blended constant", OURS, "ours", "upper",
                (*SHARE, ("f", le(distance(f, f2), L * distance(p, q))), ("g", le(distance(g, g2), M * distance(p, q)))), LIPSCHITZ), derive_lipschitz, sample),
    Entry(Claim("op:blend/cold-limit", "A blend keeps the cold limit", OURS, "ours", "implication",
                (("N", ge(N, 1)), ("share", RANGE), ("f", cold(path(F), old)), ("g", cold(path(G), new))), COLD), derive_cold, frozen),
    Entry(Claim("op:blend/continuity", "A blend of continuous operators is continuous (A2)", OURS, "ours", "implication",
                (("e", gt(e, 0)), ("f_law", law(lambda s: F(s, p, T))), ("g_law", law(lambda s: G(s, p, T))), ("share", RANGE),
                 ("f", everywhere(continuous(F, old, e1))), ("g", everywhere(continuous(G, new, e1))), ("w", everywhere(timely(d3, e1)))), JOINT), derive_continuity, joint),
)
