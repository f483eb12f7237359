"""The network family of the published run: a residual ReLU network in the maximal update parametrisation.

`layers` linear maps of a common `width`; the input map multiplies its stored weight by width^(1/2), the
output map by width^(-1/2), biases of the inner maps by width^(1/2), and the initial scale is tiny, so that
what the hidden units hold is learned and not drawn.  One learning rate then serves every width.
"""

from __future__ import annotations

import math
from typing import final

import torch
from torch import Tensor, nn
from torch.nn import functional


@final
class ScaledLinear(nn.Module):
    """x -> a W x + c b with W, b learned and a, c fixed."""

    def __init__(self, inputs: int, outputs: int, *, weight_scale: float, bias_scale: float, weight_std: float, bias_std: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * weight_std)
        self.bias = nn.Parameter(torch.randn(outputs) * bias_std)
        self.weight_scale, self.bias_scale = weight_scale, bias_scale

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(self.weight_scale * x, self.weight, self.bias_scale * self.bias)


@final
class ResidualBlock(nn.Module):
    """x -> x + relu(linear(x)); its own module, so that a forward hook sees the sum."""

    def __init__(self, linear: ScaledLinear) -> None:
        super().__init__()
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        return x + functional.relu(self.linear(x))


@final
class ResidualNetwork(nn.Module):
    """`layers` linear maps (2 or more): input, layers - 2 residual blocks, output of one logit.

    Shapes: (batch, inputs) -> (batch,).  Draws its weights from torch's global generator.
    """

    def __init__(self, inputs: int, *, width: int = 1000, layers: int = 5, std: float = 1e-3) -> None:
        super().__init__()
        root = math.sqrt(width)
        inner = {"bias_scale": root, "bias_std": std / root}
        self.first = ScaledLinear(inputs, width, weight_scale=root, weight_std=std / root / math.sqrt(inputs), **inner)
        self.activation = nn.ReLU()
        self.blocks = nn.ModuleList(
            ResidualBlock(ScaledLinear(width, width, weight_scale=1.0, weight_std=std / root, **inner)) for _ in range(layers - 2)
        )
        self.last = ScaledLinear(width, 1, weight_scale=1 / root, bias_scale=1.0, weight_std=std / root, bias_std=std)

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.activation(self.first(x))
        for block in self.blocks:
            hidden = block(hidden)
        return self.last(hidden).squeeze(-1)
