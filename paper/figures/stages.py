"""Stage sum, path length and end-to-end divergence against the number of stages."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels, plain_log_ticks

MODES = {"previous": "teacher: previous stage", "original": "teacher: the original"}


def quantities(run: Any, temperature: float) -> tuple[float, float, float, float]:
    """Sum of stage divergences, logit length, end-to-end divergence, and the sum's bound."""
    squares = np.array(run["squared_lengths"])
    return sum(run["steps"]), np.sqrt(squares).sum(), run["end_to_end"], squares.sum() / (8 * temperature**2)


def draw(given: Given) -> Any:
    figure, axes = panels(3, width=7.0, height=2.5)
    for j, result in enumerate(given.records["stages"]):
        results = result.measurements["results"]
        dataset = results["dataset"]["name"]
        for k, mode in enumerate(MODES):
            series, counts, rows = SERIES[2 * j + k], [], []
            for path in results["paths"]:
                runs = np.array([quantities(run, results["temperature"]) for run in path["runs"] if run["mode"] == mode])
                counts.append(path["n"])
                rows.append(np.stack([runs.mean(0), 1.96 * runs.std(0, ddof=1) / len(runs) ** 0.5]))
            means, errors = np.array(rows).transpose(1, 0, 2)
            for panel, column in zip(axes, range(3), strict=True):
                panel.errorbar(counts, means[:, column], errors[:, column], **series.both(markersize=3.2, linewidth=1.1), capsize=1.5,
                               label=f"{dataset}, {mode}")
    for panel, title, unit in zip(axes, ("Sum of stage divergences", "Path length", "End to end"), ("nats", "logits", "nats"), strict=True):
        panel.set(xscale="log", yscale="log", xlabel="stages n", ylabel=unit, title=title)
        plain_log_ticks(panel)
        panel.set_xticks(counts, [str(n) for n in counts])
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure


FIGURE = Figure(
    "Stages",
    "Real pruned students in n stages, taught by the previous stage or by the original teacher; means and 95 % intervals over seeds. "
    "The divergence from the first teacher to the last student does not fall like 1/n.",
    ("path:logit-length", "path:end-to-end", "path:hoeffding"), draw, experiments=("stages",),
)
