"""One-shot against n-stage pruning with distillation at equal total budget: path lengths and divergences of every run.

Stage k keeps the share (1 - final)^(k/n) of the weights and trains total/n steps on softmax(z/T) of the previous
stage (`previous`) or of the dense teacher (`original`).  Per run and stage, on test inputs:
step_k = E KL(softmax(z_{k-1}/T), softmax(z_k/T)) and length_k^2 = E range(z_k - z_{k-1})^2; z_0 is the teacher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, final

import torch

from gpu_validation import measures
from gpu_validation.data.dataset import Dataset, load
from gpu_validation.ensemble import Students, Training, train
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.pruning import magnitude_masks, realised_sparsity
from gpu_validation.teachers import dense_teachers, repeat, sample_pools

MODES = ("previous", "original")


@final
@dataclass(frozen=True)
class Config:
    """`student.steps` is the total over all stages; a shard is a dataset."""

    datasets: tuple[str, ...] = ("digits", "synthetic")
    stages: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    temperature: float = 2.0
    sparsity: float = 0.9
    replicas: int = 16
    sample: int = 600
    hidden: tuple[int, ...] = (32,)
    teacher: Training = Training(steps=400, batch=32, rate=0.01)
    student: Training = Training(steps=640, batch=32, rate=0.005, temperature=2.0)
    test: int = 200
    beta: tuple[float, float] = (1.0, 0.25)
    probes: int = 24


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(Shard(dataset, tuple(range(config.replicas)), {"dataset": dataset}) for dataset in config.datasets)


def _staged(config: Config, dataset: Dataset, dense: Students, n: int, pool: torch.Tensor, context: Context) -> dict[str, Any]:
    """All replicas in both modes through n stages, as one stack: rows 0..R-1 `previous`, R..2R-1 `original`."""
    replicas, temperature = len(dense), config.temperature
    training = replace(config.student, steps=config.student.steps // n)
    x = dataset.test_inputs[: config.test]
    teacher_train = torch.softmax(dense.logits(dataset.train_inputs) / temperature, -1)
    teacher_test = dense.logits(x).double().repeat(2, 1, 1)
    students, before, steps, lengths = repeat(dense, 2), teacher_test, [], []
    for k in range(1, n + 1):
        previous = torch.softmax(students.logits(dataset.train_inputs) / temperature, -1)
        previous[replicas:] = teacher_train
        share = 1 - (1 - config.sparsity) ** (k / n)
        students = students.masked(magnitude_masks(students.weights, share, alive=students.masks))
        group = torch.arange(2 * replicas, device=context.device)
        students = train(
            students,
            dataset.train_inputs,
            previous,
            training,
            group=group,
            pool=pool.repeat(2, 1),
            first_step=(k - 1) * training.steps,
            notify=context.notify,
        )
        after = students.logits(x).double()
        steps.append(measures.log_divergence((before / temperature).log_softmax(-1), (after / temperature).log_softmax(-1)).mean(1))
        lengths.append((measures.spread(after - before) ** 2).mean(1))
        before = after
    end = measures.log_divergence((teacher_test / temperature).log_softmax(-1), (before / temperature).log_softmax(-1)).mean(1)
    direct = (measures.spread(before - teacher_test) ** 2).mean(1)
    truth = dataset.test_truth[: config.test]
    accuracy = (before.argmax(-1) == truth.argmax(-1)).double().mean(1)
    risk = ((before.softmax(-1) - truth) ** 2).sum(-1).mean(1)
    assert students.masks is not None
    return {
        "n": n,
        "runs": [
            {
                "mode": MODES[row // replicas],
                "seed": row % replicas,
                "steps": torch.stack(steps)[:, row],
                "squared_lengths": torch.stack(lengths)[:, row],
                "end_to_end": end[row],
                "direct_squared_length": direct[row],
                "accuracy": accuracy[row],
                "risk": risk[row],
            }
            for row in range(2 * replicas)
        ],
        "sparsity": realised_sparsity(students.masks).max(),
    }


def _temperature_path(config: Config, logits: torch.Tensor) -> list[dict[str, Any]]:
    """The power path of single teacher outputs from inverse temperature beta_0 to beta_1 in n equal steps."""
    rows = []
    for n in config.stages:
        beta = torch.linspace(*config.beta, n + 1, dtype=torch.float64, device=logits.device)
        path = (beta[:, None, None] * logits.double()).log_softmax(-1)
        rows.append({"n": n, "total": measures.log_divergence(path[:-1], path[1:]).sum(0)})
    return rows


def _anchored(config: Config, start: torch.Tensor, target: torch.Tensor) -> list[dict[str, Any]]:
    """p_{k+1} = (1 - a_k) p_k + a_k t with a_k = 1/(k+2) from k = 0: KL(t, p_k) at each recorded k."""
    p, rows = start, [{"n": 0, "divergence": measures.divergence(target, start)}]
    for k in range(1, max(config.stages) + 1):
        p = p + (target - p) / (k + 1)
        if k in config.stages:
            rows.append({"n": k, "divergence": measures.divergence(target, p)})
    return rows


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    dataset = load(str(shard.cell["dataset"]), context.device, context.data)
    seeds = torch.tensor(shard.seeds, device=context.device)
    pool = sample_pools(dataset, seeds, config.sample)
    dense = dense_teachers(dataset, seeds, config.hidden, config.teacher, pool, context)
    paths = [_staged(config, dataset, dense, n, pool, context) for n in config.stages]
    x = dataset.test_inputs[: config.probes]
    logits = dense.part(slice(0, 2)).logits(x).double()
    accuracy = (dense.logits(dataset.test_inputs).argmax(-1) == dataset.test_truth.argmax(-1)).double().mean(1)
    results = {
        "dataset": {"name": dataset.name, "sha256": dataset.sha256(), "test": config.test},
        "temperature": config.temperature,
        "teacher_accuracy": accuracy,
        "paths": paths,
        "beta": config.beta,
        "log_range": measures.spread(logits[0]),
        "temperature_paths": _temperature_path(config, logits[0]),
        "anchored": _anchored(config, logits[1].softmax(-1), logits[0].softmax(-1)),
    }
    return Outcome(results, students=len(seeds) * (1 + 2 * len(config.stages)))


LABELS = ("path:hoeffding", "path:logit-length", "path:end-to-end", "path:floor", "path:temperature", "path:anchored")
PROFILES = {
    "quick": Config(),
    "full": Config(
        replicas=256,
        sample=1000,
        hidden=(128, 64),
        teacher=Training(steps=3000, batch=64, rate=0.003),
        student=Training(steps=6400, batch=64, rate=0.002, temperature=2.0),
        test=400,
        probes=64,
    ),
}
EXPERIMENT = Experiment("stages", LABELS, PROFILES, shards, run)
