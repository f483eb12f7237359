"""Mixing for three classes on a clock that runs faster the likelier class 1 is: h = 1 + (T - 1)(1 + p_1).

Each p runs to u along the same straight line as with mixing, so the axioms hold; classes are not treated alike,
so equivariance fails; label `op:axioms-silent`.  Source: ours.
"""

import sympy as sp

from theorems.operator import Domain, Operator, T, Vector
from theorems.wellformed import vector_symbols

_p = vector_symbols(3)
_clock = 1 + (T - 1) * (1 + _p[0])

OPERATOR = Operator("favouring_mixing", Vector(tuple(q / _clock + (1 - 1 / _clock) / 3 for q in _p)), Domain(sp.S.One, sp.oo), expected={
    "ax:boundary-cold": "out-of-scope", "prop:semigroup": "refuted", "prop:equivariance": "refuted",
    "prop:kl-nonexpansive": "undecided", "prop:restriction": "out-of-scope", "prop:affine": "refuted",
})
