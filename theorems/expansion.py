"""Expansions of a term in u -> 0+: sum of c_k u^k + c log u + O(u^order), with coefficients that the facts are asked about.

A coefficient that comes first is shown to be 0, or shown not to be 0, before anything is made of it: no step holds for
generic parameters only.  Every function here is a composition of analytic ones, so that its expansion is that of its
germ, and a term that is expanded has a value for all small u > 0.  What is not understood raises `NoExpansion`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isinf
from typing import final

import sympy as sp

from theorems.logic import Relation
from theorems.normal import is_zero
from theorems.scope import Scope
from theorems.terms import free_names

ZERO, ONE = sp.Integer(0), sp.Integer(1)
ORDER = 6


class NoExpansion(ValueError):
    """The term is not understood near 0, or the facts do not tell which of its coefficients comes first."""


@final
@dataclass(frozen=True)
class Expansion:
    """`terms` by exponent, known below `order`; beside them `log` times log u."""

    terms: dict[int, sp.Expr]
    order: float = inf
    log: sp.Expr = ZERO

    @property
    def low(self) -> float:
        """No term, known or not, lies below this exponent."""
        return min((*self.terms, self.order))

    def __add__(self, other: Expansion) -> Expansion:
        order = min(self.order, other.order)
        places = {k for k in (*self.terms, *other.terms) if k < order}
        return Expansion({k: self.terms.get(k, ZERO) + other.terms.get(k, ZERO) for k in places}, order, self.log + other.log)

    def __mul__(self, other: Expansion) -> Expansion:
        for one, two in ((self, other), (other, self)):
            if one.log != 0:
                if set(two.terms) - {0} or not isinf(two.order) or two.log != 0:
                    raise NoExpansion("a logarithm is multiplied by something that is no constant")
                factor = two.terms.get(0, ZERO)
                return Expansion({k: c * factor for k, c in one.terms.items()}, one.order, one.log * factor)
        order = min(self.low + other.order, other.low + self.order)
        terms: dict[int, sp.Expr] = {}
        for i, a in self.terms.items():
            for k, b in other.terms.items():
                if i + k < order:
                    terms[i + k] = terms.get(i + k, ZERO) + a * b
        return Expansion(terms, order)


def constant(value: sp.Expr) -> Expansion:
    return Expansion({0: value})


def leading(found: Expansion, scope: Scope) -> tuple[int, sp.Expr, Expansion]:
    """Exponent and coefficient of the first term, which is shown not to be 0, and the expansion without those shown to be 0."""
    if found.log != 0:
        raise NoExpansion("a logarithm is not inverted")
    terms = {k: c for k, c in found.terms.items() if not is_zero(c, scope)}
    if not terms:
        raise NoExpansion("all known terms vanish")
    first = min(terms)
    if not scope.shows(Relation(terms[first], "!=", ZERO)):
        raise NoExpansion(f"{terms[first]} is not shown to be other than 0")
    return first, terms[first], Expansion(terms, found.order)


def composed(coefficients: list[sp.Expr], small: Expansion) -> Expansion:
    """sum of coefficient_k small^k for a germ with these Taylor coefficients; small has no terms below u."""
    if small.low < 1 or small.log != 0:
        raise NoExpansion("a germ is composed with what does not tend to 0")
    total, power = constant(coefficients[0]), constant(ONE)
    for coefficient in coefficients[1:]:
        power = power * small
        total = total + constant(coefficient) * power
    return total + Expansion({}, small.low * len(coefficients) if small.terms or not isinf(small.order) else inf)


def reciprocal(found: Expansion, scope: Scope) -> Expansion:
    first, head, rest = leading(found, scope)
    small = rest * Expansion({-first: 1 / head}) + constant(-ONE)
    small = Expansion({k: c for k, c in small.terms.items() if k > 0}, small.order)
    return composed([sp.Integer((-1) ** k) for k in range(ORDER)], small) * Expansion({-first: 1 / head})


def exponential(found: Expansion, scope: Scope) -> Expansion:
    if found.log != 0:
        if not found.log.is_Integer:
            raise NoExpansion("u to a power that is no integer")
        return exponential(Expansion(found.terms, found.order), scope) * Expansion({int(found.log): ONE})
    terms = {k: c for k, c in found.terms.items() if k > 0 or not is_zero(c, scope)}
    if min((*terms, found.order)) < 0:
        _, head, _ = leading(Expansion(terms, found.order), scope)
        if not scope.shows(Relation(head, "<", ZERO)):
            raise NoExpansion("an exponential of what is not shown to tend to -oo")
        return Expansion({}, ORDER)  # smaller than every power
    if found.order < 1:
        raise NoExpansion("the exponent is not known well enough")
    small = Expansion({k: c for k, c in terms.items() if k > 0}, found.order)
    return constant(sp.exp(terms.get(0, ZERO))) * composed([1 / sp.factorial(k) for k in range(ORDER)], small)


def logarithm(found: Expansion, scope: Scope) -> Expansion:
    first, head, rest = leading(found, scope)
    if not scope.shows(Relation(head, ">", ZERO)):
        raise NoExpansion(f"{head} > 0 is not shown")
    small = rest * Expansion({-first: 1 / head}) + constant(-ONE)
    small = Expansion({k: c for k, c in small.terms.items() if k > 0}, small.order)
    series = composed([ZERO, *(sp.Rational((-1) ** (k + 1), k) for k in range(1, ORDER))], small)
    return series + Expansion({0: sp.log(head)}, log=sp.Integer(first))


def expansion(term: sp.Expr, variable: sp.Symbol, scope: Scope) -> Expansion:
    """The expansion of `term` in `variable` -> 0+."""
    if variable.name not in free_names(term):
        if not scope.defined(term):
            raise NoExpansion(f"{term} is not shown to be defined")
        return constant(term)
    if term == variable:
        return Expansion({1: ONE})
    parts = [expansion(part, variable, scope) for part in term.args] if isinstance(term, (sp.Add, sp.Mul, sp.exp, sp.log)) else []
    if isinstance(term, (sp.Add, sp.Mul)):
        total = parts[0]
        for part in parts[1:]:
            total = total + part if isinstance(term, sp.Add) else total * part
        return total
    if isinstance(term, sp.exp):
        return exponential(parts[0], scope)
    if isinstance(term, sp.log):
        return logarithm(parts[0], scope)
    if isinstance(term, sp.Pow):
        base, exponent = expansion(term.base, variable, scope), expansion(term.exp, variable, scope)
        if not term.exp.is_Integer:
            return exponential(exponent * logarithm(base, scope), scope)
        if term.exp < 0:
            base = reciprocal(base, scope)
        total = constant(ONE)
        for _ in range(abs(int(term.exp))):
            total = total * base
        return total
    raise NoExpansion(f"{term} is not understood near a limit")


def limit_value(found: Expansion, scope: Scope) -> sp.Expr:
    """The limit of an expansion in u -> 0+, a number or oo or -oo."""
    terms = {k: c for k, c in found.terms.items() if not is_zero(c, scope)}
    head: sp.Expr
    if min((*terms, inf)) < 0:
        _, head, _ = leading(Expansion(terms, found.order), scope)  # a logarithm grows more slowly
    elif not is_zero(found.log, scope):
        head = -found.log
        if found.order < 0:
            raise NoExpansion("the terms beside the logarithm are not known to be bounded")
    else:
        if found.order < 1:
            raise NoExpansion("the expansion is not known well enough")
        return terms.get(0, ZERO)
    if scope.shows(Relation(head, ">", ZERO)):
        return sp.oo
    if scope.shows(Relation(head, "<", ZERO)):
        return -sp.oo
    raise NoExpansion(f"the sign of {head} is not shown")
