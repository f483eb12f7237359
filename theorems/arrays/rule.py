"""What a leaf form (weight or generator) offers to the driver: values, and the sensitivities of its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, final

import sympy as sp

from theorems.arrays.library import Library

#: Positive twins of the public symbols, for rewriting only, and the logarithm and complement of p as inputs.
P = sp.Symbol("p", positive=True)
TEMPERATURE = sp.Symbol("T", positive=True)
CLASSES = sp.Symbol("V", positive=True)
LOG_P = sp.Symbol("log_p", real=True)
COMPLEMENT = sp.Symbol("one_minus_p", positive=True)

#: A positive number below every float probability that matters, where a slope "at p = 0" is taken (in float64).
NEAR_ZERO = (1e-60, 1e-80)


@final
@dataclass(frozen=True)
class Point:
    """A block of rows in the forms that rules want: p and log p."""

    p: Any
    log: Any


@final
@dataclass(frozen=True)
class Sensitivity:
    """dF_T: with mean = sum(mass G)/sum(mass), dL/dlog p = by_log (G - mean), dL/dT = sum mass by_temperature (G - mean)."""

    by_log: Any
    mass: Any
    by_temperature: Any


class Rule(Protocol):
    """F_T on a block of rows in working precision.

    `temporaries`: how many arrays of the block's size it keeps in cache; `doubled`: its gradient is taken in float64.
    """

    temporaries: ClassVar[int]
    doubled: ClassVar[bool]

    def from_probabilities(self, library: Library, block: Any, total: Any, temperature: float, out: Any) -> None:
        """Write F_T of each row into `out`, which may not alias `block`."""

    def from_logits(self, library: Library, block: Any, top: Any, temperature: float, out: Any) -> None:
        """Write F_T of softmax of each row into `out`; `top` holds the row maxima."""

    def sensitivity(self, library: Library, point: Point, q: Any, temperature: float) -> Sensitivity:
        """The derivative at p with image q; entries where p = 0 are unspecified."""

    def near_zero(self, library: Library, top: Point, q: Any, size: int, temperature: float, p: float) -> Any:
        """dL/dp_i over (G_i - mean) for a tiny entry p, in rows of `size` entries whose largest is `top`, with image q."""


def positive(expression: sp.Expr) -> sp.Expr:
    """`expression` in the positive twins of p, T and V."""
    from theorems import operator as public

    return expression.xreplace({public.p: P, public.T: TEMPERATURE, public.V: CLASSES})


def in_log_domain(expression: sp.Expr) -> sp.Expr:
    """`expression` with logarithms expanded for p, T, V > 0 and log p as an input of its own."""
    return sp.expand_mul(sp.expand_log(expression)).xreplace({sp.log(P): LOG_P})


def log_derivative(expression: sp.Expr) -> sp.Expr:
    """d/dlog p of an expression in p and log p."""
    return sp.simplify(sp.diff(expression, LOG_P) + P * sp.diff(expression, P))
