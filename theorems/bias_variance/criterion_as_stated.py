"""Refuted: "Var K - Var S > |ES - q|^2 - |EK - p|^2 makes the student's risk against the truth p the smaller one" (SKD (i)).

K is the random teacher, q = power_T(EK) its softened mean, S the random student; biases are to q and to p.
Witness: p = (90, 7, 3)/100, T = 3, the teacher unbiased with variance 2/100, the student at q + (1, -1, 0)/100 with
variance 1/200: the criterion holds with room, and the student's risk is 0.157 against 0.020.  See bv:criterion.
"""

import sympy as sp

from theorems.bias_variance._random import K, S, bias, mean, product, risk, variance
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import Named, Proposition, eq, ge, gt, lt
from theorems.vocabulary import T, each, law, p, positive_law, power

TRUTH = tuple(sp.Rational(a, 100) for a in (90, 7, 3))
ROOTS = tuple(a ** sp.Rational(1, 3) for a in TRUTH)
TARGET = tuple(root / sp.Add(*ROOTS) for root in ROOTS)
q = power(mean(K), T)


def student(side: int) -> tuple[sp.Expr, ...]:
    """q + (1, -1, 0)/100 + side (5, -5, 0)/100."""
    move = sp.Rational(1 + 5 * side, 100)
    return (TARGET[0] + move, TARGET[1] - move, TARGET[2])


SHARE = sp.Rational(100, 921)  # |truth - vertex|^2 averages to 921/5000, so that the variance is 2/100
VERTICES = [(SHARE * a, {"K": tuple(sp.Integer(b == c) for c in range(3))}) for b, a in enumerate(TRUTH)]
TEACHERS = [(1 - SHARE, {"K": TRUTH}), *VERTICES]
STUDENTS = [(sp.Rational(1, 2), {"S": student(side)}) for side in (1, -1)]


def derive(d: Derivation) -> None:
    d.counterexample(V=3, T=3, p=TRUTH, outcomes=product(STUDENTS, TEACHERS), because="the cross term is 0.13")


HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("temperature", ge(T, 1)), ("truth", positive_law(p)), ("student", Named("surely", law(S))), ("teacher", Named("surely", law(K))),
    ("unbiased", each(lambda a: eq(mean(K)(a), p[a]))),
    ("criterion", gt(variance(K) - variance(S), bias(S, q) - bias(K, p))),
)
CLAIM = Entry(
    Claim("bv:criterion-as-stated", "The criterion as stated", Source("SKD", "student beats teacher"), "reported", "refutation", HYPOTHESES,
          lt(risk(S, p), risk(K, p)), expected="refuted", repaired="bv:criterion"),
    derive,
)
