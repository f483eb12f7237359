"""The axiom matrix of each shipped family, for all V and the whole domain: every verdict as pinned with the operator.

The evidence is the run of `verify` on the operator; labels pinned as refuted or out of scope are listed as such.
"""

from __future__ import annotations

import sympy as sp

from theorems.catalogue import ORDER, operators
from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import All, Named, Proposition

NAMES = {"op:power": "power", "op:mixing": "mixing", "op:tsallis": "tsallis(3/2)", "op:logit": "logit", "op:reciprocal": "reciprocal"}


def matrix(name: str) -> Proposition:
    """One conjunct a label: the label itself where it is proved, the label with its pinned word elsewhere."""
    pinned = operators()[name].expected
    words = {label: pinned.get(label, "proved") for label in ORDER}
    return All(*(Named(label if word == "proved" else f"{label} {word}", sp.Symbol(name)) for label, word in words.items()))


#: Legal operators that lack a property which the axioms do not ask for.
SILENT = {"op:axioms-silent/equivariance": "favouring_mixing", "op:axioms-silent/semigroup": "blend"}
CLAIMS = (
    *(Entry(Claim(label, f"The axiom matrix of {name}", Source("SKD", "abstract (v)"), "ours", "matrix", (), matrix(name)), operator=name)
      for label, name in NAMES.items()),
    *(Entry(Claim(label, f"{name} is legal without it", Source("ours", "this project"), "ours", "matrix", (), matrix(name)), operator=name)
      for label, name in SILENT.items()),
    Entry(Claim("op:axioms-silent", "The axioms imply neither equivariance, composition, majorisation, a Lipschitz constant nor shrinking KL", Source("ours", "this project"), "ours", "matrix", (), matrix("power"),
                uses=(*SILENT, "op:shannon-not-majorisation", "op:power-not-lipschitz"),
                note="power: no Lipschitz constant, and KL may grow; favouring_mixing: not equivariant; blend: no composition; "
                     "shannon_only: no majorisation, its axioms and a law that breaks it being derived in op:shannon-not-majorisation."),
          operator="power"),
)
