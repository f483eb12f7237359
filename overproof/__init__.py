"""overproof: machine-checked theory of knowledge distillation.  Public names, imported when first used.

`separable`, `generator`, `vector` and `black_box` make operators, `verify` returns the `Report`;
`claim_at` works out the closed forms of a claim at exact numbers; `match_temperature` finds the temperature at which a
second operator gives the same student; the shipped operators live in `overproof.operators`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_HOMES = {
    "separable": "overproof.making", "generator": "overproof.making", "vector": "overproof.making",
    "black_box": "overproof.making", "blend": "overproof.making", "verify": "overproof.making",
    "reparametrise": "overproof.making", "compose": "overproof.making",
    "Operator": "theorems.operator", "Domain": "theorems.operator",
    "match_temperature": "numerics.matching", "Match": "numerics.matching",
    "claim_at": "numerics.at", "Report": "theorems.report", "Finding": "theorems.report",
    "OverproofError": "theorems.errors", "InvalidOperator": "theorems.errors", "OutOfDomain": "theorems.errors",
}
__all__ = ["operators", *_HOMES]

try:
    __version__ = version("overproof")
except PackageNotFoundError:
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    if name == "operators":
        return import_module("overproof.operators")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'overproof' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
