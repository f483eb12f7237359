"""p^(1/T) without normalisation, written out for V = 2: entries sum to 1 at T = 1 only; refuted on the simplex."""

import sympy as sp

from theorems.labels import LABELS
from theorems.operator import Domain, Operator, T, Vector
from theorems.wellformed import vector_symbols

#: Nothing else is asked of a map that leaves the simplex.
EXPECTED = {**dict.fromkeys(LABELS, "out-of-scope"), "prop:simplex": "refuted"}

OPERATOR = Operator("unnormalised_power", Vector(tuple(q ** (1 / T) for q in vector_symbols(2))), Domain(sp.S.Zero, sp.oo), expected=EXPECTED)
