"""Rules of algebra: rewriting, linear combination of facts, signs, numbers by balls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from theorems.logic import All, Any_, Exists, ForAll, Proposition, Relation
from theorems.normal import is_zero
from theorems.proof import At, Checker, Rejected, Rule, Step
from theorems.scope import Scope
from theorems.terms import canonical, renamed_apart, replaced

ZERO = sp.Integer(0)
ZERO_TEST = {"sympy.expand", "zero test"}


def require_zero(term: sp.Expr, scope: Scope, checker: Checker, what: str) -> None:
    """Reject unless `term` is 0 under the facts, symbolically and by balls."""
    if not is_zero(term, scope):
        raise Rejected(f"{what}: {term} is not shown to be 0")
    checker.probe(term, scope)


def require_defined(term: sp.Basic, scope: Scope) -> None:
    if not scope.defined(term):
        raise Rejected(f"{term} is not shown to be defined (a division, logarithm or root without a sign)")


def relation(proposition: Proposition) -> Relation:
    if not isinstance(proposition, Relation):
        raise Rejected(f"{proposition} is not a relation between terms")
    return proposition


def upward(fact: Relation) -> Relation:
    """The relation written with = != <= or <."""
    return fact.flipped() if fact.op in (">", ">=") else fact


def replace_terms(node: Any, equations: list[Relation]) -> Any:
    """Every occurrence of a left side replaced by its right side, bound names aside."""
    for equation in equations:
        node = replaced(canonical(node), canonical(equation.left), equation.right)
    return node


def rewrite(step: Step, checker: Checker) -> set[str]:
    """`left = right`, equal under the facts; `using` names equations that are put in first."""
    goal, scope = relation(step.then), checker.scope(step)
    if goal.op != "=":
        raise Rejected("rewrite shows equations; use combine for inequalities")
    equations = [relation(checker.named(name, step)) for name in step.data.get("using", ())]
    if any(e.op != "=" for e in equations):
        raise Rejected("'using' takes equations only")
    require_defined(goal, scope)
    difference = replace_terms(goal.left, equations) - replace_terms(goal.right, equations)
    if not equations:
        require_zero(difference, scope, checker, "rewrite")
    elif not is_zero(difference, scope):
        raise Rejected(f"rewrite: {difference} is not shown to be 0")
    return set(ZERO_TEST)


def combine(step: Step, checker: Checker) -> set[str]:
    """`right - left` is a sum of coefficient times (right - left) of facts; coefficients of inequalities are >= 0."""
    goal, scope = upward(relation(step.then)), checker.scope(step)
    require_defined(goal, scope)
    remainder, strict = goal.right - goal.left, False
    for source, coefficient in step.data.get("terms", ()):
        fact = upward(relation(checker.named(source, step)))
        require_defined(sp.sympify(coefficient), scope)
        strict |= _admit(goal, fact, sp.sympify(coefficient), scope)
        remainder -= coefficient * (fact.right - fact.left)
    require_zero(remainder, scope, checker, "combine")
    if goal.op == "<" and not strict:
        raise Rejected("a strict conclusion needs a strict fact with a positive coefficient")
    return set(ZERO_TEST)


def _admit(goal: Relation, fact: Relation, coefficient: sp.Expr, scope: Scope) -> bool:
    """Whether the term makes the conclusion strict; reject a term that may not be used."""
    if goal.op == "!=" or fact.op == "!=":
        raise Rejected("combine does not speak of !=")
    if fact.op == "=":
        return False
    if goal.op == "=":
        raise Rejected("an equation does not follow from an inequality")
    if not scope.shows(Relation(coefficient, ">=", ZERO)):
        raise Rejected(f"the coefficient {coefficient} is not shown to be >= 0")
    return fact.op == "<" and scope.shows(Relation(coefficient, ">", ZERO))


def sign(step: Step, checker: Checker) -> set[str]:
    """A relation that the sign calculus derives from the facts."""
    goal, scope = relation(step.then), checker.scope(step)
    require_defined(goal, scope)
    if not scope.shows(goal):
        raise Rejected(f"the sign calculus does not derive {goal}")
    return {"sign calculus"}


def transfer(step: Step, checker: Checker) -> set[str]:
    """The first fact with equal terms put for equal terms by the equations that follow it."""
    if not step.by:
        raise Rejected("transfer needs a fact")
    fact, scope = checker.named(step.by[0], step), checker.scope(step)
    others = [checker.named(name, step) for name in step.by[1:]]
    equations = [e for e in others if isinstance(e, Relation) and e.op == "="]
    _same(replace_terms(fact, equations), replace_terms(step.then, equations), scope, checker)
    require_defined_inside(step.then, scope)
    return set(ZERO_TEST)


def require_defined_inside(node: Proposition, scope: Scope) -> None:
    """Every relation in `node` is defined, under the conditions in front of it."""
    if isinstance(node, Relation):
        require_defined(node, scope)
    elif isinstance(node, (All, Any_)):
        for part in node.args:
            require_defined_inside(part, scope)
    elif isinstance(node, (ForAll, Exists)):
        apart = renamed_apart(node, scope.names)
        require_defined_inside(apart.then, scope.extended(apart.given))


def _same(old: Any, new: Any, scope: Scope, checker: Checker) -> None:
    """Two propositions of one shape whose terms are equal under the facts."""
    if canonical(old) == canonical(new):
        return
    if isinstance(old, Relation) and isinstance(new, Relation):
        first, second = upward(old), upward(new)
        if first.op == second.op and is_zero(first.left - second.left, scope) and is_zero(first.right - second.right, scope):
            return
    if isinstance(old, (All, Any_)) and type(old) is type(new) and len(old.args) == len(new.args):
        for a, b in zip(old.args, new.args, strict=True):
            _same(a, b, scope, checker)
        return
    if isinstance(old, (ForAll, Exists)) and type(old) is type(new):
        first, second = canonical(old), canonical(new)
        if (first.variables, first.given) == (second.variables, second.given):
            _same(first.then, second.then, scope, checker)
            return
    raise Rejected(f"{old} does not turn into {new}")


def witness(step: Step, checker: Checker) -> set[str]:
    """A relation between numbers, decided by balls."""
    goal = relation(step.then)
    if checker.engines.closed(goal) is not True:
        raise Rejected(f"balls do not show {goal}")
    return {"arb"}


RULES: Mapping[str, Rule] = {
    "rewrite": rewrite, "combine": combine, "sign": sign, "transfer": transfer, "witness": witness,
}
__all__ = ["RULES", "At"]
