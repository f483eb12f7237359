"""Students of a teacher seen in full, through top-k, rounded, or as sampled tokens; and the teacher-side errors.

Students are pruned copies of dense networks of their own seed.  The target
is F_T of what is seen, F = power.  Student-side: accuracy and E KL(F_T(teacher), student).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import torch

from gpu_validation import access, measures
from gpu_validation.data.dataset import load
from gpu_validation.ensemble import Training, train
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.pruning import magnitude_masks
from gpu_validation.teachers import dense_teachers, repeat, sample_pools, shipped


@final
@dataclass(frozen=True)
class Config:
    """`steps` are rounding steps, `tokens` numbers of sampled tokens an input; a shard is a dataset."""

    datasets: tuple[str, ...] = ("digits", "synthetic")
    ks: tuple[int, ...] = (1, 2, 4)
    steps: tuple[float, ...] = (0.1, 0.01, 0.0001)
    tokens: tuple[int, ...] = (1, 4, 16)
    temperatures: tuple[float, ...] = (1.0, 2.0, 4.0)
    draws: int = 1024
    probes: int = 10
    replicas: int = 24
    sample: int = 400
    sparsity: float = 0.7
    hidden: tuple[int, ...] = (32,)
    teacher: Training = Training(steps=300, batch=32, rate=0.01)
    student: Training = Training(steps=300, batch=32, rate=0.01)
    test: int = 200


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(Shard(dataset, tuple(range(config.replicas)), {"dataset": dataset}) for dataset in config.datasets)


def _views(config: Config, p: torch.Tensor) -> dict[str, torch.Tensor]:
    """What each door shows of the laws p (N, V)."""
    seed = torch.tensor([77_000_000], device=p.device)
    return {
        "full": p,
        **{f"top-{k}": access.restricted(p, k) for k in config.ks if k < p.shape[1]},
        **{f"filled-{k}": access.filled(p, k) for k in config.ks if k < p.shape[1]},
        **{f"rounded-{step:g}": access.renormalised(access.rounded(p, step)) for step in config.steps if step <= 0.1},
        **{f"sampled-{m}": access.sampled(p, m, seed)[0] for m in config.tokens},
    }


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    dataset = load(str(shard.cell["dataset"]), context.device, context.data)
    power, mixing = shipped("power"), shipped("mixing")
    seeds = torch.tensor(shard.seeds, device=context.device)
    pool = sample_pools(dataset, seeds, config.sample)
    dense = dense_teachers(dataset, seeds, config.hidden, config.teacher, pool, context)
    teacher = dense.part(slice(0, 1))
    seen = torch.softmax(teacher.logits(dataset.train_inputs)[0].double(), -1)
    x, truth = dataset.test_inputs[: config.test], dataset.test_truth[: config.test]
    law = torch.softmax(teacher.logits(x)[0].double(), -1)
    views = _views(config, seen)
    cells = [(name, t) for name in views for t in config.temperatures]
    targets = torch.stack([power(views[name], t) for name, t in cells]).float()
    pruned = dense.masked(magnitude_masks(dense.weights, config.sparsity)).reseeded(seeds + 900_000)
    students = repeat(pruned, len(cells))
    group = torch.arange(len(cells), device=context.device).repeat_interleave(len(seeds))
    students = train(students, dataset.train_inputs, targets, config.student, group=group, pool=pool.repeat(len(cells), 1), notify=context.notify)
    logits = students.logits(x).double().view(len(cells), len(seeds), len(x), -1)
    rows: list[dict[str, Any]] = []
    for k, (name, t) in enumerate(cells):
        goal = power(law, t)
        gap = measures.divergence(goal, logits[k].softmax(-1)).mean(1)
        accuracy = (logits[k].argmax(-1) == truth.argmax(-1)).double().mean(1)
        rows.append({"view": name, "temperature": t, "kl_to_full_target": measures.moments(gap), "accuracy": measures.moments(accuracy)})
    sides = access.sides(
        law[: config.probes],
        ks=config.ks,
        steps=config.steps,
        tokens=config.tokens,
        temperatures=config.temperatures,
        draws=config.draws,
        power=power,
        mixing=mixing,
    )
    return Outcome(
        {"dataset": {"name": dataset.name, "sha256": dataset.sha256()}, "students": rows, "sides": sides}, students=len(students) + len(dense)
    )


PROFILES = {
    "quick": Config(),
    "full": Config(
        draws=32768,
        replicas=256,
        probes=40,
        sample=1000,
        hidden=(128, 64),
        tokens=(1, 4, 16, 64),
        teacher=Training(steps=3000, batch=64, rate=0.003),
        student=Training(steps=3000, batch=64, rate=0.003),
        test=400,
    ),
}
EXPERIMENT = Experiment("access", access.LABELS, PROFILES, shards, run)
