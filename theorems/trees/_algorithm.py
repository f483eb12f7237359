"""Statement of `tree:search-cost/samples`: names, and the hypotheses of its lemmas at these names.

Sets, clauses and probes of `tree:search-cost`, one search for each outcome o; W is the outcome that chance picks.  Names with an index T belong to trees.
"""

import sympy as sp

from theorems.claim import Claim
from theorems.logic import All, Any_, ForAll, Named, Proposition, eq, ge, gt, le, lt
from theorems.terms import E, Random, RandomFamily, free_names, substitute
from theorems.trees import class_size, cube, finite_class, fit_batches, fitted_validation, probe_fit, reached_tree, search_cost
from theorems.trees._counting import B, tau
from theorems.trees._learning import delta, eps, g
from theorems.trees.cube import a, b, c, d, h
from theorems.trees.fit_batches import f
from theorems.trees.probe_fit import C, D
from theorems.trees.search_cost import J, K, N, P, r, s, z
from theorems.vocabulary import i, j, k, m, n, total


def integers(name: str) -> sp.IndexedBase:
    """A family of integers."""
    return sp.IndexedBase(sp.Symbol(name, integer=True))


o, O, l, p, q, t, L, trees, batches, clauses = sp.symbols("o O l p q t L g_T N_B N_C", integer=True)
W, R = Random("W", integer=True), Random("R", real=True)
phi, A, U, Q, returned = (RandomFamily(name) for name in ("phi", "A", "U", "Q", "H_T"))
w, v, e, H, Z, rho, passed, error, mark = (sp.IndexedBase(name) for name in ("w", "v", "e", "H", "Z", "rho", "H_C", "e_T", "b_T"))
I, T, y, kappa, beta, best = (integers(name) for name in ("I", "T", "y", "kappa", "beta", "x_B"))
BATCH = (le(1, b), le(b, batches))
OUTCOME, CLAUSE = (le(1, o), le(o, O)), (le(1, a), le(a, g))
LARGEST = (1 + tau * B) ** 2
SQUARE = s**2 * sp.Integer(4) ** (1 - r)
PART = delta / 3

FIT = {"t": SQUARE / 2, "J": batches, "u": sp.Lambda((b, i), w[W, y[W, b], i] - v[y[W, b], i])}
JUDGE = {"n": m, "epsilon": SQUARE / (4 * LARGEST), "theta": 3 * SQUARE / (4 * LARGEST), "delta": PART, "e": sp.Lambda(j, e[W, j]), "H": sp.Lambda(j, H[W, j])}
SIZE = {"l": d, "s": L}
LEARN = {"g": trees, "n": l, "delta": PART, "M": RandomFamily("M_T"), "C": RandomFamily("C_T"), "H": returned, "e": error, "b": mark}
SETS = {"N": g, "s": z}
SEARCH = {"N": sp.Lambda(k, N[o, k]), "K": sp.Lambda(k, K[o, k]), "P": sp.Lambda(k, P[o, k]), "v": sp.Lambda((k, a), sp.Integer(0)),
          "w": sp.Lambda((k, a, i), w[o, I[o, k, a], i]),
          **{own: sp.Lambda((k, a, i), family[I[o, k, a], i]) for own, family in {"c": c, "h": h, "J": J, "z": z}.items()}}
REACH = {"n": l, "M": p, "N": clauses, "C": kappa, "S": integers("nu"), "D": integers("alpha"), "P": sp.IndexedBase("split"),
         "H": sp.Lambda(j, passed[o, j]), "G": sp.Lambda(j, sp.IndexedBase("G")[o, j]), "A": sp.Lambda(j, sp.IndexedBase("leaf")[o, j]),
         "V": sp.Lambda((j, t), sp.IndexedBase("V")[o, j, t]), "Y": sp.Lambda(t, sp.IndexedBase("Y")[o, t]), "Z": sp.Lambda(t, Z[o, t]),
         "K": sp.Lambda(t, integers("chi")[o, t]), "R": sp.Lambda(t, integers("xi")[o, t])}


