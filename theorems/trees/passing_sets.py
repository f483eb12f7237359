"""How many sets of n variables pass the probes, for orthonormal characters: at most tau^2 B^2/(2^(-n) - eta)^2 at root-mean-square error eta < 2^(-n).

Sets a = 1..N pass: some clause h_a on the variables of set a has a probe w_a, |w_a| <= tau, and an intercept v_a with
E(h_a - v_a - <w_a, phi>)^2 <= eta^2, where E|phi|^2 <= B^2.  The characters c_a are orthonormal and of mean 0, and (E c_a h_a)^2 = 4^(-n),
as on the uniform cube (`tree:clause-count/characters`).  Then E c_a <w_a, phi> is at least 2^(-n) - eta in size, so |E c_a phi| >= (2^(-n) - eta)/tau, and by
Bessel's inequality the squares add up to at most B^2.
"""

from itertools import combinations

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, ge, gt, le, lt
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._counting import B, passing, tau
from theorems.trees._learning import averaged
from theorems.vocabulary import i, n

a, b, N, D = sp.symbols("a b N D", integer=True)
eta = sp.Symbol("eta", real=True)
c, h, phi = (RandomFamily(name) for name in ("c", "h", "phi"))
w, v, F = (sp.IndexedBase(name) for name in ("w", "v", "F"))
OWN = {name: RandomFamily(f"{name}_2") for name in ("c", "h", "phi")}
SET = {"low": le(1, a), "high": le(a, N)}
GAP = sp.Integer(2) ** -n - eta


def each(then: Proposition) -> ForAll:
    """For all sets that pass."""
    return ForAll((a,), tuple(SET.values()), then)


def over(rule: sp.Expr) -> sp.Sum:
    """Sum over the coordinates of phi."""
    return sp.Sum(rule, (i, 1, D))


def sets(rule: sp.Expr, index: sp.Symbol = a) -> sp.Sum:
    return sp.Sum(rule, (index, 1, N))


PROBE = over(w[a, i] * phi[i])
RESIDUAL = h[a] - v[a] - PROBE
CONCLUSION = le(N, passing(n, eta))


def nonnegative(p: Derivation, square: sp.Expr) -> str:
    """E of a square is not negative."""
    mean = averaged(p, [], ge(square, 0), [], lambda r, sure: r.sign(ge(substitute(square, OWN), 0)))
    return p.combine(ge(E(square), 0), {mean: 1})


def bessel(p: Derivation, coefficient: str) -> str:
    """For each coordinate: sum over a of F_(a,i)^2 <= E phi_i^2."""
    def coordinate(q: Derivation) -> None:
        rest = phi[i] - sets(F[a, i] * c[a])
        least = nonnegative(q, rest**2)
        cross, unit = F[a, i] * F[b, i] * E(c[a] * c[b]), F[a, i] * F[b, i] * sp.KroneckerDelta(a, b)
        opened = q.rewrite(eq(E(rest**2), E(phi[i] ** 2) - 2 * sets(F[a, i] * E(c[a] * phi[i])) + sets(sets(cross, b), a)), [])
        own = q.for_all((a,), {}, lambda r: r.rewrite(eq(F[a, i] * E(c[a] * phi[i]), F[a, i] ** 2), using=[at(coefficient, a=a, i=i)]))
        own = q.step("termwise", eq(sets(F[a, i] * E(c[a] * phi[i])), sets(F[a, i] ** 2)), [own], range=(1, N))

        def row(r: Derivation) -> None:
            ranges = ["low", "high", "b_low", "b_high"]
            terms = r.for_all((b,), {"b_low": le(1, b), "b_high": le(b, N)},
                              lambda t: t.rewrite(eq(cross, unit), ranges, using=[at("orthonormal", a=a, b=b)]))
            inner = r.step("termwise", eq(sets(cross, b), sets(unit, b)), [terms, "low", "high"], range=(1, N))
            diagonal = r.step("pick", eq(sets(unit, b), F[a, i] ** 2), ["low", "high"], at=a)
            r.combine(eq(sets(cross, b), F[a, i] ** 2), {inner: 1, diagonal: 1})

        rows = q.for_all((a,), SET, row)
        double = q.step("termwise", eq(sets(sets(cross, b), a), sets(F[a, i] ** 2)), [rows], range=(1, N))
        q.combine(le(sets(F[a, i] ** 2), E(phi[i] ** 2)), {least: 1, opened: 1, own: -2, double: 1})

    return p.for_all((i,), {"i_low": le(1, i), "i_high": le(i, D)}, coordinate)


