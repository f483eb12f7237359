"""What Bayes-teacher labels save: variance of the empirical risk, for every finite law and every N (SKD (i); cf. Menon et al. 2021).

Inputs a = 1..A have the weights p_a, labels c = 1..Y given a the weights t_ac; l_ac is the loss of a fixed student.  The N
hard-label losses H_k = l(x_k, y_k) and the N Bayes-teacher losses B_k = sum_c t(c | x_k) l(x_k, c) of independent draws are
pairwise uncorrelated with the moments of one draw.  Then Var mean H - Var mean B = (1/N) E Var(l | x) >= 0.
"""

from itertools import product as pairs

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.white_noise import CONCLUSION as WHITE
from theorems.foundations.white_noise import white
from theorems.logic import All, ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.vocabulary import each, k, total

a, c, A, Y, N = sp.symbols("a c A Y N", integer=True)
p, t, l = (sp.IndexedBase(name) for name in "ptl")
H, B = RandomFamily("H"), RandomFamily("B")


def given(term: sp.Expr) -> sp.Expr:
    """E(term | x = a)."""
    return sp.Sum(t[a, c] * term, (c, 1, Y))


def averaged(term: sp.Expr) -> sp.Expr:
    return sp.Sum(p[a] * term, (a, 1, A))


BAYES = given(l[a, c])
MEAN = averaged(BAYES)
LEVELS = {H: averaged(given(l[a, c] ** 2)) - MEAN**2, B: averaged(BAYES**2) - MEAN**2}
WITHIN = averaged(sp.Sum(t[a, c] * (l[a, c] - sp.Sum(t[a, k] * l[a, k], (k, 1, Y))) ** 2, (c, 1, Y)))


def empirical(losses: RandomFamily) -> sp.Expr:
    return total(lambda s: losses[s], N, k) / N


def variance(losses: RandomFamily) -> sp.Expr:
    return E((empirical(losses) - E(empirical(losses))) ** 2)


def centred(losses: RandomFamily) -> sp.Lambda:
    return sp.Lambda((k,), losses[k] - MEAN)


EXACT = eq(variance(H) - variance(B), WITHIN / N)
SAVED = ge(variance(H) - variance(B), 0)
CELL = {"a_low": le(1, a), "a_high": le(a, A)}


def spread(d: Derivation, losses: RandomFamily, name: str) -> str:
    """The variance of the empirical risk is that of one loss over N."""
    level = LEVELS[losses]
    mean = d.step("termwise", eq(total(lambda s: E(losses[s]), N, k), total(lambda s: MEAN, N, k)), [f"{name}_mean"], range=(1, N))
    ones = d.step("count", eq(total(lambda s: sp.Integer(1), N, k), N), ["N"])
    mean = d.combine(eq(E(empirical(losses)), MEAN), {mean: 1 / N, ones: MEAN / N}, ["N"])
    around = d.rewrite(eq(variance(losses), E((empirical(losses) - MEAN) ** 2)), ["N"], using=[mean])
    rule, share = centred(losses), sp.Lambda((k,), 1 / N)
    apart = d.step("independence", Named("independent", share, rule), [])
    values = {"A": share, "e": rule, "n": N, "s2": level}
    noise = d.use("base:white-noise", substitute(WHITE, values), [apart, f"{name}_moments", "N"], **values)
    whole, sums = total(lambda s: sp.Integer(1), N, k), total(lambda s: E(losses[s]), N, k)
    shifted = d.combine(eq(E((empirical(losses) - MEAN) ** 2), substitute(WHITE, values).left),
                        {ones: -(MEAN**2 * (whole + N) - 2 * MEAN * sums) / N**2}, ["N"])
    return d.combine(eq(variance(losses), level / N), {around: 1, shifted: 1, noise: 1, ones: level / N**2}, ["N"])


