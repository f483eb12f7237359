"""A teacher that shows probabilities only.

logits: logits with the same softmax have the same softmax(z/T) at every T > 0 (it is power_T(softmax z), op:log-equivalence).
rounded: laws p, q that differ by at most eps in each entry have power_T images within 2 V^(1 - 1/T) (V eps)^(1/T) in l1, T >= 1, all V.
best: the exponent 1/T cannot be improved: for every s > 1/T and every C some e in (0, 1) carries (1, 0) and (1 - e, e), which differ by
e per entry, more than C e^s apart.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Exists, eq, ge, gt, le, lt
from theorems.softening.power_not_lipschitz import second
from theorems.vocabulary import T, V, each, i, law, p, power, q, softmax, total, z

eps, C, e, s_, x, y = sp.symbols("epsilon C e s x y", real=True)
u = sp.IndexedBase("u")
RANGE = {"low": le(1, i), "high": le(i, V)}
#: What the l1 error is at most.
BOUND = 2 * V ** (1 - 1 / T) * (V * eps) ** (1 / T)
ROUNDED = le(total(lambda a: sp.Abs(power(p, T)(a) - power(q, T)(a))), BOUND)
LOGITS = each(lambda a: eq(softmax(lambda b: z[b] / T)(a), softmax(lambda b: u[b] / T)(a)))
BEST = Exists((e,), (gt(e, 0), lt(e, 1)), gt(2 * second(e), C * e**s_))
MASS = sp.exp(-sp.log(2 * C + 2) / (s_ - 1 / T))


def logits(d: Derivation) -> None:
    """The logits differ by a constant, log S_z - log S_y; so do they after division by T."""
    size = d.sign(ge(V, 1), ["V"])
    norms = [d.sign(gt(total(lambda a, f=f: sp.exp(f[a])), 0), [size]) for f in (z, u)]
    gap = sp.log(total(lambda a: sp.exp(z[a]))) - sp.log(total(lambda a: sp.exp(u[a])))
    shift = sp.Symbol("shift", real=True)
    named = d.step("define", eq(shift, gap / T), [*norms, "T"])

    def entry(s: Derivation) -> None:
        same = s.restate(eq(softmax(z)(i), softmax(u)(i)), [at("same", i=i), "low", "high", *norms])
        shares = [s.sign(gt(softmax(f)(i), 0), [norm]) for f, norm in zip((z, u), norms, strict=True)]
        logs = s.rewrite(eq(sp.log(softmax(z)(i)), sp.log(softmax(u)(i))), [*norms, *shares], using=[same])
        moved = s.combine(eq(z[i] / T, u[i] / T + shift), {logs: 1 / T, named: -1}, [*norms, "T"])
        s.rewrite(eq(sp.exp(z[i] / T), sp.exp(shift) * sp.exp(u[i] / T)), ["T"], using=[moved])

    entries = d.for_all((i,), RANGE, entry)
    sums = d.step("termwise", eq(total(lambda a: sp.exp(z[a] / T)), total(lambda a: sp.exp(shift) * sp.exp(u[a] / T))), [entries, "T"], range=(1, V))
    below = d.sign(gt(total(lambda a: sp.exp(u[a] / T)), 0), [size, "T"])
    above = d.sign(gt(total(lambda a: sp.exp(z[a] / T)), 0), [size, "T"])

    def share(s: Derivation) -> None:
        value = s.restate(eq(sp.exp(z[i] / T), sp.exp(shift) * sp.exp(u[i] / T)), [at(entries, i=i), "low", "high", "T"])
        s.rewrite(LOGITS.then, ["T", below, above], using=[value, sums])

    d.for_all((i,), RANGE, share)


def rounded(d: Derivation) -> None:
    warm = d.sign(gt(T, 0), ["T"])
    facts = [masses(d, family, name) for family, name in ((p, "p"), (q, "q"))]
    roots = [d.for_all((i,), RANGE, lambda s, f=f, fact=fact: s.sign(ge(f[i] ** (1 / T), 0), [at(fact, i=i), "low", "high", warm])) for f, fact in zip((p, q), facts, strict=True)]
    totals = [total_above_one(d, family, name, fact) for family, name, fact in zip((p, q), "pq", facts, strict=True)]
    first = d.for_all((i,), RANGE, lambda s: s.use("base:root-bounds/step", le(p[i] ** (1 / T) - q[i] ** (1 / T), eps ** (1 / T)),
                      [at(facts[0], i=i), at(facts[1], i=i), "low", "high", "T", "eps", s.restate(le(p[i] - q[i], eps), [at("above", i=i), "low", "high"])], x=p[i], y=q[i], c=eps))
    other = d.for_all((i,), RANGE, lambda s: s.use("base:root-bounds/step", le(q[i] ** (1 / T) - p[i] ** (1 / T), eps ** (1 / T)),
                      [at(facts[0], i=i), at(facts[1], i=i), "low", "high", "T", "eps", s.restate(le(q[i] - p[i], eps), [at("below", i=i), "low", "high"])], x=q[i], y=p[i], c=eps))
    room = d.for_all((i,), RANGE, lambda s: s.sign(ge(eps ** (1 / T), 0), ["eps", "T"]))
    sums = d.step("count", eq(total(lambda a: eps ** (1 / T)), V * eps ** (1 / T)), ["V", "eps", "T"])
    sums = d.combine(le(total(lambda a: eps ** (1 / T)), V * eps ** (1 / T)), {sums: 1}, ["eps", "T"])
    constant, half = sp.Lambda((i,), eps ** (1 / T)), V * eps ** (1 / T)
    moved = d.use("base:normalised-distance", le(ROUNDED.left, 2 * half), [*roots, *totals, first, other, room, sums, *facts, warm, "eps"],
                  a=sp.Lambda((i,), p[i] ** (1 / T)), b=sp.Lambda((i,), q[i] ** (1 / T)), c=constant, e=constant, M=half)
    d.transfer(ROUNDED, moved, [d.rewrite(eq(2 * half, BOUND), ["V", "eps", "T"]), *facts, *totals, warm, "V", "eps"])


def masses(d: Derivation, family: sp.IndexedBase, name: str) -> str:
    return d.restate(each(lambda a: ge(family[a], 0)), [name])


def total_above_one(d: Derivation, family: sp.IndexedBase, name: str, entries: str) -> str:
    """Roots of entries <= 1 are at least the entries, which sum to 1."""
    one = d.restate(eq(total(lambda a: family[a]), 1), [name])

    def entry(s: Derivation) -> None:
        mass = s.restate(ge(family[i], 0), [at(entries, i=i), "low", "high"])
        part = s.step("member", le(family[i], total(lambda a: family[a])), [entries, "low", "high"], at=i)
        s.use("base:root-bounds/above", ge(family[i] ** (1 / T), family[i]), [mass, s.combine(le(family[i], 1), {part: 1, one: 1}), "T"], x=family[i])

    above = d.for_all((i,), RANGE, entry)
    summed = d.step("termwise", ge(total(lambda a: family[a] ** (1 / T)), total(lambda a: family[a])), [above, entries, "T"], range=(1, V))
    return d.combine(ge(total(lambda a: family[a] ** (1 / T)), 1), {summed: 1, one: -1}, [entries, "T"])


def best(d: Derivation) -> None:
    """With e^(s - 1/T) = 1/(2 C + 2): the distance is at least e^(1/T) = (2 C + 2) e^s."""
    mass = sp.Symbol("mass", real=True)
    rate = d.sign(gt(s_ - 1 / T, 0), ["T", "s"])
    named = d.step("define", eq(mass, MASS), [rate, "T", "C"])
    positive = d.transfer(gt(mass, 0), d.sign(gt(MASS, 0), ["T", "C", rate]), [named, "T", "C", rate])
    exponent = d.sign(lt(-sp.log(2 * C + 2) / (s_ - 1 / T), 0), ["T", "C", rate])
    below = d.transfer(lt(mass, 1), d.sign(lt(MASS, 1), ["T", "C", rate, exponent]), [named, "T", "C", rate])
    logarithm = d.rewrite(eq(sp.log(mass), -sp.log(2 * C + 2) / (s_ - 1 / T)), ["T", "C", positive, rate], using=[named])
    power_ = d.rewrite(eq((1 / T - s_) * sp.log(mass), sp.log(2 * C + 2)), ["T", "C", positive, rate], using=[logarithm])
    large = d.rewrite(eq(sp.exp((1 / T - s_) * sp.log(mass)), 2 * C + 2), ["T", "C", positive], using=[power_])
    first = d.sign(le(sp.exp(sp.log(mass) / T), 1), ["T", positive, d.sign(lt(sp.log(mass), 0), [positive, below])])
    rest = d.sign(lt(sp.log(1 - mass), 0), [positive, below])
    other = d.sign(le(sp.exp(sp.log(1 - mass) / T), 1), ["T", below, rest])
    root = d.sign(gt(mass ** (1 / T), 0), ["T", positive])
    scope = ["T", positive, below, root]
    sums = d.combine(le(mass ** (1 / T) + (1 - mass) ** (1 / T), 2), {first: 1, other: 1}, scope)
    half = d.sign(le(mass ** (1 / T) / 2, second(mass)), [sums, *scope])
    scaled = d.combine(gt(mass ** (1 / T), C * mass**s_), {d.sign(gt((C + 2) * mass**s_, 0), [positive, "C"]): 1, large: -mass**s_}, [*scope, "C"])
    far = d.combine(gt(2 * second(mass), C * mass**s_), {half: 2, scaled: 1}, scope)
    d.exhibit(BEST, [positive, below, far], e=mass)


def join(d: Derivation) -> None:
    bound = d.use("access:black-box/rounded", ROUNDED, [name for name, _ in NEAR])
    d.restate(All(ROUNDED, BEST), [bound, d.use("access:black-box/best", BEST, ["C", "s", d.sign(gt(T, 0), ["T"])])])


def sample_logits(draw: Draw) -> Sample:
    size, shift = draw.integer(1, 4), draw.rational(-2, 2)
    values = draw.family(size, -3, 3)
    return Sample({"V": size, "z": values, "u": tuple(value + shift for value in values), "T": draw.rational("1/5", 5)})


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    first, second_ = draw.law(size, zeros=True), draw.law(size, zeros=True)
    share, warm = draw.rational(0, "1/9"), draw.rational(1, 5)
    near = tuple((1 - share) * a + share * b for a, b in zip(first, second_, strict=True))
    gap = max(abs(a - b) for a, b in zip(first, near, strict=True)) + sp.Rational(1, 100)
    return Sample({"V": size, "p": first, "q": near, "epsilon": gap, "T": warm, "C": sp.Rational(1, 4), "s": 1 / warm + 1, "e": sp.Rational(1, 100)})


SOURCE = Source("SKD", "abstract (vii)")
HOT = ("T", ge(T, 1))
NEAR = (("V", ge(V, 1)), HOT, ("eps", gt(eps, 0)), ("p", law(p)), ("q", law(q)), ("above", each(lambda a: le(p[a] - q[a], eps))),
        ("below", each(lambda a: le(q[a] - p[a], eps))))
CLAIMS = (
    Entry(Claim("access:black-box/logits", "Probabilities determine every softened softmax", SOURCE, "ours", "identity",
                (("V", ge(V, 1)), ("T", gt(T, 0)), ("same", each(lambda a: eq(softmax(z)(a), softmax(u)(a))))), LOGITS), logits, sample_logits),
    Entry(Claim("access:black-box/rounded", "Power of rounded probabilities", SOURCE, "ours", "upper", NEAR, ROUNDED,
                uses=("base:root-bounds/step", "base:root-bounds/above", "base:normalised-distance")), rounded, sample),
    Entry(Claim("access:black-box/best", "The exponent 1/T cannot be improved", SOURCE, "ours", "existence",
                (("T", gt(T, 0)), ("C", gt(C, 0)), ("s", gt(s_, 1 / T))), BEST), best, sample),
    Entry(Claim("access:black-box", "Probabilities known up to eps", SOURCE, "ours", "upper", (*NEAR, ("C", gt(C, 0)), ("s", gt(s_, 1 / T))), All(ROUNDED, BEST),
                uses=("access:black-box/rounded", "access:black-box/best")), join, sample,
          quantities=(Quantity("bound", "bound on the l1 error after softening", BOUND),)),
)
