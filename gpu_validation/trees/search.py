"""The search for represented clauses, level by level, under either selection rule.

Level 0 is the empty clause; level k + 1 holds every extension, by one literal, of the clauses kept at level
k.  `Threshold` is the rule of the theory, `TopK` that of the published experiment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from gpu_validation.trees.clauses import Clauses, Literals, extend, root
from gpu_validation.trees.probing import Design, Probes
from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class TopK:
    """Keep the k clauses of a level with the smallest share of unexplained variance."""

    k: int

    def __post_init__(self) -> None:
        if not isinstance(self.k, (int, np.integer)) or self.k < 1:
            raise OutOfDomain(f"k = {self.k!r} keeps no clause; take a whole number, at least 1")

    def keep(self, probes: Probes, *, size: int) -> NDArray[np.int64]:
        varying = np.flatnonzero((probes.variances > 0) | (size == 0))
        order = np.argsort(probes.unexplained[varying], kind="stable")
        return np.sort(varying[order[: self.k]])


@final
@dataclass(frozen=True)
class Threshold:
    """Keep each clause that some |w| <= tau represents to root-mean-square error `slack` * 2^{-size}.

    On the uniform cube at most (tau / ((1 - slack) 2^{-size}))^2 sets of `size` variables can pass.
    """

    tau: float
    slack: float = 0.5

    def __post_init__(self) -> None:
        if not (self.tau > 0 and 0 < self.slack < 1):
            raise OutOfDomain(f"tau = {self.tau} and slack = {self.slack}: need tau > 0 and 0 < slack < 1")

    def keep(self, probes: Probes, *, size: int) -> NDArray[np.int64]:
        passing = np.sqrt(probes.errors) <= self.slack * 2.0**-size
        return np.flatnonzero(passing & ((probes.variances > 0) | (size == 0)))


Rule = TopK | Threshold


@final
@dataclass(frozen=True)
class Level:
    """The clauses probed at one size, their probes, and the indices kept for extension."""

    clauses: Clauses
    probes: Probes
    kept: NDArray[np.int64]


def search_clauses(
    design: Design, fit: Literals, validation: Literals, *, rule: Rule, depth: int, ridge: float, chunk: int = 2048
) -> tuple[Level, ...]:
    """Levels 0 to at most `depth`; fewer if a level keeps nothing or every bit is used."""
    tau = rule.tau if isinstance(rule, Threshold) else None
    bits = len(fit.table) // 2
    levels: list[Level] = []
    clauses = root()
    while len(clauses):
        parts = []
        for start in range(0, len(clauses), chunk):
            piece = clauses[start : start + chunk]
            parts.append(design.probe(fit.truth(piece), validation.truth(piece), ridge=ridge, tau=tau))
        probes = Probes(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("errors", "variances", "norms")))
        levels.append(Level(clauses, probes, rule.keep(probes, size=len(levels))))
        if len(levels) > depth:
            break
        clauses = extend(clauses[levels[-1].kept], bits=bits)
    return tuple(levels)
