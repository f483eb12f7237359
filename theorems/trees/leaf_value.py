"""The value of a leaf: the better label of n inputs with labels f in [-1, 1] agrees with (n + |sum f|)/2 of them, and no label with more.

Agreement of the answer y = 1 or -1 with a label f is (1 + y f)/2: one input for f = y, none for f = -y.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Any_, Relation, eq, ge, le, lt
from theorems.vocabulary import i, n, total

f = sp.IndexedBase("f")
LABELS = total(lambda a: f[a], n)
VALUE = (n + sp.Abs(LABELS)) / 2
YES, NO = total(lambda a: (1 + f[a]) / 2, n), total(lambda a: (1 - f[a]) / 2, n)
CONCLUSION = All(le(YES, VALUE), le(NO, VALUE), Any_(eq(YES, VALUE), eq(NO, VALUE)))


def derive(d: Derivation) -> None:
    ones = d.step("count", eq(sp.Sum(sp.Integer(1), (i, 1, n)), n), ["inputs"])
    yes = d.combine(eq(YES, (n + LABELS) / 2), {ones: sp.Rational(1, 2)})
    no = d.combine(eq(NO, (n - LABELS) / 2), {ones: sp.Rational(1, 2)})

    def either(s: Derivation, name: str) -> None:
        better, worse, answer, other = (yes, no, YES, NO) if name == "more" else (no, yes, NO, YES)
        reached = s.combine(eq(answer, VALUE), {better: 1}, [name])
        below = s.combine(le(other, VALUE), {worse: 1, name: 1}, [name])
        bounds = {YES: reached, NO: below} if name == "more" else {YES: below, NO: reached}
        facts = [s.combine(le(side, VALUE), {fact: 1}) for side, fact in bounds.items()]
        some = s.step("either", Any_(eq(YES, VALUE), eq(NO, VALUE)), [reached])
        s.restate(CONCLUSION, [*facts, some])

    options: dict[str, Relation] = {"more": ge(LABELS, 0), "fewer": lt(LABELS, 0)}
    d.cases(CONCLUSION, options, either)


def sample(draw: Draw) -> Sample:
    size = draw.integer(0, 4)
    return Sample({"n": size, "f": draw.family(size, -1, 1)})


CLAIM = Entry(
    Claim("tree:dp-exact/leaf", "Value of a leaf", Source("BA", "algorithm"), "source", "tight", (("inputs", ge(n, 0)),), CONCLUSION), derive, sample,
)
