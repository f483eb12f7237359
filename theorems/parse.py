"""Text -> SymPy expression, by a closed grammar: no `eval`, no attribute access, no unknown name.

Numbers are exact: `0.1` is 1/10.  Known are the symbols that the caller offers, the functions of
`theorems.compile` with `sqrt`, `max`, `min`, and the constants `pi` and `E`; SymPy's own spellings `Abs`,
`Max`, `Min` are read too, so that a printed formula can be given back.  The size of every number that
SymPy could form is bounded *before* SymPy sees it, so `10**10**10` is refused in no time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Final, NoReturn, final

import sympy as sp

from theorems.compile import FUNCTIONS
from theorems.errors import InvalidOperator
from theorems.grammar import LENGTH_LIMIT, Node, fault, parse_tree
from theorems.operator import Domain

EXPONENT_LIMIT: Final = 1000
BIT_LIMIT: Final = 1 << 14
EXTREMUM_LIMIT: Final = 16

_CALLS: Final[dict[str, Callable[..., sp.Expr]]] = {
    **{("abs" if name == "absolute" else name): kind for kind, name in FUNCTIONS.items()},
    "sqrt": sp.sqrt, "max": sp.Max, "min": sp.Min, "Abs": sp.Abs, "Max": sp.Max, "Min": sp.Min,
}
#: Functions out of which SymPy takes a numeric factor, as in sqrt(4*p) = 2*sqrt(p).
_FREEING: Final = {"exp", "sqrt", "abs", "Abs", "max", "min", "Max", "Min"}
_EXTREMA: Final = {"max", "min", "Max", "Min"}
_FLOATS: Final[dict[str, Callable[..., Any]]] = {
    **{name: getattr(math, name) for name in _CALLS if hasattr(math, name)},
    "abs": abs, "Abs": abs, "max": max, "Max": max, "min": min, "Min": min,
}
_CONSTANTS: Final[dict[str, tuple[sp.Expr, float]]] = {"pi": (sp.pi, math.pi), "E": (sp.E, math.e)}
_OTHER_NAMES: Final = {"ln": "log", "arctan": "atan", "e": "E", "Pi": "pi", "PI": "pi", "P": "p", "t": "T", "v": "V", "tau": "T"}


@final
@dataclass(frozen=True)
class _Part:
    """An expression and bounds on the numbers that SymPy may form in it.

    `bits`: numerators and denominators; `up`, `down`: log2 of numbers and of their reciprocals; `logs`: bits
    inside logarithms, which an exponential sets free; `value`: a constant's value, None where symbols occur.
    """

    expression: sp.Expr
    bits: float = 0.0
    up: float = 0.0
    down: float = 0.0
    logs: float = 0.0
    value: float | None = None


@final
class _Builder:
    def __init__(self, text: str, symbols: Sequence[sp.Symbol]) -> None:
        self.text = text
        self.symbols = {str(symbol): symbol for symbol in symbols}
        self.extrema = 0

    def build(self, node: Node) -> _Part:
        part: _Part = getattr(self, node.kind)(node)
        if part.expression.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            fault(self.text, node.position, "a division by zero or an infinity", "keep every constant finite")
        if part.expression.has(sp.I):
            fault(self.text, node.position, "a value that is not real", "keep every constant real")
        return part

    def parts(self, node: Node) -> list[_Part]:
        return [self.build(part) for part in node.parts]

    def number(self, node: Node) -> _Part:
        _, _, exponent = node.text.lower().partition("e")
        if abs(int(exponent or 0)) > EXPONENT_LIMIT:
            self.too_large(node)
        value = Fraction(node.text)
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        try:
            return _with_value(_Part(sp.Rational(value.numerator, value.denominator), bits), float(value))
        except OverflowError:
            self.too_large(node)

    def name(self, node: Node) -> _Part:
        if node.text in self.symbols:
            return _Part(self.symbols[node.text])
        if node.text in _CONSTANTS:
            expression, value = _CONSTANTS[node.text]
            return _Part(expression, up=2, down=0, value=value)
        known = [*self.symbols, *_CONSTANTS]
        if node.text in _CALLS:
            mend = f"write {node.text}(...)"
        else:
            mend = _suggestion(node.text, known) or f"use {', '.join(known)}"
        fault(self.text, node.position, f"unknown symbol {node.text!r}", mend)

    def sum(self, node: Node) -> _Part:
        terms = self.parts(node)
        bits = sum(t.bits for t in terms) + len(terms)
        self.limit(node, bits)
        up = max(t.up for t in terms) + math.log2(len(terms))
        whole = _Part(sp.Add(*(t.expression for t in terms)), bits, up, bits, sum(t.logs for t in terms))
        return self.valued(node, whole, terms, math.fsum)

    def product(self, node: Node) -> _Part:
        factors = self.parts(node)
        bits, up, down, logs = (sum(getattr(f, name) for f in factors) for name in ("bits", "up", "down", "logs"))
        self.limit(node, bits)
        return self.valued(node, _Part(sp.Mul(*(f.expression for f in factors)), bits, up, down, logs), factors, math.prod)

    def negative(self, node: Node) -> _Part:
        (part,) = self.parts(node)
        return self.valued(node, _Part(-part.expression, part.bits, part.up, part.down, part.logs), [part], lambda v: -v[0])

    def reciprocal(self, node: Node) -> _Part:
        (part,) = self.parts(node)
        if part.expression == 0:
            fault(self.text, node.position, "a division by zero", "keep every denominator away from 0")
        return self.valued(node, _Part(1 / part.expression, part.bits, part.down, part.up, part.logs), [part], lambda v: 1 / v[0])

    def power(self, node: Node) -> _Part:
        base, exponent = self.parts(node)
        if exponent.value is not None:
            if abs(exponent.value) > EXPONENT_LIMIT:
                fault(self.text, node.position, f"an exponent beyond {EXPONENT_LIMIT}", "use a smaller one")
            factor = max(1.0, abs(exponent.value))
        else:
            factor = _two_to(exponent.up)
        bits = base.bits * factor + exponent.bits + exponent.logs * _two_to(exponent.up)
        self.limit(node, bits)
        size = (base.up + base.down) * factor
        whole = _Part(base.expression**exponent.expression, bits, size, size, base.logs + exponent.logs)
        return self.valued(node, whole, [base, exponent], lambda v: v[0] ** v[1])

    def call(self, node: Node) -> _Part:
        if node.text not in _CALLS:
            known = [name for name in _CALLS if name.islower()]
            mend = _suggestion(node.text, known) or f"use {', '.join(sorted(known))}"
            fault(self.text, node.position, f"unknown function {node.text!r}", mend)
        extremum = node.text in _EXTREMA
        if len(node.parts) < 2 if extremum else len(node.parts) != 1:
            mend = f"write {node.text}(..., ...)" if extremum else f"write {node.text}(...)"
            fault(self.text, node.position, f"a wrong number of arguments, {len(node.parts)},", mend)
        self.extrema += len(node.parts) if extremum else 0
        if self.extrema > EXTREMUM_LIMIT:
            fault(self.text, node.position, f"more than {EXTREMUM_LIMIT} arguments of max and min", "use fewer")
        arguments = self.parts(node)
        bits, logs = sum(a.bits for a in arguments), sum(a.logs for a in arguments)
        if node.text == "exp":
            bits += logs * _two_to(arguments[0].up)
        self.limit(node, bits)
        self.valued(node, arguments[0], arguments, lambda v: _FLOATS[node.text](*v))
        free = bits + 1 if node.text in _FREEING else 0.0
        whole = _Part(_CALLS[node.text](*(a.expression for a in arguments)), bits, free, free, bits if node.text == "log" else logs)
        return self.valued(node, whole, arguments, lambda v: _FLOATS[node.text](*v))

    def valued(self, node: Node, part: _Part, operands: Sequence[_Part], function: Callable[[list[float]], Any]) -> _Part:
        """`part` with its value where every operand is constant; refuses what is huge or not real."""
        values = [operand.value for operand in operands if operand.value is not None]
        if len(values) < len(operands):
            return part
        try:
            value = function(values)
        except OverflowError:
            self.too_large(node)
        except (ValueError, ZeroDivisionError):
            value = math.nan
        if isinstance(value, complex) or math.isnan(value):
            fault(self.text, node.position, "a constant that is not a real number", "keep every constant real and finite")
        if math.isinf(value):
            self.too_large(node)
        return _with_value(part, value)

    def limit(self, node: Node, bits: float) -> None:
        if bits > BIT_LIMIT:
            self.too_large(node)

    def too_large(self, node: Node) -> NoReturn:
        fault(self.text, node.position, "a number too large to write out", "use smaller numbers and exponents")


def _two_to(exponent: float) -> float:
    return math.pow(2.0, min(exponent, 60.0))


def _with_value(part: _Part, value: float) -> _Part:
    size = math.log2(abs(value)) if value else 0.0
    return _Part(part.expression, part.bits, max(0.0, size), max(0.0, -size), part.logs, value)


def _suggestion(word: str, known: Sequence[str]) -> str:
    """A mend that names the nearest known word, or ''."""
    near = _OTHER_NAMES.get(word)
    close = [near] if near in known else get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else ""


def parse_expression(text: str, symbols: Sequence[sp.Symbol], *, length: int = LENGTH_LIMIT) -> sp.Expr:
    """The formula `text` in `symbols`; `InvalidOperator` names fault, mend and, with a caret, the place.

    `length` bounds the characters: what engines write may be longer than what people type.
    """
    return _Builder(text, symbols).build(parse_tree(text, length)).expression


def parse_domain(text: str) -> Domain:
    """`LOW:HIGH` with exact ends, e.g. `0:inf`, `1:inf`, `1/2:8`; it must contain 1."""
    low, colon, high = text.partition(":")
    if not colon:
        raise InvalidOperator(f"the domain {_shown(text)} has no colon; write LOW:HIGH, e.g. 0:inf, 1:inf or 1/2:8")
    return Domain(_end(low), sp.oo if high.strip() in ("inf", "oo") else _end(high))


def _end(text: str) -> sp.Expr:
    try:
        value = parse_expression(text, ())
    except InvalidOperator as error:
        raise InvalidOperator(f"{_shown(text)} is not an end of a domain; write numbers, e.g. 0:inf, 1:inf or 1/2:8") from error
    if not value.is_Rational:
        raise InvalidOperator(f"the end {_shown(text)} of the domain is not rational; write e.g. 1/2:8")
    return value


def _shown(text: str) -> str:
    """`text` quoted on one line, shortened."""
    return ascii(text if len(text) <= 40 else text[:37] + "...")
