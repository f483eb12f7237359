"""A small sign calculus: when does a relation between real terms follow from given relations?

`shows(relation, given)` is True only when the relation holds at every real point where `given` holds and
both sides are defined; False means "not shown".  `defined(expression, given)` is True only when no division
by zero, no logarithm of a non-positive number and no real power of a negative number can occur.
Facts come from `given` alone, never from assumptions attached to symbols.  Terms that the calculus does
not know (`p[i]`, `f(x)`, ...) are atoms, matched structurally.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import islice, product
from math import inf
from typing import Any, final

import sympy as sp
from sympy.core.function import AppliedUndef

from theorems import points
from theorems.interval import FULL, Interval, function_range, power_range
from theorems.logic import ForAll, Proposition, Relation
from theorems.terms import E, replaced, substitute

_DEPTH = 3
_LARGEST = 400  # operations; larger terms are left alone, not chewed on for ever
_MONOTONE = (sp.log, sp.exp, sp.tanh, sp.sinh, sp.atan)


def shows(relation: Relation, given: Sequence[Proposition] = (), *, effort: int = _DEPTH) -> bool:
    """True when `relation` is shown to follow from `given`; `effort` 0 reads ranges only, 3 searches longest."""
    return _shows(relation, tuple(given), effort)


@lru_cache(maxsize=20_000)
def _shows(relation: Relation, given: tuple[Proposition, ...], effort: int) -> bool:
    try:
        return _calculus(map(_renamed, given), effort).holds(_renamed(relation))
    except (ZeroDivisionError, OverflowError, RecursionError, NotImplementedError, sp.PolynomialError):
        return False


def defined(expression: Any, given: Sequence[Proposition] = ()) -> bool:
    """True when `expression` is shown to have a real value wherever `given` holds."""
    try:
        return _calculus(map(_renamed, given)).has_value(_renamed(sp.sympify(expression)))
    except (ZeroDivisionError, OverflowError, RecursionError, NotImplementedError, sp.PolynomialError):
        return False


def _calculus(given: Iterable[Proposition], effort: int = _DEPTH) -> _Calculus:
    """A calculus that has read `given`, for one question: what it learns on the way stays its own."""
    return _read(tuple(given), effort).copy()


@lru_cache(maxsize=500)
def _read(given: tuple[Proposition, ...], effort: int) -> _Calculus:
    return _Calculus(given, effort)


def _renamed(term: Any) -> Any:
    """The same with canonical names for the indices of sums, so that none is also a free symbol."""
    def rename(found: sp.Sum) -> sp.Sum:
        level = 1 + max((int(s.name[2:]) for s in found.atoms(sp.Symbol) if s.name.startswith("_b")), default=0)
        fresh = [sp.Symbol(f"_b{level + k}", integer=True) for k in range(len(found.limits))]
        names = {limit[0]: new for limit, new in zip(found.limits, fresh, strict=True)}
        return sp.Sum(found.function.xreplace(names), *((names[i], *(b.xreplace(names) for b in ends)) for i, *ends in found.limits))

    return term.replace(lambda e: isinstance(e, sp.Sum), rename) if term.has(sp.Sum) else term


def _placed(proposition: Any, index: sp.Symbol, place: sp.Expr) -> Any:
    """The instance at `place`, which may be the index of a sum around it: no sum inside captures it."""
    return _renamed(substitute(proposition, {index.name: place}))


@lru_cache(maxsize=50_000)
def _expand(term: sp.Expr) -> sp.Expr:
    return sp.expand(term) if term.count_ops() < _LARGEST else term


def _rational(number: Any) -> bool:
    return isinstance(number, sp.Rational)


def _primitive(term: sp.Expr) -> tuple[sp.Expr, sp.Rational, sp.Rational]:
    """key, a != 0, b with term = a key + b: one key for all affine images of a term."""
    constant, rest = _expand(term).as_coeff_Add()
    if not _rational(constant):
        constant, rest = sp.S.Zero, _expand(term)
    first = min(sp.Add.make_args(rest), key=sp.default_sort_key)
    scale = first.as_coeff_Mul()[0]
    if not _rational(scale) or scale == 0:
        scale = sp.S.One
    return _expand(rest / scale), scale, constant


@final
class _Calculus:
    def __init__(self, given: Sequence[Proposition], effort: int = _DEPTH) -> None:
        self.effort = effort
        self.ranges: dict[sp.Expr, Interval] = {}
        self.facts: list[tuple[sp.Expr, bool]] = []  # (f, strict): f >= 0, or f > 0
        self.nonzero: set[sp.Expr] = set()
        self.families = [g for g in given if isinstance(g, ForAll)]
        self.equal: list[tuple[sp.Expr, sp.Expr]] = []
        self.memo: dict[tuple[sp.Expr, int], Interval] = {}
        self.given = tuple(given)
        self.seen: set[Relation] = set()
        relations = [g for g in given if isinstance(g, Relation)]
        for relation in sorted(relations, key=lambda r: r.op != "="):
            self.assume(relation)
        for _ in range(2 if effort > 1 else 0):
            self.chain()

    def copy(self) -> _Calculus:
        """Another one that knows the same."""
        other = copy(self)
        for table in ("ranges", "facts", "nonzero", "equal", "memo", "seen"):
            setattr(other, table, copy(getattr(self, table)))
        return other

    def chain(self) -> None:
        """From f >= 0 and g >= 0 also f + c g >= 0, where c > 0 cancels a term of f and the sum is no longer."""
        known = self.facts[:10]
        for (f, f_strict), (g, g_strict) in product(known, known):
            for a, b in product(sp.Add.make_args(f)[:4], sp.Add.make_args(g)[:4]):
                ratio = -a / b
                if _rational(ratio) and ratio > 0 and not a.is_number:
                    both = _expand(f + ratio * g)
                    if not both.is_number and len(sp.Add.make_args(both)) <= max(len(f.args), len(g.args)) and len(self.facts) < 30:
                        self.assume(Relation(both, ">" if f_strict or g_strict else ">=", 0))

    # -- facts -----------------------------------------------------------------------------------
    def assume(self, relation: Relation) -> None:
        if relation in self.seen:
            return
        self.seen.add(relation)
        term, op = self.reduce(relation.left - relation.right), relation.op
        if term.is_number:
            return
        if op == "=" and self.solve(term):
            return
        if op == "!=":
            self.nonzero.add(_primitive(term)[0] if _primitive(term)[2] == 0 else _expand(term))
            return
        if op in ("<", "<="):
            term, op = -term, {"<": ">", "<=": ">="}[op]
        key, scale, constant = _primitive(term)
        bound = -constant / scale  # scale key + constant >= 0
        low = Interval.of(bound, sp.oo, low_open=op == ">") if scale > 0 else Interval.of(-sp.oo, bound, high_open=op == ">")
        if op == "=":
            low = Interval.of(bound, bound)
            self.facts.append((_expand(-term), False))
        self.ranges[key] = self.ranges.get(key, FULL).meet(low)
        self.facts.append((_expand(term), op == ">"))
        self.memo.clear()

    def solve(self, term: sp.Expr) -> bool:
        """Use term = 0 to eliminate an atom that occurs in it once, linearly: equals replace equals."""
        expanded = _expand(term)
        for part in sp.Add.make_args(expanded):
            scale, atom = part.as_coeff_Mul()
            rest = expanded - part
            if _rational(scale) and (atom.is_Symbol or isinstance(atom, (sp.Indexed, AppliedUndef))) and not rest.has(atom):
                self.equal.append((atom, -rest / scale))
                return True
        return False

    def reduce(self, term: sp.Expr) -> sp.Expr:
        for atom, value in self.equal:
            term = replaced(term, atom, value)
        return term

    def instantiate(self, term: sp.Expr) -> None:
        """Use `for all i: R(i)` at the indices that occur in the term: an instance of a given."""
        for family in self.families:
            if len(family.variables) != 1 or not isinstance(family.then, Relation):
                continue
            index = family.variables[0]
            bases = {a.base for a in family.then.atoms(sp.Indexed) if index in a.indices}
            names = {a.func for a in family.then.atoms(AppliedUndef) if index in a.args}
            places = {i for a in term.atoms(sp.Indexed) if a.base in bases for i in a.indices}
            places |= {i for a in term.atoms(AppliedUndef) if a.func in names for i in a.args}
            if index.is_integer:
                places = {place for place in places if place.is_integer}
            for place in sorted(places, key=sp.default_sort_key)[:8]:
                side = [_placed(g, index, place) for g in family.given]
                if all(isinstance(g, Relation) and self.at_once(g) for g in side):
                    self.assume(_placed(family.then, index, place))

    def at_once(self, relation: Relation) -> bool:
        """A side condition of an instance, shown by ranges alone: no further instances, so no circle."""
        term = self.reduce(relation.left - relation.right)
        if relation.op == "=":
            return _is_zero(term)
        if relation.op == "!=":
            return self.excludes_zero(term)
        return self.range(term if relation.op in (">", ">=") else -term, 0).nonnegative(relation.op in (">", "<"))

    # -- goals -----------------------------------------------------------------------------------
    def holds(self, relation: Relation) -> bool:
        self.instantiate(relation.left - relation.right)
        term, op = self.reduce(relation.left - relation.right), relation.op
        if term.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I):
            return False
        if op == "=":
            return _is_zero(term) or (self.proves(term, strict=False, depth=self.effort) and self.proves(-term, strict=False, depth=self.effort))
        if op == "!=":
            return self.excludes_zero(term)
        return self.proves(term if op in (">", ">=") else -term, strict=op in (">", "<"), depth=self.effort)

    def excludes_zero(self, term: sp.Expr) -> bool:
        key, _, constant = _primitive(term)
        if (key if constant == 0 else _expand(term)) in self.nonzero or _expand(-term) in self.nonzero:
            return True
        if isinstance(term, sp.Mul):  # a product of nonzero factors
            return all(self.excludes_zero(factor) for factor in term.args)
        if isinstance(term, sp.Pow) and term.exp.is_Integer:
            return self.excludes_zero(term.base)
        return self.proves(term, strict=True, depth=self.effort) or self.proves(-term, strict=True, depth=self.effort)

    def proves(self, term: sp.Expr, *, strict: bool, depth: int = _DEPTH) -> bool:
        """term >= 0 (> 0), by the first method that shows it."""
        if self.range(term, depth).nonnegative(strict):
            return True
        if depth == 0 or not term.args or self.fails(term, strict):
            return False
        return any(method(term, strict, depth) for method in (self.by_forms, self.by_roots, self.by_logarithms, self.by_slacks, self.by_facts))

    def fails(self, term: sp.Expr, strict: bool) -> bool:
        """True when the term is clearly negative (or, where > 0 is asked, 0) at a sample point of the givens: not worth a search."""
        symbols, places = _places(self.given)
        if not places or not term.free_symbols <= set(symbols) or not _plain(term) or term.count_ops() > _LARGEST:
            return False
        found = _values(term, self.given)
        return any(v < -1e-7 for v in found) or (strict and any(v == 0 for v in found))

    def by_forms(self, term: sp.Expr, strict: bool, depth: int) -> bool:
        """The same term written otherwise."""
        return any(other != term and self.range(other, depth).nonnegative(strict) for other in _forms(term))

    def by_roots(self, term: sp.Expr, strict: bool, depth: int) -> bool:
        """A polynomial in one variable keeps its sign between roots; roots of even order are harmless for >=."""
        symbols = sorted(term.free_symbols, key=sp.default_sort_key)
        if len(symbols) != 1 or not term.is_polynomial(*symbols) or term.count_ops() > 60:
            return False
        bound, x = self.range(symbols[0], 0), symbols[0]
        polynomial = sp.Poly(term, x)
        if polynomial.degree() < 2 or not all(map(_rational, polynomial.coeffs())) or bound.low >= bound.high:
            return False
        low, high = (sp.oo * (1 if e > 0 else -1) if abs(e) == inf else sp.Rational(e) for e in (bound.low, bound.high))
        essential = polynomial
        if not strict:
            essential = sp.Poly(polynomial.LC(), x)
            for factor, order in polynomial.sqf_list()[1]:
                essential = essential * factor if order % 2 else essential
        if essential.degree() > 0 and essential.count_roots(None if low == -sp.oo else low, None if high == sp.oo else high):
            return False
        inside = (max(low, high - 2) if high != sp.oo else max(low, 0)) + (min(high, low + 2) if low != -sp.oo else min(high, 0))
        return bool(essential.eval(sp.Rational(inside) / 2) > 0)

    def by_logarithms(self, term: sp.Expr, strict: bool, depth: int) -> bool:
        """a - b >= 0 for positive a, b exactly when log a - log b >= 0: log is strictly increasing."""
        parts = sp.Add.make_args(_expand(term))
        if len(parts) != 2:
            return False
        for a, b in ((parts[0], -parts[1]), (parts[1], -parts[0])):
            if self.range(a, 0).nonnegative(True) and self.range(b, 0).nonnegative(True):
                difference = _expand(self.logarithm(a) - self.logarithm(b))
                if not difference.has(term) and difference.count_ops() < _LARGEST:
                    return self.proves(_factor_terms(difference), strict=strict, depth=depth - 1) or (
                        self.proves(_factor(difference), strict=strict, depth=depth - 1))
        return False

    def logarithm(self, term: sp.Expr) -> sp.Expr:
        """log(term) with products and powers of positive factors pulled apart."""
        if isinstance(term, sp.exp):
            return term.args[0]
        if isinstance(term, sp.Mul) and all(self.range(f, 0).nonnegative(True) for f in term.args):
            return sp.Add(*map(self.logarithm, term.args))
        if isinstance(term, sp.Pow) and self.range(term.base, 0).nonnegative(True):
            return term.exp * self.logarithm(term.base)
        return sp.log(term)

    def by_slacks(self, term: sp.Expr, strict: bool, depth: int) -> bool:
        """Write each variable as its bound plus a slack s >= 0; done when all coefficients are >= 0."""
        upper, lower = sp.fraction(_together(term))
        if upper.count_ops() > _LARGEST:
            return False
        for sign in (1, -1):
            if self.range(sign * lower, 0).nonnegative(True):
                return any(self.all_terms(*case, strict) for case in islice(self.shifted(sign * upper), 40))
        return False

    def shifted(self, term: sp.Expr) -> Iterator[tuple[sp.Expr, dict[sp.Expr, Interval]]]:
        """The term in slack variables, for several choices of the facts that bind each variable."""
        variables = sorted((s for s in term.free_symbols if isinstance(s, sp.Symbol) or s.is_Indexed), key=sp.default_sort_key)
        variables = [x for x in variables if not any(x in f.free_symbols for f in _functions(term))][:3]
        choices = [[None, *self.bindings(x)] for x in variables]
        for choice in product(*choices):
            image, slacks = term, {}
            for binding in filter(None, choice):
                x, value, slack, strict = binding
                image = image.xreplace({x: value})
                slacks[slack] = Interval.of(0, sp.oo, low_open=strict)
            if slacks and not any(b and image.has(b[0]) and b[0] in image.free_symbols for b in choice if b):
                upper, lower = sp.fraction(_together(image))
                if self.all_terms(lower, slacks, True):
                    yield upper, slacks

    def bindings(self, x: sp.Expr) -> list[tuple[sp.Expr, sp.Expr, sp.Symbol, bool]]:
        """x = value(slack) for every fact that binds x linearly; also both bounds at once."""
        found = []
        for fact, strict in self.facts[:12]:
            scale = fact.coeff(x, 1)
            rest = _expand(fact - scale * x)
            if _rational(scale) and scale != 0 and not rest.has(x):
                slack = sp.Dummy("s", real=True)
                found.append((x, (slack - rest) / scale, slack, strict))
        bound = self.ranges.get(x, FULL)
        if bound.bounded() and bound.high_open:  # x = (low + high s)/(1 + s) runs over [low, high)
            slack = sp.Dummy("s", real=True)
            low, high = sp.Rational(bound.low), sp.Rational(bound.high)
            found.append((x, (low + high * slack) / (1 + slack), slack, bound.low_open))
        return found

    def all_terms(self, polynomial: sp.Expr, slacks: dict[sp.Expr, Interval], strict: bool) -> bool:
        """Every term of a sum is >= 0, and one is > 0 where that is asked."""
        saved, self.memo = (dict(self.ranges), self.memo), {}
        self.ranges.update(slacks)
        try:
            ranges = [self.range(part, 0) for part in sp.Add.make_args(_expand(polynomial))]
        finally:
            self.ranges, self.memo = saved
        return all(r.nonnegative(False) for r in ranges) and (not strict or any(r.nonnegative(True) for r in ranges))

    def by_facts(self, term: sp.Expr, strict: bool, depth: int) -> bool:
        """term = r f + rest with r >= 0, f >= 0 a fact and rest >= 0: cancel one term of the sum at a time."""
        if depth < 2:
            return False
        whole = _expand(term)
        parts = sp.Add.make_args(whole)
        for fact, fact_strict in [*self.facts, *self.derived(whole)]:
            for part, piece in product(parts[:6], sp.Add.make_args(fact)):
                ratio = _quotient(part, piece)
                weight = self.range(ratio, 0)
                rest = _expand(whole - ratio * fact)
                bottom = sp.fraction(ratio)[1]
                if not bottom.is_number and not self.range(bottom, 0).signed():
                    continue  # the ratio may be undefined
                if weight.nonnegative(False) and len(sp.Add.make_args(rest)) <= len(parts) and rest != whole:
                    done = strict and fact_strict and weight.nonnegative(True)
                    if self.proves(rest, strict=strict and not done, depth=depth - 1):
                        return True
        return False

    def derived(self, term: sp.Expr) -> list[tuple[sp.Expr, bool]]:
        """Textbook bounds on the functions in the term, each with its side condition shown."""
        found = []
        for f in sorted(term.atoms(sp.log, sp.exp), key=sp.default_sort_key)[:4]:
            x = f.args[0]
            if isinstance(f, sp.exp):
                found.append((f - 1 - x, False))  # exp x >= 1 + x
            elif self.range(x, 1).nonnegative(True):
                found += [(_expand(x - 1 - f), False), (_expand(f - 1 + 1 / x), False)]  # 1 - 1/x <= log x <= x - 1
        calls = sorted(term.atoms(*_MONOTONE), key=sp.default_sort_key)[:4]
        for f, g in product(calls, calls):
            if f != g and f.func == g.func and self.positive_where_log(f, g):
                for strict in (True, False):  # increasing functions keep order
                    if self.range(f.args[0] - g.args[0], 0).nonnegative(strict) or self.fact_range(f.args[0] - g.args[0]).nonnegative(strict):
                        found.append((f - g, strict))
                        break
        return found

    def positive_where_log(self, *calls: sp.Expr) -> bool:
        return all(not isinstance(f, sp.log) or self.range(f.args[0], 1).nonnegative(True) for f in calls)

    # -- ranges ----------------------------------------------------------------------------------
    def fact_range(self, term: sp.Expr) -> Interval:
        """What the facts say about the term itself, up to an affine change."""
        if term.is_number:
            return FULL
        key, scale, constant = _primitive(term)
        return self.ranges[key].affine(scale, constant) if key in self.ranges else FULL

    def range(self, term: sp.Expr, depth: int) -> Interval:
        """An interval that contains every value of the term."""
        if (term, depth) not in self.memo:
            self.memo[term, depth] = FULL  # a term met inside itself says nothing
            found = self.fact_range(term).meet(self.structural(term, depth))
            if isinstance(term, sp.Add) and depth > 0 and not found.signed():
                found = found.meet(self.refine(term, depth - 1))
            self.memo[term, depth] = found
        return self.memo[term, depth]

    def refine(self, term: sp.Expr, depth: int) -> Interval:
        for strict in (True, False):
            if self.proves(term, strict=strict, depth=depth):
                return Interval.of(0, sp.oo, low_open=strict)
            if self.proves(-term, strict=strict, depth=depth):
                return Interval.of(-sp.oo, 0, high_open=strict)
        return FULL

    def structural(self, term: sp.Expr, depth: int) -> Interval:
        """Interval arithmetic on the outermost operation."""
        if isinstance(term, sp.Rational):
            return Interval.of(term, term)
        if isinstance(term, sp.Add):
            return Interval.total(self.range(part, depth) for part in term.args)
        if isinstance(term, sp.Mul):
            return Interval.product(self.range(part, depth) for part in term.args)
        if isinstance(term, sp.Pow):
            nonzero = term.exp.is_Integer and term.base in self.nonzero
            return power_range(self.range(term.base, depth), term.exp, self.range(term.exp, depth), nonzero)
        if isinstance(term, (sp.Max, sp.Min)):
            return Interval.extreme((self.range(part, depth) for part in term.args), largest=isinstance(term, sp.Max))
        if isinstance(term, sp.Sum) and len(term.limits) == 1:
            return self.sum_range(term)
        if isinstance(term, sp.KroneckerDelta):
            return Interval.of(0, 1)
        if len(term.args) == 1:
            return function_range(term, self.range(term.args[0], depth))
        return function_range(term, FULL)

    def sum_range(self, term: sp.Sum) -> Interval:
        """A sum of terms >= 0 is >= 0; > 0 when it has at least one term and all are > 0."""
        index, low, high = term.limits[0]
        if not self.proves(high - low + 1, strict=False, depth=1):  # no negative length
            return FULL
        outside = [g for g in self.given if index not in g.free_symbols]
        inner = _calculus((*outside, Relation(index, ">=", low), Relation(index, "<=", high)))
        inner.instantiate(term.function)
        body = inner.range(inner.reduce(term.function), 1)
        some = self.proves(high - low, strict=False, depth=1)
        return body.repeated(some)

    # -- definedness -----------------------------------------------------------------------------
    def has_value(self, term: sp.Expr) -> bool:
        if term.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I):
            return False
        if isinstance(term, sp.Sum) and len(term.limits) == 1:
            index, low, high = term.limits[0]
            outside = [g for g in self.given if index not in g.free_symbols]
            inner = _calculus((*outside, Relation(index, ">=", low), Relation(index, "<=", high)))
            return inner.has_value(term.function) and self.has_value(low) and self.has_value(high)
        if isinstance(term, (sp.Indexed, sp.Symbol, sp.Rational)) or term in (sp.E, sp.pi):
            return True
        if not all(self.has_value(part) for part in term.args):
            return False
        self.instantiate(term)
        if isinstance(term, sp.Pow):
            return self.power_defined(self.reduce(term.base), self.reduce(term.exp))
        if isinstance(term, sp.log):
            return self.proves(self.reduce(term.args[0]), strict=True)
        if isinstance(term, sp.tan):
            angle = self.reduce(term.args[0])  # cos has no root between -pi/2 and pi/2
            near = self.range(angle, 1).within(sp.Rational(-3, 2), sp.Rational(3, 2))
            return near or all(self.proves(sp.pi / 2 + turn * angle, strict=True) for turn in (1, -1))
        total = (sp.Add, sp.Mul, sp.exp, sp.sin, sp.cos, sp.atan, sp.sinh, sp.cosh, sp.tanh, sp.Abs, sp.Max, sp.Min, AppliedUndef)
        return isinstance(term, total)

    def power_defined(self, base: sp.Expr, exponent: sp.Expr) -> bool:
        if exponent.is_Integer:
            return bool(exponent >= 0) or self.excludes_zero(base)
        if self.proves(base, strict=True):
            return True
        return self.proves(base, strict=False) and self.proves(exponent, strict=True)


@lru_cache(maxsize=500)
def _places(given: tuple[Proposition, ...]) -> tuple[list[sp.Symbol], list[tuple[float, ...]]]:
    """The symbols of the given relations, and sample points that satisfy them; none where they cannot be sampled."""
    relations = [g for g in given if isinstance(g, Relation)]
    symbols = set().union(*(g.free_symbols for g in relations), set())
    if not symbols or len(symbols) >= 7 or not _plain(*relations):
        return [], []
    ordered = sorted(symbols, key=sp.default_sort_key)
    return ordered, points.sample(relations, ordered)


@lru_cache(maxsize=5_000)
def _values(term: sp.Expr, given: tuple[Proposition, ...]) -> list[float]:
    """The term at the sample points of the given relations where it has a value."""
    return [value for value in points.values(term, *_places(given)) if value is not None]


def _forms(term: sp.Expr) -> Iterable[sp.Expr]:
    """Other ways to write the term, equal wherever both are defined."""
    if term.count_ops() > _LARGEST:
        return
    yield _expand(term)
    yield _factor(term)
    yield _factor_terms(term)
    yield _collected(term) if term.has(sp.log) else term


# A term is met again at every depth and for either sign, and SymPy remembers none of these.
_together, _factor_terms = (lru_cache(maxsize=5_000)(function) for function in (sp.together, sp.factor_terms))


@lru_cache(maxsize=5_000)
def _factor(term: sp.Expr) -> sp.Expr:
    try:
        return sp.factor(_together(term))
    except sp.PolynomialError:
        return term


@lru_cache(maxsize=5_000)
def _collected(term: sp.Expr) -> sp.Expr:
    return sp.collect(_expand(term), sorted(term.atoms(sp.log), key=sp.default_sort_key))


@lru_cache(maxsize=5_000)
def _quotient(upper: sp.Expr, lower: sp.Expr) -> sp.Expr:
    return sp.powsimp(upper / lower)


def _plain(*terms: sp.Basic) -> bool:
    """No atoms beside symbols and numbers: such a term can be sampled."""
    return not any(term.atoms(sp.Indexed, AppliedUndef, sp.Sum) for term in terms)


def _functions(term: sp.Expr) -> set[sp.Expr]:
    """The non-polynomial parts of a term."""
    powers = {f for f in term.atoms(sp.Pow) if not f.exp.is_Integer}
    return powers | term.atoms(sp.Function, sp.Sum, sp.Derivative, sp.Integral, E)


def _is_zero(term: sp.Expr) -> bool:
    """Zero by expansion over a common denominator: algebra alone."""
    return term == 0 or _expand(term) == 0 or _expand(sp.fraction(_together(term))[0]) == 0
