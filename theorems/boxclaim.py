"""Claims about a box: an expression is >= 0, or > 0, at every point of a product of closed rational intervals.

Where a formula has a removable gap at the edge (x log x and x^b with b > 0 at x = 0) its limit is meant; a
formula that is undefined elsewhere in the box makes the claim undecided, never proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, final

import sympy as sp

from theorems.compile import Program, compile_expressions
from theorems.errors import OverproofError
from theorems.evidence import digest
from theorems.parse import parse_expression

RELATIONS: Final = (">=", ">")
MOST_VARIABLES: Final = 4


@final
@dataclass(frozen=True)
class BoxClaim:
    """`expression` `relation` 0 on the box of `variables`, triples (name, low, high) of exact text.

    `operator` is the digest of the operator that the claim is about, or "".
    """

    expression: str
    relation: str
    variables: tuple[tuple[str, str, str], ...]
    operator: str = ""

    def __post_init__(self) -> None:
        names = [name for name, _, _ in self.variables]
        if self.relation not in RELATIONS:
            raise OverproofError(f"the relation {self.relation!r} is not one of {', '.join(RELATIONS)}")
        if not 1 <= len(names) <= MOST_VARIABLES or len(set(names)) < len(names):
            raise OverproofError(f"a box claim has 1 to {MOST_VARIABLES} different variables, not {', '.join(names) or 'none'}")
        for (name, _, _), (low, high) in zip(self.variables, self.box(), strict=True):
            if not low <= high:
                raise OverproofError(f"the interval of {name} is empty: {low} > {high}")
        self.formula()

    def symbols(self) -> tuple[sp.Symbol, ...]:
        return tuple(sp.Symbol(name, real=True) for name, _, _ in self.variables)

    def box(self) -> tuple[tuple[Fraction, Fraction], ...]:
        return tuple((_exact(low), _exact(high)) for _, low, high in self.variables)

    def formula(self) -> sp.Expr:
        """The expression, parsed from its text."""
        return _parsed(self.expression, tuple(name for name, _, _ in self.variables))[0]

    def program(self) -> Program:
        """The formula, compiled with fused instructions."""
        return _parsed(self.expression, tuple(name for name, _, _ in self.variables))[1]

    def to_json(self) -> dict[str, Any]:
        fields = {"expression": self.expression, "relation": self.relation, "variables": [list(v) for v in self.variables]}
        return {**fields, "operator": self.operator} if self.operator else fields

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> BoxClaim:
        """The claim that `to_json` wrote; `OverproofError` where `data` is none."""
        try:
            unknown = set(data) - {"expression", "relation", "variables", "operator"}
            if unknown:
                raise OverproofError(f"a box claim has no field {sorted(unknown)[0]!r}")
            texts = [data["expression"], data["relation"], data.get("operator", ""), *(part for v in data["variables"] for part in v)]
            if not all(isinstance(text, str) for text in texts):
                raise OverproofError("every entry of a box claim is text; write numbers as '1/10'")
            variables = tuple((name, low, high) for name, low, high in data["variables"])
            return BoxClaim(data["expression"], data["relation"], variables, data.get("operator", ""))
        except (KeyError, TypeError, ValueError) as error:
            raise OverproofError(f"not a box claim: {error}") from error

    def digest(self) -> str:
        return digest(self.to_json())


def box_claim(expression: sp.Expr, relation: str, box: Mapping[sp.Symbol, Sequence[Any]], *, operator: str = "") -> BoxClaim:
    """The claim `expression` `relation` 0 for SymPy input; ends are rationals, e.g. `{p: ("1/10", "9/10")}`."""
    variables = tuple((str(symbol), str(_exact(low)), str(_exact(high))) for symbol, (low, high) in box.items())
    renamed = expression.xreplace({symbol: sp.Symbol(str(symbol), real=True) for symbol in box})
    return BoxClaim(str(renamed), relation, variables, operator)


def _exact(value: Any) -> Fraction:
    if isinstance(value, float):
        raise OverproofError(f"{value!r} is a float; write an exact rational such as '1/10'")
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise OverproofError(f"{value!r} is not a rational number; write e.g. '1/10'") from error


@lru_cache(maxsize=256)
def _parsed(text: str, names: tuple[str, ...]) -> tuple[sp.Expr, Program]:
    symbols = [sp.Symbol(name, real=True) for name in names]
    expression = parse_expression(text, symbols)
    return expression, compile_expressions([expression], symbols, fused=True)
