"""Stages anchored at the target: p_{k+1} = (1 - a_k) p_k + a_k t bring KL(t, p_k) down at a rate that ends at the teacher.

For a constant weight c in [0, 1) (c = 1 is at the target after one stage): KL(t, p after n stages) <= (1 - c)^n KL(t, p_1).  For a_k = 1/(k + 1), k = 1..n, it is at
most KL(t, p_1)/(n + 1): a true O(1/n) end to end.  The count starts at a_1 = 1/2; weights 1/(k + 1) counted from k = 0 would
jump to the target in the first stage and make the bound empty.  p_1 is the start, the entries are > 0; that they sum to 1
is not used.
"""

from collections.abc import Callable

from theorems.bias_variance._random import implies
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, j, k, kl, n, p, q, sp, t

Rule = Callable[[sp.Expr], sp.Expr]
c, weight = sp.symbols("c weight", real=True)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
MOVED = All(each(lambda b: gt(q[b], 0)), le(kl(t, q), (1 - weight) * kl(t, p)))
GEOMETRIC, HARMONIC = (1 - c) ** n, 1 / (n + 1)


def law(stage: sp.Expr) -> sp.Lambda:
    """The entries at one stage."""
    return sp.Lambda((i,), p[stage, i])


def divergence(stage: sp.Expr) -> sp.Expr:
    """KL(t, p_stage)."""
    return kl(t, law(stage))


def moves(own: Rule) -> Proposition:
    """Every stage mixes in the target with weight own(k)."""
    return ForAll((k, i), (le(1, k), le(k, n), le(1, i), le(i, V)), eq(p[k + 1, i], (1 - own(k)) * p[k, i] + own(k) * t[i]))


def constant(stage: sp.Expr) -> sp.Expr:
    return c


def falling(stage: sp.Expr) -> sp.Expr:
    return 1 / (stage + 1)


def bound(factor: sp.Expr) -> Proposition:
    return le(divergence(n + 1), factor * divergence(sp.Integer(1)))


CONCLUSION = All(implies(moves(constant), bound(GEOMETRIC)), implies(moves(falling), bound(HARMONIC)))


def step(d: Derivation) -> None:
    """log is concave: (1 - weight) log p + weight log t <= log((1 - weight) p + weight t)."""
    def entry(s: Derivation) -> None:
        first, second = (s.restate(gt(f[i], 0), [at(name, i=i), "i_low", "i_high"]) for f, name in ((p, "p"), (t, "target")))
        new = s.restate(eq(q[i], (1 - weight) * p[i] + weight * t[i]), [at("moved", i=i), "i_low", "i_high"])

        def side(u: Derivation, case: str) -> None:
            u.combine(gt(q[i], 0), {new: -1, first: 1 - weight, second: weight}, ["low", "high", case])

        s.cases(gt(q[i], 0), {"small": lt(weight, sp.Rational(1, 2)), "large": ge(weight, sp.Rational(1, 2))}, side)

    def term(s: Derivation) -> None:
        facts = [s.restate(gt(f[i], 0), [at(name, i=i), "i_low", "i_high"]) for f, name in ((p, "p"), (t, "target"), (q, positive))]
        ratios = [s.sign(gt(f[i] / q[i], 0), facts) for f in (p, t)]
        bounds = [s.use("base:log-bound", le(sp.log(f[i] / q[i]), f[i] / q[i] - 1), [r, *facts], x=f[i] / q[i]) for f, r in zip((p, t), ratios, strict=True)]
        new = s.restate(eq(q[i], (1 - weight) * p[i] + weight * t[i]), [at("moved", i=i), "i_low", "i_high"])
        s.combine(le(t[i] * (sp.log(t[i]) - sp.log(q[i])), (1 - weight) * t[i] * (sp.log(t[i]) - sp.log(p[i]))),
                  {bounds[0]: (1 - weight) * t[i], bounds[1]: weight * t[i], new: -t[i] / q[i]}, ["low", "high", *facts])

    positive = d.for_all((i,), RANGE, entry)
    terms = d.for_all((i,), RANGE, term)
    bound = d.step("termwise", MOVED.args[1], [terms, "p", "target", positive], range=(1, V))
    d.restate(MOVED, [positive, bound])


