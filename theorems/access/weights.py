"""Truncation of normalised weights, for any operator of the form a_i/sum a: the classes 1..k are kept, all V and k.

tv: if b is a/c on the kept classes and 0 elsewhere, c > 0, then TV(share a, share b) is the share of a outside.
growth: if b/a is nowhere larger inside than outside, the share of b outside is at least that of a.
bound: sum of a outside <= x and inside >= s > 0 give a share outside of at most x/(x + s).
squeeze: least <= a_i <= most, least > 0, put the share outside between (V - k)/V least/most and (V - k)/V most/least.
"""

import sympy as sp

from theorems.access._kept import HEAD, KEPT, TAIL, head, mass, outside, restricted, split, tail
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.normalised_restriction import CONCLUSION as COMMUTES
from theorems.foundations.normalised_restriction import a, b, c, l, s_, share, x
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import V, each, i, j, k, law, total, total_variation

least, most = sp.symbols("least most", real=True)
LOST = tail(share(a))
SHARES = total(share(a), k, l)
VARIATION = eq(total_variation(share(a), share(b)), LOST)
GROWTH = le(LOST, tail(share(b)))
BOUND = le(LOST, x / (x + s_))
SQUEEZE = All(le((V - k) / V * least / most, LOST), le(LOST, (V - k) / V * most / least))


def rule(index: sp.Expr) -> sp.Expr:
    return a[index]


def parts_of_one(d: Derivation, family: sp.IndexedBase, some: str) -> str:
    """The shares inside and outside add up to 1."""
    return d.combine(eq(head(share(family)) + tail(share(family)), 1), {split(d, share(family), some): -1, d.rewrite(eq(total(share(family)), 1), [some]): 1}, [some])


def variation(d: Derivation) -> None:
    rest = d.step("termwise", ge(outside(a), tail(lambda s: sp.Integer(0))), [d.for_all((i,), TAIL, lambda s: mass(s, "a", a))], range=(k + 1, V))
    some = d.combine(gt(total(rule), 0), {split(d, rule): -1, rest: 1, "kept": 1})
    shares = d.use("base:normalised-law", law(share(a)), ["a", some])
    commutes = d.use("base:normalised-restriction", COMMUTES, ["k", "kept", some, "c", "b"])
    left = d.combine(eq(SHARES, 1 - LOST), {parts_of_one(d, a, some): 1}, [some])
    positive = d.sign(gt(head(rule) / total(rule), 0), ["kept", some])
    lost = d.combine(lt(LOST, 1), {positive: 1, left: 1}, [some])
    below = d.use("base:restricted-total", gt(total(lambda s: b[s]), 0), ["k", "kept", "c", "b"])
    images = d.transfer(restricted(share(a), share(b), 1 - LOST), commutes, [left, some, below, lost])
    same = d.sign(eq(LOST, LOST), [some])
    d.use("access:topk/tv", VARIATION, ["k", shares, same, lost, images, some, below], p=sp.Lambda((i,), share(a)(i)), q=sp.Lambda((i,), share(b)(i)), rho=LOST)


def growth(d: Derivation) -> None:
    def row(s: Derivation) -> None:
        def cell(u: Derivation) -> None:
            u.restate(le(b[i] * a[j], b[j] * a[i]), [at("ratio", i=i, j=j), "low", "high", "j_low", "j_high"])

        cells = s.for_all((j,), {"j_low": le(k + 1, j), "j_high": le(j, V)}, cell)
        s.step("termwise", le(total(lambda t: b[i] * a[t], V, j, k + 1), total(lambda t: a[i] * b[t], V, j, k + 1)), [cells], range=(k + 1, V))

    rows = d.for_all((i,), HEAD, row, because="b_i a_j <= a_i b_j for i <= k < j")
    crossed = d.step("termwise", le(head(lambda s: b[s]) * outside(a), head(rule) * outside(b)), [rows], range=(1, k))
    whole, other = split(d, rule), split(d, lambda s: b[s])
    product = d.combine(le(outside(a) * total(lambda s: b[s]), outside(b) * total(rule)), {crossed: 1, whole: -outside(b), other: outside(a)})
    d.combine(GROWTH, {product: 1 / (total(rule) * total(lambda s: b[s]))}, ["a", "b"])


TOP = ForAll((i, j), (le(1, i), le(i, k), le(k + 1, j), le(j, V)), le(b[i] * a[j], b[j] * a[i]))


def bound(d: Derivation) -> None:
    u, h = outside(a), head(rule)
    order = d.use("base:share-order", le(u / (u + h), x / (x + s_)), ["outside", "x", "s", "inside"], u=u, h=h)
    whole = d.combine(gt(total(rule), 0), {split(d, rule): -1, "outside": 1, "inside": 1, "s": 1})
    d.transfer(BOUND, order, [split(d, rule), whole, d.combine(gt(x + s_, 0), {"x": 1, "outside": 1, "s": 1})])


