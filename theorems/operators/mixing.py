"""Mixing with the uniform law: F_T(p) = p/T + (1 - 1/T) u on T >= 1.

Separable with weight p/T + (1 - 1/T)/V; the same family as the generator phi = p.
Source: ours; label `op:mixing`.
"""

import sympy as sp

from theorems.operator import Domain, Generator, Operator, Separable, T, V, p

OPERATOR = Operator("mixing", Separable(p / T + (1 - 1 / T) / V), Domain(sp.S.One, sp.oo), also=(Generator(p),), expected={
    "ax:boundary-cold": "out-of-scope", "prop:restriction": "refuted",
})
