"""The limit in formulas: X (X'X)^{-1} X' w for n inputs in general position in R^d, n < d, and w for n >= d (PL (iv)).

`lin:limit/few`: W is the inverse of the Gram matrix X'X; B = X W recovers the span (`lin:limit`'s hypothesis `fixed`), and
v = X W X' w lies in the span and gives the teacher's answers.  `lin:limit/many`: M is the inverse of X X'; B = M X recovers the span, and
the teacher w itself lies in it.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import ROW, X, d, inner, matrix, row, w
from theorems.linear.pseudoinverse import FIXED
from theorems.logic import All, Proposition, eq, le
from theorems.terms import substitute
from theorems.vocabulary import each, j, k, m, n, total

W, M = sp.IndexedBase("W"), sp.IndexedBase("M")
c, i, l, r = sp.symbols("c i l r", integer=True)
delta = sp.KroneckerDelta
PLACE: dict[str, Proposition] = {"i_low": le(1, i), "i_high": le(i, d)}


def gram(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """<X_first, X_second>."""
    return inner(row(first), row(second))


def moment(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """The entry of X X' (sum over the inputs)."""
    return total(lambda s: X[s, first] * X[s, second], n, k)


GRAM: tuple[tuple[str, Proposition], ...] = (
    ("left", each(lambda s: each(lambda t: eq(total(lambda z: W[s, z] * gram(z, t), n, m), delta(s, t)), n, r), n, i)),
    ("right", each(lambda s: each(lambda t: eq(total(lambda z: gram(s, z) * W[z, t], n, m), delta(s, t)), n, r), n, i)),
)
SPREAD = sp.Lambda((c, m), total(lambda s: X[s, c] * W[s, m], n, l))
WEIGHT = lambda s: total(lambda z: W[s, z] * inner(row(z), w), n, m)  # noqa: E731
LIMIT = lambda s: total(lambda z: X[z, s] * WEIGHT(z), n, i)  # noqa: E731
ANSWERS = each(lambda s: eq(inner(row(s), LIMIT), inner(row(s), w)), n, k)
FEW = All(substitute(FIXED[1], {"B": SPREAD}), ANSWERS)
MOMENT: tuple[tuple[str, Proposition], ...] = (
    ("left", each(lambda s: each(lambda t: eq(total(lambda z: M[s, z] * moment(z, t), d, l), delta(s, t)), d, r), d, i)),
    ("right", each(lambda s: each(lambda t: eq(total(lambda z: moment(s, z) * M[z, t], d, l), delta(s, t)), d, r), d, i)),
)
FOLD = sp.Lambda((c, m), total(lambda s: M[c, s] * X[m, s], d, l))
SHARE = lambda s: total(lambda z: X[s, z] * total(lambda t: M[z, t] * w[t], d, r), d, l)  # noqa: E731
SPANNED = each(lambda s: eq(w[s], total(lambda z: SHARE(z) * X[z, s], n, k)), d, i)
MANY = All(substitute(FIXED[1], {"B": FOLD}), SPANNED)
Range = tuple[sp.Symbol, Any, Any]


def swapped(p: Derivation, body: sp.Expr, outer: Range, inside: Range) -> str:
    """The double sum of `body` in either order."""
    return p.step("exchange", eq(sp.Sum(sp.Sum(body, inside), outer), sp.Sum(sp.Sum(body, outer), inside)))


def summed(p: Derivation, index: sp.Symbol, size: sp.Expr, left: sp.Expr, right: sp.Expr, body: Any, by: list[str]) -> str:
    """The sum of left is that of right, when `body` shows it at each index."""
    names = {"term_low": le(1, index), "term_high": le(index, size)}
    rows = p.for_all((index,), names, body)
    return p.step("termwise", eq(sp.Sum(left, (index, 1, size)), sp.Sum(right, (index, 1, size))), [rows, *by], range=(1, size))


def inverse(p: Derivation, side: str, first: sp.Expr, second: sp.Expr, by: list[str]) -> Any:
    """The entry (first, second) of a product with the inverse."""
    hypothesis = dict(p.claim.hypotheses)[side]
    line = p.restate(substitute(hypothesis.then, {"i": first}), [at(side, i=first), *by])  # type: ignore[attr-defined]
    return at(line, r=second)


INSIDE = ["term_low", "term_high"]


