"""A3: a softening raises entropy with temperature.

Operator F; T' > T implies H(F_T'(p)) >= H(F_T(p)), Shannon entropy in nats.
Source: SKD axiom A3, label `ax:entropy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import T2, image_entry, k, on_simplex, pv, temperature
from theorems.criteria import ENTROPY
from theorems.logic import ForAll, Proposition, ge, gt
from theorems.operator import Form, Operator, T, V


def conclusion(operator: Operator) -> Proposition:
    def entropy(at: sp.Expr) -> sp.Expr:
        return -sp.Sum(image_entry(operator, k, at) * sp.log(image_entry(operator, k, at)), (k, 1, V))

    given = (*on_simplex(), *temperature(operator.domain), *temperature(operator.domain, T2), gt(T2, T))
    return ForAll((V, pv, T, T2), given, ge(entropy(T2), entropy(T)))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    yield Reduction((ENTROPY,), (), ("prop:majorisation", "prop:simplex"))


def shannon(law: Sequence[Any], log: Callable[[Any], Any]) -> Any:
    """Entropy in nats, 0 log 0 = 0."""
    total: Any = 0
    for entry in law:
        if not (entry == 0):
            total = total - entry * log(entry)
    return total


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """T2 > T, and yet the entropy at T2 is below that at T."""
    law = witness["p"]
    drop = shannon(image(law, witness["T"]), log) - shannon(image(law, witness["T2"]), log)
    return [witness["T2"] - witness["T"], drop], []


AXIOM = Axiom(
    "ax:entropy", "raises entropy with temperature (A3)", r"T' > T \Rightarrow H(F_{T'}(p)) \ge H(F_T(p))",
    Source("SKD", "axiom A3"), "reported", conclusion, reductions, breach)
