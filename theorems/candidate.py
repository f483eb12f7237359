"""What a user may name on the command line -> `Operator`: shipped name, formula, generator or Python file."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import mpmath
import sympy as sp

from theorems.compile import compile_expressions
from theorems.errors import InvalidOperator, OverproofError
from theorems.grammar import LENGTH_LIMIT
from theorems.operator import BlackBox, Domain, Generator, Operator, Separable, T, V, p
from theorems.parse import parse_expression

_FILE = re.compile(r"(?P<path>.+\.py)(?::(?P<name>[A-Za-z_]\w*))?", re.ASCII | re.DOTALL)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9-]*")
_MEMBER = re.compile(r"(?P<family>[A-Za-z_][A-Za-z_0-9]*)\((?P<arguments>[^()]*)\)")
_FAMILY_NAMES: Final = {"p", "T", "V", "pi", "E"}
PROBES: Final = tuple(sp.Rational(k, 16) for k in range(1, 17))

Limit = Callable[[sp.Expr, sp.Symbol, int], sp.Expr]


def parse_candidate(text: str, domain: Domain | None = None, *, limit: Limit = sp.limit) -> Operator:
    """The operator that `text` names; `limit` takes the limit phi(0+) that settles a generator's domain.

    `NAME` or `FAMILY(NUMBER)` is a shipped operator or rogue, `generator:EXPR` a generator,
    `FILE.py[:NAME]` an `Operator` (or a callable f(p, T)) in the user's own file, anything else a separable
    weight in p, T and V.  Without `domain` it is the operator's own; 0:inf for a weight; for a generator
    0:inf if phi(0+) = -inf, else 1:inf.  `InvalidOperator` names fault and mend.
    """
    text = text.strip()
    known = shipped(text) if len(text) <= LENGTH_LIMIT else None
    if known is not None:
        return known if domain is None else replace(known, domain=domain)
    if text.startswith("generator:"):
        return generator(text.removeprefix("generator:"), domain, limit=limit)
    if names_file(text) and (match := _FILE.fullmatch(text)):
        return _from_file(Path(match["path"]), match["name"], domain)
    return separable(text, domain)


def names_file(text: str) -> bool:
    """Whether a candidate is a `FILE.py[:NAME]`, which may take its time to import."""
    return len(text) <= LENGTH_LIMIT and not text.startswith("generator:") and _FILE.fullmatch(text.strip()) is not None


def separable(text: str, domain: Domain | None = None, *, name: str = "") -> Operator:
    """The separable operator with the weight `text`, an expression in p, T and V."""
    weight = parse_expression(text, (p, T, V))
    check_weight(weight)
    return Operator(name or str(weight), Separable(weight), domain or Domain(sp.Integer(0), sp.oo))


def generator(text: str, domain: Domain | None = None, *, name: str = "", limit: Limit = sp.limit) -> Operator:
    """The generator operator of phi = `text`, an expression in p."""
    phi = parse_expression(text, (p,))
    for point in PROBES[:-1]:
        value = _value(phi, point)
        if value is not None and not isinstance(value, mpmath.mpf):
            raise InvalidOperator(f"the generator {phi} is not real at p = {point}; give a formula that is real for 0 < p < 1")
    if domain is None:
        domain = Domain(sp.Integer(0) if _falls_without_bound(phi, limit) else sp.Integer(1), sp.oo)
    return Operator(name or f"generator:{phi}", Generator(phi), domain)


def _falls_without_bound(phi: sp.Expr, limit: Limit) -> bool:
    """Whether phi(0+) = -inf; a limit that SymPy cannot take counts as finite, which gives the smaller domain."""
    try:
        return bool(limit(phi, p, 0) == -sp.oo)
    except (OverproofError, NotImplementedError, ValueError, TypeError, AttributeError):
        return False


def check_weight(weight: sp.Expr) -> None:
    """Refuse a weight that is not real at T = 1, or positive nowhere there; any finer fault is the verdict's."""
    values = {point: _value(weight, point) for point in PROBES}
    for point, value in values.items():
        if value is not None and not isinstance(value, mpmath.mpf):
            raise InvalidOperator(f"the weight {weight} is not real at p = {point}, T = 1; give a formula that is real for 0 < p <= 1")
    known = {point: value for point, value in values.items() if value is not None}
    if known and all(value <= 0 for value in known.values()):
        point, value = next(iter(known.items()))
        shown = mpmath.nstr(value, 6)
        raise InvalidOperator(f"the weight {weight} is not positive: it is {shown} at p = {point}, T = 1; give a weight > 0 on 0 < p <= 1")


def _value(expression: sp.Expr, point: sp.Rational) -> Any:
    """At p = `point`, T = 1, V = 3 with 30 digits: mpf, mpc where not real, None where not finite or too big to tell."""
    with mpmath.workdps(30):
        arithmetic = _Multiprecision()
        inputs = [arithmetic.constant(int(point.p), int(point.q)), mpmath.mpf(1), mpmath.mpf(3)]
        try:
            (value,) = compile_expressions([expression], (p, T, V)).run(arithmetic, *inputs)
        except (OverflowError, ZeroDivisionError, ValueError, _TooBig):
            return None
        if isinstance(value, mpmath.mpc):
            return value.real if abs(value.imag) <= abs(value) * mpmath.mpf(10) ** -20 else value
        return value if mpmath.isfinite(value) else None


