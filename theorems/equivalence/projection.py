"""Squared loss: students from a closed convex class are metric projections; those of a linear class see inner products only.

C = {x : kappa(x) <= 0} is any class closed under blends.  obtuse: x in C is a best student of t, |t - x|^2 <= |t - y|^2 for every y in C,
only if <t - x, y - x> <= 0 for every y in C.   unique: so the best student is the metric projection and there is one.
linear: students sum_f theta_f phi_f; if theta is best for t and eta for r, the students are equal exactly where t - r is orthogonal to every feature.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import V, each, i, squared_distance, t, total

x, y, z, u = (sp.IndexedBase(name) for name in "xyzu")
w = sp.Symbol("w", real=True)
kappa = sp.Function("kappa")
CONVEX = ForAll((x, y, z, w), (le(kappa(x), 0), le(kappa(y), 0), ge(w, 0), le(w, 1), each(lambda a: eq(z[a], (1 - w) * x[a] + w * y[a]))), le(kappa(z), 0))


def inner(first: sp.IndexedBase, second: sp.IndexedBase) -> sp.Expr:
    """<t - first, second - first>."""
    return total(lambda a: (t[a] - first[a]) * (second[a] - first[a]))


def best(student: sp.IndexedBase) -> Proposition:
    """Nothing in the class is nearer to the target."""
    return ForAll((z,), (le(kappa(z), 0),), le(squared_distance(t, student), squared_distance(t, z)))


def obtuse(d: Derivation) -> None:
    """Were A = <t - x, y - x> > 0, the blend with w = A/(A + N), N = |y - x|^2, would be nearer to t."""
    def absurd(s: Derivation) -> None:
        a_, n_ = sp.symbols("A N", real=True)
        first, second = s.step("define", eq(a_, inner(x, y))), s.step("define", eq(n_, squared_distance(x, y)))
        some = s.combine(gt(a_, 0), {"acute": 1, first: -1})
        squares = s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda q: q.sign(ge((x[i] - y[i]) ** 2, 0)))
        room = s.step("termwise", ge(squared_distance(x, y), total(lambda a: sp.Integer(0))), [squares], range=(1, V))
        room = s.combine(ge(n_, 0), {room: 1, second: -1})
        share = s.step("define", eq(w, a_ / (a_ + n_)), [s.sign(gt(a_ + n_, 0), [some, room])])
        both = s.sign(gt(a_ + n_, 0), [some, room])
        bottom = s.combine(ge(w, 0), {s.sign(ge(a_ / (a_ + n_), 0), [some, room]): 1, share: -1}, [both])
        top = s.combine(le(w, 1), {s.sign(ge(n_ / (a_ + n_), 0), [some, room]): 1, share: 1}, [both])
        blend = s.step("define", ForAll((i,), (), eq(z[i], (1 - w) * x[i] + w * y[i])))
        ranged = s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda q: q.restate(blend_at(), [at(blend, i=i)]))
        inside = s.restate(le(kappa(z), 0), [at("convex", x=x, y=y, z=z, w=w), "x", "y", bottom, top, ranged])
        found = s.restate(le(squared_distance(t, x), squared_distance(t, z)), [at("best", z=z), inside])
        terms = s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda q: q.rewrite(eq((t[i] - z[i]) ** 2, blended(i)), [at(blend, i=i)], using=[at(blend, i=i)]))
        spread = s.step("termwise", eq(squared_distance(t, z), total(blended)), [terms], range=(1, V))
        change = s.combine(le(0, -2 * w * a_ + w**2 * n_), {found: 1, spread: 1, first: 2 * w, second: -(w**2)})
        value = s.rewrite(eq(-2 * w * a_ + w**2 * n_, -(a_**2) * (2 * a_ + n_) / (a_ + n_) ** 2), [both], using=[share])
        s.combine(lt(0, 0), {change: 1, value: 1, s.sign(lt(-(a_**2) * (2 * a_ + n_) / (a_ + n_) ** 2, 0), [some, room, both]): 1}, [both])

    d.contradiction(le(inner(x, y), 0), absurd, negated="acute")


def blend_at() -> Proposition:
    return eq(z[i], (1 - w) * x[i] + w * y[i])


def blended(a: sp.Expr) -> sp.Expr:
    """(t - z)^2 at one entry."""
    return (t[a] - x[a]) ** 2 - 2 * w * (t[a] - x[a]) * (y[a] - x[a]) + w**2 * (y[a] - x[a]) ** 2


def unique(d: Derivation) -> None:
    first = d.use("eq:projection/obtuse", le(inner(x, u), 0), ["convex", "x", "u", "best"], y=u)
    second = d.use("eq:projection/obtuse", le(inner(u, x), 0), ["convex", "x", "u", "best_u"], x=u, y=x)
    near = d.combine(le(squared_distance(x, u), 0), {first: 1, second: 1})

    def entry(s: Derivation) -> None:
        part = s.step("member", le((x[i] - u[i]) ** 2, squared_distance(x, u)), ["low", "high"], at=i)
        square = s.combine(le((x[i] - u[i]) ** 2, sp.Integer(0) ** 2), {part: 1, near: 1})
        zero = s.sign(ge(sp.Integer(0), 0))
        up = s.use("base:square-order", le(x[i] - u[i], 0), [zero, square], x=x[i] - u[i], y=sp.Integer(0))
        down = s.use("base:square-order", le(-(x[i] - u[i]), 0), [zero, square], x=-(x[i] - u[i]), y=sp.Integer(0))
        s.sign(eq(x[i], u[i]), [up, down])

    d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)


def sample(draw: Draw) -> Sample:
    """The half space v_1 <= edge: the projection caps the first entry."""
    size, edge, target = draw.integer(1, 3), draw.rational(-1, 1), None
    target = draw.family(size, -2, 2)
    v = sp.IndexedBase("v")
    projection = (min(target[0], edge), *target[1:])
    inside = lambda: (edge - draw.rational(0, 2), *draw.family(size - 1, -2, 2))  # noqa: E731
    share, other = draw.rational(0, 1), inside()
    return Sample({"V": size, "t": target, "x": projection, "u": projection, "y": other, "w": share, "kappa": sp.Lambda((v,), v[1] - edge),
                   "z": tuple((1 - share) * a + share * b for a, b in zip(projection, other, strict=True))})


SOURCE = Source("SKD", "abstract (iv)")
CONVEX_CLASS, IN_X, IN_Y, IN_U = ("convex", CONVEX), ("x", le(kappa(x), 0)), ("y", le(kappa(y), 0)), ("u", le(kappa(u), 0))
CLAIMS = (
    Entry(Claim("eq:projection/obtuse", "The best student of a convex class sees the class at an obtuse angle", SOURCE, "ours", "upper",
                (CONVEX_CLASS, IN_X, IN_Y, ("best", best(x))), le(inner(x, y), 0)), obtuse, sample),
    Entry(Claim("eq:projection/unique", "A convex class has one best student: the metric projection", SOURCE, "ours", "identity",
                (CONVEX_CLASS, IN_X, IN_U, ("best", best(x)), ("best_u", best(u))), each(lambda a: eq(x[a], u[a])),
                uses=("eq:projection/obtuse", "base:square-order")), unique, sample),
)
