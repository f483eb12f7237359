"""Risk of linear students against the number of inputs, the proved bound, and a learner of hard labels beside."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.judge_linear import best_bound
from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels

LAWS = {"gaussian": "Gaussian inputs", "root-tail": "power law of angles", "margin": "margin", "digits": "digits"}


def draw(given: Given) -> Any:
    figure, axes = panels(len(LAWS), width=7.0, height=2.4, sharey=True)
    for (law, title), panel in zip(LAWS.items(), axes, strict=True):
        for results in given.results("linear_transfer", law=law):
            found = results["risk"]
            cells = [cell for cell in found["cells"] if cell["risk"]["mean"] > 0]
            counts = np.array([cell["n"] for cell in cells])
            panel.plot(counts, [min(best_bound(found["geometry"], count), 1) for count in counts], **SERIES[1].line(), label="bound")
            for kind, series, words in (("risk", SERIES[0], "distilled"), ("hard_label", SERIES[2], "hard labels")):
                means = np.array([cell[kind]["mean"] for cell in cells])
                errors = [1.96 * cell[kind]["deviation"] / cell[kind]["count"] ** 0.5 for cell in cells]
                panel.errorbar(counts, means, np.minimum(errors, means * 0.9), **series.both(linewidth=1), capsize=1.5, label=words)
            panel.axvline(found["dimension"], **REFERENCE)
        panel.set(xscale="log", yscale="log", xlabel="inputs n", title=title, ylim=(4e-4, 1.4))
    axes[0].set_ylabel("risk")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


FIGURE = Figure(
    "Linear transfer",
    "Mean risk of distilled linear students over many data sets, the proved bound at its best angle, and students of hard labels trained on as "
    "many inputs. At the dotted line the inputs span the space: the distilled student is the teacher and its risk is zero.",
    ("lin:risk", "lin:margin", "lin:polynomial", "lin:limit"), draw, experiments=("linear_transfer",),
)
