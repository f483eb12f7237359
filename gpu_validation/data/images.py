"""MNIST and CIFAR-10 from the user's own files, through torchvision; nothing is ever downloaded."""

from __future__ import annotations

from pathlib import Path

import numpy
import torch

from gpu_validation.data.dataset import Dataset
from theorems.errors import OutOfDomain

CLASSES = {"mnist": "MNIST", "cifar10": "CIFAR10"}


def images(name: str, folder: Path, device: torch.device, *, train: int = 20000, test: int = 2000) -> Dataset:
    """The first `train` and `test` images as rows of grey or colour levels in [0, 1]; `OutOfDomain` if unreadable."""
    try:
        from torchvision import datasets
    except (ImportError, RuntimeError) as fault:  # built for another torch, it raises RuntimeError
        raise OutOfDomain(f"{name} needs a torchvision that fits the installed torch; install it, or leave --data out") from fault
    try:
        parts = [getattr(datasets, CLASSES[name])(str(folder), train=flag, download=False) for flag in (True, False)]
    except Exception as fault:  # torchvision's parsers assert, index and convert; whatever they raise, the user's files were not read
        raise OutOfDomain(f"no readable {name} files under {folder}; --data must name the folder that torchvision would use") from fault
    rows = []
    for part, count in zip(parts, (train, test), strict=True):
        pixels = torch.from_numpy(numpy.asarray(part.data)[:count]).float().flatten(1).div_(255)
        label = torch.as_tensor(numpy.asarray(part.targets)[:count], dtype=torch.int64)
        rows += [pixels.to(device), torch.nn.functional.one_hot(label, 10).float().to(device)]
    return Dataset(name, *rows)


def available_sets(folder: Path) -> tuple[str, ...]:
    """The image sets that can be read from `folder`; `OutOfDomain` when there is none."""
    found, reasons = [], []
    if not folder.is_dir():
        raise OutOfDomain(f"{folder} is no readable folder; --data must name the folder that holds MNIST or CIFAR-10")
    for name in CLASSES:
        try:
            images(name, folder, torch.device("cpu"), train=1, test=1)
            found.append(name)
        except OutOfDomain as fault:
            reasons.append(str(fault))
    if not found:
        raise OutOfDomain("; ".join(reasons))
    return tuple(found)
