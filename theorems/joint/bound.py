"""err_s(h) <= err_t(h) + lambda + 2 K E rho(s, t) for K-Lipschitz heads h and k, lambda = err_s(k) + err_t(k) (IJC (ii)).

Student and teacher may be judged by different labels f and g.  k is any head of the class; the ideal joint one makes lambda
least.  No constant can be spared: on the line, one input reaches the bound whatever the sizes alpha, beta, gamma of the three
errors and delta of the step between the features (`joint:bound/tight`).
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.joint._setting import DISTANCE, SYMMETRIC, TRIANGLE, WEIGHTS, K, averaged, error, f, g, h, k, l, line_case, lipschitz, mean, rho, s
from theorems.logic import All, Proposition, eq, ge, le
from theorems.vocabulary import i, t

LAMBDA = error(k, s, f) + error(k, t, g)
BOUND = error(h, t, g) + LAMBDA + 2 * K * DISTANCE
CONCLUSION = le(error(h, s, f), BOUND)
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (WEIGHTS, SYMMETRIC, TRIANGLE, ("head", lipschitz(h)), ("ideal", lipschitz(k)))


def derive(d: Derivation) -> None:
    def chain(w: Derivation) -> str:
        """From h(s) over h(t), g, k(t), k(s) to f."""
        stops = (h(s[i]), h(t[i]), g[i], k(t[i]), k(s[i]), f[i])
        legs: dict[Fact, Any] = {at("triangle", a=stops[j], b=stops[j + 1], c=stops[-1]): 1 for j in range(4)}
        swaps: dict[Fact, Any] = {at("symmetric", a=stops[2], b=stops[3]): 1, at("symmetric", a=stops[3], b=stops[4]): 1}
        moves: dict[Fact, Any] = {at("head", u=s[i], v=t[i]): 1, at("ideal", u=s[i], v=t[i]): 1}
        right = l(h(t[i]), g[i]) + l(k(s[i]), f[i]) + l(k(t[i]), g[i]) + 2 * K * rho(s[i], t[i])
        return w.combine(le(l(h(s[i]), f[i]), right), {**legs, **swaps, **moves})

    whole = averaged(d, lambda x: l(h(s[x]), f[x]), lambda x: l(h(t[x]), g[x]) + l(k(s[x]), f[x]) + l(k(t[x]), g[x]) + 2 * K * rho(s[x], t[x]), chain)
    d.combine(CONCLUSION, {whole: 1})


def sample(draw: Draw) -> Sample:
    return Sample(line_case(draw, "h", "k"))


x, y, x2, y2, e = (sp.IndexedBase(name) for name in ("x", "y", "x2", "y2", "e"))
LEGS = teacher, ideal_teacher, ideal_student, step = sp.symbols("alpha beta gamma delta", real=True)
#: On the line: h(s), h(t), g, k(t), k(s), f of one input.
STOPS = (0, step, step + teacher, step + teacher + ideal_teacher, 2 * step + teacher + ideal_teacher, 2 * step + teacher + ideal_teacher + ideal_student)


def apart(one: int, other: int) -> sp.Expr:
    return sp.Abs(STOPS[one] - STOPS[other])


TIGHT = All(le(apart(0, 1), step), le(apart(3, 4), step), eq(apart(1, 2), teacher), eq(apart(2, 3), ideal_teacher), eq(apart(4, 5), ideal_student),
            eq(apart(0, 5), apart(1, 2) + apart(4, 5) + apart(2, 3) + 2 * step))


def tight(d: Derivation) -> None:
    signs = [str(leg) for leg in LEGS]
    parts = [d.combine(part, {}, [s for s in signs if sp.Symbol(s, real=True) in part.free_symbols]) for part in TIGHT.args]
    d.restate(TIGHT, parts)


def off(values: sp.IndexedBase, labels: sp.IndexedBase) -> sp.Expr:
    """E |value - label|."""
    return mean(lambda j: sp.Abs(values[j] - labels[j]))


def chain_case(draw: Draw) -> Sample:
    return Sample({str(leg): draw.rational(0, 2) for leg in LEGS})


SOURCE = Source("IJC", "abstract (ii)")
CLAIMS = (
    Entry(Claim("joint:bound", "Joint error bound for Lipschitz heads", SOURCE, "ours", "upper", HYPOTHESES, CONCLUSION), derive, sample),
    Entry(Claim("joint:bound/tight", "The joint error bound is reached", SOURCE, "ours", "tight",
                tuple((str(leg), ge(leg, 0)) for leg in LEGS), TIGHT), tight, chain_case),
)
