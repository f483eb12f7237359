"""Linear students under squared loss: two targets give the same student exactly where their difference is orthogonal to every feature.

The student of theta is sum_f theta_f phi_f on n points (the indices 1..V); best means that no parameters come nearer to the target.
normal: then t - student is orthogonal to every feature.   The metric projection of eq:projection, for a linear class.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.equivalence._family import CLASSES, FEATURES, d, eta, f, l, logit, phi, theta
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.vocabulary import V, each, i, r, squared_distance, t, total

zeta, q = sp.IndexedBase("zeta"), sp.IndexedBase("q")
unit = sp.KroneckerDelta(l, f)


def best(target: sp.IndexedBase, parameters: sp.IndexedBase) -> Proposition:
    """No parameters come nearer to the target."""
    return ForAll((zeta,), (), le(squared_distance(target, logit(parameters)), squared_distance(target, logit(zeta))))


def residual(target: sp.IndexedBase, parameters: sp.IndexedBase) -> sp.Expr:
    """<target - student, phi_f>."""
    return total(lambda a: (target[a] - logit(parameters)(a)) * phi[f, a])


NORMAL = ForAll((f,), tuple(FEATURES.values()), eq(residual(t, theta), 0))
ORTHOGONAL = ForAll((f,), tuple(FEATURES.values()), eq(total(lambda a: (t[a] - r[a]) * phi[f, a]), 0))
SAME = each(lambda a: eq(logit(theta)(a), logit(eta)(a)))
EQUIVALENT = All(ForAll((), (SAME,), ORTHOGONAL), ForAll((), (ORTHOGONAL,), SAME))


def normal(p: Derivation) -> None:
    """Moving parameter f by h = g/(N + 1), g = <t - student, phi_f>, N = |phi_f|^2, changes the loss by h^2 N - 2 h g <= -g^2/(N + 1)^2."""
    def feature(s: Derivation) -> None:
        g, n_, h = sp.symbols("g N h", real=True)
        first, second = s.step("define", eq(g, residual(t, theta))), s.step("define", eq(n_, total(lambda a: phi[f, a] ** 2)))
        squares = s.for_all((i,), CLASSES, lambda u: u.sign(ge(phi[f, i] ** 2, 0)))
        room = s.step("termwise", ge(total(lambda a: phi[f, a] ** 2), total(lambda a: sp.Integer(0))), [squares], range=(1, V))
        room = s.combine(gt(n_ + 1, 0), {room: 1, second: -1, s.sign(gt(1, 0)): 1})
        step = s.step("define", eq(h, g / (n_ + 1)), [room])
        shifted = lambda a: sp.Sum((theta[l] + h * unit) * phi[l, a], (l, 1, d))  # noqa: E731

        def entry(u: Derivation) -> None:
            picked = u.step("pick", eq(sp.Sum(unit * phi[l, i], (l, 1, d)), phi[f, i]), ["f_low", "f_high"], at=f)
            whole = u.combine(eq(shifted(i), logit(theta)(i) + h * phi[f, i]), {picked: h})
            u.rewrite(eq((t[i] - shifted(i)) ** 2, (t[i] - logit(theta)(i) - h * phi[f, i]) ** 2), using=[whole])

        terms = s.for_all((i,), CLASSES, entry)
        summed = s.step("termwise", eq(total(lambda a: (t[a] - shifted(a)) ** 2), total(lambda a: (t[a] - logit(theta)(a) - h * phi[f, a]) ** 2)), [terms], range=(1, V))
        found = s.restate(le(squared_distance(t, logit(theta)), total(lambda a: (t[a] - shifted(a)) ** 2)), [at("best", zeta=sp.Lambda((l,), theta[l] + h * unit))])
        change = s.combine(le(0, h**2 * n_ - 2 * h * g), {found: 1, summed: 1, first: 2 * h, second: -(h**2)})
        value = s.rewrite(eq(h**2 * n_ - 2 * h * g, -(g**2) * (n_ + 2) / (n_ + 1) ** 2), [room], using=[step])
        more = s.combine(le(g**2, g**2 * (n_ + 2)), {room: g**2}, [s.sign(ge(g**2, 0))])
        square = s.combine(le(g**2, sp.Integer(0) ** 2), {more: 1, change: (n_ + 1) ** 2, value: (n_ + 1) ** 2}, [room])
        zero = s.sign(ge(sp.Integer(0), 0))
        up, down = (s.use("base:square-order", le(sign * g, 0), [zero, square], x=sign * g, y=sp.Integer(0)) for sign in (1, -1))
        flat = s.sign(eq(g, 0), [up, down])
        s.combine(eq(residual(t, theta), 0), {first: -1, flat: 1})

    p.for_all((f,), FEATURES, feature)


def equivalent(p: Derivation) -> None:
    first = p.use("eq:projection/normal", NORMAL, ["first"])
    second = p.use("eq:projection/normal", ForAll((f,), tuple(FEATURES.values()), eq(residual(r, eta), 0)), ["second"], t=r, theta=eta)
    gap = lambda a: logit(theta)(a) - logit(eta)(a)  # noqa: E731

    def orthogonal(s: Derivation) -> None:
        def feature(u: Derivation) -> None:
            terms = u.for_all((i,), CLASSES, lambda v: v.combine(eq(gap(i) * phi[f, i], 0), {at("same", i=i): phi[f, i]}, ["low", "high"]))
            summed = u.step("termwise", eq(total(lambda a: gap(a) * phi[f, a]), total(lambda a: sp.Integer(0))), [terms], range=(1, V))
            u.combine(eq(total(lambda a: (t[a] - r[a]) * phi[f, a]), 0), {at(first, f=f): 1, at(second, f=f): -1, summed: 1}, ["f_low", "f_high"])

        s.for_all((f,), FEATURES, feature)

    def same(s: Derivation) -> None:
        """|gap|^2 = sum over f of (theta_f - eta_f) <gap, phi_f>, and the gap is orthogonal to every feature."""
        new = s.step("define", ForAll((i,), (), eq(q[i], gap(i))))

        def feature(u: Derivation) -> None:
            terms = u.for_all((i,), CLASSES, lambda v: v.combine(eq(q[i] * phi[f, i], gap(i) * phi[f, i]), {at(new, i=i): phi[f, i]}))
            summed = u.step("termwise", eq(total(lambda a: q[a] * phi[f, a]), total(lambda a: gap(a) * phi[f, a])), [terms], range=(1, V))
            flat = u.combine(eq(total(lambda a: q[a] * phi[f, a]), 0), {summed: 1, at(first, f=f): -1, at(second, f=f): 1, at("apart", f=f): 1}, ["f_low", "f_high"])
            u.combine(eq((theta[f] - eta[f]) * total(lambda a: q[a] * phi[f, a]), 0), {flat: theta[f] - eta[f]})

        rows = s.for_all((f,), FEATURES, feature)
        rows = s.step("termwise", eq(sp.Sum((theta[f] - eta[f]) * total(lambda a: q[a] * phi[f, a]), (f, 1, d)), sp.Sum(sp.Integer(0), (f, 1, d))), [rows], range=(1, d))
        body = (theta[f] - eta[f]) * q[i] * phi[f, i]
        turned = s.step("exchange", eq(sp.Sum(body, (f, 1, d), (i, 1, V)), sp.Sum(body, (i, 1, V), (f, 1, d))))
        squares = s.for_all((i,), CLASSES, lambda v: v.combine(eq(q[i] ** 2, q[i] * gap(i)), {at(new, i=i): q[i]}))
        squares = s.step("termwise", eq(total(lambda a: q[a] ** 2), total(lambda a: q[a] * gap(a))), [squares], range=(1, V))
        near = s.combine(le(total(lambda a: q[a] ** 2), 0), {squares: 1, turned: 1, rows: 1})

        def entry(u: Derivation) -> None:
            part = u.step("member", le(q[i] ** 2, total(lambda a: q[a] ** 2)), ["low", "high"], at=i)
            square = u.combine(le(q[i] ** 2, sp.Integer(0) ** 2), {part: 1, near: 1})
            zero = u.sign(ge(sp.Integer(0), 0))
            up, down = (u.use("base:square-order", le(sign * q[i], 0), [zero, square], x=sign * q[i], y=sp.Integer(0)) for sign in (1, -1))
            none = u.sign(eq(q[i], 0), [up, down])
            u.combine(SAME.then, {none: 1, at(new, i=i): -1})

        s.for_all((i,), CLASSES, entry)

    p.restate(EQUIVALENT, [p.for_all((), {"same": SAME}, orthogonal), p.for_all((), {"apart": ORTHOGONAL}, same)])


def sample(draw: Draw) -> Sample:
    """Targets built from students and a part that the single feature does not see."""
    row = (sp.Integer(1), draw.rational(-1, 1))
    first, second, lift = draw.rational(-1, 1), draw.rational(-1, 1), draw.rational(-1, 1)
    second = first if draw.integer(0, 1) else second
    target = tuple(first * a + lift * b for a, b in zip(row, (-row[1], row[0]), strict=True))
    return Sample({"V": 2, "d": 1, "phi": (row,), "theta": (first,), "eta": (second,), "t": target, "r": tuple(second * a for a in row), "zeta": draw.family(1, -2, 2)})


SOURCE = Source("SKD", "abstract (iv)")
CLAIMS = (
    Entry(Claim("eq:projection/normal", "The best linear student leaves an orthogonal residual", SOURCE, "ours", "identity", (("best", best(t, theta)),), NORMAL,
                uses=("base:square-order",)), normal, sample),
    Entry(Claim("eq:projection", "Same linear student exactly where the difference is orthogonal", SOURCE, "ours", "identity",
                (("first", best(t, theta)), ("second", best(r, eta))), EQUIVALENT, uses=("eq:projection/normal", "base:square-order")), equivalent, sample),
)
