"""Fitting probes: after n >= 16 tau^4 B^4/(delta t^2) inputs every probe without error on them has mean-square error below t, for all
represented clauses at once.

phi_(k,i) is coordinate i of the representation on input k, |phi_k|^2 <= B^2; inputs are drawn alike, E phi_(k,i) phi_(k,j) = C_(i,j), and
independently: products of coordinates at different inputs are uncorrelated.  u is the difference of a probe, |w| <= tau, and of the vector
v that represents its clause, |v| <= tau: |u|^2 <= 4 tau^2, and a probe without error on the inputs has <u, phi_k> = 0 for all k.  Which clause and
which probe an adversary may choose who has seen the inputs, so that u is random and the clauses need not be counted.  On a fresh input the
probe has mean-square error sum_(i,j) u_i u_j C_(i,j).  F = 1 only where this is t or more.  Then E F <= delta.

For Z = sum_k (phi_k phi_k' - C) the error is -u' Z u/n, so that F n^2 t^2 <= 16 tau^4 |Z|^2, and E |Z|^2 <= n B^4.  Of J batches all fail with
probability f^J only (`tree:probe-fit/batches`), and validation tells which did not: in all, inputs grow like ln(1/delta).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, ForAll, Named, eq, ge, gt, le
from theorems.terms import E, Random, RandomFamily, substitute
from theorems.trees._counting import B, tau
from theorems.trees._learning import averaged
from theorems.vocabulary import i, j, k, n

D, h = sp.symbols("D h", integer=True)
t, delta, q = sp.symbols("t delta q", real=True)
C = sp.IndexedBase("C")
F, F2 = Random("F", real=True), Random("F_2", real=True)
phi, u = RandomFamily("phi"), RandomFamily("u")
OWN = {"F": F2, "phi": RandomFamily("phi_2"), "u": RandomFamily("u_2")}
ENOUGH = 16 * tau**4 * B**4 / (delta * t**2)


def over(rule: sp.Expr, index: sp.Symbol = i) -> sp.Sum:
    """Sum over the coordinates."""
    return sp.Sum(rule, (index, 1, D))


def pairs(rule: sp.Expr) -> sp.Sum:
    return over(over(rule, j), i)


def inputs(rule: sp.Expr, index: sp.Symbol = k) -> sp.Sum:
    return sp.Sum(rule, (index, 1, n))


def deviation(index: sp.Expr) -> sp.Expr:
    return phi[index, i] * phi[index, j] - C[i, j]


COORDINATES = {"i_low": le(1, i), "i_high": le(i, D), "j_low": le(1, j), "j_high": le(j, D)}
INPUT = {"low": le(1, k), "high": le(k, n)}
ERROR = pairs(u[i] * u[j] * C[i, j])
WORST = Any_(eq(F, 0), All(eq(F, 1), ge(ERROR, t)))
NORM = le(over(u[i] ** 2), 4 * tau**2)
FITS = le(inputs(over(u[i] * phi[k, i]) ** 2), 0)
ENERGY = le(over(phi[k, i] ** 2), B**2)
SPREAD = pairs(inputs(deviation(k)) ** 2)
CONCLUSION = le(E(F), delta)


def swapped(p: Derivation, rule: sp.Expr) -> str:
    """The sum over the inputs brought outside those over the coordinates."""
    inner = p.for_all((i,), {}, lambda s: s.step("exchange", eq(over(inputs(rule), j), inputs(over(rule, j))), []))
    inner = p.step("termwise", eq(pairs(inputs(rule)), over(inputs(over(rule, j)))), [inner], range=(1, D))
    outer = p.step("exchange", eq(over(inputs(over(rule, j))), inputs(pairs(rule))), [])
    return p.combine(eq(pairs(inputs(rule)), inputs(pairs(rule))), {inner: 1, outer: 1})


def length(p: Derivation, root: sp.Expr) -> str:
    """A sum of squares over the coordinates is not negative."""
    each = p.for_all((i,), {}, lambda s: s.sign(ge(root**2, 0)))
    return p.step("termwise", ge(over(root**2), over(sp.Integer(0))), [each], range=(1, D))


def squares(p: Derivation, root: sp.Expr) -> str:
    """A sum of squares over pairs of coordinates is not negative."""
    inner = lambda s: s.for_all((j,), {}, lambda r: r.sign(ge(root**2, 0)))  # noqa: E731
    rows = p.for_all((i,), {}, lambda s: s.step("termwise", ge(over(root**2, j), over(sp.Integer(0), j)), [inner(s)], range=(1, D)))
    return p.step("termwise", ge(pairs(root**2), pairs(sp.Integer(0))), [rows], range=(1, D))


def pointwise(p: Derivation, sure: list[str]) -> None:
    """F n^2 t^2 <= 16 tau^4 |Z|^2."""
    worst, norm, fits = sure
    spread, error = substitute(SPREAD, OWN), substitute(ERROR, OWN)
    reach = n * t
    goal = le(F2 * reach**2, 16 * tau**4 * spread)
    first, second, one = (substitute(term, OWN) for term in (u[i], u[j], u[i] * phi[k, i]))
    cross, total = substitute(u[i] * u[j] * phi[k, i] * phi[k, j], OWN), substitute(inputs(deviation(k)), OWN)

    def choice(c: Derivation, name: str) -> None:
        if name == "none":
            c.combine(goal, {"none": reach**2, squares(c, total): 16 * tau**4})
            return
        taken, large = c.restate(eq(F2, 1), ["taken"]), c.restate(ge(error, t), ["taken"])
        whole = c.step("define", eq(q, over(first**2)))
        some = c.combine(ge(q, 0), {length(c, first): 1, whole: -1})
        short = c.combine(le(q, 4 * tau**2), {norm: 1, whole: 1})
        short = c.combine(le(q**2, 16 * tau**4), {short: 4 * tau**2 + q}, [some])
        square = squares(c, reach * first * second + 16 * tau**4 * total)
        split = c.rewrite(eq(pairs(first * second * total), pairs(inputs(cross)) - inputs(sp.Integer(1)) * error))
        many = c.step("count", eq(inputs(sp.Integer(1)), n), ["some"])
        turned = swapped(c, cross)
        joined = c.rewrite(eq(inputs(pairs(cross)), inputs(over(one) ** 2)))
        meeting = c.combine(le(pairs(first * second * total), -reach), {split: 1, many: -error, turned: 1, joined: 1, fits: 1, large: n}, ["some"])
        lengths = c.rewrite(eq(pairs(first**2 * second**2), over(first**2) ** 2))
        lengths = c.combine(eq(pairs(first**2 * second**2), q**2), {lengths: 1, whole: -(q + over(first**2))})
        c.combine(goal, {square: 1 / (16 * tau**4), lengths: reach**2 / (16 * tau**4), short: reach**2 / (16 * tau**4), meeting: 2 * reach,
                         taken: reach**2}, ["tau", "t", "some"])

    p.cases(goal, {"none": eq(F2, 0), "taken": substitute(WORST.args[1], OWN)}, choice, [worst])


def spread(d: Derivation) -> str:
    """E |Z|^2 <= n B^4."""
    cross = inputs(E(deviation(k) * deviation(h)), h)
    products = phi[k, i] ** 2 * phi[k, j] ** 2

    def pair(p: Derivation) -> None:
        ranges = ["i_low", "i_high", "j_low", "j_high"]
        opened = p.rewrite(eq(E(inputs(deviation(k)) ** 2), inputs(cross)))

        def one(s: Derivation) -> None:
            square = E(deviation(k) ** 2)
            terms = s.for_all((h,), {"h_low": le(1, h), "h_high": le(h, n)}, lambda r: r.restate(
                eq(E(deviation(k) * deviation(h)), sp.KroneckerDelta(h, k) * square), [at("apart", k=k, h=h, i=i, j=j), "low", "high", "h_low", "h_high", *ranges]))
            apart = s.step("termwise", eq(cross, inputs(sp.KroneckerDelta(h, k) * square, h)), [terms, "low", "high"], range=(1, n))
            own = s.step("pick", eq(inputs(sp.KroneckerDelta(h, k) * square, h), square), ["low", "high"], at=k)
            alike = s.restate(eq(E(phi[k, i] * phi[k, j]), C[i, j]), [at("alike", k=k, i=i, j=j), "low", "high", *ranges])
            value = s.rewrite(eq(square, E(products) - 2 * C[i, j] * E(phi[k, i] * phi[k, j]) + C[i, j] ** 2))
            some = s.sign(ge(C[i, j] ** 2, 0))
            s.combine(le(cross, E(products)), {apart: 1, own: 1, value: 1, alike: -2 * C[i, j], some: 1})

        each = p.for_all((k,), INPUT, one)
        summed = p.step("termwise", le(inputs(cross), inputs(E(products))), [each], range=(1, n))
        p.combine(le(E(inputs(deviation(k)) ** 2), inputs(E(products))), {opened: 1, summed: 1})

    def row(p: Derivation) -> None:
        fact = p.for_all((j,), {name: COORDINATES[name] for name in ("j_low", "j_high")}, pair)
        p.step("termwise", le(over(E(inputs(deviation(k)) ** 2), j), over(inputs(E(products)), j)), [fact, "i_low", "i_high"], range=(1, D))

    rows = d.for_all((i,), {name: COORDINATES[name] for name in ("i_low", "i_high")}, row)
    small = d.step("termwise", le(pairs(E(inputs(deviation(k)) ** 2)), pairs(inputs(E(products)))), [rows], range=(1, D))
    turned = swapped(d, E(products))

    def energy(p: Derivation) -> None:
        def most(s: Derivation, sure: list[str]) -> None:
            norm = substitute(over(phi[k, i] ** 2), OWN)
            both = s.combine(ge(B**2 + norm, 0), {length(s, substitute(phi[k, i], OWN)): 1, s.sign(ge(B**2, 0)): 1})
            s.combine(le(norm**2, B**4), {sure[0]: B**2 + norm}, [both])

        mean = averaged(p, [ENERGY], le(over(phi[k, i] ** 2) ** 2, B**4), [at("energy", k=k), "low", "high"], most)
        value = p.rewrite(eq(E(over(phi[k, i] ** 2) ** 2), pairs(E(products))))
        p.combine(le(pairs(E(products)), B**4), {mean: 1, value: -1})

    each = d.for_all((k,), INPUT, energy)
    total = d.step("termwise", le(inputs(pairs(E(products))), inputs(B**4)), [each], range=(1, n))
    many = d.step("count", eq(inputs(B**4), n * B**4), ["some"])
    linear = d.rewrite(eq(E(SPREAD), pairs(E(inputs(deviation(k)) ** 2))))
    return d.combine(le(E(SPREAD), n * B**4), {linear: 1, small: 1, turned: 1, total: 1, many: 1})


def derive(d: Derivation) -> None:
    bound = averaged(d, [WORST, NORM, FITS], le(F * (n * t) ** 2, 16 * tau**4 * SPREAD), ["worst", "norm", "fits"], pointwise)
    scale = 1 / (n * t) ** 2
    d.combine(CONCLUSION, {bound: scale, spread(d): 16 * tau**4 * scale, "inputs": delta / n}, ["some", "t", "delta"])


def sample(draw: Draw) -> Sample:
    """One or two coordinates, one or two inputs from a small law; the probe errs as far as the inputs allow."""
    width, many, points = draw.integer(1, 2), draw.integer(1, 2), draw.integer(2, 3)
    weights, held = draw.law(points), [draw.family(width, -1, 1) for _ in range(points)]
    moments = tuple(tuple(sum((x * y[a] * y[c] for x, y in zip(weights, held, strict=True)), sp.Integer(0)) for c in range(width)) for a in range(width))
    reach = draw.rational(sp.Rational(1, 2), 2)
    law = []
    for code in range(points**many):
        drawn = [code // points**a % points for a in range(many)]
        rows = [held[x] for x in drawn]
        if all(not any(row) for row in rows):
            chosen = (2 * reach, *(sp.Integer(0),) * (width - 1))
        elif width == 2 and all(row[0] * rows[0][1] == row[1] * rows[0][0] for row in rows):
            row = max(rows, key=lambda y: sum(map(abs, y)))
            scale = 2 * reach / sum(map(abs, row))
            chosen = (-row[1] * scale, row[0] * scale)
        else:
            chosen = (sp.Integer(0),) * width
        error = sum((chosen[a] * chosen[c] * moments[a][c] for a in range(width) for c in range(width)), sp.Integer(0))
        law.append((sp.Mul(*(weights[x] for x in drawn)), {"phi": tuple(rows), "u": chosen, "F": error}))
    level = draw.rational(sp.Rational(1, 4), 1) * max(*(outcome["F"] for _, outcome in law), sp.Rational(1, 16))
    law = [(weight, {**outcome, "F": sp.Integer(bool(outcome["F"] >= level))}) for weight, outcome in law]
    energy = max(sum(y**2 for y in row) for row in held)
    bound = sp.ceiling(16 * sp.sqrt(energy)) / 16
    chance = draw.rational(1, 2) * 16 * reach**4 * bound**4 / (many * level**2) + sp.Rational(1, 64)
    return Sample({"D": width, "n": many, "tau": reach, "B": bound, "t": level, "C": moments, "delta": chance}, tuple(law))


CLAIM = Entry(
    Claim("tree:probe-fit", "Inputs that fit probes", Source("BA", "algorithm and its cost"), "ours", "upper",
          (("some", ge(n, 1)), ("tau", gt(tau, 0)), ("t", gt(t, 0)), ("delta", gt(delta, 0)), ("inputs", ge(n, ENOUGH)),
           ("alike", ForAll((k, i, j), (*INPUT.values(), *COORDINATES.values()), eq(E(phi[k, i] * phi[k, j]), C[i, j]))),
           ("apart", ForAll((k, h, i, j), (*INPUT.values(), le(1, h), le(h, n), *COORDINATES.values()),
                            eq(E(deviation(k) * deviation(h)), sp.KroneckerDelta(h, k) * E(deviation(k) ** 2)))),
           ("energy", ForAll((k,), tuple(INPUT.values()), Named("surely", ENERGY))),
           ("norm", Named("surely", NORM)), ("fits", Named("surely", FITS)), ("worst", Named("surely", WORST))), CONCLUSION),
    derive, sample, quantities=(Quantity("inputs", "inputs that fit the probes of all represented clauses", ENOUGH),),
)
