"""A4: a softening changes nothing at temperature 1.

Operator F; F_1(p) = p for every p in D_V.
Source: SKD axiom A4, label `ax:identity`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems import vectors
from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    HALF_OPEN,
    everywhere,
    fits,
    generates,
    i,
    image_entry,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Proposition, eq, ge, gt, le
from theorems.operator import Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    return ForAll((V, pv, i), (*on_simplex(), ge(i, 1), le(i, V)), eq(image_entry(operator, i, sp.S.One), pv[i]))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        at_one = positive_weight(form).xreplace({T: sp.S.One})
        scale = at_one.xreplace({p: sp.S.One})
        proportional = everywhere(eq(at_one, scale * p), operator, *HALF_OPEN)
        yield Reduction(SEPARABLE["ax:identity"], (proportional, everywhere(gt(scale, 0), operator)), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["ax:identity"], (*generates(form, operator), *same_family(operator, form)))
    if parts(form):
        yield Reduction(combination(form, "ax:identity"), fits(form, operator), part_needs(form, "ax:identity"))
    if isinstance(form, Vector):
        yield from vectors.reductions("ax:identity", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """An entry that temperature 1 moves."""
    gaps = [max((b - a, a - b), key=float) for a, b in zip(image(witness["p"], 1), witness["p"], strict=True)]
    return [max(gaps, key=float)], []


AXIOM = Axiom(
    "ax:identity", "is the identity at T = 1 (A4)", r"F_1(p) = p",
    Source("SKD", "axiom A4"), "reported", conclusion, reductions, breach)
