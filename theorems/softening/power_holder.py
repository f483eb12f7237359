"""power_T, T >= 1, is Hölder of order 1/T on the whole simplex: |F p - F q|_1 <= 2 V^(1 - 1/T) |p - q|_1^(1/T), laws p, q on V classes.

(x + y)^(1/T) <= x^(1/T) + y^(1/T) gives p_i^(1/T) - q_i^(1/T) <= |p_i - q_i|^(1/T), and by the tangent of the root at the mean D/V
these sum to at most V (D/V)^(1/T) = V^(1 - 1/T) D^(1/T), D = |p - q|_1.  The totals that normalise are at least 1.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le, lt
from theorems.vocabulary import T, V, i, j, law, p, power, q, sp, total

DISTANCE = total(lambda a: sp.Abs(p[a] - q[a]))
IMAGES = total(lambda a: sp.Abs(power(p, T)(a) - power(q, T)(a)))
CONCLUSION = le(IMAGES, 2 * V ** (1 - 1 / T) * DISTANCE ** (1 / T))
SPAN = {"low": le(1, i), "high": le(i, V)}
GAP = sp.Abs(p[i] - q[i])
CAP = sp.Lambda(i, sp.Abs(p[i] - q[i]) ** (1 / T))
D = sp.Symbol("D", real=True)
LIMIT = le(total(CAP), V ** (1 - 1 / T) * D ** (1 / T))


def derive(d: Derivation) -> None:
    heat = d.sign(gt(T, 0), ["T"])
    signs = {f: d.for_all((i,), SPAN, lambda s, f=f, n=n: s.sign(ge(f[i] ** (1 / T), 0), [s.sign(ge(f[i], 0), [n, "low", "high"]), heat]))  # type: ignore[misc]
             for f, n in ((p, "p"), (q, "q"))}
    caps = d.for_all((i,), SPAN, lambda s: s.sign(ge(CAP(i), 0), [s.sign(ge(GAP, 0), []), heat]))
    rises = [d.for_all((i,), SPAN, lambda s, pair=pair: rise(s, heat, *pair)) for pair in ((p, q, "p", "q"), (q, p, "q", "p"))]  # type: ignore[misc]
    totals = [total_above_one(d, f, n, heat) for f, n in ((p, "p"), (q, "q"))]
    size = d.step("define", eq(D, DISTANCE))
    least = d.transfer(ge(D, 0), d.sign(ge(DISTANCE, 0), ["V"]), [size])

    def far(s: Derivation) -> None:
        mean = s.sign(gt(D / V, 0), ["apart", "V"])

        def touch(t: Derivation) -> None:
            t.use("base:root-bounds/tangent", le(CAP(i), (D / V) ** (1 / T) * (1 + (GAP / (D / V) - 1) / T)), [t.sign(ge(GAP, 0), []), mean, "T", "V"], x=GAP, c=D / V)

        tangents = s.for_all((i,), SPAN, touch)
        level = (D / V) ** (1 / T)
        summed = s.step("termwise", le(total(CAP), total(lambda a: level * (1 + (sp.Abs(p[a] - q[a]) / (D / V) - 1) / T))), [tangents, mean, heat, "V", "apart"], range=(1, V))
        count = s.step("count", eq(total(lambda a: sp.Integer(1)), V), ["V"])
        bound = s.combine(le(total(CAP), V * level), {summed: 1, count: level * (1 - 1 / T), size: -level * V / (D * T)}, [mean, heat, "V", "apart"])
        same = s.rewrite(eq(V * level, V ** (1 - 1 / T) * D ** (1 / T)), [heat, "V", "apart"])
        s.combine(LIMIT, {bound: 1, same: 1}, [heat, "V", "apart"])

    def near(s: Derivation) -> None:
        def none(t: Derivation) -> None:
            part = t.step("member", le(GAP, DISTANCE), [t.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)}, lambda u: u.sign(ge(sp.Abs(p[j] - q[j]), 0), [])), "low", "high"], at=i)
            zero = t.sign(eq(GAP, 0), [t.combine(le(GAP, 0), {part: 1, size: -1, "near": 1}), t.sign(ge(GAP, 0), [])])
            t.sign(le(CAP(i), 0), [t.sign(eq(CAP(i), 0), [zero, heat]), zero, heat])

        gone = s.for_all((i,), SPAN, none)
        summed = s.step("termwise", le(total(CAP), 0), [gone, heat], range=(1, V))
        s.sign(LIMIT, [summed, s.sign(ge(V ** (1 - 1 / T) * D ** (1 / T), 0), [least, "V", heat]), least, "V", heat])

    limit = d.cases(LIMIT, {"apart": gt(D, 0), "near": le(D, 0)}, lambda s, way: far(s) if way == "apart" else near(s))
    found = d.use("base:normalised-distance", le(IMAGES, 2 * V ** (1 - 1 / T) * D ** (1 / T)),
                  [*signs.values(), *totals, *rises, caps, limit, heat, "V", least, "p", "q"],
                  a=sp.Lambda(i, p[i] ** (1 / T)), b=sp.Lambda(i, q[i] ** (1 / T)), c=CAP, e=CAP, M=V ** (1 - 1 / T) * D ** (1 / T))
    d.transfer(CONCLUSION, found, [size, heat, "V", "p", "q", *totals])


def rise(s: Derivation, heat: str, first: sp.IndexedBase, second: sp.IndexedBase, one: str, other: str) -> None:
    """first_i^(1/T) <= second_i^(1/T) + |first_i - second_i|^(1/T)."""
    mine, theirs = s.sign(ge(first[i], 0), [one, "low", "high"]), s.sign(ge(second[i], 0), [other, "low", "high"])
    goal = le(first[i] ** (1 / T) - second[i] ** (1 / T), CAP(i))

    def case(t: Derivation, way: str) -> None:
        gap = first[i] - second[i]
        if way == "more":
            room = t.sign(ge(gap, 0), [way])
            split = t.use("base:root-sum", le((second[i] + gap) ** (1 / T), second[i] ** (1 / T) + gap ** (1 / T)), [theirs, room, "T"], x=second[i], y=gap)
            t.combine(goal, {split: 1}, [way, mine, theirs, heat])
        else:
            apart = t.use("base:root-order", lt(first[i] ** (1 / T), second[i] ** (1 / T)), [heat, mine, way], x=first[i], y=second[i])
            t.combine(goal, {apart: 1, t.sign(ge(CAP(i), 0), [t.sign(ge(GAP, 0), []), heat]): 1}, [mine, theirs, heat])

    s.cases(goal, {"more": ge(first[i], second[i]), "less": lt(first[i], second[i])}, case)


def total_above_one(d: Derivation, family: sp.IndexedBase, name: str, heat: str) -> str:
    """p <= 1, so p^(1/T) >= p."""
    mass = d.restate(eq(total(lambda a: family[a]), 1), [name])

    def entry(s: Derivation) -> None:
        inside = s.sign(ge(family[i], 0), [name, "low", "high"])
        part = s.step("member", le(family[i], total(lambda a: family[a])), [name, "low", "high"], at=i)
        below = s.combine(le(family[i], 1), {part: 1, mass: 1})
        s.use("base:root-bounds/above", ge(family[i] ** (1 / T), family[i]), [inside, below, "T"], x=family[i])

    entries = d.for_all((i,), SPAN, entry)
    roots = sp.Sum(family[sp.Symbol("l", integer=True)] ** (1 / T), (sp.Symbol("l", integer=True), 1, V))
    summed = d.step("termwise", ge(roots, total(lambda a: family[a])), [entries, name, heat], range=(1, V))
    return d.combine(ge(roots, 1), {summed: 1, mass: -1}, [name, heat])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "p": draw.law(size, zeros=True), "q": draw.law(size, zeros=True), "T": draw.rational(1, 5)})


CLAIM = Entry(
    Claim("op:power-holder", "Power is Hölder of order 1/T", Source("ours", "this project"), "ours", "upper",
          (("T", ge(T, 1)), ("V", ge(V, 1)), ("p", law(p)), ("q", law(q))), CONCLUSION,
          uses=("base:normalised-distance", "base:root-bounds/above", "base:root-bounds/tangent", "base:root-sum", "base:root-order")),
    derive, sample,
)
