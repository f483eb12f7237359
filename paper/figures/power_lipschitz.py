"""Power has no global Lipschitz constant, and a Hölder bound of exponent 1/T."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels

TEMPERATURES = (1.5, 2.0, 4.0)
GAPS = np.geomspace(1e-8, 0.5, 60)


def draw(given: Given) -> Any:
    power = given.operators["power"]
    figure, (left, right) = panels(2)
    for t, series in zip(TEMPERATURES, SERIES, strict=False):
        corner = power(np.array([1.0, 0.0]), t)
        images = np.array([np.abs(power(np.array([1 - gap, gap]), t) - corner).sum() for gap in GAPS])
        left.plot(2 * GAPS, images / (2 * GAPS), **series.line(), label=f"T = {t:g}")
        right.plot(2 * GAPS, images, **series.line(), label=f"T = {t:g}")
        bound = [given.formulas["access:black-box"](V=2, T=t, epsilon=gap) for gap in GAPS]
        right.plot(2 * GAPS, bound, **series.line(linewidth=0.6))
    left.set(xscale="log", yscale="log", xlabel=r"$\|p-q\|_1$", title="No Lipschitz constant at a vertex",
             ylabel=r"$\|F_Tp-F_Tq\|_1\,/\,\|p-q\|_1$")
    right.set(xscale="log", yscale="log", xlabel=r"$\|p-q\|_1$", ylabel=r"$\|F_Tp-F_Tq\|_1$", title="Hölder: slope 1/T, bound (thin)")
    left.legend()
    right.legend(loc="lower right")
    return figure


FIGURE = Figure(
    "Lipschitz blow-up and Hölder exponent of power",
    "Two classes, p a vertex and q close to it. Left: the ratio of distances grows without bound as q approaches p. Right: the "
    "distance of the images falls with slope 1/T, below the Hölder bound (thin lines, same dashes).",
    ("op:power-not-lipschitz", "op:power-holder", "access:black-box"), draw, operators=("power",), formulas=("access:black-box",),
)
