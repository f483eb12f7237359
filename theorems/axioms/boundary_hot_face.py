"""A5a on faces: a softening flattens every law, zeros included, as T grows without bound.

Operator F with sup dom = oo; F_T(p) -> u as T -> oo, for every p in D_V.
Source: ours, a stronger reading of SKD axiom A5; label `ax:boundary-hot-face`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems import vectors
from theorems.axiom import Axiom, Image, Reduction
from theorems.axioms.boundary_hot import level, out_of_scope
from theorems.claim import Source
from theorems.conditions import (
    ends,
    everywhere,
    face,
    fits,
    generates,
    i,
    image_entry,
    increasing,
    log_weight,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    runs_out,
    same_family,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Proposition, Tends, ge, gt, le
from theorems.operator import Composed, Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    return ForAll((V, pv, i), (*on_simplex(), ge(i, 1), le(i, V)), Tends(image_entry(operator, i), T, sp.oo, 1 / V, "-"))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        at_zero = face(form)
        if at_zero is not None and at_zero != 0 and at_zero.is_finite is not False:
            ratio = sp.expand_log(sp.log(at_zero) - log_weight(form).xreplace({p: sp.S.One}), deep=False)
            border = (everywhere(Tends(positive_weight(form), p, 0, at_zero), operator), everywhere(gt(at_zero, 0), operator, gt(T, 1)))
            level_at_zero = everywhere(Tends(ratio, T, sp.oo, 0, "-"), operator)
            yield Reduction(SEPARABLE["ax:boundary-hot-face"], (increasing(form, operator), level(form, operator), *border, level_at_zero), ("prop:simplex",))
    if isinstance(form, Generator):
        bottom, top = ends(form)
        if bottom is not None and top is not None and bottom.is_finite and top.is_finite:
            limits = (Tends(form.phi, p, 0, bottom), Tends(form.phi, p, 1, top, "-"))
            yield Reduction(GENERATOR["ax:boundary-hot-face"], (*generates(form, operator), *same_family(operator, form), *limits))
    if isinstance(form, Composed):
        yield Reduction(combination(form, "ax:boundary-hot-face"), fits(form, operator), ("1/ax:boundary-hot-face", "0/prop:majorisation", "0/ax:identity"))
    elif parts(form):
        yield Reduction(combination(form, "ax:boundary-hot-face"), (*fits(form, operator), *runs_out(form, operator, hot=True)), part_needs(form, "ax:boundary-hot-face"))
    if isinstance(form, Vector):
        yield from vectors.reductions("ax:boundary-hot-face", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """A law whose limit is not u; `limit` is what verify found, and how far it lies from u."""
    size = len(witness["p"])
    return [max((abs(entry * size - 1) for entry in witness["limit"]), key=float)], [min(witness["p"])]


AXIOM = Axiom(
    "ax:boundary-hot-face", "flattens every law as T grows, zeros included", r"p \in \Delta_V \Rightarrow \lim_{T \to \infty} F_T(p) = u",
    Source("SKD", "axiom A5, stronger reading"), "ours", conclusion, reductions, breach, out_of_scope)