def at_names(claim: Claim, names: dict[str, object]) -> dict[str, Proposition]:
    """The hypotheses of a lemma at the names of this claim."""
    return {name: substitute(hypothesis, names) for name, hypothesis in claim.hypotheses}


FITTED, JUDGED = at_names(fit_batches.CLAIM.claim, FIT), at_names(fitted_validation.CLAIM.claim, JUDGE)
COUNTED, LEARNED = at_names(class_size.CLAIM.claim, SIZE), at_names(finite_class.CLAIM.claim, LEARN)
BUILT, SEARCHED, REACHED = at_names(cube.CLAIM.claim, SETS), at_names(search_cost.CLAIM.claim, SEARCH), at_names(reached_tree.CLAIM.claim, REACH)

PROBE = sp.Sum(w[o, a, i] * phi[i], (i, 1, D))
LOSS = eq(E((h[a, d + 1] - PROBE) ** 2), LARGEST * e[o, a])
REPRESENTED = eq(h[a, d + 1], sp.Sum(v[a, i] * phi[i], (i, 1, D)))


def mean_square(outcome: sp.Expr) -> sp.Expr:
    """Of the probe of a represented clause, over the moments C of the representation."""
    return substitute(probe_fit.ERROR, {"u": sp.Lambda(i, w[outcome, a, i] - v[a, i])})


TESTED, LIMIT = 1 + total(lambda x: N[o, x], r, k), search_cost.TOTAL.right
HIDDEN = Any_(eq(kappa[t], kappa[1]), eq(rho[beta[b, kappa[t]]], 1))
MARKS = {"good": All(eq(mark[j], 0), lt(error[j], eps)), "bad": All(eq(mark[j], 1), ge(error[j], eps))}
NUMBERED = (*BATCH, le(1, a), le(a, clauses))
WORST = Any_(eq(U[b], 1), lt(substitute(mean_square(W), {"a": beta[b, a]}), SQUARE / 2))
BATCHES = {"unfit": eq(Q[batches + 1], 1), "fitting": All(eq(Q[batches + 1], 0), le(1, best[W]), le(best[W], batches), eq(U[best[W]], 0))}
ANSWER = {"right": eq(returned[T[W]], 1), "errs": lt(Z[W, 1], l)}
FAILURE = {"success": eq(R, 0), "costly": All(eq(R, 1), gt(substitute(TESTED, {"o": W}), LIMIT)), "wrong": All(eq(R, 1), ge(error[T[W]], eps))}
TO_FIT = 4 * sp.Integer(16) ** r * tau**4 * B**4 / (f * s**4)
ROUNDS = sp.log(3 / delta) / sp.log(1 / f)
TO_JUDGE = sp.Integer(16) ** r * (1 + tau * B) ** 4 * (r * sp.log(2 * d + 1) + sp.log(batches) + sp.log(6 / delta)) / (2 * s**4)
TO_LEARN = ((2 * L - 1) * sp.log(d + q) + sp.log(3 / delta)) / eps


def every_outcome(hypothesis: Proposition) -> Proposition:
    """For all outcomes, where it speaks of one."""
    return ForAll((o,), OUTCOME, hypothesis) if "o" in free_names(hypothesis) else hypothesis


