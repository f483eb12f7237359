"""Least squares pruned to one of three weights: iterative against one-shot, by exhaustive exact search.

The data are an invertible 3x3 integer matrix with columns a, b, c and an integer response y.  Both schedules start at the
dense least-squares fit, whose weights grow strictly in size from a to c.  One-shot magnitude pruning keeps c.  Iterative
pruning drops a, fits b and c again, and here keeps b.  The kept weight is fitted once more, and the residuals are compared.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import final

import numpy as np

SCHEDULES = ("iterative", "one-shot")


@final
@dataclass(frozen=True)
class Data:
    """Columns and response; ordered by largest entry, then by the sum of all entries' sizes, then by the entries."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    c: tuple[int, ...]
    y: tuple[int, ...]

    @property
    def size(self) -> tuple[int, int]:
        """The largest absolute entry and the sum of the absolute entries."""
        entries = [abs(x) for column in (self.a, self.b, self.c, self.y) for x in column]
        return max(entries), sum(entries)


def up_to_sign(height: int) -> list[tuple[int, ...]]:
    """Nonzero integer columns with entries of size at most `height`, the first nonzero one positive.

    Turning the sign of a column or of y turns signs of weights only, so that these columns stand for all.
    """
    return [column for column in itertools.product(range(-height, height + 1), repeat=3) if column > (0, 0, 0)]


def winners(height: int, schedule: str) -> list[Data]:
    """Every data set, up to signs, with entries of size at most `height` on which `schedule` has the smaller residual, smallest first."""
    if schedule not in SCHEDULES:
        raise ValueError(f"the schedule is {' or '.join(SCHEDULES)}, not {schedule}")
    columns = np.array(up_to_sign(height), dtype=np.int64)
    found: list[Data] = []
    for first in columns:
        found += _with_first(first, columns, schedule)
    return sorted(found, key=lambda data: (data.size, data.y, data.a, data.b, data.c))


def _with_first(a: np.ndarray, columns: np.ndarray, schedule: str) -> list[Data]:
    """The winners whose first column is `a`."""
    b, c, y = (columns.reshape(shape) for shape in ((-1, 1, 1, 3), (1, -1, 1, 3), (1, 1, -1, 3)))
    dense = [np.abs(_determinant(*rows)) for rows in ((y, b, c), (a, y, c), (a, b, y))]
    good = (_determinant(a, b, c) != 0) & (dense[0] < dense[1]) & (dense[1] < dense[2])
    bb, bc, cc, by, cy = (np.sum(u * v, axis=-1) for u, v in ((b, b), (b, c), (c, c), (b, y), (c, y)))
    good &= np.abs(by * cc - cy * bc) > np.abs(cy * bb - by * bc)
    gap = by**2 * cc - cy**2 * bb  # the sign of (gain of b) - (gain of c)
    good &= gap > 0 if schedule == "iterative" else gap < 0
    rows = (tuple(map(int, column)) for column in columns)
    names = list(rows)
    return [Data(tuple(map(int, a)), names[i], names[j], names[k]) for i, j, k in zip(*np.nonzero(good), strict=True)]


def _determinant(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    return np.sum(a * np.cross(b, c), axis=-1)


def smallest(schedule: str, highest: int = 3) -> Data:
    """The smallest data set on which `schedule` wins, by exhaustion of every smaller one."""
    for height in range(1, highest + 1):
        found = winners(height, schedule)
        if found:
            return found[0]
    raise ValueError(f"no data set with entries up to {highest} lets {schedule} win")
