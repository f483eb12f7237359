"""Every claim of the ledger comes out as expected, and no mutant of it does."""

from __future__ import annotations

import pytest

from numerics.engines import BallEngines
from numerics.falsify import falsify
from numerics.ledger import prove
from tests.theorems import mutation
from theorems.chapters import entries, find, library
from theorems.proof import check_proof
from theorems.verdict import Proved, Refuted, Supported, name

LABELS = [label for label, entry in entries().items() if not entry.operator]


def passes(claim, proof) -> bool:
    evidence = check_proof(claim, proof, library(claim), BallEngines())
    return isinstance(evidence.verdict, (Proved, Refuted))


@pytest.mark.parametrize("label", LABELS)
def test_verdict_is_the_expected_one(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict


@pytest.mark.parametrize("label", LABELS)
def test_no_mutant_passes(label):
    claim, proof = find(label).claim, find(label).proof()
    survivors = [what for what, mutant, changed in mutation.perturbed(claim, proof) if passes(mutant, changed)]
    survivors += [what for what, shorter in mutation.without_steps(proof) if passes(claim, shorter)]
    if claim.kind != "refutation":
        survivors += [what for what, mutant in mutation.without_hypotheses(claim) if passes(mutant, proof)]
    assert not survivors


@pytest.mark.parametrize("label", [label for label in LABELS if find(label).claim.kind != "refutation"])
def test_falsifier_meets_cases_and_breaks_nothing(label):
    evidence = falsify(find(label), cases=30)
    assert isinstance(evidence.verdict, Supported), evidence.verdict
