"""Reciprocal softening: the generator phi = -1/p on T > 0.

Source: ours; label `op:reciprocal`.
"""

import sympy as sp

from theorems.operator import Domain, Generator, Operator, p

OPERATOR = Operator("reciprocal", Generator(-1 / p), Domain(sp.S.Zero, sp.oo), expected={
    "ax:boundary-hot-face": "refuted", "prop:kl-nonexpansive": "refuted", "prop:restriction": "refuted",
    "prop:affine": "refuted",
})
