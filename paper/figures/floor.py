"""The U-shaped floor: a cost per stage makes more stages hurt beyond an explicit number."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from paper.figure import Figure, Given
from paper.style import SERIES, panels, plain_log_ticks

n, length, floor = sp.symbols("n L delta", positive=True)
TOTAL = length**2 / n + n * floor
(BEST,) = sp.solve(sp.diff(TOTAL, n), n)
FLOORS = (0.0, 0.002, 0.01, 0.05)
LENGTH = 1.0


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2)
    total, best = sp.lambdify((n, length, floor), TOTAL), sp.lambdify((length, floor), BEST)
    grid = np.geomspace(1, 40, 120)
    for delta, series in zip(FLOORS, SERIES, strict=False):
        left.plot(grid, total(grid, LENGTH, delta), **series.line(), label=rf"$\delta$ = {delta:g}")
        if delta:
            least = best(LENGTH, delta)
            left.plot(least, total(least, LENGTH, delta), marker="*", markersize=9, markerfacecolor="white", color=series.colour)
    left.set(xscale="log", yscale="log", xlabel="stages n", ylabel=r"$L^2/n + n\,\delta$", title="Bound with a floor per stage")
    plain_log_ticks(left)
    left.legend(loc="lower left")
    looks = iter(SERIES)
    for record in given.records["stages"]:
        results = record.measurements["results"]
        counts = [path["n"] for path in results["paths"]]
        for mode in ("previous", "original"):
            runs = np.array([[sum(run["steps"]) for run in path["runs"] if run["mode"] == mode] for path in results["paths"]])
            means, errors = runs.mean(1), 1.96 * runs.std(1, ddof=1) / runs.shape[1] ** 0.5
            series, low = next(looks), int(means.argmin())
            right.errorbar(counts, means, errors, **series.both(), capsize=2, label=f"{results['dataset']['name']}, {mode} teacher")
            right.plot(counts[low], means[low], marker="*", markersize=9, markerfacecolor="white", color=series.colour, zorder=5)
    right.set(xscale="log", yscale="log", xlabel="stages n", ylabel="sum of stage divergences (nats)", title="Measured")
    plain_log_ticks(right)
    right.set_xticks(counts, [str(count) for count in counts])
    right.legend(loc="upper left", bbox_to_anchor=(0.12, 1.0))
    return figure


FIGURE = Figure(
    "The floor",
    "Left: the bound with a floor per stage is least (stars) at a finite number of stages and rises beyond. Right: measured sums "
    "over the stages of real pruned students, 95 % intervals, least value starred: more stages cost more.",
    ("path:floor", "path:parameters"), draw, experiments=("stages",),
)
