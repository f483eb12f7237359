"""An AND clause on n fair bits holds with probability 2^(-n), all n >= 0.

h_1 = 1 and h_(i+1) = h_i (1 + s_i X_i)/2, s_i = 1 or -1, is the clause built bit by bit; that bit i is fair and independent of what was
built before enters as E h_i X_i = 0.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily
from theorems.trees._learning import averaged
from theorems.vocabulary import i, k, n

s = sp.IndexedBase("s")
X, h = RandomFamily("X"), RandomFamily("h")
LITERAL = eq(h[i + 1], h[i] * (1 + s[i] * X[i]) / 2)


def bit(then: Proposition) -> ForAll:
    return ForAll((i,), (le(1, i), le(i, n)), then)


def held(size: sp.Expr) -> Proposition:
    """After `size` bits."""
    return eq(E(h[size + 1]), sp.Integer(2) ** -size)


CONCLUSION = held(n)


def derive(d: Derivation) -> None:
    def base(p: Derivation) -> None:
        mean = averaged(p, [eq(h[1], 1)], eq(h[1], 1), ["clause"])
        p.for_all((), {"inside": le(0, n)}, lambda q: q.combine(held(sp.Integer(0)), {mean: 1}))

    def further(p: Derivation) -> None:
        def one_bit(q: Derivation) -> None:
            place, before = q.sign(le(1, k + 1), ["range"]), q.sign(le(k, n), ["inside"])
            sofar, ranges = q.restate(held(k), [at("hypothesis"), before]), [place, "inside"]
            literal = LITERAL.xreplace({i: k + 1})
            mean = averaged(q, [literal], literal, [at("literals", i=k + 1), *ranges])
            fair = q.restate(eq(E(h[k + 1] * X[k + 1]), 0), [at("fair", i=k + 1), *ranges])
            q.combine(held(k + 1), {mean: 1, fair: s[k + 1] / 2, sofar: sp.Rational(1, 2)})

        p.for_all((), {"inside": le(k + 1, n)}, one_bit)

    every = d.induction(ForAll((k,), (le(0, k),), ForAll((), (le(k, n),), held(k))), base, further)
    last, same = d.restate(ForAll((), (le(n, n),), held(n)), [at(every, k=n), "size"]), d.sign(le(n, n))
    d.restate(CONCLUSION, [at(last), same])


def sample(draw: Draw) -> Sample:
    size = draw.integer(0, 3)
    signs = tuple(sp.Integer(1 - 2 * draw.integer(0, 1)) for _ in range(size))
    law = []
    for code in range(2**size):
        bits = tuple(sp.Integer(1 - 2 * (code >> a & 1)) for a in range(size))
        clause = [sp.Integer(1)]
        for x, sign in zip(bits, signs, strict=True):
            clause.append(clause[-1] * (1 + sign * x) / 2)
        law.append((sp.Rational(1, 2**size), {"X": bits, "h": tuple(clause)}))
    return Sample({"n": size, "s": signs}, tuple(law))


CLAIM = Entry(
    Claim("tree:clause-mass", "Probability of an AND clause", Source("ours", "uniform cube"), "ours", "identity",
          (("size", ge(n, 0)), ("clause", Named("surely", eq(h[1], 1))), ("literals", bit(Named("surely", LITERAL))), ("fair", bit(eq(E(h[i] * X[i]), 0)))),
          CONCLUSION),
    derive, sample,
)
