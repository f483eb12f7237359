"""The words of the chapter: random outputs, their means, risks, biases and variances, and samplers of finite laws."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.entry import Draw
from theorems.logic import ForAll, Named, Proposition, gt
from theorems.terms import E, RandomFamily
from theorems.vocabulary import each, entry, squared_distance, total

S, K, y = RandomFamily("S"), RandomFamily("K"), RandomFamily("y")


def mean(family: Any) -> Any:
    """The rule index -> E of the entry."""
    return lambda a: E(entry(family, a))


def risk(family: Any, target: Any) -> sp.Expr:
    """E |family - target|^2."""
    return E(squared_distance(family, target))


def bias(family: Any, target: Any) -> sp.Expr:
    """|E family - target|^2, the squared bias."""
    return squared_distance(mean(family), target)


def variance(family: Any) -> sp.Expr:
    """E |family - E family|^2."""
    return risk(family, mean(family))


def covariance(family: Any, other: Any) -> sp.Expr:
    """tr Cov(family, other)."""
    return total(lambda a: E((entry(family, a) - E(entry(family, a))) * (entry(other, a) - E(entry(other, a)))))


def implies(given: Proposition, then: Proposition) -> Proposition:
    return ForAll((), (given,), then)


def surely_positive(family: Any) -> Proposition:
    """Every entry is surely > 0."""
    return Named("surely", each(lambda a: gt(entry(family, a), 0)))


def outcomes(draw: Draw, **rules: Any) -> tuple[tuple[Any, dict[str, Any]], ...]:
    """A finite law of two to four outcomes; each rule draws the value of one random name."""
    weights = draw.law(draw.integer(2, 4))
    return tuple((weight, {name: rule() for name, rule in rules.items()}) for weight in weights)


def product(first: Any, second: Any) -> tuple[tuple[Any, dict[str, Any]], ...]:
    """The law of independent pairs."""
    return tuple((a * b, {**one, **other}) for a, one in first for b, other in second)
