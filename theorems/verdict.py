"""Verdicts, and how two of them combine: one page, one table.

A verdict is a type without a truth value: `bool(verdict)` raises, so that "undecided" is never read as
"false" nor "supported" as "proved".  Use `match`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

from theorems.errors import InconsistentEvidence


class _NoTruthValue:
    __slots__ = ()

    def __bool__(self) -> bool:
        raise TypeError(f"{type(self).__name__} has no truth value; match on its type")


@final
@dataclass(frozen=True)
class Proved(_NoTruthValue):
    """Shown for the whole scope that the evidence names."""


@final
@dataclass(frozen=True)
class Refuted(_NoTruthValue):
    """Shown false by an explicit, exactly rechecked witness (numbers as exact strings)."""

    witness: Mapping[str, object] = field(default_factory=dict)


@final
@dataclass(frozen=True)
class Supported(_NoTruthValue):
    """Tested and not broken; `reason` says how often and where.  Never a proof."""

    reason: str = ""


@final
@dataclass(frozen=True)
class Challenged(_NoTruthValue):
    """Broken by measurement or by floats that could not be rechecked exactly."""

    witness: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


@final
@dataclass(frozen=True)
class Undecided(_NoTruthValue):
    """Neither shown nor broken; `reason` names the obstacle."""

    reason: str


@final
@dataclass(frozen=True)
class OutOfScope(_NoTruthValue):
    """The claim does not speak about this object; `reason` names the hypothesis that fails."""

    reason: str


@final
@dataclass(frozen=True)
class Vacuous(_NoTruthValue):
    """Nothing satisfies the hypotheses: neither proved nor refuted."""

    reason: str


Verdict = Proved | Refuted | Supported | Challenged | Undecided | OutOfScope | Vacuous

NAMES: dict[type, str] = {
    Proved: "proved", Refuted: "refuted", Supported: "supported", Challenged: "challenged",
    Undecided: "undecided", OutOfScope: "out-of-scope", Vacuous: "vacuous",
}

#: The stronger verdict wins.  A refutation beats everything that is not a proof.
_STRENGTH = {Undecided: 0, Supported: 1, Challenged: 2, Vacuous: 3, OutOfScope: 4, Proved: 5, Refuted: 5}


def name(verdict: Verdict) -> str:
    """The verdict's word in JSON and tables."""
    return NAMES[type(verdict)]


def combine(first: Verdict, second: Verdict) -> Verdict:
    """The verdict on one claim from two pieces of evidence; proof with refutation raises."""
    kinds = {type(first), type(second)}
    if kinds == {Proved, Refuted}:
        raise InconsistentEvidence("the same claim is proved and refuted; one engine is wrong")
    return first if _STRENGTH[type(first)] >= _STRENGTH[type(second)] else second
