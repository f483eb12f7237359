"""Entries below 1/20 are dropped and the rest renormalised, whatever T is: strict order is lost among the dropped.

If all entries are that small, nothing is dropped.  Computes exactly on fractions; refuted on A1 and A4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.operator import BlackBox, Domain, Operator


def without_tail(p: Sequence[Any], T: Any) -> list[Any]:
    """The entries of at least 1/20 over their sum, 0 elsewhere."""
    kept = [entry if 20 * entry >= 1 else 0 * entry for entry in p]
    total = sum(kept)
    return [entry / total for entry in kept] if total else list(p)


OPERATOR = Operator("tail_dropping", BlackBox(without_tail), Domain(sp.S.Zero, sp.oo), expected={
    "prop:simplex": "supported", "ax:ranking": "refuted", "ax:continuity": "supported", "prop:majorisation": "supported",
    "ax:entropy": "supported", "ax:identity": "refuted", "ax:boundary-hot": "challenged",
    "ax:boundary-hot-face": "challenged", "ax:boundary-cold": "challenged", "prop:semigroup": "supported",
    "prop:equivariance": "supported", "prop:lipschitz": "supported", "prop:kl-nonexpansive": "refuted",
    "prop:restriction": "refuted", "prop:affine": "refuted",
})
