"""How uniform a claim is over softening operators (SKD vi): read off its statement and its derivation.

`axioms_used` lists the axioms that hypotheses of the claim formalise, where the derivation names them; a claim about any
operator and without axioms holds for all of them.  `about` names the operators that a claim writes out, so that it speaks
of these alone.  `PROPERTY` says which property of the matrix a claim about one operator establishes: that property may go
beyond the axioms, and then some legal operator lacks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sympy as sp
from sympy.core.function import AppliedUndef

from theorems.entry import Entry
from theorems.logic import All, ForAll, Named, Proposition, Relation
from theorems.proof import dependencies
from theorems.terms import free_names, peel

#: Properties of single operators, beyond what the axioms demand, that a claim establishes or bounds.
PROPERTY: Final[Mapping[str, tuple[str, ...]]] = {
    "op:mixing-contraction": ("prop:lipschitz", "prop:kl-nonexpansive"), "op:power-kl": ("prop:kl-nonexpansive",),
    "op:power-lipschitz-local": ("prop:lipschitz",), "op:power-holder": ("prop:lipschitz",), "op:power-not-lipschitz": ("prop:lipschitz",),
    "access:privacy-mixing": ("prop:lipschitz",), "access:restriction": ("prop:restriction",), "access:topk-softened": ("prop:restriction",),
    "op:separable-criterion/majorisation": ("prop:majorisation",), "op:generator-class/majorisation": ("prop:majorisation",),
    "op:generator-class/semigroup": ("prop:semigroup",), "op:generator-class/equivariance": ("prop:equivariance",),
    "access:text-unbiased": ("prop:affine",), "op:iia-characterises-power": ("prop:restriction",),
    "op:affine-characterises-mixing": ("prop:affine",), "access:no-free-lunch": ("prop:restriction", "prop:affine"),
}
_FIRST: Final = ("ax:ranking", "ax:continuity", "ax:entropy", "ax:identity", "ax:boundary-hot", "ax:boundary-cold", "prop:simplex")


def axioms_used(entry: Entry) -> tuple[str, ...]:
    """The axioms and properties that hypotheses named in the derivation formalise."""
    claim = entry.claim
    if entry.operator or claim.kind == "measured":
        return ()
    named = dependencies(entry.proof()) if claim.kind != "refutation" else {key for key, _ in claim.hypotheses}
    return tuple(sorted({label for key, hypothesis in claim.hypotheses if key in named for label in formalises(hypothesis)}))


def formalises(hypothesis: Proposition) -> Iterator[str]:
    """Labels of the axioms that a hypothesis says of some operator."""
    for part in hypothesis.atoms(Named):
        if part.name.startswith(("ax:", "prop:")):
            yield part.name
    for part in hypothesis.args if isinstance(hypothesis, All) else (hypothesis,):
        if _ranks(part):
            yield "ax:ranking"


def _ranks(fact: Proposition) -> bool:
    """For all i, j with p_i > p_j: q_i > q_j, for two families or a family and a function of it."""
    if not isinstance(fact, ForAll) or len(fact.variables) < 2 or not all(v.is_integer for v in fact.variables if isinstance(v, sp.Symbol)):
        return False
    orders = [g for g in fact.given if isinstance(g, Relation) and g.op in ("<", ">") and _compared(g)]
    then = fact.then
    return bool(orders) and isinstance(then, Relation) and then.op in ("<", ">") and bool(_compared(then)) and _compared(then) != _compared(orders[0])


def _compared(order: Relation) -> str:
    """The family or function whose two entries an inequality compares, "" when there is none."""
    left, right = order.left, order.right
    if isinstance(left, sp.Indexed) and isinstance(right, sp.Indexed) and left.base == right.base:
        return str(left.base)
    return str(left.func) if isinstance(left, AppliedUndef) and left.func == right.func else ""


def about(entry: Entry) -> str:
    """The operators that the conclusion writes out: names of shipped ones, "a class" for weights or generators, or ""."""
    if entry.operator:
        return entry.operator
    claim = entry.claim
    whole = All(*(h for _, h in claim.hypotheses), claim.conclusion)
    found = {name for node in sp.preorder_traversal(whole) if isinstance(node, sp.Basic) for name in _written(node)}
    return ", ".join(sorted(found))


def _written(node: Any) -> Iterator[str]:
    if isinstance(node, sp.Mul):
        for factor in node.args:
            if isinstance(factor, sp.Pow) and factor.exp == -1 and isinstance(factor.base, sp.Sum):
                body, variable, _ = peel(factor.base)
                kind = _weight(body, variable)
                if kind:
                    yield kind
    if isinstance(node, sp.Add) and _mixes(node):
        yield "mixing"
    if isinstance(node, AppliedUndef) and type(node).__name__ in ("h", "m") and len(node.args) == 1 and node.has(sp.Pow):
        yield "generators"


def _weight(body: sp.Expr, variable: sp.Symbol) -> str:
    """Which family has this weight: a power of an entry, an exponential of a tempered logit, or any function w."""
    for part in sp.preorder_traversal(body):
        if isinstance(part, AppliedUndef) and type(part).__name__ == "w":
            return "separable weights"
    if isinstance(body, sp.Pow) and str(variable) in free_names(body.base) and body.exp.free_symbols and str(variable) not in free_names(body.exp):
        return "power"
    if isinstance(body, sp.exp) and any(isinstance(f, sp.Pow) and f.exp == -1 for f in sp.Mul.make_args(body.args[0])):
        return "power"
    return ""


def _mixes(term: sp.Expr) -> bool:
    """x/T + (1 - 1/T)/V, for some T and V."""
    for part in term.args:
        for clock in (f for f in sp.preorder_traversal(part) if isinstance(f, sp.Pow) and f.exp == -1):
            share = 1 - clock
            if share in sp.Mul.make_args(part) and any(clock in sp.Mul.make_args(other) for other in term.args if other is not part):
                return True
    return False


def operators_with(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The shipped operators whose pinned verdicts prove every one of these axioms and properties."""
    return tuple(key for key, pins in _shipped().items() if all(pins.get(label, "proved") == "proved" for label in labels))


def legal_without(label: str) -> tuple[str, ...]:
    """The shipped legal operators that are shown to lack a property."""
    legal = [key for key, pins in _shipped().items() if all(pins.get(first, "proved") in ("proved", "out-of-scope") for first in _FIRST)]
    return tuple(key for key in legal if _shipped()[key].get(label) == "refuted")


def _shipped() -> dict[str, Mapping[str, str]]:
    from theorems.catalogue import operators, rogues

    return {key: operator.expected for key, operator in operators().items() if key not in rogues()}
