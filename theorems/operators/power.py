"""Power softening: F_T(p)_i = p_i^(1/T) / sum_j p_j^(1/T) on T > 0.

Separable with weight p^(1/T); the same family as the generator phi = log p.
Source: SKD abstract (a); label `op:power`.
"""

import sympy as sp

from theorems.operator import Domain, Generator, Operator, Separable, T, p

OPERATOR = Operator("power", Separable(p ** (1 / T)), Domain(sp.S.Zero, sp.oo), also=(Generator(sp.log(p)),), expected={
    "ax:boundary-hot-face": "refuted", "prop:lipschitz": "refuted", "prop:kl-nonexpansive": "refuted",
    "prop:affine": "refuted",
})
