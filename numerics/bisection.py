"""Conditions by certified bisection: a real inequality on a box, compactified where its domain has no end.

The domain is put into charts with bounded coordinates: 1/T for T >= 1, 1/V, quotients for ordered pairs.  In each
chart the factors of known sign, which vanish or run off at edges, are split off; what is left is certified on the
closed box and replayed by the checker.  Where that fails, the condition may still hold on `BOX`, and says so.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

import sympy as sp

from numerics.balls import Balls, precision, rational
from numerics.box import COLDEST, HOTTEST, LEAST
from numerics.checker import check_certificate
from numerics.search import certify
from theorems import sign
from theorems.boxclaim import MOST_VARIABLES, box_claim
from theorems.compile import compile_expressions
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.logic import Relation
from theorems.operator import V
from theorems.verdict import Proved

TRUSTS: Final = ("sympy.factor", "arb", "checker")
_ENTRIES: Final = frozenset("pxy")
_HEATS: Final = frozenset(("T", "T2"))
_LARGEST: Final = 300

Place = dict[sp.Symbol, sp.Expr]
Box = dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]


@final
@dataclass(frozen=True)
class Settled:
    """The certificates that show a condition; `boxed` where they cover `BOX` alone."""

    certificates: tuple[Certificate, ...]
    boxed: bool = False


@final
@dataclass(frozen=True)
class Chart:
    """`place` writes the symbols of a condition in coordinates that fill `box`; `inside` holds at its inner points."""

    place: Place
    box: Box
    inside: tuple[Relation, ...]


def settle(goal: Relation, given: Sequence[Relation], *, seconds: float, boxed: bool = False, operator: str = "") -> Settled | None:
    """Certificates for `goal`, term > 0 or term >= 0, wherever `given` holds; None where there are none.

    `boxed` allows a proof on the box; the term must be known to be defined.
    """
    term, end = goal.left, time.process_time() + seconds  # its own time: other work does not change what is found
    bounds = Bounds.of(given, term.free_symbols)
    if bounds is None or not term.free_symbols or len(term.free_symbols) > MOST_VARIABLES or term.count_ops() > _LARGEST:
        return None
    for charts, whole in ((bounds.charts(), True), (bounds.boxes() if boxed else None, False)):
        if not charts:
            continue
        found: list[Certificate] = []
        for chart in charts:
            reserve = 0.4 * (end - time.process_time()) * (whole and boxed)
            certificate = _certified(term.xreplace(chart.place), goal.op, chart, end - reserve, operator)
            if certificate is None:
                break
            found.append(certificate)
        else:
            return Settled(tuple(found), not whole)
    return None


@final
@dataclass(frozen=True)
class Range:
    """The numbers from `low` to `high`; an open end does not belong to it."""

    low: sp.Expr = -sp.oo
    high: sp.Expr = sp.oo
    low_open: bool = True
    high_open: bool = True

    def meet(self, other: Range) -> Range:
        low, high = max(self.low, other.low), min(self.high, other.high)
        low_open = (self.low == low and self.low_open) or (other.low == low and other.low_open)
        return Range(low, high, low_open, (self.high == high and self.high_open) or (other.high == high and other.high_open))

    def holds(self, term: sp.Expr) -> tuple[Relation, ...]:
        """That the term lies in the range."""
        return Relation(term, ">" if self.low_open else ">=", self.low), Relation(term, "<" if self.high_open else "<=", self.high)


@final
@dataclass(frozen=True)
class Bounds:
    """Numbers between which each symbol lies, and the pairs that are in order."""

    ends: Mapping[sp.Symbol, Range]
    above: Mapping[sp.Symbol, sp.Symbol]  # of an ordered pair: the larger one of each smaller one

    @staticmethod
    def of(given: Sequence[Relation], symbols: set[sp.Basic]) -> Bounds | None:
        """None where a relation is neither a bound of a symbol nor an order of two, or where bounds are missing."""
        ends: dict[sp.Symbol, Range] = {}
        above: dict[sp.Symbol, sp.Symbol] = {}
        for relation in given:
            left, right, strict = relation.left, relation.right, relation.op in ("<", ">")
            if relation.op in ("=", "!="):
                return None
            if relation.op in (">", ">="):
                left, right = right, left
            if left.is_Symbol and right.is_Symbol and strict:
                above[left] = right
            elif left.is_Symbol and right.is_Rational:
                ends[left] = ends.get(left, Range()).meet(Range(high=right, high_open=strict))
            elif right.is_Symbol and left.is_Rational:
                ends[right] = ends.get(right, Range()).meet(Range(low=left, low_open=strict))
            else:
                return None
        for small, large in above.items():  # what bounds one of a pair bounds the other
            below, over = ends.get(small, Range()), ends.get(large, Range())
            ends[small] = below.meet(Range(high=over.high))
            ends[large] = over.meet(Range(low=below.low))
        used = {s: ends[s] for s in symbols if s in ends}
        if len(used) < len(symbols) or any(r.low < 0 or r.low >= r.high for r in used.values()):
            return None
        return Bounds(used, {a: b for a, b in above.items() if a in symbols and b in symbols})

    def charts(self) -> list[Chart]:
        """Charts whose boxes cover the whole domain."""
        return self.product({s: _coordinates(s, r) for s, r in self.ends.items() if s not in self.above})

    def boxes(self) -> list[Chart] | None:
        """The chart of the box; None where it is empty."""
        ends = {s: _boxed(s, r) for s, r in self.ends.items()}
        if any(r.low >= r.high for r in ends.values()):
            return None
        return Bounds(ends, self.above).product({s: [(s, s, r)] for s, r in ends.items() if s not in self.above})

    def product(self, coordinates: Mapping[sp.Symbol, list[_Coordinate]]) -> list[Chart]:
        found = []
        for choice in itertools.product(*coordinates.values()):
            place: Place = {}
            ranges: dict[sp.Symbol, Range] = {}
            for symbol, (term, name, range_) in zip(coordinates, choice, strict=True):
                place[symbol], ranges[name] = term, range_
            for small, large in self.above.items():
                share, low = sp.Symbol(f"r_{small}", real=True), self.ends[small].low
                place[small] = low + (place[large] - low) * share
                ranges[share] = Range(sp.S.Zero, sp.S.One, self.ends[small].low_open, True)
            box = {name: (r.low, r.high) for name, r in ranges.items()}
            found.append(Chart(place, box, tuple(relation for name, r in ranges.items() for relation in r.holds(name))))
        return found


#: A symbol written in a bounded coordinate, the coordinate, and its range.
_Coordinate = tuple[sp.Expr, sp.Symbol, Range]


def _coordinates(symbol: sp.Symbol, range_: Range) -> list[_Coordinate]:
    """Ways to write the symbol in a bounded coordinate; together they cover its range."""
    inverse = sp.Symbol(f"u_{symbol}", real=True)
    if range_.high is not sp.oo:
        return [(symbol, symbol, range_)]
    if range_.low > 0:
        return [(1 / inverse, inverse, Range(sp.S.Zero, 1 / range_.low, True, range_.low_open))]
    return [
        (symbol, symbol, Range(sp.S.Zero, sp.S.One, range_.low_open, False)),
        (1 / inverse, inverse, Range(sp.S.Zero, sp.S.One, True, False))]


def _boxed(symbol: sp.Symbol, range_: Range) -> Range:
    if symbol.name in _ENTRIES:
        return range_.meet(Range(LEAST, 1 - LEAST, False, False))
    if symbol.name in _HEATS:
        return range_.meet(Range(COLDEST, HOTTEST, False, False))
    return range_.meet(Range(sp.Integer(2), 1 / LEAST, False, False)) if symbol == V else Range(sp.S.Zero, sp.S.Zero)


def _certified(term: sp.Expr, op: str, chart: Chart, end: float, operator: str, depth: int = 3) -> Certificate | None:
    """A certificate that the checker replays for one way to write the term in the chart."""
    for core in _cores(term, chart, strict=op == ">"):
        if time.process_time() > end:
            return None
        risen = list(_slopes(core, chart)) if op == ">" else []
        for slope in risen if depth else ():  # 0 at an edge outside the domain, and strictly monotone from there
            certificate = _certified(slope, op, chart, end, operator, depth - 1)
            if certificate is not None and _agree(core, term, chart):
                return certificate
        for relation in () if risen else (">",) if op == ">" else (">", ">="):
            certificate = _searched(core, relation, chart.box, (end - time.process_time()) / 2, operator)
            if certificate is not None and _agree(core, term, chart):
                return certificate
    return None


def _slopes(core: sp.Expr, chart: Chart) -> Iterator[sp.Expr]:
    """Derivatives whose being > 0 makes `core` > 0: it is 0 on an edge that does not belong to the domain."""
    closed = tuple(relation for name, (low, high) in chart.box.items() for relation in Range(low, high, False, False).holds(name))
    for name, (low, high) in chart.box.items():
        for edge, inner, turn in ((low, Relation(name, ">", low), 1), (high, Relation(name, "<", high), -1)):
            if name not in core.free_symbols or inner not in chart.inside or not sign.shows(Relation(core.subs(name, edge), "=", sp.S.Zero), closed):
                continue
            slope = turn * sp.diff(core, name)
            if sign.defined(core, closed) and sign.defined(slope, chart.inside):
                yield slope


def _searched(core: sp.Expr, relation: str, box: Box, seconds: float, operator: str) -> Certificate | None:
    used = {s: ends for s, ends in box.items() if s in core.free_symbols} or dict(itertools.islice(box.items(), 1))
    try:
        claim = box_claim(core, relation, {s: tuple(map(str, ends)) for s, ends in used.items()}, operator=operator)
        found = certify(claim, budget=max(0.05, seconds))
    except (OverproofError, ValueError, TypeError, ArithmeticError):
        return None
    if isinstance(found, Certificate) and found.kind != "counterexample" and isinstance(check_certificate(found), Proved):
        return found
    return None


def _cores(term: sp.Expr, chart: Chart, *, strict: bool) -> Iterator[sp.Expr]:
    """Terms with the sign of `term` inside the chart: itself, and without the factors of known sign.

    At an edge that belongs to the domain the term is continuous; a strict sign is kept there by factors > 0.
    """
    yield term
    names = {s: sp.Dummy(s.name, positive=True) for s in chart.box if chart.box[s][0] >= 0}
    back = {dummy: symbol for symbol, dummy in names.items()}
    seen = {term}
    for rewrite in (lambda e: e, sp.powsimp, lambda e: sp.powsimp(sp.expand_log(sp.powdenest(e)))):
        try:
            whole = sp.factor(sp.together(rewrite(term.xreplace(names)))).xreplace(back)
        except (sp.PolynomialError, NotImplementedError):
            continue
        core = _stripped(whole, chart, strict)
        if core not in seen:
            seen.add(core)
            yield core


def _stripped(term: sp.Expr, chart: Chart, strict: bool) -> sp.Expr:
    """The term without its factors of known sign; for a strict goal those must be defined and not 0 on the whole domain."""
    kept, turned = sp.S.One, False
    for factor in sp.Mul.make_args(term):
        base, exponent = factor.as_base_exp()
        known = sign.defined(factor, chart.inside) or not strict
        if known and sign.shows(Relation(factor, ">" if strict else ">=", sp.S.Zero), chart.inside):
            continue
        if known and sign.shows(Relation(factor, "<" if strict else "<=", sp.S.Zero), chart.inside):
            turned = not turned
        elif exponent.is_Integer and exponent < 0:
            kept *= base ** (exponent % 2)  # of the sign of its inverse
        else:
            kept *= factor
    return sp.expand(-kept) if turned else kept


def _agree(core: sp.Expr, term: sp.Expr, chart: Chart) -> bool:
    """A tripwire: at exact inner points, balls of core and term have one sign (or contain 0)."""
    symbols = list(chart.box)
    program = compile_expressions([core, term], symbols)
    with precision(400):
        for k in range(1, 9):
            place = []
            for n, (low, high) in enumerate(chart.box.values()):
                share = Fraction((7 * k + 5 * n * k + 3 * n) % 31 + 1, 33)
                place.append(rational(str(low)) + rational(share) * (rational(str(high)) - rational(str(low))))
            first, other = program.run(Balls, *(Balls.interval(x, x) for x in place))
            if (first > 0 and other < 0) or (first < 0 and other > 0):
                return False
    return True
