"""The start at 0 is the best start: a part delta of it off the data span stays, and costs exactly |delta|^2 on average (PL (iii)).

v is the student of a start at 0, v + delta that of a start with the component delta off the span (`lin:limit/projection`).  The data
leave the part r = w - v of the teacher unseen; under any prior symmetric under rotations of the unseen space E r = 0, and then
E|v + delta - w|^2 = E|v - w|^2 + |delta|^2.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import COLUMN, d, size, v
from theorems.linear.monotone import positive
from theorems.logic import All, Proposition, eq, ge
from theorems.terms import E, RandomFamily
from theorems.vocabulary import each, j, total

r, delta = RandomFamily("r"), sp.IndexedBase("delta")


def teacher(index: sp.Expr) -> sp.Expr:
    """The seen part and the unseen one."""
    return v[index] + r[index]


def squared_error(start: object) -> sp.Expr:
    """E |v + start - w|^2."""
    return E(size(lambda c: v[c] + start(c) - teacher(c)))  # type: ignore[operator]


MOVED, CENTRED = squared_error(lambda c: delta[c]), squared_error(lambda c: sp.Integer(0))
CONCLUSION = All(eq(MOVED, CENTRED + size(delta)), ge(MOVED, CENTRED))


def derive(p: Derivation) -> None:
    terms = p.for_all((j,), COLUMN, lambda s: s.combine(eq(delta[j] * E(r[j]), 0), {at("prior", j=j): delta[j]}, list(COLUMN)))
    cross = p.step("termwise", eq(total(lambda c: delta[c] * E(r[c]), d, j), total(lambda c: sp.Integer(0), d, j)), [terms], range=(1, d))
    exact = p.combine(CONCLUSION.args[0], {cross: -2}, because="the cross term has mean 0")
    p.restate(CONCLUSION, [exact, p.combine(CONCLUSION.args[1], {exact: -1, positive(p, delta): 1})])


def sample(draw: Draw) -> Sample:
    """Two unseen parts and their opposites."""
    columns = draw.integer(1, 3)
    unseen = [draw.family(columns, -1, 1) for _ in range(2)]
    law = [(weight / 2, {"r": tuple(sign * part for part in parts)}) for weight, parts in zip(draw.law(2), unseen, strict=True) for sign in (1, -1)]
    return Sample({"d": columns, "v": draw.family(columns, -1, 1), "delta": draw.family(columns, -1, 1)}, tuple(law))


PRIOR: tuple[str, Proposition] = ("prior", each(lambda c: eq(E(r[c]), 0), d, j))
CLAIM = Entry(Claim("lin:bias", "What a start off the data span costs", Source("PL", "abstract (iii)"), "ours", "tight", (PRIOR,), CONCLUSION), derive, sample)
