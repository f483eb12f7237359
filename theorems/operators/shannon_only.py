"""Three classes: Shannon entropy rises all the way to u, and yet the largest entry rises first; T >= 1.

Sorted p goes straight to p + s d on T in [1, 2], d = (a, -(a + b), b), a = log(p2/p3), b = 2 log(p1/p2),
s = p3 (p1 - p2)(p2 - p3)/(20 (1 + a + b)), and then straight to u.  Label `op:shannon-not-majorisation`; the
derivation is there, this callable shows it on numbers.  Source: ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.operator import BlackBox, Domain, Operator


def detour(p: Sequence[Any], T: Any) -> list[Any]:
    """The path above for V = 3; mixing for every other V."""
    if len(p) != 3:
        return [entry / T + (1 - 1 / T) / len(p) for entry in p]
    order = sorted(range(3), key=lambda k: (-p[k], k))
    first, second, third = (p[k] for k in order)
    moved = [first, second, third]
    if first > second > third > 0:
        a, b = math.log(second / third), 2 * math.log(first / second)
        s = min(T - 1, 1) * third * (first - second) * (second - third) / (20 * (1 + a + b))
        moved = [first + s * a, second - s * (a + b), third + s * b]
    away = max(0.0, 1 - 2 / T)
    place = dict(zip(order, moved, strict=True))
    return [(1 - away) * place[k] + away / 3 for k in range(3)]


OPERATOR = Operator("shannon_only", BlackBox(detour), Domain(sp.S.One, sp.oo), expected={
    "prop:simplex": "supported", "ax:ranking": "supported", "ax:continuity": "supported", "prop:majorisation": "challenged",
    "ax:entropy": "supported", "ax:identity": "supported", "ax:boundary-hot": "supported",
    "ax:boundary-hot-face": "supported", "ax:boundary-cold": "out-of-scope", "prop:semigroup": "challenged",
    "prop:equivariance": "supported", "prop:lipschitz": "supported", "prop:kl-nonexpansive": "challenged",
    "prop:restriction": "challenged", "prop:affine": "challenged",
})
