"""Vector candidates of fixed V on a declared box: entries >= 1/100, temperatures of the domain within [1/2, 8].

Laws are written in coordinates of [0, 1]^(V-1) that fill the box exactly; bisection certificates are found by
`numerics.search` and count only after `numerics.checker` has replayed them.  The scope names the box.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

import sympy as sp

from numerics.box import COLDEST, HOTTEST, LEAST, box_scope
from numerics.checker import check_certificate
from numerics.search import certify
from theorems.axiom import Axiom
from theorems.boxclaim import MOST_VARIABLES, box_claim
from theorems.conditions import tidy
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.operator import Operator, T, Vector
from theorems.report import Finding
from theorems.vectors import entries, images
from theorems.verdict import Proved
from theorems.wellformed import vector_symbols

Box = dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]


def enclose(axiom: Axiom, operator: Operator, seconds: float) -> Finding | None:
    """A proof on the box, or None; one certificate for each entry or pair."""
    form = operator.form
    if not isinstance(form, Vector) or len(form.components) > MOST_VARIABLES or axiom.label not in _QUANTITIES:
        return None
    low, high = max(operator.domain.low, COLDEST), min(operator.domain.high, HOTTEST)
    place, box = coordinates(len(form.components))
    box[T] = (low, high)
    end, found = time.process_time() + seconds, list[Certificate]()
    for quantity, relation in _QUANTITIES[axiom.label](form):
        certificate = _certified(quantity.xreplace(place), relation, box, operator, end)
        if certificate is None:
            return None
        found.append(certificate)
    scope = f"V={len(form.components)}, {box_scope(low, high)}"
    return Finding(Proved(), scope, "enclosure", ("sympy.diff", "arb", "checker"), 0.0, tuple(found))


def coordinates(size: int) -> tuple[dict[sp.Symbol, sp.Expr], Box]:
    """p_1 .. p_(V-1) in coordinates x_k in [0, 1]: what is left above 1/100 each is cut off bit by bit."""
    place: dict[sp.Symbol, sp.Expr] = {}
    box: Box = {}
    rest: sp.Expr = 1 - size * LEAST
    for k, symbol in enumerate(vector_symbols(size)[:-1], start=1):
        x = sp.Symbol(f"x{k}", real=True)
        place[symbol], rest = LEAST + rest * x, rest * (1 - x)
        box[x] = (sp.S.Zero, sp.S.One)
    return place, box


def _certified(quantity: sp.Expr, relation: str, box: Box, operator: Operator, end: float) -> Certificate | None:
    try:
        claim = box_claim(quantity, relation, {s: tuple(map(str, ends)) for s, ends in box.items()}, operator=operator.digest())
        found = certify(claim, budget=max(0.1, end - time.process_time()))
    except (OverproofError, ValueError, TypeError):
        return None
    if isinstance(found, Certificate) and found.kind != "counterexample" and isinstance(check_certificate(found), Proved):
        return found
    return None


def _entries(form: Vector) -> Iterator[tuple[sp.Expr, str]]:
    """Every entry >= 0, when their sum is 1 identically."""
    if sp.simplify(sp.Add(*images(form)) - 1) != 0:
        yield sp.Integer(-1), ">="
        return
    for entry in images(form):
        yield entry, ">="


def _quotients(form: Vector) -> Iterator[tuple[sp.Expr, str]]:
    """(F_a - F_b)/(p_a - p_b) > 0, where the quotient loses its denominator."""
    found, places = images(form), entries(form)
    for a in range(len(found)):
        for b in range(a):
            yield tidy(sp.cancel((found[a] - found[b]) / (places[a] - places[b]))), ">"


def _entropy(form: Vector) -> Iterator[tuple[sp.Expr, str]]:
    """dH/dT = -sum F_i' log F_i >= 0, for the F_i' sum to 0."""
    yield -sp.Add(*(sp.diff(entry, T) * sp.log(entry) for entry in images(form))), ">="


_QUANTITIES: Final = {"prop:simplex": _entries, "ax:ranking": _quotients, "ax:entropy": _entropy}
