"""Shared fixtures: a small wing on disk, and the skip with its reason where Coq is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from theorems.formal import available

BASE = '''(** One plus one. *)
From Coq Require Import Arith.
Definition two : nat := 2.
(** The sum is two. *)
(* claim: lemma:one-plus-one *)
Theorem one_plus_one : 1 + 1 = two.
Proof. reflexivity. Qed.
'''
NEXT = '''From Coq Require Import Arith.
From Overproof Require Import base.
(** Twice the sum is four. *)
(* claim: lemma:twice (four) *)
Theorem twice_two : two + two = 4.
Proof. reflexivity. Qed.
'''


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with two Coq files, the second of which requires the first."""
    (tmp_path / "base.v").write_text(BASE, encoding="utf-8")
    (tmp_path / "next.v").write_text(NEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def coq() -> None:
    if reason := available():
        pytest.skip(reason)
