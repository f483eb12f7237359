"""err_s(h) <= err_t(h) + lambda + 2 K E rho(s, t) for K-Lipschitz heads h and k, lambda = err_s(k) + err_t(k) (IJC (ii)).

Student and teacher may be judged by different labels f and g.  k is any head of the class; the ideal joint one makes lambda
least; features, outputs and labels lie in any sets, the loss is any symmetric one with the triangle inequality.  No constant can be
spared (`joint:bound/tight`): for every K >= 0, any number of inputs of any weights, any features on a line with s_i <= t_i, the lines h and k of slopes K and -K reach
the bound, the teacher's error E alpha, the distance E(t - s) and both parts of lambda as large as one likes.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.joint._setting import (
    ABSOLUTE,
    DISTANCE,
    INSIDE,
    LINE,
    RANGE,
    SYMMETRIC,
    TRIANGLE,
    WEIGHTS,
    K,
    a,
    absolute,
    averaged,
    b,
    c,
    error,
    f,
    g,
    h,
    k,
    l,
    line_case,
    lipschitz,
    mean,
    rho,
    s,
    u,
    v,
)
from theorems.logic import All, Proposition, eq, ge, le, lt
from theorems.terms import substitute
from theorems.vocabulary import each, i, n, p, t

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


C = sp.Symbol("C", real=True)
alpha, gamma = sp.IndexedBase("alpha"), sp.IndexedBase("gamma")
#: Two lines that fall on one another: h(x) = K x, k(x) = C - K x; labels beyond them, g_i by alpha_i and f_i by gamma_i.
WORST = {
    "l": ABSOLUTE, "rho": LINE, "h": sp.Lambda((u,), K * u), "k": sp.Lambda((u,), C - K * u),
    "f": sp.Lambda((i,), C - K * s[i] + gamma[i]), "g": sp.Lambda((i,), K * t[i] + alpha[i]),
}
VALUES = (
    (error(h, t, g), lambda x: alpha[x]), (error(k, s, f), lambda x: gamma[x]), (error(k, t, g), lambda x: C - 2 * K * t[x] - alpha[x]),
    (DISTANCE, lambda x: t[x] - s[x]), (error(h, s, f), lambda x: C - 2 * K * s[x] + gamma[x]),
)
TIGHT = All(*(substitute(part, WORST) for part in (
    TRIANGLE[1], lipschitz(h), lipschitz(k), *(eq(left, mean(rule)) for left, rule in VALUES[:-1]), eq(error(h, s, f), BOUND))))


def beneath(d: Derivation, term: sp.Expr) -> str:
    """term <= |term|."""
    return d.cases(le(term, sp.Abs(term)), {"up": ge(term, 0), "down": lt(term, 0)},
                   lambda w, way: w.combine(le(term, sp.Abs(term)), {"down": 2} if way == "down" else {}, [way]))


def tight(d: Derivation) -> None:
    """Every distance is that of two ordered points, so every leg of the chain is an equation."""
    triangle = d.for_all((a, b, c), {}, lambda w: absolute(w, a - c, sp.Abs(a - b) + sp.Abs(b - c), *(
        w.combine(le(sign * (a - c), sp.Abs(a - b) + sp.Abs(b - c)), {beneath(w, sign * (a - b)): 1, beneath(w, sign * (b - c)): 1}) for sign in (1, -1))))

    def ordered(w: Derivation, part: Proposition) -> None:
        w.cases(part, {"up": ge(u, v), "down": lt(u, v)}, lambda x, way: x.combine(part, {}, [
            way, x.sign(ge(K * (u - v), 0) if way == "up" else ge(K * (v - u), 0), ["constant", way])]))

    lines = [d.for_all((u, v), {}, lambda w, part=part: ordered(w, part.then)) for part in TIGHT.args[1:3]]
    known = ("order", "alpha", "room", "gamma")

    def value(left: Any, rule: Any) -> str:
        def one(w: Derivation) -> None:
            facts = [w.restate(dict(LINES)[name].then, [at(name, i=i), *INSIDE]) for name in known]
            facts.append(w.sign(ge(C - 2 * K * s[i], 0), ["constant", *facts]))
            summand = substitute(left, WORST).function
            w.rewrite(eq(summand, p[i] * rule(i)), ["constant", *facts])

        return d.step("termwise", eq(substitute(left, WORST), mean(rule)), [d.for_all((i,), RANGE, one)], range=(1, n))

    teacher, ideal_student, ideal_teacher, step, student = (value(left, rule) for left, rule in VALUES)
    reached = d.combine(TIGHT.args[-1], {student: 1, teacher: -1, ideal_student: -1, ideal_teacher: -1, step: -2 * K})
    d.restate(TIGHT, [triangle, *lines, teacher, ideal_student, ideal_teacher, step, reached])


def tight_case(draw: Draw) -> Sample:
    size, steep = draw.integer(1, 3), draw.rational(0, 2)
    left = draw.family(size, -2, 2)
    right = tuple(x + draw.rational(0, 2) for x in left)
    far = draw.family(size, 0, 2)
    reach = max(2 * steep * x + y for x, y in zip(right, far, strict=True)) + draw.rational(0, 1)
    return Sample({"n": size, "p": draw.law(size, zeros=True), "K": steep, "C": reach, "s": left, "t": right, "alpha": far, "gamma": draw.family(size, 0, 2)})


LINES: tuple[tuple[str, Proposition], ...] = (
    ("constant", ge(K, 0)), ("order", each(lambda x: le(s[x], t[x]), n)), ("alpha", each(lambda x: ge(alpha[x], 0), n)),
    ("room", each(lambda x: le(alpha[x], C - 2 * K * t[x]), n)), ("gamma", each(lambda x: ge(gamma[x], 0), n)),
)
SOURCE = Source("IJC", "abstract (ii)")
CLAIMS = (
    Entry(Claim("joint:bound", "Joint error bound for Lipschitz heads", SOURCE, "ours", "upper", HYPOTHESES, CONCLUSION), derive, sample),
    Entry(Claim("joint:bound/tight", "The joint error bound is reached", SOURCE, "ours", "tight", LINES, TIGHT), tight, tight_case),
)
