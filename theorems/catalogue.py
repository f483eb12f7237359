"""Finds operators and axioms by file: registration by existence, every mismatch loud.

Each file of `theorems/operators` (rogues in `rogues/`) ends in `OPERATOR`, or in `OPERATORS` for a family;
each file of `theorems/axioms` ends in `AXIOM`.  A missing constant and a duplicate name raise.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType, ModuleType

import theorems.axioms
import theorems.operators
import theorems.operators.rogues
from theorems.axiom import Axiom
from theorems.errors import DuplicateLabel, UnknownLabel
from theorems.labels import LABELS
from theorems.operator import Operator


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """The files of a package, in the order of their names; packages inside it are passed over."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if not found.ispkg:
            yield importlib.import_module(f"{package.__name__}.{found.name}")


def constants(module: ModuleType, name: str) -> tuple[object, ...]:
    """The constant `name` of a file, or the tuple in its plural."""
    if hasattr(module, name + "S"):
        return tuple(getattr(module, name + "S"))
    if hasattr(module, name):
        return (getattr(module, name),)
    raise UnknownLabel(f"{module.__name__} must end in the constant {name}")


@cache
def operators() -> Mapping[str, Operator]:
    """Every shipped operator, then every rogue, by name."""
    return MappingProxyType(_collected((theorems.operators, theorems.operators.rogues)))


@cache
def rogues() -> Mapping[str, Operator]:
    """The candidates that must be refuted, by name."""
    return MappingProxyType(_collected((theorems.operators.rogues,)))


def _collected(packages: tuple[ModuleType, ...]) -> dict[str, Operator]:
    found: dict[str, Operator] = {}
    for package in packages:
        for module in modules(package):
            for operator in constants(module, "OPERATOR"):
                if not isinstance(operator, Operator):
                    raise UnknownLabel(f"{module.__name__}: OPERATOR must be an Operator")
                if operator.name in found:
                    raise DuplicateLabel(f"two operators are named {operator.name}")
                found[operator.name] = operator
    return found


ORDER = LABELS


@cache
def axioms() -> Mapping[str, Axiom]:
    """Every axiom and property by label, in the order of `ORDER`."""
    found: dict[str, Axiom] = {}
    for module in modules(theorems.axioms):
        for axiom in constants(module, "AXIOM"):
            if not isinstance(axiom, Axiom):
                raise UnknownLabel(f"{module.__name__}: AXIOM must be an Axiom")
            if axiom.label in found:
                raise DuplicateLabel(f"two axioms are labelled {axiom.label}")
            found[axiom.label] = axiom
    if set(found) != set(ORDER):
        raise UnknownLabel(f"the axioms and their order differ in {', '.join(sorted(set(found) ^ set(ORDER)))}")
    return MappingProxyType({label: found[label] for label in ORDER})
