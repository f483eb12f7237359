"""The words in which reductions are written: temperatures, classes, weights, their faces and generators."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from theorems.logic import All, ForAll, Named, Proposition, Relation, Tends, eq, ge, gt, le, lt
from theorems.operator import Blend, Composed, Domain, Form, Generator, Operator, Reparametrised, Separable, T, V, p

x, y, c, T2 = sp.symbols("x y c T2", real=True)
pv = sp.IndexedBase("p")
i, j, k = sp.symbols("i j k", integer=True)


def temperature(domain: Domain, symbol: sp.Symbol = T) -> tuple[Relation, ...]:
    """`symbol` lies in the domain."""
    low = gt(symbol, 0) if domain.low == 0 else ge(symbol, domain.low)
    return (low,) if domain.high is sp.oo else (low, le(symbol, domain.high))


def classes() -> tuple[Relation, ...]:
    return (ge(V, 2),)


def everywhere(then: Proposition, operator: Operator, *given: Relation) -> Proposition:
    """For all temperatures of the domain, all V and all p with `given`: `then`."""
    return ForAll((p, T, V), (*given, *temperature(operator.domain), *classes()), then)


OPEN = (gt(p, 0), lt(p, 1))
HALF_OPEN = (gt(p, 0), le(p, 1))
CLOSED = (ge(p, 0), le(p, 1))


def is_defined(term: sp.Expr) -> Named:
    """The term is a finite real number, and continuous, at each such point."""
    return Named("defined", term)


@lru_cache(maxsize=64)
def positive_weight(form: Separable) -> sp.Expr:
    """The weight, or its negative where that one is positive: both give the same operator."""
    sample = form.weight.subs({p: sp.Rational(1, 2), T: 1, V: 3})
    weight = -form.weight if sample.is_number and sample.is_negative else form.weight
    weight = weight.xreplace({sp.Abs(p): p})
    try:
        shorter = sp.factor(sp.together(weight)) if weight.count_ops() < 200 else weight
    except sp.PolynomialError:
        return weight
    return shorter if shorter.count_ops() <= weight.count_ops() else weight


@lru_cache(maxsize=64)
def log_slope(form: Separable) -> sp.Expr:
    """The derivative of log w in p, over one denominator at a time."""
    upper, lower = sp.fraction(sp.together(positive_weight(form)))
    return tidy(sp.diff(upper, p) / upper - sp.diff(lower, p) / lower)


def tidy(term: sp.Expr) -> sp.Expr:
    """The term factored over a common denominator, where that is quick and shorter."""
    if term.count_ops() > 300:
        return term
    try:
        found = sp.factor(sp.together(sp.powsimp(term)))
    except sp.PolynomialError:
        return term
    return found if found.count_ops() <= term.count_ops() else term


def simplified(term: sp.Expr) -> sp.Expr:
    """SymPy's simplification; rational functions and products of powers, which are most terms, take a cheap way there."""
    if term.count_ops() < 2:
        return term
    if not term.atoms(sp.Function, sp.NumberSymbol) and all(power.exp.is_Integer for power in term.atoms(sp.Pow)):
        return sp.factor(term)
    if all(factor.is_Number or (factor.is_Pow and factor.base.is_Number) for factor in sp.Mul.make_args(term)):
        return sp.powsimp(term)
    return sp.simplify(term)


@lru_cache(maxsize=64)
def limit_at(term: sp.Expr, variable: sp.Symbol, point: sp.Expr, side: str = "+") -> sp.Expr | None:
    """SymPy's one-sided limit with all other symbols positive; a proposal that `Tends` has to confirm."""
    others = {s: sp.Dummy(s.name, positive=True) for s in term.free_symbols - {variable}}
    moving = sp.Dummy(variable.name, positive=True)
    try:
        found = sp.limit(term.xreplace({**others, variable: moving}), moving, point, side)
    except (NotImplementedError, ValueError, TypeError, sp.PoleError, RecursionError, AttributeError, ZeroDivisionError):
        return None
    if found.has(moving, sp.Limit, sp.AccumBounds, sp.nan, sp.zoo, sp.I, sp.Piecewise):
        return None
    return found.xreplace({dummy: s for s, dummy in others.items()})


def face(form: Separable) -> sp.Expr | None:
    """The weight at p = 0: its limit there."""
    return limit_at(positive_weight(form), p, sp.S.Zero)


def slope_sign(form: Separable) -> sp.Expr:
    return tidy(sp.diff(positive_weight(form), p))


def increasing(form: Separable, operator: Operator) -> Proposition:
    """The weight grows strictly in p."""
    return everywhere(gt(slope_sign(form), 0), operator, *OPEN)


def log_weight(form: Separable) -> sp.Expr:
    """log w, with powers of p pulled out: p is positive wherever it is used."""
    return sp.expand_log(sp.log(positive_weight(form)), deep=False, force=True)


def affine_part(form: Separable) -> tuple[sp.Expr, sp.Expr] | None:
    """a, b with weight a p + b, if it is so."""
    weight = sp.expand(positive_weight(form))
    a = weight.coeff(p, 1)
    b = sp.expand(weight - a * p)
    return None if a.has(p) or b.has(p) else (a, b)


