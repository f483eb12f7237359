"""Rule of rounding up: x <= ceiling(x) < x + 1 for every real x; ceiling(x) is an integer by its kind."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theorems.logic import All, le, lt
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import require_defined
from theorems.terms import canonical


def rounding(step: Step, checker: Checker) -> set[str]:
    """`x <= ceiling(x) and ceiling(x) < x + 1`; the term x, shown to be a real number, is in the data as `of`."""
    term = sp.sympify(step.data["of"])
    require_defined(term, checker.scope(step))
    if canonical(step.then) != canonical(statement(term)):
        raise Rejected(f"the rounding of {term} is described otherwise")
    return {"rounding"}


def statement(term: sp.Expr) -> All:
    """What the rule says of `term`."""
    return All(le(term, sp.ceiling(term)), lt(sp.ceiling(term), term + 1))


RULES: Mapping[str, Rule] = {"rounding": rounding}
