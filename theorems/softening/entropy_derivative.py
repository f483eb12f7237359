"""power: dH(F_T(p))/dT = T^-3 Var_{F_T(p)}(log p), positive laws on V classes, T > 0.

With S_k = sum of p^(1/T) (log p)^k the entropy of the normalised weights is log S_0 - S_1/(T S_0), and the variance of
log p under F_T(p) is S_2/S_0 - (S_1/S_0)^2.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt
from theorems.vocabulary import T, V, entropy, p, positive_law, power, sp, total


def moment(order: int) -> sp.Expr:
    """Mean of (log p)^order under F_T(p)."""
    return total(lambda a: power(p, T)(a) * sp.log(p[a]) ** order)


ENTROPY = entropy(power(p, T))
VARIANCE = moment(2) - moment(1) ** 2
CONCLUSION = All(eq(sp.Derivative(ENTROPY, T), VARIANCE / T**3), ge(sp.Derivative(ENTROPY, T), 0))


def derive(d: Derivation) -> None:
    slope = d.derivative(eq(sp.Derivative(ENTROPY, T), VARIANCE / T**3), ["T", "V", "p"])
    square = total(lambda a: power(p, T)(a) * (sp.log(p[a]) - sp.Symbol("mean", real=True)) ** 2)
    mean = d.step("define", eq(sp.Symbol("mean", real=True), moment(1)), ["T", "V", "p"])
    spread = d.rewrite(eq(VARIANCE, square), ["T", "V", "p"], using=[mean])
    nonnegative = d.sign(ge(square, 0), ["T", "V", "p"])
    rises = d.combine(ge(sp.Derivative(ENTROPY, T), 0), {slope: -1, spread: -1 / T**3, nonnegative: 1 / T**3}, ["T", "V", "p"])
    d.restate(CONCLUSION, [slope, rises])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "p": draw.law(size), "T": draw.rational("1/3", 5)})


CLAIM = Entry(
    Claim("op:entropy-derivative", "Entropy of power rises at the rate of a variance", Source("ours", "this project"), "ours",
          "identity", (("V", ge(V, 1)), ("T", gt(T, 0)), ("p", positive_law(p))), CONCLUSION),
    derive, sample,
)
