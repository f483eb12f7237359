"""Ridge self-distillation on the same inputs, for all d (SKD (i); cross-check: arXiv 2602.17565).

theta(lam) solves (G + lam) theta = h with G = X'X, h = X'y, for all lam > 0; the student is fitted with the same lam to the
labels (1 - xi) y + xi X theta(lam).  It is theta + xi lam theta', theta' = d theta/d lam.  For the risk
R(lam) = (theta - b)' C (theta - b), any matrix C with theta' C theta' > 0, the student's risk is
R + xi lam R' + xi^2 lam^2 |theta'|_C^2, least at xi = -R'/(2 lam |theta'|_C^2), where it is lower by R'^2/(4 |theta'|_C^2).
"""

from typing import Any

import sympy as sp

from theorems.bias_variance._random import implies
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.parabola import BELOW, REACHED
from theorems.foundations.ridge_unique import KERNEL
from theorems.logic import All, ForAll, Named, Proposition, Relation, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import each, i, j, k, n, total

d, l = sp.symbols("d l", integer=True)
lam, xi = sp.symbols("lam xi", real=True)
X, C = sp.IndexedBase("X"), sp.IndexedBase("C")
b, w, y = (sp.IndexedBase(name) for name in "bwy")
theta = sp.Function("theta")


mu = sp.Symbol("mu", real=True)


def path(index: sp.Expr, at_: sp.Expr = lam) -> sp.Expr:
    """theta_index at a penalty."""
    return theta(index, at_)


def change(index: sp.Expr, at_: sp.Expr = lam) -> sp.Expr:
    """d theta_index / d lam."""
    return sp.Derivative(theta(index, at_), at_)


def student(index: sp.Expr) -> sp.Expr:
    return path(index) + xi * lam * change(index)


def fitted(coefficients: Any, row: sp.Expr) -> sp.Expr:
    """(X c)_row."""
    return sp.Sum(X[row, j] * coefficients(j), (j, 1, d))


def normal_equation(coefficients: Any, labels: Any, index: sp.Expr, penalty: sp.Expr = lam) -> Relation:
    """X'(X c - labels) + penalty c = 0 at `index`."""
    return eq(total(lambda row: X[row, index] * (fitted(coefficients, row) - labels(row)), n, k) + penalty * coefficients(index), 0)


def teacher(index: sp.Expr) -> ForAll:
    return ForAll((mu,), (gt(mu, 0),), normal_equation(lambda s: path(s, mu), lambda row: y[row], index, mu))


def risk(error: Any) -> sp.Expr:
    """error' C error."""
    return sp.Sum(error(i) * C[i, j] * error(j), (j, 1, d), (i, 1, d))


MIXED = lambda row: (1 - xi) * y[row] + xi * fitted(path, row)  # noqa: E731
STUDENT = each(lambda a: normal_equation(lambda s: w[s], MIXED, a), d)
RISK = risk(lambda a: path(a) - b[a])
SLOPE, CURVE = sp.Derivative(RISK, lam), risk(change)
MOVED = risk(lambda a: student(a) - b[a])
BEST = -SLOPE / (2 * lam * CURVE)
GAIN = SLOPE**2 / (4 * CURVE)
FIT = each(lambda a: eq(w[a], student(a)), d)
QUADRATIC = ForAll((xi,), (), eq(MOVED, RISK + xi * lam * SLOPE + xi**2 * lam**2 * CURVE))
LEAST = All(ForAll((xi,), (), ge(MOVED, RISK - GAIN)), eq(substitute(MOVED, {"xi": BEST}), RISK - GAIN))
CURVED = gt(CURVE, 0)
SMOOTH = Named("smooth", path(j))
RANGE = {"i_low": le(1, i), "i_high": le(i, d)}


def fit(p: Derivation) -> None:
    def kernel(s: Derivation) -> None:
        whole = s.restate(teacher(i), [at("teacher", i=i), "i_low", "i_high"])
        slope = eq(total(lambda row: X[row, i] * fitted(lambda a: change(a, mu), row), n, k) + path(i, mu) + mu * change(i, mu), 0)
        slope = s.step("implicit", ForAll((mu,), (gt(mu, 0),), slope), [whole, "smooth"], because="the normal equation, differentiated")
        s.combine(substitute(KERNEL, {"u": GAP}), {at("student", i=i): 1, at(whole, mu=lam): xi - 1, at(slope, mu=lam): -xi * lam}, ["lam", "i_low", "i_high"])

    kernels = p.for_all((i,), RANGE, kernel)
    zero = p.use("base:ridge-unique", each(lambda a: eq(GAP(a), 0), d), ["lam", kernels], u=GAP)
    p.for_all((i,), RANGE, lambda s: s.combine(eq(w[i], student(i)), {at(zero, i=i): 1}, ["i_low", "i_high"]))


