"""What is known at one place of a proof, and the zero test and sign test under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import final

import sympy as sp

from theorems import sign
from theorems.logic import All, ForAll, Named, Proposition, Relation
from theorems.terms import E, canonical, free_names, fresh, peel, random_names, renamed, substitute


@final
@dataclass(frozen=True)
class Scope:
    """The facts that a step names, sorted by kind; the tests of a step see these and nothing else."""

    facts: tuple[Proposition, ...]

    @cached_property
    def flat(self) -> tuple[Proposition, ...]:
        out: list[Proposition] = []
        for fact in self.facts:
            out.extend(fact.args if isinstance(fact, All) else [fact])
        return tuple(out)

    @cached_property
    def given(self) -> tuple[Proposition, ...]:
        """The relations and families of relations, in canonical form, as the sign calculus reads them."""
        return tuple(canonical(f) for f in self.flat if isinstance(f, (Relation, ForAll)))

    @cached_property
    def independent(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """Pairs of groups of names declared independent by `Named("independent", a, b)`."""
        named = [f for f in self.flat if isinstance(f, Named) and f.name == "independent"]
        return tuple((random_names(f.terms[0]), random_names(f.terms[1])) for f in named)

    @cached_property
    def surely(self) -> Scope:
        """The scope within an expectation: what the random names surely satisfy holds there."""
        sure = [t for f in self.flat if isinstance(f, Named) and f.name == "surely" for t in f.terms]
        return self.extended(sure) if sure else self

    def holds(self, goal: Proposition) -> bool:
        """`goal` is one of the facts, or a relation that the sign calculus derives from them."""
        wanted = canonical(goal)
        if any(canonical(f) == wanted for f in self.flat):
            return True
        if isinstance(goal, All):
            return all(self.holds(part) for part in goal.args)
        return isinstance(goal, Relation) and self.shows(goal)

    def shows(self, goal: Relation, *, effort: int = 3) -> bool:
        return sign.shows(canonical(goal), self.given, effort=effort)

    @cached_property
    def known(self) -> frozenset[Proposition]:
        return frozenset(self.given)

    def extended(self, more: Iterable[Proposition]) -> Scope:
        return Scope((*self.facts, *more))

    def inside(self, node: sp.Sum) -> tuple[sp.Symbol, sp.Expr, Scope]:
        """A bound variable apart from all names here, the body in it, and the scope within the sum."""
        summand, variable, (low, high) = peel(node)
        taken = frozenset[str]().union(*(free_names(f) for f in self.facts), free_names(node))
        name = fresh(str(variable), taken)
        new = renamed(variable, name)
        body = substitute(summand, {str(variable): new})
        within = self.extended((Relation(low, "<=", new), Relation(new, "<=", high)))
        return new, body, within.extended(within.instances(new))

    def instances(self, variable: sp.Symbol) -> list[Proposition]:
        """The facts `for all k with range: ...` that apply to `variable`."""
        out: list[Proposition] = []
        for fact in self.flat:
            if isinstance(fact, ForAll) and len(fact.variables) == 1 and isinstance(fact.variables[0], sp.Symbol):
                if fact.variables[0].is_integer and not variable.is_integer:
                    continue
                swap = {str(fact.variables[0]): variable}
                if all(isinstance(g, Relation) and self._plainly(substitute(g, swap)) for g in fact.given):
                    out.append(substitute(fact.then, swap))
        return out

    def _plainly(self, goal: Relation) -> bool:
        return canonical(goal) in self.known or self.shows(goal, effort=0)

    def defined(self, term: sp.Basic) -> bool:
        """Every division, logarithm and root in `term` is shown to make sense under the facts."""
        if isinstance(term, sp.Sum):
            _, body, within = self.inside(term)
            return within.defined(body)
        if isinstance(term, E):
            return self.surely.defined(term.args[0])
        if isinstance(term, (sp.Indexed, sp.Derivative, sp.Integral)) or not term.args:
            return not term.has(sp.nan, sp.zoo)
        return all(self.defined(a) for a in term.args) and self._own_condition(term)

    def _own_condition(self, term: sp.Basic) -> bool:
        zero = sp.Integer(0)
        if isinstance(term, sp.log):
            return self.shows(Relation(term.args[0], ">", zero))
        if isinstance(term, sp.Pow) and term.base != sp.E:
            base, exponent = term.args
            if exponent.is_Integer:
                return bool(exponent >= 0) or self.shows(Relation(base, "!=", zero))
            positive = self.shows(Relation(base, ">", zero))
            return positive or (self.shows(Relation(base, ">=", zero)) and self.shows(Relation(exponent, ">", zero)))
        return True
