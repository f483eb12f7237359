"""Local-iteration programmes, their oracles, the aligned network, the distiller and the counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gpu_validation.dynamic import counting, measure
from gpu_validation.dynamic.aligned import AlignedNetwork
from gpu_validation.dynamic.distil import LocalSample, clause_representation, distil_update, sample_rounds
from gpu_validation.dynamic.graph import Graph, grid_graph, random_graph
from gpu_validation.dynamic.library import LIBRARY, bellman_ford, breadth_first, disjunction, reachability, widest_path
from gpu_validation.dynamic.lifting import lift_update
from gpu_validation.dynamic.programme import LocalProgramme, Message
from gpu_validation.dynamic.source import SourceNetwork, dense_batch, small_graphs, train_source, true_states
from gpu_validation.trees.exact import uniform_agreement
from gpu_validation.trees.search import TopK
from gpu_validation.trees.tree import DecisionTree, Leaf, Split
from numerics.judge_rules import claimed
from theorems.errors import OutOfDomain

LONG = {
    "reachability": reachability, "breadth_first": lambda: breadth_first(horizon=24), "bellman_ford": lambda: bellman_ford(horizon=48),
    "widest_path": lambda: widest_path(levels=9),
}

pytestmark = pytest.mark.usefixtures("one_thread")


def ideal_sample(task, *, graphs: int, seed: int) -> LocalSample:
    """Node-rounds of the true programme, represented by its local bits through a random rotation and products of pairs."""
    generator = np.random.default_rng(seed)
    local, following = [], []
    for graph in small_graphs(task, generator, graphs, nodes=6):
        state, bits = task.initial(graph), task.edge_bits(graph)
        for _ in range(3):
            local.append(task.programme.gather(state, graph.edges, bits))
            state = task.programme.step(local[-1])
            following.append(state)
    z, y = np.concatenate(local), np.concatenate(following)
    pairs = (z[:, :, None] & z[:, None, :]).reshape(len(z), -1)
    triples = np.stack([~z[:, a] & ~z[:, b] for a in range(z.shape[1]) for b in range(a)], axis=1)
    features = np.concatenate([z, pairs, triples], axis=1).astype(np.float64)
    order = generator.permutation(len(z))
    return LocalSample(z[order], y[order], torch.as_tensor(features[order]))


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_programme_aligned_network_and_networkx_agree(name):
    task, generator, answers = LIBRARY[name](), np.random.default_rng(1), set()
    network = AlignedNetwork(task.programme)
    for _ in range(40):
        graph = random_graph(
            generator, nodes=int(generator.integers(1, 14)), degree=1.6, heaviest=task.heaviest, sources=int(generator.integers(0, 4)),
            latest=task.latest,
        )
        state = task.run(graph, rounds=graph.nodes)
        assert (network.run(task, graph, rounds=graph.nodes).numpy() == state).all()
        assert (task.decode(state) == task.oracle(graph)).all()
        answers |= set(task.oracle(graph).tolist())
    assert len(answers) > task.programme.state_bits


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_exact_update_is_exact_on_a_graph_far_larger(name):
    """`dp:generalises` on the grid, whose distances exceed any small graph's."""
    task = LONG[name]()
    graph = grid_graph(np.random.default_rng(2), side=12, heaviest=task.heaviest, start=task.single)
    state = AlignedNetwork(task.programme).run(task, graph, rounds=12 * 12)
    assert (task.decode(state.numpy()) == task.oracle(graph)).all()


def test_aligned_network_executes_trees_that_are_not_monotone():
    """Parity of the own bit and of "some neighbour": every clause of the tree is needed."""
    parity = DecisionTree(Split(0, Split(1, Leaf(-1), Leaf(1)), Split(1, Leaf(1), Leaf(-1))), 2)
    programme = LocalProgramme(1, 1, (Message(0, 0),), (parity,))
    task = replace(reachability(), programme=programme)
    graph = random_graph(np.random.default_rng(3), nodes=60, degree=3, sources=20)
    for rounds in (1, 2, 7):
        assert (AlignedNetwork(programme).run(task, graph, rounds=rounds).numpy() == task.run(graph, rounds=rounds)).all()


def test_a_question_asked_twice_on_a_path_changes_nothing():
    """Own bit, then "some neighbour", then the own bit again: one answer repeats, the other contradicts."""
    again = Split(0, Split(1, Leaf(-1), Split(0, Leaf(1), Leaf(1))), Split(0, Leaf(1), Split(0, Leaf(-1), Split(1, Leaf(1), Leaf(-1)))))
    programme = LocalProgramme(1, 1, (Message(0, 0),), (DecisionTree(again, 2),))
    task = replace(reachability(), programme=programme)
    graph = random_graph(np.random.default_rng(3), nodes=40, degree=2, sources=15)
    states = [task.run(graph, rounds=rounds) for rounds in (1, 2, 3)]
    assert all((AlignedNetwork(programme).run(task, graph, rounds=rounds).numpy() == state).all() for rounds, state in enumerate(states, start=1))
    assert 0 < states[0].sum() < 40


