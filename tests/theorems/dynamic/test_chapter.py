"""The chapter is complete, every claim comes out as expected, and the two counts of unrolling are kept apart."""

import pytest
import sympy as sp

from numerics.falsify import falsify
from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.dynamic import local, unrolling
from theorems.terms import free_names
from theorems.verdict import Supported, name

LABELS = sorted(label for label in entries() if label.startswith("dp:"))


def test_every_listed_label_is_here():
    assert LABELS == ["dp:experiment", "dp:generalises", "dp:local", "dp:unrolling", "dp:unrolling/cost"]
    assert [label for label in LABELS if find(label).claim.kind == "measured"] == ["dp:experiment"]


@pytest.mark.parametrize("label", LABELS)
def test_verdict_without_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not [trust for trust in evidence.trusts if trust.startswith("cite")]


@pytest.mark.parametrize("label", ["dp:generalises", "dp:local", "dp:unrolling", "dp:unrolling/cost"])
def test_sampler_meets_the_hypotheses(label):
    assert isinstance(falsify(find(label), cases=12).verdict, Supported)


def test_node_updates_and_bit_updates_count_differently():
    sizes = {unrolling.n: 4, unrolling.l: 3, unrolling.s: 2, unrolling.r: 5}
    assert [part.right.subs(sizes) for part in unrolling.CONCLUSION.args] == [2**4, 20, 2**12, 60]


def test_the_search_for_the_update_does_not_see_the_graph():
    assert free_names(local.PROBES.right).isdisjoint({"n", "R"})
    assert sp.degree(local.RUN.right, local.n) == sp.degree(local.RUN.right, local.R) == 1
