"""Measurements on one task: source, recovered update, far larger graphs, and both routes against n."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
import torch

from gpu_validation.dynamic.aligned import AlignedNetwork
from gpu_validation.dynamic.counting import graph_of, undirected_graphs, unrolled_cost
from gpu_validation.dynamic.distil import distil_update, sample_rounds
from gpu_validation.dynamic.graph import Graph
from gpu_validation.dynamic.programme import LocalProgramme, Task
from gpu_validation.dynamic.source import SourceNetwork, dense_batch, small_graphs, true_states
from gpu_validation.trees.agreement import Agreement
from gpu_validation.trees.exact import possible_clauses
from gpu_validation.trees.extraction import extract_tree
from gpu_validation.trees.search import TopK


def counted(agreement: Agreement) -> dict[str, Any]:
    """An agreement as data, with its interval."""
    return {"matches": agreement.matches, "inputs": agreement.inputs, "interval": agreement.interval()}


def source_accuracy(network: SourceNetwork, task: Task, *, graphs: int, nodes: int, rounds: int, seed: int) -> dict[str, Any]:
    """How often the source's bits after `rounds` rounds are right: at a node, and on a whole graph."""
    examples = small_graphs(task, np.random.default_rng(seed), graphs, nodes=nodes)
    with torch.no_grad():
        run = network(dense_batch(task, examples, device=network.decoder.weight.device), rounds=rounds)
    right = ((run.logits[-1] > 0).cpu() == true_states(task, examples, rounds=rounds)[-1]).all(-1)
    whole = right.all(-1)
    return {
        "nodes": nodes, "rounds": rounds, "node": counted(Agreement(int(right.sum()), right.numel())),
        "graph": counted(Agreement(int(whole.sum()), whole.numel())),
    }


def distilled_accuracy(programme: LocalProgramme, task: Task, *, graphs: int, nodes: int, rounds: int, seed: int) -> dict[str, Any]:
    """The same for the aligned network that executes a recovered update, on the same graphs."""
    examples = small_graphs(task, np.random.default_rng(seed), graphs, nodes=nodes)
    network = AlignedNetwork(programme)
    right = np.stack([(network.run(task, graph, rounds=rounds).numpy() == task.run(graph, rounds=rounds)).all(-1) for graph in examples])
    whole = right.all(-1)
    return {
        "nodes": nodes, "rounds": rounds, "node": counted(Agreement(int(right.sum()), right.size)),
        "graph": counted(Agreement(int(whole.sum()), whole.size)),
    }


def oracle_check(programme: LocalProgramme, task: Task, graph: Graph, *, rounds: int) -> dict[str, Any]:
    """The aligned network against NetworkX at every node of one graph, and how varied the right answers are."""
    started = perf_counter()
    answers = task.decode(AlignedNetwork(programme).run(task, graph, rounds=rounds).numpy())
    seconds, truth = perf_counter() - started, task.oracle(graph)
    right = Agreement(int((answers == truth).sum()), graph.nodes)
    return {
        "nodes": graph.nodes, "edges": graph.edges.shape[1], "rounds": rounds, "right": counted(right),
        "distinct_answers": len(np.unique(truth)), "largest_answer": int(truth.max()), "seconds": seconds,
    }


def run_errors(programme: LocalProgramme, task: Task, *, graphs: int, nodes: int, rounds: int, seed: int) -> dict[str, Any]:
    """`dp:local`, both sides: wrong runs, and wrong node updates along the right runs.

    A run goes wrong first at some node-round whose local bits are still right.
    """
    wrong_runs = wrong_updates = 0
    for graph in small_graphs(task, np.random.default_rng(seed), graphs, nodes=nodes):
        state, bits = task.encode(graph)
        own = state
        for _ in range(rounds):
            local = task.programme.gather(state, graph.edges, bits)
            state = task.programme.step(local)
            wrong_updates += int((programme.step(local) != state).any(-1).sum())
            own = programme.step(programme.gather(own, graph.edges, bits))
        wrong_runs += int((own != state).any())
    return {
        "graphs": graphs, "nodes": nodes, "rounds": rounds, "run_error": wrong_runs / graphs,
        "node_error": wrong_updates / (graphs * rounds * nodes),
    }


def global_route(network: SourceNetwork, task: Task, *, nodes: int, rounds: int, inputs: int, k: int, depth: int, seed: int) -> dict[str, Any]:
    """Distil the unrolled answer at the last node as one tree over the edge bits, from the same source.

    The representation is that of every node in the last round; labels are the source's own answers.
    """
    generator = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(nodes) for b in range(a + 1, nodes)]
    rows = generator.random((inputs, len(pairs))) < generator.uniform(0.2, 0.8, (inputs, 1))
    with torch.no_grad():
        batch = dense_batch(task, [graph_of(nodes, pairs, row) for row in rows], device=network.decoder.weight.device)
        run = network(batch, rounds=rounds)
    labels = np.where((run.logits[-1, :, -1, -1] > 0).cpu().numpy(), 1, -1)
    started = perf_counter()
    found = extract_tree(
        run.representations[-1].flatten(1), rows, labels, depth=min(depth, len(pairs)), leaves=64, rule=TopK(k), fit=min(1000, inputs // 3)
    )
    return {
        "nodes": nodes, "bits": len(pairs), "clauses": possible_clauses(len(pairs), len(pairs)), "probes": found.probes, "k": k,
        "depth": min(depth, len(pairs)), "leaves": found.tree.get_n_leaves(), "held_out": counted(found.held_out),
        "seconds": perf_counter() - started,
    }


def local_route(network: SourceNetwork, task: Task, *, nodes: int, rounds: int, inputs: int, seed: int) -> dict[str, Any]:
    """Distil the node update from about `inputs` node-rounds on graphs of n nodes."""
    graphs = max(1, inputs // (nodes * rounds))
    sample = sample_rounds(network, task, graphs=graphs, nodes=nodes, rounds=rounds, seed=seed, device=network.decoder.weight.device)
    found = distil_update(sample, depth=2, leaves=3, fit=min(1000, len(sample.local) // 3))
    check = run_errors(found.into(task.programme), task, graphs=100, nodes=nodes, rounds=nodes, seed=seed + 1)
    return {
        "nodes": nodes, "bits": task.programme.local_bits, "clauses": possible_clauses(task.programme.local_bits, task.programme.local_bits),
        "probes": found.probes, "leaves": [tree.get_n_leaves() for tree in found.update], "held_out": [counted(a) for a in found.held_out],
        "run_error": check["run_error"], "seconds": found.seconds,
    }


def exact_unrolled(task: Task, sizes: Sequence[int], *, most_leaves: int) -> list[dict[str, Any]]:
    """The least trees that compute the unrolled answer exactly, by the programme over all clauses."""
    rows = []
    for nodes in sizes:
        started = perf_counter()
        cost = unrolled_cost(task, nodes=nodes, rounds=nodes - 1, most_leaves=most_leaves)
        rows.append({
            "nodes": nodes, "bits": cost.bits, "clauses": cost.clauses, "least_leaves": cost.least_leaves,
            "graphs": len(undirected_graphs(nodes)[1]), "seconds": perf_counter() - started,
        })
    return rows