def one_set(p: Derivation, coefficient: str) -> None:
    """(2^(-n) - eta)^2 <= tau^2 |F_a|^2, with rho = E c h, r = <w, F> and t = rho - r the mean of c times the residual."""
    ranges, inner, power = ["low", "high"], over(w[a, i] * F[a, i]), sp.Integer(2) ** -n
    rho, r, t = sp.symbols("rho r t", real=True)
    whole, part, rest = (p.step("define", eq(name, term)) for name, term in ((rho, E(c[a] * h[a])), (r, inner), (t, rho - r)))
    terms = p.for_all((i,), {}, lambda q: q.rewrite(eq(w[a, i] * F[a, i], w[a, i] * E(c[a] * phi[i])), using=[at(coefficient, a=a, i=i)]))
    terms = p.step("termwise", eq(inner, over(w[a, i] * E(c[a] * phi[i]))), [terms], range=(1, D))
    flat = p.restate(eq(E(c[a]), 0), [at("centred", a=a), *ranges])
    opened = p.rewrite(eq(E(c[a] * RESIDUAL), E(c[a] * h[a]) - v[a] * E(c[a]) - over(w[a, i] * E(c[a] * phi[i]))))
    meeting = p.combine(eq(E(c[a] * RESIDUAL), t), {opened: 1, whole: -1, part: 1, rest: -1, terms: 1, flat: -v[a]})
    least = nonnegative(p, (RESIDUAL - t * c[a]) ** 2)
    square = p.rewrite(eq(E((RESIDUAL - t * c[a]) ** 2), E(RESIDUAL**2) - 2 * t * E(c[a] * RESIDUAL) + t**2 * E(c[a] ** 2)))
    one = p.rewrite(eq(E(c[a] ** 2), 1), ranges, using=[at("orthonormal", a=a, b=a)])
    error = p.restate(le(E(RESIDUAL**2), eta**2), [at("error", a=a), *ranges])
    near = p.combine(le(t**2, eta**2), {least: 1, square: 1, meeting: -2 * t, one: t**2, error: 1}, because="Cauchy and Schwarz")
    sides = [p.use("base:square-order", le(side, eta), ["eta", p.combine(le(side**2, eta**2), {near: 1})], x=side, y=eta) for side in (t, -t)]
    size = p.restate(eq(E(c[a] * h[a]) ** 2, power**2), [at("coefficient", a=a), *ranges])
    size = p.rewrite(eq(rho**2, power**2), using=[whole, size])
    room = p.combine(gt(GAP, 0), {"small": 1})

    def away(q: Derivation, name: str) -> None:
        sign = 1 if name == "plus" else -1
        up = q.combine(ge(sign * rho, 0), {name: 1})
        enough = q.combine(le(power**2, (sign * rho) ** 2), {size: -1})
        far = q.use("base:square-order", le(power, sign * rho), [up, enough], x=power, y=sign * rho)
        beyond = q.combine(ge(sign * r, GAP), {far: 1, sides[0 if sign > 0 else 1]: 1, rest: -sign})
        q.combine(le(GAP**2, r**2), {beyond: sign * r + GAP}, [q.combine(ge(sign * r + GAP, 0), {beyond: 1, room: 2})])

    far = p.cases(le(GAP**2, r**2), {"plus": ge(rho, 0), "minus": lt(rho, 0)}, away)
    squares = p.for_all((i,), {}, lambda q: q.sign(ge((w[a, i] * r / tau**2 - F[a, i]) ** 2, 0), ["tau"]))
    squares = p.step("termwise", ge(over((w[a, i] * r / tau**2 - F[a, i]) ** 2), over(sp.Integer(0))), [squares, "tau"], range=(1, D))
    norm = p.restate(le(over(w[a, i] ** 2), tau**2), [at("norm", a=a), *ranges])
    p.combine(le(GAP**2, tau**2 * over(F[a, i] ** 2)), {far: 1, squares: tau**2, norm: r**2 / tau**2, part: 2 * r}, ["tau"])


