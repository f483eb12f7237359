"""The hot limit of generator operators: where all m(p_i) > 0, F_T(p) tends to the uniform law as T grows.

m(p_i) > 0 holds in the interior of the simplex always, and on its faces where m(0) > 0 (phi(0+) > -oo): vertices too where phi(1)
is finite.  Elsewhere it fails: where m(0) = 0 an entry 0 stays 0 at every T, and where phi(1-) = oo vertices stay by definition.

Bounds: if the roots m(p_i)^(1/T) differ by factors of at most K, then h(m(1/V)/K) <= F_T(p)_i <= h(K m(1/V)).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.rules.continuity import statement
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, argument, c, h, image, lam, m, v
from theorems.softening.generator_continuous import e, obtain
from theorems.softening.generator_unique import LAW
from theorems.terms import substitute
from theorems.vocabulary import T, V, each, i, j, p, q, sp, total

OURS = Source("ours", "this project")
ZERO = sp.Integer(0)
K, B, M = sp.symbols("K B M", real=True)
f, L = sp.Function("f"), sp.Function("L")
LEVEL = m(1 / V)
FULL = each(lambda a: gt(m(p[a]), 0))
PAIRS = (le(1, i), le(i, V), le(1, j), le(j, V))
ROOTS = ForAll((i, j), PAIRS, le(m(p[i]) ** (1 / T), K * m(p[j]) ** (1 / T)))
BOUNDS = each(lambda a: All(le(h(LEVEL / K), q[a]), le(q[a], h(K * LEVEL))))


def level_inside(d: Derivation) -> str:
    """1/V < c, for entries below c sum to 1."""
    def wrong(s: Derivation) -> None:
        below = s.for_all((i,), SPAN, lambda t: t.sign(lt(p[i], 1 / V), [t.restate(lt(p[i], c), [at("room", i=i), "low", "high"]), "negated", "V"]))
        less = s.step("termwise", lt(total(lambda a: p[a]), total(lambda a: 1 / V)), [below, "V"], range=(1, V))
        count = s.step("count", eq(total(lambda a: 1 / V), 1), ["V"])
        s.combine(lt(ZERO, 0), {less: 1, count: 1, s.restate(eq(total(lambda a: p[a]), 1), ["p"]): -1}, ["V"])

    return d.contradiction(lt(1 / V, c), wrong)


def derive_bounds(d: Derivation) -> None:
    weak, strict, back = g.inverse(d, g.WEAK, g.STRICT, g.INVERSE)
    entries, whole = g.entries_of(d, "q"), g.sum_of(d, "q")
    factor = d.restate(gt(lam, 0), ["q"])
    inside = level_inside(d)
    lifted = d.restate(lt(m(0), LEVEL), [at("rising", x=0, y=1 / V), d.sign(le(ZERO, 0), []), d.sign(gt(1 / V, 0), ["V"]), inside, "V"])
    own = d.restate(eq(h(LEVEL), 1 / V), [at(back, x=1 / V), d.sign(ge(1 / V, 0), ["V"]), inside, "V"])
    scale = d.sign(gt(LEVEL, 0), [lifted, "bottom", "V"])

    def bound(s: Derivation, side: str) -> str:
        """Were one image beyond the bound, all would lie on one side of 1/V."""
        goal = le(q[i], h(K * LEVEL)) if side == "above" else le(h(LEVEL / K), q[i])
        beyond = K * LEVEL if side == "above" else LEVEL / K
        mine = s.restate(gt(m(p[i]), 0), [at("full", i=i), "low", "high"])

        def wrong(t: Derivation) -> None:
            image_i = g.entry_of(t, entries, i, ["low", "high"])
            known = [mine, "T", scale, "K", "V"]

            def far(r: Derivation) -> None:
                if side == "above":
                    ordered = r.restate(le(h(argument()(i)), h(beyond)), [at(weak, u=argument()(i), v=beyond), "near", *known])
                    r.combine(lt(ZERO, 0), {ordered: 1, image_i: 1, "negated": 1}, known)
                else:
                    ordered = r.restate(le(h(beyond), h(argument()(i))), [at(weak, u=beyond, v=argument()(i)), "near", *known])
                    r.combine(lt(ZERO, 0), {ordered: 1, image_i: -1, "negated": 1}, known)

            place = t.contradiction(gt(argument()(i), beyond) if side == "above" else lt(argument()(i), beyond), far, negated="near")

            def one_side(r: Derivation) -> None:
                other = r.restate(gt(m(p[j]), 0), [at("full", i=j), "low_j", "high_j"])
                scope = [*known, other, factor]
                if side == "above":
                    roots = r.restate(le(m(p[i]) ** (1 / T), K * m(p[j]) ** (1 / T)), [at("roots", i=i, j=j), "low", "high", "low_j", "high_j"])
                    past = r.combine(lt(LEVEL, argument()(j)), {roots: lam / K, place: 1 / K}, scope)
                    higher = r.combine(lt(m(0), argument()(j)), {lifted: 1, past: 1}, scope)
                    images = r.restate(lt(h(LEVEL), h(argument()(j))), [at(strict, u=LEVEL, v=argument()(j)), past, higher, *scope])
                    r.combine(lt(1 / V, q[j]), {images: 1, own: -1, g.entry_of(r, entries, j, ["low_j", "high_j"]): -1}, scope)
                else:
                    roots = r.restate(le(m(p[j]) ** (1 / T), K * m(p[i]) ** (1 / T)), [at("roots", i=j, j=i), "low", "high", "low_j", "high_j"])
                    past = r.combine(lt(argument()(j), LEVEL), {roots: lam, place: K}, scope)
                    images = r.restate(lt(h(argument()(j)), h(LEVEL)), [at(strict, u=argument()(j), v=LEVEL), past, lifted, *scope])
                    r.combine(lt(q[j], 1 / V), {images: 1, own: 1, g.entry_of(r, entries, j, ["low_j", "high_j"]): 1}, scope)

            sided = t.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)}, one_side)
            level, sums = total(lambda a: 1 / V), total(lambda a: q[a])
            summed = t.step("termwise", lt(level, sums) if side == "above" else lt(sums, level), [sided, "V"], range=(1, V))
            count = t.step("count", eq(level, 1), ["V"])
            sign = -1 if side == "above" else 1
            t.combine(lt(ZERO, 0), {summed: 1, count: sign, whole: -sign}, ["V"])

        return s.contradiction(goal, wrong)

    d.for_all((i,), SPAN, lambda s: s.restate(BOUNDS.then, [bound(s, "below"), bound(s, "above")]))


def bounds_sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, heat = draw.law(size, zeros=kind == "mixing"), g.heat(draw, kind)
    found, factor = g.softened(kind, masses, heat, scale)
    ratio = (max(masses) / min(masses)) ** (1 / heat) if kind == "power" else sp.exp((max(masses) - min(masses)) / heat)
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "K": ratio, **g.pair(kind, scale)})


def path(temperature: sp.Expr = T) -> Proposition:
    """i -> f(i, T) is the image at T, with the factor L(T)."""
    entries = each(lambda a: eq(f(a, temperature), h(L(temperature) * m(p[a]) ** (1 / temperature))))
    return All(gt(L(temperature), 0), entries, eq(total(lambda a: f(a, temperature)), 1))


PATH = ForAll((T,), (ge(T, 1),), path())
NEAR = each(lambda a: All(lt(f(a, T), 1 / V + e), gt(f(a, T), 1 / V - e)))
LIMIT = Exists((M,), (gt(M, 0),), ForAll((T,), (gt(T, M),), NEAR))
s_, d0, d1, b, e1 = sp.symbols("s d0 d1 b e1", real=True)
SPREAD = total(lambda a: m(p[a])) * total(lambda a: 1 / m(p[a]))


def derive_limit(d: Derivation) -> None:
    (back,) = g.inverse(d, g.INVERSE)
    inside = level_inside(d)
    own = d.restate(eq(h(LEVEL), 1 / V), [at(back, x=1 / V), d.sign(ge(1 / V, 0), ["V"]), inside, "V"])
    size = d.step("define", eq(B, SPREAD), ["full", "V"])
    large = d.transfer(gt(B, 0), d.sign(gt(SPREAD, 0), ["full", "V"]), [size, "full"])
    log = d.step("define", eq(b, sp.log(B)), [large])

    def ratio(s: Derivation) -> None:
        """m(p_i) <= B m(p_j)."""
        mine, other = (s.restate(gt(m(p[a]), 0), [at("full", i=a), f"{a}_low", f"{a}_high"]) for a in (i, j))
        top = s.step("member", le(m(p[i]), total(lambda a: m(p[a]))), ["full", "i_low", "i_high"], at=i)
        inverse = s.step("member", le(1 / m(p[j]), total(lambda a: 1 / m(p[a]))), ["full", "j_low", "j_high"], at=j)
        whole = s.sign(gt(total(lambda a: m(p[a])), 0), ["full", "V"])
        s.combine(le(m(p[i]), B * m(p[j])), {top: 1, inverse: m(p[j]) * total(lambda a: m(p[a])), size: -m(p[j])}, [mine, other, whole, "full"])

    names = dict(zip(("i_low", "i_high", "j_low", "j_high"), PAIRS, strict=True))
    ratios = d.for_all((i, j), names, ratio)
    nearby = All(lt(h(v), h(LEVEL) + e), gt(h(v), h(LEVEL) - e))
    outer = Exists((d0,), (gt(d0, 0),), ForAll((v,), (lt(v, LEVEL + d0), gt(v, LEVEL - d0)), nearby))
    smooth = d.use("op:generator-class/continuous-inverse", outer, ["e", "rising", "onto", "flat", "V"], u=LEVEL, e=e)
    term = LEVEL * sp.exp(s_)
    grown = d.step("continuous", statement(term, (s_,), (ZERO,), (), e1, d1), ["V"], term=term, variables=(s_,), places=(ZERO,), conditions=(), letters=(e1, d1))

    def near_level(s: Derivation) -> None:
        found = statement(term, (s_,), (ZERO,), (), e1, d1).then  # type: ignore[attr-defined]
        there = Exists((d1,), (gt(d1, 0),), substitute(found.then, {"e1": d0}))
        obtain(s, LIMIT, s.restate(there, [at(grown, e1=d0), "d0", "V"]), there, ("d1", "stays"), late)

    def late(s: Derivation) -> None:
        least = 1 + (1 + b**2) / d1
        shown = s.for_all((T,), {"late": gt(T, least)}, at_heat)
        s.exhibit(LIMIT, [shown, s.sign(gt(least, 0), ["d1"]), "d1"], M=least)

    def at_heat(s: Derivation) -> None:
        warm = s.sign(ge(T, 1), ["late", s.sign(gt((1 + b**2) / d1, 0), ["d1"]), "d1"])
        heat = s.sign(gt(T, 0), [warm])
        room = s.combine(gt(T * d1, 1 + b**2), {"late": d1, s.sign(gt(d1, 0), ["d1"]): 1}, ["d1"])
        images = []
        for way in (1, -1):
            slack = s.sign(gt(1 + b**2 - way * b, 0), [])
            small = s.combine(lt(way * b / T, d1), {room: 1 / T, slack: 1 / T}, [heat])
            images.append(small)
        up, down = images
        values = []
        for way, (above, below) in ((1, (up, down)), (-1, (down, up))):
            over, under = s.combine(lt(way * b / T, 0 + d1), {above: 1}, [heat]), s.combine(gt(way * b / T, 0 - d1), {below: 1}, [heat])
            here = LEVEL * sp.exp(way * b / T)
            close = s.restate(All(lt(here, LEVEL + d0), gt(here, LEVEL - d0)), [at("stays", s=way * b / T), over, under, heat, "V"])
            ends = s.restate(lt(here, LEVEL + d0), [close]), s.restate(gt(here, LEVEL - d0), [close])
            values.append(s.restate(All(lt(h(here), h(LEVEL) + e), gt(h(here), h(LEVEL) - e)), [at("nearby", v=here), *ends, heat, "V"]))
        found = s.restate(path(), [at("path", T=T), warm, heat])
        factor = sp.exp(b / T)

        def roots(t: Derivation) -> None:
            mine, other = (t.restate(gt(m(p[a]), 0), [at("full", i=a), f"{a}_low", f"{a}_high"]) for a in (i, j))
            less = t.restate(le(m(p[i]), B * m(p[j])), [at(ratios, i=i, j=j), "i_low", "i_high", "j_low", "j_high"])
            logs = t.sign(le(sp.log(m(p[i])) / T, sp.log(B * m(p[j])) / T), [less, mine, other, large, heat])
            powers = t.sign(le(sp.exp(sp.log(m(p[i])) / T), sp.exp(sp.log(B * m(p[j])) / T)), [logs, mine, other, large, heat])
            same = t.rewrite(eq(sp.exp(sp.log(B * m(p[j])) / T), factor * m(p[j]) ** (1 / T)), [mine, other, large, heat], using=[log])
            t.combine(le(m(p[i]) ** (1 / T), factor * m(p[j]) ** (1 / T)), {powers: 1, same: 1}, [mine, other, large, heat])

        spread = s.for_all((i, j), names, roots)
        rule = {"q": sp.Lambda(i, f(i, T)), "lam": L(T), "K": factor}
        bounds = s.use("op:generator-class/hot-bounds", substitute(BOUNDS, rule), ["V", heat, s.sign(gt(factor, 0), [heat]), *(n for n, _ in LAW), "full", found, spread], **rule)

        def entry(t: Derivation) -> None:
            both = t.restate(All(le(h(LEVEL / factor), f(i, T)), le(f(i, T), h(factor * LEVEL))), [at(bounds, i=i), "low", "high"])
            low, high = t.restate(le(h(LEVEL / factor), f(i, T)), [both]), t.restate(le(f(i, T), h(factor * LEVEL)), [both])
            over = t.restate(lt(h(factor * LEVEL), h(LEVEL) + e), [values[0]])
            under = t.restate(gt(h(LEVEL * sp.exp(-b / T)), h(LEVEL) - e), [values[1]])
            one = t.combine(lt(f(i, T), 1 / V + e), {high: 1, over: 1, own: 1}, ["V", heat])
            two = t.combine(gt(f(i, T), 1 / V - e), {low: 1, under: 1, own: -1}, ["V", heat])
            t.restate(NEAR.then, [one, two])

        s.for_all((i,), SPAN, entry)

    obtain(d, LIMIT, smooth, outer, ("d0", "nearby"), near_level)


def limit_sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 3), draw.rational("1/2", 3)
    masses, a, t = draw.law(size, zeros=kind == "mixing"), sp.Symbol("a", integer=True), sp.Symbol("t", real=True)
    found, factor = g.softened(kind, masses, t, scale)
    images = sp.Add(*(value * sp.KroneckerDelta(a, k + 1) for k, value in enumerate(found)))
    return Sample({"V": size, "p": masses, "e": draw.rational("1/8", 1), "f": sp.Lambda((a, t), images), "L": sp.Lambda(t, factor), "T": sp.Integer(10)**6,
                   **g.pair(kind, scale)})


CLAIMS = (
    Entry(Claim("op:generator-class/hot-bounds", "Images lie near the uniform law", OURS, "ours", "upper",
                (("V", ge(V, 1)), ("T", gt(T, 0)), ("K", gt(K, 0)), *LAW, ("full", FULL), ("q", image()), ("roots", ROOTS)), BOUNDS,
                uses=("op:generator-class/inverse",)), derive_bounds, bounds_sample),
    Entry(Claim("op:generator-class/hot", "Generator operators flatten", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("e", gt(e, 0)), *LAW, ("full", FULL), ("path", PATH)), LIMIT,
                uses=("op:generator-class/inverse", "op:generator-class/continuous-inverse", "op:generator-class/hot-bounds")), derive_limit, limit_sample),
)
