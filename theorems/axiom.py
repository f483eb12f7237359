"""An axiom or property of softening operators: what it says, when a form has it for all V, what breaks it.

* `conclusion(operator)` is the statement as a proposition; `claim_for(operator)` the claim about it.
* `reductions(operator, form)` are ways to prove it: if all conditions of one hold, so does the statement, by
  the claims that the reduction cites.  Conditions are about one or two real variables, whatever V is.
* `breach(witness, image, log)` are two lists of numbers: where all of the first are > 0 and all of the second
  are >= 0, the witness refutes the statement.  Any arithmetic will do: floats to hunt, balls to recheck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import sympy as sp

from theorems.claim import Claim, Source
from theorems.logic import Proposition
from theorems.operator import Form, Operator, V

CLASSES = sp.Symbol("V", integer=True)
Image = Callable[[Sequence[Any], Any], Sequence[Any]]
Breach = Callable[[Mapping[str, Any], Image, Callable[[Any], Any]], tuple[Sequence[Any], Sequence[Any]]]


@final
@dataclass(frozen=True)
class Reduction:
    """`conditions`, and the verdicts `needs` of the same operator, imply the statement on `scope`; `cites` say why."""

    cites: tuple[str, ...]
    conditions: tuple[Proposition, ...] = ()
    needs: tuple[str, ...] = ()
    scope: str = "all V"


@final
@dataclass(frozen=True)
class Axiom:
    """One label: what is asked of an operator."""

    label: str
    title: str
    statement: str
    source: Source
    formalisation: str
    conclusion: Callable[[Operator], Proposition]
    reductions: Callable[[Operator, Form], Iterable[Reduction]]
    breach: Breach | None = None
    out_of_scope: Callable[[Operator], str] = lambda operator: ""

    def claim_for(self, operator: Operator) -> Claim:
        """The claim that `operator` has this property, V being a whole number of classes."""
        return Claim(
            label=f"{self.label}[{operator.name}]", title=f"{operator.name}: {self.title}", source=self.source,
            formalisation=self.formalisation, kind="implication", hypotheses=(), conclusion=self.conclusion(operator).xreplace({V: CLASSES}),
            expected=operator.expected.get(self.label, "proved"))
