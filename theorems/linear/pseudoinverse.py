"""A matrix B with B X' X_k = X_k recovers every combination of the inputs from its answers: B X' y = y; and so s - v at all times.

For n <= d inputs in general position B = X (X'X)^{-1}, for n >= d B = (X X')^{-1} X: see `lin:limit`.  |s - v|^2 <= |B|^2 sum_k
<X_k, s - v>^2 follows, all t >= 0.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.cauchy_schwarz import CONCLUSION as SCHWARZ
from theorems.linear._flow import ANSWER, FLOW, SIZE, SMOOTH, START, away, distance, residual, s, t
from theorems.linear._setting import COLUMN, ROW, X, a, d, inner, inputs, matrix, row, spanned, v
from theorems.linear.descent import solvable
from theorems.logic import ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import each, j, k, m, n, total

B, y, e = (sp.IndexedBase(name) for name in "Bye")
i, l = sp.symbols("i l", integer=True)
u = sp.Symbol("u", real=True)


def recovered(vector: object, coordinate: sp.Expr) -> sp.Expr:
    """(B X' vector)_coordinate."""
    return total(lambda r: B[coordinate, r] * inner(row(r), vector), n, m)


FIXED: tuple[str, Proposition] = ("fixed", each(lambda r: each(lambda c: eq(recovered(row(r), c), X[r, c]), d, i), n, k))
RECOVERED = each(lambda c: eq(recovered(y, c), y[c]), d, i)
ALWAYS = ForAll((t,), (ge(t, 0),), each(lambda c: eq(away()(c), recovered(away(), c)), d, i))
NORM = sp.Sum(B[i, m] ** 2, (m, 1, n), (i, 1, d))
SQUARES = total(lambda r: ANSWER(r, t) ** 2, n, k)
CONTROLLED = ForAll((t,), (ge(t, 0),), le(distance(), NORM * SQUARES))
PLACE: dict[str, Proposition] = {"i_low": le(1, i), "i_high": le(i, d)}
OTHER: dict[str, Proposition] = {"m_low": le(1, m), "m_high": le(m, n)}


def recover(p: Derivation) -> None:
    def coordinate(q: Derivation) -> None:
        body = e[k] * X[m, j] * X[k, j]

        def answer(r: Derivation) -> None:
            opened = r.for_all((j,), COLUMN, lambda c: c.combine(eq(X[m, j] * y[j], sp.Sum(body, (k, 1, n))), {at("span", j=j): X[m, j]}, list(COLUMN)))
            opened = r.step("termwise", eq(inner(row(m), y), sp.Sum(body, (k, 1, n), (j, 1, d))), [opened], range=(1, d))
            turned = r.step("exchange", eq(sp.Sum(body, (k, 1, n), (j, 1, d)), sp.Sum(body, (j, 1, d), (k, 1, n))))
            r.combine(eq(B[i, m] * inner(row(m), y), B[i, m] * sp.Sum(body, (j, 1, d), (k, 1, n))), {opened: B[i, m], turned: B[i, m]})

        double = B[i, m] * body
        rows = q.for_all((m,), OTHER, answer)
        rows = q.step("termwise", eq(recovered(y, i), sp.Sum(double, (j, 1, d), (k, 1, n), (m, 1, n))), [rows], range=(1, n))
        inside = sp.Sum(double, (j, 1, d))
        turned = q.step("exchange", eq(sp.Sum(inside, (k, 1, n), (m, 1, n)), sp.Sum(inside, (m, 1, n), (k, 1, n))))
        kept = q.for_all((k,), ROW, lambda r: r.combine(eq(sp.Sum(inside, (m, 1, n)), e[k] * X[k, i]), {
            at(r.restate(each(lambda c: eq(recovered(row(k), c), X[k, c]), d, i), [at("fixed", k=k), *ROW]), i=i): e[k]}, list(PLACE)))
        kept = q.step("termwise", eq(sp.Sum(inside, (m, 1, n), (k, 1, n)), sp.Sum(e[k] * X[k, i], (k, 1, n))), [kept, *PLACE], range=(1, n))
        q.combine(eq(recovered(y, i), y[i]), {rows: 1, turned: 1, kept: 1, at("span", j=i): -1}, list(PLACE))

    p.for_all((i,), PLACE, coordinate)


def always(p: Derivation) -> None:
    begin = lambda c: v[c] - s(c, 0)  # noqa: E731
    first = p.use("lin:limit/recovered", substitute(RECOVERED, {"y": sp.Lambda((j,), begin(j))}), ["start", "fixed"], y=sp.Lambda((j,), begin(j)), e=a)
    lost = lambda c, time: away(time)(c) - recovered(away(time), c)  # noqa: E731

    def coordinate(q: Derivation) -> None:
        def still(r: Derivation) -> None:
            speed, weight = sp.Lambda((j,), sp.Derivative(s(j, t), t)), sp.Lambda((k,), -residual(k) / n)
            span = r.for_all((j,), COLUMN, lambda c: c.combine(eq(speed(j), sp.Sum(weight(k) * X[k, j], (k, 1, n))), {at("flow", j=j, t=t): 1},
                                                              [*COLUMN, "now", "size"]))
            kept = r.use("lin:limit/recovered", substitute(RECOVERED, {"y": speed}), [span, "fixed"], y=speed, e=weight)
            found = r.derivative(eq(sp.Derivative(lost(i, t), t), speed(i) - recovered(speed, i)), ["smooth"])
            r.combine(eq(sp.Derivative(lost(i, t), t), 0), {found: 1, at(kept, i=i): -1}, list(PLACE))

        quiet = q.for_all((t,), {"now": gt(t, 0)}, still)
        signs = [q.for_all((t,), {"now": gt(t, 0)}, lambda r, rel=rel: r.sign(rel(sp.Derivative(lost(i, t), t), 0), [
            r.restate(eq(sp.Derivative(lost(i, t), t), 0), [at(quiet, t=t), "now"])])) for rel in (ge, le)]
        zero = sp.Integer(0)

        def later(r: Derivation) -> None:
            up = r.monotone(le(lost(i, zero), lost(i, u)), signs[0], ["smooth", "since"], low=zero, high=u)
            down = r.monotone(le(lost(i, u), lost(i, zero)), signs[1], ["smooth", "since"], low=zero, high=u)
            none = r.combine(eq(lost(i, zero), 0), {at(first, i=i): 1}, list(PLACE))
            r.sign(eq(lost(i, u), 0), [r.combine(le(lost(i, u), 0), {down: 1, none: 1}), r.combine(ge(lost(i, u), 0), {up: 1, none: -1})])

        q.for_all((u,), {"since": ge(u, 0)}, later)

    every = p.for_all((i,), PLACE, coordinate)

    def moment(q: Derivation) -> None:
        q.for_all((i,), PLACE, lambda r: r.combine(eq(away()(i), recovered(away(), i)), {
            at(r.restate(ForAll((u,), (ge(u, 0),), eq(lost(i, u), 0)), [at(every, i=i), *PLACE]), u=t): 1}, ["since"]))

    p.for_all((t,), {"since": ge(t, 0)}, moment)


def controlled(p: Derivation) -> None:
    whole = p.use("lin:limit/always", ALWAYS, ["size", "smooth", "flow", "start", "fixed"])

    def moment(q: Derivation) -> None:
        here = q.restate(substitute(ALWAYS.then, {}), [at(whole, t=t), "since"])

        def coordinate(r: Derivation) -> None:
            values = {"V": n, "a": sp.Lambda((m,), B[i, m]), "b": sp.Lambda((k,), ANSWER(k, t))}
            bound = r.use("base:cauchy-schwarz", substitute(SCHWARZ, values), **values)
            same = at(here, i=i)
            r.combine(le(away()(i) ** 2, total(lambda c: B[i, c] ** 2, n, m) * SQUARES), {
                bound: 1, same: away()(i) + recovered(away(), i)}, list(PLACE))

        rows = q.for_all((i,), PLACE, coordinate)
        q.step("termwise", le(distance(), NORM * SQUARES), [rows], range=(1, d))

    p.for_all((t,), {"since": ge(t, 0)}, moment)


def sample(draw: Draw) -> Sample:
    rows, columns = draw.integer(1, 3), draw.integer(1, 3)
    data = inputs(draw, rows, columns)
    weights = sp.Matrix(draw.family(rows, -1, 1))
    return Sample({"n": rows, "d": columns, "X": matrix(data), "B": matrix(data.pinv()), "e": tuple(weights), "y": tuple(data.T * weights)})


def sample_flow(draw: Draw) -> Sample:
    found = solvable(draw)
    return Sample({**found, "B": matrix(sp.Matrix(found["X"]).pinv())})


SOURCE = Source("PL", "abstract (iv)")
WHOLE: tuple[tuple[str, Proposition], ...] = (SIZE, SMOOTH, FLOW, START, FIXED)
CLAIMS = (
    Entry(Claim("lin:limit/recovered", "Combinations of the inputs are recovered from their answers", SOURCE, "ours", "identity",
                (("span", spanned(y, e)), FIXED), RECOVERED), recover, sample),
    Entry(Claim("lin:limit/always", "What is left to learn stays in the span", SOURCE, "ours", "identity", WHOLE, ALWAYS, uses=("lin:limit/recovered",)),
          always, sample_flow),
    Entry(Claim("lin:limit/controlled", "Distance and errors on the data", SOURCE, "ours", "upper", WHOLE, CONTROLLED,
                uses=("lin:limit/always", "base:cauchy-schwarz")), controlled, sample_flow),
)
