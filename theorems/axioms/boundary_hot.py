"""A5a: a softening flattens every law with full support as T grows without bound.

Operator F with sup dom = oo; F_T(p) -> u as T -> oo, for p in the interior of D_V.
Source: SKD axiom A5, our reading; label `ax:boundary-hot`.
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
    log_weight,
    on_simplex,
    part_needs,
    parts,
    pv,
    runs_out,
    same_family,
)
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Proposition, Tends, ge, gt, le, lt
from theorems.operator import Composed, Form, Generator, Operator, Separable, T, V, Vector, p


def conclusion(operator: Operator) -> Proposition:
    inside = ForAll((i,), (ge(i, 1), le(i, V)), gt(pv[i], 0))
    return ForAll((V, pv, i), (*on_simplex(), inside, ge(i, 1), le(i, V)), Tends(image_entry(operator, i), T, sp.oo, 1 / V, "-"))


def out_of_scope(operator: Operator) -> str:
    return "" if operator.domain.high is sp.oo else f"temperatures end at {operator.domain.high}, so nothing tends to infinity"


def level(form: Separable, operator: Operator) -> Proposition:
    """log w(p, T) - log w(1, T) -> 0: all weights become equal in proportion."""
    logarithm = log_weight(form)
    return everywhere(Tends(logarithm - logarithm.xreplace({p: sp.S.One}), T, sp.oo, 0, "-"), operator, gt(p, 0), lt(p, 1))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        yield Reduction(SEPARABLE["ax:boundary-hot"], (increasing(form, operator), level(form, operator)), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["ax:boundary-hot"], (*generates(form, operator), *same_family(operator, form)))
    if isinstance(form, Composed):
        # For T >= 1 the outer map only spreads: F_T(q) is majorised by F_1(q) = q, and q = G_T(p) -> u.
        needs = ("1/ax:boundary-hot", "0/prop:majorisation", "0/ax:identity")
        yield Reduction(combination(form, "ax:boundary-hot"), fits(form, operator), needs)
    elif parts(form):
        yield Reduction(combination(form, "ax:boundary-hot"), (*fits(form, operator), *runs_out(form, operator, hot=True)), part_needs(form, "ax:boundary-hot"))
    if isinstance(form, Vector):
        yield from vectors.reductions("ax:boundary-hot", operator, form)


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """A law in the interior whose limit is not u; `limit` is what verify found, and how far it lies from u."""
    size = len(witness["p"])
    apart = max((abs(entry * size - 1) for entry in witness["limit"]), key=float)
    return [apart, min(witness["p"])], []


AXIOM = Axiom(
    "ax:boundary-hot", "flattens every law of full support as T grows (A5a)", r"p \in \Delta_V^\circ \Rightarrow \lim_{T \to \infty} F_T(p) = u",
    Source("SKD", "axiom A5, our reading"), "ours", conclusion, reductions, breach, out_of_scope)
