"""power_T, T > 0, commutes with restriction to any classes of positive mass, hence with top-k; mixing does not.

p~ is p restricted to the classes 1..k and renormalised: power_T(p~) is power_T(p) restricted to them and renormalised, and 0
elsewhere.  Laws may have zeros.  mixing gives mass to the classes that were cut: p = (1/2, 1/3, 1/6), k = 2, T = 2.
"""

import sympy as sp

from theorems.access._kept import BOUNDS, HEAD, TAIL, head, head_mass, image_mass, mass, restricted, rho, spans, truncation
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt, le
from theorems.vocabulary import T, V, each, i, k, mixing, p, power, q, total

l = sp.Symbol("l", integer=True)
SCALE = (1 - rho) ** (1 / T)
CONCLUSION = restricted(power(p, T), power(q, T), total(power(p, T), k, l))


def root(a: sp.Expr, temperature: sp.Expr = T) -> sp.Expr:
    return p[a] ** (1 / temperature)


def image(a: sp.Expr) -> sp.Expr:
    return q[a] ** (1 / T)


def roots_positive(d: Derivation, entries: str) -> str:
    """The kept classes have mass, so their roots have a positive sum."""
    some = d.combine(gt(head(lambda a: p[a]), 0), {head_mass(d): -1, "left": 1})
    return d.use("base:root-bounds/total", gt(head(root), 0), [entries, some, "T"], n=k, x=p)


def image_roots(d: Derivation) -> tuple[str, str, str]:
    """The roots of p~ are those of p on the kept classes, divided by a positive number, and 0 elsewhere."""
    entries = d.for_all((i,), HEAD, mass)
    some = roots_positive(d, entries)
    left = d.combine(gt(1 - rho, 0), {"left": 1})

    def kept(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "low", "high", "left"])
        quotient = s.use("base:root-bounds/scale", eq((p[i] / (1 - rho)) ** (1 / T), root(i) / SCALE), [mass(s), left, "T"], x=p[i], c=1 - rho)
        s.transfer(eq(image(i), root(i) / SCALE), quotient, [value, "T", left, mass(s)])

    def cut(s: Derivation) -> None:
        value = s.restate(eq(q[i], 0), ["restricted", "low", "high"])
        zero = s.sign(eq(sp.Integer(0) ** (1 / T), 0), ["T"])
        s.transfer(eq(image(i), 0), zero, [value, "T"])

    images = d.restate(All(each(lambda a: eq(image(a), root(a) / SCALE), k), each(lambda a: eq(image(a), 0), V, i, k + 1)),
                       [d.for_all((i,), HEAD, kept), d.for_all((i,), TAIL, cut)])
    return some, d.sign(gt(SCALE, 0), [left, "T"]), images


def entries(d: Derivation) -> list[str]:
    """No entry of p or of p~ is negative, on 1..V and on its two parts."""
    return [*spans(d, p, d.restate(each(lambda a: ge(p[a], 0)), ["p"])), *spans(d, q, image_mass(d))]


def derive(d: Derivation) -> None:
    some, below, images = image_roots(d)
    d.use("base:normalised-restriction", CONCLUSION, ["k", some, all_roots_positive(d), below, images, "left", "T", *entries(d)],
          a=sp.Lambda((i,), root(i)), b=sp.Lambda((i,), image(i)), c=SCALE)


def all_roots_positive(d: Derivation, temperature: sp.Expr = T, name: str = "T") -> str:
    """The roots of a law have a positive sum."""
    one = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    entries = d.restate(each(lambda a: ge(p[a], 0)), ["p"])
    some = d.combine(gt(total(lambda a: p[a]), 0), {one: -1, d.sign(gt(1, 0)): 1})
    return d.use("base:root-bounds/total", gt(total(lambda a: root(a, temperature)), 0), [entries, some, name], n=V, x=p, T=temperature)


def sample(draw: Draw) -> Sample:
    return Sample({**truncation(draw), "T": draw.rational("1/5", 5)})


SOURCE = Source("SKD", "abstract (vii)")
CLAIMS = (
    Entry(Claim("access:restriction", "Power commutes with truncation", SOURCE, "ours", "identity", (*BOUNDS, ("T", gt(T, 0))), CONCLUSION,
                uses=("base:root-bounds/total", "base:root-bounds/scale", "base:normalised-restriction")), derive, sample),
    Entry(Claim("access:restriction/mixing", "Mixing commutes with truncation", SOURCE, "ours", "refutation",
                (*BOUNDS, ("T", ge(T, 1)), ("low", le(k + 1, i)), ("high", le(i, V))), eq(mixing(q, T)(i), 0), expected="refuted",
                repaired="access:restriction", note="A law without mass outside the top k is given some by mixing; by power it is given none."),
          lambda d: d.counterexample(V=3, k=2, p=(sp.Rational(1, 2), sp.Rational(1, 3), sp.Rational(1, 6)), rho=sp.Rational(1, 6),
                                     q=(sp.Rational(3, 5), sp.Rational(2, 5), 0), T=2, i=3)),
)
