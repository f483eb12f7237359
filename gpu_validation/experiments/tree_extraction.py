"""`tree:extraction`, `tree:cheaper`: trees hidden in data, learned by networks, and taken out again.

One shard a (case, depth, replica): draw a complete tree with coin-flip leaves (anew until it needs its full depth), train the residual network of the
published run on its labels, extract with each k and by the threshold, and compare with learning from examples.
Cases besides `plain`: `noisy` labels in training, `biased` input bits, and `deep`er than the hidden tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Any, final

import numpy as np
import torch
from sklearn.tree import DecisionTreeClassifier

from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.trees.measure import as_signs, compare_learners, draw_bits, extraction_row, representation
from gpu_validation.trees.network import ResidualNetwork
from gpu_validation.trees.search import Threshold, TopK
from gpu_validation.trees.training import accuracy, train_network
from gpu_validation.trees.tree import DecisionTree, depth_of, leaves_of, prune, random_complete_tree


@final
@dataclass(frozen=True)
class TreeConfig:
    """Sizes; `samples` counts by depth from 2, `ks` for every depth, `deep_ks` besides at depth 5; `products` is their precision in training."""

    depths: tuple[int, ...]
    replicas: int
    width: int
    layers: int
    samples: tuple[int, ...]
    epochs: int
    robust_depth: int
    ks: tuple[int, ...] = (10, 50, 100, 200)
    deep_ks: tuple[int, ...] = ()
    bits: int = 100
    batch: int = 100
    rate: float = 0.05
    fit: int = 1000
    validation: int = 10_000
    fresh: int = 5000
    ridge: float = 1e-4
    tau: float = 16.0
    slack: float = 0.9
    learner_k: int = 200
    representation_k: int = 50
    flips: float = 0.1
    bias: float = 0.3
    examples: tuple[int, ...] = (50, 100, 200, 1000)
    products: str = "float32"


QUICK = TreeConfig(
    depths=(2, 3), replicas=3, width=128, layers=5, samples=(30_000, 30_000), epochs=8, robust_depth=3, validation=4000,
    examples=(50, 100, 200, 1000), learner_k=50,
)
FULL = TreeConfig(
    depths=(2, 3, 4, 5), replicas=5, width=1000, layers=5, samples=(100_000, 100_000, 100_000, 1_000_000), epochs=10, robust_depth=4,
    deep_ks=(500, 1000), examples=(50, 100, 200, 500, 1000, 5000), products="bfloat16",
)
CASES = ("noisy", "biased", "deep")


def shards(config: TreeConfig) -> tuple[Shard, ...]:
    """Every depth and replica of the plain case, then one replica of each robustness case."""
    cells = [("plain", depth, replica) for depth in config.depths for replica in range(config.replicas)]
    cells += [(case, config.robust_depth, 0) for case in CASES]
    return tuple(
        Shard(f"{case}-depth{depth}-{replica}", (1000 * depth + replica,), {"case": case, "depth": depth, "replica": replica})
        for case, depth, replica in cells
    )


def draw_hidden_tree(bits: int, depth: int, generator: np.random.Generator) -> DecisionTree:
    """A complete tree with coin-flip leaves, drawn again until its function needs the full depth."""
    while depth_of(prune((tree := random_complete_tree(bits=bits, depth=depth, generator=generator)).root)) < depth:
        pass
    return tree


def run(config: TreeConfig, shard: Shard, context: Context) -> Outcome:
    """Train one network and measure everything about it."""
    case, depth, seed = str(shard.cell["case"]), int(shard.cell["depth"]), shard.seeds[0]
    generator = np.random.default_rng(seed)
    torch.manual_seed(seed)
    hidden = draw_hidden_tree(config.bits, depth, generator)
    law = {"probability": config.bias if case == "biased" else 0.5}
    samples = config.samples[config.depths.index(depth)]
    seen = draw_bits(generator, samples, config.bits, **law)
    labels = hidden.signs(seen) * (1 - 2 * (generator.random(samples) < (config.flips if case == "noisy" else 0.0)))
    network = ResidualNetwork(config.bits, width=config.width, layers=config.layers).to(context.device)
    started = perf_counter()
    targets = torch.as_tensor(labels, device=context.device).float()
    loss = train_network(
        network, as_signs(seen, context.device), targets, epochs=config.epochs, rate=config.rate, batch=config.batch, seed=seed,
        products=getattr(torch, config.products),
    )
    trained = perf_counter() - started
    fresh = draw_bits(generator, config.fresh, config.bits, **law)
    inputs = draw_bits(generator, config.fit + config.validation + config.fresh, config.bits, **law)
    reached = accuracy(network, as_signs(fresh, context.device), torch.as_tensor(hidden.signs(fresh), device=context.device))
    options: dict[str, Any] = {
        "depth": depth + (case == "deep"), "leaves": 2**depth, "fit": config.fit, "held_out": config.fresh / len(inputs),
        "ridge": config.ridge, "device": context.device,
    }
    ks = config.ks + (config.deep_ks if depth == 5 else ()) if case == "plain" else (1, *config.ks[:2])
    found = {k: extraction_row(network, inputs, hidden, fresh, rule=TopK(k), **options) for k in ks}
    results: dict[str, Any] = {
        "hidden": {"leaves": leaves_of(prune(hidden.root)), "depth": depth_of(prune(hidden.root))},
        "network": {"accuracy": reached, "loss": loss, "samples": samples, "train_seconds": trained},
        "top_k": [row for row, _ in found.values()],
    }
    if case == "plain":
        results["threshold"], _ = extraction_row(network, inputs, hidden, fresh, rule=Threshold(config.tau, config.slack), **options)
        results["representation"] = representation(found[config.representation_k][1], hidden)
        results["learners"] = compare_learners(network, hidden, inputs, fresh, counts=config.examples, depth=depth, k=config.learner_k, seed=seed)
        results["labelled_by_truth"] = _learned_from_scratch(hidden, seen, labels, fresh, depth, seed)
    return Outcome(results, 1)


def _learned_from_scratch(hidden: Any, seen: Any, labels: Any, fresh: Any, depth: int, seed: int) -> dict[str, Any]:
    """CART on every example that the network was trained on."""
    started = perf_counter()
    model = DecisionTreeClassifier(max_depth=depth, random_state=seed).fit(seen, labels)
    correct = float(np.mean(model.predict(fresh) == hidden.signs(fresh)))
    return {"learner": "cart", "examples": len(seen), "correct": correct, "seconds": perf_counter() - started}


LABELS = ("tree:extraction", "tree:cheaper", "tree:clause-count", "tree:search-cost")
EXPERIMENT = Experiment("tree_extraction", LABELS, {"quick": QUICK, "full": FULL}, shards, run)
