"""A normal form of real terms with symbolic sums and expectations, and the zero test built on it.

Sums and expectations are linear: constants are drawn out, sums of terms split, and an expectation passes
through a finite sum.  Logarithms and powers are expanded only where the facts show the signs this needs.
Equal normal forms are equal terms; the converse is not claimed, so a failed test decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from theorems.logic import Relation
from theorems.scope import Scope
from theorems.terms import E, canonical, free_names, fresh, peel, random_names, substitute

ZERO = sp.Integer(0)


def normal(term: sp.Expr, scope: Scope) -> sp.Expr:
    """The normal form of `term` under the facts of `scope`."""
    if isinstance(term, sp.Sum):
        if (short := _short(term)) is not None:
            return normal(short, scope)
        variable, body, within = scope.inside(term)
        limits = (variable, *(normal(end, scope) for end in peel(term)[2]))
        depends = lambda factor: str(variable) in free_names(factor)  # noqa: E731
        return _linear(normal(body, within), depends, lambda rest: canonical(sp.Sum(rest, limits)))
    if isinstance(term, E):
        return _expectation(normal(term.args[0], scope.surely), scope)
    if isinstance(term, (sp.Indexed, sp.Derivative, sp.Integral, sp.Product)) or not term.args:
        return canonical(term)  # SymPy writes exp of a sum as a product when it expands
    if isinstance(term, sp.Mul):
        return _product(term, scope)
    if isinstance(term, sp.log):
        return _logarithm(normal(term.args[0], scope), scope)
    if isinstance(term, sp.Pow):
        return _power(term, scope)
    if isinstance(term, sp.Abs):
        return _absolute(normal(term.args[0], scope), scope)
    return sp.expand(term.func(*(normal(a, scope) for a in term.args)))


def _short(term: sp.Sum) -> sp.Expr | None:
    """The value of a sum over one index or none."""
    body, variable, (low, high) = peel(term)
    length = sp.expand(high - low + 1)
    return ZERO if length == 0 else substitute(body, {variable.name: low}) if length == 1 else None


def _product(term: sp.Mul, scope: Scope) -> sp.Expr:
    return sp.expand(sp.Mul(*(normal(a, scope) for a in term.args)))


def _linear(body: sp.Expr, depends: Callable[[sp.Expr], bool], rebuild: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    total = ZERO
    for monomial in sp.Add.make_args(sp.expand(body)):
        outside: list[sp.Expr] = []
        rest: list[sp.Expr] = []
        for factor in sp.Mul.make_args(monomial):
            (rest if depends(factor) else outside).append(factor)
        total += sp.Mul(*outside) * rebuild(sp.Mul(*rest))
    return sp.expand(total)


def _expectation(body: sp.Expr, scope: Scope) -> sp.Expr:
    def rebuild(rest: sp.Expr) -> sp.Expr:
        if rest == 1:
            return rest
        if (found := _as_sum(rest, scope)) is not None:
            variable, inner, ends = found
            return normal(sp.Sum(_expectation(sp.expand(inner), scope), (variable, *ends)), scope)
        return _independent(rest, scope)

    return _linear(body, lambda factor: bool(random_names(factor)), rebuild)


def _as_sum(rest: sp.Expr, scope: Scope) -> tuple[sp.Symbol, sp.Expr, tuple[sp.Expr, ...]] | None:
    """A product with a sum over a fixed range among its factors, written as one sum; None without such a factor."""
    for factor in sp.Mul.make_args(rest):
        base = factor.base if isinstance(factor, sp.Pow) and factor.exp.is_Integer and factor.exp > 0 else factor
        if isinstance(base, sp.Sum) and not any(random_names(end) for end in peel(base)[2]):
            body, variable, ends = peel(base)
            new = sp.Symbol(fresh(str(variable), free_names(rest) | scope.names), integer=True)
            return new, substitute(body, {str(variable): new}) * (rest / base), ends
    return None


def _independent(rest: sp.Expr, scope: Scope) -> sp.Expr:
    factors = sp.Mul.make_args(rest)
    for first, second in scope.independent:
        own = [f for f in factors if random_names(f) <= first]
        other = [f for f in factors if random_names(f) <= second]
        if own and other and len(own) + len(other) == len(factors):
            return _independent(sp.Mul(*own), scope) * _independent(sp.Mul(*other), scope)
    return E(canonical(rest))


def _positive(term: sp.Expr, scope: Scope) -> bool:
    return bool(term.is_Rational and term > 0) or scope.shows(Relation(term, ">", ZERO), effort=1)


def _logarithm(argument: sp.Expr, scope: Scope) -> sp.Expr:
    if argument.is_Add:
        argument = sp.factor_terms(sp.together(argument))
    factors = sp.Mul.make_args(argument)
    if len(factors) > 1 and all(_positive(f, scope) for f in factors):
        return sp.expand(sp.Add(*(_logarithm(f, scope) for f in factors)))
    if isinstance(argument, sp.exp):
        return argument.args[0]
    if isinstance(argument, sp.Pow) and _positive(argument.base, scope):
        return sp.expand(argument.exp * _logarithm(argument.base, scope))
    return sp.log(argument)


def _absolute(argument: sp.Expr, scope: Scope) -> sp.Expr:
    """Positive factors come out of an absolute value, whose content is written with a leading sign of its own."""
    for value in (argument, -argument):
        if scope.shows(Relation(value, ">=", ZERO), effort=1):
            return sp.expand(value)
    factors = sp.Mul.make_args(sp.factor(argument))
    outside = [f for f in factors if _positive(f, scope)]
    inside = sp.expand(sp.Mul(*(f for f in factors if f not in outside)))
    return sp.expand(sp.Mul(*outside) * sp.Abs(min(inside, sp.expand(-inside), key=sp.default_sort_key)))


def _power(term: sp.Pow, scope: Scope) -> sp.Expr:
    base, exponent = normal(term.base, scope), normal(term.exp, scope)
    if base == sp.E or isinstance(term, sp.exp):
        return sp.expand(sp.exp(exponent), power_exp=True)
    if exponent.is_Integer:
        if exponent < 0 and base.is_Add:
            content, primitive = sp.factor_terms(sp.factor(base)).as_coeff_Mul()
            return sp.expand(sp.Mul(*((f**exponent) for f in (content, *sp.Mul.make_args(primitive)))))
        return sp.expand(base**exponent)
    if _positive(base, scope):
        return sp.expand(sp.exp(sp.expand(exponent * _logarithm(base, scope))), power_exp=True)
    whole, rest = exponent.as_coeff_Add()
    if whole.is_Integer and whole > 0 and _positive(rest, scope) and scope.shows(Relation(base, ">=", ZERO), effort=1):  # 0^(k+1) = 0 0^k for k > 0 only
        return sp.expand(base**whole * base**rest)
    return base**exponent


def is_zero(term: sp.Expr, scope: Scope) -> bool:
    """`term` is 0 wherever the facts of `scope` hold and it is defined.  False decides nothing."""
    if _opaque(sp.sympify(term)):
        return True
    form = normal(sp.sympify(term), scope)
    if form == 0:
        return True
    numerator = sp.fraction(sp.together(form))[0]
    form = normal(numerator, scope)
    if form == 0:
        return True
    return _merged(form, scope) or _rational(form)


def _opaque(term: sp.Expr) -> bool:
    """0 already when every sum and expectation is taken for a number of its own."""
    names: dict[sp.Basic, sp.Dummy] = {}

    def shrouded(node: sp.Basic) -> sp.Basic:
        if isinstance(node, (sp.Sum, E)):
            return names.setdefault(canonical(node), sp.Dummy(real=True))
        if not node.args or isinstance(node, (sp.Indexed, sp.Integral, sp.Derivative, sp.Product)):
            return node
        return node.func(*map(shrouded, node.args))

    return bool(sp.expand(shrouded(term)) == 0)


def _merged(form: sp.Expr, scope: Scope) -> bool:
    """Sums over the same range joined under one sum whose summand is 0."""
    groups: dict[sp.Basic, sp.Expr] = {}
    variable = sp.Symbol(fresh("merged", free_names(form) | scope.names), integer=True)
    for monomial in sp.Add.make_args(form):
        sums = [f for f in sp.Mul.make_args(monomial) if isinstance(f, sp.Sum)]
        if not sums:
            return False
        inner, index, ends = peel(sums[0])
        key = sp.Tuple(*ends)
        body = substitute(inner, {index.name: variable})
        groups[key] = groups.get(key, ZERO) + body * monomial / sums[0]
    for (low, high), body in groups.items():
        within = scope.extended((Relation(low, "<=", variable), Relation(variable, "<=", high)))
        if not is_zero(body, within.extended(within.instances(variable))):
            return False
    return True


def _rational(form: sp.Expr) -> bool:
    atoms = sorted(form.atoms(sp.Sum, E, sp.Indexed, sp.log, sp.Function, sp.Derivative), key=sp.default_sort_key)
    top = form.xreplace({a: sp.Dummy() for a in sorted(atoms, key=lambda a: -a.count_ops())})
    return bool(sp.cancel(sp.together(top)) == 0)
