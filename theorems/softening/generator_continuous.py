"""A strictly rising m that takes every value from m(0) up, and its inverse h, are continuous: spelled out with e and d."""

from collections.abc import Callable

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import GENERATOR, c, h, m, u, v, x, y
from theorems.vocabulary import sp

OURS = Source("ours", "this project")
ZERO = sp.Integer(0)
e, d_ = sp.symbols("e d", real=True)
up, down = sp.symbols("up down", real=True)


def h_near(distance: sp.Expr, error: sp.Expr, place: sp.Expr = u) -> Proposition:
    return ForAll((v,), (lt(v, place + distance), gt(v, place - distance)), All(lt(h(v), h(place) + error), gt(h(v), h(place) - error)))


def m_near(distance: sp.Expr, error: sp.Expr) -> Proposition:
    return ForAll((y,), (le(0, y), lt(y, c), lt(y, x + distance), gt(y, x - distance)), All(lt(m(y), m(x) + error), gt(m(y), m(x) - error)))


OUTER = Exists((d_,), (gt(d_, 0),), h_near(d_, e))
INNER = Exists((d_,), (gt(d_, 0),), m_near(d_, e))

H_UP = Exists((up,), (gt(up, 0),), ForAll((v,), (lt(v, u + up),), lt(h(v), h(u) + e)))
H_DOWN = Exists((down,), (gt(down, 0),), ForAll((v,), (gt(v, u - down),), gt(h(v), h(u) - e)))
M_UP = Exists((up,), (gt(up, 0),), ForAll((y,), (le(0, y), lt(y, c), lt(y, x + up)), lt(m(y), m(x) + e)))
M_DOWN = Exists((down,), (gt(down, 0),), ForAll((y,), (le(0, y), lt(y, c), gt(y, x - down)), gt(m(y), m(x) - e)))
REACHED = All(ge(h(v), 0), lt(h(v), c), eq(m(h(v)), v))
Body = Callable[[Derivation], object]


def obtain(s: Derivation, goal: Proposition, fact: str, found: Exists, names: tuple[str, ...], body: Body) -> str:
    """`goal` by `body`, which may use what the fact says there is."""
    part = s.part(found.variables, dict(zip(names, (*found.given, found.then), strict=True)), body)
    return s.step("obtain", goal, [fact], parts=(part,))


def anywhere(s: Derivation, goal: Exists, given: dict[str, Proposition], body: Body) -> None:
    """Every distance will do: take 1."""
    name = str(goal.variables[0])
    shown = s.for_all(goal.then.variables, given, body)  # type: ignore[attr-defined]
    s.exhibit(goal, [shown, s.sign(gt(ZERO + 1, 0), [])], **{name: sp.Integer(1)})


def both(s: Derivation, goal: Exists, sides: tuple[Exists, Exists], facts: tuple[str, str], place: sp.Expr, moving: sp.Symbol, given: dict[str, Proposition]) -> None:
    """One distance for both sides: up down/(up + down) is below either."""
    least = up * down / (up + down)

    def inner(t: Derivation) -> None:
        def near(r: Derivation) -> None:
            high = r.sign(lt(moving, place + up), ["closer", "up", "down"])
            low = r.sign(gt(moving, place - down), ["further", "up", "down"])
            ends = sides[0].then.then, sides[1].then.then  # type: ignore[attr-defined]
            r.restate(All(*ends), [r.restate(ends[0], [at("above", **{str(moving): moving}), high, *given]),
                                   r.restate(ends[1], [at("below", **{str(moving): moving}), low, *given])])

        shown = t.for_all((moving,), {**given, "closer": lt(moving, place + least), "further": gt(moving, place - least)}, near)
        t.exhibit(goal, [shown, t.sign(gt(least, 0), ["up", "down"]), "up", "down"], **{str(goal.variables[0]): least})

    obtain(s, goal, facts[0], sides[0], ("up", "above"), lambda t: obtain(t, goal, facts[1], sides[1], ("down", "below"), inner))


