"""Mixing extended below T = 1, where p/T + (1 - 1/T) u leaves the simplex; label `op:mixing-below-one`."""

import sympy as sp

from theorems.labels import LABELS
from theorems.operator import Domain, Operator, Separable, T, V, p

#: Nothing else is asked of a map that leaves the simplex.
EXPECTED = {**dict.fromkeys(LABELS, "out-of-scope"), "prop:simplex": "refuted"}

OPERATOR = Operator("mixing_below_one", Separable(p / T + (1 - 1 / T) / V), Domain(sp.S.Zero, sp.oo), expected=EXPECTED)
