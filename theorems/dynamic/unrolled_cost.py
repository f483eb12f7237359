"""Distilling the unrolled run as one tree: its search has a bound that is exponential in the number of updates, 8^(u r).

u updates of depth r make one tree of depth u r (`dp:unrolling`; u = n for node updates, n l for bit updates) over d bits of input; then
`tree:search-cost` gives at most 1 + 2 d + 2 d tau^2 B^2 (8^(u r) - 8)/(7 (1 - s)^2) candidates, against 8^r for the update alone
(`dp:local`).  This is the (2^(u r))^3 of the guarantee; the size s^u enters through the samples, `tree:finite-class` with ln |G|.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.terms import substitute
from theorems.trees import search_cost

u, r = sp.symbols("u r", integer=True)
DEPTH = {"r": u * r}
TOTAL = substitute(search_cost.TOTAL, DEPTH)


def derive(d: Derivation) -> None:
    both = d.use("tree:search-cost", substitute(search_cost.CONCLUSION, DEPTH), [name for name, _ in search_cost.HYPOTHESES], r=u * r)
    d.restate(TOTAL, [both])


def sample(draw: Draw) -> Sample:
    search = search_cost.sample(draw)
    values = dict(search.values)
    updates = next(k for k in (3, 2, 1) if values["r"] % k == 0)
    return Sample({**values, "u": updates, "r": values["r"] // updates}, search.law)


CLAIM = Entry(
    Claim("dp:unrolling/cost", "Search for the unrolled tree", Source("LW", "complexity of the unrolled tree"), "ours", "upper",
          tuple((name, substitute(hypothesis, DEPTH)) for name, hypothesis in search_cost.HYPOTHESES), TOTAL, uses=("tree:search-cost",)),
    derive, sample, quantities=(Quantity("candidates", "clauses probed at all levels at most", TOTAL.right),),
)
