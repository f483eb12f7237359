"""The words of the chapter: a path on [0, 1], its n equal stages, what they cost together, and samplers of both."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.entry import Draw
from theorems.logic import All, ForAll, Proposition, eq, ge, le
from theorems.vocabulary import k, n, total

D, C = sp.Function("D"), sp.Function("C")  # length and cost of the stage from s to u
L, c, delta, s, u, v = sp.symbols("L c delta s u v", real=True)
ORDERED = (le(0, s), le(s, u), le(u, 1))
STAGES = ("stages", ge(n, 1))
COST = ("cost", ge(c, 0))
RANGE = {"k_low": le(1, k), "k_high": le(k, n)}


def on_path(then: Proposition) -> Proposition:
    """For all 0 <= s <= u <= 1: `then`."""
    return ForAll((s, u), ORDERED, then)


LIPSCHITZ = on_path(All(ge(D(s, u), 0), le(D(s, u), L * (u - s))))
STEADY = on_path(eq(D(s, u), L * (u - s)))  # constant speed
ENDS = ((k - 1) / n, k / n)


def stages(rule: Any, last: Any = n) -> sp.Expr:
    """The sum of rule(start, end) over the first `last` of n equal stages."""
    return total(lambda j: rule((j - 1) / n, j / n), last, k)


def inside(d: Any) -> list[str]:
    """0 <= (k-1)/n <= k/n <= 1, for k and n in range, and n >= 1."""
    return ["stages", d.sign(le(0, ENDS[0]), ["k_low", "stages"]), d.sign(le(ENDS[0], ENDS[1]), ["stages"]), d.sign(le(ENDS[1], 1), ["k_high", "stages"])]


def travelled(draw: Draw, slowest: Any = 0) -> tuple[Any, sp.Expr]:
    """Length of stages on a path that slows down, and its speed at the start; sometimes the speed is constant."""
    speed, bend = draw.rational(slowest, 3), draw.rational(0, "1/2") * draw.integer(0, 1)
    return sp.Lambda((s, u), speed * (u - s) * (1 - bend * (s + u))), speed
