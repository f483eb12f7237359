"""A small balanced start ends near the projection of the teacher (PL (iii), (iv)).

P is the orthogonal projection on the span of the data: symmetric, P P = P and P X_k = X_k.  Under the flow of `lin:deep`, once
|s(0)|^2 <= eps^N (|P s(t)|^2 + eps)^(1-N) the student at time t has |s_perp(t)|^2 <= eps, and so |s(t) - v|^2 <= |P s(t) - v|^2 + eps for
every v in the range of P, the projection of the teacher among them; no step takes P s(t) to its limit.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear import deep, deep_flow
from theorems.linear._setting import COLUMN, d
from theorems.linear.deep import P, l, t
from theorems.linear.deep_flow import STUDENT, N, S
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import each, j, k, total

s, y, v = (sp.IndexedBase(name) for name in ("s", "y", "v"))
eps = sp.Symbol("eps", real=True)
SYMMETRIC = ForAll((j, l), (*COLUMN.values(), le(1, l), le(l, d)), eq(P[j, l], P[l, j]))
IDEMPOTENT = ForAll((j, l), (*COLUMN.values(), le(1, l), le(l, d)), eq(total(lambda c: P[j, c] * P[c, l], d, k), P[j, l]))
SHADOW = each(lambda c: eq(y[c], total(lambda z: P[c, z] * s[z], d, l)), d, j)
PYTHAGORAS = eq(total(lambda c: s[c] ** 2, d, j), total(lambda c: (s[c] - y[c]) ** 2, d, j) + total(lambda c: y[c] ** 2, d, j))


def pythagoras(p: Derivation) -> None:
    """<s, P s> = |P s|^2."""
    span = {"l_low": le(1, l), "l_high": le(l, d)}
    inner = {"k_low": le(1, k), "k_high": le(k, d)}

    def again(u: Derivation) -> None:
        """(P y)_j = y_j."""
        body = P[j, k] * P[k, l] * s[l]
        terms = u.for_all((k,), inner, lambda w: w.combine(eq(P[j, k] * y[k], sp.Sum(body, (l, 1, d))), {at("shadow", j=k): P[j, k]}, list(inner)))
        terms = u.step("termwise", eq(total(lambda c: P[j, c] * y[c], d, k), sp.Sum(body, (l, 1, d), (k, 1, d))), [terms], range=(1, d))
        turned = u.step("exchange", eq(sp.Sum(body, (l, 1, d), (k, 1, d)), sp.Sum(body, (k, 1, d), (l, 1, d))))
        rows = u.for_all((l,), span, lambda w: w.combine(eq(sp.Sum(body, (k, 1, d)), P[j, l] * s[l]), {at("idempotent", j=j, l=l): s[l]}, [*COLUMN, *span]))
        rows = u.step("termwise", eq(sp.Sum(body, (k, 1, d), (l, 1, d)), total(lambda c: P[j, c] * s[c], d, l)), [rows], range=(1, d))
        u.combine(eq(total(lambda c: P[j, c] * y[c], d, k), y[j]), {terms: 1, turned: 1, rows: 1, at("shadow", j=j): -1}, list(COLUMN))

    twice = p.for_all((j,), COLUMN, again)
    body = y[j] * P[j, l] * s[l]
    squares = p.for_all((j,), COLUMN, lambda u: u.combine(eq(y[j] ** 2, sp.Sum(body, (l, 1, d))), {at("shadow", j=j): y[j]}, list(COLUMN)))
    squares = p.step("termwise", eq(total(lambda c: y[c] ** 2, d, j), sp.Sum(body, (l, 1, d), (j, 1, d))), [squares], range=(1, d))
    turned = p.step("exchange", eq(sp.Sum(body, (l, 1, d), (j, 1, d)), sp.Sum(body, (j, 1, d), (l, 1, d))))

    def column(u: Derivation) -> None:
        swapped = u.for_all((j,), COLUMN, lambda w: w.combine(eq(body, s[l] * P[l, j] * y[j]), {at("symmetric", j=j, l=l): y[j] * s[l]}, [*COLUMN, *span]))
        swapped = u.step("termwise", eq(sp.Sum(body, (j, 1, d)), total(lambda c: s[l] * P[l, c] * y[c], d, j)), [swapped], range=(1, d))
        u.combine(eq(sp.Sum(body, (j, 1, d)), s[l] * y[l]), {swapped: 1, at(twice, j=l): s[l]}, list(span))

    columns = p.for_all((l,), span, column)
    columns = p.step("termwise", eq(sp.Sum(body, (j, 1, d), (l, 1, d)), total(lambda c: s[c] * y[c], d, l)), [columns], range=(1, d))
    p.combine(PYTHAGORAS, {squares: -2, turned: -2, columns: -2})


def sample_pythagoras(draw: Draw) -> Sample:
    """The projection on one direction, or on all."""
    size = draw.integer(1, 3)
    line = sp.Matrix([draw.rational("1/4", 2), *draw.family(size - 1, -1, 1)])
    matrix = line * line.T / (line.T * line)[0] if draw.integer(0, 1) else sp.eye(size)
    point = sp.Matrix(draw.family(size, -2, 2))
    return Sample({"d": size, "P": tuple(map(tuple, matrix.tolist())), "s": tuple(point), "y": tuple(matrix * point)})


def norm(time: sp.Expr = t) -> sp.Expr:
    """|s|^2."""
    return substitute(deep.norm(time), STUDENT)


def hidden(time: sp.Expr = t) -> sp.Expr:
    """|s_perp|^2."""
    return substitute(deep.hidden(time), STUDENT)


def shadow(place: sp.Expr, time: sp.Expr = t) -> sp.Expr:
    """(P s)_place."""
    return total(lambda z: P[place, z] * deep_flow.q(1, z, time), S[1], l)


def seen(time: sp.Expr = t) -> sp.Expr:
    """|P s|^2."""
    return total(lambda c: shadow(c, time) ** 2, S[1], j)


SMALL = le(norm(sp.Integer(0)), eps**N * (seen() + eps) ** (1 - N))
RANGE = each(lambda c: eq(total(lambda z: P[c, z] * v[z], S[1], l), v[c]), S[1], j)
AWAY = total(lambda c: (deep_flow.q(1, c, t) - v[c]) ** 2, S[1], j)
NEAR = ForAll((t,), (ge(t, 0), SMALL), All(le(hidden(), eps), le(AWAY, total(lambda c: (shadow(c) - v[c]) ** 2, S[1], j) + eps)))
PROJECTION: tuple[tuple[str, Proposition], ...] = (("symmetric", SYMMETRIC), ("idempotent", IDEMPOTENT))


def split(p: Derivation, time: sp.Expr) -> str:
    """|s|^2 = |s_perp|^2 + |P s|^2."""
    values = {"d": S[1], "s": sp.Lambda((j,), deep_flow.q(1, j, time)), "y": sp.Lambda((j,), shadow(j, time))}
    same = p.for_all((j,), {"c_low": le(1, j), "c_high": le(j, S[1])}, lambda u: u.rewrite(eq(shadow(j, time), shadow(j, time))))
    return p.use("lin:deep/pythagoras", substitute(PYTHAGORAS, values), ["symmetric", "idempotent", same], **values)


def square(p: Derivation, time: sp.Expr) -> str:
    terms = p.for_all((j,), {"c_low": le(1, j), "c_high": le(j, S[1])}, lambda u: u.sign(ge(shadow(j, time) ** 2, 0)))
    zero = p.step("termwise", ge(seen(time), total(lambda c: sp.Integer(0), S[1], j)), [terms], range=(1, S[1]))
    return p.combine(ge(seen(time), 0), {zero: 1})


def near(p: Derivation) -> None:
    whole = p.use("lin:deep", deep_flow.CONSERVED, [name for name, _ in deep_flow.HYPOTHESES])
    living, law = (p.restate(part, [whole]) for part in deep_flow.CONSERVED.args)
    zero = sp.Integer(0)
    begun = p.sign(ge(zero, 0))
    first, second = split(p, zero), square(p, zero)
    part = p.combine(le(hidden(zero), norm(zero)), {first: -1, second: 1})
    start = p.restate(gt(norm(zero), 0), [at(living, t=0), begun])

    def moment(u: Derivation) -> None:
        whole, room = split(u, t), square(u, t)
        alive = u.restate(gt(norm(), 0), [at(living, t=t), "since"])
        kept = u.restate(eq(substitute(deep.conserved(), STUDENT), substitute(deep.conserved(zero), STUDENT)), [at(law, t=t), "since"])
        both = u.transfer(gt(seen() + hidden(), 0), alive, [whole])
        kept = u.transfer(eq(hidden() * (seen() + hidden()) ** (1 / N - 1), hidden(zero) * norm(zero) ** (1 / N - 1)), kept, [whole, both, start, "N"])
        small = u.use("lin:deep/threshold", le(hidden(), eps), ["N", kept, part, start, room, "eps", "small", both], q=hidden(), a=seen(), q_0=hidden(zero), m_0=norm(zero), e=eps)

        apart = sp.Lambda((j,), deep_flow.q(1, j, t) - v[j]), sp.Lambda((j,), shadow(j) - v[j])
        values = {"d": S[1], "s": apart[0], "y": apart[1]}
        names = {"c_low": le(1, j), "c_high": le(j, S[1])}
        shaded = u.for_all((j,), names, lambda w: w.combine(substitute(SHADOW.then, values), {at("teacher", j=j): 1}, list(names)))
        parts = u.use("lin:deep/pythagoras", substitute(PYTHAGORAS, values), ["symmetric", "idempotent", shaded], **values)
        u.restate(NEAR.then, [small, u.combine(NEAR.then.args[1], {small: 1, parts: 1})])

    p.for_all((t,), {"since": ge(t, 0), "small": SMALL}, moment)


def sample_near(draw: Draw) -> Sample:
    found = deep_flow.sample(draw)
    return Sample({**found.values, "v": (draw.rational(-1, 1), 0), "eps": draw.rational(1, 40)})


SOURCE = Source("PL", "abstract (iii), (iv)")
CLAIMS = (
    Entry(Claim("lin:deep/pythagoras", "A vector, its projection and the rest", SOURCE, "ours", "identity", (*PROJECTION, ("shadow", SHADOW)), PYTHAGORAS),
          pythagoras, sample_pythagoras),
    Entry(Claim("lin:deep/near", "A small start ends near the projection", SOURCE, "ours", "upper", (
        *deep_flow.HYPOTHESES, *((name, substitute(part, {"d": S[1]})) for name, part in PROJECTION), ("teacher", RANGE), ("eps", gt(eps, 0))), NEAR,
        uses=("lin:deep", "lin:deep/pythagoras", "lin:deep/threshold")), near, sample_near),
)
