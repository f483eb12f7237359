"""The temperature at which a second operator gives the same student: `eq:matched-temperature`, in certified arithmetic.

A student of an exponential family sees a target only through the means of its features (`eq:moments`).  Along a legal
family that majorises, the mean of a feature that is ordered as p does not rise with T, and along an affine family any
mean is monotone: bisection with balls at both ends then encloses every temperature that matches, and certified
signs at the ends of the domain show when there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, final

import sympy as sp

from numerics.balls import precision
from numerics.images import NoValue, Real, real_image
from theorems.errors import OutOfDomain
from theorems.operator import Operator
from theorems.verdict import Proved

BITS = 256
DOUBLINGS = 60
KINDS = ("matched", "none", "every", "open")


@final
@dataclass(frozen=True)
class Match:
    """`kind` is matched (every matching temperature lies in [low, high], and one does), none, every, or open; `reason` says why."""

    kind: str
    reason: str
    low: Fraction | None = None
    high: Fraction | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or (self.kind == "matched") != (self.low is not None and self.high is not None):
            raise OutOfDomain("a match has an enclosure exactly when it is 'matched'")


def match_temperature(first: Operator, temperature: Any, second: Operator, law: Sequence[Any], features: Sequence[Any],
                      *, accuracy: Any = Fraction(1, 10**9)) -> Match:
    """The T' with E phi the same under second_T'(law) as under first_temperature(law), for every feature phi.

    `law`: V positive numbers that sum to 1; `features`: one row of V numbers, or several rows; all exact (strings such
    as "1/10", integers, Fractions).  `accuracy` is the width of the enclosure relative to T'.
    Raises `OutOfDomain` for inputs that mean nothing.
    """
    masses, rows = _law(law), _rows(features, len(law))
    warm, width = exact(temperature, "the temperature"), exact(accuracy, "the accuracy")
    if not 0 < width < 1:
        raise OutOfDomain(f"the accuracy {width} must lie between 0 and 1")
    if sp.Rational(warm.numerator, warm.denominator) not in first.domain:
        raise OutOfDomain(f"T = {warm} lies outside the domain {first.domain} of {first.name}")
    with precision(BITS):
        targets = [mean(row, real_image(first, masses, warm)) for row in rows]
        found = [_one(first, second, masses, row, target, width) for row, target in zip(rows, targets, strict=True)]
    return _joined(found)


def exact(value: Any, what: str) -> Fraction:
    """An exact rational; floats are refused, for their decimals are not what they look like."""
    if isinstance(value, float):
        raise OutOfDomain(f"{what} {value!r} is a float; write an exact number such as '1/10'")
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise OutOfDomain(f"{what} {value!r} is no exact number; write one such as '1/10'") from None


def _law(law: Sequence[Any]) -> list[Fraction]:
    masses = [exact(entry, "the probability") for entry in law]
    if len(masses) < 2 or min(masses) <= 0 or sum(masses) != 1:
        raise OutOfDomain("the law needs at least 2 positive entries that sum to 1 exactly")
    return masses


def _rows(features: Sequence[Any], size: int) -> list[list[Fraction]]:
    rows = features if features and isinstance(features[0], (list, tuple)) else [features]
    table = [[exact(entry, "the feature") for entry in row] for row in rows]
    if not table or any(len(row) != size for row in table):
        raise OutOfDomain(f"a feature has one number for each of the {size} classes")
    return table


def mean(feature: Sequence[Fraction], law: Sequence[Real]) -> Real:
    """E phi."""
    total = Real(0)
    for weight, entry in zip(feature, law, strict=True):
        total = total + entry * weight
    return total


_KNOWN: dict[str, frozenset[str]] = {}


def _proved(operator: Operator) -> frozenset[str]:
    """The properties of the operator that are proved for all V, found once for each operator."""
    from numerics.verify import verify

    if operator.digest() not in _KNOWN:
        proved = (label for label, found in verify(operator).verdicts.items() if isinstance(found.verdict, Proved) and found.scope == "all V")
        _KNOWN[operator.digest()] = frozenset(proved)
    return _KNOWN[operator.digest()]


LEGAL = {"prop:simplex", "ax:ranking", "ax:continuity", "ax:identity", "prop:majorisation", "prop:equivariance"}


def _direction(operator: Operator, masses: list[Fraction], feature: list[Fraction]) -> int:
    """-1 when the mean does not rise with T, +1 when it does not fall, 0 when neither is known."""
    known = _proved(operator)
    if not known >= LEGAL:
        return 0
    if "prop:affine" in known:
        return -1 if mean_of(feature, masses) >= mean_of(feature, None) else 1
    levels = _levels(masses, feature)
    if all(a <= b for a, b in pairwise(levels)):
        return -1
    return 1 if all(a >= b for a, b in pairwise(levels)) else 0


def mean_of(feature: Sequence[Fraction], masses: Sequence[Fraction] | None) -> Fraction:
    """E phi under a law, the uniform one when none is given."""
    return sum((a * b for a, b in zip(feature, masses, strict=True)), Fraction(0)) if masses else sum(feature, Fraction(0)) / len(feature)


def _levels(masses: list[Fraction], feature: list[Fraction]) -> list[Fraction]:
    """The mean feature among classes of one probability, from the least likely to the likeliest."""
    groups: dict[Fraction, list[Fraction]] = {}
    for mass, value in zip(masses, feature, strict=True):
        groups.setdefault(mass, []).append(value)
    return [sum(groups[mass], Fraction(0)) / len(groups[mass]) for mass in sorted(groups)]


def _one(first: Operator, second: Operator, masses: list[Fraction], feature: list[Fraction], target: Real, width: Fraction) -> Match:
    sign = _direction(second, masses, feature)
    if sign == 0:
        return Match("open", f"the mean of this feature is not known to be monotone along {second.name}")
    flat = "prop:affine" in _proved(second) and mean_of(feature, masses) == mean_of(feature, None)
    if flat or len(set(_levels(masses, feature))) == 1:
        return _constant(first, feature, target)

    def excess(t: Fraction) -> Real:
        """> 0 where the temperature is too hot, < 0 where it is too cold."""
        with precision(BITS):
            return (mean(feature, real_image(second, masses, t)) - target) * sign

    return _beyond(second, masses, feature, target, sign) or _bracket(second, excess, width)


def _constant(first: Operator, feature: list[Fraction], target: Real) -> Match:
    """The feature has one mean along the whole family: that under the uniform law."""
    gap = target - mean_of(feature, None)
    if gap.shown_positive() or (-gap).shown_positive():
        return Match("none", "the feature has one mean along the whole family, and another under the target")
    if gap.exact == 0 or "prop:equivariance" in _proved(first):
        return Match("every", "the feature has one mean along the whole family, that of the target")
    return Match("open", "the feature has one mean along the whole family, which balls do not tell from that of the target")


def _beyond(operator: Operator, masses: list[Fraction], feature: list[Fraction], target: Real, sign: int) -> Match | None:
    """No match when the target lies beyond a limit of the family.

    A family that ranks strictly never has the mean of the uniform law; that of the arg-max it may reach.
    """
    known = _proved(operator)
    hot = (target - mean_of(feature, None)) * sign
    if hot.exact == 0 or hot.shown_positive():
        return Match("none", f"the target has the mean of the uniform law or lies beyond it; {operator.name} ranks strictly and stays short of it")
    if "ax:boundary-cold" in known:
        top = [value for mass, value in zip(masses, feature, strict=True) if mass == max(masses)]
        if (-(target - sum(top, Fraction(0)) / len(top)) * sign).shown_positive():
            return Match("none", f"{operator.name} approaches the arg-max of p and never passes it")
    return None


def _ends(operator: Operator) -> tuple[Fraction | None, Fraction | None]:
    """The ends of the domain that belong to it."""
    low, high = operator.domain.low, operator.domain.high
    return (Fraction(int(low.p), int(low.q)) if low > 0 else None), (None if high is sp.oo else Fraction(int(high.p), int(high.q)))


def _bracket(operator: Operator, excess: Callable[[Fraction], Real], width: Fraction) -> Match:
    """A cold and a hot end with certified signs, found by doubling from T = 1, then bisected."""
    def gap(t: Fraction) -> int:
        """+1 where the temperature is certified too hot, -1 where too cold, 0 where the ball decides nothing."""
        found = excess(t)
        return 1 if found.shown_positive() else -1 if (-found).shown_positive() else 0

    floor, ceiling = _ends(operator)
    low = high = Fraction(1)
    try:
        for _ in range(DOUBLINGS):
            if gap(high) > 0 or high == ceiling:
                break
            high = 2 * high if ceiling is None else min(2 * high, ceiling)
        for _ in range(DOUBLINGS):
            if gap(low) < 0 or low == floor:
                break
            low = low / 2 if floor is None else max(low / 2, floor)
        if gap(low) > 0 and low == floor:
            return Match("none", f"the domain starts at T = {low}, where {operator.name} is already too hot")
        if gap(high) < 0 and high == ceiling:
            return Match("none", f"the domain ends at T = {high}, where {operator.name} is still too cold")
        if gap(high) <= 0:
            return Match("open", f"no certified hot end up to T = {high}")
        if gap(low) >= 0 and low != floor:
            return Match("open", f"no certified cold end down to T = {low}")
        if gap(low) >= 0:
            return _at_start(gap, low, high, width, exactly=excess(low).exact == 0)
        return _bisected(gap, low, high, width)
    except NoValue as fault:
        return Match("open", str(fault))


def _at_start(gap: Callable[[Fraction], int], low: Fraction, high: Fraction, width: Fraction, *, exactly: bool) -> Match:
    """The target has the mean at the start of the domain, exactly or as far as balls can tell: only what is hotter can be cut off."""
    while high - low > width * low and gap((low + high) / 2) > 0:
        high = (low + high) / 2
    if exactly:
        return Match("matched", "the start of the domain matches exactly", low, high)
    return Match("open", f"if one exists, it lies between the start of the domain, T = {low}, and {float(high):.12g}")


def _bisected(gap: Callable[[Fraction], int], low: Fraction, high: Fraction, width: Fraction) -> Match:
    while high - low > width * low:
        middle = (low + high) / 2
        side = gap(middle)
        if side == 0:  # a match to within the precision: step aside on either hand
            quarter = (high - low) / 4
            if gap(middle - quarter) < 0:
                low = middle - quarter
            if gap(middle + quarter) > 0:
                high = middle + quarter
            if high - low > quarter * 3:
                return Match("open", f"the mean is too flat between T = {float(low):.6g} and {float(high):.6g}")
        elif side < 0:
            low = middle
        else:
            high = middle
    return Match("matched", "too cold at the low end, too hot at the high end, continuous and monotone between", low, high)


def _joined(found: list[Match]) -> Match:
    """All features at once: enclosures that do not meet show that there is none."""
    for match in found:
        if match.kind == "none":
            return match
    boxes = [match for match in found if match.kind == "matched"]
    if boxes:
        low, high = max(b.low for b in boxes), min(b.high for b in boxes)  # type: ignore[type-var]
        if low > high:
            return Match("none", "two features need different temperatures")
        if len(boxes) == 1 and all(match.kind == "every" for match in found if match is not boxes[0]):
            return boxes[0]
        where = f"if one exists, it lies between {float(low):.12g} and {float(high):.12g}"
        return Match("open", f"{where}; equality of several means cannot be certified")
    return next((match for match in found if match.kind == "open"), found[0])
