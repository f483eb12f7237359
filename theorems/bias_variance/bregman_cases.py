"""The squared, reverse KL and KL decompositions, as instances of the Bregman one (SKD (i)).

phi = sum x^2 with g = 2 x; phi = sum x log x with g = 1 + log x; for KL the dual centre is c proportional to
exp E log S, with kappa = -log of the normaliser.
"""

from collections.abc import Mapping
from typing import Any

import sympy as sp

from theorems.bias_variance._random import S, mean, outcomes, surely_positive
from theorems.bias_variance.bregman import FIRST, RANGE, SECOND, x
from theorems.bias_variance.divergences import CENTRE, FORWARD, POSITIVE, REVERSE, TOTAL, positive_mean
from theorems.bias_variance.squared import FIXED
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Relation, eq, ge, gt
from theorems.terms import E, substitute
from theorems.vocabulary import V, i, k, q, t, total

SQUARE = {"phi": sp.Lambda((x,), total(lambda a: x[a] ** 2)), "g": sp.Lambda((k, x), 2 * x[k])}
ENTROPY = {"phi": sp.Lambda((x,), total(lambda a: x[a] * sp.log(x[a]))), "g": sp.Lambda((k, x), 1 + sp.log(x[k]))}
AVERAGE = {"m": sp.Lambda((k,), E(S[k]))}
DUAL = {"c": sp.Lambda((k,), CENTRE(k)), "kappa": -sp.log(TOTAL)}


def instance(d: Derivation, part: str, conclusion: Relation, by: list[str], values: Mapping[str, Any]) -> str:
    return d.use(f"bv:bregman/{part}", substitute(conclusion, values), by, **values)


def derive(d: Derivation) -> None:
    same = d.for_all((i,), RANGE, lambda s: s.rewrite(eq(E(S[i]), mean(S)(i)), ["low", "high"]))
    square = d.combine(FIXED, {instance(d, "first", FIRST, [same], {**SQUARE, **AVERAGE, "t": q}): 1}, because="phi = sum x^2")
    means = positive_mean(d)
    reverse = instance(d, "first", FIRST, [same, "S", "t_positive", means], {**ENTROPY, **AVERAGE})
    reverse = d.combine(REVERSE, {reverse: 1}, ["S", "t_positive", means], because="phi = sum x log x")
    weight = d.sign(gt(TOTAL, 0), ["V", "S"])
    dual = d.for_all((i,), RANGE, lambda s: s.rewrite(eq(1 + sp.log(CENTRE(i)), E(1 + sp.log(S[i])) - sp.log(TOTAL)),
                                                      ["low", "high", "V", "S", weight]))
    one, other = d.rewrite(eq(total(CENTRE), 1), ["V", "S", weight]), d.restate(eq(total(lambda a: t[a]), 1), ["t"])
    sums = d.combine(eq(-sp.log(TOTAL) * total(lambda a: t[a]), -sp.log(TOTAL) * total(CENTRE)), {other: -sp.log(TOTAL), one: sp.log(TOTAL)}, ["V", "S", weight])
    forward = instance(d, "second", SECOND, [dual, sums, "V", "S", "t_positive", weight], {**ENTROPY, **DUAL})
    forward = d.combine(FORWARD, {forward: 1}, ["S", "V", weight, "t_positive"], because="the dual centre of sum x log x")
    d.restate(All(FIXED, REVERSE, FORWARD), [square, reverse, forward])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "q": draw.family(size, -1, 1), "t": draw.law(size)}, outcomes(draw, S=lambda: draw.law(size)))


CLAIM = Entry(
    Claim("bv:bregman/cases", "The three decompositions as Bregman ones", Source("SKD", "abstract (i)"), "ours", "identity",
          (("V", ge(V, 1)), ("S", surely_positive(S)), ("t_positive", POSITIVE), ("t", eq(total(lambda a: t[a]), 1))),
          All(FIXED, REVERSE, FORWARD), uses=("bv:bregman/first", "bv:bregman/second")),
    derive, sample,
)