GAP = sp.Lambda((i,), w[i] - student(i))


def least(p: Derivation) -> None:
    opened = risk_slope()
    slope = p.derivative(eq(SLOPE, opened), ["smooth"])
    quadratic = p.for_all((xi,), {}, lambda s: s.combine(QUADRATIC.then, {slope: -xi * lam}), because="a quadratic in xi")

    values = {"A": RISK, "B": SLOPE, "N": CURVE}

    def lowest(s: Derivation) -> None:
        both = s.use("base:parabola", All(substitute(BELOW, values), substitute(REACHED, values)), ["curved"], **values)
        below, reached = s.restate(substitute(BELOW, values), [both]), s.restate(substitute(REACHED, values), [both])

        def above(q: Derivation) -> None:
            q.combine(ge(MOVED, RISK - GAIN), {at(quadratic, xi=xi): -1, at(below, t=xi * lam): 1}, ["curved"])

        every = s.for_all((xi,), {}, above)
        place = s.rewrite(eq(2 * CURVE * BEST * lam, -SLOPE), ["curved", "lam"])
        least_ = s.restate(substitute(REACHED.then, {**values, "t": BEST * lam}), [at(reached, t=BEST * lam), place, "curved", "lam"])
        here = s.combine(eq(substitute(MOVED, {"xi": BEST}), RISK - GAIN), {at(quadratic, xi=BEST): 1, least_: 1}, ["curved", "lam"])
        s.restate(LEAST, [every, here])

    p.restate(All(QUADRATIC, implies(CURVED, LEAST)), [quadratic, p.for_all((), {"curved": CURVED}, lowest)])


def risk_slope() -> sp.Expr:
    """R' written out."""
    error = lambda a: path(a) - b[a]  # noqa: E731
    return sp.Sum(change(i) * C[i, j] * error(j) + error(i) * C[i, j] * change(j), (j, 1, d), (i, 1, d))


def join(p: Derivation) -> None:
    one = p.use("bv:ridge-mixing/student", FIT, ["lam", "smooth", "teacher", "student"])
    two = p.use("bv:ridge-mixing/risk", All(QUADRATIC, implies(CURVED, LEAST)), ["lam", "smooth"])
    p.restate(All(FIT, QUADRATIC, implies(CURVED, LEAST)), [one, two])


def sample(draw: Draw) -> Sample:
    columns, (index, penalty) = draw.integer(1, 2), sp.symbols("index penalty", real=True)
    rows = columns + draw.integer(0, 1)
    design = sp.Matrix(rows, columns, lambda r, c: draw.integer(-2, 2) + 3 * int(r == c))
    labels, level, share = sp.Matrix(draw.family(rows, -2, 2)), draw.rational("1/4", 2), draw.rational(-1, 2)
    solve = lambda at_, target: (design.T * design + at_ * sp.eye(columns)).LUsolve(design.T * target)  # noqa: E731
    theta_of = solve(penalty, labels)
    rule = theta_of[0] if columns == 1 else (2 - index) * theta_of[0] + (index - 1) * theta_of[1]
    mixed = (1 - share) * labels + share * design * solve(level, labels)
    root = sp.Matrix(columns, columns, lambda r, c: draw.integer(-1, 1) + 2 * int(r == c))
    return Sample({"n": rows, "d": columns, "lam": level, "xi": share, "X": tuple(map(tuple, design.tolist())), "y": tuple(labels),
                   "theta": sp.Lambda((index, penalty), sp.together(rule)), "w": tuple(solve(level, mixed)), "b": draw.family(columns, -1, 1),
                   "C": tuple(map(tuple, (root.T * root).tolist()))})


SOURCE = Source("SKD", "abstract (i)")
PENALTY, STATE = ("lam", gt(lam, 0)), ("smooth", SMOOTH)
TRAINED: tuple[tuple[str, Proposition], ...] = (("teacher", each(teacher, d)), ("student", STUDENT))
CLAIMS = (
    Entry(Claim("bv:ridge-mixing/student", "The self-distilled ridge student", SOURCE, "ours", "identity", (PENALTY, STATE, *TRAINED), FIT,
                uses=("base:ridge-unique",)), fit, sample),
    Entry(Claim("bv:ridge-mixing/risk", "Risk along the mixing weight", SOURCE, "ours", "tight", (PENALTY, STATE),
                All(QUADRATIC, implies(CURVED, LEAST)), uses=("base:parabola",)), least, sample),
    Entry(Claim("bv:ridge-mixing", "Ridge self-distillation", SOURCE, "ours", "tight", (PENALTY, STATE, *TRAINED), All(FIT, QUADRATIC, implies(CURVED, LEAST)),
                uses=("bv:ridge-mixing/student", "bv:ridge-mixing/risk")), join, sample),
)
