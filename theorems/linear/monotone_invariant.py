"""Under a rotation-invariant law of the inputs more data never raise the risk: it is angle(w, v)/pi (PL (iv)).

u is the student of the first n inputs, v that of all m >= n, both trained to the end and not 0; the law of the fresh input x is
invariant under rotations and has no mass at 0.  Ties count one half; the training inputs may be any.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.lemmas.random_hyperplane import INVARIANT, angle, disagreement, plain
from theorems.linear._setting import matrix, projected, size, v, w
from theorems.linear.cone import schwarz
from theorems.linear.monotone import CONCLUSION as CLOSER
from theorems.linear.monotone import HYPOTHESES, u
from theorems.logic import Proposition, eq, ge, gt, le, lt

z, low, high = sp.symbols("z low high", real=True)
RISK = {student: disagreement(plain(w), plain(student)) for student in (u, v)}
CONCLUSION = le(RISK[v], RISK[u])
NONZERO: tuple[tuple[str, Proposition], ...] = (("teacher", gt(size(w), 0)), ("few", gt(size(u), 0)), ("many", gt(size(v), 0)))


def cosine(student: sp.IndexedBase) -> sp.Expr:
    """Of the angle to the teacher."""
    return angle(plain(w), plain(student)).args[0]


def derive(p: Derivation) -> None:
    closer = p.use("lin:monotone", CLOSER, [name for name, _ in HYPOTHESES])
    wider = p.restate(CLOSER.args[1], [closer])
    risks = {student: p.cite("random hyperplane", eq(RISK[student], angle(plain(w), plain(student)) / sp.pi), ["law", "teacher", name], u=w, v=student)
             for student, name in ((u, "few"), (v, "many"))}
    sizes = ["teacher", "few", "many"]
    named = {student: p.step("define", eq(label, cosine(student)), sizes) for student, label in ((u, low), (v, high))}
    ahead = {u: p.sign(ge(cosine(u), 0), [p.restate(CLOSER.args[2], [closer]), *sizes]),
             v: p.sign(ge(cosine(v), 0), [p.restate(CLOSER.args[3], [closer]), *sizes])}
    ahead = {u: p.combine(ge(low, 0), {ahead[u]: 1, named[u]: -1}, sizes), v: p.combine(ge(high, 0), {ahead[v]: 1, named[v]: -1}, sizes)}
    scale = 1 / (size(w) * size(u) * size(v))
    squares = p.combine(le(cosine(u) ** 2, cosine(v) ** 2), {wider: scale}, sizes)
    squares = p.combine(le(low**2, high**2), {squares: 1, named[u]: low + cosine(u), named[v]: -high - cosine(v)}, sizes)
    order = p.use("base:square-order", le(low, high), [ahead[v], squares], x=low, y=high)
    bound = schwarz(p, w, v)
    unit = p.combine(le(cosine(v) ** 2, 1), {bound: 1 / (size(w) * size(v))}, sizes)
    unit = p.combine(le(high**2, sp.Integer(1) ** 2), {unit: 1, named[v]: high + cosine(v)}, sizes)
    unit = p.use("base:square-order", le(high, 1), [p.sign(ge(sp.Integer(1), 0)), unit], x=high, y=sp.Integer(1))
    slope = sp.Derivative(sp.acos(z), z)

    def falling(q: Derivation) -> None:
        found = q.derivative(eq(slope, -1 / sp.sqrt(1 - z**2)), ["above", "below"])
        q.combine(le(slope, 0), {found: 1, q.sign(le(-1 / sp.sqrt(1 - z**2), 0), ["above", "below"]): 1}, ["above", "below"])

    inside = p.for_all((z,), {"above": gt(z, -1), "below": lt(z, 1)}, falling)
    turned = p.monotone(ge(sp.acos(low), sp.acos(high)), inside, [ahead[u], order, unit], low=low, high=high)
    range_ = [p.combine(relation, terms, sizes) for relation, terms in (
        (ge(cosine(u), 0), {ahead[u]: 1, named[u]: 1}), (le(cosine(u), 1), {order: 1, unit: 1, named[u]: -1}),
        (ge(cosine(v), 0), {ahead[v]: 1, named[v]: 1}), (le(cosine(v), 1), {unit: 1, named[v]: -1}))]
    turned = p.transfer(ge(sp.acos(cosine(u)), sp.acos(cosine(v))), turned, [named[u], named[v], *range_, *sizes])
    p.combine(CONCLUSION, {turned: 1 / sp.pi, risks[u]: -1, risks[v]: 1}, [*range_, *sizes])


def sample(draw: Draw) -> Sample:
    """All of d independent inputs against some of them: v = w is right wherever it can be, under every law of the fresh input.

    The corners along the axes stand for an invariant law, which no finite law is unless d = 1.
    """
    columns = draw.integer(1, 3)
    few = draw.integer(1, columns)
    data = sp.Matrix(columns, columns, lambda r, c: sp.Integer(int(r == c)) if r >= c else draw.integer(-1, 1))
    teacher = sp.Matrix(draw.family(columns, "1/4", 1))
    many, fewer = projected(data, teacher), projected(data[:few, :], teacher)
    corners = [tuple(sign * int(c == place) for c in range(columns)) for place in range(columns) for sign in (1, -1)]
    law = tuple((sp.Rational(1, 2 * columns), {"x": corner}) for corner in corners)
    return Sample({"n": few, "m": columns, "d": columns, "X": matrix(data), "w": tuple(teacher), "b": tuple(many[0]), "v": tuple(many[1]),
                   "a": tuple(fewer[0]), "u": tuple(fewer[1])}, law, ("rotation-invariant",))


CLAIM = Entry(
    Claim("lin:monotone-risk/invariant", "More data and the risk under rotation-invariant laws", Source("PL", "abstract (iv)"), "ours", "upper",
          (*HYPOTHESES, *NONZERO, ("law", INVARIANT)), CONCLUSION, uses=("lin:monotone", "base:cauchy-schwarz", "base:square-order")),
    derive, sample,
)