def squeeze(d: Derivation) -> None:
    def side(upper: bool, edge: sp.Expr, span: dict[str, Proposition], start: sp.Expr) -> str:
        """Sum of a over start..V against its length times most or least."""
        inside = d.for_all((i,), span, lambda s: s.restate(le(a[i], most) if upper else ge(a[i], least), [at("above" if upper else "below", i=i),
                           *([s.sign(le(1, i), ["k", "low"])] if start != 1 else ["low"]), "high"]))
        relation = le if upper else ge
        summed = d.step("termwise", relation(total(rule, V, i, start), total(lambda s: edge, V, i, start)), [inside], range=(start, V))
        count = d.step("count", eq(total(lambda s: edge, V, i, start), (V - start + 1) * edge), ["k"])
        return d.combine(relation(total(rule, V, i, start), (V - start + 1) * edge), {summed: 1, count: 1 if upper else -1})

    whole = {"low": le(1, i), "high": le(i, V)}
    size = d.sign(ge(V, 1), ["k"])
    top, bottom = side(True, most, whole, sp.Integer(1)), side(False, least, whole, sp.Integer(1))
    tail_top, tail_bottom = side(True, most, TAIL, k + 1), side(False, least, TAIL, k + 1)
    some = d.combine(gt(total(rule), 0), {bottom: 1, d.sign(gt(V * least, 0), [size, "least"]): 1})
    large = d.combine(gt(V * most, 0), {top: 1, some: 1})
    large = d.combine(gt(most, 0), {large: 1 / V}, [size])
    room = d.sign(ge((V - k) / V, 0), ["k", size])
    lower = d.combine(SQUEEZE.args[0], {tail_bottom: 1 / total(rule), top: (V - k) * least / (V * most * total(rule))}, [some, large, size, "least", room, "k"])
    upper = d.combine(SQUEEZE.args[1], {tail_top: 1 / total(rule), bottom: (V - k) * most / (V * least * total(rule))}, [some, large, size, "least", room, "k"])
    d.restate(SQUEEZE, [lower, upper])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    kept, weights, scale = draw.integer(1, size), draw.family(size, "1/9" if draw.integer(0, 1) else 0, 3), draw.rational("1/4", 3)
    return Sample({"V": size, "k": kept, "a": weights, "c": scale, "b": tuple(w / scale if s < kept else sp.Integer(0) for s, w in enumerate(weights)),
                   "x": sum(weights[kept:]) + draw.rational(0, 1), "s": sum(weights[:kept]) * draw.rational("1/2", 1),
                   "least": min(weights) * draw.rational("1/2", 1), "most": max(weights) + draw.rational(0, 1)})


def sample_growth(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    weights, factors = draw.family(size, "1/8", 4), sorted(draw.family(size, "1/8", 3))
    return Sample({"V": size, "k": draw.integer(1, size), "a": weights, "b": tuple(w * f for w, f in zip(weights, factors, strict=True))})


SOURCE = Source("SKD", "abstract (vii)")
K, WEIGHTS = ("k", KEPT), ("a", each(lambda s: ge(a[s], 0)))
CLAIMS = (
    Entry(Claim("access:weights/tv", "Total variation of truncated weights", SOURCE, "ours", "identity",
                (K, WEIGHTS, ("kept", gt(head(rule), 0)), ("c", gt(c, 0)),
                 ("b", All(each(lambda s: eq(b[s], a[s] / c), k), each(lambda s: eq(b[s], 0), V, i, k + 1)))), VARIATION,
                uses=("base:normalised-law", "base:normalised-restriction", "base:restricted-total", "access:topk/tv")), variation, sample),
    Entry(Claim("access:weights/growth", "Flatter weights have more outside the top k", SOURCE, "ours", "upper",
                (K, ("a", gt(total(rule), 0)), ("b", gt(total(lambda s: b[s]), 0)), ("ratio", TOP)), GROWTH), growth, sample_growth),
    Entry(Claim("access:weights/bound", "The share outside is bounded by weights outside and inside", SOURCE, "ours", "upper",
                (K, ("outside", ge(outside(a), 0)), ("x", le(outside(a), x)), ("s", gt(s_, 0)), ("inside", le(s_, head(rule)))), BOUND,
                uses=("base:share-order",)), bound, sample),
    Entry(Claim("access:weights/squeeze", "Nearly equal weights share nearly equally", SOURCE, "ours", "tight",
                (K, ("least", gt(least, 0)), ("below", each(lambda s: ge(a[s], least))), ("above", each(lambda s: le(a[s], most)))), SQUEEZE), squeeze, sample),
)
