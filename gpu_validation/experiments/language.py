"""A character-level transformer on the text of Python's own standard library, and its pruned students.

A vocabulary of about 100 with real long tails: top-k, rounding and sampling on true next-character laws; students
pruned in one shot and in stages, distilled with the fused loss at temperature T; held-out negative log-likelihood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

import torch
from torch.nn import functional

from gpu_validation import access, measures
from gpu_validation.data.text import Text, standard_library
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.fused_loss import fused_operator_kl
from gpu_validation.pruning import magnitude_masks
from gpu_validation.teachers import shipped
from gpu_validation.transformer import Parameters, Shape, initial, logits, matrices, windows


@final
@dataclass(frozen=True)
class Config:
    """`paths` lists (final sparsity, stages); each is trained for `student_steps` in all, with `replicas` seeds."""

    shape: Shape = Shape()
    characters: int = 400_000
    held_out: int = 40_000
    teacher_steps: int = 700
    student_steps: int = 96
    batch: int = 24
    rate: float = 0.003
    temperature: float = 2.0
    replicas: int = 3
    paths: tuple[tuple[float, int], ...] = ((0.5, 1), (0.9, 1), (0.9, 4))
    test_windows: int = 12
    probes: int = 16
    ks: tuple[int, ...] = (1, 5, 20)
    steps: tuple[float, ...] = (0.1, 0.01, 0.0001)
    tokens: tuple[int, ...] = (1, 4, 16)
    temperatures: tuple[float, ...] = (1.0, 2.0, 4.0)
    draws: int = 512


def shards(config: Config) -> tuple[Shard, ...]:
    return (Shard("text", tuple(range(config.replicas)), {}),)


def _descend(
    parameters: Parameters, steps: int, rate: float, loss: Callable[[Parameters, int], torch.Tensor], masks: Parameters | None
) -> Parameters:
    """Adam on a stack: `loss` sums over students, so each follows its own gradient."""
    parameters = {name: value.clone().requires_grad_() for name, value in parameters.items()}
    optimiser = torch.optim.Adam(parameters.values(), lr=rate, fused=True)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 20, 1.1 - step / steps)
        optimiser.zero_grad()
        loss(parameters, step).backward()
        optimiser.step()
        with torch.no_grad():
            for name, mask in (masks or {}).items():
                parameters[name].mul_(mask)
    return {name: value.detach() for name, value in parameters.items()}


def _teacher(config: Config, codes: torch.Tensor, classes: int) -> Parameters:
    def loss(parameters: Parameters, step: int) -> torch.Tensor:
        window = windows(codes, config.shape, config.batch, 1, step)
        z = logits(parameters, config.shape, window[:, :-1])[0]
        return functional.cross_entropy(z.flatten(0, 1), window[:, 1:].flatten())

    return _descend(initial(config.shape, classes, torch.tensor([0], device=codes.device)), config.teacher_steps, config.rate, loss, None)


def _distil(config: Config, codes: torch.Tensor, start: Parameters, masks: Parameters, source: Parameters, steps: int, stream: int) -> Parameters:
    """Students (S, ...) learn softmax(z/T) of `source` (1 or S models) on shared windows."""

    def loss(parameters: Parameters, step: int) -> torch.Tensor:
        window = windows(codes, config.shape, config.batch, stream, step)[:, :-1]
        with torch.no_grad():
            p = logits(source, config.shape, window).softmax(-1)
        z = logits(parameters, config.shape, window)
        rows = fused_operator_kl(p.expand_as(z), z, config.temperature, reduction="none", temperature_squared=True)
        return rows.flatten(1).mean(1).sum()

    return _descend(start, steps, config.rate / 3, loss, masks)


def _path(config: Config, codes: torch.Tensor, teacher: Parameters, test: torch.Tensor, sparsity: float, n: int) -> dict[str, Any]:
    """One pruning path for all seeds; the batch stream is the seed's only freedom, so stages are run seed by seed."""
    names, runs = matrices(config.shape), []
    z_teacher = logits(teacher, config.shape, test[:, :-1])[0].double()
    nll_teacher = functional.cross_entropy(z_teacher.flatten(0, 1), test[:, 1:].flatten()).item()
    for seed in range(config.replicas):
        students, before, masks, steps, lengths = teacher, z_teacher, None, [], []
        for k in range(1, n + 1):
            share = 1 - (1 - sparsity) ** (k / n)
            alive = None if masks is None else [masks[name] for name in names]
            masks = dict(zip(names, magnitude_masks([students[name] for name in names], share, alive=alive), strict=True))
            start = {name: value * masks[name] if name in masks else value for name, value in students.items()}
            students = _distil(config, codes, start, masks, students, config.student_steps // n, stream=100 + 50 * seed + k)
            after = logits(students, config.shape, test[:, :-1])[0].double()
            soft = [(z / config.temperature).log_softmax(-1) for z in (before, after)]
            steps.append(measures.log_divergence(*soft).mean())
            lengths.append((measures.spread(after - before) ** 2).mean())
            before = after
        ends = [(z / config.temperature).log_softmax(-1) for z in (z_teacher, before)]
        runs.append(
            {
                "mode": "previous",
                "seed": seed,
                "steps": torch.stack(steps),
                "squared_lengths": torch.stack(lengths),
                "end_to_end": measures.log_divergence(*ends).mean(),
                "direct_squared_length": (measures.spread(before - z_teacher) ** 2).mean(),
                "negative_log_likelihood": functional.cross_entropy(before.flatten(0, 1), test[:, 1:].flatten()),
            }
        )
    return {"n": n, "sparsity": sparsity, "runs": runs, "teacher_negative_log_likelihood": nll_teacher}


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    text: Text = standard_library(characters=config.characters)
    codes = text.codes.to(context.device)
    train, test_codes = codes[: -config.held_out], codes[-config.held_out :]
    teacher = _teacher(config, train, text.classes)
    with torch.no_grad():
        test = windows(test_codes, config.shape, config.test_windows, 2, 0)
    paths = [_path(config, train, teacher, test, sparsity, n) for sparsity, n in config.paths]
    laws = logits(teacher, config.shape, test[:, :-1])[0].double().flatten(0, 1).softmax(-1)
    laws = laws[:: max(1, len(laws) // config.probes)][: config.probes]
    power, mixing = shipped("power"), shipped("mixing")
    softening = []
    for operator in (power, mixing):
        for t in config.temperatures:
            q = operator(laws, t)
            uniform = torch.full_like(laws, 1 / laws.shape[-1])
            softening.append(
                {
                    "operator": operator.name,
                    "temperature": t,
                    "kl": measures.divergence(laws, q),
                    "tv": measures.total_variation(laws, q),
                    "log_range": measures.spread(laws.log()),
                    "tv_uniform": measures.total_variation(laws, uniform),
                }
            )
    sides = access.sides(
        laws, ks=config.ks, steps=config.steps, tokens=config.tokens, temperatures=config.temperatures, draws=config.draws, power=power, mixing=mixing
    )
    results = {
        "text": {"sha256": text.sha256, "files": text.files, "characters": len(text.codes), "classes": text.classes},
        "temperature": config.temperature,
        "paths": paths,
        "softening": softening,
        "sides": sides,
    }
    return Outcome(results, students=1 + config.replicas * len(config.paths))


LABELS = ("path:hoeffding", "path:logit-length", "bv:softening-bias", *access.LABELS)
PROFILES = {
    "quick": Config(),
    "full": Config(
        shape=Shape(width=384, heads=6, layers=6, context=256),
        characters=2_000_000,
        teacher_steps=5000,
        student_steps=960,
        batch=128,
        rate=0.001,
        replicas=8,
        paths=((0.5, 1), (0.8, 1), (0.9, 1), (0.9, 2), (0.9, 4), (0.9, 8), (0.9, 16)),
        test_windows=64,
        probes=64,
        draws=16384,
    ),
}
EXPERIMENT = Experiment("language", LABELS, PROFILES, shards, run)
