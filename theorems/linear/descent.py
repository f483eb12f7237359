"""Along the flow d|s - v|^2/dt = -(2/n) sum_k (student's answer - teacher's) <X_k, s - v> <= 0: it never moves away (PL (iv))."""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.logistic import INCREASING, logistic
from theorems.linear._flow import ANSWER, ANSWERS, DESCENT, FLOW, SIZE, SMOOTH, away, distance, residual, s, t
from theorems.linear._setting import COLUMN, ROW, X, d, inner, row, w
from theorems.logic import ForAll, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import j, k, n, total

SLOPE = ForAll((t,), (gt(t, 0),), eq(sp.Derivative(distance(), t), DESCENT))
BOUNDED = ForAll((t,), (ge(t, 0),), le(distance(), distance(sp.Integer(0))))
u = sp.Symbol("u", real=True)


def slope(p: Derivation) -> None:
    def moment(q: Derivation) -> None:
        opened = total(lambda c: 2 * away()(c) * sp.Derivative(s(c, t), t), d, j)
        found = q.derivative(eq(sp.Derivative(distance(), t), opened), ["smooth"])
        body = residual(k) * X[k, j] * away()(j)
        moved = q.for_all((j,), COLUMN, lambda c: c.combine(
            eq(2 * away()(j) * sp.Derivative(s(j, t), t), -2 * sp.Sum(body, (k, 1, n)) / n), {at("flow", j=j, t=t): 2 * away()(j)}, [*COLUMN, "now", "size"]))
        moved = q.step("termwise", eq(opened, sp.Sum(-2 * sp.Sum(body, (k, 1, n)) / n, (j, 1, d))), [moved, "size"], range=(1, d))
        turned = q.step("exchange", eq(sp.Sum(body, (k, 1, n), (j, 1, d)), sp.Sum(body, (j, 1, d), (k, 1, n))))
        q.combine(SLOPE.then, {found: 1, moved: 1, turned: -2 / n}, ["size"])

    p.for_all((t,), {"now": gt(t, 0)}, moment)


def bounded(p: Derivation) -> None:
    falling = p.use("lin:limit/slope", SLOPE, ["size", "smooth", "flow"])

    def down(q: Derivation) -> None:
        def line(r: Derivation) -> None:
            own, other = inner(row(k), lambda c: s(c, t)), inner(row(k), w)
            grown = r.use("base:logistic-increasing", substitute(INCREASING, {"y": own, "z": other}), y=own, z=other)
            r.combine(ge(residual(k) * ANSWER(k, t), 0), {grown: 1, at("answers", k=k): -(logistic(own) - logistic(other))}, list(ROW))

        lines = q.for_all((k,), ROW, line)
        summed = q.step("termwise", ge(total(lambda r: residual(r) * ANSWER(r, t), n, k), total(lambda r: sp.Integer(0), n, k)), [lines], range=(1, n))
        q.combine(le(sp.Derivative(distance(), t), 0), {at(falling, t=t): 1, summed: 2 / n}, ["size", "now"])

    signs = p.for_all((t,), {"now": gt(t, 0)}, down)

    def later(q: Derivation) -> None:
        q.monotone(le(distance(u), distance(sp.Integer(0))), signs, ["smooth", "since"], low=sp.Integer(0), high=u)

    p.for_all((u,), {"since": ge(u, 0)}, later)


def solvable(draw: Draw) -> dict[str, Any]:
    """Inputs along different axes, a teacher with the answer 0: each <X_k, s> is y = 2 arsinh(sinh(y_0/2) e^(-c t/4))."""
    columns = draw.integer(1, 2)
    rows = draw.integer(1, columns)
    lengths, begin = draw.family(rows, "1/2", 2), draw.family(columns, -1, 1)
    data = [[lengths[r] if r == c else sp.Integer(0) for c in range(columns)] for r in range(rows)]
    paths, index = [], sp.Symbol("index", integer=True)
    for c in range(columns):
        if c >= rows:
            paths.append(begin[c])
            continue
        scale = lengths[c]
        wave = sp.sinh(scale * begin[c] / 2) * sp.exp(-(scale**2) * t / (4 * rows))
        paths.append(2 * sp.log(wave + sp.sqrt(wave**2 + 1)) / scale)
    rule = sum(path * sp.KroneckerDelta(index, c + 1) for c, path in enumerate(paths))
    rest = tuple(sp.Integer(0) if c < rows else begin[c] for c in range(columns))
    return {"n": rows, "d": columns, "X": tuple(map(tuple, data)), "w": (0,) * rows + draw.family(columns - rows, -1, 1), "v": rest,
            "s": sp.Lambda((index, t), rule), "a": tuple(-begin[r] / lengths[r] for r in range(rows))}


SOURCE = Source("PL", "abstract (iv)")
CLAIMS = (
    Entry(Claim("lin:limit/slope", "Speed of approach", SOURCE, "ours", "identity", (SIZE, SMOOTH, FLOW), SLOPE), slope, lambda draw: Sample(solvable(draw))),
    Entry(Claim("lin:limit/bounded", "The flow never moves away", SOURCE, "ours", "upper", (SIZE, SMOOTH, FLOW, ANSWERS), BOUNDED,
                uses=("lin:limit/slope", "base:logistic-increasing")), bounded, lambda draw: Sample(solvable(draw))),
)
