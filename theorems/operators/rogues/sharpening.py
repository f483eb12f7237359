"""Sharpening with the wrong sign of the exponent: weights p^T.  Entropy falls as T grows; refuted on A3."""

import sympy as sp

from theorems.operator import Domain, Operator, Separable, T, p

OPERATOR = Operator("sharpening", Separable(p**T), Domain(sp.S.Zero, sp.oo), expected={
    "prop:majorisation": "refuted", "ax:entropy": "refuted", "ax:boundary-hot": "refuted", "ax:boundary-hot-face": "refuted",
    "ax:boundary-cold": "refuted", "prop:lipschitz": "refuted", "prop:kl-nonexpansive": "refuted", "prop:affine": "refuted",
})
