"""The search reaches the hidden tree: where all of its clauses pass, the programme returns a tree that is right on as many inputs.

Of the clauses 1..N, H_c = 1 marks those that pass their probes and G_c = 1 those that the search keeps: the root C_1, and every clause that passes and
extends a kept one by a literal (x_(c,d) = 1 where d extends c).  The hidden tree sits on positions 1..M as in `tree:dp-exact`: its clause C_t
extends that of an earlier position D_t, or the position is not used, C_t = C_1.  P_(c,d,e) = 1 where c splits into d and e; the programme lists the
splits into kept clauses, P_(c,d,e) G_d G_e = 1.  If every clause of the hidden tree but the root passes and the hidden tree is right on n
inputs, Y_1 >= n, then so is the returned one, Z_1 >= n.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Any_, ForAll, eq, ge, gt, le
from theorems.terms import substitute
from theorems.trees import programme_exact
from theorems.trees.programme_exact import (
    ANY_LEAF,
    ANY_SPLIT,
    NODES,
    POSITION,
    C,
    M,
    P,
    Y,
    Z,
    any_tree,
    c,
    clause,
    d,
    draw_splits,
    e,
    laid_out,
    listed,
    t,
    tabulated,
)
from theorems.vocabulary import j, n

G, H, x = (sp.IndexedBase(name) for name in "GHx")
D = sp.IndexedBase(sp.Symbol("D", integer=True))
LISTED = {"P": sp.Lambda((c, d, e), P[c, d, e] * G[d] * G[e])}
PROGRAMME = {name: substitute(hypothesis, LISTED) for name, hypothesis in programme_exact.CLAIM.claim.hypotheses}
UNUSED = eq(C[t], C[1])
LATER = (le(2, t), le(t, M))
EXTENDS = All(le(1, D[t]), le(D[t], t - 1), eq(x[C[D[t]], C[t]], 1))
CONCLUSION = le(n, Z[1])


def kept(place: sp.Expr) -> ForAll:
    """The clauses of the first positions are kept."""
    return ForAll((t,), (*POSITION, le(t, place)), eq(G[C[t]], 1))


def every_clause_is_kept(p: Derivation) -> str:
    first = p.sign(le(1, 1))

    def base(q: Derivation) -> None:
        def only(r: Derivation) -> None:
            same = r.sign(eq(t, 1), ["low", "first"])
            r.transfer(eq(G[C[t]], 1), "start", [same])

        q.for_all((t,), {"low": le(1, t), "high": le(t, M), "first": le(t, 1)}, only)

    def further(q: Derivation) -> None:
        def one(r: Derivation) -> None:
            goal = eq(G[C[t]], 1)

            def place(s: Derivation, name: str) -> None:
                if name == "at_root":
                    same = s.sign(eq(t, 1), ["low", "at_root"])
                    s.transfer(goal, "start", [same])
                    return
                later = s.step("discrete", le(2, t), ["later"])
                path = s.restate(Any_(UNUSED, EXTENDS), [at("path", t=t), later, "high"])
                passes = s.restate(Any_(UNUSED, eq(H[C[t]], 1)), [at("passing", t=t), later, "high"])

                def unused(u: Derivation) -> str:
                    return u.transfer(goal, "start", ["unused"])

                def extended(u: Derivation, name: str) -> None:
                    if name == "unused":
                        unused(u)
                        return
                    low, early, extends = (u.restate(part, ["extends"]) for part in EXTENDS.args)
                    before = [u.sign(le(D[t], M), [early, "high"]), u.sign(le(D[t], j), [early, "within"])]
                    above = u.restate(eq(G[C[D[t]]], 1), [at("hypothesis", t=D[t]), low, *before])
                    ranges = [low, before[0], "low", "high"]
                    spans = [u.restate(relation.xreplace({t: node}), [at(fact, t=node), *ranges]) for node in (D[t], t) for fact, relation in NODES[:2]]

                    def passing(v: Derivation, name: str) -> None:
                        if name == "unused":
                            unused(v)
                        else:
                            v.restate(goal, [at("kept", c=C[D[t]], d=C[t]), *spans, above, extends, "passes"])

                    u.cases(goal, {"unused": UNUSED, "passes": eq(H[C[t]], 1)}, passing, [passes])

                s.cases(goal, {"unused": UNUSED, "extends": EXTENDS}, extended, [path])

            r.cases(goal, {"at_root": le(t, 1), "later": gt(t, 1)}, place)

        q.for_all((t,), {"low": le(1, t), "high": le(t, M), "within": le(t, j + 1)}, one)

    every = p.induction(ForAll((j,), (le(1, j),), kept(j)), base, further)
    last = p.restate(kept(M), [at(every, j=M), "some", first])
    return p.for_all((t,), {"low": le(1, t), "high": le(t, M)}, lambda q: q.restate(eq(G[C[t]], 1), [at(last, t=t), "low", "high"]))


def derive(p: Derivation) -> None:
    every = every_clause_is_kept(p)
    leaf, inner = ANY_LEAF, substitute(ANY_SPLIT, LISTED)

    def node(q: Derivation) -> None:
        goal = Any_(leaf, inner)

        def choice(r: Derivation, name: str) -> None:
            if name == "leaf":
                r.step("either", goal, ["leaf"])
                return
            room, split, *rest = (r.restate(part, ["inner"]) for part in ANY_SPLIT.args)
            children = []
            for place in (2 * t, 2 * t + 1):
                order = [r.sign(le(1, place), ["low"]), r.sign(le(place, M), [room])]
                children.append(r.restate(eq(G[C[place]], 1), [at(every, t=place), *order]))
            both = r.rewrite(inner.args[1], using=[split, *children])
            r.step("either", goal, [r.restate(inner, [room, both, *rest])])

        q.cases(goal, {"leaf": leaf, "inner": ANY_SPLIT}, choice, [at("tree", t=t), "low", "high"])

    tree = p.for_all((t,), {"low": le(1, t), "high": le(t, M)}, node)
    best = p.use("tree:dp-exact", programme_exact.CONCLUSION, [tree, *(name for name in PROGRAMME if name != "tree")], **LISTED)
    p.combine(CONCLUSION, {"right": 1, best: 1})


def sample(draw: Draw) -> Sample:
    """A hidden tree whose clauses pass, others that pass or not, the clauses that the search keeps, and the programme over them."""
    clauses, most, positions = draw.integer(1, 4), draw.integer(1, 3), 7
    values = tuple(sp.Integer(draw.integer(0, 5)) for _ in range(clauses))
    splits = draw_splits(draw, clauses)
    own, leaves, value = any_tree(draw, values, most, positions, splits)
    extends = {(row[0], part) for row in splits for part in row[1:]}
    passes = {clause for clause in range(1, clauses + 1) if clause in own or draw.integer(0, 1)}
    reached = {1}
    for clause_ in range(2, clauses + 1):
        reached |= {clause_} if clause_ in passes and any((above, clause_) in extends for above in reached) else set()
    best, link = tabulated(values, most, {row for row in splits if {*row[1:]} <= reached})
    taken, allowed, got = laid_out(values, most, positions, lambda _, clause, size: link.get((clause, size)))
    every = range(1, clauses + 1)
    return Sample({"N": clauses, "L": most, "M": positions, "A": values, "P": listed(splits, clauses), "V": tuple(map(tuple, best)), "C": own, "S": leaves,
                   "Y": value, "K": taken, "R": allowed, "Z": got, "D": tuple(max(place // 2, 1) for place in range(1, positions + 1)), "n": value[0],
                   "H": tuple(sp.Integer(c_ in passes) for c_ in every), "G": tuple(sp.Integer(c_ in reached) for c_ in every),
                   "x": tuple(tuple(sp.Integer((c_, d_) in extends) for d_ in every) for c_ in every)})


CLAIM = Entry(
    Claim("tree:dp-exact/reached", "The programme finds a hidden tree whose clauses pass", Source("BA", "algorithm"), "ours", "lower",
          (*((name, hypothesis) for name, hypothesis in PROGRAMME.items() if name != "tree"), ("tree", ForAll((t,), POSITION, Any_(ANY_LEAF, ANY_SPLIT))),
           ("start", eq(G[C[1]], 1)), ("kept", ForAll((c, d), (*clause(c), *clause(d), eq(G[c], 1), eq(x[c, d], 1), eq(H[d], 1)), eq(G[d], 1))),
           ("path", ForAll((t,), LATER, Any_(UNUSED, EXTENDS))), ("passing", ForAll((t,), LATER, Any_(UNUSED, eq(H[C[t]], 1)))), ("right", ge(Y[1], n))),
          CONCLUSION, uses=("tree:dp-exact",)),
    derive, sample,
)
