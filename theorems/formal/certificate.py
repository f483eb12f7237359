"""A bisection certificate as a Coq file: the kernel replays the tree that the suite's search found.

The claim's formula is read by the closed grammar and written as a real expression; every split of the tree becomes a
case distinction at the same rational midpoint, every leaf an enclosure by `pure_interval` (bisected further where the
suite's own leaf rule was sharper).  What Coq accepts rests on its kernel and the listed axioms, not on the suite.
A power with an exponent that is no number is written exp (b ln a); its enclosure fails unless a > 0 on the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from theorems.errors import OverproofError
from theorems.evidence import Evidence, digest
from theorems.formal.audit import AXIOMS, axioms_of
from theorems.formal.build import compile_wing, coq_version, run_coq
from theorems.formal.sources import FOLDER
from theorems.grammar import Node, parse_tree
from theorems.verdict import Proved

_CALLS = {"exp": "exp", "log": "ln", "sqrt": "sqrt", "abs": "Rabs", "Abs": "Rabs", "sin": "sin", "cos": "cos", "tan": "tan", "atan": "atan"}
_CONSTANTS = {"pi": "PI", "E": "exp 1"}
_HEAD = """From Coq Require Import Reals Lra List.
From Overproof Require Import pure_interval.
Import ListNotations.
Open Scope R_scope.
Lemma halve (P : Prop) a m b x : (a <= x <= m -> P) -> (m <= x <= b -> P) -> a <= x <= b -> P.
Proof. intros L R H; destruct (Rle_dec x m); [apply L|apply R]; lra. Qed.
"""


def _rational(value: Fraction) -> str:
    return f"({value.numerator} / {value.denominator})"


def _constant(node: Node) -> Fraction | None:
    """The value of a formula without names or functions."""
    parts = [_constant(part) for part in node.parts]
    known = [part for part in parts if part is not None]
    if node.kind == "number":
        return Fraction(node.text)
    if len(known) < len(parts) or not parts:
        return None
    match node.kind:
        case "negative":
            return -known[0]
        case "reciprocal":
            return 1 / known[0] if known[0] else None
        case "sum":
            return sum(known, Fraction(0))
        case "product":
            value = Fraction(1)
            for part in known:
                value *= part
            return value
    return None


def _power(base: Node, exponent: Node, names: Mapping[str, str]) -> str:
    below, value = coq_term(base, names), _constant(exponent)
    if base.kind == "name" and base.text == "E":
        return f"exp {coq_term(exponent, names)}"
    if value is not None and value.denominator == 1:
        return f"{below} ^ {value}" if value >= 0 else f"/ {below} ^ {-value}"
    return f"sqrt {below}" if value == Fraction(1, 2) else f"exp ({coq_term(exponent, names)} * ln {below})"


def coq_term(node: Node, names: Mapping[str, str]) -> str:
    """A formula of the closed grammar as a Coq real, in brackets; `OverproofError` names a function Coq is not given."""
    parts = node.parts
    match node.kind:
        case "number":
            return _rational(Fraction(node.text))
        case "name" if node.text in names:
            return names[node.text]
        case "name" if node.text in _CONSTANTS:
            return f"({_CONSTANTS[node.text]})"
        case "negative":
            return f"(- {coq_term(parts[0], names)})"
        case "reciprocal":
            return f"(/ {coq_term(parts[0], names)})"
        case "sum" | "product":
            sign = " + " if node.kind == "sum" else " * "
            return f"({sign.join(coq_term(part, names) for part in parts)})"
        case "power":
            return f"({_power(parts[0], parts[1], names)})"
        case "call" if node.text in _CALLS and len(parts) == 1:
            return f"({_CALLS[node.text]} {coq_term(parts[0], names)})"
    raise OverproofError(f"{node.text or node.kind!r} has no counterpart in the Coq files; keep to + - * / ** exp log sqrt abs")


def _proof(leaf: str, bits: Iterator[str], axes: Iterator[str], box: list[tuple[Fraction, Fraction]]) -> str:
    """The tactics for one subtree, in preorder; the lower half comes first."""
    if next(bits) == "0":
        return leaf
    axis = int(next(axes))
    low, high = box[axis]
    middle = (low + high) / 2
    halves = [_proof(leaf, bits, axes, [*box[:axis], half, *box[axis + 1 :]]) for half in ((low, middle), (middle, high))]
    split = f"refine (halve _ {_rational(low)} {_rational(middle)} {_rational(high)} x{axis} _ _ H{axis}); clear H{axis}; intro H{axis}."
    return f"{split}\n{{ {halves[0]} }}\n{{ {halves[1]} }}"


def coq_file(certificate: Mapping[str, Any], depth: int = 10) -> str:
    """The Coq file of a certificate of kind bisection (as JSON data); `OverproofError` where it is none or is malformed."""
    try:
        claim, body = certificate["claim"], certificate["body"]
        if certificate["kind"] != "bisection":
            raise OverproofError(f"a certificate of kind {certificate['kind']} has no Coq form; only bisection has")
        variables = [(name, Fraction(low), Fraction(high)) for name, low, high in claim["variables"]]
        names = {name: f"x{index}" for index, (name, _, _) in enumerate(variables)}
        relation = {">=": "<=", ">": "<"}[claim["relation"]]
        term = coq_term(parse_tree(claim["expression"], length=20_000), names)
        bits, axes = iter(body["bits"]), iter(body["axes"])
        leaf = f"leaf [{'; '.join(names.values())}]."
        proof = _proof(leaf, bits, axes, [(low, high) for _, low, high in variables])
    except (KeyError, IndexError, TypeError, ValueError, StopIteration) as fault:
        raise OverproofError(f"not a bisection certificate: {type(fault).__name__} {fault}") from fault
    if next(bits, None) is not None or next(axes, None) is not None:
        raise OverproofError("not a bisection certificate: the tree ends before its bits or axes do")
    bounds = "".join(f"{_rational(low)} <= x{index} <= {_rational(high)} ->\n  " for index, (_, low, high) in enumerate(variables))
    points = " ".join(f"x{index}" for index in range(len(variables)))
    held = " ".join(f"H{index}" for index in range(len(variables)))
    return (
        f"{_HEAD}Ltac leaf points := first [pure_interval (@nil R) 0%nat | pure_interval points {depth}%nat].\n"
        f"Theorem certified : forall {points} : R,\n  {bounds}0 {relation} {term}.\nProof.\nintros {points} {held}.\n{proof}\nQed.\n"
    )


def prove(certificate: Mapping[str, Any], build: Path | None = None) -> Evidence:
    """Have the kernel check the certificate's claim; evidence of method `formal`, or `OverproofError` with its complaint."""
    build = build or FOLDER / ".build"
    text = coq_file(certificate)
    compile_wing(FOLDER, build)
    printed = run_coq(text + "Print Assumptions certified.\n", f"certificate_{digest(text)[:16]}", build)
    axioms = axioms_of(printed)
    if unlisted := [name for name in axioms if name not in AXIOMS]:
        raise OverproofError(f"the certificate's theorem rests on the unlisted axiom {unlisted[0]}")
    box = ", ".join(f"{name} in [{low}, {high}]" for name, low, high in certificate["claim"]["variables"])
    return Evidence(
        claim_digest=digest(dict(certificate["claim"])), method="formal", verdict=Proved(), scope=box,
        trusts=(f"Coq kernel {coq_version()}", *axioms), environment={"coq": coq_version()},
    )
