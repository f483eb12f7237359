"""Textbook lemmas that a derivation may cite: each an exact statement with its reference, one file each.

A citation is instantiated like a claim, hypothesis by hypothesis; the lemma itself is trusted and listed.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import final

from theorems.claim import Claim
from theorems.errors import DuplicateLabel, UnknownLabel


@final
@dataclass(frozen=True)
class Lemma:
    """A named lemma: its exact statement and where it is proved."""

    name: str
    claim: Claim
    reference: str


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
