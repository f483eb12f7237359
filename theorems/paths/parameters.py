"""The rate with everything measurable in it (SKD (iii)): n stages of lengths a_1..a_n at temperature T, over a floor delta.

Stage k costs at most a_k^2/(8 T^2) + delta (path:logit-length), L is the sum of the lengths and rho L^2 is n times the
sum of their squares (rho = 1 for equal ones).  The total is at most f(n) = rho L^2/(8 n T^2) + n delta.

A linear student with s weights trained on m samples of noise s2 has the excess risk s2 s/(m - s - 1), which is above
s2 s/m (path:parameters/student, from bv:linear-dense): delta >= s2 s/m.  Over the least floor delta = s2 s/m, f is least
at n*(T, s, m) = (L/T) sqrt(rho m/(8 s2 s)), and no floor and no n bring it below (L/T) sqrt(rho s2 s/(2 m)).  The best whole
number has n (n - 1) <= n*^2 <= n (n + 1): fewer stages for larger T and s, more for more samples.
"""

from theorems.bias_variance import linear_dense
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, Relation, eq, ge, gt, le
from theorems.paths import floor
from theorems.terms import substitute
from theorems.vocabulary import T, k, n, sp, total

s, m = sp.symbols("s m", integer=True)
L, rho, s2, delta, v = sp.symbols("L rho s2 delta v", real=True)
a, cost = sp.IndexedBase("a"), sp.IndexedBase("cost")
SMALLEST = s2 * s / m
VALUES = {"c": rho / (8 * T**2), "delta": SMALLEST}


def of(term: object, **values: object) -> object:
    """A term of the claim path:floor with the parameters put in."""
    return substitute(term, {**VALUES, **values})


BEST, LEAST, WHOLE = of(floor.BEST), of(floor.LEAST), of(floor.WHOLE)
SUM = le(total(lambda b: cost[b], n, k), of(floor.bound(n), delta=delta))
BELOW = ForAll((v,), (gt(v, 0),), ge(of(floor.bound(v), delta=delta), LEAST))
CONCLUSION = All(SUM, BELOW, *of(floor.OPTIMUM).args)  # type: ignore[attr-defined]
STUDENT = {"n": m, "d": s}
SIZE = ("samples", gt(m, s + 1))
WEIGHTS = ("weights", ge(s, 1))


def derive(d: Derivation) -> None:
    signs = ["temperature", "length", "spread", "noise", "weights", "samples"]
    curve, least = d.sign(gt(VALUES["c"], 0), ["temperature", "spread"]), d.sign(gt(SMALLEST, 0), ["noise", "weights", "samples"])
    best = d.use("path:floor/optimum", of(floor.OPTIMUM), [curve, "length", least, "temperature", "samples", "weights"], L=L, **VALUES)
    terms = d.for_all((k,), {"k_low": le(1, k), "k_high": le(k, n)}, lambda t: t.restate(STAGE, [at("stage", k=k), "k_low", "k_high"]))
    summed = d.step("termwise", le(total(lambda b: cost[b], n, k), total(lambda b: a[b] ** 2 / (8 * T**2) + delta, n, k)), [terms, "temperature"], range=(1, n))
    floors = d.step("count", eq(total(lambda b: delta, n, k), n * delta), ["stages"])
    first = d.combine(SUM, {summed: 1, floors: 1, "squares": -1 / (8 * n * T**2)}, ["temperature", "stages"])

    def below(p: Derivation) -> None:
        low = p.restate(ge(of(floor.bound(v)), LEAST), [at(bottom, v=v), "some"])
        p.combine(BELOW.then, {low: 1, "floor": v}, ["some", *signs])

    bottom = d.restate(of(floor.BELOW), [best])
    second = d.for_all((v,), {"some": gt(v, 0)}, below, because="a higher floor only adds")
    d.restate(CONCLUSION, [first, second, best])


STAGE: Relation = le(cost[k], a[k] ** 2 / (8 * T**2) + delta)


def student(d: Derivation) -> None:
    names = [name for name, _ in linear_dense.CLAIMS[1].claim.hypotheses]
    risk = d.use("bv:linear-dense", substitute(linear_dense.RISK, STUDENT), names, **STUDENT)
    more = d.sign(ge(s2 * s / (m - s - 1) - SMALLEST, 0), ["size", "d", "level"])
    d.combine(ge(RISK, SMALLEST), {risk: -1, more: 1}, ["size", "d"])


RISK = substitute(linear_dense.RISK.left, STUDENT)


def sample(draw: Draw) -> Sample:
    count, temperature, level = draw.integer(1, 5), draw.rational("1/4", 4), draw.rational("1/9", 4)
    weights = draw.integer(1, 4)
    samples = weights + 1 + draw.integer(1, 9)
    lengths = draw.family(count, "1/9", 2)
    under = level * sp.Rational(weights, samples) + draw.rational(0, 1) * draw.integer(0, 1)
    costs = tuple(b**2 / (8 * temperature**2) + under * draw.rational("1/2", 1) for b in lengths)
    spread = count * sum(b**2 for b in lengths) / sum(lengths) ** 2
    return Sample({"n": count, "T": temperature, "s2": level, "s": weights, "m": samples, "a": lengths, "cost": costs,
                   "L": sum(lengths), "rho": spread, "delta": under})


def sample_student(draw: Draw) -> Sample:
    drawn = linear_dense.sample(draw)
    return Sample({STUDENT.get(name, sp.Symbol(name)).name: value for name, value in drawn.values.items()}, drawn.law, drawn.stands_for)


SOURCE = Source("SKD", "abstract (iii)")
CLAIMS = (
    Entry(Claim("path:parameters/student", "The floor of a linear student", SOURCE, "ours", "lower",
                (*((name, substitute(h, STUDENT)) for name, h in linear_dense.CLAIMS[1].claim.hypotheses), ("level", ge(s2, 0))),
                ge(RISK, SMALLEST), uses=("bv:linear-dense",)), student, sample_student),
    Entry(Claim("path:parameters", "The measurable rate and the best number of stages", SOURCE, "ours", "tight",
                (("stages", ge(n, 1)), ("temperature", gt(T, 0)), ("length", gt(L, 0)), ("spread", gt(rho, 0)), ("noise", gt(s2, 0)), WEIGHTS, SIZE,
                 ("floor", ge(delta, SMALLEST)), ("squares", eq(rho * L**2, n * total(lambda b: a[b] ** 2, n, k))),
                 ("stage", ForAll((k,), (le(1, k), le(k, n)), STAGE))), CONCLUSION, uses=("path:floor/optimum",)), derive, sample,
          quantities=(Quantity("stages", "best number of stages n* over the floor s2 s/m", BEST), Quantity("whole", "best whole number of stages", WHOLE),
                      Quantity("least", "bound on the sum of stage divergences at n*, the least of all", LEAST),
                      Quantity("bound", "bound on the sum at the best whole number of stages", of(floor.bound(WHOLE))))),
)
