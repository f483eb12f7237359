"""The steps to `lin:deep` that speak of the first layer and the student alone (PL (iii), (iv)).

N layers, the first one A (h x d), the rest multiplied out to c (1 x h): the student is s = A'c.  Gradient flow moves the first layer by
A' = -c g', g the gradient in s, a combination of the inputs.  P is any matrix with P X_k = X_k; s_perp = s - P s.
`lin:deep/layer`: A - A P is constant, balanced or not.  `lin:deep/form`: where A = y s' |s|^(1/N - 1) with |y| = 1 at all times, as in
balanced layers (`lin:deep/balanced`), |s_perp|^2/|s|^(2(N-1)/N) is the squared norm of A - A P, so constant.
`lin:deep/threshold`: q = |s_perp|^2, a = |P s|^2 at one time, q_0, m_0 at the start: m_0 <= e^N (a + e)^(1-N) gives q <= e.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear._setting import COLUMN, X, d
from theorems.logic import ForAll, Named, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import each, j, k, n, total

N, H, l = sp.symbols("N H l", integer=True)
t, u, e = sp.symbols("t u e", real=True)
h = sp.Symbol("h", integer=True)
A, c, g, s = (sp.Function(name) for name in ("A", "c", "g", "s"))
P, r = sp.IndexedBase("P"), sp.Function("r")
ZERO = sp.Integer(0)


def shadow(vector: object, place: sp.Expr) -> sp.Expr:
    """(P vector)_place."""
    return total(lambda q: P[place, q] * vector(q), d, l)  # type: ignore[operator]


def perpendicular(vector: object, place: sp.Expr) -> sp.Expr:
    return vector(place) - shadow(vector, place)  # type: ignore[operator]


def layer(node: sp.Expr, time: sp.Expr = t) -> object:
    return lambda q: A(node, q, time)


FIXED: tuple[str, Proposition] = ("fixed", each(lambda q: each(lambda w: eq(total(lambda z: P[w, z] * X[q, z], d, l), X[q, w]), d, j), n, k))
GRADIENT: tuple[str, Proposition] = ("gradient", ForAll((j, t), (le(1, j), le(j, d), gt(t, 0)), eq(g(j, t), sp.Sum(r(k, t) * X[k, j], (k, 1, n)))))
FLOW: tuple[str, Proposition] = ("flow", ForAll((h, j, t), (le(1, h), le(h, H), le(1, j), le(j, d), gt(t, 0)),
                                               eq(sp.Derivative(A(h, j, t), t), -c(h, t) * g(j, t))))
_MARK = (sp.Symbol("node", integer=True), sp.Symbol("coordinate", integer=True), sp.Symbol("time", real=True))
SMOOTH: tuple[str, Proposition] = ("smooth", Named("smooth", A(*_MARK)))
NODE: dict[str, Proposition] = {"h_low": le(1, h), "h_high": le(h, H)}
KEPT = ForAll((h, j, t), (*NODE.values(), *COLUMN.values(), ge(t, 0)), eq(perpendicular(layer(h), j), perpendicular(layer(h, ZERO), j)))


def constant(p: Derivation) -> None:
    names = [*NODE, *COLUMN]

    def entry(q: Derivation) -> None:
        def still(w: Derivation) -> None:
            speed = lambda z: sp.Derivative(A(h, z, t), t)  # noqa: E731
            moved = w.derivative(eq(sp.Derivative(perpendicular(layer(h), j), t), perpendicular(speed, j)), ["smooth"])
            body = P[j, l] * r(k, t) * X[k, l]

            def column(z: Derivation) -> None:
                span = ["l_low", "l_high"]
                z.combine(eq(P[j, l] * speed(l), -c(h, t) * sp.Sum(body, (k, 1, n))), {
                    at("flow", h=h, j=l, t=t): P[j, l], at("gradient", j=l, t=t): -c(h, t) * P[j, l]}, [*NODE, *span, "now"])

            columns = w.for_all((l,), {"l_low": le(1, l), "l_high": le(l, d)}, column)
            columns = w.step("termwise", eq(shadow(speed, j), sp.Sum(-c(h, t) * sp.Sum(body, (k, 1, n)), (l, 1, d))), [columns, *names], range=(1, d))
            turned = w.step("exchange", eq(sp.Sum(body, (k, 1, n), (l, 1, d)), sp.Sum(body, (l, 1, d), (k, 1, n))))
            rows = w.for_all((k,), {"k_low": le(1, k), "k_high": le(k, n)}, lambda z: z.combine(
                eq(sp.Sum(body, (l, 1, d)), r(k, t) * X[k, j]), {at(z.restate(
                    each(lambda y: eq(total(lambda x: P[y, x] * X[k, x], d, l), X[k, y]), d, j), [at("fixed", k=k), "k_low", "k_high"]), j=j): r(k, t)}, [*COLUMN]))
            rows = w.step("termwise", eq(sp.Sum(body, (l, 1, d), (k, 1, n)), sp.Sum(r(k, t) * X[k, j], (k, 1, n))), [rows, *COLUMN], range=(1, n))
            w.combine(eq(sp.Derivative(perpendicular(layer(h), j), t), 0), {
                moved: 1, columns: -1, turned: c(h, t), rows: c(h, t), at("flow", h=h, j=j, t=t): 1, at("gradient", j=j, t=t): -c(h, t)}, [*names, "now"])

        quiet = q.for_all((t,), {"now": gt(t, 0)}, still)
        here, begin = perpendicular(layer(h, u), j), perpendicular(layer(h, ZERO), j)
        slope = sp.Derivative(perpendicular(layer(h), j), t)
        signs = [q.for_all((t,), {"now": gt(t, 0)}, lambda w, rel=rel: w.sign(rel(slope, 0), [w.restate(eq(slope, 0), [at(quiet, t=t), "now"])]))
                 for rel in (ge, le)]

        def later(w: Derivation) -> None:
            up = w.monotone(le(begin, here), signs[0], ["smooth", "since"], low=ZERO, high=u)
            down = w.monotone(le(here, begin), signs[1], ["smooth", "since"], low=ZERO, high=u)
            w.sign(eq(here, begin), [up, down])

        q.for_all((u,), {"since": ge(u, 0)}, later)

    every = p.for_all((h, j), {**NODE, **COLUMN}, entry)

    def moment(q: Derivation) -> None:
        one = q.restate(ForAll((u,), (ge(u, 0),), eq(perpendicular(layer(h, u), j), perpendicular(layer(h, ZERO), j))), [at(every, h=h, j=j), *names])
        q.restate(KEPT.then, [at(one, u=t), "since"])

    p.for_all((h, j, t), {**NODE, **COLUMN, "since": ge(t, 0)}, moment)


y = sp.Function("y")


def norm(time: sp.Expr = t) -> sp.Expr:
    """|s|^2."""
    return total(lambda q: s(q, time) ** 2, d, j)


def hidden(time: sp.Expr = t) -> sp.Expr:
    """|s_perp|^2."""
    return total(lambda q: perpendicular(lambda z: s(z, time), q) ** 2, d, j)


def conserved(time: sp.Expr = t) -> sp.Expr:
    return hidden(time) * norm(time) ** (1 / N - 1)


BALANCED: tuple[str, Proposition] = ("balanced", ForAll((h, j, t), (*NODE.values(), *COLUMN.values(), ge(t, 0)),
                                                       eq(A(h, j, t), y(h, t) * norm() ** ((1 / N - 1) / 2) * s(j, t))))
UNIT: tuple[str, Proposition] = ("unit", ForAll((t,), (ge(t, 0),), eq(total(lambda q: y(q, t) ** 2, H, h), 1)))
ALIVE: tuple[str, Proposition] = ("alive", ForAll((t,), (ge(t, 0),), gt(norm(), 0)))
CONSERVED = ForAll((t,), (ge(t, 0),), eq(conserved(), conserved(ZERO)))


def layer_size(time: sp.Expr = t) -> sp.Expr:
    """|A - A P|^2."""
    return sp.Sum(perpendicular(layer(h, time), j) ** 2, (j, 1, d), (h, 1, H))


def balance(p: Derivation) -> None:
    kept = p.use("lin:deep/layer", KEPT, ["fixed", "gradient", "flow", "smooth"])

    def moment(q: Derivation) -> None:
        living = q.restate(gt(norm(), 0), [at("alive", t=t), "since"])
        share = norm() ** ((1 / N - 1) / 2)
        lost = perpendicular(lambda z: s(z, t), j)

        def node(w: Derivation) -> None:
            def coordinate(z: Derivation) -> None:
                column = z.for_all((l,), {"l_low": le(1, l), "l_high": le(l, d)}, lambda x: x.combine(
                    eq(P[j, l] * A(h, l, t), P[j, l] * y(h, t) * share * s(l, t)), {at("balanced", h=h, j=l, t=t): P[j, l]},
                    [*NODE, "l_low", "l_high", "since", living, "N"]))
                shaded = z.step("termwise", eq(shadow(layer(h), j), sp.Sum(P[j, l] * y(h, t) * share * s(l, t), (l, 1, d))),
                                [column, *NODE, *COLUMN, living, "N"], range=(1, d))
                whole = z.combine(eq(perpendicular(layer(h), j), y(h, t) * share * lost), {shaded: -1, at("balanced", h=h, j=j, t=t): 1},
                                  [*NODE, *COLUMN, "since", living, "N"])
                z.combine(eq(perpendicular(layer(h), j) ** 2, y(h, t) ** 2 * norm() ** (1 / N - 1) * lost**2), {
                    whole: perpendicular(layer(h), j) + y(h, t) * share * lost}, [living, "N"])

            columns = w.for_all((j,), COLUMN, coordinate)
            w.step("termwise", eq(sp.Sum(perpendicular(layer(h), j) ** 2, (j, 1, d)), y(h, t) ** 2 * conserved()), [columns, *NODE, living, "N"], range=(1, d))

        nodes = q.for_all((h,), NODE, node)
        summed = q.step("termwise", eq(layer_size(), sp.Sum(y(h, t) ** 2 * conserved(), (h, 1, H))), [nodes, living, "N"], range=(1, H))
        q.combine(eq(layer_size(), conserved()), {summed: 1, at("unit", t=t): conserved()}, ["since", living, "N"])

    value = p.for_all((t,), {"since": ge(t, 0)}, moment)

    def same(q: Derivation) -> None:
        def node(w: Derivation) -> None:
            now, begin = (perpendicular(layer(h, time), j) for time in (t, ZERO))
            columns = w.for_all((j,), COLUMN, lambda z: z.combine(eq(now**2, begin**2), {at(kept, h=h, j=j, t=t): now + begin}, [*NODE, *COLUMN, "since"]))
            w.step("termwise", eq(sp.Sum(now**2, (j, 1, d)), sp.Sum(begin**2, (j, 1, d))), [columns, *NODE], range=(1, d))

        nodes = q.for_all((h,), NODE, node)
        summed = q.step("termwise", eq(layer_size(), layer_size(ZERO)), [nodes], range=(1, H))
        start = q.sign(ge(ZERO, 0))
        living = [q.restate(gt(norm(time), 0), [at("alive", t=time), fact]) for time, fact in ((t, "since"), (ZERO, start))]
        first = q.restate(eq(layer_size(ZERO), conserved(ZERO)), [at(value, t=0), start])
        q.combine(eq(conserved(), conserved(ZERO)), {at(value, t=t): -1, summed: 1, first: 1}, ["since", *living, "N"])

    p.for_all((t,), {"since": ge(t, 0)}, same)


def sample(draw: Draw) -> Sample:
    """One input, along the first axis; two layers of one node that grow like e^t, the unseen part kept: s = A |A|."""
    index, node, keep, start = sp.Symbol("index", integer=True), sp.Symbol("node", integer=True), draw.rational("1/4", 2), draw.rational("1/4", 2)
    first = start * sp.exp(t)
    size = first**2 + keep**2
    rule = sp.Lambda((node, index, t), first * sp.KroneckerDelta(index, 1) + keep * sp.KroneckerDelta(index, 2))
    student = sp.Lambda((index, t), sp.sqrt(size) * (first * sp.KroneckerDelta(index, 1) + keep * sp.KroneckerDelta(index, 2)))
    speed = -first / sp.sqrt(size)
    return Sample({"N": 2, "H": 1, "d": 2, "n": 1, "X": ((1, 0),), "P": ((1, 0), (0, 0)), "A": rule, "s": student,
                   "y": sp.Lambda((node, t), sp.Integer(1)), "c": sp.Lambda((node, t), sp.sqrt(size)),
                   "g": sp.Lambda((index, t), speed * sp.KroneckerDelta(index, 1)), "r": sp.Lambda((index, t), speed)})


q, a, q0, m0 = sp.symbols("q a q_0 m_0", real=True)
LAW, SMALL = q * (a + q) ** (1 / N - 1), e**N * (a + e) ** (1 - N)
NEAR = le(q, e)


def near(p: Derivation) -> None:
    def absurd(w: Derivation) -> None:
        positive = w.sign(gt(q, 0), ["negated", "e"])
        alive, edge = w.sign(gt(a + q, 0), [positive, "a"]), w.sign(gt(a + e, 0), ["e", "a"])
        scale = w.sign(gt(m0 ** (1 / N - 1), 0), ["start", "N"])
        less = w.combine(le(q * (a + q) ** (1 / N - 1), m0 ** (1 / N)), {"conserved": 1, "part": m0 ** (1 / N - 1)}, [alive, scale, "N", "start"])
        logs = w.sign(le(sp.log(q * (a + q) ** (1 / N - 1)), sp.log(m0 ** (1 / N))), [less, positive, alive, "start", "N"])
        now = w.combine(le(sp.log(q) + (1 / N - 1) * sp.log(a + q), sp.log(m0) / N), {logs: 1}, [positive, alive, "start", "N"])
        small = w.sign(le(sp.log(m0), sp.log(e**N * (a + e) ** (1 - N))), ["small", "start", "e", edge, "N"])
        small = w.combine(le(sp.log(m0), N * sp.log(e) + (1 - N) * sp.log(a + e)), {small: 1}, ["e", edge, "start"])
        cross = w.combine(le((a + q) * e, (a + e) * q), {"negated": a}, ["a"])
        cross = w.sign(le(sp.log((a + q) * e), sp.log((a + e) * q)), [cross, positive, "a", "e"])
        cross = w.combine(le(sp.log(a + q) + sp.log(e), sp.log(a + e) + sp.log(q)), {cross: 1}, [positive, alive, edge, "e"])
        above = w.sign(lt(sp.log(e), sp.log(q)), ["negated", "e", positive])
        w.combine(lt(0, 0), {now: 1, small: 1 / N, cross: 1 - 1 / N, above: 1 / N}, ["N", positive, alive, edge, "e", "start"])

    p.contradiction(NEAR, absurd)


def near_sample(draw: Draw) -> Sample:
    """Two layers: m_0 from q by solving the conservation law with q_0 = m_0, then e a little above."""
    seen, hidden_ = draw.rational(0, 4), draw.rational("1/9", 2)
    start = hidden_**2 / (seen + hidden_)
    return Sample({"N": 2, "q": hidden_, "a": seen, "m_0": start, "q_0": start, "e": hidden_ + draw.rational(0, 1)})


SOURCE = Source("PL", "abstract (iii), (iv)")
LAYER: tuple[tuple[str, Proposition], ...] = (FIXED, GRADIENT, FLOW, SMOOTH)
CLAIMS = (
    Entry(Claim("lin:deep/layer", "The first layer moves in the span of the data", SOURCE, "ours", "identity", LAYER, KEPT), constant, sample),
    Entry(Claim("lin:deep/form", "Conserved where the first layer has the balanced form", SOURCE, "ours", "identity",
                (("N", ge(N, 1)), *LAYER, BALANCED, UNIT, ALIVE), CONSERVED, uses=("lin:deep/layer",)), balance, sample),
    Entry(Claim("lin:deep/threshold", "How small a start must be", SOURCE, "ours", "upper",
                (("N", ge(N, 1)), ("conserved", eq(LAW, q0 * m0 ** (1 / N - 1))), ("part", le(q0, m0)), ("start", gt(m0, 0)),
                 ("a", ge(a, 0)), ("e", gt(e, 0)), ("small", le(m0, SMALL))), NEAR), near, near_sample),
)
