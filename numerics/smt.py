"""cvc5 as a second opinion on inequalities with exponentials and logarithms, for all real values.

`unsatisfiable(relations)` is True only when cvc5 shows that no point satisfies them all.  It runs in a child
process within a budget of processor time; a crash, a time-out and "unknown" all come out as False, that is undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, final

import sympy as sp

from numerics.budget import TimedOut, WorkerFailed, run_within
from theorems.claim import negation
from theorems.logic import Relation, eq, gt

_KINDS = {"=": "EQUAL", "<=": "LEQ", "<": "LT", ">=": "GEQ", ">": "GT"}


class Untranslatable(Exception):
    """A term outside the language of the solver."""


def proves(goal: Relation, given: Sequence[Relation], *, seconds: float = 2.0) -> bool:
    """True when cvc5 shows that `given` and the negation of `goal` contradict each other.

    The terms must be known to be defined: the translation names each logarithm by the number whose
    exponential is its argument.
    """
    return unsatisfiable([*given, negation(goal)], seconds=seconds)


def unsatisfiable(relations: Sequence[Any], *, seconds: float = 2.0) -> bool:
    """True when cvc5 answers `unsat` within `seconds` of its work."""
    try:
        return bool(run_within(_solve, (tuple(relations),), seconds + 0.5))
    except (TimedOut, WorkerFailed, Untranslatable, ImportError, RuntimeError):
        return False


def _solve(relations: tuple[Relation, ...]) -> bool:
    import cvc5

    solver = cvc5.Solver()
    solver.setLogic("QF_NRAT" if any(map(_transcendental, relations)) else "QF_NRA")  # polynomials alone go to coverings
    translation = _Translation(solver, cvc5.Kind)
    for relation in relations:
        solver.assertFormula(translation.relation(relation))
    for side in translation.sides:
        solver.assertFormula(side)
    return bool(solver.checkSat().isUnsat())


def _transcendental(relation: Relation) -> bool:
    powers = any(not power.exp.is_Integer for power in relation.atoms(sp.Pow))
    return powers or relation.has(sp.exp, sp.log)


@final
class _Translation:
    """SymPy terms to cvc5 terms; powers with real exponents become exp(exponent * log(base))."""

    def __init__(self, solver: Any, kinds: Any) -> None:
        self.solver, self.kinds = solver, kinds
        self.known: dict[sp.Basic, Any] = {}
        self.sides: list[Any] = []

    def relation(self, relation: Relation) -> Any:
        left, right = self.term(relation.left), self.term(relation.right)
        if relation.op == "!=":
            return self.solver.mkTerm(self.kinds.DISTINCT, left, right)
        return self.solver.mkTerm(getattr(self.kinds, _KINDS[relation.op]), left, right)

    def term(self, term: sp.Basic) -> Any:
        if term not in self.known:
            self.known[term] = self.translate(term)
        return self.known[term]

    def fresh(self) -> Any:
        return self.solver.mkConst(self.solver.getRealSort(), f"t{len(self.known)}_{len(self.sides)}")

    def fold(self, kind: Any, terms: Sequence[sp.Basic]) -> Any:
        parts = [self.term(part) for part in terms]
        return self.solver.mkTerm(kind, *parts) if len(parts) > 1 else parts[0]

    def translate(self, term: sp.Basic) -> Any:
        if isinstance(term, sp.Rational):
            return self.solver.mkReal(int(term.p), int(term.q))
        if isinstance(term, sp.Symbol):
            return self.fresh()
        if isinstance(term, sp.Add):
            return self.fold(self.kinds.ADD, term.args)
        if isinstance(term, sp.Mul):
            return self.fold(self.kinds.MULT, term.args)
        if isinstance(term, sp.exp):
            return self.solver.mkTerm(self.kinds.EXPONENTIAL, self.term(term.args[0]))
        if isinstance(term, sp.log):
            return self.logarithm(term.args[0])
        if isinstance(term, sp.Pow):
            return self.power(*term.args)
        raise Untranslatable(str(term))

    def logarithm(self, argument: sp.Expr) -> Any:
        name = self.fresh()
        exponential = self.solver.mkTerm(self.kinds.EXPONENTIAL, name)
        self.sides.append(self.solver.mkTerm(self.kinds.EQUAL, exponential, self.term(argument)))
        return name

    def power(self, base: sp.Expr, exponent: sp.Expr) -> Any:
        if exponent.is_Integer and 0 < int(exponent) <= 8:
            return self.fold(self.kinds.MULT, [base] * int(exponent))
        if exponent.is_Integer and exponent < 0:  # the number whose product with base^-exponent is 1
            name = self.fresh()
            whole = self.solver.mkTerm(self.kinds.MULT, name, self.term(base**-exponent))
            self.sides.append(self.solver.mkTerm(self.kinds.EQUAL, whole, self.solver.mkReal(1)))
            return name
        return self.term(sp.exp(sp.Mul(exponent, sp.log(base), evaluate=False), evaluate=False))


def consistent(relations: Sequence[Relation], point: dict[sp.Symbol, sp.Rational]) -> bool:
    """False when cvc5 contradicts the relations at a point: a check of the translation itself, for tests."""
    fixed = [eq(symbol, value) for symbol, value in point.items()]
    return not unsatisfiable([*relations, *fixed, gt(1, 0)])
