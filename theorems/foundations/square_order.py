"""x^2 <= y^2 and y >= 0 give x <= y."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import ge, gt, le, lt

x, y = sp.symbols("x y", real=True)


def derive(d: Derivation) -> None:
    def absurd(s: Derivation) -> None:
        total = s.combine(gt(x + y, 0), {"negated": 1, "y": 2})
        s.combine(lt(0, 0), {"negated": x + y, "square": 1}, [total], because="0 < (x - y)(x + y) = x^2 - y^2 <= 0")

    d.contradiction(le(x, y), absurd)


CLAIM = Entry(
    Claim("base:square-order", "Order of squares", Source("ours", "textbook"), "ours", "upper",
          (("y", ge(y, 0)), ("square", le(x**2, y**2))), le(x, y)),
    derive,
)
