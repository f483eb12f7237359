"""Interval arithmetic on NumPy arrays: many boxes at once, for the search.  Untrusted.

A value is a pair of float64 arrays (low, high), in the same layout as `numerics.enclosure`; ends are rounded to
nearest, not outward.  Undefined is NaN.  Everything that the search finds here is shown again by the checker.
"""

from __future__ import annotations

import math
from typing import Any, final

import numpy as np

Span = tuple[Any, Any]


def _monotone(function: Any) -> Any:
    return lambda a: (function(a[0]), function(a[1])) if a[0] is not a[1] else (function(a[0]),) * 2


def _xlogx(a: Any) -> Any:
    return np.where(a > 0, a * np.log(np.where(a > 0, a, 1.0)), np.where(a == 0, 0.0, np.nan))


def _wave(function: Any, peak: float) -> Any:
    """The range of a 2 pi-periodic wave with its maximum at `peak` and minimum half a period on."""

    def enclosed(a: Span) -> Span:
        first, last = function(a[0]), function(a[1])
        low, high = np.minimum(first, last), np.maximum(first, last)
        tops = np.floor((a[1] - peak) / math.tau) > np.floor((a[0] - peak) / math.tau)
        dips = np.floor((a[1] - peak - math.pi) / math.tau) > np.floor((a[0] - peak - math.pi) / math.tau)
        return np.where(dips, -1.0, low), np.where(tops, 1.0, high)

    return enclosed


@final
class Batch:
    """Arithmetic on pairs of arrays."""

    exp, atan, sinh, tanh = (staticmethod(_monotone(f)) for f in (np.exp, np.arctan, np.sinh, np.tanh))
    sin, cos = staticmethod(_wave(np.sin, math.pi / 2)), staticmethod(_wave(np.cos, 0.0))

    @staticmethod
    def constant(numerator: int, denominator: int) -> Span:
        value = np.float64(numerator / denominator)
        return value, value

    @staticmethod
    def pi() -> Span:
        return np.float64(math.pi), np.float64(math.pi)

    @staticmethod
    def negate(a: Span) -> Span:
        return -a[1], -a[0]

    @staticmethod
    def add(a: Span, b: Span) -> Span:
        return a[0] + b[0], a[1] + b[1]

    @staticmethod
    def subtract(a: Span, b: Span) -> Span:
        return a[0] - b[1], a[1] - b[0]

    @staticmethod
    def multiply(a: Span, b: Span) -> Span:
        if a[0] is a[1] and a[0].ndim == 0:
            a, b = b, a
        if b[0] is b[1] and b[0].ndim == 0:
            return (a[0] * b[0], a[1] * b[0]) if b[0] >= 0 else (a[1] * b[0], a[0] * b[0])
        if np.all(a[0] >= 0) and np.all(b[0] >= 0):
            return a[0] * b[0], a[1] * b[1]
        one, two, three, four = a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]
        return np.minimum(np.minimum(one, two), np.minimum(three, four)), np.maximum(np.maximum(one, two), np.maximum(three, four))

    @staticmethod
    def divide(a: Span, b: Span) -> Span:
        apart = (b[0] > 0) | (b[1] < 0)
        return Batch.multiply(a, (np.where(apart, 1 / b[1], np.nan), np.where(apart, 1 / b[0], np.nan)))

    @staticmethod
    def integer_power(a: Span, exponent: int) -> Span:
        low, high = Batch.absolute(a) if exponent % 2 == 0 else a
        return low**exponent, high**exponent

    @staticmethod
    def power(a: Span, b: Span) -> Span:
        """exp(b log a) on a >= 0; a = 0 needs b > 0 and gives 0."""
        low, high = Batch.exp(Batch.multiply((np.log(np.where(a[0] > 0, a[0], 1e-300)), np.log(a[1])), b))
        touching = a[0] == 0
        if not np.any(touching) and np.all(a[0] > 0):
            return low, high
        bad = (a[0] < 0) | (touching & ~(b[0] > 0))
        return np.where(bad, np.nan, np.where(touching, 0.0, low)), np.where(bad, np.nan, high)

    @staticmethod
    def log(a: Span) -> Span:
        return np.log(np.where(a[0] > 0, a[0], np.nan)), np.log(np.where(a[0] > 0, a[1], np.nan))

    @staticmethod
    def xlogx(a: Span) -> Span:
        first, last = _xlogx(a[0]), _xlogx(a[1])
        least = math.exp(-1)
        low = np.where((a[0] < least) & (a[1] > least), -least, np.minimum(first, last))
        return low, np.maximum(first, last)

    @staticmethod
    def share(a: Span, r: Span) -> Span:
        usual = (a[0] >= 0) & (r[0] >= 0) & (a[0] + r[0] > 0)
        if np.all(usual):
            return a[0] / (a[0] + r[1]), a[1] / (a[1] + r[0])
        plain = Batch.divide(a, Batch.add(a, r))
        return np.where(usual, a[0] / (a[0] + r[1]), plain[0]), np.where(usual, a[1] / (a[1] + r[0]), plain[1])

    @staticmethod
    def tan(a: Span) -> Span:
        same = np.floor(a[0] / math.pi + 0.5) == np.floor(a[1] / math.pi + 0.5)
        return np.where(same, np.tan(a[0]), np.nan), np.where(same, np.tan(a[1]), np.nan)

    @staticmethod
    def cosh(a: Span) -> Span:
        return _monotone(np.cosh)(Batch.absolute(a))

    @staticmethod
    def absolute(a: Span) -> Span:
        return np.maximum(np.maximum(a[0], -a[1]), 0.0), np.maximum(-a[0], a[1])

    @staticmethod
    def maximum(a: Span, b: Span) -> Span:
        return np.maximum(a[0], b[0]), np.maximum(a[1], b[1])

    @staticmethod
    def minimum(a: Span, b: Span) -> Span:
        return np.minimum(a[0], b[0]), np.minimum(a[1], b[1])

    @staticmethod
    def step(a: Span) -> Span:
        value = np.where(a[0] > 0, 1.0, np.where(a[1] < 0, 0.0, np.nan))
        return value, value
