"""power_T, T >= 1, on laws with entries >= eta: the l1 constant is at most (1/T) eta^-(1 - 1/T), for all V.

Entry by entry p^(1/T) - q^(1/T) <= K (p - q) where p >= q, by the mean value theorem; totals of p^(1/T) are >= 1.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le, lt
from theorems.vocabulary import T, V, each, i, p, positive_law, power, q, sp, total

eta, x, y, u_ = sp.symbols("eta x y u", real=True)
K = eta ** (1 / T - 1) / T
DISTANCE = total(lambda a: sp.Abs(p[a] - q[a]))
CONCLUSION = le(total(lambda a: sp.Abs(power(p, T)(a) - power(q, T)(a))), K * DISTANCE)
RISE = K * u_ - u_ ** (1 / T)


def derive(d: Derivation) -> None:
    def slope(s: Derivation) -> None:
        positive = s.sign(gt(u_, 0), ["eta", "above"])
        value = s.derivative(eq(sp.Derivative(RISE, u_), K - u_ ** (1 / T - 1) / T), ["eta", "T", positive])
        ordered = s.sign(le((1 / T - 1) * sp.log(u_), (1 / T - 1) * sp.log(eta)), ["T", "eta", "above"])
        powers = s.sign(le(sp.exp((1 / T - 1) * sp.log(u_)), sp.exp((1 / T - 1) * sp.log(eta))), [ordered, "eta", "T", positive])
        s.combine(ge(sp.Derivative(RISE, u_), 0), {value: -1, powers: 1 / T}, ["T", "eta", positive])

    rising = d.for_all((u_,), {"above": ge(u_, eta)}, slope, because="the root is flatter than K beyond eta")

    def two(s: Derivation) -> None:
        climb = s.monotone(le(RISE.subs(u_, y), RISE.subs(u_, x)), rising, ["T", "eta", "y", "order"], low=y, high=x)
        s.combine(le(x ** (1 / T) - y ** (1 / T), K * (x - y)), {climb: 1}, ["T", "eta", s.sign(gt(y, 0), ["eta", "y"]),
                  s.sign(gt(x, 0), ["eta", "y", "order"])])

    rise = d.for_all((x, y), {"y": ge(y, eta), "order": ge(x, y)}, two)
    entries, totals = [], []
    for family, other, inside, outside in ((p, q, "p_inside", "q_inside"), (q, p, "q_inside", "p_inside")):
        entries.append(d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, surplus(family, other, inside, outside, rise)))
        totals.append(total_above_one(d, family, str(family.label)))
    signs = [nonnegative(d, family, name) for family, name in ((p, "p"), (q, "q"))]
    caps = [cap(p, q), cap(q, p)]
    rooms = [d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda s, pair=pair: room(s, *pair)) for pair in ((p, q), (q, p))]
    one, other = d.restate(eq(total(lambda a: p[a]), 1), ["p"]), d.restate(eq(total(lambda a: q[a]), 1), ["q"])
    sums = [d.combine(le(total(c), K * DISTANCE / 2), {one: sign * K / 2, other: -sign * K / 2}, ["T", "eta"]) for c, sign in zip(caps, (1, -1), strict=True)]
    values = {"a": sp.Lambda(i, p[i] ** (1 / T)), "b": sp.Lambda(i, q[i] ** (1 / T)), "c": sp.Lambda(i, caps[0](i)),
              "e": sp.Lambda(i, caps[1](i)), "M": K * DISTANCE / 2}
    d.use("base:normalised-distance", CONCLUSION, [*signs, *totals, *entries, *rooms, *sums, "T", "p", "q", "eta"], **values)


def cap(family: sp.IndexedBase, other: sp.IndexedBase):  # type: ignore[no-untyped-def]
    """K times the positive part of the difference."""
    return lambda a: K * (sp.Abs(p[a] - q[a]) + family[a] - other[a]) / 2


def surplus(family: sp.IndexedBase, other: sp.IndexedBase, inside: str, outside: str, rise: str):  # type: ignore[no-untyped-def]
    goal = le(family[i] ** (1 / T) - other[i] ** (1 / T), cap(family, other)(i))

    def entry(s: Derivation) -> None:
        mine = s.restate(ge(family[i], eta), [at(inside, i=i), "low", "high"])
        theirs = s.restate(ge(other[i], eta), [at(outside, i=i), "low", "high"])
        first, second = s.sign(gt(family[i], 0), [mine, "eta"]), s.sign(gt(other[i], 0), [theirs, "eta"])

        def case(u: Derivation, way: str) -> None:
            if way == "more":
                bound = u.restate(le(family[i] ** (1 / T) - other[i] ** (1 / T), K * (family[i] - other[i])), [at(rise, x=family[i], y=other[i]), theirs, way])
                gap = u.sign(ge(family[i] - other[i], 0), [way])
                u.combine(goal, {bound: 1}, ["T", "eta", first, second, gap])
            else:
                logs = u.sign(lt(sp.log(family[i]) / T, sp.log(other[i]) / T), [way, first, second, "T"])
                roots = u.sign(lt(sp.exp(sp.log(family[i]) / T), sp.exp(sp.log(other[i]) / T)), [logs, first, second, "T"])
                gap = u.sign(le(family[i] - other[i], 0), [way])
                u.combine(goal, {roots: 1}, ["T", "eta", first, second, gap])

        s.cases(goal, {"more": ge(family[i], other[i]), "less": lt(family[i], other[i])}, case)

    return entry


def room(s: Derivation, family: sp.IndexedBase, other: sp.IndexedBase) -> None:
    goal = ge(cap(family, other)(i), 0)

    def case(u: Derivation, way: str) -> None:
        constant = u.sign(ge(K, 0), ["T", "eta"])
        u.combine(goal, {way: K} if way == "up" else {}, [way, constant, "T", "eta"])

    s.cases(goal, {"up": ge(family[i] - other[i], 0), "down": lt(family[i] - other[i], 0)}, case)


def nonnegative(d: Derivation, family: sp.IndexedBase, name: str) -> str:
    def entry(s: Derivation) -> None:
        s.sign(ge(family[i] ** (1 / T), 0), [s.sign(gt(family[i], 0), [name, "low", "high"]), "T"])

    return d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)


def total_above_one(d: Derivation, family: sp.IndexedBase, name: str) -> str:
    """p <= 1, so p^(1/T) >= p."""
    mass = d.restate(eq(total(lambda a: family[a]), 1), [name])

    def entry(s: Derivation) -> None:
        positive = s.sign(gt(family[i], 0), [name, "low", "high"])
        part = s.step("member", le(family[i], total(lambda a: family[a])), [name, "low", "high"], at=i)
        below = s.combine(le(family[i], 1), {part: 1, mass: 1})
        logs = s.sign(ge(sp.log(family[i]) / T, sp.log(family[i])), [positive, below, "T"])
        roots = s.sign(ge(sp.exp(sp.log(family[i]) / T), sp.exp(sp.log(family[i]))), [logs, positive, "T"])
        s.combine(ge(family[i] ** (1 / T), family[i]), {roots: 1}, [positive, "T"])

    entries = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)
    roots = sp.Sum(family[sp.Symbol("l", integer=True)] ** (1 / T), (sp.Symbol("l", integer=True), 1, V))
    summed = d.step("termwise", ge(roots, total(lambda a: family[a])), [entries, name, "T"], range=(1, V))
    return d.combine(ge(roots, 1), {summed: 1, mass: -1}, [name, "T"])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    first, second = draw.law(size), draw.law(size)
    return Sample({"V": size, "p": first, "q": second, "T": draw.rational(1, 5), "eta": min(*first, *second) if size > 1 else 1})


CLAIM = Entry(
    Claim("op:power-lipschitz-local", "Power is Lipschitz away from the boundary", Source("ours", "this project"), "ours", "upper",
          (("T", ge(T, 1)), ("eta", gt(eta, 0)), ("p", positive_law(p)), ("q", positive_law(q)),
           ("p_inside", each(lambda a: ge(p[a], eta))), ("q_inside", each(lambda a: ge(q[a], eta)))), CONCLUSION,
          uses=("base:normalised-distance",)),
    derive, sample,
)
