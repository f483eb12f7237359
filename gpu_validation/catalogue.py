"""Experiments by file: one file in `experiments/`, one `EXPERIMENT`, found by its existence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

from gpu_validation.experiment import PROFILES, Experiment
from theorems.errors import DuplicateLabel, UnknownLabel


@cache
def experiment_names() -> tuple[str, ...]:
    """The names of all experiments, by file name; needs no torch."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "experiments").glob("*.py") if path.stem != "__init__"))


@cache
def experiment(name: str) -> Experiment:
    """The experiment in `experiments/NAME.py`; `UnknownLabel` lists those that exist."""
    if name not in experiment_names():
        raise UnknownLabel(f"unknown experiment {name!r}; use one or more of {', '.join(experiment_names())}")
    found = import_module(f"gpu_validation.experiments.{name}").EXPERIMENT
    if found.name != name:
        raise DuplicateLabel(f"experiments/{name}.py calls itself {found.name}")
    assert isinstance(found, Experiment)
    return found


def on_datasets(found: Experiment, datasets: Sequence[str]) -> Experiment | None:
    """The same experiment on other datasets; None if it has no choice of them."""
    if not all(hasattr(config, "datasets") for config in found.profiles.values()):
        return None
    return replace(found, profiles={profile: replace(config, datasets=tuple(datasets)) for profile, config in found.profiles.items()})


def check_profile(profile: str) -> None:
    """`UnknownLabel` unless the profile exists."""
    if profile not in PROFILES:
        raise UnknownLabel(f"unknown profile {profile!r}; use {' or '.join(PROFILES)}")
