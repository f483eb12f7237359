"""More data never lead further away: |w - v| and the angle between w and v do not grow with the data (PL (iv)).

u is the student of the first n inputs, v that of all m >= n, w the teacher.  Then |w - v| <= |w - u|; and since <u, w> and
<v, w> are >= 0, the squared cosines <u, w>^2/(|u|^2 |w|^2) <= <v, w>^2/(|v|^2 |w|^2) say that the angle does not grow.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import COLUMN, ROW, X, a, d, gap, inner, inputs, matrix, orthogonal, projected, size, spanned, v, w
from theorems.logic import All, Proposition, eq, ge, le
from theorems.vocabulary import entry, j, k, m, n, total

u, b = sp.IndexedBase("u"), sp.IndexedBase("b")
CLOSER = le(size(gap()), size(gap(student=u)))
ANGLE = le(inner(u, w) ** 2 * size(v), inner(v, w) ** 2 * size(u))
FORWARD = (ge(inner(u, w), 0), ge(inner(v, w), 0))
CONCLUSION = All(CLOSER, ANGLE, *FORWARD)
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("nested", le(n, m)), ("few_span", spanned(u, a)), ("few_answers", orthogonal(gap(student=u))),
    ("span", spanned(v, b, m)), ("answers", orthogonal(gap(), m)),
)


def positive(p: Derivation, vector: Any) -> str:
    """|vector|^2 >= 0."""
    terms = p.for_all((j,), COLUMN, lambda s: s.sign(ge(entry(vector, j) ** 2, 0)))
    summed = p.step("termwise", ge(size(vector), total(lambda c: sp.Integer(0), d, j)), [terms], range=(1, d))
    return p.combine(ge(size(vector), 0), {summed: 1})


def derive(p: Derivation) -> None:
    lost, few_lost = sp.Lambda((j,), w[j] - v[j]), sp.Lambda((j,), w[j] - u[j])
    own = p.use("lin:projection/apart", eq(inner(v, lost), 0), ["span", "answers"], u=v, r=lost, a=b, n=m)
    few = p.use("lin:projection/apart", eq(inner(u, few_lost), 0), ["few_span", "few_answers"], r=few_lost)
    first = p.for_all((k,), ROW, lambda s: s.restate(eq(inner(lambda c: X[k, c], lost), 0), [
        at("answers", k=k), "k_low", s.sign(le(k, m), ["k_high", "nested"])]), because="the first n inputs are among the m")
    cross = p.use("lin:projection/apart", eq(inner(u, lost), 0), ["few_span", first], r=lost)
    away = positive(p, lambda c: v[c] - u[c])
    closer = p.combine(CLOSER, {away: 1, own: -2, cross: 2})
    sizes = {vector: positive(p, vector) for vector in (u, v)}
    seen = p.combine(eq(inner(u, w), size(u)), {few: 1})
    whole = p.combine(eq(inner(v, w), size(v)), {own: 1})
    grows = p.combine(ge(size(v) - size(u), 0), {closer: 1, seen: -2, whole: 2})
    product = p.sign(ge(size(u) * size(v) * (size(v) - size(u)), 0), [sizes[u], sizes[v], grows])
    angle = p.combine(ANGLE, {product: 1, seen: size(v) * (inner(u, w) + size(u)), whole: -size(u) * (inner(v, w) + size(v))})
    ahead = [p.combine(FORWARD[0], {sizes[u]: 1, seen: -1}), p.combine(FORWARD[1], {sizes[v]: 1, whole: -1})]
    p.restate(CONCLUSION, [closer, angle, *ahead])


def sample(draw: Draw) -> Sample:
    rows, columns = draw.integer(0, 3), draw.integer(1, 3)
    few = draw.integer(0, rows)
    data, teacher = inputs(draw, rows, columns), sp.Matrix(draw.family(columns, -1, 1))
    many, fewer = projected(data, teacher), projected(data[:few, :], teacher)
    return Sample({"n": few, "m": rows, "d": columns, "X": matrix(data), "w": tuple(teacher), "b": tuple(many[0]), "v": tuple(many[1]),
                   "a": tuple(fewer[0]), "u": tuple(fewer[1])})


CLAIM = Entry(
    Claim("lin:monotone", "More data never lead further away", Source("PL", "abstract (iv)"), "reported", "upper", HYPOTHESES, CONCLUSION,
          uses=("lin:projection/apart",)),
    derive, sample,
)
