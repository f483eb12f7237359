"""Instances for falsifiers: a finite class, every sequence of independent examples, and a learner that returns what is consistent."""

from typing import Any

import sympy as sp

from theorems.entry import Draw

Outcomes = list[tuple[sp.Expr, dict[str, Any]]]


def draw_examples(draw: Draw, weights: tuple[sp.Expr, ...], wrong: list[tuple[bool, ...]], examples: int) -> tuple[tuple[sp.Expr, ...], Outcomes]:
    """The members' errors, and the joint law of mistakes M, consistency C and returned members H.

    Member j errs on the points where `wrong[j]` is true; points are drawn with `weights`.
    """
    points, members = len(weights), len(wrong)
    errors = tuple(sum((w for w, bad in zip(weights, row, strict=True) if bad), sp.Integer(0)) for row in wrong)
    law: Outcomes = []
    for code in range(points**examples):
        drawn = [code // points**a % points for a in range(examples)]
        mistakes = tuple(tuple(sp.Integer(row[x]) for x in drawn) for row in wrong)
        alive = tuple(tuple(sp.Integer(not any(row[:a])) for a in range(examples + 1)) for row in mistakes)
        pick = draw.integer(0, members - 1)
        returned = tuple(alive[a][-1] if a == pick else sp.Integer(0) for a in range(members))
        law.append((sp.Mul(*(weights[x] for x in drawn)), {"M": mistakes, "C": alive, "H": returned}))
    return errors, law
