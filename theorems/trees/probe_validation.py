"""Validating probes: n >= ln(g/delta)/(2 eps^2) fresh inputs suffice for g candidates at once, whatever they were fitted on.

Candidate j has the loss M_(j,k) in [0, 1] on input k (the squared residual of its probe over the largest possible one) and the mean loss
e_j; S_(j,k) is the sum of its losses on the first k - 1 inputs.  Independence enters as E exp(u S_(j,k)) M_(j,k) = e_j E exp(u S_(j,k)) for all u.
H_j = 1 only where j passes: S_(j,n+1) <= n theta.  b_j = 1 marks candidates with e_j >= theta + eps.  Then E sum_j b_j H_j <= delta: with
probability 1 - delta every probe that passes has mean loss below theta + eps, as `tree:clause-count` asks of it.  For 1 - M in the place of M
it says that probes with mean loss at most theta - eps pass.  The candidates are all clauses of at most r literals on d bits, tested or
not, so that g <= (2 d + 1)^r and ln g is r ln(2 d + 1) at most.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._learning import FAILURE, INPUT, MEMBER, H, M, averaged, b, delta, e, eps, g, member, over_inputs, union, w
from theorems.vocabulary import j, k, n

theta, u, x, z = sp.symbols("theta u x z", real=True)
S, S2, H2, M2 = (RandomFamily(name) for name in ("S", "S_2", "H_2", "M_2"))
ENOUGH = sp.log(g / delta) / (2 * eps**2)
RATE = u * e[j] + u**2 / 8
LOSS = (ge(M[j, k], 0), le(M[j, k], 1))
PASSING = Any_(eq(H[j], 0), All(eq(H[j], 1), le(S[j, n + 1], n * theta)))
MARKED = Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], theta + eps)))
CONCLUSION = le(FAILURE, delta)


def held(size: sp.Expr) -> Proposition:
    return le(E(sp.exp(u * S[j, size + 1])), sp.exp(size * RATE))


def chord(d: Derivation) -> str:
    """exp(u z) <= 1 - z + z exp(u) on [0, 1]: the tangent at u z lies below at both ends."""
    line = d.for_all((x,), {}, lambda p: p.sign(ge(sp.exp(x), 1 + x)))

    def below(p: Derivation) -> None:
        scale = p.sign(ge(sp.exp(u * z), 0))
        first, second = at(line, x=-u * z), at(line, x=u - u * z)
        rest = p.sign(ge(1 - z, 0), ["z_high"])
        p.combine(le(sp.exp(u * z), 1 - z + z * sp.exp(u)), {first: (1 - z) * sp.exp(u * z), second: z * sp.exp(u * z)}, [scale, rest, "z_low"])

    return d.for_all((z,), {"z_low": ge(z, 0), "z_high": le(z, 1)}, below)


def moments(p: Derivation) -> None:
    """E exp(u S_(j,n+1)) <= exp(n (u e_j + u^2/8)) by induction over the inputs."""
    line = chord(p)

    def base(q: Derivation) -> None:
        start = eq(sp.exp(u * S[j, 1]), 1)
        mean = averaged(q, [eq(S[j, 1], 0)], start, [at("start", j=j), "j_low", "j_high"],
                        lambda r, sure: r.rewrite(substitute(start, {"S": S2}), using=sure))
        q.for_all((), {"inside": le(0, n)}, lambda r: r.combine(held(sp.Integer(0)), {mean: 1}))

    def further(q: Derivation) -> None:
        def one_input(r: Derivation) -> None:
            place, before = r.sign(le(1, k + 1), ["range"]), r.sign(le(k, n), ["inside"])
            sofar = r.restate(held(k), [at("hypothesis"), before])
            ranges = [place, "inside", "j_low", "j_high"]
            old, new, loss = S[j, k + 1], S[j, k + 2], M[j, k + 1]
            grown = le(sp.exp(u * new), sp.exp(u * old) * (1 + loss * (sp.exp(u) - 1)))
            own = {"S": S2, "M": M2}

            def pointwise(c: Derivation, sure: list[str]) -> None:
                under = c.restate(le(sp.exp(u * M2[j, k + 1]), 1 - M2[j, k + 1] + M2[j, k + 1] * sp.exp(u)), [at(line, z=M2[j, k + 1]), *sure[1:]])
                scale = c.sign(ge(sp.exp(u * S2[j, k + 1]), 0))
                value = c.rewrite(eq(sp.exp(u * S2[j, k + 2]), sp.exp(u * S2[j, k + 1]) * sp.exp(u * M2[j, k + 1])), using=sure[:1])
                c.combine(substitute(grown, own), {value: 1, under: sp.exp(u * S2[j, k + 1])}, [scale])

            sums = [at("next", j=j, k=k + 1), at("losses_low", j=j, k=k + 1), at("losses_high", j=j, k=k + 1)]
            mean = averaged(r, [eq(new, old + loss), ge(loss, 0), le(loss, 1)], grown, [*sums, *ranges], pointwise)
            fresh = r.restate(eq(E(sp.exp(u * old) * loss), e[j] * E(sp.exp(u * old))), [at("fresh", j=j, k=k + 1, u=u), *ranges])
            bounds = [r.restate(relation, [at(name, j=j), "j_low", "j_high"]) for name, relation in
                      (("errors_low", ge(e[j], 0)), ("errors_high", le(e[j], 1)))]
            lemma = r.use("base:bernoulli-moment", le(1 - e[j] + e[j] * sp.exp(u), sp.exp(RATE)), bounds, e=e[j], u=u)
            some = averaged(r, [], ge(sp.exp(u * old), 0), [], lambda c, sure: c.sign(ge(sp.exp(u * S2[j, k + 1]), 0)))
            some = r.combine(ge(E(sp.exp(u * old)), 0), {some: 1})
            r.combine(held(k + 1), {mean: 1, fresh: sp.exp(u) - 1, sofar: sp.exp(RATE), lemma: E(sp.exp(u * old))}, [some])

        q.for_all((), {"inside": le(k + 1, n)}, one_input)

    over_inputs(p, held, base, further)


def derive(d: Derivation) -> None:
    bounds = d.for_all((j, u), {"j_low": le(1, j), "j_high": le(j, g)}, moments)
    level = d.step("define", eq(w, -sp.log(g / delta)), ["some", "delta"])
    enough = d.combine(le(-2 * n * eps**2, w), {"inputs": 2 * eps**2, level: -1}, ["some", "eps", "delta"])
    chance = d.rewrite(eq(sp.exp(w), delta / g), ["some", "delta"], using=[level])
    small = d.sign(le(sp.exp(-2 * n * eps**2), sp.exp(w)), [enough])
    rate = -4 * eps

    def one(p: Derivation) -> None:
        ranges, goal = ["j_low", "j_high"], le(b[j] * E(H[j]), delta / g)
        moment = p.restate(le(E(sp.exp(rate * S[j, n + 1])), sp.exp(n * (rate * e[j] + rate**2 / 8))), [at(bounds, j=j, u=rate), *ranges])

        def case(q: Derivation, name: str) -> None:
            if name == "unmarked":
                q.sign(goal, ["unmarked", "some", "delta"])
                return
            mark, high = q.restate(eq(b[j], 1), ["marked"]), q.restate(ge(e[j], theta + eps), ["marked"])
            over = le(H[j], sp.exp(rate * S[j, n + 1]) * sp.exp(-rate * n * theta))

            def pointwise(r: Derivation, sure: list[str]) -> None:
                target = substitute(over, {"S": S2, "H": H2})

                def choice(c: Derivation, name: str) -> None:
                    if name == "fails":
                        c.combine(target, {c.sign(ge(target.right, 0)): 1, "fails": 1})
                        return
                    taken, low = c.restate(eq(H2[j], 1), ["passes"]), c.restate(le(S2[j, n + 1], n * theta), ["passes"])
                    exponent = c.combine(ge(rate * S2[j, n + 1] - rate * n * theta, 0), {low: 4 * eps}, ["eps"])
                    large = c.sign(ge(sp.exp(rate * S2[j, n + 1] - rate * n * theta), 1), [exponent])
                    c.combine(target, {large: 1, taken: 1})

                r.cases(target, {"fails": eq(H2[j], 0), "passes": All(eq(H2[j], 1), le(S2[j, n + 1], n * theta))}, choice, [sure[0]])

            mean = averaged(q, [PASSING], over, [at("passing", j=j), *ranges], pointwise)
            power = q.combine(le(n * (rate * e[j] + rate**2 / 8) - rate * n * theta, -2 * n * eps**2), {high: 4 * n * eps}, ["size", "eps"])
            value = q.sign(le(sp.exp(n * (rate * e[j] + rate**2 / 8) - rate * n * theta), sp.exp(-2 * n * eps**2)), [power])
            scale = q.sign(ge(sp.exp(-rate * n * theta), 0))
            q.combine(goal, {mean: 1, moment: sp.exp(-rate * n * theta), value: 1, small: 1, chance: 1, mark: E(H[j])}, [scale, "some", "delta"])

        p.cases(goal, {"unmarked": eq(b[j], 0), "marked": MARKED.args[1]}, case, [at("marks", j=j), *ranges])

    terms = d.for_all((j,), {"j_low": le(1, j), "j_high": le(j, g)}, one)
    union(d, terms, b[j] * E(H[j]), CONCLUSION)


def sample(draw: Draw) -> Sample:
    members, inputs, points = draw.integer(1, 2), draw.integer(1, 3), 2
    weights, losses = draw.law(points), [draw.family(points, 0, 1) for _ in range(members)]
    errors = tuple(sum((x * y for x, y in zip(weights, row, strict=True)), sp.Integer(0)) for row in losses)
    level, bound = draw.rational(0, sp.Rational(1, 2)), draw.rational(sp.Rational(1, 4), 1)
    law = []
    for code in range(points**inputs):
        drawn = [code // points**a % points for a in range(inputs)]
        seen = tuple(tuple(row[x] for x in drawn) for row in losses)
        sums = tuple(tuple(sum(row[:a], sp.Integer(0)) for a in range(inputs + 1)) for row in seen)
        passing = tuple(sp.Integer(bool(row[-1] <= inputs * level)) for row in sums)
        law.append((sp.Mul(*(weights[x] for x in drawn)), {"M": seen, "S": sums, "H": passing}))
    marked = tuple(sp.Integer(bool(error >= level + bound)) for error in errors)
    return Sample({"g": members, "n": inputs, "epsilon": bound, "delta": draw.rational(sp.Rational(1, 4), 3), "theta": level, "e": errors, "b": marked}, tuple(law))


CLAIM = Entry(
    Claim("tree:probe-validation", "Inputs that validate probes", Source("BA", "algorithm and its cost"), "ours", "upper",
          (("some", ge(g, 1)), ("size", ge(n, 0)), ("eps", gt(eps, 0)), ("delta", gt(delta, 0)), ("inputs", ge(n, ENOUGH)),
           ("errors_low", member(ge(e[j], 0))), ("errors_high", member(le(e[j], 1))), ("start", member(Named("surely", eq(S[j, 1], 0)))),
           ("next", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", eq(S[j, k + 1], S[j, k] + M[j, k])))),
           ("losses_low", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", LOSS[0]))),
           ("losses_high", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", LOSS[1]))),
           ("fresh", ForAll((j, k, u), (*MEMBER, *INPUT), eq(E(sp.exp(u * S[j, k]) * M[j, k]), e[j] * E(sp.exp(u * S[j, k]))))),
           ("passing", member(Named("surely", PASSING))), ("marks", member(MARKED))), CONCLUSION, uses=("base:bernoulli-moment",)),
    derive, sample, quantities=(Quantity("inputs", "fresh inputs that validate all candidates", ENOUGH),),
)
