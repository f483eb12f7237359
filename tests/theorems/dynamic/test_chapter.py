"""The chapter is complete, every claim comes out as expected, and the two counts of unrolling are kept apart."""

from fractions import Fraction
from itertools import combinations, product
from operator import ne

import pytest
import sympy as sp

from numerics.at import claim_at
from numerics.falsify import falsify
from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.dynamic import local, run_error, samples, unrolling
from theorems.dynamic._class import enough
from theorems.terms import free_names
from theorems.verdict import Supported, name

LABELS = sorted(label for label in entries() if label.startswith("dp:"))


def test_every_listed_label_is_here():
    assert LABELS == ["dp:experiment", "dp:generalises", "dp:local", "dp:local/exact", "dp:local/run", "dp:local/samples", "dp:unrolling",
                      "dp:unrolling/cost", "dp:unrolling/samples"]
    assert [label for label in LABELS if find(label).claim.kind == "measured"] == ["dp:experiment"]


@pytest.mark.parametrize("label", LABELS)
def test_verdict_without_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not [trust for trust in evidence.trusts if trust.startswith("cite")]


@pytest.mark.parametrize("label", [label for label in LABELS if label != "dp:experiment"])
def test_sampler_meets_the_hypotheses(label):
    assert isinstance(falsify(find(label), cases=12).verdict, Supported)


def test_node_updates_and_bit_updates_count_differently():
    sizes = {unrolling.n: 4, unrolling.l: 3, unrolling.s: 2, unrolling.r: 5}
    assert [part.right.subs(sizes) for part in unrolling.CONCLUSION.args] == [2**4, 20, 2**12, 60]


def test_the_search_for_the_update_does_not_see_the_graph():
    assert free_names(local.PROBES.right).isdisjoint({"n", "R"})
    assert sp.degree(local.RUN.right, run_error.n) == sp.degree(local.RUN.right, run_error.R) == 1


def test_examples_for_the_update_do_not_see_the_graph_and_those_for_the_unrolled_tree_do():
    numbers = {"s": 8, "l": 5, "q": 2, "delta": "1/20"}
    update = claim_at("dp:local/samples", epsilon="1/100", **numbers)["examples"]
    assert update == 100 * (15 * sp.log(7) + sp.log(20)) and free_names(enough(samples.eps)).isdisjoint({"n", "R"})
    assert claim_at("dp:local/exact", r=3, **numbers)["examples"] == 64 * (15 * sp.log(7) + sp.log(20))
    unrolled = claim_at("dp:unrolling/samples", epsilon="1/100", l=5, q=2, v=8, u=6, delta="1/20")["examples"]
    assert unrolled == 100 * ((2 * 8**6 - 1) * sp.log(7) + sp.log(20))


def test_the_bound_on_a_run_is_reached_where_errors_exclude_each_other():
    """R n disjoint errors of probability epsilon: the run goes wrong with probability R n epsilon exactly."""
    for nodes, rounds in ((1, 1), (2, 3)):
        places, share = nodes * rounds, sp.Rational(1, 2 * nodes * rounds)
        law = [(share, tuple(tuple(sp.Integer(row * nodes + column == place) for column in range(nodes)) for row in range(rounds))) for place in range(places)]
        wrong = sum(weight for weight, errors in law if any(map(any, errors)))
        assert wrong == run_error.CONCLUSION.right.subs({run_error.R: rounds, run_error.n: nodes, run_error.eps: share}) == sp.Rational(1, 2)


def test_trees_of_small_depth_that_differ_do_so_on_a_share_of_the_cube():
    """Every two functions of trees of depth r on 3 bits that are not equal differ on 4^-r of the inputs or more: in truth on 2^-r, which is reached."""
    inputs = list(product((0, 1), repeat=3))
    functions = {0: {(bit,) * 8 for bit in (0, 1)}}
    for depth in (1, 2):
        functions[depth] = {tuple((yes if x[bit] else no)[a] for a, x in enumerate(inputs))
                            for bit in range(3) for yes in functions[depth - 1] for no in functions[depth - 1]}
        shares = {Fraction(sum(map(ne, one, other)), 8) for one, other in combinations(functions[depth], 2)}
        assert min(shares) == Fraction(1, 2**depth) >= Fraction(1, 4**depth)
