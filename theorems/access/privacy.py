"""Privacy of one sampled token: how much likelier an output can be under one teacher law than under another, all V.

mixing_T, T > 1: the log of the ratio is at most log(1 + V/(T - 1)) for all laws p, q, with equality at p_i = 1, q_i = 0: V-ary
randomised response with the budget log(1 + V/(T - 1)).
power_T, T > 0: at most d_H(p, q)/T, d_H = D being Hilbert's metric of the positive laws p and q; and no constant C serves all of
them: on two classes (1/2, 1/2) and some (x, 1 - x) have a ratio of log more than C.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt
from theorems.softening.hilbert import CONCLUSION as CONTRACTED
from theorems.softening.hilbert import INSIDE, LARGEST, PAIR, D, a, after, b, before
from theorems.softening.hilbert import sample as hilbert_sample
from theorems.vocabulary import T, V, each, i, j, law, mixing, p, positive_law, power, q, total

C, x = sp.symbols("C x", real=True)
#: What the logs of the ratios are at most.
BUDGET = sp.log(1 + V / (T - 1))
DIVERGENCE = D / T
RANGE = {"low": le(1, i), "high": le(i, V)}


def ratio(first: object, second: object) -> sp.Expr:
    """The log of the ratio at class i."""
    return sp.log(first(i)) - sp.log(second(i))  # type: ignore[operator]


MIXED = ratio(mixing(p, T), mixing(q, T))
MIXING = All(ForAll((i,), tuple(RANGE.values()), le(MIXED, BUDGET)),
             ForAll((i,), (*RANGE.values(), eq(p[i], 1), eq(q[i], 0)), eq(MIXED, BUDGET)))
LAWS = ForAll((i,), tuple(RANGE.values()), le(ratio(lambda s: p[s], lambda s: q[s]), D))
POWER = ForAll((i,), tuple(RANGE.values()), le(ratio(power(p, T), power(q, T)), DIVERGENCE))


def first_image(mass: sp.Expr) -> sp.Expr:
    """The first entry of power_T(mass, 1 - mass)."""
    return mass ** (1 / T) / (mass ** (1 / T) + (1 - mass) ** (1 / T))


UNBOUNDED = Exists((x,), (gt(x, 0), lt(x, 1)), gt(sp.log(first_image(sp.Rational(1, 2))) - sp.log(first_image(x)), C))


def mix(d: Derivation) -> None:
    size = d.sign(gt(V, 0), ["V"])
    rest = d.sign(gt((1 - 1 / T) / V, 0), ["T", size])

    def bound(s: Derivation) -> None:
        least = s.sign(ge(q[i], 0), ["q", "low", "high"])
        mass = s.sign(ge(p[i], 0), ["p", "low", "high"])
        one = s.restate(eq(total(lambda c: p[c]), 1), ["p"])
        member = s.step("member", le(p[i], total(lambda c: p[c])), ["p", "low", "high"], at=i)
        most = s.combine(le(p[i], 1), {member: 1, one: 1})
        above, below = (s.sign(gt(mixing(f, T)(i), 0), [fact, rest, "T", size]) for f, fact in ((p, mass), (q, least)))
        gap = s.combine(le(mixing(p, T)(i), (1 + V / (T - 1)) * mixing(q, T)(i)), {most: 1 / T, least: (1 + V / (T - 1)) / T}, ["T", size])
        factor = s.sign(gt(1 + V / (T - 1), 0), ["T", size])
        s.use("base:log-ratio", le(MIXED, BUDGET), [above, below, factor, gap, "T", size], x=mixing(p, T)(i), y=mixing(q, T)(i), c=1 + V / (T - 1))

    def equal(s: Derivation) -> None:
        factor = s.sign(gt(1 + V / (T - 1), 0), ["T", size])
        f, g = sp.symbols("f g", real=True)
        named = [s.step("define", eq(f, 1 + V / (T - 1)), ["T"]), s.step("define", eq(g, (1 - 1 / T) / V), ["T", size])]
        more, least = (s.transfer(gt(new, 0), fact, [name, "T", size]) for new, fact, name in ((f, factor, named[0]), (g, rest, named[1])))
        top = s.rewrite(eq(mixing(p, T)(i), f * g), ["T", size], using=["one", *named])
        bottom = s.rewrite(eq(mixing(q, T)(i), g), ["T", size], using=["none", named[1]])
        logs = s.rewrite(eq(sp.log(f * g) - sp.log(g), sp.log(f)), [more, least])
        first = s.combine(gt(mixing(p, T)(i), 0), {s.sign(gt(f * g, 0), [more, least]): 1, top: -1}, ["T", size])
        second = s.combine(gt(mixing(q, T)(i), 0), {least: 1, bottom: -1}, ["T", size])
        s.transfer(eq(MIXED, BUDGET), logs, [top, bottom, named[0], "T", size, factor, first, second])

    d.restate(MIXING, [d.for_all((i,), RANGE, bound), d.for_all((i,), {**RANGE, "one": eq(p[i], 1), "none": eq(q[i], 0)}, equal)])


def laws(d: Derivation) -> None:
    """Were the log of the ratio at i above D, it would be above 0 at every class, and p would have more mass than q."""
    def one(s: Derivation) -> None:
        def absurd(u: Derivation) -> None:
            def every(v: Derivation) -> None:
                mine, theirs = v.sign(gt(p[j], 0), ["p", "j_low", "j_high"]), v.sign(gt(q[j], 0), ["q", "j_low", "j_high"])
                bound = v.restate(le(before(i, j), D), [at("largest", i=i, j=j), "low", "high", "j_low", "j_high", "p", "q", mine, theirs, here, there])
                logs = v.combine(lt(sp.log(q[j]), sp.log(p[j])), {"more": 1, bound: 1}, [mine, theirs, here, there])
                v.sign(lt(q[j], p[j]), [logs, mine, theirs])

            more = u.for_all((j,), {"j_low": le(1, j), "j_high": le(j, V)}, every)
            some = u.sign(le(1, V), ["low", "high"])
            sums = u.step("termwise", lt(total(lambda c: q[c], V, j), total(lambda c: p[c], V, j)), [more, some], range=(1, V))
            first, second = u.restate(eq(total(lambda c: p[c]), 1), ["p"]), u.restate(eq(total(lambda c: q[c]), 1), ["q"])
            u.combine(lt(0, 0), {sums: 1, first: 1, second: -1})

        here, there = s.sign(gt(p[i], 0), ["p", "low", "high"]), s.sign(gt(q[i], 0), ["q", "low", "high"])
        s.contradiction(LAWS.then, absurd, negated="more")

    d.for_all((i,), RANGE, one)


def softened(d: Derivation) -> None:
    metric = d.use("op:hilbert", CONTRACTED, ["T", "p", "q", "inside", "largest", "reached"])
    largest = d.restate(ForAll((i, j), PAIR, le(after(i, j), D / T)), [metric])
    entered = [d.restate(each(lambda s, f=f: gt(f[s], 0)), [name]) for f, name in ((p, "p"), (q, "q"))]
    size = d.sign(ge(V, 1), [d.restate(le(1, a), ["inside"]), d.restate(le(a, V), ["inside"])])
    images = []
    for f, entries in ((p, entered[0]), (q, entered[1])):
        weights = d.sign(gt(total(lambda s: f[s] ** (1 / T)), 0), [entries, "T", size])  # noqa: B023

        def share(s: Derivation, f: sp.IndexedBase = f, entries: str = entries, weights: str = weights) -> None:
            s.sign(gt(power(f, T)(i), 0), [s.restate(gt(f[i], 0), [at(entries, i=i), "low", "high"]), weights, "T", entries])

        shares = d.for_all((i,), RANGE, share)
        images += [shares, d.rewrite(eq(total(power(f, T)), 1), [weights, "T", entries]), weights]
    d.use("access:privacy-power/laws", POWER, [*images, largest, *entered, "T"],
          p=sp.Lambda((i,), power(p, T)(i)), q=sp.Lambda((i,), power(q, T)(i)), D=D / T)


def unbounded(d: Derivation) -> None:
    """x = w^T/(1 + w^T) with w = exp(-C - 1) has the first image w/(1 + w)."""
    w, mass = sp.symbols("w mass", real=True)
    weight = d.step("define", eq(w, sp.exp(-C - 1)))
    some = d.transfer(gt(w, 0), d.sign(gt(sp.exp(-C - 1), 0)), [weight])
    power_positive = d.sign(gt(w**T, 0), [some])
    named = d.step("define", eq(mass, w**T / (1 + w**T)), [some, power_positive])
    positive = d.transfer(gt(mass, 0), d.sign(gt(w**T / (1 + w**T), 0), [some, power_positive]), [named, some, power_positive])
    below = d.combine(lt(mass, 1), {named: 1, d.sign(gt(1 / (1 + w**T), 0), [power_positive, some]): 1}, [power_positive, some])
    other = d.rewrite(eq(1 - mass, 1 / (1 + w**T)), [some, power_positive], using=[named])
    rest = d.transfer(gt(1 - mass, 0), d.sign(gt(1 / (1 + w**T), 0), [some, power_positive]), [other, some, power_positive])
    norm = d.sign(gt(1 + w**T, 0), [some, power_positive])
    image = d.rewrite(eq(first_image(mass), w / (1 + w)), [some, power_positive, norm, positive, rest, "T"], using=[other, named])
    half = d.rewrite(eq(first_image(sp.Rational(1, 2)), sp.Rational(1, 2)), ["T"])
    chosen, even = d.rewrite(eq(sp.log(first_image(mass)), sp.log(w) - sp.log(1 + w)), [some, positive, rest, "T"], using=[image]), d.rewrite(
        eq(sp.log(first_image(sp.Rational(1, 2))), -sp.log(2)), ["T"], using=[half])
    level = d.rewrite(eq(sp.log(w), -C - 1), [some], using=[weight])
    gain = d.sign(gt(sp.log(1 + w), 0), [some])
    small = d.step("witness", lt(sp.log(2), 1))
    far = d.combine(gt(sp.log(first_image(sp.Rational(1, 2))) - sp.log(first_image(mass)), C), {chosen: 1, even: -1, level: 1, gain: 1, small: 1},
                    [some, positive, rest, "T"])
    d.exhibit(UNBOUNDED, [positive, below, far], x=mass)


def join(d: Derivation) -> None:
    names = [name for name, _ in METRIC]
    bound = d.use("access:privacy-power/bound", POWER, names)
    d.restate(All(POWER, UNBOUNDED), [bound, d.use("access:privacy-power/unbounded", UNBOUNDED, ["T"])])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first, second = draw.law(size, zeros=True), draw.law(size, zeros=True)
    if draw.integer(0, 2) == 0 and size > 1:
        first, second = ((sp.Integer(1), *[sp.Integer(0)] * (size - 1)), (*[sp.Integer(0)] * (size - 1), sp.Integer(1)))
    return Sample({"V": size, "p": first, "q": second, "T": draw.rational("9/8", 6)})


def sample_unbounded(draw: Draw) -> Sample:
    budget, warm = draw.rational(-1, 2), draw.rational("1/3", 4)
    weight = sp.exp(-(budget + 1) * warm)
    return Sample({"T": warm, "C": budget, "x": weight / (1 + weight)})


def sample_whole(draw: Draw) -> Sample:
    far, near = sample_unbounded(draw).values, hilbert_sample(draw).values
    return Sample({**far, **near, "x": sp.exp(-(far["C"] + 1) * near["T"]) / (1 + sp.exp(-(far["C"] + 1) * near["T"]))})


SOURCE = Source("SKD", "abstract (vii)")
METRIC = (("T", gt(T, 0)), ("p", positive_law(p)), ("q", positive_law(q)), ("inside", INSIDE), ("largest", LARGEST), ("reached", eq(before(a, b), D)))
CLAIMS = (
    Entry(Claim("access:privacy-mixing", "Mixing is V-ary randomised response", SOURCE, "ours", "tight",
                (("V", ge(V, 1)), ("T", gt(T, 1)), ("p", law(p)), ("q", law(q))), MIXING, uses=("base:log-ratio",)), mix, sample,
          quantities=(Quantity("budget", "local differential privacy of one token", BUDGET),)),
    Entry(Claim("access:privacy-power/laws", "Max-divergence is at most the projective distance", SOURCE, "ours", "upper",
                (METRIC[1], METRIC[2], METRIC[4]), LAWS), laws, hilbert_sample),
    Entry(Claim("access:privacy-power/bound", "Max-divergence after power", SOURCE, "ours", "upper", METRIC, POWER,
                uses=("op:hilbert", "access:privacy-power/laws")), softened, hilbert_sample),
    Entry(Claim("access:privacy-power/unbounded", "Power keeps no privacy over all laws", SOURCE, "ours", "existence", (METRIC[0],), UNBOUNDED),
          unbounded, sample_unbounded),
    Entry(Claim("access:privacy-power", "Privacy of power", SOURCE, "ours", "upper", METRIC, All(POWER, UNBOUNDED),
                uses=("access:privacy-power/bound", "access:privacy-power/unbounded")), join, sample_whole,
          quantities=(Quantity("bound", "bound on the max-divergence at projective distance D", DIVERGENCE),)),
)
