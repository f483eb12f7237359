"""Generator operators satisfy A2: for every e > 0 there is d > 0 such that every law r within d of p, entry by entry, has at every
T2 > 0 within d of T an image within e of F_T(p), entry by entry.  Faces included, T > 0.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import GENERATOR, SPAN, argument, c, h, image, lam, m, mu, y
from theorems.softening.generator_continuity import BOUND, close_to, response_near, s_, t
from theorems.softening.generator_continuous import e, obtain
from theorems.softening.generator_unique import LAW
from theorems.terms import substitute
from theorems.vocabulary import T2, T, V, each, i, law, n, p, q, r, sp

OURS = Source("ours", "this project")
ZERO = sp.Integer(0)
d_, old, new = sp.symbols("d old new", real=True)
THERE = h(lam * m(y) ** (1 / t))
RANGE = (le(0, y), lt(y, c), gt(t, 0))


def at_entries(count: sp.Expr, distance: sp.Expr) -> Proposition:
    """Within `distance` of (p_i, T), i = 1..count, the response is within e of that at (p_i, T)."""
    near = All(lt(THERE, h(argument()(i)) + e), gt(THERE, h(argument()(i)) - e))
    return ForAll((i, y, t), (le(1, i), le(i, count), *RANGE, *close_to(p[i], T, distance)), near)


def common(count: sp.Expr, name: sp.Symbol = d_) -> Exists:
    return Exists((name,), (gt(name, 0),), at_entries(count, name))


CLOSE = tuple(("y_up", "y_down", "t_up", "t_down"))


def derive_common(d: Derivation) -> None:
    """One distance serves all entries: induction on their number."""
    names = {"i_low": le(1, i), "from": le(0, y), "to": lt(y, c), "heat": gt(t, 0)}

    def assume(count: sp.Expr, distance: sp.Expr) -> dict[str, Proposition]:
        return {"i_low": le(1, i), "i_high": le(i, count), **{k: f for k, f in names.items() if k != "i_low"}, **dict(zip(CLOSE, close_to(p[i], T, distance), strict=True))}

    def base(s: Derivation) -> None:
        def none(o: Derivation) -> None:
            near = at_entries(ZERO, sp.Integer(1)).then  # type: ignore[attr-defined]
            empty = o.combine(le(sp.Integer(1), 0), {"i_low": 1, "i_high": 1})
            o.restate(near, [o.contradiction(part, lambda w: w.combine(le(sp.Integer(1), 0), {empty: 1})) for part in near.args])

        def inside(w: Derivation) -> None:
            shown = w.for_all((i, y, t), assume(ZERO, sp.Integer(1)), none)
            w.exhibit(common(ZERO), [shown, w.sign(gt(ZERO + 1, 0), [])], d=1)

        s.for_all((), {"inside": le(0, V)}, inside)

    def further(s: Derivation) -> None:
        def inside(w: Derivation) -> None:
            earlier = w.restate(common(n), [at("hypothesis"), w.sign(le(n, V), ["inside"])])
            span = [w.sign(le(1, n + 1), ["range"]), "inside"]
            entry, within = g.in_domain(w, n + 1, span)
            mine = w.restate(ge(m(p[n + 1]), m(0)), [at(monotone, x=0, y=p[n + 1]), w.sign(le(ZERO, 0), []), entry, within])
            point = Exists((new,), (gt(new, 0),), substitute(response_near(new), {"x": p[n + 1]}))
            found = w.use("op:generator-class/response", point, ["T", entry, within, "e", "bottom", *(k for k, _ in GENERATOR)], x=p[n + 1])
            first = Exists((old,), (gt(old, 0),), at_entries(n, old))
            renamed = w.restate(first, [earlier])
            obtain(w, common(n + 1), renamed, first, ("old", "olds"), lambda o: obtain(o, common(n + 1), found, point, ("new", "news"), lambda z: joined(z, mine)))

        def joined(w: Derivation, mine: str) -> None:
            least = old * new / (old + new)

            def near(o: Derivation) -> None:
                goal = at_entries(n + 1, least).then  # type: ignore[attr-defined]

                def case(z: Derivation, way: str) -> None:
                    if way == "earlier":
                        z.restate(goal, [at("olds", i=i, y=y, t=t), "i_low", way, "from", "to", "heat", *closer(z, old, p[i])])
                    else:
                        same = z.sign(eq(i, n + 1), [z.step("discrete", ge(i, n + 1), [way]), "i_high"])
                        shift = [z.transfer(f, k, [same, "old", "new"]) for f, k in zip(close_to(p[n + 1], T, least), CLOSE, strict=True)]
                        there = z.restate(substitute(response_near(new), {"x": p[n + 1]}).then, [at("news", y=y, t=t), "from", "to", "heat", *closer(z, new, p[n + 1], shift)])
                        lowest = z.restate(ge(m(y), m(0)), [at(monotone, x=0, y=y), z.sign(le(ZERO, 0), []), "from", "to"])
                        defined = [z.sign(ge(m(y), 0), [lowest, "bottom"]), z.sign(ge(m(p[n + 1]), 0), [mine, "bottom"]), "heat", "T"]
                        z.transfer(goal, there, [same, *defined])

                o.cases(goal, {"earlier": le(i, n), "last": gt(i, n)}, case)

            shown = w.for_all((i, y, t), assume(n + 1, least), near)
            w.exhibit(common(n + 1), [shown, w.sign(gt(least, 0), ["old", "new"]), "old", "new"], d=least)

        s.for_all((), {"inside": le(n + 1, V)}, inside)

    def closer(z: Derivation, distance: sp.Expr, place: sp.Expr, facts: list[str] | None = None) -> list[str]:
        return [z.sign(f, [k, "old", "new"]) for f, k in zip(close_to(place, T, distance), facts or CLOSE, strict=True)]

    (monotone,) = g.inverse(d, g.MONOTONE)
    steps = d.induction(ForAll((n,), (le(0, n),), ForAll((), (le(n, V),), common(n))), base, further)
    some = d.restate(ForAll((), (le(V, V),), common(V)), [at(steps, n=V), "V"])
    d.restate(common(V), [at(some), d.sign(le(V, V), [])])


def derive_joint(d: Derivation) -> None:
    entries = g.entries_of(d, "q")
    whole = g.sum_of(d, "q")
    part = e / (2 * V)
    error = d.sign(gt(part, 0), ["e", "V"])
    first = substitute(common(V, old), {"e": part})
    found = d.use("op:generator-class/common", first, ["T", "V", error, *(k for k, _ in LAW)], e=part)

    def inside(s: Derivation) -> None:
        def image_near(o: Derivation) -> None:
            def near(w: Derivation) -> None:
                span = ["low", "high"]
                entry = w.sign(ge(r[i], 0), ["r", *span])
                within = w.restate(lt(r[i], c), [at("room_r", i=i), *span])
                sides = w.restate(All(lt(r[i], p[i] + old), gt(r[i], p[i] - old)), [at("near", i=i), *span])
                ends = w.restate(lt(r[i], p[i] + old), [sides]), w.restate(gt(r[i], p[i] - old), [sides])
                changed, own = h(argument(r, T2, lam)(i)), h(argument()(i))
                response = w.restate(All(lt(changed, own + part), gt(changed, own - part)),
                                     [at("olds", i=i, y=r[i], t=T2), *span, entry, within, *ends, "T2", "hotter", "colder"])
                image_i = g.entry_of(w, entries, i, span)
                over, under = w.restate(lt(changed, own + part), [response]), w.restate(gt(changed, own - part), [response])
                bottom = w.sign(ge(m(r[i]), 0), [w.restate(ge(m(r[i]), m(0)), [at(monotone, x=0, y=r[i]), w.sign(le(ZERO, 0), []), entry, within]), "bottom"])
                mine = w.sign(ge(m(p[i]), 0), [g.above_bottom(w, i, span, monotone), "bottom"])
                scope = [bottom, mine, "T2", "T", "V"]
                w.restate(All(le(changed, q[i] + part), ge(changed, q[i] - part)),
                          [w.combine(le(changed, q[i] + part), {over: 1, image_i: -1}, scope), w.combine(ge(changed, q[i] - part), {under: 1, image_i: 1}, scope)])

            close = o.for_all((i,), SPAN, near)
            bound = o.use("op:generator-class/continuity-bound", substitute(BOUND, {"e": part}),
                          ["T2", "r", "room_r", "bottom", *(k for k, _ in GENERATOR), "s", whole, close, "V"], e=part)

            def entry(w: Derivation) -> None:
                both = w.restate(substitute(BOUND.then, {"e": part}), [at(bound, i=i), "low", "high"])
                one = w.combine(lt(s_[i], q[i] + e), {w.restate(le(s_[i], q[i] + V * part), [both]): 1, "e": sp.Rational(1, 2)}, ["V"])
                two = w.combine(gt(s_[i], q[i] - e), {w.restate(ge(s_[i], q[i] - V * part), [both]): 1, "e": sp.Rational(1, 2)}, ["V"])
                w.restate(All(lt(s_[i], q[i] + e), gt(s_[i], q[i] - e)), [one, two])

            o.for_all((i,), SPAN, entry)

        shown = s.for_all((r, s_, T2, mu), dict(zip(("T2", "hotter", "colder", "r", "room_r", "near", "s"), CONDITIONS(old), strict=True)), image_near)
        s.exhibit(JOINT, [shown, "old"], d=old)

    (monotone,) = g.inverse(d, g.MONOTONE)
    obtain(d, JOINT, found, first, ("old", "olds"), inside)


def CONDITIONS(distance: sp.Expr) -> tuple[Proposition, ...]:
    """r and T2 lie within `distance` of p and T, and s is the image of r at T2."""
    near = each(lambda a: All(lt(r[a], p[a] + distance), gt(r[a], p[a] - distance)))
    return gt(T2, 0), lt(T2, T + distance), gt(T2, T - distance), law(r), g.room(r), near, image(s_, r, T2, mu)


JOINT = Exists((d_,), (gt(d_, 0),), ForAll((r, s_, T2, mu), CONDITIONS(d_), each(lambda a: All(lt(s_[a], q[a] + e), gt(s_[a], q[a] - e)))))


def common_sample(draw: Draw) -> Sample:
    kind, size = g.kind_of(draw), draw.integer(1, 2)
    masses, heat = draw.law(size, zeros=True), g.heat(draw, kind)
    return Sample({"V": size, "p": masses, "T": heat, "lam": draw.rational("1/8", 1), "e": draw.rational("1/4", 1), "y": masses[0] + sp.Rational(1, 1000),
                   "t": heat + draw.rational(0, "1/1000"), "d": sp.Rational(1, 100), **g.pair(kind)})


def joint_sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, heat, other = draw.law(size, zeros=True), sp.Rational(draw.integer(2, 6), 2), draw.law(size, zeros=True)
    varied, hotter = tuple(x + (z - x) / 500 for x, z in zip(masses, other, strict=True)), heat * (1 + sp.Rational(draw.integer(0, 1), 500))
    (found, factor), (changed, second) = g.softened(kind, masses, heat, scale), g.softened(kind, varied, hotter, scale)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "e": draw.rational("1/2", 1), "r": varied, "s": changed, "T2": hotter,
                   "mu": second, "d": sp.Rational(1, 100), **g.pair(kind, scale)})


CLAIMS = (
    Entry(Claim("op:generator-class/common", "One distance serves all entries", OURS, "ours", "implication",
                (("T", gt(T, 0)), ("V", ge(V, 1)), ("e", gt(e, 0)), *LAW), common(V), uses=("op:generator-class/inverse", "op:generator-class/response")),
          derive_common, common_sample),
    Entry(Claim("op:generator-class/continuity", "Generator operators are jointly continuous (A2)", OURS, "ours", "implication",
                (("T", gt(T, 0)), ("V", ge(V, 1)), ("e", gt(e, 0)), *LAW, ("q", image())), JOINT,
                uses=("op:generator-class/inverse", "op:generator-class/common", "op:generator-class/continuity-bound")),
          derive_joint, joint_sample),
)
