"""The verdict on every axiom and property of every shipped operator and rogue."""

from __future__ import annotations

from typing import Any

from paper.figure import Figure, Given
from paper.style import VERDICTS, panels


def draw(given: Given) -> Any:
    reports = given.reports
    labels = list(next(iter(reports.values()))["verdicts"])
    figure, axes = panels(1, width=7.0, height=0.21 * len(reports) + 1.9)
    for row, report in enumerate(reports.values()):
        for column, label in enumerate(labels):
            verdict = report["verdicts"][label]["verdict"]
            shade, letter = VERDICTS[verdict]
            axes.add_patch(rectangle(column, row, shade))
            axes.text(column, row, letter, ha="center", va="center", fontsize=7.5, color="white" if verdict == "refuted" else "black")
    axes.set(xlim=(-0.5, len(labels) - 0.5), ylim=(len(reports) - 0.5, -0.5))
    axes.set_xticks(range(len(labels)), [label.split(":")[1] for label in labels], rotation=50, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(reports)), list(reports))
    axes.grid(False)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    seen = [v for v in VERDICTS if any(f["verdict"] == v for r in reports.values() for f in r["verdicts"].values())]
    axes.legend([rectangle(0, 0, VERDICTS[v][0]) for v in seen], [f"{VERDICTS[v][1]}  {v}" for v in seen], ncols=len(seen),
                loc="lower center", bbox_to_anchor=(0.44, 1.01), handlelength=1.2, columnspacing=1.2)
    return figure


def rectangle(column: int, row: int, shade: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=shade, edgecolor="#777777", linewidth=0.5)


FIGURE = Figure(
    "Axiom matrix",
    "The verdict on every axiom and property, for every shipped operator and every rogue. Black boxes can be refuted, supported or "
    "challenged, never proved.",
    ("op:power", "op:mixing", "op:tsallis", "op:logit", "op:reciprocal"), draw, every_report=True,
)
