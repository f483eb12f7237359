"""Thousands of small students in one pass: stacked batched matrix products, one optimiser over the stack.

Student k's result depends on its own seed, data and targets alone, never on its neighbours or the chunk, so
it equals training it by itself (to 1e-5 relative in float32; matrix products may round differently).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import final

import torch

from gpu_validation import counter
from gpu_validation.device import free_memory
from theorems.errors import OutOfDomain

STREAM_START, STREAM_BATCH = 1, 1000
BLOCK = 64
OPTIMISERS = ("sgd", "momentum", "adam")


@final
@dataclass(frozen=True)
class Training:
    """How every student of a stack is trained; batches are drawn with replacement."""

    steps: int
    batch: int = 32
    optimiser: str = "adam"
    rate: float = 0.01
    weight_decay: float = 0.0
    temperature: float = 1.0

    def __post_init__(self) -> None:
        if self.optimiser not in OPTIMISERS:
            raise OutOfDomain(f"unknown optimiser {self.optimiser!r}; use one of {', '.join(OPTIMISERS)}")
        if self.steps < 0 or self.batch < 1 or not self.temperature > 0:
            raise OutOfDomain("training needs steps >= 0, batch >= 1 and temperature > 0")


@final
@dataclass(frozen=True)
class Students:
    """S perceptrons: `weights[l]` (S, in, out), `biases[l]` (S, 1, out), `masks[l]` like the weights or None."""

    seeds: torch.Tensor
    weights: tuple[torch.Tensor, ...]
    biases: tuple[torch.Tensor, ...]
    masks: tuple[torch.Tensor, ...] | None = None

    def __len__(self) -> int:
        return len(self.seeds)

    def part(self, rows: slice | torch.Tensor) -> Students:
        """Some of the students, in their own memory."""
        masks = None if self.masks is None else tuple(m[rows].clone() for m in self.masks)
        return Students(self.seeds[rows].clone(), tuple(w[rows].clone() for w in self.weights), tuple(b[rows].clone() for b in self.biases), masks)

    def masked(self, masks: list[torch.Tensor] | tuple[torch.Tensor, ...]) -> Students:
        """The same students under `masks`, pruned weights set to 0."""
        return Students(self.seeds, tuple(w * m for w, m in zip(self.weights, masks, strict=True)), self.biases, tuple(masks))

    def reseeded(self, seeds: torch.Tensor) -> Students:
        """The same weights with other batch seeds."""
        return Students(seeds, self.weights, self.biases, self.masks)

    def logits(self, x: torch.Tensor) -> torch.Tensor:
        """(N, in) shared or (S, N, in) own inputs -> (S, N, out)."""
        hidden = x if x.dim() == 3 else x.expand(len(self), *x.shape)
        for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            hidden = torch.baddbmm(b, hidden, w)
            if layer + 1 < len(self.weights):
                hidden = hidden.relu_()
        return hidden


def initial(widths: tuple[int, ...], seeds: torch.Tensor, *, dtype: torch.dtype = torch.float32) -> Students:
    """Uniform weights of variance 1/in and zero biases, from each student's own seed."""
    weights = []
    for layer, (fan_in, fan_out) in enumerate(pairwise(widths)):
        u = counter.uniform(seeds, STREAM_START + layer, fan_in * fan_out)
        weights.append(((2 * u - 1) * (3 / fan_in) ** 0.5).to(dtype).view(-1, fan_in, fan_out))
    biases = [torch.zeros(len(seeds), 1, width, dtype=dtype, device=seeds.device) for width in widths[1:]]
    return Students(seeds, tuple(weights), tuple(biases))


def _softmax(z: torch.Tensor) -> torch.Tensor:
    """Softmax over few classes: ten times faster on a CPU along the batch than along a short last axis."""
    if z.device.type == "cpu" and z.shape[-1] <= 64:
        return torch.softmax(z.transpose(1, 2), 1).transpose(1, 2)
    return torch.softmax(z, -1)


def _gradients(students: Students, x: torch.Tensor, target: torch.Tensor, temperature: float) -> list[torch.Tensor]:
    """Gradients of each student's own mean of T^2 KL(target, softmax(z/T)), weights then biases."""
    activations = [x]
    for w, b in zip(students.weights[:-1], students.biases[:-1], strict=True):
        activations.append(torch.baddbmm(b, activations[-1], w).relu_())
    z = torch.baddbmm(students.biases[-1], activations[-1], students.weights[-1])
    if temperature != 1:
        z /= temperature
    delta = _softmax(z).sub_(target).mul_(temperature / x.shape[1])
    weights: list[torch.Tensor] = []
    biases: list[torch.Tensor] = []
    for layer in reversed(range(len(students.weights))):
        weights.append(torch.bmm(activations[layer].transpose(1, 2), delta))
        biases.append(delta.sum(1, keepdim=True))
        if layer:
            delta = torch.bmm(delta, students.weights[layer].transpose(1, 2))
            delta = torch.ops.aten.threshold_backward(delta, activations[layer], 0)
    return weights[::-1] + biases[::-1]


def _optimiser(training: Training, parameters: list[torch.Tensor]) -> torch.optim.Optimizer:
    if training.optimiser == "adam":
        return torch.optim.AdamW(parameters, lr=training.rate, weight_decay=training.weight_decay, fused=True)
    momentum = 0.9 if training.optimiser == "momentum" else 0.0
    return torch.optim.SGD(parameters, lr=training.rate, momentum=momentum, weight_decay=training.weight_decay, fused=True)


