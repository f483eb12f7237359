"""Rules for `joint:*`: the bounds are the right sides of the claims themselves, with measured numbers in the place of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from numerics.judge import Comparison
from numerics.judge_linear import compiled
from numerics.judge_rules import Rule, _place, _results
from theorems.evidence import Record
from theorems.joint import _setting, bound, divergence, frozen_head, losses
from theorems.joint._setting import DISTANCE, K, error, f, g, h, k, s, t

BOUND = compiled(bound.BOUND, {"teacher": error(h, t, g), "ideal_s": error(k, s, f), "ideal_t": error(k, t, g), "K": K, "distance": DISTANCE})
FROZEN = compiled(frozen_head.FROZEN.right, {"K": K, "distance": DISTANCE})
FEATURES = compiled(losses.FEATURES.right, {"K": K, "matching": losses.MATCHING})
REGRESSION = compiled(frozen_head.REGRESSION.right, {"outputs": frozen_head.OUTPUTS})
OWN = compiled(losses.OWN.right, {"teacher": error(h, t, f), "outputs": frozen_head.OUTPUTS, "heads": losses.DISAGREEMENT})
JENSEN = compiled(losses.JENSEN.right, {"matching": _setting.mean(lambda x: losses.e[x] ** 2)})
CLASSICAL = compiled(divergence.CONCLUSION.right, {
    "teacher": divergence.error(divergence.first, 1), "ideal_s": divergence.error(divergence.second, 0),
    "ideal_t": divergence.error(divergence.second, 1), "D": divergence.D})


def _runs(record: Record) -> Iterator[tuple[str, Any]]:
    """Every replica of every loss as a dictionary of numbers."""
    for run in _results(record)["runs"]:
        for row in range(len(run["distance"])):
            yield _place(record, run["loss"], f"replica {row}"), _row(run, row)


def _row(value: Any, row: int) -> Any:
    if isinstance(value, dict):
        return {name: _row(entry, row) for name, entry in value.items()}
    if isinstance(value, list):
        return [_row(entry, row) for entry in value] if value and isinstance(value[0], list) else value[row]
    return value


def _gap(run: Any) -> float:
    """|error of the frozen head on the student - on the teacher|."""
    student, teacher = run["errors"]["teacher"]
    return abs(student - teacher)


def _bound(record: Record) -> Iterator[Comparison]:
    for where, run in _runs(record):
        student, teacher = run["errors"]["teacher"]
        ideal_s, ideal_t = run["errors"]["joint"]
        constant = max(run["lipschitz"]["teacher"], run["lipschitz"]["joint"])
        right = BOUND(teacher=teacher, ideal_s=ideal_s, ideal_t=ideal_t, K=constant, distance=run["distance"])
        yield Comparison("joint:bound", where, student, "<=", right)


def _frozen(label: str) -> Any:
    def compare(record: Record) -> Iterator[Comparison]:
        for where, run in _runs(record):
            yield Comparison(label, where, _gap(run), "<=", FROZEN(K=run["lipschitz"]["teacher"], distance=run["distance"]))

    return compare


def _divergence(record: Record) -> Iterator[Comparison]:
    """The class holds the heads of the run; D is the largest gap of their disagreements."""
    for where, run in _runs(record):
        widest = max([0.0, *(student - teacher for student, teacher in run["disagreements"].values())])
        for one, (student, teacher) in run["errors"].items():
            for other, (ideal_s, ideal_t) in run["errors"].items():
                right = CLASSICAL(teacher=teacher, ideal_s=ideal_s, ideal_t=ideal_t, D=widest)
                yield Comparison("joint:divergence", f"{where} {one} through {other}", student, "<=", right)


def _losses(record: Record) -> Iterator[Comparison]:
    label = "joint:losses"
    for where, run in _runs(record):
        constant, matching, outputs = run["lipschitz"]["teacher"], run["matching"], run["regression"]
        yield Comparison(label, where + " Jensen", run["distance"], "<=", JENSEN(matching=matching))
        yield Comparison(label, where + " features", _gap(run), "<=", FEATURES(K=constant, matching=matching))
        yield Comparison(label, where + " outputs", _gap(run), "<=", REGRESSION(outputs=outputs))
        for name, (student, _) in run["errors"].items():
            if name != "teacher":
                heads = run["disagreements"]["/".join(sorted((name, "teacher")))][0]
                right = OWN(teacher=run["errors"]["teacher"][1], outputs=outputs, heads=heads)
                yield Comparison(label, f"{where} {name} head", student, "<=", right)


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """Mean with a 95 % bootstrap interval over replicas."""
    draws = np.random.default_rng(0).integers(len(values), size=(2000, len(values)))
    low, high = np.quantile(values[draws].mean(1), [0.025, 0.975])
    return float(values.mean()), float(low), float(high)


def _deployed(run: Any) -> np.ndarray:
    """The student's error under the head that it would be used with."""
    return np.asarray(run["errors"]["own" if run["loss"] == "own" else "teacher"][0])


def _ranking(records: Sequence[Record]) -> str:
    """Losses from the least error to the largest, and how loose the two bounds on the gap are."""
    parts = []
    for record in records:
        runs = _results(record)["runs"]
        rows = sorted((interval(_deployed(run)), run["loss"]) for run in runs)
        order = ", ".join(f"{loss} {mean:.3f} [{low:.3f}, {high:.3f}]" for (mean, low, high), loss in rows)
        frozen = [run for run in runs if run["loss"] != "own"]
        gaps = [np.mean([_gap(_row(run, r)) for r in range(len(run["distance"]))]) for run in frozen]
        loose = [np.mean(np.multiply(run["lipschitz"]["teacher"], run["distance"])) / gap for run, gap in zip(frozen, gaps, strict=True)]
        tight = [np.mean(run["regression"]) / gap for run, gap in zip(frozen, gaps, strict=True)]
        parts.append(f"{record.config['shard']['name']}: error {order}; K E|z_s - z_t| is {min(loose):.3g} to {max(loose):.3g} times the gap, "
                     f"the distance of outputs {min(tight):.3g} to {max(tight):.3g} times")
    return "; ".join(parts)


RULES: dict[str, Rule] = {
    "joint:bound": Rule(_bound),
    "joint:frozen-head": Rule(_frozen("joint:frozen-head")),
    "joint:divergence": Rule(_divergence),
    "joint:losses": Rule(_losses),
    "joint:experiment": Rule(_frozen("joint:experiment"), _ranking),
}
