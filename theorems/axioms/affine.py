"""A softening is affine in the law: it is a noisy channel.

Operator F; F_T((1-a) p + a q) = (1-a) F_T(p) + a F_T(q) for a in [0, 1].
Source: ours, label `prop:affine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    OPEN,
    everywhere,
    fits,
    generates,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
    temperature,
)
from theorems.criteria import LINEAR, STRAIGHT, combination
from theorems.logic import ForAll, Named, Proposition, eq
from theorems.operator import Form, Generator, Operator, Separable, T, V, p


def conclusion(operator: Operator) -> Proposition:
    given = (*on_simplex(), *temperature(operator.domain))
    return ForAll((V, pv, T), given, Named("affine", sp.Function("F")(pv, T), pv))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):  # weights a p + b sum to a + V b, whatever p is
        flat = eq(sp.diff(positive_weight(form), p, 2), 0)
        yield Reduction(STRAIGHT["prop:affine"], (everywhere(flat, operator, *OPEN),), ("prop:simplex",))
    if isinstance(form, Generator):  # phi = a p + b gives mixing
        straight = ForAll((p,), OPEN, eq(sp.diff(form.phi, p, 2), 0))
        yield Reduction((LINEAR, *STRAIGHT["prop:affine"][1:]), (*generates(form, operator), *same_family(operator, form), straight), ("prop:simplex",))
    if parts(form):
        yield Reduction(combination(form, "prop:affine"), fits(form, operator), part_needs(form, "prop:affine"))


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """The image of the midpoint is not the midpoint of the images."""
    first, other, half = witness["p"], witness["q"], Fraction(1, 2)
    middle = image([(a + b) * half for a, b in zip(first, other, strict=True)], witness["T"])
    ends = zip(image(first, witness["T"]), image(other, witness["T"]), strict=True)
    gaps = [m - (a + b) * half for m, (a, b) in zip(middle, ends, strict=True)]
    return [max((max((g, -g), key=float) for g in gaps), key=float)], []


AXIOM = Axiom(
    "prop:affine", "is affine in the law", r"F_T((1-a)p + aq) = (1-a)F_T(p) + aF_T(q)",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
