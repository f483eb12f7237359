"""Targets from sampled tokens: an operator is unbiased exactly where it is affine, for all V.

F is any map of families, F(x, i) its entry i; G_ji = F(e_j, i) its values at the vertices.  "Affine on the simplex" means
F(x, i) = sum_j x_j G_ji for every law x, and this is what unbiasedness says of one sampled token: F(x) is the mean of F(e_J), J of
law x.  From it: F(w x + (1 - w) y) = w F(x) + (1 - w) F(y); and E F(S) = F(p) for every random law S with mean p, in particular for
the empirical law of m tokens.  mixing has it for every m; power_T, T != 1, has it not: p = (1/5, 4/5), one token, T = 2.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.terms import E, RandomFamily
from theorems.vocabulary import T, V, each, i, j, k, law, m, mixing, p, power, total

F = sp.Function("F")
G, x, y, z = (sp.IndexedBase(name) for name in "Gxyz")
S, S2, B = RandomFamily("S"), RandomFamily("S2"), RandomFamily("B")
w = sp.Symbol("w", real=True)
RANGE = {"low": le(1, i), "high": le(i, V)}
INSIDE = tuple(RANGE.values())


def at_vertices(family: sp.IndexedBase) -> sp.Expr:
    """sum_j x_j G_ji: the mean over one token of law x."""
    return total(lambda a: family[a] * G[a, i], V, j)


AFFINE = ForAll((x, i), (law(x), *INSIDE), eq(F(x, i), at_vertices(x)))
BLENDS = ForAll((x, y, z, w, i), (law(x), law(y), law(z), each(lambda a: eq(z[a], w * x[a] + (1 - w) * y[a])), *INSIDE),
                eq(F(z, i), w * F(x, i) + (1 - w) * F(y, i)))
UNBIASED = each(lambda a: eq(E(F(S, a)), F(p, a)))
MEAN = each(lambda a: eq(E(S[a]), p[a]))


def blends(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        first, second, third = (s.restate(eq(F(f, i), at_vertices(f)), [at("affine", x=f, i=i), name, "low", "high"]) for f, name in ((x, "x"), (y, "y"), (z, "z")))
        term = s.for_all((j,), {"j_low": le(1, j), "j_high": le(j, V)}, lambda u: u.combine(
            eq(z[j] * G[j, i], (w * x[j] + (1 - w) * y[j]) * G[j, i]), {at("blend", i=j): G[j, i]}, ["j_low", "j_high"]))
        total_ = s.step("termwise", eq(at_vertices(z), total(lambda a: (w * x[a] + (1 - w) * y[a]) * G[a, i], V, j)), [term], range=(1, V))
        s.combine(BLENDS.then, {third: 1, total_: 1, first: -w, second: -(1 - w)})

    assume: dict[str, Proposition] = {"x": law(x), "y": law(y), "z": law(z), "blend": each(lambda a: eq(z[a], w * x[a] + (1 - w) * y[a])), **RANGE}
    d.for_all((x, y, z, w, i), assume, entry)


def unbiased(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        value = s.for_all((S2,), {"sure_2": law(S2)}, lambda u: u.restate(eq(F(S2, i), at_vertices(S2)), [at("affine", x=S2, i=i), "sure_2", "low", "high"]))
        value = s.restate(ForAll((S,), (law(S),), eq(F(S, i), at_vertices(S))), [value])
        mean = s.step("expect", eq(E(F(S, i)), E(at_vertices(S))), [value, "sure"])
        term = s.for_all((j,), {"j_low": le(1, j), "j_high": le(j, V)}, lambda u: u.combine(
            eq(E(S[j]) * G[j, i], p[j] * G[j, i]), {at("mean", i=j): G[j, i]}, ["j_low", "j_high"]))
        means = s.step("termwise", eq(total(lambda a: E(S[a]) * G[a, i], V, j), at_vertices(p)), [term], range=(1, V))
        here = s.restate(eq(F(p, i), at_vertices(p)), [at("affine", x=p, i=i), "p", "low", "high"])
        s.combine(eq(E(F(S, i)), F(p, i)), {mean: 1, means: 1, here: -1})

    d.for_all((i,), RANGE, entry)


def empirical(a: sp.Expr) -> sp.Expr:
    """The share of class a among m tokens; B_ka is 1 if token k is class a, else 0."""
    return total(lambda s: B[s, a], m, k) / m


TOKENS = ForAll((k, i), (le(1, k), le(k, m), *INSIDE), eq(E(B[k, i]), p[i]))
MIXED = each(lambda a: eq(E(mixing(empirical, T)(a)), mixing(p, T)(a)))


def mix(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        term = s.for_all((k,), {"k_low": le(1, k), "k_high": le(k, m)}, lambda u: u.restate(eq(E(B[k, i]), p[i]), [at("mean", k=k, i=i), "low", "high", "k_low", "k_high"]))
        summed = s.step("termwise", eq(total(lambda a: E(B[a, i]), m, k), total(lambda a: p[i], m, k)), [term], range=(1, m))
        count = s.step("count", eq(total(lambda a: p[i], m, k), m * p[i]), ["m"])
        s.combine(eq(E(mixing(empirical, T)(i)), mixing(p, T)(i)), {summed: 1 / (m * T), count: 1 / (m * T)}, ["m", "T", s.sign(ge(V, 1), ["low", "high"])])

    d.for_all((i,), RANGE, entry)


ONE_TOKEN = [(sp.Rational(1, 5), {"S": (sp.Integer(1), sp.Integer(0))}), (sp.Rational(4, 5), {"S": (sp.Integer(0), sp.Integer(1))})]


def join(d: Derivation) -> None:
    d.restate(All(BLENDS, UNBIASED), [d.use("access:text-unbiased/blends", BLENDS, ["affine"]), d.use("access:text-unbiased/mean", UNBIASED, ["affine", "p", "sure", "mean"])])


def sample(draw: Draw) -> Sample:
    """An affine map; the random law takes three values, and p is its mean."""
    size = draw.integer(1, 4)
    matrix = tuple(draw.family(size, -1, 1) for _ in range(size))
    law_ = tuple((weight, draw.law(size, zeros=True)) for weight in draw.law(3))
    mean = tuple(sum((weight * value[a] for weight, value in law_), sp.Integer(0)) for a in range(size))
    f, a = sp.IndexedBase("f"), sp.Symbol("a", integer=True)
    rule = sp.Lambda((f, a), sum(f[s + 1] * sum(matrix[s][c] * sp.KroneckerDelta(a, c + 1) for c in range(size)) for s in range(size)))
    first, second, share = draw.law(size), draw.law(size), draw.rational(0, 1)
    return Sample({"V": size, "G": matrix, "F": rule, "p": mean, "x": first, "y": second, "w": share,
                   "z": tuple(share * one + (1 - share) * other for one, other in zip(first, second, strict=True))},
                  tuple((weight, {"S": value}) for weight, value in law_))


def sample_mixing(draw: Draw) -> Sample:
    size, tokens = draw.integer(1, 3), draw.integer(1, 2)
    masses = draw.law(size)
    outcomes = [(sp.Integer(1), ())]
    for _ in range(tokens):
        outcomes = [(weight * masses[a], (*drawn, tuple(sp.Integer(a == b) for b in range(size)))) for weight, drawn in outcomes for a in range(size)]
    return Sample({"V": size, "m": tokens, "p": masses, "T": draw.rational(1, 6)}, tuple((weight, {"B": drawn}) for weight, drawn in outcomes))


SOURCE = Source("SKD", "abstract (vii)")
LINEAR, SURE = ("affine", AFFINE), ("sure", Named("surely", law(S)))
CLAIMS = (
    Entry(Claim("access:text-unbiased/blends", "Unbiased from one token means affine", SOURCE, "ours", "identity", (LINEAR,), BLENDS), blends, sample),
    Entry(Claim("access:text-unbiased/mean", "Affine maps are unbiased from any unbiased law", SOURCE, "ours", "identity",
                (LINEAR, ("p", law(p)), SURE, ("mean", MEAN)), UNBIASED), unbiased, sample),
    Entry(Claim("access:text-unbiased", "Unbiased from samples exactly where affine", SOURCE, "ours", "identity",
                (LINEAR, ("p", law(p)), SURE, ("mean", MEAN)), All(BLENDS, UNBIASED), uses=("access:text-unbiased/blends", "access:text-unbiased/mean")),
          join, sample),
    Entry(Claim("access:text-unbiased/mixing", "Mixing the empirical law of m tokens is unbiased", SOURCE, "ours", "identity",
                (("m", ge(m, 1)), ("T", ge(T, 1)), ("mean", TOKENS)), MIXED), mix, sample_mixing),
    Entry(Claim("access:text-unbiased/power", "Power of the law of one token is unbiased", SOURCE, "ours", "refutation",
                (("p", law(p)), ("T", gt(T, 0)), SURE, ("mean", MEAN), ("low", le(1, i)), ("high", le(i, V))), eq(E(power(S, T)(i)), power(p, T)(i)),
                expected="refuted", repaired="access:text-unbiased", note="Power fixes the vertices, so one token gives p in the mean, not power_T(p)."),
          lambda d: d.counterexample(V=2, T=2, p=(sp.Rational(1, 5), sp.Rational(4, 5)), i=1, outcomes=ONE_TOKEN)),
)