def few(p: Derivation) -> None:
    def fixed(q: Derivation) -> None:
        def coordinate(s: Derivation) -> None:
            body, names = X[l, i] * W[l, m] * gram(m, k), [*ROW, *PLACE]
            turned = swapped(s, body, (m, 1, n), (l, 1, n))
            kept = summed(s, l, n, sp.Sum(body, (m, 1, n)), X[l, i] * delta(l, k), lambda t: t.combine(
                eq(sp.Sum(body, (m, 1, n)), X[l, i] * delta(l, k)), {inverse(t, "left", l, k, INSIDE): X[l, i]}, [*INSIDE, *names]), names)
            one = s.step("pick", eq(sp.Sum(X[l, i] * delta(l, k), (l, 1, n)), X[k, i]), names, at=k)
            s.combine(eq(total(lambda z: SPREAD(i, z) * gram(z, k), n, m), X[k, i]), {turned: 1, kept: 1, one: 1})

        q.for_all((i,), PLACE, coordinate)

    def answer(q: Derivation) -> None:
        names = list(ROW)
        inner_body, double = X[k, j] * X[i, j] * WEIGHT(i), gram(k, i) * W[i, m] * inner(row(m), w)
        turned = swapped(q, inner_body, (j, 1, d), (i, 1, n))
        again = swapped(q, double, (i, 1, n), (m, 1, n))
        kept = summed(q, m, n, sp.Sum(double, (i, 1, n)), delta(k, m) * inner(row(m), w), lambda t: t.combine(
            eq(sp.Sum(double, (i, 1, n)), delta(k, m) * inner(row(m), w)), {inverse(t, "right", k, m, names): inner(row(m), w)}, [*INSIDE, *names]), names)
        one = q.step("pick", eq(sp.Sum(delta(m, k) * inner(row(m), w), (m, 1, n)), inner(row(k), w)), names, at=k)
        q.combine(eq(inner(row(k), LIMIT), inner(row(k), w)), {turned: 1, again: 1, kept: 1, one: 1})

    p.restate(FEW, [p.for_all((k,), ROW, fixed), p.for_all((k,), ROW, answer)])


def many(p: Derivation) -> None:
    def fixed(q: Derivation) -> None:
        def coordinate(s: Derivation) -> None:
            names = [*ROW, *PLACE]
            body = M[i, l] * X[m, l] * X[m, j] * X[k, j]
            first = swapped(s, sp.Sum(body, (j, 1, d)), (m, 1, n), (l, 1, d))
            second = summed(s, l, d, sp.Sum(body, (j, 1, d), (m, 1, n)), sp.Sum(body, (m, 1, n), (j, 1, d)),
                            lambda t: swapped(t, body, (m, 1, n), (j, 1, d)), [])
            third = swapped(s, sp.Sum(body, (m, 1, n)), (l, 1, d), (j, 1, d))
            kept = summed(s, j, d, sp.Sum(body, (m, 1, n), (l, 1, d)), delta(i, j) * X[k, j], lambda t: t.combine(
                eq(sp.Sum(body, (m, 1, n), (l, 1, d)), delta(i, j) * X[k, j]), {inverse(t, "left", i, j, list(PLACE)): X[k, j]}, [*INSIDE, *names]), names)
            one = s.step("pick", eq(sp.Sum(delta(j, i) * X[k, j], (j, 1, d)), X[k, i]), names, at=i)
            s.combine(eq(total(lambda z: FOLD(i, z) * gram(z, k), n, m), X[k, i]), {first: 1, second: 1, third: 1, kept: 1, one: 1})

        q.for_all((i,), PLACE, coordinate)

    def spanned(q: Derivation) -> None:
        names, part = list(PLACE), total(lambda t: M[l, t] * w[t], d, r)
        body, double = X[k, i] * X[k, l] * part, moment(i, l) * M[l, r] * w[r]
        turned = swapped(q, body, (k, 1, n), (l, 1, d))
        again = swapped(q, double, (l, 1, d), (r, 1, d))
        kept = summed(q, r, d, sp.Sum(double, (l, 1, d)), delta(i, r) * w[r], lambda t: t.combine(
            eq(sp.Sum(double, (l, 1, d)), delta(i, r) * w[r]), {inverse(t, "right", i, r, names): w[r]}, [*INSIDE, *names]), names)
        one = q.step("pick", eq(sp.Sum(delta(r, i) * w[r], (r, 1, d)), w[i]), names, at=i)
        q.combine(eq(w[i], total(lambda z: SHARE(z) * X[z, i], n, k)), {turned: -1, again: -1, kept: -1, one: -1})

    p.restate(MANY, [p.for_all((k,), ROW, fixed), p.for_all((i,), PLACE, spanned)])


def design(draw: Draw, rows: int, columns: int) -> sp.Matrix:
    """Of full rank: a large diagonal."""
    return sp.Matrix(rows, columns, lambda s, t: draw.integer(-2, 2) + 9 * int(s == t))


def sample_few(draw: Draw) -> Sample:
    columns = draw.integer(1, 3)
    rows = draw.integer(1, columns)
    data = design(draw, rows, columns)
    return Sample({"n": rows, "d": columns, "X": matrix(data), "W": matrix((data * data.T).inv()), "w": draw.family(columns, -1, 1)})


def sample_many(draw: Draw) -> Sample:
    columns = draw.integer(1, 2)
    rows = columns + draw.integer(0, 1)
    data = design(draw, rows, columns)
    return Sample({"n": rows, "d": columns, "X": matrix(data), "M": matrix((data.T * data).inv()), "w": draw.family(columns, -1, 1)})


SOURCE = Source("PL", "abstract (iv)")
CLAIMS = (
    Entry(Claim("lin:limit/few", "The limit for fewer inputs than dimensions", SOURCE, "reported", "identity", GRAM, FEW), few, sample_few),
    Entry(Claim("lin:limit/many", "The limit for at least as many inputs as dimensions", SOURCE, "reported", "identity", MOMENT, MANY), many, sample_many),
)