def derive_outer(d: Derivation) -> None:
    back, strict, inside = g.inverse(d, g.INVERSE, g.STRICT, g.INSIDE)
    top, bottom = h(u) + e, h(u) - e

    def everywhere(s: Derivation) -> None:
        here = s.restate(ge(h(u), 0), [at(inside, v=u)])
        over = s.cases(H_UP, {"room_above": lt(top, c), "no_room": ge(top, c)}, lambda t, way: rise(t, way, here))
        under = s.cases(H_DOWN, {"room_below": ge(bottom, 0), "at_end": lt(bottom, 0)}, lambda t, way: fall(t, way, here))
        both(s, OUTER, (H_UP, H_DOWN), (over, under), u, v, {})

    def rise(t: Derivation, way: str, here: str) -> None:
        if way == "no_room":
            anywhere(t, H_UP, {"near": lt(v, u + 1)}, lambda r: capped(r, here))
            return
        zero = t.sign(le(ZERO, 0), [])
        own = t.restate(eq(h(m(top)), top), [at(back, x=top), t.sign(ge(top, 0), [here, "e"]), way])
        lifted = t.restate(lt(m(0), m(top)), [at("rising", x=0, y=top), zero, t.sign(gt(top, 0), [here, "e"]), way])

        def wrong(r: Derivation) -> None:
            """h(u) + e <= h(u), were u at or above m(h(u) + e)."""
            def case(o: Derivation, now: str) -> None:
                if now == "apart":
                    found = o.restate(lt(h(m(top)), h(u)), [at(strict, u=m(top), v=u), now, o.sign(lt(m(0), u), [lifted, now])])
                    o.combine(lt(ZERO, 0), {found: 1, own: -1, "e": 1})
                else:
                    same = o.transfer(eq(h(u), top), own, [o.sign(eq(m(top), u), [now, "higher"])])
                    o.combine(lt(ZERO, 0), {same: -1, "e": 1})

            r.cases(lt(ZERO, 0), {"apart": lt(m(top), u), "level": ge(m(top), u)}, case)

        positive = t.contradiction(lt(u, m(top)), wrong, negated="higher")
        near = t.for_all((v,), {"near": lt(v, u + (m(top) - u))}, lambda r: r.combine(
            lt(h(v), top), {r.restate(lt(h(v), h(m(top))), [at(strict, u=v, v=m(top)), r.sign(lt(v, m(top)), ["near"]), lifted]): 1, own: 1}))
        t.exhibit(H_UP, [near, t.sign(gt(m(top) - u, 0), [positive])], up=m(top) - u)

    def capped(r: Derivation, here: str) -> None:
        def case(o: Derivation, way: str) -> None:
            if way == "reached":
                o.sign(lt(h(v), top), [o.restate(lt(h(v), c), [o.restate(REACHED, [at("onto", v=v), way])]), "no_room"])
            else:
                o.sign(lt(h(v), top), [o.restate(eq(h(v), 0), [at("flat", v=v), way]), here, "e"])

        r.cases(lt(h(v), top), {"reached": ge(v, m(0)), "sunk": lt(v, m(0))}, case)

    def fall(t: Derivation, way: str, here: str) -> None:
        if way == "at_end":
            anywhere(t, H_DOWN, {"near": gt(v, u - 1)}, lambda r: r.sign(gt(h(v), bottom), [r.restate(ge(h(v), 0), [at(inside, v=v)]), way]))
            return
        floor = t.contradiction(ge(u, m(0)), lambda r: r.combine(
            lt(ZERO, 0), {r.restate(eq(h(u), 0), [at("flat", v=u), "sunk"]): 1, "e": 1, way: 1}), negated="sunk")
        taken = t.restate(All(ge(h(u), 0), lt(h(u), c), eq(m(h(u)), u)), [at("onto", v=u), floor])
        value, small = t.restate(eq(m(h(u)), u), [taken]), t.sign(lt(bottom, h(u)), ["e"])
        lower = t.restate(lt(m(bottom), m(h(u))), [at("rising", x=bottom, y=h(u)), way, small, taken])
        own = t.restate(eq(h(m(bottom)), bottom), [at(back, x=bottom), way, t.sign(lt(bottom, c), [t.restate(lt(h(u), c), [taken]), "e"])])
        level = t.cases(ge(m(bottom), m(0)), {"apart": lt(0, bottom), "zero": ge(0, bottom)}, lambda r, now: least(r, now, way, small, taken))
        near = t.for_all((v,), {"near": gt(v, u - (u - m(bottom)))}, lambda r: r.combine(
            gt(h(v), bottom), {r.restate(lt(h(m(bottom)), h(v)), [at(strict, u=m(bottom), v=v), r.sign(lt(m(bottom), v), ["near"]), r.sign(lt(m(0), v), ["near", level])]): 1, own: -1}))
        t.exhibit(H_DOWN, [near, t.combine(gt(u - m(bottom), 0), {lower: 1, value: 1})], down=u - m(bottom))

    def least(r: Derivation, now: str, way: str, small: str, taken: str) -> None:
        if now == "apart":
            inside_ = r.sign(lt(bottom, c), [small, r.restate(lt(h(u), c), [taken])])
            r.combine(ge(m(bottom), m(0)), {r.restate(lt(m(0), m(bottom)), [at("rising", x=0, y=bottom), r.sign(le(ZERO, 0), []), now, inside_]): 1})
        else:
            r.transfer(ge(m(bottom), m(0)), r.sign(ge(m(0), m(0)), []), [r.sign(eq(bottom, 0), [now, way])])

    everywhere(d)


