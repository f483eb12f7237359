"""The whole algorithm: with enough inputs it returns a tree of error below eps after few probes, except with probability delta.

A source holds the clauses of a hidden tree as linear functions of its representation: h = <v, phi>, |v| <= tau, |phi|^2 <= B^2, inputs uniform on d fair
bits.  The algorithm fits N_B probes, |w| <= tau, to each of N_C clauses of at most r literals, one on each batch of n inputs, without error on them
where the clause is represented (clauses that it never comes to may be thought of as fitted too: g <= N_B (2 d + 1)^r probes j, the one of
batch b for clause c is j = beta_(b,c)); lets a probe pass whose mean square error on m fresh inputs is at most 3/4 of s^2 4^(1-r), and a clause that has
such a probe; keeps the empty clause and every clause that passes and extends a kept one by a literal; and runs the programme for L leaves over
the kept clauses on l fresh inputs.  What depends on all these samples carries an index o = 1..O, their outcome; W is the outcome that chance picks.

Probe j has the mean loss e_(o,j) over the largest loss (1 + tau B)^2, passes where H_(o,j) = 1, and is judged wrongly where A_j = 1
(`tree:probe-validation/fitted`); y_(o,b) is the worst probe of a represented clause in batch b, U_b = 1 where its mean square error is s^2 4^(1-r)/2
or more (`tree:probe-fit`), Q_b = 1 where the first b - 1 batches have failed so (`tree:probe-fit/batches`), and x_B a batch that has not.  By
its probes every clause of the hidden tree passes, so that the programme comes to the hidden tree (`tree:dp-exact/reached`) and errs on none of
its inputs; and every probe that passes has root-mean-square error below s 2^(1-r), so that few pass (`tree:search-cost`).  The returned tree,
number T_o of g_T, was picked among all trees with L leaves (`tree:class-size`), whatever the clauses: H_T marks it where it errs on no
input (`tree:finite-class`).  R = 1 marks failure: more than 1 + 2 d + 2 d tau^2 B^2 (8^r - 8)/(7 (1 - s)^2) clauses are tested, or the returned
tree has error eps or more.  Then E R <= delta.  With f = 1/2 all inputs are of order ln(1/delta) and 1/eps, and polynomial in 2^r, tau, B, r, L, ln d and 1/s.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Entry, Quantity
from theorems.logic import eq, ge, gt, le
from theorems.terms import E, RandomFamily, free_names, substitute
from theorems.trees import _run, class_size, finite_class, fit_batches, fitted_validation, probe_fit, reached_tree, search_cost
from theorems.trees._algorithm import (
    ACCURATE,
    COLUMN,
    CONCLUSION,
    COUNTED,
    FIT,
    FIT_SHOWN,
    FITTED,
    HYPOTHESES,
    IN_LEVEL,
    IN_LIST,
    IN_OUTCOME,
    JUDGE,
    JUDGE_SHOWN,
    JUDGED,
    LARGEST,
    LEARN,
    LEARN_SHOWN,
    LEARNED,
    LIMIT,
    LISTED,
    LOSS,
    MARKS,
    OF_SET,
    PART,
    PASSING,
    PROBE,
    REACH,
    REACH_SHOWN,
    REACHED,
    REPRESENTED,
    ROUNDS,
    ROW,
    SEARCH,
    SEARCHED,
    SETS_OF_LEVEL,
    SIZE,
    SQUARE,
    TESTED,
    TO_FIT,
    TO_JUDGE,
    TO_LEARN,
    H,
    I,
    batches,
    e,
    mark,
    mean_square,
    o,
    phi,
    rho,
    trees,
    v,
    w,
)
from theorems.trees._counting import B, tau
from theorems.trees._failure import covered
from theorems.trees._learning import averaged, delta, eps, g
from theorems.trees.cube import a, b, d, h
from theorems.trees.probe_fit import C, D
from theorems.trees.search_cost import r, s
from theorems.vocabulary import i, j, k


def fitted(x: Derivation, square: str) -> str:
    """E Q_(N_B + 1) <= delta/3: some batch fits."""
    shown = [x.sign(FITTED["size"], ["rounds"]), x.sign(FITTED["t"], [square]), x.combine(FITTED["inputs"], {"to_fit": 1}, ["slack_low", "fit_delta"])]
    all_fail = substitute(fit_batches.CONCLUSION, FIT)
    fails = x.use("tree:probe-fit/batches", all_fail, ["tau", *shown, *(f"fit_{name}" for name in FITTED if name not in FIT_SHOWN)], **FIT)
    return x.combine(le(all_fail.left, PART), {fails: 1, "failing": 1})


def judged(x: Derivation, square: str, largest: str) -> str:
    """E sum A <= delta/3."""
    half = x.sign(gt(6 / delta, 0), ["delta"])
    logs = x.sign(le(sp.log(g), sp.log(batches * (2 * d + 1) ** r)), ["list", "judge_some", "bits", "rounds"])
    enough = x.combine(JUDGED["inputs"], {"to_judge": 1, logs: sp.Integer(16) ** r * (1 + tau * B) ** 4 / (2 * s**4)},
                       ["slack_low", "delta", half, "bits", "judge_some", "rounds", largest])
    shown = [x.combine(JUDGED["eps"], {square: 1 / (4 * LARGEST)}, [largest]), x.sign(JUDGED["delta"], ["delta"]), enough]
    return x.use("tree:probe-validation/fitted", substitute(fitted_validation.CONCLUSION, JUDGE),
                 [*shown, largest, *(f"judge_{name}" for name in JUDGED if name not in JUDGE_SHOWN)], **JUDGE)


def learned(x: Derivation) -> str:
    """E sum b H <= delta/3."""
    questions, positive = x.sign(COUNTED["questions"], ["bits"]), x.sign(LEARNED["delta"], ["delta"])
    count = substitute(class_size.CONCLUSION, SIZE)
    size = x.use("tree:class-size", count, [questions, *(f"class_{name}" for name in COUNTED if name != "questions")], **SIZE)
    most = x.combine(le(trees, count.right), {"trees": 1, size: 1}, ["bits", "class_labels"])
    logs = x.sign(le(sp.log(trees), sp.log(count.right)), [most, "learn_some", "bits", "class_labels"])
    enough = x.combine(LEARNED["inputs"], {"to_learn": 1, logs: 1 / eps}, ["learn_eps", "learn_some", "delta", "bits", "class_labels"])

    def marked(u: Derivation) -> None:
        goal = LEARNED["marks"].then

        def choice(f: Derivation, name: str) -> None:
            f.step("either", goal, [f.restate(eq(mark[j], 0), ["good"]) if name == "good" else "bad"])

        u.cases(goal, MARKS, choice, [at("marks", j=j), "j_low", "j_high"])

    marks = x.for_all((j,), {"j_low": le(1, j), "j_high": le(j, trees)}, marked)
    rest = [f"learn_{name}" for name in LEARNED if name not in LEARN_SHOWN]
    return x.use("tree:finite-class", substitute(le(finite_class.FAILURE, delta), LEARN), [positive, enough, marks, *rest], **LEARN)


def losses(x: Derivation) -> str:
    """The mean loss of the probe of a represented clause, from the moments."""
    off = [w[o, a, index] - v[a, index] for index in (i, j)]
    square, crossed = probe_fit.over((v[a, i] - w[o, a, i]) * phi[i]) ** 2, off[0] * off[1] * E(phi[i] * phi[j])
    same = eq((h[a, d + 1] - PROBE) ** 2, square)
    vector, probe = sp.Lambda(i, v[a, i]), sp.Lambda(i, w[o, a, i])

    def cross(one: sp.Lambda, other: sp.Lambda) -> sp.Expr:
        return probe_fit.pairs(one(i) * other(j) * E(phi[i] * phi[j]))

    own = {name: RandomFamily(f"{name}_2") for name in ("h", "phi")}

    def one(u: Derivation) -> None:
        def row(f: Derivation) -> None:
            entry = lambda f2: f2.rewrite(eq(crossed, off[0] * off[1] * C[i, j]), [*ROW, *COLUMN], using=[at("moments", i=i, j=j)])  # noqa: E731
            inner = f.for_all((j,), COLUMN, entry)
            f.step("termwise", eq(probe_fit.over(crossed, j), probe_fit.over(off[0] * off[1] * C[i, j], j)), [inner, *ROW], range=(1, D))

        exact = averaged(u, [REPRESENTED], same, [at("represented", a=a), *IN_LIST, "held"], lambda f, sure: f.rewrite(substitute(same, own), using=sure))
        swap = u.step("exchange", eq(cross(vector, probe), cross(probe, vector)), [])
        opened = u.rewrite(eq(E(square), cross(vector, vector) - 2 * cross(vector, probe) + cross(probe, probe)))
        opened = u.combine(eq(E(square), probe_fit.pairs(crossed)), {opened: 1, swap: -1})
        moments = u.step("termwise", eq(probe_fit.pairs(crossed), mean_square(o)), [u.for_all((i,), ROW, row)], range=(1, D))
        loss = u.restate(LOSS, [at("loss", o=o, a=a), *IN_OUTCOME, *IN_LIST])
        u.combine(eq(LARGEST * e[o, a], mean_square(o)), {loss: -1, exact: 1, opened: 1, moments: 1})

    return x.for_all((o, a), {**IN_OUTCOME, **IN_LIST, "held": eq(rho[a], 1)}, one)


def few(x: Derivation, largest: str) -> str:
    """Where every clause that passes is accurate, few are tested."""
    def one(u: Derivation) -> None:
        outcome = ["o_low", "o_high"]
        facts = [u.restate(SEARCHED[name], [at(f"level_{name}", o=o), *outcome]) for name in SETS_OF_LEVEL]
        inside = [*outcome, "k_low", "k_high"]

        def number(f: Derivation, place: sp.Symbol) -> list[str]:
            own = [*inside, f"{place}_low", f"{place}_high"]
            return [f.restate(relation.xreplace({a: place}), [at(name, o=o, k=k, a=place), *own])
                    for name, relation in (("chosen_low", le(1, I[o, k, a])), ("chosen_high", le(I[o, k, a], g)))]

        def of_list(name: str) -> str:
            then = SEARCHED[name].then
            given = {f"{variable}_{side}": condition for variable, pair in zip(then.variables, zip(then.given[::2], then.given[1::2], strict=True), strict=True)
                     for side, condition in zip(("low", "high"), pair, strict=True)}

            def each(f: Derivation) -> None:
                sets = [variable for variable in then.variables if variable in (a, b)]
                known = [fact for place in sets for fact in number(f, place)]
                values = {str(variable): I[o, k, variable] if variable in sets else variable for variable in then.variables}
                f.restate(then.then, [at(name, **values), *known, *(side for side in given if side.startswith("i_"))])

            return u.for_all((k,), IN_LEVEL, lambda f: f.for_all(then.variables, given, each))

        def normed(f: Derivation) -> None:
            low, high = number(f, a)
            f.restate(SEARCHED["norm"].then.then, [at("norm", o=o, a=I[o, k, a]), *outcome, low, high])

        def accurate(f: Derivation) -> None:
            low, high = number(f, a)
            passes = f.restate(eq(H[o, I[o, k, a]], 1), [at("chosen", o=o, k=k, a=a), *inside, "a_low", "a_high"])
            loss = f.restate(substitute(LOSS, {"a": I[o, k, a]}), [at("loss", o=o, a=I[o, k, a]), *outcome, low, high])
            small = f.restate(substitute(ACCURATE.then, {"a": I[o, k, a]}), [at("accurate", a=I[o, k, a]), low, high, passes])
            higher = f.sign(ge(sp.Integer(4) ** (r - 1 - k), 1), ["k_high"])
            f.combine(SEARCHED["error"].then.then, {loss: 1, small: LARGEST, higher: SQUARE}, [largest])

        in_set = {"a_low": OF_SET[4], "a_high": OF_SET[5]}
        level = {name: u.for_all((k,), IN_LEVEL, lambda f, body=body: f.for_all((a,), in_set, body)) for name, body in (("norm", normed), ("error", accurate))}
        noisy = u.sign(SEARCHED["noisy"], ["slack_low"])
        given = ["bits", "depth", "slack", "tau", "squares", "energy", noisy, *facts, *map(of_list, LISTED), *level.values()]
        found = u.use("tree:search-cost", substitute(search_cost.CONCLUSION, SEARCH), given, **SEARCH)
        u.restate(le(TESTED, LIMIT), [found])

    return x.for_all((o,), {**IN_OUTCOME, "accurate": ACCURATE}, one)


def reached(x: Derivation) -> str:
    """Where every clause of the hidden tree passes, the returned tree errs on no input."""
    def one(u: Derivation) -> None:
        facts = []
        for name, hypothesis in REACHED.items():
            if name not in REACH_SHOWN:
                facts.append(u.restate(hypothesis, [at(f"reach_{name}", o=o), "o_low", "o_high"]) if "o" in free_names(hypothesis) else f"reach_{name}")
        u.use("tree:dp-exact/reached", substitute(reached_tree.CONCLUSION, REACH), ["passing", *facts], **REACH)

    return x.for_all((o,), {**IN_OUTCOME, "passing": PASSING}, one)


def derive(x: Derivation) -> None:
    square, largest = x.sign(gt(SQUARE, 0), ["slack_low"]), x.sign(gt(1 + tau * B, 0), ["tau", "reach"])
    fit, judge, learn = fitted(x, square), judged(x, square, largest), learned(x)
    failure = covered(x, largest, losses(x), few(x, largest), reached(x))
    x.combine(CONCLUSION, {failure: 1, fit: 1, judge: 1, learn: 1})


CLAIM = Entry(
    Claim("tree:search-cost/samples", "Inputs and probes for the whole algorithm", Source("BA", "abstract (ii)"), "ours", "upper", HYPOTHESES, CONCLUSION,
          uses=("tree:class-size", "tree:dp-exact/reached", "tree:finite-class", "tree:probe-fit/batches", "tree:probe-validation/fitted", "tree:search-cost")),
    derive, _run.run,
    quantities=(
        Quantity("fit", "inputs of a batch that fits the probes", TO_FIT), Quantity("batches", "batches that suffice", sp.ceiling(ROUNDS)),
        Quantity("validation", "fresh inputs that judge the probes", TO_JUDGE), Quantity("programme", "fresh inputs for the programme", TO_LEARN),
        Quantity("probes", "clauses tested at most", LIMIT),
    ),
)
