"""Limits of images at one exact law, and refutations that need a limit: boundaries and Lipschitz constants.

A limit law is computed by SymPy or by the theory of generators, then balls follow the operator into the limit;
only where both agree is it used.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import sympy as sp
from flint import arb, fmpq

from numerics.balls import precision
from numerics.decide import approach
from numerics.hunt import BITS, Witness, fractions, recheck, temperatures
from numerics.images import NoValue, Real, float_image, real_image
from theorems.axiom import Axiom
from theorems.conditions import ends, limit_at, positive_weight
from theorems.operator import BlackBox, Blend, Composed, Form, Generator, Operator, Reparametrised, Separable, T, V, Vector, p
from theorems.wellformed import vector_symbols

_STEPS: Final = (10**2, 10**3, 10**4, 10**6, 10**8, 10**12)
_LAWS: Final = {
    "ax:boundary-hot": (fractions("2/3", "1/3"), fractions("1/2", "1/3", "1/6")),
    "ax:boundary-hot-face": (fractions("1/2", "1/2", "0"), fractions("1", "0"), fractions("2/3", "1/3")),
    "ax:boundary-cold": (fractions("2/3", "1/3"), fractions("1/2", "1/3", "1/6"), fractions("1/2", "1/2", "0")),
}


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
        case Reparametrised(operator, _):
            return limit_law(operator.form, law, hot)
        case Vector(components):
            values = dict(zip(vector_symbols(len(components)), map(_exact, law), strict=True)) if len(components) == len(law) else {}
            found = [limit_at(c.subs(values), T, sp.oo if hot else sp.S.Zero, "-" if hot else "+") for c in components] if values else [None]
            return None if any(f is None or not f.is_finite for f in found) else tuple(found)  # type: ignore[arg-type]
        case Composed() | BlackBox():
            return None


def _exact(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


def _separable(form: Separable, law: Sequence[Fraction], hot: bool) -> tuple[sp.Expr, ...] | None:
    weight = positive_weight(form).subs(V, len(law))
    point, side = (sp.oo, "-") if hot else (sp.S.Zero, "+")
    top = max(law)
    reference = weight.subs(p, _exact(top))
    ratios = []
    for entry in law:
        at_entry = weight.subs(p, _exact(entry)) if entry else limit_at(weight, p, sp.S.Zero)
        ratio = sp.S.One if entry == top else None if at_entry is None else limit_at(sp.simplify(at_entry / reference), T, point, side)
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


def refute_boundary(axiom: Axiom, operator: Operator) -> Witness | None:
    """A law whose limit is another than the axiom says; balls follow it at six temperatures."""
    hot = axiom.label != "ax:boundary-cold"
    laws = _LAWS[axiom.label]
    if isinstance(operator.form, Vector):
        size = len(operator.form.components)
        laws = tuple(law for law in laws if len(law) == size) or (tuple(Fraction(2 * (size - k), size * (size + 1)) for k in range(size)),)
    for law in laws:
        limit = limit_law(operator.form, law, hot)
        if limit is None or any(entry.free_symbols for entry in limit):
            continue
        with precision(BITS):
            witness = {"p": law, "limit": [_real(entry) for entry in limit]}
            if any(entry is None for entry in witness["limit"]):
                continue
            if _breaks(axiom, witness) and _followed(operator, law, witness["limit"], hot):
                return {"p": law, "limit": [str(sp.nsimplify(entry) if entry.is_Rational else entry) for entry in limit]}
    return None


def _real(value: sp.Expr) -> Real | None:
    from numerics.evaluate import Point, Unknown
    from numerics.evaluate import value as ball

    try:
        return Real(value) if value.is_Rational else Real(ball(value, Point({})))
    except Unknown:
        return None


def _breaks(axiom: Axiom, witness: Witness) -> bool:
    assert axiom.breach is not None
    strict, weak = axiom.breach(witness, lambda law, heat: law, lambda x: x)
    return all(Real(v).shown_positive() for v in strict) and all(Real(v).shown_nonnegative() for v in weak)


def _followed(operator: Operator, law: Sequence[Fraction], limit: Sequence[Real], hot: bool) -> bool:
    """The images close in on the limit along T = 10^2 .. 10^12 or their inverses."""
    gaps: list[arb] = []
    for step in _STEPS:
        try:
            found = real_image(operator, law, Fraction(step) if hot else Fraction(1, step))
        except NoValue:
            continue
        gaps.append(sum((abs((a - b).ball) for a, b in zip(found, limit, strict=True)), arb(0)))
    if len(gaps) < 3:
        return False
    closing = all(not (later > earlier) for earlier, later in itertools.pairwise(gaps))
    return bool(closing and gaps[-1] < fmpq(1, 20))


def refute_lipschitz(axiom: Axiom, operator: Operator) -> Witness | None:
    """A pair with a large ratio at a temperature where the slope at a vertex is shown to be unbounded."""
    for heat in [t for t in temperatures(operator) if t != 1]:
        if steep(operator.form, heat):
            found = _large_ratio(axiom, operator, heat)
            if found is not None:
                return found
    return None


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
    return approach(slope, p, sp.S.Zero, "+", sp.oo, (), 0) is True


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
        return at_zero == sp.oo and at_one is not None and approach(slope, p, sp.S.Zero, "+", sp.oo, (), 0) is True
    both = sp.simplify(slope + slope.subs(p, 1 - p))
    index = sp.simplify(p * sp.diff(both, p) / both)
    return limit_at(index, p, sp.S.Zero) == -1 and approach(index, p, sp.S.Zero, "+", sp.Integer(-1), (), 0) is True


def _gentle(form: Form, heat: Fraction) -> bool:
    """A finite slope at (1, 0) for V = 2: affine weights."""
    return isinstance(form, Separable) and sp.diff(positive_weight(form), p, 2) == 0


def _large_ratio(axiom: Axiom, operator: Operator, heat: Fraction) -> Witness | None:
    for digits in (4, 8, 16, 6):
        small = Fraction(1, 10**digits)
        law, other = (Fraction(1), Fraction(0)), (1 - small, small)
        try:
            apart = sum(abs(a - b) for a, b in zip(float_image(operator, law, heat), float_image(operator, other, heat), strict=True))
        except NoValue:
            continue
        ratio = Fraction(int(apart / (2 * float(small)) * 0.99))
        witness: dict[str, Any] = {"p": law, "q": other, "T": heat, "ratio": ratio}
        if ratio >= 10 and recheck(axiom, operator, witness):
            return witness
    return None
