"""One outcome of the samples of `tree:search-cost/samples`: the failure mark is at most Q + sum A + sum b H, for the contrary is absurd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, final

import sympy as sp

from theorems.derivation import Derivation, at
from theorems.logic import All, Any_, Proposition, eq, ge, le, lt
from theorems.terms import Random, RandomFamily, substitute
from theorems.trees import fitted_validation
from theorems.trees._algorithm import (
    ACCURATE,
    ANSWER,
    BATCHES,
    FAILURE,
    HIDDEN,
    HYPOTHESES,
    IN_LIST,
    JUDGE,
    LARGEST,
    LIMIT,
    MARKS,
    PASSING,
    TESTED,
    WORST,
    A,
    H,
    Q,
    R,
    T,
    U,
    W,
    Z,
    batches,
    best,
    beta,
    clauses,
    e,
    kappa,
    l,
    mark,
    mean_square,
    o,
    p,
    returned,
    t,
    trees,
)
from theorems.trees._learning import averaged, g
from theorems.trees.cube import a
from theorems.vocabulary import j

OWN = {"W": Random("W_2", integer=True), "R": Random("R_2", real=True), **{name: RandomFamily(f"{name}_2") for name in ("A", "H_T", "Q", "S", "U")}}
SURE = {name: hypothesis for name, hypothesis in HYPOTHESES
        if name in ("chance_low", "chance_high", "judge_judged", "worst", "batch", "answers", "answer", "failure")}
COVERED = le(R, Q[batches + 1] + sp.Sum(A[j], (j, 1, g)) + sp.Sum(mark[j] * returned[j], (j, 1, trees)))
ABSURD, NONE = lt(0, 0), sp.Integer(0)
IN_JUDGED, IN_CLASS = {"j_low": le(1, j), "j_high": le(j, g)}, {"j_low": le(1, j), "j_high": le(j, trees)}


def here(node: Any) -> Any:
    """In the outcome that chance picked, under names of its own."""
    return substitute(substitute(node, {"o": W}), OWN)


WRONG, BAD, UNFIT, FAILED = here(A[j]), here(mark[j] * returned[j]), here(Q[batches + 1]), {name: here(option) for name, option in FAILURE.items()}
ALL_WRONG, ALL_BAD = sp.Sum(WRONG, (j, 1, g)), sp.Sum(BAD, (j, 1, trees))
JUDGEMENTS = {name: here(substitute(option, JUDGE)) for name, option in fitted_validation.JUDGED.items()}
#: H_j and what it says of the mean loss, where clause j is judged rightly.
RIGHTLY = {name: All(*JUDGEMENTS[name].args[1::2]) for name in ("passes", "fails")}


def rightly(clause: sp.Expr) -> dict[str, Any]:
    return {name: substitute(option, {"j": clause}) for name, option in RIGHTLY.items()}


@final
@dataclass(frozen=True)
class Known:
    """Names of the facts about the outcome: what is sure, what the lemmas say, and the contrary of the goal."""

    sure: Mapping[str, str]
    largest: str
    losses: str
    few: str
    reached: str
    contrary: str = "contrary"
    fitting: str = "fitting"
    fits: str = ""

    @property
    def chance(self) -> list[str]:
        return [self.sure["chance_low"], self.sure["chance_high"]]

    def judgements(self, x: Derivation) -> list[str]:
        """The ways in which clause j may be judged."""
        return [x.restate(Any_(*JUDGEMENTS.values()), [at(self.sure["judge_judged"], j=j), *IN_JUDGED]), self.largest]


@final
@dataclass(frozen=True)
class Sums:
    """Names of the facts that every A_j and every b_j H_j is >= 0, that so are their sums, and that R <= 1."""

    wrong: str
    bad: str
    all_wrong: str
    all_bad: str
    one: str


def sums(x: Derivation, known: Known) -> Sums:
    def wrong(f: Derivation) -> None:
        f.cases(ge(WRONG, 0), JUDGEMENTS, lambda u, name: u.sign(ge(WRONG, 0), [u.restate(JUDGEMENTS[name].args[0], [name])]), known.judgements(f))

    def bad(f: Derivation) -> None:
        some = f.restate(here(ge(returned[j], 0)), [at(known.sure["answers"], j=j), *IN_CLASS])
        f.cases(ge(BAD, 0), MARKS, lambda u, name: u.sign(ge(BAD, 0), [some, u.restate(MARKS[name].args[0], [name])]), [at("marks", j=j), *IN_CLASS])

    def one(f: Derivation, name: str) -> None:
        if name == "success":
            f.combine(le(here(R), 1), {"success": 1, f.sign(le(0, 1)): 1})
        else:
            f.combine(le(here(R), 1), {f.restate(FAILED[name].args[0], [name]): 1})

    each_wrong, each_bad = x.for_all((j,), IN_JUDGED, wrong), x.for_all((j,), IN_CLASS, bad)
    all_wrong = x.step("termwise", ge(ALL_WRONG, sp.Sum(NONE, (j, 1, g))), [each_wrong], range=(1, g))
    all_bad = x.step("termwise", ge(ALL_BAD, sp.Sum(NONE, (j, 1, trees))), [each_bad], range=(1, trees))
    return Sums(each_wrong, each_bad, all_wrong, all_bad, x.cases(le(here(R), 1), FAILED, one, [known.sure["failure"], "slack"]))


def judged_rightly(x: Derivation, known: Known, found: Sums) -> str:
    """For every clause: some A_j = 1 would be one failure marked already."""
    then = Any_(*RIGHTLY.values())

    def way(f: Derivation, name: str) -> None:
        if name in RIGHTLY:
            parts = [f.restate(part, [name]) for part in RIGHTLY[name].args]
            f.step("either", then, [f.restate(RIGHTLY[name], parts), known.largest])
            return
        wrong = f.restate(JUDGEMENTS[name].args[0], [name])
        part = f.step("member", le(WRONG, ALL_WRONG), [found.wrong, *IN_JUDGED], at=j)
        f.contradiction(then, lambda u: u.combine(ABSURD, {known.contrary: 1, found.one: 1, known.fits: -1, wrong: -1, part: 1, found.all_bad: 1}))

    return x.for_all((j,), IN_JUDGED, lambda f: f.cases(then, JUDGEMENTS, way, known.judgements(f)))


def accurate(x: Derivation, known: Known, judged: str) -> str:
    """Every clause that passes has a small mean loss."""
    options, then = rightly(a), here(ACCURATE.then)

    def way(f: Derivation, name: str) -> None:
        if name == "passes":
            f.restate(then, ["passes"])
            return
        fails = f.restate(options["fails"].args[0], ["fails"])
        f.contradiction(then, lambda u: u.combine(eq(0, 1), {"passed": 1, fails: -1}))

    return x.for_all((a,), {**IN_LIST, "passed": here(eq(H[o, a], 1))},
                     lambda f: f.cases(then, options, way, [at(judged, j=a), *IN_LIST, known.largest]))


def passing(x: Derivation, known: Known, judged: str) -> str:
    """Every clause of the hidden tree passes, by its probe of the batch that fits."""
    batch, then = here(best[W]), here(PASSING.then)
    number = beta[batch, kappa[t]]
    options, at_batch = rightly(number), {"b": batch, "a": kappa[t]}
    worst: dict[str, Proposition] = {"bad_batch": here(eq(U[batch], 1)), "small": here(substitute(WORST.args[1], at_batch))}
    loss = here(substitute(eq(LARGEST * e[o, a], mean_square(o)), {"a": number}))
    low, high, good = (x.restate(part, [known.fitting]) for part in here(BATCHES["fitting"]).args[1:])

    def represented(f: Derivation) -> None:
        first = f.sign(le(1, t), ["t_low"])
        clause = [f.restate(relation, [at(f"reach_clauses_{side}", t=t), first, "t_high"])
                  for side, relation in (("low", le(1, kappa[t])), ("high", le(kappa[t], clauses)))]
        ranges = [f.restate(relation, [at(f"number_{side}", b=batch, a=kappa[t]), low, high, *clause])
                  for side, relation in (("low", le(1, number)), ("high", le(number, g)))]
        exact = f.restate(loss, [at(known.losses, o=here(W), a=number), *known.chance, *ranges, "held"])

        def way(u: Derivation, name: str) -> None:
            if name == "passes":
                own = u.restate(options["passes"].args[0], ["passes"])
                passed_ = u.restate(then.args[1], [at("clause_passes", o=here(W), **at_batch), *known.chance, low, high, *clause, own])
                u.step("either", then, [passed_])
                return
            far = u.restate(options["fails"].args[1], ["fails"])
            u.contradiction(then, lambda s: s.combine(ABSURD, {far: LARGEST, exact: 1, "small": 1}, [known.largest]))

        def fit(u: Derivation, name: str) -> None:
            if name == "bad_batch":
                u.contradiction(then, lambda s: s.combine(eq(0, 1), {"bad_batch": 1, good: -1}))
            else:
                u.cases(then, options, way, [at(judged, j=number), *ranges, known.largest])

        f.cases(then, worst, fit, [at(known.sure["worst"], **at_batch), low, high, *clause, "held"])

    def position(f: Derivation, name: str) -> None:
        if name == "unused":
            f.step("either", then, ["unused"])
        else:
            represented(f)

    unused, held = substitute(HIDDEN, {"b": batch}).args
    return x.for_all((t,), {"t_low": le(2, t), "t_high": le(t, p)},
                     lambda f: f.cases(then, {"unused": unused, "held": held}, position, [at("hidden", t=t, b=batch), "t_low", "t_high", low, high]))


def wrong_answer(x: Derivation, known: Known, found: Sums) -> None:
    """A returned tree of error eps or more would be one failure marked already."""
    number = here(T[o])
    ranges = [x.restate(here(relation), [at(f"answer_{side}", o=here(W)), *known.chance]) for side, relation in (("low", le(1, T[o])), ("high", le(T[o], trees)))]
    options = {name: substitute(option, {"j": number}) for name, option in MARKS.items()}
    large, own = x.restate(FAILED["wrong"].args[1], ["wrong"]), substitute(BAD, {"j": number})

    def grade(f: Derivation, name: str) -> None:
        if name == "good":
            f.combine(ABSURD, {f.restate(options["good"].args[1], ["good"]): 1, large: 1})
            return
        both = f.rewrite(eq(own, 1), using=[f.restate(options["bad"].args[0], ["bad"]), "right"])
        part = f.step("member", le(own, ALL_BAD), [found.bad, *ranges], at=number)
        f.combine(ABSURD, {known.contrary: 1, found.one: 1, known.fits: -1, both: -1, part: 1, found.all_wrong: 1})

    x.cases(ABSURD, options, grade, [at("marks", j=number), *ranges])


def fitting(x: Derivation, known: Known, found: Sums) -> None:
    """Some batch fits: all clauses are judged rightly, few are tested, and the returned tree errs on no input."""
    judged = judged_rightly(x, known, found)
    few = x.restate(here(le(TESTED, LIMIT)), [at(known.few, o=here(W)), *known.chance, accurate(x, known, judged)])
    right = x.restate(here(le(l, Z[o, 1])), [at(known.reached, o=here(W)), *known.chance, passing(x, known, judged)])

    def failed(f: Derivation, name: str) -> None:
        if name == "success":
            f.combine(ABSURD, {known.contrary: 1, "success": 1, known.fits: -1, found.all_wrong: 1, found.all_bad: 1})
        elif name == "costly":
            f.combine(ABSURD, {f.restate(FAILED["costly"].args[1], ["costly"]): 1, few: 1})
        else:
            wrong_answer(f, known, found)

    def answer(f: Derivation, name: str) -> None:
        if name == "errs":
            f.combine(ABSURD, {"errs": 1, right: 1})
        else:
            f.cases(ABSURD, FAILED, failed, [known.sure["failure"], "slack"])

    x.cases(ABSURD, {name: here(option) for name, option in ANSWER.items()}, answer, [known.sure["answer"]])


def covered(x: Derivation, largest: str, losses: str, few: str, reached: str) -> str:
    """E R <= E (Q + sum A + sum b H)."""
    def pointwise(f: Derivation, names: list[str]) -> None:
        known = Known(dict(zip(SURE, names, strict=True)), largest, losses, few, reached)

        def contrary(u: Derivation) -> None:
            found = sums(u, known)

            def fit(s: Derivation, name: str) -> None:
                if name == "fitting":
                    fitting(s, replace(known, fits=s.restate(eq(UNFIT, 0), ["fitting"])), found)
                else:
                    s.combine(ABSURD, {known.contrary: 1, found.one: 1, "unfit": -1, found.all_wrong: 1, found.all_bad: 1})

            u.cases(ABSURD, {name: here(option) for name, option in BATCHES.items()}, fit, [known.sure["batch"]])

        f.contradiction(here(COVERED), contrary, negated=known.contrary)

    return averaged(x, [fact.terms[0] for fact in SURE.values()], COVERED, list(SURE), pointwise)
