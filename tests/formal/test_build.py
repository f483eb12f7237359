"""Compiling and auditing, on small planted wings; skipped with the reason where Coq is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formal.conftest import NEXT
from theorems.errors import OverproofError
from theorems.formal import FOLDER, compile_wing, load, record
from theorems.formal.audit import audit

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("coq")]


def test_record_then_load(small: Path) -> None:
    written = record(small)
    assert load(small) == written
    assert [theorem.statement for theorem in written.theorems] == ["(1 + 1)%nat = two", "(two + two)%nat = 4%nat"]
    assert all(theorem.axioms == () for theorem in written.theorems)


def test_compilation_is_incremental(small: Path) -> None:
    compile_wing(small)
    times = {path.name: path.stat().st_mtime_ns for path in (small / ".build").glob("*.vo")}
    assert set(times) == {"base.vo", "next.vo"}
    compile_wing(small)
    assert times == {path.name: path.stat().st_mtime_ns for path in (small / ".build").glob("*.vo")}
    (small / "base.v").write_text((small / "base.v").read_text(encoding="utf-8") + "(* touched *)\n", encoding="utf-8")
    compile_wing(small)
    later = {path.name: path.stat().st_mtime_ns for path in (small / ".build").glob("*.vo")}
    assert all(later[name] > times[name] for name in times), "a changed requirement compiles its users again"


def test_a_false_statement_does_not_compile(small: Path) -> None:
    (small / "next.v").write_text(NEXT.replace("two + two = 4", "two + two = 5"), encoding="utf-8")
    with pytest.raises(OverproofError, match=r"next\.v does not compile"):
        record(small)


def test_an_unlisted_axiom_of_the_library_is_caught(small: Path) -> None:
    (small / "next.v").write_text(
        "From Coq Require Import ProofIrrelevance.\n(** Irrelevance. *)\n(* claim: lemma:irrelevance *)\n"
        "Theorem irrelevant (P : Prop) (a b : P) : a = b.\nProof. apply proof_irrelevance. Qed.\n", encoding="utf-8")
    with pytest.raises(OverproofError, match=r"unlisted axiom .*proof_irrelevance"):
        record(small)
    assert not (small / "evidence.json").exists()


def test_machine_integers_are_caught(small: Path) -> None:
    """The stock interval tactic rests on axioms about 63-bit integers; the wing's own does not."""
    (small / "next.v").write_text(
        "From Coq Require Import Reals.\nFrom Interval Require Import Tactic.\nOpen Scope R_scope.\n(** A bound. *)\n(* claim: lemma:bound *)\n"
        "Theorem bound x : 1 <= x <= 2 -> x * x <= 5.\nProof. intros; interval with (i_prec 60). Qed.\n", encoding="utf-8")
    with pytest.raises(OverproofError, match="unlisted axiom .*Int63"):
        record(small)


def test_a_variable_left_outside_a_section_is_caught(small: Path) -> None:
    (small / "next.v").write_text(
        "Variable shortcut : 2 + 2 = 5.\n(** Absurd. *)\n(* claim: lemma:absurd *)\nTheorem absurd : 2 + 2 = 5.\nProof. exact shortcut. Qed.\n", encoding="utf-8")
    with pytest.raises(OverproofError, match="shortcut"):
        record(small)


def test_the_recorded_evidence_is_what_the_kernel_says_now() -> None:
    """Replays the whole wing: the audit agrees with `evidence.json` to the letter."""
    wing = compile_wing()
    assert audit(wing, FOLDER / ".build") == load().theorems
