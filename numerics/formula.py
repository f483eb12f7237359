"""Images F_T(p) of softening operators, enclosed from the operator's formula text alone.  Trusted.

`Formula` reads what `verify --json` prints: form, expression, domain.  A probability vector is given by exact
rationals or by `Closed` intervals; the image is a list of `Closed` intervals at the precision of the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp
from flint import arb, fmpq

from numerics.balls import rational
from numerics.enclosure import Closed, Pair
from numerics.exact import Symbolic
from theorems.compile import Program, compile_expressions
from theorems.errors import InvalidOperator
from theorems.operator import Blend, Composed, Domain, Form, Generator, Operator, Reparametrised, Separable, Vector
from theorems.parse import parse_expression

TAU_STEPS: Final = 80
INVERSE_STEPS: Final = 100
CLOSED: Final = Closed()


@final
@dataclass(frozen=True)
class Formula:
    """A separable weight in p, T, V; a generator in p; a vector in p1 .. pV, T; or a combination of such in brackets."""

    form: str
    text: str
    domain: tuple[str, str]

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Formula:
        form, text = data["form"], data["expression"]
        if form not in ("separable", "generator", "vector", "combination") or not isinstance(text, str):
            raise InvalidOperator(f"the form {form!r} cannot be evaluated from its text; give separable, generator, vector or combination")
        low, high = data["domain"]
        return Formula(form, text.removeprefix("generator:"), (low, high))

    def has(self, temperature: fmpq) -> bool:
        """Does the domain hold this temperature?"""
        low, high = self.domain
        return temperature > 0 and temperature >= rational(low) and (high == "inf" or temperature <= rational(high))

    def components(self, size: int) -> tuple[sp.Expr, ...]:
        """The expressions of the formula, parsed: one weight or generator, or `size` components."""
        if self.form != "vector":
            names = "pTV" if self.form == "separable" else "p"
            return (parse_expression(self.text, [sp.Symbol(name, real=True) for name in names]),)
        parts = _split(self.text.strip()[1:-1])
        if len(parts) != size:
            raise InvalidOperator(f"the vector has {len(parts)} components, the witness {size}")
        symbols = [sp.Symbol(f"p{k}", real=True) for k in range(1, size + 1)] + [sp.Symbol("T", real=True)]
        return tuple(parse_expression(part, symbols) for part in parts)

    def program(self, size: int) -> Program:
        names = {"separable": "p T V", "generator": "p"}.get(self.form) or " ".join(f"p{k}" for k in range(1, size + 1)) + " T"
        symbols = [sp.Symbol(name, real=True) for name in names.split()]
        return compile_expressions(self.components(size), symbols, fused=True)

    def image(self, p: Sequence[Any], temperature: Any) -> list[Pair]:
        """Enclosures of F_T(p)_1 .. F_T(p)_V."""
        if self.form == "combination":
            return _combined(self.text, p, temperature)
        points = [CLOSED.interval(x, x) if isinstance(x, fmpq) else x for x in p]
        heat = CLOSED.interval(temperature, temperature) if isinstance(temperature, fmpq) else temperature
        program = self.program(len(p))
        if self.form == "vector":
            return program.run(CLOSED, *points, heat)
        if self.form == "separable":
            size, known = CLOSED.constant(len(p), 1), dict[Any, Pair]()
            for x, point in zip(p, points, strict=True):
                if repr(x) not in known:
                    known[repr(x)] = program.run(CLOSED, point, heat, size)[0]
            return normalised(CLOSED, [known[repr(x)] for x in p])
        return _generated(self.components(1)[0], program, points, heat)

    def exact_image(self, p: Sequence[fmpq], temperature: Any) -> list[sp.Expr] | None:
        """F_T(p) as SymPy expressions, for ties that no enclosure can show; None for generators and combinations."""
        if self.form == "combination":
            return None
        points, exact = [sp.Rational(int(x.p), int(x.q)) for x in p], Symbolic()
        if isinstance(temperature, fmpq):
            temperature = sp.Rational(int(temperature.p), int(temperature.q))
        program = self.program(len(p))
        if self.form == "vector":
            return program.run(exact, *points, temperature)
        if self.form == "separable":
            weights = [program.run(exact, x, temperature, sp.Integer(len(p)))[0] for x in points]
            return [weight / sp.Add(*weights) for weight in weights]
        return None


    def shape(self, size: int) -> Form:
        """The operator's form, read from the text: what limits are taken of."""
        if self.form == "vector":
            return Vector(self.components(size))
        if self.form == "generator":
            return Generator(self.components(size)[0])
        return Separable(self.components(size)[0]) if self.form == "separable" else _shape(self.text, size)


