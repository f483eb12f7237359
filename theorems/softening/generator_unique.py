"""Generator operators: at a law and a temperature T > 0 there is at most one image, and F_1(p) = p (A4).

Two factors lam <= mu order the images entry by entry, and equal totals leave no room.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import BOTTOM, GENERATOR, SPAN, h, image, lam, m, mu
from theorems.vocabulary import T, each, i, law, p, q, r, sp, total

OURS = Source("ours", "this project")


def derive_unique(d: Derivation) -> None:
    weak, monotone = g.inverse(d, g.WEAK, g.MONOTONE)
    first, second = g.entries_of(d, "q"), g.entries_of(d, "r", r, factor=mu)
    one, other = g.sum_of(d, "q"), g.sum_of(d, "r", r)
    goal = each(lambda a: eq(q[a], r[a]))

    def case(s: Derivation, way: str) -> None:
        """The smaller factor gives the smaller entries."""
        small, large = (lam, mu) if way == "less" else (mu, lam)
        below, above = (q, r) if way == "less" else (r, q)

        def entry(t: Derivation) -> None:
            bottom = g.above_bottom(t, i, ["low", "high"], monotone)
            positive = t.sign(ge(m(p[i]), 0), [bottom, "bottom"])
            root = t.sign(ge(m(p[i]) ** (1 / T), 0), [positive, "T"])
            values = t.combine(le(small * m(p[i]) ** (1 / T), large * m(p[i]) ** (1 / T)), {way: m(p[i]) ** (1 / T)}, [root, "T", positive])
            images = t.restate(le(h(small * m(p[i]) ** (1 / T)), h(large * m(p[i]) ** (1 / T))),
                               [at(weak, u=small * m(p[i]) ** (1 / T), v=large * m(p[i]) ** (1 / T)), values, positive, "T"])
            ends = g.entry_of(t, first, i, ["low", "high"]), g.entry_of(t, second, i, ["low", "high"], r, factor=mu)
            low, high = ends if way == "less" else ends[::-1]
            t.combine(le(below[i], above[i]), {images: 1, low: 1, high: -1}, ["T", positive])

        ordered = s.for_all((i,), SPAN, entry)
        totals = s.combine(eq(total(lambda a: below[a]), total(lambda a: above[a])), {one: 1, other: -1} if way == "less" else {one: -1, other: 1})
        same = s.use("base:equal-totals", each(lambda a: eq(below[a], above[a])), [ordered, totals], a=above, b=below)
        if way == "less":
            return
        s.for_all((i,), SPAN, lambda t: t.combine(eq(q[i], r[i]), {t.restate(eq(r[i], q[i]), [at(same, i=i), "low", "high"]): -1}))

    d.cases(goal, {"less": le(lam, mu), "more": gt(lam, mu)}, case)


def derive_identity(d: Derivation) -> None:
    (back,) = g.inverse(d, g.INVERSE)

    def entry(s: Derivation) -> None:
        inside = s.sign(ge(p[i], 0), ["p", "low", "high"])
        within = s.restate(lt(p[i], g.c), [at("room", i=i), "low", "high"])
        found = s.restate(eq(h(m(p[i])), p[i]), [at(back, x=p[i]), inside, within])
        s.combine(eq(p[i], h(m(p[i]))), {found: -1})

    entries = d.for_all((i,), SPAN, entry)
    whole = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    one = d.sign(gt(sp.Integer(1), 0), [])
    own = d.restate(image(p, p, sp.Integer(1), sp.Integer(1)), [one, entries, whole])
    d.use("op:generator-class/unique", each(lambda a: eq(q[a], p[a])), ["p", "room", "bottom", *(n for n, _ in GENERATOR), "q", own, one],
          T=1, mu=1, r=p)


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, heat = draw.law(size, zeros=True), g.heat(draw, kind)
    found, factor = g.softened(kind, masses, heat, scale)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "r": found, "mu": factor, **g.pair(kind, scale)})


def still(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses = draw.law(size, zeros=True)
    return Sample({"V": size, "p": masses, "q": masses, "lam": 1, **g.pair(kind, scale)})


LAW = (("p", law(p)), ("room", g.room()), ("bottom", BOTTOM), *GENERATOR)
CLAIMS = (
    Entry(Claim("op:generator-class/unique", "A generator gives one image", OURS, "ours", "identity",
                (("T", gt(T, 0)), *LAW, ("q", image()), ("r", image(r, factor=mu))), each(lambda a: eq(q[a], r[a])),
                uses=("op:generator-class/inverse", "base:equal-totals")), derive_unique, sample),
    Entry(Claim("op:generator-class/identity", "A generator at T = 1 changes nothing", OURS, "ours", "identity",
                (*LAW, ("q", image(q, p, sp.Integer(1), lam))), each(lambda a: eq(q[a], p[a])),
                uses=("op:generator-class/inverse", "op:generator-class/unique")), derive_identity, still),
)
