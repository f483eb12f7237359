"""Half power, half mixing, on T >= 1: legal because both parts are and the coefficient is fixed.

Source: ours; label `op:blend`.
"""

import sympy as sp

from theorems.operator import Blend, Domain, Operator
from theorems.operators.mixing import OPERATOR as MIXING
from theorems.operators.power import OPERATOR as POWER

OPERATOR = Operator("blend", Blend(POWER, MIXING, sp.Rational(1, 2)), Domain(sp.S.One, sp.oo), expected={
    "ax:boundary-hot-face": "refuted", "ax:boundary-cold": "out-of-scope", "prop:semigroup": "refuted",
    "prop:lipschitz": "refuted", "prop:kl-nonexpansive": "refuted", "prop:restriction": "refuted", "prop:affine": "refuted",
})
