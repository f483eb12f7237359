"""`joint:*`: students of a digit classifier that share its feature space: three losses, the error gap and everything that bounds it.

Losses: `feature` matches the teacher's features under the frozen teacher head; `regression` matches the teacher head's outputs on both
features (softmax regression); `own` trains body and head on the labels alone; `both` trains on labels through the frozen head plus
feature matching.  Error is E TV(output, label) = E(1 - probability of the label), features lie in R^f with the Euclidean distance, and K
is an upper bound on the head's Lipschitz constant, computed from its weights.  An ideal joint head is trained on both features.
A shard is a pair of bodies; every quantity is measured on test images, once for each replica.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, final

import torch

from gpu_validation.data.dataset import Dataset, digits
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.joint.networks import STREAM_HEAD, Body, dense, descend, lipschitz, logits

LOSSES = ("feature", "regression", "both", "own")


@final
@dataclass(frozen=True)
class Config:
    """A shard is a student's body; the teacher is a wider one of the same kind.

    Widths are of the perceptron and of the convolution; `head_decay` keeps the teacher's head, and so its Lipschitz constant, small.
    """

    bodies: tuple[str, ...] = ("perceptron", "convolution")
    teacher_width: tuple[int, ...] = (64, 12)
    student_width: tuple[int, ...] = (12, 3)
    features: int = 8
    replicas: int = 12
    teacher_steps: int = 400
    student_steps: int = 400
    head_steps: int = 200
    head_decay: float = 0.01
    batch: int = 32
    rate: float = 0.01
    test: int = 400


def shards(config: Config) -> tuple[Shard, ...]:
    return tuple(Shard(kind, tuple(range(config.replicas)), {"body": kind}) for kind in config.bodies)


def _train(
    config: Config, body: Body, seeds: torch.Tensor, data: Dataset, loss: str, teacher: dict[str, Any]
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Body and head of every replica under one loss; the head is the teacher's except for `own`."""
    parameters = body.initial(seeds)
    head = dense(seeds, STREAM_HEAD, body.features, data.classes) if loss in ("own", "teacher") else teacher["head"]
    x, truth = body.prepared(data.train_inputs), data.train_truth
    everyone = torch.arange(len(seeds), device=seeds.device)[:, None]

    def value(rows: torch.Tensor) -> torch.Tensor:
        features = body.features_of(parameters, x[rows])
        log_outputs = torch.log_softmax(logits(head, features), -1)
        terms = []
        if loss in ("own", "teacher", "both"):
            terms.append(-(truth[rows] * log_outputs).sum(-1).mean(1).sum())
        if loss in ("feature", "both"):
            terms.append((features - teacher["features"][everyone, rows]).square().sum(-1).mean(1).sum())
        if loss == "regression":
            terms.append(-(teacher["outputs"][everyone, rows] * log_outputs).sum(-1).mean(1).sum())
        if loss == "teacher":
            terms.append(config.head_decay * head[0].square().sum())
        return torch.stack(terms).sum()

    steps = config.teacher_steps if loss == "teacher" else config.student_steps
    trained = [*parameters, *head] if loss in ("own", "teacher") else parameters
    descend(trained, value, seeds, steps=steps, batch=config.batch, population=len(x), rate=config.rate)
    return parameters, head


def _joint_head(config: Config, seeds: torch.Tensor, data: Dataset, sides: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """One head for the features of both sides, trained on the labels."""
    head = dense(seeds, STREAM_HEAD + 1, sides[0].shape[2], data.classes)
    everyone = torch.arange(len(seeds), device=seeds.device)[:, None]

    def value(rows: torch.Tensor) -> torch.Tensor:
        parts = [-(data.train_truth[rows] * torch.log_softmax(logits(head, side[everyone, rows]), -1)).sum(-1).mean(1).sum() for side in sides]
        return torch.stack(parts).sum()

    descend(head, value, seeds, steps=config.head_steps, batch=config.batch, population=len(data.train_inputs), rate=config.rate)
    return head


def _outputs(head: Sequence[torch.Tensor], features: torch.Tensor) -> torch.Tensor:
    return logits([part.double() for part in head], features.double()).softmax(-1)


def _distance(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """(R,): mean total variation over the images."""
    return (first - second).abs().sum(-1).mean(1) / 2


def _sides(heads: dict[str, Sequence[torch.Tensor]], student: torch.Tensor, teacher: torch.Tensor, truth: torch.Tensor) -> dict[str, Any]:
    """Errors of each head on both features, disagreements of each pair of heads on both, distances of features and outputs."""
    outputs = {name: (_outputs(head, student), _outputs(head, teacher)) for name, head in heads.items()}
    gaps = (student.double() - teacher.double()).norm(dim=-1)
    frozen = outputs["teacher"]
    return {
        "errors": {name: [_distance(side, truth) for side in pair] for name, pair in outputs.items()},
        "lipschitz": {name: lipschitz(head) for name, head in heads.items()},
        "disagreements": {f"{one}/{other}": [_distance(outputs[one][side], outputs[other][side]) for side in (0, 1)]
                          for one in outputs for other in outputs if one < other},
        "distance": gaps.mean(1), "matching": gaps.square().mean(1), "regression": _distance(*frozen),
        "accuracy": [(side.argmax(-1) == truth.argmax(-1)).double().mean(1) for side in frozen],
        "own_accuracy": (outputs["own" if "own" in outputs else "teacher"][0].argmax(-1) == truth.argmax(-1)).double().mean(1),
    }


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    """Teachers, then students of every loss, on the digits."""
    seeds = torch.tensor(shard.seeds, device=context.device)
    data, kind = digits(context.device, test=config.test), str(shard.cell["body"])
    place = ("perceptron", "convolution").index(kind)
    wide, narrow = (Body(kind, widths[place], config.features) for widths in (config.teacher_width, config.student_width))
    body, head = _train(config, wide, seeds, data, "teacher", {})
    train_features, test_features = (wide.features_of(body, wide.prepared(x)) for x in (data.train_inputs, data.test_inputs))
    teacher = {"head": head, "features": train_features, "outputs": torch.softmax(logits(head, train_features), -1)}
    truth, runs = data.test_truth.double(), []
    for loss in LOSSES:
        student, own = _train(config, narrow, seeds + 1000, data, loss, teacher)
        on_train, on_test = (narrow.features_of(student, narrow.prepared(x)) for x in (data.train_inputs, data.test_inputs))
        joint = _joint_head(config, seeds, data, (on_train, train_features))
        heads = {"teacher": head, "joint": joint, **({"own": own} if loss == "own" else {})}
        runs.append({"loss": loss, **_sides(heads, on_test, test_features, truth)})
    accuracy = (_outputs(head, test_features).argmax(-1) == truth.argmax(-1)).double().mean(1)
    described = {"name": data.name, "sha256": data.sha256(), "test": config.test}
    return Outcome({"dataset": described, "body": kind, "teacher_accuracy": accuracy, "runs": runs}, students=len(seeds) * (1 + len(LOSSES)))


LABELS = ("joint:bound", "joint:frozen-head", "joint:divergence", "joint:losses", "joint:experiment")
PROFILES = {
    "quick": Config(),
    "full": Config(teacher_width=(256, 64), student_width=(24, 8), features=16, replicas=256, teacher_steps=4000, student_steps=4000,
                   head_steps=1500, rate=0.003),
}
EXPERIMENT = Experiment("joint_classifier", LABELS, PROFILES, shards, run)
