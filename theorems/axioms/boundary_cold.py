"""A5b: a softening sharpens every law onto its largest entries as T falls to 0.

Operator F with inf dom = 0; F_T(p) tends to the uniform law on argmax p as T -> 0+.
Source: SKD axiom A5, our reading; label `ax:boundary-cold`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import (
    fits,
    generates,
    i,
    image_entry,
    increasing,
    log_weight,
    on_simplex,
    part_needs,
    parts,
    pv,
    runs_out,
    same_family,
    temperature,
    x,
    y,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Named, Proposition, Tends, ge, gt, le, lt
from theorems.operator import Composed, Form, Generator, Operator, Separable, T, V, p


def conclusion(operator: Operator) -> Proposition:
    share = sp.Function("argmax_share")(pv, i)
    return ForAll((V, pv, i), (*on_simplex(), Named("largest", pv, i, share), ge(i, 1), le(i, V)), Tends(image_entry(operator, i), T, 0, share))


def out_of_scope(operator: Operator) -> str:
    return "" if operator.domain.low == 0 else f"temperatures start at {operator.domain.low}, so nothing tends to 0"


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        logarithm = log_weight(form)
        spread = logarithm.xreplace({p: y}) - logarithm.xreplace({p: x})
        apart = ForAll((x, y, V, T), (gt(x, 0), lt(x, y), le(y, 1), ge(V, 2), *temperature(operator.domain)), Tends(spread, T, 0, sp.oo))
        yield Reduction(SEPARABLE["ax:boundary-cold"], (increasing(form, operator), apart), ("ax:ranking",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["ax:boundary-cold"], (*generates(form, operator), *same_family(operator, form)))
    if isinstance(form, Composed):
        # For T <= 1 the outer map only sharpens, and keeps ties: F_T(q) majorises q = G_T(p), which tends to the limit law.
        ties = (*part_needs(form, "ax:ranking"), *part_needs(form, "prop:equivariance"))
        needs = ("1/ax:boundary-cold", "0/prop:majorisation", "0/ax:identity", *ties)
        yield Reduction(combination(form, "ax:boundary-cold"), fits(form, operator), needs)
    elif parts(form):
        yield Reduction(combination(form, "ax:boundary-cold"), (*fits(form, operator), *runs_out(form, operator, hot=False)), part_needs(form, "ax:boundary-cold"))


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """A law whose limit is not uniform on its largest entries; `limit` is what verify found."""
    law, top = witness["p"], max(witness["p"])
    count = sum(1 for entry in law if entry == top)
    gaps = [abs(found * count - 1) if entry == top else found for entry, found in zip(law, witness["limit"], strict=True)]
    return [max(gaps, key=float)], [min(law)]


AXIOM = Axiom(
    "ax:boundary-cold", "sharpens every law onto its largest entries as T falls to 0 (A5b)",
    r"\lim_{T \to 0^+} F_T(p) = \text{uniform on } \operatorname{argmax} p",
    Source("SKD", "axiom A5, our reading"), "ours", conclusion, reductions, breach, out_of_scope)
