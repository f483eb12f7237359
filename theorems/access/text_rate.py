"""m sampled tokens: E TV(p_hat, p) <= sqrt((V - 1)/m)/2 for the empirical law p_hat, all V >= 2 and m >= 1.

B_ai is 1 if token a is class i, else 0; of the tokens only E B_ai = p_i and E B_ai B_bi = p_i^2 (a != b), p_i (a = b) is used, that
is pairwise independence.  |x| <= x^2/(2c) + c/2 with one c for all classes, and sum p_i^2 >= 1/V.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import ForAll, Named, eq, ge, gt, le, lt
from theorems.terms import E, RandomFamily
from theorems.vocabulary import V, i, k, m, n, p, total

B, B2 = RandomFamily("B"), RandomFamily("B2")
c = sp.Symbol("c", real=True)
#: What the mean total variation is at most.
BOUND = sp.sqrt((V - 1) / m) / 2
RANGE, TOKENS = {"low": le(1, i), "high": le(i, V)}, (le(1, k), le(k, m), le(1, n), le(n, m))
MEAN = ForAll((k, i), (le(1, k), le(k, m), *RANGE.values()), eq(E(B[k, i]), p[i]))
PAIRS = ForAll((k, n, i), (*TOKENS, *RANGE.values()), eq(E(B[k, i] * B[n, i]), p[i] ** 2 + sp.KroneckerDelta(k, n) * p[i] * (1 - p[i])))


def deviation(a: sp.Expr, tokens: RandomFamily = B) -> sp.Expr:
    """p_hat_a - p_a."""
    return total(lambda s: tokens[s, a], m, k) / m - p[a]


def distance(tokens: RandomFamily) -> sp.Expr:
    """The l1 distance of p_hat and p."""
    return total(lambda a: sp.Abs(deviation(a, tokens)))


CONCLUSION = le(E(distance(B)) / 2, BOUND)


def derive(d: Derivation) -> None:
    count = d.sign(gt(m, 0), ["m"])

    def variance(s: Derivation) -> None:
        """The mean square of p_hat_i - p_i is p_i (1 - p_i)/m."""
        centred = sp.Lambda((k,), B[k, i] - p[i])

        def white(u: Derivation) -> None:
            product = u.restate(PAIRS.then, [at("pairs", k=k, n=n, i=i), "low", "high", "k_low", "k_high", "n_low", "n_high"])
            one = u.restate(eq(E(B[k, i]), p[i]), [at("mean", k=k, i=i), "low", "high", "k_low", "k_high"])
            two = u.restate(eq(E(B[n, i]), p[i]), [at("mean", k=n, i=i), "low", "high", "n_low", "n_high"])
            u.combine(eq(E(centred(k) * centred(n)), p[i] * (1 - p[i]) * sp.KroneckerDelta(k, n)), {product: 1, one: -p[i], two: -p[i]})

        noise = s.for_all((k, n), dict(zip(("k_low", "k_high", "n_low", "n_high"), TOKENS, strict=True)), white)
        weight = sp.Lambda((k,), 1 / m)
        apart = s.step("independence", Named("independent", weight, centred), [])
        square = total(lambda a: 1 / m**2, m, k)
        used = s.use("base:white-noise", eq(E(total(lambda a: centred(a) / m, m, k) ** 2), p[i] * (1 - p[i]) * E(square)),
                     [apart, noise, count], A=weight, e=centred, n=m, s2=p[i] * (1 - p[i]))
        number = s.step("count", eq(total(lambda a: sp.Integer(1), m, k), m), ["m"])
        tokens = total(lambda a: sp.Integer(1), m, k)
        spelled = s.rewrite(eq(E(deviation(i) ** 2), E((total(lambda a: B[a, i], m, k) / m - p[i] * tokens / m) ** 2)), [count], using=[number])
        s.combine(eq(E(deviation(i) ** 2), p[i] * (1 - p[i]) / m), {spelled: 1, used: 1, number: p[i] * (1 - p[i]) / m**2}, [count])

    spread = d.for_all((i,), RANGE, variance)
    spread = d.step("termwise", eq(total(lambda a: E(deviation(a) ** 2)), total(lambda a: p[a] * (1 - p[a]) / m)), [spread, count], range=(1, V))
    root = sp.Symbol("root", real=True)
    named = d.step("define", eq(root, sp.sqrt((V - 1) / m)), [d.sign(ge((V - 1) / m, 0), ["V", count]), count])
    positive = d.transfer(gt(root, 0), d.sign(gt(sp.sqrt((V - 1) / m), 0), ["V", count]), [named, "V", count])
    square = d.rewrite(eq(root**2, (V - 1) / m), ["V", count, d.sign(gt((V - 1) / m, 0), ["V", count])], using=[named])
    size = d.sign(gt(V, 0), ["V"])

    def tangent(tokens: RandomFamily) -> sp.Expr:
        return total(lambda a: deviation(a, tokens) ** 2 * V / (2 * root) + root / (2 * V))

    def pointwise(s: Derivation) -> None:
        """sum |x_i| <= sum of x_i^2 V/(2 root) + root/(2 V)."""
        def entry(u: Derivation) -> None:
            move = deviation(i, B2)
            goal = le(sp.Abs(move), move**2 * V / (2 * root) + root / (2 * V))

            def side(v: Derivation, way: str) -> None:
                sign = 1 if way == "up" else -1
                square = v.sign(ge((move - sign * root / V) ** 2 * V / (2 * root), 0), [positive, size, count])
                v.combine(goal, {square: 1}, [way, positive, size, count])

            u.cases(goal, {"up": ge(move, 0), "down": lt(move, 0)}, side, [count])

        entries = s.for_all((i,), RANGE, entry)
        s.step("termwise", le(distance(B2), tangent(B2)), [entries, positive, size, count], range=(1, V))

    surely = d.for_all((B2,), {}, pointwise)
    surely = d.restate(ForAll((B,), (), le(distance(B), tangent(B))), [surely])
    mean = d.step("expect", le(E(distance(B)), E(tangent(B))), [surely, positive, size, count])
    length = d.step("count", eq(total(lambda a: sp.Integer(1)), V), [size])
    one = "p"
    even = d.sign(ge(total(lambda a: (p[a] - 1 / V) ** 2), 0), [size])
    squares = d.combine(ge(total(lambda a: p[a] ** 2), 1 / V), {even: 1, one: -2 / V, length: 1 / V**2}, [size])
    level = V / (2 * root)
    bound = d.combine(le(E(distance(B)), root),
                      {mean: 1, spread: level, one: level / m, squares: level / m, length: root / (2 * V), square: -1 / (2 * root)}, [positive, size, count])
    d.combine(CONCLUSION, {bound: sp.Rational(1, 2), named: sp.Rational(1, 2)}, ["V", count])


def sample(draw: Draw) -> Sample:
    """One or two independent tokens, written out."""
    size, tokens = draw.integer(2, 3), draw.integer(1, 2)
    masses = draw.law(size)
    unit = [tuple(sp.Integer(a == b) for b in range(size)) for a in range(size)]
    outcomes = [(sp.Integer(1), ())]
    for _ in range(tokens):
        outcomes = [(weight * masses[a], (*drawn, unit[a])) for weight, drawn in outcomes for a in range(size)]
    return Sample({"V": size, "m": tokens, "p": masses}, tuple((weight, {"B": drawn}) for weight, drawn in outcomes))


CLAIM = Entry(
    Claim("access:text-rate", "Rate of the empirical law of sampled tokens", Source("SKD", "abstract (vii)"), "ours", "upper",
          (("V", ge(V, 2)), ("m", ge(m, 1)), ("p", eq(total(lambda a: p[a]), 1)), ("mean", MEAN), ("pairs", PAIRS)), CONCLUSION, uses=("base:white-noise",)),
    derive, sample, quantities=(Quantity("bound", "bound on the mean total variation", BOUND),),
)