LISTED = ("members", "signs", "character", "clause", "letters", "literals", "fair", "fair_pairs", "fair_clauses")
SETS_OF_LEVEL = ("first", "extensions", "carried", "sets", "size", "some", "distinct")
FIT_SHOWN, JUDGE_SHOWN = ("size", "tau", "t", "inputs"), ("eps", "delta", "inputs")
LEARN_SHOWN, REACH_SHOWN = ("delta", "inputs", "marks"), ("passing",)
OF_SET = (*OUTCOME, *search_cost.BELOW, le(1, a), le(a, P[o, k]))
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("bits", ge(d, 1)), ("depth", ge(r, 1)), ("slack_low", gt(s, 0)), ("slack", lt(s, 1)), ("tau", gt(tau, 0)), ("reach", ge(B, 0)), ("delta", gt(delta, 0)),
    ("rounds", ge(batches, 1)), ("failing", le(f**batches, PART)), ("list", le(g, batches * (2 * d + 1) ** r)),
    ("to_fit", ge(n, TO_FIT)), ("to_judge", ge(m, TO_JUDGE)), ("to_learn", ge(l, TO_LEARN)),
    ("chance_low", Named("surely", le(1, W))), ("chance_high", Named("surely", le(W, O))),
    *((f"fit_{name}", hypothesis) for name, hypothesis in FITTED.items() if name not in FIT_SHOWN),
    *((f"judge_{name}", hypothesis) for name, hypothesis in JUDGED.items() if name not in JUDGE_SHOWN),
    *((f"class_{name}", hypothesis) for name, hypothesis in COUNTED.items() if name != "questions"),
    ("trees", le(trees, substitute(class_size.CONCLUSION.left, SIZE))),
    *((f"learn_{name}", hypothesis) for name, hypothesis in LEARNED.items() if name not in LEARN_SHOWN),
    ("marks", ForAll((j,), (le(1, j), le(j, trees)), Any_(*MARKS.values()))),
    ("squares", SEARCHED["squares"]), ("energy", SEARCHED["energy"]), *((name, BUILT[name]) for name in LISTED),
    *((f"level_{name}", every_outcome(SEARCHED[name])) for name in SETS_OF_LEVEL),
    ("chosen_low", ForAll((o, k, a), OF_SET, le(1, I[o, k, a]))), ("chosen_high", ForAll((o, k, a), OF_SET, le(I[o, k, a], g))),
    ("chosen", ForAll((o, k, a), OF_SET, eq(H[o, I[o, k, a]], 1))),
    ("norm", ForAll((o, a), (*OUTCOME, *CLAUSE), le(sp.Sum(w[o, a, i] ** 2, (i, 1, D)), tau**2))), ("loss", ForAll((o, a), (*OUTCOME, *CLAUSE), LOSS)),
    ("moments", ForAll((i, j), tuple(probe_fit.COORDINATES.values()), eq(E(phi[i] * phi[j]), C[i, j]))),
    ("represented", ForAll((a,), (*CLAUSE, eq(rho[a], 1)), Named("surely", REPRESENTED))),
    ("worst", Named("surely", ForAll((b, a), (*NUMBERED, eq(rho[beta[b, a]], 1)), WORST))), ("batch", Named("surely", Any_(*BATCHES.values()))),
    ("number_low", ForAll((b, a), NUMBERED, le(1, beta[b, a]))), ("number_high", ForAll((b, a), NUMBERED, le(beta[b, a], g))),
    ("clause_passes", ForAll((o, b, a), (*OUTCOME, *NUMBERED, eq(H[o, beta[b, a]], 1)), eq(passed[o, a], 1))),
    *((f"reach_{name}", every_outcome(hypothesis)) for name, hypothesis in REACHED.items() if name not in REACH_SHOWN),
    ("hidden", ForAll((t, b), (le(2, t), le(t, p), *BATCH), HIDDEN)),
    ("answer_low", ForAll((o,), OUTCOME, le(1, T[o]))), ("answer_high", ForAll((o,), OUTCOME, le(T[o], trees))),
    ("answers", Named("surely", ForAll((j,), (le(1, j), le(j, trees)), ge(returned[j], 0)))),
    ("answer", Named("surely", Any_(*ANSWER.values()))), ("failure", Named("surely", Any_(*FAILURE.values()))),
)
CONCLUSION = le(E(R), delta)
ACCURATE = ForAll((a,), (*CLAUSE, eq(H[o, a], 1)), lt(e[o, a], JUDGE["theta"] + JUDGE["epsilon"]))
PASSING = REACHED["passing"]
IN_OUTCOME = {"o_low": OUTCOME[0], "o_high": OUTCOME[1]}
IN_LIST = {"a_low": CLAUSE[0], "a_high": CLAUSE[1]}
ROW, COLUMN = ({name: probe_fit.COORDINATES[name] for name in (f"{index}_low", f"{index}_high")} for index in "ij")
IN_LEVEL = {"k_low": search_cost.BELOW[0], "k_high": search_cost.BELOW[1]}
