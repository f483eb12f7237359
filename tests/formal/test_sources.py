"""Faults that the text of a Coq file shows: each is planted and each is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formal.conftest import BASE, NEXT
from theorems.errors import DuplicateLabel, OverproofError, UnknownLabel
from theorems.formal import FOLDER, read_wing
from theorems.formal.sources import without_comments


def test_the_wing_reads_and_every_theorem_is_labelled_and_stated() -> None:
    wing = read_wing()
    assert len(wing.theorems) > 80
    assert all(theorem.sentence for theorem in wing.theorems.values())
    assert {theorem.file for theorem in wing.theorems.values()} <= set(wing.sources)
    assert set(wing.partial) <= set(wing.labels())


def test_order_label_part_and_sentence(small: Path) -> None:
    wing = read_wing(small)
    assert list(wing.sources) == ["base", "next"]
    twice = wing.theorems["lemma:twice (four)"]
    assert (twice.label, twice.part, twice.kind, twice.name, twice.sentence) == ("lemma:twice", "four", "claim", "twice_two", "Twice the sum is four.")


def plant(folder: Path, old: str, new: str, *, file: str = "next.v") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_theorem_without_label(small: Path) -> None:
    plant(small, "(* claim: lemma:twice (four) *)\n", "")
    with pytest.raises(UnknownLabel, match="twice_two carries no label"):
        read_wing(small)


def test_label_without_theorem(small: Path) -> None:
    plant(small, "Theorem twice_two", "Lemma twice_two")
    with pytest.raises(UnknownLabel, match="lemma:twice stands above no theorem"):
        read_wing(small)


def test_label_that_is_separated_from_its_theorem(small: Path) -> None:
    plant(small, "Theorem twice_two", "Definition between := 0.\nTheorem twice_two")
    with pytest.raises(UnknownLabel):
        read_wing(small)


def test_misspelt_label(small: Path) -> None:
    plant(small, "lemma:twice (four)", "lemma twice")
    with pytest.raises(UnknownLabel, match="not a label"):
        read_wing(small)


def test_duplicate_label(small: Path) -> None:
    plant(small, "lemma:twice (four)", "lemma:one-plus-one")
    with pytest.raises(DuplicateLabel, match="one_plus_one"):
        read_wing(small)


def test_partial_comment_for_a_label_that_is_not_there(small: Path) -> None:
    plant(small, "(** Twice", "(* partial: lemma:thrice everything is missing *)\n(** Twice")
    with pytest.raises(UnknownLabel, match="lemma:thrice"):
        read_wing(small)


@pytest.mark.parametrize("word", [
    "Axiom shortcut : 2 + 2 = 5.", "Parameter shortcut : 2 + 2 = 5.", "Conjecture shortcut : 2 + 2 = 5.",
    "Lemma shortcut : 2 + 2 = 5. Proof. Admitted.", "Lemma shortcut : 2 + 2 = 5. Proof. admit. Admitted.",
    "Unset Guard Checking.", "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.", "Proposition shortcut : 2 + 2 = 4. Proof. reflexivity. Qed.",
])
def test_words_that_let_an_unproved_statement_through(small: Path, word: str) -> None:
    (small / "next.v").write_text(NEXT + word + "\n", encoding="utf-8")
    with pytest.raises(OverproofError, match="not allowed"):
        read_wing(small)


def test_the_same_words_inside_comments_are_harmless(small: Path) -> None:
    (small / "next.v").write_text(NEXT + '(* no Axiom, nothing (* nested *) Admitted, "*)" quoted *)\n', encoding="utf-8")
    assert "lemma:twice (four)" in read_wing(small).theorems


def test_a_cycle_and_a_missing_requirement(small: Path) -> None:
    (small / "base.v").write_text("From Overproof Require Import next.\n" + BASE, encoding="utf-8")
    with pytest.raises(OverproofError, match="require each other"):
        read_wing(small)
    (small / "base.v").write_text("From Overproof Require Import nowhere.\n" + BASE, encoding="utf-8")
    with pytest.raises(OverproofError, match="not there"):
        read_wing(small)


def test_blanking_comments_keeps_positions() -> None:
    text = 'a (* b (* c *) d *) e "(* f" g'
    assert without_comments(text).split() == ["a", "e", '"', "g"] or without_comments(text).split() == ["a", "e", "g"]
    assert len(without_comments(text)) == len(text)


def test_files_are_short() -> None:
    """A proof file holds one lemma family; 350 lines is the ceiling."""
    assert all(path.read_text(encoding="utf-8").count("\n") <= 350 for path in FOLDER.glob("*.v"))
