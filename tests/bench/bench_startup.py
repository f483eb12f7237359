"""The front door: how long until help is on the screen, and until a bad formula is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from tests.bench import Measurement, best_of, median_of
from theorems.errors import InvalidOperator
from theorems.operator import T, V, p
from theorems.parse import parse_expression


def refuse(text: str) -> None:
    try:
        parse_expression(text, (p, T, V))
    except InvalidOperator:
        return
    raise AssertionError(f"{text[:20]} was read")


def measure() -> Iterator[Measurement]:
    help_ = [sys.executable, "-m", "overproof", "--help"]
    yield Measurement("overproof --help", median_of(lambda: subprocess.run(help_, capture_output=True, check=True)), "s", at_most=0.5)
    for text, name in [("10**10**10", "10**10**10"), ("p" * 10**6, "10^6 characters"), ("(" * 900, "900 parentheses")]:
        yield Measurement(f"refuse {name}", 1000 * best_of(lambda text=text: refuse(text)), "ms", at_most=10)  # type: ignore[misc]
