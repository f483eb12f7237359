"""Excess risks of dense teacher, sparse student and distilled student: closed forms, measurements, triple point."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels

KINDS = (("dense", "dense teacher"), ("distilled", "distilled sparse student"), ("sparse", "sparse student, trained directly"))


def draw(given: Given) -> Any:
    found = sorted(given.results("linear_gaussian"), key=lambda result: result["n"])
    figure, axes = panels(len(found), squeeze=False)
    for result, panel in zip(found, axes[0], strict=True):
        ratios = np.array([cell["ratio"] for cell in result["cells"]])
        per_ratio = next(cell["r"] / cell["ratio"] for cell in result["cells"] if cell["ratio"])
        grid = np.linspace(0, ratios.max() * 1.05, 60)
        for (kind, name), series in zip(KINDS, SERIES, strict=False):
            shared = {key: result[key] for key in ("n", "d", "s", "s2")}
            theory = [given.formulas[f"bv:linear-{kind}"](r=x * per_ratio, **shared) for x in grid]
            panel.plot(grid, theory, **series.line(), label=name)
            means = [cell[kind]["mean"] for cell in result["cells"]]
            errors = [1.96 * cell[kind]["deviation"] / cell[kind]["count"] ** 0.5 for cell in result["cells"]]
            panel.errorbar(ratios, means, errors, **series.points(markersize=4), capsize=2)
        panel.axvline(1, **REFERENCE)
        panel.annotate("triple point", (1, 0.02), (3, 0), xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=7)
        panel.set(xlabel=r"$(r/\sigma^2)\,/\,((d-s)/(n-d-1))$", ylabel="excess risk", ylim=(0, None),
                  title=f"n = {result['n']}, d = {result['d']}, s = {result['s']}")
    axes[0][0].legend(loc="upper left")
    return figure


FIGURE = Figure(
    "Bias-variance trade-off and the triple point",
    "Lines are the proved closed forms, marks the means of measured students with 95 % intervals. The distilled sparse student "
    "beats its dense teacher exactly left of the triple point, where training the sparse student directly beats distilling.",
    ("bv:triple-point", "bv:linear-dense", "bv:linear-sparse", "bv:linear-distilled"), draw, experiments=("linear_gaussian",),
    formulas=("bv:linear-dense", "bv:linear-sparse", "bv:linear-distilled"),
)
