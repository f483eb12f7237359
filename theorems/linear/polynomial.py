"""p(theta) <= (1 - 2 theta/pi)^kappa gives E risk <= (log n / n)^kappa + n^(-kappa), for all n >= 1, kappa > 0 (PL (i), (ii)).

Everything is as in `lin:risk`, with c = cos^2(beta) at the angle beta = (pi/2)(1 - log n / n); p(theta), the chance of an angle of
at least theta to the teacher, is the mean of one(near(x, cos^2 theta)).  `lin:polynomial/rate` is the bound of that angle alone, for
any numbers in place of the chances.
"""

from itertools import product

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.linear.cone import near
from theorems.linear.risk import GLOBAL, MEAN_ERROR, RISK, chance, randomised
from theorems.linear.risk_pointwise import case, one, step_function, x
from theorems.logic import ForAll, Proposition, eq, ge, gt, le
from theorems.terms import E, substitute
from theorems.vocabulary import n

kappa, theta, beta, r, wide, side = sp.symbols("kappa theta beta r wide side", real=True)
RIGHT_ANGLE, SHARE = sp.pi / 2, sp.log(n) / n
ANGLES = (ge(theta, 0), le(theta, RIGHT_ANGLE))
BOUND = SHARE**kappa + n ** (-kappa)
RATE = le(r, BOUND)
AT_BETA = {"c": sp.cos(beta) ** 2}
BEST = RIGHT_ANGLE * (1 - SHARE)


def tail(angle: sp.Expr) -> sp.Expr:
    """p(angle), for an angle between 0 and pi/2."""
    return E(one(randomised(near(x, sp.cos(angle) ** 2))))


TAIL = le(tail(theta), (1 - 2 * theta / sp.pi) ** kappa)


def rate(d: Derivation) -> None:
    low = d.sign(ge(SHARE, 0), ["size", d.sign(ge(sp.log(n), 0), ["size"])])
    high = d.sign(gt(1 - SHARE, 0), ["size", d.sign(le(sp.log(n), n - 1), ["size"])])
    decay = sp.exp(-kappa * SHARE)
    slow = d.sign(le(sp.log(1 - SHARE), -SHARE), [high, "size"])
    small = d.sign(le((1 - SHARE) ** kappa, decay), [high, slow, "kappa", "size"])
    small = d.combine(le(side, decay), {"narrow": 1, small: 1}, ["size", high])
    power = d.use("base:power-order", le(side**n, decay**n), ["size", "positive", small], a=side, b=decay)
    same = d.rewrite(eq(decay**n, n ** (-kappa)), ["size"])
    d.combine(RATE, {"risk": 1, "wide": 1, power: 1, same: 1}, ["size", "kappa", "positive", low, high])


def pythagoras(d: Derivation, first: str) -> str:
    """sin^2 beta = 1 - cos^2 beta: the sum of the squares does not move."""
    total = sp.cos(theta) ** 2 + sp.sin(theta) ** 2
    still = d.for_all((theta,), {}, lambda s: s.derivative(eq(sp.Derivative(total, theta), 0)))
    signs = [d.for_all((theta,), {}, lambda s, rel=rel: s.sign(rel(sp.Derivative(total, theta), 0), [at(still, theta=theta)])) for rel in (ge, le)]
    here = substitute(total, {"theta": beta})
    up = d.monotone(le(1, here), signs[0], [first], low=sp.Integer(0), high=beta)
    down = d.monotone(le(here, 1), signs[1], [first], low=sp.Integer(0), high=beta)
    same = d.sign(eq(here, 1), [up, down])
    return d.combine(eq(sp.sin(beta) ** 2, 1 - sp.cos(beta) ** 2), {same: 1})


