"""Rule of the modulus: |x| = x sign(x) and -1 <= sign(x) <= 1 for every real x."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theorems.logic import All, eq, le
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import require_defined
from theorems.terms import canonical


def modulus(step: Step, checker: Checker) -> set[str]:
    """`|x| = x sign(x) and -1 <= sign(x) and sign(x) <= 1`; the term x is in the data as `of`."""
    term = sp.sympify(step.data["of"])
    require_defined(term, checker.scope(step))
    if canonical(step.then) != canonical(statement(term)):
        raise Rejected(f"the modulus of {term} is described otherwise")
    return {"modulus"}


def statement(term: sp.Expr) -> All:
    """What the rule says of `term`."""
    return All(eq(sp.Abs(term), term * sp.sign(term)), le(-1, sp.sign(term)), le(sp.sign(term), 1))


RULES: Mapping[str, Rule] = {"modulus": modulus}
