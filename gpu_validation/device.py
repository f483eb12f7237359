"""Where to run, and what to write about it in a record."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import torch

from theorems.errors import OutOfDomain


def resolve_device(name: str) -> torch.device:
    """`auto` (a GPU where there is one), `cpu`, `cuda` or `cuda:N`; one line of `OutOfDomain` when it is absent."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as fault:
        raise OutOfDomain(f"unknown device {name!r}; use auto, cpu, cuda or cuda:N") from fault
    if device.type not in ("cpu", "cuda"):
        raise OutOfDomain(f"unknown device {name!r}; use auto, cpu, cuda or cuda:N")
    if device.type == "cuda" and (not torch.cuda.is_available() or (device.index or 0) >= torch.cuda.device_count()):
        raise OutOfDomain(f"device {name} was asked for, and this machine shows {torch.cuda.device_count()} CUDA devices; use --device cpu or auto")
    return device


def describe_device(device: torch.device) -> str:
    """The hardware in words."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"cpu {platform.machine()} ({torch.backends.cpu.get_cpu_capability()})"


def versions() -> dict[str, str]:
    """The packages that the numbers depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in ("torch", "numpy", "scikit-learn")}}


def free_memory(device: torch.device) -> int:
    """Bytes that may be taken now, halved on the CPU to leave room for others."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (ValueError, OSError, AttributeError):
        return 2 << 30