class _TooBig(Exception):
    """An exponential whose value would not fit."""


class _Multiprecision:
    """The arithmetic of mpmath for `Program.run`; logarithms and powers may leave the real line."""

    def constant(self, numerator: int, denominator: int) -> Any:
        return mpmath.mpf(numerator) / denominator

    def pi(self) -> Any:
        return +mpmath.pi

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def multiply(self, a: Any, b: Any) -> Any:
        return a * b

    def divide(self, a: Any, b: Any) -> Any:
        return a / b

    def integer_power(self, a: Any, exponent: int) -> Any:
        return self._bounded(a, exponent) ** exponent

    def power(self, a: Any, b: Any) -> Any:
        return self._bounded(a, b) ** b

    def maximum(self, a: Any, b: Any) -> Any:
        return a if self._real(a) >= self._real(b) else b

    def minimum(self, a: Any, b: Any) -> Any:
        return a if self._real(a) <= self._real(b) else b

    def _bounded(self, a: Any, exponent: Any) -> Any:
        if a != 0 and abs(mpmath.log(abs(a)) * abs(exponent)) > 10**6:
            raise _TooBig
        return a

    def _real(self, a: Any) -> Any:
        if isinstance(a, mpmath.mpc):
            raise ValueError("a maximum of numbers that are not real")
        return a

    def __getattr__(self, name: str) -> Any:
        function = getattr(mpmath, "fabs" if name == "absolute" else name)

        def bounded(a: Any) -> Any:
            if abs(a) > 10**6:
                raise _TooBig
            return function(a)

        return function if name in ("log", "absolute", "atan", "tanh") else bounded


def shipped(text: str) -> Operator | None:
    """The shipped operator or rogue of that name; None where `text` is rather a formula or a file."""
    from theorems import catalogue

    operators: Mapping[str, Operator] = catalogue.operators()
    spelled = text.replace(" ", "")
    if spelled in operators:
        return operators[spelled]
    if match := _MEMBER.fullmatch(spelled):
        family = importlib.util.find_spec(f"theorems.operators.{match['family']}")
        if family is not None:
            return _member(match["family"], match["arguments"])
    if _WORD.fullmatch(text) and text not in _FAMILY_NAMES:
        near = get_close_matches(text, operators, n=3) or sorted(operators)
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise InvalidOperator(f"unknown operator {shown!r}; use {', '.join(near)}, a formula in p, T and V, generator:EXPR or FILE.py")
    return None


def _member(family: str, arguments: str) -> Operator:
    """FAMILY(NUMBER, ...) by the function FAMILY of theorems/operators/FAMILY.py."""
    module = importlib.import_module(f"theorems.operators.{family}")
    build = getattr(module, family, None)
    if not callable(build):
        raise InvalidOperator(f"{family} takes no number; write {family}")
    numbers = [parse_expression(argument, ()) for argument in arguments.split(",")]
    try:
        member = build(*numbers)
    except (OverproofError, TypeError, ValueError) as error:
        raise InvalidOperator(f"{family}({arguments}) is no operator: {_first_line(error)}") from error
    if not isinstance(member, Operator):
        raise InvalidOperator(f"{family}({arguments}) is no operator")
    return member


def _from_file(path: Path, name: str | None, domain: Domain | None) -> Operator:
    """The operator `name`, or the only one, of the user's Python file."""
    if len(path.name) > 255 or not path.is_file():
        raise InvalidOperator(f"there is no file {str(path)!r}; check the path")
    module = _load(path)
    found = {key: value for key, value in vars(module).items() if isinstance(value, Operator) and not key.startswith("_")}
    if name is None:
        if not found:
            mend = f"end it in OPERATOR = separable(...), or name a function: {path.name}:NAME"
            raise InvalidOperator(f"{path.name} defines no operator; {mend}")
        if len({id(value) for value in found.values()}) > 1 and "OPERATOR" not in found:
            raise InvalidOperator(f"{path.name} defines several operators; choose one: " + ", ".join(f"{path.name}:{key}" for key in found))
        name = "OPERATOR" if "OPERATOR" in found else next(iter(found))
    value = getattr(module, name, None)
    if isinstance(value, Operator):
        return value if domain is None else replace(value, domain=domain)
    if callable(value):
        return Operator(name, BlackBox(value), domain or Domain(sp.Integer(0), sp.oo))
    near = get_close_matches(name, found, n=1) or list(found)
    mend = f"did you mean {path.name}:{near[0]}?" if near else "end it in OPERATOR = separable(...)"
    raise InvalidOperator(f"{path.name} defines no operator {name!r}; {mend}")


def _load(path: Path) -> ModuleType:
    """The file, run as Python: that is what naming it asks for."""
    spec = importlib.util.spec_from_file_location(f"_candidate_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise InvalidOperator(f"{path.name} cannot be read as Python; check the file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        what = f"{path.name} raised {type(error).__name__} on import: {_first_line(error)}"
        raise InvalidOperator(f"{what}; run it with Python to see where") from error
    return module


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0]
