"""A + t B + t^2 N >= A - B^2/(4 N) for N > 0 and all t, with equality where 2 N t = -B."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import All, ForAll, eq, ge, gt

A, B, N, t = sp.symbols("A B N t", real=True)
VALUE, LEAST = A + t * B + t**2 * N, A - B**2 / (4 * N)
BELOW = ForAll((t,), (), ge(VALUE, LEAST))
REACHED = ForAll((t,), (eq(2 * N * t, -B),), eq(VALUE, LEAST))


def derive(d: Derivation) -> None:
    def below(s: Derivation) -> None:
        square = s.sign(ge((t + B / (2 * N)) ** 2, 0), ["N"])
        s.combine(BELOW.then, {square: N}, ["N"])

    def reached(s: Derivation) -> None:
        s.combine(REACHED.then, {"place": t / 2 + B / (4 * N)}, ["N"])

    d.restate(All(BELOW, REACHED), [d.for_all((t,), {}, below), d.for_all((t,), {"place": REACHED.given[0]}, reached)])


CLAIM = Entry(Claim("base:parabola", "Lowest point of a parabola", Source("ours", "textbook"), "ours", "tight", (("N", gt(N, 0)),), All(BELOW, REACHED)), derive)
