"""Where operators take three laws on the simplex of three classes as the temperature rises from 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 3**0.5 / 2]])
STARTS = ((0.90, 0.08, 0.02), (0.15, 0.83, 0.02), (0.20, 0.02, 0.78))
TEMPERATURES = 1 + np.concatenate([[0.0], np.geomspace(1e-3, 1e5, 400)])
NAMES = ("power", "mixing", "tsallis(3/2)", "logit", "reciprocal")
LABELS = {"tsallis(3/2)": "Tsallis 3/2"}


def planar(laws: Any) -> Any:
    """Barycentric coordinates (..., 3) as points of the plane (..., 2)."""
    return np.asarray(laws) @ CORNERS


def draw(given: Given) -> Any:
    figure, axes = panels(1, width=4.6, height=3.9)
    frame(axes)
    for name, series in zip(NAMES, SERIES, strict=False):
        for start in STARTS:
            path = planar([given.operators[name](np.array(start), float(t)) for t in TEMPERATURES])
            axes.plot(*path.T, **series.line(), label=LABELS.get(name, name) if start is STARTS[0] else None)
            mark = planar(given.operators[name](np.array(start), 2.0))
            axes.plot(*mark, **series.points(markersize=4.2))
    axes.plot(*planar(STARTS).T, marker="o", markersize=7, markerfacecolor="white", color="black", linestyle="none")
    axes.legend(loc="upper left", bbox_to_anchor=(-0.08, 1.0))
    return figure


def frame(axes: Any) -> None:
    """The triangle, its thirds and the names of its corners; no rectangular frame."""
    axes.set_aspect("equal")
    axes.axis("off")
    axes.plot(*np.vstack([CORNERS, CORNERS[:1]]).T, color="black", linewidth=0.9)
    for level in np.arange(1, 5) / 5:
        for turn in range(3):
            ends = np.roll([[level, 1 - level, 0], [level, 0, 1 - level]], turn, axis=1)
            axes.plot(*planar(ends).T, color="#E4E4E4", linewidth=0.5, zorder=0)
    for corner, text, shift in zip(CORNERS, ("class 1", "class 2", "class 3"), ((-0.02, -0.05), (0.02, -0.05), (0.0, 0.03)), strict=True):
        axes.text(*(corner + shift), text, ha="center", va="center")
    axes.plot(*planar([1 / 3] * 3), marker="+", color="black", markersize=9)
    axes.annotate("uniform", planar([1 / 3] * 3), (9, 1), textcoords="offset points", fontsize=7)


FIGURE = Figure(
    "Operator paths on the simplex",
    "Three laws (circles) softened by five legal operators from temperature one upwards; marks show temperature two. "
    "All paths end in the uniform law, but along different curves, so the families are not reparametrisations of each other.",
    ("op:non-uniqueness", "op:power", "op:mixing"), draw, operators=NAMES,
)
