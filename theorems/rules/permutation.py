"""Rule of permutations: a sum over a finite range does not see the order of its terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from theorems.logic import All, ForAll, Proposition, eq, le
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import require_defined, require_zero
from theorems.rules.sums import _equation, _sum
from theorems.terms import free_names, fresh, substitute


def permutation(places: sp.IndexedBase, low: Any, high: Any) -> Proposition:
    """`places` maps low..high into itself, and no two indices to one: for a finite range, a permutation."""
    taken = free_names(places) | free_names(sp.sympify(low)) | free_names(sp.sympify(high))
    i, j = (sp.Symbol(fresh(name, taken), integer=True) for name in "ij")
    inside = ForAll((i,), (le(low, i), le(i, high)), All(le(low, places[i]), le(places[i], high)))
    once = ForAll((i, j), (le(low, i), le(i, high), le(low, j), le(j, high), eq(places[i], places[j])), eq(i, j))
    return All(inside, once)


def permute(step: Step, checker: Checker) -> set[str]:
    """Sum over a..b of f(s[k]) = sum over a..b of f(k), when the facts say that s permutes a..b; `places` is s."""
    goal, scope = _equation(step), checker.scope(step)
    places = step.data["places"]
    if not (isinstance(places, sp.IndexedBase) and places[sp.Symbol("k", integer=True)].is_integer):
        raise Rejected("a permutation is a family of integers")
    body, variable, low, high = _sum(goal.right)
    if not scope.holds(permutation(places, low, high)):
        raise Rejected(f"{places} is not shown to permute {low}..{high}")
    require_defined(goal, scope)
    moved = sp.Sum(substitute(body, {variable.name: places[variable]}), (variable, low, high))
    require_zero(moved - goal.left, scope, checker, "permute")
    return {"sum rules"}


RULES: Mapping[str, Rule] = {"permute": permute}