def gain(form: Separable) -> sp.Expr | None:
    """alpha with F_T(p) = alpha p + (1 - alpha) u, for a weight that is affine in p."""
    parts = affine_part(form)
    return sp.factor(parts[0] / (parts[0] + V * parts[1])) if parts else None


def generates(form: Generator, operator: Operator) -> tuple[Proposition, ...]:
    """phi is defined, smooth and strictly increasing on (0, 1), and the domain is one of its class."""
    slope = ForAll((p,), OPEN, All(is_defined(form.phi), gt(sp.diff(form.phi, p), 0)))
    bottom = limit_at(form.phi, p, sp.S.Zero)
    if operator.domain.low >= 1:
        return (slope,)
    return (slope, Tends(form.phi, p, 0, -sp.oo)) if bottom == -sp.oo else (slope, Named("unbounded below", form.phi))


def ends(form: Generator) -> tuple[sp.Expr | None, sp.Expr | None]:
    """phi(0+) and phi(1-)."""
    return limit_at(form.phi, p, sp.S.Zero), limit_at(form.phi, p, sp.S.One, "-")


def same_family(operator: Operator, form: Form) -> tuple[Proposition, ...]:
    """What shows that `form` is the operator's main form written otherwise."""
    main = operator.form
    if form is main:
        return ()
    if isinstance(main, Separable) and isinstance(form, Generator):
        # phi(c w(p, T)) = phi(p)/T - tau with tau free of p: exactly what defines the generator's operator.
        parts_ = affine_part(main)
        if parts_ is not None:  # the weights sum to a + V b: here to 1
            whole = everywhere(eq(parts_[0] + V * parts_[1], 1), operator)
            image = form.phi.xreplace({p: positive_weight(main)})
            return (whole, everywhere(eq(sp.diff(image - form.phi / T, p), 0), operator, gt(p, 0), lt(p, 1)))
        image = form.phi.xreplace({p: c * positive_weight(main)})
        return (everywhere(eq(sp.diff(image - form.phi / T, p), 0), operator, gt(p, 0), lt(p, 1), gt(c, 0)),)
    return (Named("same family", operator.name),)


def image_entry(operator: Operator, index: sp.Expr, temperature_: sp.Expr = T) -> sp.Expr:
    """F_T(p)_index as a term: written out for a separable weight, else by its name."""
    if isinstance(operator.form, Separable):
        weight = operator.form.weight.xreplace({T: temperature_})
        return weight.xreplace({p: pv[index]}) / sp.Sum(weight.xreplace({p: pv[k]}), (k, 1, V))
    return sp.Function("F")(pv[index], temperature_)


def on_simplex() -> tuple[Proposition, ...]:
    """V >= 2 entries p[1..V] >= 0 that sum to 1."""
    return (ge(V, 2), ForAll((k,), (ge(k, 1), le(k, V)), ge(pv[k], 0)), eq(sp.Sum(pv[k], (k, 1, V)), 1))


def parts(form: Form) -> tuple[Operator, ...]:
    """The operators that a combination is made of."""
    match form:
        case Blend(first, second, _):
            return first, second
        case Reparametrised(operator, _):
            return (operator,)
        case Composed(outer, inner):
            return outer, inner
        case _:
            return ()


def part_needs(form: Form, label: str) -> tuple[str, ...]:
    """Names of the verdicts `label` of all parts: `0/label`, `1/label`."""
    return tuple(f"{n}/{label}" for n in range(len(parts(form))))


def fits(form: Form, operator: Operator) -> tuple[Proposition, ...]:
    """The combination makes sense: coefficients in [0, 1], a clock that rises within its operator's domain, domains that match."""
    domain = operator.domain
    on_domain = temperature(domain)
    match form:
        case Blend(first, second, coefficient):
            inside = ForAll((T,), on_domain, All(is_defined(coefficient), ge(coefficient, 0), le(coefficient, 1)))
            return (inside, covered(domain, first.domain), covered(domain, second.domain))
        case Reparametrised(inner, h):
            rising = ForAll((T,), on_domain, All(is_defined(h), gt(sp.diff(h, T), 0)))
            inside = tuple(ForAll((T,), on_domain, relation.xreplace({T: h})) for relation in temperature(inner.domain))
            return (rising, eq(h.subs(T, 1), 1), *inside)
        case Composed(outer, inner):
            return (covered(domain, outer.domain), covered(domain, inner.domain))
    return ()


def runs_out(form: Form, operator: Operator, *, hot: bool) -> tuple[Proposition, ...]:
    """A clock reaches the end of its operator's temperatures as T reaches that of the domain."""
    if not isinstance(form, Reparametrised):
        return ()
    return (Tends(form.h, T, sp.oo, sp.oo, "-"),) if hot else (Tends(form.h, T, 0, 0),)


def covered(inner: Domain, outer: Domain) -> Proposition:
    """`inner` is part of `outer`."""
    return All(ge(inner.low, outer.low), le(inner.high, outer.high)) if outer.high is not sp.oo else All(ge(inner.low, outer.low))
