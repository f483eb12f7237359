"""Four programmes on bits: reachability, breadth-first depth, Bellman-Ford and widest path.

Numbers are written in unary: bit t of a distance says "at most t", bit k of a width "at least k + 1".  A
node's new bit is then the disjunction of its own and of a few gathered bits: a tree of r + 1 leaves and depth r.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gpu_validation.dynamic import oracle
from gpu_validation.dynamic.graph import Graph
from gpu_validation.dynamic.programme import Bits, LocalProgramme, Message, Task
from gpu_validation.trees.tree import DecisionTree, Leaf, Node, Split
from theorems.errors import OutOfDomain


def disjunction(literals: Sequence[int], *, bits: int) -> DecisionTree:
    """The tree of "one of these bits is 1"."""
    node: Node = Leaf(-1)
    for bit in reversed(literals):
        node = Split(bit, node, Leaf(1))
    return DecisionTree(node, bits)


def _always(graph: Graph) -> Bits:
    return np.ones((len(graph.weights), 1), dtype=bool)


def _at_least_one(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise OutOfDomain(f"{name} = {size} leaves nothing to compute; take at least 1")


def _weights_exactly(graph: Graph, heaviest: int) -> Bits:
    if len(graph.weights) and graph.weights.max() > heaviest:
        raise OutOfDomain(f"an edge weighs {graph.weights.max()}; this programme was made for weights 1 to {heaviest}")
    return graph.weights[:, None] == np.arange(1, heaviest + 1)


def _weights_at_least(graph: Graph, levels: int) -> Bits:
    return graph.weights[:, None] >= np.arange(1, levels + 1)


def _distance_programme(horizon: int, heaviest: int) -> LocalProgramme:
    messages = tuple(Message(cell, weight - 1) for weight in range(1, heaviest + 1) for cell in range(horizon - weight))
    place = {message: horizon + index for index, message in enumerate(messages)}
    bits = horizon + len(messages)
    update = tuple(
        disjunction([t, *(place[Message(t - weight, weight - 1)] for weight in range(1, heaviest + 1) if weight <= t)], bits=bits)
        for t in range(horizon)
    )
    return LocalProgramme(horizon, heaviest, messages, update)


def _distance_task(name: str, horizon: int, heaviest: int, *, weighted: bool) -> Task:
    _at_least_one(horizon=horizon, heaviest=heaviest)

    def initial(graph: Graph) -> Bits:
        return (graph.starts[:, None] >= 0) & (graph.starts[:, None] <= np.arange(horizon))

    return Task(
        name, _distance_programme(horizon, heaviest), initial,
        (lambda graph: _weights_exactly(graph, heaviest)) if weighted else _always,
        lambda state: horizon - state.sum(axis=1), lambda graph: oracle.distances(graph, horizon=horizon, weighted=weighted),
        heaviest=heaviest, latest=horizon - 1,
    )


def reachability() -> Task:
    """One bit: reached so far."""
    programme = LocalProgramme(1, 1, (Message(0, 0),), (disjunction([0, 1], bits=2),))
    return Task(
        "reachability", programme, lambda graph: graph.starts[:, None] >= 0, _always, lambda state: state[:, 0].astype(np.int64), oracle.reachable
    )


def breadth_first(*, horizon: int = 5) -> Task:
    """The number of steps from the nearest start, below `horizon`."""
    return _distance_task("breadth_first", horizon, 1, weighted=False)


def bellman_ford(*, horizon: int = 6, heaviest: int = 2) -> Task:
    """The length of a shortest path with weights 1 to `heaviest`, below `horizon`."""
    return _distance_task("bellman_ford", horizon, heaviest, weighted=True)


def widest_path(*, levels: int = 4) -> Task:
    """The largest k such that a path of edges of weight at least k leads here."""
    _at_least_one(levels=levels)
    messages = tuple(Message(cell, cell) for cell in range(levels))
    update = tuple(disjunction([cell, levels + cell], bits=2 * levels) for cell in range(levels))

    def initial(graph: Graph) -> Bits:
        return (graph.starts[:, None] >= 0) & (graph.starts[:, None] >= np.arange(levels))

    return Task(
        "widest_path", LocalProgramme(levels, levels, messages, update), initial, lambda graph: _weights_at_least(graph, levels),
        lambda state: state.sum(axis=1), lambda graph: oracle.widest(graph, levels=levels), heaviest=levels, latest=levels - 1,
        single=levels - 1, relative_edges=True,
    )


LIBRARY = {"reachability": reachability, "breadth_first": breadth_first, "bellman_ford": bellman_ford, "widest_path": widest_path}
