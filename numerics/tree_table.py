"""Our trees out of networks beside the published table: one row a profile, depth and k.

How far a tree agrees with the hidden one is exact (a share of the uniform cube), so that each tree has a value and no interval; the
interval is that of the probability to recover another tree exactly, from the trees that were drawn (Clopper-Pearson, 95 %).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, final

import mpmath

from theorems.evidence import Record

HEAD: Final = ("Profile", "Depth", "k", "Exact", "95 %", "Correct", "Published", "Probes", "Published", "Seconds")


@final
@dataclass(frozen=True)
class Cell:
    """What the trees of one profile, depth and k gave; `trees` of them belong to the whole profile."""

    profile: str
    trees: int
    depth: int
    k: int
    correct: tuple[Fraction, ...]
    probes: tuple[int, ...]
    seconds: tuple[float, ...]
    published: tuple[str, int] | None

    def words(self) -> tuple[str, ...]:
        """One cell for each word of HEAD."""
        exact, many = sum(value == 1 for value in self.correct), len(self.correct)
        mean = float(sum(self.correct, Fraction()) / many)
        spread = f"{mean:.3f}" if min(self.correct) == max(self.correct) else f"{mean:.3f} ({span(self.correct, '.3f')})"
        low, high = clopper_pearson(exact, many)
        correct, probes = self.published or ("", "")
        return (self.profile, str(self.depth), str(self.k), f"{exact} of {many}", f"{low:.2f} to {high:.2f}", spread, correct, span(self.probes),
                str(probes), span(self.seconds, ".0f"))


def cells(records: Sequence[Record]) -> Iterator[Cell]:
    """The cells of the plain trees among the records of `tree_extraction`, in order."""
    found: dict[tuple[str, int, int, int], list[tuple[Any, float]]] = {}
    for record in records:
        shard = record.config["shard"]["cell"]
        if shard["case"] == "plain":
            for index, row in enumerate(record.measurements["results"]["top_k"]):
                cell = record.config["profile"], record.config["experiment"]["replicas"], shard["depth"], row["k"]
                found.setdefault(cell, []).append((row, record.measurements["timing"]["parts"][f"top_k/{index}/seconds"]))
    for cell, runs in sorted(found.items()):
        beside = runs[0][0]["published"]
        yield Cell(*cell, tuple(Fraction(row["correct_uniform"]) for row, _ in runs), tuple(row["probes"] for row, _ in runs),
                   tuple(seconds for _, seconds in runs), (beside["correct"], beside["probes"]) if beside else None)


def span(values: Sequence[float | Fraction], digits: str = "g") -> str:
    """`low to high`, or the one value."""
    low, high = (f"{float(value):{digits}}" for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def clopper_pearson(hits: int, total: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided interval of a probability from `hits` of `total` independent trials."""
    tail = (1 - confidence) / 2

    def root(count: int, level: float) -> float:
        return float(mpmath.findroot(lambda p: mpmath.betainc(count, total - count + 1, 0, p, regularized=True) - level, (0, 1), solver="bisect"))

    return root(hits, tail) if hits else 0.0, root(hits + 1, 1 - tail) if hits < total else 1.0
