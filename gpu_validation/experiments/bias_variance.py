"""Bias and variance of magnitude-pruned students against a fixed softened teacher q and against the truth p*.

Replica k: a dense network of its own sample and start, pruned, then distilled from q = F_T(teacher 0).  The
teacher replicas are the dense networks themselves.  E is the mean over replicas, so identities hold exactly
up to rounding; intervals are bootstrap over replicas.  Risks are squared errors against p*, averaged over inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import torch

from gpu_validation import measures
from gpu_validation.counter import categorical
from gpu_validation.data.dataset import Dataset, load
from gpu_validation.ensemble import Students, Training, train
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.pruning import magnitude_masks
from gpu_validation.teachers import dense_teachers, repeat, sample_pools, shipped


@final
@dataclass(frozen=True)
class Config:
    """A cell is sparsity x temperature, a shard dataset x operator."""

    datasets: tuple[str, ...] = ("digits", "synthetic")
    operators: tuple[str, ...] = ("power", "mixing")
    sparsities: tuple[float, ...] = (0.5, 0.8, 0.95)
    temperatures: tuple[float, ...] = (1.0, 2.0, 4.0)
    replicas: int = 64
    sample: int = 300
    hidden: tuple[int, ...] = (32,)
    teacher: Training = Training(steps=300, batch=32, rate=0.01)
    student: Training = Training(steps=200, batch=32, rate=0.01)
    test: int = 200
    probes: int = 24
    draws: int = 512


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(
        Shard(f"{dataset}-{operator}", tuple(range(config.replicas)), {"dataset": dataset, "operator": operator})
        for dataset in config.datasets
        for operator in config.operators
    )


def _cell(student: torch.Tensor, q: torch.Tensor, truth: torch.Tensor, log_student: torch.Tensor, seed: int) -> dict[str, Any]:
    """Every raw side that the `bv:` identities compare, for one cell."""
    centre = student.mean(0)
    return {
        "target": measures.squared(student, q),
        "truth": measures.squared(student, truth),
        "cross": 2 * ((centre - q) * (q - truth)).sum(-1).mean().item(),
        "target_truth": ((q - truth) ** 2).sum(-1).mean().item(),
        "kl": measures.kullback_leibler(log_student, q),
        "reverse": measures.reverse_kullback_leibler(log_student, q.log()),
        "intervals": measures.bootstrap(student, q, truth, seed=seed),
        "risks": ((student - truth) ** 2).sum(-1).mean(1),
    }


def _softening(p: torch.Tensor, operator: str, temperatures: tuple[float, ...]) -> list[dict[str, Any]]:
    """How far softening moves single teacher outputs, with the outputs' log range and distance to uniform."""
    uniform = torch.full_like(p, 1 / p.shape[-1])
    rows = []
    for temperature in temperatures:
        q = shipped(operator)(p, temperature)
        rows.append(
            {
                "temperature": temperature,
                "kl": measures.divergence(p, q),
                "tv": measures.total_variation(p, q),
                "log_range": measures.spread(p.log()),
                "tv_uniform": measures.total_variation(p, uniform),
            }
        )
    return rows


def _label_variance(dataset: Dataset, predictor: torch.Tensor, config: Config, device: torch.device) -> dict[str, Any]:
    """Empirical risks of one predictor on fresh samples, with drawn labels and with the truth as soft label."""
    seeds = torch.arange(config.draws, device=device) + 7_000_000
    size = 40
    rows = sample_pools(dataset, seeds, size)
    truth, loss = dataset.train_truth.double()[rows], -predictor.double().log()[rows]
    label = categorical(seeds, 3, truth)
    hard = loss.gather(2, label[..., None])[..., 0].mean(1)
    soft = (truth * loss).sum(-1).mean(1)
    inner = (truth * loss**2).sum(-1) - (truth * loss).sum(-1) ** 2
    return {"size": size, "hard": hard, "soft": soft, "inner_variance": inner.mean(1)}


