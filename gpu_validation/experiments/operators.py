"""The same student under each shipped operator, at equal temperature and at matched entropy, against the spread of seeds.

Also one-feature exponential families fitted by KL to F_T(p) for two operators, at equal temperature and at the
temperatures that match the feature's mean: the fit never sees how the temperatures were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import torch

from gpu_validation import measures
from gpu_validation.data.dataset import load
from gpu_validation.ensemble import Training, train
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.matching import fitted_family, matched_temperature, moment
from gpu_validation.pruning import magnitude_masks
from gpu_validation.teachers import dense_teachers, repeat, sample_pools, shipped


@final
@dataclass(frozen=True)
class Config:
    """The first operator at `temperature` sets the entropy and the moments that the others match."""

    datasets: tuple[str, ...] = ("digits", "synthetic")
    operators: tuple[str, ...] = ("power", "mixing", "tsallis", "logit", "reciprocal", "blend")
    temperature: float = 2.0
    highest: float = 1000.0
    replicas: int = 24
    sample: int = 400
    sparsity: float = 0.7
    hidden: tuple[int, ...] = (32,)
    teacher: Training = Training(steps=300, batch=32, rate=0.01)
    student: Training = Training(steps=300, batch=32, rate=0.01)
    test: int = 200
    probes: int = 12


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(Shard(dataset, tuple(range(config.replicas)), {"dataset": dataset}) for dataset in config.datasets)


def _matched_entropy(config: Config, p: torch.Tensor, name: str) -> float:
    def mean_entropy(operator: str, temperature: float) -> float:
        return measures.entropy(shipped(operator)(p, temperature)).mean().item()

    goal = mean_entropy(config.operators[0], config.temperature)
    if name == config.operators[0]:
        return config.temperature
    return matched_temperature(lambda t: mean_entropy(name, t), goal, low=1.0, high=config.highest)


def _moments(config: Config, laws: torch.Tensor) -> list[dict[str, Any]]:
    """Per law and operator: the matched temperature, and the distance of the fitted families there and at equal T."""
    first, rows = shipped(config.operators[0]), []
    for name in config.operators[1:]:
        other = shipped(name)
        for p in laws:
            feature = p.log() - p.log().mean()
            goal = moment(first, p, feature)(config.temperature)
            matched = matched_temperature(moment(other, p, feature), goal, low=1.0, high=config.highest)
            fits = [fitted_family(target, feature) for target in (first(p, config.temperature), other(p, matched), other(p, config.temperature))]
            targets = measures.total_variation(first(p, config.temperature), other(p, matched))
            rows.append(
                {
                    "operator": name,
                    "matched_temperature": matched,
                    "students_matched": measures.total_variation(fits[0], fits[1]),
                    "students_equal_temperature": measures.total_variation(fits[0], fits[2]),
                    "targets_matched": targets,
                }
            )
    return rows


def _distances(outputs: torch.Tensor) -> dict[str, Any]:
    """(O, R, N, V) -> mean TV between operators at equal seed, and between seeds at equal operator."""
    count, replicas = outputs.shape[:2]
    between = [[measures.total_variation(outputs[a], outputs[b]).mean().item() for b in range(count)] for a in range(count)]
    pairs = [measures.total_variation(outputs[:, k], outputs[:, (k + 1) % replicas]).mean(1) for k in range(replicas)]
    return {"between_operators": between, "between_seeds": torch.stack(pairs).mean(0)}


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    dataset = load(str(shard.cell["dataset"]), context.device, context.data)
    seeds = torch.tensor(shard.seeds, device=context.device)
    pool = sample_pools(dataset, seeds, config.sample)
    dense = dense_teachers(dataset, seeds, config.hidden, config.teacher, pool, context)
    teacher = dense.part(slice(0, 1))
    p = torch.softmax(teacher.logits(dataset.train_inputs)[0].double(), -1)
    x = dataset.test_inputs[: config.test]
    temperatures = {name: _matched_entropy(config, p, name) for name in config.operators}
    cells = [(name, config.temperature) for name in config.operators] + list(temperatures.items())
    targets = torch.stack([shipped(name)(p, t) for name, t in cells]).float()
    pruned = dense.masked(magnitude_masks(dense.weights, config.sparsity)).reseeded(seeds + 900_000)
    students = repeat(pruned, len(cells))
    group = torch.arange(len(cells), device=context.device).repeat_interleave(len(seeds))
    students = train(students, dataset.train_inputs, targets, config.student, group=group, pool=pool.repeat(len(cells), 1), notify=context.notify)
    outputs = students.logits(x).double().softmax(-1).view(len(cells), len(seeds), len(x), -1)
    half = len(config.operators)
    accuracy = (outputs.argmax(-1) == dataset.test_truth[: config.test].argmax(-1)).double().mean((1, 2))
    results = {
        "dataset": {"name": dataset.name, "sha256": dataset.sha256()},
        "operators": config.operators,
        "matched_entropy_temperatures": temperatures,
        "equal_temperature": _distances(outputs[:half]),
        "matched_entropy": _distances(outputs[half:]),
        "accuracy": {"equal_temperature": accuracy[:half], "matched_entropy": accuracy[half:]},
        "families": _moments(config, torch.softmax(teacher.logits(x[: config.probes])[0].double(), -1)),
    }
    return Outcome(results, students=len(students) + len(dense))


LABELS = ("eq:matched-temperature", "eq:moments")
PROFILES = {
    "quick": Config(),
    "full": Config(
        replicas=256,
        sample=1000,
        hidden=(128, 64),
        teacher=Training(steps=3000, batch=64, rate=0.003),
        student=Training(steps=3000, batch=64, rate=0.003),
        test=400,
        probes=64,
    ),
}
EXPERIMENT = Experiment("operators", LABELS, PROFILES, shards, run)
