"""(sum a_i b_i)^2 <= sum a_i^2 sum b_i^2 for all sizes: the difference is half of sum_ij (a_i b_j - a_j b_i)^2 (Lagrange)."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ge, le
from theorems.vocabulary import V, i, j, total

a, b = sp.IndexedBase("a"), sp.IndexedBase("b")
CONCLUSION = le(total(lambda s: a[s] * b[s]) ** 2, total(lambda s: a[s] ** 2) * total(lambda s: b[s] ** 2))


def derive(d: Derivation) -> None:
    square, none = (a[i] * b[j] - a[j] * b[i]) ** 2, sp.Integer(0)

    def row(s: Derivation) -> None:
        terms = s.for_all((j,), {"left": le(1, j), "right": le(j, V)}, lambda t: t.sign(ge(square, 0)))
        inner = s.step("termwise", ge(sp.Sum(square, (j, 1, V)), sp.Sum(none, (j, 1, V))), [terms], range=(1, V))
        s.combine(ge(sp.Sum(square, (j, 1, V)), 0), {inner: 1})

    rows = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, row)
    whole = d.step("termwise", ge(sp.Sum(square, (j, 1, V), (i, 1, V)), sp.Sum(none, (i, 1, V))), [rows], range=(1, V))
    d.combine(CONCLUSION, {whole: sp.Rational(1, 2)})


def sample(draw: Draw) -> Sample:
    size = draw.integer(0, 4)
    return Sample({"V": size, "a": draw.family(size, -2, 2), "b": draw.family(size, -2, 2)})


CLAIM = Entry(Claim("base:cauchy-schwarz", "Inequality of Cauchy and Schwarz", Source("ours", "textbook"), "ours", "upper", (), CONCLUSION), derive, sample)
