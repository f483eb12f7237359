"""The setting of the chapter: inputs with weights, features of student and teacher, heads, a loss, a distance.

Inputs i = 1..n have weights p_i >= 0.  s_i and t_i are the student's and the teacher's feature of input i, f_i and g_i the
label that student and teacher are judged by.  Features, outputs and labels live in any sets (their points go by real names):
`rho` is any function of two features, the loss `l` is symmetric and obeys the triangle inequality (absolute error, half the
l1 distance of laws, zero-one loss).  A head h is K-Lipschitz when l(h(u), h(v)) <= K rho(u, v).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw
from theorems.logic import ForAll, Proposition, eq, ge, le, lt
from theorems.vocabulary import each, i, n, p, t, total

a, b, c, u, v, K = sp.symbols("a b c u v K", real=True)
f, g, s = (sp.IndexedBase(name) for name in "fgs")
l, rho, h, k = (sp.Function(name) for name in ("l", "rho", "h", "k"))
RANGE: dict[str, Proposition] = {"low": le(1, i), "high": le(i, n)}
INSIDE = ["low", "high"]


def mean(rule: Any) -> sp.Expr:
    """E of rule(input)."""
    return total(lambda x: p[x] * rule(x), n)


def error(head: Any, features: Any, labels: Any) -> sp.Expr:
    """E l(head(feature), label)."""
    return mean(lambda x: l(head(features[x]), labels[x]))


DISTANCE = mean(lambda x: rho(s[x], t[x]))
WEIGHTS: tuple[str, Proposition] = ("weights", each(lambda x: ge(p[x], 0), n))
SYMMETRIC: tuple[str, Proposition] = ("symmetric", ForAll((a, b), (), eq(l(a, b), l(b, a))))
TRIANGLE: tuple[str, Proposition] = ("triangle", ForAll((a, b, c), (), le(l(a, c), l(a, b) + l(b, c))))


def lipschitz(head: Any) -> Proposition:
    """l(head(u), head(v)) <= K rho(u, v) everywhere."""
    return ForAll((u, v), (), le(l(head(u), head(v)), K * rho(u, v)))


def averaged(d: Derivation, left: Any, right: Any, body: Any) -> str:
    """E left <= E right, when `body` shows left <= right at each input i under `low` and `high`."""
    def weighted(w: Derivation) -> None:
        heavy = w.restate(ge(p[i], 0), [at("weights", i=i), *INSIDE])
        w.combine(le(p[i] * left(i), p[i] * right(i)), {body(w): p[i]}, [heavy])

    each_ = d.for_all((i,), RANGE, weighted)
    return d.step("termwise", le(mean(left), mean(right)), [each_], range=(1, n))


def absolute(d: Derivation, term: sp.Expr, bound: sp.Expr, above: Fact, below: Fact) -> str:
    """|term| <= bound from term <= bound and -term <= bound."""
    goal = le(sp.Abs(term), bound)
    return d.cases(goal, {"up": ge(term, 0), "down": lt(term, 0)},
                   lambda w, way: w.combine(goal, {above if way == "up" else below: 1}, [way]))


ABSOLUTE, LINE = sp.Lambda((a, b), sp.Abs(a - b)), sp.Lambda((u, v), sp.Abs(u - v))


def line_case(draw: Draw, *heads: str) -> dict[str, Any]:
    """Inputs on a line, absolute error, heads with slopes of at most K."""
    size, steep = draw.integer(1, 3), draw.rational(0, 2)
    weights = draw.law(size, zeros=True)
    case: dict[str, Any] = {"n": size, "p": weights, "l": ABSOLUTE, "rho": LINE, "K": steep}
    for name in ("s", "t", "f", "g"):
        case[name] = draw.family(size, -2, 2)
    for name in heads:
        case[name] = sp.Lambda((u,), draw.rational(-1, 1) + steep * draw.rational(-1, 1) * u)
    return case

