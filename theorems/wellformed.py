"""The checks an operator passes at birth: known symbols, known functions, real and positive weight on probes."""

from __future__ import annotations

import sympy as sp

from theorems import operator as forms
from theorems.compile import compile_expressions
from theorems.errors import InvalidOperator


def check_operator(operator: forms.Operator) -> None:
    """Raise `InvalidOperator`, naming the fault, unless the operator's formula can mean a family of maps."""
    if not operator.name:
        raise InvalidOperator("an operator needs a name")
    for form in (operator.form, *operator.also):
        _check_form(form)
    numbers = sorted(sizes(operator.form))
    if len(numbers) > 1:
        raise InvalidOperator(f"{operator.name} joins formulas for {numbers[0]} and for {numbers[1]} classes, so it has no laws; use one number")


def sizes(form: forms.Form) -> set[int]:
    """The numbers of classes that the vectors within a form are written for."""
    match form:
        case forms.Vector(components):
            return {len(components)}
        case forms.Blend(one, two, _) | forms.Composed(one, two):
            return sizes(one.form) | sizes(two.form)
        case forms.Reparametrised(one, _):
            return sizes(one.form)
    return set()


def _check_form(form: forms.Form) -> None:
    match form:
        case forms.Separable(weight):
            _check_symbols(weight, (forms.p, forms.T, forms.V))
        case forms.Generator(phi):
            _check_symbols(phi, (forms.p,))
        case forms.Blend(_, _, coefficient):
            _check_symbols(coefficient, (forms.T,))
        case forms.Reparametrised(_, h):
            _check_symbols(h, (forms.T,))
        case forms.Vector(components):
            if len(components) < 2:
                raise InvalidOperator("a vector operator needs at least 2 components")
            symbols = (*vector_symbols(len(components)), forms.T)
            for component in components:
                _check_symbols(component, symbols)
        case forms.BlackBox(function):
            if not callable(function):
                raise InvalidOperator("a black box must be callable as f(p, T)")


def vector_symbols(size: int) -> tuple[sp.Symbol, ...]:
    """The symbols p1, ..., p_size of a vector operator."""
    return tuple(sp.Symbol(f"p{k}", real=True) for k in range(1, size + 1))


def _check_symbols(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> None:
    unknown = expression.free_symbols - set(symbols)
    if unknown:
        allowed = ", ".join(map(str, symbols))
        raise InvalidOperator(f"unknown symbol {sorted(map(str, unknown))[0]} in {expression}; use {allowed}")
    if expression.has(sp.I, sp.nan, sp.zoo, sp.oo, -sp.oo):
        raise InvalidOperator(f"{expression} is not a finite real formula")
    compile_expressions([expression], symbols)
