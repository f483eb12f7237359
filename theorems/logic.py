"""Propositions about real terms: relations, quantifiers, limits.  Terms are SymPy's, propositions are ours.

SymPy evaluates its own relations on sight (`x**2 >= 0` becomes `True`), which would let a statement change
while it is being handled.  These classes never evaluate; only the rules of a proof may replace one by another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import sympy as sp
from sympy.core.symbol import Str

FLIP = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}
_LATEX = {"<=": r"\le", "<": "<", ">=": r"\ge", ">": ">", "=": "=", "!=": r"\ne"}


class Proposition(sp.Basic):
    """Abstract: something that holds or does not."""

    def __bool__(self) -> bool:
        raise TypeError("a proposition has no truth value; prove it")


class Relation(Proposition):
    """`left op right` between real terms; `op` is one of = != <= < >= >."""

    def __new__(cls, left: Any, op: str | Str, right: Any) -> Relation:
        name = op.name if isinstance(op, Str) else op
        if name not in FLIP:
            raise ValueError(f"unknown relation {name}")
        return sp.Basic.__new__(cls, sp.sympify(left), Str(name), sp.sympify(right))

    @property
    def left(self) -> sp.Expr:
        return self.args[0]

    @property
    def op(self) -> str:
        return self.args[1].name

    @property
    def right(self) -> sp.Expr:
        return self.args[2]

    def flipped(self) -> Relation:
        """The same relation read from right to left."""
        return Relation(self.right, FLIP[self.op], self.left)

    def _latex(self, printer: Any) -> str:
        return f"{printer._print(self.left)} {_LATEX[self.op]} {printer._print(self.right)}"

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.left)} {self.op} {printer._print(self.right)}"


def eq(a: Any, b: Any) -> Relation:
    return Relation(a, "=", b)


def ne(a: Any, b: Any) -> Relation:
    return Relation(a, "!=", b)


def le(a: Any, b: Any) -> Relation:
    return Relation(a, "<=", b)


def lt(a: Any, b: Any) -> Relation:
    return Relation(a, "<", b)


def ge(a: Any, b: Any) -> Relation:
    return Relation(a, ">=", b)


def gt(a: Any, b: Any) -> Relation:
    return Relation(a, ">", b)


class _Quantified(Proposition):
    symbol: ClassVar[str]
    word: ClassVar[str]

    def __new__(cls, variables: Sequence[sp.Basic], given: Sequence[Proposition], then: Proposition) -> Any:
        return sp.Basic.__new__(cls, sp.Tuple(*variables), sp.Tuple(*given), then)

    @property
    def variables(self) -> tuple[sp.Basic, ...]:
        return tuple(self.args[0])

    @property
    def given(self) -> tuple[Proposition, ...]:
        return tuple(self.args[1])

    @property
    def then(self) -> Proposition:
        return self.args[2]

    @property
    def free_symbols(self) -> set[sp.Basic]:
        inner = set().union(*(a.free_symbols for a in (*self.given, self.then)))
        return inner - set().union(*(v.free_symbols for v in self.variables), set())


class ForAll(_Quantified):
    """For all `variables` with `given`: `then`.  With no variables this is an implication.

    A variable is a symbol, an IndexedBase (a finite family) or an applied-function name (a function).
    """

    def _latex(self, printer: Any) -> str:
        head = ", ".join(printer._print(v) for v in self.variables)
        given = r",\ ".join(printer._print(g) for g in self.given)
        start = rf"\forall {head}" if head else ""
        middle = rf"\ ({given})" if given else ""
        arrow = r":\ " if head else r"\ \Rightarrow\ "
        return start + middle + arrow + printer._print(self.then)

    def _sympystr(self, printer: Any) -> str:
        head = "for all " + ", ".join(map(printer._print, self.variables)) if self.variables else "if"
        given = " with " * bool(self.variables and self.given) + " and ".join(map(printer._print, self.given))
        return f"{head}{given if self.variables else ' ' + given}: {printer._print(self.then)}"


class Exists(_Quantified):
    """There are `variables` with `given` such that `then`."""

    def _latex(self, printer: Any) -> str:
        head = ", ".join(printer._print(v) for v in self.variables)
        given = r",\ ".join(printer._print(g) for g in (*self.given, self.then))
        return rf"\exists {head}:\ {given}"

    def _sympystr(self, printer: Any) -> str:
        given = " and ".join(map(printer._print, (*self.given, self.then)))
        return f"there are {', '.join(map(printer._print, self.variables))} with {given}"


class _Joined(Proposition):
    word: ClassVar[str]
    sign: ClassVar[str]

    def __new__(cls, *parts: Proposition) -> Any:
        return sp.Basic.__new__(cls, *parts)

    def _latex(self, printer: Any) -> str:
        return self.sign.join(rf"\left({printer._print(a)}\right)" if isinstance(a, (_Joined, _Quantified)) else printer._print(a) for a in self.args)

    def _sympystr(self, printer: Any) -> str:
        return self.word.join(f"({printer._print(a)})" if isinstance(a, (_Joined, _Quantified)) else printer._print(a) for a in self.args)


class All(_Joined):
    """Every part holds."""

    word, sign = " and ", r"\ \wedge\ "


class Any_(_Joined):
    """At least one part holds."""

    word, sign = " or ", r"\ \vee\ "


class Tends(Proposition):
    """`expression` tends to `limit` (a real, oo or -oo) as `variable` tends to `point`, from `side` + or -."""

    def __new__(cls, expression: Any, variable: Any, point: Any, limit: Any, side: str | Str = "+") -> Tends:
        side = side if isinstance(side, Str) else Str(side)
        return sp.Basic.__new__(cls, *map(sp.sympify, (expression, variable, point, limit)), side)

    @property
    def free_symbols(self) -> set[sp.Basic]:
        expression, variable, point, limit, _ = self.args
        return (expression.free_symbols - {variable}) | point.free_symbols | limit.free_symbols

    def _latex(self, printer: Any) -> str:
        expression, variable, point, limit, side = self.args
        mark = "" if point in (sp.oo, -sp.oo) else f"^{side.name}"
        to = f"{printer._print(variable)} \\to {printer._print(point)}{mark}"
        return rf"\lim_{{{to}}} {printer._print(expression)} = {printer._print(limit)}"

    def _sympystr(self, printer: Any) -> str:
        expression, variable, point, limit, side = self.args
        return f"{expression} -> {limit} as {variable} -> {point}{'' if point in (sp.oo, -sp.oo) else side.name}"


class Named(Proposition):
    """A property known by its name: `Named("independent", S, y)`.  Only the rules that know the name use it."""

    def __new__(cls, name: str | Str, *terms: Any) -> Named:
        return sp.Basic.__new__(cls, name if isinstance(name, Str) else Str(name), *map(sp.sympify, terms))

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def terms(self) -> tuple[sp.Basic, ...]:
        return tuple(self.args[1:])

    def _latex(self, printer: Any) -> str:
        return rf"\text{{{self.name}}}\left({', '.join(map(printer._print, self.terms))}\right)"

    def _sympystr(self, printer: Any) -> str:
        return f"{self.name}({', '.join(map(printer._print, self.terms))})"
