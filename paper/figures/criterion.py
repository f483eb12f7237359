"""The student-beats-teacher criterion as reported against the corrected one, on real pruned students."""

from __future__ import annotations

from typing import Any

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2)
    groups: dict[str, list[tuple[float, float, float]]] = {}
    for record in given.records["bias_variance"]:
        results = record.measurements["results"]
        teacher = results["teacher"]
        for cell in results["cells"]:
            gap = teacher["expected"] - cell["truth"]["expected"]
            stated, corrected = (teacher["variance"] - s["variance"] - (s["bias"] - teacher["bias"]) for s in (cell["target"], cell["truth"]))
            groups.setdefault(record.config["shard"]["name"].replace("-", ", "), []).append((stated, corrected, gap))
    for (name, rows), series in zip(groups.items(), SERIES, strict=False):
        stated, corrected, gaps = zip(*rows, strict=True)
        left.plot(stated, gaps, **series.points(markersize=4.5, fillstyle="none"), label=name)
        right.plot(corrected, gaps, **series.points(markersize=4.5, fillstyle="none"), label=name)
    low, high = left.get_xlim()
    bottom = min(gap for rows in groups.values() for *_, gap in rows) * 1.1
    left.axvspan(0, max(high, 0.08), 0, (0 - bottom) / (0.1 - bottom), color="#D55E00", alpha=0.15, linewidth=0)
    left.text(max(high, 0.08) * 0.97, bottom * 0.62, "criterion holds,\nstudent loses", ha="right", va="center", fontsize=7)
    left.set(xlim=(low, max(high, 0.08)))
    ends = right.get_xlim()
    right.plot(ends, ends, **REFERENCE)
    for panel, title in ((left, "As reported (target in the bias)"), (right, "Corrected (truth in both biases)")):
        panel.axhline(0, color="black", linewidth=0.6)
        panel.axvline(0, color="black", linewidth=0.6)
        panel.set(ylim=(bottom, 0.1), xlabel="margin of the criterion", ylabel="risk of teacher − risk of student", title=title)
    right.legend(loc="upper left")
    return figure


FIGURE = Figure(
    "The criterion on real students",
    "Each mark is a cell of pruned students (sparsity and temperature). Left: the criterion as reported promises a gain in the "
    "shaded quadrant where students in fact lose. Right: with both biases taken against the truth the margin equals the gain.",
    ("bv:criterion", "bv:criterion-as-stated"), draw, experiments=("bias_variance",),
)
