"""Neighbouring layers of a deep linear student stay as balanced as they began (PL (iii), (iv); Arora, Cohen and Hazan 2018).

A (H x d) below C (G x H) follow their own gradients: A' = -C'K and C' = -K A' (transposes), where K (G x d) is the gradient passed
through all other layers.  Then C'C - A A' is constant, for all sizes and t >= 0: a balanced start stays balanced, which `lin:deep`
takes as its hypothesis.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Named, Proposition, eq, ge, gt, le
from theorems.vocabulary import j, total

G, H, d = sp.symbols("G H d", integer=True)
b, h, e = sp.symbols("b h e", integer=True)
t, u = sp.symbols("t u", real=True)
A, C, K = (sp.Function(name) for name in "ACK")
ZERO = sp.Integer(0)
NODES: dict[str, Proposition] = {"h_low": le(1, h), "h_high": le(h, H), "e_low": le(1, e), "e_high": le(e, H)}
UPPER: dict[str, Proposition] = {"b_low": le(1, b), "b_high": le(b, G)}
LOWER: dict[str, Proposition] = {"j_low": le(1, j), "j_high": le(j, d)}


def difference(time: sp.Expr) -> sp.Expr:
    """(C'C - A A')_{h e}."""
    return total(lambda s: C(s, h, time) * C(s, e, time), G, b) - total(lambda s: A(h, s, time) * A(e, s, time), d, j)


def nodes(first: sp.Symbol, *ranges: Proposition) -> tuple[Proposition, ...]:
    return (le(1, first), le(first, H), *ranges, gt(t, 0))


MARKS = (sp.Symbol("row", integer=True), sp.Symbol("column", integer=True), sp.Symbol("time", real=True))
CONSTANT = ForAll((h, e, t), (*NODES.values(), ge(t, 0)), eq(difference(t), difference(ZERO)))
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("lower", ForAll((h, j, t), nodes(h, *LOWER.values()), eq(sp.Derivative(A(h, j, t), t), -total(lambda s: C(s, h, t) * K(s, j, t), G, b)))),
    ("upper", ForAll((b, h, t), nodes(h, *UPPER.values()), eq(sp.Derivative(C(b, h, t), t), -total(lambda s: K(b, s, t) * A(h, s, t), d, j)))),
    ("smooth", Named("smooth", A(*MARKS), C(*MARKS))),
)


def derive(p: Derivation) -> None:
    body = K(b, j, t) * (A(h, j, t) * C(b, e, t) + A(e, j, t) * C(b, h, t))

    def pair(q: Derivation) -> None:
        names = list(NODES)

        def still(s: Derivation) -> None:
            moving = lambda layer, *place: sp.Derivative(layer(*place, t), t)  # noqa: E731
            above = moving(C, b, h) * C(b, e, t) + C(b, h, t) * moving(C, b, e)
            below = moving(A, h, j) * A(e, j, t) + A(h, j, t) * moving(A, e, j)
            slope = total(lambda x: above.subs(b, x), G, b) - total(lambda x: below.subs(j, x), d, j)
            found = s.derivative(eq(sp.Derivative(difference(t), t), slope), ["smooth"])
            rows = s.for_all((b,), UPPER, lambda r: r.combine(eq(above, -sp.Sum(body, (j, 1, d))), {
                at("upper", b=b, h=h, t=t): C(b, e, t), at("upper", b=b, h=e, t=t): C(b, h, t)}, [*names, *UPPER, "now"]))
            rows = s.step("termwise", eq(sp.Sum(above, (b, 1, G)), -sp.Sum(body, (j, 1, d), (b, 1, G))), [rows, *names], range=(1, G))
            columns = s.for_all((j,), LOWER, lambda r: r.combine(eq(below, -sp.Sum(body, (b, 1, G))), {
                at("lower", h=h, j=j, t=t): A(e, j, t), at("lower", h=e, j=j, t=t): A(h, j, t)}, [*names, *LOWER, "now"]))
            columns = s.step("termwise", eq(sp.Sum(below, (j, 1, d)), -sp.Sum(body, (b, 1, G), (j, 1, d))), [columns, *names], range=(1, d))
            turned = s.step("exchange", eq(sp.Sum(body, (j, 1, d), (b, 1, G)), sp.Sum(body, (b, 1, G), (j, 1, d))))
            s.combine(eq(sp.Derivative(difference(t), t), 0), {found: 1, rows: 1, columns: -1, turned: -1})

        quiet = q.for_all((t,), {"now": gt(t, 0)}, still)
        slope = sp.Derivative(difference(t), t)
        signs = [q.for_all((t,), {"now": gt(t, 0)}, lambda s, rel=rel: s.sign(rel(slope, 0), [s.restate(eq(slope, 0), [at(quiet, t=t), "now"])]))
                 for rel in (ge, le)]

        def later(s: Derivation) -> None:
            up = s.monotone(le(difference(ZERO), difference(u)), signs[0], ["smooth", "since"], low=ZERO, high=u)
            down = s.monotone(le(difference(u), difference(ZERO)), signs[1], ["smooth", "since"], low=ZERO, high=u)
            s.sign(eq(difference(u), difference(ZERO)), [up, down])

        q.for_all((u,), {"since": ge(u, 0)}, later)

    every = p.for_all((h, e), NODES, pair)

    def moment(q: Derivation) -> None:
        one = q.restate(ForAll((u,), (ge(u, 0),), eq(difference(u), difference(ZERO))), [at(every, h=h, e=e), *NODES])
        q.restate(CONSTANT.then, [at(one, u=t), "since"])

    p.for_all((h, e, t), {**NODES, "since": ge(t, 0)}, moment)


def sample(draw: Draw) -> Sample:
    """One node, one output, one input: cosh and sinh exchange under a constant K = -1, started at any two sizes."""
    row, column = sp.symbols("row column", integer=True)
    low, high = draw.rational(-2, 2), draw.rational(-2, 2)
    lower = sp.Lambda((row, column, t), low * sp.cosh(t) + high * sp.sinh(t))
    upper = sp.Lambda((row, column, t), high * sp.cosh(t) + low * sp.sinh(t))
    return Sample({"G": 1, "H": 1, "d": 1, "A": lower, "C": upper, "K": sp.Lambda((row, column, t), sp.Integer(-1))})


CLAIM = Entry(Claim("lin:deep/balance", "Neighbouring layers stay balanced", Source("PL", "abstract (iii), (iv)"), "ours", "identity", HYPOTHESES, CONSTANT),
              derive, sample)
