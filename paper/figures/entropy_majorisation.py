"""Entropy against T, and the largest entry against T: A3 does not imply majorisation."""

from __future__ import annotations

from typing import Any

import numpy as np

from paper.figure import Figure, Given
from paper.style import REFERENCE, SERIES, panels

LAW = np.array([0.50, 0.42, 0.08])
SOFT = 1 + np.concatenate([[0.0], np.geomspace(1e-3, 9, 240)])
SHARP = np.concatenate([np.geomspace(0.1, 0.98, 90), SOFT])
NAMES = ("power", "mixing", "logit", "reciprocal")
ROGUE = "sharpening"


def entropy(laws: Any) -> Any:
    """Shannon entropy in nats along the last axis."""
    safe = np.where(laws > 0, laws, 1.0)
    return -(laws * np.log(safe)).sum(-1)


def draw(given: Given) -> Any:
    figure, (left, right) = panels(2, height=2.8)
    for name, series in zip((*NAMES, ROGUE), SERIES, strict=False):
        operator = given.operators[name]
        temperatures = SHARP if operator.domain.low == 0 else SOFT
        laws = np.array([operator(LAW, float(t)) for t in temperatures])
        left.plot(temperatures, entropy(laws), **series.line(), label=name)
    left.axhline(np.log(3), **REFERENCE)
    left.text(0.1, np.log(3), r"$\log 3$", va="bottom", fontsize=7)
    left.set(xscale="log", xlabel="temperature T", ylabel="entropy (nats)", title="Entropy of softened laws", ylim=(0, 1.25))
    left.legend(loc="lower center", bbox_to_anchor=(0.62, 0.0))
    near = np.linspace(1, 1.02, 101)
    detour = np.array([given.operators["shannon_only"].form.function(list(LAW), float(t)) for t in near])
    right.plot(near, 1e4 * (entropy(detour) - entropy(LAW)), **SERIES[2].line(), label="entropy (nats)")
    right.plot(near, 1e4 * (detour[:, 0] - LAW[0]), **SERIES[1].line(), label="largest entry")
    right.set(xlabel="temperature T", ylabel=r"gain since T = 1, in $10^{-4}$", ylim=(0, None), title="Both rise: majorisation fails")
    right.legend(loc="upper left")
    return figure


FIGURE = Figure(
    "Entropy and majorisation against temperature",
    "Left: Shannon entropy of one softened law; the rogue moves the wrong way. Right: an operator that satisfies every axiom, yet "
    "whose largest entry first rises with the temperature: the entropy axiom does not imply majorisation.",
    ("ax:entropy", "prop:majorisation", "op:shannon-not-majorisation"), draw, operators=(*NAMES, ROGUE, "shannon_only"),
)
