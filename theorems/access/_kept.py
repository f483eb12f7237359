"""The words of the chapter: the kept classes 1..k, the mass outside, and the law restricted to them and renormalised.

Any set of k classes is 1..k after relabelling, so nothing is lost; where the order matters the claim says so.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theorems.derivation import Derivation, at
from theorems.entry import Draw
from theorems.logic import All, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import V, each, entry, i, k, law, p, q, total

rho = sp.Symbol("rho", real=True)
HEAD, TAIL = {"low": le(1, i), "high": le(i, k)}, {"low": le(k + 1, i), "high": le(i, V)}


def head(rule: Any) -> sp.Expr:
    """The sum over the kept classes."""
    return total(rule, k)


def tail(rule: Any) -> sp.Expr:
    """The sum over the other classes."""
    return total(rule, V, i, k + 1)


def outside(family: Any = p) -> sp.Expr:
    """The mass outside the kept classes."""
    return tail(lambda a: entry(family, a))


def restricted(family: Any = p, image: Any = q, mass: Any = None) -> Proposition:
    """`image` is `family` restricted to the kept classes and renormalised; `mass` is what was kept, 1 - rho unless given."""
    below = 1 - rho if mass is None else mass
    return All(each(lambda a: eq(entry(image, a), entry(family, a) / below), k),
               each(lambda a: eq(entry(image, a), 0), V, i, k + 1))


KEPT = All(le(1, k), le(k, V))
MASS = eq(rho, outside())
SOME = gt(rho, 0)
LEFT = lt(rho, 1)
BOUNDS: tuple[tuple[str, Proposition], ...] = (("k", KEPT), ("p", law(p)), ("rho", MASS), ("left", LEFT), ("restricted", restricted()))


def split(d: Derivation, rule: Any, *by: str) -> str:
    """Sum over 1..V = sum over 1..k + sum over k+1..V; `by` shows that each term has a value."""
    return d.step("split", eq(total(rule), head(rule) + tail(rule)), ["k", *by], at=k)


def head_mass(d: Derivation) -> str:
    """The kept mass is 1 - rho."""
    one = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    return d.combine(eq(head(lambda a: p[a]), 1 - rho), {one: 1, split(d, lambda a: p[a]): -1, "rho": 1})


def within(d: Derivation) -> tuple[str, str]:
    """1 <= i <= V for an index of either part."""
    return d.sign(le(1, i), ["k", "low"]), d.sign(le(i, V), ["k", "high"])


def mass(d: Derivation, fact: str = "p", family: Any = p) -> str:
    """p_i >= 0 for an index of either part."""
    return d.sign(ge(family[i], 0), [fact, *within(d)])


def either(d: Derivation, goal: Proposition, kept: Any, cut: Any) -> str:
    """`goal` for every class i: `kept` proves it from i <= k, `cut` from k + 1 <= i; both know 1 <= i <= V as `first`, `last`."""
    def entry(s: Derivation) -> None:
        def case(u: Derivation, way: str) -> None:
            if way == "high":
                kept(u)
            else:
                cut(u, u.step("discrete", le(k + 1, i), ["beyond"]))

        s.cases(goal, {"high": le(i, k), "beyond": gt(i, k)}, case)

    return d.for_all((i,), {"first": le(1, i), "last": le(i, V)}, entry)


def image_mass(d: Derivation) -> str:
    """The restricted law has no negative entry."""
    def kept(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i] / (1 - rho)), ["restricted", "first", "high", "left"])
        inside = s.sign(ge(p[i] / (1 - rho), 0), [s.sign(ge(p[i], 0), ["p", "first", "last"]), "left"])
        s.combine(ge(q[i], 0), {inside: 1, value: -1}, ["left"])

    def cut(s: Derivation, beyond: str) -> None:
        s.combine(ge(q[i], 0), {s.restate(eq(q[i], 0), ["restricted", beyond, "last"]): -1})

    return either(d, ge(q[i], 0), kept, cut)


def part(d: Derivation, family: Any, whole: str, span: dict[str, Proposition]) -> str:
    """From `whole`, for all classes family_i >= 0: the same on the kept classes or on the others."""
    return d.for_all((i,), span, lambda s: s.restate(ge(family[i], 0), [at(whole, i=i), *within(s)]))


def spans(d: Derivation, family: Any, whole: str) -> list[str]:
    """`whole` on 1..V, on the kept classes, and on the others."""
    return [whole, part(d, family, whole, HEAD), part(d, family, whole, TAIL)]


def truncation(draw: Draw, *, zeros: bool = True) -> dict[str, Any]:
    """A law, a number of kept classes with some mass, the mass outside, and the restricted law."""
    size = draw.integer(1, 5)
    kept, masses = draw.integer(1, size), draw.law(size, zeros=zeros)
    if sum(masses[:kept]) == 0:
        masses = masses[::-1]
    lost = sum(masses[kept:], sp.Integer(0))
    below = 1 if lost == 1 else 1 - lost
    return {"V": size, "k": kept, "p": masses, "rho": lost, "q": tuple(x / below if a < kept else sp.Integer(0) for a, x in enumerate(masses))}
