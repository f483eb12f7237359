"""Coarser students, larger classes: features that are linear in others distinguish no more; indicator features distinguish all.

fewer: psi_gi = sum_f M_gf phi_fi, and equal means of every phi_f give equal means of every psi_g (dropping features is one such M).
full: with one indicator feature for each class, equal means are equal laws, so that the classes are singletons.
strict: one feature less can merge two laws that the others tell apart: phi = (1, 0, 0) on (1/2, 1/2, 0) and (1/2, 0, 1/2).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.equivalence._family import CLASSES, FEATURES, d, f, l, matched, moment, phi
from theorems.logic import ForAll, Proposition, eq, le
from theorems.vocabulary import V, each, i, j, k, law, r, t, total

M, psi, x = (sp.IndexedBase(name) for name in ("M", "psi", "x"))
COARSE = ForAll((j, i), (le(1, j), le(j, k), *CLASSES.values()), eq(psi[j, i], sp.Sum(M[j, f] * phi[f, i], (f, 1, d))))
FEWER: Proposition = ForAll((j,), (le(1, j), le(j, k)), eq(total(lambda a: t[a] * psi[j, a]), total(lambda a: r[a] * psi[j, a])))


def fewer(p: Derivation) -> None:
    def row(s: Derivation) -> None:
        sides = []
        for target in (t, r):
            terms = s.for_all((i,), CLASSES, lambda u, target=target: u.combine(
                eq(target[i] * psi[j, i], target[i] * sp.Sum(M[j, f] * phi[f, i], (f, 1, d))), {at("coarse", j=j, i=i): target[i]}, ["j_low", "j_high", "low", "high"]))
            spread = s.step("termwise", eq(total(lambda a, target=target: target[a] * psi[j, a]),
                            total(lambda a, target=target: target[a] * sp.Sum(M[j, f] * phi[f, a], (f, 1, d)))), [terms], range=(1, V))
            body = target[i] * M[j, f] * phi[f, i]
            turned = s.step("exchange", eq(sp.Sum(body, (f, 1, d), (i, 1, V)), sp.Sum(body, (i, 1, V), (f, 1, d))))
            sides.append((spread, turned))
        means = s.for_all((f,), FEATURES, lambda u: u.combine(eq(M[j, f] * moment(t), M[j, f] * moment(r)), {at("moments", f=f): M[j, f]}, ["f_low", "f_high"]))
        equal = s.step("termwise", eq(sp.Sum(M[j, f] * moment(t), (f, 1, d)), sp.Sum(M[j, f] * moment(r), (f, 1, d))), [means], range=(1, d))
        (one, first), (two, second) = sides
        s.combine(FEWER.then, {one: 1, first: 1, equal: 1, second: -1, two: -1})

    p.for_all((j,), {"j_low": le(1, j), "j_high": le(j, k)}, row)


FULL = each(lambda a: eq(t[a], r[a]))
INDICATORS = each(lambda a: eq(total(lambda b: t[b] * sp.KroneckerDelta(b, a), V, l), total(lambda b: r[b] * sp.KroneckerDelta(b, a), V, l)))


def full(p: Derivation) -> None:
    def entry(s: Derivation) -> None:
        picked = [s.step("pick", eq(total(lambda b, g=g: g[b] * sp.KroneckerDelta(b, i), V, l), g[i]), ["low", "high"], at=i) for g in (t, r)]
        s.combine(eq(t[i], r[i]), {at("moments", i=i): 1, picked[0]: -1, picked[1]: 1}, ["low", "high"])

    p.for_all((i,), CLASSES, entry)


THIRDS = ((sp.Rational(1, 2), sp.Rational(1, 2), sp.Integer(0)), (sp.Rational(1, 2), sp.Integer(0), sp.Rational(1, 2)))


def sample(draw: Draw) -> Sample:
    """Laws that agree on the features: p and p + c u with u orthogonal to one feature."""
    kept, c = draw.integer(1, 2), draw.rational(0, "1/4")
    matrix = tuple(draw.family(1, -2, 2) for _ in range(kept))
    first, second = (sp.Rational(1, 2), sp.Rational(1, 4), sp.Rational(1, 4)), (sp.Rational(1, 2), sp.Rational(1, 4) + c, sp.Rational(1, 4) - c)
    row = (draw.rational(-2, 2), sp.Integer(1), sp.Integer(1))
    return Sample({"V": 3, "d": 1, "k": kept, "phi": (row,), "M": matrix, "psi": tuple(tuple(m[0] * a for a in row) for m in matrix), "t": first, "r": second})


def sample_full(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    masses = draw.law(size, zeros=True)
    return Sample({"V": size, "t": masses, "r": masses})


SOURCE = Source("SKD", "abstract (iv)")
CLAIMS = (
    Entry(Claim("eq:coarsening", "Fewer features, coarser classes", SOURCE, "ours", "identity", (("coarse", COARSE), ("moments", matched(t, r))), FEWER), fewer, sample),
    Entry(Claim("eq:coarsening/full", "Full capacity: singletons", SOURCE, "ours", "identity", (("moments", INDICATORS),), FULL), full, sample_full),
    Entry(Claim("eq:coarsening/one-feature", "One feature tells all laws on three classes apart", SOURCE, "ours", "refutation",
                (("t", law(t)), ("r", law(r)), ("moments", eq(total(lambda a: t[a] * x[a]), total(lambda a: r[a] * x[a]))), ("low", le(1, i)), ("high", le(i, V))),
                eq(t[i], r[i]), expected="refuted", repaired="eq:coarsening/full", note="(1/2, 1/2, 0) and (1/2, 0, 1/2) agree on the indicator of the first class."),
          lambda p: p.counterexample(V=3, t=THIRDS[0], r=THIRDS[1], x=(1, 0, 0), i=2)),
)