def polynomial(d: Derivation) -> None:
    low = d.sign(ge(SHARE, 0), ["size", d.sign(ge(sp.log(n), 0), ["size"])])
    high = d.sign(gt(1 - SHARE, 0), ["size", d.sign(le(sp.log(n), n - 1), ["size"])])
    first = d.combine(ge(beta, 0), {"angle": -1, high: RIGHT_ANGLE}, ["size"])
    second = d.combine(le(beta, RIGHT_ANGLE), {"angle": 1, low: RIGHT_ANGLE}, ["size"])
    whole = d.use("lin:risk", substitute(RISK, AT_BETA), [name for name, _ in GLOBAL], **AT_BETA)
    far = d.restate(substitute(TAIL, {"theta": beta}), [at("tail", theta=beta), first, second])
    shares = d.combine(eq(1 - 2 * beta / sp.pi, SHARE), {"angle": -2 / sp.pi}, ["size"])
    far = d.transfer(le(tail(beta), SHARE**kappa), far, [shares, "kappa", low, "size"])
    other = RIGHT_ANGLE - beta
    beside = [d.sign(ge(other, 0), [second]), d.combine(le(other, RIGHT_ANGLE), {first: 1})]
    near_ = d.restate(substitute(TAIL, {"theta": other}), [at("tail", theta=other), *beside])
    rest = d.combine(eq(substitute(1 - 2 * theta / sp.pi, {"theta": other}), 1 - SHARE), {"angle": 2 / sp.pi}, ["size"])
    beyond = E(one(randomised(near(x, 1 - sp.cos(beta) ** 2))))
    narrow = d.transfer(le(beyond, (1 - SHARE) ** kappa), near_, [rest, pythagoras(d, first), "kappa", high, "size"])
    share = chance(d, near(x, 1 - sp.cos(beta) ** 2))
    d.use("lin:polynomial/rate", CONCLUSION, ["size", "kappa", share, far, narrow, whole], r=MEAN_ERROR, wide=tail(beta), side=beyond)


def sample_rate(draw: Draw) -> Sample:
    count, power = draw.integer(1, 9), draw.integer(1, 3)
    share = sp.log(count) / count
    far, near_ = share**power * draw.rational(0, 1), (1 - share) ** power * draw.rational(0, 1)
    return Sample({"n": count, "kappa": power, "wide": far, "side": near_, "r": (far + near_**count) * draw.rational(0, 1)})


def sample(draw: Draw) -> Sample:
    """Inputs along the teacher, or at an angle of pi/4 to it with the greatest chance that the tail allows, or less."""
    count, power = draw.integer(1, 2), draw.integer(1, 2)
    angle, odds = BEST.subs(n, count), draw.rational(0, 1) / 2**power
    law = []
    for places in product(range(2), repeat=count + 1):
        points = [(draw.integer(1, 2), 0) if place == 0 else (1, 1) for place in places]
        weight = sp.prod([odds if place else 1 - odds for place in places])
        law.append((weight, {"x": points[0], **case(draw, sp.Matrix(points[1:]), sp.Matrix([1, 0]), sp.cos(angle) ** 2)}))
    return Sample({"n": count, "d": 2, "kappa": power, "beta": angle, "w": (1, 0), "one": step_function()}, tuple(law))


CONCLUSION = le(MEAN_ERROR, BOUND)
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    *((name, substitute(proposition, AT_BETA)) for name, proposition in GLOBAL), ("kappa", gt(kappa, 0)), ("angle", eq(beta, BEST)),
    ("tail", ForAll((theta,), ANGLES, TAIL)),
)
SOURCE = Source("PL", "abstract (i), (ii)")
CLAIMS = (
    Entry(Claim("lin:polynomial/rate", "The rate at the best angle", SOURCE, "ours", "upper", (
        ("size", ge(n, 1)), ("kappa", gt(kappa, 0)), ("positive", ge(side, 0)), ("wide", le(wide, SHARE**kappa)),
        ("narrow", le(side, (1 - SHARE) ** kappa)), ("risk", le(r, wide + side**n))), RATE, uses=("base:power-order",)), rate, sample_rate),
    Entry(Claim("lin:polynomial", "Risk under a polynomial law of angles", SOURCE, "reported", "upper", HYPOTHESES, CONCLUSION,
                uses=("lin:risk", "lin:polynomial/rate")), polynomial, sample),
)
