"""Decides the conditions of reductions: real inequalities, identities, limits, definedness.

First probes: balls of 250 digits at exact points where the hypotheses hold.  A probe that contradicts the
condition ends the matter and is a tripwire for every engine after it.  Then the sign calculus, then cvc5, then
certified bisection, which may show a condition on a box alone and then says so; identities and limits are SymPy's, and count only with their probes.
"""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, final

import sympy as sp
from flint import arb, fmpq

from numerics import smt
from numerics.balls import precision
from numerics.budget import TimedOut, interrupt_within
from numerics.images import NoValue, Real, _RealNumbers
from theorems import sign
from theorems.compile import compile_expressions
from theorems.conditions import limit_at, simplified
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.logic import All, ForAll, Named, Proposition, Relation, Tends
from theorems.operator import V

PROBE_BITS: Final = 850
_POOL = (*map(Fraction, (
    "1/3", "3/4", "1/7", "2", "5/2", "9/10", "1/50", "7/5", "1", "11/10", "5", "1/2", "40", "2/3", "99/100", "1/1000", "300", "1001/1000")),)


@final
@dataclass(frozen=True)
class Decision:
    """Whether a condition is shown, by which engines, and if not, why."""

    shown: bool
    trusts: tuple[str, ...] = ()
    reason: str = ""
    method: str = "symbolic"
    final: bool = False  # contradicted by a probe: no other engine can show it
    certificates: tuple[Certificate, ...] = ()
    boxed: bool = False  # shown on the box of numerics.bisection only


class Decider:
    """Decides conditions once each; `seconds` bounds every engine call; `bisects` and `boxed` allow bisection, on a box too.

    Certificates are bound to the digest `operator`.
    """

    def __init__(self, *, seed: int = 0, seconds: float = 4.0, bisects: bool = True, boxed: bool = False, operator: str = "") -> None:
        self.seed, self.seconds, self.bisects, self.boxed, self.operator = seed, seconds, bisects, boxed, operator
        self.known: dict[tuple[Proposition, bool], Decision] = {}

    def decide(self, condition: Proposition, given: Sequence[Relation] = (), *, thorough: bool = True) -> Decision:
        """The decision on a condition; a thorough one calls cvc5 where the sign calculus shows nothing."""
        key = (ForAll((), tuple(given), condition), thorough)
        if key not in self.known:
            quick = self.known.get((key[0], False))
            self.known[key] = quick if quick is not None and (quick.shown or quick.final) else self._decide(condition, tuple(given), thorough)
        return self.known[key]

    def _decide(self, condition: Proposition, given: tuple[Relation, ...], thorough: bool) -> Decision:
        match condition:
            case ForAll():
                return self.decide(condition.then, (*given, *condition.given), thorough=thorough)  # type: ignore[arg-type]
            case All():
                return _joined([self.decide(part, given, thorough=thorough) for part in condition.args])
            case Relation():
                return self._timed(self._thorough if thorough else _quick_relation, condition, given)
            case Tends():
                return self._timed(_limit, condition, given)
            case Named() if condition.name == "defined":
                return self._timed(_defined, condition, given)
        return Decision(False, (), f"{condition} is not known")

    def _thorough(self, relation: Relation, given: tuple[Relation, ...], seed: int) -> Decision:
        decision = _relation(relation, given, seed)
        return decision if decision.shown or decision.final or not self.bisects else self._bisected(relation, given) or decision

    def _bisected(self, relation: Relation, given: tuple[Relation, ...]) -> Decision | None:
        if relation.op not in ("<", "<=", ">", ">=") or not sign.defined(relation.left - relation.right, given):
            return None
        from numerics import bisection  # with NumPy, which most operators do without

        settled = bisection.settle(_goal(relation), given, seconds=0.4 * self.seconds, boxed=self.boxed, operator=self.operator)
        if settled is None:
            return None
        trusts = ("sympy.diff", "sign calculus", *bisection.TRUSTS, "arb probes")
        return Decision(True, trusts, "", "enclosure", False, settled.certificates, settled.boxed)

    def _timed(self, rule: Callable[..., Decision], condition: Proposition, given: tuple[Relation, ...]) -> Decision:
        try:
            return interrupt_within(rule, (condition, given, self.seed), self.seconds)
        except TimedOut:
            return Decision(False, (), f"no engine settled {condition} in {self.seconds:g} s")
        except (ArithmeticError, ValueError, TypeError, RecursionError, NotImplementedError, AttributeError, OverproofError) as fault:
            return Decision(False, (), f"{type(fault).__name__} while settling {condition}")


