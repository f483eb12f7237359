"""Hoeffding's lemma for one bit: 1 - e + e exp(u) <= exp(u e + u^2/8) for 0 <= e <= 1 and every real u."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le, lt
from theorems.vocabulary import i

c, e, u = sp.symbols("c e u", real=True)
WEIGHT = sp.Lambda(i, (2 - i) * (1 - e) + (i - 1) * e)
VALUE = sp.Lambda(i, u * (i - 1))
MOMENT = 1 - e + e * sp.exp(u)
CONCLUSION = le(MOMENT, sp.exp(u * e + u**2 / 8))
INSIDE = {"low": le(1, i), "high": le(i, 2)}


def pair(rule: sp.Expr) -> sp.Sum:
    """The sum over both values of the bit."""
    return sp.Sum(rule, (i, 1, 2))


def derive(d: Derivation) -> None:
    bounds = ["e_low", "e_high"]
    positive = d.for_all((i,), INSIDE, lambda s: s.sign(ge(WEIGHT(i), 0), ["low", "high", *bounds]))
    sums = []
    for rule, value in ((WEIGHT(i), sp.Integer(1)), (WEIGHT(i) * sp.exp(VALUE(i)), MOMENT), (WEIGHT(i) * VALUE(i), u * e)):
        sums.append(d.step("split", eq(pair(rule), value), [], at=1))
    one, moment, mean = sums

    def lemma(s: Derivation, name: str) -> None:
        smallest, largest = (sp.Integer(0), u) if name == "rising" else (u, sp.Integer(0))
        low = s.for_all((i,), INSIDE, lambda t: t.sign(ge(VALUE(i), smallest), ["low", "high", name]))
        high = s.for_all((i,), INSIDE, lambda t: t.sign(le(VALUE(i), largest), ["low", "high", name]))
        s.use("base:hoeffding", le(sp.log(pair(WEIGHT(i) * sp.exp(VALUE(i)))), pair(WEIGHT(i) * VALUE(i)) + (largest - smallest) ** 2 / 8),
              [positive, one, low, high], V=2, p=WEIGHT, a=VALUE, low=smallest, high=largest)

    bounded = le(sp.log(pair(WEIGHT(i) * sp.exp(VALUE(i)))), pair(WEIGHT(i) * VALUE(i)) + u**2 / 8)

    bound = d.cases(bounded, {"rising": ge(u, 0), "falling": lt(u, 0)}, lemma)

    def positive_moment(s: Derivation, name: str) -> None:
        if name == "less":
            s.combine(gt(MOMENT, 0), {s.sign(ge(e * sp.exp(u), 0), ["e_low"]): 1, "less": 1})
        else:
            s.combine(gt(MOMENT, 0), {s.sign(gt(e * sp.exp(u), 0), ["one"]): 1, "e_high": 1})

    some = d.cases(gt(MOMENT, 0), {"less": lt(e, 1), "one": ge(e, 1)}, positive_moment)
    log = d.step("define", eq(c, sp.log(MOMENT)), [some])
    above = d.transfer(le(c, u * e + u**2 / 8), bound, [moment, mean, log, some])
    power = d.sign(le(sp.exp(c), sp.exp(u * e + u**2 / 8)), [above])
    value = d.rewrite(eq(MOMENT, sp.exp(c)), [some], using=[log])
    d.combine(CONCLUSION, {power: 1, value: 1})


def sample(draw: Draw) -> Sample:
    return Sample({"e": draw.rational(0, 1), "u": draw.rational(-4, 4)})


CLAIM = Entry(
    Claim("base:bernoulli-moment", "Hoeffding's lemma for one bit", Source("ours", "textbook"), "ours", "upper",
          (("e_low", ge(e, 0)), ("e_high", le(e, 1))), CONCLUSION, uses=("base:hoeffding",)),
    derive, sample,
)
