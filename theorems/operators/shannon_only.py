"""Three classes: Shannon entropy rises all the way to u, and yet the largest entry rises first; T >= 1.

An entry b above 1/3 that is not the largest gives 2 (1 - 1/T)(b - 1/3)(max - b) to the others, the same to each, while everything
moves to u with the weight 1/(1 + (T - 1)^2).  Label `op:shannon-not-majorisation`, which derives every axiom of the same formula;
this callable shows it on numbers.  Mixing for every other V.  Source: ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.operator import BlackBox, Domain, Operator


def part(number: Any) -> Any:
    """The positive part."""
    return (number + abs(number)) / 2


def loss(entry: Any, one: Any, other: Any) -> Any:
    """(b - 1/3)(max - b) for b = `entry` above 1/3, where at most one other entry is larger; else 0."""
    return part(3 * entry - 1) * (part(one - entry) + part(other - entry)) / 3


def clocks(temperature: Any) -> tuple[Any, Any]:
    """How much of the way goes from the middle, and what is kept of the law on the way to u."""
    return 1 - 1 / temperature, 1 / (1 + (temperature - 1) ** 2)


def moved(entry: Any, one: Any, other: Any) -> Any:
    """What `entry` gets from the losses of the `other` two, less what it gives to them."""
    return loss(one, entry, other) + loss(other, entry, one) - 2 * loss(entry, one, other)


def image(entry: Any, one: Any, other: Any, temperature: Any) -> Any:
    """Where `entry` goes, the `other` two being given in any order."""
    gain, kept = clocks(temperature)
    return kept * (entry + gain * moved(entry, one, other)) + (1 - kept) / 3


def detour(p: Sequence[Any], T: Any) -> list[Any]:
    """The family for V = 3; mixing for every other V."""
    if len(p) != 3:
        return [entry / T + (1 - 1 / T) / len(p) for entry in p]
    return [image(p[k], p[(k + 1) % 3], p[(k + 2) % 3], T) for k in range(3)]


OPERATOR = Operator("shannon_only", BlackBox(detour), Domain(sp.S.One, sp.oo), expected={
    "prop:simplex": "supported", "ax:ranking": "supported", "ax:continuity": "supported", "prop:majorisation": "refuted",
    "ax:entropy": "supported", "ax:identity": "supported", "ax:boundary-hot": "supported",
    "ax:boundary-hot-face": "supported", "ax:boundary-cold": "out-of-scope", "prop:semigroup": "refuted",
    "prop:equivariance": "supported", "prop:lipschitz": "supported", "prop:kl-nonexpansive": "refuted",
    "prop:restriction": "refuted", "prop:affine": "refuted",
})
