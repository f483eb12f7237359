"""Operators on torch tensors of 64 rows of 131072 classes, float32, against what torch and entmax do.

All peers take turns in one run and each keeps its best time; ratios are what count.  Times include the check of
the input (every entry and every sum) and a fresh output; the copy that mixing is compared with (`clone`) allocates
its output too.  Errors are relative, against float64 (which the tests hold against 50 digits).
`OVERPROOF_BENCH_THREADS` sets torch's threads (on a machine that others use, 1 gives steadier ratios).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import torch

from tests.bench import Measurement
from theorems.operators.mixing import OPERATOR as mixing
from theorems.operators.power import OPERATOR as power
from theorems.operators.tsallis import tsallis

ROWS, CLASSES, TEMPERATURE = 64, 131072, 2.7


def turns(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The best time of each call in seconds, the calls taking turns."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def error(got: torch.Tensor, exact: torch.Tensor) -> float:
    """The mean relative error."""
    return float(((got.double() - exact) / exact).abs().mean())


@cache
def rows() -> torch.Tensor:
    return torch.softmax(3 * torch.randn(ROWS, CLASSES, generator=torch.Generator().manual_seed(0)), -1)


def softmax_rows() -> Iterator[Measurement]:
    p = rows()
    best = turns({
        "clone": p.clone, "mixing": lambda: mixing(p, TEMPERATURE), "power": lambda: power(p, TEMPERATURE),
        "naive": lambda: torch.softmax(p.log() / TEMPERATURE, -1), "softmax": lambda: torch.softmax(p, -1),
    }, 25)
    yield Measurement("mixing, share of copy bandwidth", best["clone"] / best["mixing"], "x", at_least=0.8, note=f"{1e3 * best['mixing']:.1f} ms")
    yield Measurement("power, times faster than softmax(log p / T)", best["naive"] / best["power"], "x", at_least=1.5, note=f"{1e3 * best['power']:.1f} ms")
    yield Measurement("power, times faster than softmax alone", best["softmax"] / best["power"], "x", note=f"softmax {1e3 * best['softmax']:.1f} ms")
    few = p[:8]
    exact = torch.softmax(few.double().log() / TEMPERATURE, -1)
    ratio = error(power(few, TEMPERATURE), exact) / error(torch.softmax(few.log() / TEMPERATURE, -1), exact)
    yield Measurement("power, error over softmax(log p / T)'s", ratio, "x", at_most=1)


def solver(alpha: str, order: float) -> Iterator[Measurement]:
    from entmax import entmax_bisect

    p, operator = rows(), tsallis(alpha)

    def bisection(p: torch.Tensor, steps: int = 50) -> torch.Tensor:
        return entmax_bisect(p ** (order - 1) / ((order - 1) * TEMPERATURE), alpha=order, dim=-1, n_iter=steps)

    few = p[:8]
    exact = bisection(few.double(), 100)
    ours = error(operator(few, TEMPERATURE), exact)
    steps = next((k for k in range(20, 50) if error(bisection(few, k), exact) <= ours), 50)
    best = turns({"ours": lambda: operator(p, TEMPERATURE), "peer": lambda: bisection(p), "least": lambda: bisection(p, steps)}, 3)
    yield Measurement(f"tsallis({alpha}), times faster than entmax_bisect", best["peer"] / best["ours"], "x", at_least=10, note=f"{1e3 * best['ours']:.0f} ms")
    yield Measurement(f"tsallis({alpha}), the same at {steps} steps", best["least"] / best["ours"], "x", note="the fewest steps with our error")
    yield Measurement(f"tsallis({alpha}), error over entmax_bisect's", ours / error(bisection(few), exact), "x", at_most=1.25)


def measure() -> Iterator[Measurement]:
    threads = torch.get_num_threads()
    torch.set_num_threads(int(os.environ.get("OVERPROOF_BENCH_THREADS", threads)))
    try:
        yield from softmax_rows()
        yield from solver("3/2", 1.5)
        yield from solver("17/10", 1.7)
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize("operator", [power, mixing, tsallis("3/2")], ids=lambda operator: operator.name)
def test_speed(benchmark: Any, operator: Any) -> None:
    benchmark.pedantic(operator, args=(rows(), TEMPERATURE), rounds=3, warmup_rounds=1)
    assert operator(rows()[:1], TEMPERATURE).sum().item() == pytest.approx(1, abs=1e-4)


def test_figures() -> None:
    figures = list(measure())
    print("\n".join(f"{m.name}: {m.value:.3g} {m.unit} {m.target} {m.met} {m.note}" for m in figures))
    assert all(m.met is not False for m in figures if "error" in m.name)
