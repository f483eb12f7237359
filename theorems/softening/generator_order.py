"""Generator operators and order, for T > 0 where m(0) = 0 (phi(0+) = -oo) and for T >= 1 otherwise.

Support: no argument of h falls below m(0).  Were one below it at some T >= 1, every entry of p > 0 would have shrunk.
Ranking (A1): p_i > p_j implies F_T(p)_i > F_T(p)_j, because h rises strictly above m(0).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Any_, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, argument, h, image, lam, m
from theorems.softening.generator_unique import LAW
from theorems.vocabulary import T, V, each, i, j, k, p, q, sp, total

OURS = Source("ours", "this project")
ZERO = sp.Integer(0)
DOMAIN: Proposition = Any_(eq(m(0), 0), ge(T, 1))
SUPPORT = each(lambda a: ge(argument()(a), m(0)))
RANKING = ForAll((i, j), (le(1, i), le(i, V), le(1, j), le(j, V), gt(p[i], p[j])), gt(q[i], q[j]))
SPAN_K = {"low_k": le(1, k), "high_k": le(k, V)}


def derive_support(d: Derivation) -> None:
    weak, strict, back, monotone = g.inverse(d, g.WEAK, g.STRICT, g.INVERSE, g.MONOTONE)
    entries, whole = g.entries_of(d, "q"), g.sum_of(d, "q")
    factor, mass = d.restate(gt(lam, 0), ["q"]), d.restate(eq(total(lambda a: p[a]), 1), ["p"])

    def value(s: Derivation, index: sp.Expr, span: list[str]) -> tuple[str, str]:
        above = g.above_bottom(s, index, span, monotone)
        return above, s.sign(ge(m(p[index]), 0), [above, "bottom"])

    def empty(s: Derivation) -> None:
        _, positive = value(s, i, ["low", "high"])
        root = s.sign(ge(m(p[i]) ** (1 / T), 0), [positive, "T"])
        s.combine(ge(argument()(i), m(0)), {root: lam, "empty": 1}, [factor, positive, "T"])

    def warm(s: Derivation) -> None:
        above, positive = value(s, i, ["low", "high"])
        s.contradiction(ge(argument()(i), m(0)), lambda t: absurd(t, above, positive), negated="sunk")

    def absurd(s: Derivation, above: str, positive: str) -> None:
        root = s.sign(ge(argument()(i), 0), [factor, positive, "T"])
        bottom = s.sign(gt(m(0), 0), [root, "sunk", positive, "T"])
        small = s.cases(lt(lam * m(0) ** (1 / T), m(0)), {"apart": lt(m(0), m(p[i])), "level": ge(m(0), m(p[i]))},
                        lambda t, way: least(t, way, above, positive, bottom))
        shrunk = s.for_all((k,), SPAN_K, lambda t: shrink(t, small, bottom))
        same = s.use("base:equal-totals", each(lambda a: eq(q[a], p[a])), [shrunk, s.combine(eq(total(lambda a: q[a]), total(lambda a: p[a])), {whole: 1, mass: -1})],
                     a=p, b=q)
        gone = s.for_all((k,), SPAN_K, lambda t: t.contradiction(le(p[k], 0), lambda r: vanish(r, small, bottom, same), negated="heavy"))
        s.combine(le(ZERO + 1, 0), {s.step("termwise", le(total(lambda a: p[a]), 0), [gone], range=(1, V)): 1, mass: -1})

    def least(t: Derivation, way: str, above: str, positive: str, bottom: str) -> None:
        """lam m(0)^(1/T) < m(0), for the argument at i is below m(0)."""
        if way == "apart":
            roots = t.use("base:root-order", lt(m(0) ** (1 / T), m(p[i]) ** (1 / T)), ["T", "bottom", way], x=m(0), y=m(p[i]))
            t.combine(lt(lam * m(0) ** (1 / T), m(0)), {roots: lam, "sunk": 1}, [factor, bottom, positive, "T"])
        else:
            t.transfer(lt(lam * m(0) ** (1 / T), m(0)), "sunk", [t.sign(eq(m(p[i]), m(0)), [way, above]), bottom, "T"])

    def lower(t: Derivation, small: str, bottom: str) -> str:
        """The argument at k is below m(p_k)."""
        above = g.above_bottom(t, k, ["low_k", "high_k"], monotone)
        goal = lt(argument()(k), m(p[k]))

        def wrong(r: Derivation) -> None:
            crossed = r.use("base:root-crossing", le(m(0), lam * m(0) ** (1 / T)), [r.sign(gt(ZERO + 1, 0), []), "warm", r.sign(ge(lam, 0), [factor]), "bottom", above, "grown"],
                            x=m(0), y=m(p[k]), T=1, T2=T, lam=1, mu=lam)
            r.combine(lt(ZERO, 0), {crossed: 1, small: 1}, [bottom, "T"])

        positive = t.sign(ge(m(p[k]), 0), [above, "bottom"])
        return t.contradiction(goal, wrong, [positive, "T"], negated="grown")

    def shrink(t: Derivation, small: str, bottom: str) -> None:
        below = lower(t, small, bottom)
        entry, within = g.in_domain(t, k, ["low_k", "high_k"])
        positive = value(t, k, ["low_k", "high_k"])[1]
        images = t.restate(le(h(argument()(k)), h(m(p[k]))), [at(weak, u=argument()(k), v=m(p[k])), below, positive, "T"])
        own = t.restate(eq(h(m(p[k])), p[k]), [at(back, x=p[k]), entry, within])
        t.combine(le(q[k], p[k]), {images: 1, g.entry_of(t, entries, k, ["low_k", "high_k"]): 1, own: 1}, ["T"])

    def vanish(r: Derivation, small: str, bottom: str, same: str) -> None:
        below = lower(r, small, bottom)
        entry, within = g.in_domain(r, k, ["low_k", "high_k"])
        higher = r.restate(lt(m(0), m(p[k])), [at("rising", x=0, y=p[k]), r.sign(le(ZERO, 0), []), "heavy", within])
        positive = r.sign(ge(m(p[k]), 0), [higher, "bottom"])
        images = r.restate(lt(h(argument()(k)), h(m(p[k]))), [at(strict, u=argument()(k), v=m(p[k])), below, higher, positive, "T"])
        own = r.restate(eq(h(m(p[k])), p[k]), [at(back, x=p[k]), entry, within])
        equal = r.restate(eq(q[k], p[k]), [at(same, i=k), "low_k", "high_k"])
        r.combine(lt(ZERO, 0), {images: 1, g.entry_of(r, entries, k, ["low_k", "high_k"]): 1, own: 1, equal: -1}, ["T"])

    d.cases(SUPPORT, {"empty": eq(m(0), 0), "warm": ge(T, 1)},
            lambda s, way: s.for_all((i,), SPAN, empty if way == "empty" else warm), ["domain"])


def derive_ranking(d: Derivation) -> None:
    strict, monotone = g.inverse(d, g.STRICT, g.MONOTONE)
    entries, factor = g.entries_of(d, "q"), d.restate(gt(lam, 0), ["q"])
    support = d.use("op:generator-class/support", SUPPORT, ["T", "domain", "q", *(name for name, _ in LAW)])

    def pair(s: Derivation) -> None:
        first, second = ["i_low", "i_high"], ["j_low", "j_high"]
        within = s.restate(lt(p[i], g.c), [at("room", i=i), *first])
        below, bottom = s.sign(ge(p[j], 0), ["p", *second]), g.above_bottom(s, j, second, monotone)
        values = s.restate(lt(m(p[j]), m(p[i])), [at("rising", x=p[j], y=p[i]), below, within, "order"])
        positive = s.sign(ge(m(p[j]), 0), [bottom, "bottom"])
        roots = s.use("base:root-order", lt(m(p[j]) ** (1 / T), m(p[i]) ** (1 / T)), ["T", positive, values], x=m(p[j]), y=m(p[i]))
        scope = [factor, positive, s.sign(ge(m(p[i]), 0), [positive, values]), "T"]
        arguments = s.combine(lt(argument()(j), argument()(i)), {roots: lam}, scope)
        least = s.restate(ge(argument()(j), m(0)), [at(support, i=j), *second])
        higher = s.combine(lt(m(0), argument()(i)), {least: 1, arguments: 1}, scope)
        images = s.restate(lt(h(argument()(j)), h(argument()(i))), [at(strict, u=argument()(j), v=argument()(i)), arguments, higher, *scope])
        s.combine(gt(q[i], q[j]), {images: 1, g.entry_of(s, entries, i, first): -1, g.entry_of(s, entries, j, second): 1}, scope)

    assume = {"i_low": le(1, i), "i_high": le(i, V), "j_low": le(1, j), "j_high": le(j, V), "order": gt(p[i], p[j])}
    d.for_all((i, j), assume, pair, because="larger probabilities have larger arguments")


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, heat = draw.law(size, zeros=True), g.heat(draw, kind)
    found, factor = g.softened(kind, masses, heat, scale)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, **g.pair(kind, scale)})


GIVEN = (("T", gt(T, 0)), ("domain", DOMAIN), *LAW, ("q", image()))
CLAIMS = (
    Entry(Claim("op:generator-class/support", "Arguments stay in the range of a generator", OURS, "ours", "lower", GIVEN, SUPPORT,
                uses=("op:generator-class/inverse", "base:equal-totals", "base:root-order", "base:root-crossing")), derive_support, sample),
    Entry(Claim("op:generator-class/ranking", "Generator operators rank (A1)", OURS, "ours", "implication", GIVEN, RANKING,
                uses=("op:generator-class/inverse", "op:generator-class/support", "base:root-order")), derive_ranking, sample),
)
