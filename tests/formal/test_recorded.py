"""The recorded evidence: loads without Coq, and is refused when anything changed since."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from theorems.chapters import entries
from theorems.errors import StaleCertificate, UnknownLabel
from theorems.formal import AXIOMS, FOLDER, load
from theorems.formal.recorded import present
from theorems.verdict import Proved, Refuted


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in [*FOLDER.glob("*.v"), FOLDER / "evidence.json"]:
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_record_matches_the_files() -> None:
    recorded = load()
    assert recorded.coq and len(recorded.theorems) > 80


def test_only_the_listed_axioms_appear_and_each_is_justified() -> None:
    recorded = load()
    used = {axiom for theorem in recorded.theorems for axiom in theorem.axioms}
    assert used <= set(AXIOMS)
    assert used == {
        "ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep", "Classical_Prop.classic",
    }
    assert all(AXIOMS.values())


def test_a_changed_file_is_stale(copy: Path) -> None:
    path = copy / "stages.v"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(StaleCertificate, match=r"stages\.v was changed"):
        load(copy)


def test_a_changed_requirement_is_stale_even_when_its_own_digest_was_updated(copy: Path) -> None:
    data = json.loads((copy / "evidence.json").read_text(encoding="utf-8"))
    data["files"]["stages"][1] = "0" * 64
    (copy / "evidence.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StaleCertificate, match=r"requires was changed"):
        load(copy)


def test_a_file_more_or_less_is_stale(copy: Path) -> None:
    (copy / "extra.v").write_text("Definition two := 2.\n", encoding="utf-8")
    with pytest.raises(StaleCertificate, match="one side only"):
        load(copy)


def test_a_record_that_lists_another_theorem_is_stale(copy: Path) -> None:
    data = json.loads((copy / "evidence.json").read_text(encoding="utf-8"))
    data["theorems"][0]["label"] = "lemma:other"
    (copy / "evidence.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StaleCertificate, match="other theorems"):
        load(copy)


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"coq": 1}'])
def test_a_broken_record_is_stale(copy: Path, text: str) -> None:
    (copy / "evidence.json").write_text(text, encoding="utf-8")
    with pytest.raises(StaleCertificate, match=r"evidence\.json"):
        load(copy)


def test_evidence_proves_refutes_or_stays_silent() -> None:
    recorded = load()
    proved = recorded.evidence("path:hoeffding", "d" * 64)
    assert proved is not None and isinstance(proved.verdict, Proved) and proved.method == "formal" and proved.scope == "all V"
    assert proved.trusts[0] == f"Coq kernel {recorded.coq}" and set(proved.trusts[1:]) <= set(AXIOMS)
    elsewhere = recorded.evidence("joint:bound", "d" * 64)
    assert elsewhere is not None and elsewhere.scope == "as Coq states it", "no V occurs in it"
    refuted = recorded.evidence("bv:criterion-as-stated", "d" * 64)
    assert refuted is not None and isinstance(refuted.verdict, Refuted) and "risk" in str(refuted.verdict.witness["statement"])
    partial = replace(recorded, partial={"op:power": "the cold limit"})
    assert partial.evidence("op:power", "d" * 64) is None, "a partial label must not prove the whole claim"
    assert recorded.evidence("op:power", "d" * 64) is not None
    with pytest.raises(UnknownLabel):
        recorded.evidence("op:nothing", "d" * 64)


def test_statements_are_coqs_own() -> None:
    hoeffding, *_ = load().of("path:hoeffding")
    assert "divergence V (softmax V z) (softmax V z')" in hoeffding.statement
    assert "/ 8" in hoeffding.statement


def test_theorems_that_state_a_part_decide_nothing() -> None:
    recorded, left_out = load(), "equality"
    part = replace(recorded, partial={"lemma:gibbs": left_out})
    found = entries()["base:gibbs"].claim.digest
    whole = recorded.for_claim("base:gibbs", found)
    assert whole is not None and isinstance(whole.verdict, Proved) and recorded.left_out("base:gibbs", found) == ""
    assert part.for_claim("base:gibbs", found) is None and part.left_out("base:gibbs", found) == left_out
    assert part.binding("base:gibbs") != recorded.binding("base:gibbs"), "the claim is recorded anew"
    assert recorded.for_claim("op:tsallis", "d" * 64) is None and recorded.binding("op:tsallis") == ""


def test_present_refuses_a_changed_file(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("theorems.formal.recorded.FOLDER", copy)
    assert present.__wrapped__() == load(copy)
    (copy / "stages.v").write_text("(* other *)", encoding="utf-8")
    with pytest.raises(StaleCertificate, match=r"stages\.v"):
        present.__wrapped__()
    with pytest.raises(StaleCertificate):
        binding_of(copy)


def binding_of(folder: Path) -> str:
    return load(folder).binding("path:hoeffding")
