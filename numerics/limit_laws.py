"""Limit laws of operators at one exact law, and slopes at a vertex that are unbounded: what both the hunt and the checker retake.

A limit is SymPy's, or follows from the theory of generators (op:generator-class); slopes count only where balls agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from numerics.evaluate import Point, Unknown, approaching
from theorems.conditions import ends, limit_at, positive_weight, simplified
from theorems.logic import Tends
from theorems.operator import BlackBox, Blend, Composed, Form, Generator, Reparametrised, Separable, T, V, Vector, p
from theorems.wellformed import vector_symbols


def limit_law(form: Form, law: Sequence[Fraction], hot: bool) -> tuple[sp.Expr, ...] | None:
    """The limit of F_T(p) as T -> oo (hot) or T -> 0+, or None."""
    match form:
        case Separable():
            return _separable(form, law, hot)
        case Generator():
            return _generator(form, law, hot)
        case Blend(first, second, coefficient):
            parts = limit_law(first.form, law, hot), limit_law(second.form, law, hot)
            share = limit_at(coefficient, T, sp.oo if hot else sp.S.Zero, "-" if hot else "+")
            if None in parts or share is None or not share.is_finite:
                return None
            return tuple(sp.nsimplify((1 - share) * a + share * b) for a, b in zip(*parts, strict=True))  # type: ignore[arg-type]
        case Reparametrised(operator, h):
            end = limit_at(h, T, sp.oo if hot else sp.S.Zero, "-" if hot else "+")
            if end in (sp.oo, sp.S.Zero):
                return limit_law(operator.form, law, end == sp.oo)
            return None if end is None or not end.is_positive else _image_at(operator.form, law, end)
        case Vector(components):
            values = dict(zip(vector_symbols(len(components)), map(_exact, law), strict=True)) if len(components) == len(law) else {}
            found = [limit_at(c.subs(values), T, sp.oo if hot else sp.S.Zero, "-" if hot else "+") for c in components] if values else [None]
            return None if any(f is None or not f.is_finite for f in found) else tuple(found)  # type: ignore[arg-type]
        case Composed() | BlackBox():
            return None


def _image_at(form: Form, law: Sequence[Fraction], heat: sp.Expr) -> tuple[sp.Expr, ...] | None:
    """The image of a law of full support at an exact temperature, for a separable form."""
    if not isinstance(form, Separable) or min(law) == 0:
        return None
    weights = [form.weight.subs({p: _exact(entry), T: heat, V: len(law)}) for entry in law]
    return tuple(weight / sp.Add(*weights) for weight in weights)


def _exact(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


def _separable(form: Separable, law: Sequence[Fraction], hot: bool) -> tuple[sp.Expr, ...] | None:
    weight = positive_weight(form).subs(V, len(law))
    if not hot:
        return _levels(weight, law, sp.S.Zero, "+")
    found = _levels(weight, law, sp.oo, "-")  # beyond T = 1 signs of logarithms of T are known
    return _levels(weight.subs(T, 1 + T), law, sp.oo, "-") if found is None else found


def _levels(weight: sp.Expr, law: Sequence[Fraction], point: sp.Expr, side: str) -> tuple[sp.Expr, ...] | None:
    """The limit of the normalised weights, from the limits of their ratios to the largest entry's."""
    top = max(law)
    reference = weight.subs(p, _exact(top))
    ratios = []
    for entry in law:
        at_entry = weight.subs(p, _exact(entry)) if entry else limit_at(weight, p, sp.S.Zero)
        ratio = sp.S.One if entry == top else None if at_entry is None else limit_at(simplified(at_entry / reference), T, point, side)
        if ratio is None:
            return None
        ratios.append(ratio)
    if sp.oo in ratios:  # the others vanish beside the entries whose ratio is unbounded; only one value of them is handled
        largest = {entry for entry, ratio in zip(law, ratios, strict=True) if ratio == sp.oo}
        ratios = [sp.Integer(entry in largest) for entry in law] if len(largest) == 1 else []
    total = sum(ratios, sp.S.Zero)
    return tuple(ratio / total for ratio in ratios) if ratios and total != 0 and total.is_finite else None


