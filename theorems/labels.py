"""Names that need no mathematics: the chapters of the ledger, and labels.

`LABELS` are the labels of axioms and properties, in the order in which verdicts are given: what later ones need comes first.
"""

LABELS = (
    "prop:simplex", "ax:ranking", "ax:continuity", "prop:majorisation", "ax:entropy", "ax:identity", "ax:boundary-hot",
    "ax:boundary-hot-face", "ax:boundary-cold", "prop:semigroup", "prop:equivariance", "prop:lipschitz", "prop:kl-nonexpansive",
    "prop:restriction", "prop:affine",
)

#: The packages beside this file that hold claims.
CHAPTERS = ("foundations", "softening", "bias_variance", "paths", "equivalence", "access", "linear", "trees", "dynamic", "joint")
