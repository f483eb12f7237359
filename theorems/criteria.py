"""Which claims say that an operator has a property: what reductions cite, and what each of these claims establishes.

A claim appears here under the labels that its conclusion states, word for word, of images under an operator; `verify` cites claims from here
and, where a condition passes through analysis, a textbook fact from `FACTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from theorems.operator import Blend, Composed, Form, Reparametrised

ENTROPY: Final = "base:majorisation-entropy/zeros"
SEPARABLE: Final[Mapping[str, tuple[str, ...]]] = {
    label: tuple(f"op:separable-criterion/{name}" for name in names.split()) for label, names in {
        "prop:simplex": "simplex", "ax:ranking": "ranking", "ax:continuity": "continuity", "prop:majorisation": "majorisation equivariance", "ax:identity": "identity",
        "ax:boundary-hot": "hot-limit", "ax:boundary-hot-face": "hot-limit", "ax:boundary-cold": "cold-limit equivariance", "prop:semigroup": "semigroup",
        "prop:equivariance": "equivariance", "prop:lipschitz": "lipschitz", "prop:restriction": "restriction equivariance",
    }.items()}
PAIRS: Final = "op:separable-criterion/ranking-on-pairs"
#: Weights that are straight in p: mixing with the uniform law.
STRAIGHT: Final[Mapping[str, tuple[str, ...]]] = {
    label: ("op:separable-criterion/straight", f"op:separable-criterion/straight-{name}") for label, name in {
        "prop:affine": "affine", "prop:lipschitz": "distance", "prop:semigroup": "semigroup", "prop:kl-nonexpansive": "divergence"}.items()}
GENERATOR: Final[Mapping[str, tuple[str, ...]]] = {
    "prop:simplex": ("op:generator-class", "op:generator-class/exists", "op:generator-class/zeros"),
    **{label: tuple(f"op:generator-class/{name}" for name in names.split()) for label, names in {
        "ax:ranking": "ranking", "ax:continuity": "continuity vertex", "prop:majorisation": "majorisation equivariance", "ax:identity": "identity", "ax:boundary-hot": "hot",
        "ax:boundary-hot-face": "hot", "ax:boundary-cold": "cold equivariance", "prop:semigroup": "semigroup", "prop:equivariance": "equivariance",
        "prop:lipschitz": "lipschitz"}.items()},
}
#: The generators a log p + b and a p + b.
LOGARITHMIC: Final = ("op:generator-class/logarithmic", "access:restriction")
LINEAR: Final = "op:generator-class/straight"
UNIFORM: Final[Mapping[str, str]] = {
    "prop:simplex": "op:toward-uniform/simplex", "ax:ranking": "op:toward-uniform/ranking", "prop:majorisation": "op:toward-uniform/majorisation",
    "ax:boundary-hot": "op:toward-uniform/hot-limit", "ax:boundary-hot-face": "op:toward-uniform/hot-limit"}
_NAMES: Final[Mapping[str, str]] = {
    "prop:simplex": "simplex", "ax:ranking": "ranking", "ax:continuity": "continuity", "ax:identity": "identity", "ax:boundary-hot": "hot-limit",
    "ax:boundary-hot-face": "hot-limit", "ax:boundary-cold": "cold-limit", "prop:equivariance": "equivariance", "prop:lipschitz": "lipschitz", "prop:affine": "affine",
    "prop:restriction": "restriction", "prop:kl-nonexpansive": "divergence", "prop:majorisation": "majorisation", "prop:semigroup": "semigroup"}
_POINTWISE: Final = ("prop:simplex", "ax:ranking", "ax:identity", "ax:boundary-hot", "ax:boundary-hot-face")

ELEMENTARY: Final = "elementary functions are continuous"
UNIFORMLY: Final = "Heine-Cantor theorem"
MONOTONE: Final = "monotone functions with a continuous limit converge uniformly (Polya)"
EXTREME: Final = "extreme value theorem"
SMOOTH: Final = "smooth maps of compact convex sets have Lipschitz constants"
VARIATION: Final = "Karamata"
#: A condition that is the statement itself, entry by entry, for one V.
ITSELF: Final = "the statement entry by entry"
#: Textbook facts that a reduction may cite beside claims, or alone where the label is named.
FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    ELEMENTARY: ("ax:continuity",), UNIFORMLY: (), MONOTONE: (), EXTREME: (), VARIATION: (), ITSELF: ("prop:simplex", "ax:ranking", "ax:identity"),
    SMOOTH: ("prop:lipschitz",),
}


def combination(form: Form, label: str) -> tuple[str, ...]:
    """The claim that a blend, a new clock or a composition keeps `label`; none where no claim says so."""
    match form:
        case Blend():
            known = label in _NAMES and label not in ("prop:restriction", "prop:kl-nonexpansive", "prop:semigroup")
            return ("op:blend/pointwise",) if label in _POINTWISE else (f"op:blend/{_NAMES[label]}",) if known else ()
        case Reparametrised():
            return (f"op:reparametrisation/{_NAMES[label]}",) if label in _NAMES else ()
        case Composed():
            return (f"op:composition/{_NAMES[label]}",) if label in _NAMES and label not in ("prop:majorisation", "prop:semigroup") else ()
    return ()


def establishes() -> dict[str, tuple[str, ...]]:
    """Every criterion with the labels that its conclusion states."""
    found: dict[str, list[str]] = {ENTROPY: ["ax:entropy"], PAIRS: ["ax:ranking"], "access:restriction": ["prop:restriction"]}

    def enter(claim: str, label: str) -> None:
        known = found.setdefault(claim, [])
        if label not in known:
            known.append(label)

    for table in (SEPARABLE, GENERATOR):
        for label, claims in table.items():
            enter(claims[0], label)
    for label, claims in STRAIGHT.items():
        enter(claims[1], label)
    for label, claim in UNIFORM.items():
        enter(claim, label)
    for label, name in _NAMES.items():
        enter("op:blend/pointwise" if label in _POINTWISE else f"op:blend/{name}", label)
        enter(f"op:reparametrisation/{name}", label)
        enter(f"op:composition/{name}", label)
    for claim in ("op:blend/restriction", "op:blend/divergence", "op:blend/semigroup", "op:composition/majorisation", "op:composition/semigroup"):
        del found[claim]
    return {claim: tuple(labels) for claim, labels in found.items()}


__all__ = [
    "ELEMENTARY", "ENTROPY", "EXTREME", "FACTS", "GENERATOR", "ITSELF", "LINEAR", "LOGARITHMIC", "MONOTONE", "PAIRS", "SEPARABLE", "SMOOTH", "STRAIGHT", "UNIFORM", "UNIFORMLY",
    "VARIATION", "combination", "establishes",
]
