"""Softenings compose by multiplying temperatures.

Operator F; F_T' after F_T is F_TT' wherever T, T' and TT' lie in the domain.
Source: ours, label `prop:semigroup`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    T2,
    c,
    fits,
    gain,
    generates,
    log_slope,
    on_simplex,
    part_needs,
    positive_weight,
    pv,
    same_family,
    temperature,
)
from theorems.criteria import GENERATOR, SEPARABLE, STRAIGHT, combination
from theorems.logic import ForAll, Proposition, eq, ge, gt, lt
from theorems.operator import Form, Generator, Operator, Reparametrised, Separable, T, V, p


def both(operator: Operator) -> tuple[Proposition, ...]:
    return (*temperature(operator.domain), *temperature(operator.domain, T2))


def conclusion(operator: Operator) -> Proposition:
    image = sp.Function("F")
    return ForAll((V, pv, T, T2), (*on_simplex(), *both(operator)), eq(image(image(pv, T), T2), image(pv, T * T2)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        alpha = gain(form)
        if alpha is not None:  # F_T(p) - u = alpha(T) (p - u)
            product = eq(alpha * alpha.xreplace({T: T2}), alpha.xreplace({T: T * T2}))
            yield Reduction(STRAIGHT["prop:semigroup"], (ForAll((T, T2, V), (*both(operator), ge(V, 2)), product),), ("prop:simplex",))
        else:  # w(c w(x, T), T') is proportional to w(x, TT')
            slope, image = log_slope(form), c * positive_weight(form)
            twice = slope.xreplace({T: T2}).xreplace({p: image}) * sp.diff(image, p)
            same = eq(twice, slope.xreplace({T: T * T2}))
            given = (gt(p, 0), lt(p, 1), gt(c, 0), *both(operator), ge(V, 2))
            yield Reduction(SEPARABLE["prop:semigroup"], (ForAll((p, c, T, T2, V), given, same),), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["prop:semigroup"], (*generates(form, operator), *same_family(operator, form)))
    if isinstance(form, Reparametrised):
        clock = ForAll((T, T2), both(operator), eq(form.h * form.h.xreplace({T: T2}), form.h.xreplace({T: T * T2})))
        yield Reduction(combination(form, "prop:semigroup"), (*fits(form, operator), clock), part_needs(form, "prop:semigroup"))


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """An entry of F_T2(F_T(p)) that is not that of F_{T T2}(p)."""
    law, first, later = witness["p"], witness["T"], witness["T2"]
    pairs = zip(image(image(law, first), later), image(law, first * later), strict=True)
    return [max((max((a - b, b - a), key=float) for a, b in pairs), key=float)], []


AXIOM = Axiom(
    "prop:semigroup", "composes by multiplying temperatures", r"F_{T'} \circ F_T = F_{TT'}",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
