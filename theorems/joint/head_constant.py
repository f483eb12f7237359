"""A softmax head moves by at most a quarter of the range of its logits' change: TV(softmax z, softmax(z + a)) <= (max a - min a)/4 (IJC (ii)).

p = softmax z is any law with entries > 0, q_i = p_i e^(a_i)/sum_k p_k e^(a_k), low <= a_i <= high, all V.  For logits z = W'u + b,
max - min of W'(u - v) is at most max_ij |W_i - W_j| |u - v|, so K = max_ij |W_i - W_j|/4 is a Lipschitz constant of the head.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.hoeffding import CONCLUSION as HOEFFDING
from theorems.foundations.hoeffding import a, high, low
from theorems.foundations.pinsker import CONCLUSION as PINSKER
from theorems.logic import Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, k, kl, p, total, total_variation

WEIGHT = total(lambda s: p[s] * sp.exp(a[s]), V, sp.Symbol("l", integer=True))
MOVED = sp.Lambda((k,), p[k] * sp.exp(a[k]) / WEIGHT)
CONCLUSION = le(total_variation(p, MOVED), (high - low) / 4)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}


def derive(d: Derivation) -> None:
    entries = d.for_all((i,), RANGE, lambda s: s.sign(ge(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"]))
    weight = d.sign(gt(WEIGHT, 0), ["p_entries", "V"])
    bound = d.use("base:hoeffding", HOEFFDING, [entries, "one", "below", "above"])
    divergence = d.combine(le(kl(p, MOVED), (high - low) ** 2 / 8), {bound: 1, "one": sp.log(WEIGHT)}, ["p_entries", weight])
    shares = d.for_all((i,), RANGE, lambda s: s.sign(gt(MOVED(i), 0), [s.restate(gt(p[i], 0), [at("p_entries", i=i), "i_low", "i_high"]), weight]))
    whole = d.rewrite(eq(total(MOVED), 1), [weight])
    pinsker = d.use("base:pinsker", substitute(PINSKER, {"q": MOVED}), ["V", "p_entries", "one", shares, whole, weight], q=MOVED)
    square = d.combine(le(CONCLUSION.left**2, CONCLUSION.right**2), {pinsker: sp.Rational(1, 2), divergence: sp.Rational(1, 2)}, ["p_entries", weight])
    size = d.combine(ge((high - low) / 4, 0), {at("above", i=1): sp.Rational(1, 4), at("below", i=1): sp.Rational(1, 4)}, ["V"])
    d.use("base:square-order", CONCLUSION, [size, square, weight], x=CONCLUSION.left, y=CONCLUSION.right)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    change = draw.family(size, -2, 2)
    return Sample({"V": size, "p": draw.law(size), "a": change, "low": min(change), "high": max(change) + draw.rational(0, "1/9")})


HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("V", ge(V, 1)), ("p_entries", each(lambda s: gt(p[s], 0))), ("one", eq(total(lambda s: p[s]), 1)),
    ("below", each(lambda s: le(low, a[s]))), ("above", each(lambda s: le(a[s], high))),
)
CLAIM = Entry(
    Claim("joint:head-constant", "Lipschitz constant of a softmax head", Source("IJC", "abstract (ii)"), "ours", "upper", HYPOTHESES, CONCLUSION,
          uses=("base:hoeffding", "base:pinsker", "base:square-order")),
    derive, sample,
)
