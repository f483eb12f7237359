"""Trees out of networks: clauses, probes, the exact programme, extraction, drawing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_val_score
from torch import nn

from gpu_validation.trees import exact
from gpu_validation.trees.activations import collect, hooked_layers
from gpu_validation.trees.agreement import Agreement, compare
from gpu_validation.trees.clauses import Literals, as_bits, extend, root, siblings
from gpu_validation.trees.drawing import as_dot, as_text, draw
from gpu_validation.trees.estimator import TreeDistiller
from gpu_validation.trees.extraction import extract_tree
from gpu_validation.trees.network import ResidualNetwork
from gpu_validation.trees.probing import Design, Probes
from gpu_validation.trees.programme import best_tree
from gpu_validation.trees.published import PUBLISHED, published
from gpu_validation.trees.search import Threshold, TopK
from gpu_validation.trees.training import accuracy, train_network
from gpu_validation.trees.tree import DecisionTree, Leaf, Node, Split, clauses_of, leaves_of, prune, random_complete_tree
from numerics.judge_rules import claimed
from theorems.errors import OutOfDomain

XOR = DecisionTree(Split(0, Split(1, Leaf(-1), Leaf(1)), Split(1, Leaf(1), Leaf(-1))), 4)


def cube(bits: int) -> np.ndarray:
    return np.array(list(product([False, True], repeat=bits)))


def all_levels(bits: int, depth: int) -> list[np.ndarray]:
    levels = [root()]
    for _ in range(depth):
        levels.append(extend(levels[-1], bits=bits))
    return levels


def clause_features(inputs: np.ndarray, tree: DecisionTree) -> np.ndarray:
    """A representation that holds the tree's clauses linearly, turned by a random rotation."""
    literals = Literals(inputs)
    columns = [literals.truth(np.array([clause], dtype=np.int32)).numpy() for clause in tree.clauses() if clause]
    values = np.concatenate(columns, axis=1).astype(np.float64)
    turn = np.linalg.qr(np.random.default_rng(5).normal(size=(values.shape[1], values.shape[1])))[0]
    return values @ turn


def test_levels_count_every_clause_once():
    levels = all_levels(5, 3)
    assert sum(len(level) for level in levels) == exact.possible_clauses(5, 3)
    assert len(np.unique(levels[3], axis=0)) == len(levels[3])


