"""The node update of a dynamic programme out of a graph network that learned it, put into a network that runs it on any graph.

    python examples/update_from_network.py
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gpu_validation.dynamic.aligned import AlignedNetwork
from gpu_validation.dynamic.distil import distil_update, sample_rounds
from gpu_validation.dynamic.graph import random_graph
from gpu_validation.dynamic.library import breadth_first
from gpu_validation.dynamic.source import train_source
from gpu_validation.trees.drawing import as_text


def main() -> None:
    task = breadth_first(horizon=3)

    # The source sees graphs of 6 nodes for 3 rounds, and has no tree in it.
    source = train_source(task, nodes=6, rounds=3, graphs=600, steps=200, width=32)

    # Its representations, not its training labels, give the update: one tree for each state bit.
    sample = sample_rounds(source, task, graphs=500, nodes=6, rounds=3, seed=1)
    found = distil_update(sample, depth=2, leaves=3)
    programme = found.into(task.programme)
    for tree, agreement in zip(found.update, found.held_out, strict=True):
        print(as_text(replace(tree, names=programme.names())), f"  {agreement}", sep="\n")

    # The aligned network runs it on a graph far larger than any that the source saw; NetworkX is the oracle.
    graph = random_graph(np.random.default_rng(2), nodes=3000, degree=3, sources=5)
    answers = task.decode(AlignedNetwork(programme).run(task, graph, rounds=5).numpy())
    print(f"{found.probes} probes; right at {np.mean(answers == task.oracle(graph)):.4f} of {graph.nodes} nodes")


if __name__ == "__main__":
    main()
