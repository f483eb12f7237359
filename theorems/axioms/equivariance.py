"""A softening does not care how the classes are numbered.

Operator F; F_T(s p) = s F_T(p) for every permutation s.
Source: ours, label `prop:equivariance`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import on_simplex, part_needs, parts, pv, temperature
from theorems.criteria import GENERATOR, SEPARABLE, combination
from theorems.logic import ForAll, Named, Proposition
from theorems.operator import Form, Generator, Operator, Separable, T, V


def conclusion(operator: Operator) -> Proposition:
    given = (*on_simplex(), *temperature(operator.domain))
    return ForAll((V, pv, T), given, Named("commutes with permutations", sp.Function("F")(pv, T)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):  # one weight for all classes, and a symmetric normaliser
        yield Reduction(SEPARABLE["prop:equivariance"], (), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction(GENERATOR["prop:equivariance"], (), ("prop:simplex",))
    if parts(form):
        yield Reduction(combination(form, "prop:equivariance"), (), part_needs(form, "prop:equivariance"))


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """Entry k of F(s p) is not entry s(k) of F(p), where (s p)_k = p_{s(k)}."""
    law, permutation = witness["p"], witness["permutation"]
    moved = image([law[k] for k in permutation], witness["T"])
    still = image(law, witness["T"])
    gaps = [max((a - still[k], still[k] - a), key=float) for a, k in zip(moved, permutation, strict=True)]
    return [max(gaps, key=float)], []


AXIOM = Axiom(
    "prop:equivariance", "commutes with permutations of the classes", r"F_T(\sigma p) = \sigma F_T(p)",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
