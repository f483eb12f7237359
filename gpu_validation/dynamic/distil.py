"""The distiller: the node update out of a source network's representations, by probing local clauses.

Nothing but the source is asked.  Inputs are small graphs without labels; local bits and targets are the state bits
that the source itself decodes before and after a round; the representation is what its update computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gpu_validation.dynamic.programme import Bits, LocalProgramme, Task
from gpu_validation.dynamic.source import SourceNetwork, dense_batch, small_graphs
from gpu_validation.trees.agreement import Agreement, compare
from gpu_validation.trees.clauses import Literals
from gpu_validation.trees.probing import Design
from gpu_validation.trees.programme import best_tree
from gpu_validation.trees.search import Level, Rule, TopK, search_clauses
from gpu_validation.trees.tree import DecisionTree
from theorems.errors import OutOfDomain

DEFAULT_RULE = TopK(100)


@final
@dataclass(frozen=True)
class LocalSample:
    """Node-rounds in random order: local bits (m, l), next bits (m, S), representations (m, width)."""

    local: Bits
    following: Bits
    representations: Tensor


@final
@dataclass(frozen=True)
class LocalDistillation:
    """The update trees, how far each agreed with the source on held-out node-rounds, and the search that found them."""

    update: tuple[DecisionTree, ...]
    held_out: tuple[Agreement, ...]
    levels: tuple[Level, ...]
    seconds: float

    @property
    def probes(self) -> int:
        return sum(len(level.clauses) for level in self.levels)

    def into(self, programme: LocalProgramme) -> LocalProgramme:
        """The programme with its update replaced by the recovered one."""
        return replace(programme, update=self.update)


def sample_rounds(
    network: SourceNetwork, task: Task, *, graphs: int, nodes: int, rounds: int, seed: int, device: torch.device | str = "cpu"
) -> LocalSample:
    """Run the source on fresh unlabelled graphs and note every node in every round."""
    own, wanted = (network.decoder.out_features, network.link.in_features), (task.programme.state_bits, task.programme.edge_bits)
    if own != wanted or min(graphs, nodes, rounds) < 1:
        raise OutOfDomain(f"a source of {own} state and edge bits, {task.name} with {wanted}: {graphs} graphs, {nodes} nodes, {rounds} rounds")
    generator = np.random.default_rng(seed)
    examples = small_graphs(task, generator, graphs, nodes=nodes)
    with torch.no_grad():
        run = network(dense_batch(task, examples, device=device), rounds=rounds)
    states = (run.logits > 0).cpu().numpy()
    states[0] = np.stack([task.initial(graph) for graph in examples])
    local = np.stack([
        np.stack([task.programme.gather(states[t, index], graph.edges, task.edge_bits(graph)) for index, graph in enumerate(examples)])
        for t in range(rounds)
    ])
    order = generator.permutation(rounds * graphs * nodes)
    pick = torch.as_tensor(order, device=run.representations.device)
    return LocalSample(
        local.reshape(len(order), -1)[order], states[1:].reshape(len(order), -1)[order], run.representations.flatten(0, 2)[pick]
    )


def distil_update(
    sample: LocalSample, *, depth: int, leaves: int, rule: Rule = DEFAULT_RULE, fit: int = 2000, ridge: float = 1e-4
) -> LocalDistillation:
    """One search for represented local clauses, then one exact programme for each state bit.

    A quarter of the sample is held out; the first `fit` node-rounds fit the probes.
    """
    started = perf_counter()
    middle = len(sample.local) * 3 // 4
    if depth < 0 or fit < 2:
        raise OutOfDomain(f"depth {depth} and {fit} node-rounds for fitting: need depth 0 and 2 node-rounds at least")
    if fit >= middle:
        raise OutOfDomain(f"{len(sample.local)} node-rounds do not leave {fit} for fitting and a quarter held out; run more graphs")
    device = sample.representations.device
    design = Design(sample.representations[:fit], sample.representations[fit:middle])
    fitting, validating = (Literals(part, device=device) for part in (sample.local[:fit], sample.local[fit:middle]))
    levels = search_clauses(design, fitting, validating, rule=rule, depth=depth, ridge=ridge)
    everything = Literals(sample.local[:middle], device=device)
    trees, agreements = [], []
    for cell in range(sample.following.shape[1]):
        labels = np.where(sample.following[:, cell], 1, -1)
        tree = best_tree([level.clauses for level in levels], everything, labels[:middle].astype(float), leaves=leaves).tree
        trees.append(replace(tree, classes=(0, 1)))
        agreements.append(compare(tree.signs(sample.local[middle:]), labels[middle:]))
    return LocalDistillation(tuple(trees), tuple(agreements), levels, perf_counter() - started)


def clause_representation(levels: tuple[Level, ...], programme: LocalProgramme) -> list[dict[str, Any]]:
    """The measured linear representation: unexplained variance and |w| of the true update's clauses, by size.

    Clauses that were not probed, and clauses constant on the sample, are counted and left out.
    """
    wanted = {clause for tree in programme.update for clause in tree.clauses()}
    rows = []
    for size, level in enumerate(levels[1:], start=1):
        inside = np.array([tuple(clause.tolist()) in wanted for clause in level.clauses], dtype=bool)
        varying: NDArray[np.bool_] = inside & (level.probes.variances > 0)
        rows.append({
            "size": size,
            "clauses": sum(len(clause) == size for clause in wanted),
            "probed": int(inside.sum()),
            "varying": int(varying.sum()),
            "unexplained": sorted(level.probes.unexplained[varying].tolist()),
            "norms": sorted(level.probes.norms[varying].tolist()),
        })
    return rows
