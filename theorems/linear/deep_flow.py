"""Deep linear students under gradient flow conserve |s_perp|/|s|^((N-1)/N) from a balanced start (PL (iii), (iv)).

Layer m = 1..N is L_m (S_{m+1} x S_m), S_{N+1} = 1; q_m = (L_N ... L_m)' and s = q_1 is the student.  g_1 is the gradient in s, a
combination of the inputs, and g_{m+1} = L_m g_m; the gradient in layer m is then q_{m+1} g_m', and every layer follows its own:
L_m' = -q_{m+1} g_m' in time.  The start is balanced, and the top layer is assumed never to be 0 (then the student never is, which
is proved too).  Neighbours stay balanced (`lin:deep/balance`), so that the first layer is y s' |s|^(1/N - 1) at all times
(`lin:deep/balanced`), and what `lin:deep/layer` keeps of it is |s_perp|^2 |s|^(2/N - 2) (`lin:deep/form`).  P is any matrix with P X_k = X_k.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear import deep, deep_balance, deep_form
from theorems.linear._setting import X
from theorems.linear.deep import N, t
from theorems.linear.deep_form import S, a, b, e
from theorems.logic import All, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import j, k, m, n, total

L, q, g, r = (sp.Function(name) for name in ("L", "q", "g", "r"))
h = sp.Symbol("h", integer=True)
ZERO = sp.Integer(0)
STUDENT = {"d": S[1], "s": sp.Lambda((j, t), q(1, j, t))}
KEPT = substitute(deep.CONSERVED, STUDENT)
MARKS = (sp.Symbol("level", integer=True), sp.Symbol("node", integer=True), sp.Symbol("coordinate", integer=True), sp.Symbol("time", real=True))


def within(*spans: tuple[sp.Expr, sp.Expr]) -> tuple[Proposition, ...]:
    """1 <= index <= end for each."""
    return tuple(part for index, end in spans for part in (le(1, index), le(index, end)))


def gap(layer: sp.Expr, first: sp.Expr, second: sp.Expr, time: sp.Expr) -> sp.Expr:
    """(L_{m+1}' L_{m+1} - L_m L_m')_{first second}."""
    return (total(lambda c: L(layer + 1, c, first, time) * L(layer + 1, c, second, time), S[layer + 2], b)
            - total(lambda c: L(layer, first, c, time) * L(layer, second, c, time), S[layer], j))


PAIR = {"m_low": le(1, m), "m_high": le(m, N - 1), "a_low": le(1, a), "a_high": le(a, S[m + 1]), "e_low": le(1, e), "e_high": le(e, S[m + 1])}
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("N", ge(N, 1)), ("top", eq(S[N + 1], 1)), ("one", ForAll((t,), (ge(t, 0),), eq(q(N + 1, 1, t), 1))),
    ("student", ForAll((m, j, t), (*within((m, N), (j, S[m])), ge(t, 0)), eq(q(m, j, t), total(lambda c: q(m + 1, c, t) * L(m, c, j, t), S[m + 1], a)))),
    ("through", ForAll((m, a, t), (*within((m, N - 1), (a, S[m + 1])), gt(t, 0)), eq(g(m + 1, a, t), total(lambda c: L(m, a, c, t) * g(m, c, t), S[m], j)))),
    ("gradient", ForAll((j, t), (*within((j, S[1])), gt(t, 0)), eq(g(1, j, t), sp.Sum(r(k, t) * X[k, j], (k, 1, n))))),
    ("flow", ForAll((m, a, j, t), (*within((m, N), (a, S[m + 1]), (j, S[m])), gt(t, 0)), eq(sp.Derivative(L(m, a, j, t), t), -q(m + 1, a, t) * g(m, j, t)))),
    ("smooth", Named("smooth", L(*MARKS))), ("start", ForAll((m, a, e), tuple(PAIR.values()), eq(gap(m, a, e, ZERO), 0))),
    ("alive", ForAll((t,), (ge(t, 0),), gt(total(lambda c: L(N, 1, c, t) ** 2, S[N], j), 0))),
    ("fixed", substitute(deep.FIXED[1], {"d": S[1]})),
)


def neighbours(p: Derivation) -> str:
    """L_{m+1}' L_{m+1} = L_m L_m' at all times, from the start and `lin:deep/balance`."""
    values = {"G": S[m + 2], "H": S[m + 1], "d": S[m], "A": sp.Lambda((h, j, t), L(m, h, j, t)), "C": sp.Lambda((b, h, t), L(m + 1, b, h, t)),
              "K": sp.Lambda((b, j, t), q(m + 2, b, t) * g(m, j, t))}
    wanted = {name: substitute(proposition, values) for name, proposition in deep_balance.HYPOTHESES}
    layer = ["m_low", "m_high"]

    def one(s: Derivation) -> None:
        inside = [*layer, s.sign(le(m, N), ["m_high"]), s.sign(le(1, m + 1), ["m_low"]), s.sign(le(m + 1, N), ["m_high"])]

        def lower(u: Derivation) -> None:
            span = ["c1", "c2", "c3", "c4", "now"]
            above = at("student", m=m + 1, j=h, t=t)
            u.combine(wanted["lower"].then, {at("flow", m=m, a=h, j=j, t=t): 1, above: -g(m, j, t)}, [*span, u.sign(ge(t, 0), ["now"]), *inside])

        def upper(u: Derivation) -> None:
            span = ["c1", "c2", "c3", "c4", "now"]
            u.combine(wanted["upper"].then, {at("flow", m=m + 1, a=b, j=h, t=t): 1, at("through", m=m, a=h, t=t): -q(m + 2, b, t)}, [*span, *inside])

        names = ("c1", "c2", "c3", "c4", "now")
        flows = [s.for_all(wanted[name].variables, dict(zip(names, wanted[name].given, strict=True)), body) for name, body in (("lower", lower), ("upper", upper))]
        still = s.use("lin:deep/balance", substitute(deep_balance.CONSTANT, values), [*flows, s.step("smooth", wanted["smooth"], ["smooth"])], **values)

        def pair(u: Derivation) -> None:
            kept = u.restate(eq(gap(m, a, e, t), gap(m, a, e, ZERO)), [at(still, h=a, e=e, t=t), "a_low", "a_high", "e_low", "e_high", "since"])
            begun = u.restate(eq(gap(m, a, e, ZERO), 0), [at("start", m=m, a=a, e=e), *PAIR])
            u.combine(eq(gap(m, a, e, t), 0), {kept: 1, begun: 1})

        s.for_all((a, e, t), {**{name: fact for name, fact in PAIR.items() if name not in layer}, "since": ge(t, 0)}, pair)

    return p.for_all((m,), {name: PAIR[name] for name in layer}, one)


FAMILIES = {"W": sp.Lambda((m, a, j), L(m, a, j, t)), "q": sp.Lambda((m, j), q(m, j, t))}
FORM = substitute(deep_form.FORM, FAMILIES)
LIVING = ForAll((t,), (ge(t, 0),), FORM.args[0])
CONSERVED = All(LIVING, KEPT)


def forms(p: Derivation) -> str:
    """The form of the first layer at all times."""
    balanced = neighbours(p)

    def moment(s: Derivation) -> None:
        student = substitute(deep_form.STUDENT, FAMILIES)
        down = s.for_all(student.variables, dict(zip(("c1", "c2", "c3", "c4"), student.given, strict=True)), lambda u: u.restate(
            student.then, [at("student", m=m, j=j, t=t), "c1", "c2", "c3", "c4", "since"]))
        pairs = substitute(deep_form.BALANCED, FAMILIES)

        def pair(u: Derivation) -> None:
            nested = ForAll((a, e, t), (*tuple(PAIR.values())[2:], ge(t, 0)), eq(gap(m, a, e, t), 0))
            fact = u.restate(nested, [at(balanced, m=m), "m_low", "m_high"])
            u.combine(pairs.then, {at(fact, a=a, e=e, t=t): 1}, [*PAIR, "since"])

        same = s.for_all(pairs.variables, PAIR, pair)
        one = s.restate(eq(q(N + 1, 1, t), 1), [at("one", t=t), "since"])
        alive = s.restate(gt(total(lambda c: L(N, 1, c, t) ** 2, S[N], j), 0), [at("alive", t=t), "since"])
        s.use("lin:deep/balanced", FORM, ["N", "top", one, down, same, alive], **FAMILIES)

    return p.for_all((t,), {"since": ge(t, 0)}, moment)


def conserved(p: Derivation) -> None:
    moments = forms(p)
    share = substitute(deep.norm(), STUDENT) ** ((1 / N - 1) / 2)
    values = {**STUDENT, "H": S[2], "A": sp.Lambda((h, j, t), L(1, h, j, t)), "c": sp.Lambda((h, t), q(2, h, t)), "g": sp.Lambda((j, t), g(1, j, t)),
              "y": sp.Lambda((h, t), q(2, h, t) * share)}
    wanted = {name: substitute(proposition, values) for name, proposition in (*deep.LAYER, deep.BALANCED, deep.UNIT, deep.ALIVE)}
    first = p.sign(le(1, 1))

    def now(s: Derivation, *places: int) -> list[str]:
        whole = s.restate(FORM, [at(moments, t=t), "since"])
        return [s.restate(FORM.args[place], [whole]) for place in places]

    def balanced_form(s: Derivation) -> None:
        living, layer = now(s, 0, 1)
        s.combine(wanted["balanced"].then, {at(layer, a=h, j=j): 1}, ["c1", "c2", "c3", "c4", living, "N"])

    def unit(s: Derivation) -> None:
        living, length = now(s, 0, 2)
        s.combine(wanted["unit"].then, {length: 1}, [living, "N"])

    names = ("c1", "c2", "c3", "c4", "since")
    facts = [
        p.for_all((h, j, t), dict(zip(("c1", "c2", "c3", "c4", "now"), wanted["flow"].given, strict=True)), lambda s: s.restate(
            wanted["flow"].then, [at("flow", m=1, a=h, j=j, t=t), "c1", "c2", "c3", "c4", "now", "N", first])),
        p.step("smooth", wanted["smooth"], ["smooth"]),
        p.for_all((h, j, t), dict(zip(names, wanted["balanced"].given, strict=True)), balanced_form),
        p.for_all((t,), {"since": ge(t, 0)}, unit), p.for_all((t,), {"since": ge(t, 0)}, lambda s: now(s, 0)),
    ]
    kept = p.use("lin:deep/form", KEPT, ["N", "fixed", "gradient", *facts], **values)
    p.restate(CONSERVED, [facts[-1], kept])


def sample(draw: Draw) -> Sample:
    """Two layers, one node: the lower one grows along the one input like sinh t and keeps its unseen part, the upper one is its length."""
    keep, start = draw.rational("1/4", 2), draw.rational(0, 1)
    level, node, index = (sp.Symbol(name, integer=True) for name in ("level", "node", "index"))
    first, length, delta = keep * sp.sinh(t + start), keep * sp.cosh(t + start), sp.KroneckerDelta
    lower = first * delta(index, 1) + keep * delta(index, 2)
    return Sample({
        "N": 2, "n": 1, "S": (2, 1, 1), "X": ((1, 0),), "P": ((1, 0), (0, 0)), "r": sp.Lambda((index, t), sp.Integer(-1)),
        "L": sp.Lambda((level, node, index, t), delta(level, 1) * lower + delta(level, 2) * length),
        "q": sp.Lambda((level, index, t), delta(level, 1) * length * lower + delta(level, 2) * length + delta(level, 3)),
        "g": sp.Lambda((level, index, t), -delta(level, 1) * delta(index, 1) - delta(level, 2) * first),
    })


CLAIM = Entry(
    Claim("lin:deep", "Deep linear students conserve what the data do not see", Source("PL", "abstract (iii), (iv)"), "ours", "identity", HYPOTHESES, CONSERVED,
          uses=("lin:deep/balance", "lin:deep/balanced", "lin:deep/form")),
    conserved, sample,
)
