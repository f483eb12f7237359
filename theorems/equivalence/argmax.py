"""A student that keeps the arg-max only: all operators that rank (A1) are equivalent wherever the largest probability is unique.

f, g are the images of p under two such operators, ranked as p: the class that alone is largest in p alone is largest in f and in g.
At a tie A1 alone says nothing: p = (1/2, 1/2), f = (3/5, 2/5), g = (2/5, 3/5) (eq:argmax/tie); with equivariance, or with
continuity and A1 around p, ties are kept.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Any_, ForAll, Proposition, ge, gt, le, ne
from theorems.vocabulary import V, i, j, p

f, g = sp.IndexedBase("f"), sp.IndexedBase("g")
a = sp.Symbol("a", integer=True)
RANGE = {"low": le(1, i), "high": le(i, V)}
PAIR = (le(1, i), le(i, V), le(1, j), le(j, V))


def ranks(image: sp.IndexedBase) -> Proposition:
    """A1 at p."""
    return ForAll((i, j), (*PAIR, gt(p[i], p[j])), gt(image[i], image[j]))


def alone(family: sp.IndexedBase) -> Proposition:
    """Class a alone is largest."""
    return ForAll((i,), (*RANGE.values(), ne(i, a)), gt(family[a], family[i]))


INSIDE = All(le(1, a), le(a, V))
CONCLUSION = All(alone(f), alone(g))


def derive(d: Derivation) -> None:
    def largest(image: sp.IndexedBase, fact: str) -> str:
        def entry(s: Derivation) -> None:
            order = s.restate(gt(p[a], p[i]), [at("top", i=i), "low", "high", "other"])
            ends = s.restate(le(1, a), ["inside"]), s.restate(le(a, V), ["inside"])
            s.restate(gt(image[a], image[i]), [at(fact, i=a, j=i), "low", "high", order, *ends])

        return d.for_all((i,), {**RANGE, "other": ne(i, a)}, entry)

    d.restate(CONCLUSION, [largest(f, "f"), largest(g, "g")])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    masses = draw.law(size)
    return Sample({"V": size, "p": masses, "f": masses, "g": tuple(x**2 for x in masses), "a": masses.index(max(masses)) + 1})


def ordered(image: sp.IndexedBase, one: int, other: int) -> Proposition:
    """A1 for one ordered pair: p is not larger at `one` than at `other`, or its image is larger."""
    return Any_(le(p[one], p[other]), gt(image[one], image[other]))


SOURCE = Source("SKD", "abstract (iv)")
HALF, TIE = sp.Rational(1, 2), (sp.Rational(3, 5), sp.Rational(2, 5))
CLAIMS = (
    Entry(Claim("eq:argmax", "Students of the arg-max see no operator", SOURCE, "ours", "identity",
                (("inside", INSIDE), ("top", alone(p)), ("f", ranks(f)), ("g", ranks(g))), CONCLUSION), derive, sample),
    Entry(Claim("eq:argmax/tie", "A1 alone keeps the arg-max of two classes at ties", SOURCE, "ours", "refutation",
                (("f_up", ordered(f, 1, 2)), ("f_down", ordered(f, 2, 1)), ("g_up", ordered(g, 1, 2)), ("g_down", ordered(g, 2, 1)), ("top", ge(p[1], p[2])),
                 ("largest", ge(f[1], f[2]))), ge(g[1], g[2]), expected="refuted", repaired="eq:argmax",
                note="At a tie A1 orders nothing; equivariance, or continuity with A1 nearby, keeps ties."),
          lambda d: d.counterexample(p=(HALF, HALF), f=TIE, g=TIE[::-1])),
)
