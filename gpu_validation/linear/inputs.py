"""Laws of inputs around a teacher: x = |x| (cos a w + sin a u), w the teacher's direction, u uniform across it, angle a by law.

`tail(angle)` is P(unsigned angle to w >= angle), in closed form; the witness and the digits are finite laws with uniform weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import torch

from gpu_validation import counter
from gpu_validation.data.dataset import digits

STREAM_ANGLE, STREAM_SIDE, STREAM_DIRECTION, STREAM_CHOICE = 200, 201, 202, 203


@final
@dataclass(frozen=True)
class Law:
    """Where inputs come from: `draw(seeds, count, stream)` gives (R, count, d); `points` are the support of a finite law."""

    name: str
    teacher: torch.Tensor
    draw: Callable[[torch.Tensor, int, int], torch.Tensor]
    tail: Callable[[torch.Tensor], torch.Tensor]
    exponent: float | None = None
    widest: float = math.pi / 2
    points: torch.Tensor | None = None


def around(teacher: torch.Tensor, angle: torch.Tensor, seeds: torch.Tensor, stream: int) -> torch.Tensor:
    """(R, n) angles -> (R, n, d) unit vectors at these unsigned angles to the first axis, to either side, turned at random across it."""
    replicas, count = angle.shape
    dimension = len(teacher)
    across = counter.normal(seeds, STREAM_DIRECTION + 10 * stream, count * (dimension - 1)).view(replicas, count, dimension - 1)
    across = across / across.norm(dim=-1, keepdim=True)
    side = 1 - 2 * counter.integers(seeds, STREAM_SIDE + 10 * stream, count, 2)
    return torch.cat([(angle.cos() * side)[..., None], angle.sin()[..., None] * across], -1)


def axis(dimension: int, device: torch.device) -> torch.Tensor:
    """The teacher: twice the first unit vector."""
    return torch.nn.functional.one_hot(torch.tensor(0, device=device), dimension).double() * 2


def power_law(dimension: int, exponent: float, widest: float, device: torch.device, name: str) -> Law:
    """P(angle >= a) = (1 - a/widest)^exponent up to the widest angle, 0 beyond."""
    teacher = axis(dimension, device)

    def draw(seeds: torch.Tensor, count: int, stream: int) -> torch.Tensor:
        u = counter.uniform(seeds, STREAM_ANGLE + 10 * stream, count)
        return around(teacher, widest * (1 - u ** (1 / exponent)), seeds, stream)

    return Law(name, teacher, draw, lambda a: (1 - a / widest).clamp(min=0) ** exponent, exponent, widest)


def gaussian(dimension: int, device: torch.device) -> Law:
    """x ~ N(0, I): cos^2 of the angle has the law Beta(1/2, (d-1)/2)."""
    teacher = axis(dimension, device)

    def draw(seeds: torch.Tensor, count: int, stream: int) -> torch.Tensor:
        return counter.normal(seeds, STREAM_ANGLE + 10 * stream, count * dimension).view(-1, count, dimension)

    return Law("gaussian", teacher, draw, lambda a: sphere_tail(a, dimension))


def sphere_tail(angle: torch.Tensor, dimension: int) -> torch.Tensor:
    """P(angle >= a) on the sphere: the share of sin^(d-2) beyond a, by Simpson's rule on 4096 intervals."""
    grid = torch.linspace(0, 1, 4097, dtype=torch.float64, device=angle.device)
    weights = torch.ones(4097, dtype=torch.float64, device=angle.device)
    weights[1:-1:2], weights[2:-1:2] = 4, 2

    def beyond(start: torch.Tensor) -> torch.Tensor:
        width = math.pi / 2 - start
        return ((start[..., None] + width[..., None] * grid).sin() ** (dimension - 2) * weights).sum(-1) * width

    return beyond(angle) / beyond(torch.zeros_like(angle))


def finite(name: str, points: torch.Tensor, teacher: torch.Tensor) -> Law:
    """Uniform on some points."""
    cosine = (points @ teacher).abs() / (points.norm(dim=1) * teacher.norm())
    angles = cosine.clamp(max=1).acos()

    def draw(seeds: torch.Tensor, count: int, stream: int) -> torch.Tensor:
        return points[counter.integers(seeds, STREAM_CHOICE + 10 * stream, count, len(points))]

    return Law(name, teacher, draw, lambda a: (angles >= a[..., None] - 1e-12).double().mean(-1), points=points)


def witness(device: torch.device) -> Law:
    """The three inputs of which the refutation of `lin:monotone-risk` speaks."""
    points = torch.tensor([[1.0, 0, 0], [10, 1, 0], [1, 5, 5]], dtype=torch.float64, device=device)
    return finite("witness", points, torch.tensor([1.0, -5, 5], dtype=torch.float64, device=device))


def two_digits(first: int, second: int, device: torch.device) -> Law:
    """Centred images of two digits; the teacher is a logistic regression on all of them, without an offset."""
    from sklearn.linear_model import LogisticRegression

    data = digits(device, test=0)
    label = data.train_truth.argmax(1)
    rows = ((label == first) | (label == second)).nonzero()[:, 0]
    points = data.train_inputs[rows].double()
    points = points - points.mean(0)
    fitted = LogisticRegression(fit_intercept=False, max_iter=2000).fit(points.cpu().numpy(), (label[rows] == second).cpu().numpy())
    return finite("digits", points, torch.tensor(fitted.coef_[0], dtype=torch.float64, device=device))


def law(name: str, dimension: int, device: torch.device) -> Law:
    """The law of that name in R^d; the finite ones have their own dimension."""
    makers: dict[str, Callable[[], Law]] = {
        "gaussian": lambda: gaussian(dimension, device),
        "linear-tail": lambda: power_law(dimension, 1.0, math.pi / 2, device, "linear-tail"),
        "square-tail": lambda: power_law(dimension, 2.0, math.pi / 2, device, "square-tail"),
        "root-tail": lambda: power_law(dimension, 0.5, math.pi / 2, device, "root-tail"),
        "margin": lambda: power_law(dimension, 0.25, 0.45 * math.pi, device, "margin"),
        "digits": lambda: two_digits(3, 8, device),
        "witness": lambda: witness(device),
    }
    return makers[name]()
