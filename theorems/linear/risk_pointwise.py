"""An error at x needs a wide angle there, or n inputs at wide angles: one(error) <= one(angle(w, x) >= beta) + T_n (PL (ii)).

The words of `lin:risk`, for one data set and one fresh input.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import a, gap, inner, matrix, orthogonal, projected, row, spanned, v, w, x
from theorems.linear.cone import CLOSE, WRONG, c, near
from theorems.linear.cone import CONCLUSION as BAD
from theorems.linear.draws import products
from theorems.logic import ForAll, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import m, n

one = sp.Function("one")
y = sp.Symbol("y", real=True)
T = sp.IndexedBase("T")
ERRS, FAR = one(-inner(w, x) * inner(v, x)), one(near(x, c))
BESIDE = one(near(x, 1 - c))
INDICATOR: tuple[tuple[str, Proposition], ...] = (
    ("one", ForAll((y,), (ge(y, 0),), eq(one(y), 1))), ("none", ForAll((y,), (lt(y, 0),), eq(one(y), 0))),
)


def bad(index: Any) -> sp.Expr:
    """Input number `index` lies at an angle of at least pi/2 - beta."""
    return one(near(row(index), 1 - c))


POINTWISE = le(ERRS, FAR + T[n])


def between(p: Derivation, term: sp.Expr) -> str:
    """one(term) >= 0."""
    return p.cases(ge(one(term), 0), {"is": ge(term, 0), "is_not": lt(term, 0)}, lambda s, way: s.combine(
        ge(one(term), 0), {at("one", y=term): -1, s.sign(gt(1, 0)): 1} if way == "is" else {at("none", y=term): -1}, [way]))


def repeated(p: Derivation, then: Any, first: Any, further: Any) -> str:
    """then(T_n), by induction over then(T_m) for m <= n."""
    inside = lambda index: ForAll((), (le(index, n),), then(T[index]))  # noqa: E731
    whole = ForAll((m,), (le(1, m),), inside(m))

    def base(s: Derivation) -> None:
        s.for_all((), {"enough": le(1, n)}, first)

    def step(s: Derivation) -> None:
        def under(t: Derivation) -> None:
            room = t.sign(le(m, n), ["within"])
            before = t.restate(then(T[m]), [at("hypothesis"), room])
            grown = t.restate(eq(T[m + 1], T[m] * bad(m + 1)), [at("further", k=m), "range", t.sign(le(m, n - 1), ["within"])])
            further(t, before, grown)

        s.for_all((), {"within": le(m + 1, n)}, under)

    every = p.induction(whole, base, step)
    here = p.restate(inside(n), [at(every, m=n), "size"])
    return p.restate(then(T[n]), [at(here), p.sign(le(n, n))])


def pointwise(p: Derivation) -> None:
    positive = repeated(
        p, lambda term: ge(term, 0), lambda s: s.combine(ge(T[1], 0), {between(s, near(row(1), 1 - c)): 1, "first": -1}),
        lambda s, before, grown: s.combine(ge(T[m + 1], 0), {between(s, near(row(m + 1), 1 - c)): T[m], grown: -1}, [before]))
    apart = inner(w, x) * inner(v, x)

    def errs(s: Derivation, way: str) -> None:
        if way == "right":
            far = between(s, near(x, c))
            s.combine(POINTWISE, {at("none", y=-apart): 1, far: 1, positive: 1}, [way])
            return

        def close(t: Derivation, angle: str) -> None:
            if angle == "far":
                t.combine(POINTWISE, {at("one", y=-apart): 1, at("one", y=near(x, c)): -1, positive: 1}, [way, angle])
                return
            wrong = t.sign(WRONG, [way])
            every = t.use("lin:risk/cone", BAD, ["span", "answers", wrong, angle])
            full = repeated(
                t, lambda term: eq(term, 1),
                lambda r: r.combine(eq(T[1], 1), {"first": 1, at("one", y=near(row(1), 1 - c)): 1}, [
                    r.restate(ge(near(row(1), 1 - c), 0), [at(every, k=1), "enough", r.sign(le(1, 1))])]),
                lambda r, before, grown: r.combine(eq(T[m + 1], 1), {grown: 1, before: 1, at("one", y=near(row(m + 1), 1 - c)): T[m]}, [
                    r.restate(ge(near(row(m + 1), 1 - c), 0), [at(every, k=m + 1), r.sign(le(1, m + 1), ["range"]), "within"])]))
            t.combine(POINTWISE, {at("one", y=-apart): 1, full: -1, between(t, near(x, c)): 1}, [way])

        s.cases(POINTWISE, {"far": ge(near(x, c), 0), "close": CLOSE}, close)

    p.cases(POINTWISE, {"wrong": ge(-apart, 0), "right": lt(-apart, 0)}, errs)


LOCAL: tuple[tuple[str, Proposition], ...] = (
    ("size", ge(n, 1)), *INDICATOR, ("span", spanned(v, a)), ("answers", orthogonal(gap())), *zip(("first", "further"), products(T, bad), strict=True),
)


def fresh(rows: int, columns: int, draw: Draw, teacher: sp.Matrix) -> sp.Matrix:
    return sp.Matrix(rows, columns, lambda r, s: draw.integer(-2, 2) + int(r == s))


def step_function() -> sp.Lambda:
    """max(sign(y) + 1, 0) cut at 1, by sums of absolute values: y = 0 counts as >= 0."""
    return sp.Lambda((y,), 1 + sp.Min(sp.sign(y), 0))


def case(draw: Draw, data: sp.Matrix, teacher: sp.Matrix, share: Any) -> dict[str, Any]:
    """Student and indicators of one data set."""
    coefficients, student = projected(data, teacher)
    marks, product = [], sp.Integer(1)
    for r in range(data.rows):
        point = data[r, :].T
        angle = (1 - share) * (teacher.T * teacher)[0] * (point.T * point)[0] - (teacher.T * point)[0] ** 2
        product *= int(bool(angle >= 0))
        marks.append(product)
    return {"X": matrix(data), "a": tuple(coefficients), "v": tuple(student), "T": tuple(marks)}


def sample_pointwise(draw: Draw) -> Sample:
    rows, columns, share = draw.integer(1, 3), draw.integer(1, 3), draw.rational(0, 1)
    teacher = sp.Matrix(draw.family(columns, -1, 1))
    data = fresh(rows, columns, draw, teacher)
    return Sample({"n": rows, "d": columns, "c": share, "w": tuple(teacher), "x": draw.family(columns, -2, 2), "one": step_function(),
                   **case(draw, data, teacher, share)})


SOURCE = Source("PL", "abstract (i), (ii)")
CLAIMS = (
    Entry(Claim("lin:risk/pointwise", "An error needs a wide angle or n bad inputs", SOURCE, "ours", "upper", LOCAL, POINTWISE, uses=("lin:risk/cone",)),
          pointwise, sample_pointwise),
)
