"""The limit of gradient flow on cross-entropy: w if n >= d, X (X'X)^{-1} X' w if n < d, at an exponential rate (PL (iv)).

From any start s(0), |s(t) - v|^2 <= |s(0) - v|^2 exp(-t/(n beta (1 + e^R))) for all t >= 0, where v is the point of s(0) + span of the
data that gives the teacher's answers: for s(0) = 0 the projection of the teacher w on the span.  beta >= |B|^2 for a matrix
with B X' X_k = X_k, R >= 2 |<X_k, w>| and R >= 2 |s(0) - v| |X_k|.  B = X (X'X)^{-1} serves for n <= d inputs in general position
and gives v = X (X'X)^{-1} X' w, B = (X X')^{-1} X serves for n >= d and gives v = w: see `lin:limit/projection` and `lin:limit/teacher`.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.cauchy_schwarz import CONCLUSION as SCHWARZ
from theorems.foundations.logistic import CONCLUSION as STEEP
from theorems.foundations.logistic import rate
from theorems.linear._flow import ANSWER, ANSWERS, FLOW, SIZE, SMOOTH, START, away, distance, residual, s, t
from theorems.linear._setting import COLUMN, ROW, d, inner, row, size, v, w
from theorems.linear.descent import BOUNDED, SLOPE, solvable
from theorems.linear.pseudoinverse import CONTROLLED, FIXED, NORM, SQUARES
from theorems.logic import ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import each, j, k, n, total

R, beta, u = sp.symbols("R beta u", real=True)
ZERO = sp.Integer(0)
SPEED = 2 * rate(R) / (n * beta)
NEAR = ForAll((t,), (ge(t, 0),), le(distance(), distance(ZERO) * sp.exp(-SPEED * t)))
ROOM: tuple[tuple[str, Proposition], ...] = (
    ("beta", gt(beta, 0)), ("norm", le(NORM, beta)), ("R", ge(R, 0)),
    ("room", each(lambda r: le(distance(ZERO) * size(row(r)), (R / 2) ** 2), n, k)),
    ("teacher", each(lambda r: le(inner(row(r), w) ** 2, (R / 2) ** 2), n, k)),
)


def within(p: Derivation, term: sp.Expr, square: str) -> tuple[str, str]:
    """-R/2 <= term <= R/2 from term^2 <= (R/2)^2."""
    half = p.sign(ge(R / 2, 0), ["R"])
    mirrored = p.combine(le((-term) ** 2, (R / 2) ** 2), {square: 1})
    up = p.use("base:square-order", le(term, R / 2), [half, square], x=term, y=R / 2)
    return up, p.use("base:square-order", le(-term, R / 2), [half, mirrored], x=-term, y=R / 2)


LINE = ForAll((t,), (gt(t, 0),), each(lambda r: ge(residual(r) * ANSWER(r, t), rate(R) * ANSWER(r, t) ** 2), n, k))
RATE = ForAll((t,), (gt(t, 0),), le(sp.Derivative(distance(), t), -SPEED * distance()))


def line(p: Derivation) -> None:
    """On every input."""
    bounded = p.use("lin:limit/bounded", BOUNDED, ["size", "smooth", "flow", "answers"])

    def moment(q: Derivation) -> None:
        since = q.sign(ge(t, 0), ["now"])

        def one(r: Derivation) -> None:
            own, other = inner(row(k), lambda c: s(c, t)), inner(row(k), w)
            values = {"V": d, "a": sp.Lambda((j,), row(k)(j)), "b": sp.Lambda((j,), away()(j))}
            schwarz = r.use("base:cauchy-schwarz", substitute(SCHWARZ, values), **values)
            terms = r.for_all((j,), COLUMN, lambda c: c.sign(ge(row(k)(j) ** 2, 0)))
            length = r.step("termwise", ge(size(row(k)), total(lambda c: ZERO, d, j)), [terms], range=(1, d))
            length = r.combine(ge(size(row(k)), 0), {length: 1})
            here = r.restate(BOUNDED.then, [at(bounded, t=t), since])
            room = r.restate(le(distance(ZERO) * size(row(k)), (R / 2) ** 2), [at("room", k=k), *ROW])
            square = r.combine(le(ANSWER(k, t) ** 2, (R / 2) ** 2), {schwarz: 1, here: size(row(k)), room: 1}, [length])
            up, down = within(r, ANSWER(k, t), square)
            known = r.restate(le(other**2, (R / 2) ** 2), [at("teacher", k=k), *ROW])
            up_w, down_w = within(r, other, known)
            same = r.restate(eq(inner(row(k), lambda c: w[c] - v[c]), 0), [at("answers", k=k), *ROW])
            ends = [r.combine(le(-R, own), {down: 1, down_w: 1, same: 1}), r.combine(le(own, R), {up: 1, up_w: 1, same: -1}),
                    r.combine(le(-R, other), {down_w: 1, "R": sp.Rational(1, 2)}), r.combine(le(other, R), {up_w: 1, "R": sp.Rational(1, 2)})]
            grown = r.use("base:logistic-slope", substitute(STEEP, {"y": own, "z": other}), ends, y=own, z=other)
            gap = own - other
            turned = r.combine(eq(gap, ANSWER(k, t)), {same: -1})
            r.combine(ge(residual(k) * ANSWER(k, t), rate(R) * ANSWER(k, t) ** 2), {
                grown: 1, turned: residual(k) - rate(R) * (gap + ANSWER(k, t))})

        q.for_all((k,), ROW, one)

    p.for_all((t,), {"now": gt(t, 0)}, moment)


def falling(p: Derivation) -> None:
    base = ["size", "smooth", "flow"]
    slope = p.use("lin:limit/slope", SLOPE, base)
    controlled = p.use("lin:limit/controlled", CONTROLLED, [*base, "start", "fixed"])
    steep = p.use("lin:limit/line", LINE, [*base, "answers", "R", "room", "teacher"])

    def moment(q: Derivation) -> None:
        since = q.sign(ge(t, 0), ["now"])
        lines = q.restate(LINE.then, [at(steep, t=t), "now"])
        summed = q.step("termwise", ge(total(lambda r: residual(r) * ANSWER(r, t), n, k), total(lambda r: rate(R) * ANSWER(r, t) ** 2, n, k)),
                        [lines], range=(1, n))
        near = q.restate(CONTROLLED.then, [at(controlled, t=t), since])
        rows = q.for_all((k,), ROW, lambda r: r.sign(ge(ANSWER(k, t) ** 2, 0)))
        rows = q.step("termwise", ge(SQUARES, total(lambda r: ZERO, n, k)), [rows], range=(1, n))
        squares = q.combine(ge(SQUARES, 0), {rows: 1})
        near = q.combine(le(distance(), beta * SQUARES), {near: 1, "norm": SQUARES}, [squares])
        q.combine(le(sp.Derivative(distance(), t), -SPEED * distance()), {at(slope, t=t): 1, summed: 2 / n, near: SPEED}, ["size", "beta", "now"])

    p.for_all((t,), {"now": gt(t, 0)}, moment)


def derive(p: Derivation) -> None:
    slope = p.use("lin:limit/rate", RATE, [name for name, _ in HYPOTHESES])
    lifted = distance() * sp.exp(SPEED * t)

    def damped(q: Derivation) -> None:
        opened = (total(lambda c: 2 * away()(c) * sp.Derivative(s(c, t), t), d, j) + SPEED * distance()) * sp.exp(SPEED * t)
        found = q.derivative(eq(sp.Derivative(lifted, t), opened), ["smooth", "size", "beta"])
        plain = q.derivative(eq(sp.Derivative(distance(), t), total(lambda c: 2 * away()(c) * sp.Derivative(s(c, t), t), d, j)), ["smooth"])
        q.combine(le(sp.Derivative(lifted, t), 0), {found: 1, plain: -sp.exp(SPEED * t), at(slope, t=t): sp.exp(SPEED * t)}, ["now", "size", "beta"])

    signs = p.for_all((t,), {"now": gt(t, 0)}, damped)

    def later(q: Derivation) -> None:
        later_ = substitute(lifted, {"t": u})
        held = q.monotone(le(later_, distance(ZERO)), signs, ["smooth", "since", "size", "beta"], low=ZERO, high=u)
        q.combine(le(distance(u), distance(ZERO) * sp.exp(-SPEED * u)), {held: sp.exp(-SPEED * u)}, ["size", "beta"])

    p.for_all((u,), {"since": ge(u, 0)}, later)


def sample(draw: Draw) -> Sample:
    """Roots by floor: R is a whole number that is large enough."""
    found = solvable(draw)
    data, begin, rest = sp.Matrix(found["X"]), found["s"], found["v"]
    rows, columns = data.shape
    inverse = data.pinv()
    first = [begin(c + 1, 0) for c in range(columns)]
    far = sum((float(first[c]) - float(rest[c])) ** 2 for c in range(columns))
    needed = max(4 * far * float(sum(x**2 for x in data[r, :])) for r in range(rows))
    return Sample({**found, "B": tuple(map(tuple, inverse.tolist())), "beta": sum(x**2 for x in inverse), "R": sp.Integer(int(needed**0.5) + 1)})


SOURCE = Source("PL", "abstract (iv)")
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (SIZE, SMOOTH, FLOW, START, ANSWERS, FIXED, *ROOM)
CLAIMS = (
    Entry(Claim("lin:limit/line", "Residuals grow with the distance on every input", SOURCE, "ours", "lower", (SIZE, SMOOTH, FLOW, ANSWERS, *ROOM[2:]), LINE,
                uses=("lin:limit/bounded", "base:square-order", "base:cauchy-schwarz", "base:logistic-slope")), line, sample),
    Entry(Claim("lin:limit/rate", "Rate of approach", SOURCE, "ours", "upper", HYPOTHESES, RATE,
                uses=("lin:limit/slope", "lin:limit/controlled", "lin:limit/line")), falling, sample),
    Entry(Claim("lin:limit", "The limit of gradient flow", SOURCE, "reported", "upper", HYPOTHESES, NEAR, uses=("lin:limit/rate",)), derive, sample),
)
