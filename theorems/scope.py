"""What is known at one place of a proof, and the zero test and sign test under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import final

import sympy as sp
from sympy.core.function import AppliedUndef

from theorems import sign
from theorems.logic import All, ForAll, Named, Proposition, Relation
from theorems.terms import E, canonical, free_names, fresh, peel, random_names, renamed, substitute

_NOT_REAL = (sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I)
# Operations that have a real value wherever their own condition holds; any other is not shown to be defined.
_TOTAL = (sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.Abs, sp.sign, sp.Max, sp.Min, sp.sin, sp.cos, sp.atan, sp.acos,
          sp.sinh, sp.cosh, sp.tanh, sp.floor, sp.ceiling, sp.KroneckerDelta, AppliedUndef)
#: Operations that jump, and those with kinks: what is made of the others is continuous, or differentiable, where it is defined.
JUMPING = (sp.KroneckerDelta, sp.Piecewise, sp.floor, sp.ceiling, sp.sign, sp.Heaviside)
ROUGH = (*JUMPING, sp.Abs, sp.Max, sp.Min)

_FEW = 12


def _operations(fact: Proposition) -> int:
    """Number of nodes of a fact."""
    return sum(1 for _ in islice(sp.preorder_traversal(fact), 4 * _FEW)) // 3


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

    def holds(self, goal: Proposition, *, effort: int = 3) -> bool:
        """`goal` is one of the facts, or a relation that the sign calculus derives from them with this effort."""
        wanted = canonical(goal)
        if any(canonical(f) == wanted for f in self.flat):
            return True
        if isinstance(goal, All):
            return all(self.holds(part, effort=effort) for part in goal.args)
        return isinstance(goal, Relation) and self.shows(goal, effort=effort) and self.defined(goal)

    @cached_property
    def short(self) -> tuple[Proposition, ...]:
        """The facts of few operations: mostly those about signs."""
        return tuple(g for g in self.given if _operations(g) <= _FEW)

    def shows_soon(self, goal: Relation) -> bool:
        """`shows`, tried with little effort first, and on the short facts alone: most conditions are plain signs."""
        wanted = canonical(goal)
        few = self.short
        quick = sign.shows(wanted, few, effort=0) or (len(few) < len(self.given) and sign.shows(wanted, few))
        return quick or self.shows(goal)

    def shows(self, goal: Relation, *, effort: int = 3) -> bool:
        return sign.shows(canonical(goal), self.given, effort=effort)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every free name of the facts."""
        return frozenset[str]().union(*(free_names(f) for f in self.facts))

    @cached_property
    def known(self) -> frozenset[Proposition]:
        return frozenset(self.given)

    def extended(self, more: Iterable[Proposition]) -> Scope:
        return Scope((*self.facts, *more))

    def inside(self, node: sp.Sum) -> tuple[sp.Symbol, sp.Expr, Scope]:
        """A bound variable apart from all names here, the body in it, and the scope within the sum."""
        summand, variable, (low, high) = peel(node)
        taken = self.names | free_names(node)
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
        """`term` is shown to be a real number under the facts: every division, logarithm and root makes sense."""
        if term in _NOT_REAL:
            return False
        if isinstance(term, Relation):
            return self.defined(term.left) and self.defined(term.right)
        if isinstance(term, sp.Sum):
            _, body, within = self.inside(term)
            return all(map(self.defined, peel(term)[2])) and within.defined(body)
        if isinstance(term, E):
            return self.surely.defined(term.args[0])
        if isinstance(term, sp.Indexed):
            return all(map(self.defined, term.indices))
        if isinstance(term, sp.Derivative):
            return not any(isinstance(part, ROUGH) for part in sp.preorder_traversal(term.expr)) and self.defined(term.expr)
        if isinstance(term, sp.Integral):
            return self._integrable(term)
        if isinstance(term, sp.IndexedBase) or not term.args:
            return not term.has(*_NOT_REAL)
        return isinstance(term, _TOTAL) and all(self.defined(a) for a in term.args) and self._own_condition(term)

    def _integrable(self, term: sp.Integral) -> bool:
        """A continuous integrand between two numbers; what is not differentiable may still jump."""
        body, variable, ends = peel(term)
        if len(ends) != 2 or not all(map(self.defined, ends)) or not self.shows(Relation(ends[0], "<=", ends[1])):
            return False
        new = renamed(variable, fresh(str(variable), self.names | free_names(term)))
        within = self.extended((Relation(ends[0], "<=", new), Relation(new, "<=", ends[1])))
        return not any(isinstance(part, (*JUMPING, AppliedUndef)) for part in sp.preorder_traversal(body)) and (
            within.defined(substitute(body, {str(variable): new})))

    def _own_condition(self, term: sp.Basic) -> bool:
        zero = sp.Integer(0)
        if isinstance(term, sp.KroneckerDelta):
            return all(a.is_integer for a in term.args)
        if isinstance(term, sp.log):
            return self.shows_soon(Relation(term.args[0], ">", zero))
        if isinstance(term, sp.acos):
            return all(self.shows_soon(r) for r in (Relation(term.args[0], ">=", -sp.S.One), Relation(term.args[0], "<=", sp.S.One)))
        if isinstance(term, sp.Pow) and term.base != sp.E:
            base, exponent = term.args
            if exponent.is_Integer:
                return bool(exponent >= 0) or self.shows_soon(Relation(base, "!=", zero))
            return any(self._root(base, exponent, effort) for effort in (0, 3))
        return True

    def _root(self, base: sp.Expr, exponent: sp.Expr, effort: int) -> bool:
        """Whether base > 0 is shown, or base >= 0 and exponent > 0."""
        zero = sp.Integer(0)
        if self.shows(Relation(base, ">", zero), effort=effort):
            return True
        return self.shows(Relation(base, ">=", zero), effort=effort) and self.shows(Relation(exponent, ">", zero), effort=effort)
