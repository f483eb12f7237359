"""Generator operators are continuous at vertices where phi(1-) = oo (A2): for every e > 0 there is d > 0 such that every law r without an entry 1,
with r_1 > 1 - d, has at every T2 > 0 within d of T an image with first entry above 1 - e.  The vertex itself stays, for all V.

Were the first entry at most 1 - e, the factor would be so small that the images of all other entries stayed below e/(2 V).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import BOTTOM, GENERATOR, argument, c, h, image, m, mu
from theorems.vocabulary import T2, T, V, i, law, r, sp, total

OURS = Source("ours", "this project")
s_ = sp.IndexedBase("s")
d_, e = sp.symbols("d e", real=True)
ONE, ZERO, HALF = sp.Integer(1), sp.Integer(0), sp.Rational(1, 2)
KEPT, REST = m(1 - e), m(e / (2 * V))
RATIO = REST / (REST + KEPT)
HIGH = m(HALF) / RATIO ** (T + 1)
EDGE = h(HIGH)
WAY = (1 - EDGE) / 2
SECOND = {"low": le(2, i), "high": le(i, V)}


def conditions(distance: sp.Expr) -> tuple[Proposition, ...]:
    return gt(T2, 0), lt(T2, T + distance), gt(T2, T - distance), law(r), g.room(r), gt(r[1], 1 - distance), image(s_, r, T2, mu)


NEAR = Exists((d_,), (gt(d_, 0),), ForAll((r, s_, T2, mu), conditions(d_), gt(s_[1], 1 - e)))


def derive(d: Derivation) -> None:
    strict, weak, monotone, back = g.inverse(d, g.STRICT, g.WEAK, g.MONOTONE, g.INVERSE)
    one = [d.sign(le(ONE, 1), []), d.sign(le(1, V), ["V"])]
    zero = d.sign(le(ZERO, 0), [])

    def above(x: sp.Expr, positive: str, within: str) -> str:
        """m(x) > 0 for 0 < x < c."""
        rise = d.restate(lt(m(0), m(x)), [at("rising", x=0, y=x), zero, positive, within, "V", "e"])
        return d.combine(gt(m(x), 0), {rise: 1, "bottom": 1}, ["V", "e"])

    small = d.sign(gt(e / (2 * V), 0), ["e", "V"])
    share = d.sign(le(e / (2 * V), e), ["e", "V"])
    low = d.combine(lt(e / (2 * V), c), {share: 1, "e_high": 1, "c": -1}, ["V"])
    kept = above(1 - e, d.sign(gt(1 - e, 0), ["e_high"]), d.combine(lt(1 - e, c), {"e": 1, "c": -1}))
    rest = above(e / (2 * V), small, low)
    half_in = d.sign(lt(HALF, c), ["c"])
    half = above(HALF, d.sign(gt(HALF, 0), []), half_in)
    base = [kept, rest, "V", "e"]
    ratio, less = d.sign(gt(RATIO, 0), base), d.sign(lt(RATIO, 1), base)
    power = d.sign(gt(RATIO ** (T + 1), 0), [ratio, *base])
    down = d.sign(le(RATIO ** (T + 1), 1), [ratio, less, "T", *base])
    inverse = d.sign(ge(1 / RATIO ** (T + 1), 1), [power, down, ratio, *base])
    tall = d.combine(ge(HIGH, m(HALF)), {inverse: m(HALF)}, [half, power, ratio, *base])
    bottom = d.restate(le(m(0), m(HALF)), [at(monotone, x=0, y=HALF), zero, d.sign(le(ZERO, HALF), []), half_in])
    reach = d.combine(ge(HIGH, m(0)), {tall: 1, bottom: 1}, [power, ratio, *base])
    found = d.restate(All(ge(EDGE, 0), lt(EDGE, c), eq(m(EDGE), HIGH)), [at("onto", v=HIGH), reach, power, ratio, *base])
    edge, inside, value = (d.restate(part, [found, power, ratio]) for part in (ge(EDGE, 0), lt(EDGE, c), eq(m(EDGE), HIGH)))
    way = d.combine(gt(WAY, 0), {inside: HALF, "c": HALF}, [power, ratio, *base])
    short = d.combine(le(WAY, HALF), {edge: HALF}, [power, ratio, *base])
    scope = [power, ratio, *base]

    def there(t: Derivation) -> None:
        entries = g.entries_of(t, "s", s_, r, T2, mu)
        factor, whole = t.restate(gt(mu, 0), ["s"]), g.sum_of(t, "s", s_)
        first = t.restate(eq(s_[1], h(argument(r, T2, mu)(1))), [at(entries, i=1), *one])
        mass = t.restate(eq(total(lambda a: r[a]), 1), ["r"])
        top_in = t.restate(lt(r[1], c), [at("room_r", i=1), *one])
        beyond = t.combine(lt(EDGE, r[1]), {"top": 1, way: 1}, scope)
        climbs = t.restate(lt(m(EDGE), m(r[1])), [at("rising", x=EDGE, y=r[1]), edge, beyond, top_in, *scope])
        large = t.combine(ge(m(r[1]), HIGH), {climbs: 1, value: -1}, scope)
        top = t.combine(gt(m(r[1]), 0), {large: 1, tall: 1, half: 1}, scope)
        split = t.step("split", eq(total(lambda a: r[a]), r[1] + total(lambda a: r[a], start=2)), one, at=1)
        others = t.for_all((i,), SECOND, lambda u: u.sign(ge(r[i], 0), ["r", u.sign(le(1, i), ["low"]), "high"]))
        hotter = t.combine(le(T2, T + 1), {"hotter": 1, short: 1, t.sign(le(HALF, 1), []): 1}, scope)

        def refuted(u: Derivation) -> None:
            def over(z: Derivation) -> None:
                rises = z.restate(lt(h(KEPT), h(argument(r, T2, mu)(1))), [at(strict, u=KEPT, v=argument(r, T2, mu)(1)), "over", z.combine(lt(m(0), argument(r, T2, mu)(1)), {"over": 1, bottom_kept: 1}, [top, "T2", *scope]), top, "T2", *scope])
                same = z.restate(eq(h(m(1 - e)), 1 - e), [at(back, x=1 - e), z.sign(le(0, 1 - e), ["e_high"]), z.combine(lt(1 - e, c), {"e": 1, "c": -1})])
                z.combine(lt(ZERO, 0), {rises: 1, same: -1, first: -1, "low_top": 1}, [top, "T2", *scope])

            bottom_kept = u.restate(le(m(0), KEPT), [at(monotone, x=0, y=1 - e), zero, u.sign(le(0, 1 - e), ["e_high"]), u.combine(lt(1 - e, c), {"e": 1, "c": -1})])
            held = u.contradiction(le(argument(r, T2, mu)(1), KEPT), over, [top, "T2", *scope], negated="over")

            def entry(z: Derivation) -> None:
                span = [z.sign(le(1, i), ["low"]), "high"]
                part = z.step("member", le(r[i], total(lambda a: r[a], start=2)), [others, "low", "high"], at=i)
                inside_i = z.sign(ge(r[i], 0), ["r", *span])
                under = z.combine(le(r[i], HALF), {part: 1, split: -1, mass: 1, "top": 1, short: 1}, scope)
                heights = z.restate(le(m(r[i]), m(HALF)), [at(monotone, x=r[i], y=HALF), inside_i, under, half_in])
                nonneg = z.sign(ge(m(r[i]), 0), [z.restate(le(m(0), m(r[i])), [at(monotone, x=0, y=r[i]), zero, inside_i, z.restate(lt(r[i], c), [at("room_r", i=i), *span])]), "bottom"])
                # m(r_i) <= m(1/2) = RATIO^(T + 1) HIGH <= RATIO^T2 m(r_1)
                spare = z.sign(le(RATIO ** (T + 1 - T2), 1), [ratio, less, z.sign(ge(T + 1 - T2, 0), [hotter]), *scope])
                less_power = z.combine(le(RATIO ** (T + 1), RATIO**T2), {spare: RATIO**T2}, [ratio, *scope])
                scaled = z.combine(le(m(HALF), RATIO ** (T + 1) * m(r[1])), {large: RATIO ** (T + 1)}, [power, *scope])
                bound = z.combine(le(m(r[i]), RATIO**T2 * m(r[1])), {heights: 1, scaled: 1, less_power: m(r[1])}, [top, *scope])
                full = z.sign(gt(RATIO**T2 * m(r[1]), 0), [ratio, top, *scope])
                goal = le(m(r[i]) ** (1 / T2), RATIO * m(r[1]) ** (1 / T2))

                def order(y: Derivation, side: str) -> None:
                    pulled = y.rewrite(eq((RATIO**T2 * m(r[1])) ** (1 / T2), RATIO * m(r[1]) ** (1 / T2)), [top, ratio, "T2", full, *scope])
                    if side == "less":
                        rooted = y.use("base:root-order", lt(m(r[i]) ** (1 / T2), (RATIO**T2 * m(r[1])) ** (1 / T2)), ["T2", nonneg, side, full, ratio, top, *scope], x=m(r[i]), y=RATIO**T2 * m(r[1]), T=T2)
                        y.combine(goal, {rooted: 1, pulled: 1}, [nonneg, full, top, "T2", *scope])
                    else:
                        equal = y.sign(eq(m(r[i]), RATIO**T2 * m(r[1])), [side, bound, ratio, top, "T2", *scope])
                        y.transfer(goal, y.combine(le((RATIO**T2 * m(r[1])) ** (1 / T2), RATIO * m(r[1]) ** (1 / T2)), {pulled: 1}, [full, top, "T2", *scope]), [equal, full, top, "T2", nonneg, *scope])

                roots = z.cases(goal, {"less": lt(m(r[i]), RATIO**T2 * m(r[1])), "equal": ge(m(r[i]), RATIO**T2 * m(r[1]))}, order, [nonneg, full, top, "T2", *scope])
                thin = z.combine(le(argument(r, T2, mu)(i), REST), {roots: mu, held: RATIO, z.sign(le(RATIO * KEPT, REST), scope): 1}, [factor, nonneg, top, "T2", *scope])
                image_i = z.restate(le(h(argument(r, T2, mu)(i)), h(REST)), [at(weak, u=argument(r, T2, mu)(i), v=REST), thin, nonneg, "T2", *scope])
                same = z.restate(eq(h(m(e / (2 * V))), e / (2 * V)), [at(back, x=e / (2 * V)), z.sign(le(0, e / (2 * V)), [small, "V"]), low, "V"])
                own = z.restate(eq(s_[i], h(argument(r, T2, mu)(i))), [at(entries, i=i), *span])
                z.combine(le(s_[i], e / (2 * V)), {own: 1, image_i: 1, same: 1}, [nonneg, "T2", *scope])

            thin = u.for_all((i,), SECOND, entry)
            summed = u.step("termwise", le(total(lambda a: s_[a], start=2), total(lambda a: e / (2 * V), start=2)), [thin, "V"], range=(2, V))
            count = u.step("count", eq(total(lambda a: e / (2 * V), start=2), (V - 1) * e / (2 * V)), ["V"])
            parts = u.step("split", eq(total(lambda a: s_[a]), s_[1] + total(lambda a: s_[a], start=2)), one, at=1)
            u.combine(lt(ZERO, 0), {"low_top": 1, parts: 1, whole: -1, summed: 1, count: 1, "e": HALF, small: 1}, ["V"])

        t.contradiction(gt(s_[1], 1 - e), refuted, [], negated="low_top")

    names = dict(zip(("T2", "hotter", "colder", "r", "room_r", "top", "s"), conditions(WAY), strict=True))
    shown = d.for_all((r, s_, T2, mu), names, there)
    d.exhibit(NEAR, [shown, way, *scope], d=WAY)


def sample(draw: Draw) -> Sample:
    """phi = log(p/(1 - p)): m = p/(1 - p) on [0, 1), h = v/(1 + v)."""
    x, v = sp.Symbol("x", real=True), sp.Symbol("v", real=True)
    away, heat = sp.Rational(1, draw.integer(50, 200)), sp.Integer(1)
    masses = (1 - away, away)
    return Sample({"V": 2, "T": heat, "e": draw.rational("1/4", "3/4"), "c": ONE, "r": masses, "s": masses, "T2": heat, "mu": ONE, "d": sp.Rational(1, 40),
                   "m": sp.Lambda(x, x / (1 - x)), "h": sp.Lambda(v, sp.Max(v, 0) / (1 + sp.Max(v, 0)))})


CLAIM = Entry(
    Claim("op:generator-class/vertex", "Generator operators are continuous at vertices (A2)", OURS, "ours", "implication",
          (("T", gt(T, 0)), ("V", ge(V, 2)), ("e", gt(e, 0)), ("e_high", lt(e, 1)), ("c", eq(c, 1)), ("bottom", BOTTOM), *GENERATOR), NEAR,
          uses=("op:generator-class/inverse", "base:root-order")),
    derive, sample,
)
