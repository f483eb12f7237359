"""Figures of merit.  A `bench_*.py` here has a function `measure()` that yields `Measurement`s; `make bench` runs them all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True)
class Measurement:
    """One number with its unit and, where one is set, its target: `at_most` or `at_least`."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def target(self) -> str:
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return "" if self.at_least is None else f">= {self.at_least:g}"

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where none is set."""
        if self.at_most is None and self.at_least is None:
            return None
        low = float("-inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low <= self.value <= high


def best_of(function: Callable[[], object], rounds: int = 5, seconds: float = 20.0) -> float:
    """The shortest wall time of `rounds` calls, fewer where `seconds` are spent earlier."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while len(times) < rounds and (not times or time.perf_counter() < end):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def median_of(function: Callable[[], object], rounds: int = 5) -> float:
    """The median wall time of `rounds` calls."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
