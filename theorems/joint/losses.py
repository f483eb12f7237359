"""Which bound each known loss minimises, and the term that it leaves alone (IJC (i)).

Feature matching, F = E rho^2: E rho <= sqrt F (Jensen), so the frozen head has |err_s(h) - err_t(h)| <= K sqrt F, without lambda.
Softmax regression, R = E l(h(s), h(t)): |err_s(h) - err_t(h)| <= R for the teacher's head h, with neither K nor lambda.
A student with a head k of its own has err_s(k) <= err_t(h) + R + E l(k(s), h(s)); neither loss sees the last term, the
disagreement of the heads, and R does not see the distance of the features (`joint:losses/uncontrolled`).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.joint._setting import DISTANCE, SYMMETRIC, TRIANGLE, WEIGHTS, K, averaged, error, f, h, k, l, line_case, lipschitz, mean, rho, s
from theorems.joint.frozen_head import FROZEN, GAP, OUTPUTS, REGRESSION
from theorems.logic import All, Exists, Proposition, eq, ge, le
from theorems.vocabulary import i, n, p, t, total

e = sp.IndexedBase("e")
ONE: tuple[str, Proposition] = ("total", eq(total(lambda x: p[x], n), 1))
JENSEN = le(mean(lambda x: e[x]), sp.sqrt(mean(lambda x: e[x] ** 2)))
RHO = sp.Lambda((i,), rho(s[i], t[i]))
MATCHING = mean(lambda x: rho(s[x], t[x]) ** 2)
FEATURES = le(sp.Abs(GAP), K * sp.sqrt(MATCHING))
DISAGREEMENT = mean(lambda x: l(k(s[x]), h(s[x])))
OWN = le(error(k, s, f), error(h, t, f) + OUTPUTS + DISAGREEMENT)


def jensen(d: Derivation) -> None:
    centre, square = mean(lambda x: e[x]), mean(lambda x: e[x] ** 2)
    span = ["low", "high"]

    def positive(w: Derivation) -> None:
        heavy = w.restate(ge(p[i], 0), [at("weights", i=i), *span])
        w.sign(ge(p[i] * (e[i] - centre) ** 2, 0), [heavy])

    def size(w: Derivation) -> None:
        heavy = w.restate(ge(p[i], 0), [at("weights", i=i), *span])
        w.sign(ge(p[i] * e[i] ** 2, 0), [heavy])

    bounds = {"low": le(1, i), "high": le(i, n)}
    zero = total(lambda x: sp.Integer(0), n)
    spread = d.step("termwise", ge(mean(lambda x: (e[x] - centre) ** 2), zero), [d.for_all((i,), bounds, positive)], range=(1, n))
    room = d.step("termwise", ge(square, zero), [d.for_all((i,), bounds, size)], range=(1, n))
    room = d.combine(ge(square, 0), {room: 1})
    below = d.combine(le(centre**2, sp.sqrt(square) ** 2), {spread: 1, "total": centre**2}, because="the variance is >= 0")
    root = d.sign(ge(sp.sqrt(square), 0), [room])
    d.use("base:square-order", JENSEN, [root, below], x=centre, y=sp.sqrt(square))


def feature(d: Derivation) -> None:
    frozen = d.use("joint:frozen-head", FROZEN, ["weights", "symmetric", "triangle", "head"])
    mean_ = d.use("joint:losses/jensen", le(DISTANCE, sp.sqrt(MATCHING)), ["weights", "total"], e=RHO)
    room = d.for_all((i,), {"low": le(1, i), "high": le(i, n)}, lambda w: w.sign(ge(p[i] * RHO(i) ** 2, 0), [
        w.restate(ge(p[i], 0), [at("weights", i=i), "low", "high"])]))
    room = d.step("termwise", ge(MATCHING, total(lambda x: sp.Integer(0), n)), [room], range=(1, n))
    d.combine(FEATURES, {frozen: 1, mean_: K}, ["constant", d.combine(ge(MATCHING, 0), {room: 1})])


def own_head(d: Derivation) -> None:
    stops = (k(s[i]), h(s[i]), h(t[i]), f[i])
    whole = averaged(
        d, lambda x: l(k(s[x]), f[x]), lambda x: l(k(s[x]), h(s[x])) + l(h(s[x]), h(t[x])) + l(h(t[x]), f[x]),
        lambda w: w.combine(le(l(stops[0], stops[3]), sum(l(*stops[j : j + 2]) for j in range(3))), {
            at("triangle", a=stops[0], b=stops[1], c=stops[3]): 1, at("triangle", a=stops[1], b=stops[2], c=stops[3]): 1}))
    d.combine(OWN, {whole: 1})


def join(d: Derivation) -> None:
    basic = ["weights", "symmetric", "triangle"]
    parts = [d.use("joint:losses/feature", FEATURES, [*basic, "total", "constant", "head"]), d.use("joint:frozen-head/outputs", REGRESSION, basic),
             d.use("joint:losses/own-head", OWN, ["weights", "triangle"])]
    d.restate(All(FEATURES, REGRESSION, OWN), parts)


#: One input on the line, student feature a, teacher feature b, the teacher's head u -> w u, the student's own head u -> v + w u.
c, w_, v_, a_, b_, far = sp.symbols("c w v a b far", real=True)
SEEN = eq(sp.Abs(w_ * a_ - w_ * b_), 0)
HEADS = Exists((w_, v_, a_, b_), (SEEN, eq((a_ - b_) ** 2, 0)), eq(sp.Abs((v_ + w_ * a_) - w_ * a_), c))
APART = Exists((w_, far, b_), (eq(sp.Abs(w_ * far - w_ * b_), 0),), eq((far - b_) ** 2, c**2))
BLIND = All(HEADS, APART)


def uncontrolled(d: Derivation) -> None:
    size = d.combine(eq(sp.Abs(c), c), {}, ["c"])
    heads = d.exhibit(HEADS, [size], w=0, v=c, a=0, b=0, because="both losses are 0, the heads differ by c")
    apart = d.exhibit(APART, [], w=0, far=c, b=0, because="the outputs agree, the features are c apart")
    d.restate(BLIND, [heads, apart])


def sample(draw: Draw) -> Sample:
    return Sample(line_case(draw, "h", "k"))


def unseen(draw: Draw) -> Sample:
    apart = draw.rational(0, 9)
    return Sample({"c": apart, "w": sp.Integer(0), "v": apart, "a": sp.Integer(0), "b": sp.Integer(0), "far": apart})


def sample_jensen(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"n": size, "p": draw.law(size, zeros=True), "e": draw.family(size, -1, 3)})


SOURCE = Source("IJC", "abstract (i)")
METRIC: tuple[tuple[str, Proposition], ...] = (WEIGHTS, SYMMETRIC, TRIANGLE)
LIPSCHITZ: tuple[tuple[str, Proposition], ...] = (ONE, ("constant", ge(K, 0)), ("head", lipschitz(h)))
CLAIMS = (
    Entry(Claim("joint:losses/jensen", "Mean distance and feature matching", SOURCE, "ours", "upper", (WEIGHTS, ONE), JENSEN, uses=("base:square-order",)),
          jensen, sample_jensen),
    Entry(Claim("joint:losses/feature", "Feature matching with the frozen head", SOURCE, "ours", "upper", (*METRIC, *LIPSCHITZ), FEATURES,
                uses=("joint:frozen-head", "joint:losses/jensen")), feature, sample),
    Entry(Claim("joint:losses/own-head", "A student with a head of its own", SOURCE, "ours", "upper", (WEIGHTS, TRIANGLE), OWN), own_head, sample),
    Entry(Claim("joint:losses", "What the known losses minimise", SOURCE, "ours", "upper", (*METRIC, *LIPSCHITZ), All(FEATURES, REGRESSION, OWN),
                uses=("joint:losses/feature", "joint:frozen-head/outputs", "joint:losses/own-head")), join, sample),
    Entry(Claim("joint:losses/uncontrolled", "What the known losses do not see", SOURCE, "ours", "existence", (("c", ge(c, 0)),), BLIND), uncontrolled,
          unseen),
)
