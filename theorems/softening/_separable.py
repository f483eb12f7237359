"""The separable form F_T(p)_i = w(p_i, T) / sum_j w(p_j, T), with an unknown weight w."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.logic import All, ForAll, Proposition, ge, gt, le, lt
from theorems.vocabulary import V, k, p, total

w = sp.Function("w")
x, y = sp.symbols("x y", real=True)


def total_weight(temperature: Any) -> sp.Expr:
    return total(lambda s: w(p[s], temperature), V, sp.Symbol("l", integer=True))


def separable(temperature: Any) -> Any:
    """The rule index -> F_T(p)."""
    return lambda s: w(p[s], temperature) / total_weight(temperature)


def rising(temperature: Any) -> Proposition:
    """w(., T) rises strictly on [0, 1]."""
    return ForAll((x, y), (le(0, x), lt(x, y), le(y, 1)), lt(w(x, temperature), w(y, temperature)))


def positive(temperature: Any) -> Proposition:
    """w(., T) >= 0 on [0, 1] and > 0 on (0, 1]."""
    return All(ForAll((x,), (le(0, x), le(x, 1)), ge(w(x, temperature), 0)), ForAll((x,), (lt(0, x), le(x, 1)), gt(w(x, temperature), 0)))


def flattening(first: Any, second: Any) -> Proposition:
    """log w(., second) - log w(., first) does not rise: written as products, so that zeros are allowed."""
    return ForAll((x, y), (le(0, x), le(x, y), le(y, 1)), le(w(y, second) * w(x, first), w(x, second) * w(y, first)))


FALLING = ForAll((k,), (le(1, k), le(k, V - 1)), ge(p[k], p[k + 1]))
ORDERED = ForAll((sp.Symbol("i", integer=True), sp.Symbol("j", integer=True)),
                 (le(1, sp.Symbol("i", integer=True)), le(sp.Symbol("i", integer=True), sp.Symbol("j", integer=True)), le(sp.Symbol("j", integer=True), V)),
                 ge(p[sp.Symbol("i", integer=True)], p[sp.Symbol("j", integer=True)]))