def derive_inner(d: Derivation) -> None:
    back, strict, monotone = g.inverse(d, g.INVERSE, g.STRICT, g.MONOTONE)
    top, bottom = m(x) + e, m(x) - e

    def everywhere(s: Derivation) -> None:
        floor = s.restate(ge(m(x), m(0)), [at(monotone, x=0, y=x), s.sign(le(ZERO, 0), []), "low", "high"])
        own = s.restate(eq(h(m(x)), x), [at(back, x=x), "low", "high"])
        over = rise(s, floor, own)
        under = s.cases(M_DOWN, {"room": ge(bottom, m(0)), "at_end": lt(bottom, m(0))}, lambda t, way: fall(t, way, own))
        both(s, INNER, (M_UP, M_DOWN), (over, under), x, y, {"from": le(0, y), "to": lt(y, c)})

    def rise(t: Derivation, floor: str, own: str) -> str:
        higher = t.sign(lt(m(0), top), [floor, "e"])
        reached = t.restate(All(ge(h(top), 0), lt(h(top), c), eq(m(h(top)), top)), [at("onto", v=top), t.sign(ge(top, m(0)), [higher])])
        value, within = t.restate(eq(m(h(top)), top), [reached]), t.restate(lt(h(top), c), [reached])
        apart = t.restate(lt(h(m(x)), h(top)), [at(strict, u=m(x), v=top), t.sign(lt(m(x), top), ["e"]), higher])
        near = t.for_all((y,), {"from": le(0, y), "to": lt(y, c), "near": lt(y, x + (h(top) - x))}, lambda r: r.combine(
            lt(m(y), top), {r.restate(lt(m(y), m(h(top))), [at("rising", x=y, y=h(top)), "from", r.sign(lt(y, h(top)), ["near"]), within]): 1, value: 1}))
        return t.exhibit(M_UP, [near, t.combine(gt(h(top) - x, 0), {apart: 1, own: -1})], up=h(top) - x)

    def fall(t: Derivation, way: str, own: str) -> None:
        if way == "at_end":
            anywhere(t, M_DOWN, {"from": le(0, y), "to": lt(y, c), "near": gt(y, x - 1)}, lambda r: r.sign(
                gt(m(y), bottom), [r.restate(ge(m(y), m(0)), [at(monotone, x=0, y=y), r.sign(le(ZERO, 0), []), "from", "to"]), way]))
            return
        reached = t.restate(All(ge(h(bottom), 0), lt(h(bottom), c), eq(m(h(bottom)), bottom)), [at("onto", v=bottom), way])
        value, start = t.restate(eq(m(h(bottom)), bottom), [reached]), t.restate(ge(h(bottom), 0), [reached])
        apart = t.restate(lt(h(bottom), h(m(x))), [at(strict, u=bottom, v=m(x)), t.sign(lt(bottom, m(x)), ["e"]), t.sign(lt(m(0), m(x)), [way, "e"])])
        near = t.for_all((y,), {"from": le(0, y), "to": lt(y, c), "near": gt(y, x - (x - h(bottom)))}, lambda r: r.combine(
            gt(m(y), bottom), {r.restate(lt(m(h(bottom)), m(y)), [at("rising", x=h(bottom), y=y), start, r.sign(lt(h(bottom), y), ["near"]), "to"]): 1, value: -1}))
        t.exhibit(M_DOWN, [near, t.combine(gt(x - h(bottom), 0), {apart: 1, own: 1})], down=x - h(bottom))

    everywhere(d)


def sample(draw: Draw) -> Sample:
    place, error = draw.rational(0, "3/2"), draw.rational("1/2", 2)
    return Sample({"u": place, "x": place, "e": error, **g.pair(g.kind_of(draw), draw.rational("1/2", 2))})


CLAIMS = (
    Entry(Claim("op:generator-class/continuous-inverse", "The inverse of a generator is continuous", OURS, "ours", "implication",
                (("e", gt(e, 0)), *GENERATOR), OUTER, uses=("op:generator-class/inverse",)), derive_outer, sample),
    Entry(Claim("op:generator-class/continuous-generator", "A generator is continuous", OURS, "ours", "implication",
                (("e", gt(e, 0)), ("low", le(0, x)), ("high", lt(x, c)), ("rising", g.RISING), ("onto", g.ONTO), ("flat", g.FLAT)), INNER,
                uses=("op:generator-class/inverse",)), derive_inner, sample),
)
