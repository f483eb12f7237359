"""The decision tree as an object: frozen nodes, and predictions on matrices of bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from gpu_validation.trees.clauses import as_bits
from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class Leaf:
    """Answers `label` (+1 or -1); `inputs` of the fitting sample reach it, `wrong` of them are labelled otherwise."""

    label: int
    inputs: int = 0
    wrong: float = 0.0


@final
@dataclass(frozen=True)
class Split:
    """Asks for one bit and goes on to `zero` or `one`."""

    bit: int
    zero: Node
    one: Node


Node = Leaf | Split


def leaves_of(node: Node) -> int:
    """How many leaves hang below."""
    return 1 if isinstance(node, Leaf) else leaves_of(node.zero) + leaves_of(node.one)


def depth_of(node: Node) -> int:
    """The largest number of questions on the way to a leaf."""
    return 0 if isinstance(node, Leaf) else 1 + max(depth_of(node.zero), depth_of(node.one))


def clauses_of(node: Node, above: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Every node with the ascending literal codes on its path: the AND clauses of the tree."""
    yield tuple(sorted(above)), node
    if isinstance(node, Split):
        yield from clauses_of(node.zero, (*above, 2 * node.bit))
        yield from clauses_of(node.one, (*above, 2 * node.bit + 1))


@final
@dataclass(frozen=True)
class DecisionTree:
    """A function from d bits to two classes; `classes[0]` stands for -1, `classes[1]` for +1."""

    root: Node
    bits: int
    classes: tuple[object, object] = (-1, 1)
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        asked = {node.bit for _, node in clauses_of(self.root) if isinstance(node, Split)}
        if any(not 0 <= bit < self.bits for bit in asked):
            raise OutOfDomain(f"the tree asks for bit {max(asked)} of {self.bits}; bits count from 0")
        if self.names and len(self.names) != self.bits:
            raise OutOfDomain(f"{len(self.names)} names for {self.bits} bits; give one each")

    def signs(self, inputs: object) -> NDArray[np.int64]:
        """-1 or +1 for each row of a 0/1, -1/+1 or Boolean matrix."""
        bits = as_bits(inputs)
        if bits.shape[1] != self.bits:
            raise OutOfDomain(f"inputs have {bits.shape[1]} bits, the tree was made for {self.bits}")
        answers = np.zeros(len(bits), dtype=np.int64)
        waiting = [(self.root, np.arange(len(bits)))]
        while waiting:
            node, rows = waiting.pop()
            if isinstance(node, Leaf):
                answers[rows] = node.label
            else:
                ones = bits[rows, node.bit]
                waiting += [(node.zero, rows[~ones]), (node.one, rows[ones])]
        return answers

    def predict(self, inputs: object) -> NDArray[np.object_]:
        """The class of each row, as scikit-learn's classifiers answer."""
        return np.asarray(self.classes)[(self.signs(inputs) > 0).astype(int)]

    def score(self, inputs: object, labels: object) -> float:
        """The share of rows whose class is `labels`."""
        return float(np.mean(self.predict(inputs) == np.asarray(labels)))

    def get_n_leaves(self) -> int:
        return leaves_of(self.root)

    def get_depth(self) -> int:
        return depth_of(self.root)

    def clauses(self) -> tuple[tuple[int, ...], ...]:
        """The distinct AND clauses at the nodes, smaller ones first."""
        return tuple(sorted({clause for clause, _ in clauses_of(self.root)}, key=lambda clause: (len(clause), clause)))


def random_complete_tree(*, bits: int, depth: int, generator: np.random.Generator) -> DecisionTree:
    """Each inner node asks for a bit drawn among those not asked above it; each leaf is +1 or -1 by a coin."""

    def grow(free: tuple[int, ...], left: int) -> Node:
        if left == 0:
            return Leaf(int(generator.integers(2)) * 2 - 1)
        bit = free[int(generator.integers(len(free)))]
        rest = tuple(other for other in free if other != bit)
        return Split(bit, grow(rest, left - 1), grow(rest, left - 1))

    if depth > bits:
        raise OutOfDomain(f"a complete tree of depth {depth} needs {depth} bits, and there are {bits}")
    return DecisionTree(grow(tuple(range(bits)), depth), bits)


def prune(node: Node) -> Node:
    """The same function with every split of two equal leaves, and of two equal subtrees, taken out."""
    if isinstance(node, Leaf):
        return Leaf(node.label)
    zero, one = prune(node.zero), prune(node.one)
    return zero if zero == one else Split(node.bit, zero, one)
