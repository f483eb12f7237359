"""The triangle inequality by squares: |a|^2 <= A^2 and |b|^2 <= B^2 with A, B >= 0 give <a, b> <= A B and |a + b|^2 <= (A + B)^2."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.cauchy_schwarz import CONCLUSION as SCHWARZ
from theorems.foundations.cauchy_schwarz import a, b
from theorems.logic import All, ge, le
from theorems.vocabulary import V, total

A, B = sp.symbols("A B", real=True)
INNER = total(lambda s: a[s] * b[s])
SQUARES = total(lambda s: a[s] ** 2), total(lambda s: b[s] ** 2)
PRODUCT, TRIANGLE = le(INNER, A * B), le(total(lambda s: (a[s] + b[s]) ** 2), (A + B) ** 2)


def derive(d: Derivation) -> None:
    schwarz = d.use("base:cauchy-schwarz", SCHWARZ)
    other = d.sign(ge(SQUARES[1], 0), ["V"])
    square = d.combine(le(INNER**2, (A * B) ** 2), {schwarz: 1, "first": SQUARES[1], "second": A**2}, [other])
    size = d.sign(ge(A * B, 0), ["A", "B"])
    product = d.use("base:square-order", PRODUCT, [size, square], x=INNER, y=A * B)
    triangle = d.combine(TRIANGLE, {"first": 1, "second": 1, product: 2})
    d.restate(All(PRODUCT, TRIANGLE), [product, triangle])


def sample(draw: Draw) -> Sample:
    size = draw.integer(0, 4)
    first, second = draw.family(size, -2, 2), draw.family(size, -2, 2)
    slack = draw.rational(0, 1) * draw.integer(0, 1)
    norms = {name: sp.sqrt(sum(x**2 for x in family)) + slack for name, family in (("A", first), ("B", second))}
    return Sample({"V": size, "a": first, "b": second, **norms})


CLAIM = Entry(
    Claim("base:norm-sum", "Triangle inequality", Source("ours", "textbook"), "ours", "upper",
          (("V", ge(V, 0)), ("A", ge(A, 0)), ("B", ge(B, 0)), ("first", le(SQUARES[0], A**2)), ("second", le(SQUARES[1], B**2))), All(PRODUCT, TRIANGLE),
          uses=("base:cauchy-schwarz", "base:square-order")),
    derive, sample,
)
