"""The chapter is complete, every claim comes out as expected, and one lemma is cited in one place."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.linear.monotone_risk import INPUTS, TEACHER
from theorems.verdict import Refuted, name

LISTED = {"lin:limit", "lin:deep", "lin:risk", "lin:margin", "lin:polynomial", "lin:monotone", "lin:bias", "lin:monotone-risk"}
LABELS = sorted(label for label in entries() if label.startswith("lin:"))
CITED = {"lin:monotone-risk/invariant": {"cite random hyperplane"}}


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert [label for label in LABELS if find(label).claim.expected == "refuted"] == ["lin:monotone-risk", "lin:monotone-risk/mean"]


@pytest.mark.parametrize("label", LABELS)
def test_verdict_and_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert {trust for trust in evidence.trusts if trust.startswith("cite")} == CITED.get(label, set())


@pytest.mark.parametrize("label", ["lin:monotone-risk", "lin:monotone-risk/mean"])
def test_the_refuted_claims_name_what_stands(label):
    assert isinstance(prove(label).verdict, Refuted)
    assert find(find(label).claim.repaired).claim.expected == "proved"


def student(data):
    """The teacher projected on the span of the data, in rationals."""
    points = sp.Matrix(data)
    return points.T * (points.T.pinv() * sp.Matrix(TEACHER))


def risk(data):
    """Share of the three inputs that the student gets wrong; no tie occurs."""
    found, wrong = student(data), 0
    for point in INPUTS:
        truth, answer = (sp.Matrix(vector).dot(sp.Matrix(point)) for vector in (TEACHER, found))
        assert truth != 0 and answer != 0
        wrong += bool(truth * answer < 0)
    return Fraction(int(wrong), 3)


def test_the_mean_risk_of_the_witness_rises_from_nothing():
    one = sum(risk([point]) for point in INPUTS) / 3
    two = sum(risk(pair if pair[0] != pair[1] else pair[:1]) for pair in product(INPUTS, repeat=2)) / 9
    assert one == 0 and two == Fraction(2, 27)
