"""Fixed label smoothing, whatever T is: 9/10 p + 1/10 u.  T = 1 moves p; refuted on A4."""

import sympy as sp

from theorems.operator import Domain, Operator, Separable, V, p

OPERATOR = Operator("label_smoothing", Separable(sp.Rational(9, 10) * p + sp.Rational(1, 10) / V), Domain(sp.S.Zero, sp.oo), expected={
    "ax:identity": "refuted", "ax:boundary-hot": "refuted", "ax:boundary-hot-face": "refuted", "ax:boundary-cold": "refuted",
    "prop:semigroup": "refuted", "prop:restriction": "refuted",
})
