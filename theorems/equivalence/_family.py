"""The words of the chapter: an exponential family of students with d features phi_fi on V classes."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.logic import Proposition, eq, le
from theorems.vocabulary import V, each, i, softmax, total

d, f, l = sp.symbols("d f l", integer=True)
phi, theta, eta = (sp.IndexedBase(name) for name in ("phi", "theta", "eta"))
CLASSES, FEATURES = {"low": le(1, i), "high": le(i, V)}, {"f_low": le(1, f), "f_high": le(f, d)}


def logit(parameters: sp.IndexedBase) -> Any:
    """The rule class -> sum over features of parameter times feature."""
    return lambda a: sp.Sum(parameters[f] * phi[f, a], (f, 1, d))


def student(parameters: sp.IndexedBase) -> Any:
    """The rule class -> probability of the student."""
    return softmax(logit(parameters))


def moment(family: Any, feature: Any = f) -> sp.Expr:
    """The mean of one feature under a law."""
    return total(lambda a: (family[a] if isinstance(family, sp.IndexedBase) else family(a)) * phi[feature, a])


def matched(first: Any, second: Any) -> Proposition:
    """Equal means of every feature."""
    return each(lambda a: eq(moment(first, a), moment(second, a)), d, f)
