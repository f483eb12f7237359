"""Claims: what is said, by whom, under which hypotheses.  Pure data with a digest of its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import sympy as sp
from sympy.core.function import AppliedUndef

from theorems.errors import OverproofError
from theorems.evidence import digest
from theorems.logic import All, Any_, Exists, ForAll, Proposition, Relation
from theorems.terms import canonical, is_random, spelled

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
        parts = [spelled(canonical(h)) for _, h in self.hypotheses] + [spelled(canonical(self.conclusion))]
        return digest({"label": self.label, "kind": self.kind, "meaning": parts})

    def statement(self, *, latex: bool = False) -> str:
        """The claim in one line of text, or in LaTeX."""
        show = sp.latex if latex else str
        join, then = (r",\ ", r"\ \Longrightarrow\ ") if latex else ("; ", "  =>  ")
        given = join.join(show(h) for _, h in self.hypotheses)
        return (given + then if given else "") + show(self.conclusion)


def require_plain(proposition: Proposition) -> None:
    """Symbols are real or integer and nothing more (signs are hypotheses), and no name is one that the kernel makes up."""
    if strange := [node for node in sp.preorder_traversal(proposition) if isinstance(node, (sp.Float, sp.Dummy, sp.Wild))]:
        raise OverproofError(f"{strange[0]} is a rounded number or a symbol that its name does not tell from others; give exact numbers and plain symbols")
    for name in {symbol.name for symbol in proposition.atoms(sp.Symbol)} | {type(f).__name__ for f in proposition.atoms(AppliedUndef)}:
        if name.startswith(("_", "bound_")):
            raise OverproofError(f"the name {name} is kept for the kernel")
    for symbol in (*proposition.atoms(sp.Symbol), *proposition.atoms(AppliedUndef)):
        if any(getattr(symbol, f"is_{word}") is not None for word in ("positive", "negative", "zero", "nonnegative", "nonpositive")):
            raise OverproofError(f"the symbol {symbol} carries a sign; state it as a hypothesis")
    for symbol in proposition.atoms(sp.Symbol):
        if {k: v for k, v in symbol.assumptions0.items() if k != "commutative"} not in _PLAIN:
            raise OverproofError(f"the symbol {symbol} carries more than real or integer; state it as a hypothesis")
    for call in proposition.atoms(AppliedUndef):
        if any(word not in ("commutative",) and known for word, known in type(call)._kwargs.items() if (word, known) != ("real", True)):
            raise OverproofError(f"the function {call} carries an assumption; state it as a hypothesis")
    require_one_kind(proposition)
    require_integer_places(proposition)


_PLAIN = tuple({k: v for k, v in sp.Symbol("x", **kind).assumptions0.items() if k != "commutative"} for kind in ({}, {"real": True}, {"integer": True}))


def require_one_kind(proposition: Proposition) -> None:
    """One name, one kind: substitution goes by names, so that a real in place of an integer of the same name would go unseen."""
    kinds: dict[str, tuple[object, ...]] = {}
    kind: tuple[object, ...]
    todo: list[sp.Basic] = [proposition]
    while todo:
        node = todo.pop()
        if isinstance(node, sp.Symbol):
            name, kind = node.name, (type(node), node.is_integer, node.is_real)
        elif isinstance(node, sp.IndexedBase):
            name, kind = str(node.label), (type(node), node.label.is_integer, node.label.is_real)
        else:
            todo += node.args
            if not isinstance(node, AppliedUndef):
                continue
            name, kind = type(node).__name__, ("function", node.is_integer, None)
        if kinds.setdefault(name, kind) != kind:
            raise OverproofError(f"the name {name} stands for two kinds of things")


def require_integer_places(proposition: Proposition) -> None:
    """Entries have integer indices, sums and products run over integers, and no unknown function has integer values by its kind."""
    for entry in proposition.atoms(sp.Indexed):
        if not all(index.is_integer for index in entry.indices):
            raise OverproofError(f"the index of {entry} is not known to be an integer")
    for node in proposition.atoms(sp.Sum, sp.Product):
        for variable, *ends in node.limits:
            if is_random(variable):
                raise OverproofError(f"the index {variable} of {node} is random")
            if not (variable.is_integer and all(end.is_integer for end in ends)):
                raise OverproofError(f"the range of {variable} in {node} is not known to be one of integers")
    for call in proposition.atoms(AppliedUndef):
        if call.is_integer:
            raise OverproofError(f"the function {call} carries an assumption; state it as a hypothesis")


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
