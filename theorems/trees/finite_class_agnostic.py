"""Agnostic distillation into a finite class: n >= (2/eps^2) ln(2 |G|/delta) inputs suffice, and fail with probability at most delta/2.

As in `tree:finite-class`, with S_(j,k) the number of errors of member j on the first k - 1 inputs; independence enters as
E exp(u S_(j,k)) M_(j,k) = e_j E exp(u S_(j,k)) for all u.  A learner returns members that err on the sample at most as often as member h
(take the best of G for h); b_j = 1 marks members of error e_h + eps or more.  Then E sum_j b_j H_j <= delta/2.  Twice the indicator of
"j is marked and returned" is at most exp(2 eps (n e_j - S_j) - n eps^2) + exp(2 eps (S_h - n e_h) - n eps^2), for the exponents add up to
something >= 0 and exp x >= 1 + x; both means are at most exp(-n eps^2/2) by Hoeffding's lemma.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._learning import FAILURE, INPUT, MEMBER, H, M, averaged, b, delta, e, eps, g, marks, member, over_inputs, w
from theorems.vocabulary import j, k, n

h = sp.Symbol("h", integer=True)
u, x = sp.symbols("u x", real=True)
S, S2, H2, M2 = (RandomFamily(name) for name in ("S", "S_2", "H_2", "M_2"))
ENOUGH = 2 / eps**2 * sp.log(2 * g / delta)
RATE = u * e[j] + u**2 / 8
BIT = Any_(eq(M[j, k], 0), eq(M[j, k], 1))
RETURNED = Any_(eq(H[j], 0), All(eq(H[j], 1), le(S[j, n + 1], S[h, n + 1])))
CONCLUSION = le(FAILURE, delta / 2)


def held(size: sp.Expr) -> Proposition:
    return le(E(sp.exp(u * S[j, size + 1])), sp.exp(size * RATE))


def first(p: Derivation) -> None:
    start = eq(sp.exp(u * S[j, 1]), 1)
    mean = averaged(p, [eq(S[j, 1], 0)], start, [at("start", j=j), "j_low", "j_high"],
                    lambda q, sure: q.rewrite(eq(sp.exp(u * S2[j, 1]), 1), using=sure))
    p.for_all((), {"inside": le(0, n)}, lambda q: q.combine(held(sp.Integer(0)), {mean: 1}))


def further(p: Derivation) -> None:
    def one_input(q: Derivation) -> None:
        place, before = q.sign(le(1, k + 1), ["range"]), q.sign(le(k, n), ["inside"])
        sofar = q.restate(held(k), [at("hypothesis"), before])
        member_, ranges = ["j_low", "j_high"], [place, "inside", "j_low", "j_high"]
        old, new, bit = S[j, k + 1], S[j, k + 2], M[j, k + 1]
        grown = eq(sp.exp(u * new), sp.exp(u * old) * (1 + bit * (sp.exp(u) - 1)))

        def pointwise(r: Derivation, sure: list[str]) -> None:
            goal, flip = substitute(grown, {"S": S2, "M": M2}), M2[j, k + 1]
            r.cases(goal, {"right": eq(flip, 0), "wrong": eq(flip, 1)}, lambda c, name: c.rewrite(goal, using=[sure[0], name]), [sure[1]])

        mean = averaged(q, [eq(new, old + bit), Any_(eq(bit, 0), eq(bit, 1))], grown,
                        [at("next", j=j, k=k + 1), at("bits", j=j, k=k + 1), *ranges], pointwise)
        fresh = q.restate(eq(E(sp.exp(u * old) * bit), e[j] * E(sp.exp(u * old))), [at("fresh", j=j, k=k + 1, u=u), *ranges])
        low, high = (q.restate(fact, [at(name, j=j), *member_]) for name, fact in (("errors_low", ge(e[j], 0)), ("errors_high", le(e[j], 1))))
        lemma = q.use("base:bernoulli-moment", le(1 - e[j] + e[j] * sp.exp(u), sp.exp(RATE)), [low, high], e=e[j], u=u)
        some = averaged(q, [], ge(sp.exp(u * old), 0), [], lambda r, sure: r.sign(ge(sp.exp(u * S2[j, k + 1]), 0)))
        some = q.combine(ge(E(sp.exp(u * old)), 0), {some: 1})
        q.combine(held(k + 1), {mean: 1, fresh: sp.exp(u) - 1, sofar: sp.exp(RATE), lemma: E(sp.exp(u * old))}, [some])

    p.for_all((), {"inside": le(k + 1, n)}, one_input)


def moments(p: Derivation) -> None:
    """E exp(u S_(j,n+1)) <= exp(n (u e_j + u^2/8)) by induction over the inputs."""
    over_inputs(p, held, first, further)


def derive(d: Derivation) -> None:
    bounds = d.for_all((j, u), {"j_low": le(1, j), "j_high": le(j, g)}, moments)
    line = d.for_all((x,), {}, lambda s: s.sign(ge(sp.exp(x), 1 + x)))
    level = d.step("define", eq(w, -sp.log(2 * g / delta)), ["some", "delta"])
    enough = d.combine(le(-n * eps**2 / 2, w), {"inputs": eps**2 / 2, level: -1}, ["some", "eps", "delta"])
    chance = d.rewrite(eq(sp.exp(w), delta / (2 * g)), ["some", "delta"], using=[level])
    small = d.sign(le(sp.exp(-n * eps**2 / 2), sp.exp(w)), [enough])

    def tail(p: Derivation, row: sp.Expr, side: int, ranges: list[str]) -> str:
        """E exp(side 2 eps (S - n e) - n eps^2) <= exp(-n eps^2/2)."""
        rate = side * 2 * eps
        scale = sp.exp(-rate * n * e[row] - n * eps**2)
        bound = p.restate(le(E(sp.exp(rate * S[row, n + 1])), sp.exp(n * (rate * e[row] + rate**2 / 8))), [at(bounds, j=row, u=rate), *ranges])
        return p.combine(le(E(sp.exp(rate * S[row, n + 1])) * scale, sp.exp(-n * eps**2 / 2)), {bound: scale})

    def one(p: Derivation) -> None:
        ranges = ["j_low", "j_high"]
        own, other = tail(p, j, -1, ranges), tail(p, h, 1, ["h_low", "h_high"])
        options = p.restate(Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], e[h] + eps))), [at("marks", j=j), *ranges])
        goal = le(b[j] * E(H[j]), delta / (2 * g))

        def case(q: Derivation, name: str) -> None:
            if name == "unmarked":
                q.sign(goal, ["unmarked", "some", "delta"])
                return
            mark, high = q.restate(eq(b[j], 1), ["marked"]), q.restate(ge(e[j], e[h] + eps), ["marked"])
            larger = q.combine(ge(n * e[j], n * e[h] + n * eps), {high: n}, ["size"])
            under = sp.exp(-2 * eps * (S[j, n + 1] - n * e[j]) - n * eps**2) + sp.exp(2 * eps * (S[h, n + 1] - n * e[h]) - n * eps**2)

            def pointwise(r: Derivation, sure: list[str]) -> None:
                first_, second = (sp.exp(side * 2 * eps * (S2[row, n + 1] - n * e[row]) - n * eps**2) for row, side in ((j, -1), (h, 1)))
                target = le(2 * H2[j], first_ + second)

                def choice(c: Derivation, name: str) -> None:
                    if name == "other":
                        none = c.sign(ge(first_ + second, 0))
                        c.combine(target, {none: 1, "other": 2})
                        return
                    one_, fewer = c.restate(eq(H2[j], 1), ["taken"]), c.restate(le(S2[j, n + 1], S2[h, n + 1]), ["taken"])
                    c.combine(target, {at(line, x=first_.args[0]): 1, at(line, x=second.args[0]): 1, fewer: 2 * eps, larger: 2 * eps, one_: 2}, ["eps"])

                r.cases(target, {"other": eq(H2[j], 0), "taken": All(eq(H2[j], 1), le(S2[j, n + 1], S2[h, n + 1]))}, choice, [sure[0]])

            mean = averaged(q, [RETURNED], le(2 * H[j], under), [at("returned", j=j), *ranges], pointwise)
            q.combine(goal, {mean: sp.Rational(1, 2), own: sp.Rational(1, 2), other: sp.Rational(1, 2), small: 1, chance: 1, mark: E(H[j])},
                      ["some", "delta"])

        p.cases(goal, {"unmarked": eq(b[j], 0), "marked": All(eq(b[j], 1), ge(e[j], e[h] + eps))}, case, [options])

    terms = d.for_all((j,), {"j_low": le(1, j), "j_high": le(j, g)}, one)
    summed = d.step("termwise", le(sp.Sum(b[j] * E(H[j]), (j, 1, g)), sp.Sum(delta / (2 * g), (j, 1, g))), [terms, "some"], range=(1, g))
    many = d.step("count", eq(sp.Sum(delta / (2 * g), (j, 1, g)), delta / 2), ["some"])
    d.combine(CONCLUSION, {summed: 1, many: 1}, ["some"])


def sample(draw: Draw) -> Sample:
    members, inputs, points = draw.integer(1, 2), draw.integer(1, 3), 2
    weights = draw.law(points)
    wrong = [tuple(draw.integer(0, 1) for _ in range(points)) for _ in range(members)]
    errors = tuple(sum((x for x, bad in zip(weights, row, strict=True) if bad), sp.Integer(0)) for row in wrong)
    best = min(range(members), key=lambda a: errors[a])
    law = []
    for code in range(points**inputs):
        drawn = [code // points**a % points for a in range(inputs)]
        bits = tuple(tuple(sp.Integer(row[x]) for x in drawn) for row in wrong)
        counts = tuple(tuple(sum(row[:a], sp.Integer(0)) for a in range(inputs + 1)) for row in bits)
        fit = [a for a in range(members) if counts[a][-1] <= counts[best][-1]]
        pick = fit[draw.integer(0, len(fit) - 1)]
        law.append((sp.Mul(*(weights[x] for x in drawn)), {"M": bits, "S": counts, "H": tuple(sp.Integer(a == pick) for a in range(members))}))
    bound, chance = draw.rational(sp.Rational(1, 2), 3), draw.rational(sp.Rational(1, 2), 4)
    marked = tuple(sp.Integer(bool(error >= errors[best] + bound)) for error in errors)
    return Sample({"g": members, "h": best + 1, "n": inputs, "epsilon": bound, "delta": chance, "e": errors, "b": marked}, tuple(law))


CLAIM = Entry(
    Claim("tree:finite-class/agnostic", "Samples for a finite class, agnostic distillation", Source("BA", "abstract (i)"), "ours", "upper",
          (("some", ge(g, 1)), ("size", ge(n, 0)), ("eps", gt(eps, 0)), ("delta", gt(delta, 0)), ("h_low", le(1, h)), ("h_high", le(h, g)),
           ("inputs", ge(n, ENOUGH)), ("errors_low", member(ge(e[j], 0))), ("errors_high", member(le(e[j], 1))),
           ("start", member(Named("surely", eq(S[j, 1], 0)))),
           ("next", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", eq(S[j, k + 1], S[j, k] + M[j, k])))),
           ("bits", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", BIT))),
           ("fresh", ForAll((j, k, u), (*MEMBER, *INPUT), eq(E(sp.exp(u * S[j, k]) * M[j, k]), e[j] * E(sp.exp(u * S[j, k]))))),
           ("returned", member(Named("surely", RETURNED))), ("marks", marks(e[h] + eps))), CONCLUSION, uses=("base:bernoulli-moment",)),
    derive, sample, quantities=(Quantity("inputs", "independent inputs that suffice", ENOUGH),),
)
