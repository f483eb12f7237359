"""The generator form F_T(p)_i = g(phi(p_i)/T - tau), written multiplicatively so that zeros of p need no case of their own.

With m = exp(phi), h(e^s) = g(s) and lam = e^(-tau) it reads F_T(p)_i = h(lam m(p_i)^(1/T)), and m(0) = exp(phi(0+)) is 0 where
phi(0+) = -oo.  m is given on [0, c): c = 1 where phi(1-) = oo (vertices, which stay, are then left out); else m is continued
beyond 1 as it likes, which no image sees, for entries that are >= 0 and sum to 1 never pass 1.  That m is continuous and strictly
increasing up to oo is the same as: m rises strictly, and every v >= m(0) is a value m(h(v)); below m(0) h is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theorems.derivation import Derivation, at
from theorems.entry import Draw
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.vocabulary import T, V, each, i, p, q, total

m, h = sp.Function("m"), sp.Function("h")
c, u, v, x, y, lam, mu = sp.symbols("c u v x y lam mu", real=True)
mass = lambda a: m(p[a])  # noqa: E731

BOTTOM = ge(m(0), 0)
RISING = ForAll((x, y), (le(0, x), lt(x, y), lt(y, c)), lt(m(x), m(y)))
ONTO = ForAll((v,), (ge(v, m(0)),), All(ge(h(v), 0), lt(h(v), c), eq(m(h(v)), v)))
FLAT = ForAll((v,), (lt(v, m(0)),), eq(h(v), 0))
GENERATOR: tuple[tuple[str, Proposition], ...] = (("rising", RISING), ("onto", ONTO), ("flat", FLAT))

INVERSE = ForAll((x,), (le(0, x), lt(x, c)), eq(h(m(x)), x))
WEAK = ForAll((u, v), (le(u, v),), le(h(u), h(v)))
STRICT = ForAll((u, v), (lt(u, v), lt(m(0), v)), lt(h(u), h(v)))
INSIDE = ForAll((v,), (), ge(h(v), 0))
MONOTONE = ForAll((x, y), (le(0, x), le(x, y), lt(y, c)), le(m(x), m(y)))


def argument(family: Any = p, temperature: Any = T, factor: Any = lam) -> Any:
    """What h is applied to: lam m(p_i)^(1/T)."""
    return lambda a: factor * m(family[a]) ** (1 / temperature)


def image(result: Any = q, family: Any = p, temperature: Any = T, factor: Any = lam) -> Proposition:
    """The entries of `result` are those of F_T(family) with this factor > 0, and sum to 1."""
    return All(gt(factor, 0), each(lambda a: eq(result[a], h(argument(family, temperature, factor)(a)))), eq(total(lambda a: result[a]), 1))


def room(family: Any = p) -> Proposition:
    """All entries lie where m is given."""
    return each(lambda a: lt(family[a], c))


def inverse(d: Derivation, *wanted: Proposition) -> list[str]:
    """Those of the facts INVERSE, WEAK, STRICT, INSIDE and MONOTONE that are wanted."""
    found = d.use("op:generator-class/inverse", All(INVERSE, WEAK, STRICT, INSIDE, MONOTONE), ["rising", "onto", "flat"])
    return [d.restate(part, [found]) for part in wanted]


def softened(kind: str, masses: Sequence[sp.Expr], temperature: sp.Expr, scale: sp.Expr = sp.S.One) -> tuple[tuple[sp.Expr, ...], sp.Expr]:
    """The image of a law under power (any T > 0) or mixing (T >= 1), and the factor that makes it sum to 1."""
    unit = scale ** (1 - 1 / temperature)
    if kind == "power":
        whole = sum(a ** (1 / temperature) for a in masses)
        return tuple(a ** (1 / temperature) / whole for a in masses), unit / whole
    away = (1 - 1 / temperature) / len(masses)
    return tuple(a / temperature + away for a in masses), unit * sp.exp(away)


def pair(kind: str, scale: sp.Expr = sp.S.One) -> dict[str, Any]:
    """Values of m, h and c: m = scale exp(phi), phi = log p (power) or p (mixing), continued from 1 to 2 so that every v is reached."""
    inner, outer, top = (x, lambda a: sp.Max(a, 0), 1) if kind == "power" else (sp.exp(x), lambda a: sp.log(sp.Max(a, 1)), sp.E)
    values = inner.subs(x, sp.Min(x, 1)) + 1 / (2 - sp.Max(x, 1)) - 1
    level = v / scale
    back = outer(sp.Min(level, top)) + 1 - 1 / (sp.Max(level, top) - top + 1)
    return {"m": sp.Lambda(x, scale * values), "h": sp.Lambda(v, back), "c": sp.Integer(2)}


def kind_of(draw: Draw) -> str:
    return "power" if draw.integer(0, 1) else "mixing"


def heat(draw: Draw, kind: str) -> Any:
    """A temperature at which the image is known in closed form."""
    return draw.rational("1/3", 4) if kind == "power" else draw.rational(1, 4)


def in_domain(s: Derivation, index: Any, span: Sequence[str]) -> tuple[str, str]:
    """p_index >= 0 and p_index < c."""
    return s.sign(ge(p[index], 0), ["p", *span]), s.restate(lt(p[index], c), [at("room", i=index), *span])


def above_bottom(s: Derivation, index: Any, span: Sequence[str], monotone: str) -> str:
    """m(p_index) >= m(0)."""
    found = in_domain(s, index, span)
    return s.restate(ge(m(p[index]), m(0)), [at(monotone, x=0, y=p[index]), s.sign(le(sp.Integer(0), 0), []), *found])


def entries_of(d: Derivation, fact: str, result: Any = q, family: Any = p, temperature: Any = T, factor: Any = lam) -> str:
    """The entries of an image, apart from their sum."""
    return d.restate(image(result, family, temperature, factor).args[1], [fact])


def sum_of(d: Derivation, fact: str, result: Any = q) -> str:
    return d.restate(eq(total(lambda a: result[a]), 1), [fact])


def entry_of(s: Derivation, entries: str, index: Any, span: Sequence[str], result: Any = q, family: Any = p, temperature: Any = T, factor: Any = lam) -> str:
    """result_index = h(factor m(family_index)^(1/temperature))."""
    return s.restate(eq(result[index], h(argument(family, temperature, factor)(index))), [at(entries, **{str(i): index}), *span])


SPAN = {"low": le(1, i), "high": le(i, V)}
