"""Refuted: "more data never raise the risk, whatever the law of the inputs" (PL (iv)), in both readings, by exact witnesses in R^3.

Teacher w = (1, -5, 5); inputs (1, 0, 0), (10, 1, 0), (1, 5, 5), each with probability 1/3.  The student of the first input gives
every input its label, that of the first two, (1, -5, 0), errs at the third.  So it is for nested data, and on average too:
each student of one input is right everywhere, so the mean risk rises from 0 with the second input.  Ties count one half.
What stands: lin:monotone, and the risk itself under rotation-invariant laws (lin:monotone-risk/invariant).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.linear._setting import d, v, w
from theorems.linear.monotone import HYPOTHESES, u
from theorems.logic import Proposition, eq, gt, le
from theorems.vocabulary import each, i, j, k, q, total

A, h = sp.symbols("A h", integer=True)
Z = sp.IndexedBase("Z")
one, both = sp.IndexedBase("one"), sp.IndexedBase("both")
alpha, beta, gamma = (sp.IndexedBase(name) for name in ("alpha", "beta", "gamma"))


def risk(student: object) -> sp.Expr:
    """P(sign <w, x> != sign <student, x>), ties counting one half."""
    def answer(vector: object, place: sp.Expr) -> sp.Expr:
        return total(lambda c: vector(c) * Z[place, c], d, j)  # type: ignore[operator]

    return total(lambda s: q[s] * (1 - sp.sign(answer(lambda c: w[c], s) * answer(student, s))) / 2, A, k)


LAW: tuple[tuple[str, Proposition], ...] = (("law", each(lambda s: gt(q[s], 0), A)), ("total", eq(total(lambda s: q[s], A), 1)))
NESTED = le(risk(lambda c: v[c]), risk(lambda c: u[c]))
MEAN_ONE = total(lambda s: q[s] * risk(lambda c: one[s, c]), A, i)
MEAN_BOTH = sp.Sum(q[i] * q[h] * risk(lambda c: both[i, h, c]), (h, 1, A), (i, 1, A))
TEACHER, INPUTS = (1, -5, 5), ((1, 0, 0), (10, 1, 0), (1, 5, 5))


def table(rule: object, *ranges: int) -> sp.Lambda:
    """A family with several indices, given by its entries."""
    indices = sp.symbols(f"index_1:{len(ranges) + 1}", integer=True)
    terms = []
    for code in range(sp.prod(ranges)):
        place: list[int] = []
        for length in reversed(ranges):
            code, here = divmod(code, length)
            place.insert(0, here)
        terms.append(sp.sympify(rule(*place)) * sp.prod([sp.KroneckerDelta(x, y + 1) for x, y in zip(indices, place, strict=True)]))  # type: ignore[operator]
    return sp.Lambda(indices, sp.Add(*terms))


def coefficients(first: int, second: int) -> sp.Matrix:
    """Of the projection of the teacher on two inputs (on one, if they are the same)."""
    data = sp.Matrix([INPUTS[s] for s in (first, second)])
    return data.T.pinv() * sp.Matrix(TEACHER)


DATA = {"A": 3, "d": 3, "w": TEACHER, "q": (sp.Rational(1, 3),) * 3, "Z": table(lambda r, c: INPUTS[r][c], 3, 3)}


def nested(p: Derivation) -> None:
    p.counterexample(**DATA, n=1, m=2, X=table(lambda r, c: INPUTS[r][c], 2, 3), a=(1,), u=(1, 0, 0), b=(51, -5), v=(1, -5, 0),
                     because="the second input turns the student away from the third")


def average(p: Derivation) -> None:
    pairs = [[coefficients(r, c) for c in range(3)] for r in range(3)]
    singles = [pairs[r][r][0] * 2 for r in range(3)]
    p.counterexample(
        **DATA, alpha=tuple(singles), one=table(lambda r, c: singles[r] * INPUTS[r][c], 3, 3), beta=table(lambda r, c: pairs[r][c][0], 3, 3),
        gamma=table(lambda r, c: pairs[r][c][1], 3, 3),
        both=table(lambda r, c, t: pairs[r][c][0] * INPUTS[r][t] + pairs[r][c][1] * INPUTS[c][t], 3, 3, 3),
        because="one input: no error; two: the students of the first pair err at the third input")


def answers(place: sp.Expr, student: object) -> sp.Expr:
    """<Z_place, w - student>."""
    return total(lambda c: Z[place, c] * (w[c] - student(c)), d, j)  # type: ignore[operator]


def alone(rule: object) -> Proposition:
    return each(rule, A)


def pairs(rule: object) -> Proposition:
    """For all i, h."""
    return each(lambda s: each(lambda t: rule(s, t), A, h), A)  # type: ignore[operator]


FIT: tuple[tuple[str, Proposition], ...] = (
    ("one_span", alone(lambda s: each(lambda c: eq(one[s, c], alpha[s] * Z[s, c]), d, j))),
    ("one_answers", alone(lambda s: eq(answers(s, lambda c: one[s, c]), 0))),
    ("both_span", pairs(lambda s, t: each(lambda c: eq(both[s, t, c], beta[s, t] * Z[s, c] + gamma[s, t] * Z[t, c]), d, j))),
    ("both_first", pairs(lambda s, t: eq(answers(s, lambda c: both[s, t, c]), 0))),
    ("both_second", pairs(lambda s, t: eq(answers(t, lambda c: both[s, t, c]), 0))),
)
SOURCE = Source("PL", "abstract (iv)")
CLAIMS = (
    Entry(Claim("lin:monotone-risk", "More data never raise the risk", SOURCE, "ours", "refutation", (*LAW, *HYPOTHESES), NESTED, expected="refuted",
                repaired="lin:monotone-risk/invariant"), nested),
    Entry(Claim("lin:monotone-risk/mean", "More data never raise the mean risk", SOURCE, "ours", "refutation", (*LAW, *FIT), le(MEAN_BOTH, MEAN_ONE),
                expected="refuted", repaired="lin:monotone-risk/invariant"), average),
)
