"""p(theta) <= (1 - 2 theta/pi)^kappa gives a risk of at most (log n / n)^kappa + n^(-kappa), for all n >= 1, kappa > 0 (PL (i), (ii)).

r is the mean risk, bounded by p(beta) + p(pi/2 - beta)^n for every beta in [0, pi/2] as in `lin:risk`; p(theta) >= 0 is the chance of an
angle of at least theta to the teacher.  The bound is taken at 1 - 2 beta/pi = log n / n.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, ge, gt, le
from theorems.vocabulary import n

kappa, theta, beta, r = sp.symbols("kappa theta beta r", real=True)
p = sp.Function("p")
RIGHT_ANGLE = sp.pi / 2
ANGLES = (ge(theta, 0), le(theta, RIGHT_ANGLE))
BOUND = (sp.log(n) / n) ** kappa + n ** (-kappa)
CONCLUSION = le(r, BOUND)


def derive(d: Derivation) -> None:
    share = sp.log(n) / n
    best, other = RIGHT_ANGLE * (1 - share), RIGHT_ANGLE * share
    log_low = d.sign(ge(sp.log(n), 0), ["size"])
    low = d.sign(ge(share, 0), ["size", log_low])
    log_high = d.sign(le(sp.log(n), n - 1), ["size"])
    high = d.sign(gt(1 - share, 0), ["size", log_high])
    inside = [d.sign(ge(best, 0), [high, "size"]), d.combine(le(best, RIGHT_ANGLE), {low: RIGHT_ANGLE}, ["size"])]
    inside.append("size")
    beside = ["size", d.sign(ge(other, 0), [low, "size"]), d.combine(le(other, RIGHT_ANGLE), {high: RIGHT_ANGLE}, ["size"])]
    turned = d.rewrite(eq(RIGHT_ANGLE - best, other), ["size"])
    chosen = d.restate(le(r, p(best) + p(RIGHT_ANGLE - best) ** n), [at("risk", beta=best), *inside])
    positive = d.restate(ge(p(other), 0), [at("chance", theta=other), *beside])
    chosen = d.transfer(le(r, p(best) + p(other) ** n), chosen, [turned, "size", positive])
    wide = d.restate(le(p(best), (1 - 2 * best / sp.pi) ** kappa), [at("tail", theta=best), *inside])
    narrow = d.restate(le(p(other), (1 - 2 * other / sp.pi) ** kappa), [at("tail", theta=other), *beside])
    decay = sp.exp(-kappa * share)
    slow = d.sign(le(sp.log(1 - share), -share), [high, "size"])
    small = d.sign(le((1 - share) ** kappa, decay), [high, slow, "kappa", "size"])
    small = d.combine(le(p(other), decay), {narrow: 1, small: 1}, ["size", high])
    power = d.use("base:power-order", le(p(other) ** n, decay**n), ["size", positive, small], a=p(other), b=decay)
    rate = d.rewrite(eq(decay**n, n ** (-kappa)), ["size"])
    d.combine(CONCLUSION, {chosen: 1, wide: 1, power: 1, rate: 1}, ["size", "kappa", positive, low, high])


def sample(draw: Draw) -> Sample:
    """The law that reaches the tail, and the risk at its bound's least value on a grid of angles."""
    count, power = draw.integer(1, 9), draw.integer(1, 3)
    tail = sp.Lambda((theta,), (1 - 2 * theta / sp.pi) ** power)
    return Sample({"n": count, "kappa": power, "p": tail, "r": draw.rational(0, "1/100")})


HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("size", ge(n, 1)), ("kappa", gt(kappa, 0)), ("chance", ForAll((theta,), ANGLES, ge(p(theta), 0))),
    ("tail", ForAll((theta,), ANGLES, le(p(theta), (1 - 2 * theta / sp.pi) ** kappa))),
    ("risk", ForAll((beta,), (ge(beta, 0), le(beta, RIGHT_ANGLE)), le(r, p(beta) + p(RIGHT_ANGLE - beta) ** n))),
)
CLAIM = Entry(Claim("lin:polynomial", "Risk under a polynomial law of angles", Source("PL", "abstract (i), (ii)"), "reported", "upper", HYPOTHESES, CONCLUSION,
                    uses=("base:power-order",)),
              derive, sample)
