"""Distilling the node update against distilling the unrolled programme."""

from __future__ import annotations

from typing import Any

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels
from theorems.chapters import find


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2)
    for result in given.results("dynamic_programmes", task="routes"):
        for key, name, series in (("global", "the unrolled programme", SERIES[1]), ("local", "the node update", SERIES[0])):
            nodes = [row["nodes"] for row in result[key]]
            left.plot(nodes, [row["probes"] for row in result[key]], **series.both(), label=f"{name}: probes fitted")
            left.plot(nodes, [row["clauses"] for row in result[key]], **series.both(fillstyle="none", linewidth=0.7), label=f"{name}: clauses in all")
        left.set_xticks(nodes)
    runs = [r for r in given.records["dynamic_programmes"] if "distilled" in r.measurements["results"]]
    for place, record in enumerate(runs):
        results = record.measurements["results"]
        for key, series, shift in (("source", SERIES[1], -0.15), ("distilled", SERIES[0], 0.15)):
            for j, row in enumerate(results[key]):
                share = row["graph"]["matches"] / row["graph"]["inputs"]
                low, high = row["graph"]["interval"]
                right.errorbar(place + shift + 0.08 * j, share, [[share - low], [max(high - share, 0)]], capsize=2,
                               **series.points(fillstyle="full" if j == 0 else "none"),
                               label=f"{'network' if key == 'source' else 'distilled update'}, {row['nodes']} nodes" if place == 0 else None)
    published = float(find("dp:experiment").claim.conclusion.right)
    right.axhline(published, **REFERENCE)
    right.text(len(runs) - 0.55, published - 0.02, "published", ha="right", va="top", fontsize=7)
    left.set(yscale="log", xlabel="nodes of the graph", ylabel="count", title="Cost of distilling")
    left.legend(loc="upper left")
    names = [r.config["shard"]["cell"]["task"].replace("_", " ") for r in runs]
    right.set_xticks(range(len(runs)), names, rotation=18, ha="right", rotation_mode="anchor")
    right.set(ylim=(-0.05, 1.08), ylabel="graphs answered correctly", title="Trained on small graphs, run on larger")
    right.legend(loc="center left")
    return figure


FIGURE = Figure(
    "Dynamic programmes",
    "Left: distilling the unrolled programme costs more with every node, distilling the node update does not. Right: fraction of graphs "
    "answered correctly in every node, on the training size (filled) and on larger graphs with more rounds (open).",
    ("dp:unrolling", "dp:local", "dp:generalises", "dp:experiment"), draw, experiments=("dynamic_programmes",),
)
