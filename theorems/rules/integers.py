"""Rule of the integers: between n and n + 1 there is none."""

from __future__ import annotations

from collections.abc import Mapping

from theorems.logic import Relation
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import relation, upward


def discrete(step: Step, checker: Checker) -> set[str]:
    """`a <= b` for integers a, b when the facts give a - 1 < b."""
    goal, scope = upward(relation(step.then)), checker.scope(step)
    if goal.op != "<=" or not (goal.left.is_integer and goal.right.is_integer):
        raise Rejected("discrete shows a <= b for integers a and b")
    if not scope.holds(Relation(goal.left - 1, "<", goal.right)):
        raise Rejected(f"{goal.left - 1} < {goal.right} is not shown")
    return {"integers"}


RULES: Mapping[str, Rule] = {"discrete": discrete}