def derive(d: Derivation) -> None:
    hard, soft = spread(d, H, "hard"), spread(d, B, "soft")

    def cell(s: Derivation) -> None:
        square = sp.Sum(t[a, c] * (l[a, c] - sp.Sum(t[a, k] * l[a, k], (k, 1, Y))) ** 2, (c, 1, Y))
        s.combine(eq(p[a] * square, p[a] * given(l[a, c] ** 2) - p[a] * BAYES**2), {at("labels_one", a=a): p[a] * BAYES**2}, ["a_low", "a_high"])

    cells = d.for_all((a,), CELL, cell, because="Var(l | x) = E(l^2 | x) - E(l | x)^2")
    within = d.step("termwise", eq(WITHIN, averaged(given(l[a, c] ** 2)) - averaged(BAYES**2)), [cells], range=(1, A))
    exact = d.combine(EXACT, {hard: 1, soft: -1, within: -1 / N}, ["N"])

    def positive(s: Derivation) -> None:
        inner = l[a, c] - sp.Sum(t[a, k] * l[a, k], (k, 1, Y))
        label = {"c_low": le(1, c), "c_high": le(c, Y)}
        terms = s.for_all((c,), label, lambda q: q.sign(ge(t[a, c] * inner**2, 0), [
            q.restate(ge(t[a, c], 0), [at("labels", a=a, c=c), "a_low", "a_high", "c_low", "c_high"])]))
        summed = s.step("termwise", ge(sp.Sum(t[a, c] * inner**2, (c, 1, Y)), sp.Sum(sp.Integer(0), (c, 1, Y))), [terms, "a_low", "a_high"], range=(1, Y))
        weight = s.restate(ge(p[a], 0), [at("inputs", i=a), "a_low", "a_high"])
        s.combine(ge(p[a] * sp.Sum(t[a, c] * inner**2, (c, 1, Y)), 0), {summed: p[a]}, [weight])

    cells = d.for_all((a,), CELL, positive)
    spare = d.step("termwise", ge(WITHIN, sp.Sum(sp.Integer(0), (a, 1, A))), [cells], range=(1, A))
    d.restate(All(EXACT, SAVED), [exact, d.combine(SAVED, {exact: -1, spare: 1 / N}, ["N"])])


def sample(draw: Draw) -> Sample:
    inputs, labels, count = draw.integer(1, 2), draw.integer(1, 2), draw.integer(1, 2)
    weights, rows = draw.law(inputs), tuple(draw.law(labels, zeros=True) for _ in range(inputs))
    losses = tuple(draw.family(labels, 0, 2) for _ in range(inputs))
    bayes = [sum(x * y for x, y in zip(rows[s], losses[s], strict=True)) for s in range(inputs)]
    draws = [(weights[s] * rows[s][u], losses[s][u], bayes[s]) for s, u in pairs(range(inputs), range(labels))]
    law = [(sp.prod(w for w, _, _ in many), {"H": tuple(h for _, h, _ in many), "B": tuple(b for _, _, b in many)}) for many in pairs(draws, repeat=count)]
    return Sample({"A": inputs, "Y": labels, "N": count, "p": weights, "t": rows, "l": losses}, tuple(law))


def moments(losses: RandomFamily, name: str) -> tuple[tuple[str, Proposition], ...]:
    """Losses of one mean, pairwise uncorrelated, with the variance of one draw."""
    noise = substitute(white(RandomFamily("e"), LEVELS[losses], N), {"e": centred(losses)})
    return ((f"{name}_mean", each(lambda s: eq(E(losses[s]), MEAN), N)), (f"{name}_moments", noise))


LAW: tuple[tuple[str, Proposition], ...] = (
    ("N", ge(N, 1)), ("inputs", each(lambda s: ge(p[s], 0), A)),
    ("labels", ForAll((a, c), (le(1, a), le(a, A), le(1, c), le(c, Y)), ge(t[a, c], 0))),
    ("labels_one", ForAll((a,), (le(1, a), le(a, A)), eq(sp.Sum(t[a, c], (c, 1, Y)), 1))),
)
CLAIM = Entry(
    Claim("bv:bayes-teacher", "What Bayes-teacher labels save", Source("SKD", "abstract (i)"), "ours", "identity",
          (*LAW, *moments(H, "hard"), *moments(B, "soft")), All(EXACT, SAVED), uses=("base:white-noise",)),
    derive, sample,
)
