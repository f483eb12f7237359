"""When values are put for names: does each value exist, as a real number, wherever the statement asks for it?

SymPy simplifies on sight (`z (1/z)` becomes 1), so a value that does not exist would leave no trace in the
result.  This is therefore decided before the values are put in, under the conditions in front of each occurrence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from theorems.logic import Exists, ForAll, Named, Relation
from theorems.scope import Scope
from theorems.terms import E, applied, free_names, peel, renamed_apart, substitute

Values = Mapping[str, Any]


def undefined(node: Any, values: Values, scope: Scope) -> Any | None:
    """A value that `node` asks for and that is not shown to be defined there; None when there is none."""
    values = {name: value for name, value in values.items() if name in free_names(node)}
    if not values or not isinstance(node, sp.Basic):
        return None
    if isinstance(node, sp.Symbol):
        return None if scope.defined(sp.sympify(values[node.name])) else values[node.name]
    if isinstance(node, (ForAll, Exists)):
        return _under_conditions(node, values, scope)
    if isinstance(node, ExprWithLimits):
        return _under_range(node, values, scope)
    if isinstance(node, E) or (isinstance(node, Named) and node.name == "surely"):
        return _first(node.args, values, scope.surely)
    if isinstance(node, sp.IndexedBase):
        return None  # a whole family: its entries are looked at where they are asked for
    if isinstance(node, (sp.Indexed, AppliedUndef)):
        return _first(_inputs(node), values, scope) or _image(node, values, scope)
    return _first(node.args, values, scope)


def _first(nodes: Any, values: Values, scope: Scope) -> Any | None:
    return next((found for node in nodes if (found := undefined(node, values, scope)) is not None), None)


def _inputs(node: Any) -> tuple[Any, ...]:
    return tuple(node.indices) if isinstance(node, sp.Indexed) else tuple(node.args)


def _image(node: Any, values: Values, scope: Scope) -> Any | None:
    """The value of a family or function at its inputs, where it is given by a rule."""
    name = str(node.base.label) if isinstance(node, sp.Indexed) else type(node).__name__
    rule = values.get(name)
    if not isinstance(rule, sp.Lambda):
        return None
    image = applied(rule, tuple(substitute(a, values) for a in _inputs(node)))
    return None if scope.defined(image) else image


def _under_conditions(node: Any, values: Values, scope: Scope) -> Any | None:
    node = renamed_apart(node, scope.names | _incoming(values))
    for condition in node.given:
        if (found := undefined(condition, values, scope)) is not None:
            return found
        scope = _with(scope, substitute(condition, values))
    return undefined(node.then, values, scope)


def _under_range(node: Any, values: Values, scope: Scope) -> Any | None:
    node = renamed_apart(node, scope.names | _incoming(values))
    body, variable, ends = peel(node)
    if (found := _first(ends, values, scope)) is not None:
        return found
    low, high = (substitute(end, values) for end in ends)
    return undefined(body, values, _with(_with(scope, Relation(low, "<=", variable)), Relation(variable, "<=", high)))


def _with(scope: Scope, condition: Any) -> Scope:
    """The scope with one more fact, and with the families of facts at the names that it bounds."""
    scope = scope.extended((condition,))
    for symbol in sorted(condition.free_symbols, key=str):
        if isinstance(symbol, sp.Symbol):
            scope = scope.extended(scope.instances(symbol))
    return scope


def _incoming(values: Values) -> frozenset[str]:
    return frozenset[str]().union(*(free_names(value) for value in values.values()))
