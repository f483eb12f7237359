"""The labels of axioms and properties, in the order in which verdicts are given: what later ones need comes first."""

LABELS = (
    "prop:simplex", "ax:ranking", "ax:continuity", "prop:majorisation", "ax:entropy", "ax:identity", "ax:boundary-hot",
    "ax:boundary-hot-face", "ax:boundary-cold", "prop:semigroup", "prop:equivariance", "prop:lipschitz", "prop:kl-nonexpansive",
    "prop:restriction", "prop:affine",
)
