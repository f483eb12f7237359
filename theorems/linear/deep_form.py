"""Balanced layers with one output are of rank one: the first layer is y s' |s|^(1/N - 1) with |y| = 1 (PL (iii), (iv)).

Layer m = 1..N is W_m (S_{m+1} x S_m), S_{N+1} = 1; q_m = (W_N ... W_m)' is the student of the layers from m on, s = q_1.
Balanced means W_{m+1}' W_{m+1} = W_m W_m' for m < N.  `lin:deep/rank-one`: M M' = rho q q' with q other than 0 gives
M = q x'/|q|^2 for x = M'q.  `lin:deep/form`: from the top layer down, W_m W_m' = r^(1-k) q_{m+1} q_{m+1}' and |q_{m+1}|^2 = r^k,
where k = N - m layers lie above and r is the square of the top one; so at the first layer |s|^2 = r^N.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import each, j, k, m, total

N, H, d = sp.symbols("N H d", integer=True)
a, e = sp.symbols("a e", integer=True)
rho = sp.Symbol("rho", real=True)
M, x, q, W = (sp.IndexedBase(name) for name in ("M", "x", "q", "W"))
S = sp.IndexedBase("S", integer=True)
LENGTH = total(lambda h: q[h] ** 2, H, a)
ROW = {"a_low": le(1, a), "a_high": le(a, H)}
COLUMN = {"j_low": le(1, j), "j_high": le(j, d)}
GRAM = ForAll((a, e), (le(1, a), le(a, H), le(1, e), le(e, H)), eq(total(lambda c: M[a, c] * M[e, c], d, j), rho * q[a] * q[e]))
DOWN = each(lambda c: eq(x[c], total(lambda h: q[h] * M[h, c], H, a)), d, j)
RANK_ONE = All(
    ForAll((a, j), (*ROW.values(), *COLUMN.values()), eq(M[a, j], q[a] * x[j] / LENGTH)), eq(total(lambda c: x[c] ** 2, d, j), rho * LENGTH**2))


def rank_one(p: Derivation) -> None:
    """The rows of M - q x'/|q|^2 have length 0."""
    def answer(s: Derivation) -> None:
        """(M x)_a = rho |q|^2 q_a."""
        body = q[e] * M[a, j] * M[e, j]
        span = {"e_low": le(1, e), "e_high": le(e, H)}
        columns = s.for_all((j,), COLUMN, lambda t: t.combine(eq(M[a, j] * x[j], total(lambda h: q[h] * M[a, j] * M[h, j], H, e)), {at("down", j=j): M[a, j]}, list(COLUMN)))
        columns = s.step("termwise", eq(total(lambda c: M[a, c] * x[c], d, j), sp.Sum(body, (e, 1, H), (j, 1, d))), [columns], range=(1, d))
        turned = s.step("exchange", eq(sp.Sum(body, (e, 1, H), (j, 1, d)), sp.Sum(body, (j, 1, d), (e, 1, H))))
        rows = s.for_all((e,), span, lambda t: t.combine(eq(sp.Sum(body, (j, 1, d)), rho * q[a] * q[e] ** 2), {at("gram", a=a, e=e): q[e]}, [*ROW, *span]))
        rows = s.step("termwise", eq(sp.Sum(body, (j, 1, d), (e, 1, H)), sp.Sum(rho * q[a] * q[e] ** 2, (e, 1, H))), [rows], range=(1, H))
        s.combine(eq(total(lambda c: M[a, c] * x[c], d, j), rho * LENGTH * q[a]), {columns: 1, turned: 1, rows: 1})

    answers = p.for_all((a,), ROW, answer)
    body = x[j] * q[a] * M[a, j]
    squares = p.for_all((j,), COLUMN, lambda s: s.combine(eq(x[j] ** 2, sp.Sum(body, (a, 1, H))), {at("down", j=j): x[j]}, list(COLUMN)))
    squares = p.step("termwise", eq(total(lambda c: x[c] ** 2, d, j), sp.Sum(body, (a, 1, H), (j, 1, d))), [squares], range=(1, d))
    turned = p.step("exchange", eq(sp.Sum(body, (a, 1, H), (j, 1, d)), sp.Sum(body, (j, 1, d), (a, 1, H))))
    rows = p.for_all((a,), ROW, lambda s: s.combine(eq(sp.Sum(body, (j, 1, d)), rho * LENGTH * q[a] ** 2), {at(answers, a=a): q[a]}, list(ROW)))
    rows = p.step("termwise", eq(sp.Sum(body, (j, 1, d), (a, 1, H)), sp.Sum(rho * LENGTH * q[a] ** 2, (a, 1, H))), [rows], range=(1, H))
    size = p.combine(RANK_ONE.args[1], {squares: 1, turned: 1, rows: 1})

    left = lambda c: M[a, c] - q[a] * x[c] / LENGTH  # noqa: E731
    there = total(lambda c: left(c) ** 2, d, j)

    def row(s: Derivation) -> None:
        own = s.restate(substitute(GRAM.then, {"e": a}), [at("gram", a=a, e=a), *ROW])
        none = s.combine(eq(there, 0), {own: 1, at(answers, a=a): -2 * q[a] / LENGTH, size: q[a] ** 2 / LENGTH**2}, [*ROW, "alive"])
        squares_ = s.for_all((j,), COLUMN, lambda t: t.sign(ge(left(j) ** 2, 0), ["alive"]))

        def entry(t: Derivation) -> None:
            part = t.step("member", le(left(j) ** 2, there), [squares_, "alive", *COLUMN], at=j)
            part = t.combine(le(left(j) ** 2, 0), {part: 1, none: 1}, ["alive"])
            ends = [t.use("base:square-order", le(sign * left(j), 0), [t.sign(ge(sp.Integer(0), 0)), part, "alive"], x=sign * left(j), y=0) for sign in (1, -1)]
            both = t.sign(eq(left(j), 0), [*ends, "alive"])
            t.combine(RANK_ONE.args[0].then, {both: 1}, ["alive"])

        s.for_all((j,), COLUMN, entry)

    every = p.for_all((a,), ROW, row)
    nested = ForAll((j,), tuple(COLUMN.values()), RANK_ONE.args[0].then)
    p.restate(RANK_ONE, [p.for_all((a, j), {**ROW, **COLUMN}, lambda s: s.restate(nested.then, [at(s.restate(nested, [at(every, a=a), *ROW]), j=j), *COLUMN])), size])


