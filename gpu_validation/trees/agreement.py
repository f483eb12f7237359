"""How far two functions were seen to agree: a count, and the exact interval it supports.  Never "exact"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import beta

from theorems.errors import OutOfDomain


@final
@dataclass(frozen=True)
class Agreement:
    """`matches` of `inputs` independent inputs agreed."""

    matches: int
    inputs: int

    def __post_init__(self) -> None:
        if not 0 <= self.matches <= self.inputs or self.inputs < 1:
            raise OutOfDomain(f"{self.matches} matches of {self.inputs} inputs; need 0 <= matches <= inputs, and an input")

    @property
    def fraction(self) -> float:
        return self.matches / self.inputs

    def interval(self, *, confidence: float = 0.95) -> tuple[float, float]:
        """The two-sided Clopper-Pearson interval of the probability to agree on a fresh input."""
        if not 0 < confidence < 1:
            raise OutOfDomain(f"confidence = {confidence} gives no interval; take a number between 0 and 1")
        tail, misses = (1 - confidence) / 2, self.inputs - self.matches
        low = 0.0 if self.matches == 0 else float(beta.ppf(tail, self.matches, misses + 1))
        high = 1.0 if misses == 0 else float(beta.ppf(1 - tail, self.matches + 1, misses))
        return low, high

    def __str__(self) -> str:
        """The ends are rounded outwards, so that no low end below 1 reads as 1."""
        low, high = self.interval()
        low, high = math.floor(low * 10**4) / 10**4, math.ceil(high * 10**4) / 10**4
        return f"agrees on {self.matches} of {self.inputs} held-out inputs (95 % interval {low:.4f} to {high:.4f})"


def compare(first: ArrayLike, second: ArrayLike) -> Agreement:
    """The agreement of two lists of answers."""
    left, right = np.asarray(first), np.asarray(second)
    if left.shape != right.shape:
        raise OutOfDomain(f"answers of shapes {left.shape} and {right.shape} cannot be compared")
    return Agreement(int(np.sum(left == right)), left.size)