def derive(p: Derivation) -> None:
    coefficient = p.step("define", ForAll((a, i), (), eq(F[a, i], E(c[a] * phi[i]))))
    each_set = p.for_all((a,), SET, lambda q: one_set(q, coefficient))
    summed = p.step("termwise", le(sets(GAP**2), sets(tau**2 * over(F[a, i] ** 2))), [each_set], range=(1, N))
    count = p.step("count", eq(sets(GAP**2), N * GAP**2), ["sets"])
    turned = p.step("exchange", eq(sets(over(F[a, i] ** 2)), over(sets(F[a, i] ** 2))), [])
    total = p.step("termwise", le(over(sets(F[a, i] ** 2)), over(E(phi[i] ** 2))), [bessel(p, coefficient)], range=(1, D))
    room = p.combine(gt(GAP, 0), {"small": 1})
    p.combine(CONCLUSION, {summed: 1 / GAP**2, count: -1 / GAP**2, turned: tau**2 / GAP**2, total: tau**2 / GAP**2, "energy": tau**2 / GAP**2}, [room])


def sample(draw: Draw) -> Sample:
    """All sets of one or two of three fair bits, and a representation that holds some of their clauses with small errors."""
    bits, size = 3, draw.integer(1, 2)
    chosen = list(combinations(range(bits), size))[: draw.integer(1, 3)]
    signs = [tuple(1 - 2 * draw.integer(0, 1) for _ in range(size)) for _ in chosen]
    scale, shift = draw.rational(1, 2), draw.family(len(chosen), -1, 1)
    noise = [draw.family(len(chosen), -sp.Rational(1, 32), sp.Rational(1, 32)) for _ in range(2**bits)]
    law = []
    for code in range(2**bits):
        x = [sp.Integer(1 - 2 * (code >> place & 1)) for place in range(bits)]
        characters = tuple(sp.Mul(*(x[place] for place in own)) for own in chosen)
        clauses = tuple(sp.Mul(*((1 + sign * x[place]) / 2 for place, sign in zip(own, row, strict=True))) for own, row in zip(chosen, signs, strict=True))
        held = tuple(scale * (clause - b0 + e) for clause, b0, e in zip(clauses, shift, noise[code], strict=True))
        law.append((sp.Rational(1, 2**bits), {"c": characters, "h": clauses, "phi": held}))
    energy = sum((weight * sum(y**2 for y in outcome["phi"]) for weight, outcome in law), sp.Integer(0))
    weights = tuple(tuple(1 / scale if row == column else sp.Integer(0) for column in range(len(chosen))) for row in range(len(chosen)))
    return Sample({"N": len(chosen), "D": len(chosen), "n": size, "eta": sp.Rational(1, 32), "tau": 1 / scale, "B": sp.ceiling(sp.sqrt(energy)),
                   "w": weights, "v": shift}, tuple(law))


CLAIM = Entry(
    Claim("tree:clause-count/bessel", "Sets that pass, for orthonormal characters", Source("BA", "linear representation, uniform inputs"), "ours", "upper",
          (("sets", ge(N, 0)), ("tau", gt(tau, 0)), ("eta", ge(eta, 0)), ("small", lt(eta, sp.Integer(2) ** -n)),
           ("orthonormal", ForAll((a, b), (le(1, a), le(a, N), le(1, b), le(b, N)), eq(E(c[a] * c[b]), sp.KroneckerDelta(a, b)))),
           ("centred", each(eq(E(c[a]), 0))), ("coefficient", each(eq(E(c[a] * h[a]) ** 2, sp.Integer(2) ** (-2 * n)))),
           ("norm", each(le(over(w[a, i] ** 2), tau**2))), ("error", each(le(E(RESIDUAL**2), eta**2))),
           ("energy", le(over(E(phi[i] ** 2)), B**2))), CONCLUSION, uses=("base:square-order",)),
    derive, sample,
)
