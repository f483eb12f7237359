"""Textbook lemmas that a derivation may cite: each an exact statement with its reference, one file each.

A citation is instantiated like a claim, hypothesis by hypothesis.  The lemma itself is a theorem of the formal wing under its
own label, or trusted and listed with the reason why it stays a citation.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import final

from theorems.claim import Claim
from theorems.errors import DuplicateLabel, StaleCertificate, UnknownLabel
from theorems.evidence import Evidence
from theorems.formal.recorded import present


@final
@dataclass(frozen=True)
class Lemma:
    """A named lemma: its exact statement, where it is proved, and why it `stays` a citation, "" where Coq proves it."""

    name: str
    claim: Claim
    reference: str
    stays: str = ""

    def formal(self) -> Evidence | None:
        """Coq's proof of the whole statement; None where the lemma stays a citation or the record of the wing is stale."""
        try:
            return None if self.stays else present().for_claim(self.claim.label, self.claim.digest)
        except StaleCertificate:
            return None


@lru_cache(maxsize=1)
def lemmas() -> dict[str, Lemma]:
    """Every `LEMMA` of the files beside this one, by name."""
    found: dict[str, Lemma] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        entry = importlib.import_module(f"{__name__}.{module}").LEMMA
        if entry.name in found:
            raise DuplicateLabel(f"two files hold the lemma {entry.name}")
        found[entry.name] = entry
    return found


def lemma(name: str) -> Lemma:
    """The lemma called `name`."""
    if name not in lemmas():
        raise UnknownLabel(f"no lemma is called {name}; known: {', '.join(lemmas())}")
    return lemmas()[name]
