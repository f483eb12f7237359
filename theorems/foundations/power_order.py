"""0 <= a <= b gives a^n <= b^n for all integers n >= 1."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, ge, le
from theorems.vocabulary import k, n

a, b = sp.symbols("a b", real=True)
CONCLUSION = le(a**n, b**n)


def derive(d: Derivation) -> None:
    both = lambda power: All(le(a**power, b**power), ge(a**power, 0))  # noqa: E731

    def further(s: Derivation) -> None:
        order = s.restate(le(a**k, b**k), ["hypothesis"])
        size = s.restate(ge(a**k, 0), ["hypothesis"])
        top = s.combine(ge(b, 0), {"order": 1, "a": 1})
        grown = s.combine(le(a ** (k + 1), b ** (k + 1)), {"order": a**k, order: b}, ["a", "range", size, top])
        s.restate(both(k + 1), [grown, s.combine(ge(a ** (k + 1), 0), {"a": a**k}, ["a", "range", size])])

    def base(s: Derivation) -> None:
        s.restate(both(sp.Integer(1)), ["order", "a"])

    every = d.induction(ForAll((k,), (le(1, k),), both(k)), base, further)
    d.restate(CONCLUSION, [d.restate(both(n), [at(every, k=n), "n"])])


def sample(draw: Draw) -> Sample:
    low = draw.rational(0, 2)
    return Sample({"n": draw.integer(1, 9), "a": low, "b": low + draw.rational(0, 1)})


CLAIM = Entry(
    Claim("base:power-order", "Order of whole powers", Source("ours", "textbook"), "ours", "upper", (("n", ge(n, 1)), ("a", ge(a, 0)), ("order", le(a, b))),
          CONCLUSION),
    derive, sample,
)