def _joined(parts: list[Decision]) -> Decision:
    for part in parts:
        if not part.shown:
            return part
    trusts = tuple(dict.fromkeys(t for part in parts for t in part.trusts))
    certificates = tuple(c for part in parts for c in part.certificates)
    return Decision(True, trusts, "", weakest(part.method for part in parts), False, certificates, any(part.boxed for part in parts))


def weakest(methods: Iterable[str]) -> str:
    """The method that a proof rests on most heavily."""
    return max(methods, key=("symbolic", "smt", "enclosure").index, default="symbolic")


def points(symbols: Sequence[sp.Symbol], given: Sequence[Relation], seed: int, count: int) -> Iterator[dict[sp.Symbol, Fraction]]:
    """Exact points where every relation of `given` among `symbols` is shown to hold."""
    chance, found = random.Random(seed), 0
    tests = [g for g in given if g.free_symbols <= set(symbols)]
    programs = [(compile_expressions([g.left - g.right], symbols), g.op) for g in tests]
    for _ in range(60 * count):
        place = [Fraction(chance.choice((2, 3, 4, 7, 20))) if s == V else _pick(chance) for s in symbols]
        if all(_holds(program, op, place) for program, op in programs):
            found += 1
            yield dict(zip(symbols, place, strict=True))
            if found == count:
                return


def _pick(chance: random.Random) -> Fraction:
    return chance.choice(_POOL) if chance.random() < 0.6 else Fraction(chance.randint(1, 999), chance.choice((1000, 1000, 100)))


def _holds(program: Any, op: str, place: Sequence[Fraction]) -> bool:
    try:
        gap = _RealNumbers.run(program, [Real(entry) for entry in place])
    except NoValue:
        return False
    if op == "=":
        return bool(gap == 0)
    if op in (">", ">="):
        return gap.shown_positive() or (op == ">=" and gap.shown_nonnegative())
    return (-gap).shown_positive() or (op == "<=" and (-gap).shown_nonnegative()) or (op == "!=" and gap.shown_positive())


def probe(term: sp.Expr, given: Sequence[Relation], seed: int, count: int = 24) -> Iterator[tuple[dict[sp.Symbol, Fraction], arb]]:
    """Balls of the term at exact points where `given` holds; points without a value are passed over."""
    symbols = sorted(term.free_symbols | set().union(*(g.free_symbols for g in given), set()), key=str)
    program = compile_expressions([term], symbols)
    for place in points(symbols, given, seed, count):
        try:
            with precision(PROBE_BITS):
                yield place, _RealNumbers.run(program, [Real(place[s]) for s in symbols]).ball
        except (NoValue, ZeroDivisionError, OverflowError):
            continue


def _quick_relation(relation: Relation, given: tuple[Relation, ...], seed: int) -> Decision:
    return _relation(relation, given, seed, thorough=False)


def _relation(relation: Relation, given: tuple[Relation, ...], seed: int, *, thorough: bool = True) -> Decision:
    if relation.op == "=":
        return _identity(relation.left - relation.right, given, seed)
    goal = _goal(relation)
    term, strict = goal.left, goal.op == ">"
    seen = 0
    if not term.free_symbols and term.is_Rational:
        holds = term > 0 or (not strict and term == 0)
        return Decision(bool(holds), (), "" if holds else f"{relation} is false", final=True)
    if term.free_symbols:
        for place, ball in probe(term, given, seed):
            seen += 1
            if ball < 0 or (strict and ball == 0):
                at = ", ".join(f"{s} = {v}" for s, v in place.items())
                return Decision(False, ("arb",), f"{relation} fails at {at}", final=True)
        if seen == 0:
            return Decision(False, (), f"no exact point was found to probe {relation}")
    if not sign.defined(term, given):
        return Decision(False, (), f"{relation} is not shown to be defined everywhere")
    trusts = ("sympy.diff", "sign calculus", "arb probes")
    if sign.shows(goal, given):
        return Decision(True, trusts)
    if thorough and smt.proves(goal, given, seconds=1.5):
        return Decision(True, (*trusts, "cvc5"), "", "smt")
    return Decision(False, (), f"{relation} is neither shown nor contradicted under {', '.join(map(str, given))}")


def _goal(relation: Relation) -> Relation:
    """The inequality as term > 0 or term >= 0."""
    term = relation.left - relation.right if relation.op in (">", ">=") else relation.right - relation.left
    return Relation(term, ">" if relation.op in ("<", ">") else ">=", sp.S.Zero)


