"""Terms and propositions at explicit values, by balls: numbers, finite families, functions, finite laws.

`Point` gives every free name a value; `value` encloses a term, `truth` tests a proposition: False is shown, True means
"not contradicted" (balls of an equation overlap, a quantifier over the reals was tried on a grid), None is unknown.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, final

import sympy as sp
from flint import arb
from sympy.core.function import AppliedUndef

from numerics.balls import Balls, precision
from theorems.compile import FUNCTIONS
from theorems.logic import All, Any_, Exists, ForAll, Named, Proposition, Relation, Tends
from theorems.terms import E, peel, random_names, substitute

BITS = 700
LONGEST = 2000
UPWARDS = 9
GRID = tuple(sp.Rational(a, b) for a, b in ((-2, 1), (-1, 3), (0, 1), (1, 9), (1, 3), (1, 2), (4, 5), (1, 1), (7, 4), (5, 1)))


class Unknown(Exception):
    """A term that has no finite enclosure at the point, or a name without a value."""


@final
@dataclass(frozen=True)
class Point:
    """Values of free names: exact numbers, tuples (families, first index 1), Lambdas (functions).

    `law` lists the outcomes of the random names: (weight, values), weights summing to 1.
    """

    values: Mapping[str, Any]
    law: Sequence[tuple[Any, Mapping[str, Any]]] = field(default_factory=tuple)

    def with_values(self, more: Mapping[str, Any]) -> Point:
        return Point({**self.values, **more}, self.law)


def number(exact: Any) -> arb:
    """The ball of an exact number; balls pass through."""
    if isinstance(exact, arb):
        return exact
    term = sp.sympify(exact)
    return Balls.constant(int(term.p), int(term.q)) if term.is_Rational else value(term, Point({}))


def value(term: Any, point: Point) -> arb:
    """A ball around `term` at `point`; raises `Unknown` when it is not finite."""
    ball = _value(term, point)
    if not ball.is_finite():
        raise Unknown(f"{term} has no finite enclosure")
    return ball


def _value(term: Any, point: Point) -> arb:
    if isinstance(term, sp.Rational):
        return Balls.constant(int(term.p), int(term.q))
    if isinstance(term, (sp.Symbol, sp.Indexed)):
        return _look_up(term, point)
    if isinstance(term, sp.Add):
        total = arb(0)
        for part in term.args:
            total += _value(part, point)
        return total
    if isinstance(term, sp.Mul):
        total = arb(1)
        for part in term.args:
            total *= _value(part, point)
        return total
    if isinstance(term, sp.Pow):
        return _power(term, point)
    if isinstance(term, sp.Sum):
        return _sum(term, point)
    if isinstance(term, E):
        return _expectation(term.args[0], point)
    return _function(term, point)


def _look_up(term: sp.Basic, point: Point) -> arb:
    name = str(term.base.label) if isinstance(term, sp.Indexed) else term.name  # type: ignore[attr-defined]
    if name not in point.values:
        raise Unknown(f"{name} has no value")
    found = point.values[name]
    if isinstance(term, sp.Indexed):
        places = [integer(index, point) for index in term.indices]
        if isinstance(found, sp.Lambda):
            return _value(found(*places), point)
        for place in places:
            if not 1 <= place <= len(found):
                raise Unknown(f"{term} lies outside the family")
            found = found[place - 1]
    return number(found)


def integer(term: Any, point: Point) -> int:
    """The integer value of an index or range end."""
    ball = value(term, point)
    found = ball.unique_fmpz()
    if found is None:
        raise Unknown(f"{term} is not an integer here")
    return int(found)


def _power(term: sp.Pow, point: Point) -> arb:
    if term.base == sp.E:
        return _value(term.exp, point).exp()
    base = _value(term.base, point)
    exponent = _value(term.exp, point)
    if exponent.is_integer():
        whole = int(exponent.unique_fmpz())
        return Balls.integer_power(base, whole) if whole >= 0 else 1 / Balls.integer_power(base, -whole)
    return arb(0) if base == 0 and exponent > 0 else Balls.power(base, exponent)


def _sum(term: sp.Sum, point: Point) -> arb:
    body, variable, (low, high) = peel(term)
    first, last = integer(low, point), integer(high, point)
    if last - first > LONGEST:
        raise Unknown("the sum is too long to write out")
    total = arb(0)
    for index in range(first, last + 1):
        total += _value(body, point.with_values({str(variable): index}))
    return total


def _expectation(body: sp.Expr, point: Point) -> arb:
    if not point.law:
        return _value(body, point)
    total = arb(0)
    for weight, outcome in _marginal(point.law, random_names(body)):
        total += number(weight) * _value(body, point.with_values(outcome))
    return total


_MARGINALS: dict[str, Any] = {"law": None}


def _marginal(law: Any, names: frozenset[str]) -> Any:
    """The law of the names that matter; kept while the same law is in use."""
    if _MARGINALS["law"] is not law:
        _MARGINALS.clear()
        _MARGINALS["law"] = law
    if names not in _MARGINALS:
        joined: dict[Any, Any] = {}
        for weight, outcome in law:
            own = {name: outcome[name] for name in sorted(names) if name in outcome}
            key = str(own)
            joined[key] = (joined[key][0] + sp.sympify(weight) if key in joined else sp.sympify(weight), own)
        _MARGINALS[names] = list(joined.values())  # type: ignore[index]
    return _MARGINALS[names]  # type: ignore[index]


def _function(term: Any, point: Point) -> arb:
    if isinstance(term, sp.exp):
        return _value(term.args[0], point).exp()
    if type(term) in FUNCTIONS:
        return getattr(Balls, FUNCTIONS[type(term)])(_value(term.args[0], point))  # type: ignore[no-any-return]
    if isinstance(term, (sp.Max, sp.Min)):
        pick = Balls.maximum if isinstance(term, sp.Max) else Balls.minimum
        balls = [_value(a, point) for a in term.args]
        found = balls[0]
        for ball in balls[1:]:
            found = pick(found, ball)
        return found
    if isinstance(term, AppliedUndef) and type(term).__name__ in point.values:
        rule = point.values[type(term).__name__]
        inputs = {str(v): _input(a, point) for v, a in zip(rule.signature, term.args, strict=True)}
        return _value(rule.expr, point.with_values(inputs))
    if isinstance(term, sp.sign):
        return _sign(_value(term.args[0], point))
    if isinstance(term, sp.KroneckerDelta):
        return arb(int(integer(term.args[0], point) == integer(term.args[1], point)))
    if isinstance(term, sp.Derivative):
        rules = {k: v for k, v in point.values.items() if isinstance(v, sp.Lambda)}
        found = substitute(term, rules)
        return _value(_differentiated(found), point)
    if term is sp.pi:
        return Balls.pi()
    if term is sp.E:
        return arb(1).exp()
    if isinstance(term, sp.factorial):
        return Balls.constant(int(sp.factorial(integer(term.args[0], point))), 1)
    if isinstance(term, sp.binomial):
        return Balls.constant(int(sp.binomial(*(integer(a, point) for a in term.args))), 1)
    raise Unknown(f"{term} cannot be evaluated")


def _sign(ball: arb) -> arb:
    """-1, 0 or 1, where the ball tells."""
    if ball > 0 or ball < 0 or ball == 0:
        return arb(1 if ball > 0 else -1 if ball < 0 else 0)
    raise Unknown("the sign is not known")


@lru_cache(maxsize=200)
def _differentiated(term: sp.Derivative) -> sp.Expr:
    return sp.diff(term.expr, *term.variable_count)


def _input(term: Any, point: Point) -> Any:
    """The value of an argument of a function: a ball, or the family itself."""
    return point.values[str(term.label)] if isinstance(term, sp.IndexedBase) else _value(term, point)


def truth(proposition: Proposition, point: Point) -> bool | None:
    """Whether `proposition` holds at `point`; None when that cannot be told."""
    match proposition:
        case Relation():
            return _relation(proposition, point)
        case All():
            return _all(truth(part, point) for part in proposition.args)
        case Any_():
            return _negated(_all(_negated(truth(part, point)) for part in proposition.args))
        case ForAll():
            return _all(_implied(proposition, place) for place in _places(proposition, point))
        case Exists():
            return _exists(proposition, point)
        case Named():
            return _surely(proposition, point)
        case Tends():
            try:
                return approaching(proposition, point)
            except (Unknown, ZeroDivisionError, ValueError, OverflowError):
                return None
    return None


def _exists(proposition: Exists, point: Point) -> bool | None:
    """True at the first place that serves; False only where every place was seen."""
    parts, unknown = (*proposition.given, proposition.then), False
    for place in _places(proposition, point):
        found = None if place is None else _all(truth(part, place) for part in parts)
        if found:
            return True
        unknown = unknown or found is None
    return None if unknown or not _enumerable(proposition, point) else False


def approaching(goal: Tends, start: Point) -> bool | None:
    """Whether values along an approach sequence come ever closer to the limit; None when they cannot tell."""
    expression, variable, point, limit, side = goal.args
    infinite, gaps = limit in (sp.oo, -sp.oo), []
    with precision(6000):
        for power in (3, 30, 300):
            step = sp.Rational(1, 10**power)
            place = 1 / step if point is sp.oo else -1 / step if point is -sp.oo else point + (step if side.name == "+" else -step)
            here = start.with_values({str(variable): place})
            found = value(expression, here)
            if infinite and not (found > 0 if limit is sp.oo else found < 0):
                return False
            gaps.append(abs(1 / found if infinite else found - value(limit, here)))
        first, middle, last = gaps
        if last < arb(10) ** -20 or (middle <= first * 9 / 10 and last <= middle * 9 / 10):
            return True
        return False if last > first / 2 else None


def _negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _all(answers: Any) -> bool | None:
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            result = None
    return result


def _implied(proposition: ForAll, place: Point | None) -> bool | None:
    if place is None:
        return None
    given = _all(truth(g, place) for g in proposition.given)
    return True if given is False else truth(proposition.then, place) if given else None


def _places(proposition: Any, point: Point) -> list[Any]:
    """Integer variables run over the ranges their conditions give, or upwards for a while, real ones over a fixed grid.

    A quantified family takes the value that the point has under its name, a real variable that value too: a sampler may offer one.
    """
    if not all(isinstance(v, sp.Symbol) or str(v) in point.values for v in proposition.variables):
        return [None]
    ends, alone = _ends(proposition, point), not all(isinstance(v, sp.Symbol) for v in proposition.variables)
    axes: list[list[dict[str, Any]]] = []
    for variable in (v for v in proposition.variables if isinstance(v, sp.Symbol)):
        name = str(variable)
        low, high = ends.get((name, "low")), ends.get((name, "high"))
        if variable.is_integer and low is not None and high is None:
            high = low + UPWARDS
        if variable.is_integer and (low is None or high is None or high - low > LONGEST):
            return [None]
        axes.append([{name: place} for place in (range(low, high + 1) if variable.is_integer else _real_places(name, point, alone))])  # type: ignore[operator,arg-type]
    return [point.with_values({k: v for one in combination for k, v in one.items()}) for combination in itertools.product(*axes)]


def _real_places(name: str, point: Point, alone: bool) -> tuple[Any, ...]:
    """The number that the point has under the name, then the grid; that number `alone` where it belongs to a family that is offered."""
    offered = point.values.get(name)
    if offered is None or isinstance(offered, (tuple, list, sp.Lambda)):
        return GRID
    return (offered,) if alone else (offered, *GRID)


def _ends(proposition: Any, point: Point) -> dict[tuple[str, str], int]:
    """The range of each integer variable, as far as the conditions give it."""
    ends: dict[tuple[str, str], int] = {}
    for _ in range(2):  # an end may be that of another bound variable, known after a pass
        for variable in (v for v in proposition.variables if isinstance(v, sp.Symbol) and v.is_integer):
            _enter_ends(variable, proposition.given, point, ends)
    return ends


def _enumerable(proposition: Any, point: Point) -> bool:
    """Whether the places tried are all there are: integers between two ends."""
    ends = _ends(proposition, point)
    return all(isinstance(v, sp.Symbol) and v.is_integer and {(str(v), "low"), (str(v), "high")} <= set(ends) for v in proposition.variables)


def _enter_ends(variable: sp.Symbol, given: Sequence[Proposition], point: Point, ends: dict[tuple[str, str], int]) -> None:
    """The smallest and largest value that the conditions allow, as far as they can be read off."""
    for fact in (g.flipped() if isinstance(g, Relation) and g.op in (">", ">=") else g for g in given):
        if not isinstance(fact, Relation) or fact.op not in ("<=", "<") or variable not in (fact.left, fact.right):
            continue
        side, other, pick, sign = ("low", fact.left, max, 1) if fact.right == variable else ("high", fact.right, min, -1)
        try:
            bound = ends[str(other), side] if (str(other), side) in ends else integer(other, point)
        except Unknown:
            continue
        bound += sign * int(fact.op == "<")
        key = (str(variable), side)
        ends[key] = pick(ends[key], bound) if key in ends else bound


def _surely(proposition: Named, point: Point) -> bool | None:
    if proposition.name == "surely" and point.law:
        return _all(truth(t, point.with_values(outcome)) for t in proposition.terms for _, outcome in point.law)
    if proposition.name == "independent":
        return _independent(*map(random_names, proposition.terms), point)
    return True if proposition.name in ("random", "smooth") else None


def _independent(first: frozenset[str], second: frozenset[str], point: Point) -> bool:
    """Whether the joint law of two groups of random names is the product of their laws, exactly."""
    weights = [sp.Rational(weight) for weight, _ in point.law]
    pairs = [tuple(str([outcome.get(n) for n in sorted(group)]) for group in (first, second)) for _, outcome in point.law]

    def share(side: int | None, wanted: Any) -> sp.Expr:
        return sum((w for w, pair in zip(weights, pairs, strict=True) if wanted == (pair if side is None else pair[side])), sp.Integer(0))

    return all(share(None, (a, b)) == share(0, a) * share(1, b) for a in {p[0] for p in pairs} for b in {p[1] for p in pairs})


def _relation(relation: Relation, point: Point) -> bool | None:
    try:
        with precision(BITS):
            gap = value(relation.left, point) - value(relation.right, point)
    except (Unknown, ZeroDivisionError, ValueError, OverflowError):
        return None
    if abs(gap) < arb(2) ** -400:  # equal as far as balls can tell
        return relation.op in ("=", "<=", ">=")
    match relation.op:
        case "=":
            return None if gap.contains(0) else False
        case "!=":
            return None if gap.contains(0) else True
        case "<=" | "<":
            return True if gap < 0 else False if gap > 0 else None
    return True if gap > 0 else False if gap < 0 else None
