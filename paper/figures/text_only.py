"""A text-only teacher: the empirical law approaches the law, and power softens it with a bias that mixing does not have."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2)
    sources = [*given.records["access"], *given.records["language"]]
    for record, series in zip(sources, SERIES, strict=False):
        sides, name = record.measurements["results"]["sides"], record.config["shard"]["name"]
        tokens = [row["tokens"] for row in sides["sampling"]]
        left.plot(tokens, [max(row["tv_mean"]) for row in sides["sampling"]], **series.points(), label=f"{name}, V = {sides['classes']}")
        grid = np.geomspace(tokens[0], tokens[-1], 40)
        left.plot(grid, [given.formulas["access:text-rate"](V=sides["classes"], m=m) for m in grid], **series.line(linewidth=1))
        for operator, fill in (("power", "full"), ("mixing", "none")):
            bias = [np.abs(row[operator]["gap_mean"]).max() for row in sides["sampling"]]
            error = [np.max(np.abs(row[operator]["gap_deviation"])) / row["draws"] ** 0.5 for row in sides["sampling"]]
            right.errorbar(tokens, bias, error, **series.both(fillstyle=fill, linewidth=0.8), capsize=2, label=f"{name}, {operator}")
    left.set(xscale="log", yscale="log", xlabel="sampled tokens m", ylabel="total variation (worst law)", title="Distance of the sampled law, bound")
    right.set(xscale="log", yscale="symlog", xlabel="sampled tokens m", ylabel="largest bias of an entry", title="Bias of the softened sample")
    right.set_yscale("symlog", linthresh=0.02)
    right.set_ylim(0, 1)
    for panel in (left, right):
        panel.set_xticks(tokens, [str(m) for m in tokens])
        panel.minorticks_off()
        panel.legend()
    return figure


FIGURE = Figure(
    "Text-only teachers",
    "Left: distance of the empirical law of m sampled tokens from the teacher's law (marks) and the proved bound (lines). Right: bias "
    "of the softened empirical law; only operators that are affine in the law, such as mixing, are unbiased.",
    ("access:text-rate", "access:text-unbiased"), draw, experiments=("access", "language"), formulas=("access:text-rate",),
)
