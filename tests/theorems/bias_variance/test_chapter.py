"""The chapter is complete, every claim comes out as expected, and its sampler meets the hypotheses."""

import pytest

from numerics.falsify import falsify
from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.verdict import Refuted, Supported, name

LISTED = {
    "bv:squared", "bv:kl", "bv:reverse-kl", "bv:bregman", "bv:operator-agnostic", "bv:criterion-as-stated", "bv:criterion", "bv:softening-bias",
    "bv:linear-dense", "bv:linear-sparse", "bv:linear-distilled", "bv:triple-point", "bv:ridge-mixing", "bv:bayes-teacher",
}
LABELS = sorted(label for label in entries() if label.startswith("bv:"))
CITED = {"bv:linear-dense/coefficients": {"cite Wishart inverse moment"}}


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert [label for label in LABELS if find(label).claim.expected == "refuted"] == ["bv:criterion-as-stated"]


@pytest.mark.parametrize("label", LABELS)
def test_verdict_and_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert {trust for trust in evidence.trusts if trust.startswith("cite")} == CITED.get(label, set())


@pytest.mark.parametrize("label", [label for label in LABELS if label != "bv:criterion-as-stated"])
def test_sampler_meets_the_hypotheses(label):
    evidence = falsify(find(label), cases=12)
    assert isinstance(evidence.verdict, Supported), evidence.verdict


def test_the_stated_criterion_has_an_exact_witness_and_a_repair():
    evidence = prove("bv:criterion-as-stated")
    assert isinstance(evidence.verdict, Refuted)
    assert evidence.verdict.witness["p"] == "(9/10, 7/100, 3/100)"
    assert find(find("bv:criterion-as-stated").claim.repaired).claim.expected == "proved"


def test_operator_agnostic_has_no_hypothesis_on_the_operator():
    claim = find("bv:operator-agnostic").claim
    assert claim.hypotheses == ()
    assert not any(label.startswith(("ax:", "prop:", "op:")) for label in claim.uses)
