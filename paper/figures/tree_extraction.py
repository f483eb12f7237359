"""Trees extracted from networks: fraction correct and probes against the published run."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.judge import coverage
from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels


def rows(given: Given) -> list[tuple[int, int, float, int, Any]]:
    """(depth, k, fraction correct, probes, published) of every plain run of the fullest profile."""
    found = []
    for record in given.fullest("tree_extraction"):
        if record.config["shard"]["cell"]["case"] == "plain":
            results = record.measurements["results"]
            for row in results["top_k"]:
                correct = row["correct"]["matches"] / row["correct"]["inputs"]
                found.append((results["hidden"]["depth"], row["k"], correct, row["probes"], row["published"]))
    return found


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2)
    table = rows(given)
    depths = sorted({depth for depth, *_ in table})
    for depth, series in zip(depths, SERIES, strict=False):
        ks = sorted({k for d, k, *_ in table if d == depth})
        for shift, k in enumerate(ks):
            values = [correct for d, other, correct, *_ in table if (d, other) == (depth, k)]
            left.plot(np.full(len(values), shift) + 0.13 * (depth - depths[0]) - 0.13, values, **series.points(fillstyle="none"),
                      label=f"depth {depth}" if k == ks[0] else None)
            published = {row["correct"] for d, other, *_, row in table if (d, other) == (depth, k) and row}
            centre = shift + 0.13 * (depth - depths[0]) - 0.13
            for value in published:
                left.plot([centre - 0.06, centre + 0.06], [float(value)] * 2, color=series.colour, linewidth=2)
        ours = [(published["probes"], probes) for d, _, _, probes, published in table if d == depth and published]
        right.plot(*zip(*ours, strict=True), **series.points(fillstyle="none"), label=f"depth {depth}")
    left.set_xticks(range(len(ks)), [f"k = {k}" for k in ks])
    left.set(ylim=(0.7, 1.02), ylabel="inputs labelled correctly", title="Extracted trees (published: bars)")
    right.axline((1e3, 1e3), (1e4, 1e4), **REFERENCE)
    right.set(xscale="log", yscale="log", xlabel="probes, published run", ylabel="probes, measured here", title="Cost of the search")
    figure.supxlabel(coverage(given.fullest("tree_extraction")), fontsize=7)
    left.legend(loc="lower right")
    right.legend(loc="upper left")
    return figure


FIGURE = Figure(
    "Decision trees from networks",
    "Trees extracted from trained residual networks by the published algorithm, keeping the k best clauses per level: fraction of "
    "inputs labelled correctly (left) and linear probes fitted (right), each beside the published run.",
    ("tree:extraction", "tree:search-cost"), draw, experiments=("tree_extraction",),
)
