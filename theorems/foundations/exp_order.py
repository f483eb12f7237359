"""exp keeps the order: x <= y gives exp x <= exp y."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import le

x, y = sp.symbols("x y", real=True)


def derive(d: Derivation) -> None:
    d.sign(le(sp.exp(x), sp.exp(y)), ["order"])


def sample(draw: Draw) -> Sample:
    start = draw.rational(-3, 3)
    return Sample({"x": start, "y": start + draw.rational(0, 3)})


CLAIM = Entry(Claim("base:exp-order", "exp keeps the order", Source("ours", "textbook"), "ours", "upper", (("order", le(x, y)),), le(sp.exp(x), sp.exp(y))), derive, sample)
