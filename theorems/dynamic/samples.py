"""Examples that the node update takes: m >= ((2 s - 1) ln(l + q) + ln(1/delta))/epsilon, for every graph, size and number of rounds.

The updates are g trees with s leaves over l local bits and q labels, counted by F as in `tree:class-size`.  m examples are local bits with the
right label, drawn independently from a random node in a random round of right runs; a learner returns an update that errs on none of them
(H_j, as in `tree:finite-class`; e_j is the error of update j on such local bits).  Executed on a graph of n nodes for R rounds, update j
leaves the right run with probability E A_(j,R+1) (`dp:local/run`); b_j = 1 marks updates for which this exceeds R n epsilon.  Then
E sum_j b_j H_j <= delta: with probability 1 - delta the run of the returned update goes wrong with probability at most R n epsilon.
A run error of at most rho takes epsilon = rho/(R n).  That the clauses of the right update are among those probed, so that some update errs on
no example and the programme returns it, is `tree:probe-fit`, `tree:probe-validation` and `tree:dp-exact`.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.dynamic import run_error
from theorems.dynamic._class import draw_class, enough, hypotheses, taught
from theorems.dynamic.run_error import A, R, W, t, x
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, eq, ge, gt, le, lt
from theorems.terms import E, substitute
from theorems.trees._learning import FAILURE, b, delta, e, eps, g, member
from theorems.vocabulary import j, n

OWN = {"A": sp.Lambda(t, A[j, t]), "W": sp.Lambda((t, x), W[j, t, x]), "epsilon": e[j]}
RUN = {f"run_{name}": substitute(hypothesis, OWN) for name, hypothesis in run_error.HYPOTHESES if name != "rounds"}
WRONG = gt(E(A[j, R + 1]), R * n * eps)
CONCLUSION = le(FAILURE, delta)


def derive(d: Derivation) -> None:
    def marked(p: Derivation) -> None:
        ranges = ["low", "high"]
        given = {name: p.restate(hypothesis, [at(name, j=j), *ranges]) for name, hypothesis in RUN.items()}
        run = p.use("dp:local/run", substitute(run_error.CONCLUSION, OWN), ["rounds", *given.values()], **OWN)
        options = {"unmarked": eq(b[j], 0), "marked": All(eq(b[j], 1), WRONG)}
        goal = Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], eps)))

        def case(q: Derivation, name: str) -> None:
            if name == "marked":
                one, wrong = q.restate(eq(b[j], 1), ["marked"]), q.restate(WRONG, ["marked"])
                scale = q.sign(ge(R * n, 0), ["rounds", "nodes"])
                large = q.contradiction(ge(e[j], eps), lambda c: c.combine(lt(0, 0), {wrong: 1, run: 1, "negated": R * n}, [scale]), ["eps"])
                both = q.restate(All(eq(b[j], 1), ge(e[j], eps)), [one, large])
                q.step("either", goal, [both])
            else:
                q.step("either", goal, ["unmarked"])

        p.cases(goal, options, case, [at("marks", j=j), *ranges])

    marks = d.for_all((j,), {"low": le(1, j), "high": le(j, g)}, marked)
    taught(d, marks, "eps", eps)


def sample(draw: Draw) -> Sample:
    """The run draws the patterns of its node from the law of the examples."""
    points, bound = draw.integer(2, 3), draw.rational(sp.Rational(1, 4), 1)
    wrong = [tuple(draw.integer(0, 2) == 0 for _ in range(points)) for _ in range(draw.integer(1, 2))]
    drawn, many, nodes = draw_class(draw, draw.law(points), wrong, draw.integer(1, 3)), draw.integer(0, 2), 1
    law = []
    for code in range(len(drawn.weights) ** many):
        met = [code // len(drawn.weights) ** a % len(drawn.weights) for a in range(many)]
        wrong = tuple(tuple((sp.Integer(row[pattern]),) for pattern in met) for row in drawn.wrong)
        left = tuple(tuple(sp.Integer(any(row[pattern] for pattern in met[:a])) for a in range(many + 1)) for row in drawn.wrong)
        law += [(weight * sp.Mul(*(drawn.weights[pattern] for pattern in met)), {**outcome, "W": wrong, "A": left}) for weight, outcome in drawn.law]
    leaving = [1 - (1 - error) ** many for error in drawn.errors]
    marked = tuple(sp.Integer(bool(rate > many * nodes * bound)) for rate in leaving)
    return Sample({**drawn.values, "epsilon": bound, "n": nodes, "R": many, "b": marked}, tuple(law))


CLAIM = Entry(
    Claim("dp:local/samples", "Examples for the node update", Source("LW", "abstract (i)"), "ours", "upper",
          (("eps", gt(eps, 0)), *hypotheses(eps), ("nodes", ge(n, 0)), ("rounds", ge(R, 0)), *((name, member(hypothesis)) for name, hypothesis in RUN.items()),
           ("marks", member(Any_(eq(b[j], 0), All(eq(b[j], 1), WRONG))))), CONCLUSION,
          uses=("dp:local/run", "tree:class-size", "tree:finite-class")),
    derive, sample, quantities=(Quantity("examples", "labelled local bits that suffice, whatever the graph", enough(eps)),),
)
