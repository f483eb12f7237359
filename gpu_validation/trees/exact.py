"""Exact comparisons, counts and witnesses of the tree chapter: integers and fractions, no floats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from gpu_validation.trees.tree import DecisionTree, Leaf, Node, Split, clauses_of


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


def trees_over(levels: Sequence[Sequence[tuple[int, ...]]], clause: tuple[int, ...] = (), label: int = 1) -> Iterator[Node]:
    """Every tree below `clause` whose nodes are listed clauses, all leaves labelled `label`: brute force, small cases.

    A leaf's best label depends on its own inputs alone, so shapes suffice; see `shape_value`.
    """
    yield Leaf(label)
    size = len(clause)
    if size + 1 >= len(levels):
        return
    listed, used = set(levels[size + 1]), {literal // 2 for literal in clause}
    for bit in sorted({literal // 2 for child in listed for literal in child} - used):
        zero, one = (tuple(sorted((*clause, 2 * bit + value))) for value in (0, 1))
        if zero in listed and one in listed:
            for below in trees_over(levels, zero, label):
                for other in trees_over(levels, one, label):
                    yield Split(bit, below, other)


def shape_value(node: Node, rows: Sequence[Sequence[int]], labels: Sequence[int]) -> int:
    """How many inputs (rows of 0/1) a tree of this shape can answer as labelled (-1/+1), leaves labelled at best."""
    if isinstance(node, Leaf):
        return max(sum(label > 0 for label in labels), sum(label < 0 for label in labels))
    total = 0
    for value, child in ((0, node.zero), (1, node.one)):
        reached = [(row, label) for row, label in zip(rows, labels, strict=True) if row[node.bit] == value]
        total += shape_value(child, [row for row, _ in reached], [label for _, label in reached])
    return total


def possible_clauses(bits: int, depth: int) -> int:
    """How many clauses of at most `depth` literals exist: sum of 2^k C(d, k); the denominator of the published table."""
    return sum(2**size * comb(bits, size) for size in range(depth + 1))


def clause_count_bound(tau: Fraction, norm: Fraction, size: int, error: Fraction) -> Fraction:
    """tau^2 B^2 / (2^{-k} - eta)^2: sets of k variables that can pass, for root-mean-square error eta < 2^{-k}."""
    gap = Fraction(1, 2**size) - error
    if gap <= 0:
        raise ValueError(f"the bound needs an error below 2^-{size}")
    return (tau * norm / gap) ** 2


def search_cost_bound(bits: int, size: int, sets: Fraction) -> Fraction:
    """Candidates of size k + 1 when `sets` variable sets of size k passed: 2 (d - k) literals each, 2^k signs."""
    return 2 * (bits - size) * 2**size * sets


def class_free_witness(points: int, samples: int) -> Fraction:
    """`tree:class-free` refuted: the mean error that no learner can undercut.

    N = `points` is even, f = 0, the class holds the indicators of complements of sets S with |S| = N/2, and
    D is uniform on S: the member for S has error 0.  `samples` distinct points of S say f = 0 and no more, so S is
    uniform among the sets that hold them.  Whoever answers with the member for S' errs on S \\ S', and the mean
    of |S & S'| is largest, samples + (N/2 - samples)^2 / (N - samples), where S' holds the sample.  The result
    tends to 1/2 as N grows, whatever the number of samples.
    """
    half = points // 2
    if points % 2 or not 0 <= samples <= half:
        raise ValueError("need an even number of points and at most half of them as samples")
    return 1 - Fraction(samples * (points - samples) + (half - samples) ** 2, (points - samples) * half)


def class_free_by_enumeration(points: int, samples: int) -> Fraction:
    """The same number by trying every answer S' and every S that agrees with the sample {0, .., samples - 1}."""
    half, seen = points // 2, tuple(range(samples))
    choices = [set(seen) | set(rest) for rest in combinations(range(samples, points), half - samples)]
    answers = [set(answer) for answer in combinations(range(points), half)]
    return min(sum((Fraction(len(chosen - answer), half) for chosen in choices), Fraction(0)) / len(choices) for answer in answers)
