"""Which temperatures, distributions and logits are refused, with the entry named.

A row is a distribution if no entry is negative or NaN and its sum is within `sum_tolerance` of 1.
Logits are finite or -inf (a forbidden class), with at least one finite per row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational as PythonRational
from typing import Any, final

import sympy as sp

from theorems.arrays.library import Library
from theorems.errors import OutOfDomain
from theorems.operator import Operator


@final
@dataclass(frozen=True)
class Temperature:
    """T exactly (`exact`), as a float, and as the caller's 0-d tensor where a gradient may be asked for."""

    exact: sp.Expr
    value: float
    tensor: Any = None


def temperature_of(operator: Operator, given: Any) -> Temperature:
    """`given` as a temperature of `operator`; NaN, infinities, T <= 0 and T outside its domain raise `OutOfDomain`."""
    tensor = None
    number = given
    if hasattr(given, "ndim") and hasattr(given, "item"):
        if given.ndim:
            raise OutOfDomain(f"a temperature is one number, not an array of shape {tuple(given.shape)}; call once for each")
        tensor = given if getattr(given, "requires_grad", False) else None
        number = given.item()
    exact = exact_number(number)
    inside(operator, exact)
    value = float(exact)
    if not 0.0 < value < math.inf:
        raise OutOfDomain(f"temperature {given} is beyond the range of floats")
    return Temperature(exact, value, tensor)


def exact_number(number: Any) -> sp.Expr:
    """An int, float, Fraction or real SymPy number, exactly."""
    if isinstance(number, float):
        if not math.isfinite(number):
            raise OutOfDomain(f"temperature {number} is not a positive finite number")
        return sp.Rational(*number.as_integer_ratio())
    if isinstance(number, sp.Expr) and number.is_real and number.is_finite and not number.free_symbols:
        return sp.nsimplify(number, rational=True) if number.has(sp.Float) else number
    if isinstance(number, PythonRational) and not isinstance(number, bool):
        fraction = Fraction(number)
        return sp.Rational(fraction.numerator, fraction.denominator)
    raise OutOfDomain(f"temperature {number!r} is not a real number; give an int, float or Fraction")


def inside(operator: Operator, exact: sp.Expr) -> None:
    """Raise unless `exact` lies in the operator's domain."""
    if exact not in operator.domain:
        shown = exact if len(str(exact)) < 20 else float(exact)
        raise OutOfDomain(f"temperature {shown} is outside the domain {operator.domain} of {operator.name}")


def sum_tolerance(library: Library, dtype: Any, size: int) -> float:
    """How far from 1 a sum of `size` probabilities may be: what rounding can do, and no more.

    Single and double precision: eps (8 + sqrt V), the drift of a sum taken in that precision.  Half precision is
    stored, not summed in: 8 eps for the rounding, and half a smallest subnormal for each entry.
    """
    info = library.finfo(dtype)
    if info.bits == 16:
        return float(8 * info.eps + size * info.tiny * info.eps / 2)
    return float(info.eps) * (8.0 + math.sqrt(size))


def check_axis(array: Any, axis: int) -> int:
    """`axis` counted from 0; a missing axis or one of length 0 raises."""
    if array.ndim == 0 or not -array.ndim <= axis < array.ndim:
        raise OutOfDomain(f"axis {axis} does not exist in an array of shape {tuple(array.shape)}")
    if array.shape[axis] == 0:
        raise OutOfDomain(f"axis {axis} is empty: a distribution needs at least one class")
    return axis % int(array.ndim)


@final
@dataclass(frozen=True)
class Place:
    """Where a row of the matrix stands in the caller's array, for messages."""

    shape: tuple[int, ...]
    axis: int

    def name(self, row: int, column: int | str) -> str:
        """The index of (row, column) in the caller's array."""
        index: list[str] = []
        for length in reversed(self.shape[: self.axis] + self.shape[self.axis + 1 :]):
            row, position = divmod(row, length)
            index.insert(0, str(position))
        index.insert(self.axis, str(column))
        return f"[{', '.join(index)}]"


def check_probabilities(library: Library, block: Any, dtype: Any, place: Place, first: int) -> Any:
    """The sums (rows, 1) of a block in working precision, whose data came as `dtype`; bad rows raise."""
    xp = library.xp
    total = xp.sum(block, axis=-1, keepdims=True)
    low = xp.amin(block, axis=-1, keepdims=True)
    good = (abs(total - 1.0) <= sum_tolerance(library, dtype, block.shape[-1])) & (low >= 0.0)
    if not bool(good.all()):
        raise OutOfDomain(_fault(library, block, total, good, dtype, place, first))
    return total


def _fault(library: Library, block: Any, total: Any, good: Any, dtype: Any, place: Place, first: int) -> str:
    row = next(k for k, fine in enumerate(good[:, 0].tolist()) if not fine)
    for column, value in enumerate(block[row].tolist()):
        if not 0.0 <= value < math.inf:
            return f"entry {place.name(first + row, column)} is {value}; probabilities are finite and not negative"
    allowed = sum_tolerance(library, dtype, block.shape[-1])
    largest = int(block[row].argmax())
    return (
        f"entries {place.name(first + row, ':')} sum to {float(total[row, 0])!r}, not to 1 within {allowed:.2g}"
        f" (largest entry {place.name(first + row, largest)} is {float(block[row, largest])!r}); divide by the sum,"
        " or use from_logits for logits"
    )


def check_logits(library: Library, block: Any, place: Place, first: int) -> Any:
    """The maxima (rows, 1) of a block; NaN, +inf and rows of -inf only raise."""
    top = library.xp.amax(block, axis=-1, keepdims=True)
    good = library.xp.isfinite(top)
    if not bool(good.all()):
        row = next(k for k, fine in enumerate(good[:, 0].tolist()) if not fine)
        values = block[row].tolist()
        column = next((k for k, value in enumerate(values) if math.isnan(value) or value == math.inf), 0)
        raise OutOfDomain(f"logit {place.name(first + row, column)} is {values[column]}; a row needs a finite largest logit")
    return top
