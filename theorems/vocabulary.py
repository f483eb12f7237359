"""The words of the claims: standard symbols, laws on finite sets, entropy, divergences, norms.

Everything is written out in sums over indices 1..V, so that a claim means what it shows.  Logarithms are
natural; entropies and divergences are in nats.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le

i, j, k, m, n = sp.symbols("i j k m n", integer=True)
V = sp.Symbol("V", integer=True)
T, T2 = sp.symbols("T T2", real=True)
p, q, r, t, z = (sp.IndexedBase(name) for name in "pqrtz")

Family = Any  # an IndexedBase, or a function from an index to a term


def entry(family: Family, index: Any) -> sp.Expr:
    """The entry of a family, or of a rule that gives one."""
    return family[index] if isinstance(family, sp.IndexedBase) else family(index)


def total(rule: Any, size: Any = V, index: sp.Symbol = i, start: Any = 1) -> sp.Expr:
    """The sum of rule(index) over start..size."""
    return sp.Sum(rule(index), (index, start, size))


def each(rule: Any, size: Any = V, index: sp.Symbol = i, start: Any = 1) -> Proposition:
    """For all indices from start to size: rule(index)."""
    return ForAll((index,), (le(start, index), le(index, size)), rule(index))


def law(family: Family, size: Any = V) -> Proposition:
    """Entries >= 0 that sum to 1."""
    return All(each(lambda a: ge(entry(family, a), 0), size), eq(total(lambda a: entry(family, a), size), 1))


def positive_law(family: Family, size: Any = V) -> Proposition:
    """Entries > 0 that sum to 1."""
    return All(each(lambda a: gt(entry(family, a), 0), size), eq(total(lambda a: entry(family, a), size), 1))


def entropy(family: Family, size: Any = V) -> sp.Expr:
    """Shannon entropy in nats; entries must be > 0."""
    return -total(lambda a: entry(family, a) * sp.log(entry(family, a)), size)


def kl(first: Family, second: Family, size: Any = V) -> sp.Expr:
    """KL(first, second) in nats; entries must be > 0."""
    return total(lambda a: entry(first, a) * (sp.log(entry(first, a)) - sp.log(entry(second, a))), size)


def total_variation(first: Family, second: Family, size: Any = V) -> sp.Expr:
    """Half the l1 distance."""
    return total(lambda a: sp.Abs(entry(first, a) - entry(second, a)), size) / 2


def squared_distance(first: Family, second: Family, size: Any = V) -> sp.Expr:
    """Squared Euclidean distance."""
    return total(lambda a: (entry(first, a) - entry(second, a)) ** 2, size)


def softmax(logits: Family, size: Any = V) -> Any:
    """The rule index -> exp(logit) / sum of exp(logits)."""
    below = total(lambda a: sp.exp(entry(logits, a)), size, sp.Symbol("l", integer=True))
    return lambda a: sp.exp(entry(logits, a)) / below


def power(family: Family, temperature: Any, size: Any = V) -> Any:
    """The rule of power_T: index -> p^(1/T) / sum of p^(1/T)."""
    below = total(lambda a: entry(family, a) ** (1 / temperature), size, sp.Symbol("l", integer=True))
    return lambda a: entry(family, a) ** (1 / temperature) / below


def mixing(family: Family, temperature: Any, size: Any = V) -> Any:
    """The rule of mixing_T: index -> p/T + (1 - 1/T)/V."""
    return lambda a: entry(family, a) / temperature + (1 - 1 / temperature) / size
