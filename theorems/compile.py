"""One SymPy expression, compiled once and run in every arithmetic.

`compile_expressions` turns expressions into a `Program`: a straight-line list of instructions with shared
subexpressions.  `Program.run(arithmetic, *inputs)` executes it with the methods of `arithmetic`, which may
compute with balls, multiprecision numbers, intervals, NumPy arrays or torch tensors.  LaTeX is SymPy's own.

`fused=True` also emits four instructions that an arithmetic with tight enclosures offers:
`negate(a)`, `subtract(a, b)`, `xlogx(a) = a log a` (0 at 0) and `share(a, r) = a / (a + r)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    def bind(self, arithmetic: Any) -> Callable[..., list[Any]]:
        """`run` with methods looked up and constants computed once: the constants keep today's precision."""
        constants: list[Any] = []
        place = {slot: slot for slot in range(self.inputs)}
        for slot, (method, operands) in enumerate(self.instructions, self.inputs):
            if method in ("constant", "pi"):
                place[slot] = self.inputs + len(constants)
                constants.append(getattr(arithmetic, method)(*operands))
        steps: list[tuple[Callable[..., Any], int, int]] = []
        for slot, (method, operands) in enumerate(self.instructions, self.inputs):
            if slot in place:
                continue
            place[slot] = self.inputs + len(constants) + len(steps)
            if method == "integer_power":
                steps.append((_raised(arithmetic.integer_power, operands[1]), place[operands[0]], -1))
            else:
                steps.append((getattr(arithmetic, method), place[operands[0]], place[operands[1]] if len(operands) == 2 else -1))
        outputs = [place[slot] for slot in self.outputs]

        def evaluate(*arguments: Any) -> list[Any]:
            slots = [*arguments, *constants]
            append = slots.append
            for method, first, second in steps:
                append(method(slots[first], slots[second]) if second >= 0 else method(slots[first]))
            return [slots[k] for k in outputs]

        return evaluate


def _raised(integer_power: Callable[[Any, int], Any], exponent: int) -> Callable[[Any], Any]:
    return lambda base: integer_power(base, exponent)


@final
class _Compiler:
    def __init__(self, symbols: Sequence[sp.Symbol], fused: bool = False) -> None:
        self.fused = fused
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
        """A quotient of two products; fused, factors a log a and a / (a + r) become one instruction each."""
        factors: list[sp.Expr] = list(expression.args)
        upper: list[int] = []
        lower: list[int] = []
        if self.fused:
            if expression.could_extract_minus_sign():
                return self.emit("negate", self.slot(-expression))
            factors = self.take_xlogx(factors, upper)
        for factor in list(factors):
            if self.fused and _is_reciprocal_sum(factor):
                part = next((f for f in factors if f in factor.base.args), None)
                if part is not None:
                    factors.remove(part)
                    factors.remove(factor)
                    upper.append(self.emit("share", self.slot(part), self.slot(factor.base - part)))
        for factor in factors:
            base, exponent = factor.as_base_exp()
            if exponent.could_extract_minus_sign() and base != sp.E:
                lower.append(self.slot(base**-exponent))
            else:
                upper.append(self.slot(factor))
        top = self.fold("multiply", upper) if upper else self.emit("constant", 1, 1)
        return self.emit("divide", top, self.fold("multiply", lower)) if lower else top

    def take_xlogx(self, factors: list[sp.Expr], upper: list[int]) -> list[sp.Expr]:
        """Put a log a into `upper` for the first log a whose factors a are all at hand; return the factors left."""
        for logarithm in (f for f in factors if isinstance(f, sp.log)):
            rest = list(factors)
            rest.remove(logarithm)
            argument = logarithm.args[0]
            for factor in sp.Mul.make_args(argument):
                if factor in rest:
                    rest.remove(factor)
                elif factor.is_Rational and factor > 0:
                    rest.append(1 / factor)
                elif (whole := next((f for f in rest if _is_whole_power(f, factor)), None)) is not None:
                    rest.remove(whole)
                    rest.append(whole / factor)
                else:
                    break
            else:
                upper.append(self.emit("xlogx", self.slot(argument)))
                return rest
        return factors

    def sum(self, terms: Sequence[sp.Expr]) -> int:
        if not self.fused:
            return self.fold("add", [self.slot(term) for term in terms])
        plus = [self.slot(term) for term in terms if not term.could_extract_minus_sign()]
        minus = [self.slot(-term) for term in terms if term.could_extract_minus_sign()]
        if not plus:
            return self.emit("negate", self.fold("add", minus))
        total = self.fold("add", plus)
        for slot in minus:
            total = self.emit("subtract", total, slot)
        return total

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
            return self.sum(expression.args)
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


def _is_reciprocal_sum(factor: sp.Expr) -> bool:
    return isinstance(factor, sp.Pow) and factor.exp == -1 and isinstance(factor.base, sp.Add)


def _is_whole_power(power: sp.Expr, base: sp.Expr) -> bool:
    return isinstance(power, sp.Pow) and power.base == base and power.exp.is_Integer and power.exp > 1


def compile_expressions(expressions: Sequence[sp.Expr], symbols: Sequence[sp.Symbol], *, fused: bool = False) -> Program:
    """One program for several expressions in `symbols`; shared subexpressions are computed once."""
    compiler = _Compiler(symbols, fused)
    outputs = tuple(compiler.slot(expression) for expression in expressions)
    return Program(len(compiler.slots) and compiler.inputs, tuple(compiler.code), outputs)
