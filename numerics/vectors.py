"""Vector candidates of fixed V: certified bisection on boxes inside the simplex.  Filled in below."""

from __future__ import annotations

from theorems.axiom import Axiom
from theorems.operator import Operator
from theorems.report import Finding


def enclose(axiom: Axiom, operator: Operator, seconds: float) -> Finding | None:
    return None