def test_encodings_that_are_no_bits_are_refused():
    """Whole numbers 0 and 1 would be taken for the places of edges."""
    graph, task = random_graph(np.random.default_rng(0), nodes=5, degree=2), reachability()
    broken = {
        "initial states of reachability are int64": replace(task, initial=lambda g: (g.starts[:, None] >= 0).astype(np.int64)),
        "initial states of reachability are bool of shape": replace(task, initial=lambda g: g.starts >= 0),
        "edge bits of reachability are int64": replace(task, edge_bits=lambda g: np.ones((len(g.weights), 1), dtype=np.int64)),
    }
    for words, own in broken.items():
        for run in (own.run, lambda graph, rounds, own=own: AlignedNetwork(own.programme).run(own, graph, rounds=rounds)):
            with pytest.raises(OutOfDomain, match=words):
                run(graph, rounds=2)


def test_graphs_without_edges_and_broken_graphs():
    none = Graph(3, np.zeros((2, 0), dtype=np.int64), np.zeros(0, dtype=np.int64), np.array([0, -1, -1]))
    assert reachability().decode(AlignedNetwork(reachability().programme).run(reachability(), none, rounds=4).numpy()).tolist() == [1, 0, 0]
    with pytest.raises(OutOfDomain, match="edges must join"):
        Graph(2, np.array([[0], [2]]), np.array([1]), np.array([0, -1]))
    with pytest.raises(OutOfDomain, match="at most one edge"):
        Graph(2, np.array([[0, 0], [1, 1]]), np.array([1, 3]), np.array([0, -1]))
    for kind in (np.int8, np.uint8, np.int16, np.int32, np.uint64):
        path = Graph(3, np.array([[0, 1], [1, 2]], dtype=kind), np.array([1, 2], dtype=kind), np.array([0, -1, -1]))
        task = bellman_ford(heaviest=2)
        assert task.decode(AlignedNetwork(task.programme).run(task, path, rounds=3).numpy()).tolist() == [0, 1, 3] == task.oracle(path).tolist()
    with pytest.raises(OutOfDomain, match="does not exist"):
        LocalProgramme(1, 1, (Message(1, 0),), ())


def test_what_a_programme_cannot_answer_is_refused_in_one_line():
    """A heavier edge than the bits can say would be dropped in silence; so would bits of another task."""
    pair = Graph(2, np.array([[0], [1]]), np.array([3]), np.array([0, -1]))
    task, generator = bellman_ford(heaviest=2), np.random.default_rng(0)
    network, source = AlignedNetwork(task.programme), SourceNetwork(1, 1, width=4)
    small = LocalSample(np.zeros((40, 2), dtype=bool), np.zeros((40, 1), dtype=bool), torch.randn(40, 3))
    assert task.oracle(pair).tolist() == [0, 3] == bellman_ford(heaviest=3).decode(bellman_ford(heaviest=3).run(pair, rounds=2)).tolist()
    faults = {
        "an edge weighs 3": lambda: task.run(pair, rounds=2),
        "weights 1 to 2": lambda: network.run(task, pair, rounds=2),
        "do not run reachability": lambda: network.run(reachability(), pair, rounds=2),
        "for -1 rounds": lambda: reachability().run(pair, rounds=-1),
        "arrays of integers": lambda: Graph(2, np.array([[0.0], [1.0]]), np.array([1]), np.array([0, -1])),
        "no random graph of 0 nodes": lambda: random_graph(generator, nodes=0, degree=2),
        "degree nan": lambda: random_graph(generator, nodes=4, degree=float("nan")),
        "a side of at least 1": lambda: grid_graph(generator, side=0),
        "horizon = 0": lambda: breadth_first(horizon=0),
        "heaviest = 0": lambda: bellman_ford(heaviest=0),
        "levels = 0": lambda: widest_path(levels=0),
        "a source of": lambda: sample_rounds(source, task, graphs=3, nodes=4, rounds=2, seed=0),
        "0 graphs": lambda: sample_rounds(source, reachability(), graphs=0, nodes=4, rounds=2, seed=0),
        "depth -1": lambda: distil_update(small, depth=-1, leaves=2, fit=10),
        "0 rounds, 1 steps": lambda: train_source(reachability(), nodes=3, rounds=0, graphs=3, steps=1),
        "do not lift reachability to breadth_first": lambda: lift_update(
            reachability(), reachability().programme.update, breadth_first(), local=small.local, following=small.following),
        "1 trees and node-rounds": lambda: lift_update(
            reachability(), reachability().programme.update, reachability(), local=small.local, following=small.following[:, :0]),
        "run more graphs": lambda: distil_update(small, depth=1, leaves=2, fit=30),
    }
    for words, fault in faults.items():
        with pytest.raises(OutOfDomain, match=words) as caught:
            fault()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_distiller_recovers_an_ideally_represented_update_and_lifts_it(name):
    task, long = LIBRARY[name](), LONG[name]()
    sample = ideal_sample(task, graphs=500, seed=4)
    depth = max(tree.get_depth() for tree in task.programme.update)
    found = distil_update(sample, depth=depth, leaves=depth + 1, rule=TopK(400), fit=1500)
    assert all(agreement.matches == agreement.inputs for agreement in found.held_out)
    assert (found.into(task.programme).step(sample.local) == task.programme.step(sample.local)).all()
    lifted = lift_update(task, found.update, long, local=sample.local, following=sample.following)
    assert all(uniform_agreement(mine, true) == 1 for mine, true in zip(lifted.programme.update, long.programme.update, strict=True))


