"""The coefficient of an AND clause at the character of its own variables on the uniform cube is 2^(-n) up to sign, n the number of variables.

X_1..X_n are fair bits +1, -1; the character c = X_1 .. X_n and the clause h = (1 + s_1 X_1)/2 .. (1 + s_n X_n)/2, s_i = 1 or -1, are built bit by
bit.  Independence enters as E c_i h_i X_i = 0 for what was built before bit i.  Then (E c_(n+1) h_(n+1))^2 = 4^(-n).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Any_, ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._learning import averaged
from theorems.vocabulary import i, k, n

s = sp.IndexedBase("s")
X, c, h = (RandomFamily(name) for name in "Xch")
OWN = {name: RandomFamily(f"{name}_2") for name in "Xch"}


def bit(then: Proposition) -> ForAll:
    return ForAll((i,), (le(1, i), le(i, n)), then)


def held(size: sp.Expr) -> Proposition:
    """After `size` bits."""
    return eq(E(c[size + 1] * h[size + 1]) ** 2, sp.Integer(2) ** (-2 * size))


CONCLUSION = held(n)


def derive(d: Derivation) -> None:
    def base(p: Derivation) -> None:
        start = eq(c[1] * h[1], 1)
        mean = averaged(p, [eq(c[1], 1), eq(h[1], 1)], start, ["character", "clause"], lambda r, sure: r.rewrite(substitute(start, OWN), using=sure))
        p.for_all((), {"inside": le(0, n)}, lambda q: q.rewrite(held(sp.Integer(0)), using=[mean]))

    def further(p: Derivation) -> None:
        def one_bit(q: Derivation) -> None:
            place, before = q.sign(le(1, k + 1), ["range"]), q.sign(le(k, n), ["inside"])
            sofar, ranges = q.restate(held(k), [at("hypothesis"), before]), [place, "inside"]
            x, old, sign = X[k + 1], c[k + 1] * h[k + 1], s[k + 1]
            letter, literal = eq(c[k + 2], c[k + 1] * x), eq(h[k + 2], h[k + 1] * (1 + sign * x) / 2)
            then = eq(c[k + 2] * h[k + 2], old * x / 2 + sign * old / 2)

            def pointwise(r: Derivation, sure: list[str]) -> None:
                x2, old2 = substitute(x, OWN), substitute(old, OWN)
                opened = r.rewrite(eq(substitute(then.left, OWN), old2 * x2 * (1 + sign * x2) / 2), using=sure[:2])
                r.combine(substitute(then, OWN), {opened: 1, sure[2]: old2 * sign / 2})

            mean = averaged(q, [letter, literal, eq(x**2, 1)], then, [at("letters", i=k + 1), at("literals", i=k + 1), at("bits", i=k + 1), *ranges], pointwise)
            fair = q.restate(eq(E(old * x), 0), [at("fair", i=k + 1), *ranges])
            half = q.combine(eq(E(then.left), sign * E(old) / 2), {mean: 1, fair: sp.Rational(1, 2)})
            options = q.restate(Any_(eq(sign, 1), eq(sign, -1)), [at("signs", i=k + 1), *ranges])

            def square(r: Derivation, name: str) -> None:
                value = r.rewrite(eq(E(then.left) ** 2, E(old) ** 2 / 4), using=[half, name])
                r.combine(held(k + 1), {value: 1, sofar: sp.Rational(1, 4)})

            q.cases(held(k + 1), {"plus": eq(sign, 1), "minus": eq(sign, -1)}, square, [options])

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
        character, clause = [sp.Integer(1)], [sp.Integer(1)]
        for x, sign in zip(bits, signs, strict=True):
            character.append(character[-1] * x)
            clause.append(clause[-1] * (1 + sign * x) / 2)
        law.append((sp.Rational(1, 2**size), {"X": bits, "c": tuple(character), "h": tuple(clause)}))
    return Sample({"n": size, "s": signs}, tuple(law))


CLAIM = Entry(
    Claim("tree:clause-count/coefficient", "Fourier coefficient of an AND clause", Source("ours", "Fourier analysis on the cube"), "ours", "identity",
          (("size", ge(n, 0)), ("character", Named("surely", eq(c[1], 1))), ("clause", Named("surely", eq(h[1], 1))),
           ("letters", bit(Named("surely", eq(c[i + 1], c[i] * X[i])))),
           ("literals", bit(Named("surely", eq(h[i + 1], h[i] * (1 + s[i] * X[i]) / 2)))), ("bits", bit(Named("surely", eq(X[i] ** 2, 1)))),
           ("fair", bit(eq(E(c[i] * h[i] * X[i]), 0))), ("signs", bit(Any_(eq(s[i], 1), eq(s[i], -1))))), CONCLUSION),
    derive, sample,
)
