"""A softening maps laws to laws.

Operator F; for every p in D_V and T of the domain, F_T(p) has entries >= 0 that sum to 1.
Source: ours (the abstract's setting), label `prop:simplex`; checked first, every other axiom needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems import vectors
from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    CLOSED,
    HALF_OPEN,
    everywhere,
    face,
    fits,
    generates,
    i,
    image_entry,
    is_defined,
    k,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
    temperature,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import All, ForAll, Proposition, Tends, eq, ge, gt, le
from theorems.operator import Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    total = eq(sp.Sum(image_entry(operator, k), (k, 1, V)), 1)
    entries = ForAll((i,), (ge(i, 1), le(i, V)), ge(image_entry(operator, i), 0))
    return ForAll((V, pv, T), (*on_simplex(), *temperature(operator.domain)), All(entries, total))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        weight = positive_weight(form)
        positive = everywhere(All(is_defined(form.weight), gt(weight, 0)), operator, *HALF_OPEN)
        # With weights >= 0 at 0 and > 0 above it, the normaliser is > 0: some entry of p is.
        yield Reduction(SEPARABLE["prop:simplex"], (everywhere(All(is_defined(form.weight), ge(weight, 0)), operator, *CLOSED), positive))
        at_zero = face(form)
        if at_zero is not None and at_zero.is_finite is not False:
            bound = everywhere(All(is_defined(at_zero), ge(at_zero, 0)), operator)
            yield Reduction(SEPARABLE["prop:simplex"], (positive, everywhere(Tends(weight, p, 0, at_zero), operator), bound))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["prop:simplex"], (*generates(form, operator), *same_family(operator, form)))
    if parts(form):
        yield Reduction(combination(form, "prop:simplex"), fits(form, operator), part_needs(form, "prop:simplex"))
    if isinstance(form, Vector):
        yield from vectors.reductions("prop:simplex", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """An entry < 0, or a sum that is not 1."""
    found = image(witness["p"], witness["T"])
    total = found[0]
    for entry in found[1:]:
        total = total + entry
    lowest = min(found, key=float)
    return [max((-lowest, total - 1, 1 - total), key=float)], []


AXIOM = Axiom(
    "prop:simplex", "maps laws to laws", r"F_T : \Delta_V \to \Delta_V",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
