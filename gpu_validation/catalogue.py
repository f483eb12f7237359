"""Experiments by file: one file in `experiments/`, one `EXPERIMENT`, found by its existence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module

from gpu_validation.experiment import PROFILES, Experiment
from gpu_validation.names import experiment_names
from theorems.errors import DuplicateLabel, UnknownLabel


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
