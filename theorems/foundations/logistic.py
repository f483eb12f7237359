"""The logistic function grows at a rate of at least 1/(2 (1 + e^R)) on [-R, R].

sigma(x) = 1/(1 + e^(-x)); for y, z in [-R, R]: (sigma(y) - sigma(z)) (y - z) >= (y - z)^2/(2 (1 + e^R)).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, le, lt

y, z, x, R = sp.symbols("y z x R", real=True)


def logistic(term: sp.Expr) -> sp.Expr:
    return 1 / (1 + sp.exp(-term))


def rate(bound: sp.Expr) -> sp.Expr:
    return 1 / (2 * (1 + sp.exp(bound)))


CONCLUSION = ge((logistic(y) - logistic(z)) * (y - z), rate(R) * (y - z) ** 2)
INCREASING = ge((logistic(y) - logistic(z)) * (y - z), 0)
INTERVAL = (("y_low", le(-R, y)), ("y_high", le(y, R)), ("z_low", le(-R, z)), ("z_high", le(z, R)))


def steep(d: Derivation, low: sp.Expr, high: sp.Expr, order: str) -> str:
    """sigma(high) - sigma(low) >= rate (high - low)."""
    def slope(s: Derivation) -> None:
        inverse = sp.exp(-x)
        above = s.sign(ge(sp.exp(R) - inverse, 0), ["below"])
        beneath = s.sign(ge(sp.exp(R) - sp.exp(x), 0), ["above"])
        parts = {above: inverse, beneath: inverse}
        room = s.combine(ge(2 * inverse * (1 + sp.exp(R)) - (1 + inverse) ** 2, 0), parts)
        grown = s.combine(ge(inverse / (1 + inverse) ** 2 - rate(R), 0), {room: 1 / (2 * (1 + sp.exp(R)) * (1 + inverse) ** 2)})
        found = s.derivative(eq(sp.Derivative(logistic(x) - rate(R) * x, x), inverse / (1 + inverse) ** 2 - rate(R)))
        s.combine(ge(sp.Derivative(logistic(x) - rate(R) * x, x), 0), {grown: 1, found: -1})

    rising = d.for_all((x,), {"below": ge(x, -R), "above": le(x, R)}, slope)
    ends = [name for name, _ in INTERVAL]
    return d.monotone(le(logistic(low) - rate(R) * low, logistic(high) - rate(R) * high), rising, [*ends, order], low=low, high=high)


def derive(d: Derivation) -> None:
    def case(s: Derivation, way: str) -> None:
        low, high = (z, y) if way == "up" else (y, z)
        grown = steep(s, low, high, way)
        s.combine(CONCLUSION, {grown: high - low}, [way])

    d.cases(CONCLUSION, {"up": ge(y, z), "down": lt(y, z)}, case)


def increasing(d: Derivation) -> None:
    def case(s: Derivation, way: str) -> None:
        low, high = (z, y) if way == "up" else (y, z)
        grown = s.sign(ge(sp.exp(-low) - sp.exp(-high), 0), [way])
        s.combine(INCREASING, {grown: (high - low) * logistic(y) * logistic(z)}, [way])

    d.cases(INCREASING, {"up": ge(y, z), "down": lt(y, z)}, case)


def sample(draw: Draw) -> Sample:
    bound = draw.rational(0, 3)
    return Sample({"R": bound, "y": draw.rational(-bound, bound), "z": draw.rational(-bound, bound)})


SOURCE = Source("ours", "textbook")
CLAIMS = (
    Entry(Claim("base:logistic-slope", "Least growth of the logistic function", SOURCE, "ours", "lower", INTERVAL, CONCLUSION), derive, sample),
    Entry(Claim("base:logistic-increasing", "The logistic function increases", SOURCE, "ours", "lower", (), INCREASING),
          increasing, lambda draw: Sample({"y": draw.rational(-3, 3), "z": draw.rational(-3, 3)})),
)
