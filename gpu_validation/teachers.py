"""Dense teachers and their pruned copies: the common start of several experiments."""

from __future__ import annotations

from importlib import import_module

import torch

from gpu_validation import counter
from gpu_validation.data.dataset import Dataset
from gpu_validation.ensemble import Students, Training, initial, train
from gpu_validation.experiment import Context
from theorems.operator import Operator

STREAM_POOL = 70


def shipped(name: str) -> Operator:
    """The shipped operator of that name."""
    operator = import_module(f"theorems.operators.{name}").OPERATOR
    assert isinstance(operator, Operator)
    return operator


def sample_pools(dataset: Dataset, seeds: torch.Tensor, size: int) -> torch.Tensor:
    """(S, size) training rows, each seed's own random sample."""
    population = dataset.train_inputs.shape[0]
    return counter.subsets(seeds, STREAM_POOL, min(size, population), population)


def dense_teachers(
    dataset: Dataset, seeds: torch.Tensor, hidden: tuple[int, ...], training: Training, pool: torch.Tensor, context: Context
) -> Students:
    """Networks trained on labels drawn from the truth, each on its own sample, from its own start."""
    widths = (dataset.train_inputs.shape[1], *hidden, dataset.classes)
    targets, group = dataset.labels(seeds)
    return train(initial(widths, seeds), dataset.train_inputs, targets, training, group=group, pool=pool, notify=context.notify)


def repeat(students: Students, times: int) -> Students:
    """The stack, `times` times over: replica k of copy c is row c S + k; seeds stay, so batches stay paired."""
    masks = None if students.masks is None else tuple(m.repeat(times, 1, 1) for m in students.masks)
    return Students(
        students.seeds.repeat(times),
        tuple(w.repeat(times, 1, 1) for w in students.weights),
        tuple(b.repeat(times, 1, 1) for b in students.biases),
        masks,
    )
