"""Rule of implicit differentiation: functions that agree on an open set have equal derivatives there."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theorems.logic import ForAll, Relation
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import relation, require_defined, require_zero
from theorems.rules.calculus import require_smooth
from theorems.terms import canonical


def implicit(step: Step, checker: Checker) -> set[str]:
    """From `for all x with strict bounds: f = g` that `for all such x: f' = g'`, in the shape `left = right`."""
    fact, goal, scope = checker.named(step.by[0], step), step.then, checker.scope(step)
    if not isinstance(fact, ForAll) or not isinstance(goal, ForAll) or len(fact.variables) != 1 or fact.variables != goal.variables:
        raise Rejected("implicit stands on 'for all x: f = g' and shows 'for all x: f' = g''")
    variable, given, known, shown = fact.variables[0], fact.given, relation(fact.then), relation(goal.then)
    if (known.op, shown.op) != ("=", "=") or tuple(map(canonical, given)) != tuple(map(canonical, goal.given)):
        raise Rejected("both are equations under the same conditions")
    if not (isinstance(variable, sp.Symbol) and variable.is_real and not variable.is_integer):
        raise Rejected(f"{variable} must be a real variable")
    if any(str(variable) in {str(s) for s in f.free_symbols} for f in scope.facts):
        raise Rejected(f"{variable} is also a free name here")
    if not all(_open(g, variable) for g in given):
        raise Rejected("the conditions must be strict bounds of the variable, so that they hold on an open set")
    within = scope.extended(given)
    require_defined(known, within)
    require_defined(shown, within)
    require_smooth(known.left, variable, within)
    require_smooth(known.right, variable, within)
    for found, wanted in zip((known.left, known.right), (shown.left, shown.right), strict=True):
        require_zero(sp.diff(found, variable) - wanted, within, checker, "derivative")
    return {"sympy.diff", "zero test"}


def _open(condition: object, variable: sp.Symbol) -> bool:
    """A strict inequality between the variable and a term without it."""
    if not isinstance(condition, Relation) or condition.op not in ("<", ">"):
        return False
    sides = (condition.left, condition.right)
    return any(a == variable and variable not in b.free_symbols for a, b in (sides, sides[::-1]))


RULES: Mapping[str, Rule] = {"implicit": implicit}
