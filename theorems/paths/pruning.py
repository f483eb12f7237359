"""Iterative and one-shot magnitude pruning of least squares to one of three weights: each is better somewhere (SKD (ii)).

Columns a, b, c and response y, all integers; w is the dense fit, with w_1^2 < w_2^2 < w_3^2.  One-shot pruning keeps the
largest weight, that of c.  Iterative pruning drops the smallest, that of a, fits b and c again (v), and keeps b when
v_2^2 < v_1^2.  The kept weight is fitted once more; its residual is |y|^2 - <y, x>^2/|x|^2.

iterative better: a = (2, -1, -1), b = (0, 1, 0), c = (1, 0, 0), y = (0, 1, -2): residuals 4 against 5.
one-shot better: a = (2, 0, -1), b = (0, 1, 0), c = (1, 0, -2), y = (0, 1, -2): residuals 9/5 against 4.
Both are smallest, first in the largest entry, then in the sum of sizes of all entries: `numerics.pruning` exhausts the rest.
"""

from itertools import permutations, product

from theorems.claim import Claim, Source
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Exists, Proposition, eq, lt, ne
from theorems.vocabulary import sp, total

ROWS = 3
a, b, c, y, w, v = (sp.IndexedBase(name) for name in "abcywv")
Witness = dict[str, tuple[sp.Rational, ...]]


def inner(first: object, second: object) -> sp.Expr:
    """The inner product of two columns."""
    return total(lambda r: first[r] * second[r], ROWS)  # type: ignore[index]


def fits(columns: tuple[sp.IndexedBase, ...], weights: sp.IndexedBase) -> list[Proposition]:
    """The normal equations: the residual is orthogonal to every column."""
    def gap(r: sp.Expr) -> sp.Expr:
        return sp.Add(*(weights[s + 1] * column[r] for s, column in enumerate(columns))) - y[r]

    return [eq(total(lambda r, column=column: column[r] * gap(r), ROWS), 0) for column in columns]


def residual(column: sp.IndexedBase) -> sp.Expr:
    """Squared residual of the least-squares fit on one column."""
    return inner(y, y) - inner(y, column) ** 2 / inner(column, column)


DETERMINANT = sp.Matrix(3, 3, lambda r, s: (a, b, c)[s][r + 1]).det()
SCHEDULES = (ne(DETERMINANT, 0), *fits((a, b, c), w), lt(w[1] ** 2, w[2] ** 2), lt(w[2] ** 2, w[3] ** 2), *fits((b, c), v), lt(v[2] ** 2, v[1] ** 2))
ITERATIVE: Witness = {"a": (2, -1, -1), "b": (0, 1, 0), "c": (1, 0, 0), "y": (0, 1, -2), "w": (2, 3, -4), "v": (1, 0)}
ONE_SHOT: Witness = {"a": (2, 0, -1), "b": (0, 1, 0), "c": (1, 0, -2), "y": (0, 1, -2), "w": (sp.Rational(-2, 3), 1, sp.Rational(4, 3)),
                     "v": (1, sp.Rational(4, 5))}


def better(winner: sp.IndexedBase, loser: sp.IndexedBase, margin: sp.Rational) -> Proposition:
    """There are data on which the schedule that keeps `winner` has a residual smaller by `margin`."""
    return Exists((a, b, c, y, w, v), SCHEDULES, eq(residual(loser) - residual(winner), margin))


def exhibiting(found: Witness, claim: Proposition) -> object:
    return lambda d: d.exhibit(claim, because="the smallest one", **found)


def turning(found: Witness) -> object:
    """The witness with its rows in any order and with any signs: both schedules see the same inner products."""
    def sample(draw: Draw) -> Sample:
        order = list(permutations(range(ROWS)))[draw.integer(0, 5)]
        signs = list(product((1, -1), repeat=ROWS))[draw.integer(0, 7)]
        turned = {name: tuple(signs[r] * column[r] for r in order) for name, column in found.items() if name in "abcy"}
        return Sample({**found, **turned})

    return sample


def entry(label: str, title: str, claim: Proposition, found: Witness) -> Entry:
    statement = Claim(label, title, Source("SKD", "abstract (ii)"), "ours", "existence", (), claim)
    return Entry(statement, exhibiting(found, claim), turning(found))  # type: ignore[arg-type]


CLAIMS = (
    entry("path:iterative-beats-one-shot", "Iterative pruning can beat one-shot pruning", better(b, c, sp.Integer(1)), ITERATIVE),
    entry("path:one-shot-beats-iterative", "One-shot pruning can beat iterative pruning", better(c, b, sp.Rational(11, 5)), ONE_SHOT),
)
