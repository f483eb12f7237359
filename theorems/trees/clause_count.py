"""How many sets of n variables pass the probes: at most tau^2 B^2/(2^(-n) - eta)^2 at root-mean-square error eta < 2^(-n), uniform inputs.

X_1..X_d are fair, independent bits, as in `tree:clause-count/characters`.  N distinct sets of n variables pass: some AND clause h_a on the variables of set a,
with signs s_a, has a probe w_a, |w_a| <= tau, and an intercept v_a with E(h_a - v_a - <w_a, phi>)^2 <= eta^2, where E|phi|^2 <= B^2.  The
characters c_a are there to say what fairness means; `tree:clause-count/bessel` counts.

The error has to be the root mean square: a bound on the mean square by eta instead leaves no gap for 4^(-n) <= eta < 2^(-n), where
h = its mean passes.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.terms import substitute
from theorems.trees import cube, passing_sets
from theorems.trees.cube import a, c, d, h

LAST = {"c": sp.Lambda(a, c[a, d + 1]), "h": sp.Lambda(a, h[a, d + 1])}
PASSING = {name: substitute(hypothesis, LAST) for name, hypothesis in passing_sets.CLAIM.claim.hypotheses}
ON_THE_CUBE = {"orthonormal": cube.ORTHONORMAL, "centred": cube.CENTRED, "coefficient": cube.COEFFICIENT}
HYPOTHESES = (*cube.HYPOTHESES, *((name, hypothesis) for name, hypothesis in PASSING.items() if name not in ON_THE_CUBE))
CONCLUSION = passing_sets.CONCLUSION


def derive(p: Derivation) -> None:
    facts = p.use("tree:clause-count/characters", cube.CONCLUSION, [name for name, _ in cube.HYPOTHESES])
    shown = [p.restate(fact, [facts]) for fact in ON_THE_CUBE.values()]
    p.use("tree:clause-count/bessel", CONCLUSION, [*(name for name in PASSING if name not in ON_THE_CUBE), *shown], **LAST)


def sample(draw: Draw) -> Sample:
    """A representation that holds a clause of each set with a small error."""
    drawn = cube.sample(draw)
    count, room = len(drawn.values["J"]), sp.Rational(1, 2 ** (int(drawn.values["n"]) + 1))
    scale, shift = draw.rational(1, 2), draw.family(count, -1, 1)
    law = [(weight, {**outcome, "phi": tuple(scale * (clause[-1] - start + draw.rational(-room, room)) for clause, start in zip(outcome["h"], shift, strict=True))})
           for weight, outcome in drawn.law]
    energy = sum((weight * sum(y**2 for y in outcome["phi"]) for weight, outcome in law), sp.Integer(0))
    weights = tuple(tuple(1 / scale if row == column else sp.Integer(0) for column in range(count)) for row in range(count))
    return Sample({**drawn.values, "D": count, "eta": room, "tau": 1 / scale, "B": sp.ceiling(sp.sqrt(energy)), "w": weights, "v": shift}, tuple(law))


CLAIM = Entry(
    Claim("tree:clause-count", "Sets of variables whose clauses pass the probes", Source("BA", "linear representation, uniform inputs"), "ours", "upper",
          HYPOTHESES, CONCLUSION, uses=("tree:clause-count/bessel", "tree:clause-count/characters")),
    derive, sample, quantities=(Quantity("sets", "sets of n variables that can pass at most", CONCLUSION.right),),
)
