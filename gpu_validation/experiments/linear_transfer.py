"""`lin:*`: linear students of a linear teacher: risk over the number of inputs, limits of gradient flow, deep students, starts off the span.

Risk shards, one an input law: all prefixes of a data set in one pass, thousands of data sets, a learner of hard labels beside; on
laws that spread, each student is tried on fresh inputs of its own, on finite laws on every point.  The `witness` law is the one
of the refutation.  Flow shards, one a number of inputs: an adaptive integration, plain gradient descent, a start off the data span, and
deep students whose layers are integrated one by one.  Angles are unsigned; the chances `tail` belong to the law, not to a student.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, final

import torch

from gpu_validation import counter
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from gpu_validation.linear import flow
from gpu_validation.linear.inputs import Law, law
from gpu_validation.linear.students import errors, hard_label, projections
from gpu_validation.measures import moments

STREAM_X, STREAM_W, STREAM_START, STREAM_UNIT = 300, 301, 302, 303


@final
@dataclass(frozen=True)
class Config:
    """`counts` are numbers of inputs in `dimension` directions; `flow_counts` in `flow_dimension`."""

    laws: tuple[str, ...] = ("gaussian", "root-tail", "linear-tail", "square-tail", "margin", "digits", "witness")
    dimension: int = 16
    counts: tuple[int, ...] = (1, 2, 3, 4, 6, 8, 11, 14, 16, 20)
    digit_counts: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 48, 64, 96)
    replicas: int = 4096
    digit_replicas: int = 512
    fresh: int = 64
    hard_replicas: int = 128
    hard_steps: int = 300
    angles: int = 60
    flow_dimension: int = 8
    flow_counts: tuple[int, ...] = (2, 5, 8, 12)
    flow_replicas: int = 64
    horizon: float = 1000.0
    depths: tuple[int, ...] = (2, 3, 4, 5)
    width: int = 4
    tolerance: float = 1e-9
    deep_replicas: int = 12
    deep_start: float = 0.05
    chunk: int = 1024


def shards(config: Config) -> tuple[Shard, ...]:
    risk = [Shard(name, (4000 + place,), {"law": name}) for place, name in enumerate(config.laws)]
    return (*risk, *(Shard(f"flow-{n}", (5000 + n,), {"inputs": n}) for n in config.flow_counts))


def _chunks(config: Config, replicas: int, seed: int, device: torch.device) -> list[torch.Tensor]:
    rows = torch.arange(replicas, device=device) + (seed << 24)
    return list(rows.split(config.chunk))


def _grid(found: Law, angles: int) -> dict[str, Any]:
    """Chances of an angle of at least beta and of at least pi/2 - beta, over a grid of beta."""
    beta = torch.linspace(0, math.pi / 2, angles, dtype=torch.float64, device=found.teacher.device)
    return {"beta": beta, "tail": found.tail(beta), "tail_beside": found.tail(math.pi / 2 - beta), "widest": found.widest,
            "exponent": found.exponent, "tail_beside_widest": found.tail(torch.full_like(beta[:1], math.pi / 2 - found.widest))[0]}


def _risks(config: Config, found: Law, seed: int, context: Context) -> dict[str, Any]:
    counts = {"digits": config.digit_counts, "witness": (1, 2)}.get(found.name, config.counts)
    replicas = config.digit_replicas if found.name == "digits" else config.replicas
    places = [n - 1 for n in counts]
    gathered: dict[str, list[torch.Tensor]] = {"risk": [], "distance": [], "angle": []}
    growth = turn = -math.inf
    for seeds in _chunks(config, replicas, seed, context.device):
        students = projections(found.draw(seeds, max(counts), 0), found.teacher)
        size = students.norm(dim=-1)
        distance = (found.teacher - students).norm(dim=-1)
        growth = max(growth, float((distance[:, 1:] - distance[:, :-1]).max()))
        turn = max(turn, float((size[:, :-1] - size[:, 1:]).max()))
        fresh = found.points if found.points is not None else found.draw(seeds, config.fresh, 1)
        gathered["risk"].append(torch.stack([errors(students[:, place], found.teacher, fresh) for place in places], 1))
        gathered["distance"].append(distance[:, places])
        gathered["angle"].append((size[:, places] / found.teacher.norm()).clamp(max=1).acos())
    measured = {name: torch.cat(parts) for name, parts in gathered.items()}
    rises = (measured["risk"][:, 1:] > measured["risk"][:, :-1]).double().mean(0)
    hard_seeds = torch.arange(min(replicas, config.hard_replicas), device=context.device) + (seed << 24)
    hard_data = found.draw(hard_seeds, max(counts), 0)
    hard_fresh = found.points if found.points is not None else found.draw(hard_seeds, config.fresh, 1)
    cells = []
    for place, n in enumerate(counts):
        hard = hard_label(hard_data[:, :n], found.teacher, steps=config.hard_steps)
        cells.append({"n": n, **{name: moments(values[:, place]) for name, values in measured.items()},
                      "hard_label": moments(errors(hard, found.teacher, hard_fresh)),
                      "risk_rises": rises[place - 1] if place else 0.0})
    steps = [{"n": [counts[k], counts[k + 1]], **moments(measured["risk"][:, k + 1] - measured["risk"][:, k])} for k in range(len(counts) - 1)]
    return {"law": found.name, "dimension": len(found.teacher), "cells": cells, "risk_steps": steps, "geometry": _grid(found, config.angles),
            "largest_growth": growth, "largest_turn": turn, "teacher_norm": found.teacher.norm()}


def _shaped(config: Config, n: int, seeds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs in general position whose singular values lie between 1 and 2, times the root of n, and teachers of norm 1."""
    d = config.flow_dimension
    u, s, v = torch.linalg.svd(counter.normal(seeds, STREAM_X, n * d).view(-1, n, d), full_matrices=False)
    shaped = 1 + torch.linspace(0, 1, s.shape[1], dtype=torch.float64, device=s.device)
    teacher = counter.normal(seeds, STREAM_W, d)
    return n**0.5 * (u * shaped) @ v, teacher / teacher.norm(dim=1, keepdim=True)


