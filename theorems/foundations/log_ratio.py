"""0 < x <= c y and y, c > 0 give log x - log y <= log c."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import gt, le

x, y, c = sp.symbols("x y c", real=True)
CONCLUSION = le(sp.log(x) - sp.log(y), sp.log(c))


def derive(d: Derivation) -> None:
    logs = d.sign(le(sp.log(x), sp.log(c * y)), ["x", "order", "y", "c"])
    d.combine(CONCLUSION, {logs: 1}, ["x", "y", "c"])


def sample(draw: Draw) -> Sample:
    scale, below = draw.rational("1/9", 3), draw.rational("1/9", 3)
    return Sample({"y": below, "c": scale, "x": scale * below * draw.rational("1/4", 1)})


CLAIM = Entry(Claim("base:log-ratio", "Log of a bounded ratio", Source("ours", "textbook"), "ours", "upper",
                    (("x", gt(x, 0)), ("y", gt(y, 0)), ("c", gt(c, 0)), ("order", le(x, c * y))), CONCLUSION), derive, sample)
