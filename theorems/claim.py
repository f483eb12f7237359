"""Claims: what is said, by whom, under which hypotheses.  Pure data with a digest of its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import sympy as sp

from theorems.errors import OverproofError
from theorems.evidence import digest
from theorems.logic import All, Any_, Exists, ForAll, Proposition, Relation
from theorems.terms import canonical

FORMALISATIONS = ("source", "reported", "ours")
KINDS = ("identity", "upper", "lower", "tight", "existence", "refutation", "implication", "matrix", "measured")
_NEGATED = {"=": "!=", "!=": "=", "<=": ">", "<": ">=", ">=": "<", ">": "<="}


@final
@dataclass(frozen=True)
class Source:
    """A work (SKD, PL, LW, BA, IJC, or `ours`) and the place in it."""

    key: str
    place: str

    def __str__(self) -> str:
        return f"{self.key} {self.place}".strip()


@final
@dataclass(frozen=True)
class Claim:
    """`hypotheses` (named) imply `conclusion`, for all values of the free names.

    A claim of kind `refutation` states what is false; its proof exhibits a counterexample, and `repaired`
    is the label of the claim that stands instead.  `uses` are labels of claims that its derivation needs.
    """

    label: str
    title: str
    source: Source
    formalisation: str
    kind: str
    hypotheses: tuple[tuple[str, Proposition], ...]
    conclusion: Proposition
    expected: str = "proved"
    uses: tuple[str, ...] = ()
    repaired: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.formalisation not in FORMALISATIONS:
            raise OverproofError(f"{self.label}: formalisation must be one of {', '.join(FORMALISATIONS)}")
        if self.kind not in KINDS:
            raise OverproofError(f"{self.label}: kind must be one of {', '.join(KINDS)}")
        for proposition in (*(h for _, h in self.hypotheses), self.conclusion):
            require_plain(proposition)

    @property
    def chapter(self) -> str:
        """The part of the label before the colon."""
        return self.label.split(":")[0]

    @cached_property
    def digest(self) -> str:
        """sha256 of hypotheses and conclusion up to the names of bound variables."""
        parts = [sp.srepr(canonical(h)) for _, h in self.hypotheses] + [sp.srepr(canonical(self.conclusion))]
        return digest({"label": self.label, "kind": self.kind, "meaning": parts})

    def statement(self, *, latex: bool = False) -> str:
        """The claim in one line of text, or in LaTeX."""
        show = sp.latex if latex else str
        join, then = (r",\ ", r"\ \Longrightarrow\ ") if latex else ("; ", "  =>  ")
        given = join.join(show(h) for _, h in self.hypotheses)
        return (given + then if given else "") + show(self.conclusion)


def require_plain(proposition: Proposition) -> None:
    """Signs are hypotheses, never assumptions of a symbol: symbols are real or integer and nothing more."""
    for symbol in proposition.atoms(sp.Symbol):
        if any(getattr(symbol, f"is_{word}") is not None for word in ("positive", "negative", "zero", "nonnegative", "nonpositive")):
            raise OverproofError(f"the symbol {symbol} carries a sign; state it as a hypothesis")


def negation(proposition: Proposition) -> Proposition:
    """The proposition that holds exactly when this one does not."""
    match proposition:
        case Relation():
            return Relation(proposition.left, _NEGATED[proposition.op], proposition.right)
        case ForAll():
            return Exists(proposition.variables, proposition.given, negation(proposition.then))
        case Exists():
            return ForAll(proposition.variables, proposition.given, negation(proposition.then))
        case All():
            return Any_(*map(negation, proposition.args))
        case Any_():
            return All(*map(negation, proposition.args))
    raise OverproofError(f"no negation rule for {proposition}")
