"""Pinsker's inequality: 2 TV(p, q)^2 <= KL(p, q) for positive laws on V classes, every V.

With f_i = D sign(p_i - q_i), D = 2 TV: Gibbs against the law proportional to q exp f gives KL(p, q) >= sum p f - log sum q exp f,
and Hoeffding's lemma bounds the logarithm by sum q f + D^2/2; what remains is D^2 - D^2/2.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.hoeffding import CONCLUSION as HOEFFDING
from theorems.logic import eq, ge, gt, le
from theorems.rules.modulus import statement
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, k, kl, p, positive_law, q, total, total_variation

D = sp.Symbol("D", real=True)
DISTANCE = total(lambda a: sp.Abs(p[a] - q[a]))


def tilt(index: sp.Symbol) -> sp.Expr:
    return D * sp.sign(p[index] - q[index])


NORM = total(lambda a: q[a] * sp.exp(tilt(a)), V, sp.Symbol("l", integer=True))
RANGE = {"low": le(1, i), "high": le(i, V)}
CONCLUSION = ge(kl(p, q), 2 * total_variation(p, q) ** 2)


def derive(d: Derivation) -> None:
    named = d.step("define", eq(D, DISTANCE))
    terms = d.for_all((i,), RANGE, lambda s: s.sign(ge(sp.Abs(p[i] - q[i]), 0)))
    positive = d.step("termwise", ge(DISTANCE, total(lambda a: sp.Integer(0))), [terms], range=(1, V))
    positive = d.combine(ge(D, 0), {positive: 1, named: -1})
    signs = d.for_all((i,), RANGE, lambda s: s.step("modulus", statement(p[i] - q[i]), of=p[i] - q[i]))
    below = d.for_all((i,), RANGE, lambda s: s.combine(ge(tilt(i), -D), {s.restate(le(-1, sp.sign(p[i] - q[i])), [at(signs, i=i), "low", "high"]): D}, [positive]))
    above = d.for_all((i,), RANGE, lambda s: s.combine(le(tilt(i), D), {s.restate(le(sp.sign(p[i] - q[i]), 1), [at(signs, i=i), "low", "high"]): D}, [positive]))
    one, other = d.restate(eq(total(lambda a: p[a]), 1), ["p"]), d.restate(eq(total(lambda a: q[a]), 1), ["q"])
    entries = d.for_all((i,), RANGE, lambda s: s.sign(ge(q[i], 0), ["q", "low", "high"]))
    values = {"p": q, "a": sp.Lambda((k,), tilt(k)), "low": -D, "high": D}
    bound = d.use("base:hoeffding", substitute(HOEFFDING, values), [entries, other, below, above], **values)
    weight = d.sign(gt(NORM, 0), ["q", "V"])
    law = sp.Lambda((k,), q[k] * sp.exp(tilt(k)) / NORM)
    shares = d.for_all((i,), RANGE, lambda s: s.sign(gt(law(i), 0), ["q", "low", "high", weight]))
    whole = d.rewrite(eq(total(law), 1), [weight])
    gibbs = d.use("base:gibbs", ge(kl(p, law), 0), ["p", shares, whole, weight], q=law)
    entered = [d.restate(each(lambda a: gt(p[a], 0)), ["p"]), d.restate(each(lambda a: gt(q[a], 0)), ["q"])]
    opened = d.rewrite(eq(kl(p, law), kl(p, q) - total(lambda a: p[a] * tilt(a)) + sp.log(NORM) * total(lambda a: p[a])), [*entered, weight])
    moduli = d.for_all((i,), RANGE, lambda s: s.combine(
        eq((p[i] - q[i]) * tilt(i), D * sp.Abs(p[i] - q[i])),
        {s.restate(statement(p[i] - q[i]).args[0], [at(signs, i=i), "low", "high"]): -D}))
    gain = d.step("termwise", eq(total(lambda a: (p[a] - q[a]) * tilt(a)), D * DISTANCE), [moduli], range=(1, V))
    square = d.combine(ge(kl(p, q), D**2 / 2), {gibbs: 1, opened: 1, one: sp.log(NORM), bound: 1, gain: -1, named: D}, [*entered, weight])
    d.combine(CONCLUSION, {square: 1, named: -(D + DISTANCE) / 2}, ["p", "q"])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    return Sample({"V": size, "p": draw.law(size), "q": draw.law(size)})


CLAIM = Entry(
    Claim("base:pinsker", "Pinsker's inequality", Source("ours", "textbook"), "ours", "lower",
          (("V", ge(V, 1)), ("p", positive_law(p)), ("q", positive_law(q))), CONCLUSION, uses=("base:hoeffding", "base:gibbs")),
    derive, sample,
)
