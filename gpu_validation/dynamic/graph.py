"""Directed graphs with small integer weights and start values, and random ones to learn and to test on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class Graph:
    """`edges` (2, m): from, to; `weights` (m,) at least 1; `starts` (nodes,): a node's start value, -1 for none."""

    nodes: int
    edges: NDArray[np.int64]
    weights: NDArray[np.int64]
    starts: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not all(isinstance(array, np.ndarray) and array.dtype.kind in "iu" for array in (self.edges, self.weights, self.starts)):
            raise OutOfDomain("a graph's edges, weights and start values are NumPy arrays of integers")
        if self.edges.ndim != 2 or self.edges.shape[0] != 2 or len(self.weights) != self.edges.shape[1] or len(self.starts) != self.nodes:
            raise OutOfDomain("a graph needs edges of shape (2, m), m weights and a start value for each node")
        if self.edges.size and not (self.edges.min() >= 0 and self.edges.max() < self.nodes and self.weights.min() >= 1):
            raise OutOfDomain(f"edges must join nodes 0 to {self.nodes - 1} and weigh at least 1")
        if len(np.unique(self.edges, axis=1).T) < self.edges.shape[1]:
            raise OutOfDomain("a graph has at most one edge from a node to another; keep one of those given twice")


def random_graph(
    generator: np.random.Generator, *, nodes: int, degree: float, heaviest: int = 1, sources: int = 1, latest: int = 0
) -> Graph:
    """Undirected edges with mean `degree`, weights 1 to `heaviest`; `sources` nodes start at 0 to `latest`."""
    if nodes < 1 or not degree >= 0 or heaviest < 1 or sources < 0 or latest < 0:
        raise OutOfDomain(f"no random graph of {nodes} nodes, degree {degree}, heaviest edge {heaviest}, {sources} sources, latest start {latest}")
    possible = nodes * (nodes - 1) // 2
    wanted = generator.binomial(possible, min(1.0, degree / max(1, nodes - 1)))
    turn, first = np.divmod(generator.choice(possible, wanted, replace=False), nodes)
    pairs = np.sort(np.stack([first, (first + turn + 1) % nodes]), axis=0)  # each pair of nodes once, as a node and a turn around the circle
    return _both_ways(generator, nodes, pairs, heaviest, sources, latest)


def grid_graph(generator: np.random.Generator, *, side: int, heaviest: int = 1, start: int = 0) -> Graph:
    """The square grid, one source in a corner with this start value: long distances."""
    if side < 1:
        raise OutOfDomain(f"a grid needs a side of at least 1, not {side}")
    index = np.arange(side * side).reshape(side, side)
    across = np.stack([index[:, :-1].ravel(), index[:, 1:].ravel()])
    down = np.stack([index[:-1].ravel(), index[1:].ravel()])
    graph = _both_ways(generator, side * side, np.concatenate([across, down], axis=1), heaviest, 1, 0)
    starts = np.full(side * side, -1)
    starts[0] = start
    return Graph(graph.nodes, graph.edges, graph.weights, starts)


def _both_ways(generator: np.random.Generator, nodes: int, pairs: NDArray[np.int64], heaviest: int, sources: int, latest: int) -> Graph:
    weights = generator.integers(1, heaviest + 1, pairs.shape[1])
    starts = np.full(nodes, -1)
    starts[generator.permutation(nodes)[:sources]] = generator.integers(0, latest + 1, min(sources, nodes))
    return Graph(nodes, np.concatenate([pairs, pairs[::-1]], axis=1), np.concatenate([weights, weights]), starts)
