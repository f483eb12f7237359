"""E|S - q|^2 = |ES - q|^2 + E|S - ES|^2 for every random S and every target q, all V (SKD (i), squared loss).

With a random label y of mean q on the same outcomes, E|S - y|^2 = |ES - q|^2 + E|S - ES|^2 + E|y - q|^2
- 2 tr Cov(S, y); the last term is absent when y is independent of S.  Only linearity of E is used.
"""

from theorems.bias_variance._random import S, bias, covariance, implies, mean, outcomes, product, risk, variance, y
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Named, eq, le
from theorems.terms import E
from theorems.vocabulary import V, each, i, q

FIXED = eq(risk(S, q), bias(S, q) + variance(S))
NOISY = eq(risk(S, y), bias(S, q) + variance(S) + risk(y, q) - 2 * covariance(S, y))
INDEPENDENT = eq(risk(S, y), bias(S, q) + variance(S) + risk(y, q))
APART = Named("independent", S, y)


def derive(d: Derivation) -> None:
    fixed = d.rewrite(FIXED, because="the cross term E<S - ES, ES - q> vanishes")

    def coordinate(s: Derivation) -> None:
        own = (E(S[i]) - q[i]) ** 2 + E((S[i] - E(S[i])) ** 2) + E((y[i] - q[i]) ** 2)
        s.rewrite(eq(E((S[i] - y[i]) ** 2), own - 2 * E((S[i] - E(S[i])) * (y[i] - E(y[i])))), ["low", "high"],
                  using=[at("mean", i=i)])

    terms = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, coordinate, because="q_i is the mean of y_i")
    noisy = d.step("termwise", NOISY, [terms], range=(1, V))

    def apart(s: Derivation) -> None:
        none = s.rewrite(eq(covariance(S, y), 0), ["apart"])
        s.combine(INDEPENDENT, {noisy: 1, none: -2})

    d.restate(All(FIXED, NOISY, implies(APART, INDEPENDENT)), [fixed, noisy, d.for_all((), {"apart": APART}, apart)])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    student, label = outcomes(draw, S=lambda: draw.family(size, 0, 1)), outcomes(draw, y=lambda: draw.family(size, 0, 1))
    law = product(student, label)
    if draw.integer(0, 1):
        law = tuple((weight, {**values, "y": draw.family(size, 0, 1)}) for weight, values in law)
    target = tuple(sum(weight * values["y"][a] for weight, values in law) for a in range(size))
    return Sample({"V": size, "q": target}, law)


CLAIM = Entry(
    Claim("bv:squared", "Bias and variance of the squared loss", Source("SKD", "abstract (i), squared loss"), "reported", "identity",
          (("mean", each(lambda a: eq(q[a], mean(y)(a)))),), All(FIXED, NOISY, implies(APART, INDEPENDENT))),
    derive, sample,
)
