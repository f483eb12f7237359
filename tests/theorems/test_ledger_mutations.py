"""Every claim of the ledger comes out as expected, and no mutant of it does."""

from __future__ import annotations

import pytest

from numerics.engines import BallEngines
from numerics.falsify import falsify
from numerics.ledger import prove
from tests.theorems import mutation
from theorems.chapters import entries, find, library
from theorems.proof import check_proof
from theorems.register import MEND, read
from theorems.verdict import Proved, Refuted, Supported, name

REGISTER = read()
LABELS = [label for label, entry in entries().items() if not entry.operator]
DERIVED = [label for label in LABELS if find(label).claim.kind != "measured"]


def passes(claim, proof, memo) -> bool:
    evidence = check_proof(claim, proof, library(claim), BallEngines(), memo)
    return isinstance(evidence.verdict, (Proved, Refuted))


@pytest.mark.parametrize("label", LABELS)
def test_verdict_is_the_expected_one(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    pinned = [e for e in REGISTER[label].evidence if e["method"] == evidence.method] if label in REGISTER else []
    assert [(e["verdict"], tuple(e["trusts"])) for e in pinned] == [(name(evidence.verdict), evidence.trusts)], f"verdict or trust list changed; {MEND}"


@pytest.mark.parametrize("label", DERIVED)
def test_no_mutant_passes(label):
    claim, proof, memo = find(label).claim, find(label).proof(), {}
    survivors = [what for what, mutant, changed in mutation.perturbed(claim, proof) if passes(mutant, changed, memo)]
    survivors += [what for what, shorter in mutation.without_steps(proof) if passes(claim, shorter, memo)]
    if claim.kind != "refutation":
        survivors += [what for what, mutant in mutation.without_hypotheses(claim) if passes(mutant, proof, memo)]
    assert passes(claim, proof, memo), "what no mutant may do, the claim itself must do with the same memory"
    assert not survivors


@pytest.mark.parametrize("label", [label for label in DERIVED if find(label).claim.kind != "refutation"])
def test_falsifier_meets_cases_and_breaks_nothing(label):
    evidence = falsify(find(label), cases=30)
    assert isinstance(evidence.verdict, Supported), evidence.verdict
