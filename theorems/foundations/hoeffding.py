"""Hoeffding's lemma for finite laws: log sum p_i exp(a_i) <= sum p_i a_i + (high - low)^2/8 when low <= a_i <= high, all V.

The gap f(u) = log sum p exp(u a) - u sum p a - u^2 (high - low)^2/8 has f(0) = f'(0) = 0, and f'' <= 0 because the
variance of the tilted law is at most a quarter of the squared range.
"""

from __future__ import annotations

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le
from theorems.vocabulary import V, each, i, p, total

a = sp.IndexedBase("a")
low, high, u = sp.symbols("low high u", real=True)


def moment(power: int, at_: sp.Expr) -> sp.Expr:
    """sum p a^power exp(at a)."""
    return total(lambda k: p[k] * a[k] ** power * sp.exp(at_ * a[k]))


MEAN = total(lambda k: p[k] * a[k])
TOTAL = total(lambda k: p[k])
QUARTER = (high - low) ** 2 / 4


def gap(at_: sp.Expr) -> sp.Expr:
    return sp.log(moment(0, at_)) - at_ * MEAN - at_**2 * QUARTER / 2


def slope(at_: sp.Expr) -> sp.Expr:
    return moment(1, at_) / moment(0, at_) - MEAN - at_ * QUARTER


CONCLUSION = le(sp.log(total(lambda k: p[k] * sp.exp(a[k]))), MEAN + (high - low) ** 2 / 8)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
INSIDE = {"u_low": ge(u, 0)}


def weight_positive(s: Derivation) -> str:
    """sum p exp(u a) >= exp(u low) sum p > 0."""
    def term(t: Derivation) -> None:
        above = t.combine(ge(u * a[i], u * low), {at("bounds_low", i=i): u}, ["u_low", "i_low", "i_high"])
        rise = t.sign(ge(sp.exp(u * a[i]), sp.exp(u * low)), [above])
        some = t.restate(ge(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"])
        t.combine(ge(p[i] * sp.exp(u * a[i]), p[i] * sp.exp(u * low)), {rise: p[i]}, [some])

    terms = s.for_all((i,), RANGE, term)
    summed = s.step("termwise", ge(moment(0, u), total(lambda k: p[k] * sp.exp(u * low))), [terms], range=(1, V))
    base = s.sign(gt(sp.exp(u * low), 0))
    return s.combine(gt(moment(0, u), 0), {summed: 1, "one": -sp.exp(u * low), base: 1})


def curvature(s: Derivation) -> None:
    """f'' <= 0 at u."""
    weight = weight_positive(s)

    def term(t: Derivation) -> None:
        up = t.combine(ge(a[i] - low, 0), {at("bounds_low", i=i): 1}, ["i_low", "i_high"])
        down = t.combine(ge(high - a[i], 0), {at("bounds_high", i=i): 1}, ["i_low", "i_high"])
        some = t.restate(ge(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"])
        t.sign(ge(p[i] * sp.exp(u * a[i]) * (a[i] - low) * (high - a[i]), 0), [up, down, some])

    terms = s.for_all((i,), RANGE, term, because="(a - low)(high - a) >= 0")
    summed = s.step("termwise", ge(total(lambda k: p[k] * sp.exp(u * a[k]) * (a[k] - low) * (high - a[k])), total(lambda k: sp.Integer(0))), [terms], range=(1, V))
    tilted = moment(1, u) / moment(0, u)
    square = s.sign(ge((tilted - (low + high) / 2) ** 2, 0), [weight])
    bound = moment(2, u) / moment(0, u) - tilted**2 - QUARTER
    flat = s.combine(le(bound, 0), {summed: 1 / moment(0, u), square: 1}, [weight], because="Popoviciu's inequality")
    change = s.derivative(eq(sp.Derivative(slope(u), u), bound), [weight])
    s.transfer(le(sp.Derivative(slope(u), u), 0), flat, [change, weight])


def derive(d: Derivation) -> None:
    weights = d.for_all((u,), INSIDE, weight_positive)
    falling = d.for_all((u,), INSIDE, curvature, because="the slope falls")
    start = d.rewrite(eq(slope(sp.Integer(0)), MEAN / TOTAL - MEAN), ["one"])
    level = d.transfer(eq(slope(sp.Integer(0)), 0), start, ["one"])

    def descending(s: Derivation) -> None:
        weight = weight_positive(s)
        fall = s.monotone(le(slope(u), slope(sp.Integer(0))), falling, ["u_low", weights, weight], low=0, high=u)
        below = s.combine(le(slope(u), 0), {fall: 1, level: 1}, [weight])
        change = s.derivative(eq(sp.Derivative(gap(u), u), slope(u)), [weight])
        s.transfer(le(sp.Derivative(gap(u), u), 0), below, [change, weight])

    sinking = d.for_all((u,), INSIDE, descending, because="from 0, so the gap falls as well")
    end = d.monotone(le(gap(sp.Integer(1)), sp.log(TOTAL)), sinking, ["one", weights], low=0, high=1)
    end = d.transfer(le(gap(sp.Integer(1)), sp.log(sp.Integer(1))), end, ["one", at(weights, u=1)])
    d.combine(CONCLUSION, {end: 1}, [at(weights, u=1)])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    entries = draw.family(size, -3, 3)
    slack = draw.rational(0, 1) if draw.integer(0, 1) else sp.Integer(0)
    return Sample({"V": size, "p": draw.law(size, zeros=True), "a": entries, "low": min(entries) - slack, "high": max(entries) + slack})


CLAIM = Entry(
    Claim("base:hoeffding", "Hoeffding's lemma", Source("ours", "textbook"), "ours", "upper",
          (("p_entries", each(lambda k: ge(p[k], 0))), ("one", eq(TOTAL, 1)), ("bounds_low", each(lambda k: ge(a[k], low))),
           ("bounds_high", each(lambda k: le(a[k], high)))), CONCLUSION),
    derive, sample,
)
