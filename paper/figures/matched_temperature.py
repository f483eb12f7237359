"""Students of different operators, at equal temperature and at matched temperatures."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels

#: Below this a distance is rounding; it is drawn there.
ROUNDING = 1e-16
WORDS = {"equal_temperature": "equal T", "matched_entropy": "matched entropy"}


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2, height=2.9)
    bars = [(r["dataset"]["name"], key, r[key]) for r in given.results("operators") for key in WORDS]
    for place, (_, key, table) in enumerate(bars):
        between = np.array(table["between_operators"])
        pairs = between[np.triu_indices(len(between), 1)]
        series = SERIES[0] if key == "equal_temperature" else SERIES[2]
        left.plot(np.full(len(pairs), place) + np.linspace(-0.18, 0.18, len(pairs)), np.sort(pairs), **series.points(fillstyle="none"))
        left.plot([place - 0.35, place + 0.35], [np.mean(table["between_seeds"])] * 2, color="#D55E00", linewidth=1.6)
    left.set_xticks(range(len(bars)), [f"{name}\n{WORDS[key]}" for name, key, _ in bars])
    left.set(ylabel="total variation between students", title="Operators against seeds (bar)", ylim=(0, None))
    families = [row for r in given.results("operators") for row in r["families"]]
    names = list(dict.fromkeys(row["operator"] for row in families))
    for name, series in zip(names, SERIES[1:], strict=False):
        rows = [row for row in families if row["operator"] == name]
        place = names.index(name) + np.linspace(-0.25, 0.25, len(rows))
        for key in ("students_equal_temperature", "students_matched"):
            right.plot(place, np.sort([max(row[key], ROUNDING) for row in rows]), **series.points(markersize=3.2))
    right.set_xticks(range(len(names)), names)
    for height, words in ((2e-6, "at equal temperature, above"), (1e-13, "at the matched temperature, below")):
        right.text((len(names) - 1) / 2, height, words, ha="center", fontsize=7)
    right.set(yscale="log", ylim=(ROUNDING / 5, 2), ylabel="distance of students from power's", title="One moment matched: same student")
    return figure


FIGURE = Figure(
    "Matched-temperature equivalence",
    "Left: total variation between students of different operators (marks, one per pair) against the distance between seeds (bar); "
    "matching the entropy of the targets removes most of the difference. Right: in a one-feature exponential family the students at "
    "the matched temperature agree to rounding, as proved, while at equal temperature they differ.",
    ("eq:matched-temperature", "eq:moments"), draw, experiments=("operators",),
)
