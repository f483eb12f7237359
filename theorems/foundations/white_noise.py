"""E (sum_k A_k e_k)^2 = s2 E sum_k A_k^2 for random A independent of the white noise e (E e_k e_m = s2 delta_km), all n."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Named, Proposition, eq, le
from theorems.terms import E, RandomFamily
from theorems.vocabulary import k, m, n, total

A, e = RandomFamily("A"), RandomFamily("e")
s2 = sp.Symbol("s2", real=True)
K_RANGE, M_RANGE = {"k_low": le(1, k), "k_high": le(k, n)}, {"m_low": le(1, m), "m_high": le(m, n)}


def white(noise: sp.IndexedBase, level: sp.Expr, size: sp.Expr = n) -> Proposition:
    """E noise_k noise_m = level if k = m, else 0."""
    return ForAll((k, m), (le(1, k), le(k, size), le(1, m), le(m, size)), eq(E(noise[k] * noise[m]), level * sp.KroneckerDelta(k, m)))


CONCLUSION = eq(E(total(lambda a: A[a] * e[a], n, k) ** 2), s2 * E(total(lambda a: A[a] ** 2, n, k)))


def derive(d: Derivation) -> None:
    pairs = lambda rule: sp.Sum(sp.Sum(rule, (m, 1, n)), (k, 1, n))  # noqa: E731
    product, unit = E(A[k] * A[m]) * E(e[k] * e[m]), s2 * E(A[k] * A[m]) * sp.KroneckerDelta(k, m)
    square = d.rewrite(eq(CONCLUSION.left, pairs(product)), ["independent"], because="the square of a sum is a double sum")

    def row(s: Derivation) -> None:
        ranges = ["k_low", "k_high", "m_low", "m_high"]
        terms = s.for_all((m,), M_RANGE, lambda inner: inner.rewrite(eq(product, unit), ranges, using=[at("noise", k=k, m=m)]))
        inner = s.step("termwise", eq(sp.Sum(product, (m, 1, n)), sp.Sum(unit, (m, 1, n))), [terms, "k_low", "k_high"], range=(1, n))
        diagonal = s.step("pick", eq(sp.Sum(unit, (m, 1, n)), s2 * E(A[k] ** 2)), ["k_low", "k_high"], at=k)
        s.combine(eq(sp.Sum(product, (m, 1, n)), s2 * E(A[k] ** 2)), {inner: 1, diagonal: 1})

    rows = d.for_all((k,), K_RANGE, row, because="only m = k counts")
    whole = d.step("termwise", eq(pairs(product), total(lambda a: s2 * E(A[a] ** 2), n, k)), [rows], range=(1, n))
    d.combine(CONCLUSION, {square: 1, whole: 1})


def sample(draw: Draw) -> Sample:
    size, scale = draw.integer(1, 3), draw.rational(1, 3)
    noises = signs(size, scale)
    weights = [(w, {"A": draw.family(size, -1, 1)}) for w in draw.law(2)]
    return Sample({"n": size, "s2": scale**2 / size}, tuple((a * b, {**x, **y}) for a, x in noises for b, y in weights))


def signs(size: int, scale: sp.Expr, name: str = "e") -> list[tuple[sp.Expr, dict[str, object]]]:
    """White noise of mean 0 and variance scale^2/size: plus or minus `scale` at one random place."""
    return [(sp.Rational(1, 2 * size), {name: tuple(sign * scale if a == b else sp.Integer(0) for b in range(size))})
            for a in range(size) for sign in (1, -1)]


CLAIM = Entry(
    Claim("base:white-noise", "Second moment of a linear image of white noise", Source("ours", "textbook"), "ours", "identity",
          (("independent", Named("independent", A, e)), ("noise", white(e, s2))), CONCLUSION),
    derive, sample,
)
