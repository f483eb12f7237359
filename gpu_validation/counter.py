"""Counter-based random numbers: a value depends on (seed, stream, position) alone.

So a student gets the same start and the same batches whatever chunk, process or device it is trained in.
The mixer is splitmix64 (Steele, Lea & Flood 2014) on 64-bit integers, which wrap the same way everywhere.
"""

from __future__ import annotations

import math

import torch

GOLDEN = 0x9E3779B97F4A7C15 - (1 << 64)
FIRST = 0xBF58476D1CE4E5B9 - (1 << 64)
SECOND = 0x94D049BB133111EB - (1 << 64)


def _shift(x: torch.Tensor, bits: int) -> torch.Tensor:
    return (x >> bits) & ((1 << (64 - bits)) - 1)


def _wrap(value: int) -> int:
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def _mix(x: torch.Tensor) -> torch.Tensor:
    x = (x ^ _shift(x, 30)) * FIRST
    x = (x ^ _shift(x, 27)) * SECOND
    return x ^ _shift(x, 31)


def bits(seeds: torch.Tensor, stream: int, count: int, *, start: int = 0) -> torch.Tensor:
    """(S,) int64 seeds -> (S, count) int64 words, positions `start` onwards of the stream."""
    state = _mix(_mix(seeds + GOLDEN) + _wrap(GOLDEN * (stream + 1)))
    position = torch.arange(start + 1, start + count + 1, device=seeds.device, dtype=torch.int64)
    return _mix(state[:, None] + GOLDEN * position)


def uniform(seeds: torch.Tensor, stream: int, count: int, *, start: int = 0) -> torch.Tensor:
    """(S, count) float64 in the open interval (0, 1)."""
    return (_shift(bits(seeds, stream, count, start=start), 12).double() + 0.5) / (1 << 52)


def normal(seeds: torch.Tensor, stream: int, count: int) -> torch.Tensor:
    """(S, count) standard normal float64, by Box and Muller."""
    u = uniform(seeds, stream, 2 * count)
    return (-2 * u[:, :count].log()).sqrt() * (2 * math.pi * u[:, count:]).cos()


def integers(seeds: torch.Tensor, stream: int, count: int, bound: int, *, start: int = 0) -> torch.Tensor:
    """(S, count) int64 in 0..bound-1; the bias of the remainder is below bound / 2^62."""
    return _shift(bits(seeds, stream, count, start=start), 2) % bound


def subsets(seeds: torch.Tensor, stream: int, size: int, population: int) -> torch.Tensor:
    """(S, size) distinct indices below `population`, one uniformly random subset per seed."""
    return bits(seeds, stream, population).argsort(dim=1)[:, :size]


def categorical(seeds: torch.Tensor, stream: int, probabilities: torch.Tensor) -> torch.Tensor:
    """(S, N, V) or (N, V) probabilities -> (S, N) class indices, one draw each, by inversion."""
    cumulative = probabilities.double().cumsum(-1)
    count = probabilities.shape[-2]
    u = uniform(seeds, stream, count)[..., None]
    cumulative = cumulative.expand(len(seeds), *cumulative.shape[-2:])
    return (u > cumulative / cumulative[..., -1:]).sum(-1).clamp_(max=probabilities.shape[-1] - 1)
