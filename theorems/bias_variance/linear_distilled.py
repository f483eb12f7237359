"""The distilled sparse student: excess risk r + s2 s/(n - d - 1), r = |b off S|^2, for all s <= d and n > d + 1.

The student is the dense least squares teacher projected on the support S = {1..s}.  Under an isotropic input the best
predictor on S of a linear teacher keeps the teacher's coefficients there (first claim); what it loses is |b off S|^2, and the
error of each kept coefficient is the teacher's, s2/(n - d - 1).  x and z are the input on S and off it (SKD (i)).
"""

from theorems.bias_variance._design import DESIGN, NOISE, SIZE, W, X, b, d, designs, e, error, excess, joint, n, noise, s2, white, x, z
from theorems.bias_variance._risks import DISTILLED, r
from theorems.bias_variance._risks import s as size
from theorems.bias_variance.linear_dense import COEFFICIENT
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.excess_risk import EXCESS, centred, coins
from theorems.logic import All, Named, Proposition, eq, ge, le
from theorems.terms import E, substitute
from theorems.vocabulary import i, j, sp, total

w = sp.IndexedBase("w")
OFF = sp.Lambda((j,), b[size + j])
MISSING = total(lambda a: OFF(a) ** 2, d - size, j)
RULE = sp.Lambda((i,), error(i))
RISK = eq(excess(RULE, size, OFF, d - size), DISTILLED.xreplace({r: MISSING}))
MOVE = sp.Lambda((i,), w[i] - b[i])
FIT = excess(MOVE, size, OFF, d - size)
DISTANCE = total(lambda a: MOVE(a) ** 2, size)
PROJECTION = All(eq(FIT, DISTANCE + MISSING), ge(FIT, MISSING))
INPUT: tuple[tuple[str, Proposition], ...] = (
    ("input", white(x, sp.Integer(1), size)), ("input_ignored", white(z, sp.Integer(1), d - size)), ("input_mean", centred(z, d - size)))


def project(p: Derivation) -> None:
    used, lost = (p.step("independence", Named("independent", *pair), by) for pair, by in (((MOVE, x), []), ((z, sp.Tuple(x, MOVE)), ["fresh"])))
    values = {"D": MOVE, "d": size, "t": d - size, "c": OFF}
    risk = p.use("base:excess-risk", substitute(EXCESS, values), ["input", "input_ignored", "input_mean", used, lost], **values)
    exact = p.rewrite(eq(FIT, DISTANCE + MISSING), [], using=[risk])
    terms = p.for_all((i,), {"low": le(1, i), "high": le(i, size)}, lambda s: s.sign(ge(MOVE(i) ** 2, 0)))
    positive = p.step("termwise", ge(DISTANCE, total(lambda a: sp.Integer(0), size)), [terms], range=(1, size))
    p.restate(PROJECTION, [exact, p.combine(ge(FIT, MISSING), {exact: -1, positive: 1})])


def derive(p: Derivation) -> None:
    each = p.use("bv:linear-dense/coefficients", COEFFICIENT, ["size", "design", "inverse", "noise", "apart"])
    used = p.step("independence", Named("independent", RULE, x), ["fresh"])
    lost = p.step("independence", Named("independent", z, sp.Tuple(x, RULE)), ["fresh_ignored"])
    values = {"D": RULE, "d": size, "t": d - size, "c": OFF}
    risk = p.use("base:excess-risk", substitute(EXCESS, values), ["input", "input_ignored", "input_mean", used, lost], **values)
    square = sp.Lambda((i,), RULE(i) ** 2)
    passed = p.use("base:mean-of-sum", eq(E(total(square, size)), total(lambda a: E(square(a)), size)), V=size, S=square)
    share = s2 / (n - d - 1)
    kept = p.for_all((i,), {"i_low": le(1, i), "i_high": le(i, size)}, lambda q: q.restate(
        eq(E(square(i)), share), [at(each, i=i), "i_low", q.sign(le(i, d), ["i_high", "high"])]))
    summed = p.step("termwise", eq(total(lambda a: E(square(a)), size), total(lambda a: share, size)), [kept], range=(1, size))
    count = p.step("count", eq(total(lambda a: share, size), share * size), ["low", "size"])
    p.combine(RISK, {risk: 1, passed: 1, summed: 1, count: 1}, ["size"])


def sample(draw: Draw) -> Sample:
    columns = draw.integer(1, 2)
    support = draw.integer(0, columns)
    rows, design = designs(columns)
    level, noises = noise(draw, rows)
    law = joint(design, noises, coins(support, "x"), coins(columns - support, "z"))
    return Sample({"s": support, "d": columns, "n": rows, "s2": level, "b": draw.family(columns, -2, 2)}, law, ("standard normal",))


def sample_projection(draw: Draw) -> Sample:
    columns = draw.integer(1, 4)
    support = draw.integer(0, columns)
    law = joint(coins(support, "x"), coins(columns - support, "z"))
    return Sample({"s": support, "d": columns, "w": draw.family(support, -2, 2), "b": draw.family(columns, -2, 2)}, law)


SOURCE = Source("SKD", "abstract (i)")
FRESH: tuple[tuple[str, Proposition], ...] = (
    ("fresh", Named("independent", x, sp.Tuple(X, W, e))), ("fresh_ignored", Named("independent", z, sp.Tuple(x, X, W, e))))
CLAIMS = (
    Entry(Claim("bv:linear-distilled/projection", "The best predictor on the support keeps the coefficients", SOURCE, "ours", "tight",
                (*INPUT, ("fresh", Named("independent", z, x))), PROJECTION, uses=("base:excess-risk",)), project, sample_projection),
    Entry(Claim("bv:linear-distilled", "Excess risk of the distilled sparse student", SOURCE, "ours", "identity",
                (("low", ge(size, 0)), ("high", le(size, d)), SIZE, *DESIGN, *NOISE, *INPUT, *FRESH), RISK,
                uses=("bv:linear-dense/coefficients", "base:excess-risk", "base:mean-of-sum")), derive, sample),
)