def _projector(data: torch.Tensor) -> torch.Tensor:
    """(R, d, d): the projection on the span of the inputs."""
    return torch.linalg.pinv(data) @ data


def _flows(config: Config, n: int, seed: int, context: Context) -> dict[str, Any]:
    seeds = torch.arange(config.flow_replicas, device=context.device) + (seed << 24)
    data, teacher = _shaped(config, n, seeds)
    span = _projector(data)
    seen = torch.einsum("rde,re->rd", span, teacher)
    off = counter.normal(seeds, STREAM_START, config.flow_dimension) / 2
    off = off - torch.einsum("rde,re->rd", span, off)
    times = [config.horizon * share for share in (0.001, 0.01, 0.1, 0.4, 1.0)]

    def field(state: flow.State) -> flow.State:
        return (torch.stack([-flow.residual_pull(data, teacher, student) for student in state[0]]),)

    starts = torch.stack([torch.zeros_like(teacher), off])
    path = torch.stack([state[0] for state in flow.integrate(field, (starts,), times, tolerance=config.tolerance)])
    goals = torch.stack([seen, seen + off])
    descended = torch.zeros_like(teacher)
    rate = 1 / torch.linalg.matrix_norm(data, 2).square().max()
    for _ in range(math.ceil(config.horizon / (4 * n * float(rate)))):
        descended = descended - 4 * n * rate * flow.residual_pull(data, teacher, descended)
    inverse = torch.linalg.pinv(data)
    rows = data.square().sum(2)
    start_distance = (starts - goals).square().sum(2)
    largest = 2 * torch.maximum((rows * start_distance[0, :, None]).amax(1).sqrt(), torch.einsum("rnd,rd->rn", data, teacher).abs().amax(1))
    excess = (path[-1, 1] - teacher).square().sum(1) - (seen - teacher).square().sum(1) - off.square().sum(1)
    return {
        "n": n, "d": config.flow_dimension, "times": times, "start": start_distance[0], "squared_distance": (path[:, 0] - seen).square().sum(2),
        "beta": inverse.square().sum((1, 2)), "R": largest,
        "end": (path[-1] - goals).norm(dim=2) / seen.norm(dim=1), "descent_end": (descended - seen).norm(dim=1) / seen.norm(dim=1),
        "off_span": off.square().sum(1), "excess": moments(excess), "unseen": (teacher - seen).square().sum(1),
    }


def _deep(config: Config, n: int, depth: int, seed: int, context: Context) -> dict[str, Any]:
    seeds = torch.arange(config.deep_replicas, device=context.device) + (seed << 24) + (depth << 16)
    data, teacher = _shaped(config, n, seeds)
    span = _projector(data)
    start = counter.normal(seeds, STREAM_START, config.flow_dimension)
    start = config.deep_start * start / start.norm(dim=1, keepdim=True)
    units = counter.normal(seeds, STREAM_UNIT, (depth - 1) * config.width).view(-1, depth - 1, config.width)
    layers = flow.balanced(start, depth, config.width, units)
    times = [config.horizon * share / 3 for share in (0.001, 0.01, 0.1, 0.3, 1.0)]
    path = flow.integrate(flow.deep_field(data, teacher), layers, times, tolerance=config.tolerance)
    students = torch.stack([start, *map(flow.product, path)])
    seen = torch.einsum("rde,tre->trd", span, students)
    hidden = (students - seen).square().sum(2)
    goal = torch.einsum("rde,re->rd", span, teacher)
    return {"depth": depth, "n": n, "times": [0.0, *times], "hidden": hidden, "seen": seen.square().sum(2),
            "to_projection": (seen - goal).square().sum(2), "distance": (students - goal).square().sum(2), "goal": goal.square().sum(1)}


def run(config: Config, shard: Shard, context: Context) -> Outcome:
    """One law, or one number of inputs of a flow."""
    seed = shard.seeds[0]
    if "law" in shard.cell:
        found = law(str(shard.cell["law"]), config.dimension, context.device)
        measured = _risks(config, found, seed, context)
        return Outcome({"risk": measured}, students=len(measured["cells"]) * (config.replicas + config.hard_replicas))
    n = int(shard.cell["inputs"])
    deep = [_deep(config, n, depth, seed, context) for depth in config.depths] if n < config.flow_dimension else []
    return Outcome({"flow": _flows(config, n, seed, context), "deep": deep}, students=3 * config.flow_replicas + config.deep_replicas * len(deep))


LABELS = ("lin:limit", "lin:deep", "lin:risk", "lin:margin", "lin:polynomial", "lin:monotone", "lin:bias", "lin:monotone-risk")
PROFILES = {
    "quick": Config(),
    "full": Config(dimension=64, counts=(1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 80), replicas=262144, digit_replicas=65536, fresh=256,
                   hard_replicas=4096, hard_steps=4000, flow_replicas=1024, deep_replicas=256),
}
EXPERIMENT = Experiment("linear_transfer", LABELS, PROFILES, shards, run)
