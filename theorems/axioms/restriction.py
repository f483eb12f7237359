"""A softening commutes with restriction to a subset and renormalisation, hence with top-k.

Operator F; for a subset S with p(S) > 0, F_T(p given S) = F_T(p) given S.
Source: ours, label `prop:restriction`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    OPEN,
    c,
    fits,
    generates,
    log_slope,
    on_simplex,
    part_needs,
    pv,
    same_family,
    temperature,
)
from theorems.criteria import LOGARITHMIC, SEPARABLE, combination
from theorems.logic import ForAll, Named, Proposition, eq, ge, gt, lt
from theorems.operator import Composed, Form, Generator, Operator, Reparametrised, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    given = (*on_simplex(), *temperature(operator.domain))
    return ForAll((V, pv, T), given, Named("commutes with restriction", sp.Function("F")(pv, T)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        # w(c x, T)/w(x, T) does not depend on x, nor on V: then ratios on S survive any rescaling of p.
        slope = log_slope(form)
        given = (gt(p, 0), lt(p, 1), gt(c, 0), *temperature(operator.domain), ge(V, 2))
        scaling = ForAll((p, c, T, V), given, eq(c * slope.xreplace({p: c * p}), slope))
        size = ForAll((p, T, V), (gt(p, 0), lt(p, 1), *temperature(operator.domain), ge(V, 2)), eq(sp.diff(slope, V), 0))
        yield Reduction(SEPARABLE["prop:restriction"], (scaling, size), ("prop:simplex",))
    if isinstance(form, Generator):  # phi = a log p + b gives power
        straight = ForAll((p,), OPEN, eq(sp.diff(p * sp.diff(form.phi, p), p), 0))
        yield Reduction(LOGARITHMIC, (*generates(form, operator), *same_family(operator, form), straight), ("prop:simplex",))
    if isinstance(form, Reparametrised):
        yield Reduction(combination(form, "prop:restriction"), fits(form, operator), part_needs(form, "prop:restriction"))
    if isinstance(form, Composed):
        yield Reduction(combination(form, "prop:restriction"), fits(form, operator), part_needs(form, "prop:restriction"))


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """An entry of F(p given S) that is not that of F(p) given S."""
    law, subset = witness["p"], witness["subset"]
    mass = sum(law[k] for k in subset)
    first = image([law[k] / mass for k in subset], witness["T"])
    whole = image(law, witness["T"])
    kept: Any = 0
    for k in subset:
        kept = kept + whole[k]
    gaps = [max((a - whole[k] / kept, whole[k] / kept - a), key=float) for a, k in zip(first, subset, strict=True)]
    return [mass, max(gaps, key=float)], []


def out_of_scope(operator: Operator) -> str:
    return "the formula is for one V, so there is no operator on a subset" if isinstance(operator.form, Vector) else ""


AXIOM = Axiom(
    "prop:restriction", "commutes with restriction to a subset", r"F_T(p|_S) = F_T(p)|_S",
    Source("ours", "this project"), "ours", conclusion, reductions, breach, out_of_scope)
