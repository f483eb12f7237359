"""Rule of continuity: a formula of elementary functions is continuous where it is defined.

The statement is written out: for all e > 0 there is d > 0 such that at all points that satisfy the conditions and lie within
d of the given one, coordinate by coordinate, the value lies within e of the value there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.logic import All, Exists, ForAll, Proposition, Relation, gt, lt
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.terms import canonical, free_names, substitute

CONTINUOUS = (sp.Symbol, sp.Number, sp.NumberSymbol, sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.Abs, sp.Max, sp.Min)


def within(variables: Sequence[sp.Symbol], places: Sequence[Any], distance: sp.Expr) -> tuple[Proposition, ...]:
    """Each variable lies less than `distance` from its place."""
    return tuple(r for y, a in zip(variables, places, strict=True) for r in (lt(y, a + distance), gt(y, a - distance)))


def statement(term: Any, variables: Sequence[sp.Symbol], places: Sequence[Any], conditions: Sequence[Proposition], e: sp.Symbol, d: sp.Symbol) -> Proposition:
    """What the rule says of `term`, a function of `variables`, at `places`."""
    there = substitute(term, {str(y): sp.sympify(a) for y, a in zip(variables, places, strict=True)})
    near = ForAll(variables, (*conditions, *within(variables, places, d)), All(lt(term, there + e), gt(term, there - e)))
    return ForAll((e,), (gt(e, 0),), Exists((d,), (gt(d, 0),), near))


def continuous(step: Step, checker: Checker) -> set[str]:
    """The statement above for the `term` in the data: elementary in the `variables`, defined under the `conditions`, which hold at the place."""
    data, scope = step.data, checker.scope(step)
    term, variables, places, conditions = sp.sympify(data["term"]), tuple(data["variables"]), tuple(data["places"]), tuple(data["conditions"])
    e, d = data["letters"]
    names = {str(y) for y in variables}
    known = frozenset[str]().union(*(free_names(f) for f in scope.facts), *(free_names(sp.sympify(a)) for a in places))
    if len(names) != len(variables) or not all(isinstance(y, sp.Symbol) and y.is_real and not y.is_integer for y in (*variables, e, d)) or str(e) == str(d):
        raise Rejected("the variables and letters are different real names")
    if names & known or {str(e), str(d)} & (known | free_names(term) | names | frozenset[str]().union(*map(free_names, conditions))):
        raise Rejected("a variable or letter is already in use")
    if not all(isinstance(g, Relation) for g in conditions):
        raise Rejected("the conditions are relations")
    for part in sp.preorder_traversal(term):
        if names & free_names(part) and not isinstance(part, CONTINUOUS):
            raise Rejected(f"{part} is not elementary")
    for place in places:
        if not scope.defined(sp.sympify(place)):
            raise Rejected(f"the place {place} is not shown to be defined")
    at_place = {str(y): sp.sympify(a) for y, a in zip(variables, places, strict=True)}
    for condition in conditions:
        if not scope.holds(substitute(condition, at_place)):
            raise Rejected(f"{condition} is not shown at the place")
    if not scope.extended(conditions).defined(term):
        raise Rejected(f"{term} is not shown to be defined under the conditions")
    if canonical(step.then) != canonical(statement(term, variables, places, conditions, e, d)):
        raise Rejected("the step says something else")
    return {"elementary functions are continuous"}


RULES: Mapping[str, Rule] = {"continuous": continuous}
