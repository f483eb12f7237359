"""The limit of gradient flow as the theorem says it, by start and number of inputs (PL (iii), (iv)).

`lin:limit/projection`: n inputs in general position, n <= d (W inverts the Gram matrix X'X), and a start delta that is orthogonal
to them: the flow tends to X (X'X)^{-1} X' w + delta; for the start at 0 that is the projection of the teacher on the span of the data.
`lin:limit/teacher`: n >= d inputs in general position (M inverts X X') and any start: it tends to the teacher w.  Both at the rate of
`lin:limit`, with B = X (X'X)^{-1} and B = (X X')^{-1} X.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear import limit
from theorems.linear._flow import ANSWERS, FLOW, SIZE, SMOOTH, START, s
from theorems.linear._setting import COLUMN, ROW, d, matrix, orthogonal, w
from theorems.linear.limit_points import FEW, FOLD, GRAM, LIMIT, MANY, MOMENT, SHARE, SPREAD, WEIGHT
from theorems.logic import Proposition, eq
from theorems.terms import substitute
from theorems.vocabulary import each, j, k

delta = sp.IndexedBase("delta")
ZERO = sp.Integer(0)
PROJECTION = {"v": sp.Lambda((j,), LIMIT(j) + delta[j]), "a": sp.Lambda((k,), WEIGHT(k)), "B": SPREAD}
LACK = {"w": sp.Lambda((j,), w[j] - s(j, 0))}
TEACHER = {"v": w, "a": sp.Lambda((k,), substitute(SHARE(k), LACK)), "B": FOLD}


def rooms(values: dict[str, object]) -> tuple[tuple[str, Proposition], ...]:
    """The constants of the rate."""
    return tuple((name, substitute(part, values)) for name, part in limit.ROOM)


def approach(p: Derivation, values: dict[str, object], start: str, answers: str, fixed: str, *by: str) -> None:
    p.use("lin:limit", substitute(limit.NEAR, values), ["size", "smooth", "flow", start, answers, fixed, *(name for name, _ in limit.ROOM), *by], **values)


def projection(p: Derivation) -> None:
    whole = p.use("lin:limit/few", FEW, ["left", "right"])
    fixed, answers = (p.restate(part, [whole]) for part in FEW.args)
    begun = p.for_all((j,), COLUMN, lambda q: q.combine(substitute(START[1].then, PROJECTION), {at("begin", j=j): -1}, list(COLUMN)))
    told = p.for_all((k,), ROW, lambda q: q.combine(substitute(ANSWERS[1].then, PROJECTION), {at(answers, k=k): -1, at("off", k=k): -1}, list(ROW)))
    approach(p, PROJECTION, begun, told, fixed)


def teacher(p: Derivation) -> None:
    whole = p.use("lin:limit/many", substitute(MANY, LACK), ["left", "right"], **LACK)
    fixed, spanned = (p.restate(part, [whole]) for part in substitute(MANY, LACK).args)
    begun = p.restate(substitute(START[1], TEACHER), [spanned])
    told = p.for_all((k,), ROW, lambda q: q.rewrite(substitute(ANSWERS[1].then, TEACHER)))
    approach(p, TEACHER, begun, told, fixed)


SOURCE = Source("PL", "abstract (iii), (iv)")
BASIC: tuple[tuple[str, Proposition], ...] = (SIZE, SMOOTH, FLOW)
OFF: tuple[tuple[str, Proposition], ...] = (
    ("off", orthogonal(delta)), ("begin", each(lambda c: eq(s(c, 0), delta[c]), d, j)))


def sample_projection(draw: Draw) -> Sample:
    """Inputs along the axes and a teacher with the answer 0: a start off the span stays where it is."""
    columns = draw.integer(1, 3)
    rows = draw.integer(1, columns)
    lengths, rest, far = draw.family(rows, "1/2", 2), draw.family(columns - rows, -1, 1), draw.family(columns - rows, -1, 1)
    data = sp.Matrix(rows, columns, lambda r, c: lengths[r] if r == c else ZERO)
    begin, (index, time) = (ZERO,) * rows + far, (sp.Symbol("index", integer=True), sp.Symbol("t", real=True))
    path = sum(part * sp.KroneckerDelta(index, c + 1) for c, part in enumerate(begin))
    beta = sum(length**-2 for length in lengths)
    return Sample({"n": rows, "d": columns, "X": matrix(data), "W": matrix((data * data.T).inv()), "w": (ZERO,) * rows + rest, "delta": begin,
                   "s": sp.Lambda((index, time), path), "beta": beta, "R": sp.Integer(draw.integer(0, 2))})


def sample_teacher(draw: Draw) -> Sample:
    """As many inputs as dimensions, along the axes, a teacher with the answer 0, any start."""
    while True:
        found = dict(limit.sample(draw).values)
        if found["n"] == found["d"]:
            data = sp.Matrix(found["X"])
            return Sample({**{name: found[name] for name in ("n", "d", "X", "w", "s", "beta", "R")}, "M": matrix((data.T * data).inv())})


CLAIMS = (
    Entry(Claim("lin:limit/projection", "The limit from a start off the span", SOURCE, "reported", "upper",
                (*BASIC, *GRAM, *OFF, *rooms(PROJECTION)), substitute(limit.NEAR, PROJECTION), uses=("lin:limit", "lin:limit/few")), projection, sample_projection),
    Entry(Claim("lin:limit/teacher", "The limit for at least as many inputs as dimensions, from any start", SOURCE, "reported", "upper",
                (*BASIC, *MOMENT, *rooms(TEACHER)), substitute(limit.NEAR, TEACHER), uses=("lin:limit", "lin:limit/many")), teacher, sample_teacher),
)