def _part(text: str) -> Formula:
    """The operator between the brackets of a combination; its own domain does not matter there."""
    if text.startswith("generator:"):
        form = "generator"
    elif text.startswith(("[", "(1 - c)*[")):
        form = "combination"
    else:
        form = "vector" if text.startswith("(") and text.endswith(")") and len(_split(text[1:-1])) > 1 else "separable"
    return Formula(form, text.removeprefix("generator:"), ("0", "inf"))


def _bracket_end(text: str, start: int) -> int:
    """The place of the bracket that closes the one at `start`."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0:
            return place
    raise InvalidOperator(f"a bracket is not closed in {text}")


def _at(text: str, temperature: Any) -> Any:
    """An expression in T at a temperature: exact where it is rational."""
    heat = sp.Symbol("T", real=True)
    expression = parse_expression(text, [heat])
    if isinstance(temperature, fmpq):
        exact = expression.subs(heat, sp.Rational(int(temperature.p), int(temperature.q)))
        if exact.is_Rational:
            return rational(str(exact))
        temperature = CLOSED.interval(temperature, temperature)
    return compile_expressions([expression], [heat], fused=True).run(CLOSED, temperature)[0]


def _read(text: str) -> tuple[str, Formula, Formula | None, str]:
    """The kind, parts and expression in T of `(1 - c)*[F] + c*[G], c = ...`, `[F] at T -> ...` or `[F] after [G]`."""
    start = len("(1 - c)*") if text.startswith("(1 - c)*[") else 0
    end = _bracket_end(text, start)
    first, rest = _part(text[start + 1 : end]), text[end + 1 :]
    if start and rest.startswith(" + c*["):
        close = _bracket_end(rest, 5)
        second, tail = _part(rest[6:close]), rest[close + 1 :]
        if not tail.startswith(", c = "):
            raise InvalidOperator(f"no coefficient in {text}")
        return "blend", first, second, tail.removeprefix(", c = ")
    if rest.startswith(" at T -> "):
        return "clock", first, None, rest.removeprefix(" at T -> ")
    if rest.startswith(" after [") and rest.endswith("]"):
        return "after", first, _part(rest[8:-1]), ""
    raise InvalidOperator(f"{text} is no combination")


def _combined(text: str, p: Sequence[Any], temperature: Any) -> list[Pair]:
    kind, first, second, heat = _read(text)
    if kind == "clock" or second is None:
        return first.image(p, _at(heat, temperature))
    if kind == "after":
        return first.image(second.image(p, temperature), temperature)
    coefficient = _at(heat, temperature)
    c = CLOSED.interval(coefficient, coefficient) if isinstance(coefficient, fmpq) else coefficient
    pairs = zip(first.image(p, temperature), second.image(p, temperature), strict=True)
    return [CLOSED.add(a, CLOSED.multiply(c, CLOSED.subtract(b, a))) for a, b in pairs]


def _shape(text: str, size: int) -> Form:
    kind, first, second, heat = _read(text)
    anywhere = Domain(sp.Integer(0), sp.oo)
    outer = Operator("first", first.shape(size), anywhere)
    inner = outer if second is None else Operator("second", second.shape(size), anywhere)
    if kind == "after":
        return Composed(outer, inner)
    expression = parse_expression(heat, [sp.Symbol("T", real=True)])
    return Reparametrised(outer, expression) if kind == "clock" else Blend(outer, inner, expression)


def _split(text: str) -> list[str]:
    """The parts of `text` between commas outside parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


def normalised(base: Any, weights: Sequence[Any]) -> list[Any]:
    """w_i / sum w, each as a share of the others, which are summed from both sides."""
    before, after = [base.constant(0, 1)], [base.constant(0, 1)]
    for weight, last in zip(weights, reversed(weights), strict=True):
        before.append(base.add(before[-1], weight))
        after.append(base.add(after[-1], last))
    return [base.share(weight, base.add(before[k], after[len(weights) - 1 - k])) for k, weight in enumerate(weights)]


