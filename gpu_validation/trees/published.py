"""The published table, to stand beside ours.

Source: result table printed by the public notebook `distill_decision_tree.ipynb` of the repository
eboix/theory-of-model-distillation, for Boix-Adsera 2024, arXiv 2403.09053.  d = 100, one random complete tree
a depth, networks at 100 % test accuracy, k clauses kept a level, probes fitted on 1,000 inputs and validated
on 10,000; "correct" is the share of 5,000 fresh inputs on which the extracted tree answers as the hidden one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True)
class PublishedRow:
    """One line: a single network and tree, so without an interval."""

    depth: int
    k: int
    fraction_correct: str
    probes: int


PUBLISHED = (
    PublishedRow(2, 10, "1.00", 2141),
    PublishedRow(2, 50, "1.00", 8901),
    PublishedRow(2, 100, "1.00", 15101),
    PublishedRow(2, 200, "1.00", 20001),
    PublishedRow(3, 10, "0.87", 4091),
    PublishedRow(3, 50, "1.00", 18459),
    PublishedRow(3, 100, "1.00", 33122),
    PublishedRow(3, 200, "1.00", 48213),
    PublishedRow(4, 10, "0.81", 6022),
    PublishedRow(4, 50, "0.87", 28042),
    PublishedRow(4, 100, "1.00", 52856),
    PublishedRow(4, 200, "1.00", 94227),
    PublishedRow(5, 10, "0.79", 7936),
    PublishedRow(5, 50, "0.88", 37563),
    PublishedRow(5, 100, "0.97", 71717),
    PublishedRow(5, 200, "1.00", 131455),
    PublishedRow(5, 500, "1.00", 283887),
    PublishedRow(5, 1000, "1.00", 527532),
)


def published(depth: int, k: int) -> PublishedRow | None:
    """The line of this depth and k, if there is one."""
    return next((row for row in PUBLISHED if (row.depth, row.k) == (depth, k)), None)
