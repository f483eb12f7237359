"""Distilling the node update alone: its search costs what `tree:search-cost` says of l local bits, whatever n and R, and the
error of a whole run on a graph of n nodes in R rounds is at most R n times the node error.

A_t indicates that the run of the recovered update has left the right run before round t; W_(t,x) that the recovered update errs
on the local bits of node x in round t of the right run, an event of probability at most eps.  Two runs that agree so far see the
same local bits, so they part in a round only if some W_(t,x) occurs in it.  Then E A_(R+1) <= R n eps.  Under the hypotheses of
`tree:search-cost` on the local bits (what passes is held by one representation, on uniform bits) the search probes at most
1 + 2 l + 2 l tau^2 B^2 (8^r - 8) / (7 (1 - s)^2) clauses.  Nothing but that error bound grows with n.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, Named, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees import search_cost
from theorems.vocabulary import n

R, t, x = sp.symbols("R t x", integer=True)
l = sp.Symbol("l", integer=True)
eps = sp.Symbol("epsilon", real=True)
A, W, A2, W2 = (RandomFamily(name) for name in ("A", "W", "A_2", "W_2"))
ROUND = (le(1, t), le(t, R))


def errors(family: RandomFamily) -> sp.Expr:
    """How many nodes err in round t."""
    return sp.Sum(family[t, x], (x, 1, n))


RUN = le(E(A[R + 1]), R * n * eps)
PROBES = substitute(search_cost.TOTAL, {"d": l})
HYPOTHESES = (
    ("nodes", ge(n, 0)), ("rounds", ge(R, 0)), ("start", Named("surely", le(A[1], 0))),
    ("parting", ForAll((t,), ROUND, Named("surely", le(A[t + 1], A[t] + errors(W))))),
    ("node", ForAll((t, x), (*ROUND, le(1, x), le(x, n)), le(E(W[t, x]), eps))),
    *((name, substitute(hypothesis, {"d": l})) for name, hypothesis in search_cost.HYPOTHESES),
)


def derive(d: Derivation) -> None:
    inner = le(t, R + 1)
    held = le(E(A[t]), (t - 1) * n * eps)

    def base(p: Derivation) -> None:
        fact = p.for_all((A2,), {"sure": le(A2[1], 0)}, lambda q: q.restate(le(A2[1], 0), ["sure"]))
        fact = p.restate(ForAll((A,), (le(A[1], 0),), le(A[1], 0)), [fact])
        mean = p.step("expect", le(E(A[1]), 0), [fact, "start"])
        p.for_all((), {"inside": le(1, R + 1)}, lambda q: q.combine(le(E(A[1]), (1 - 1) * n * eps), {mean: 1}))

    def further(p: Derivation) -> None:
        def one_round(q: Derivation) -> None:
            earlier, before = q.sign(le(t, R), ["inside"]), q.sign(inner, ["inside"])
            sofar = q.restate(held, [at("hypothesis"), before])
            jump = le(A2[t + 1], A2[t] + errors(W2))
            fact = q.for_all((A2, W2), {"sure": jump}, lambda w: w.restate(jump, ["sure"]))
            step = le(A[t + 1], A[t] + errors(W))
            fact = q.restate(ForAll((A, W), (step,), step), [fact])
            mean = q.step("expect", le(E(A[t + 1]), E(A[t] + errors(W))), [fact, at("parting", t=t), "range", earlier])
            each = q.for_all((x,), {"x_low": le(1, x), "x_high": le(x, n)},
                             lambda w: w.restate(le(E(W[t, x]), eps), [at("node", t=t, x=x), "range", earlier, "x_low", "x_high"]))
            summed = q.step("termwise", le(sp.Sum(E(W[t, x]), (x, 1, n)), sp.Sum(eps, (x, 1, n))), [each], range=(1, n))
            many = q.step("count", eq(sp.Sum(eps, (x, 1, n)), n * eps), ["nodes"])
            q.combine(le(E(A[t + 1]), (t + 1 - 1) * n * eps), {sofar: 1, mean: 1, summed: 1, many: 1})

        p.for_all((), {"inside": le(t + 1, R + 1)}, one_round)

    every = d.induction(ForAll((t,), (le(1, t),), ForAll((), (inner,), held)), base, further)
    last, same = d.sign(le(1, R + 1), ["rounds"]), d.sign(le(R + 1, R + 1))
    end = d.restate(ForAll((), (le(R + 1, R + 1),), le(E(A[R + 1]), (R + 1 - 1) * n * eps)), [at(every, t=R + 1), last])
    run = d.restate(RUN, [at(end), same])
    search = d.use("tree:search-cost", substitute(search_cost.CONCLUSION, {"d": l}), [name for name, _ in search_cost.HYPOTHESES], d=l)
    d.restate(All(RUN, PROBES), [run, search])


def sample(draw: Draw) -> Sample:
    nodes, rounds = draw.integer(1, 2), draw.integer(0, 2)
    law, worst = [], sp.Integer(0)
    rates: dict[tuple[int, int], sp.Expr] = {}
    for weight in draw.law(3):
        wrong = tuple(tuple(sp.Integer(draw.integer(0, 1)) for _ in range(nodes)) for _ in range(rounds + 1))
        left = [sp.Integer(0)]
        for row in wrong[:rounds]:
            left.append(sp.Max(left[-1], sp.Integer(draw.integer(0, 1) if any(row) else 0)))
        law.append((weight, {"W": wrong, "A": tuple(left)}))
        for place in ((a, b) for a in range(rounds) for b in range(nodes)):
            rates[place] = rates.get(place, sp.Integer(0)) + weight * wrong[place[0]][place[1]]
    worst = max(rates.values(), default=sp.Integer(0))
    search = search_cost.sample(draw)
    both = tuple((x * y, {**run, **probed}) for x, run in law for y, probed in search.law)
    return Sample({**search.values, "l": search.values["d"], "n": nodes, "R": rounds, "epsilon": worst}, both)


CLAIM = Entry(
    Claim("dp:local", "Distilling the node update costs nothing that grows with the graph", Source("LW", "abstract (i)"), "ours", "upper", HYPOTHESES,
          All(RUN, PROBES), uses=("tree:search-cost",)),
    derive, sample,
    quantities=(Quantity("error", "probability that a run goes wrong, at most", RUN.right), Quantity("candidates", "local clauses probed at most", PROBES.right)),
)
