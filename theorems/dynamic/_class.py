"""Learning a node update from examples: trees with s leaves (`tree:class-size`) as the finite class of `tree:finite-class`."""

from dataclasses import dataclass
from typing import Any, final

import sympy as sp

from theorems.derivation import Derivation
from theorems.entry import Draw
from theorems.logic import Proposition, ge, le
from theorems.terms import substitute
from theorems.trees import class_size, finite_class
from theorems.trees._examples import Outcomes, draw_examples
from theorems.trees._learning import FAILURE, delta, g
from theorems.trees.class_size import l, q
from theorems.vocabulary import m

EXAMPLES = {"n": m}
LEARNING = {name: substitute(hypothesis, EXAMPLES) for name, hypothesis in finite_class.CLAIM.claim.hypotheses}
SHOWN = ("eps", "inputs", "marks")


def enough(error: sp.Expr, leaves: sp.Expr = class_size.s) -> sp.Expr:
    """Examples that suffice for this error."""
    return ((2 * leaves - 1) * sp.log(l + q) + sp.log(1 / delta)) / error


def hypotheses(error: sp.Expr) -> tuple[tuple[str, Proposition], ...]:
    """The class, enough independent examples, and a learner that returns what is consistent with them."""
    learning = ((name, hypothesis) for name, hypothesis in LEARNING.items() if name not in SHOWN)
    return (*class_size.HYPOTHESES, ("updates", le(g, class_size.CONCLUSION.left)), ("inputs", ge(m, enough(error))), *learning)


def taught(d: Derivation, marks: str, positive: str, error: sp.Expr, inputs: str = "inputs") -> str:
    """E sum b H <= delta, where `marks` says that marked updates have this error or more, and `positive` that it is > 0."""
    count = d.use("tree:class-size", class_size.CONCLUSION, [name for name, _ in class_size.HYPOTHESES])
    most = d.combine(le(g, class_size.CONCLUSION.right), {"updates": 1, count: 1}, ["labels", "questions"])
    size = d.sign(le(sp.log(g), sp.log(class_size.CONCLUSION.right)), [most, "some", "labels", "questions"])
    at_error = {**EXAMPLES, "epsilon": error}
    wanted = substitute(LEARNING["inputs"], {"epsilon": error})
    inputs = d.combine(wanted, {inputs: 1, size: 1 / error}, [positive, "some", "delta", "labels", "questions"])
    rest = [name for name in LEARNING if name not in SHOWN]
    return d.use("tree:finite-class", le(FAILURE, delta), [*rest, positive, inputs, marks], **at_error)


@final
@dataclass(frozen=True)
class Drawn:
    """A class of one or two updates on two or three local patterns, and every sequence of examples: values, law, patterns with their weights."""

    values: dict[str, Any]
    law: Outcomes
    weights: tuple[sp.Expr, ...]
    wrong: list[tuple[bool, ...]]
    errors: tuple[sp.Expr, ...]


def draw_class(draw: Draw, weights: tuple[sp.Expr, ...], wrong: list[tuple[bool, ...]], examples: int) -> Drawn:
    """Updates that err on the patterns `wrong`, every sequence of examples, and some consistent update returned for each."""
    members = len(wrong)
    errors, law = draw_examples(draw, weights, wrong, examples)
    leaves, questions = (2, 1) if members == 1 and draw.integer(0, 1) else (1, draw.integer(0, 1))
    values = {"s": leaves, "l": questions, "q": members, "F": class_size.counts(leaves, questions, members), "g": members, "m": examples,
              "delta": draw.rational(sp.Rational(1, 2), 4), "e": errors}
    return Drawn(values, law, weights, wrong, errors)
