"""Families at l1 distance 0 are equal, entry by entry, all V."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le
from theorems.vocabulary import each, i, total

x, y = sp.IndexedBase("x"), sp.IndexedBase("y")
DISTANCE = total(lambda a: sp.Abs(x[a] - y[a]))


def derive(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        part = s.step("member", le(sp.Abs(x[i] - y[i]), DISTANCE), ["low", "high"], at=i)
        small = s.combine(le(sp.Abs(x[i] - y[i]), 0), {part: 1, "near": 1})

        def side(u: Derivation, way: str) -> None:
            turned = u.combine(le(x[i] - y[i] if way == "up" else y[i] - x[i], 0), {small: 1}, [way])
            u.sign(eq(x[i], y[i]), [turned, way])

        s.cases(eq(x[i], y[i]), {"up": ge(x[i] - y[i], 0), "down": gt(0, x[i] - y[i])}, side)

    d.for_all((i,), {"low": le(1, i), "high": le(i, sp.Symbol("V", integer=True))}, entry)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    values = draw.family(size, -2, 2)
    return Sample({"V": size, "x": values, "y": values})


CLAIM = Entry(Claim("base:zero-distance", "Families at distance 0", Source("ours", "textbook"), "ours", "identity", (("near", le(DISTANCE, 0)),),
                    each(lambda a: eq(x[a], y[a]))), derive, sample)
