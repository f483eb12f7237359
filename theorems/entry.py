"""A ledger entry: a claim, the derivation that is to be checked, and the sampler that tries to break it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, final

from theorems.claim import Claim
from theorems.derivation import Derivation
from theorems.proof import Proof


class Draw(Protocol):
    """Where a sampler gets its exact numbers from; every draw is kept small enough to print."""

    def rational(self, low: Any, high: Any) -> Any: ...
    def integer(self, low: int, high: int) -> int: ...
    def law(self, size: int, *, zeros: bool = False) -> tuple[Any, ...]: ...
    def family(self, size: int, low: Any, high: Any) -> tuple[Any, ...]: ...


@final
@dataclass(frozen=True)
class Sample:
    """Values of the free names of a claim, and the outcomes of its random names (weight, values).

    `stands_for` names properties of continuous laws ("standard normal") that the finite law here replaces by having
    the moments that the cited lemmas draw from them.
    """

    values: Mapping[str, Any]
    law: tuple[tuple[Any, Mapping[str, Any]], ...] = ()
    stands_for: tuple[str, ...] = ()


@final
@dataclass(frozen=True)
class Quantity:
    """A closed form of a claim that can be worked out at a user's numbers: a name, what it is, the term itself."""

    name: str
    meaning: str
    term: Any


@final
@dataclass(frozen=True)
class Entry:
    """`derive` writes the steps of the proof; `sample` draws a case that should satisfy the hypotheses.

    Without `sample` every free name is drawn by its kind.  A refutation needs no sampler: its witness breaks it.
    A claim about a whole axiom matrix names the `operator` whose verdicts, all as pinned, are its evidence.
    `quantities` are the closed forms of the claim that `overproof claims LABEL --at` and the judge of records evaluate.
    """

    claim: Claim
    derive: Callable[[Derivation], object] = lambda derivation: None
    sample: Callable[[Draw], Sample] | None = None
    operator: str = ""
    quantities: tuple[Quantity, ...] = ()

    def proof(self) -> Proof:
        """The derivation as data."""
        derivation = Derivation(self.claim)
        self.derive(derivation)
        return derivation.done()
