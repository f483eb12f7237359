"""How many decision trees there are: at most (l + q)^(2 s - 1) with s leaves, l questions and q labels, for all s >= 1.

A tree with s leaves has k = 2 s - 1 nodes.  F_(k,t) is the number of sequences of t trees with k nodes in all.  Read in
preorder, the first node is a leaf, which ends the first tree (q labels), or it is a question (l of them), whose two subtrees take
the first tree's place: F_(k,t) = q F_(k-1,t-1) + l F_(k-1,t+1), F_(0,0) = 1, F_(0,t) = F_(k,0) = 0 for t, k >= 1.  Every function
of a tree with fewer leaves is one of a tree with s leaves, so that this counts them all; ln |G| <= (2 s - 1) ln(l + q) in `tree:finite-class`.
"""

from collections.abc import Callable

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import ForAll, eq, ge, gt, le
from theorems.vocabulary import k

l, q, s, t = sp.symbols("l q s t", integer=True)
F = sp.IndexedBase("F")
NODES = 2 * s - 1


def sequences(nodes: sp.Expr, trees: sp.Expr) -> sp.Expr:
    """F_(nodes, trees); entries are counted from 1."""
    return F[nodes + 1, trees + 1]


FIRST = (le(0, k), le(k + 1, NODES))
CONCLUSION = le(sequences(NODES, sp.Integer(1)), (l + q) ** NODES)
HYPOTHESES = (
    ("leaves", ge(s, 1)), ("questions", ge(l, 0)), ("labels", ge(q, 1)), ("empty", eq(sequences(sp.Integer(0), sp.Integer(0)), 1)),
    ("nothing", ForAll((t,), (le(1, t), le(t, NODES + 1)), eq(sequences(sp.Integer(0), t), 0))),
    ("no_tree", ForAll((k,), FIRST, eq(sequences(k + 1, sp.Integer(0)), 0))),
    ("first", ForAll((k, t), (*FIRST, le(1, t), le(k + 1 + t, NODES + 1)),
                     eq(sequences(k + 1, t), q * sequences(k, t - 1) + l * sequences(k, t + 1)))),
)


def held(nodes: sp.Expr) -> ForAll:
    return ForAll((t,), (le(0, t), le(nodes + t, NODES + 1)), le(sequences(nodes, t), (l + q) ** nodes))


def by_trees(p: Derivation, nodes: sp.Expr, none: Callable[[Derivation], str], some: Callable[[Derivation, str], object]) -> None:
    """The bound for sequences without a tree, and for those with one."""
    def sizes(s: Derivation) -> None:
        goal = le(sequences(nodes, t), (l + q) ** nodes)

        def choice(c: Derivation, name: str) -> None:
            if name == "some":
                some(c, c.step("discrete", le(1, t), ["some"]))
                return
            zero = [c.sign(ge(t, 0), ["t_low"]), "none"]
            c.transfer(goal, none(c), [c.sign(eq(t, 0), zero), "questions", "labels"])

        s.cases(goal, {"none": le(t, 0), "some": gt(t, 0)}, choice)

    p.for_all((t,), {"t_low": le(0, t), "t_high": le(nodes + t, NODES + 1)}, sizes)


def derive(d: Derivation) -> None:
    def base(p: Derivation) -> None:
        def one(q_: Derivation, low: str) -> None:
            empty = q_.restate(eq(sequences(sp.Integer(0), t), 0), [at("nothing", t=t), low, "t_high"])
            q_.combine(le(sequences(sp.Integer(0), t), 1), {empty: 1, q_.sign(le(0, 1)): 1})

        def start(q_: Derivation) -> None:
            by_trees(q_, sp.Integer(0), lambda c: c.combine(le(sequences(sp.Integer(0), sp.Integer(0)), 1), {"empty": 1}), one)

        p.for_all((), {"inside": le(0, NODES)}, start)

    def further(p: Derivation) -> None:
        def grown(q_: Derivation) -> None:
            earlier = q_.sign(le(k, NODES), ["inside"])
            sofar = q_.restate(held(k), [at("hypothesis"), earlier])

            def none(c: Derivation) -> str:
                zero = c.restate(eq(sequences(k + 1, sp.Integer(0)), 0), [at("no_tree", k=k), "range", "inside"])
                some = c.sign(ge((l + q) ** (k + 1), 0), ["questions", "labels"])
                return c.combine(le(sequences(k + 1, sp.Integer(0)), (l + q) ** (k + 1)), {zero: 1, some: 1}, ["questions", "labels"])

            def one(c: Derivation, low: str) -> None:
                split = c.restate(eq(sequences(k + 1, t), q * sequences(k, t - 1) + l * sequences(k, t + 1)),
                                  [at("first", k=k, t=t), "range", "inside", low, "t_high"])
                parts = []
                for place in (t - 1, t + 1):
                    room = [c.sign(le(0, place), [low]), c.sign(le(k + place, NODES + 1), ["t_high"])]
                    parts.append(c.restate(le(sequences(k, place), (l + q) ** k), [at(sofar, t=place), *room]))
                c.combine(le(sequences(k + 1, t), (l + q) ** (k + 1)), {split: 1, parts[0]: q, parts[1]: l}, ["questions", "labels"])

            by_trees(q_, k + 1, none, one)

        p.for_all((), {"inside": le(k + 1, NODES)}, grown)

    every = d.induction(ForAll((k,), (le(0, k),), ForAll((), (le(k, NODES),), held(k))), base, further)
    most, same = d.sign(ge(NODES, 0), ["leaves"]), d.sign(le(NODES, NODES))
    last = d.restate(ForAll((), (le(NODES, NODES),), held(NODES)), [at(every, k=NODES), most])
    whole = d.restate(held(NODES), [at(last), same])
    d.restate(CONCLUSION, [at(whole, t=1), d.sign(le(NODES + 1, NODES + 1)), d.sign(le(0, 1))])


def counts(leaves: int, questions: int, labels: int) -> tuple[tuple[sp.Integer, ...], ...]:
    """F_(k,t) for k = 0..2 leaves - 1 and t with k + t <= 2 leaves."""
    rows = [[sp.Integer(trees == 0) for trees in range(2 * leaves + 1)]]
    for nodes in range(1, 2 * leaves):
        last = rows[-1]
        rows.append([sp.Integer(0), *(labels * last[trees - 1] + questions * last[trees + 1] for trees in range(1, 2 * leaves - nodes + 1))])
    return tuple(map(tuple, rows))


def sample(draw: Draw) -> Sample:
    leaves, questions, labels = draw.integer(1, 3), draw.integer(0, 3), draw.integer(1, 3)
    return Sample({"s": leaves, "l": questions, "q": labels, "F": counts(leaves, questions, labels)})


CLAIM = Entry(
    Claim("tree:class-size", "Number of decision trees", Source("ours", "union bound over trees"), "ours", "upper", HYPOTHESES, CONCLUSION),
    derive, sample, quantities=(Quantity("trees", "trees with s leaves at most", CONCLUSION.right),),
)
