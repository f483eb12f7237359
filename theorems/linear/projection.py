"""The student is the projection of the teacher on the span of the data (PL (iv)).

u in the span and r orthogonal to every input give <u, r> = 0; so |v|^2 = <v, w> and |w - v|^2 = |w|^2 - |v|^2, for all n and d.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import COLUMN, ROW, X, a, d, gap, inner, inputs, matrix, orthogonal, projected, size, spanned, v, w
from theorems.logic import All, Proposition, eq
from theorems.vocabulary import j, k, n

u, r = sp.IndexedBase("u"), sp.IndexedBase("r")
APART = eq(inner(u, r), 0)
PYTHAGORAS = All(eq(inner(v, w), size(v)), eq(size(gap()), size(w) - size(v)))


def apart(p: Derivation) -> None:
    combined = sp.Sum(a[k] * X[k, j], (k, 1, n)) * r[j]
    columns = p.for_all((j,), COLUMN, lambda s: s.combine(eq(u[j] * r[j], combined), {at("span", j=j): r[j]}, list(COLUMN)))
    opened = p.step("termwise", eq(inner(u, r), sp.Sum(combined, (j, 1, d))), [columns], range=(1, d))
    body = a[k] * X[k, j] * r[j]
    turned = p.step("exchange", eq(sp.Sum(body, (k, 1, n), (j, 1, d)), sp.Sum(body, (j, 1, d), (k, 1, n))))
    answer = inner(lambda c: X[k, c], r)
    rows = p.for_all((k,), ROW, lambda s: s.combine(eq(a[k] * answer, 0), {at("orthogonal", k=k): a[k]}, list(ROW)))
    none = p.step("termwise", eq(sp.Sum(a[k] * answer, (k, 1, n)), sp.Sum(sp.Integer(0), (k, 1, n))), [rows], range=(1, n))
    p.combine(APART, {opened: 1, turned: 1, none: 1})


def pythagoras(p: Derivation) -> None:
    lost = sp.Lambda((j,), w[j] - v[j])
    none = p.use("lin:projection/apart", eq(inner(v, lost), 0), ["span", "answers"], u=v, r=lost)
    parts = [p.combine(PYTHAGORAS.args[0], {none: 1}), p.combine(PYTHAGORAS.args[1], {none: -2})]
    p.restate(PYTHAGORAS, parts)


def sample_apart(draw: Draw) -> Sample:
    rows, columns = draw.integer(1, 2), draw.integer(1, 3)
    data = inputs(draw, rows, columns)
    coefficients = sp.Matrix(draw.family(rows, -1, 1))
    teacher = sp.Matrix(draw.family(columns, -1, 1))
    return Sample({"n": rows, "d": columns, "X": matrix(data), "a": tuple(coefficients), "u": tuple(data.T * coefficients),
                   "r": tuple(teacher - projected(data, teacher)[1])})


def sample(draw: Draw) -> Sample:
    rows, columns = draw.integer(0, 3), draw.integer(1, 3)
    data, teacher = inputs(draw, rows, columns), sp.Matrix(draw.family(columns, -1, 1))
    coefficients, student = projected(data, teacher)
    return Sample({"n": rows, "d": columns, "X": matrix(data), "a": tuple(coefficients), "v": tuple(student), "w": tuple(teacher)})


SOURCE = Source("PL", "abstract (iv)")
STUDENT: tuple[tuple[str, Proposition], ...] = (("span", spanned(v, a)), ("answers", orthogonal(gap())))
CLAIMS = (
    Entry(Claim("lin:projection/apart", "The span is orthogonal to what the data do not see", SOURCE, "ours", "identity",
                (("span", spanned(u, a)), ("orthogonal", orthogonal(r))), APART), apart, sample_apart),
    Entry(Claim("lin:projection", "The student is a projection", SOURCE, "ours", "identity", STUDENT, PYTHAGORAS, uses=("lin:projection/apart",)),
          pythagoras, sample),
)
