"""A softening spreads mass in the order of majorisation: more than entropy asks.

Operator F; T' > T implies that F_T(p) majorises F_T'(p): sums of the k largest entries do not grow.
Source: ours, label `prop:majorisation`; it implies A3 and monotonicity of every Schur-concave entropy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems import vectors
from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    OPEN,
    T2,
    everywhere,
    fits,
    generates,
    increasing,
    log_slope,
    log_weight,
    on_simplex,
    part_needs,
    pv,
    same_family,
    temperature,
    tidy,
    x,
    y,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Named, Proposition, eq, ge, gt, le, lt
from theorems.operator import Blend, Composed, Form, Generator, Operator, Reparametrised, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    given = (*on_simplex(), *temperature(operator.domain), *temperature(operator.domain, T2), gt(T2, T))
    return ForAll((V, pv, T, T2), given, Named("majorises", sp.Function("F")(pv, T), sp.Function("F")(pv, T2)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        logarithm = log_weight(form)
        # w(x, T')/w(x, T) falls in x: mass moves from larger entries to smaller ones.
        mixed = tidy(sp.diff(log_slope(form), T))
        yield Reduction(SEPARABLE["prop:majorisation"], (increasing(form, operator), everywhere(le(mixed, 0), operator, *OPEN)), ("prop:simplex",))
        other = logarithm.xreplace({T: T2}) - logarithm
        two = le(other.xreplace({p: y}) - other.xreplace({p: x}), 0)
        ordered = (gt(x, 0), lt(x, y), le(y, 1), *temperature(operator.domain), gt(T2, T), ge(V, 2))
        yield Reduction(SEPARABLE["prop:majorisation"], (increasing(form, operator), ForAll((x, y, T, T2, V), ordered, two)), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["prop:majorisation"], (*generates(form, operator), *same_family(operator, form)))
    if isinstance(form, Blend):
        # Both images are in the order of p, ties included, so sums of the k largest entries add up; a fixed coefficient keeps them falling.
        fixed = ForAll((T,), temperature(operator.domain), eq(sp.diff(form.coefficient, T), 0))
        needs = part_needs(form, "prop:majorisation") + part_needs(form, "ax:ranking") + part_needs(form, "prop:equivariance")
        yield Reduction(combination(form, "prop:majorisation"), (*fits(form, operator), fixed), needs)
    if isinstance(form, Reparametrised):
        yield Reduction(combination(form, "prop:majorisation"), fits(form, operator), part_needs(form, "prop:majorisation"))
    if isinstance(form, Composed) and isinstance(form.outer.form, Generator) and form.outer.form == form.inner.form:
        yield Reduction((*GENERATOR["prop:majorisation"], *GENERATOR["prop:semigroup"]), fits(form, operator), (*part_needs(form, "prop:majorisation"), "0/prop:semigroup"))
    if isinstance(form, Vector):
        yield from vectors.reductions("prop:majorisation", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """T2 > T, and a sum of the k largest entries that is larger at T2."""
    first = sorted(image(witness["p"], witness["T"]), key=float, reverse=True)
    later = sorted(image(witness["p"], witness["T2"]), key=float, reverse=True)
    gains, total = [], 0
    for a, b in zip(first[:-1], later[:-1], strict=True):
        total = total + b - a
        gains.append(total)
    return [witness["T2"] - witness["T"], max(gains, key=float)], []


AXIOM = Axiom(
    "prop:majorisation", "spreads mass in the order of majorisation", r"T' > T \Rightarrow F_{T'}(p) \prec F_T(p)",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
