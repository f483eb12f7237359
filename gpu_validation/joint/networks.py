"""Stacks of small networks: a body that makes features, a head that makes classes of them; perceptrons and convolutions alike.

Every student of a stack has its own weights; one pass trains them all.  Features (R, N, f), heads weights (R, f, V), biases (R, 1, V).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

import torch

from gpu_validation import counter

STREAM_BODY, STREAM_HEAD, STREAM_BATCH = 400, 420, 430
SIDE, KERNEL = 8, 3


@final
@dataclass(frozen=True)
class Body:
    """`kind` is "perceptron" or "convolution"; `width` hidden units or channels; `features` outputs."""

    kind: str
    width: int
    features: int

    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(inputs, outputs) of each layer as matrices; a convolution's first layer sees 3 x 3 patches."""
        if self.kind == "perceptron":
            return ((SIDE * SIDE, self.width), (self.width, self.features))
        return ((KERNEL * KERNEL, self.width), (self.width * (SIDE // 2) ** 2, self.features))

    def initial(self, seeds: torch.Tensor) -> list[torch.Tensor]:
        """Uniform weights of variance 1/in and zero biases, from each student's own seed."""
        parameters = []
        for layer, (fan_in, fan_out) in enumerate(self.shapes()):
            parameters += dense(seeds, STREAM_BODY + layer, fan_in, fan_out)
        return parameters

    def prepared(self, images: torch.Tensor) -> torch.Tensor:
        """(N, 64) images -> what the first layer sees: the images, or (N, 64, 9) patches with zero borders."""
        if self.kind == "perceptron":
            return images
        padded = torch.nn.functional.pad(images.view(-1, 1, SIDE, SIDE), (1, 1, 1, 1))
        return torch.nn.functional.unfold(padded, KERNEL).transpose(1, 2).contiguous()

    def features_of(self, parameters: Sequence[torch.Tensor], x: torch.Tensor) -> torch.Tensor:
        """Prepared images, (N, ...) shared or (R, N, ...) own -> (R, N, features)."""
        first, first_bias, second, second_bias = parameters
        if x.dim() == (2 if self.kind == "perceptron" else 3):
            x = x.expand(first.shape[0], *x.shape)
        if self.kind == "perceptron":
            return torch.baddbmm(second_bias, torch.baddbmm(first_bias, x, first).relu(), second)
        replicas, count = x.shape[:2]
        hidden = torch.baddbmm(first_bias, x.reshape(replicas, count * SIDE * SIDE, KERNEL * KERNEL), first).relu()
        pooled = hidden.view(replicas * count, SIDE // 2, 2, SIDE // 2, 2, -1).mean((2, 4))
        return torch.baddbmm(second_bias, pooled.reshape(replicas, count, -1), second)


def dense(seeds: torch.Tensor, stream: int, fan_in: int, fan_out: int) -> list[torch.Tensor]:
    """Weights and biases of one layer of every student."""
    u = counter.uniform(seeds, stream, fan_in * fan_out)
    weights = ((2 * u - 1) * (3 / fan_in) ** 0.5).float().view(-1, fan_in, fan_out)
    return [weights, torch.zeros(len(seeds), 1, fan_out, device=seeds.device)]


def logits(head: Sequence[torch.Tensor], features: torch.Tensor) -> torch.Tensor:
    return torch.baddbmm(head[1], features, head[0])


def descend(
    parameters: Sequence[torch.Tensor], loss: Callable[[torch.Tensor], torch.Tensor], seeds: torch.Tensor,
    *, steps: int, batch: int, population: int, rate: float,
) -> None:
    """Adam on the sum of every student's own loss of its own batch of rows; the parameters are changed in place."""
    for parameter in parameters:
        parameter.requires_grad_(True)
    optimiser = torch.optim.Adam(list(parameters), lr=rate)
    rows = counter.integers(seeds, STREAM_BATCH, steps * batch, population).view(len(seeds), steps, batch)
    for step in range(steps):
        optimiser.zero_grad()
        loss(rows[:, step]).backward()
        optimiser.step()
    for parameter in parameters:
        parameter.requires_grad_(False)


def lipschitz(head: Sequence[torch.Tensor]) -> torch.Tensor:
    """(R,): a constant K with TV(head(u), head(v)) <= K |u - v|: a quarter of the largest distance between two columns of the weights.

    TV(softmax a, softmax b) <= (max - min of a - b)/4, and max - min of W'z is at most the largest |W_i - W_j| |z|.
    """
    columns = head[0].double().transpose(1, 2)
    return torch.cdist(columns, columns).amax((1, 2)) / 4
