"""Examples that the unrolled run takes as one tree: m >= ((2 v^u - 1) ln(l + q) + ln(1/delta))/epsilon, exponential in the number of updates.

u updates of v leaves each unroll into one tree of s <= v^u leaves (`dp:unrolling`), here over the l bits of the whole input, with q labels.
g such trees are the class; the rest is `tree:finite-class`: with probability 1 - delta no tree of error epsilon or more is returned.
This is the size v^u in the guarantee, 8^(u r) of `dp:unrolling/cost` its depth; the update alone takes v in the place of v^u (`dp:local/samples`).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.dynamic._class import draw_class, enough, hypotheses, taught
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import ge, gt, le
from theorems.trees._learning import FAILURE, delta, eps, marks
from theorems.trees.class_size import l, q, s
from theorems.vocabulary import m

u, v = sp.symbols("u v", integer=True)
UNROLLED = enough(eps, v**u)
FEWER = [(name, hypothesis) for name, hypothesis in hypotheses(eps) if name != "inputs"]
CONCLUSION = le(FAILURE, delta)


def derive(d: Derivation) -> None:
    sure = ["questions", "labels", "eps", "delta", "some_leaves"]
    scale = d.sign(ge(sp.log(l + q), 0), ["questions", "labels"])
    inputs = d.combine(ge(m, enough(eps)), {"inputs": 1, "unrolled": 2 * sp.log(l + q) / eps}, [scale, *sure])
    taught(d, "marks", "eps", eps, inputs)


def sample(draw: Draw) -> Sample:
    points, bound = draw.integer(2, 3), draw.rational(sp.Rational(1, 4), 1)
    wrong = [tuple(draw.integer(0, 2) == 0 for _ in range(points)) for _ in range(draw.integer(1, 2))]
    drawn = draw_class(draw, draw.law(points), wrong, draw.integer(1, 3))
    size = int(drawn.values["s"])
    marked = tuple(sp.Integer(bool(error >= bound)) for error in drawn.errors)
    return Sample({**drawn.values, "epsilon": bound, "b": marked, "v": size, "u": draw.integer(1 if size > 1 else 0, 1 if size > 1 else 2)}, tuple(drawn.law))


CLAIM = Entry(
    Claim("dp:unrolling/samples", "Examples for the unrolled tree", Source("LW", "complexity of the unrolled tree"), "ours", "upper",
          (("eps", gt(eps, 0)), ("some_leaves", ge(v, 1)), ("unrolled", le(s, v**u)), *FEWER, ("inputs", ge(m, UNROLLED)), ("marks", marks(eps))), CONCLUSION,
          uses=("tree:class-size", "tree:finite-class")),
    derive, sample, quantities=(Quantity("examples", "labelled inputs that suffice for the unrolled tree", UNROLLED),),
)
