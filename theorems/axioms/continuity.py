"""A2: a softening is continuous.

Operator F; (p, T) -> F_T(p) is jointly continuous on D_V x domain, faces included.
Source: SKD axiom A2, label `ax:continuity`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

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
    increasing,
    is_defined,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
)
from theorems.criteria import ELEMENTARY, GENERATOR, MONOTONE, SEPARABLE, UNIFORMLY, combination
from theorems.logic import ForAll, Named, Proposition, Tends, ge, le
from theorems.operator import Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    index = (ge(i, 1), le(i, V))
    return ForAll((V, i), (ge(V, 2), *index), Named("jointly continuous", image_entry(operator, i), pv, T))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        weight, at_zero = positive_weight(form), face(form)
        # Formulas of elementary functions are continuous where they are defined.
        yield Reduction((*SEPARABLE["ax:continuity"], ELEMENTARY, UNIFORMLY), (everywhere(is_defined(weight), operator, *CLOSED),), ("prop:simplex",))
        if at_zero is not None and at_zero.is_finite is not False:
            # Monotone in p, continuous in p and in T separately: jointly continuous, by squeezing between p and p'.
            inside = everywhere(is_defined(weight), operator, *HALF_OPEN)
            border = (everywhere(Tends(weight, p, 0, at_zero), operator), everywhere(is_defined(at_zero), operator))
            yield Reduction((*SEPARABLE["ax:continuity"], ELEMENTARY, UNIFORMLY, MONOTONE), (inside, *border, increasing(form, operator)), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["ax:continuity"], (*generates(form, operator), *same_family(operator, form)))
    if parts(form):
        yield Reduction(combination(form, "ax:continuity"), fits(form, operator), part_needs(form, "ax:continuity"))
    if isinstance(form, Vector):
        yield from vectors.reductions("ax:continuity", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """Two laws within 10^-9 of each other in l1 whose images are `gap` apart: a challenge, not yet a refutation."""
    near = sum(abs(a - b) for a, b in zip(witness["p"], witness["q"], strict=True))
    pairs = zip(image(witness["p"], witness["T"]), image(witness["q"], witness["T"]), strict=True)
    apart = max((max((a - b, b - a), key=float) for a, b in pairs), key=float)
    return [witness["gap"], 1 - near * 10**9], [apart - witness["gap"]]


AXIOM = Axiom(
    "ax:continuity", "is continuous (A2)", r"(p, T) \mapsto F_T(p) \text{ is continuous on } \Delta_V \times \mathrm{dom}",
    Source("SKD", "axiom A2"), "reported", conclusion, reductions, breach)
