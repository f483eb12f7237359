"""Extracting a tree from a network against learning one from labelled examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import SERIES, panels

LEARNERS = {"distilled": "distilled from the network", "cart": "CART, same size", "cart_unlimited": "CART, any size", "boosted": "boosted trees"}


def draw(given: Given) -> Any:
    with_learners = [r.measurements["results"] for r in given.fullest("tree_extraction") if "learners" in r.measurements["results"]]
    depths = sorted({result["hidden"]["depth"] for result in with_learners})
    figure, axes = panels(len(depths), width=7.0, height=2.5, sharey=True, squeeze=False)
    for depth, panel in zip(depths, axes[0], strict=True):
        for (learner, name), series in zip(LEARNERS.items(), SERIES, strict=False):
            rows = [row for result in with_learners if result["hidden"]["depth"] == depth for row in result["learners"] if row["learner"] == learner]
            examples = sorted({row["examples"] for row in rows})
            means = [np.mean([row["correct"] for row in rows if row["examples"] == count]) for count in examples]
            panel.plot(examples, means, **series.both(), label=name)
        panel.set(xscale="log", xlabel="examples", title=f"hidden tree of depth {depth}", ylim=(0.5, 1.02))
    axes[0][0].set_ylabel("inputs labelled correctly")
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure


FIGURE = Figure(
    "Distilling a tree against learning it",
    "Accuracy of the tree extracted from the network with the given number of inputs, and of trees learned from as many labelled "
    "examples. Means over networks; the network itself was trained on many more examples, which the comparison leaves out.",
    ("tree:cheaper",), draw, experiments=("tree_extraction",),
)
