"""The lost mass spread evenly: p^ is p on the classes 1..k and rho/(V - k) on each of the others, for all V > k >= 0.

KL(p, p^) = rho (log(V - k) - H(tail)) <= rho log(V - k), where tail is p on the other classes divided by rho.  The bound is
approached by tails that gather on one class; a uniform tail gives 0.  Positive laws (a class without mass counts for nothing).
"""

import sympy as sp

from theorems.access._kept import HEAD, MASS, TAIL, either, head, outside, rho, split, tail
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, eq, ge, gt, le
from theorems.vocabulary import V, each, i, k, kl, p, positive_law, q

#: What KL(p, p^) is at most.
BOUND = rho * sp.log(V - k)
TAIL_ENTROPY = -tail(lambda a: p[a] / rho * sp.log(p[a] / rho))
FILLED = All(each(lambda a: eq(q[a], p[a]), k), each(lambda a: eq(q[a], rho / (V - k)), V, i, k + 1))
CONCLUSION = All(eq(kl(p, q), rho * (sp.log(V - k) - TAIL_ENTROPY)), le(kl(p, q), BOUND))
PART = All(le(0, k), le(k, V - 1))


def derive(d: Derivation) -> None:
    some = d.sign(ge(V - k, 1), ["k"])
    entries = d.for_all((i,), TAIL, lambda s: s.sign(gt(p[i], 0), ["p", s.sign(le(1, i), ["k", "low"]), "high"]))
    positive = d.step("termwise", gt(outside(), tail(lambda a: sp.Integer(0))), [entries, d.sign(le(k + 1, V), ["k"])], range=(k + 1, V))
    positive = d.combine(gt(rho, 0), {positive: 1, "rho": -1})

    def same(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i]), ["filled", "low", "high"])
        mass = s.sign(gt(p[i], 0), ["p", "low", s.sign(le(i, V), ["k", "high"])])
        s.rewrite(eq(divergence(i), 0), [mass, s.transfer(gt(q[i], 0), mass, [value])], using=[value])

    def spread(s: Derivation) -> None:
        value = s.restate(eq(q[i], rho / (V - k)), ["filled", "low", "high"])
        mass = s.restate(gt(p[i], 0), [at(entries, i=i), "low", "high"])
        share = s.transfer(gt(q[i], 0), s.sign(gt(rho / (V - k), 0), [positive, some]), [value, some])
        s.rewrite(eq(divergence(i), surplus(i)), [mass, share, positive, some], using=[value])

    heads = d.step("termwise", eq(head(divergence), head(lambda a: sp.Integer(0))), [d.for_all((i,), HEAD, same)], range=(1, k))
    tails = d.step("termwise", eq(tail(divergence), tail(surplus)), [d.for_all((i,), TAIL, spread), positive, some], range=(k + 1, V))
    filled = full(d, positive, some)
    whole = split(d, divergence, "p", filled)
    exact = d.combine(CONCLUSION.args[0], {whole: 1, heads: 1, tails: 1, "rho": -sp.log(V - k)}, ["p", positive, some, entries, filled])

    def logarithm(s: Derivation) -> None:
        mass = s.restate(gt(p[i], 0), [at(entries, i=i), "low", "high"])
        small = s.step("member", le(p[i], outside()), [entries, "low", "high"], at=i)
        share = s.sign(le(p[i] / rho, 1), [s.combine(le(p[i], rho), {small: 1, "rho": -1}), positive, mass])
        log = s.sign(le(sp.log(p[i] / rho), 0), [share, mass, positive])
        s.sign(le(p[i] / rho * sp.log(p[i] / rho), 0), [log, mass, positive])

    entropy = d.step("termwise", le(tail(lambda a: p[a] / rho * sp.log(p[a] / rho)), tail(lambda a: sp.Integer(0))),
                     [d.for_all((i,), TAIL, logarithm), positive, entries], range=(k + 1, V))
    bound = d.combine(CONCLUSION.args[1], {exact: 1, entropy: rho}, ["p", positive, some, entries, filled])
    d.restate(CONCLUSION, [exact, bound])


def divergence(a: sp.Expr) -> sp.Expr:
    return p[a] * (sp.log(p[a]) - sp.log(q[a]))


def surplus(a: sp.Expr) -> sp.Expr:
    return p[a] * (sp.log(p[a] / rho) + sp.log(V - k))


def full(d: Derivation, positive: str, some: str) -> str:
    """The filled law is positive."""
    def kept(s: Derivation) -> None:
        value = s.restate(eq(q[i], p[i]), ["filled", "first", "high"])
        s.combine(gt(q[i], 0), {s.sign(gt(p[i], 0), ["p", "first", "last"]): 1, value: -1})

    def cut(s: Derivation, beyond: str) -> None:
        value = s.restate(eq(q[i], rho / (V - k)), ["filled", beyond, "last"])
        s.combine(gt(q[i], 0), {s.sign(gt(rho / (V - k), 0), [positive, some]): 1, value: -1}, [some])

    return either(d, gt(q[i], 0), kept, cut)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    kept, masses = draw.integer(0, size - 1), draw.law(size)
    lost = sum(masses[kept:], sp.Integer(0))
    return Sample({"V": size, "k": kept, "p": masses, "rho": lost, "q": masses[:kept] + (lost / (size - kept),) * (size - kept)})


CLAIM = Entry(
    Claim("access:topk-fill", "The lost mass spread evenly", Source("SKD", "abstract (vii)"), "ours", "tight",
          (("k", PART), ("p", positive_law(p)), ("rho", MASS), ("filled", FILLED)), CONCLUSION),
    derive, sample, quantities=(Quantity("bound", "bound on the divergence of the full law from the filled one", BOUND),),
)
