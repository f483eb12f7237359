"""log x <= x - 1 for x > 0, from the sign of the derivative on either side of 1."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import eq, ge, gt, le

x, y = sp.symbols("x y", real=True)
GAP = sp.log(y) - y + 1


def derive(d: Derivation) -> None:
    def rising(s: Derivation) -> None:
        slope = s.derivative(eq(sp.Derivative(GAP, y), 1 / y - 1), ["low"])
        s.transfer(ge(sp.Derivative(GAP, y), 0), s.sign(ge(1 / y - 1, 0), ["low", "high"]), [slope, "low"])

    def falling(s: Derivation) -> None:
        slope = s.derivative(eq(sp.Derivative(GAP, y), 1 / y - 1), ["low"])
        s.transfer(le(sp.Derivative(GAP, y), 0), s.sign(le(1 / y - 1, 0), ["low"]), [slope, "low"])

    left = d.for_all((y,), {"low": gt(y, 0), "high": le(y, 1)}, rising, because="the gap rises up to 1")
    right = d.for_all((y,), {"low": ge(y, 1)}, falling, because="and falls after it")
    at_x = GAP.subs(y, x)

    def compare(s: Derivation, case: str) -> None:
        low, high, slope = (x, 1, left) if case == "below" else (1, x, right)
        gap = s.monotone(le(at_x, 0), slope, ["x", case], low=low, high=high)
        s.combine(le(sp.log(x), x - 1), {gap: 1}, ["x"])

    d.cases(le(sp.log(x), x - 1), {"below": le(x, 1), "above": gt(x, 1)}, compare, because="the gap is 0 at 1")


CLAIM = Entry(
    Claim("base:log-bound", "Tangent of the logarithm", Source("ours", "textbook"), "ours", "upper",
          (("x", gt(x, 0)),), le(sp.log(x), x - 1)),
    derive,
)
