"""Mutants of a claim and its proof: none of them may pass the kernel.

The conclusion is perturbed in the claim and, in the same way, wherever the end of the derivation repeats it, so that
the structural comparison at the end does not save the day: a rule has to refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sympy as sp

from theorems.claim import Claim, negation
from theorems.logic import All, Any_, Exists, ForAll, Proposition, Relation, Tends
from theorems.proof import Part, Proof, Step, dependencies, target

FLIPPED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "!=", "!=": "="}
Change = Callable[[Relation], Relation]


def shifted(relation: Relation) -> Relation:
    """The same relation with its constant moved against it by a thousandth."""
    left, op, right = relation.left, relation.op, relation.right
    sign = {"<=": -1, "<": -1, ">=": 1, ">": 1}.get(op, 1)
    return Relation(left, op, right * (1000 + sign) / 1000 if right != 0 and op == "=" else right + sp.Rational(sign, 1000))


def reversed_(relation: Relation) -> Relation:
    return Relation(relation.left, FLIPPED[relation.op], relation.right)


def ends(proposition: Proposition) -> int:
    """How many relations or limits a conclusion ends in."""
    if isinstance(proposition, (ForAll, Exists)):
        return ends(proposition.then)
    if isinstance(proposition, (All, Any_)):
        return sum(map(ends, proposition.args))
    return 1


def changed(proposition: Proposition, place: int, change: Change) -> Proposition:
    """`proposition` with the relation at the given end changed."""
    if isinstance(proposition, (ForAll, Exists)):
        return proposition.func(proposition.variables, proposition.given, changed(proposition.then, place, change))
    if isinstance(proposition, (All, Any_)):
        parts = list(proposition.args)
        for k, part in enumerate(parts):
            if place < ends(part):
                parts[k] = changed(part, place, change)
                break
            place -= ends(part)
        return proposition.func(*parts)
    if isinstance(proposition, Relation):
        return change(proposition)
    if isinstance(proposition, Tends):
        expression, variable, point, limit, side = proposition.args
        return Tends(expression, variable, point, limit + 1 if limit.is_finite else sp.Integer(0), side)
    return proposition


def with_new_end(step: Step, place: int, change: Change) -> Step:
    """`step` with its conclusion changed, and the ends of its sub-proofs likewise."""
    then = changed(step.then, place, change)
    parts = []
    for number, part in enumerate(step.parts):
        assume, steps = part.assume, part.steps
        if step.rule == "contradiction":
            assume = ((assume[0][0], negation(then)),)
        elif step.rule == "induction" and number == 1:
            assume = (assume[0], (assume[1][0], then.then))  # type: ignore[attr-defined]
        if step.rule in ("generalise", "cases", "induction", "obtain"):
            steps = (*steps[:-1], with_new_end(steps[-1], place, change))
        parts.append(Part(part.variables, assume, steps))
    return replace(step, then=then, parts=tuple(parts))


def perturbed(claim: Claim, proof: Proof) -> Iterator[tuple[str, Claim, Proof]]:
    """Direction and constant of every end of the conclusion."""
    if claim.kind == "refutation":
        return
    for place in range(ends(claim.conclusion)):
        for name, change in (("direction", reversed_), ("constant", shifted)):
            mutant = replace(claim, conclusion=changed(claim.conclusion, place, change))
            last = with_new_end(proof.steps[-1], place, change)
            yield f"{name} of end {place}", mutant, Proof(proof.label, (*proof.steps[:-1], last))


def without_steps(proof: Proof) -> Iterator[tuple[str, Proof]]:
    """Each step deleted, at every depth."""

    def shortened(steps: tuple[Step, ...]) -> Iterator[tuple[str, tuple[Step, ...]]]:
        for k, step in enumerate(steps):
            yield step.name, steps[:k] + steps[k + 1 :]
            for number, part in enumerate(step.parts):
                for name, inner in shortened(part.steps):
                    parts = (*step.parts[:number], replace(part, steps=inner), *step.parts[number + 1 :])
                    yield name, (*steps[:k], replace(step, parts=parts), *steps[k + 1 :])

    for name, steps in shortened(proof.steps):
        yield f"without step {name}", Proof(proof.label, steps)


def without_hypotheses(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Each hypothesis dropped."""
    for name, _ in claim.hypotheses:
        yield f"without {name}", replace(claim, hypotheses=tuple(h for h in claim.hypotheses if h[0] != name))


def unused(claim: Claim, proof: Proof) -> set[str]:
    """Hypotheses that the derivation never names."""
    return {name for name, _ in claim.hypotheses} - dependencies(proof) if claim.kind != "refutation" else set()


__all__ = ["perturbed", "target", "unused", "without_hypotheses", "without_steps"]
