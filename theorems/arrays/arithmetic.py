"""The arithmetic of arrays and plain floats in which a compiled `Program` runs.

Powers go through exp and log: these are monotone in floats, library `pow` is not, so no order is inverted.
Plain floats follow IEEE 754 (1/0 = inf, log 0 = -inf, inf - inf = nan) instead of raising.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, final

_SCALAR: dict[str, Callable[[float], float]] = {
    name: getattr(math, name) for name in ("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "exp", "log", "sqrt")
}


@final
class ArrayArithmetic:
    """Numbers are Python floats or arrays of `xp`; floats never widen an array."""

    def __init__(self, xp: Any = None) -> None:
        self.xp = xp

    def constant(self, numerator: int, denominator: int) -> float:
        return numerator / denominator

    def pi(self) -> float:
        return math.pi

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def multiply(self, a: Any, b: Any) -> Any:
        return a * b

    def divide(self, a: Any, b: Any) -> Any:
        if isinstance(a, float) and isinstance(b, float) and b == 0.0:
            return math.nan if a == 0.0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1.0, b)
        return a / b

    def integer_power(self, a: Any, exponent: int) -> Any:
        result = a if exponent else 1.0
        for bit in bin(exponent)[3:]:
            result = result * result
            result = result * a if bit == "1" else result
        return result

    def power(self, a: Any, b: Any) -> Any:
        if isinstance(b, float) and b == 0.0:
            return 1.0
        if isinstance(b, float) and b == 0.5:
            return self.function("sqrt", a)
        if isinstance(b, float) and 0.5 < abs(b) < 64.0 and not isinstance(a, float):
            return self.split_power(a, b)
        return self.exp(b * self.log(a))

    def split_power(self, a: Any, b: float) -> Any:
        """a^b with a power k/2 split off: exp and log then carry an exponent below 1/2, and so less error."""
        halves = math.floor(2.0 * abs(b))
        rest = abs(b) - halves / 2
        result = self.integer_power(a, halves // 2)
        result = result * self.function("sqrt", a) if halves % 2 else result
        result = result * self.exp(rest * self.log(a)) if rest else result
        return result if b > 0.0 else 1.0 / result

    def maximum(self, a: Any, b: Any) -> Any:
        if isinstance(a, float) and isinstance(b, float):
            return a if a >= b else b
        return self.xp.where(a >= b, a, b)

    def minimum(self, a: Any, b: Any) -> Any:
        return -self.maximum(-a, -b)

    def absolute(self, a: Any) -> Any:
        return abs(a)

    def function(self, name: str, a: Any) -> Any:
        if not isinstance(a, float):
            return getattr(self.xp, name)(a)
        if name == "log" and a == 0.0:
            return -math.inf
        try:
            return _SCALAR[name](a)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    def exp(self, a: Any) -> Any:
        return self.function("exp", a)

    def log(self, a: Any) -> Any:
        return self.function("log", a)

    def sin(self, a: Any) -> Any:
        return self.function("sin", a)

    def cos(self, a: Any) -> Any:
        return self.function("cos", a)

    def tan(self, a: Any) -> Any:
        return self.function("tan", a)

    def atan(self, a: Any) -> Any:
        return self.function("atan" if isinstance(a, float) else "arctan", a)

    def sinh(self, a: Any) -> Any:
        return self.function("sinh", a)

    def cosh(self, a: Any) -> Any:
        return self.function("cosh", a)

    def tanh(self, a: Any) -> Any:
        return self.function("tanh", a)


#: Plain floats only.
SCALARS = ArrayArithmetic()
