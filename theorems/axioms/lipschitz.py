"""A softening has a finite global l1 constant at each temperature.

Operator F; for each T there is L with ||F_T(p) - F_T(q)||_1 <= L ||p - q||_1 on all of D_V.
Source: ours (SKD assumes one), label `prop:lipschitz`; the value of L is in the scope where it is known.
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
    OPEN,
    ends,
    everywhere,
    fits,
    gain,
    generates,
    is_defined,
    limit_at,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
    simplified,
    temperature,
    tidy,
)
from theorems.criteria import EXTREME, GENERATOR, LINEAR, SEPARABLE, STRAIGHT, VARIATION, combination
from theorems.logic import All, ForAll, Named, Proposition, Tends, eq, ge, le
from theorems.operator import Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    return ForAll((V, T), (*on_simplex()[:1], *temperature(operator.domain)), Named("globally Lipschitz", sp.Function("F")(pv, T), pv))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        weight, alpha = positive_weight(form), gain(form)
        slope = tidy(sp.diff(weight, p))
        if alpha is not None:
            value = simplified(alpha)
            bound = everywhere(All(ge(alpha, 0), le(alpha, 1)), operator)
            yield Reduction(STRAIGHT["prop:lipschitz"], (bound,), ("prop:simplex",), f"all V, constant {value}")
        # dF_i = dw_i/Z - w_i sum dw_j/Z^2, so the constant is at most 2 max|w'|/min Z, and min Z > 0 by compactness.
        constant = "all V, constant at most 2 max|w'|/min sum w"
        yield Reduction((*SEPARABLE["prop:lipschitz"], EXTREME), (everywhere(is_defined(slope), operator, *CLOSED),), ("ax:continuity",), constant)
        at_zero = limit_at(slope, p, sp.S.Zero)
        if at_zero is not None and at_zero.is_finite is not False:
            smooth = (everywhere(is_defined(slope), operator, *HALF_OPEN), everywhere(Tends(slope, p, 0, at_zero), operator))
            yield Reduction((*SEPARABLE["prop:lipschitz"], EXTREME), (*smooth, everywhere(is_defined(at_zero), operator)), ("ax:continuity",), constant)
    if isinstance(form, Generator):
        yield from _generator(operator, form)
    if parts(form):
        yield Reduction(combination(form, "prop:lipschitz"), fits(form, operator), part_needs(form, "prop:lipschitz"))
    if isinstance(form, Vector):
        yield from vectors.reductions("prop:lipschitz", operator, form)


def _generator(operator: Operator, form: Generator) -> Iterable[Reduction]:
    """q = g(phi(p)/T - tau) has constant at most (2/T) max phi'(p)/phi'(q): finite when phi' behaves at both ends."""
    base = (*generates(form, operator), *same_family(operator, form))
    slope = sp.diff(form.phi, p)
    constant = "all V, constant at most (2/T) max phi'(p)/phi'(q)"
    bottom, top = ends(form)
    yield Reduction((LINEAR, *STRAIGHT["prop:lipschitz"][1:]), (*base, ForAll((p,), OPEN, eq(sp.diff(slope, p), 0))), (), "all V, constant 1/T")
    if bottom is None or top is None or not top.is_finite:
        return
    at_zero, at_one = limit_at(slope, p, sp.S.Zero), limit_at(slope, p, sp.S.One, "-")
    if at_one is None or not at_one.is_finite or not at_one.is_positive:
        return
    upper = (Tends(form.phi, p, 1, top, "-"), Tends(slope, p, 1, at_one, "-"))
    if bottom.is_finite and at_zero is not None and at_zero.is_finite:
        # T > 1 pushes q into the interior, where phi' is bounded below.
        yield Reduction((*GENERATOR["prop:lipschitz"], EXTREME), (*base, *upper, Tends(form.phi, p, 0, bottom), Tends(slope, p, 0, at_zero)), (), constant)
    if bottom == -sp.oo:
        # phi' regularly varying at 0 of index -1-a, a > 0: q/p -> T^(1/a), and phi'(p)/phi'(q) stays bounded.
        index = limit_at(simplified(p * sp.diff(slope, p) / slope), p, sp.S.Zero)
        if index is not None and index.is_finite and index < -1:
            vary = Tends(p * sp.diff(slope, p) / slope, p, 0, index)
            yield Reduction((*GENERATOR["prop:lipschitz"], EXTREME, VARIATION), (*base, *upper, Tends(form.phi, p, 0, bottom), vary), (), constant)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """||F(p) - F(q)||_1 >= ratio ||p - q||_1; that ratios have no bound is argued by verify."""
    first, other = witness["p"], witness["q"]
    apart: Any = 0
    for a, b in zip(image(first, witness["T"]), image(other, witness["T"]), strict=True):
        apart = apart + max((a - b, b - a), key=float)
    near = sum(abs(a - b) for a, b in zip(first, other, strict=True))
    return [near, witness["ratio"]], [apart - near * witness["ratio"]]


AXIOM = Axiom(
    "prop:lipschitz", "has a finite global l1 constant at each T", r"\|F_T(p) - F_T(q)\|_1 \le L_T \|p - q\|_1",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
