"""Refutations that need a limit: boundaries and Lipschitz constants.

Balls follow the operator into its limit law, or along a slope that is unbounded; only where both agree is it used.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import sympy as sp
from flint import arb, fmpq

from numerics.balls import precision
from numerics.hunt import BITS, Witness, fractions, recheck, temperatures
from numerics.images import NoValue, Real, float_image, real_image
from numerics.limit_laws import limit_law, steep
from theorems.axiom import Axiom
from theorems.operator import Operator, Vector

_STEPS: Final = (10**2, 10**3, 10**4, 10**6, 10**8, 10**12, 10**16, 10**24)
_LAWS: Final = {
    "ax:boundary-hot": (fractions("2/3", "1/3"), fractions("1/2", "1/3", "1/6")),
    "ax:boundary-hot-face": (fractions("1/2", "1/2", "0"), fractions("1", "0"), fractions("2/3", "1/3")),
    "ax:boundary-cold": (fractions("2/3", "1/3"), fractions("1/2", "1/3", "1/6"), fractions("1/2", "1/2", "0")),
}


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
    """The images close in on the limit along the last four of T = 10^2 .. 10^24 or their inverses that have a value."""
    gaps: list[arb] = []
    for step in _STEPS:
        try:
            found = real_image(operator, law, Fraction(step) if hot else Fraction(1, step))
        except NoValue:
            continue
        gaps.append(sum((abs((a - b).ball) for a, b in zip(found, limit, strict=True)), arb(0)))
    if len(gaps) < 3:
        return False
    closing = all(not (later > earlier) for earlier, later in itertools.pairwise(gaps[-4:]))
    return bool(closing and gaps[-1] < fmpq(1, 20))


def refute_lipschitz(axiom: Axiom, operator: Operator) -> Witness | None:
    """A pair with a large ratio at a temperature where the slope at a vertex is shown to be unbounded."""
    for heat in [t for t in temperatures(operator) if t != 1]:
        if steep(operator.form, heat):
            found = _large_ratio(axiom, operator, heat)
            if found is not None:
                return found
    return None


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
