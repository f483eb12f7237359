"""A softening brings laws no further apart in relative entropy.

Operator F; KL(F_T(p), F_T(q)) <= KL(p, q) for all p, q in D_V and T of the domain, in nats.
Source: ours, label `prop:kl-nonexpansive`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.axiom import Axiom, Image, Reduction
from theorems.claim import Source
from theorems.conditions import everywhere, fits, gain, on_simplex, part_needs, pv, temperature
from theorems.criteria import LINEAR, STRAIGHT, combination
from theorems.logic import All, ForAll, Named, Proposition, ge, le
from theorems.operator import Form, Generator, Operator, Separable, T, V


def conclusion(operator: Operator) -> Proposition:
    given = (*on_simplex(), *temperature(operator.domain))
    return ForAll((V, pv, T), given, Named("KL non-expansive", sp.Function("F")(pv, T), pv))


def reductions(operator: Operator, form: Form) -> Iterable[Reduction]:
    if isinstance(form, Separable):
        alpha = gain(form)
        if alpha is not None:  # alpha p + (1 - alpha) u is a noisy channel: data processing
            yield Reduction(STRAIGHT["prop:kl-nonexpansive"], (everywhere(All(ge(alpha, 0), le(alpha, 1)), operator),), ("prop:simplex",))
    if isinstance(form, Generator):
        yield Reduction((LINEAR, *STRAIGHT["prop:kl-nonexpansive"][1:]), (), ("prop:affine",))
    if combination(form, "prop:kl-nonexpansive"):
        yield Reduction(combination(form, "prop:kl-nonexpansive"), fits(form, operator), part_needs(form, "prop:kl-nonexpansive"))


def divergence(first: Sequence[Any], other: Sequence[Any], log: Callable[[Any], Any]) -> Any:
    """KL in nats; entries of `first` that are 0 count nothing."""
    total: Any = 0
    for a, b in zip(first, other, strict=True):
        if not (a == 0):
            total = total + a * (log(a) - log(b))
    return total


def breach(witness: Mapping[str, Any], image: Image, log: Callable[[Any], Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """KL grows by at least `ratio`, a number > 1."""
    first, other = witness["p"], witness["q"]
    after = divergence(image(first, witness["T"]), image(other, witness["T"]), log)
    before = divergence(first, other, log)
    return [witness["ratio"] - 1, before], [after - before * witness["ratio"]]


AXIOM = Axiom(
    "prop:kl-nonexpansive", "does not expand relative entropy", r"\mathrm{KL}(F_T(p), F_T(q)) \le \mathrm{KL}(p, q)",
    Source("ours", "this project"), "ours", conclusion, reductions, breach)
