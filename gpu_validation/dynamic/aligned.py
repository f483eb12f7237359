"""The aligned message-passing network: executes given update trees by linear maps, ReLU and a maximum over edges.

A leaf's clause of k literals is one hidden unit relu(sum of its literals - k + 1), which is 1 where the
clause holds and 0 elsewhere on bits; a tree is the sum of the units of its +1 leaves.  Exact on every graph.
"""

from __future__ import annotations

from typing import final

import numpy as np
import torch
from torch import Tensor, nn

from gpu_validation.dynamic.graph import Graph
from gpu_validation.dynamic.programme import LocalProgramme, Task
from gpu_validation.trees.tree import Leaf, clauses_of


@final
class AlignedNetwork(nn.Module):
    """One layer a round; the same weights at every node and in every round."""

    def __init__(self, programme: LocalProgramme) -> None:
        super().__init__()
        self.programme = programme
        units: dict[tuple[int, ...], int] = {}
        wiring = []
        for cell, tree in enumerate(programme.update):
            for path, node in clauses_of(tree.root):
                clause = tuple(sorted(set(path)))  # a question asked again holds or fails with the first
                possible = len({code // 2 for code in clause}) == len(clause)
                if isinstance(node, Leaf) and node.label > 0 and possible:
                    wiring.append((cell, units.setdefault(clause, len(units))))
        hidden, read = torch.zeros(len(units), programme.local_bits), torch.zeros(programme.state_bits, len(units))
        bias = torch.ones(len(units))
        for clause, unit in units.items():
            for code in clause:
                hidden[unit, code // 2] = 1.0 if code % 2 else -1.0
                bias[unit] -= code % 2
        for cell, unit in wiring:
            read[cell, unit] = 1.0
        self.hidden, self.bias, self.read = (nn.Parameter(value, requires_grad=False) for value in (hidden, bias, read))
        self.register_buffer("cells", torch.tensor([m.cell for m in programme.messages], dtype=torch.long))
        self.register_buffer("gates", torch.tensor([m.edge_bit for m in programme.messages], dtype=torch.long))

    def forward(self, state: Tensor, edges: Tensor, edge_bits: Tensor, *, rounds: int) -> Tensor:
        """(nodes, S) bits as 0.0 and 1.0, (2, m) edges, (m, E) bits -> (nodes, S) after `rounds` rounds."""
        gates = edge_bits[:, self.gates]
        target = edges[1][:, None].expand(-1, len(self.cells))
        for _ in range(rounds):
            sent = state[edges[0]][:, self.cells] * gates
            gathered = state.new_zeros(len(state), len(self.cells)).scatter_reduce(0, target, sent, "amax")
            local = torch.cat([state, gathered], dim=1)
            state = torch.relu(local @ self.hidden.T + self.bias) @ self.read.T
        return state

    def run(self, task: Task, graph: Graph, *, rounds: int) -> Tensor:
        """The state of `graph` after `rounds` rounds, as Boolean bits on the processor."""
        self.programme.require(task, rounds)
        device = self.hidden.device
        state, edge_bits = (torch.as_tensor(bits, device=device).float() for bits in task.encode(graph))
        with torch.no_grad():
            return (self(state, torch.as_tensor(graph.edges.astype(np.int64), device=device), edge_bits, rounds=rounds) > 0.5).cpu()
