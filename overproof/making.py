"""Operators from text, and their verdicts: what `from overproof import ...` offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from numerics.budget import interrupt_within
from theorems import candidate
from theorems.errors import InvalidOperator
from theorems.operator import BlackBox, Blend, Composed, Domain, Operator, Reparametrised, T, Vector
from theorems.parse import parse_domain, parse_expression
from theorems.report import Report
from theorems.wellformed import vector_symbols

#: Ends of a domain as text, e.g. ("0", "inf"), "1/2:8", or ready made.
DomainLike = Domain | str | tuple[str, str] | None

#: Seconds of processor time that SymPy may take to read a formula, and to take the limit that settles a generator's domain.
PARSE_SECONDS = 10.0
LIMIT_SECONDS = 3.0


def domain_of(domain: DomainLike) -> Domain | None:
    """The domain that the caller wrote in one of three ways; None stays None."""
    if isinstance(domain, tuple):
        return parse_domain(":".join(map(str, domain)))
    return parse_domain(domain) if isinstance(domain, str) else domain


def limit_within(expression: sp.Expr, symbol: sp.Symbol, point: int) -> sp.Expr:
    """The limit from above, given up after a while."""
    return interrupt_within(sp.limit, (expression, symbol, point), LIMIT_SECONDS)


def separable(weight: str, domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_T(p)_i = w(p_i, T) / sum_j w(p_j, T) with w = `weight`, an expression in p, T, V; domain 0:inf unless given."""
    return candidate.separable(weight, domain_of(domain), name=name)


def generator(phi: str, domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_T(p)_i = g(phi(p_i)/T - tau), g = phi^-1; domain 0:inf if phi(0+) = -inf, else 1:inf, unless given."""
    return candidate.generator(phi, domain_of(domain), name=name, limit=limit_within)


def vector(components: Sequence[str], domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_T in components, expressions in p1 .. pV and T for V = len(components); domain 0:inf unless given."""
    symbols = (*vector_symbols(len(components)), T)
    parsed = tuple(parse_expression(component, symbols) for component in components)
    return Operator(name or f"vector of {len(parsed)}", Vector(parsed), domain_of(domain) or _positive())


def black_box(function: Callable[[Any, Any], Any], domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_T by a Python callable f(p, T) on arrays; it can be refuted or supported, never proved."""
    return Operator(name or getattr(function, "__name__", "black box"), BlackBox(function), domain_of(domain) or _positive())


def blend(first: Operator, second: Operator, coefficient: str, domain: DomainLike = None, *, name: str = "") -> Operator:
    """(1 - c) F + c G with c = `coefficient`, an expression in T with values in [0, 1]; domain: the common one unless given."""
    form = Blend(first, second, parse_expression(coefficient, (T,)))
    return Operator(name or f"blend of {first.name} and {second.name}", form, domain_of(domain) or _common(first, second))


def reparametrise(operator: Operator, clock: str, domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_{h(T)} with h = `clock`, an expression in T that rises and is 1 at 1; domain: the operator's unless given."""
    form = Reparametrised(operator, parse_expression(clock, (T,)))
    return Operator(name or f"{operator.name} at {form.h}", form, domain_of(domain) or operator.domain)


def compose(outer: Operator, inner: Operator, domain: DomainLike = None, *, name: str = "") -> Operator:
    """F_T after G_T; domain: the common one unless given."""
    return Operator(name or f"{outer.name} after {inner.name}", Composed(outer, inner), domain_of(domain) or _common(outer, inner))


def _common(first: Operator, second: Operator) -> Domain:
    return Domain(sp.Max(first.domain.low, second.domain.low), sp.Min(first.domain.high, second.domain.high))


def verify(operator: Operator, *, budget: float | None = None, seed: int = 0) -> Report:
    """The verdict on every axiom and property of `operator`, with evidence; `budget` in seconds of processor time."""
    from numerics.verify import verify as decide

    if not isinstance(operator, Operator):
        raise InvalidOperator(f"verify takes an operator, not {type(operator).__name__}; make one with separable, generator or black_box")
    if budget is not None and not 0 < budget < float("inf"):
        raise InvalidOperator(f"the budget {budget} must be a positive number of seconds")
    return decide(operator, budget=budget, seed=seed)


def _positive() -> Domain:
    return Domain(sp.Integer(0), sp.oo)
