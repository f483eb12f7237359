"""(E XY)^2 <= E X^2 E Y^2 for random X and Y: the expectation form of the inequality of Cauchy and Schwarz."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, eq, ge, gt, le
from theorems.terms import E, Random

X, Y, X2, Y2 = (Random(name, real=True) for name in ("X", "Y", "X_2", "Y_2"))
e, f, m = sp.symbols("e f m", real=True)
CONCLUSION = le(E(X * Y) ** 2, E(X**2) * E(Y**2))


def derive(d: Derivation) -> None:
    named = [d.step("define", eq(name, E(term))) for name, term in ((e, X**2), (f, Y**2), (m, X * Y))]

    def positive(s: Derivation, first: sp.Expr, second: sp.Expr) -> str:
        """E (first X + second Y)^2 >= 0, in the names of the three means."""
        def square(x: sp.Expr, y: sp.Expr) -> sp.Expr:
            return (first * x + second * y) ** 2

        every = s.for_all((X2, Y2), {}, lambda t: t.sign(ge(square(X2, Y2), 0)))
        here = s.restate(ForAll((X, Y), (), ge(square(X, Y), 0)), [every])
        mean = s.step("expect", ge(E(square(X, Y)), 0), [here])
        return s.combine(ge(first**2 * e + 2 * first * second * m + second**2 * f, 0), {mean: 1, named[0]: -(first**2), named[1]: -(second**2), named[2]: -2 * first * second})

    level, other = positive(d, sp.Integer(0), sp.Integer(1)), positive(d, sp.Integer(1), sp.Integer(0))
    goal = le(m**2, e * f)

    def case(s: Derivation, way: str) -> None:
        if way == "some":
            s.combine(goal, {positive(s, f, -m): 1 / f}, [way])
        else:
            none = s.sign(eq(f, 0), [way, level])
            s.combine(goal, {positive(s, -m, e + 1): 1 / (e + 2), none: (e + 1) ** 2 / (e + 2) - e}, [other])

    names = d.cases(goal, {"some": gt(f, 0), "none": le(f, 0)}, case)
    d.transfer(CONCLUSION, names, named)


def sample(draw: Draw) -> Sample:
    law = tuple((weight, {"X": draw.rational(-2, 2), "Y": draw.rational(-2, 2)}) for weight in draw.law(draw.integer(1, 4)))
    return Sample({}, law)


CLAIM = Entry(Claim("base:mean-product", "Inequality of Cauchy and Schwarz for means", Source("ours", "textbook"), "ours", "upper", (), CONCLUSION), derive, sample)
