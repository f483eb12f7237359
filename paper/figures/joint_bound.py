"""Error gaps of students with a frozen teacher head against the bounds on them, for each loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.judge_joint import FROZEN, REGRESSION
from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels, plain_log_ticks

LOSSES = {"feature": "feature matching", "regression": "softmax regression", "both": "labels and features"}


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2, height=2.9)
    for record in given.records["joint_classifier"]:
        hollow = "none" if record.config["shard"]["cell"]["body"] == "perceptron" else "full"
        for run in record.measurements["results"]["runs"]:
            if run["loss"] not in LOSSES:
                continue
            series = SERIES[list(LOSSES).index(run["loss"])]
            student, teacher = map(np.array, run["errors"]["teacher"])
            gaps = np.abs(student - teacher)
            bounds = [FROZEN(K=k, distance=z) for k, z in zip(run["lipschitz"]["teacher"], run["distance"], strict=True)]
            left.plot(bounds, gaps, **series.points(fillstyle=hollow, markersize=3.6))
            outputs = [REGRESSION(outputs=distance) for distance in run["regression"]]
            right.plot(outputs, gaps, **series.points(fillstyle=hollow, markersize=3.6), label=LOSSES[run["loss"]] if hollow == "none" else None)
    for panel, words in ((left, r"$K\,\mathbb{E}\|z_s-z_t\|$"), (right, "distance of the outputs")):
        panel.axline((0.02, 0.02), (0.1, 0.1), **REFERENCE)
        panel.set(xscale="log", yscale="log", xlabel=words)
        plain_log_ticks(panel)
    left.set(ylabel="gap of the errors", title="Bound through the features")
    right.set(title="Bound through the outputs")
    right.legend(loc="lower right")
    return figure


FIGURE = Figure(
    "Joint classifier",
    "Students of a digit classifier that keep the teacher's head: measured gap of the errors against the bound through the distance of "
    "the features (left) and of the outputs (right). Every mark lies below the dotted line of equality; open marks are perceptrons, "
    "filled ones convolutions.",
    ("joint:frozen-head", "joint:losses", "joint:bound"), draw, experiments=("joint_classifier",),
)
