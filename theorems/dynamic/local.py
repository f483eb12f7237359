"""Distilling the node update alone: its search costs what `tree:search-cost` says of l local bits, whatever n and R, and the
error of a whole run on a graph of n nodes in R rounds is at most R n times the node error.

The run is that of `dp:local/run`: E A_(R+1) <= R n epsilon, epsilon the node error.  Under the hypotheses of `tree:search-cost` on the
local bits (what passes is held by one representation, on uniform bits) the search probes at most
1 + 2 l + 2 l tau^2 B^2 (8^r - 8) / (7 (1 - s)^2) clauses.  How many examples make the node error small is in `dp:local/samples`.
Nothing but the bound on the run grows with n.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.dynamic import run_error
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All
from theorems.terms import substitute
from theorems.trees import search_cost

l = sp.Symbol("l", integer=True)
LOCAL = {"d": l}
RUN, PROBES = run_error.CONCLUSION, substitute(search_cost.TOTAL, LOCAL)
HYPOTHESES = (*run_error.HYPOTHESES, *((name, substitute(hypothesis, LOCAL)) for name, hypothesis in search_cost.HYPOTHESES))


def derive(d: Derivation) -> None:
    run = d.use("dp:local/run", RUN, [name for name, _ in run_error.HYPOTHESES])
    search = d.use("tree:search-cost", substitute(search_cost.CONCLUSION, LOCAL), [name for name, _ in search_cost.HYPOTHESES], d=l)
    d.restate(All(RUN, PROBES), [run, search])


def sample(draw: Draw) -> Sample:
    run, search = run_error.sample(draw), search_cost.sample(draw)
    law = tuple((first * second, {**one, **other}) for first, one in run.law for second, other in search.law)
    return Sample({**search.values, **run.values, "l": search.values["d"]}, law)


CLAIM = Entry(
    Claim("dp:local", "Distilling the node update costs nothing that grows with the graph", Source("LW", "abstract (i)"), "ours", "upper", HYPOTHESES,
          All(RUN, PROBES), uses=("dp:local/run", "tree:search-cost")),
    derive, sample,
    quantities=(Quantity("error", "probability that a run goes wrong, at most", RUN.right), Quantity("candidates", "local clauses probed at most", PROBES.right)),
)
