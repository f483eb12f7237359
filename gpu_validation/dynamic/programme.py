"""Local-iteration dynamic programmes, typed.

A node holds S state bits.  Each round it gathers M bits, bit m being "some in-neighbour whose edge has edge
bit `message.edge_bit` holds state bit `message.cell`", and then replaces each state bit by a decision tree
over its l = S + M local bits (own state first, gathered bits after).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from gpu_validation.dynamic.graph import Graph
from gpu_validation.trees.tree import DecisionTree
from theorems.errors import OutOfDomain

Bits = NDArray[np.bool_]


@final
@dataclass(frozen=True)
class Message:
    """Ask the in-neighbours over edges with this bit for this cell of their state."""

    cell: int
    edge_bit: int


@final
@dataclass(frozen=True)
class LocalProgramme:
    """`update[c]` is the tree of state bit c over `local_bits` bits."""

    state_bits: int
    edge_bits: int
    messages: tuple[Message, ...]
    update: tuple[DecisionTree, ...]

    def __post_init__(self) -> None:
        if any(not (0 <= m.cell < self.state_bits and 0 <= m.edge_bit < self.edge_bits) for m in self.messages):
            raise OutOfDomain("a message asks for a state or edge bit that does not exist")
        if len(self.update) != self.state_bits or any(tree.bits != self.local_bits for tree in self.update):
            raise OutOfDomain(f"need {self.state_bits} update trees over {self.local_bits} local bits each")

    @property
    def local_bits(self) -> int:
        return self.state_bits + len(self.messages)

    def names(self) -> tuple[str, ...]:
        """The local bits in words."""
        return (*(f"own{c}" for c in range(self.state_bits)), *(f"any{m.cell}via{m.edge_bit}" for m in self.messages))

    def gather(self, state: Bits, edges: NDArray[np.int64], edge_bits: Bits) -> Bits:
        """(nodes, l): every node's local bits."""
        gathered = np.zeros((len(state), len(self.messages)), dtype=bool)
        for column, message in enumerate(self.messages):
            sends = state[edges[0], message.cell] & edge_bits[:, message.edge_bit]
            gathered[edges[1, sends], column] = True
        return np.concatenate([state, gathered], axis=1)

    def require(self, task: Task, rounds: int) -> None:
        """`OutOfDomain` unless this programme takes the states and edges of `task`, for at least no round."""
        own, other = (self.state_bits, self.edge_bits), (task.programme.state_bits, task.programme.edge_bits)
        if own != other or rounds < 0:
            raise OutOfDomain(f"{own} state and edge bits do not run {task.name} with {other} for {rounds} rounds")

    def step(self, local: Bits) -> Bits:
        """(nodes, S): the next state from local bits."""
        return np.stack([tree.signs(local) > 0 for tree in self.update], axis=1)


@final
@dataclass(frozen=True)
class Task:
    """A programme with its encoding of graphs, the decoding of answers, and an independent oracle.

    `initial(graph)` are (nodes, S) bits, `edge_bits(graph)` (m, E) bits.  `relative_edges` says whether edge
    bits, like cells, count relative to the cell they serve (used to carry a tree to another horizon).
    Edges weigh 1 to `heaviest`, start values go from 0 to `latest`; `single` is that of a lone source.
    """

    name: str
    programme: LocalProgramme
    initial: Callable[[Graph], Bits]
    edge_bits: Callable[[Graph], Bits]
    decode: Callable[[Bits], NDArray[np.int64]]
    oracle: Callable[[Graph], NDArray[np.int64]]
    heaviest: int = 1
    latest: int = 0
    single: int = 0
    relative_edges: bool = False

    def encode(self, graph: Graph) -> tuple[Bits, Bits]:
        """The initial state and the edge bits; `OutOfDomain` unless they are Boolean matrices of the programme's widths."""
        found = self.initial(graph), self.edge_bits(graph)
        wanted = (graph.nodes, self.programme.state_bits), (graph.edges.shape[1], self.programme.edge_bits)
        for name, bits, shape in zip(("initial states", "edge bits"), found, wanted, strict=True):
            if bits.dtype != np.bool_ or bits.shape != shape:
                raise OutOfDomain(f"{name} of {self.name} are {bits.dtype} of shape {bits.shape}; they must be Boolean of shape {shape}")
        return found

    def run(self, graph: Graph, *, rounds: int) -> Bits:
        """The state after `rounds` rounds, by the definition."""
        self.programme.require(self, rounds)
        state, bits = self.encode(graph)
        for _ in range(rounds):
            state = self.programme.step(self.programme.gather(state, graph.edges, bits))
        return state
