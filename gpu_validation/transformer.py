"""A stack of character-level transformers: every product is a batched one over the students.

Parameters are a dictionary of tensors with a leading student axis; matrices (S, in, out) can be pruned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import torch
from torch.nn import functional

from gpu_validation import counter

Parameters = dict[str, torch.Tensor]


@final
@dataclass(frozen=True)
class Shape:
    """Width, heads, layers and context length; the vocabulary comes with the text."""

    width: int = 64
    heads: int = 4
    layers: int = 2
    context: int = 64


def matrices(shape: Shape) -> tuple[str, ...]:
    """The names of the prunable matrices."""
    return tuple(f"{layer}.{part}" for layer in range(shape.layers) for part in ("attend", "project", "widen", "narrow"))


def initial(shape: Shape, classes: int, seeds: torch.Tensor) -> Parameters:
    """Normal matrices of variance 1/in (the last ones of a block smaller), from each student's own seed."""
    d, parameters = shape.width, {}
    sizes = {"embed": (classes, d), "position": (shape.context, d), "read": (d, classes)}
    for layer in range(shape.layers):
        sizes |= {f"{layer}.attend": (d, 3 * d), f"{layer}.project": (d, d), f"{layer}.widen": (d, 4 * d), f"{layer}.narrow": (4 * d, d)}
    for stream, (name, (rows, columns)) in enumerate(sizes.items()):
        scale = 0.02 if name in ("embed", "position") else rows**-0.5 * (0.5 if name.endswith(("project", "narrow")) else 1.0)
        parameters[name] = (scale * counter.normal(seeds, 300 + stream, rows * columns)).float().view(-1, rows, columns)
    return parameters


def logits(parameters: Mapping[str, torch.Tensor], shape: Shape, codes: torch.Tensor) -> torch.Tensor:
    """(B, L) characters, shared by all students -> (S, B, L, V) logits of the next character."""
    students, (batch, length), d = len(parameters["embed"]), codes.shape, shape.width
    x = parameters["embed"][:, codes] + parameters["position"][:, None, :length]
    for layer in range(shape.layers):
        h = functional.layer_norm(x, (d,)).view(students, batch * length, d)
        query, key, value = (
            torch.bmm(h, parameters[f"{layer}.attend"]).view(students * batch, length, 3, shape.heads, d // shape.heads).permute(2, 0, 3, 1, 4)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=True).transpose(1, 2).reshape(students, batch * length, d)
        x = x + torch.bmm(seen, parameters[f"{layer}.project"]).view_as(x)
        h = functional.layer_norm(x, (d,)).view(students, batch * length, d)
        x = x + torch.bmm(torch.bmm(h, parameters[f"{layer}.widen"]).relu(), parameters[f"{layer}.narrow"]).view_as(x)
    final_state = functional.layer_norm(x, (d,)).view(students, batch * length, d)
    return torch.bmm(final_state, parameters["read"]).view(students, batch, length, -1)


def windows(codes: torch.Tensor, shape: Shape, batch: int, stream: int, step: int) -> torch.Tensor:
    """(B, L + 1) windows of the text at random places, the same for every student of a run."""
    seed = torch.tensor([stream], device=codes.device)
    start = counter.integers(seed, 400, batch, len(codes) - shape.context, start=step * batch)[0]
    return codes[start[:, None] + torch.arange(shape.context + 1, device=codes.device)]
