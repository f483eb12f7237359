"""Optimisation bias: what stays of the start off the data span, for shallow and deep linear students along their flow."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels

#: Below this share a distance is the integrator's error; it is drawn there.
ROUNDING = 1e-9


def draw(given: Given) -> Any:
    found = sorted((result for result in given.results("linear_transfer") if result.get("deep")), key=lambda result: result["flow"]["n"])
    figure, axes = panels(len(found), squeeze=False, width=7.0, height=2.6)
    for result, panel in zip(found, axes[0], strict=True):
        flow = result["flow"]
        start = np.sqrt(np.array(flow["start"]))
        path = np.sqrt(np.array(flow["squared_distance"])) / start
        panel.plot(flow["times"], np.maximum(path.mean(1), ROUNDING), **SERIES[0].both(markersize=3), label="one layer, start at 0")
        for series, run in zip(SERIES[1:], result["deep"], strict=False):
            share = np.sqrt(np.array(run["distance"])) / np.sqrt(np.array(run["goal"]))
            panel.plot(run["times"][1:], share.mean(1)[1:], **series.both(markersize=3), label=f"{run['depth']} layers, small start")
        panel.set(xscale="log", yscale="log", xlabel="time", ylabel="distance to the projection", ylim=(ROUNDING / 3, 3),
                  title=f"n = {flow['n']} inputs, d = {flow['d']}")
    axes[0][0].legend(loc="lower left")
    return figure


FIGURE = Figure(
    "Optimisation bias",
    "Distance of the student from the projection of the teacher on the data span, relative to the projection, along integrated gradient flows "
    "and averaged over data sets. One layer from zero arrives at the projection; deep students from a small balanced start keep a part off "
    "the span that their conservation law fixes.",
    ("lin:limit", "lin:deep", "lin:deep/near", "lin:bias"), draw, experiments=("linear_transfer",),
)
