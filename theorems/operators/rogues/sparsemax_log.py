"""sparsemax(log p / T), written out for V = 2: ((1 + (log p1 - log p2)/T)/2 clipped to [0, 1], the rest).

Its limits are right and its entropy grows, but T = 1 moves p; refuted on A4.
"""

import sympy as sp

from theorems.operator import Domain, Operator, T, Vector
from theorems.wellformed import vector_symbols

_p1, _p2 = vector_symbols(2)
_first = sp.Max(0, sp.Min(1, (1 + (sp.log(_p1) - sp.log(_p2)) / T) / 2))

OPERATOR = Operator("sparsemax_log", Vector((_first, 1 - _first)), Domain(sp.S.Zero, sp.oo), expected={
    "ax:ranking": "undecided", "ax:continuity": "undecided", "prop:majorisation": "undecided",
    "ax:entropy": "undecided", "ax:identity": "refuted", "ax:boundary-hot": "undecided", "ax:boundary-hot-face": "undecided",
    "ax:boundary-cold": "undecided", "prop:semigroup": "refuted", "prop:equivariance": "undecided",
    "prop:lipschitz": "undecided", "prop:kl-nonexpansive": "refuted", "prop:restriction": "out-of-scope",
    "prop:affine": "refuted",
})
