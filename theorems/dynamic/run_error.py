"""The error of a whole run on a graph of n nodes in R rounds is at most R n times the node error.

A_t indicates that the run of the recovered update has left the right run before round t; W_(t,x) that the recovered update errs
on the local bits of node x in round t of the right run.  Two runs that agree so far see the same local bits, so they part in a round only
if some W_(t,x) occurs in it.  The node error epsilon is the mean of E W_(t,x) over nodes and rounds: the error on local bits drawn from a
random node in a random round of the right run.  Then E A_(R+1) <= R n epsilon, whatever the update, the graph and the law of its weights.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import ForAll, Named, eq, ge, le
from theorems.terms import E, RandomFamily
from theorems.trees._learning import averaged
from theorems.vocabulary import n

R, t, x = sp.symbols("R t x", integer=True)
eps = sp.Symbol("epsilon", real=True)
A, W = RandomFamily("A"), RandomFamily("W")
ROUND = (le(1, t), le(t, R))


def errors(rule: sp.Expr) -> sp.Sum:
    """Sum over the nodes."""
    return sp.Sum(rule, (x, 1, n))


def rounds(rule: sp.Expr) -> sp.Sum:
    return sp.Sum(rule, (t, 1, R))


PARTING = le(A[t + 1], A[t] + errors(W[t, x]))
HYPOTHESES = (
    ("rounds", ge(R, 0)), ("start", Named("surely", le(A[1], 0))), ("parting", ForAll((t,), ROUND, Named("surely", PARTING))),
    ("node", le(rounds(errors(E(W[t, x]))), R * n * eps)),
)
CONCLUSION = le(E(A[R + 1]), R * n * eps)


def derive(d: Derivation) -> None:
    first = averaged(d, [le(A[1], 0)], le(A[1], 0), ["start"])

    def one_round(p: Derivation) -> None:
        mean = averaged(p, [PARTING], PARTING, [at("parting", t=t), "low", "high"])
        p.combine(le(E(A[t + 1]) - E(A[t]), errors(E(W[t, x]))), {mean: 1})

    each = d.for_all((t,), {"low": le(1, t), "high": le(t, R)}, one_round)
    summed = d.step("termwise", le(rounds(E(A[t + 1]) - E(A[t])), rounds(errors(E(W[t, x])))), [each], range=(1, R))
    ends = d.step("telescope", eq(rounds(E(A[t + 1]) - E(A[t])), E(A[R + 1]) - E(A[1])), ["rounds"], of=sp.Lambda(t, E(A[t])))
    d.combine(CONCLUSION, {summed: 1, ends: -1, first: 1, "node": 1})


def sample(draw: Draw) -> Sample:
    nodes, many = draw.integer(1, 2), draw.integer(0, 2)
    law, total = [], sp.Integer(0)
    for weight in draw.law(3):
        wrong = tuple(tuple(sp.Integer(draw.integer(0, 1)) for _ in range(nodes)) for _ in range(many))
        left = [sp.Integer(0)]
        for row in wrong:
            left.append(sp.Max(left[-1], sp.Integer(draw.integer(0, 1) if any(row) else 0)))
        law.append((weight, {"W": wrong, "A": tuple(left)}))
        total += weight * sum(sum(row) for row in wrong)
    return Sample({"n": nodes, "R": many, "epsilon": total / (many * nodes) if many else sp.Integer(0)}, tuple(law))


CLAIM = Entry(
    Claim("dp:local/run", "Error of a whole run", Source("LW", "abstract (i)"), "ours", "upper", HYPOTHESES, CONCLUSION), derive, sample,
    quantities=(Quantity("error", "probability that a run goes wrong, at most", CONCLUSION.right),),
)
