"""A1: a softening keeps strict order.

Operator F on all D_V; p_i > p_j implies F_T(p)_i > F_T(p)_j for every T of the domain.
Source: SKD axiom A1, label `ax:ranking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems import vectors
from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    everywhere,
    fits,
    generates,
    i,
    image_entry,
    increasing,
    j,
    log_slope,
    on_simplex,
    part_needs,
    parts,
    positive_weight,
    pv,
    same_family,
    slope_sign,
    temperature,
    tidy,
    x,
    y,
)
from theorems.criteria import GENERATOR, PAIRS, SEPARABLE, combination
from theorems.logic import ForAll, Proposition, ge, gt, le, lt
from theorems.operator import Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    order = (ge(i, 1), le(i, V), ge(j, 1), le(j, V), gt(pv[i], pv[j]))
    return ForAll((V, pv, T, i, j), (*on_simplex(), *temperature(operator.domain), *order), gt(image_entry(operator, i), image_entry(operator, j)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        weight = positive_weight(form)
        yield Reduction(SEPARABLE["ax:ranking"], (increasing(form, operator),), ("prop:simplex",))
        # Only pairs with x + y <= 1 occur: growth up to 1/2, w(y) > w(1 - y) beyond, and w(1) > w(0), are enough.
        half = sp.Rational(1, 2)
        low = everywhere(gt(slope_sign(form), 0), operator, gt(p, 0), lt(p, half))
        high = everywhere(gt(weight - weight.xreplace({p: 1 - p}), 0), operator, gt(p, half), lt(p, 1))
        top = everywhere(gt(weight.xreplace({p: sp.S.One}), weight.xreplace({p: half / 64})), operator)
        yield Reduction((PAIRS,), (low, high, top), ("prop:simplex",))
        # log w(y) - log w(1 - y) is 0 at 1/2, so it is enough that it grows from there.
        growth = tidy(log_slope(form) + log_slope(form).xreplace({p: 1 - p}))
        beyond = everywhere(gt(growth, 0), operator, gt(p, half), lt(p, 1))
        yield Reduction((PAIRS,), (low, beyond, top), ("prop:simplex",))
        two = gt(weight.xreplace({p: y}) - weight.xreplace({p: x}), 0)
        ordered = (gt(x, 0), lt(x, y), le(y, 1), *temperature(operator.domain), ge(V, 2))
        yield Reduction(SEPARABLE["ax:ranking"], (ForAll((x, y, T, V), ordered, two),), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["ax:ranking"], (*generates(form, operator), *same_family(operator, form)))
    if parts(form):
        yield Reduction(combination(form, "ax:ranking"), fits(form, operator), part_needs(form, "ax:ranking"))
    if isinstance(form, Vector):
        yield from vectors.reductions("ax:ranking", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """p_i > p_j, and yet F_i <= F_j."""
    law, first, second = witness["p"], witness["i"], witness["j"]
    found = image(law, witness["T"])
    return [law[first] - law[second]], [found[second] - found[first]]


AXIOM = Axiom(
    "ax:ranking", "keeps strict order (A1)", r"p_i > p_j \Rightarrow F_T(p)_i > F_T(p)_j",
    Source("SKD", "axiom A1"), "reported", conclusion, reductions, breach)
