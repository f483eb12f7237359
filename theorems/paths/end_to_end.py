"""Refuted: "n stages whose divergences sum to O(1/n) bring KL(teacher, last student) down to O(1/n)" (SKD (iii)).

Teacher, students and the stages between are Bernoulli laws p_k = a + (b - a) k/n on the straight path from a to b.  Where the
stage sum is at most S/n for every n, the claim asks for one K with KL(a, b) <= K/n for every n.

Witness: a = 1/4, b = 3/4, S = 4/3.  Each stage costs at most (1/(2 n))^2/(p (1 - p)) <= 4/(3 n^2), so that the sum is at most
4/(3 n), while KL(a, b) = (log 3)/2 for every n.  What stands is path:logit-length: O(1/n) for the sum, L^2/(8 T^2) end to end.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import Exists, ForAll, eq, ge, gt, le, lt
from theorems.rules.rounding import statement
from theorems.terms import substitute
from theorems.vocabulary import k, n, sp, total

a, b, K, S = sp.symbols("a b K S", real=True)


def bernoulli(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """KL between Bernoulli laws."""
    return first * sp.log(first / second) + (1 - first) * sp.log((1 - first) / (1 - second))


def law(stage: sp.Expr) -> sp.Expr:
    return a + (b - a) * stage / n


STAGE = bernoulli(law(k - 1), law(k))
STAGES = ForAll((n,), (ge(n, 1),), le(total(lambda s: substitute(STAGE, {"k": s}), n, k), S / n))
RATE = Exists((K,), (), ForAll((n,), (ge(n, 1),), le(bernoulli(a, b), K / n)))
WITNESS = {"a": sp.Rational(1, 4), "b": sp.Rational(3, 4), "S": sp.Rational(4, 3)}


def slow(d: Derivation) -> str:
    """The stage sum is at most 4/(3 n): KL is at most the squared step over the variance of the second law."""
    x, y = (substitute(law(stage), WITNESS) for stage in (k - 1, k))
    flat, cost, spread = sp.Rational(4, 3) / n**2, substitute(STAGE, WITNESS), y * (1 - y)

    def stage(t: Derivation) -> None:
        inside = [t.sign(relation, ["some", "k_low", "k_high"]) for p in (x, y) for relation in (ge(p, WITNESS["a"]), le(p, WITNESS["b"]))]
        apart = t.sign(ge((y - WITNESS["a"]) * (WITNESS["b"] - y), 0), [*inside, "some"])
        wide = t.combine(ge(spread, sp.Rational(3, 16)), {apart: 1}, ["some"])
        pairs = [(x, y), (1 - x, 1 - y)]
        ratios = [t.sign(gt(p / q, 0), [*inside, "some"]) for p, q in pairs]
        bounds = [t.use("base:log-bound", le(sp.log(p / q), p / q - 1), [r, *inside, "some"], x=p / q) for (p, q), r in zip(pairs, ratios, strict=True)]
        below = t.combine(le(cost, (y - x) ** 2 / spread), {bounds[0]: x, bounds[1]: 1 - x}, [wide, *inside, "some"])
        t.combine(le(cost, flat), {below: 1, wide: flat / spread}, [*inside, "some"])

    def stages(s: Derivation) -> None:
        terms = s.for_all((k,), {"k_low": le(1, k), "k_high": le(k, n)}, stage)
        summed = s.step("termwise", le(total(lambda b: substitute(cost, {"k": b}), n, k), total(lambda b: flat, n, k)), [terms, "some"], range=(1, n))
        count = s.step("count", eq(total(lambda b: flat, n, k), WITNESS["S"] / n), ["some"])
        s.transfer(le(summed_cost(cost), WITNESS["S"] / n), summed, [count, "some"])

    return d.for_all((n,), {"some": ge(n, 1)}, stages)


def summed_cost(cost: sp.Expr) -> sp.Expr:
    return total(lambda b: substitute(cost, {"k": b}), n, k)


def fixed(d: Derivation) -> str:
    """No K/n bounds (log 3)/2 > 1/2: take n >= K^2 + 1 >= 2 K."""
    far = bernoulli(WITNESS["a"], WITNESS["b"])

    def every(s: Derivation) -> None:
        count = sp.ceiling(K**2 + 1)
        large = s.step("rounding", statement(K**2 + 1), of=K**2 + 1)
        one = s.sign(ge(count, 1), [large])
        square = s.sign(ge((K - 1) ** 2, 0))
        twice = s.combine(ge(count - 2 * K, 0), {s.restate(le(K**2 + 1, count), [large]): 1, square: 1})
        half = s.combine(le(K / count, HALF), {twice: 1 / (2 * count)}, [one])
        beyond = s.combine(gt(far, K / count), {half: 1, above: 1}, [one])
        s.exhibit(Exists((n,), (ge(n, 1),), gt(far, K / n)), [one, beyond], n=count)

    above = d.step("witness", gt(far, HALF))
    return d.for_all((K,), {}, every)


def derive(d: Derivation) -> None:
    d.counterexample([slow(d), fixed(d)], because="the path does not depend on n, the end to end divergence neither", **WITNESS)


HALF = sp.Rational(1, 2)
CLAIM = Entry(
    Claim("path:end-to-end", "End to end, the O(1/n) rate", Source("SKD", "abstract (iii)"), "ours", "refutation",
          (("a_low", gt(a, 0)), ("a_high", lt(a, 1)), ("b_low", gt(b, 0)), ("b_high", lt(b, 1)), ("stages", STAGES)), RATE,
          expected="refuted", uses=("base:log-bound",), repaired="path:logit-length"),
    derive,
)
