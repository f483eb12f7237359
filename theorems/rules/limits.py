"""Rule of limits: by expansions whose leading coefficients the facts decide, with balls along an approach sequence as a tripwire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from theorems.expansion import NoExpansion, expansion, limit_value
from theorems.logic import Tends
from theorems.normal import is_zero
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.scope import Scope
from theorems.terms import E, free_names, fresh, substitute


def limit(step: Step, checker: Checker) -> set[str]:
    """A limit that the expansion of the term at the point shows, and that balls along an approach sequence do not contradict."""
    goal, scope = step.then, checker.scope(step)
    if not isinstance(goal, Tends):
        raise Rejected("limit shows a limit")
    try:
        found = limit_value(*_expanded(goal, scope))
    except NoExpansion as fault:
        raise Rejected(f"no expansion shows the limit: {fault}") from None
    if found != goal.args[3] and (found.is_infinite or goal.args[3].is_infinite or not is_zero(found - goal.args[3], scope)):
        raise Rejected(f"the expansion has the limit {found}")
    if not (goal.args[3].is_infinite or scope.defined(goal.args[3])):
        raise Rejected(f"{goal.args[3]} is not shown to be defined")
    if checker.engines.approaches(goal, scope) is not True:
        raise Rejected("balls along an approach sequence do not confirm the limit")
    return {"expansion", "arb"}


def _expanded(goal: Tends, scope: Scope) -> tuple[Any, Scope]:
    """The expansion in u -> 0+, for the variable = point + u, point - u, 1/u or -1/u."""
    term, variable, point, _, side = goal.args
    for part in sp.preorder_traversal(term):
        if isinstance(part, (ExprWithLimits, sp.Derivative, E)) and variable.name in free_names(part):
            raise Rejected(f"the limit within {part} is not understood")
    if variable.is_integer or variable.name in scope.names | free_names(point):
        raise Rejected(f"{variable} must be a real name of its own")
    u = sp.Symbol(fresh("u", scope.names | free_names(term) | free_names(point)), real=True)
    near = {sp.oo: 1 / u, -sp.oo: -1 / u}.get(point, point + u if side.name == "+" else point - u)
    if not (point.is_infinite or scope.defined(point)) or side.name not in "+-":
        raise Rejected(f"the point {point} is not shown to be defined")
    return expansion(substitute(term, {variable.name: near}), u, scope), scope


RULES: Mapping[str, Rule] = {"limit": limit}
