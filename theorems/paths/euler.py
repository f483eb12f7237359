"""Stages that track a homotopy: gamma' = v(gamma) on [0, 1], x_{k+1} = x_k + v(x_k)/n from x_1 = gamma(0), in R^V, all V (SKD (ii)).

s_k = v(x_k) is the direction of stage k.  v is K-Lipschitz between student and path, |s_k - gamma'| <= K |x_k - gamma| at
time (k - 1)/n, and |gamma''| <= M (Euclidean norms).  After n stages the student is within M (e^K - 1)/(2 n K) of gamma(1).
Only these instances of the Lipschitz condition are used, so v itself need not be known; K > 0.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.foundations.norm_sum import PRODUCT, TRIANGLE, A, B
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.paths._curve import CURVE, RANGE, M, gamma, remainder, tau, velocity
from theorems.paths.taylor import BOUND as TANGENT
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, j, k, n, sp, total

K = sp.Symbol("K", real=True)
x, s = sp.IndexedBase("x"), sp.IndexedBase("s")
SCALE = M / (2 * n * K)
ERROR = M * (sp.exp(K) - 1) / (2 * n * K)


def time(stage: sp.Expr) -> sp.Expr:
    """When stage k starts."""
    return (stage - 1) / n


def error(stage: sp.Expr) -> sp.Expr:
    """Squared distance of student and path before stage k."""
    return total(lambda a: (x[stage, a] - gamma(a, time(stage))) ** 2)


def reach(stage: sp.Expr) -> sp.Expr:
    """What the distance is at most before stage k."""
    return SCALE * (sp.exp(K * (stage - 1) / n) - 1)


LIPSCHITZ = le(total(lambda a: (s[k, a] - velocity(a, time(k))) ** 2), K**2 * error(k))
BOUND = le(total(lambda a: (x[n + 1, a] - gamma(a, 1)) ** 2), ERROR**2)
SIGNS = ["stages", "K", "bend_sign"]


def step(d: Derivation) -> None:
    """One stage: (distance, slope, curvature) add up, and reach(k) grows by as much."""
    order = [d.sign(le(0, time(k)), ["k_low", "stages"]), d.sign(le(time(k), time(k + 1)), ["stages"]), d.sign(le(time(k + 1), 1), ["k_high", "stages"])]
    far, near = sp.Lambda((i,), x[k, i] - gamma(i, time(k))), sp.Lambda((i,), (s[k, i] - velocity(i, time(k))) / n)
    ends = {"a": time(k), "b": time(k + 1)}
    tangent = d.use("path:euler/tangent", substitute(TANGENT, ends), [*(name for name, _ in CURVE), *order, "stages"], **ends)
    bent = sp.Lambda((i,), -remainder(i, time(k), time(k + 1)))
    size = d.sign(ge(reach(k), 0), [d.sign(ge(sp.exp(K * (k - 1) / n) - 1, 0), ["K", "k_low", "stages"]), *SIGNS])
    slope = K * reach(k) / n
    other = d.sign(ge(slope, 0), [size, *SIGNS])
    curve = M / (2 * n**2)
    third = d.sign(ge(curve, 0), SIGNS)
    bound = d.combine(le(total(lambda a: near(a) ** 2), slope**2), {"lipschitz": 1 / n**2, "hypothesis": K**2 / n**2}, SIGNS)
    both = {"a": far, "b": near, "A": reach(k), "B": slope}
    pair = d.use("base:norm-sum", substitute(All(PRODUCT, TRIANGLE), both), ["classes", size, other, "hypothesis", bound, *SIGNS], **both)
    moved = d.restate(substitute(TRIANGLE, both), [pair])
    remaining = d.combine(le(total(lambda a: bent(a) ** 2), curve**2), {tangent: 1}, SIGNS)
    sum_ = d.sign(ge(reach(k) + slope, 0), [size, other, *SIGNS])
    all_ = {"a": sp.Lambda((i,), far(i) + near(i)), "b": bent, "A": reach(k) + slope, "B": curve}
    last = d.use("base:norm-sum", substitute(All(PRODUCT, TRIANGLE), all_), ["classes", sum_, third, moved, remaining, *SIGNS], **all_)
    whole = d.restate(substitute(TRIANGLE, all_), [last])
    terms = d.for_all((i,), RANGE, lambda t: entry(t, far, near, bent))
    same = d.step("termwise", eq(error(k + 1), total(lambda a: (far(a) + near(a) + bent(a)) ** 2)), [terms, "stages"], range=(1, V))
    more = d.sign(ge(sp.exp(K / n) - 1 - K / n, 0), ["stages"])
    grown = d.sign(ge(SCALE * sp.exp(K * (k - 1) / n) * (sp.exp(K / n) - 1 - K / n), 0), [more, *SIGNS])
    larger = d.combine(le(reach(k) + slope + curve, reach(k + 1)), {grown: 1}, SIGNS, because="1 + K/n <= exp(K/n)")
    total_ = d.sign(ge(reach(k) + slope + curve, 0), [sum_, third, *SIGNS])
    squares = d.for_all((A, B), {"positive": ge(A, 0), "order": le(A, B)}, lambda t: t.combine(
        le(A**2, B**2), {"order": A + B}, [t.sign(ge(A + B, 0), ["positive", "order"])]))
    within = d.restate(le((reach(k) + slope + curve) ** 2, reach(k + 1) ** 2), [at(squares, A=reach(k) + slope + curve, B=reach(k + 1)), total_, larger, *SIGNS])
    close = d.transfer(le(error(k + 1), (reach(k) + slope + curve) ** 2), whole, [same, *SIGNS])
    d.combine(NEXT, {close: 1, within: 1}, SIGNS)


NEXT = le(error(k + 1), reach(k + 1) ** 2)
HERE = ("hypothesis", le(error(k), reach(k) ** 2))
MOVED = each(lambda a: eq(x[k + 1, a], x[k, a] + s[k, a] / n))


def entry(d: Derivation, far: sp.Lambda, near: sp.Lambda, bent: sp.Lambda) -> None:
    now, then = x[k + 1, i] - gamma(i, time(k + 1)), far(i) + near(i) + bent(i)
    same = d.combine(eq(now, then), {at("moved", i=i): 1}, ["stages", "i_low", "i_high"])
    d.rewrite(eq(now**2, then**2), ["stages"], using=[same])


def derive(d: Derivation) -> None:
    """Induction on the stage: error(j) <= reach(j)^2 for j <= n + 1."""
    def near(stage: sp.Expr) -> Proposition:
        return le(error(stage), reach(stage) ** 2)

    def base(t: Derivation) -> None:
        def start(u: Derivation) -> None:
            same = u.restate(eq(x[1, i], gamma(i, 0)), [at("start", i=i), "i_low", "i_high"])
            u.rewrite(eq((x[1, i] - gamma(i, 0)) ** 2, 0), using=[same])

        def first(u: Derivation) -> None:
            zeros = u.for_all((i,), RANGE, start)
            none = u.step("termwise", eq(error(sp.Integer(1)), total(lambda a: sp.Integer(0))), [zeros], range=(1, V))
            u.combine(near(sp.Integer(1)), {none: 1}, SIGNS)

        t.for_all((), {"inside": le(1, n + 1)}, first)

    def further(t: Derivation) -> None:
        def inner(u: Derivation) -> None:
            soon, later = u.sign(le(j, n), ["inside"]), u.sign(le(j, n + 1), ["inside"])
            old = u.restate(near(j), [at("hypothesis"), later])
            here = u.restate(substitute(LIPSCHITZ, {"k": j}), [at("lipschitz", k=j), "range", soon])
            moves = u.for_all((i,), RANGE, lambda w: w.restate(
                eq(x[j + 1, i], x[j, i] + s[j, i] / n), [at("moves", k=j, i=i), "range", soon, "i_low", "i_high"]))
            names = [name for name, _ in CURVE]
            u.use("path:euler/stage", substitute(NEXT, {"k": j}), [*names, "stages", "K", "range", soon, here, moves, old], k=j)

        t.for_all((), {"inside": le(j + 1, n + 1)}, inner)

    every = d.induction(ForAll((j,), (le(1, j),), ForAll((), (le(j, n + 1),), near(j))), base, further)
    some = d.sign(le(1, n + 1), ["stages"])
    last = d.restate(ForAll((), (le(n + 1, n + 1),), near(n + 1)), [at(every, j=n + 1), some])
    d.restate(BOUND, [at(last), d.sign(le(n + 1, n + 1))])


def sample(draw: Draw) -> Sample:
    """v(x) = kappa x: the path is an exponential in every coordinate."""
    size, count, kappa = draw.integer(0, 2), draw.integer(1, 3), draw.rational(-2, 2)
    starts = draw.family(size, -2, 2)
    place = sum((b * sp.KroneckerDelta(i, a) for a, b in enumerate(starts, 1)), sp.Integer(0))
    rules = {name: sp.Lambda((i, tau), place * kappa**power * sp.exp(kappa * tau)) for power, name in enumerate(("gamma", "velocity", "acceleration"))}
    bend = kappa**2 * sp.sqrt(sum(b**2 for b in starts)) * sp.exp(sp.Max(kappa, 0))
    models = [tuple(b * (1 + kappa / count) ** stage for b in starts) for stage in range(count + 1)]
    slopes = tuple(tuple(kappa * b for b in model) for model in models)
    return Sample({"V": size, "n": count, "K": sp.Abs(kappa) or draw.rational("1/16", 1), "M": bend, "x": tuple(models), "s": slopes, **rules})


def sample_stage(draw: Draw) -> Sample:
    drawn = sample(draw)
    return Sample({**drawn.values, "k": draw.integer(1, int(drawn.values["n"]))})


SOURCE = Source("SKD", "abstract (ii)")
FACTS: tuple[tuple[str, Proposition], ...] = (*CURVE, ("stages", ge(n, 1)), ("K", gt(K, 0)))
STAGE = (le(1, k), le(k, n))
CLAIMS = (
    Entry(Claim("path:euler/stage", "One stage along the path", SOURCE, "ours", "upper",
                (*FACTS, ("k_low", STAGE[0]), ("k_high", STAGE[1]), ("lipschitz", LIPSCHITZ), ("moved", MOVED), HERE), NEXT,
                uses=("path:euler/tangent", "base:norm-sum")), step, sample_stage),
    Entry(Claim("path:euler", "Stages that track a homotopy", SOURCE, "ours", "upper",
                (*FACTS, ("lipschitz", ForAll((k,), STAGE, LIPSCHITZ)), ("start", each(lambda a: eq(x[1, a], gamma(a, 0)))),
                 ("moves", ForAll((k, i), (*STAGE, *RANGE.values()), eq(x[k + 1, i], x[k, i] + s[k, i] / n)))), BOUND,
                uses=("path:euler/stage",)), derive, sample, quantities=(Quantity("error", "bound on the distance from the end of the path", ERROR),)),
)
