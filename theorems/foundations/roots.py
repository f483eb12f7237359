"""Roots x^(1/T) of x >= 0, T > 0: they rise strictly with x, and lam x^(1/T) passes mu x^(1/T2), T <= T2, at most once.

The second says: where lam x^(1/T) <= mu x^(1/T2), there the same holds for every smaller x.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Relation, eq, ge, gt, le, lt
from theorems.vocabulary import T2, T, sp

OURS = Source("ours", "textbook")
x, y, lam, mu = sp.symbols("x y lam mu", real=True)


def derive_order(d: Derivation) -> None:
    goal = lt(x ** (1 / T), y ** (1 / T))
    above = d.sign(gt(y, 0), ["x", "order"])

    def case(s: Derivation, way: str) -> None:
        if way == "positive":
            logs = s.sign(lt(sp.log(x) / T, sp.log(y) / T), ["order", way, above, "T"])
            powers = s.sign(lt(sp.exp(sp.log(x) / T), sp.exp(sp.log(y) / T)), [logs, way, above, "T"])
            s.combine(goal, {powers: 1}, [way, above, "T"])
        else:
            zero = s.sign(eq(x, 0), ["x", way])
            s.sign(goal, [s.sign(eq(x ** (1 / T), 0), [zero, "T"]), s.sign(gt(y ** (1 / T), 0), [above, "T"]), zero, above, "T"])

    d.cases(goal, {"positive": gt(x, 0), "zero": le(x, 0)}, case)


def crossing(z: sp.Expr) -> Relation:
    return le(lam * z ** (1 / T), mu * z ** (1 / T2))


def derive_crossing(d: Derivation) -> None:
    hotter = d.sign(gt(T2, 0), ["T", "T2"])

    def case(s: Derivation, way: str) -> None:
        if way == "positive":
            above = s.sign(gt(y, 0), [way, "order"])
            ratio = s.sign(gt(x / y, 0), [way, above])
            below = s.sign(le(x / y, 1), [above, "order"])
            logs = s.sign(le(sp.log(x / y), 0), [ratio, below, above])
            slower = s.sign(le(sp.log(x / y) / T, sp.log(x / y) / T2), [logs, ratio, above, "T", "T2", hotter])
            shares = s.sign(le(sp.exp(sp.log(x / y) / T), sp.exp(sp.log(x / y) / T2)), [slower, ratio, above, "T", hotter])
            share = s.sign(ge((x / y) ** (1 / T), 0), [ratio, above, "T"])
            weight = s.sign(ge(mu * y ** (1 / T2), 0), ["mu", above, hotter])
            s.combine(crossing(x), {"at_y": (x / y) ** (1 / T), shares: mu * y ** (1 / T2)}, [share, weight, way, above, ratio, "T", hotter])
        else:
            zero = s.sign(eq(x, 0), ["x", way])
            one, two = s.sign(eq(x ** (1 / T), 0), [zero, "T"]), s.sign(eq(x ** (1 / T2), 0), [zero, hotter])
            s.combine(crossing(x), {one: lam, two: -mu}, ["x", "T", hotter])

    d.cases(crossing(x), {"positive": gt(x, 0), "zero": le(x, 0)}, case)


def pair(draw: Draw) -> Sample:
    small = draw.rational(0, 2)
    return Sample({"x": small, "y": small + draw.rational("1/64", 2), "T": draw.rational("1/4", 4)})


def crossing_pair(draw: Draw) -> Sample:
    small, cold, factor = draw.rational(0, 1), draw.rational("1/4", 4), draw.rational("1/4", 3)
    return Sample({"x": small, "y": small + draw.rational(0, 1), "T": cold, "T2": cold + draw.rational(0, 3), "lam": factor, "mu": 8 * factor})


CLAIMS = (
    Entry(Claim("base:root-order", "Roots keep strict order", OURS, "ours", "lower",
                (("T", gt(T, 0)), ("x", ge(x, 0)), ("order", lt(x, y))), lt(x ** (1 / T), y ** (1 / T))), derive_order, pair),
    Entry(Claim("base:root-crossing", "Two multiples of roots cross once", OURS, "ours", "upper",
                (("T", gt(T, 0)), ("T2", le(T, T2)), ("mu", ge(mu, 0)), ("x", ge(x, 0)), ("order", le(x, y)), ("at_y", crossing(y))), crossing(x)),
          derive_crossing, crossing_pair),
)
