"""What the experiment on trees writes down, against the same numbers worked out another way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import torch
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from gpu_validation.experiment import Context
from gpu_validation.experiments import tree_extraction
from gpu_validation.trees.extraction import extract_tree
from gpu_validation.trees.measure import compare_learners, describe_extraction, draw_bits, extraction_row, representation, set_counts
from gpu_validation.trees.search import Threshold, TopK
from gpu_validation.trees.tree import DecisionTree, Leaf, Split, random_complete_tree

HIDDEN = DecisionTree(Split(0, Split(1, Leaf(-1), Leaf(1)), Split(2, Leaf(1), Leaf(-1))), 5)
SMALL = replace(
    tree_extraction.QUICK, depths=(2,), replicas=1, width=8, layers=3, samples=(2000,), epochs=1, robust_depth=2, ks=(5, 20), bits=8, fit=150,
    validation=300, fresh=200, examples=(60, 90), learner_k=10, representation_k=20,
)

pytestmark = pytest.mark.usefixtures("one_thread")


class Reader(nn.Module):
    """Holds the bits and some of the hidden clauses, answers as a tree does; nothing in it is learned."""

    def __init__(self, tree: DecisionTree) -> None:
        super().__init__()
        self.held, self.tree = nn.Identity(), tree
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.held(torch.cat([x, x[:, :1] * x[:, 1:2]], dim=1))
        return torch.as_tensor(self.tree.signs(x)).float()


@pytest.fixture
def inputs():
    return np.random.default_rng(0).integers(0, 2, (1600, 5)).astype(bool)


def test_a_row_counts_what_it_says(inputs):
    fresh = draw_bits(np.random.default_rng(1), 400, 5)
    row, found = extraction_row(Reader(HIDDEN), inputs, HIDDEN, fresh, rule=TopK(3), depth=2)
    agreeing = [found.tree.signs(np.array([bits])) == HIDDEN.signs(np.array([bits])) for bits in product((0, 1), repeat=5)]
    assert Fraction(row["correct_uniform"]) == Fraction(int(np.sum(agreeing)), 32) < 1
    assert row["correct"]["matches"] == int((found.tree.signs(fresh) == HIDDEN.signs(fresh)).sum()) and row["correct"]["inputs"] == 400
    assert row["probes"] == found.probes == 1 + 10 + len({tuple(c) for c in found.levels[2].clauses.tolist()})
    assert row["fraction_of_clauses"] == row["probes"] / (1 + 10 + 40) and row["kept"] == [1, 3, 3] and row["leaves"] == found.tree.get_n_leaves()
    assert row["held_out"]["matches"] == found.held_out.matches and row["k"] == 3 and row["published"] is None and row["seconds"] > 0
    beside, _ = extraction_row(Reader(HIDDEN), inputs, HIDDEN, fresh, rule=TopK(10), depth=2)
    assert beside["published"] == {"correct": "1.00", "probes": 2141}
    passed, found = extraction_row(Reader(HIDDEN), inputs, HIDDEN, fresh, rule=Threshold(tau=9.0), depth=2)
    assert (passed["tau"], passed["slack"]) == (9.0, 0.5) and passed["set_counts"] == set_counts(found)
    for row, level in zip(passed["set_counts"], found.levels[1:], strict=True):
        assert row["passed"] == len({tuple(code // 2 for code in clause) for clause in level.clauses[level.kept].tolist()}) <= len(level.kept) / 2


def test_the_representation_is_that_of_the_hidden_clauses(inputs):
    found = extract_tree(Reader(HIDDEN), inputs, depth=2, rule=TopK(100))
    rows = representation(found, HIDDEN)
    for size, row in enumerate(rows, start=1):
        level = found.levels[size]
        wanted = [clause for clause in HIDDEN.clauses() if len(clause) == size]
        places = [[tuple(c) for c in level.clauses.tolist()].index(clause) for clause in wanted]
        assert row["size"] == size and len(wanted) == (2, 4)[size - 1]
        assert row["hidden_unexplained"] == sorted(level.probes.unexplained[places].tolist())
        assert row["hidden_norms"] == sorted(level.probes.norms[places].tolist())
        assert row["hidden_root_mean_square"] == sorted(np.sqrt(level.probes.errors[places]).tolist())
        assert row["all_unexplained_quantiles"][0] == level.probes.unexplained.min()
    held, missing = rows[1]["hidden_unexplained"][:2], rows[1]["hidden_unexplained"][2:]
    assert max(held) < 0.01 < 0.2 < min(missing), "the product of bits 0 and 1 is held, that of bits 0 and 2 is not"


def test_learners_see_the_same_examples_labelled_by_the_network(inputs):
    """The network answers otherwise than the hidden tree: what learns from it must be as wrong as it is."""
    network = Reader(DecisionTree(Split(3, Leaf(-1), Leaf(1)), 5))
    fresh = draw_bits(np.random.default_rng(2), 500, 5)
    rows = compare_learners(network, HIDDEN, inputs, fresh, counts=(200, 400), depth=2, k=40, seed=0)
    assert [(row["learner"], row["examples"]) for row in rows] == [
        (name, count) for count in (200, 400) for name in ("distilled", "cart", "cart_unlimited", "boosted")
    ]
    agreement = float(np.mean((fresh[:, 3] > 0) == (HIDDEN.signs(fresh) > 0)))
    assert 0.4 < agreement < 0.6 and all(row["correct"] == agreement and row["seconds"] > 0 for row in rows)
    own = compare_learners(Reader(HIDDEN), HIDDEN, inputs, fresh, counts=(300,), depth=2, k=40, seed=0)
    model = DecisionTreeClassifier(max_depth=2, random_state=0).fit(inputs[:300], HIDDEN.signs(inputs[:300]))
    assert own[0]["correct"] == 1 and own[1]["correct"] == float(np.mean(model.predict(fresh) == HIDDEN.signs(fresh)))


@pytest.mark.parametrize("case", ["plain", *tree_extraction.CASES])
def test_each_case_is_the_law_that_it_names(case, monkeypatch):
    seen = {}

    def train(network, inputs, labels, **options):
        seen.update(inputs=inputs.numpy(), labels=labels.numpy(), options=options)
        return 0.5

    def draw(bits, depth, generator):
        seen["hidden"] = random_complete_tree(bits=bits, depth=depth, generator=generator)
        return seen["hidden"]

    monkeypatch.setattr(tree_extraction, "train_network", train)
    monkeypatch.setattr(tree_extraction, "draw_hidden_tree", draw)
    shard = next(shard for shard in tree_extraction.shards(SMALL) if shard.cell["case"] == case)
    results = tree_extraction.run(SMALL, shard, Context(torch.device("cpu"))).measurements
    share, flipped = float((seen["inputs"] > 0).mean()), float((seen["hidden"].signs(seen["inputs"]) != seen["labels"]).mean())
    assert set(np.unique(seen["inputs"])) == {-1, 1} and abs(share - (0.3 if case == "biased" else 0.5)) < 0.02
    assert (0.07 < flipped < 0.13) if case == "noisy" else flipped == 0
    assert {key: seen["options"][key] for key in ("epochs", "rate", "batch")} == {"epochs": 1, "rate": 0.05, "batch": 100}
    assert results["network"]["samples"] == 2000 and results["network"]["loss"] == 0.5
    rows = results["top_k"]
    assert [row["k"] for row in rows] == ([5, 20] if case == "plain" else [1, 5, 20])
    assert {len(row["kept"]) for row in rows} == {4 if case == "deep" else 3}, "one level a question, and the empty clause"
    assert all(row["leaves"] <= 4 and row["held_out"]["inputs"] == 200 == row["correct"]["inputs"] for row in rows)
    assert ({"threshold", "representation", "learners", "labelled_by_truth"} <= set(results)) == (case == "plain")
    fresh_share = results["network"]["accuracy"] * 200
    assert fresh_share == pytest.approx(round(fresh_share))


def test_a_description_tells_a_tree_from_its_opposite(inputs):
    fresh = draw_bits(np.random.default_rng(3), 300, 5)
    opposite = DecisionTree(Split(0, Split(1, Leaf(1), Leaf(-1)), Split(2, Leaf(-1), Leaf(1))), 5)
    found = extract_tree(Reader(opposite), inputs, depth=2, rule=TopK(100))
    told = describe_extraction(found, HIDDEN, fresh)
    assert told["correct_uniform"] == "0" and told["correct"]["matches"] == 0 and told["held_out"]["matches"] == 400
    assert told["correct"]["interval"] == found.held_out.__class__(0, 300).interval()
