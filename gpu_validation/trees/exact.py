"""Exact comparisons and counts of the tree chapter: integers and fractions, no floats."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from gpu_validation.trees.tree import DecisionTree, Leaf, clauses_of


def uniform_agreement(first: DecisionTree, second: DecisionTree) -> Fraction:
    """The probability, on the uniform cube, that two trees answer alike: summed over compatible pairs of leaves."""
    total = Fraction(0)
    for path, leaf in clauses_of(first.root):
        for other_path, other in clauses_of(second.root):
            if isinstance(leaf, Leaf) and isinstance(other, Leaf) and leaf.label == other.label:
                literals = set(path) | set(other_path)
                if len({literal // 2 for literal in literals}) == len(literals):
                    total += Fraction(1, 2 ** len(literals))
    return total


def possible_clauses(bits: int, depth: int) -> int:
    """How many clauses of at most `depth` literals exist: sum of 2^k C(d, k); the denominator of the published table."""
    return sum(2**size * comb(bits, size) for size in range(depth + 1))
