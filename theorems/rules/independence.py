"""Rule of independence: functions of independent groups of random names are independent."""

from __future__ import annotations

from collections.abc import Mapping

from theorems.logic import Named
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.terms import random_names


def independence(step: Step, checker: Checker) -> set[str]:
    """`independent(a, b)` when all random names of a lie in one group and those of b in the other, or one has none."""
    goal, scope = step.then, checker.scope(step)
    if not isinstance(goal, Named) or goal.name != "independent" or len(goal.terms) != 2:
        raise Rejected("independence shows 'independent(a, b)'")
    first, second = map(random_names, goal.terms)
    pairs = [pair for one, other in scope.independent for pair in ((one, other), (other, one))]
    if first and second and not any(first <= one and second <= other for one, other in pairs):
        raise Rejected(f"no fact makes {goal.terms[0]} and {goal.terms[1]} independent")
    return {"independence"}


RULES: Mapping[str, Rule] = {"independence": independence}
