"""The formulas of the shipped operators as JavaScript, printed by SymPy from the very expressions that are proved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sympy as sp

from theorems.operator import Blend, Composed, Generator, Operator, Reparametrised, Separable, Vector

ARGUMENTS = "(p, T, V)"


def function(expression: Any, arguments: str = ARGUMENTS) -> str:
    """An arrow function with the value of the expression."""
    code = sp.jscode(expression, user_functions={})
    if "Not supported" in code:
        raise ValueError(f"no JavaScript for {expression}")
    return f"{arguments} => {' '.join(code.split())}"


def compiled(operator: Operator) -> str | None:
    """A JavaScript object literal, or None for an operator that is a Python callable or has not three classes."""
    form = operator.form
    match form:
        case Separable(weight):
            return f'{{kind: "separable", weight: {function(weight)}}}'
        case Generator(phi):
            return f'{{kind: "generator", phi: {function(phi)}}}'
        case Blend(first, second, coefficient):
            one, other = compiled(first), compiled(second)
            return f'{{kind: "blend", first: {one}, second: {other}, coefficient: {function(coefficient)}}}' if one and other else None
        case Reparametrised(inner, h):
            part = compiled(inner)
            return f'{{kind: "reparametrised", operator: {part}, h: {function(h)}}}' if part else None
        case Composed(outer, inner):
            one, other = compiled(outer), compiled(inner)
            return f'{{kind: "composed", outer: {one}, inner: {other}}}' if one and other else None
        case Vector(components) if len(components) == 3:
            parts = ", ".join(function(c, "(p1, p2, p3, T)") for c in components)
            return f'{{kind: "vector", components: [{parts}]}}'
    return None


def script(operators: Mapping[str, Operator], reports: Mapping[str, Mapping[str, Any]]) -> str:
    """The data file of the bench: for each operator its formula as code and as text, its domain and its verdicts."""
    entries = []
    for name, operator in operators.items():
        code = compiled(operator)
        verdicts = {label: [f["verdict"], f["scope"], f["method"]] for label, f in reports[name]["verdicts"].items()} if name in reports else {}
        low, high = operator.domain.pair()
        facts = {"text": f"{operator.form_name} {operator.expression()}", "low": float(sp.Rational(low)),
                 "high": None if high == "inf" else float(sp.Rational(high)), "domain": f"{low}:{high}",
                 "legal": reports[name]["legal"] if name in reports else "", "verdicts": verdicts}
        entries.append(f"{json.dumps(name)}: {{code: {code or 'null'}, ...{json.dumps(facts)}}}")
    return "window.OPERATORS = {\n" + ",\n".join(entries) + "\n};\n"
