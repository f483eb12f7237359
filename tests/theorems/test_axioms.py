"""Axioms: one file each, claims with a meaning of their own, and code whose every inequality matters."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sympy as sp

import theorems.axioms
from numerics import hunt, limits
from numerics.budget import Deadline
from numerics.verify import Inquiry
from theorems import catalogue, logic
from theorems.axiom import Axiom
from theorems.errors import DuplicateLabel, UnknownLabel
from theorems.operator import Domain, Operator, Separable, T, V, p
from theorems.verdict import name

FILES = {module.AXIOM.label: Path(str(module.__file__)) for module in catalogue.modules(theorems.axioms)}
WARM, ALL = Domain(sp.S.One, sp.oo), Domain(sp.S.Zero, sp.oo)
#: Written in one form only, so that no second criterion stands in for a broken one.
PLAIN = {
    "falling": Operator("falling", Separable(p * sp.exp(-(T - 1) * p)), WARM),
    "square_power": Operator("square_power", Separable(p ** (1 / T**2)), ALL),
    "plain_mixing": Operator("plain_mixing", Separable(p / T + (1 - 1 / T) / V), WARM),
}


def operator(key: str) -> Operator:
    return PLAIN[key] if key in PLAIN else catalogue.operators()[key]


def q(*entries: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, entries))


#: Per label: an operator and a witness that breaks it, and one that does not.
WITNESSES: dict[str, tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "prop:simplex": (("mixing_below_one", {"p": q("9/10", "1/10"), "T": Fraction(1, 2)}), ("power", {"p": q("9/10", "1/10"), "T": Fraction(1, 2)})),
    "ax:ranking": (("falling", {"p": q("2/3", "1/3"), "T": Fraction(4), "i": 0, "j": 1}), ("power", {"p": q("2/3", "1/3"), "T": Fraction(4), "i": 0, "j": 1})),
    "ax:continuity": (
        ("top_k", {"p": q("1/2", "1/4", "1/4"), "q": (Fraction(1, 2), Fraction(1, 4) - Fraction(1, 10**12), Fraction(1, 4) + Fraction(1, 10**12)),
                   "T": Fraction(1), "gap": Fraction(1, 5)}),
        ("power", {"p": q("1/2", "1/4", "1/4"), "q": q("1/2", "1/4", "1/4"), "T": Fraction(1), "gap": Fraction(1, 5)})),
    "prop:majorisation": (("sharpening", {"p": q("2/3", "1/3"), "T": Fraction(1), "T2": Fraction(2)}), ("power", {"p": q("2/3", "1/3"), "T": Fraction(1), "T2": Fraction(2)})),
    "ax:entropy": (("sharpening", {"p": q("2/3", "1/3"), "T": Fraction(1), "T2": Fraction(2)}), ("power", {"p": q("2/3", "1/3"), "T": Fraction(1), "T2": Fraction(2)})),
    "ax:identity": (("label_smoothing", {"p": q("2/3", "1/3")}), ("power", {"p": q("2/3", "1/3")})),
    "prop:semigroup": (("label_smoothing", {"p": q("2/3", "1/3"), "T": Fraction(2), "T2": Fraction(2)}), ("mixing", {"p": q("2/3", "1/3"), "T": Fraction(2), "T2": Fraction(2)})),
    "prop:equivariance": (
        ("favouring_mixing", {"p": q("1/2", "1/3", "1/6"), "T": Fraction(2), "permutation": [1, 2, 0]}),
        ("mixing", {"p": q("1/2", "1/3", "1/6"), "T": Fraction(2), "permutation": [1, 2, 0]})),
    "prop:lipschitz": (
        ("power", {"p": q("1", "0"), "q": q("9999/10000", "1/10000"), "T": Fraction(2), "ratio": Fraction(98)}),
        ("mixing", {"p": q("1", "0"), "q": q("9999/10000", "1/10000"), "T": Fraction(2), "ratio": Fraction(98)})),
    "prop:kl-nonexpansive": (
        ("power", {"p": q("99/100", "1/100"), "q": q("999/1000", "1/1000"), "T": Fraction(2), "ratio": Fraction(289, 100)}),
        ("mixing", {"p": q("99/100", "1/100"), "q": q("999/1000", "1/1000"), "T": Fraction(2), "ratio": Fraction(101, 100)})),
    "prop:restriction": (
        ("mixing", {"p": q("1/2", "1/3", "1/6"), "T": Fraction(2), "subset": [0, 1]}), ("sharpening", {"p": q("1/2", "1/3", "1/6"), "T": Fraction(2), "subset": [0, 1]})),
    "prop:affine": (("power", {"p": q("2/3", "1/3"), "q": q("3/4", "1/4"), "T": Fraction(2)}), ("mixing", {"p": q("2/3", "1/3"), "q": q("3/4", "1/4"), "T": Fraction(2)})),
}
SHOWN_FOR = ("square_power", "plain_mixing", "blend", "sharpening", "falling")

#: Per label one inequality or sign, flipped: of its criterion, and of its breach.
MUTATIONS = [
    ("prop:simplex", "All(is_defined(form.weight), gt(weight, 0))", "All(is_defined(form.weight), lt(weight, 0))"),
    ("prop:simplex", "(-lowest, total - 1, 1 - total)", "(lowest, total - 1, 1 - total)"),
    ("ax:ranking", "[law[first] - law[second]]", "[law[second] - law[first]]"),
    ("ax:ranking", "[found[second] - found[first]]", "[found[first] - found[second]]"),
    ("ax:continuity", "[apart - witness[\"gap\"]]", "[witness[\"gap\"] - apart]"),
    ("prop:majorisation", "le(mixed, 0)", "ge(mixed, 0)"),
    ("prop:majorisation", "total = total + b - a", "total = total + a - b"),
    ("ax:entropy", "[witness[\"T2\"] - witness[\"T\"], drop]", "[witness[\"T2\"] - witness[\"T\"], -drop]"),
    ("ax:entropy", "witness[\"T2\"] - witness[\"T\"]", "witness[\"T\"] - witness[\"T2\"]"),
    ("ax:identity", "gt(scale, 0)", "lt(scale, 0)"),
    ("ax:identity", "[max(gaps, key=float)]", "[-max(gaps, key=float)]"),
    ("ax:boundary-hot", "gt(p, 0), lt(p, 1)", "lt(p, 0), lt(p, 1)"),
    ("ax:boundary-hot", "[apart, min(witness[\"p\"])]", "[-apart, min(witness[\"p\"])]"),
    ("ax:boundary-hot-face", "gt(at_zero, 0)", "lt(at_zero, 0)"),
    ("ax:boundary-cold", "lt(x, y)", "gt(x, y)"),
    ("ax:boundary-cold", "[max(gaps, key=float)]", "[-max(gaps, key=float)]"),
    ("prop:semigroup", "eq(alpha * alpha", "gt(alpha * alpha"),
    ("prop:semigroup", "(a - b, b - a)", "(a - a, b - b)"),
    ("prop:equivariance", "[max(gaps, key=float)]", "[-max(gaps, key=float)]"),
    ("prop:lipschitz", "le(alpha, 1)", "ge(alpha, 1)"),
    ("prop:lipschitz", "apart - near * witness", "near - apart * witness"),
    ("prop:kl-nonexpansive", "le(alpha, 1)", "ge(alpha, 1)"),
    ("prop:kl-nonexpansive", "after - before * witness", "before - after * witness"),
    ("prop:restriction", "eq(c * slope", "lt(c * slope"),
    ("prop:restriction", "[mass, max(gaps, key=float)]", "[mass, -max(gaps, key=float)]"),
    ("prop:affine", "eq(sp.diff(positive_weight(form), p, 2), 0)", "gt(sp.diff(positive_weight(form), p, 2), 0)"),
    ("prop:affine", "(max((g, -g), key=float)", "(min((g, -g), key=float)"),
]


def core(axiom: Axiom) -> list[Any]:
    """What the suite pins about one axiom's code: proofs for five operators, and witnesses that do and do not break it."""
    known = {**catalogue.axioms(), axiom.label: axiom}
    found: list[Any] = []
    for key in SHOWN_FOR:
        inquiry = Inquiry(operator(key), Deadline.after(60), axioms=known)
        inquiry.refute = lambda _: None  # type: ignore[method-assign]
        finding = inquiry.finding(axiom.label)
        found.append((name(finding.verdict), finding.scope))
    for key, witness in WITNESSES.get(axiom.label, ()):
        found.append(hunt.recheck(axiom, operator(key), witness))
    if axiom.label.startswith("ax:boundary"):
        found.append(limits.refute_boundary(axiom, operator("sharpening")) is not None)
    return found


