"""What a vector operator of fixed V says, with the last entry of p eliminated: conditions on V - 1 entries and T."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy as sp

from theorems.axiom import Reduction
from theorems.conditions import is_defined, temperature
from theorems.criteria import ELEMENTARY, ITSELF, SMOOTH, UNIFORM
from theorems.logic import All, ForAll, Proposition, Relation, Tends, eq, ge, gt, le
from theorems.operator import Operator, T, Vector
from theorems.wellformed import vector_symbols


def entries(form: Vector) -> tuple[sp.Expr, ...]:
    """p_1 .. p_V with p_V = 1 - the others."""
    free = vector_symbols(len(form.components))[:-1]
    return (*free, 1 - sp.Add(*free))


def eliminated(form: Vector, term: sp.Expr) -> sp.Expr:
    return term.xreplace({vector_symbols(len(form.components))[-1]: entries(form)[-1]})


def on_simplex(form: Vector, operator: Operator) -> tuple[Relation, ...]:
    return (*(ge(entry, 0) for entry in entries(form)), *temperature(operator.domain))


def always(form: Vector, operator: Operator, then: Proposition, *more: Relation) -> Proposition:
    """For all laws and temperatures, with `more`: `then`."""
    return ForAll((*vector_symbols(len(form.components))[:-1], T), (*on_simplex(form, operator), *more), then)


def images(form: Vector) -> tuple[sp.Expr, ...]:
    return tuple(eliminated(form, component) for component in form.components)


def scope(form: Vector) -> str:
    return f"V={len(form.components)}"


@lru_cache(maxsize=16)
def ray(form: Vector) -> sp.Expr | None:
    """k(p, T) with F_T(p) - u = k (p - u), if there is one."""
    u = sp.Rational(1, len(form.components))
    places, found = entries(form), images(form)
    if any(term.has(sp.Max, sp.Min, sp.Abs) for term in found):
        return None
    k = sp.factor(sp.together((found[0] - u) / (places[0] - u)))
    rest = (sp.expand(sp.fraction(sp.together(f - u - k * (q - u)))[0]) for f, q in zip(found, places, strict=True))
    return k if all(r == 0 for r in rest) else None


def reductions(label: str, operator: Operator, form: Vector) -> Iterable[Reduction]:
    """Ways to prove a label for this V: entry by entry, or along a straight line to u."""
    k = ray(form)
    if k is not None:
        yield from _along(label, operator, form, k)
    found, places = images(form), entries(form)
    smooth = always(form, operator, All(*(is_defined(f) for f in found)))
    if label == "prop:simplex":
        inside = All(*(ge(f, 0) for f in found), eq(sp.Add(*found), 1))
        yield Reduction((ITSELF,), (smooth, always(form, operator, inside)), (), scope(form))
    if label == "ax:continuity":
        yield Reduction((ELEMENTARY,), (smooth,), ("prop:simplex",), scope(form))
    if label == "ax:identity":
        fixed = tuple(always(form, operator, eq(f.xreplace({T: sp.S.One}), q)) for f, q in zip(found, places, strict=True))
        yield Reduction((ITSELF,), (smooth, *fixed), (), scope(form))
    if label == "ax:ranking":
        pairs = [(a, b) for a in range(len(found)) for b in range(len(found)) if a != b]
        order = tuple(always(form, operator, gt(found[a] - found[b], 0), gt(places[a], places[b])) for a, b in pairs)
        yield Reduction((ITSELF,), (smooth, *order), (), scope(form))


def _along(label: str, operator: Operator, form: Vector, k: sp.Expr) -> Iterable[Reduction]:
    """F_T(p) = u + k (p - u): what k must be."""
    # k may have a value where the formula has none: (p1**2 - p1*p2)/(p1 - p2) at p1 = p2.
    whole = always(form, operator, All(*(is_defined(f) for f in images(form))))
    known = All(whole, always(form, operator, All(is_defined(k), ge(k, 0), le(k, 1))))
    if label == "prop:simplex":
        yield Reduction((UNIFORM[label],), (known,), (), scope(form))
    if label == "ax:ranking":
        yield Reduction((UNIFORM[label],), (whole, always(form, operator, gt(k, 0))), (), scope(form))
    if label == "ax:continuity":
        yield Reduction((ELEMENTARY,), (known,), (), scope(form))
    if label == "prop:majorisation":  # F_T' is a mixture of F_T and u
        falling = always(form, operator, le(sp.factor(sp.diff(k, T)), 0))
        yield Reduction((UNIFORM[label],), (known, falling), (), scope(form))
    if label in ("ax:boundary-hot", "ax:boundary-hot-face"):
        yield Reduction((UNIFORM[label],), (whole, always(form, operator, Tends(k, T, sp.oo, 0, "-"))), (), scope(form))
    if label == "prop:lipschitz":  # smooth on a compact set
        free = vector_symbols(len(form.components))[:-1]
        slopes = All(*(is_defined(sp.factor(sp.diff(k, q))) for q in free))
        yield Reduction((SMOOTH,), (known, always(form, operator, slopes)), (), scope(form))
