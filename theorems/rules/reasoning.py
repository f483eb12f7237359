"""Rules of logic: instances, generalisation, cases, induction, witnesses, use of claims and citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sympy as sp

from theorems.claim import Claim, negation
from theorems.ground import grounded
from theorems.logic import All, Any_, Exists, ForAll, Named, Proposition, Relation
from theorems.proof import Checker, Part, Rejected, Rule, Step, require_integers, require_meaning, require_values, variables_of
from theorems.rules.algebra import require_defined, require_defined_inside
from theorems.scope import Scope
from theorems.terms import E, canonical, free_names, is_random, loose_random, random_names, substitute


def _require_same(found: Proposition, wanted: Proposition) -> None:
    if canonical(found) != canonical(wanted):
        raise Rejected(f"this shows {found}, not {wanted}")


def restate(step: Step, checker: Checker) -> set[str]:
    """One of the facts (an instance, a part of a conjunction), a conjunction of facts, or what their ranges say."""
    if not checker.scope(step).holds(step.then, effort=0):
        raise Rejected(f"{step.then} is not among the facts")
    return {"logic"}


def generalise(step: Step, checker: Checker) -> set[str]:
    """From a sub-proof with fresh variables and assumptions: for all such variables."""
    part = _part(step, 1)[0]
    _require_same(ForAll(part.variables, [p for _, p in part.assume], checker.sub_proof(part)), step.then)
    return {"logic"}


def _part(step: Step, count: int) -> tuple[Part, ...]:
    if len(step.parts) != count:
        raise Rejected(f"the rule needs {count} sub-proof(s)")
    return step.parts


def cases(step: Step, checker: Checker) -> set[str]:
    """The conclusion under each of several assumptions of which one must hold."""
    assumed = [part.assume[0][1] for part in step.parts if len(part.assume) == 1 and not part.variables]
    if len(assumed) != len(step.parts) or not assumed:
        raise Rejected("each case assumes one proposition")
    for option in assumed:
        require_defined_inside(option, checker.scope(step))
    if not _exhaustive(assumed, checker.scope(step)):
        raise Rejected("the cases are not shown to cover everything")
    for part in step.parts:
        _require_same(checker.sub_proof(part), step.then)
    return {"logic"}


def _exhaustive(assumed: list[Proposition], scope: Scope) -> bool:
    shapes = {canonical(a) for a in assumed}
    if any(isinstance(f, Any_) and {canonical(a) for a in f.args} == shapes for f in scope.flat):
        return True
    if len(assumed) == 2:
        return canonical(negation(assumed[0])) == canonical(assumed[1])
    relations = [a for a in assumed if isinstance(a, Relation)]
    if len(assumed) == 3 == len(relations):
        left, right = relations[0].left, relations[0].right
        return shapes == {canonical(Relation(left, op, right)) for op in ("<", "=", ">")}
    return False


def induction(step: Step, checker: Checker) -> set[str]:
    """For all integers n >= a: P(n), from P(a) and from P(n) to P(n + 1)."""
    goal = step.then
    if not isinstance(goal, ForAll) or len(goal.variables) != 1 or len(goal.given) != 1 or not goal.variables[0].is_integer:
        raise Rejected("induction shows 'for all integers n with a <= n: P(n)'")
    variable, condition = goal.variables[0], canonical(goal.given[0])
    start = condition.left if isinstance(condition, Relation) and condition.op == "<=" and condition.right == variable else None
    if start is None or not start.is_integer or variable in start.free_symbols:
        raise Rejected("the condition must be a <= n with an integer a")
    base, further = _part(step, 2)
    if base.variables or base.assume or further.variables != (variable,):
        raise Rejected("the base has no variables, the step has the variable of the claim")
    _require_same(checker.sub_proof(base), substitute(goal.then, {variable.name: start}))
    if [canonical(p) for _, p in further.assume] != [condition, canonical(goal.then)]:
        raise Rejected("the step assumes a <= n and P(n)")
    _require_same(checker.sub_proof(further), substitute(goal.then, {variable.name: variable + 1}))
    return {"induction"}


def exhibit(step: Step, checker: Checker) -> set[str]:
    """There is: the explicit `values` have every property, by the facts, the sign calculus or balls."""
    goal, scope = step.then, checker.scope(step)
    if not isinstance(goal, Exists):
        raise Rejected("exhibit shows 'there is'")
    values: Mapping[str, Any] = step.data["values"]
    outcomes = step.data.get("law", ())
    varied = _random_part(goal, outcomes)
    require_values(tuple(v for v in goal.variables if str(v) not in varied), values)
    trusts: set[str] = {"logic"}
    explicit = {k: v for k, v in values.items() if isinstance(v, (tuple, list, sp.Tuple))}
    require_meaning(All(*goal.given, goal.then), {k: v for k, v in values.items() if k not in explicit}, scope)
    constant = [values for name, values in explicit.items() if not any(is_random(v) and str(v) == name for v in goal.variables)]
    given = [list(outcome.values()) for _, outcome in outcomes]
    for entry in _entries([*explicit.values(), *given]):
        require_defined(entry, scope)
    for entry in _entries([*constant, *given]):
        if loose_random(entry):
            raise Rejected(f"{entry} is random, a number is needed")
    for wanted in (*goal.given, goal.then):
        if strange := _averaged(wanted) - varied if outcomes else frozenset():
            raise Rejected(f"the law says nothing of {sorted(strange)[0]}")
        for part in grounded(wanted, values, outcomes):
            if left := free_names(part) & (explicit.keys() | varied):
                raise Rejected(f"{part} asks for more of {sorted(left)[0]} than is given")
            trusts |= _exact(part, scope, checker)
    return trusts


def _averaged(proposition: Proposition) -> frozenset[str]:
    """The random names that some expectation or `surely` in a proposition speaks of."""
    nodes = [*proposition.atoms(E), *(n for n in proposition.atoms(Named) if n.name == "surely")]
    return frozenset[str]().union(*(random_names(part) for node in nodes for part in node.args))


def _entries(family: Any) -> Iterator[sp.Expr]:
    """The numbers of a family given entry by entry."""
    if isinstance(family, (tuple, list, sp.Tuple)):
        for part in family:
            yield from _entries(part)
    else:
        yield sp.sympify(family)


def _random_part(goal: Exists, outcomes: Sequence[tuple[Any, Mapping[str, Any]]]) -> set[str]:
    """The random variables of `goal` that the finite law `outcomes` gives: rational weights >= 0 of sum 1."""
    if not outcomes:
        return set()
    weights = [sp.sympify(weight) for weight, _ in outcomes]
    if not all(w.is_Rational and w >= 0 for w in weights) or sum(weights) != 1:
        raise Rejected("the weights of a law are rationals >= 0 of sum 1")
    names = set(outcomes[0][1])
    if any(set(outcome) != names for _, outcome in outcomes):
        raise Rejected("every outcome gives a value to each random variable")
    if not names <= {str(v) for v in goal.variables if is_random(v)}:
        raise Rejected("a law speaks of the random variables of the 'there is' only")
    return names


def _exact(part: Proposition, scope: Scope, checker: Checker) -> set[str]:
    if isinstance(part, Any_):
        for option in part.args:
            try:
                return _exact(option, scope, checker)
            except Rejected:
                continue
        raise Rejected(f"none of {part} is shown")
    if scope.holds(part):
        return {"sign calculus"}
    if isinstance(part, Relation) and not free_names(part) and checker.engines.closed(part) is True:
        return {"arb"}
    raise Rejected(f"{part} is not shown")


def obtain(step: Step, checker: Checker) -> set[str]:
    """From 'there is x with P' and a sub-proof from P: a conclusion that does not speak of x."""
    fact, part = checker.named(step.by[0], step), _part(step, 1)[0]
    if not isinstance(fact, Exists) or tuple(part.variables) != fact.variables:
        raise Rejected("obtain takes the variables of a 'there is'")
    if [canonical(p) for _, p in part.assume] != [canonical(p) for p in (*fact.given, fact.then)]:
        raise Rejected("the sub-proof assumes what the 'there is' says")
    if {str(v) for v in part.variables} & free_names(step.then):
        raise Rejected("the conclusion speaks of the obtained object")
    _require_same(checker.sub_proof(part), step.then)
    return {"logic"}


def contradiction(step: Step, checker: Checker) -> set[str]:
    """The conclusion, because its negation leads to a relation between numbers that is false."""
    part = _part(step, 1)[0]
    if part.variables or [canonical(p) for _, p in part.assume] != [canonical(negation(step.then))]:
        raise Rejected("the sub-proof assumes the negation of the conclusion")
    facts = tuple(checker.facts.values())
    if not any(_absurd(fact, checker) for fact in facts):
        require_defined_inside(step.then, checker.scope(step) if step.by else Scope(facts))  # what has no value has no negation either
    end = checker.sub_proof(part)
    if not _absurd(end, checker):
        raise Rejected(f"{end} is not an absurdity between numbers")
    return {"logic", "arb"}


def _absurd(fact: Proposition, checker: Checker) -> bool:
    """A relation between numbers that is false."""
    return isinstance(fact, Relation) and not free_names(fact) and checker.engines.closed(fact) is False


def either(step: Step, checker: Checker) -> set[str]:
    """A disjunction, one part of which is among the facts."""
    scope = checker.scope(step)
    if not isinstance(step.then, Any_) or not any(scope.holds(part) for part in step.then.args):
        raise Rejected("no part of the disjunction is shown")
    require_defined_inside(step.then, scope)
    return {"logic"}


def define(step: Step, checker: Checker) -> set[str]:
    """A new name for a term: `c = term`, or `a[k] = term` for all k."""
    goal = step.then.then if isinstance(step.then, ForAll) and not step.then.given else step.then
    bound = step.then.variables if isinstance(step.then, ForAll) else ()
    if not isinstance(goal, Relation) or goal.op != "=":
        raise Rejected("a definition is an equation")
    left = goal.left
    name = left.name if isinstance(left, sp.Symbol) else str(left.base.label) if isinstance(left, sp.Indexed) else ""
    if not name or (tuple(left.indices) if isinstance(left, sp.Indexed) else ()) != bound:
        raise Rejected("a definition has a new symbol, or a new family at its index, on the left")
    if left.is_integer and not goal.right.is_integer:
        raise Rejected(f"{left} is an integer, {goal.right} is not known to be one")
    scope = checker.scope(step)
    if shared := {str(v) for v in bound} & scope.names:
        raise Rejected(f"the index {sorted(shared)[0]} of the definition is also a free name of the facts")
    require_defined(goal.right, scope)
    if loose_random(goal.right) - checker.local:
        raise Rejected(f"{goal.right} is random, {name} would be a constant")
    taken = checker.reserved.union(*(free_names(f) for f in checker.facts.values()))
    if name in taken or name in free_names(goal.right):
        raise Rejected(f"the name {name} is already in use")
    return {"logic"}


def _apply(claim: Claim, step: Step, checker: Checker) -> None:
    values, scope = step.data.get("values", {}), checker.scope(step)
    require_integers(variables_of(claim), values)
    require_meaning(ForAll((), [h for _, h in claim.hypotheses], claim.conclusion), values, scope)
    for name, hypothesis in claim.hypotheses:
        wanted = substitute(hypothesis, values)
        if not scope.holds(wanted):
            raise Rejected(f"the hypothesis {name} of {claim.label} is not shown: {wanted}")
    _require_same(substitute(claim.conclusion, values), step.then)


def use(step: Step, checker: Checker) -> set[str]:
    """A claim of the ledger that is proved on its own, with its hypotheses discharged."""
    label = step.data["label"]
    if label not in checker.library:
        raise Rejected(f"{label} is not among the claims this derivation may use")
    if checker.library[label].kind == "refutation":
        raise Rejected(f"{label} is refuted")
    _apply(checker.library[label], step, checker)
    return {label}


def cite(step: Step, checker: Checker) -> set[str]:
    """A textbook lemma, instantiated exactly; nobody checks the lemma itself."""
    from theorems.lemmas import lemma

    found = lemma(step.data["lemma"])
    _apply(found.claim, step, checker)
    return {f"cite {found.name}"}


RULES: Mapping[str, Rule] = {
    "restate": restate, "generalise": generalise, "cases": cases, "induction": induction, "exhibit": exhibit,
    "obtain": obtain, "contradiction": contradiction, "either": either, "define": define, "use": use, "cite": cite,
}
