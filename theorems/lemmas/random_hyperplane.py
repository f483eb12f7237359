"""Under a rotation-invariant law without mass at 0, signs of <u, x> and <v, x> differ with probability angle(u, v)/pi."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.lemmas import Lemma
from theorems.logic import Named, eq, gt
from theorems.terms import E, RandomFamily
from theorems.vocabulary import j, total

d = sp.Symbol("d", integer=True)
x, u, v = RandomFamily("x"), sp.IndexedBase("u"), sp.IndexedBase("v")


def product(first: object, second: object) -> sp.Expr:
    """<first, second>."""
    return total(lambda c: first(c) * second(c), d, j)  # type: ignore[operator]


def plain(vector: sp.IndexedBase) -> object:
    return lambda c: vector[c]


def disagreement(first: object, second: object) -> sp.Expr:
    """P(sign <first, x> != sign <second, x>), ties counting one half."""
    return E((1 - sp.sign(product(first, plain(x)) * product(second, plain(x)))) / 2)


def angle(first: object, second: object) -> sp.Expr:
    return sp.acos(product(first, second) / sp.sqrt(product(first, first) * product(second, second)))


#: x has no mass at 0, and every rotation of x has the law of x.
INVARIANT = Named("rotation-invariant", x, d)
LEMMA = Lemma(
    "random hyperplane",
    Claim("lemma:random-hyperplane", "Signs under a rotation-invariant law", Source("ours", "textbook"), "ours", "identity",
          (("law", INVARIANT), ("first", gt(product(plain(u), plain(u)), 0)), ("second", gt(product(plain(v), plain(v)), 0))),
          eq(disagreement(plain(u), plain(v)), angle(plain(u), plain(v)) / sp.pi)),
    "M. X. Goemans, D. P. Williamson, Improved approximation algorithms for maximum cut and satisfiability problems using semidefinite programming, "
    "Journal of the ACM 42 (1995) 1115-1145, Lemma 3.2",
    stays="the law is invariant under every rotation, so it has no finite space of outcomes and the angle is an integral over the sphere; "
    "the formal wing knows finite laws alone",
)
