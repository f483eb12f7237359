"""Independent answers by NetworkX, capped where the bits end."""

from __future__ import annotations

import networkx
import numpy as np
from numpy.typing import NDArray

from gpu_validation.dynamic.graph import Graph

ROOT = -1


def _with_root(graph: Graph) -> networkx.DiGraph:
    """The graph, and a root that reaches each starting node at the cost of its start value."""
    built = networkx.DiGraph()
    built.add_nodes_from(range(graph.nodes))
    built.add_node(ROOT)
    built.add_weighted_edges_from(zip(*graph.edges.tolist(), graph.weights.tolist(), strict=True))
    built.add_weighted_edges_from((ROOT, node, int(start)) for node, start in enumerate(graph.starts) if start >= 0)
    return built


def reachable(graph: Graph) -> NDArray[np.int64]:
    """1 where some starting node reaches."""
    found = networkx.descendants(_with_root(graph), ROOT)
    return np.array([int(node in found) for node in range(graph.nodes)])


def distances(graph: Graph, *, horizon: int, weighted: bool) -> NDArray[np.int64]:
    """The least start value plus path length, `horizon` where that is as large or there is no path."""
    built = _with_root(graph)
    if not weighted:
        for tail, _, data in built.edges(data=True):
            if tail != ROOT:
                data["weight"] = 1
    lengths = networkx.single_source_dijkstra_path_length(built, ROOT)
    return np.array([min(horizon, lengths.get(node, horizon)) for node in range(graph.nodes)])


def widest(graph: Graph, *, levels: int) -> NDArray[np.int64]:
    """The largest k <= levels such that edges of weight at least k lead here from a node that starts with k or more.

    A start value s stands for a supply of s + 1.
    """
    answers = np.zeros(graph.nodes, dtype=np.int64)
    for level in range(1, levels + 1):
        wide = networkx.DiGraph()
        wide.add_nodes_from(range(graph.nodes))
        wide.add_edges_from(edge for edge, weight in zip(graph.edges.T.tolist(), graph.weights, strict=True) if weight >= level)
        wide.add_edges_from((ROOT, node) for node, start in enumerate(graph.starts) if start + 1 >= level)
        if ROOT in wide:
            answers[list(networkx.descendants(wide, ROOT))] = level
    return answers
