"""Softening operators F_T : D_V -> D_V and the forms in which they are written.

`p` is the variable of a weight or generator, `T` the temperature, `V` the number of classes.
The symbols are plain reals: every sign that a proof needs is a hypothesis, not an assumption of a symbol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, final

import sympy as sp

from theorems.errors import InvalidOperator
from theorems.evidence import digest

p = sp.Symbol("p", real=True)
T = sp.Symbol("T", real=True)
V = sp.Symbol("V", real=True)


@final
@dataclass(frozen=True)
class Domain:
    """An interval of temperatures that contains 1.  Finite positive ends belong to it; 0 and oo do not."""

    low: sp.Expr
    high: sp.Expr

    def __post_init__(self) -> None:
        if not (0 <= self.low <= 1 <= self.high) or self.low == self.high:
            raise InvalidOperator(f"the domain {self} must be an interval of positive temperatures that contains 1, e.g. 0:inf")

    def __str__(self) -> str:
        return f"{self.low}:{'inf' if self.high is sp.oo else self.high}"

    def __contains__(self, temperature: sp.Expr | Fraction) -> bool:
        if isinstance(temperature, Fraction) and self.low.is_Rational and (self.high is sp.oo or self.high.is_Rational):
            return temperature > 0 and _ordered(self.low, temperature) and (self.high is sp.oo or _ordered(temperature, self.high))
        temperature = sp.sympify(temperature)
        return bool(temperature > 0 and self.low <= temperature <= self.high and temperature != sp.oo)

    def pair(self) -> tuple[str, str]:
        """The ends as exact strings, as in JSON."""
        return str(self.low), "inf" if self.high is sp.oo else str(self.high)


def _ordered(low: sp.Rational | Fraction, high: sp.Rational | Fraction) -> bool:
    """low <= high by their integers: thousands of candidates ask, and SymPy's comparisons are slow."""
    (a, b), (c, d) = ((x.numerator, x.denominator) for x in (low, high))
    return bool(a * d <= c * b)


@final
@dataclass(frozen=True)
class Separable:
    """F_T(p)_i = w(p_i, T) / sum_j w(p_j, T); `weight` is an expression in p, T and V."""

    weight: sp.Expr


@final
@dataclass(frozen=True)
class Generator:
    """F_T(p)_i = g(phi(p_i)/T - tau), g = phi^-1 (0 below the range of phi), tau fixed by the sum being 1."""

    phi: sp.Expr


@final
@dataclass(frozen=True)
class Blend:
    """(1 - c) F + c G with c = `coefficient`, an expression in T with values in [0, 1]."""

    first: Operator
    second: Operator
    coefficient: sp.Expr


@final
@dataclass(frozen=True)
class Reparametrised:
    """F_{h(T)}; `h` is an increasing homeomorphism of the domain's interval onto that of F, with h(1) = 1."""

    operator: Operator
    h: sp.Expr


@final
@dataclass(frozen=True)
class Composed:
    """F_T after G_T."""

    outer: Operator
    inner: Operator


@final
@dataclass(frozen=True)
class Vector:
    """Component expressions in p_1 .. p_V (symbols `p1`, `p2`, ...) and T, for one fixed V."""

    components: tuple[sp.Expr, ...]


@final
@dataclass(frozen=True)
class BlackBox:
    """A Python callable f(p, T): sequence of V numbers, temperature -> sequence of V numbers."""

    function: Callable[[Any, Any], Any]


Form = Separable | Generator | Blend | Reparametrised | Composed | Vector | BlackBox
FORM_NAMES: dict[type, str] = {
    Separable: "separable", Generator: "generator", Blend: "combination", Reparametrised: "combination",
    Composed: "combination", Vector: "vector", BlackBox: "black box",
}


@final
@dataclass(frozen=True)
class Operator:
    """A family F_T on `domain`, written in one `form`; `also` holds other forms of the same family.

    `expected` pins verdict names that differ from "proved" (label -> name) for shipped operators and rogues.
    """

    name: str
    form: Form
    domain: Domain
    also: tuple[Form, ...] = ()
    note: str = ""
    expected: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from theorems.wellformed import check_operator

        check_operator(self)

    @property
    def form_name(self) -> str:
        return FORM_NAMES[type(self.form)]

    def expression(self) -> str:
        """The formula as text, as typed on the command line where it has such a form."""
        return formula(self.form)

    def digest(self) -> str:
        """sha256 of form, formula and domain: what a certificate is bound to."""
        return digest({"form": self.form_name, "expression": self.expression(), "domain": self.domain.pair()})

    def __call__(self, probabilities: Any, temperature: float, axis: int = -1) -> Any:
        """F_T along `axis` of a NumPy array or torch tensor; same type, dtype and device; nats do not enter."""
        from theorems.arrays import apply

        return apply(self, probabilities, temperature, axis=axis)

    def from_logits(self, logits: Any, temperature: float, axis: int = -1) -> Any:
        """F_T of softmax(logits) along `axis`, without leaving the log domain where the form allows it."""
        from theorems.arrays import apply_to_logits

        return apply_to_logits(self, logits, temperature, axis=axis)


def formula(form: Form) -> str:
    """One line that says which family it is."""
    match form:
        case Separable(weight):
            return str(weight)
        case Generator(phi):
            return f"generator:{phi}"
        case Blend(first, second, coefficient):
            return f"(1 - c)*[{first.expression()}] + c*[{second.expression()}], c = {coefficient}"
        case Reparametrised(operator, h):
            return f"[{operator.expression()}] at T -> {h}"
        case Composed(outer, inner):
            return f"[{outer.expression()}] after [{inner.expression()}]"
        case Vector(components):
            return "(" + ", ".join(map(str, components)) + ")"
        case BlackBox(function):
            return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', 'callable')}"