def _edge(test: Callable[[fmpq], bool], inside: fmpq, outside: fmpq, steps: int) -> fmpq:
    """The point nearest to `outside` at which the test was seen to hold, by bisection from `inside`."""
    for _ in range(steps):
        middle = (inside + outside) / 2
        if test(middle):
            inside = middle
        else:
            outside = middle
    return inside


def _bracketed(below: Callable[[fmpq], bool], above: Callable[[fmpq], bool], low: fmpq, high: fmpq, steps: int) -> tuple[fmpq, fmpq]:
    """Points that are shown to lie below and above a crossing, close together; `low` and `high` do so."""
    low = _edge(below, low, high, steps)
    near = low + (high - low) / 2 ** (steps - 3)
    return low, near if above(near) else _edge(above, high, low, steps)


def _generated(phi: sp.Expr, program: Program, p: list[Pair], heat: Pair) -> list[Pair]:
    """g(phi(p_i)/T - tau) with tau enclosed by bisection; phi is taken to be strictly increasing on (0, 1]."""
    run = program.bind(CLOSED)
    value = _values(program)
    at_zero = value(fmpq(0))
    if not CLOSED.finite(at_zero) and sp.limit(phi, sp.Symbol("p", real=True), 0, "+") != -sp.oo:
        raise InvalidOperator("the generator has neither a value nor the limit -inf at 0")
    if any(value(fmpq(k, 64))[0] >= value(fmpq(k + 1, 64))[1] for k in range(1, 63)):
        raise InvalidOperator("the generator does not increase")
    inverse_heat = CLOSED.divide(CLOSED.constant(1, 1), heat)
    none = [x[1] == 0 and not CLOSED.finite(at_zero) for x in p]
    levels = [None if empty else CLOSED.multiply(run(x)[0], inverse_heat) for x, empty in zip(p, none, strict=True)]
    alive = [level for level in levels if level is not None]
    if len(alive) == 1:
        return [CLOSED.constant(int(level is not None), 1) for level in levels]
    if not all(CLOSED.finite(level) for level in alive):
        raise InvalidOperator("the generator has no value at an entry")

    def total(tau: fmpq) -> Pair:
        sum_ = CLOSED.constant(0, 1)
        for level in alive:
            sum_ = CLOSED.add(sum_, _inverse(value, at_zero, CLOSED.subtract(level, CLOSED.interval(tau, tau))))
        return sum_

    low, high = fmpq(-1), fmpq(1)
    while not total(low)[0] > 1:
        low = _doubled(low)
    while not total(high)[1] < 1:
        high = _doubled(high)
    tau = CLOSED.interval(*_bracketed(lambda t: bool(total(t)[0] > 1), lambda t: bool(total(t)[1] < 1), low, high, TAU_STEPS))
    return [CLOSED.constant(0, 1) if level is None else _inverse(value, at_zero, CLOSED.subtract(level, tau)) for level in levels]


def _doubled(tau: fmpq) -> fmpq:
    if abs(tau) > 2**60:
        raise InvalidOperator("no tau makes the sum 1")
    return 2 * tau


def _values(program: Program) -> Callable[[fmpq], Pair]:
    run = program.bind(CLOSED)
    return lambda x: run(CLOSED.interval(x, x))[0]  # type: ignore[no-any-return]


def _inverse(value: Callable[[fmpq], Pair], at_zero: Pair, level: Pair) -> Pair:
    """An enclosure of phi^-1 of an interval: 0 below the range of phi, 1 above it."""
    bottom, top = _preimage(value, at_zero, level[0])[0], _preimage(value, at_zero, level[1])[1]
    return arb(bottom).lower(), arb(top).upper()


def _preimage(value: Callable[[fmpq], Pair], at_zero: Pair, level: arb) -> tuple[fmpq, fmpq]:
    """Rationals around phi^-1(level)."""
    if at_zero[0] >= level:
        return fmpq(0), fmpq(0)
    return _bracketed(lambda x: bool(value(x)[1] < level), lambda x: bool(value(x)[0] > level), fmpq(0), fmpq(1), INVERSE_STEPS)
