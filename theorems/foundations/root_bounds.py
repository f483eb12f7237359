"""Roots x^(1/T) of numbers x >= 0, T > 0, the root of 0 being 0.

scale: (x/c)^(1/T) = x^(1/T)/c^(1/T) for c > 0.   total: sum x > 0 gives sum x^(1/T) > 0.   above: x^(1/T) >= x for x <= 1, T >= 1.
step: x^(1/T) - y^(1/T) <= c^(1/T) for y >= 0, c > 0, x <= y + c, T >= 1.
tangent: x^(1/T) <= c^(1/T) (1 + (x/c - 1)/T) for c > 0, T >= 1.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le, lt
from theorems.vocabulary import T, each, i, n, total

x, y, c = sp.symbols("x y c", real=True)
X = sp.IndexedBase("x")
ROOT, ZERO = x ** (1 / T), sp.Integer(0) ** (1 / T)
SCALE = eq((x / c) ** (1 / T), ROOT / c ** (1 / T))
TOTAL = gt(total(lambda a: X[a] ** (1 / T), n), 0)
ABOVE = ge(ROOT, x)
STEP = le(ROOT - y ** (1 / T), c ** (1 / T))
TANGENT = le(ROOT, c ** (1 / T) * (1 + (x / c - 1) / T))


def by_sign(d: Derivation, goal: object, zero: object, positive: object) -> None:
    """Two cases: x = 0, where the root is 0, and x > 0."""
    def case(s: Derivation, way: str) -> None:
        if way == "positive":
            positive(s)  # type: ignore[operator]
        else:
            zero(s, s.sign(eq(x, 0), ["x", "none"]))  # type: ignore[operator]

    d.cases(goal, {"positive": gt(x, 0), "none": le(x, 0)}, case)


def scale(d: Derivation) -> None:
    by_sign(d, SCALE, lambda s, none: s.rewrite(SCALE, ["c", "T", "x"], using=[none, s.sign(eq(ZERO, 0), ["T"])]), lambda s: s.rewrite(SCALE, ["c", "T", "positive"]))


def above(d: Derivation) -> None:
    def positive(s: Derivation) -> None:
        logs = s.sign(ge(sp.log(x) / T, sp.log(x)), ["T", "positive", "one"])
        roots = s.sign(ge(sp.exp(sp.log(x) / T), sp.exp(sp.log(x))), [logs, "positive", "T"])
        s.combine(ABOVE, {roots: 1}, ["positive", "T"])

    by_sign(d, ABOVE, lambda s, none: s.sign(ABOVE, ["x", "T", none]), positive)


def tangent(d: Derivation) -> None:
    """With m = log(x/c)/T: exp(m) times the tangents of exp at m, taken at 0 and at log(x/c), with weights 1 - 1/T and 1/T."""
    goal = TANGENT

    def positive(s: Derivation) -> None:
        m = (sp.log(x) - sp.log(c)) / T
        first, second = (touch(s, power) for power in (-m, T * m - m))
        scale = s.sign(gt(sp.exp(sp.log(c) / T + m), 0), ["c", "positive", "T"])
        s.combine(goal, {first: (1 - 1 / T) * sp.exp(sp.log(c) / T + m), second: sp.exp(sp.log(c) / T + m) / T}, ["c", "T", "positive", scale])

    def touch(s: Derivation, power: sp.Expr) -> str:
        """exp y >= 1 + y."""
        some = s.sign(gt(sp.exp(power), 0), ["c", "positive", "T"])
        return s.use("base:log-bound", le(sp.log(sp.exp(power)), sp.exp(power) - 1), [some, "c", "positive", "T"], x=sp.exp(power))

    def zero(s: Derivation, none: str) -> None:
        root = s.sign(eq(ZERO, 0), ["T"])
        right = s.sign(ge(c ** (1 / T) * (1 - 1 / T), 0), ["c", "T"])
        s.transfer(goal, s.combine(le(ZERO, c ** (1 / T) * (1 + (sp.Integer(0) / c - 1) / T)), {root: 1, right: 1}, ["c", "T"]), [none, "c", "T", "x"])

    by_sign(d, goal, zero, positive)


def step(d: Derivation) -> None:
    """x <= y + c =: s, and y/s, c/s are at most their roots."""
    s_ = y + c
    whole, warm = d.sign(gt(s_, 0), ["y", "c"]), d.sign(gt(T, 0), ["T"])
    below = d.combine(le(x, s_), {"near": 1})

    def order(u: Derivation, way: str) -> None:
        goal = le(ROOT, s_ ** (1 / T))
        if way == "less":
            strict = u.use("base:root-order", lt(ROOT, s_ ** (1 / T)), [warm, "x", way, whole], y=s_)
            u.combine(goal, {strict: 1}, ["x", warm, whole])
        else:
            same = u.sign(eq(x, s_), [way, below])
            u.transfer(goal, u.sign(le(s_ ** (1 / T), s_ ** (1 / T)), [whole, warm]), [same, whole, warm, "x"])

    risen = d.cases(le(ROOT, s_ ** (1 / T)), {"less": lt(x, s_), "more": ge(x, s_)}, order, ["x", warm, whole])
    parts = []
    for part, name in ((y, "y"), (c, "c")):
        small = d.sign(le(part / s_, 1), ["y", "c", whole])
        share = d.sign(ge(part / s_, 0), ["y", "c", whole])
        some = d.sign(ge(part, 0), [name])
        above = d.use("base:root-bounds/above", ge((part / s_) ** (1 / T), part / s_), [share, small, "T", whole], x=part / s_)
        scaled = d.use("base:root-bounds/scale", eq((part / s_) ** (1 / T), part ** (1 / T) / s_ ** (1 / T)), [some, whole, warm], x=part, c=s_)
        parts.append(d.combine(ge(part ** (1 / T) / s_ ** (1 / T), part / s_), {above: 1, scaled: 1}, [share, some, whole, "T"]))
    scale = d.sign(gt(s_ ** (1 / T), 0), [whole, warm])
    d.combine(STEP, {risen: 1, **{fact: s_ ** (1 / T) for fact in parts}}, ["x", "y", "c", "T", whole, scale])


def positive_total(d: Derivation) -> None:
    roots = total(lambda a: X[a] ** (1 / T), n)

    def absurd(s: Derivation) -> None:
        entries = s.for_all((i,), {"low": le(1, i), "high": le(i, n)}, lambda u: u.sign(
            ge(X[i] ** (1 / T), 0), [u.restate(ge(X[i], 0), [at("x", i=i), "low", "high"]), "T"]))

        def empty(u: Derivation) -> None:
            def contrary(v: Derivation) -> None:
                part = v.step("member", le(X[i] ** (1 / T), roots), [entries, "low", "high"], at=i)
                root = v.sign(gt(X[i] ** (1 / T), 0), ["positive", "T"])
                v.combine(gt(0, 0), {part: 1, "none": 1, root: 1}, ["positive", "T"])

            u.contradiction(le(X[i], 0), contrary, negated="positive")

        nothing = s.step("termwise", le(total(lambda a: X[a], n), total(lambda a: sp.Integer(0), n)), [s.for_all((i,), {"low": le(1, i), "high": le(i, n)}, empty)],
                         range=(1, n))
        s.combine(gt(0, 0), {"some": 1, nothing: 1})

    d.contradiction(TOTAL, absurd, negated="none")


def sample(draw: Draw) -> Sample:
    return Sample({"x": draw.rational(0, 1), "c": draw.rational("1/9", 3), "T": draw.rational(1, 5)})


def sample_scale(draw: Draw) -> Sample:
    return Sample({"x": draw.rational(0, 3), "c": draw.rational("1/9", 3), "T": draw.rational("1/5", 5)})


def sample_total(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"n": size, "x": draw.law(size, zeros=True), "T": draw.rational("1/5", 5)})


def sample_step(draw: Draw) -> Sample:
    below, gap = draw.rational(0, 2), draw.rational("1/9", 2)
    return Sample({"x": below + gap * draw.rational(0, 1), "y": below, "c": gap, "T": draw.rational(1, 5)})


SOURCE = Source("ours", "textbook")
POSITIVE, HOT = ("x", ge(x, 0)), ("T", ge(T, 1))
CLAIMS = (
    Entry(Claim("base:root-bounds/scale", "Roots of quotients", SOURCE, "ours", "identity", (POSITIVE, ("c", gt(c, 0)), ("T", gt(T, 0))), SCALE), scale, sample_scale),
    Entry(Claim("base:root-bounds/total", "Some root is positive", SOURCE, "ours", "lower",
                (("x", each(lambda a: ge(X[a], 0), n)), ("some", gt(total(lambda a: X[a], n), 0)), ("T", gt(T, 0))), TOTAL), positive_total, sample_total),
    Entry(Claim("base:root-bounds/above", "Roots of numbers below 1", SOURCE, "ours", "lower", (POSITIVE, ("one", le(x, 1)), HOT), ABOVE), above, sample),
    Entry(Claim("base:root-bounds/tangent", "Tangent of a root", SOURCE, "ours", "upper", (POSITIVE, ("c", gt(c, 0)), HOT), TANGENT,
                uses=("base:log-bound",)), tangent, sample),
    Entry(Claim("base:root-bounds/step", "Roots of neighbours", SOURCE, "ours", "upper", (POSITIVE, ("y", ge(y, 0)), ("c", gt(c, 0)), ("near", le(x - y, c)), HOT), STEP,
                uses=("base:root-bounds/above", "base:root-bounds/scale", "base:root-order")), step, sample_step),
)
