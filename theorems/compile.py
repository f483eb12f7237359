"""One SymPy expression, compiled once and run in every arithmetic.

`compile_expressions` turns expressions into a `Program`: a straight-line list of instructions with shared
subexpressions.  `Program.run(arithmetic, *inputs)` executes it with the methods of `arithmetic`, which may
compute with balls, multiprecision numbers, intervals, NumPy arrays or torch tensors.  LaTeX is SymPy's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, final

import sympy as sp

from theorems.errors import InvalidOperator

#: One-argument functions that every arithmetic provides, by SymPy class.
FUNCTIONS: dict[type, str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.atan: "atan",
    sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh", sp.Abs: "absolute",
}


class Arithmetic(Protocol):
    """What a number system offers to a `Program`; the constants are exact."""

    def constant(self, numerator: int, denominator: int) -> Any: ...
    def pi(self) -> Any: ...
    def add(self, a: Any, b: Any) -> Any: ...
    def multiply(self, a: Any, b: Any) -> Any: ...
    def divide(self, a: Any, b: Any) -> Any: ...
    def integer_power(self, a: Any, exponent: int) -> Any: ...
    def power(self, a: Any, b: Any) -> Any: ...
    def maximum(self, a: Any, b: Any) -> Any: ...
    def minimum(self, a: Any, b: Any) -> Any: ...
    def exp(self, a: Any) -> Any: ...
    def log(self, a: Any) -> Any: ...


@final
@dataclass(frozen=True)
class Program:
    """Straight-line code: slot k holds input k, then the result of each instruction in turn.

    An instruction is `(method, operands)`; operands are slot numbers, except for `constant`
    (numerator, denominator) and `integer_power` (slot, exponent).
    """

    inputs: int
    instructions: tuple[tuple[str, tuple[int, ...]], ...]
    outputs: tuple[int, ...]

    def run(self, arithmetic: Any, *values: Any) -> list[Any]:
        """The outputs at `values`, one per compiled expression."""
        slots = list(values)
        for method, operands in self.instructions:
            if method == "constant" or method == "pi":
                slots.append(getattr(arithmetic, method)(*operands))
            elif method == "integer_power":
                slots.append(arithmetic.integer_power(slots[operands[0]], operands[1]))
            else:
                slots.append(getattr(arithmetic, method)(*(slots[k] for k in operands)))
        return [slots[k] for k in self.outputs]


@final
class _Compiler:
    def __init__(self, symbols: Sequence[sp.Symbol]) -> None:
        self.slots: dict[sp.Basic, int] = {symbol: k for k, symbol in enumerate(symbols)}
        self.code: list[tuple[str, tuple[int, ...]]] = []
        self.known: dict[tuple[str, tuple[int, ...]], int] = {}
        self.inputs = len(self.slots)

    def emit(self, method: str, *operands: int) -> int:
        key = (method, operands)
        if key not in self.known:
            self.code.append(key)
            self.known[key] = self.inputs + len(self.code) - 1
        return self.known[key]

    def fold(self, method: str, slots: Sequence[int]) -> int:
        total = slots[0]
        for slot in slots[1:]:
            total = self.emit(method, total, slot)
        return total

    def slot(self, expression: sp.Basic) -> int:
        if expression not in self.slots:
            self.slots[expression] = self.translate(expression)
        return self.slots[expression]

    def product(self, expression: sp.Mul) -> int:
        upper, lower = [], []
        for factor in expression.args:
            base, exponent = factor.as_base_exp()
            if exponent.could_extract_minus_sign() and base != sp.E:
                lower.append(self.slot(base**-exponent))
            else:
                upper.append(self.slot(factor))
        top = self.fold("multiply", upper) if upper else self.emit("constant", 1, 1)
        return self.emit("divide", top, self.fold("multiply", lower)) if lower else top

    def power(self, base: sp.Expr, exponent: sp.Expr) -> int:
        if exponent.is_Integer:
            if exponent < 0:
                return self.emit("divide", self.emit("constant", 1, 1), self.slot(base**-exponent))
            return self.emit("integer_power", self.slot(base), int(exponent))
        return self.emit("power", self.slot(base), self.slot(exponent))

    def translate(self, expression: sp.Basic) -> int:
        if isinstance(expression, sp.Rational):
            return self.emit("constant", int(expression.p), int(expression.q))
        if expression is sp.pi:
            return self.emit("pi")
        if expression is sp.E:
            return self.emit("exp", self.emit("constant", 1, 1))
        if isinstance(expression, sp.Add):
            return self.fold("add", [self.slot(term) for term in expression.args])
        if isinstance(expression, sp.Mul):
            return self.product(expression)
        if isinstance(expression, sp.Pow):
            return self.power(*expression.args)
        if isinstance(expression, (sp.Max, sp.Min)):
            method = "maximum" if isinstance(expression, sp.Max) else "minimum"
            return self.fold(method, [self.slot(term) for term in expression.args])
        if type(expression) in FUNCTIONS:
            return self.emit(FUNCTIONS[type(expression)], self.slot(expression.args[0]))
        raise InvalidOperator(f"cannot compile {expression}; use p, T, V, numbers, + - * / ** and {known_names()}")


def known_names() -> str:
    """The functions of the grammar, for messages."""
    return ", ".join(sorted({"sqrt", "max", "min", *("abs" if n == "absolute" else n for n in FUNCTIONS.values())}))


def compile_expressions(expressions: Sequence[sp.Expr], symbols: Sequence[sp.Symbol]) -> Program:
    """One program for several expressions in `symbols`; shared subexpressions are computed once."""
    compiler = _Compiler(symbols)
    outputs = tuple(compiler.slot(expression) for expression in expressions)
    return Program(len(compiler.slots) and compiler.inputs, tuple(compiler.code), outputs)