def positive_names(term: sp.Expr, given: Sequence[Relation]) -> tuple[sp.Expr, dict[sp.Symbol, sp.Symbol]]:
    """The term with every symbol that `given` shows positive renamed to one that SymPy knows to be positive."""
    symbols = sorted(term.free_symbols, key=str)
    names = {s: sp.Dummy(s.name, positive=True) for s in symbols if sign.shows(Relation(s, ">", sp.S.Zero), given)}
    return term.xreplace(names), names


def _identity(term: sp.Expr, given: tuple[Relation, ...], seed: int) -> Decision:
    seen = 0
    for place, ball in probe(term, given, seed):
        seen += 1
        if not ball.contains(0):
            at = ", ".join(f"{s} = {v}" for s, v in place.items())
            return Decision(False, ("arb",), f"{term} = 0 fails{' at ' * bool(at)}{at}", final=True)
    if term == 0 or sign.shows(Relation(term, "=", sp.S.Zero), given):
        return Decision(True, ("sympy.expand", "arb probes"))
    if seen < 3:
        return Decision(False, (), "no exact points were found to probe the identity")
    renamed, _ = positive_names(term, given)
    for form in (lambda e: sp.expand(sp.powdenest(sp.expand_log(e), force=False)), lambda e: sp.simplify(sp.powsimp(sp.expand(e))), sp.simplify):
        if form(renamed) == 0:
            return Decision(True, ("sympy.diff", "sympy.simplify", "arb probes"))
    return Decision(False, (), f"{term} = 0 is neither shown nor contradicted")


def _defined(condition: Named, given: tuple[Relation, ...], seed: int) -> Decision:
    term: sp.Expr = condition.terms[0]
    if sign.defined(term, given):
        return Decision(True, ("sign calculus",))
    return Decision(False, (), f"{term} is not shown to be defined everywhere")


def _limit(condition: Tends, given: tuple[Relation, ...], seed: int) -> Decision:
    term, variable, point, limit, side = condition.args
    others = tuple(g for g in given if variable not in g.free_symbols)
    alone = term.free_symbols <= {variable}
    with contextlib.suppress(TimedOut):
        if interrupt_within(_extends, (term, variable, point, side.name, limit, others), 1.2 if alone else 60.0):
            return Decision(True, ("sign calculus", "sympy.simplify", "arb probes"))
    if not alone:
        if _linear(term, variable, point, side.name, limit, others, seed):
            return Decision(True, ("sign calculus", "sympy.limit", "arb probes"))
        # SymPy's limit holds for generic parameters only, and takes a side where the answer differs between open sets of them:
        # no proof for every T or V, nor for almost all entries.
        return Decision(False, (), f"{condition} is not shown for every value of {', '.join(sorted(map(str, term.free_symbols - {variable})))}")
    if not _agrees(limit_at(term, variable, point, side.name), limit, others, seed):
        return Decision(False, (), f"SymPy does not confirm {condition}")
    outcome = approach(term, variable, point, side.name, limit, others, seed)
    if outcome is not True:
        return Decision(False, (), f"balls do not confirm {condition}")
    return Decision(True, ("sympy.limit", "arb probes"))


def _linear(term: sp.Expr, variable: sp.Symbol, point: sp.Expr, side: str, limit: sp.Expr, given: tuple[Relation, ...], seed: int) -> bool:
    """A sum of coefficient(parameters) times h(variable), and of what `_extends` knows: the limits add up."""
    parts = sp.Add.make_args(sp.expand(term))
    if limit in (sp.oo, -sp.oo) or len(parts) > 8 or not all(sign.defined(part.as_independent(variable, as_Add=False)[0], given) for part in parts):
        return False
    total = sp.S.Zero
    for part in parts:
        coefficient, moving = part.as_independent(variable, as_Add=False)
        found = limit_at(moving, variable, point, side)
        if found is None or not found.is_finite:
            return False
        alone = moving.free_symbols <= {variable} and approach(moving, variable, point, side, found, (), seed) is True
        if not alone and not _extends(moving, variable, point, side, found, given):
            return False
        total += coefficient * found
    return sign.shows(Relation(total, "=", limit), given) or simplified(total - limit) == 0


def _extends(term: sp.Expr, variable: sp.Symbol, point: sp.Expr, side: str, limit: sp.Expr, given: tuple[Relation, ...]) -> bool:
    """The term, in a clock s that is 0 at the limit, is a formula defined at s = 0 too: there it takes its limit.

    A formula of elementary functions is continuous where it is defined, for every value of its parameters.
    """
    s = sp.Symbol("s_", real=True)
    closed = (*given, Relation(s, ">=", sp.S.Zero), Relation(s, "<=", sp.Rational(1, 1000)))
    opened = (*closed, Relation(s, ">", sp.S.Zero))
    infinite = limit in (sp.oo, -sp.oo)
    for clock in _clocks(s, point, side):
        for form in _rewritten(term, variable, clock, s, given):
            formula = sp.cancel(1 / form) if infinite else form
            if formula.has(sp.nan, sp.zoo, sp.oo, sp.Abs) or not sign.defined(formula, closed):
                continue
            at_end = formula.xreplace({s: sp.S.Zero})
            if infinite:
                towards = Relation(formula if limit == sp.oo else -formula, ">=", sp.S.Zero)
                if at_end == 0 and sign.shows(towards, opened):
                    return True
            elif sign.shows(Relation(at_end, "=", limit), given) or simplified(at_end - limit) == 0:
                return True
    return False


