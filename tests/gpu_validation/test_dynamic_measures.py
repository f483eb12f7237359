"""What the experiment on dynamic programmes writes down, against the same numbers counted one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gpu_validation.dynamic import measure
from gpu_validation.dynamic.counting import graph_of, undirected_graphs, unrolled_cost
from gpu_validation.dynamic.distil import distil_update, sample_rounds
from gpu_validation.dynamic.graph import grid_graph, random_graph
from gpu_validation.dynamic.library import breadth_first, disjunction, reachability, widest_path
from gpu_validation.dynamic.lifting import lift_update
from gpu_validation.dynamic.source import SourceNetwork, dense_batch, small_graphs
from gpu_validation.trees.search import TopK
from gpu_validation.trees.tree import DecisionTree, Leaf

pytestmark = pytest.mark.usefixtures("one_thread")


def untrained(task) -> SourceNetwork:
    torch.manual_seed(3)
    return SourceNetwork(task.programme.state_bits, task.programme.edge_bits, width=8).eval()


def forgetful(task):
    """Two cells of every node forget what they held."""
    bits, cells = task.programme.local_bits, task.programme.state_bits
    update = (*task.programme.update[: cells - 2], *(disjunction([cells], bits=bits) for _ in range(2)))
    return replace(task.programme, update=update)


def test_random_graphs_are_undirected_with_the_degree_asked_for():
    generator = np.random.default_rng(0)
    for nodes, degree in ((400, 3.0), (6, 2.0)):
        graphs = [random_graph(generator, nodes=nodes, degree=degree, heaviest=5) for _ in range(2400 // nodes)]
        assert sum(graph.edges.shape[1] for graph in graphs) / 2400 == pytest.approx(degree, abs=0.25)
        for graph in graphs:
            weights = dict(zip(zip(*graph.edges.tolist(), strict=True), graph.weights.tolist(), strict=True))
            assert len(weights) == graph.edges.shape[1] and all(weights[b, a] == weight and a != b for (a, b), weight in weights.items())
    assert {int(w) for graph in graphs for w in graph.weights} == {1, 2, 3, 4, 5}
    for nodes in (1, 2, 5, 6, 31):
        assert random_graph(generator, nodes=nodes, degree=nodes - 1).edges.shape == (2, nodes * (nodes - 1)), "every pair, both ways"
    started = [int((graph.starts >= 0).sum()) for graph in (random_graph(generator, nodes=9, degree=1, sources=4, latest=2) for _ in range(20))]
    assert set(started) == {4}


def test_a_grid_joins_neighbours_and_starts_in_a_corner():
    graph = grid_graph(np.random.default_rng(0), side=4, start=2)
    steps = {abs(a - b) for a, b in graph.edges.T.tolist()}
    assert graph.nodes == 16 and graph.edges.shape == (2, 48) and steps == {1, 4} and graph.starts.tolist() == [2, *[-1] * 15]
    assert all(a // 4 == b // 4 for a, b in graph.edges.T.tolist() if abs(a - b) == 1)


def test_accuracies_count_nodes_and_whole_graphs():
    task = breadth_first(horizon=3)
    network, same = untrained(task), {"graphs": 60, "nodes": 5, "rounds": 2, "seed": 7}
    examples = small_graphs(task, np.random.default_rng(7), 60, nodes=5)
    truth = [task.run(graph, rounds=2) for graph in examples]
    with torch.no_grad():
        source = [(network(dense_batch(task, [graph]), rounds=2).logits[-1, 0] > 0).numpy() for graph in examples]
    wrong = replace(task, programme=forgetful(task))
    answers = {"source": (source, measure.source_accuracy(network, task, **same)),
               "distilled": ([wrong.run(graph, rounds=2) for graph in examples], measure.distilled_accuracy(forgetful(task), task, **same))}
    for found, told in answers.values():
        right = [[bool((mine == own).all()) for mine, own in zip(a, b, strict=True)] for a, b in zip(found, truth, strict=True)]
        assert told["node"]["matches"] == sum(map(sum, right)) and told["node"]["inputs"] == 300
        assert told["graph"]["matches"] == sum(map(all, right)) < 60 == told["graph"]["inputs"] and (told["nodes"], told["rounds"]) == (5, 2)
    assert answers["distilled"][1]["graph"]["matches"] < answers["distilled"][1]["node"]["matches"] / 5 < 60, "graphs are rarer right than nodes"


def test_run_errors_count_wrong_runs_and_wrong_updates_along_right_runs():
    task = breadth_first(horizon=3)
    programme, wrong_runs, wrong_updates = forgetful(task), 0, 0
    for graph in small_graphs(task, np.random.default_rng(5), 40, nodes=5):
        states, bits = [task.run(graph, rounds=r) for r in range(4)], task.edge_bits(graph)
        for t in range(3):
            answers = programme.step(programme.gather(states[t], graph.edges, bits))
            wrong_updates += sum(mine.tolist() != right.tolist() for mine, right in zip(answers, states[t + 1], strict=True))
        wrong_runs += replace(task, programme=programme).run(graph, rounds=3).tolist() != states[3].tolist()
    told = measure.run_errors(programme, task, graphs=40, nodes=5, rounds=3, seed=5)
    assert told == {"graphs": 40, "nodes": 5, "rounds": 3, "run_error": wrong_runs / 40, "node_error": wrong_updates / (40 * 3 * 5)}
    assert 0 < told["node_error"] < told["run_error"] <= 1


def test_the_oracle_is_compared_node_by_node():
    task = breadth_first(horizon=3)
    graph = random_graph(np.random.default_rng(1), nodes=80, degree=2, sources=3)
    told = measure.oracle_check(forgetful(task), task, graph, rounds=4)
    answers = task.decode(replace(task, programme=forgetful(task)).run(graph, rounds=4))
    assert told["right"]["matches"] == int((answers == task.oracle(graph)).sum()) < 80 == told["right"]["inputs"] == told["nodes"]
    assert (told["distinct_answers"], told["largest_answer"]) == (len(set(task.oracle(graph).tolist())), 3)


def test_the_global_route_distils_the_answer_at_the_last_node_after_the_last_round(monkeypatch):
    task, seen = reachability(), {}
    network, extract = untrained(task), measure.extract_tree

    def note(activations, rows, labels, **options):
        seen.update(activations=activations, rows=rows, labels=labels)
        return extract(activations, rows, labels, **options)

    monkeypatch.setattr(measure, "extract_tree", note)
    pairs, graphs = undirected_graphs(4)
    with torch.no_grad():
        last = network(dense_batch(task, [graph_of(4, pairs, row) for row in graphs]), rounds=3).logits[-1, :, -1, -1]
        network.decoder.bias -= last.median()
    told = measure.global_route(network, task, nodes=4, rounds=3, inputs=200, k=5, depth=2, seed=1)
    runs = [network(dense_batch(task, [graph_of(4, pairs, row)]), rounds=3) for row in seen["rows"]]
    labels = [[1 if run.logits[t, 0, -1, -1] > 0 else -1 for run in runs] for t in range(4)]
    assert seen["labels"].tolist() == labels[3] and labels[3] not in labels[:3] and len(set(labels[3])) == 2
    assert torch.allclose(seen["activations"], torch.stack([run.representations[-1, 0].flatten() for run in runs]), atol=1e-5)
    assert {key: told[key] for key in ("nodes", "bits", "clauses", "k", "depth")} == {"nodes": 4, "bits": 6, "clauses": 729, "k": 5, "depth": 2}
    assert told["held_out"]["inputs"] == 50 and 13 < told["probes"] <= 1 + 12 + 5 * 10 and told["leaves"] <= 4


def test_the_local_route_sees_as_many_node_rounds_whatever_the_graph():
    task = reachability()
    network = untrained(task)
    told = [measure.local_route(network, task, nodes=nodes, rounds=2, inputs=480, seed=1) for nodes in (3, 4, 6)]
    assert [(row["bits"], row["clauses"], row["probes"]) for row in told] == [(2, 9, 9)] * 3
    assert [row["held_out"][0]["inputs"] for row in told] == [120] * 3 and all(0 <= row["run_error"] <= 1 for row in told)


def test_unrolled_trees_are_those_of_the_last_bit_at_the_last_node():
    rows = measure.exact_unrolled(reachability(), (2, 3, 4), most_leaves=16)
    assert [(row["nodes"], row["bits"], row["clauses"], row["least_leaves"], row["graphs"]) for row in rows] == [
        (2, 1, 3, 2, 2), (3, 3, 27, 4, 8), (4, 6, 729, 11, 64)
    ]
    near = breadth_first(horizon=2)
    assert unrolled_cost(near, nodes=3, rounds=2).least_leaves == 2, "at most one step away: the edge to the start is there or not"


def test_a_quarter_of_the_node_rounds_is_held_out_of_everything():
    """What is held out has other answers than what is seen: no update can know it."""
    task = reachability()
    sample = sample_rounds(untrained(task), task, graphs=50, nodes=4, rounds=2, seed=2)
    middle = len(sample.local) * 3 // 4
    ideal = torch.as_tensor(np.concatenate([sample.local, sample.local[:, :1] & sample.local[:, 1:]], axis=1)).double()
    answers = sample.local.any(axis=1)
    answers[middle:] ^= True
    found = distil_update(replace(sample, representations=ideal, following=answers[:, None]), depth=2, leaves=3, rule=TopK(20), fit=100)
    assert (found.held_out[0].matches, found.held_out[0].inputs) == (0, 100) and found.update[0].classes == (0, 1)
    assert found.probes == sum(len(level.clauses) for level in found.levels) == 9
    assert (found.into(task.programme).step(sample.local) == task.programme.step(sample.local)).all()


def test_sampled_rounds_are_the_steps_of_the_source_in_random_order():
    task = breadth_first(horizon=2)
    network = untrained(task)
    sample = sample_rounds(network, task, graphs=6, nodes=4, rounds=2, seed=4)
    graphs = small_graphs(task, np.random.default_rng(4), 6, nodes=4)
    expected = []
    runs = [network(dense_batch(task, [graph]), rounds=2) for graph in graphs]
    for t in range(2):
        for graph, run in zip(graphs, runs, strict=True):
            states = [task.initial(graph), *(run.logits[1:, 0] > 0).numpy()]
            local = task.programme.gather(states[t], graph.edges, task.edge_bits(graph))
            expected += [(*local[node].tolist(), *states[t + 1][node].tolist(), *np.round(run.representations[t, 0, node].detach().numpy(), 3).tolist())
                         for node in range(4)]
    rows = [(*a.tolist(), *b.tolist(), *np.round(c.numpy(), 3).tolist()) for a, b, c in
            zip(sample.local, sample.following, sample.representations, strict=True)]
    assert any(row != pytest.approx(other, abs=2e-3) for row, other in zip(rows, expected, strict=True)), "in the order in which they ran"
    for row, other in zip(sorted(rows), sorted(expected), strict=True):
        assert row == pytest.approx(other, abs=2e-3)


def test_the_cell_that_explains_most_is_lifted_and_told_with_its_agreement():
    task, long = widest_path(levels=3), widest_path(levels=5)
    generator = np.random.default_rng(6)
    local = generator.integers(0, 2, (200, task.programme.local_bits)).astype(bool)
    following = task.programme.step(local)
    spoiled = (DecisionTree(Leaf(-1), task.programme.local_bits), task.programme.update[1], DecisionTree(Leaf(1), task.programme.local_bits))
    lifted = lift_update(task, spoiled, long, local=local, following=following)
    assert lifted.cell == 1 and (lifted.agreement.matches, lifted.agreement.inputs) == (600, 600)
    other = following.copy()
    other[:10] ^= True
    assert lift_update(task, spoiled, long, local=local, following=other).agreement.matches == 570
    wide = generator.integers(0, 2, (300, long.programme.local_bits)).astype(bool)
    assert (lifted.programme.step(wide) == long.programme.step(wide)).all()
