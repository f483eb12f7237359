"""Zipf's law by rank: entry of rank r gets weight 1/r^(1/T), whatever the entries are.  T = 1 moves p; refuted on A4.

Ties share the better rank.  Computes exactly on fractions where 1/T is an integer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.operator import BlackBox, Domain, Operator


def by_rank(p: Sequence[Any], T: Any) -> list[Any]:
    """1/rank^(1/T), normalised."""
    exponent = 1 / T
    if exponent == int(exponent):
        exponent = int(exponent)
    one = p[0] / p[0] if p[0] else 1 + 0 * p[0]
    weights = [(one / (1 + sum(1 for other in p if other > entry))) ** exponent for entry in p]
    return [weight / sum(weights) for weight in weights]


OPERATOR = Operator("zipf_by_rank", BlackBox(by_rank), Domain(sp.S.Zero, sp.oo), expected={
    "prop:simplex": "supported", "ax:ranking": "supported", "ax:continuity": "challenged", "prop:majorisation": "supported",
    "ax:entropy": "supported", "ax:identity": "refuted", "ax:boundary-hot": "supported", "ax:boundary-hot-face": "supported",
    "ax:boundary-cold": "supported", "prop:semigroup": "refuted", "prop:equivariance": "supported",
    "prop:lipschitz": "supported", "prop:kl-nonexpansive": "refuted", "prop:restriction": "refuted",
    "prop:affine": "refuted",
})
