"""The exact dynamic programme: the best decision tree of each size over a given set of clauses.

Objects: levels of clauses (level k of size k), m inputs with labels f in [-1, 1].  A leaf at clause C has
value (#C + |sum_C f|) / 2m; an internal node at C is any split of C into two listed clauses C & ~i, C & i, of
value the sum of theirs.  V(C, s) is the largest value of a tree rooted at C with at most s leaves.  Exact:
with labels -1, +1 every value times m is an integer below 2^53.  Ties go to fewer leaves, then the lower bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
import torch
from numpy.typing import NDArray

from gpu_validation.trees.clauses import Clauses, Literals, siblings
from gpu_validation.trees.tree import DecisionTree, Leaf, Node, Split
from theorems.errors import OutOfDomain

Values = NDArray[np.float64]


@final
@dataclass(frozen=True)
class Optimum:
    """`values[s - 1]` is m times the best agreement with at most s leaves; `tree` reaches the last with fewest leaves."""

    inputs: int
    values: Values
    tree: DecisionTree
    splits: int


@final
@dataclass(frozen=True)
class _Stage:
    """One level: table V (clauses x leaves), leaf statistics, splits, and for each (clause, s) the best split."""

    table: Values
    counts: Values
    sums: Values
    splits: NDArray[np.int64]
    best: NDArray[np.int64]


def leaf_statistics(literals: Literals, labels: NDArray[np.float64], clauses: Clauses, *, chunk: int = 2048) -> tuple[Values, Values]:
    """(#C, sum_C f) for every clause C."""
    target = torch.as_tensor(labels, dtype=torch.float64, device=literals.table.device)
    small = bool((target == target.round()).all()) and len(target) < 1 << 24
    both = torch.stack([torch.ones_like(target), target], dim=1).to(torch.float32 if small else torch.float64)
    found = [np.zeros((0, 2))]
    for start in range(0, len(clauses), chunk):
        truth = literals.truth(clauses[start : start + chunk]).T
        found.append((truth.to(both.dtype) @ both).double().cpu().numpy())
    counts, sums = np.concatenate(found).T
    return counts, sums


def best_tree(levels: Sequence[Clauses], literals: Literals, labels: NDArray[np.float64], *, leaves: int) -> Optimum:
    """The optimum over all trees whose nodes are listed clauses, for every size up to `leaves`.

    `labels` in [-1, 1], one an input of `literals`.  Raises `OutOfDomain` without the empty clause.
    """
    if leaves < 1 or not len(levels) or levels[0].shape != (1, 0):
        raise OutOfDomain("the programme needs leaves >= 1 and the empty clause as its first level")
    if len(labels) != literals.table.shape[1] or not (np.abs(labels) <= 1).all():
        raise OutOfDomain("labels must lie in [-1, 1], one for each input")
    stages: list[_Stage] = []
    for depth in reversed(range(len(levels))):
        below = stages[-1].table if stages else np.zeros((0, leaves))
        splits = siblings(levels[depth], levels[depth + 1]) if stages else np.zeros((0, 4), dtype=np.int64)
        counts, sums = leaf_statistics(literals, labels, levels[depth])
        stages.append(_stage(counts, sums, splits, below, leaves))
    stages.reverse()
    values = stages[0].table[0]
    smallest = int(np.flatnonzero(values == values[-1])[0])
    tree = DecisionTree(_read(stages, 0, 0, smallest), len(literals.table) // 2)
    return Optimum(len(labels), values, tree, sum(len(stage.splits) for stage in stages))


def _stage(counts: Values, sums: Values, splits: NDArray[np.int64], below: Values, leaves: int) -> _Stage:
    table = np.repeat(((counts + np.abs(sums)) / 2)[:, None], leaves, axis=1)
    best = np.full(table.shape, -1, dtype=np.int64)
    if not len(splits):
        return _Stage(table, counts, sums, splits, best)
    parents, starts = np.unique(splits[:, 0], return_index=True)
    ends = np.append(starts[1:], len(splits))
    zero, one = below[splits[:, 2]], below[splits[:, 3]]
    for size in range(2, leaves + 1):
        joint = np.max([zero[:, left] + one[:, size - 2 - left] for left in range(size - 1)], axis=0)
        top = np.maximum.reduceat(joint, starts)
        index = np.arange(len(splits))
        spread = np.repeat(top, ends - starts)
        first = np.minimum.reduceat(np.where(joint == spread, index, len(splits)), starts)
        better = top > table[parents, size - 1]
        table[parents[better], size - 1] = top[better]
        best[parents[better], size - 1] = first[better]
    return _Stage(table, counts, sums, splits, best)


def _read(stages: Sequence[_Stage], depth: int, clause: int, size: int) -> Node:
    """The tree of V(clause, size + 1), with as few leaves as reach that value."""
    stage = stages[depth]
    size = int(np.flatnonzero(stage.table[clause] == stage.table[clause, size])[0])
    split = stage.best[clause, size]
    if split < 0:
        count, total = stage.counts[clause], stage.sums[clause]
        return Leaf(1 if total >= 0 else -1, int(count), float((count - abs(total)) / 2))
    _, bit, zero, one = stage.splits[split]
    below = stages[depth + 1].table
    left = next(left for left in range(size) if below[zero, left] + below[one, size - 1 - left] == stage.table[clause, size])
    return Split(int(bit), _read(stages, depth + 1, zero, left), _read(stages, depth + 1, one, size - 1 - left))
