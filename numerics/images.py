"""Images F_T(p) at exact points, in two arithmetics: floats to hunt with, reals to recheck with.

A `Real` is an exact rational where the formula allows it and a ball otherwise; comparisons are not offered,
only `shown_positive` and `shown_nonnegative`, which are True when every point of the ball agrees.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, final

import sympy as sp
from flint import arb, fmpq

from numerics.balls import Balls
from theorems.compile import Program, compile_expressions
from theorems.conditions import ends, limit_at
from theorems.operator import BlackBox, Blend, Composed, Form, Generator, Operator, Reparametrised, Separable, T, V, Vector, p
from theorems.points import FloatArithmetic
from theorems.wellformed import vector_symbols


class NoValue(Exception):
    """The formula has no finite real value at the point, or none that the arithmetic can tell."""


@final
class Real:
    """A real number: `exact` if it is known as a rational, and a ball around it."""

    __slots__ = ("ball", "exact")

    def __init__(self, value: Any) -> None:
        if isinstance(value, Real):
            self.exact, self.ball = value.exact, value.ball
        elif isinstance(value, arb):
            self.exact, self.ball = None, value
        else:
            self.exact = Fraction(value) if not isinstance(value, sp.Rational) else Fraction(int(value.p), int(value.q))
            self.ball = arb(fmpq(self.exact.numerator, self.exact.denominator))

    def _both(self, other: Any, exact: Callable[[Any, Any], Any], ball: Callable[[Any, Any], Any]) -> Real:
        right = other if isinstance(other, Real) else Real(other)
        if self.exact is not None and right.exact is not None:
            return Real(exact(self.exact, right.exact))
        return Real(ball(self.ball, right.ball))

    def __add__(self, other: Any) -> Real:
        return self._both(other, lambda a, b: a + b, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Real:
        return self._both(other, lambda a, b: a - b, lambda a, b: a - b)

    def __mul__(self, other: Any) -> Real:
        return self._both(other, lambda a, b: a * b, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> Real:
        return self._both(other, lambda a, b: a / b, lambda a, b: a / b)

    def __rsub__(self, other: Any) -> Real:
        return Real(other) - self

    def __neg__(self) -> Real:
        return Real(0) - self

    __radd__, __rmul__ = __add__, __mul__

    def __float__(self) -> float:
        return float(self.exact) if self.exact is not None else float(self.ball.mid())

    def __eq__(self, other: object) -> bool:
        """True only for an exact rational that equals the number."""
        return self.exact is not None and self.exact == other

    __hash__ = None  # type: ignore[assignment]

    def __abs__(self) -> Real:
        return Real(abs(self.exact)) if self.exact is not None else Real(abs(self.ball))

    def log(self) -> Real:
        return Real(0) if self.exact == 1 else Real(self.ball.log())

    def shown_positive(self) -> bool:
        return self.exact > 0 if self.exact is not None else Balls.positive(self.ball)

    def shown_nonnegative(self) -> bool:
        return self.exact >= 0 if self.exact is not None else Balls.nonnegative(self.ball)


def log(value: Any) -> Any:
    """The logarithm of a float, a rational or a Real."""
    return value.log() if isinstance(value, Real) else Real(value).log() if isinstance(value, Fraction) else math.log(value)


def real_image(operator: Operator, law: Sequence[Any], temperature: Any) -> list[Real]:
    """F_T(p) enclosed; `NoValue` where the formula says nothing."""
    entries = [Real(entry) for entry in law]
    found = _image(operator.form, entries, Real(temperature), _RealNumbers)
    for entry in found:
        if entry.exact is None and not entry.ball.is_finite():
            raise NoValue("the image has no finite enclosure")
    return found


def float_image(operator: Operator, law: Sequence[Any], temperature: Any) -> list[float]:
    """F_T(p) in double precision; `NoValue` where that overflows or says nothing."""
    found = _image(operator.form, [float(entry) for entry in law], float(temperature), _Floats)
    if not all(math.isfinite(entry) for entry in found):
        raise NoValue("the image is not finite in floats")
    return [float(entry) for entry in found]


def _image(form: Form, law: list[Any], temperature: Any, numbers: Any) -> list[Any]:
    match form:
        case Separable():
            return _separable(form, law, temperature, numbers)
        case Generator():
            return numbers.generator(form, law, temperature)  # type: ignore[no-any-return]
        case Blend(first, second, coefficient):
            share = numbers.run(_program(coefficient, (T,)), [temperature])
            pairs = zip(_image(first.form, law, temperature, numbers), _image(second.form, law, temperature, numbers), strict=True)
            return [a + share * (b - a) for a, b in pairs]
        case Reparametrised(inner, h):
            return _image(inner.form, law, numbers.run(_program(h, (T,)), [temperature]), numbers)
        case Composed(outer, inner):
            return _image(outer.form, _image(inner.form, law, temperature, numbers), temperature, numbers)
        case Vector(components):
            if len(components) != len(law):
                raise NoValue(f"the formula is for V = {len(components)}")
            symbols = (*vector_symbols(len(components)), T)
            return [numbers.run(_program(component, symbols), [*law, temperature]) for component in components]
        case BlackBox(function):
            return _call(function, law, temperature, numbers)


def _call(function: Callable[..., Any], law: list[Any], temperature: Any, numbers: Any) -> list[Any]:
    """A black box takes the exact rationals in the real arithmetic; what it answers in floats is no `Real`."""
    try:
        if numbers is _Floats:
            import numpy as np

            floats = np.asarray(function(np.asarray(law, dtype=np.float64), temperature)).ravel()
            return [float(entry) for entry in _one_per_class(floats, law)]
        answer = _one_per_class(list(function([entry.exact for entry in law], temperature.exact)), law)
        return [Real(sp.Rational(entry)) if isinstance(entry, (int, sp.Rational)) else Real(entry) for entry in _exact_only(answer)]
    except NoValue:
        raise
    except Exception as fault:  # whatever a stranger's callable raises, it has given no value
        raise NoValue(f"the callable raised {type(fault).__name__}: {fault}"[:120]) from fault


def _one_per_class(answer: Any, law: list[Any]) -> Any:
    if len(answer) != len(law):
        raise NoValue(f"the callable gave {len(answer)} numbers for {len(law)} classes")
    return answer


def _exact_only(answer: list[Any]) -> list[Any]:
    if not all(isinstance(entry, (int, Fraction, sp.Rational)) for entry in answer):
        raise NoValue("the callable does not compute with exact fractions")
    return answer


def _separable(form: Separable, law: list[Any], temperature: Any, numbers: Any) -> list[Any]:
    weights: dict[Any, Any] = {}
    for entry in law:
        key = numbers.key(entry)
        if key not in weights:
            weights[key] = _weight(form, entry, temperature, len(law), numbers)
    found = [weights[numbers.key(entry)] for entry in law]
    total = found[0]
    for weight in found[1:]:
        total = total + weight
    if numbers.is_zero(total):
        raise NoValue("the weights sum to 0")
    return [weight / total for weight in found]


def _weight(form: Separable, entry: Any, temperature: Any, size: int, numbers: Any) -> Any:
    if numbers.is_zero(entry):
        return numbers.face(form, temperature, size)
    return numbers.run(_program(form.weight, (p, T, V)), [entry, temperature, numbers.whole(size)])


@lru_cache(maxsize=256)
def _program(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> Program:
    return compile_expressions([expression], symbols)


@lru_cache(maxsize=1024)
def _face_value(form: Separable, temperature: Fraction, size: int) -> sp.Expr:
    """The weight at p = 0 and an exact temperature: its limit, probed along p = 10^-k; `NoValue` if infinite."""
    weight = form.weight.subs({T: sp.Rational(temperature.numerator, temperature.denominator), V: size})
    found = limit_at(weight, p, sp.S.Zero)
    if found is None or not found.is_finite:
        raise NoValue("the weight has no finite limit at p = 0")
    return found


@final
class _Floats:
    """Double precision."""

    @staticmethod
    def key(entry: Any) -> Any:
        return entry

    @staticmethod
    def is_zero(value: Any) -> bool:
        return bool(value == 0)

    @staticmethod
    def whole(number: int) -> Any:
        return float(number)

    @staticmethod
    def run(program: Program, inputs: list[Any]) -> Any:
        try:
            value = program.run(FloatArithmetic, *inputs)[0]
        except (ArithmeticError, ValueError, TypeError) as fault:
            raise NoValue(str(fault)) from fault
        if isinstance(value, complex):
            raise NoValue("not real")
        return value

    @staticmethod
    def face(form: Separable, temperature: Any, size: int) -> Any:
        try:
            value = _Floats.run(_program(form.weight, (p, T, V)), [0.0, temperature, float(size)])
            if math.isfinite(value):
                return value
        except NoValue:
            pass
        return float(_face_value(form, Fraction(temperature), size))

    @staticmethod
    def generator(form: Generator, law: list[Any], temperature: Any) -> list[Any]:
        return _generator(form, law, temperature, _float_phi(form), 1e-15)


@final
class FractionArithmetic:
    """`theorems.compile.Arithmetic` on fractions: only what stays rational."""

    constant = staticmethod(Fraction)
    add = staticmethod(lambda a, b: a + b)
    multiply = staticmethod(lambda a, b: a * b)
    divide = staticmethod(lambda a, b: a / b)
    maximum, minimum, absolute = staticmethod(max), staticmethod(min), staticmethod(abs)

    @staticmethod
    def integer_power(a: Fraction, exponent: int) -> Fraction:
        if exponent > 4096:
            raise NoValue("the power is too large to write out")
        return a**exponent

    @staticmethod
    def power(a: Fraction, b: Fraction) -> Fraction:
        if b.denominator != 1 or abs(b) > 4096 or (a == 0 and b <= 0):
            raise NoValue("not a rational power")
        return Fraction(a ** int(b))


@final
class _RealNumbers:
    """Exact rationals where possible, balls elsewhere."""

    @staticmethod
    def key(entry: Any) -> Any:
        return entry.exact if entry.exact is not None else id(entry)

    @staticmethod
    def is_zero(value: Any) -> bool:
        return bool(value.exact == 0)

    @staticmethod
    def whole(number: int) -> Any:
        return Real(number)

    @staticmethod
    def run(program: Program, inputs: list[Any]) -> Any:
        if all(entry.exact is not None for entry in inputs):
            try:
                return Real(program.run(FractionArithmetic, *(entry.exact for entry in inputs))[0])
            except (NoValue, AttributeError, ZeroDivisionError):
                pass
        value = program.run(Balls, *(entry.ball for entry in inputs))[0]
        if not value.is_finite():
            raise NoValue("no finite enclosure")
        return Real(value)

    @staticmethod
    def face(form: Separable, temperature: Any, size: int) -> Any:
        if temperature.exact is None:
            raise NoValue("the weight at p = 0 is known at exact temperatures only")
        value = _face_value(form, temperature.exact, size)
        return Real(value) if value.is_Rational else _RealNumbers.run(_program(value, ()), [])

    @staticmethod
    def generator(form: Generator, law: list[Any], temperature: Any) -> list[Any]:
        if temperature.exact == 1:
            return law
        return _generator(form, law, temperature, _BallPhi(form), None)


@final
class _FloatPhi:
    """phi and its inverse in floats."""

    def __init__(self, form: Generator) -> None:
        self.value = _program(form.phi, (p,)).bind(FloatArithmetic)
        bottom, top = ends(form)
        self.bottom, self.top = (float(e) if e is not None else math.nan for e in (bottom, top))

    def __call__(self, x: float) -> float:
        if x <= 0 or x >= 1:
            return self.bottom if x <= 0 else self.top
        try:
            return float(self.value(x)[0])
        except (ArithmeticError, ValueError, TypeError) as fault:
            if min(x, 1 - x) < 1e-9:  # too near an end for floats, as log(-log(1 - x)) is at 10^-17
                return self.bottom if x < 0.5 else self.top
            raise NoValue(str(fault)) from fault

    def inverse(self, target: float) -> float:
        """The x with phi(x) = target, sought in the logit of x, where common generators are nearly straight."""
        if target <= self.bottom:
            return 0.0
        return _sigmoid(_root(lambda s: self(_sigmoid(s)) - target, -40.0, 36.0))


@lru_cache(maxsize=64)
def _float_phi(form: Generator) -> _FloatPhi:
    return _FloatPhi(form)


def _sigmoid(s: float) -> float:
    return 1 / (1 + math.exp(-s))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """A root of an increasing function in [low, high] by the Illinois rule, with bisections where that creeps."""
    at_low, at_high = function(low), function(high)
    if at_low >= 0 or at_high <= 0:
        return low if at_low >= 0 else high
    for turn in range(60):
        steady = turn % 3 < 2 and math.isfinite(at_low) and math.isfinite(at_high)
        middle = high - at_high * (high - low) / (at_high - at_low) if steady else (low + high) / 2
        if not low < middle < high:
            middle = (low + high) / 2
        value = function(middle)
        if value == 0:
            return middle
        if value < 0:
            low, at_low, at_high = middle, value, at_high / 2 if steady else at_high
        else:
            high, at_high, at_low = middle, value, at_low / 2 if steady else at_low
        if high - low < 1e-14:
            break
    return (low + high) / 2


def _generator(form: Generator, law: list[Any], temperature: Any, phi: Any, tolerance: float | None) -> list[Any]:
    if any(float(entry) >= 1 for entry in law) and math.isinf(float(phi.top)):
        return law  # phi(1) = oo keeps vertices where they are
    return phi.solve(law, temperature) if tolerance is None else _float_solve(law, temperature, phi)


def _float_solve(law: list[float], temperature: float, phi: _FloatPhi) -> list[float]:
    top = max(law)
    drops = [(phi(entry) - phi(top)) / temperature if entry != top else 0.0 for entry in law]
    different = set(drops)

    def entries(largest: float) -> list[float]:
        height = phi(largest)
        known = {d: largest if d == 0 else phi.inverse(height + d) if d > -math.inf else 0.0 for d in different}
        return [known[d] for d in drops]

    return entries(_root(lambda largest: sum(entries(largest)) - 1, 1 / len(law), 1.0))


@final
class _BallPhi:
    """phi and its inverse in balls, by bisection over dyadic points."""

    bits = 56

    def __init__(self, form: Generator) -> None:
        self.program = _program(form.phi, (p,))
        bottom, top = ends(form)
        if bottom is None or top is None:
            raise NoValue("the range of phi is unknown")
        self.low_end, self.high_end = bottom, top
        self.top = math.inf if top == sp.oo else 0.0
        self.bottom = None if bottom == -sp.oo else _constant(bottom)

    def __call__(self, x: arb) -> arb:
        return self.program.run(Balls, x)[0]

    def at(self, entry: Real) -> arb | None:
        """phi at an entry of the law; None for minus infinity."""
        if entry.exact == 0:
            return self.bottom
        return _constant(self.high_end) if entry.exact == 1 else self(entry.ball)

    def inverse(self, target: arb) -> arb:
        if self.bottom is not None and target < self.bottom:
            return arb(0)
        low, high = _enclosed(lambda x: self(arb(x)) - target, fmpq(0), fmpq(1), self.bits)
        return arb(low).union(arb(high))

    def solve(self, law: list[Real], temperature: Real) -> list[Real]:
        place = max(range(len(law)), key=lambda k: float(law[k]))
        top = self.at(law[place])
        if top is None or (temperature.exact is None and not temperature.ball > 0):
            raise NoValue("no largest entry")
        drops = []
        for entry in law:
            value = self.at(entry)
            same = entry.exact is not None and entry.exact == law[place].exact
            drops.append(arb(0) if same else None if value is None else (value - top) / temperature.ball)
        if not all(d is None or d <= 0 for d in drops):
            raise NoValue("the largest entry is not known")
        # The largest entry of the image lies in [1/V, 1]; the sum of the entries grows with it.
        low, high = _enclosed(lambda t: sum(self.entries(arb(t), drops), arb(0)) - 1, fmpq(1, len(law)), fmpq(1), self.bits)
        lower = self.entries(arb(low), drops)
        upper = self.entries(arb(high), drops) if high < 1 else [arb(1)] * len(law)
        return [Real(0) if d is None else Real(a.union(b)) for a, b, d in zip(lower, upper, drops, strict=True)]

    def entries(self, largest: arb, drops: list[arb | None]) -> list[arb]:
        """The image's entries when its largest one is `largest`: increasing in it."""
        height, known = self(largest), dict[str, arb]()
        found = []
        for drop in drops:
            if drop is None:
                found.append(arb(0))
                continue
            key = repr(drop)
            if key not in known:
                known[key] = largest if drop == 0 else self.inverse(height + drop)
            found.append(known[key])
        return found


def _enclosed(function: Callable[[fmpq], arb], low: fmpq, high: fmpq, bits: int) -> tuple[fmpq, fmpq]:
    """low, high around the root of an increasing function: below 0 is shown at low, above 0 at high, or they are the ends."""
    unknown: fmpq | None = None  # a point where the sign cannot be told: the root is near
    for _ in range(bits):
        middle = (low + high) / 2
        value = function(middle)
        if value < 0:
            low = middle
        elif value > 0:
            high = middle
        else:
            unknown = middle
            break
    if unknown is None:
        return low, high
    left, right = low, high
    for shift in range(1, bits):
        step = fmpq(1, 2**shift)
        if unknown - step > left and function(unknown - step) < 0:
            left = unknown - step
        if unknown + step < right and function(unknown + step) > 0:
            right = unknown + step
        if left < unknown - step:  # the sign can no longer be told on this side
            break
    return left, right


def _constant(value: sp.Expr) -> arb:
    return _program(value, ()).run(Balls)[0]
