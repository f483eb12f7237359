"""Rules of Kronecker's delta: it is 1 or 0, and a sum with delta(k, j) in every term is its term at j."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theorems.logic import Relation
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import require_defined, require_zero
from theorems.rules.sums import _equation, _require, _sum
from theorems.terms import substitute


def pick(step: Step, checker: Checker) -> set[str]:
    """Sum over k = a..b of delta(k, j) f(k) = f(j), for an integer j with a <= j <= b; `at` is j."""
    goal, scope = _equation(step), checker.scope(step)
    body, variable, low, high = _sum(goal.left)
    place = sp.sympify(step.data["at"])
    if not place.is_integer or variable in place.free_symbols:
        raise Rejected(f"{place} must be an integer apart from the index")
    _require(scope, Relation(low, "<=", place), Relation(place, "<=", high))
    unit = sp.KroneckerDelta(variable, place)
    if not all(unit in sp.Mul.make_args(term) for term in sp.Add.make_args(sp.expand(body))):
        raise Rejected(f"not every term of {body} has the factor {unit}")
    require_defined(goal, scope)
    require_zero(substitute(body, {variable.name: place}) - goal.right, scope, checker, "pick")
    return {"sum rules"}


def unit(step: Step, checker: Checker) -> set[str]:
    """delta(i, j) = 1 for integers i = j, and = 0 for integers i != j."""
    goal, scope = _equation(step), checker.scope(step)
    if not isinstance(goal.left, sp.KroneckerDelta) or not all(a.is_integer for a in goal.left.args):
        raise Rejected("unit shows delta(i, j) = 1 or delta(i, j) = 0 for integers i and j")
    if goal.right not in (0, 1):
        raise Rejected("a delta is 0 or 1")
    first, second = goal.left.args[:2]
    _require(scope, Relation(first, "=" if goal.right == 1 else "!=", second))
    return {"delta"}


RULES: Mapping[str, Rule] = {"pick": pick, "unit": unit}
