"""A decision tree out of a trained network: any `nn.Module`, unlabelled inputs, and the tree with what it was measured to agree on.

    python examples/tree_from_network.py            # prints the tree
    python examples/tree_from_network.py tree.dot   # and writes its Graphviz source
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

from gpu_validation.trees.drawing import as_dot, as_text
from gpu_validation.trees.estimator import TreeDistiller
from gpu_validation.trees.extraction import extract_tree
from gpu_validation.trees.search import Threshold, TopK

NAMES = ("rain", "wind", "cold", "weekend", "holiday", "umbrella", "bicycle", "late")


def train(seed: int = 0) -> nn.Module:
    """A network of our own that learns "stay in if it rains, or if it is cold on no weekend" from 8 bits."""
    generator = np.random.default_rng(seed)
    torch.manual_seed(seed)
    bits = generator.integers(0, 2, (8000, len(NAMES)))
    answers = (bits[:, 0] == 1) | ((bits[:, 2] == 1) & (bits[:, 3] == 0))
    network = nn.Sequential(nn.Linear(len(NAMES), 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    x, y = torch.as_tensor(bits).float(), torch.as_tensor(answers).float()
    for rows in torch.randperm(len(x)).split(100):
        loss = nn.functional.binary_cross_entropy_with_logits(network(x[rows]).squeeze(-1), y[rows])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return network


def main(arguments: list[str]) -> None:
    network = train()
    inputs = np.random.default_rng(1).integers(0, 2, (4000, len(NAMES)))

    # Keep the k best clauses a level, as the published experiment does; or those that pass a threshold, as the theory does.
    for rule in (TopK(20), Threshold(tau=16.0, slack=0.9)):
        found = extract_tree(network, inputs, depth=3, rule=rule, names=NAMES)
        print(f"{rule}\n{found.summary()}")
    print(as_text(found.tree))

    # The best agreement on the inputs of the programme for every number of leaves: how much each further leaf buys.
    print("leaves and agreement:", ", ".join(f"{size}: {value / found.inputs:.3f}" for size, value in enumerate(found.values, start=1)))

    # The same as a scikit-learn classifier.
    model = TreeDistiller(network, depth=3, rule=TopK(20)).fit(inputs)
    print("predicts:", model.predict(inputs[:8]).tolist())
    if arguments:
        Path(arguments[0]).write_text(as_dot(found.tree), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