def sample_rank_one(draw: Draw) -> Sample:
    """M = q y', x = |q|^2 y, rho = |y|^2."""
    rows, columns = draw.integer(1, 3), draw.integer(1, 3)
    left, right = draw.family(rows, -2, 2), draw.family(columns, -2, 2)
    length = sum(v**2 for v in left)
    return Sample({"H": rows, "d": columns, "q": left, "M": tuple(tuple(u * v for v in right) for u in left),
                   "x": tuple(length * v for v in right), "rho": sum(v**2 for v in right)})


r = sp.Symbol("r", real=True)
Q = sp.IndexedBase("q")
NORM = total(lambda c: Q[1, c] ** 2, S[1], j)
TOP = total(lambda c: W[N, 1, c] ** 2, S[N], j)


def rows(layer: sp.Expr, first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """(W_layer W_layer')_{first second}."""
    return total(lambda c: W[layer, first, c] * W[layer, second, c], S[layer], j)


def columns(layer: sp.Expr, first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """(W_layer' W_layer)_{first second}."""
    return total(lambda h: W[layer, h, first] * W[layer, h, second], S[layer + 1], b)


b = sp.Symbol("b", integer=True)
PAIR = (le(1, a), le(a, S[m + 1]), le(1, e), le(e, S[m + 1]))
BALANCED = ForAll((m, a, e), (le(1, m), le(m, N - 1), *PAIR), eq(columns(m + 1, a, e), rows(m, a, e)))
STUDENT = ForAll((m, j), (le(1, m), le(m, N), le(1, j), le(j, S[m])), eq(Q[m, j], total(lambda h: Q[m + 1, h] * W[m, h, j], S[m + 1], a)))
SHARE = NORM ** (1 / N - 1)
FIRST = {"a_low": le(1, a), "a_high": le(a, S[2]), "j_low": le(1, j), "j_high": le(j, S[1])}
FORM = All(gt(NORM, 0), ForAll((a, j), tuple(FIRST.values()), eq(W[1, a, j], Q[2, a] * SHARE * Q[1, j])), eq(total(lambda h: Q[2, h] ** 2, S[2], a) * SHARE, 1))


def above(index: sp.Expr) -> tuple[Proposition, Proposition]:
    """What holds of layer N - index: W W' = r^(1 - index) q q' and |q|^2 = r^index for the q above it."""
    layer = N - index
    given = tuple(substitute(part, {"m": layer}) for part in PAIR)
    gram = ForAll((a, e), given, eq(rows(layer, a, e), r ** (1 - index) * Q[layer + 1, a] * Q[layer + 1, e]))
    return gram, eq(total(lambda h: Q[layer + 1, h] ** 2, S[layer + 1], a), r**index)


def one_layer(p: Derivation, index: sp.Expr, gram: str, length: str, inside: list[str]) -> tuple[str, str, str]:
    """`lin:deep/rank-one` at layer N - index, and |q|^2 > 0 above it; `inside` shows 1 <= N - index <= N."""
    layer = N - index
    down = p.for_all((j,), {"c_low": le(1, j), "c_high": le(j, S[layer])}, lambda s: s.restate(substitute(STUDENT.then, {"m": layer}), [
        at("student", m=layer, j=j), "c_low", "c_high", *inside]))
    values = {"H": S[layer + 1], "d": S[layer], "M": sp.Lambda((a, j), W[layer, a, j]), "q": sp.Lambda((a,), Q[layer + 1, a]), "x": sp.Lambda((j,), Q[layer, j]),
              "rho": r ** (1 - index)}
    alive = p.transfer(gt(substitute(LENGTH, values), 0), p.sign(gt(r**index, 0), ["r"]), [length, "r"])
    both = substitute(RANK_ONE, values)
    whole = p.use("lin:deep/rank-one", both, [gram, down, alive, "r"], **values)
    entries, size = (p.restate(part, [whole]) for part in both.args)
    top = substitute(LENGTH, values)
    power = r ** (1 - index)
    return entries, p.combine(eq(both.args[1].left, r ** (index + 1)), {size: 1, length: power * (top + r**index)}, ["r"]), alive


def form(p: Derivation) -> None:
    p.step("define", eq(r, TOP), name="named")
    p.step("combine", gt(r, 0), ["alive", "named"], terms=(("alive", sp.Integer(1)), ("named", sp.Integer(-1))), name="r")
    within = lambda index: ForAll((), (le(index, N - 1),), All(*above(index)))  # noqa: E731

    def base(s: Derivation) -> None:
        def under(t: Derivation) -> None:
            def top(u: Derivation) -> None:
                first, second = (u.sign(eq(v, 1), [f"{v}_low", f"{v}_high", "top"]) for v in (a, e))
                one = u.combine(eq(rows(N, 1, 1), r * Q[N + 1, 1] * Q[N + 1, 1]), {"named": -1, "one": -r * (Q[N + 1, 1] + 1)})
                u.transfer(eq(rows(N, a, e), r * Q[N + 1, a] * Q[N + 1, e]), one, [first, second])

            gram = t.for_all((a, e), {"a_low": le(1, a), "a_high": le(a, S[N + 1]), "e_low": le(1, e), "e_high": le(e, S[N + 1])}, top)
            unit = t.combine(eq(Q[N + 1, 1] ** 2, 1), {"one": Q[N + 1, 1] + 1})
            short = t.step("single", eq(total(lambda h: Q[N + 1, h] ** 2, 1, a), Q[N + 1, 1] ** 2))
            length = t.combine(eq(total(lambda h: Q[N + 1, h] ** 2, 1, a), 1), {short: 1, unit: 1})
            length = t.transfer(eq(total(lambda h: Q[N + 1, h] ** 2, S[N + 1], a), 1), length, ["top"])
            t.restate(All(*above(sp.Integer(0))), [gram, length])

        s.for_all((), {"within": le(0, N - 1)}, under)

    def further(s: Derivation) -> None:
        def under(t: Derivation) -> None:
            room = t.sign(le(k, N - 1), ["within"])
            gram, length = (t.restate(part, [at("hypothesis"), room]) for part in above(k))
            inside = [t.sign(le(1, N - k), ["within"]), t.sign(le(N - k, N), ["range"])]
            entries, size, alive = one_layer(t, k, gram, length, inside)
            lower, outer = N - k - 1, total(lambda h: Q[N - k + 1, h] ** 2, S[N - k + 1], a)
            last = [t.sign(le(1, lower), ["within"]), t.sign(le(lower, N - 1), ["range"])]

            def pair(u: Derivation) -> None:
                names = ["a_low", "a_high", "e_low", "e_high"]
                span = {"b_low": le(1, b), "b_high": le(b, S[N - k + 1])}
                terms = u.for_all((b,), span, lambda v: v.combine(
                    eq(W[N - k, b, a] * W[N - k, b, e], Q[N - k + 1, b] ** 2 * Q[N - k, a] * Q[N - k, e] / outer**2), {
                        at(entries, a=b, j=a): W[N - k, b, e], at(entries, a=b, j=e): Q[N - k + 1, b] * Q[N - k, a] / outer}, [*span, *names, alive]))
                summed = u.step("termwise", eq(columns(N - k, a, e), Q[N - k, a] * Q[N - k, e] / outer), [terms, alive], range=(1, S[N - k + 1]))
                level = u.rewrite(eq(Q[N - k, a] * Q[N - k, e] / outer, r ** (-k) * Q[N - k, a] * Q[N - k, e]), [alive, "r"], using=[length])
                u.combine(eq(rows(lower, a, e), r ** (-k) * Q[N - k, a] * Q[N - k, e]), {
                    at("balanced", m=lower, a=a, e=e): -1, summed: 1, level: 1}, [*names, *last, alive, "r"])

            ends = le(1, a), le(a, S[N - k]), le(1, e), le(e, S[N - k])
            gram = t.for_all((a, e), dict(zip(("a_low", "a_high", "e_low", "e_high"), ends, strict=True)), pair)
            t.restate(All(*above(k + 1)), [gram, size])

        s.for_all((), {"within": le(k + 1, N - 1)}, under)

    every = p.induction(ForAll((k,), (le(0, k),), within(k)), base, further)
    begun = p.sign(le(0, N - 1), ["N"])
    here = p.restate(within(N - 1), [at(every, k=N - 1), begun])
    gram, length = (p.restate(part, [at(here), p.sign(le(N - 1, N - 1))]) for part in above(N - 1))
    entries, size, alive = one_layer(p, N - 1, gram, length, [p.sign(le(1, 1)), "N"])
    share = p.rewrite(eq(SHARE, r ** (1 - N)), ["r", "N", p.transfer(gt(NORM, 0), p.sign(gt(r**N, 0), ["r"]), [size, "r"])], using=[size])
    norm = p.transfer(gt(NORM, 0), p.sign(gt(r**N, 0), ["r"]), [size, "r"])

    def first(s: Derivation) -> None:
        level = s.rewrite(eq(Q[2, a] * Q[1, j] / total(lambda h: Q[2, h] ** 2, S[2], a), r ** (1 - N) * Q[2, a] * Q[1, j]), [alive, "r"], using=[length])
        s.combine(eq(W[1, a, j], Q[2, a] * SHARE * Q[1, j]), {at(entries, a=a, j=j): 1, level: 1, share: -Q[2, a] * Q[1, j]}, [*FIRST, norm, alive, "r", "N"])

    layer = p.for_all((a, j), FIRST, first)
    unit = p.combine(FORM.args[2], {share: total(lambda h: Q[2, h] ** 2, S[2], a), length: r ** (1 - N)}, [norm, "r", "N"])
    p.restate(FORM, [norm, layer, unit])


def sample_form(draw: Draw) -> Sample:
    """Layers (3, 4)'/5 and (3, 4)/5 times a number between numbers of that size: one, two or three layers."""
    count, size = draw.integer(1, 3), draw.rational("1/4", 2)
    fifth = sp.Rational(1, 5)
    row, column = ((3 * size * fifth, 4 * size * fifth),), ((3 * size * fifth,), (4 * size * fifth,))
    layers = {1: (row,), 2: (column, row), 3: (row, ((size,),), ((size,),))}[count]
    students: list[tuple[sp.Expr, ...]] = [(sp.Integer(1),)]
    for layer in reversed(layers):
        students.insert(0, tuple(sum(students[0][h] * layer[h][c] for h in range(len(layer))) for c in range(len(layer[0]))))
    return Sample({"N": count, "W": layers, "q": tuple(students), "S": tuple(map(len, students))})


SOURCE = Source("PL", "abstract (iii), (iv)")
CLAIMS = (
    Entry(Claim("lin:deep/rank-one", "A matrix whose rows have the products of numbers", SOURCE, "ours", "identity",
                (("gram", GRAM), ("down", DOWN), ("alive", gt(LENGTH, 0))), RANK_ONE, uses=("base:square-order",)), rank_one, sample_rank_one),
    Entry(Claim("lin:deep/balanced", "Balanced layers are of rank one", SOURCE, "ours", "identity", (
        ("N", ge(N, 1)), ("top", eq(S[N + 1], 1)), ("one", eq(Q[N + 1, 1], 1)), ("student", STUDENT), ("balanced", BALANCED), ("alive", gt(TOP, 0))), FORM,
        uses=("lin:deep/rank-one",)), form, sample_form),
)
