"""Generator operators spread: for p in falling order and 0 < T <= T2, all head sums of F_T2(p) are at most those of F_T(p).

lam m^(1/T) and mu m^(1/T2) cross once, so the images do; both keep the falling order, so head sums are sums of the largest entries.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import argument, h, image, m, mu
from theorems.softening._separable import ORDERED
from theorems.softening.generator_unique import LAW
from theorems.vocabulary import T2, T, V, each, i, j, k, p, q, r, sp, total

HEADS = each(lambda s: le(total(lambda a: r[a], s), total(lambda a: q[a], s)), V, k)
FALLING = ForAll((k,), (le(1, k), le(k, V - 1)), ge(r[k], r[k + 1]))


def derive(d: Derivation) -> None:
    weak, monotone = g.inverse(d, g.WEAK, g.MONOTONE)
    first, second = g.entries_of(d, "q"), g.entries_of(d, "r", r, temperature=T2, factor=mu)
    one, other = g.sum_of(d, "q"), g.sum_of(d, "r", r)
    factor = d.restate(gt(mu, 0), ["r"])
    hotter = d.sign(gt(T2, 0), ["T", "hotter"])

    def ends(s: Derivation, index: sp.Expr, span: list[str]) -> str:
        return s.sign(ge(m(p[index]), 0), [g.above_bottom(s, index, span, monotone), "bottom"])

    def masses(s: Derivation, early: sp.Expr, late: sp.Expr, span: tuple[list[str], list[str]], order: list[str]) -> str:
        """m(p_late) <= m(p_early)."""
        falls = s.restate(ge(p[early], p[late]), [at("ordered", i=early, j=late), *order])
        low = s.sign(ge(p[late], 0), ["p", *span[1]])
        within = s.restate(lt(p[early], g.c), [at("room", i=early), *span[0]])
        return s.restate(le(m(p[late]), m(p[early])), [at(monotone, x=p[late], y=p[early]), low, falls, within])

    def once(s: Derivation) -> None:
        at_i, at_j = ["low", s.sign(le(i, V), ["order", "high"])], [s.sign(le(1, j), ["low", "order"]), "high"]
        values = masses(s, i, j, (at_i, at_j), ["low", "order", "high"])
        above = ends(s, j, at_j)
        scope = [above, s.sign(ge(m(p[i]), 0), [above, values]), "T", hotter]
        passed = s.contradiction(le(argument()(i), argument(p, T2, mu)(i)), lambda t: reversed_(t, at_i, scope), because="h keeps order")
        crossed = s.use("base:root-crossing", le(argument()(j), argument(p, T2, mu)(j)),
                        ["T", "hotter", s.sign(ge(mu, 0), [factor]), above, values, passed], x=m(p[j]), y=m(p[i]))
        images = s.restate(le(h(argument()(j)), h(argument(p, T2, mu)(j))), [at(weak, u=argument()(j), v=argument(p, T2, mu)(j)), crossed, *scope])
        s.combine(le(q[j], r[j]), {images: 1, g.entry_of(s, first, j, at_j): 1, g.entry_of(s, second, j, at_j, r, temperature=T2, factor=mu): -1}, scope)

    def reversed_(t: Derivation, at_i: list[str], scope: list[str]) -> None:
        back = t.sign(le(argument(p, T2, mu)(i), argument()(i)), ["negated", *scope])
        images = t.restate(le(h(argument(p, T2, mu)(i)), h(argument()(i))), [at(weak, u=argument(p, T2, mu)(i), v=argument()(i)), back, *scope])
        own: dict[Fact, int] = {g.entry_of(t, first, i, at_i): -1, g.entry_of(t, second, i, at_i, r, temperature=T2, factor=mu): 1}
        t.combine(lt(sp.Integer(0), 0), {images: 1, "under": 1, **own}, scope)

    crossing = d.for_all((i, j), {"low": le(1, i), "order": le(i, j), "high": le(j, V), "under": lt(q[i], r[i])}, once)
    totals = d.combine(eq(total(lambda a: r[a]), total(lambda a: q[a])), {one: -1, other: 1})
    heads = d.use("base:single-crossing", HEADS, [totals, crossing], a=q, b=r)

    def falls(s: Derivation) -> None:
        at_k = ["low", s.sign(le(k, V), ["high"])]
        after = [s.sign(le(1, k + 1), ["low"]), s.sign(le(k + 1, V), ["high"])]
        values = masses(s, k, k + 1, (at_k, after), ["low", s.sign(le(k, k + 1), []), after[1]])
        above = ends(s, k + 1, after)
        scope = [above, s.sign(ge(m(p[k]), 0), [above, values]), hotter]
        level = le(m(p[k + 1]) ** (1 / T2), m(p[k]) ** (1 / T2))

        def root(t: Derivation, way: str) -> None:
            if way == "apart":
                t.combine(level, {t.use("base:root-order", lt(level.left, level.right), [hotter, above, way], x=m(p[k + 1]), y=m(p[k]), T=T2): 1}, scope)
            else:
                same = t.sign(eq(m(p[k + 1]), m(p[k])), [way, values])
                t.transfer(level, t.sign(le(level.right, level.right), scope), [same, *scope])

        roots = s.cases(level, {"apart": lt(m(p[k + 1]), m(p[k])), "level": ge(m(p[k + 1]), m(p[k]))}, root)
        start, end = argument(p, T2, mu)(k + 1), argument(p, T2, mu)(k)
        arguments = s.combine(le(start, end), {roots: mu}, [factor, *scope])
        images = s.restate(le(h(start), h(end)), [at(weak, u=start, v=end), arguments, *scope])
        own: dict[Fact, int] = {g.entry_of(s, second, k, at_k, r, temperature=T2, factor=mu): -1, g.entry_of(s, second, k + 1, after, r, temperature=T2, factor=mu): 1}
        s.combine(ge(r[k], r[k + 1]), {images: 1, **own}, scope)

    falling = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, falls, because="h, m and roots keep the order")
    d.restate(All(HEADS, FALLING), [heads, falling])


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, cold = tuple(sorted(draw.law(size, zeros=True), reverse=True)), g.heat(draw, kind)
    hot = cold + draw.rational(0, 2)
    (found, factor), (other, second) = g.softened(kind, masses, cold, scale), g.softened(kind, masses, hot, scale)
    return Sample({"V": size, "p": masses, "T": cold, "q": found, "lam": factor, "T2": hot, "r": other, "mu": second, **g.pair(kind, scale)})


CLAIM = Entry(
    Claim("op:generator-class/majorisation", "Generator operators spread in the order of majorisation", Source("ours", "this project"), "ours",
          "upper", (("T", gt(T, 0)), ("hotter", le(T, T2)), *LAW, ("ordered", ORDERED), ("q", image()), ("r", image(r, p, T2, mu))),
          All(HEADS, FALLING),
          uses=("op:generator-class/inverse", "base:single-crossing", "base:root-crossing", "base:root-order")),
    derive, sample,
)