def _label_noise(dataset: Dataset, dense: Students, seeds: torch.Tensor) -> dict[str, Any]:
    """Networks against the drawn labels that they were trained on, and against labels drawn afresh."""
    outputs = torch.softmax(dense.logits(dataset.train_inputs).double(), -1)
    return {
        "own": measures.noisy_labels(outputs, dataset.labels(seeds)[0]),
        "fresh": measures.noisy_labels(outputs, dataset.labels(seeds + 8_000_000)[0]),
    }


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    dataset = load(str(shard.cell["dataset"]), context.device, context.data)
    operator = str(shard.cell["operator"])
    seeds = torch.tensor(shard.seeds, device=context.device)
    pool = sample_pools(dataset, seeds, config.sample)
    dense = dense_teachers(dataset, seeds, config.hidden, config.teacher, pool, context)
    truth = dataset.test_truth[: config.test].double()
    x = dataset.test_inputs[: config.test]
    teachers = torch.softmax(dense.logits(x).double(), -1)
    fixed_train = torch.softmax(dense.part(slice(0, 1)).logits(dataset.train_inputs)[0].double(), -1)
    cells = [(s, t) for t in config.temperatures for s in config.sparsities]
    targets = torch.stack([shipped(operator)(fixed_train, t) for t in config.temperatures]).float()
    stack = repeat(dense, len(cells))
    share = torch.tensor([s for s, _ in cells], device=context.device).repeat_interleave(len(seeds))
    stack = stack.masked(magnitude_masks(stack.weights, share)).reseeded(stack.seeds + 500_000)
    group = torch.tensor([config.temperatures.index(t) for _, t in cells], device=context.device).repeat_interleave(len(seeds))
    students = train(stack, dataset.train_inputs, targets, config.student, group=group, pool=pool.repeat(len(cells), 1), notify=context.notify)
    measured = _measure(students, x, teachers[0], truth, operator, cells, len(seeds))
    results: dict[str, Any] = {
        "dataset": {"name": dataset.name, "sha256": dataset.sha256(), "test": len(x)},
        "operator": operator,
        "classes": dataset.classes,
        "teacher": {**measures.squared(teachers, truth), "risks": ((teachers - truth) ** 2).sum(-1).mean(1)},
        "accuracy": (teachers.argmax(-1) == truth.argmax(-1)).double().mean(),
        "cells": measured,
        "softening": _softening(teachers[0, : config.probes], operator, config.temperatures),
    }
    if dataset.name == "synthetic":
        results["label_noise"] = _label_noise(dataset, dense, seeds)
        results["label_variance"] = _label_variance(dataset, fixed_train, config, context.device)
    return Outcome(results, students=len(seeds) + len(students))


def _measure(
    students: Students, x: torch.Tensor, teacher: torch.Tensor, truth: torch.Tensor, operator: str, cells: list[tuple[float, float]], replicas: int
) -> list[dict[str, Any]]:
    rows = []
    for k, (sparsity, temperature) in enumerate(cells):
        log_student = students.part(slice(k * replicas, (k + 1) * replicas)).logits(x).double().log_softmax(-1)
        q = shipped(operator)(teacher, temperature)
        rows.append({"sparsity": sparsity, "temperature": temperature, **_cell(log_student.exp(), q, truth, log_student, seed=1000 * k)})
    return rows


LABELS = (
    "bv:squared",
    "bv:kl",
    "bv:reverse-kl",
    "bv:bregman",
    "bv:operator-agnostic",
    "bv:criterion",
    "bv:criterion-as-stated",
    "bv:softening-bias",
    "bv:bayes-teacher",
)
PROFILES = {
    "quick": Config(),
    "full": Config(
        operators=("power", "mixing", "tsallis", "logit", "reciprocal"),
        sparsities=(0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98),
        temperatures=(1.0, 1.5, 2.0, 3.0, 4.0, 8.0),
        replicas=512,
        hidden=(128, 64),
        teacher=Training(steps=2000, batch=64, rate=0.003),
        student=Training(steps=2000, batch=64, rate=0.003),
        test=400,
        draws=4096,
    ),
}
EXPERIMENT = Experiment("bias_variance", LABELS, PROFILES, shards, run)
