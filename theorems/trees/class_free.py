"""Refuted: "perfect distillation needs only O(log(1/delta)/eps) inputs whatever the class, under a promise on the inputs' law only".

With eps = delta = 1/8 such a bound is one number m, good for every class, and makes the mean error at most eps + delta = 1/4.
On 2 h points with a hidden half (`tree:hidden-half`: f = 0, the class of complements of halves, inputs uniform on the half, so that a
member of error 0 exists) every answer that has seen m inputs has mean error at least (h - m)/(2 h - m), which is above 1/4 for every
h > 3 m/2 and tends to 1/2.  The witness for m is the smallest such h.  No number of inputs will do, and the term ln |G| of `tree:finite-class`
cannot be dropped.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import Exists, ForAll, ge, gt, le
from theorems.rules import rounding
from theorems.trees.hidden_half import a, answer, h, least, mean_error
from theorems.vocabulary import m

ENOUGH = sp.Rational(1, 4)
CONCLUSION = Exists((m,), (ge(m, 0),), ForAll((h,), (ge(h, 1), le(m, h)), Exists((a,), answer(a).args, le(mean_error(a), ENOUGH))))
WIDE = (3 * m + 1) / 2
HALF = sp.ceiling(WIDE)  # the smallest integer above 3 m/2


def derive(d: Derivation) -> None:
    def every(p: Derivation) -> None:
        above = p.restate(le(WIDE, HALF), [p.step("rounding", rounding.statement(WIDE), [], of=WIDE)])
        points = p.step("discrete", ge(HALF, 1), [p.combine(gt(HALF, 0), {above: 1, "seen": sp.Rational(3, 2), p.sign(gt(1, 0)): sp.Rational(1, 2)})])
        room = p.combine(le(m, HALF), {above: 1, "seen": sp.Rational(1, 2), p.sign(ge(1, 0)): sp.Rational(1, 2)})
        rest = p.combine(gt(2 * HALF - m, 0), {points: 1, room: 1, p.sign(gt(1, 0)): 1})
        scale = 1 / (2 * HALF - m)
        value = p.combine(gt((HALF - m) / (2 * HALF - m), ENOUGH), {above: scale / 2, p.sign(gt(1, 0)): scale / 4}, [rest])
        most, total = answer(a, HALF).args

        def one(q: Derivation) -> None:
            bound = q.use("tree:hidden-half/least", ge(mean_error(a, m, HALF), least(m, HALF)), ["seen", points, room, "most", "total"], h=HALF)
            q.combine(gt(mean_error(a, m, HALF), ENOUGH), {bound: 1, value: 1}, [points, rest])

        none = p.for_all((a,), {"most": most, "total": total}, one)
        p.exhibit(Exists((h,), (ge(h, 1), le(m, h)), ForAll((a,), answer(a).args, gt(mean_error(a), ENOUGH))), [points, room, none], h=HALF)

    d.for_all((m,), {"seen": ge(m, 0)}, every)


CLAIM = Entry(
    Claim("tree:class-free", "A sample bound that does not see the class", Source("BA", "abstract (i)"), "ours", "refutation", (), CONCLUSION,
          expected="refuted", repaired="tree:finite-class", uses=("tree:hidden-half/least",)),
    derive,
)
