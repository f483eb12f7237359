"""Monotonicity: the distance to the teacher never grows with the data, the risk can."""

from __future__ import annotations

from typing import Any

from paper.figure import Figure, Given
from paper.style import SERIES, panels

LAWS = (("gaussian", "Gaussian inputs"), ("digits", "two handwritten digits"), ("witness", "three inputs of the refutation"))


def draw(given: Given) -> Any:
    found = {result["risk"]["law"]: result["risk"] for result in given.results("linear_transfer") if "risk" in result}
    figure, (left, right) = panels(2, width=7.0, height=2.6)
    for (law, name), series in zip(LAWS, SERIES, strict=False):
        cells, norm = found[law]["cells"], found[law]["teacher_norm"]
        counts = [cell["n"] for cell in cells]
        left.plot(counts, [cell["distance"]["mean"] / norm for cell in cells], **series.both(markersize=3), label=name)
        errors = [1.96 * cell["risk"]["deviation"] / cell["risk"]["count"] ** 0.5 for cell in cells]
        right.errorbar(counts, [cell["risk"]["mean"] for cell in cells], errors, **series.both(markersize=3), capsize=1.5, label=name)
    left.set(xscale="log", xlabel="inputs n", ylabel="relative distance to the teacher", ylim=(0, None), title="Distance: never grows")
    right.set(xscale="log", xlabel="inputs n", ylabel="mean risk", ylim=(0, None), title="Risk: grows under one law")
    right.legend(loc="upper right")
    return figure


FIGURE = Figure(
    "Monotonicity",
    "Left: the distance of the student to the teacher, which never grows in any nested data set. Right: the mean risk with 95 % intervals; "
    "under the law of three inputs it is zero for one input and positive for two, which refutes that more data never raise the risk.",
    ("lin:monotone", "lin:monotone-risk", "lin:monotone-risk/mean"), draw, experiments=("linear_transfer",),
)
