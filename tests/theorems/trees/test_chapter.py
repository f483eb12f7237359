"""The chapter is complete, every claim comes out as expected, and its formulas are those of exact enumeration."""

from fractions import Fraction
from itertools import combinations

import pytest
import sympy as sp

from numerics.at import claim_at
from numerics.evaluate import Point, truth
from numerics.falsify import falsify
from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.trees import class_free, class_size, clause_count, cube, hidden_half, passing_sets, search_cost
from theorems.verdict import Refuted, Supported, name

LISTED = {"tree:finite-class", "tree:class-free", "tree:clause-count", "tree:search-cost", "tree:dp-exact", "tree:cheaper", "tree:extraction"}
LABELS = sorted(label for label in entries() if label.startswith("tree:"))
MEASURED = {"tree:cheaper", "tree:cheaper/deeper", "tree:extraction", "tree:extraction/deeper"}


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert [label for label in LABELS if find(label).claim.expected == "refuted"] == ["tree:class-free"]
    assert {label for label in LABELS if find(label).claim.kind == "measured"} == MEASURED


@pytest.mark.parametrize("label", LABELS)
def test_verdict_without_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not [trust for trust in evidence.trusts if trust.startswith("cite")]


@pytest.mark.parametrize("label", [label for label in LABELS if label not in MEASURED | {"tree:class-free"}])
def test_sampler_meets_the_hypotheses(label):
    assert isinstance(falsify(find(label), cases=12).verdict, Supported)


def test_no_number_of_samples_serves_every_class():
    evidence = prove("tree:class-free")
    assert isinstance(evidence.verdict, Refuted) and evidence.verdict.witness == {"h": "ceiling(3*m/2 + 1/2)"}
    assert find(find("tree:class-free").claim.repaired).claim.expected == "proved"
    for seen in range(100):
        half = int(class_free.HALF.subs(class_free.m, seen))
        errors = [hidden_half.least(sp.Integer(seen), sp.Integer(size)) for size in range(max(seen, 1), half + 1)]
        assert [error > class_free.ENOUGH for error in errors] == [False] * (len(errors) - 1) + [True], "the smallest half that will do"


@pytest.mark.parametrize(("half", "seen"), [(1, 0), (2, 1), (3, 0), (3, 2), (3, 3)])
def test_least_error_by_trying_every_answer(half, seen):
    hidden = [set(range(seen)) | set(rest) for rest in combinations(range(seen, 2 * half), half - seen)]
    errors = [sum(Fraction(len(s - set(zeros)), half) for s in hidden) / len(hidden) for zeros in combinations(range(2 * half), half)]
    least = hidden_half.least(sp.Integer(seen), sp.Integer(half))
    assert min(errors) == Fraction(int(least.p), int(least.q))


def test_bounds_by_exact_fractions():
    size, slack, tau, bits = 2, sp.Rational(1, 2), sp.Integer(3), sp.Integer(7)
    passing = clause_count.CONCLUSION.right.subs({passing_sets.n: size, passing_sets.eta: slack / 4, passing_sets.tau: tau, passing_sets.B: 1})
    assert passing == (tau * 4 / (1 - slack)) ** 2
    values = {search_cost.d: bits, search_cost.r: 3, search_cost.s: slack, search_cost.tau: tau, search_cost.B: 1}
    assert search_cost.TOTAL.right.subs(values) == 1 + 2 * bits + sum(2 * bits * 2**k * (tau * 2**k / (1 - slack)) ** 2 for k in (1, 2))


def test_bounds_at_a_users_numbers():
    assert claim_at("tree:finite-class", g=10**6, epsilon="1/100", delta="1/20")["inputs"] == 100 * (sp.log(20) + sp.log(10**6))
    assert claim_at("tree:hidden-half/least", m=100, h=404)["error"] == sp.Rational(304, 708)
    assert "small" in claim_at("tree:clause-count", n=3, eta="1/8", tau=2, B=1).outside.reason


def test_mean_square_error_would_leave_no_bound():
    """The constant 1/2^k represents every clause of k variables with w = 0: mean square 2^-k (1 - 2^-k) < 2^-k, root mean square above it."""
    for size in range(1, 6):
        share = Fraction(1, 2**size)
        assert share * (1 - share) < share and share * (1 - share) >= share**2


def test_trees_are_counted_one_by_one():
    """All trees with s leaves, l questions and q labels written out: as many as F says, and no more than the bound."""
    def trees(leaves: int, questions: int, labels: int) -> list[object]:
        if leaves == 1:
            return list(range(labels))
        return [(bit, no, yes) for left in range(1, leaves) for bit in range(questions)
                for no in trees(left, questions, labels) for yes in trees(leaves - left, questions, labels)]

    for leaves, questions, labels in ((1, 3, 2), (2, 3, 2), (3, 2, 2), (4, 2, 1), (3, 1, 3)):
        written = trees(leaves, questions, labels)
        assert len(set(map(repr, written))) == len(written) == class_size.counts(leaves, questions, labels)[2 * leaves - 1][1]
        assert len(written) <= claim_at("tree:class-size", s=leaves, l=questions, q=labels)["trees"] == (questions + labels) ** (2 * leaves - 1)


def test_inputs_for_probes_at_a_users_numbers():
    assert claim_at("tree:probe-fit", tau=2, B=1, t="1/64", delta="1/2")["inputs"] == 16 * 16 * 2 * 64**2
    assert claim_at("tree:probe-validation", g=201**5, epsilon="1/100", delta="1/20")["inputs"] == 5000 * sp.log(20 * sp.Integer(201) ** 5)


def test_a_set_that_no_bit_tells_apart_breaks_the_count():
    """The same set twice, or an empty one: the count fails, and so do the hypotheses on distinct, non-empty sets."""
    for sets, broken in (([(0,), (0,)], "distinct"), ([()], "some")):
        values, outcomes = cube.cube(2, sets, [(1,) * len(own) for own in sets])
        point = Point({**values, "n": len(sets[0])}, tuple((sp.Rational(1, 4), outcome) for outcome in outcomes))
        wrong = [name for name, hypothesis in cube.HYPOTHESES if truth(hypothesis, point) is False]
        assert broken in wrong and truth(cube.CONCLUSION, point) is False