def test_a_trained_source_gives_up_its_update():
    """End to end; the source is trained on graphs of 6 nodes, the result is right on 500 nodes."""
    task = breadth_first(horizon=3)
    network = train_source(task, nodes=6, rounds=3, graphs=500, steps=250, batch=64, width=32, seed=1)
    accuracy = measure.source_accuracy(network, task, graphs=200, nodes=6, rounds=3, seed=2)
    assert accuracy["node"]["matches"] > 0.97 * accuracy["node"]["inputs"]
    sample = sample_rounds(network, task, graphs=400, nodes=6, rounds=3, seed=3)
    found = distil_update(sample, depth=2, leaves=3, fit=1000)
    rows = clause_representation(found.levels, task.programme)
    assert [row["probed"] for row in rows] == [row["clauses"] for row in rows]
    graph = random_graph(np.random.default_rng(5), nodes=500, degree=3, sources=4, latest=2)
    assert measure.oracle_check(found.into(task.programme), task, graph, rounds=8)["right"]["matches"] == 500


def test_source_sees_no_future_and_no_absent_edge():
    task = reachability()
    torch.manual_seed(0)
    network = SourceNetwork(1, 1, width=8)
    graphs = small_graphs(task, np.random.default_rng(0), 5, nodes=6)
    whole = network(dense_batch(task, graphs), rounds=3)
    assert torch.allclose(whole.logits[:2], network(dense_batch(task, graphs), rounds=1).logits)
    alone = [Graph(6, np.zeros((2, 0), dtype=np.int64), np.zeros(0, dtype=np.int64), graph.starts) for graph in graphs]
    moved = [replace(graph, starts=np.where(np.arange(6) == 0, graph.starts, -1)) for graph in alone]
    assert torch.allclose(network(dense_batch(task, alone), rounds=2).logits[-1][:, 0], network(dense_batch(task, moved), rounds=2).logits[-1][:, 0])
    assert true_states(task, graphs, rounds=3).shape == (4, 5, 6, 1)


def test_run_errors_respect_the_union_bound_and_are_not_vacuous():
    task = bellman_ford(horizon=4)
    forgetful = disjunction([3, 4 + task.programme.messages.index(Message(2, 0))], bits=task.programme.local_bits)
    update = (*task.programme.update[:3], forgetful)
    broken = measure.run_errors(replace(task.programme, update=update), task, graphs=300, nodes=6, rounds=1, seed=0)
    assert 0 < broken["run_error"] <= claimed("dp:local", "error", R=1, n=6, epsilon=broken["node_error"]) < 1
    assert measure.run_errors(task.programme, task, graphs=50, nodes=6, rounds=3, seed=0)["run_error"] == 0


def test_unrolled_trees_blow_up_exactly():
    """`dp:unrolling`: least leaves 2, 4, 11 for n = 2, 3, 4, within s^u for u = n (n - 1) updates of s = 3 leaves."""
    costs = [counting.unrolled_cost(reachability(), nodes=n, rounds=n - 1, most_leaves=16) for n in (2, 3, 4)]
    assert [(cost.clauses, cost.least_leaves) for cost in costs] == [(3, 2), (27, 4), (729, 11)]
    assert all(cost.least_leaves <= claimed("dp:unrolling", "node_leaves", s=3, n=cost.nodes * (cost.nodes - 1)) for cost in costs)
    assert counting.unrolled_cost(reachability(), nodes=4, rounds=3, most_leaves=10).least_leaves is None
    with pytest.raises(OutOfDomain, match="15 edge bits"):
        counting.unrolled_cost(reachability(), nodes=6, rounds=5)


def test_experiments_are_found_with_frozen_profiles():
    from gpu_validation.catalogue import experiment

    for name in ("dynamic_programmes", "tree_extraction"):
        found = experiment(name)
        for config in found.profiles.values():
            names = [shard.name for shard in found.shards(config)]
            assert len(names) == len(set(names)) > 4
