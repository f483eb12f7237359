"""What the unrolled route costs: the least trees, by enumeration."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import final

import numpy as np

from gpu_validation.dynamic.graph import Graph
from gpu_validation.dynamic.programme import Task
from gpu_validation.trees.clauses import Literals, extend, root
from gpu_validation.trees.exact import possible_clauses
from gpu_validation.trees.programme import best_tree
from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class UnrolledCost:
    """The global route on every graph of n nodes: edge bits, clauses, and the least leaves of an exact tree.

    `least_leaves` is None where the programme over all clauses found no exact tree of at most the leaves allowed.
    """

    nodes: int
    bits: int
    clauses: int
    least_leaves: int | None


def undirected_graphs(nodes: int) -> tuple[list[tuple[int, int]], np.ndarray]:
    """The pairs of nodes, and all their subsets as a Boolean matrix."""
    pairs = [(a, b) for a in range(nodes) for b in range(a + 1, nodes)]
    return pairs, np.array(list(product([False, True], repeat=len(pairs))), dtype=bool)


def graph_of(nodes: int, pairs: list[tuple[int, int]], chosen: np.ndarray) -> Graph:
    """The graph with these edges, unit weights, starting at node 0."""
    kept = np.array([pair for pair, there in zip(pairs, chosen, strict=True) if there], dtype=np.int64).reshape(-1, 2).T
    edges = np.concatenate([kept, kept[::-1]], axis=1)
    return Graph(nodes, edges, np.ones(edges.shape[1], dtype=np.int64), np.where(np.arange(nodes) == 0, 0, -1))


def unrolled_cost(task: Task, *, nodes: int, rounds: int, most_leaves: int = 64, most_bits: int = 10) -> UnrolledCost:
    """Unroll one bit (the last state bit of the last node) into a single tree over edge bits, exactly.

    All graphs and all clauses are enumerated, so n (n - 1) / 2 may not exceed `most_bits`.
    """
    pairs, rows = undirected_graphs(nodes) if nodes * (nodes - 1) // 2 <= most_bits else ([], np.zeros((0, 0), dtype=bool))
    if not pairs:
        raise OutOfDomain(f"n = {nodes} has {nodes * (nodes - 1) // 2} edge bits; enumeration takes 1 to {most_bits}")
    answers = [task.run(graph_of(nodes, pairs, row), rounds=rounds)[-1, -1] for row in rows]
    levels = [root()]
    for _ in pairs:
        levels.append(extend(levels[-1], bits=len(pairs)))
    optimum = best_tree(levels, Literals(rows), np.where(answers, 1.0, -1.0), leaves=most_leaves)
    exact = np.flatnonzero(optimum.values == len(rows))
    return UnrolledCost(nodes, len(pairs), possible_clauses(len(pairs), len(pairs)), int(exact[0]) + 1 if len(exact) else None)
