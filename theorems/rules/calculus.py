"""Rules of calculus: derivatives, monotonicity from the sign of a derivative, integrals."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy.core.function import AppliedUndef

from theorems.logic import ForAll, Named, Relation
from theorems.proof import Checker, Rejected, Rule, Step
from theorems.rules.algebra import relation, require_defined, require_zero
from theorems.rules.sums import same_relation
from theorems.scope import ROUGH, Scope
from theorems.terms import free_names, fresh, is_random, renamed, substitute

ZERO = sp.Integer(0)


def differentiate(step: Step, checker: Checker) -> set[str]:
    """`Derivative(f, x) = g`, recomputed; f and g must be defined and f built from differentiable functions."""
    goal, scope = relation(step.then), checker.scope(step)
    if goal.op != "=" or not isinstance(goal.left, sp.Derivative):
        raise Rejected("differentiate shows Derivative(f, x) = g")
    function = goal.left.expr
    for variable in goal.left.variables:
        require_smooth(function, variable, scope)
    require_defined(function, scope)
    require_defined(goal.right, scope)
    require_zero(sp.diff(function, *goal.left.variable_count) - goal.right, scope, checker, "differentiate")
    return {"sympy.diff", "sympy.expand", "zero test"}


def require_smooth(term: sp.Expr, variable: sp.Symbol, scope: Scope) -> None:
    """Reject integer and random variables, kinks, and unknown functions of `variable` that no fact calls smooth."""
    if not isinstance(variable, sp.Symbol) or variable.is_integer or is_random(variable):
        raise Rejected(f"{variable} is not a real variable")
    smooth = _smooth(scope)
    for part in sp.preorder_traversal(term):
        if isinstance(part, ROUGH) and variable.name in free_names(part):
            raise Rejected(f"{part} has kinks")
        if isinstance(part, AppliedUndef) and variable.name in free_names(part) and type(part).__name__ not in smooth:
            raise Rejected(f"no fact says that {part} is smooth")


def _smooth(scope: Scope) -> set[str]:
    """The names of the functions that some fact calls smooth."""
    return {type(t).__name__ for f in scope.flat if isinstance(f, Named) and f.name == "smooth" for t in f.terms if _everywhere(t)}


def _everywhere(call: sp.Basic) -> bool:
    """A function at different names: `smooth(f(x))` is said of f, `smooth(f(x**2))` of something else."""
    return isinstance(call, AppliedUndef) and all(isinstance(a, sp.Symbol) for a in call.args) and len(set(call.args)) == len(call.args)


def smooth(step: Step, checker: Checker) -> set[str]:
    """`smooth(f(m + 1, x), ...)` of smooth functions, each at different real names, and at integers: families of smooth functions."""
    goal, scope = step.then, checker.scope(step)
    if not isinstance(goal, Named) or goal.name != "smooth" or not goal.terms:
        raise Rejected("smooth shows 'smooth(f(x), ...)'")
    for call in goal.terms:
        names = [a for a in call.args if not a.is_integer] if isinstance(call, AppliedUndef) else [None]
        if not all(isinstance(a, sp.Symbol) and not is_random(a) for a in names) or len(set(names)) < len(names):
            raise Rejected(f"{call} is no function at different real names and at integers")
        if shared := {str(a) for a in names} & {name for a in call.args if a.is_integer for name in free_names(a)}:
            raise Rejected(f"{sorted(shared)[0]} occurs twice in {call}")
        if type(call).__name__ not in _smooth(scope):
            raise Rejected(f"no fact says that {call} is smooth")
    return {"logic"}


def monotone(step: Step, checker: Checker) -> set[str]:
    """f(s) <= f(t) for s <= t when the first fact says Derivative(f, x) >= 0 for s < x < t (or the reverse)."""
    goal, scope = relation(step.then), checker.scope(step)
    fact = checker.named(step.by[0], step)
    if not isinstance(fact, ForAll) or len(fact.variables) != 1 or not isinstance(fact.then, Relation):
        raise Rejected("monotone stands on 'for all x: Derivative(f, x) >= 0'")
    slope, low, high = fact.then, sp.sympify(step.data["low"]), sp.sympify(step.data["high"])
    if not isinstance(slope.left, sp.Derivative) or slope.right != 0 or slope.op not in ("<=", "<", ">=", ">"):
        raise Rejected("monotone stands on the sign of a first derivative")
    variable = fact.variables[0]
    if slope.left.variables != (variable,):
        raise Rejected("the derivative must be the first one in the quantified variable")
    strict = slope.op in ("<", ">")
    if not scope.holds(Relation(low, "<" if strict else "<=", high)):
        raise Rejected(f"{low} {'<' if strict else '<='} {high} is not shown")
    _covers(fact, variable, low, high, scope)
    function = slope.left.expr
    ends = Relation(_at(function, variable, low), slope.op.replace(">", "?").replace("<", ">").replace("?", "<"), _at(function, variable, high))
    same_relation(goal, ends, scope)
    return {"mean value theorem"}


def _at(function: sp.Expr, variable: sp.Symbol, value: sp.Expr) -> sp.Expr:
    return substitute(function, {variable.name: value})  # type: ignore[no-any-return]


def _covers(fact: ForAll, variable: sp.Symbol, low: sp.Expr, high: sp.Expr, scope: Scope) -> None:
    """The fact applies strictly between the ends, and the function is defined and smooth up to them."""
    taken = frozenset[str]().union(*(free_names(f) for f in scope.facts), free_names(low), free_names(high))
    new = renamed(variable, fresh(str(variable), taken))
    swap = {variable.name: new}
    open_scope = scope.extended((Relation(low, "<", new), Relation(new, "<", high)))
    for condition in fact.given:
        if not open_scope.holds(substitute(condition, swap)):
            raise Rejected(f"{condition} is not shown between {low} and {high}")
    closed_scope = scope.extended((Relation(low, "<=", new), Relation(new, "<=", high)))
    function = substitute(fact.then.left.expr, swap)  # type: ignore[attr-defined]
    require_smooth(function, new, scope)
    require_defined(function, closed_scope.extended(closed_scope.instances(new)))


def integrate(step: Step, checker: Checker) -> set[str]:
    """`Integral(f, (x, a, b)) = F(b) - F(a)` for the antiderivative F in the data, checked by differentiating."""
    goal, scope = relation(step.then), checker.scope(step)
    if goal.op != "=" or not isinstance(goal.left, sp.Integral) or len(goal.left.limits) != 1:
        raise Rejected("integrate shows Integral(f, (x, a, b)) = value")
    (variable, low, high), = goal.left.limits
    if not scope.holds(Relation(low, "<=", high)):
        raise Rejected(f"{low} <= {high} is not shown")
    if str(variable) in scope.names | free_names(low) | free_names(high):
        raise Rejected(f"the variable {variable} of the integral is also a free name here")
    primitive = step.data["antiderivative"]
    within = scope.extended((Relation(low, "<=", variable), Relation(variable, "<=", high)))
    require_smooth(primitive, variable, within)
    require_defined(primitive, within)
    require_defined(goal.left.function, within)
    require_defined(goal.right, scope)
    require_zero(sp.diff(primitive, variable) - goal.left.function, within, checker, "antiderivative")
    value = _at(primitive, variable, high) - _at(primitive, variable, low)
    require_zero(value - goal.right, scope, checker, "integral")
    return {"sympy.diff", "fundamental theorem of calculus", "zero test"}


RULES: Mapping[str, Rule] = {"differentiate": differentiate, "smooth": smooth, "monotone": monotone, "integrate": integrate}
