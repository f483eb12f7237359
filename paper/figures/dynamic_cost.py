"""Distilling the node update against distilling the unrolled programme."""

from __future__ import annotations

from typing import Any

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels
from theorems.chapters import find

ROUTES = (("global", "the unrolled programme", SERIES[1]), ("local", "the node update", SERIES[0]))


def draw(given: Given) -> Any:
    figure, (count, time, right) = panels(3, width=7.0, height=2.9)
    routes = [r for r in given.fullest("dynamic_programmes") if "global" in r.measurements["results"]]
    for place, record in enumerate(routes):
        results, parts = record.measurements["results"], record.measurements["timing"].get("parts", {})
        for key, name, series in ROUTES:
            rows = results[key]
            for field, noun, look in (("probes", "probes fitted", {}), ("clauses", "clauses in all", {"fillstyle": "none", "linewidth": 0.7})):
                label = f"{name}: {noun}" if place == 0 else None
                count.plot([row["nodes"] for row in rows], [row[field] for row in rows], **series.both(**look), label=label)
            timed = [(row["nodes"], parts[f"{key}/{j}/seconds"]) for j, row in enumerate(rows) if f"{key}/{j}/seconds" in parts]
            time.plot([nodes for nodes, _ in timed], [seconds for _, seconds in timed], **series.both())
    nodes = sorted({row["nodes"] for r in routes for row in r.measurements["results"]["global"]})
    for axes, label, title in ((count, "count", "Cost of distilling"), (time, "seconds", "Time to distil")):
        axes.set(yscale="log", xlabel="nodes of the graph", ylabel=label, title=title)
        axes.set_xticks(nodes)
    _answers(right, given)
    figure.legend(*count.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


def _answers(axes: Any, given: Given) -> None:
    """Graphs answered, one column a task; its runs stand beside one another."""
    runs = [r for r in given.fullest("dynamic_programmes") if "distilled" in r.measurements["results"]]
    tasks = sorted({r.config["shard"]["cell"]["task"] for r in runs})
    for place, task in enumerate(tasks):
        own = [r.measurements["results"] for r in runs if r.config["shard"]["cell"]["task"] == task]
        for turn, results in enumerate(own):
            for key, series, side in (("source", SERIES[1], -1), ("distilled", SERIES[0], 1)):
                for j, row in enumerate(results[key]):
                    share = row["graph"]["matches"] / row["graph"]["inputs"]
                    low, high = row["graph"]["interval"]
                    axes.errorbar(
                        place + side * (0.08 + 0.1 * j) + 0.08 * (turn + 0.5 - len(own) / 2) / len(own), share,
                        [[share - low], [max(high - share, 0)]], capsize=2, **series.points(fillstyle="full" if j == 0 else "none"),
                        label=f"{'network' if key == 'source' else 'distilled'}, {row['nodes']} nodes" if place == turn == 0 else None,
                    )
    published = float(find("dp:experiment").claim.conclusion.right)
    axes.axhline(published, **REFERENCE)
    axes.text(len(tasks) - 0.55, published - 0.02, "published", ha="right", va="top", fontsize=7)
    axes.set_xticks(range(len(tasks)), [task.replace("_", " ") for task in tasks], rotation=18, ha="right", rotation_mode="anchor")
    axes.set(ylim=(-0.05, 1.08), ylabel="graphs answered correctly", title="Trained small, run on larger")
    axes.legend(loc="center left")


FIGURE = Figure(
    "Dynamic programmes",
    "Left and middle: distilling the unrolled programme costs more with every node, distilling the node update does not. Right: fraction of graphs "
    "answered correctly in every node, on the training size (filled) and on larger graphs with more rounds (open).",
    ("dp:unrolling", "dp:local", "dp:generalises", "dp:experiment"), draw, experiments=("dynamic_programmes",),
)
