"""Truncation to the two largest entries and renormalisation, whatever T is: strict order is lost below them.

Ties at the second place go to the smaller index.  Computes exactly on fractions; refuted on A1 and A4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.operator import BlackBox, Domain, Operator


def top_two(p: Sequence[Any], T: Any) -> list[Any]:
    """The two largest entries over their sum, 0 elsewhere."""
    kept = sorted(range(len(p)), key=lambda k: (-p[k], k))[:2]
    total = sum(p[k] for k in kept)
    return [p[k] / total if k in kept else 0 * p[k] for k in range(len(p))]


OPERATOR = Operator("top_k", BlackBox(top_two), Domain(sp.S.Zero, sp.oo), expected={
    "prop:simplex": "supported", "ax:ranking": "refuted", "ax:continuity": "challenged", "prop:majorisation": "supported",
    "ax:entropy": "supported", "ax:identity": "refuted", "ax:boundary-hot": "challenged",
    "ax:boundary-hot-face": "challenged", "ax:boundary-cold": "challenged", "prop:semigroup": "supported",
    "prop:equivariance": "refuted", "prop:lipschitz": "supported", "prop:kl-nonexpansive": "refuted",
    "prop:restriction": "refuted", "prop:affine": "refuted",
})
