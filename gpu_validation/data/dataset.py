"""A classification problem whose conditional law of the label is part of the data."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import final

import torch

from gpu_validation import counter
from theorems.errors import OutOfDomain

NAMES = ("digits", "synthetic", "mnist", "cifar10")
STREAM_LABEL = 50


@final
@dataclass(frozen=True)
class Dataset:
    """Inputs (N, in) and truth p*(x) (N, V): one-hot rows where each input has one recorded label."""

    name: str
    train_inputs: torch.Tensor
    train_truth: torch.Tensor
    test_inputs: torch.Tensor
    test_truth: torch.Tensor

    @property
    def classes(self) -> int:
        return self.train_truth.shape[1]

    def sha256(self) -> str:
        """Of the four arrays, so that a record says what it was measured on."""
        total = sha256()
        for array in (self.train_inputs, self.train_truth, self.test_inputs, self.test_truth):
            total.update(array.cpu().numpy().tobytes())
        return total.hexdigest()

    def labels(self, seeds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Targets (G, N, V) of one-hot labels drawn from the truth, and each seed's row of G: one row if certain."""
        if bool((self.train_truth.max(1).values == 1).all()):
            return self.train_truth[None], torch.zeros(len(seeds), dtype=torch.int64, device=seeds.device)
        drawn = counter.categorical(seeds, STREAM_LABEL, self.train_truth)
        targets = torch.nn.functional.one_hot(drawn, self.classes).to(self.train_truth.dtype)
        return targets, torch.arange(len(seeds), device=seeds.device)


def digits(device: torch.device, *, test: int = 400) -> Dataset:
    """The 8 by 8 handwritten digits that ship with scikit-learn, grey levels in [0, 1]."""
    from sklearn.datasets import load_digits

    source = load_digits()
    order = counter.bits(torch.tensor([8]), 0, len(source.target))[0].argsort()
    x = torch.tensor(source.data / 16, dtype=torch.float32)[order].to(device)
    y = torch.nn.functional.one_hot(torch.tensor(source.target), 10).float()[order].to(device)
    return Dataset("digits", x[test:], y[test:], x[:test], y[:test])


def synthetic(device: torch.device, *, dimension: int = 6, classes: int = 5, train: int = 1500, test: int = 400) -> Dataset:
    """x ~ N(0, I), p*(x) = softmax of a fixed two-layer network: the truth is known at every input."""
    seed = torch.tensor([2601], device=device)
    x = counter.normal(seed, 0, (train + test) * dimension).view(-1, dimension)
    first = counter.normal(seed, 1, dimension * 16).view(dimension, 16)
    second = counter.normal(seed, 2, 16 * classes).view(16, classes)
    truth = torch.softmax(torch.tanh(x @ first) @ second / 2, 1).float()
    return Dataset("synthetic", x[test:].float(), truth[test:], x[:test].float(), truth[:test])


def load(name: str, device: torch.device, data: str | None = None) -> Dataset:
    """The dataset of that name; image sets are read from the folder `data`."""
    if name == "digits":
        return digits(device)
    if name == "synthetic":
        return synthetic(device)
    if name in ("mnist", "cifar10"):
        from gpu_validation.data.images import images

        return images(name, Path(data or "."), device)
    raise OutOfDomain(f"unknown dataset {name!r}; use one of {', '.join(NAMES)}")
