"""Statements about explicit objects: finite sums written out, quantifiers over finite ranges enumerated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.logic import All, Any_, ForAll, Named, Proposition, Relation
from theorems.terms import E, free_names, peel, substitute

LONGEST = 10_000
Law = Sequence[tuple[Any, Mapping[str, Any]]]


def grounded(proposition: Proposition, values: Mapping[str, Any], law: Law = ()) -> Iterator[Proposition]:
    """The parts of `proposition` at explicit `values`; a family may be given as a tuple (first entry: index 1).

    `law` lists the outcomes of the random names, (weight, values); expectations are written out over it.
    """
    if isinstance(proposition, All):
        for part in proposition.args:
            yield from grounded(part, values, law)
    elif isinstance(proposition, Any_):
        yield Any_(*(p if len(parts) == 1 else All(*parts) for parts in (list(grounded(a, values, law)) for a in proposition.args) for p in parts[:1]))
    elif isinstance(proposition, ForAll) and (span := _range(proposition, values)) is not None:
        variable = proposition.variables[0]
        for index in span:
            inner = substitute(proposition.then, {str(variable): sp.Integer(index)})
            yield from grounded(inner, values, law)
    elif isinstance(proposition, Named) and proposition.name == "surely" and law:
        for _, outcome in law:
            for part in proposition.terms:
                yield from grounded(part, {**values, **outcome}, law)
    else:
        yield ground_term(proposition, values, law)


def _range(proposition: ForAll, values: Mapping[str, Any]) -> range | None:
    """The integers that `a <= k, k <= b` allow, when that is all the condition says."""
    if len(proposition.variables) != 1 or len(proposition.given) != 2:
        return None
    variable, ends = proposition.variables[0], {}
    for condition in proposition.given:
        if not isinstance(condition, Relation):
            return None
        fact = condition.flipped() if condition.op == ">=" else condition
        if fact.op != "<=" or variable not in (fact.left, fact.right):
            return None
        side = "low" if fact.right == variable else "high"
        ends[side] = ground_term(fact.left if side == "low" else fact.right, values)
    if not variable.is_integer or set(ends) != {"low", "high"} or not all(e.is_Integer for e in ends.values()):
        return None
    span = range(int(ends["low"]), int(ends["high"]) + 1)
    return span if len(span) <= LONGEST else None


def ground_term(node: Any, values: Mapping[str, Any], law: Law = ()) -> Any:
    """`node` with explicit values put in, finite sums over integer ranges and expectations over `law` written out."""
    plain = {name: value for name, value in values.items() if not isinstance(value, (tuple, list, sp.Tuple))}
    families = {name: value for name, value in values.items() if name not in plain}
    return _expand(substitute(node, plain), families, law)


def _expand(node: Any, families: Mapping[str, Any], law: Law) -> Any:
    if isinstance(node, E) and law:
        return sp.Add(*(weight * ground_term(node.args[0], {**families, **outcome}, law) for weight, outcome in law))
    if isinstance(node, sp.Sum):
        summand, variable, (low, high) = peel(node)
        low, high = _expand(low, families, law), _expand(high, families, law)
        if low.is_Integer and high.is_Integer and high - low <= LONGEST:
            terms = (substitute(summand, {str(variable): sp.Integer(k)}) for k in range(int(low), int(high) + 1))
            return sp.Add(*(_expand(t, families, law) for t in terms))
    if isinstance(node, sp.Indexed) and str(node.base.label) in families:
        place = _expand(node.indices[0], families, law)
        vector = families[str(node.base.label)]
        if place.is_Integer and 1 <= place <= len(vector):
            return sp.sympify(vector[int(place) - 1])
        return node
    if not isinstance(node, sp.Basic) or not node.args or not (free_names(node) or node.has(sp.Sum)):
        return node
    if isinstance(node, sp.Sum):
        return node
    return node.func(*(_expand(a, families, law) for a in node.args))
