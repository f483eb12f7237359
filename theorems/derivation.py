"""Writing a proof: a `Derivation` collects steps; the kernel (`theorems.proof`) decides them afterwards.

    d = Derivation(CLAIM)
    a = d.combine(le(x, z), {"first": 1, "second": 1}, because="add the two bounds")
    PROOF = d.done()

Every method returns the name of the new fact.  `by` names the facts that the step may look at; `at(name, x=term)`
is an instance of a `for all`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

import sympy as sp

from theorems.claim import Claim
from theorems.logic import ForAll, Proposition
from theorems.proof import At, Part, Proof, Step, target

Fact = str | At


def at(name: str, **values: Any) -> At:
    """The fact `name` (a `for all`) at these values of its variables."""
    return At(name, tuple(sorted((k, sp.sympify(v)) for k, v in values.items())))


@final
class Derivation:
    """Collects the steps of one proof or sub-proof."""

    def __init__(self, claim: Claim, *, prefix: str = "") -> None:
        self.claim, self.prefix = claim, prefix
        self.steps: list[Step] = []
        self.count, self.parts = 0, 0

    def name(self) -> str:
        self.count, self.parts = self.count + 1, 0
        return f"{self.prefix}{self.count}"

    def step(self, rule: str, then: Proposition, by: Sequence[Fact] = (), *, because: str = "",
             parts: tuple[Part, ...] = (), name: str = "", **data: Any) -> str:
        """Append one step of any rule."""
        step = Step(name or self.name(), rule, then, tuple(by), data, because, parts)
        self.steps.append(step)
        return step.name

    # -- algebra and calculus -------------------------------------------------------------------
    def rewrite(self, then: Proposition, by: Sequence[Fact] = (), *, using: Sequence[Fact] = (), because: str = "") -> str:
        """An equation, both sides equal under the facts, after the equations `using` are put in."""
        return self.step("rewrite", then, (*by, *using), because=because, using=tuple(using))

    def combine(self, then: Proposition, terms: Mapping[Fact, Any], by: Sequence[Fact] = (), *, because: str = "") -> str:
        """A linear combination of facts: coefficient of each."""
        pairs = tuple((fact, sp.sympify(c)) for fact, c in terms.items())
        return self.step("combine", then, (*terms, *by), because=because, terms=pairs)

    def sign(self, then: Proposition, by: Sequence[Fact] = (), *, because: str = "") -> str:
        return self.step("sign", then, by, because=because)

    def transfer(self, then: Proposition, fact: Fact, by: Sequence[Fact] = (), *, because: str = "") -> str:
        """`fact` with equals put for equals; equations come among `by`."""
        return self.step("transfer", then, (fact, *by), because=because)

    def derivative(self, then: Proposition, by: Sequence[Fact] = (), *, because: str = "") -> str:
        return self.step("differentiate", then, by, because=because)

    def monotone(self, then: Proposition, slope: Fact, by: Sequence[Fact] = (), *, low: Any, high: Any, because: str = "") -> str:
        return self.step("monotone", then, (slope, *by), because=because, low=sp.sympify(low), high=sp.sympify(high))

    def limit(self, then: Proposition, by: Sequence[Fact] = (), *, because: str = "") -> str:
        return self.step("limit", then, by, because=because)

    # -- logic ----------------------------------------------------------------------------------
    def restate(self, then: Proposition, by: Sequence[Fact], *, because: str = "") -> str:
        return self.step("restate", then, by, because=because)

    def part(self, variables: Sequence[Any], assume: Mapping[str, Proposition], body: Callable[[Derivation], object]) -> Part:
        """A sub-proof written by `body`, whose last step is its result."""
        self.parts += 1
        inner = Derivation(self.claim, prefix=f"{self.prefix}{self.count + 1}{chr(96 + self.parts)}.")
        body(inner)
        return Part(tuple(variables), tuple(assume.items()), tuple(inner.steps))

    def for_all(self, variables: Sequence[Any], assume: Mapping[str, Proposition], body: Callable[[Derivation], object],
                *, because: str = "") -> str:
        """For all `variables` under the named assumptions: the last conclusion of `body`."""
        part = self.part(variables, assume, body)
        then = ForAll(tuple(variables), tuple(assume.values()), part.steps[-1].then)
        return self.step("generalise", then, because=because, parts=(part,))

    def cases(self, then: Proposition, options: Mapping[str, Proposition], body: Callable[[Derivation, str], object],
              by: Sequence[Fact] = (), *, because: str = "") -> str:
        """`body(sub, name)` proves `then` under each of the named options."""
        def case(name: str) -> Callable[[Derivation], object]:
            return lambda sub: body(sub, name)

        parts = tuple(self.part((), {name: option}, case(name)) for name, option in options.items())
        return self.step("cases", then, by, because=because, parts=parts)

    def induction(self, then: ForAll, base: Callable[[Derivation], object], further: Callable[[Derivation], object],
                  *, because: str = "", names: tuple[str, str] = ("range", "hypothesis")) -> str:
        """`further` may use the facts `range` (a <= n) and `hypothesis` (P(n))."""
        parts = (self.part((), {}, base),
                 self.part(then.variables, {names[0]: then.given[0], names[1]: then.then}, further))
        return self.step("induction", then, because=because, parts=parts)

    def contradiction(self, then: Proposition, body: Callable[[Derivation], object], by: Sequence[Fact] = (), *, negated: str = "negated", because: str = "") -> str:
        """`body` leads the negation of `then` to a false relation between numbers; `by` (else all facts in view) shows that `then` is defined."""
        from theorems.claim import negation

        part = self.part((), {negated: negation(then)}, body)
        return self.step("contradiction", then, by, because=because, parts=(part,))

    def exhibit(self, then: Proposition, by: Sequence[Fact] = (), *, because: str = "", **values: Any) -> str:
        return self.step("exhibit", then, by, because=because, values=values)

    def use(self, label: str, then: Proposition, by: Sequence[Fact] = (), *, because: str = "", **values: Any) -> str:
        """A proved claim at these values of its free names; its hypotheses must be among `by`."""
        return self.step("use", then, by, because=because, label=label, values=values)

    def cite(self, lemma: str, then: Proposition, by: Sequence[Fact] = (), *, because: str = "", **values: Any) -> str:
        return self.step("cite", then, by, because=because, lemma=lemma, values=values)

    # -- the end --------------------------------------------------------------------------------
    def counterexample(self, by: Sequence[Fact] = (), *, outcomes: Sequence[tuple[Any, Mapping[str, Any]]] = (),
                       because: str = "", **values: Any) -> str:
        """The last step of a refutation: explicit values that satisfy the hypotheses and break the conclusion.

        `outcomes` is the finite law (weight, values) of the random names.
        """
        return self.step("exhibit", target(self.claim), by, because=because, values=values, law=tuple(outcomes))

    def done(self) -> Proof:
        return Proof(self.claim.label, tuple(self.steps))
