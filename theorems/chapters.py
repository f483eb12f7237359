"""Finds the claims: every file of a chapter that ends in `CLAIM = Entry(...)` or `CLAIMS = (Entry(...), ...)`.

A chapter is a package beside this file that holds such files.  A module of a chapter without entries, a label in
two files, a `uses` that names no claim, and a circle of uses all raise.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from theorems.claim import Claim
from theorems.entry import Entry
from theorems.errors import DuplicateLabel, InconsistentEvidence, UnknownLabel
from theorems.labels import CHAPTERS


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """Every entry by label, each after the entries that it uses."""
    found: dict[str, Entry] = {}
    for name in _modules():
        for entry in _entries_of(name):
            if entry.claim.label in found:
                raise DuplicateLabel(f"{name} repeats the label {entry.claim.label}")
            found[entry.claim.label] = entry
    return {label: found[label] for label in _ordered(found)}


@lru_cache(maxsize=1)
def files() -> Mapping[str, str]:
    """The file of every label, as `chapter/noun`."""
    return {entry.claim.label: "/".join(name.split(".")[1:]) for name in _modules() for entry in _entries_of(name)}


def _modules() -> list[str]:
    import theorems

    present = {m.name for m in pkgutil.iter_modules(theorems.__path__) if m.ispkg}
    modules = []
    for chapter in (c for c in CHAPTERS if c in present):
        package = importlib.import_module(f"theorems.{chapter}")
        modules += [f"theorems.{chapter}.{m.name}" for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")]
    return modules


def _entries_of(name: str) -> tuple[Entry, ...]:
    module = importlib.import_module(name)
    entries = getattr(module, "CLAIMS", None) or (getattr(module, "CLAIM", None),)
    if not all(isinstance(e, Entry) for e in entries):
        raise UnknownLabel(f"{name} ends in no CLAIM; give it one, or put an underscore before its name")
    return tuple(entries)


def _ordered(found: Mapping[str, Entry]) -> list[str]:
    for label, entry in found.items():
        for used in entry.claim.uses:
            if used not in found:
                raise UnknownLabel(f"{label} uses {used}, which no file holds")
    try:
        return list(TopologicalSorter({label: e.claim.uses for label, e in found.items()}).static_order())
    except CycleError as circle:
        raise InconsistentEvidence(f"claims use each other in a circle: {' -> '.join(circle.args[1])}") from None


def find(label: str) -> Entry:
    """The entry with this label; an unknown one is answered with the nearest known ones."""
    known = entries()
    if label in known:
        return known[label]
    near = get_close_matches(label, known, n=3, cutoff=0.5)
    raise UnknownLabel(f"no claim is labelled {label}; " + (f"did you mean {', '.join(near)}?" if near else "see `overproof claims`"))


def library(claim: Claim) -> dict[str, Claim]:
    """The claims that the derivation of `claim` may use."""
    return {label: find(label).claim for label in claim.uses}
