"""The source: a graph network that learns a programme from small graphs, with no tree in it.

Encode, process, decode: hidden vectors at the nodes, messages through a two-layer perceptron of sender and edge
features, maximum over in-neighbours, a two-layer update with a skip, and one linear decoder of the state bits
after every round.  Small graphs are handled densely: (batch, n, n) adjacency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from gpu_validation.dynamic.graph import Graph, random_graph
from gpu_validation.dynamic.programme import Task
from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class DenseBatch:
    """`count` graphs of n nodes: states (count, n, S), adjacency (count, n, n) from-to, edge bits (count, n, n, E)."""

    initial: Tensor
    adjacency: Tensor
    edge_bits: Tensor


@final
@dataclass(frozen=True)
class SourceRun:
    """Decoded state logits (rounds + 1, count, n, S) from round 0, and representations (rounds, count, n, width)."""

    logits: Tensor
    representations: Tensor


@final
class SourceNetwork(nn.Module):
    """Takes initial state bits and edge bits; answers the state bits after each round."""

    def __init__(self, state_bits: int, edge_bits: int, *, width: int = 64) -> None:
        super().__init__()
        self.encoder = nn.Linear(state_bits, width)
        self.sender, self.link, self.message = nn.Linear(width, width), nn.Linear(edge_bits, width), nn.Linear(width, width)
        self.own, self.inbox, self.update = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.decoder = nn.Linear(width, state_bits)

    def forward(self, batch: DenseBatch, *, rounds: int) -> SourceRun:
        """The representation of a round is what its update computed: inbox, inner layer and new hidden vector."""
        hidden = self.encoder(batch.initial)
        link = self.link(batch.edge_bits)
        logits, kept = [self.decoder(hidden)], []
        for _ in range(rounds):
            sent = functional.relu(self.message(functional.relu(self.sender(hidden)[:, :, None] + link)))
            inbox = (sent * batch.adjacency[..., None]).amax(dim=1)
            inner = functional.relu(self.own(hidden) + self.inbox(inbox))
            hidden = hidden + self.update(inner)
            kept.append(torch.cat([inbox, inner, hidden], dim=-1))
            logits.append(self.decoder(hidden))
        return SourceRun(torch.stack(logits), torch.stack(kept))


def dense_batch(task: Task, graphs: list[Graph], *, device: torch.device | str = "cpu") -> DenseBatch:
    """Graphs of equally many nodes as one batch."""
    nodes, bits = graphs[0].nodes, task.programme.edge_bits
    adjacency = np.zeros((len(graphs), nodes, nodes), dtype=np.float32)
    edge_bits = np.zeros((len(graphs), nodes, nodes, bits), dtype=np.float32)
    for index, graph in enumerate(graphs):
        adjacency[index, graph.edges[0], graph.edges[1]] = 1
        edge_bits[index, graph.edges[0], graph.edges[1]] = task.edge_bits(graph)
    initial = np.stack([task.initial(graph) for graph in graphs]).astype(np.float32)
    return DenseBatch(*(torch.as_tensor(array, device=device) for array in (initial, adjacency, edge_bits)))


def small_graphs(task: Task, generator: np.random.Generator, count: int, *, nodes: int) -> list[Graph]:
    """Unlabelled inputs: mean degree 1 to 3, one to three starts with any start value."""
    return [
        random_graph(
            generator, nodes=nodes, degree=float(generator.uniform(1, 3)), heaviest=task.heaviest, sources=int(generator.integers(1, 4)),
            latest=task.latest,
        )
        for _ in range(count)
    ]


def true_states(task: Task, graphs: list[Graph], *, rounds: int) -> Tensor:
    """(rounds + 1, count, n, S): the programme's own states, the labels of the training task."""
    states = []
    for graph in graphs:
        state, bits = task.encode(graph)
        trace = [state]
        for _ in range(rounds):
            trace.append(task.programme.step(task.programme.gather(trace[-1], graph.edges, bits)))
        states.append(np.stack(trace))
    return torch.as_tensor(np.stack(states, axis=1))


def train_source(
    task: Task, *, nodes: int, rounds: int, graphs: int, steps: int, batch: int = 128, width: int = 64, rate: float = 3e-3, seed: int = 0,
    device: torch.device | str = "cpu",
) -> SourceNetwork:
    """Train on `graphs` random graphs to answer the state after 0, 1, .., `rounds` rounds (Adam, decayed rate)."""
    if min(rounds, graphs, steps, batch, width) < 1:
        raise OutOfDomain(f"nothing to train: {graphs} graphs, {rounds} rounds, {steps} steps of {batch}, width {width}; take 1 of each at least")
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    network = SourceNetwork(task.programme.state_bits, task.programme.edge_bits, width=width).to(device)
    examples = small_graphs(task, generator, graphs, nodes=nodes)
    data, labels = dense_batch(task, examples, device=device), true_states(task, examples, rounds=rounds).float().to(device)
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    order = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        rows = torch.randint(graphs, (batch,), generator=order).to(device)
        run = network(DenseBatch(data.initial[rows], data.adjacency[rows], data.edge_bits[rows]), rounds=rounds)
        loss = functional.binary_cross_entropy_with_logits(run.logits, labels[:, rows])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()