def test_truth_of_clauses_is_the_conjunction():
    inputs = cube(4)
    literals = Literals(inputs)
    for clause in all_levels(4, 2)[2]:
        expected = np.all([inputs[:, code // 2] == bool(code % 2) for code in clause], axis=0)
        assert (literals.truth(clause[None])[:, 0].numpy() == expected).all()


def test_siblings_are_all_splits():
    levels = all_levels(4, 2)
    splits = siblings(levels[1], levels[2])
    assert len(splits) == 8 * 3
    for parent, bit, zero, one in splits:
        assert sorted([*levels[1][parent], 2 * bit]) == levels[2][zero].tolist()
        assert sorted([*levels[1][parent], 2 * bit + 1]) == levels[2][one].tolist()


def trees_over(levels: Sequence[Sequence[tuple[int, ...]]], clause: tuple[int, ...] = (), label: int = 1) -> Iterator[Node]:
    """Every tree below `clause` whose nodes are listed clauses, all leaves labelled `label`: brute force, small cases.

    A leaf's best label depends on its own inputs alone, so shapes suffice.
    """
    yield Leaf(label)
    size = len(clause)
    if size + 1 >= len(levels):
        return
    listed, used = set(levels[size + 1]), {literal // 2 for literal in clause}
    for bit in sorted({literal // 2 for child in listed for literal in child} - used):
        zero, one = (tuple(sorted((*clause, 2 * bit + value))) for value in (0, 1))
        if zero in listed and one in listed:
            for below in trees_over(levels, zero, label):
                for other in trees_over(levels, one, label):
                    yield Split(bit, below, other)


def shape_value(node: Node, rows: Sequence[Sequence[int]], labels: Sequence[int]) -> int:
    """How many inputs (rows of 0/1) a tree of this shape can answer as labelled (-1/+1), leaves labelled at best."""
    if isinstance(node, Leaf):
        return max(sum(label > 0 for label in labels), sum(label < 0 for label in labels))
    total = 0
    for value, child in ((0, node.zero), (1, node.one)):
        reached = [(row, label) for row, label in zip(rows, labels, strict=True) if row[node.bit] == value]
        total += shape_value(child, [row for row, _ in reached], [label for _, label in reached])
    return total


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_programme_equals_brute_force_at_every_size(seed, leaves):
    """`tree:dp-exact`, over a random set of clauses, not only a full one."""
    generator = np.random.default_rng(seed)
    levels = all_levels(3, 3)
    levels = [levels[0]] + [level[generator.random(len(level)) < 0.8] for level in levels[1:]]
    rows, labels = generator.integers(0, 2, (17, 3)), generator.integers(0, 2, 17) * 2 - 1
    optimum = best_tree(levels, Literals(rows.astype(bool)), labels.astype(float), leaves=leaves)
    listed = [[tuple(row.tolist()) for row in level] for level in levels]
    best = np.zeros(leaves)
    for shape in trees_over(listed):
        value = shape_value(shape, rows.tolist(), labels.tolist())
        best[leaves_of(shape) - 1 :] = np.maximum(best[leaves_of(shape) - 1 :], value)
    assert optimum.values.tolist() == best.tolist()
    assert (optimum.tree.signs(rows) == labels).sum() == optimum.values[-1]
    assert optimum.tree.get_n_leaves() == int(np.flatnonzero(best == best[-1])[0]) + 1


def test_programme_finds_what_greed_cannot():
    inputs = np.random.default_rng(0).integers(0, 2, (400, 4)).astype(bool)
    optimum = best_tree(all_levels(4, 2), Literals(inputs), XOR.signs(inputs).astype(float), leaves=4)
    assert optimum.values[-1] == 400 and exact.uniform_agreement(optimum.tree, XOR) == 1


def test_soft_labels_and_bad_labels():
    inputs = cube(2)
    assert best_tree(all_levels(2, 1), Literals(inputs), np.array([0.5, 0.5, -0.5, -0.5]), leaves=2).values.tolist() == [2.0, 3.0]
    leaf = best_tree(all_levels(2, 1), Literals(inputs), np.array([1.0, 1.0, 1.0, -1.0]), leaves=1).tree.root
    assert leaf == Leaf(1, inputs=4, wrong=1.0)
    twins = np.repeat(np.random.default_rng(0).integers(0, 2, (60, 1)).astype(bool), 3, axis=1)
    assert best_tree(all_levels(3, 1), Literals(twins), np.where(twins[:, 0], 1.0, -1.0), leaves=2).tree.root.bit == 0, "ties go to the lower bit"
    with pytest.raises(OutOfDomain):
        best_tree(all_levels(2, 1), Literals(inputs), np.full(4, 1.5), leaves=2)
    with pytest.raises(OutOfDomain):
        best_tree([], Literals(inputs), np.ones(4), leaves=2)


@pytest.mark.parametrize("width", [8, 400])
def test_ridge_probe_is_the_normal_equations_on_either_side(width):
    generator = torch.Generator().manual_seed(width)
    fit, check = torch.randn(100, width, generator=generator), torch.randn(60, width, generator=generator)
    target, truth = torch.rand(100, 3, generator=generator) < 0.5, torch.rand(60, 3, generator=generator) < 0.5
    got = Design(fit, check, rank_tolerance=1e-14).probe(target, truth, ridge=0.01)
    centred = fit.double() - fit.double().mean(0)
    scale = centred.square().sum(1).mean().sqrt()
    phi, y = centred / scale, target.double()
    w = torch.linalg.solve(phi.T @ phi / 100 + 0.01 * torch.eye(width).double(), phi.T @ (y - y.mean(0)) / 100)
    predicted = (check.double() - fit.double().mean(0)) / scale @ w + y.mean(0)
    assert np.allclose(got.errors, (truth.double() - predicted).square().mean(0), atol=1e-4)
    assert np.allclose(got.norms, w.norm(dim=0), rtol=1e-5)
    assert np.allclose(got.variances, truth.numpy().var(axis=0)) and np.allclose(got.unexplained, got.errors / truth.numpy().var(axis=0))
    never = Design(fit, check).probe(target, torch.zeros_like(truth), ridge=0.01)
    assert (never.variances == 0).all() and (never.unexplained == 1).all(), "what is constant is not explained"


def test_bounded_probe_keeps_its_bound_and_is_the_best_under_it():
    generator = torch.Generator().manual_seed(0)
    fit = torch.randn(200, 10, generator=generator)
    target = fit[:, :2] > 0
    design = Design(fit, fit)
    free = design.probe(target, target, ridge=1e-12)
    tight = design.probe(target, target, ridge=1e-12, tau=float(free.norms.min()) / 2)
    loose = design.probe(target, target, ridge=1e-12, tau=float(free.norms.max()) * 2)
    assert np.allclose(tight.norms, free.norms.min() / 2, rtol=1e-6)
    assert (tight.errors > free.errors).all() and np.allclose(loose.errors, free.errors)


def test_probes_survive_activations_far_from_zero():
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(600, 4, generator=generator, dtype=torch.float64)
    clauses = features[:, :2] > 0
    plain, far = (Design(part[:400], part[400:]).probe(clauses[:400], clauses[400:], ridge=1e-6) for part in (features, features * 1e-3 + 1e4))
    assert np.allclose(plain.errors, far.errors, rtol=1e-3) and np.allclose(plain.norms, far.norms, rtol=1e-5)


def test_a_bound_without_a_ridge_is_reached():
    generator = torch.Generator().manual_seed(0)
    fit = torch.randn(200, 6, generator=generator)
    design, target = Design(fit, fit), fit[:, :2] > 0
    bounded = design.probe(target, target, ridge=0, tau=0.2)
    assert np.allclose(bounded.norms, 0.2, rtol=1e-6) and np.allclose(bounded.errors, design.probe(target, target, ridge=1e-12, tau=0.2).errors)
    assert np.allclose(design.probe(target, target, ridge=0).errors, design.probe(target, target, ridge=0, tau=1e6).errors)
    for ridge in (-1.0, float("nan"), float("inf")):
        with pytest.raises(OutOfDomain, match="ridge = "):
            design.probe(target, target, ridge=ridge)


def test_rules_keep_what_they_say():
    """Clause 0 never varies; 1 has the smaller error, 2 the smaller share of its variance unexplained; 3 has the largest vector."""
    probes = Probes(np.array([0.0, 0.01, 0.02, 0.001]), np.array([0.0, 0.02, 0.25, 0.01]), np.array([0.0, 1.0, 2.0, 9.0]))
    assert TopK(1).keep(probes, size=2).tolist() == [2] and TopK(2).keep(probes, size=2).tolist() == [2, 3]
    assert TopK(9).keep(probes, size=2).tolist() == [1, 2, 3] and TopK(1).keep(Probes(*np.zeros((3, 1))), size=0).tolist() == [0]
    assert Threshold(tau=1.0).keep(probes, size=2).tolist() == [1, 3], "root-mean-square errors of at most 1/8: 0.1 and 0.032, not 0.141"
    assert Threshold(tau=1.0, slack=0.99).keep(probes, size=2).tolist() == [1, 2, 3] and Threshold(tau=1.0).keep(probes, size=4).tolist() == []
    generator = np.random.default_rng(0)
    inputs = generator.integers(0, 2, (1600, 4))
    held, labels = inputs + 0.01 * generator.normal(size=inputs.shape), inputs[:, 0]
    found = extract_tree(held, inputs, labels, depth=1, rule=Threshold(tau=0.5, slack=0.9))
    assert np.allclose(found.levels[1].probes.norms, 0.5, rtol=1e-5), "probes of the threshold rule are bounded by tau"
    loose = extract_tree(held, inputs, labels, depth=1, rule=TopK(9), ridge=1e-6)
    assert (loose.levels[1].probes.norms > extract_tree(held, inputs, labels, depth=1, rule=TopK(9), ridge=0.1).levels[1].probes.norms + 0.1).all()


def test_dead_or_broken_activations_are_refused():
    with pytest.raises(OutOfDomain, match="do not vary"):
        Design(torch.ones(20, 3), torch.ones(20, 3))
    with pytest.raises(OutOfDomain, match="do not vary"):
        Design(torch.full((1000, 3), 0.1, dtype=torch.float64), torch.ones(20, 3))
    with pytest.raises(OutOfDomain, match="too large"):
        Design(torch.randn(20, 3, dtype=torch.float64) * 1e300, torch.ones(20, 3))
    with pytest.raises(OutOfDomain, match="undefined"):
        Design(torch.full((20, 3), float("nan")), torch.ones(20, 3))


@pytest.mark.parametrize("rule", [TopK(12), Threshold(tau=10.0, slack=0.5)])
def test_extraction_recovers_a_represented_tree_by_either_rule(rule):
    generator = np.random.default_rng(3)
    hidden = random_complete_tree(bits=12, depth=3, generator=generator)
    inputs = generator.integers(0, 2, (3000, 12)).astype(bool)
    found = extract_tree(clause_features(inputs, hidden), inputs, hidden.signs(inputs), depth=3, rule=rule, fit=400, ridge=1e-8)
    assert exact.uniform_agreement(found.tree, hidden) == 1
    assert found.tree.get_n_leaves() <= leaves_of(prune(hidden.root))
    assert found.held_out.matches == found.held_out.inputs == 750
    assert found.probes < exact.possible_clauses(12, 3) and not found.complete


def test_threshold_respects_the_clause_count():
    generator = np.random.default_rng(1)
    hidden = random_complete_tree(bits=10, depth=2, generator=generator)
    inputs = generator.integers(0, 2, (4000, 10)).astype(bool)
    rule = Threshold(tau=6.0, slack=0.5)
    found = extract_tree(clause_features(inputs, hidden), inputs, hidden.signs(inputs), depth=2, rule=rule, ridge=1e-8)
    for size, level in enumerate(found.levels[1:], start=1):
        sets = {tuple(clause // 2) for clause in level.clauses[level.kept]}
        assert 0 < len(sets) <= claimed("tree:clause-count", "sets", n=size, eta=0.5 ** (size + 1), tau=6, B=1)


def test_noise_shows_in_the_agreement_and_spare_depth_adds_no_leaf():
    generator = np.random.default_rng(2)
    hidden = random_complete_tree(bits=10, depth=2, generator=generator)
    inputs = generator.integers(0, 2, (6000, 10)).astype(bool)
    labels = hidden.signs(inputs) * np.where(generator.random(6000) < 0.1, -1, 1)
    found = extract_tree(clause_features(inputs, hidden), inputs, labels, depth=3, leaves=4, rule=TopK(20))
    low, high = found.held_out.interval()
    assert low < 0.9 < high < 1 and exact.uniform_agreement(found.tree, hidden) == 1
    clean = extract_tree(clause_features(inputs, hidden), inputs, hidden.signs(inputs), depth=4, rule=TopK(20))
    assert clean.tree.get_n_leaves() == leaves_of(prune(hidden.root))


def test_biased_bits_are_handled_and_rare_clauses_do_not_crowd_out_the_tree():
    generator = np.random.default_rng(4)
    hidden = random_complete_tree(bits=15, depth=3, generator=generator)
    inputs = generator.random((6000, 15)) < 0.2
    found = extract_tree(clause_features(inputs, hidden), inputs, hidden.signs(inputs), depth=3, rule=TopK(15))
    assert found.held_out.fraction == 1.0


def test_a_search_too_shallow_or_too_narrow_says_how_far_it_agrees():
    generator = np.random.default_rng(6)
    hidden = random_complete_tree(bits=12, depth=3, generator=generator)
    inputs = generator.integers(0, 2, (4000, 12)).astype(bool)
    features, labels = clause_features(inputs, hidden), hidden.signs(inputs)
    for options in ({"depth": 2, "rule": TopK(10)}, {"depth": 3, "rule": TopK(1)}):
        found = extract_tree(features, inputs, labels, fit=400, ridge=1e-8, **options)
        low, high = found.held_out.interval()
        assert low <= exact.uniform_agreement(found.tree, hidden) <= high < 1
        assert not found.complete and f"{found.held_out.matches} of 1000" in found.summary()


def test_agreement_never_says_exact():
    assert Agreement(5000, 5000).interval()[0] < 1 and "5000 of 5000 held-out" in str(Agreement(5000, 5000))
    low, high = Agreement(50, 100).interval()
    assert abs(low - 0.3983) < 1e-4 and abs(high - 0.6017) < 1e-4
    assert "(95 % interval 0.9999 to 1.0000)" in str(Agreement(10**6, 10**6)) and "(95 % interval 0.0000 to 0.0001)" in str(Agreement(0, 10**6))
    for confidence in (0, 1, 2, float("nan")):
        with pytest.raises(OutOfDomain, match="confidence"):
            Agreement(5, 10).interval(confidence=confidence)
    assert Agreement(5, 5).interval() == (pytest.approx(0.025 ** (1 / 5)), 1.0) and Agreement(0, 5).interval() == (0.0, pytest.approx(1 - 0.025 ** (1 / 5)))
    for matches, inputs in ((6, 5), (-1, 5), (0, 0)):
        with pytest.raises(OutOfDomain):
            Agreement(matches, inputs)
    with pytest.raises(OutOfDomain, match="cannot be compared"):
        compare([1, 2, 1], [1])


def test_a_trained_network_gives_up_its_tree():
    """End to end: data, training, hooks, probes, programme, estimator, drawing."""
    generator = np.random.default_rng(7)
    torch.manual_seed(7)
    hidden = DecisionTree(Split(3, Leaf(-1), Split(5, Leaf(-1), Leaf(1))), 20)
    inputs = generator.integers(0, 2, (6000, 20)) * 2 - 1
    network = ResidualNetwork(20, width=32, layers=3, std=0.3)
    x, y = torch.as_tensor(inputs).float(), torch.as_tensor(hidden.signs(inputs)).float()
    train_network(network, x, y, epochs=8, seed=1)
    assert accuracy(network, x, y) > 0.99
    model = TreeDistiller(network, depth=2, rule=TopK(15)).fit(inputs)
    assert exact.uniform_agreement(model.tree_, hidden) == 1
    assert model.score(inputs, hidden.signs(inputs)) == 1 and model.n_features_in_ == 20
    text, dot = as_text(model.tree_), as_dot(model.tree_)
    assert text.startswith("x3?") and text.count("inputs") == 3 and dot.count("->") == 4 and model.export_text() == text


def test_products_in_half_precision_learn_the_same_tree_with_whole_weights():
    """Not the same numbers, or the option would do nothing; the same function, and no weight loses bits."""
    generator = np.random.default_rng(3)
    hidden = DecisionTree(Split(2, Leaf(1), Split(4, Leaf(-1), Leaf(1))), 12)
    inputs = generator.integers(0, 2, (6000, 12)) * 2 - 1
    x, y = torch.as_tensor(inputs).float(), torch.as_tensor(hidden.signs(inputs)).float()
    found = {}
    for products in (torch.float32, torch.bfloat16):
        torch.manual_seed(3)
        network = ResidualNetwork(12, width=32, layers=3, std=0.3)
        train_network(network, x, y, epochs=8, seed=1, products=products)
        assert accuracy(network, x, y) > 0.99
        found[products] = network.first.weight.detach()
    half = found[torch.bfloat16]
    assert half.dtype == torch.float32 and not torch.equal(half, half.bfloat16().float())
    assert not torch.equal(half, found[torch.float32])


def test_hooks_see_named_layers_and_restore_the_mode():
    network = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1)).train()
    activations, outputs = collect(network, torch.randn(10, 4), batch=3)
    assert activations.shape == (10, 7) and outputs.shape == (10, 1) and network.training
    assert collect(network, torch.randn(10, 4), layers=["1"])[0].shape == (10, 3)
    with pytest.raises(OutOfDomain, match="no layer 'nope'"):
        collect(network, torch.randn(2, 4), layers=["nope"])


def test_a_network_is_asked_in_evaluation_mode_and_left_without_hooks():
    """Dropout would give other activations each time; a hook that stays would run on every later call."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(4, 30), nn.Dropout(0.5), nn.BatchNorm1d(30), nn.Linear(30, 1)).train()
    inputs = torch.randn(40, 4)
    counted = network[2].num_batches_tracked.clone()
    first, second = collect(network, inputs), collect(network, inputs, batch=7)
    assert torch.allclose(first[0], second[0], atol=1e-6) and torch.allclose(first[1], second[1], atol=1e-6)
    assert torch.equal(network[2].num_batches_tracked, counted) and not first[1].requires_grad
    assert not any(part._forward_hooks for part in network.modules())
    with pytest.raises(OutOfDomain):
        collect(network, torch.randn(5, 3))
    assert network.training and not any(part._forward_hooks for part in network.modules())


def test_each_submodule_keeps_its_own_mode():
    """A batch norm that its owner froze stays frozen."""
    network = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Linear(3, 1)).train()
    network[1].eval()
    collect(network, torch.randn(20, 4))
    assert [part.training for part in network.modules()] == [True, True, False, True]


def test_activations_are_those_before_a_later_layer_works_in_place():
    torch.manual_seed(0)
    network, inputs = nn.Sequential(nn.Linear(4, 6), nn.ReLU(inplace=True), nn.Linear(6, 1)), torch.randn(50, 4)
    before = network[0](inputs).detach()
    assert before.min() < 0 and torch.equal(collect(network, inputs, layers=["0"])[0], before)
    assert torch.equal(collect(network, inputs, layers=["0", "1"])[0], torch.cat([before, before.relu()], dim=1))


def test_hooks_pass_over_containers_and_what_has_no_row_an_input():
    class Part(nn.Module):
        def __init__(self, answer) -> None:
            super().__init__()
            self.answer = answer

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.answer(x)

    class Whole(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
            self.turned, self.whole_numbers = Part(lambda x: x.T), Part(lambda x: x.long())
            self.twice = nn.Linear(3, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = self.inner(x)
            self.turned(x), self.whole_numbers(x)
            return self.twice(self.twice(x))

    assert hooked_layers(Whole()) == ("inner.0", "inner.1", "turned", "whole_numbers", "twice")
    assert collect(Whole(), torch.randn(10, 4))[0].shape == (10, 12), "inner twice 3, and `twice` once for each of its runs"


def test_inputs_and_labels_are_checked():
    with pytest.raises(OutOfDomain, match="besides 0 and 1"):
        as_bits(np.array([[0.0, 0.5]]))
    inputs = cube(8)
    with pytest.raises(OutOfDomain, match="give `labels`"):
        extract_tree(np.random.default_rng(0).normal(size=(256, 3)), inputs, depth=1)
    with pytest.raises(OutOfDomain, match="do not leave"):
        extract_tree(np.random.default_rng(0).normal(size=(256, 3)), inputs, inputs[:, 0], depth=1)
    with pytest.raises(OutOfDomain, match="asks for bit"):
        DecisionTree(Split(4, Leaf(-1), Leaf(1)), 3)
    with pytest.raises(OutOfDomain, match="besides 0 and 1"):
        as_bits(np.array([[-1, 0, 1]]))
    with pytest.raises(OutOfDomain, match="2 names for 4 bits"):
        DecisionTree(Leaf(1), 4, names=("a", "b"))
    with pytest.raises(OutOfDomain, match="inputs have 3 bits, the tree was made for 4"):
        XOR.predict(np.zeros((2, 3)))
    with pytest.raises(OutOfDomain, match="needs 4 bits"):
        random_complete_tree(bits=3, depth=4, generator=np.random.default_rng(0))
    with pytest.raises(OutOfDomain):
        TopK(0)


def test_what_holds_no_tree_is_refused_in_one_line():
    generator = np.random.default_rng(0)
    inputs = generator.integers(0, 2, (1600, 6))
    labels, held = inputs[:, 0] & inputs[:, 1], inputs + 0.01 * generator.normal(size=inputs.shape)
    network = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 1))
    broken = np.where(np.arange(1600)[:, None] == 5, np.nan, held)
    faults = {
        "infinite or undefined": lambda: extract_tree(broken, inputs, labels, depth=2),
        "none may be missing": lambda: extract_tree(held, inputs, np.where(labels == 1, np.nan, 0.0), depth=2),
        "numbers or words": lambda: extract_tree(held, inputs, [None] * 1600, depth=2),
        "not 3 of shape": lambda: extract_tree(held, inputs, inputs[:, 0] + inputs[:, 1], depth=2),
        "not 0 of shape": lambda: extract_tree(held[:0], inputs[:0], labels[:0], depth=2),
        "depth 2.5": lambda: extract_tree(held, inputs, labels, depth=2.5),
        "depth 40": lambda: extract_tree(held, inputs, labels, depth=40),
        "does not take inputs of shape": lambda: extract_tree(network, inputs[:, :4], depth=2),
        "a str holds no tree": lambda: extract_tree("network", inputs, labels, depth=2),
        "no hooked layer": lambda: extract_tree(nn.Identity(), inputs, labels, depth=2),
        "answers a tuple": lambda: extract_tree(nn.LSTM(6, 3), inputs, labels, depth=2),
        "k = 2.5": lambda: TopK(2.5),
        "held_out = 0:": lambda: extract_tree(held, inputs, labels, depth=2, held_out=0),
        "held_out = nan": lambda: extract_tree(held, inputs, labels, depth=2, held_out=float("nan")),
        "fit = 2.5": lambda: extract_tree(held, inputs, labels, depth=2, fit=2.5),
        "fit on fewer": lambda: extract_tree(held, inputs, labels, depth=2, fit=1500),
        "leaves = 0": lambda: extract_tree(held, inputs, labels, depth=2, leaves=0),
        "chunk = 0": lambda: extract_tree(held, inputs, labels, depth=2, chunk=0),
        "10 is no selection rule": lambda: extract_tree(held, inputs, labels, depth=2, rule=10),
        "one array of numbers": lambda: extract_tree(held, [[1, 0], [1]], labels, depth=2),
        "matrix of floats": lambda: extract_tree(inputs, inputs, labels, depth=2),
        "besides 0 and 1": lambda: extract_tree(held, inputs, labels, bits=inputs.astype(str), depth=2),
    }
    for words, fault in faults.items():
        with pytest.raises(OutOfDomain, match=words) as caught:
            fault()
        assert "\n" not in str(caught.value)
    assert extract_tree(held, inputs, labels, depth=2, rule=TopK(10**6)).held_out.matches == 400, "more clauses than there are is no fault"


def test_names_that_do_not_fit_are_refused_before_the_network_runs():
    class Never(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise AssertionError("asked")

    with pytest.raises(OutOfDomain, match="1 names for 6 bits"):
        extract_tree(Never(), np.zeros((1600, 6)), depth=2, names=("a",))


def test_words_in_object_arrays_and_half_precision_are_taken():
    generator = np.random.default_rng(0)
    inputs = generator.integers(0, 2, (1600, 4))
    held, words = inputs + 0.01 * generator.normal(size=inputs.shape), np.array(["no", "yes"], dtype=object)[inputs[:, 1]]
    assert extract_tree(held, inputs, words, depth=1, rule=TopK(4)).tree.predict(inputs).tolist() == words.tolist()
    brief = extract_tree(torch.as_tensor(held).bfloat16(), torch.as_tensor(inputs).bfloat16(), torch.as_tensor(inputs[:, 1]).bfloat16(), depth=1, rule=TopK(4))
    assert brief.held_out.fraction == 1.0 and brief.tree.root.bit == 1
    assert extract_tree(small_network(4).bfloat16(), inputs, depth=2, rule=TopK(40)).held_out.inputs == 400


def test_tokens_stay_whole_numbers_for_an_embedding():
    class Tokens(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.words, self.read = nn.Embedding(2, 4), nn.Linear(24, 1)

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            return self.read(self.words(tokens).flatten(1))

    torch.manual_seed(0)
    inputs = np.random.default_rng(0).integers(0, 2, (1600, 6))
    assert extract_tree(Tokens(), inputs, depth=2).held_out.inputs == 400


def small_network(bits: int = 6) -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(bits, 8), nn.ReLU(), nn.Linear(8, 1))


def test_the_estimator_hands_every_option_on_and_keeps_to_scikit_learn():
    generator = np.random.default_rng(1)
    inputs = generator.integers(0, 2, (900, 6))
    labels = np.where(inputs[:, 0] & inputs[:, 1], "yes", "no")
    network, rule = small_network(), Threshold(tau=3.0, slack=0.9)
    model = TreeDistiller(network, depth=2, leaves=2, rule=rule, fit_inputs=300, ridge=0.02)
    direct = extract_tree(network, inputs, labels, depth=2, leaves=2, rule=rule, fit=300, ridge=0.02)
    copies = [model.fit(inputs, labels), pickle.loads(pickle.dumps(model)), clone(model).fit(inputs, labels)]
    for copy in copies:
        found = copy.extraction_
        assert found.tree == direct.tree and found.held_out == direct.held_out and len(found.levels) == len(direct.levels)
        assert all(np.array_equal(a.probes.errors, b.probes.errors) and np.array_equal(a.kept, b.kept) for a, b in zip(found.levels, direct.levels, strict=True))
        assert copy.predict(inputs[:20]).tolist() == direct.tree.predict(inputs[:20]).tolist() and copy.classes_.tolist() == ["no", "yes"]
    assert TreeDistiller(network, depth=0, fit_inputs=300).fit(inputs, ["yes"] * 900).classes_.tolist() == ["yes"]
    assert cross_val_score(TreeDistiller(network, depth=2, rule=TopK(40), fit_inputs=200), inputs, labels, cv=3).tolist() == [1, 1, 1]
    with pytest.raises(NotFittedError):
        TreeDistiller(network).predict(inputs)


def test_what_is_held_out_is_seen_by_no_probe_and_by_no_programme():
    """Labels are a bit in what is seen and its negation in what is held out: the one number that may know is the agreement."""
    generator = np.random.default_rng(2)
    inputs = generator.integers(0, 2, (2000, 5))
    held = inputs + 0.01 * generator.normal(size=inputs.shape)
    held[1500:] = generator.normal(size=(500, 5))
    labels = np.where(np.arange(2000) < 1500, inputs[:, 3], 1 - inputs[:, 3])
    found = extract_tree(held, inputs, labels, depth=1, rule=TopK(4), fit=500)
    assert (found.held_out.matches, found.held_out.inputs, found.inputs) == (0, 500, 1500) and found.values.tolist()[-1] == 1500
    assert found.tree.root == Split(3, Leaf(-1, int((inputs[:1500, 3] == 0).sum()), 0.0), Leaf(1, int(inputs[:1500, 3].sum()), 0.0))
    other = extract_tree(np.where(np.arange(2000)[:, None] < 1500, held, -held), inputs, labels, depth=1, rule=TopK(4), fit=500)
    assert all(np.array_equal(a.probes.errors, b.probes.errors) for a, b in zip(found.levels, other.levels, strict=True))


def test_a_search_through_every_clause_is_complete_and_no_other_is():
    generator = np.random.default_rng(3)
    inputs = generator.integers(0, 2, (1600, 4))
    held, labels = inputs + 0.01 * generator.normal(size=inputs.shape), inputs[:, 0] & inputs[:, 1]
    whole = extract_tree(held, inputs, labels, depth=2, rule=TopK(1000))
    assert whole.complete and whole.probes == exact.possible_clauses(4, 2) and whole.splits == 4 + 8 * 3
    assert extract_tree(held, inputs, labels, depth=4, rule=TopK(1000)).complete
    assert extract_tree(held, inputs, labels, depth=1, rule=TopK(1)).complete, "the last level is never extended"
    assert not extract_tree(held, inputs, labels, depth=2, rule=TopK(7)).complete
    early = extract_tree(held, inputs, labels, depth=2, rule=Threshold(tau=1e-6))
    assert len(early.levels) == 2 and not early.complete and early.values[-1] < whole.values[-1], "a search that ends early reached no clause of two literals"


def test_answers_are_the_sign_of_one_logit_or_the_larger_of_two():
    class Read(nn.Module):
        def __init__(self, columns) -> None:
            super().__init__()
            self.same, self.columns = nn.Identity(), columns

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.same(x)[:, self.columns]

    inputs = np.random.default_rng(4).integers(0, 2, (1600, 4)) * 2 - 1
    options = {"depth": 2, "rule": TopK(100), "layers": ["same"]}
    assert (extract_tree(Read([2]), inputs, **options).tree.predict(inputs) == inputs[:, 2]).all()
    larger = extract_tree(Read([0, 1]), inputs, **options).tree.predict(inputs)
    assert (larger == np.where(inputs[:, 1] > inputs[:, 0], 1, -1)).all(), "a draw counts as -1, like a logit of 0"
    probable = nn.Sequential(Read([2]), nn.Sigmoid())
    with pytest.raises(OutOfDomain, match="as probabilities are"):
        extract_tree(probable, inputs, depth=2)
    told = extract_tree(probable, inputs, collect(probable, torch.as_tensor(inputs).float())[1][:, 0] > 0.5, depth=2)
    assert (told.tree.predict(inputs) == (inputs[:, 2] > 0)).all()
    with pytest.raises(OutOfDomain, match="answers 3 numbers"):
        extract_tree(Read([0, 1, 2]), inputs, **options)


def test_layers_and_bits_are_those_that_were_named():
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(1600, 3))
    features = inputs > 0
    network = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1))
    found = extract_tree(network, inputs, features[:, 1], bits=features, layers=["1"], depth=1, rule=TopK(2))
    direct = extract_tree(collect(network, torch.as_tensor(inputs).float(), layers=["1"])[0], features, features[:, 1], depth=1, rule=TopK(2))
    assert np.array_equal(found.levels[1].probes.errors, direct.levels[1].probes.errors) and found.held_out == direct.held_out
    assert found.tree.bits == 3 and found.held_out.fraction == 1.0


@pytest.mark.parametrize(("label", "classes"), [(1, (-1, 1)), (-1, (-1, 1)), (0, (0, 1)), (7, (7, 7)), ("a", ("a", "a"))])
def test_labels_of_one_class_give_one_leaf_of_that_class(label, classes):
    generator = np.random.default_rng(6)
    inputs = generator.integers(0, 2, (1600, 3))
    found = extract_tree(inputs + 0.01 * generator.normal(size=inputs.shape), inputs, [label] * 1600, depth=2, rule=TopK(5))
    assert found.tree.classes == classes and isinstance(found.tree.root, Leaf) and set(found.tree.predict(inputs).tolist()) == {label}


def test_other_classes_and_names_survive():
    generator = np.random.default_rng(0)
    inputs = generator.integers(0, 2, (800, 6)).astype(bool)
    labels = np.where(inputs[:, 2], "yes", "no")
    features = inputs.astype(float) + 0.01 * generator.normal(size=inputs.shape)
    names = tuple("abcdef")
    found = extract_tree(features, inputs, labels, depth=2, rule=TopK(5), fit=200, names=names)
    assert found.tree.predict(inputs).tolist() == labels.tolist()
    assert as_text(found.tree).splitlines()[0] == "c?" and '"c"' in as_dot(found.tree)


def test_drawing_on_axes():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots()
    tree = DecisionTree(Split(0, Leaf(1), Split(2, Leaf(-1), Leaf(1))), 3, classes=("no", "yes"))
    draw(tree, axes)
    boxes = [text for text in axes.texts if text.get_bbox_patch().get_edgecolor()[3]]
    assert {(text.get_text(), text.xy) for text in axes.texts if text not in boxes} == {("0", (0.875, -0.5)), ("1", (1.625, -0.5))}
    assert sorted(box.get_text() for box in boxes) == ["no", "x0", "x2", "yes", "yes"]
    places = {(box.get_text(), box.get_position()) for box in boxes}
    assert places == {("x0", (1.25, 0)), ("yes", (0.5, -1)), ("x2", (2.0, -1)), ("no", (1.5, -2)), ("yes", (2.5, -2))}
    edges = {(tuple(line.get_xdata()), line.get_linestyle()) for line in axes.lines}
    assert edges == {((1.25, 0.5), "--"), ((1.25, 2.0), "-"), ((2.0, 1.5), "--"), ((2.0, 2.5), "-")}
    low, high = axes.get_ylim()
    assert low < -2 and high > 0 and axes.get_xlim() == (0, 3)
    pyplot.close(figure)


@pytest.mark.parametrize(("depth", "classes", "length"), [(3, ("stay at home", "go out"), 8), (5, (-1, 1), 4), (0, ("a rather long answer", "b"), 1)])
def test_no_two_boxes_of_a_drawing_touch(depth, classes, length):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    tree = random_complete_tree(bits=9, depth=depth, generator=np.random.default_rng(0))
    figure, axes = pyplot.subplots()
    draw(replace(tree, classes=classes, names=tuple("x" * length + str(bit) for bit in range(9))), axes)
    figure.canvas.draw()
    boxes = [text.get_bbox_patch().get_window_extent() for text in axes.texts if text.get_bbox_patch().get_edgecolor()[3]]
    assert len(boxes) == 2 ** (depth + 1) - 1
    for place, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 and figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[:place])
    pyplot.close(figure)


def test_text_and_graphviz_say_which_answer_follows_which_bit():
    tree = DecisionTree(Split(0, Leaf(1), Split(2, Leaf(-1, 7, 2.0), Leaf(1))), 3, classes=("no", 'ye"s'), names=("a", "b\\", "c"))
    assert as_text(tree).splitlines() == ["a?", '0: ye"s', "1: c?", "   0: no  (7 inputs, 2 otherwise)", '   1: ye"s']
    assert as_dot(tree).splitlines()[2:-1] == [
        '  n0 [label="a"];', '  n0 -> n1 [label="0", style=dashed];', '  n1 [label="ye\\"s", shape=ellipse];', '  n0 -> n2 [label="1", style=solid];',
        '  n2 [label="c"];', '  n2 -> n3 [label="0", style=dashed];', '  n3 [label="no", shape=ellipse];', '  n2 -> n4 [label="1", style=solid];',
        '  n4 [label="ye\\"s", shape=ellipse];',
    ]
    assert 'label="b\\\\"' in as_dot(DecisionTree(Split(1, Leaf(-1), Leaf(1)), 3, names=tree.names))
    assert as_text(DecisionTree(Leaf(1), 2, classes=("no", "yes"))) == "yes"


def test_a_random_complete_tree_asks_every_bit_once_on_a_path():
    generator = np.random.default_rng(9)
    for _ in range(20):
        tree = random_complete_tree(bits=4, depth=4, generator=generator)
        assert {len({code // 2 for code in clause}) for clause, node in clauses_of(tree.root) if isinstance(node, Leaf)} == {4}


def test_the_network_is_that_of_the_published_run():
    """Input map with weights times width^(1/2), residual blocks, output map over width^(1/2), inner biases times width^(1/2)."""
    torch.manual_seed(0)
    network, x = ResidualNetwork(3, width=16, layers=4, std=0.5), torch.randn(7, 3)
    names = [name for name, _ in network.named_parameters()]
    assert len([name for name in names if name.endswith("weight")]) == 4
    first, (one, two), last = network.first, [block.linear for block in network.blocks], network.last
    hidden = torch.relu(4 * x @ first.weight.T + 4 * first.bias)
    for part in (one, two):
        hidden = hidden + torch.relu(hidden @ part.weight.T + 4 * part.bias)
    assert torch.allclose(network(x), hidden @ last.weight[0] / 4 + last.bias[0], atol=1e-5) and network(x).shape == (7,)
    large = ResidualNetwork(400, width=900, layers=3, std=1.0)
    spreads = {"first": 1 / 30 / 20, "last": 1 / 30}
    for name, spread in spreads.items():
        assert float(getattr(large, name).weight.detach().std()) == pytest.approx(spread, rel=0.1)
    assert float(large.blocks[0].linear.weight.detach().std()) == pytest.approx(1 / 30, rel=0.1)


def test_training_follows_its_seed_and_tells_its_loss():
    generator = np.random.default_rng(0)
    inputs = torch.as_tensor(generator.integers(0, 2, (600, 5)) * 2 - 1).float()
    found = {}
    for run, seed in (("a", 1), ("again", 1), ("other", 2)):
        torch.manual_seed(0)
        network = ResidualNetwork(5, width=16, layers=3, std=0.3)
        found[run] = (train_network(network, inputs, inputs[:, 0], epochs=4, seed=seed), network.first.weight.detach())
    assert found["a"][0] == found["again"][0] and torch.equal(found["a"][1], found["again"][1])
    assert not torch.equal(found["a"][1], found["other"][1]) and 0 < found["a"][0] < 0.7
    assert accuracy(network, inputs, -inputs[:, 0]) == pytest.approx(1 - accuracy(network, inputs, inputs[:, 0], batch=7))


def test_exact_agreement_equals_the_count_on_the_cube():
    generator = np.random.default_rng(8)
    for _ in range(10):
        first, second = (random_complete_tree(bits=5, depth=3, generator=generator) for _ in range(2))
        inputs = cube(5)
        assert exact.uniform_agreement(first, second) == Fraction(int((first.signs(inputs) == second.signs(inputs)).sum()), 32)


def test_published_table_is_whole():
    assert len(PUBLISHED) == 18 and published(4, 10).probes == 6022 and published(2, 500) is None
