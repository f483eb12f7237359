"""Proofs are data: steps that a small kernel of rules decides, one after another.

A step names a rule, its conclusion and the facts it stands on.  `check_proof` runs every step with nothing but
those facts in view and compares the last conclusion with the claim.  Prose explains; it carries no weight.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, final

import sympy as sp

from theorems.claim import Claim, negation, require_plain
from theorems.errors import OverproofError
from theorems.evidence import Evidence
from theorems.logic import All, Exists, ForAll, Named, Proposition, Relation, Tends
from theorems.meaning import undefined
from theorems.scope import Scope
from theorems.terms import E, averaged_names, canonical, free_names, is_random, loose_random, substitute
from theorems.verdict import Proved, Refuted, Undecided


@final
@dataclass(frozen=True)
class At:
    """The fact `name`, a `for all`, instantiated; its conditions are discharged by the step's other facts."""

    name: str
    values: tuple[tuple[str, Any], ...]


@final
@dataclass(frozen=True)
class Part:
    """A sub-proof: fresh variables, what is assumed of them, and steps whose last conclusion is the result."""

    variables: tuple[Any, ...]
    assume: tuple[tuple[str, Proposition], ...]
    steps: tuple[Step, ...]


@final
@dataclass(frozen=True)
class Step:
    """`then` follows from the facts `by` according to `rule`, with the rule's own `data` and sub-proofs."""

    name: str
    rule: str
    then: Proposition
    by: tuple[str | At, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    because: str = ""
    parts: tuple[Part, ...] = ()


@final
@dataclass(frozen=True)
class Proof:
    """A derivation of the claim `label`."""

    label: str
    steps: tuple[Step, ...]


class Rejected(OverproofError):
    """A step that its rule does not accept."""


class Engines(Protocol):
    """Numerical and external engines, handed in so that the rules themselves stay symbolic."""

    def probe(self, term: Any, scope: Scope) -> bool | None:
        """False when balls show `term` != 0 at some point where the facts hold; None when no point was found."""

    def closed(self, goal: Relation) -> bool | None:
        """Whether a relation without free names holds, by balls; None when undecided."""

    def approaches(self, goal: Tends, scope: Scope) -> bool | None:
        """False when balls along an approach sequence contradict the limit; None when they cannot tell."""


#: Answers of rules on steps without sub-proofs, by everything that they could see.
Memo = dict[Hashable, frozenset[str]]


def frozen(data: Any) -> Hashable:
    """The data of a step in a form that can be compared."""
    if isinstance(data, Mapping):
        return tuple((key, frozen(data[key])) for key in sorted(data))
    if isinstance(data, (list, tuple)):
        return tuple(map(frozen, data))
    return type(data), data


def terms_of(data: Any) -> Iterator[sp.Basic]:
    """Every term in the data of a step."""
    if isinstance(data, Mapping):
        data = tuple(data.values())
    if isinstance(data, (list, tuple)):
        for part in data:
            yield from terms_of(part)
    elif isinstance(data, sp.Basic):
        yield data


@final
@dataclass
class Checker:
    """One run of the kernel: facts by name, claims that may be used, engines, and what was trusted."""

    facts: dict[str, Proposition]
    library: Mapping[str, Claim]
    engines: Engines
    reserved: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()  # random names that a sub-proof fixes: within it they may be constants
    trusts: set[str] = field(default_factory=set)
    memo: Memo = field(default_factory=dict)

    def scope(self, step: Step) -> Scope:
        """The facts that `step` names, instances worked out."""
        plain = Scope(tuple(self.fact(b) for b in step.by if isinstance(b, str)))
        return plain.extended([self.instance(b, plain, step) for b in step.by if isinstance(b, At)])

    def fact(self, name: str) -> Proposition:
        if name not in self.facts:
            raise Rejected(f"there is no fact {name} here")
        return self.facts[name]

    def named(self, by: str | At, step: Step) -> Proposition:
        """The fact behind one entry of `by`."""
        if by not in step.by:
            raise Rejected(f"{by} is not among the facts that the step names")
        if isinstance(by, str):
            return self.fact(by)
        plain = Scope(tuple(self.fact(b) for b in step.by if isinstance(b, str)))
        return self.instance(by, plain, step)

    def instance(self, at: At, scope: Scope, step: Step) -> Proposition:
        fact = self.fact(at.name)
        if not isinstance(fact, ForAll):
            raise Rejected(f"{at.name} is not a 'for all'")
        return instantiate(fact, dict(at.values), scope)

    def run(self, steps: tuple[Step, ...]) -> Proposition:
        """Check `steps` in order and return the last conclusion."""
        if not steps:
            raise Rejected("an empty proof shows nothing")
        for step in steps:
            self.check(step)
        return steps[-1].then

    def check(self, step: Step) -> None:
        from theorems.rules import RULES

        if step.rule not in RULES:
            raise Rejected(f"step {step.name}: there is no rule {step.rule}")
        if step.name in self.facts:
            raise Rejected(f"step {step.name}: the name is taken")
        for given in (step.then, *terms_of(step.data), *(value for b in step.by if isinstance(b, At) for _, value in b.values)):
            require_plain(given)
        try:
            self.trusts.update(self.decide(step, RULES[step.rule]))
        except (Rejected, ValueError) as fault:
            raise Rejected(f"step {step.name} ({step.rule}): {fault}") from None
        self.facts[step.name] = step.then

    def decide(self, step: Step, rule: Rule) -> Iterable[str]:
        """What `rule` trusts on `step`, recalled where the same question was answered before."""
        if step.parts:
            return rule(step, self)
        question = self.question(step)
        if question not in self.memo:
            self.memo[question] = frozenset(rule(step, self))
        return self.memo[question]

    def question(self, step: Step) -> Hashable:
        """Everything that the rule of a step without sub-proofs can see: equal questions have equal answers."""
        facts = tuple(self.fact(b if isinstance(b, str) else b.name) for b in step.by)
        names = frozenset[str]().union(*(free_names(f) for f in self.facts.values()))
        used = self.library.get(step.data.get("label", ""))
        return step.rule, step.then, step.by, frozen(step.data), facts, used, names, self.reserved, self.local

    def sub_proof(self, part: Part) -> Proposition:
        """Check a sub-proof among the present facts; its variables must be new there."""
        new = {str(v) for v in part.variables}
        seen = frozenset[str]().union(*(free_names(f) for f in self.facts.values()))
        if new & seen:
            raise Rejected(f"the variable {sorted(new & seen)[0]} of a sub-proof is already in use")
        inner = Checker({**self.facts, **dict(part.assume)}, self.library, self.engines, self.reserved | new,
                        self.local | {str(v) for v in part.variables if is_random(v)}, self.trusts, self.memo)
        if len(inner.facts) != len(self.facts) + len(part.assume):
            raise Rejected("an assumption of a sub-proof takes a name that is already in use")
        for _, proposition in part.assume:
            require_plain(proposition)
            require_whole(proposition)
            require_no_bound_law(proposition)
            if strange := loose_random(proposition) - inner.local:
                raise Rejected(f"a sub-proof assumes something of the outcome of {sorted(strange)[0]}, which expectations average over")
        end = inner.run(part.steps)
        require_apart(part.variables, (end, *(p for _, p in part.assume)))
        defined = frozenset[str]().union(*(free_names(s.then) for s in all_steps(part.steps) if s.rule == "define"))
        escaping = (defined - seen - self.reserved - new) & free_names(end)
        if escaping:
            raise Rejected(f"the sub-proof ends with {sorted(escaping)[0]}, which it defined itself")
        return end

    def probe(self, term: Any, scope: Scope) -> None:
        """Reject when balls contradict a symbolic zero test."""
        if self.engines.probe(term, scope) is False:
            raise Rejected(f"balls show that {term} is not 0 although the simplifier says so")


def require_apart(variables: Iterable[Any], propositions: Iterable[Proposition]) -> None:
    """No quantifier binds a random variable that an expectation in its range averages over."""
    names = {str(v) for v in variables if is_random(v)}
    for proposition in propositions:
        if names & averaged_names(proposition):
            raise Rejected(f"{sorted(names)[0]} is bound here and averaged over inside an expectation; define the expectation first")


def require_no_bound_law(proposition: Proposition) -> None:
    """Nothing is assumed of `all X` or `some X` where the law of X counts: X would be a number in one place and a law in the other."""
    for node in proposition.atoms(ForAll, Exists):
        bound = {str(v) for v in node.variables if is_random(v)}
        laws = [part for part in node.atoms(E, Named) if not isinstance(part, Named) or part.name in ("surely", "independent")]
        if shared := bound & frozenset[str]().union(*map(free_names, laws)):
            raise Rejected(f"{sorted(shared)[0]} is bound here and has a law in an expectation, in `surely` or in `independent`")


def require_whole(proposition: Proposition) -> None:
    """Independence is assumed of random names: of an entry it would be read as of its family, of `X Y` as of X and Y."""
    for fact in proposition.atoms(Named):
        for term in fact.terms if fact.name == "independent" else ():
            if not all(is_random(part) for part in (term if isinstance(term, sp.Tuple) else (term,))):
                raise Rejected(f"independence of {term} is not understood; state it of random variables and whole families")


def require_values(variables: tuple[Any, ...], values: Mapping[str, Any]) -> None:
    """A value for each variable and for nothing else, integers for integers."""
    if {str(v) for v in variables} != set(values):
        raise Rejected(f"values are needed for exactly {', '.join(map(str, variables))}")
    require_integers(variables, values)


def require_integers(variables: Iterable[Any], values: Mapping[str, Any]) -> None:
    """Integers stand for integers, families of integers for families of integers."""
    for variable in variables:
        value = values.get(str(variable), variable)
        if isinstance(variable, sp.IndexedBase) and _whole(variable) and not _whole(value):
            raise Rejected(f"{variable} is a family of integers, {value} is not known to be one")
        if isinstance(value, (tuple, list, sp.Tuple)):
            continue
        if isinstance(variable, sp.Symbol) and variable.is_integer and not sp.sympify(value).is_integer:
            raise Rejected(f"{variable} is an integer, {value} is not known to be one")


def require_meaning(statement: Any, values: Mapping[str, Any], scope: Scope) -> None:
    """Every value exists, as a real number, wherever `statement` asks for it."""
    if (value := undefined(statement, values, scope)) is not None:
        raise Rejected(f"{value} is not shown to be defined, so it is no value to put in")


def _whole(family: Any) -> bool:
    """Whether all entries of a family (a base, a rule, a tuple) are known to be integers."""
    if isinstance(family, (tuple, list, sp.Tuple)):
        return all(bool(sp.sympify(entry).is_integer) for entry in family)
    if isinstance(family, sp.Lambda):
        return bool(family.expr.is_integer)
    return isinstance(family, sp.IndexedBase) and bool(family[sp.Symbol("k", integer=True)].is_integer)


def instantiate(fact: ForAll, values: Mapping[str, Any], scope: Scope) -> Proposition:
    """`fact` at `values`; every condition must hold in `scope`."""
    require_values(fact.variables, values)
    require_meaning(ForAll((), fact.given, fact.then), values, scope)
    for condition in fact.given:
        wanted = substitute(condition, values)
        if not scope.holds(wanted):
            raise Rejected(f"the condition {wanted} of the instance is not shown")
    return substitute(fact.then, values)  # type: ignore[no-any-return]


def target(claim: Claim) -> Proposition:
    """What the last step must say: the conclusion, or a counterexample for a refutation."""
    if claim.kind != "refutation":
        return claim.conclusion
    false = negation(claim.conclusion)
    names = frozenset[str]().union(free_names(claim.conclusion), *(free_names(h) for _, h in claim.hypotheses))
    if not names and not claim.hypotheses:
        return false
    variables = variables_of(claim)
    return Exists(variables, [h for _, h in claim.hypotheses], false)


def variables_of(claim: Claim) -> tuple[Any, ...]:
    """The free symbols and families of a claim, sorted by name."""
    found: dict[str, Any] = {}
    for proposition in (*(h for _, h in claim.hypotheses), claim.conclusion):
        names = free_names(proposition)
        for base in proposition.atoms(sp.IndexedBase):
            if str(base.label) in names:
                found[str(base.label)] = base
        for symbol in proposition.atoms(sp.Symbol):
            if symbol.name in names and symbol.name not in found:
                found[symbol.name] = symbol
    return tuple(found[k] for k in sorted(found))


def check_proof(claim: Claim, proof: Proof, library: Mapping[str, Claim], engines: Engines, memo: Memo | None = None) -> Evidence:
    """Replay `proof`: proved or refuted when every step stands and the end is the claim, else undecided.

    `memo` carries answers on single steps from one replay to the next, as the mutants of one proof share most of theirs.
    """
    start = time.perf_counter()
    facts = {} if claim.kind == "refutation" else dict(claim.hypotheses)
    reserved = free_names(claim.conclusion).union(*(free_names(h) for _, h in claim.hypotheses))
    checker = Checker(facts, library, engines, reserved, memo={} if memo is None else memo)
    verdict: Proved | Refuted | Undecided
    try:
        for name, hypothesis in claim.hypotheses:
            require_whole(hypothesis)
            require_no_bound_law(hypothesis)
            if loose := loose_random(hypothesis):
                raise Rejected(f"the hypothesis {name} speaks of one outcome of {sorted(loose)[0]}; say Named('surely', ...)")
        if proof.label != claim.label:
            raise Rejected(f"a proof of {proof.label} does not speak of {claim.label}")
        require_facts(proof.steps, frozenset(facts))
        end = checker.run(proof.steps)
        if canonical(end) != canonical(target(claim)):
            raise Rejected(f"the derivation ends with {end}, not with the claim")
        verdict = Refuted(exhibited(proof)) if claim.kind == "refutation" else Proved()
    except Rejected as fault:
        verdict = Undecided(str(fault))
    trusts = tuple(sorted(checker.trusts))
    scope = "this witness" if isinstance(verdict, Refuted) else "all values allowed by the hypotheses"
    return Evidence(claim.digest, "symbolic", verdict, scope, trusts, seconds=time.perf_counter() - start)


def require_facts(steps: tuple[Step, ...], known: frozenset[str]) -> None:
    """Every step stands on facts that are there: a hole is found before any work is done."""
    for step in steps:
        for name in (b if isinstance(b, str) else b.name for b in step.by):
            if name not in known:
                raise Rejected(f"step {step.name} ({step.rule}): there is no fact {name} here")
        for part in step.parts:
            require_facts(part.steps, known | {key for key, _ in part.assume})
        known |= {step.name}


def exhibited(proof: Proof) -> dict[str, object]:
    """The explicit object of a counterexample, as exact strings: of the last step, or of the last one in its sub-proofs."""
    step = proof.steps[-1]
    while "values" not in step.data and step.parts:
        step = step.parts[-1].steps[-1]
    data = step.data
    found: dict[str, object] = {str(name): written(value) for name, value in data.get("values", {}).items()}
    if data.get("law"):
        found["law"] = [[str(weight), {str(n): written(v) for n, v in outcome.items()}] for weight, outcome in data["law"]]
    return found


def written(value: object) -> str:
    """A value in text: a function of indices that is a table, its entries at 1, 2, ... one after another, as families are written."""
    if not isinstance(value, sp.Lambda) or not value.variables:
        return str(value)
    entries: dict[tuple[int, ...], sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(value.expr)):
        deltas = [part for part in sp.Mul.make_args(term) if isinstance(part, sp.KroneckerDelta)]
        place = {index: int(at) for part in deltas for at, index in (part.args, part.args[::-1]) if at.is_Integer and index in value.variables}
        number = sp.Mul(*(part for part in sp.Mul.make_args(term) if part not in deltas))
        if len(deltas) != len(value.variables) or set(place) != set(value.variables) or min(place.values()) < 1 or number.free_symbols:
            return str(value)
        key = tuple(place[variable] for variable in value.variables)
        entries[key] = entries.get(key, sp.Integer(0)) + number
    sizes = [max(place) for place in zip(*entries, strict=True)]

    def row(*start: int) -> tuple[Any, ...]:
        rest = range(1, sizes[len(start)] + 1)
        return tuple(entries.get((*start, k), sp.Integer(0)) if len(start) + 1 == len(sizes) else row(*start, k) for k in rest)

    return f"{row()}, else 0"


def dependencies(proof: Proof) -> set[str]:
    """Names of facts that the last step rests on, sub-proofs included."""
    steps = {s.name: s for s in all_steps(proof.steps)}
    needed: set[str] = set()
    todo = [proof.steps[-1].name]
    while todo:
        name = todo.pop()
        if name in needed:
            continue
        needed.add(name)
        if name in steps:
            todo += [b if isinstance(b, str) else b.name for b in steps[name].by]
            todo += [part.steps[-1].name for part in steps[name].parts if part.steps]
    return needed


def all_steps(steps: tuple[Step, ...]) -> list[Step]:
    """Every step, sub-proofs included, in reading order."""
    out: list[Step] = []
    for step in steps:
        for part in step.parts:
            out += all_steps(part.steps)
        out.append(step)
    return out


Rule = Callable[[Step, Checker], set[str]]
__all__ = ["All", "At", "Checker", "Engines", "Part", "Proof", "Rejected", "Rule", "Step", "check_proof", "dependencies"]
