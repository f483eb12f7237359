"""Random finite joint problems in rational arithmetic: every bound of `joint:*` compared exactly, tight cases and refutations found.

Inputs have rational weights, features lie on a line of a few points, heads are tables of values on these points with the least
Lipschitz constant that fits, and a problem has a class of heads and labels on both sides.  Nothing is rounded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from typing import final

POINTS = 3
Table = tuple[Fraction, ...]


@final
@dataclass(frozen=True)
class Problem:
    """n inputs: weights, features of student and teacher (places on the line), labels f and g; heads as tables of values."""

    weights: tuple[Fraction, ...]
    student: tuple[int, ...]
    teacher: tuple[int, ...]
    f: tuple[Fraction, ...]
    g: tuple[Fraction, ...]
    heads: tuple[Table, ...]

    @property
    def distance(self) -> Fraction:
        return sum((w * abs(s - t) for w, s, t in zip(self.weights, self.student, self.teacher, strict=True)), Fraction(0))

    def error(self, head: Table, side: str) -> Fraction:
        """E |head(feature) - label| on one side, labels of that side."""
        places, labels = (self.student, self.f) if side == "student" else (self.teacher, self.g)
        return sum((w * abs(head[p] - y) for w, p, y in zip(self.weights, places, labels, strict=True)), Fraction(0))

    def disagreement(self, one: Table, other: Table, side: str) -> Fraction:
        places = self.student if side == "student" else self.teacher
        return sum((w * abs(one[p] - other[p]) for w, p in zip(self.weights, places, strict=True)), Fraction(0))

    def outputs(self, head: Table) -> Fraction:
        """E |head(s) - head(t)|."""
        return sum((w * abs(head[s] - head[t]) for w, s, t in zip(self.weights, self.student, self.teacher, strict=True)), Fraction(0))


def lipschitz(head: Table) -> Fraction:
    """The least constant of a table on neighbouring points."""
    return max(abs(a - b) for a, b in pairwise(head))


@final
@dataclass
class Tally:
    """How many comparisons of each bound held, were reached exactly, or failed; the smallest refutation without lambda."""

    held: dict[str, int] = field(default_factory=dict)
    tight: dict[str, int] = field(default_factory=dict)
    failed: dict[str, list[Problem]] = field(default_factory=dict)
    without_lambda: Problem | None = None

    def enter(self, name: str, left: Fraction, right: Fraction, problem: Problem, *, trivial: bool = False) -> None:
        """`trivial` cases are those in which both sides are 0."""
        if left > right:
            self.failed.setdefault(name, []).append(problem)
        else:
            self.held[name] = self.held.get(name, 0) + 1
            self.tight[name] = self.tight.get(name, 0) + (left == right and not trivial)


def draw(dice: random.Random) -> Problem:
    """Up to three inputs, values in {0, 1/2, 1}, up to three heads."""
    size = dice.randint(1, 3)
    raw = [dice.randint(1, 4) for _ in range(size)]
    value = lambda: Fraction(dice.randint(0, 2), 2)  # noqa: E731
    places = lambda: tuple(dice.randrange(POINTS) for _ in range(size))  # noqa: E731
    labels = tuple(value() for _ in range(size))
    other = labels if dice.random() < 0.5 else tuple(value() for _ in range(size))
    heads = tuple(tuple(value() for _ in range(POINTS)) for _ in range(dice.randint(1, 3)))
    return Problem(tuple(Fraction(w, sum(raw)) for w in raw), places(), places(), labels, other, heads)


def compare(problem: Problem, tally: Tally) -> None:
    """Every bound for every head, and for every other head as the ideal one."""
    distance, common = problem.distance, problem.f == problem.g
    half = max((problem.disagreement(a, b, "student") - problem.disagreement(a, b, "teacher") for a, b in product(problem.heads, repeat=2)),
               default=Fraction(0))
    for head in problem.heads:
        student, teacher = problem.error(head, "student"), problem.error(head, "teacher")
        for ideal in problem.heads:
            lam = problem.error(ideal, "student") + problem.error(ideal, "teacher")
            constant = max(lipschitz(head), lipschitz(ideal))
            tally.enter("joint:bound", student, teacher + lam + 2 * constant * distance, problem, trivial=student == 0)
            tally.enter("joint:divergence", student, teacher + lam + half, problem, trivial=student == 0)
        if common:
            gap = abs(student - teacher)
            tally.enter("joint:frozen-head", gap, lipschitz(head) * distance, problem, trivial=gap == 0)
            tally.enter("joint:frozen-head/outputs", gap, problem.outputs(head), problem, trivial=gap == 0)
        if student > teacher + 2 * lipschitz(head) * distance:
            tally.enter("joint:lambda-needed", student, teacher + 2 * lipschitz(head) * distance, problem)
            if tally.without_lambda is None or extent(problem) < extent(tally.without_lambda):
                tally.without_lambda = problem


def extent(problem: Problem) -> tuple[int, int, Fraction]:
    """How large a problem is: inputs, heads, distance of the features."""
    return len(problem.weights), len(problem.heads), problem.distance


def problems(count: int, *, seed: int = 0) -> Iterator[Problem]:
    dice = random.Random(seed)
    return (draw(dice) for _ in range(count))


def enumerated(count: int, *, seed: int = 0) -> Tally:
    """`count` random problems, every comparison exact."""
    tally = Tally()
    for problem in problems(count, seed=seed):
        compare(problem, tally)
    return tally


def smallest() -> Iterator[Problem]:
    """Every problem of one input, one head, labels 0 and 1, on two points, in order."""
    for student, teacher, f, g in product(range(2), range(2), range(2), range(2)):
        for head in product((Fraction(0), Fraction(1)), repeat=2):
            yield Problem((Fraction(1),), (student,), (teacher,), (Fraction(f),), (Fraction(g),), (head,))


__all__: Sequence[str] = ("Problem", "Tally", "enumerated", "lipschitz", "problems", "smallest")
