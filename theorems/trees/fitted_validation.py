"""Validating probes that were fitted on random inputs: n >= ln(2 g/delta)/(2 eps^2) fresh inputs judge g candidates at once, on both sides.

As in `tree:probe-validation`, but candidate j was fitted on inputs that are random themselves, so that its mean loss e_j on a fresh input is
random too.  That the n inputs are fresh enters as E exp(u S_(j,k) + v e_j) M_(j,k) = E exp(u S_(j,k) + v e_j) e_j for all u and v: given what
was fitted and what was seen, the loss has mean e_j.  H_j = 1 where candidate j passes, S_(j,n+1) <= n theta, else 0.  A_j = 1 where it is judged wrongly:
it passes with e_j >= theta + eps, or fails with e_j <= theta - eps.  Then E sum_j A_j <= delta: with probability 1 - delta every
candidate that passes has mean loss below theta + eps, and every one with mean loss theta - eps or less passes.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, ForAll, Named, Proposition, eq, ge, gt, le, lt
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._learning import INPUT, MEMBER, H, M, averaged, delta, eps, g, member, over_inputs, union, w
from theorems.trees.probe_validation import LOSS, S, chord, theta, u
from theorems.vocabulary import j, k, n

v = sp.Symbol("v", real=True)
e, A = RandomFamily("e"), RandomFamily("A")
OWN = {name: RandomFamily(f"{name}_2") for name in ("A", "H", "M", "S", "e")}
ENOUGH = sp.log(2 * g / delta) / (2 * eps**2)
WEIGHT = sp.exp(u * S[j, k] + v * e[j])
PASSES, FAILS = le(S[j, n + 1], n * theta), gt(S[j, n + 1], n * theta)
JUDGED = {
    "passes_wrongly": All(eq(A[j], 1), eq(H[j], 1), PASSES, ge(e[j], theta + eps)), "fails_wrongly": All(eq(A[j], 1), eq(H[j], 0), FAILS, le(e[j], theta - eps)),
    "passes": All(eq(A[j], 0), eq(H[j], 1), PASSES, lt(e[j], theta + eps)), "fails": All(eq(A[j], 0), eq(H[j], 0), FAILS, gt(e[j], theta - eps)),
}
WRONGLY = sp.Sum(A[j], (j, 1, g))
CONCLUSION = le(E(WRONGLY), delta)


def held(size: sp.Expr) -> Proposition:
    return le(E(sp.exp(u * S[j, size + 1] - u * size * e[j])), sp.exp(size * u**2 / 8))


def moments(p: Derivation) -> None:
    """E exp(u (S_(j,n+1) - n e_j)) <= exp(n u^2/8) by induction over the inputs."""
    line = chord(p)

    def base(q: Derivation) -> None:
        start = eq(sp.exp(u * S[j, 1]), 1)
        mean = averaged(q, [eq(S[j, 1], 0)], start, [at("start", j=j), "j_low", "j_high"], lambda r, sure: r.rewrite(substitute(start, OWN), using=sure))
        q.for_all((), {"inside": le(0, n)}, lambda r: r.combine(held(sp.Integer(0)), {mean: 1}))

    def further(q: Derivation) -> None:
        def one_input(r: Derivation) -> None:
            place, before = r.sign(le(1, k + 1), ["range"]), r.sign(le(k, n), ["inside"])
            sofar = r.restate(held(k), [at("hypothesis"), before])
            ranges = [place, "inside", "j_low", "j_high"]
            old, new, loss, rate = S[j, k + 1], S[j, k + 2], M[j, k + 1], sp.exp(u) - 1
            weight = sp.exp(u * old - u * (k + 1) * e[j])
            grown = le(sp.exp(u * new - u * (k + 1) * e[j]), weight * (1 + loss * rate))
            steady = le(weight * (1 + e[j] * rate), sp.exp(u * old - u * k * e[j]) * sp.exp(u**2 / 8))

            def larger(c: Derivation, sure: list[str]) -> None:
                step, own = substitute(loss, OWN), substitute(weight, OWN)
                under = c.restate(le(sp.exp(u * step), 1 - step + step * sp.exp(u)), [at(line, z=step), *sure[1:]])
                scale = c.sign(ge(own, 0))
                value = c.rewrite(eq(substitute(grown.left, OWN), own * sp.exp(u * step)), using=sure[:1])
                c.combine(substitute(grown, OWN), {value: 1, under: own}, [scale])

            def bounded(c: Derivation, sure: list[str]) -> None:
                mean, own = substitute(e[j], OWN), substitute(weight, OWN)
                lemma = c.use("base:bernoulli-moment", le(1 - mean + mean * sp.exp(u), sp.exp(u * mean + u**2 / 8)), sure, e=mean, u=u)
                scale = c.sign(ge(own, 0))
                c.combine(substitute(steady, OWN), {lemma: own}, [scale])

            sums = [at("next", j=j, k=k + 1), at("losses_low", j=j, k=k + 1), at("losses_high", j=j, k=k + 1)]
            first = averaged(r, [eq(new, old + loss), ge(loss, 0), le(loss, 1)], grown, [*sums, *ranges], larger)
            fresh = substitute(eq(E(WEIGHT * M[j, k]), E(WEIGHT * e[j])), {"k": k + 1, "v": -u * (k + 1)})
            fresh = r.restate(fresh, [at("fresh", j=j, k=k + 1, u=u, v=-u * (k + 1)), *ranges])
            second = averaged(r, [ge(e[j], 0), le(e[j], 1)], steady, [at("means_low", j=j), at("means_high", j=j), "j_low", "j_high"], bounded)
            r.combine(held(k + 1), {first: 1, fresh: rate, second: 1, sofar: sp.exp(u**2 / 8)})

        q.for_all((), {"inside": le(k + 1, n)}, one_input)

    over_inputs(p, held, base, further)


def derive(d: Derivation) -> None:
    bounds = d.for_all((j, u), {"j_low": le(1, j), "j_high": le(j, g)}, moments)
    level = d.step("define", eq(w, -sp.log(2 * g / delta)), ["some", "delta"])
    enough = d.combine(le(-2 * n * eps**2, w), {"inputs": 2 * eps**2, level: -1}, ["some", "eps", "delta"])
    chance = d.rewrite(eq(sp.exp(w), delta / (2 * g)), ["some", "delta"], using=[level])
    small = d.sign(le(sp.exp(-2 * n * eps**2), sp.exp(w)), [enough])
    sides = {sign: sp.exp(sign * 4 * eps * (S[j, n + 1] - n * e[j]) - 4 * n * eps**2) for sign in (-1, 1)}

    def one(p: Derivation) -> None:
        ranges = ["j_low", "j_high"]
        rare = [p.restate(substitute(held(n), {"u": sign * 4 * eps}), [at(bounds, j=j, u=sign * 4 * eps), *ranges]) for sign in sides]
        majorant = le(A[j], sum(sides.values()))

        def pointwise(r: Derivation, sure: list[str]) -> None:
            target = substitute(majorant, OWN)
            options = {name: substitute(option, OWN) for name, option in JUDGED.items()}
            low, high = (substitute(side, OWN) for side in sides.values())
            judged = r.restate(Any_(*options.values()), [at(sure[0], j=j), *ranges])
            some = [r.sign(ge(side, 0)) for side in (low, high)]

            def choice(c: Derivation, name: str) -> None:
                parts = options[name].args
                mark = c.restate(parts[0], [name])
                if name in ("passes", "fails"):
                    c.combine(target, {mark: 1, some[0]: 1, some[1]: 1})
                    return
                seen, mean = (c.restate(part, [name]) for part in parts[2:])
                own, other = (low, some[1]) if name == "passes_wrongly" else (high, some[0])
                exponent = c.combine(ge(own.args[0], 0), {seen: 4 * eps, mean: 4 * n * eps}, ["eps", "size"])
                large = c.sign(ge(own, 1), [exponent])
                c.combine(target, {large: 1, other: 1, mark: 1})

            r.cases(target, options, choice, [judged])

        mean = averaged(p, [ForAll((j,), MEMBER, Any_(*JUDGED.values()))], majorant, ["judged"], pointwise)
        p.combine(le(E(A[j]), delta / g), {mean: 1, rare[0]: sp.exp(-4 * n * eps**2), rare[1]: sp.exp(-4 * n * eps**2), small: 2, chance: 2}, ["some", "delta"])

    terms = d.for_all((j,), {"j_low": le(1, j), "j_high": le(j, g)}, one)
    union(d, terms, E(A[j]), CONCLUSION)


def sample(draw: Draw) -> Sample:
    """One or two candidates, each fitted on one random input that chooses between two rows of losses."""
    members, inputs, points = draw.integer(1, 2), draw.integer(1, 3), 2
    weights, choices = draw.law(points), draw.law(2)
    rows = [[draw.family(points, 0, 1) for _ in range(members)] for _ in choices]
    level, bound = draw.rational(0, 1), draw.rational(sp.Rational(1, 4), sp.Rational(1, 2))
    law = []
    for chance, losses in zip(choices, rows, strict=True):
        means = tuple(sum((x * y for x, y in zip(weights, row, strict=True)), sp.Integer(0)) for row in losses)
        for code in range(points**inputs):
            drawn = [code // points**a % points for a in range(inputs)]
            seen = tuple(tuple(row[x] for x in drawn) for row in losses)
            sums = tuple(tuple(sum(row[:a], sp.Integer(0)) for a in range(inputs + 1)) for row in seen)
            passes = tuple(bool(row[-1] <= inputs * level) for row in sums)
            wrong = tuple(sp.Integer(bool(mean >= level + bound if fine else mean <= level - bound)) for fine, mean in zip(passes, means, strict=True))
            law.append((chance * sp.Mul(*(weights[x] for x in drawn)), {"M": seen, "S": sums, "e": means, "H": tuple(map(sp.Integer, passes)), "A": wrong}))
    least = 2 * members / sp.exp(2 * inputs * bound**2)
    return Sample({"g": members, "n": inputs, "epsilon": bound, "delta": least * (1 + draw.rational(sp.Rational(1, 64), 1)), "theta": level}, tuple(law))


CLAIM = Entry(
    Claim("tree:probe-validation/fitted", "Inputs that validate fitted probes", Source("BA", "algorithm and its cost"), "ours", "upper",
          (("some", ge(g, 1)), ("size", ge(n, 0)), ("eps", gt(eps, 0)), ("delta", gt(delta, 0)), ("inputs", ge(n, ENOUGH)),
           ("means_low", member(Named("surely", ge(e[j], 0)))), ("means_high", member(Named("surely", le(e[j], 1)))),
           ("start", member(Named("surely", eq(S[j, 1], 0)))),
           ("next", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", eq(S[j, k + 1], S[j, k] + M[j, k])))),
           ("losses_low", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", LOSS[0]))),
           ("losses_high", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", LOSS[1]))),
           ("fresh", ForAll((j, k, u, v), (*MEMBER, *INPUT), eq(E(WEIGHT * M[j, k]), E(WEIGHT * e[j])))),
           ("judged", Named("surely", ForAll((j,), MEMBER, Any_(*JUDGED.values()))))), CONCLUSION, uses=("base:bernoulli-moment",)),
    derive, sample, quantities=(Quantity("inputs", "fresh inputs that judge all candidates", ENOUGH),),
)
