"""Rule of limits: SymPy's, for parameters of known sign, confirmed by balls along an approach sequence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from theorems import sign
from theorems.logic import Relation, Tends
from theorems.normal import is_zero
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.scope import Scope
from theorems.terms import E, free_names

ZERO = sp.Integer(0)


def limit(step: Step, checker: Checker) -> set[str]:
    """A limit that SymPy finds and balls along an approach sequence do not contradict.

    Terms without the variable become independent numbers of known sign; where their relation matters, SymPy's
    limit at generic parameters must also be its limit at special ones, and the trust list says so.
    """
    goal, scope = step.then, checker.scope(step)
    if not isinstance(goal, Tends):
        raise Rejected("limit shows a limit")
    trusts = {"sympy.limit", "arb"}
    if not _abstract_limit(goal, scope):
        _generic_limit(goal, scope)
        trusts.add("sympy.limit at generic parameters")
    if checker.engines.approaches(goal, scope) is not True:
        raise Rejected("balls along an approach sequence do not confirm the limit")
    return trusts


def _found(expression: sp.Expr, goal: Tends) -> sp.Expr:
    _, variable, point, _, side = goal.args
    try:
        return sp.limit(expression, variable, point, side.name)
    except (NotImplementedError, ValueError, TypeError) as fault:
        raise Rejected(f"SymPy finds no limit ({fault})") from None


def _require_limit(found: sp.Expr, value: sp.Expr, scope: Scope) -> None:
    if found != value and (found.is_infinite or not is_zero(found - value, scope)):
        raise Rejected(f"SymPy finds the limit {found}")


def _abstract_limit(goal: Tends, scope: Scope) -> bool:
    """Whether the limit holds for all numbers of the known signs in place of the terms without the variable."""
    names: dict[sp.Expr, sp.Expr] = {}
    try:
        found = _found(_abstracted(goal.args[0], goal.args[1], scope, names), goal)
        _require_limit(found.xreplace({new: old for old, new in names.items()}), goal.args[3], scope)
    except Rejected:
        return False
    return True


def _abstracted(term: sp.Expr, variable: sp.Symbol, scope: Scope, names: dict[sp.Expr, sp.Expr]) -> sp.Expr:
    if variable.name not in free_names(term):
        return term if term.is_number else names.setdefault(term, _signed(term, scope))
    if isinstance(term, (ExprWithLimits, sp.Derivative, E)):  # what is fixed inside need not be a number outside
        raise Rejected(f"the limit within {term} is not understood")
    if isinstance(term, (sp.Add, sp.Mul)):
        fixed, varying = term.as_independent(variable, as_Add=isinstance(term, sp.Add))
        parts = [_abstracted(part, variable, scope, names) for part in term.func.make_args(varying)] if varying.func is term.func else (
            [_abstracted(varying, variable, scope, names)])
        return term.func(_abstracted(fixed, variable, scope, names), *parts)
    return term if not term.args else term.func(*(_abstracted(a, variable, scope, names) for a in term.args))


def _signed(term: sp.Expr, scope: Scope) -> sp.Dummy:
    for op, known in ((">", {"positive": True}), ("<", {"negative": True}), ("!=", {"real": True, "nonzero": True})):
        if scope.shows(Relation(term, op, ZERO)):
            return sp.Dummy("c", **known)
    raise Rejected(f"the sign of {term} is not shown")


_SPECIAL = tuple(sp.Rational(a, b) for a, b in ((0, 1), (1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (3, 2), (-1, 1), (-2, 1), (5, 1)))


def _generic_limit(goal: Tends, scope: Scope) -> None:
    """SymPy's limit at generic values of the parameters, the same at special ones that the facts allow."""
    expression, variable, _, value, _ = goal.args
    symbols = sorted((expression.free_symbols | value.free_symbols) - {variable}, key=str)
    if any(isinstance(s, sp.Indexed) for s in symbols) or len(symbols) > 2:
        raise Rejected("too many parameters whose relation matters for the limit")
    swap = {a: sp.Dummy("c", positive=True) for a in symbols if scope.shows(Relation(a, ">", ZERO))}
    _require_limit(_found(expression.xreplace(swap), goal).xreplace({b: a for a, b in swap.items()}), value, scope)
    tried = 0
    for numbers in product(_SPECIAL, repeat=len(symbols)):
        point = dict(zip(symbols, numbers, strict=True))
        if all(sign.shows(f.xreplace(point)) for f in scope.flat if isinstance(f, Relation)):
            _require_limit(_found(expression.xreplace(point), goal), value.xreplace(point), scope)
            tried += 1
    if tried < 3:
        raise Rejected("no special parameters meet the facts, so the generic limit stands unchecked")


RULES: Mapping[str, Rule] = {"limit": limit}
