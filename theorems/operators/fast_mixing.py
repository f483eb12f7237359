"""Mixing on a faster clock, T -> 2T - 1: legal, and no semigroup; label `op:axioms-silent`.

Source: ours.
"""

import sympy as sp

from theorems.operator import Domain, Operator, Reparametrised, T
from theorems.operators.mixing import OPERATOR as MIXING

OPERATOR = Operator("fast_mixing", Reparametrised(MIXING, 2 * T - 1), Domain(sp.S.One, sp.oo), expected={
    "ax:boundary-cold": "out-of-scope", "prop:semigroup": "refuted", "prop:restriction": "refuted",
})
