"""The shipped operators by name: `from overproof.operators import power`; `tsallis(alpha)` makes the one of order alpha."""

from __future__ import annotations

import sys
from typing import Any

from theorems import catalogue
from theorems.errors import OverproofError


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "tsallis":
        from theorems.operators.tsallis import tsallis

        return tsallis
    from theorems.candidate import shipped

    try:
        return shipped(name)
    except OverproofError as error:
        raise AttributeError(f"no shipped operator {name!r}; dir(overproof.operators) lists them") from error


def __dir__() -> list[str]:
    return sorted([*vars(sys.modules[__name__]), *catalogue.operators(), "tsallis"])