@pytest.fixture(scope="module")
def pinned() -> dict[str, list[Any]]:
    return {label: core(axiom) for label, axiom in catalogue.axioms().items()}


def test_witnesses_are_told_apart(pinned: dict[str, list[Any]]) -> None:
    for label in WITNESSES:
        assert pinned[label][-2:] == [True, False], label


def test_every_axiom_has_a_mutation() -> None:
    assert {label for label, _, _ in MUTATIONS} == set(catalogue.axioms()) == set(FILES)


@pytest.mark.parametrize(("label", "old", "new"), MUTATIONS, ids=lambda value: str(value)[:40])
def test_flipped_inequality_is_noticed(label: str, old: str, new: str, pinned: dict[str, list[Any]]) -> None:
    source = FILES[label].read_text(encoding="utf-8")
    assert source.count(old) >= 1, "the mutation no longer applies"
    module = ModuleType("mutated")
    module.__dict__.update(vars(logic))  # every relation, should the file not import the flipped one
    exec(compile(source.replace(old, new), "mutated", "exec"), module.__dict__)
    assert core(module.AXIOM) != pinned[label]


def test_claims_differ_by_operator_and_label() -> None:
    digests = {axiom.claim_for(operator(key)).digest for axiom in catalogue.axioms().values() for key in SHOWN_FOR}
    assert len(digests) == len(catalogue.axioms()) * len(SHOWN_FOR)
    claim = catalogue.axioms()["ax:ranking"].claim_for(operator("power"))
    assert "p[i] > p[j]" in claim.statement() and claim.formalisation == "reported"


def test_mixing_has_no_expectation_of_a_cold_limit() -> None:
    assert catalogue.axioms()["ax:boundary-cold"].claim_for(operator("mixing")).expected == "out-of-scope"


def test_catalogue_is_loud() -> None:
    with pytest.raises(UnknownLabel, match="must end in the constant"):
        catalogue.constants(ModuleType("empty"), "AXIOM")
    twice = ModuleType("twice")
    twice.OPERATORS = (operator("power"), operator("power"))  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "modules", lambda package: [twice])
        with pytest.raises(DuplicateLabel, match="two operators are named power"):
            catalogue._collected((theorems.axioms,))
        twice.OPERATORS = (3,)  # type: ignore[attr-defined]
        with pytest.raises(UnknownLabel, match="must be an Operator"):
            catalogue._collected((theorems.axioms,))


def test_operators_are_found_by_file() -> None:
    assert {"power", "mixing", "logit", "reciprocal", "tsallis(3/2)", "blend"} <= set(catalogue.operators())
    assert len(catalogue.rogues()) == 9 and set(catalogue.rogues()) < set(catalogue.operators())
    assert replace(operator("power"), name="other").digest() == operator("power").digest()
