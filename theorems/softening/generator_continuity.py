"""Generator operators are jointly continuous in (p, T) on the whole simplex, T > 0 (A2).

At a fixed factor lam the response h(lam m(x)^(1/T)) is continuous in (x, T), x = 0 included.  Let s be the image of a law r near p at
T2 near T.  Its factor is either at least or at most that of p, so all entries of s lie on one side of the responses with lam, which
are near F_T(p); and both images sum to 1.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.rules.continuity import statement
from theorems.softening import _generator as g
from theorems.softening._generator import BOTTOM, GENERATOR, SPAN, argument, c, h, image, lam, m, mu, x, y
from theorems.softening.generator_continuous import e, h_near, m_near, obtain
from theorems.vocabulary import T2, T, V, each, i, j, law, q, r, sp, total

OURS = Source("ours", "this project")
ZERO = sp.Integer(0)
s_ = sp.IndexedBase("s")
t, d_, d1, d2, d3, e1, b = sp.symbols("t d d1 d2 d3 e1 b", real=True)
CHANGED = argument(r, T2, lam)
NEAR = each(lambda a: All(le(h(CHANGED(a)), q[a] + e), ge(h(CHANGED(a)), q[a] - e)))
BOUND = each(lambda a: All(le(s_[a], q[a] + V * e), ge(s_[a], q[a] - V * e)))


def derive_bound(d: Derivation) -> None:
    weak, monotone = g.inverse(d, g.WEAK, g.MONOTONE)
    entries, whole = g.entries_of(d, "s", s_, r, T2, mu), g.sum_of(d, "s", s_)

    def case(o: Derivation, way: str) -> None:
        """All entries of s lie above the responses, or all below."""
        sign = 1 if way == "more" else -1

        def one_side(w: Derivation) -> None:
            entry = w.sign(ge(r[j], 0), ["r", "low_j", "high_j"])
            within = w.restate(lt(r[j], c), [at("room", i=j), "low_j", "high_j"])
            bottom = w.restate(ge(m(r[j]), m(0)), [at(monotone, x=0, y=r[j]), w.sign(le(ZERO, 0), []), entry, within])
            value = w.sign(ge(m(r[j]), 0), [bottom, "bottom"])
            root = w.sign(ge(m(r[j]) ** (1 / T2), 0), [value, "T2"])
            old, new = CHANGED(j), argument(r, T2, mu)(j)
            low, high = (old, new) if way == "more" else (new, old)
            ordered = w.combine(le(low, high), {way: m(r[j]) ** (1 / T2)}, [root, value, "T2"])
            images = w.restate(le(h(low), h(high)), [at(weak, u=low, v=high), ordered, value, "T2"])
            own = w.restate(eq(s_[j], h(new)), [at(entries, i=j), "low_j", "high_j"])
            close = w.restate(All(le(h(old), q[j] + e), ge(h(old), q[j] - e)), [at("near", i=j), "low_j", "high_j"])
            side = w.restate(ge(h(old), q[j] - e) if way == "more" else le(h(old), q[j] + e), [close])
            w.combine(ge(sign * (s_[j] - q[j]) + e, 0), {images: 1, own: -sign, side: 1}, [value, "T2"])

        sided = o.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)}, one_side)

        def entry(w: Derivation) -> None:
            some = w.sign(ge(V, 1), ["low", "high"])
            part = w.step("member", le(sign * (s_[i] - q[i]) + e, total(lambda a: sign * (s_[a] - q[a]) + e)), [sided, "low", "high"], at=i)
            count = w.step("count", eq(total(lambda a: e), V * e), [some])
            mine = w.restate(ge(sign * (s_[i] - q[i]) + e, 0), [at(sided, j=i), "low", "high"])
            error = w.sign(ge(e, 0), [w.restate(le(h(CHANGED(i)), q[i] + e), [w.restate(NEAR.then, [at("near", i=i), "low", "high"])]),
                                      w.restate(ge(h(CHANGED(i)), q[i] - e), [w.restate(NEAR.then, [at("near", i=i), "low", "high"])])])
            far = {part: 1, count: 1, whole: sign, "whole": -sign, error: 1}
            spare = w.sign(ge((V - 1) * e, 0), [some, error])
            close = {mine: 1, spare: 1}
            one = w.combine(le(s_[i], q[i] + V * e), far if way == "more" else close)
            two = w.combine(ge(s_[i], q[i] - V * e), close if way == "more" else far)
            w.restate(BOUND.then, [one, two])

        o.for_all((i,), SPAN, entry)

    d.cases(BOUND, {"more": ge(mu, lam), "less": lt(mu, lam)}, case)


HERE = h(lam * m(x) ** (1 / T))
THERE = h(lam * m(y) ** (1 / t))


def close_to(place: sp.Expr, temperature: sp.Expr, distance: sp.Expr) -> tuple[Proposition, ...]:
    return (lt(y, place + distance), gt(y, place - distance), lt(t, temperature + distance), gt(t, temperature - distance))


def response_near(distance: sp.Expr) -> Proposition:
    return ForAll((y, t), (le(0, y), lt(y, c), gt(t, 0), *close_to(x, T, distance)), All(lt(THERE, HERE + e), gt(THERE, HERE - e)))


RESPONSE = Exists((d_,), (gt(d_, 0),), response_near(d_))


def derive_response(d: Derivation) -> None:
    (monotone,) = g.inverse(d, g.MONOTONE)
    value = d.sign(ge(m(x), 0), [d.restate(ge(m(x), m(0)), [at(monotone, x=0, y=x), d.sign(le(ZERO, 0), []), "low", "high"]), "bottom"])
    place = lam * m(x) ** (1 / T)
    outer = Exists((d1,), (gt(d1, 0),), h_near(d1, e, place))
    first = d.use("op:generator-class/continuous-inverse", outer, ["e", *(k for k, _ in GENERATOR), value, "T"], u=place)
    term, moving, conditions = lam * b ** (1 / t), (b, t), (ge(b, 0), gt(t, 0))
    rule = statement(term, moving, (m(x), T), conditions, e1, d2)
    second = d.step("continuous", rule, [value, "T"], term=term, variables=moving, places=(m(x), T), conditions=conditions, letters=(e1, d2))

    def with_outer(o: Derivation) -> None:
        there = Exists((d2,), (gt(d2, 0),), rule.then.then.xreplace({e1: d1}))  # type: ignore[attr-defined]
        obtain(o, RESPONSE, o.restate(there, [at(second, e1=d1), "d1"]), there, ("d2", "powers"), with_powers)

    def with_powers(o: Derivation) -> None:
        inner = Exists((d3,), (gt(d3, 0),), m_near(d3, d2))
        third = o.use("op:generator-class/continuous-generator", inner, ["d2", "low", "high", *(k for k, _ in GENERATOR)], e=d2)
        obtain(o, RESPONSE, third, inner, ("d3", "values"), near)

    def near(o: Derivation) -> None:
        least = d2 * d3 / (d2 + d3)
        names = {"from": le(0, y), "to": lt(y, c), "heat": gt(t, 0)}
        names |= dict(zip(("y_up", "y_down", "t_up", "t_down"), close_to(x, T, least), strict=True))

        def there(w: Derivation) -> None:
            over, under = w.sign(lt(y, x + d3), ["y_up", "d2", "d3"]), w.sign(gt(y, x - d3), ["y_down", "d2", "d3"])
            hotter, colder = w.sign(lt(t, T + d2), ["t_up", "d2", "d3"]), w.sign(gt(t, T - d2), ["t_down", "d2", "d3"])
            masses = w.restate(All(lt(m(y), m(x) + d2), gt(m(y), m(x) - d2)), [at("values", y=y), "from", "to", over, under])
            ends = w.restate(lt(m(y), m(x) + d2), [masses]), w.restate(gt(m(y), m(x) - d2), [masses])
            positive = w.sign(ge(m(y), 0), [w.restate(ge(m(y), m(0)), [at(monotone, x=0, y=y), w.sign(le(ZERO, 0), []), "from", "to"]), "bottom"])
            moved = lam * m(y) ** (1 / t)
            roots = w.restate(All(lt(moved, place + d1), gt(moved, place - d1)), [at("powers", b=m(y), t=t), positive, "heat", *ends, hotter, colder])
            sides = w.restate(lt(moved, place + d1), [roots]), w.restate(gt(moved, place - d1), [roots])
            w.restate(response_near(d_).then, [at("images", v=moved), *sides, positive, "heat"])  # type: ignore[attr-defined]

        shown = o.for_all((y, t), names, there)
        o.exhibit(RESPONSE, [shown, o.sign(gt(least, 0), ["d2", "d3"]), "d2", "d3"], d=least)

    obtain(d, RESPONSE, first, outer, ("d1", "images"), with_outer)


def bound_sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    varied, second = draw.law(size, zeros=True), g.heat(draw, kind)
    old, factor = g.softened(kind, draw.law(size, zeros=True), g.heat(draw, kind), scale)
    new, own = g.softened(kind, varied, second, scale)
    return Sample({"V": size, "r": varied, "T2": second, "s": new, "mu": own, "lam": factor, "q": old, "e": draw.rational(1, 3), **g.pair(kind, scale)})


def response_sample(draw: Draw) -> Sample:
    place, heat = draw.rational(0, "3/2"), draw.rational("1/3", 3)
    return Sample({"x": place, "T": heat, "lam": draw.rational("1/8", 1), "e": draw.rational("1/4", 1), "y": place + draw.rational(0, "1/1000"),
                   "t": heat + draw.rational(0, "1/1000"), "d": sp.Rational(1, 100), **g.pair(g.kind_of(draw))})


CLAIMS = (
    Entry(Claim("op:generator-class/continuity-bound", "Near responses give near images", OURS, "ours", "upper",
                (("T2", gt(T2, 0)), ("r", law(r)), ("room", g.room(r)), ("bottom", BOTTOM), *GENERATOR, ("s", image(s_, r, T2, mu)),
                 ("whole", eq(total(lambda a: q[a]), 1)), ("near", NEAR)), BOUND, uses=("op:generator-class/inverse",)),
          derive_bound, bound_sample),
    Entry(Claim("op:generator-class/response", "Responses of generator operators are continuous", OURS, "ours", "implication",
                (("T", gt(T, 0)), ("low", le(0, x)), ("high", lt(x, c)), ("e", gt(e, 0)), ("bottom", BOTTOM), *GENERATOR), RESPONSE,
                uses=("op:generator-class/inverse", "op:generator-class/continuous-inverse", "op:generator-class/continuous-generator")),
          derive_response, response_sample),
)