def _generator(form: Generator, law: Sequence[Fraction], hot: bool) -> tuple[sp.Expr, ...] | None:
    """By op:generator-class: zeros stay where phi(0+) = -oo, vertices where phi(1-) = oo; all else is levelled."""
    bottom, top = ends(form)
    if bottom is None or top is None:
        return None
    if not hot:
        return tuple(sp.Rational(int(entry == max(law)), sum(1 for e in law if e == max(law))) for entry in law)
    if max(law) == 1 and top == sp.oo:
        return tuple(map(_exact, law))
    support = [entry > 0 or bottom != -sp.oo for entry in law]
    return tuple(sp.Rational(int(inside), sum(support)) for inside in support)


def steep(form: Form, heat: Fraction) -> bool:
    """Whether the image of (1 - e, e) leaves that of (1, 0) at unbounded speed as e -> 0, at temperature `heat`."""
    match form:
        case Separable():
            return _steep_weight(form, heat)
        case Generator():
            return heat > 1 and _steep_generator(form)
        case Reparametrised(operator, h):
            moved = h.subs(T, _exact(heat))
            return moved.is_Rational and steep(operator.form, Fraction(int(moved.p), int(moved.q)))
        case Blend(first, second, coefficient):
            share = coefficient.subs(T, _exact(heat))
            first_steep, second_steep = steep(first.form, heat), steep(second.form, heat)
            # One part runs off, the other has a finite slope: the sum runs off.
            if first_steep != second_steep and share.is_Rational and 0 < share < 1:
                return _gentle(second.form if first_steep else first.form, heat)
            return False
        case _:
            return False


def _steep_weight(form: Separable, heat: Fraction) -> bool:
    """w' -> oo at 0 while w(0) is finite, and w is smooth with w > 0 at 1."""
    weight = positive_weight(form).subs({V: 2, T: _exact(heat)})
    slope = sp.diff(weight, p)
    at_zero, at_one = limit_at(weight, p, sp.S.Zero), limit_at(slope, p, sp.S.One, "-")
    if at_zero is None or not at_zero.is_finite or at_one is None or not at_one.is_finite:
        return False
    if limit_at(slope, p, sp.S.Zero) != sp.oo or not weight.subs(p, 1).is_positive:
        return False
    return _runs_into(slope, sp.oo)


def _steep_generator(form: Generator) -> bool:
    """For V = 2: h(q) = h(e)/T with h(x) = phi(x) - phi(1 - x).

    If h(0+) = -oo and e h'(e) varies slowly (h' has index -1), then q/e -> oo for T > 1.
    If phi(0+) and phi(1-) are finite, q stays inside, and q' has the sign and size of h'(e): infinite when phi' is at 0.
    """
    bottom, top = ends(form)
    slope = sp.diff(form.phi, p)
    if bottom is None or top is None:
        return False
    at_zero, at_one = limit_at(slope, p, sp.S.Zero), limit_at(slope, p, sp.S.One, "-")
    if bottom.is_finite and top.is_finite:
        return at_zero == sp.oo and at_one is not None and _runs_into(slope, sp.oo)
    both = simplified(slope + slope.subs(p, 1 - p))
    index = simplified(p * sp.diff(both, p) / both)
    return limit_at(index, p, sp.S.Zero) == -1 and _runs_into(index, sp.Integer(-1))


def _gentle(form: Form, heat: Fraction) -> bool:
    """A finite slope at (1, 0) for V = 2: affine weights."""
    return isinstance(form, Separable) and sp.diff(positive_weight(form), p, 2) == 0


def _runs_into(term: sp.Expr, limit: sp.Expr) -> bool:
    """Balls along p -> 0+ close in on the limit."""
    try:
        return approaching(Tends(term, p, sp.S.Zero, limit), Point({})) is True
    except (Unknown, ZeroDivisionError, ValueError, OverflowError):
        return False
