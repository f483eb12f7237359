"""The box for what cannot be shown everywhere: entries from 1/100 on, hence at most 100 classes, and usual temperatures."""

from __future__ import annotations

from typing import Final

import sympy as sp

LEAST: Final = sp.Rational(1, 100)
COLDEST, HOTTEST = sp.Rational(1, 2), sp.Integer(8)


def box_scope(low: sp.Expr, high: sp.Expr) -> str:
    """What is covered when a condition is shown on the box only, for temperatures from `low` to `high`."""
    return f"p_i >= {LEAST}, T in [{max(low, COLDEST)}, {min(high, HOTTEST)}]"
