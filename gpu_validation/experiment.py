"""An experiment: a name, the labels it measures, a frozen configuration per profile, and its shards.

A shard is the unit of work and of resumption: one record on disk.  Configurations and shards are frozen
dataclasses of plain values, so their digest says exactly what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, final

import torch

from theorems.errors import OverproofError

PROFILES = ("quick", "full")


@final
@dataclass(frozen=True)
class Shard:
    """One record's worth of work; `cell` holds what distinguishes it from its siblings."""

    name: str
    seeds: tuple[int, ...]
    cell: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not self.name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise OverproofError(f"shard name {self.name!r} must be letters, digits, '-', '_' and '.': it becomes a file name")


@final
@dataclass(frozen=True)
class Context:
    """Where a shard runs and whom it tells: `notify(line)` for a halved chunk, `data` for user's image files."""

    device: torch.device
    data: str | None = None
    notify: Callable[[str], None] = field(default=lambda line: None)


@final
@dataclass(frozen=True)
class Outcome:
    """What a shard returns: measurements (plain numbers and lists) and how many students it trained."""

    measurements: Mapping[str, Any]
    students: int


@final
@dataclass(frozen=True)
class Experiment:
    """`shards(config)` lists the work, `run(config, shard, context)` does one piece of it.

    `needs_data` tells whether a configuration reads image files of the user (`--data`).
    """

    name: str
    labels: tuple[str, ...]
    profiles: Mapping[str, Any]
    shards: Callable[[Any], tuple[Shard, ...]]
    run: Callable[[Any, Shard, Context], Outcome]

    def __post_init__(self) -> None:
        if not self.labels:
            raise OverproofError(f"experiment {self.name} names no label that it measures")
        for profile, config in self.profiles.items():
            if profile not in PROFILES or not is_dataclass(config) or not config.__dataclass_params__.frozen:
                raise OverproofError(f"profile {profile} of {self.name} must be a frozen dataclass named one of {PROFILES}")


def plain(config: Any) -> dict[str, Any]:
    """The configuration as JSON data."""
    return dict(asdict(config))
