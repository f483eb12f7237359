"""Logit softening: the generator phi = log(p/(1 - p)) on T > 0: every class is softened by its own log-odds.

Source: ours; label `op:logit`.
"""

import sympy as sp

from theorems.operator import Domain, Generator, Operator, p

OPERATOR = Operator("logit", Generator(sp.log(p / (1 - p))), Domain(sp.S.Zero, sp.oo), expected={
    "ax:boundary-hot-face": "refuted", "prop:lipschitz": "refuted", "prop:kl-nonexpansive": "refuted",
    "prop:restriction": "refuted", "prop:affine": "refuted",
})
