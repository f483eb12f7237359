"""The numerical engines that the proof kernel is handed: tripwire probes, closed numbers, limits."""

from __future__ import annotations

import random
from typing import Any, final

import sympy as sp
from flint import arb
from sympy.core.function import AppliedUndef

from numerics.balls import precision
from numerics.evaluate import BITS, Point, Unknown, approaching, truth, value
from theorems.logic import Named, Relation, Tends
from theorems.scope import Scope
from theorems.terms import Random, RandomFamily, free_names, random_names

PROBES = 3
TRIES = 60
SIZE = 4


@final
class BallEngines:
    """Engines on python-flint balls."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)

    def probe(self, term: Any, scope: Scope) -> bool | None:
        """False when `term` is not 0 at a random exact point where the facts hold; None without such a point."""
        facts = [f for f in scope.flat if not (isinstance(f, Relation) and f.op == "=")]
        found = 0
        for _ in range(TRIES):
            point = self.point((sp.sympify(term), *facts))
            if any(truth(f, point) is False for f in facts):
                continue
            try:
                with precision(BITS):
                    ball = value(term, point)
            except (Unknown, ZeroDivisionError, ValueError, OverflowError, TypeError):
                continue
            if not ball.contains(0):
                return False
            if abs(ball) < arb(10) ** -200:
                found += 1
            if found == PROBES:
                return True
        return None if found == 0 else True

    def point(self, nodes: tuple[Any, ...]) -> Point:
        """Random exact values for every free name of `nodes`, and a random finite law."""
        names: dict[str, Any] = {}
        for node in nodes:
            for base in node.atoms(sp.IndexedBase):
                rank = max((len(a.indices) for n in nodes for a in n.atoms(sp.Indexed) if a.base == base), default=1)
                names[str(base.label)] = self.family(rank)
            for call in node.atoms(AppliedUndef):
                names[type(call).__name__] = self.function(len(call.args))
        low, high = self.random.choice(((0, 1), (0, 3), (1, 4), (-2, 2)))
        for node in nodes:
            for symbol in node.atoms(sp.Symbol):
                if symbol.name not in names:
                    names[symbol.name] = self.random.randint(1, SIZE) if symbol.is_integer else self.rational(low, high)
        varied = frozenset[str]().union(*(_random_anywhere(node) for node in nodes))
        return Point(names, self.law({n: names[n] for n in varied}, nodes) if varied else ())

    def rational(self, low: int, high: int) -> sp.Rational:
        return sp.Rational(self.random.randint(low * 97 + 1, high * 97 - 1), 97)

    def family(self, rank: int) -> Any:
        count = SIZE + 2
        if rank > 1:
            return tuple(self.family(rank - 1) for _ in range(count))
        return tuple(self.rational(0, self.scale) for _ in range(count))

    @property
    def scale(self) -> int:
        return self.random.choice((1, 1, 3))

    def function(self, arity: int) -> sp.Lambda:
        """A random smooth positive function: 1 + a sum of squares of its arguments with random weights."""
        inputs = sp.symbols(f"input_1:{arity + 1}", real=True)
        body = sp.Integer(1) + sum(self.rational(0, 2) * (x + self.rational(0, 1)) ** 2 for x in inputs)
        return sp.Lambda(inputs, body)

    def law(self, names: dict[str, Any], nodes: tuple[Any, ...]) -> tuple[tuple[Any, dict[str, Any]], ...]:
        """A few outcomes of the random names, independent where a fact calls them so."""
        law: list[tuple[Any, dict[str, Any]]] = [(sp.Integer(1), {})]
        for count, block in zip((3, 2, 2, 2, 1, 1, 1), _blocks(set(names), nodes), strict=False):
            outcomes = self.outcomes({n: names[n] for n in sorted(block)}, count)
            law = [(weight / count, {**values, **outcome}) for weight, values in law for outcome in outcomes]
        return tuple(law)

    def outcomes(self, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
        ranks = {k: 0 if not isinstance(v, tuple) else 2 if isinstance(v[0], tuple) else 1 for k, v in names.items()}
        return [{k: self.family(rank) if rank else self.rational(0, 2) for k, rank in ranks.items()} for _ in range(count)]

    def closed(self, goal: Relation) -> bool | None:
        """Whether a relation between numbers holds; that two numbers are equal is told of rationals only."""
        if goal.op == "=" or (goal.op == "!=" and (goal.left - goal.right).is_Rational):
            gap = sp.nsimplify(goal.left - goal.right) if (goal.left - goal.right).is_Rational else None
            return None if gap is None else bool((gap == 0) == (goal.op == "="))
        with precision(BITS):
            try:
                gap = value(goal.left, Point({})) - value(goal.right, Point({}))
            except (Unknown, ZeroDivisionError, ValueError, OverflowError):
                return None
        table = {"<=": (gap <= 0, gap > 0), "<": (gap < 0, gap >= 0), ">=": (gap >= 0, gap < 0),
                 ">": (gap > 0, gap <= 0), "!=": (not gap.contains(0), False)}
        holds, fails = table[goal.op]
        return True if holds else False if fails else None

    def approaches(self, goal: Tends, scope: Scope) -> bool | None:
        """Whether values along an approach sequence come ever closer to the limit."""
        expression, variable, _, limit, _ = goal.args
        for _ in range(TRIES):
            start = self.point((expression, limit, *scope.flat))
            if any(truth(f, start) is False for f in scope.flat if str(variable) not in free_names(f)):
                continue
            try:
                return approaching(goal, start)
            except (Unknown, ZeroDivisionError, ValueError, OverflowError):
                continue
        return None


def _blocks(names: set[str], nodes: tuple[Any, ...]) -> list[set[str]]:
    """The random names in blocks that the facts declare independent of one another."""
    facts = [n for n in nodes if isinstance(n, Named) and n.name == "independent"]
    pairs = [tuple(map(random_names, n.terms)) for n in facts]
    blocks: list[set[str]] = []
    for name in sorted(names):
        apart = set().union(*(b for a, b in pairs if name in a), *(a for a, b in pairs if name in b))
        linked = [block for block in blocks if not block <= apart]
        blocks = [block for block in blocks if block <= apart] + [{name}.union(*linked)]
    return blocks


def _random_anywhere(node: Any) -> frozenset[str]:
    """Names of the random variables and families of a node, inside expectations too."""
    families = {str(b.label) for b in node.atoms(RandomFamily)}
    return frozenset(families | {s.name for s in node.atoms(Random)})
