"""Examples that make the node update exact: m >= 4^r ((2 s - 1) ln(l + q) + ln(1/delta)) uniform local bits, for every graph.

As in `dp:local/samples`, on uniform local bits.  Where two trees of depth at most r differ, they differ on every input that takes the same
two paths: update j, if it is not exact, errs wherever a clause h_j of c_j <= 2 r literals holds, the bits asked on both paths.
By `tree:clause-mass` its error is at least 2^(-2 r), so that b_j = 1 may mark every update that is not exact.  Then E sum_j b_j H_j <= delta:
with probability 1 - delta the returned update is exact, and by `dp:generalises` so is every run on every graph.  The 4^r has a slack of 2^r
at most: the AND of r bits differs from the constant 0 on 2^(-r) of the inputs.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.dynamic._class import draw_class, enough, hypotheses, taught
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, eq, ge, gt, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees import clause_mass
from theorems.trees._learning import FAILURE, b, delta, e, g, member
from theorems.vocabulary import i, j

r = sp.Symbol("r", integer=True)
c = sp.IndexedBase(sp.Symbol("c", integer=True))
z, X, h = sp.IndexedBase("z"), RandomFamily("X"), RandomFamily("h")
OWN = {"n": c[j], "s": sp.Lambda(i, z[j, i]), "X": sp.Lambda(i, X[j, i]), "h": sp.Lambda(i, h[j, i])}
CLAUSE = {f"clause_{name}": substitute(hypothesis, OWN) for name, hypothesis in clause_mass.CLAIM.claim.hypotheses}
LEAST = sp.Integer(4) ** -r
ERRS = le(E(h[j, c[j] + 1]), e[j])
CONCLUSION = le(FAILURE, delta)


def derive(d: Derivation) -> None:
    def marked(p: Derivation) -> None:
        ranges = ["low", "high"]
        given = [p.restate(hypothesis, [at(name, j=j), *ranges]) for name, hypothesis in CLAUSE.items()]
        mass = p.use("tree:clause-mass", substitute(clause_mass.CONCLUSION, OWN), given, **OWN)
        short = p.restate(le(c[j], 2 * r), [at("paths", j=j), *ranges])
        goal = Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], LEAST)))

        def case(q: Derivation, name: str) -> None:
            if name == "exact":
                q.step("either", goal, ["exact"])
                return
            one, errs = q.restate(eq(b[j], 1), ["errs"]), q.restate(ERRS, ["errs"])
            longer = q.sign(ge(sp.Integer(2) ** (2 * r - c[j]), 1), [short])
            large = q.combine(ge(e[j], LEAST), {errs: 1, mass: -1, longer: LEAST})
            q.step("either", goal, [q.restate(All(eq(b[j], 1), ge(e[j], LEAST)), [one, large])])

        p.cases(goal, {"exact": eq(b[j], 0), "errs": All(eq(b[j], 1), ERRS)}, case, [at("marks", j=j), *ranges])

    marks = d.for_all((j,), {"low": le(1, j), "high": le(j, g)}, marked)
    taught(d, marks, d.sign(gt(LEAST, 0)), LEAST)


def sample(draw: Draw) -> Sample:
    """Updates that err nowhere or on a whole clause of one or two bits; the clause is met by inputs of its own."""
    bits, updates = draw.integer(1, 2), draw.integer(1, 2)
    points = [tuple(sp.Integer(1 - 2 * (code >> place & 1)) for place in range(bits)) for code in range(2**bits)]
    signs = [tuple(sp.Integer(1 - 2 * draw.integer(0, 1)) for _ in range(draw.integer(0, bits))) for _ in range(updates)]
    marked = tuple(sp.Integer(draw.integer(0, 1)) for _ in range(updates))
    wrong = [tuple(bool(mark) and point[: len(row)] == row for point in points) for mark, row in zip(marked, signs, strict=True)]
    drawn = draw_class(draw, (sp.Rational(1, 2**bits),) * 2**bits, wrong, draw.integer(1, 4 - bits))
    clauses = []
    for point in points:
        built = [[sp.Integer(1)] for _ in signs]
        for row, clause in zip(signs, built, strict=True):
            for sign, bit in zip(row, point, strict=False):
                clause.append(clause[-1] * (1 + sign * bit) / 2)
        clauses.append({"X": (point,) * updates, "h": tuple(map(tuple, built))})
    law = [(weight / len(points), {**outcome, **clause}) for weight, outcome in drawn.law for clause in clauses]
    sizes = tuple(sp.Integer(len(row)) for row in signs)
    return Sample({**drawn.values, "r": draw.integer((max(sizes) + 1) // 2, 1), "c": sizes, "z": tuple(signs), "b": marked}, tuple(law))


CLAIM = Entry(
    Claim("dp:local/exact", "Examples for an exact update", Source("LW", "abstract (i)"), "ours", "upper",
          (*hypotheses(LEAST), ("paths", member(le(c[j], 2 * r))), *((name, member(hypothesis)) for name, hypothesis in CLAUSE.items()),
           ("marks", member(Any_(eq(b[j], 0), All(eq(b[j], 1), ERRS))))), CONCLUSION, uses=("tree:class-size", "tree:clause-mass", "tree:finite-class")),
    derive, sample, quantities=(Quantity("examples", "labelled uniform local bits that suffice, whatever the graph", enough(LEAST)),),
)
