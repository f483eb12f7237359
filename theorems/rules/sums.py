"""Rules of finite sums over a symbolic range, and of expectations; linearity is part of the normal form."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theorems.logic import ForAll, Named, Relation
from theorems.normal import is_zero
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import relation, require_defined, require_zero
from theorems.scope import Scope
from theorems.terms import E, applied, canonical, free_names, is_random, loose_random, peel, substitute

ZERO = sp.Integer(0)


def _sum(term: sp.Basic) -> tuple[sp.Expr, sp.Symbol, sp.Expr, sp.Expr]:
    if not isinstance(term, sp.Sum):
        raise Rejected(f"{term} is not a sum")
    body, variable, (low, high) = peel(term)
    if not (variable.is_integer and sp.sympify(low).is_integer and sp.sympify(high).is_integer):
        raise Rejected(f"{variable} and its range must be integers")
    return body, variable, low, high


def _apart(variable: sp.Symbol, *terms: object) -> None:
    """The bound `variable` of a sum is no free name of what is put beside or into it."""
    for term in terms:
        if str(variable) in free_names(term):
            raise Rejected(f"the index {variable} is also a free name of {term}")


def _equation(step: Step) -> Relation:
    goal = relation(step.then)
    if goal.op != "=":
        raise Rejected("this rule shows equations")
    return goal


def _require(scope: Scope, *goals: Relation) -> None:
    for goal in goals:
        if not scope.holds(goal):
            raise Rejected(f"{goal} is not shown")


def split(step: Step, checker: Checker) -> set[str]:
    """Sum over a..c = sum over a..b + sum over b+1..c, for a - 1 <= b <= c; `at` is b."""
    goal, scope = _equation(step), checker.scope(step)
    body, variable, low, high = _sum(goal.left)
    cut = sp.sympify(step.data["at"])
    if not cut.is_integer:
        raise Rejected(f"{cut} must be an integer")
    _require(scope, Relation(low - 1, "<=", cut), Relation(cut, "<=", high))
    require_defined(goal, scope)
    parts = sp.Sum(body, (variable, low, cut)) + sp.Sum(body, (variable, cut + 1, high))
    require_zero(parts - goal.right, scope, checker, "split")
    return {"sum rules"}


def telescope(step: Step, checker: Checker) -> set[str]:
    """Sum over a..b of F(k+1) - F(k) = F(b+1) - F(a), for a <= b + 1; `of` is the Lambda F."""
    goal, scope = _equation(step), checker.scope(step)
    _, _, low, high = _sum(goal.left)
    _require(scope, Relation(low, "<=", high + 1))
    function = step.data["of"]
    require_defined(goal, scope)
    variable, body, within = scope.inside(goal.left)  # type: ignore[arg-type]
    _apart(variable, function)
    ahead, here, last, first = (applied(function, (place,)) for place in (variable + 1, variable, high + 1, low))
    for value in (ahead, here):
        require_defined(value, within)
    for value in (last, first):
        require_defined(value, scope)
    require_zero(ahead - here - body, within, checker, "telescope")
    require_zero(last - first - goal.right, scope, checker, "telescope")
    return {"sum rules"}


def reindex(step: Step, checker: Checker) -> set[str]:
    """Sum over a..b of f(k) = sum over a-c..b-c of f(k+c); `shift` is c."""
    goal, scope = _equation(step), checker.scope(step)
    body, variable, low, high = _sum(goal.left)
    shift = sp.sympify(step.data["shift"])
    if not shift.is_integer:
        raise Rejected("the shift must be an integer")
    _apart(variable, shift)
    require_defined(goal, scope)
    moved = sp.Sum(substitute(body, {variable.name: variable + shift}), (variable, low - shift, high - shift))
    require_zero(moved - goal.right, scope, checker, "reindex")
    return {"sum rules"}


def count(step: Step, checker: Checker) -> set[str]:
    """Sum over a..b of a term c without the index = (b - a + 1) c, for a <= b + 1."""
    goal, scope = _equation(step), checker.scope(step)
    body, variable, low, high = _sum(goal.left)
    _require(scope, Relation(low, "<=", high + 1))
    if variable in body.free_symbols:
        raise Rejected("the summand depends on the index")
    require_defined(goal, scope)
    require_defined(body, scope)  # over an empty range the sum has a value where its term has none
    require_zero((high - low + 1) * body - goal.right, scope, checker, "count")
    return {"sum rules"}


def single(step: Step, checker: Checker) -> set[str]:
    """A sum over a..a is its term at a; a sum over a..a-1 is 0."""
    goal, scope = _equation(step), checker.scope(step)
    body, variable, low, high = _sum(goal.left)
    length = sp.expand(high - low + 1)
    if length not in (0, 1):
        raise Rejected("the range is not shown to have one element or none")
    require_defined(goal, scope)
    value = substitute(body, {variable.name: low}) if length == 1 else ZERO
    require_zero(value - goal.right, scope, checker, "single")
    return {"sum rules"}


def exchange(step: Step, checker: Checker) -> set[str]:
    """Two sums over independent ranges, exchanged."""
    goal, scope = _equation(step), checker.scope(step)
    outer_body, i, low, high = _sum(goal.left)
    body, j, low2, high2 = _sum(outer_body)
    if {i} & (low2.free_symbols | high2.free_symbols):
        raise Rejected("the inner range depends on the outer index")
    _apart(j, low, high)
    require_defined(goal, scope)
    swapped = sp.Sum(sp.Sum(body, (i, low, high)), (j, low2, high2))
    require_zero(swapped - goal.right, scope, checker, "exchange")
    return {"sum rules"}


def termwise(step: Step, checker: Checker) -> set[str]:
    """Sum f <= sum g when the first fact says f <= g for every index of the range (strict: some index exists)."""
    goal, scope = relation(step.then), checker.scope(step)
    fact = checker.named(step.by[0], step)
    if not isinstance(fact, ForAll) or len(fact.variables) != 1 or not isinstance(fact.then, Relation):
        raise Rejected("termwise stands on 'for all k: f <= g'")
    low, high = (sp.sympify(end) for end in step.data["range"])
    variable = fact.variables[0]
    if not (variable.is_integer and low.is_integer and high.is_integer):
        raise Rejected("the index and its range must be integers")
    _apart(variable, low, high)
    within = scope.extended((Relation(low, "<=", variable), Relation(variable, "<=", high)))
    if str(variable) in {str(s) for f in scope.facts for s in f.free_symbols}:
        raise Rejected(f"the index {variable} is also a free name here")
    for condition in fact.given:
        if not within.holds(condition):
            raise Rejected(f"{condition} is not shown on the range")
    op = fact.then.op
    if op == "!=":
        raise Rejected("termwise does not speak of !=")
    if op in ("<", ">") and not scope.holds(Relation(low, "<=", high)):
        op += "="
    total = Relation(sp.Sum(fact.then.left, (variable, low, high)), op, sp.Sum(fact.then.right, (variable, low, high)))
    same_relation(goal, total, scope)
    return {"sum rules"}


def same_relation(goal: Relation, found: Relation, scope: Scope) -> None:
    """`goal` says what `found` says, or less; a side of it that is written otherwise must be shown to be defined."""
    first, second = canonical(goal), canonical(found)
    if not (first.op == second.op or (first.op == "<=" and second.op in ("<", "="))):
        raise Rejected(f"the facts give {found}, not {goal}")
    for wanted, given in ((first.left, second.left), (first.right, second.right)):
        if wanted == given:
            continue
        if not is_zero(wanted - given, scope):
            raise Rejected(f"the facts give {found}, not {goal}")
        require_defined(wanted, scope)


def member(step: Step, checker: Checker) -> set[str]:
    """f(j) <= sum f over a range that contains j, when the first fact says f >= 0 on it."""
    goal, scope = relation(step.then), checker.scope(step)
    total = goal.right if goal.op == "<=" else goal.left
    body, variable, low, high = _sum(total)
    place = sp.sympify(step.data["at"])
    if not place.is_integer:
        raise Rejected(f"{place} must be an integer")
    _require(scope, Relation(low, "<=", place), Relation(place, "<=", high))
    new, inner, within = scope.inside(total)  # type: ignore[arg-type]
    _require(within, Relation(inner, ">=", ZERO))
    same_relation(goal, Relation(substitute(body, {variable.name: place}), "<=", total), scope)
    return {"sum rules"}


def expect(step: Step, checker: Checker) -> set[str]:
    """E f <= E g when the first fact says f <= g for all values that the random variables surely take."""
    goal, scope = relation(step.then), checker.scope(step)
    fact = checker.named(step.by[0], step)
    if not isinstance(fact, ForAll) or not isinstance(fact.then, Relation):
        raise Rejected("expect stands on 'for all values: f <= g'")
    if not all(is_random(v) for v in fact.variables):
        raise Rejected("the quantified variables must be random ones")
    sure = {canonical(t) for f in scope.flat if isinstance(f, Named) and f.name == "surely" for t in f.terms}
    for condition in fact.given:
        if canonical(condition) not in sure:
            raise Rejected(f"no fact says that {condition} holds surely")
    if fact.then.op == "!=":
        raise Rejected("expect does not speak of !=")
    if loose := loose_random(fact):
        raise Rejected(f"the fact speaks of one outcome of {sorted(loose)[0]}, which the expectations average over")
    same_relation(goal, Relation(E(fact.then.left), fact.then.op, E(fact.then.right)), scope)
    require_defined(fact.then, scope.extended([c for c in fact.given if isinstance(c, Relation)]))
    return {"expectation is monotone"}


RULES: Mapping[str, Rule] = {
    "split": split, "telescope": telescope, "reindex": reindex, "count": count, "single": single,
    "exchange": exchange, "termwise": termwise, "member": member, "expect": expect,
}