def rate(d: Derivation, own: Rule, factor: sp.Expr) -> None:
    """Induction on the number j of stages: entries > 0, and KL(t, .) at most the factor times that of the start."""
    def reached(count: sp.Expr) -> Proposition:
        less = le(divergence(count + 1), factor.subs(n, count) * divergence(sp.Integer(1)))
        return All(each(lambda b: gt(p[count + 1, b], 0)), less)

    def stage(s: Derivation, place: sp.Expr, positive: str, earlier: str, order: list[str]) -> None:
        values = {"p": law(place), "q": law(place + 1), "weight": own(place)}
        ends = [s.sign(ge(own(place), 0), ["low", *order]), s.sign(le(own(place), 1), ["high", *order])]
        mixed = s.for_all((i,), RANGE, lambda u: u.restate(
            eq(p[place + 1, i], (1 - own(place)) * p[place, i] + own(place) * t[i]), [at("moves", k=place, i=i), *order, "i_low", "i_high"]))
        both = s.use("path:anchored/step", substitute(MOVED, values), [positive, "target", mixed, *ends, *order], **values)
        after = s.restate(each(lambda b: gt(p[place + 1, b], 0)), [both])
        less = s.restate(le(divergence(place + 1), (1 - own(place)) * divergence(place)), [both])
        total = reached(place).args[1]
        if earlier:
            less = s.combine(total, {less: 1, earlier: 1 - own(place)}, [*ends, positive, after, "start", "target", "low", "high", *order])
        s.restate(reached(place), [after, less])

    def base(s: Derivation) -> None:
        def inner(u: Derivation) -> None:
            stage(u, sp.Integer(1), "start", "", ["inside", u.sign(le(1, 1))])

        s.for_all((), {"inside": le(1, n)}, inner)

    def further(s: Derivation) -> None:
        def inner(u: Derivation) -> None:
            soon, later = u.sign(le(j, n), ["inside"]), u.sign(le(1, j + 1), ["range"])
            old = u.restate(reached(j), [at("hypothesis"), soon])
            before, after = (u.restate(part, [old]) for part in reached(j).args)
            stage(u, j + 1, before, after, ["inside", later])

        s.for_all((), {"inside": le(j + 1, n)}, inner)

    every = d.induction(ForAll((j,), (le(1, j),), ForAll((), (le(j, n),), reached(j))), base, further)
    last = d.restate(ForAll((), (le(n, n),), reached(n)), [at(every, j=n), "stages"])
    end = d.restate(reached(n), [at(last), d.sign(le(n, n))])
    d.restate(bound(factor), [end])


def derive(d: Derivation) -> None:
    parts = [d.for_all((), {"moves": moves(own)}, lambda s, own=own, factor=factor: rate(s, own, factor))
             for own, factor in ((constant, GEOMETRIC), (falling, HARMONIC))]
    d.restate(CONCLUSION, parts)


def sample(draw: Draw) -> Sample:
    """Constant weights and falling ones by turns."""
    size, count, fixed = draw.integer(1, 4), draw.integer(1, 4), draw.rational(0, "15/16")
    target, rows = draw.law(size), [draw.law(size)]
    steady = draw.integer(0, 1)
    for stage in range(1, count + 1):
        own = fixed if steady else sp.Rational(1, stage + 1)
        rows.append(tuple((1 - own) * b + own * end for b, end in zip(rows[-1], target, strict=True)))
    return Sample({"V": size, "n": count, "c": fixed, "t": target, "p": tuple(rows)})


def sample_step(draw: Draw) -> Sample:
    size, own = draw.integer(1, 4), draw.rational(0, 1)
    first, target = draw.law(size), draw.law(size)
    mixed = tuple((1 - own) * b + own * end for b, end in zip(first, target, strict=True))
    return Sample({"V": size, "weight": own, "p": first, "t": target, "q": mixed})


SOURCE = Source("SKD", "abstract (iii)")
POSITIVE = (("p", each(lambda b: gt(p[b], 0))), ("target", each(lambda b: gt(t[b], 0))))
CLAIMS = (
    Entry(Claim("path:anchored/step", "A stage towards the target", SOURCE, "ours", "upper",
                (*POSITIVE, ("moved", each(lambda b: eq(q[b], (1 - weight) * p[b] + weight * t[b]))), ("low", ge(weight, 0)), ("high", le(weight, 1))),
                MOVED, uses=("base:log-bound",)), step, sample_step),
    Entry(Claim("path:anchored", "Stages anchored at the target", SOURCE, "ours", "upper",
                (("stages", ge(n, 1)), ("low", ge(c, 0)), ("high", lt(c, 1)), ("start", each(lambda b: gt(p[1, b], 0))), POSITIVE[1]), CONCLUSION,
                uses=("path:anchored/step",)), derive, sample,
          quantities=(Quantity("constant", "factor after n stages of weight c", GEOMETRIC), Quantity("falling", "factor after n stages of weight 1/(k + 1)", HARMONIC))),
)
