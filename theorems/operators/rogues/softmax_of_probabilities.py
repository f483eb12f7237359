"""softmax(p/T) applied to probabilities instead of logits: weights exp(p/T).  T = 1 moves p; refuted on A4."""

import sympy as sp

from theorems.operator import Domain, Operator, Separable, T, p

OPERATOR = Operator("softmax_of_probabilities", Separable(sp.exp(p / T)), Domain(sp.S.Zero, sp.oo), expected={
    "ax:identity": "refuted", "prop:semigroup": "refuted", "prop:kl-nonexpansive": "refuted", "prop:restriction": "refuted",
    "prop:affine": "refuted",
})