def _train_chunk(
    students: Students, inputs: torch.Tensor, targets: torch.Tensor, group: torch.Tensor, pool: torch.Tensor | None, training: Training, first: int
) -> Students:
    flat = targets.reshape(-1, targets.shape[-1])
    parameters = [*students.weights, *students.biases]
    optimiser = _optimiser(training, parameters)
    bound = inputs.shape[0] if pool is None else pool.shape[1]
    for start in range(0, training.steps, BLOCK):
        steps = min(BLOCK, training.steps - start)
        drawn = counter.integers(students.seeds, STREAM_BATCH, steps * training.batch, bound, start=(first + start) * training.batch)
        drawn = drawn if pool is None else pool.gather(1, drawn)
        rows = drawn.view(len(students), steps, training.batch).transpose(0, 1).contiguous()
        for index in rows:
            x = inputs.index_select(0, index.view(-1)).view(*index.shape, -1)
            target = flat.index_select(0, (index + group[:, None] * targets.shape[1]).view(-1)).view(*index.shape, -1)
            for parameter, gradient in zip(parameters, _gradients(students, x, target, training.temperature), strict=True):
                parameter.grad = gradient
            if students.masks is not None:
                for w, mask in zip(students.weights, students.masks, strict=True):
                    w.grad.mul_(mask)
            optimiser.step()
            if students.masks is not None:
                for w, mask in zip(students.weights, students.masks, strict=True):
                    w.mul_(mask)
    for parameter in parameters:
        parameter.grad = None
    return students


def chunk_size(students: Students, training: Training) -> int:
    """How many students fit into the free memory at once: weights, gradients, moments, masks and activations."""
    element = students.weights[0].element_size()
    numbers = 6 * sum(w[0].numel() + b[0].numel() for w, b in zip(students.weights, students.biases, strict=True))
    numbers += 4 * training.batch * (students.weights[0].shape[1] + sum(w.shape[2] for w in students.weights))
    each = element * numbers + 8 * 6 * BLOCK * training.batch
    return max(1, min(len(students), int(0.7 * free_memory(students.seeds.device)) // each))


def out_of_memory(fault: BaseException) -> bool:
    """Whether an error means that memory ran out, on a GPU or on the CPU."""
    return isinstance(fault, (torch.OutOfMemoryError, MemoryError)) or (isinstance(fault, RuntimeError) and "can't allocate memory" in str(fault))


def train(
    students: Students,
    inputs: torch.Tensor,
    targets: torch.Tensor,
    training: Training,
    *,
    group: torch.Tensor | None = None,
    pool: torch.Tensor | None = None,
    first_step: int = 0,
    chunk: int | None = None,
    notify: Callable[[str], None] = lambda line: None,
) -> Students:
    """Train every student; the given stack is left as it was.

    inputs (N, in); targets (N, V) or (G, N, V) with `group` (S,) naming each student's row of G; `pool` (S, m)
    the rows of `inputs` a student may see (all by default); `first_step` continues a batch stream.
    When memory runs out the chunk is halved and `notify` is told.
    """
    targets = targets if targets.dim() == 3 else targets[None]
    if inputs.shape[0] != targets.shape[1] or students.weights[-1].shape[2] != targets.shape[2]:
        raise OutOfDomain(f"{inputs.shape[0]} inputs and {students.weights[-1].shape[2]} outputs do not fit targets of shape {tuple(targets.shape)}")
    group = torch.zeros(len(students), dtype=torch.int64, device=students.seeds.device) if group is None else group
    size = chunk or chunk_size(students, training)
    done: list[Students] = []
    start = 0
    with torch.no_grad():
        while start < len(students):
            rows = slice(start, start + size)
            try:
                own = None if pool is None else pool[rows]
                done.append(_train_chunk(students.part(rows), inputs, targets, group[rows], own, training, first_step))
                start += size
            except (RuntimeError, MemoryError) as fault:
                if not out_of_memory(fault) or size == 1:
                    raise
                size = (size + 1) // 2
                notify(f"out of memory: the chunk is halved to {size} students")
    return join(done)


def join(parts: list[Students]) -> Students:
    """One stack from several."""
    if len(parts) == 1:
        return parts[0]
    masks = None if parts[0].masks is None else tuple(torch.cat(m) for m in zip(*(p.masks or () for p in parts), strict=True))
    weights = tuple(torch.cat(w) for w in zip(*(p.weights for p in parts), strict=True))
    biases = tuple(torch.cat(b) for b in zip(*(p.biases for p in parts), strict=True))
    return Students(torch.cat([p.seeds for p in parts]), weights, biases, masks)


def single_step(model: torch.nn.Module, optimiser: torch.optim.Optimizer, x: torch.Tensor, target: torch.Tensor) -> None:
    """One step of the plain loop that the stack is compared with: one module, autograd, one optimiser."""
    optimiser.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(x), target)
    loss.backward()
    optimiser.step()


def as_module(students: Students, k: int) -> torch.nn.Sequential:
    """Student k as an ordinary torch module."""
    layers: list[torch.nn.Module] = []
    for w, b in zip(students.weights, students.biases, strict=True):
        linear = torch.nn.Linear(w.shape[1], w.shape[2])
        linear.weight.data, linear.bias.data = w[k].t().clone(), b[k, 0].clone()
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])
