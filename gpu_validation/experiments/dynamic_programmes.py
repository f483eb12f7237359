"""`dp:experiment`, `dp:local`, `dp:generalises`: node updates learned by a graph network and taken out again.

One shard a (task, replica): train the source on graphs of n = 6 nodes for up to 3 rounds, distil its node update by
probing local clauses, put it into the aligned network, lift it to a longer horizon, and check it against NetworkX
on far larger graphs.  The shard `routes` compares the local update with one tree for the whole unrolled run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, final

import numpy as np

from gpu_validation.dynamic import measure
from gpu_validation.dynamic.distil import clause_representation, distil_update, sample_rounds
from gpu_validation.dynamic.graph import grid_graph, random_graph
from gpu_validation.dynamic.library import LIBRARY, bellman_ford, breadth_first, reachability, widest_path
from gpu_validation.dynamic.lifting import lift_update
from gpu_validation.dynamic.programme import Task
from gpu_validation.dynamic.source import SourceNetwork, train_source
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.trees.drawing import as_text


@final
@dataclass(frozen=True)
class DynamicConfig:
    """Sizes of one run; `big_nodes` and `side` are the random graph and the grid that no source ever saw."""

    replicas: int
    train_graphs: int
    steps: int
    width: int
    distil_graphs: int
    big_nodes: int
    side: int
    route_sizes: tuple[int, ...]
    exact_sizes: tuple[int, ...]
    nodes: int = 6
    rounds: int = 3
    batch: int = 128
    test_graphs: int = 1000
    wider_nodes: int = 24
    route_inputs: int = 4000
    route_k: int = 100
    route_depth: int = 6
    most_leaves: int = 48
    tasks: tuple[str, ...] = tuple(LIBRARY)


QUICK = DynamicConfig(
    replicas=1, train_graphs=2000, steps=400, width=48, distil_graphs=1500, big_nodes=2000, side=20, route_sizes=(3, 4, 5, 6), exact_sizes=(2, 3, 4)
)
FULL = DynamicConfig(
    replicas=5, train_graphs=20_000, steps=4000, width=128, distil_graphs=4000, big_nodes=20_000, side=60, route_sizes=(3, 4, 5, 6, 7, 8),
    exact_sizes=(2, 3, 4, 5), test_graphs=5000, route_inputs=12_000,
)


def shards(config: DynamicConfig) -> tuple[Shard, ...]:
    """Every task and replica, and the comparison of routes."""
    cells = [(task, replica) for task in (*config.tasks, "routes") for replica in range(config.replicas)]
    return tuple(Shard(f"{task}-{replica}", (replica,), {"task": task, "replica": replica}) for task, replica in cells)


def at_length(task: Task, config: DynamicConfig) -> Task:
    """The same task with enough bits for the distances of a grid of this side."""
    longest = 2 * config.side
    return {
        "reachability": reachability, "breadth_first": lambda: breadth_first(horizon=longest),
        "bellman_ford": lambda: bellman_ford(horizon=longest * task.heaviest, heaviest=task.heaviest), "widest_path": lambda: widest_path(levels=9),
    }[task.name]()


def _train(config: DynamicConfig, task: Task, seed: int, context: Context) -> tuple[SourceNetwork, float]:
    started = perf_counter()
    network = train_source(
        task, nodes=config.nodes, rounds=config.rounds, graphs=config.train_graphs, steps=config.steps, batch=config.batch, width=config.width,
        seed=seed, device=context.device,
    )
    return network, perf_counter() - started


def run(config: DynamicConfig, shard: Shard, context: Context) -> Outcome:
    """One task, or the comparison of routes on reachability."""
    name, seed = str(shard.cell["task"]), shard.seeds[0]
    task = LIBRARY["reachability" if name == "routes" else name]()
    network, seconds = _train(config, task, seed, context)
    results = _routes(config, task, network, seed) if name == "routes" else _task(config, task, network, seed, context)
    return Outcome({"train_seconds": seconds, **results}, 1)


def _routes(config: DynamicConfig, task: Task, network: SourceNetwork, seed: int) -> dict[str, Any]:
    common = {"rounds": config.rounds, "inputs": config.route_inputs, "seed": seed}
    return {
        "global": [measure.global_route(network, task, nodes=n, k=config.route_k, depth=config.route_depth, **common) for n in config.route_sizes],
        "local": [measure.local_route(network, task, nodes=n, **common) for n in config.route_sizes],
        "exact_unrolled": measure.exact_unrolled(task, config.exact_sizes, most_leaves=config.most_leaves),
    }


def _task(config: DynamicConfig, task: Task, network: SourceNetwork, seed: int, context: Context) -> dict[str, Any]:
    sample = sample_rounds(
        network, task, graphs=config.distil_graphs, nodes=config.nodes, rounds=config.rounds, seed=10_000 + seed, device=context.device
    )
    depth = max(tree.get_depth() for tree in task.programme.update)
    found = distil_update(sample, depth=depth, leaves=depth + 1)
    shallow = distil_update(sample, depth=depth - 1, leaves=depth)
    programme, long = found.into(task.programme), at_length(task, config)
    lifted = lift_update(task, found.update, long, local=sample.local, following=sample.following)
    same = {"graphs": config.test_graphs, "rounds": config.rounds, "seed": 20_000 + seed}
    small = {"graphs": config.test_graphs, "nodes": config.nodes, "seed": 30_000 + seed}
    wider = {"graphs": config.test_graphs // 5, "nodes": config.wider_nodes, "rounds": config.wider_nodes, "seed": 40_000 + seed}
    generator = np.random.default_rng(50_000 + seed)
    big = random_graph(generator, nodes=config.big_nodes, degree=3, heaviest=task.heaviest, sources=3, latest=task.latest)
    grid = grid_graph(generator, side=config.side, heaviest=long.heaviest, start=long.single)
    return {
        "probes": found.probes, "distil_seconds": found.seconds, "local_bits": task.programme.local_bits, "depth": depth,
        "update": [as_text(replace(tree, names=programme.names())) for tree in found.update],
        "held_out": [measure.counted(agreement) for agreement in found.held_out],
        "representation": clause_representation(found.levels, task.programme),
        "source": [measure.source_accuracy(network, task, nodes=config.nodes, **same), measure.source_accuracy(network, task, **wider)],
        "distilled": [measure.distilled_accuracy(programme, task, nodes=config.nodes, **same), measure.distilled_accuracy(programme, task, **wider)],
        "run_errors": {
            kind: [measure.run_errors(update, task, rounds=rounds, **small) for rounds in range(1, config.rounds + 1)]
            for kind, update in (("recovered", programme), ("shallow", shallow.into(task.programme)))
        },
        "oracle": measure.oracle_check(programme, task, big, rounds=4 * task.programme.state_bits + 30),
        "lifted": {
            "cell": lifted.cell, "agreement": measure.counted(lifted.agreement), "cells": long.programme.state_bits,
            "grid": measure.oracle_check(lifted.programme, long, grid, rounds=2 * config.side * max(1, long.heaviest)),
        },
    }


EXPERIMENT = Experiment(
    "dynamic_programmes", ("dp:experiment", "dp:local", "dp:generalises", "dp:unrolling"), {"quick": QUICK, "full": FULL}, shards, run
)
