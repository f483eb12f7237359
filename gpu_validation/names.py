"""The names of the experiments, without importing any."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def experiment_names() -> tuple[str, ...]:
    """The names of all experiments, by file name."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "experiments").glob("*.py") if path.stem != "__init__"))
