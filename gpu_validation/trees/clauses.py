"""AND clauses over d bits, held as integer matrices.

The literal "bit i is 1" has the code 2i + 1, "bit i is 0" the code 2i.  A clause of size k is a row of k
ascending literal codes on k distinct bits; a level is a (count, k) int32 matrix without repeated rows.
The empty clause, of size 0, is true everywhere.
"""

from __future__ import annotations

from typing import Any, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from theorems.errors import OutOfDomain

Clauses = NDArray[np.int32]


def root() -> Clauses:
    """The level of size 0: the empty clause alone."""
    return np.zeros((1, 0), dtype=np.int32)


def as_array(values: object) -> NDArray[Any]:
    """The values as a NumPy array; tensors of bfloat16, which NumPy does not have, as float32."""
    if isinstance(values, Tensor):
        values = values.detach().cpu()
        return (values.float() if values.dtype == torch.bfloat16 else values).numpy()
    return np.asarray(values)


def as_bits(inputs: object) -> NDArray[np.bool_]:
    """A (m, d) Boolean matrix from 0/1, -1/+1 or Boolean inputs; `OutOfDomain` for anything else."""
    values = as_array(inputs)
    if values.ndim != 2:
        raise OutOfDomain(f"inputs have {values.ndim} axes; a decision tree needs a matrix, one row an input")
    if values.dtype == np.bool_:
        return values
    if values.dtype.kind not in "iuf" or not (np.isin(values, (0, 1)).all() or np.isin(values, (-1, 1)).all()):
        raise OutOfDomain("inputs hold values besides 0 and 1 (or -1 and 1); hand over the Boolean features as `bits`")
    return values > 0


def extend(clauses: Clauses, *, bits: int) -> Clauses:
    """Every clause of one more literal, each once: the candidates of the next level, (count', k + 1)."""
    count, size = clauses.shape
    literals = np.arange(2 * bits, dtype=np.int32)
    longer = np.concatenate([np.repeat(clauses, 2 * bits, axis=0), np.tile(literals, count)[:, None]], axis=1)
    fresh = (longer[:, :size] // 2 != longer[:, size:] // 2).all(axis=1)
    longer = np.sort(longer[fresh], axis=1)
    return np.unique(longer, axis=0) if len(longer) else longer


def siblings(parents: Clauses, children: Clauses) -> NDArray[np.int64]:
    """Every split of a parent into two listed children, as rows (parent, bit, index at 0, index at 1).

    `parents` has size k, `children` size k + 1.  Rows are sorted by parent, then bit.
    """
    count, size = children.shape
    found = []
    position = {row.tobytes(): index for index, row in enumerate(np.ascontiguousarray(children))}
    above = {row.tobytes(): index for index, row in enumerate(np.ascontiguousarray(parents))}
    for column in range(size):
        ones = np.flatnonzero(children[:, column] % 2)
        flipped = children[ones].copy()
        flipped[:, column] -= 1
        shorter = np.ascontiguousarray(np.delete(children[ones], column, axis=1))
        for index, sibling, parent in zip(ones, flipped, shorter, strict=True):
            zero, up = position.get(sibling.tobytes()), above.get(parent.tobytes())
            if zero is not None and up is not None:
                found.append((up, children[index, column] // 2, zero, index))
    rows = np.array(found, dtype=np.int64).reshape(-1, 4)
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


@final
class Literals:
    """The truth values of all 2d literals on m inputs, ready to evaluate clauses on one device."""

    def __init__(self, bits: NDArray[np.bool_], *, device: torch.device | str = "cpu") -> None:
        ones = torch.as_tensor(bits.T.copy(), device=device)
        self.table = torch.stack([~ones, ones], dim=1).reshape(2 * bits.shape[1], bits.shape[0])

    def truth(self, clauses: Clauses) -> Tensor:
        """(m, count) Boolean: does clause j hold on input i."""
        holds = torch.ones((len(clauses), self.table.shape[1]), dtype=torch.bool, device=self.table.device)
        for column in range(clauses.shape[1]):
            holds &= self.table[torch.as_tensor(clauses[:, column].astype(np.int64), device=self.table.device)]
        return holds.T
