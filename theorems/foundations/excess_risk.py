"""Excess risk on a fresh isotropic input: E(<x, D> - <z, c>)^2 = E|D|^2 + |c|^2, for all sizes.

x (size d) and z (size t) are the coordinates of the input that a predictor uses and ignores; D is the random error of its
coefficients, c the coefficients that it lacks.  Also: noise plus ignored isotropic inputs is white of level s2 + |c|^2.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.white_noise import e, s2, signs, white
from theorems.logic import ForAll, Named, Proposition, eq, le
from theorems.terms import E, RandomFamily
from theorems.vocabulary import each, i, j, k, m, n, total

d, t, l = sp.symbols("d t l", integer=True)
D, Z, x, z = (RandomFamily(name) for name in ("D", "Z", "x", "z"))
c = sp.IndexedBase("c")
delta = sp.KroneckerDelta


def missing(coefficients: sp.IndexedBase, size: sp.Expr = t) -> sp.Expr:
    """|c|^2."""
    return total(lambda a: coefficients[a] ** 2, size, j)


def centred(family: sp.IndexedBase, size: sp.Expr) -> Proposition:
    return each(lambda a: eq(E(family[a]), 0), size)


ERROR = total(lambda a: D[a] * x[a], d)
LOST = total(lambda a: z[a] * c[a], t, j)
EXCESS = eq(E((ERROR - LOST) ** 2), E(total(lambda a: D[a] ** 2, d)) + missing(c))


def excess(p: Derivation) -> None:
    cross = p.rewrite(eq(E(ERROR * LOST), E(ERROR) * total(lambda a: E(z[a]) * c[a], t, j)), ["fresh"], because="z is independent of the rest")
    none = p.for_all((j,), {"low": le(1, j), "high": le(j, t)}, lambda s: s.combine(eq(E(z[j]) * c[j], 0), {at("mean", i=j): c[j]}, ["low", "high"]))
    none = p.step("termwise", eq(total(lambda a: E(z[a]) * c[a], t, j), sp.Sum(sp.Integer(0), (j, 1, t))), [none], range=(1, t))
    used = p.use("base:white-noise", eq(E(ERROR_K**2), E(total(lambda a: D[a] ** 2, d, k))), ["input", "other"], A=D, e=x, n=d, s2=1)
    apart = p.step("independence", Named("independent", sp.Lambda((k,), c[k]), z), [])
    lost = p.use("base:white-noise", eq(E(total(lambda a: c[a] * z[a], t, k) ** 2), E(total(lambda a: c[a] ** 2, t, k))), [apart, "ignored"],
                 A=sp.Lambda((k,), c[k]), e=z, n=t, s2=1)
    p.combine(EXCESS, {used: 1, lost: 1, cross: -2, none: -2 * E(ERROR)}, because="the cross term has mean 0")


ERROR_K = total(lambda a: D[a] * x[a], d, k)
ISOTROPIC = ForAll((k, m, i, j), (le(1, k), le(k, n), le(1, m), le(m, n), le(1, i), le(i, t), le(1, j), le(j, t)),
                   eq(E(Z[k, i] * Z[m, j]), delta(k, m) * delta(i, j)))


def effective(row: sp.Expr) -> sp.Expr:
    """u_k = <Z_k, c> + e_k: what a predictor without Z takes for noise."""
    return sp.Sum(Z[row, l] * c[l], (l, 1, t)) + e[row]


NOISE = ForAll((k, m), (le(1, k), le(k, n), le(1, m), le(m, n)), eq(E(effective(k) * effective(m)), (s2 + missing(c)) * delta(k, m)))
PAIR = {"k_low": le(1, k), "k_high": le(k, n), "m_low": le(1, m), "m_high": le(m, n)}


def noise(p: Derivation) -> None:
    def pair(s: Derivation) -> None:
        names = list(PAIR)
        product, unit = c[i] * c[j] * E(Z[k, i] * Z[m, j]), c[i] * c[j] * delta(k, m) * delta(i, j)
        rows, columns = (i, 1, t), (j, 1, t)
        opened = s.rewrite(eq(E(effective(k) * effective(m)), sp.Sum(product, columns, rows) + E(e[k] * e[m])
                              + total(lambda a: c[a] * E(Z[k, a]), t) * E(e[m]) + total(lambda a: c[a] * E(Z[m, a]), t) * E(e[k])), ["apart", *names])

        def line(r: Derivation) -> None:
            terms = r.for_all((j,), {"j_low": le(1, j), "j_high": le(j, t)}, lambda q: q.rewrite(
                eq(product, unit), [*names, "i_low", "i_high", "j_low", "j_high"], using=[at("isotropic", k=k, m=m, i=i, j=j)]))
            inner = r.step("termwise", eq(sp.Sum(product, columns), sp.Sum(unit, columns)), [terms, *names, "i_low", "i_high"], range=(1, t))
            picked = r.step("pick", eq(sp.Sum(unit, columns), c[i] ** 2 * delta(k, m)), ["i_low", "i_high"], at=i)
            r.combine(eq(sp.Sum(product, columns), c[i] ** 2 * delta(k, m)), {inner: 1, picked: 1})

        lines = s.for_all((i,), {"i_low": le(1, i), "i_high": le(i, t)}, line)
        double = s.step("termwise", eq(sp.Sum(product, columns, rows), sp.Sum(c[i] ** 2 * delta(k, m), rows)), [lines, *names], range=(1, t))
        facts = {opened: 1, double: 1, at("noise", k=k, m=m): 1, at("mean", i=m): total(lambda a: c[a] * E(Z[k, a]), t),
                 at("mean", i=k): total(lambda a: c[a] * E(Z[m, a]), t)}
        s.combine(NOISE.then, facts, names)

    p.for_all((k, m), PAIR, pair)


def excess_case(draw: Draw) -> Sample:
    used, ignored = draw.integer(1, 2), draw.integer(1, 2)
    errors = [(weight, draw.family(used, -1, 1)) for weight in draw.law(2)]
    law = [(a * b * weight, {**one, **other, "D": error}) for a, one in coins(used, "x") for b, other in coins(ignored, "z") for weight, error in errors]
    return Sample({"d": used, "t": ignored, "c": draw.family(ignored, -1, 1)}, tuple(law))


def coins(size: int, name: str) -> list[tuple[sp.Expr, dict[str, object]]]:
    """Independent signs: mean 0, identity covariance."""
    return [(sp.Rational(1, 2**size), {name: tuple(sp.Integer(1 - 2 * (code >> a & 1)) for a in range(size))}) for code in range(2**size)]


def coin_matrices(rows: int, columns: int, name: str) -> list[tuple[sp.Expr, dict[str, object]]]:
    """Matrices of independent signs."""
    return [(weight, {name: tuple(values[name][r * columns:(r + 1) * columns] for r in range(rows))})  # type: ignore[index]
            for weight, values in coins(rows * columns, name)]


def noise_case(draw: Draw) -> Sample:
    rows, columns, scale = draw.integer(1, 2), draw.integer(1, 2), draw.rational(1, 3)
    law = [(a * b, {**one, **other}) for a, one in coin_matrices(rows, columns, "Z") for b, other in signs(rows, scale)]
    return Sample({"n": rows, "t": columns, "s2": scale**2 / rows, "c": draw.family(columns, -1, 1)}, tuple(law))


SOURCE = Source("ours", "textbook")
CLAIMS = (
    Entry(Claim("base:excess-risk", "Excess risk on an isotropic input", SOURCE, "ours", "identity",
                (("input", white(x, sp.Integer(1), d)), ("ignored", white(z, sp.Integer(1), t)), ("mean", centred(z, t)),
                 ("other", Named("independent", D, x)), ("fresh", Named("independent", z, sp.Tuple(x, D)))), EXCESS,
                uses=("base:white-noise",)), excess, excess_case),
    Entry(Claim("base:effective-noise", "Ignored isotropic inputs are white noise", SOURCE, "ours", "identity",
                (("isotropic", ISOTROPIC), ("noise", white(e, s2)), ("mean", centred(e, n)), ("apart", Named("independent", Z, e))), NOISE),
          noise, noise_case),
)
