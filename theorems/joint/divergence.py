"""err_s(h) <= err_t(h) + lambda + D, D half the H-delta-H divergence of student and teacher features (IJC (ii); Ben-David et al. 2010).

The class holds the heads h_1..h_M, any symmetric loss with the triangle inequality measures errors and disagreements.  The
student's side has the features s and labels f of n inputs with weights p, the teacher's side t, g of m inputs with weights q:
the two need not be paired.  D is at least the gap between the disagreements of any two heads on the two sides; the
divergence is twice the largest such gap.  lambda = err_s(k) + err_t(k) for any head k of the class.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.joint._setting import ABSOLUTE, SYMMETRIC, TRIANGLE, WEIGHTS, f, g, l, s, u
from theorems.logic import ForAll, Proposition, ge, le
from theorems.vocabulary import each, i, j, m, n, p, q, t, total

M, first, second = sp.symbols("M h k", integer=True)
D = sp.Symbol("D", real=True)
head = sp.Function("head")
SIDES = ((p, s, f, n, i), (q, t, g, m, j))


def error(index: sp.Expr, side: int) -> sp.Expr:
    """E l(head(feature), label) on one side."""
    weight, feature, label, size, row = SIDES[side]
    return total(lambda x: weight[x] * l(head(index, feature[x]), label[x]), size, row)


def disagreement(one: sp.Expr, other: sp.Expr, side: int) -> sp.Expr:
    """E l(head, other head) on one side."""
    weight, feature, _, size, row = SIDES[side]
    return total(lambda x: weight[x] * l(head(one, feature[x]), head(other, feature[x])), size, row)


PAIR = (le(1, first), le(first, M), le(1, second), le(second, M))
GAP = disagreement(first, second, 0) - disagreement(first, second, 1)
CONCLUSION = le(error(first, 0), error(first, 1) + error(second, 0) + error(second, 1) + D)
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    WEIGHTS, ("other_weights", each(lambda x: ge(q[x], 0), m)), SYMMETRIC, TRIANGLE, ("divergence", ForAll((first, second), PAIR, le(GAP, D))),
)


def through(d: Derivation, side: int) -> str:
    """Student: error <= disagreement + error of k.  Teacher: disagreement <= error + error of k."""
    weight, feature, label, size, row = SIDES[side]
    one, two = head(first, feature[row]), head(second, feature[row])
    span = {"low": le(1, row), "high": le(row, size)}
    stops = (one, two, label[row]) if side == 0 else (one, label[row], two)
    swaps: dict[Fact, Any] = {} if side == 0 else {at("symmetric", a=stops[1], b=stops[2]): weight[row]}
    left, right = l(stops[0], stops[2]), l(one, two) + l(two, label[row]) if side == 0 else l(one, label[row]) + l(two, label[row])

    def weighted(w: Derivation) -> None:
        heavy = w.restate(ge(weight[row], 0), [at("other_weights" if side else "weights", i=row), *span])
        w.combine(le(weight[row] * left, weight[row] * right), {at("triangle", a=stops[0], b=stops[1], c=stops[2]): weight[row], **swaps}, [heavy])

    rows = d.for_all((row,), span, weighted)
    return d.step("termwise", le(sp.Sum(weight[row] * left, (row, 1, size)), sp.Sum(weight[row] * right, (row, 1, size))), [rows], range=(1, size))


def derive(d: Derivation) -> None:
    def pair(w: Derivation) -> None:
        student, teacher = through(w, 0), through(w, 1)
        w.combine(CONCLUSION, {student: 1, teacher: 1, at("divergence", h=first, k=second): 1}, ["h1", "h2", "k1", "k2"])

    d.for_all((first, second), dict(zip(("h1", "h2", "k1", "k2"), PAIR, strict=True)), pair)


def sample(draw: Draw) -> Sample:
    """Threshold-like heads on the line; D is the largest gap, found by trying all pairs."""
    sizes, count, index = (draw.integer(1, 3), draw.integer(1, 3)), draw.integer(1, 3), sp.Symbol("index", integer=True)
    slopes = draw.family(count, -1, 1)
    rule = sp.Lambda((index, u), sum(slopes[x] * (u - x) * sp.KroneckerDelta(index, x + 1) for x in range(count)))
    values = {"n": sizes[0], "m": sizes[1], "M": count, "l": ABSOLUTE, "head": rule}
    for names, size in ((("p", "s", "f"), sizes[0]), (("q", "t", "g"), sizes[1])):
        values |= {names[0]: draw.law(size, zeros=True), names[1]: draw.family(size, -2, 2), names[2]: draw.family(size, -2, 2)}

    def apart(one: int, other: int, weights: str, features: str) -> sp.Expr:
        return sum(w * abs(slopes[one] * (x - one) - slopes[other] * (x - other)) for w, x in zip(values[weights], values[features], strict=True))

    gaps = [apart(x, y, "p", "s") - apart(x, y, "q", "t") for x in range(count) for y in range(count)]
    return Sample({**values, "D": max(gaps)})


CLAIM = Entry(
    Claim("joint:divergence", "The classical bound with the H-delta-H divergence", Source("IJC", "abstract (ii)"), "ours", "upper", HYPOTHESES,
          ForAll((first, second), PAIR, CONCLUSION)),
    derive, sample,
)
