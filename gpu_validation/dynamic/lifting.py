"""From a recovered update at a short horizon to every horizon: one tree, told relative to the bit it serves.

A local bit is named by its kind and its distance from the served cell, so the tree of one cell can be put to
every other cell and to programmes with more cells.  Bits that do not exist there count as 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from gpu_validation.dynamic.programme import Bits, LocalProgramme, Task
from gpu_validation.trees.agreement import Agreement
from gpu_validation.trees.tree import DecisionTree, Leaf, Node, Split
from theorems.errors import OutOfDomain

Name = tuple[str, int, int]


def relative_names(programme: LocalProgramme, cell: int, *, relative_edges: bool) -> tuple[Name, ...]:
    """The name of each local bit as seen from `cell`: (kind, distance of the cell, edge bit)."""
    own = [("own", other - cell, 0) for other in range(programme.state_bits)]
    shift = cell if relative_edges else 0
    return (*own, *(("any", message.cell - cell, message.edge_bit - shift) for message in programme.messages))


def transplant(tree: DecisionTree, source: tuple[Name, ...], target: tuple[Name, ...]) -> DecisionTree:
    """The same tree over other local bits; a question that cannot be asked is answered 0."""
    places = {name: bit for bit, name in enumerate(target)}

    def move(node: Node) -> Node:
        if isinstance(node, Leaf):
            return Leaf(node.label)
        bit = places.get(source[node.bit])
        return move(node.zero) if bit is None else Split(bit, move(node.zero), move(node.one))

    return DecisionTree(move(tree.root), len(target), classes=(0, 1))


@final
@dataclass(frozen=True)
class Lift:
    """The cell whose tree was taken, and how far it agrees with the source at all cells of the short horizon."""

    cell: int
    agreement: Agreement
    programme: LocalProgramme


def lift_update(small: Task, update: tuple[DecisionTree, ...], large: Task, *, local: Bits, following: Bits) -> Lift:
    """Put the tree of the best cell to all cells of `large`.

    `local` and `following` are the source's node-rounds at the short horizon; the cell whose one tree explains the
    most bits of every cell there is taken, the later one on ties.
    """
    wanted = (len(local), small.programme.local_bits), (len(local), small.programme.state_bits)
    if (local.shape, following.shape) != wanted or len(update) != small.programme.state_bits or small.name != large.name:
        given = f"{len(update)} trees and node-rounds of shapes {local.shape} and {following.shape}"
        raise OutOfDomain(f"{given} do not lift {small.name} to {large.name}")
    edges = small.relative_edges
    names = [relative_names(small.programme, cell, relative_edges=edges) for cell in range(len(update))]
    best: tuple[int, int] = (-1, -1)
    for cell, tree in enumerate(update):
        answers = np.stack([transplant(tree, names[cell], other).signs(local) > 0 for other in names], axis=1)
        best = max(best, (int((answers == following).sum()), cell))
    matches, cell = best
    wide = [relative_names(large.programme, other, relative_edges=edges) for other in range(large.programme.state_bits)]
    moved = tuple(transplant(update[cell], names[cell], target) for target in wide)
    return Lift(cell, Agreement(matches, following.size), replace(large.programme, update=moved))
