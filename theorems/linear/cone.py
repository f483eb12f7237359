"""Where the student can err: only at angles that no training input leaves out (PL (ii)), for all n and d.

Angles are unsigned, angle(w, x) >= theta being <w, x>^2 <= cos^2(theta) |w|^2 |x|^2, and c = cos^2(beta).  If the student v errs at
x, <w, x> <v, x> <= 0, and angle(w, x) < beta, then angle(w, X_k) >= pi/2 - beta for every training input X_k.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.cauchy_schwarz import CONCLUSION as SCHWARZ
from theorems.linear._setting import ROW, a, d, gap, inner, inputs, matrix, orthogonal, projected, row, size, spanned, v, w, x
from theorems.linear.monotone import positive
from theorems.linear.projection import PYTHAGORAS
from theorems.logic import Proposition, eq, ge, gt, le, lt
from theorems.terms import substitute
from theorems.vocabulary import each, entry, j, k, n

c = sp.Symbol("c", real=True)


def near(vector: Any, share: sp.Expr) -> sp.Expr:
    """share |w|^2 |vector|^2 - <w, vector>^2, which is >= 0 when the angle to w is at least arccos sqrt(share)."""
    return share * size(w) * size(vector) - inner(w, vector) ** 2


WRONG, CLOSE = le(inner(w, x) * inner(v, x), 0), lt(near(x, c), 0)
CONCLUSION = each(lambda r: ge(near(row(r), 1 - c), 0), n, k)


def schwarz(p: Derivation, first: Any, second: Any) -> str:
    """<first, second>^2 <= |first|^2 |second|^2."""
    values = {"V": d, "a": sp.Lambda((j,), entry(first, j)), "b": sp.Lambda((j,), entry(second, j))}
    return p.use("base:cauchy-schwarz", substitute(SCHWARZ, values), **values)


def derive(p: Derivation) -> None:
    both = p.use("lin:projection", PYTHAGORAS, ["span", "answers"])
    lost = p.restate(PYTHAGORAS.args[1], [both])
    rest, seen = inner(gap(), x), inner(w, x)
    apart = schwarz(p, gap(), x)
    product = p.combine(le(seen**2, seen * rest), {"wrong": 1}, because="<w, x>^2 <= <w, x> <w - v, x> at an error")
    squared = p.combine(le(seen**2, rest**2), {product: 2, p.sign(ge((seen - rest) ** 2, 0)): 1})
    over = p.combine(gt((size(gap()) - c * size(w)) * size(x), 0), {squared: 1, apart: 1, "close": 1})

    def lower(s: Derivation) -> None:
        """|w - v|^2 <= c |w|^2 would contradict."""
        s.combine(lt(0, 0), {"negated": size(x), over: 1}, [positive(s, x)])

    more = p.contradiction(gt(size(gap()), c * size(w)), lower)
    shorter = p.combine(le(size(v), (1 - c) * size(w)), {more: 1, lost: 1})

    def line(s: Derivation) -> None:
        here = inner(row(k), gap())
        same = s.restate(eq(here, 0), [at("answers", k=k), *ROW])
        equal = s.combine(eq(inner(w, row(k)), inner(v, row(k))), {same: 1})
        bound = schwarz(s, v, row(k))
        room = positive(s, row(k))
        s.combine(ge(near(row(k), 1 - c), 0), {bound: 1, shorter: size(row(k)), equal: inner(w, row(k)) + inner(v, row(k))}, [room])

    p.for_all((k,), ROW, line)


def sample(draw: Draw) -> Sample:
    """A fresh input between what the data see and what they do not."""
    rows, columns = draw.integer(1, 2), draw.integer(2, 3)
    data, teacher = inputs(draw, rows, columns), sp.Matrix(draw.family(columns, -1, 1))
    coefficients, student = projected(data, teacher)
    fresh = teacher - student * draw.rational(1, 2) + sp.Matrix(draw.family(columns, 0, "1/9"))
    return Sample({"n": rows, "d": columns, "X": matrix(data), "a": tuple(coefficients), "v": tuple(student), "w": tuple(teacher),
                   "x": tuple(fresh), "c": draw.rational("1/16", "1/2")})


HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("span", spanned(v, a)), ("answers", orthogonal(gap())), ("wrong", WRONG), ("close", CLOSE),
)
CLAIM = Entry(
    Claim("lin:risk/cone", "Where the student can err", Source("PL", "abstract (ii)"), "ours", "upper", HYPOTHESES, CONCLUSION,
          uses=("lin:projection", "base:cauchy-schwarz")),
    derive, sample,
)
