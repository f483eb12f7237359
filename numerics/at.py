"""A claim at a user's numbers: are its hypotheses met there, and if so what are its closed forms worth?

Numbers are exact.  Numbers that break a hypothesis are out of scope, with the hypothesis named and no value given;
hypotheses about what was not given (families, functions) are listed as assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

import sympy as sp

from numerics.evaluate import Point, truth
from theorems.chapters import entries, find
from theorems.claim import Claim
from theorems.entry import Entry
from theorems.errors import OutOfDomain, UnknownLabel
from theorems.proof import variables_of
from theorems.terms import free_names
from theorems.verdict import OutOfScope

DIGITS = 12


@final
@dataclass(frozen=True)
class Value:
    """One closed form at the numbers: its name, what it is, the term, its exact value."""

    name: str
    meaning: str
    term: sp.Expr
    exact: sp.Expr

    @property
    def decimal(self) -> str:
        """The value to twelve digits."""
        return str(self.exact) if self.exact.is_Integer else str(sp.N(self.exact, DIGITS))


@final
@dataclass(frozen=True)
class ClaimAt:
    """`values` are empty exactly where `outside` says which hypothesis the numbers break."""

    claim: Claim
    numbers: Mapping[str, sp.Rational]
    values: tuple[Value, ...]
    outside: OutOfScope | None
    assumed: tuple[str, ...]

    def __getitem__(self, name: str) -> sp.Expr:
        """The exact value of the closed form `name`; numbers out of scope have none."""
        if self.outside is not None:
            raise OutOfDomain(self.outside.reason)
        found = {value.name: value.exact for value in self.values}
        if name not in found:
            raise UnknownLabel(f"{self.claim.label} has no closed form {name}; choose from {', '.join(found)}")
        return found[name]


def claim_at(label: str, **numbers: Any) -> ClaimAt:
    """The closed forms of the claim `label` at these numbers (integers, exact strings or SymPy rationals)."""
    entry = with_forms(label)
    given = {name: exact(name, value) for name, value in numbers.items()}
    require_names(entry, given)
    outside = broken(entry.claim, given)
    if outside is not None:
        return ClaimAt(entry.claim, given, (), outside, ())
    assumed = tuple(f"{name}: {h}" for name, h in entry.claim.hypotheses if not free_names(h) <= set(given))
    values = tuple(Value(q.name, q.meaning, q.term, put_in(q.term, given)) for q in entry.quantities)
    return ClaimAt(entry.claim, given, values, None, assumed)


def with_forms(label: str) -> Entry:
    """The entry, if it has closed forms to work out."""
    entry = find(label)
    if not entry.quantities:
        known = ", ".join(name for name, other in entries().items() if other.quantities)
        raise UnknownLabel(f"{label} has no closed form to work out; these have: {known}")
    return entry


def exact(name: str, value: Any) -> sp.Rational:
    """An exact rational; floats would hide which number is meant."""
    if isinstance(value, float):
        raise OutOfDomain(f"{name} = {value} is a float; give an exact number such as 1/10, or the string '0.1'")
    try:
        return sp.Rational(str(value).strip())
    except (TypeError, ValueError, ZeroDivisionError):
        raise OutOfDomain(f"{name} = {value} is no exact number; write it as 3, 1/10 or 0.1") from None


def require_names(entry: Entry, given: Mapping[str, Any]) -> None:
    """Every name that the closed forms need, and none that the claim does not know."""
    needed = sorted({name for q in entry.quantities for name in free_names(q.term)})
    known = sorted({v.name for v in variables_of(entry.claim) if isinstance(v, sp.Symbol)})
    unknown, missing = sorted(set(given) - set(known)), [name for name in needed if name not in given]
    if unknown:
        raise OutOfDomain(f"{entry.claim.label} does not speak of {unknown[0]}; it takes {', '.join(needed)}")
    if missing:
        raise OutOfDomain(f"{entry.claim.label} also needs {', '.join(missing)}; give each as {missing[0]}=NUMBER")


def broken(claim: Claim, given: Mapping[str, sp.Rational]) -> OutOfScope | None:
    """The first hypothesis about the given numbers alone that is not shown to hold at them."""
    for variable in variables_of(claim):
        if variable.is_integer and str(variable) in given and not given[str(variable)].is_integer:
            return OutOfScope(f"{claim.label} takes whole numbers for {variable}, not {given[str(variable)]}")
    for name, hypothesis in claim.hypotheses:
        if free_names(hypothesis) <= set(given) and truth(hypothesis, Point(given)) is not True:
            return OutOfScope(f"the hypothesis {name} of {claim.label} fails: {hypothesis}")
    return None


def put_in(term: sp.Expr, given: Mapping[str, sp.Rational]) -> sp.Expr:
    """The term with the numbers in place of its symbols."""
    return term.xreplace({s: given[s.name] for s in term.free_symbols})
