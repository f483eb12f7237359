"""Softening amplifies top-k truncation: mass outside the k likeliest classes, before and after softening."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels


def draw(given: Given) -> Any:
    sources = [*given.records["access"], *given.records["language"]]
    figure, axes = panels(len(sources), height=2.6, squeeze=False, sharey=True)
    for record, panel in zip(sources, axes[0], strict=True):
        sides = record.measurements["results"]["sides"]
        k = sorted({row["k"] for row in sides["truncation"]})[1]
        rows = sorted((row for row in sides["truncation"] if row["k"] == k), key=lambda row: row["temperature"])
        for row, series in zip(rows, SERIES, strict=False):
            outside, t = np.array(row["outside"]), row["temperature"]
            panel.plot(outside, row["softened_outside"], **series.points(fillstyle="none"), label=f"T = {t:g}")
            grid = np.geomspace(max(outside.min(), 1e-9) / 2, min(outside.max() * 2, 0.99), 60)
            bound = [given.formulas["access:topk-softened"](rho=x, V=sides["classes"], k=k, T=t) for x in grid]
            panel.plot(grid, bound, **series.line(linewidth=1))
        panel.axline((1e-3, 1e-3), (1e-2, 1e-2), **REFERENCE)
        title = f"{record.config['shard']['name']}: V = {sides['classes']}, k = {k}"
        panel.set(xscale="log", yscale="log", xlabel="mass outside the top k", title=title)
    axes[0][0].set_ylabel("softened mass outside")
    axes[0][0].legend(loc="lower right")
    return figure


FIGURE = Figure(
    "Softening amplifies truncation",
    "Mass outside the k likeliest classes of real teachers before softening (horizontal) and after (vertical): marks are measured, "
    "lines are the proved bound, the dotted diagonal is no softening.",
    ("access:topk-softened", "access:topk"), draw, experiments=("access", "language"), formulas=("access:topk-softened",),
)
