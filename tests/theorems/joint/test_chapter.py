"""The chapter is complete, every claim comes out as expected, and no lemma is cited."""

import pytest

from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.verdict import Refuted, name

LISTED = {"joint:bound", "joint:frozen-head", "joint:divergence", "joint:lambda-needed", "joint:losses", "joint:experiment"}
LABELS = sorted(label for label in entries() if label.startswith("joint:"))


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert [label for label in LABELS if find(label).claim.expected == "refuted"] == ["joint:lambda-needed"]


@pytest.mark.parametrize("label", LABELS)
def test_verdict_and_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not any(trust.startswith("cite") for trust in evidence.trusts)


def test_the_witness_is_one_input_with_two_labels():
    evidence = prove("joint:lambda-needed")
    assert isinstance(evidence.verdict, Refuted)
    witness = evidence.verdict.witness
    assert (witness["n"], witness["f"], witness["g"], witness["e"]) == ("1", "(1,)", "(0,)", "(0,)")
    assert find(find("joint:lambda-needed").claim.repaired).claim.expected == "proved"
