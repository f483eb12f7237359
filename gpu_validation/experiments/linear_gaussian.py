"""Linear regression with Gaussian inputs: dense, sparse and distilled students, thousands of data sets in one pass.

x ~ N(0, I_d), y = x'b + e, Var e = s2.  Dense: least squares on n samples.  Sparse: least squares on the known
support S of size s.  Distilled: the population projection of the dense teacher on S.  Excess risk |w - b|^2.
Ridge: teacher and students at mixture weights xi = 0, 1, 2 on the same data.  Both sides raw; no closed form here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import torch

from gpu_validation import counter
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.measures import moments


@final
@dataclass(frozen=True)
class Config:
    """`ratios` are r/s2 in units of (d-s)/(n-d-1): 1 is where the three risks should meet."""

    dimension: int = 12
    support: int = 4
    samples: tuple[int, ...] = (30, 60)
    ratios: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0)
    noise: float = 1.5
    replicas: int = 8192
    ridge: float = 0.3
    ridge_replicas: int = 48


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(Shard(f"n{n}", (1000 + n,), {"samples": n}) for n in config.samples)


def _truth(config: Config, n: int, ratio: float) -> torch.Tensor:
    d, s = config.dimension, config.support
    outside = ratio * config.noise * (d - s) / (n - d - 1)
    return torch.cat([torch.ones(s), torch.full((d - s,), (outside / (d - s)) ** 0.5)]).double()


def _fit(x: torch.Tensor, y: torch.Tensor, ridge: float = 0.0) -> torch.Tensor:
    """(R, n, d), (R, n, k) -> (R, d, k): the minimiser of |y - x w|^2 + ridge |w|^2."""
    gram = x.transpose(1, 2) @ x + ridge * torch.eye(x.shape[2], dtype=x.dtype, device=x.device)
    return torch.linalg.solve(gram, x.transpose(1, 2) @ y)


def _draw(config: Config, n: int, b: torch.Tensor, seeds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    x = counter.normal(seeds, 0, n * config.dimension).view(-1, n, config.dimension)
    noise = config.noise**0.5 * counter.normal(seeds, 1, n)[..., None]
    return x, x @ b[:, None] + noise


def _least_squares(config: Config, n: int, ratio: float, seed: int, device: torch.device) -> dict[str, object]:
    s, b = config.support, _truth(config, n, ratio).to(device)
    gathered: list[torch.Tensor] = []
    for start in range(0, config.replicas, 1024):
        seeds = torch.arange(start, min(start + 1024, config.replicas), device=device) + (seed << 24)
        x, y = _draw(config, n, b, seeds)
        dense, sparse = _fit(x, y)[..., 0], _fit(x[..., :s], y)[..., 0]
        outside = (b[s:] ** 2).sum()
        risks = (((dense - b) ** 2).sum(1), ((sparse - b[:s]) ** 2).sum(1) + outside, ((dense[:, :s] - b[:s]) ** 2).sum(1) + outside)
        gathered.append(torch.stack(risks))
    dense_risk, sparse_risk, distilled_risk = torch.cat(gathered, 1)
    return {
        "r": (b[s:] ** 2).sum().item(),
        "ratio": ratio,
        "dense": moments(dense_risk),
        "sparse": moments(sparse_risk),
        "distilled": moments(distilled_risk),
        "distilled_minus_dense": moments(distilled_risk - dense_risk),
        "sparse_minus_distilled": moments(sparse_risk - distilled_risk),
    }


def _ridge(config: Config, n: int, seed: int, device: torch.device) -> list[dict[str, float]]:
    """Teachers at lambda (1 +- h) for the slope, students that learn (1-xi) y + xi teacher(x); lambda = n ridge."""
    b = _truth(config, n, 1.0).to(device)
    x, y = _draw(config, n, b, torch.arange(config.ridge_replicas, device=device) + (seed << 24) + (1 << 20))
    strength, step = n * config.ridge, 1e-4
    teacher = _fit(x, y, strength)
    up, down = _fit(x, y, strength * (1 + step)), _fit(x, y, strength * (1 - step))

    def risk(w: torch.Tensor) -> torch.Tensor:
        return ((w[..., 0] - b) ** 2).sum(1)

    students = [risk(_fit(x, (1 - xi) * y + xi * (x @ teacher), strength)) for xi in (0.0, 1.0, 2.0)]
    slope = (risk(up) - risk(down)) / (2 * step * strength)
    speed = (((up - down)[..., 0] / (2 * step * strength)) ** 2).sum(1)
    columns = (students[0], students[1], students[2], slope, speed)
    names = ("risk_0", "risk_1", "risk_2", "risk_slope", "speed_squared")
    return [{"ridge": strength, **dict(zip(names, row, strict=True))} for row in torch.stack(columns, 1).tolist()]


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    n, seed = int(shard.cell["samples"]), shard.seeds[0]
    cells = [_least_squares(config, n, ratio, seed + 100 * k, context.device) for k, ratio in enumerate(config.ratios)]
    parameters = {"d": config.dimension, "s": config.support, "n": n, "s2": config.noise}
    measurements = {**parameters, "cells": cells, "ridge": _ridge(config, n, seed, context.device)}
    return Outcome(measurements, students=3 * config.replicas * len(cells) + 6 * config.ridge_replicas)


LABELS = ("bv:linear-dense", "bv:linear-sparse", "bv:linear-distilled", "bv:triple-point", "bv:ridge-mixing")
PROFILES = {
    "quick": Config(),
    "full": Config(samples=(20, 30, 60, 120, 240), ratios=(0.0, 0.25, 0.5, 1.0, 2.0, 4.0), replicas=262144, ridge_replicas=1024),
}
EXPERIMENT = Experiment("linear_gaussian", LABELS, PROFILES, shards, run)
