"""Temperatures at which two operators agree in one number: the mean entropy, or the mean of a feature."""

from __future__ import annotations

from collections.abc import Callable

import torch

from theorems.errors import OutOfDomain
from theorems.operator import Operator

HALVINGS = 60


def matched_temperature(statistic: Callable[[float], float], goal: float, *, low: float, high: float) -> float:
    """The T in [low, high] with statistic(T) = goal, by bisection of a monotone statistic in log T."""
    first, last = statistic(low) - goal, statistic(high) - goal
    if first * last > 0:
        raise OutOfDomain(f"no temperature in [{low}, {high}] reaches {goal}: the ends miss it by {first} and {last}")
    for _ in range(HALVINGS):
        middle = (low * high) ** 0.5
        if (statistic(middle) - goal) * first > 0:
            low = middle
        else:
            high = middle
    return (low * high) ** 0.5


def fitted_family(target: torch.Tensor, feature: torch.Tensor, *, iterations: int = 80) -> torch.Tensor:
    """The member s_theta proportional to exp(theta feature) with least KL(target, s_theta), by damped Newton steps."""
    theta = torch.zeros_like(target[..., :1])
    for _ in range(iterations):
        s = (theta * feature).softmax(-1)
        mean = (s * feature).sum(-1, keepdim=True)
        slope = ((target - s) * feature).sum(-1, keepdim=True)
        curvature = (s * (feature - mean) ** 2).sum(-1, keepdim=True)
        theta = theta + (slope / curvature.clamp_min(1e-12)).clamp(-0.5, 0.5)
    return (theta * feature).softmax(-1)


def moment(operator: Operator, p: torch.Tensor, feature: torch.Tensor) -> Callable[[float], float]:
    """T -> the feature's mean under F_T(p)."""
    return lambda temperature: float((operator(p, temperature) * feature).sum())