def _clocks(s: sp.Symbol, point: sp.Expr, side: str) -> list[sp.Expr]:
    """Ways to run into the point as s -> 0+."""
    if point is sp.oo:
        return [1 / s, -sp.log(s), sp.exp(1 / s) - 1]
    if point == 0 and side == "+":
        return [s, sp.exp(1 - 1 / s)]
    return [point + s if side == "+" else point - s]


def _rewritten(term: sp.Expr, variable: sp.Symbol, clock: sp.Expr, s: sp.Symbol, given: tuple[Relation, ...]) -> Iterator[sp.Expr]:
    """The term in the clock, plain and simplified; names are positive where the givens show it."""
    plain = term.xreplace({variable: clock})
    renamed, names = positive_names(plain, (*given, Relation(s, ">", sp.S.Zero)))
    back = {dummy: symbol for symbol, dummy in names.items()}
    for rewrite in (lambda e: e, lambda e: _joined_logs(sp.powsimp(sp.expand_log(sp.powdenest(e)))), simplified):
        yield rewrite(renamed).xreplace(back)


def _joined_logs(term: sp.Expr) -> sp.Expr:
    """A sum of logarithms as one logarithm of a cancelled quotient, so that what tends to infinity drops out."""
    logs = [part for part in sp.Add.make_args(term) if isinstance(part.as_coeff_Mul()[1], sp.log) and part.as_coeff_Mul()[0] in (1, -1)]
    rest = term - sp.Add(*logs)
    inside = sp.Mul(*(part.as_coeff_Mul()[1].args[0] ** part.as_coeff_Mul()[0] for part in logs))
    return rest + sp.log(sp.cancel(sp.together(inside))) if logs else term


def _agrees(found: sp.Expr | None, limit: sp.Expr, given: tuple[Relation, ...], seed: int) -> bool:
    if found is None or limit in (sp.oo, -sp.oo) or found.has(sp.oo, -sp.oo):
        return found is not None and bool(found == limit)
    return _identity(found - limit, given, seed).shown


def approach(term: sp.Expr, variable: sp.Symbol, point: sp.Expr, side: str, limit: sp.Expr, given: Sequence[Relation], seed: int) -> bool | None:
    """Whether balls at points that run into the limit agree with it: True, False, or None where they cannot tell."""
    symbols = sorted((term.free_symbols | limit.free_symbols) - {variable}, key=str)
    program = compile_expressions([term], (*symbols, variable))
    target = None if limit in (sp.oo, -sp.oo) else compile_expressions([limit], symbols)
    answers = []
    for place in itertools.islice(points(symbols, given, seed, 3), 3) if symbols else [{}]:
        inputs = [Real(place[s]) for s in symbols]
        gaps = []
        for step in range(1, 11):
            try:
                with precision(4096):
                    value = _RealNumbers.run(program, [*inputs, Real(_near(point, side, step))]).ball
                    gap = 1 / value if target is None else abs(value - _RealNumbers.run(target, inputs).ball)
                    if target is None and limit == -sp.oo:
                        gap = -gap
                    if gap.is_finite() and gap.rad() < fmpq(1, 10**6):
                        gaps.append(gap)
            except (NoValue, ZeroDivisionError, OverflowError, MemoryError):
                continue
        answers.append(_closing(gaps))
    return None if not answers or None in answers else all(answers)


def _near(point: sp.Expr, side: str, step: int) -> Fraction:
    small = Fraction(1, 10 ** (2**step))
    if point is sp.oo:
        return 1 / small
    base = Fraction(int(point.p), int(point.q))
    return base + small if side == "+" else base - small


def _closing(gaps: list[arb]) -> bool | None:
    """Whether the gaps shrink to below a fiftieth, and never grow."""
    if len(gaps) < 3:
        return None
    shrinking = all(not (later > earlier) for earlier, later in itertools.pairwise(gaps[1:]))
    return bool(shrinking and not (gaps[-1] < 0) and gaps[-1] < fmpq(1, 50))


