"""The dynamic programme is exact: the tree that it returns is at least as good as every tree over the listed clauses with as many leaves.

A_c is the value of a leaf at clause c (the inputs of c that its better label answers right), P_(c,d,e) = 1 where d, e is a listed split of
c, and V_(c,s) the table for at most s <= L leaves: V_(c,s) >= A_c and V_(c,s+r) >= V_(d,s) + V_(e,r) for listed splits.  A tree sits on
positions 1..M, children of t at 2 t and 2 t + 1: clause C_t, leaves allowed S_t >= 1, value Y_t.  Each position is a leaf, Y_t = A_(C_t), or an
inner node: a listed split, S_t = S_(2t) + S_(2t+1), Y_t = Y_(2t) + Y_(2t+1); positions that are not used count as leaves.  The returned tree (clause
K_t, leaves R_t, value Z_t) follows entries where the table reaches its value.  Same root, same number of leaves: then Y_1 <= V = Z_1.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Any_, ForAll, Proposition, Relation, eq, le
from theorems.terms import substitute

c, d, e, s, r, t, j, M, L, N = sp.symbols("c d e s r t j M L N", integer=True)
A, P, V, Y, Z = (sp.IndexedBase(name) for name in "APVYZ")
C, S, K, R = (sp.IndexedBase(sp.Symbol(name, integer=True)) for name in "CSKR")
POSITION = (le(1, t), le(t, M))
INNER = le(2 * t + 1, M)


def clause(symbol: sp.Expr) -> tuple[Relation, Relation]:
    return le(1, symbol), le(symbol, N)


def table(clauses: sp.IndexedBase, leaves: sp.IndexedBase, place: sp.Expr = t) -> sp.Expr:
    """The entry of the table for the node at a position."""
    return V[clauses[place], leaves[place]]


def parts(family: sp.IndexedBase) -> sp.Expr:
    return family[2 * t] + family[2 * t + 1]


ANY_LEAF = eq(Y[t], A[C[t]])
ANY_SPLIT = All(INNER, eq(P[C[t], C[2 * t], C[2 * t + 1]], 1), eq(parts(S), S[t]), eq(Y[t], parts(Y)))
BEST_LEAF = All(eq(Z[t], A[K[t]]), eq(table(K, R), A[K[t]]))
BEST_SPLIT = All(INNER, eq(Z[t], parts(Z)), eq(table(K, R), table(K, R, 2 * t) + table(K, R, 2 * t + 1)))
CONCLUSION = le(Y[1], Z[1])


def upwards(p: Derivation, held: Proposition, node: str, options: dict[str, Proposition], case: Callable[..., object]) -> str:
    """`held` at every position, from the last one down: an inner node may use it at both children."""
    def shown(depth: sp.Expr) -> ForAll:
        return ForAll((t,), (*POSITION, le(M - depth + 1, t)), held)

    def base(q: Derivation) -> None:
        def empty(w: Derivation) -> None:
            w.contradiction(held, lambda x: x.combine(le(1, 0), {"after": 1, "high": 1}))

        q.for_all((t,), {"low": le(1, t), "high": le(t, M), "after": le(M - sp.Integer(0) + 1, t)}, empty)

    def further(q: Derivation) -> None:
        def one(w: Derivation) -> None:
            chosen = w.restate(Any_(*options.values()), [at(node, t=t), "low", "high"])

            def choice(x: Derivation, name: str) -> None:
                children = []
                if name == "inner":
                    room = x.restate(INNER, ["inner"])
                    deep = x.combine(le(M - j + 1, 2 * t), {"after": 1, "low": 1})
                    for place in (2 * t, 2 * t + 1):
                        order = [x.sign(le(1, place), ["low"]), x.sign(le(place, M), [room]), x.sign(le(M - j + 1, place), [deep])]
                        children.append(x.restate(substitute(held, {"t": place}), [at("hypothesis", t=place), *order]))
                    children = [*children, room]
                case(x, name, children)

            w.cases(held, options, choice, [chosen])

        q.for_all((t,), {"low": le(1, t), "high": le(t, M), "after": le(M - (j + 1) + 1, t)}, one)

    every = p.induction(ForAll((j,), (le(0, j),), shown(j)), base, further)
    low, same = p.sign(le(0, M), ["some"]), p.sign(le(M - M + 1, 1))
    last = p.restate(shown(M), [at(every, j=M), low])
    return p.restate(substitute(held, {"t": sp.Integer(1)}), [at(last, t=1), p.sign(le(1, 1)), "some", same])


def derive(p: Derivation) -> None:
    def any_tree(x: Derivation, name: str, children: list[str]) -> None:
        ranges = [x.restate(relation, [at(fact, t=t), "low", "high"]) for fact, relation in NODES]
        goal = le(Y[t], table(C, S))
        if name == "leaf":
            enough = x.restate(le(A[C[t]], table(C, S)), [at("leaves", c=C[t], s=S[t]), *ranges])
            x.combine(goal, {"leaf": 1, enough: 1})
            return
        listed, total, value = (x.restate(part, ["inner"]) for part in ANY_SPLIT.args[1:])
        spans = list(ranges)
        for place in (2 * t, 2 * t + 1):
            order = [x.sign(le(1, place), ["low"]), x.sign(le(place, M), [children[2]])]
            spans += [x.restate(relation.xreplace({t: place}), [at(fact, t=place), *order]) for fact, relation in NODES]
        most = x.combine(le(parts(S), L), {total: 1, ranges[3]: 1})
        joined = le(table(C, S, 2 * t) + table(C, S, 2 * t + 1), V[C[t], parts(S)])
        joined_fact = x.restate(joined, [at("splits", c=C[t], d=C[2 * t], e=C[2 * t + 1], s=S[2 * t], r=S[2 * t + 1]), *spans, listed, most])
        joined_fact = x.transfer(le(table(C, S, 2 * t) + table(C, S, 2 * t + 1), table(C, S)), joined_fact, [total])
        x.combine(goal, {value: 1, children[0]: 1, children[1]: 1, joined_fact: 1})

    def best_tree(x: Derivation, name: str, children: list[str]) -> None:
        goal = eq(Z[t], table(K, R))
        if name == "leaf":
            value, reached = (x.restate(part, ["leaf"]) for part in BEST_LEAF.args)
            x.combine(goal, {value: 1, reached: -1})
            return
        value, reached = (x.restate(part, ["inner"]) for part in BEST_SPLIT.args[1:])
        x.combine(goal, {value: 1, reached: -1, children[0]: 1, children[1]: 1})

    bound = upwards(p, le(Y[t], table(C, S)), "tree", {"leaf": ANY_LEAF, "inner": ANY_SPLIT}, any_tree)
    best = upwards(p, eq(Z[t], table(K, R)), "returned", {"leaf": BEST_LEAF, "inner": BEST_SPLIT}, best_tree)
    same = p.transfer(le(Y[1], table(K, R, sp.Integer(1))), bound, ["root", "size"])
    p.combine(CONCLUSION, {same: 1, best: -1})


NODES = (("clauses_low", le(1, C[t])), ("clauses_high", le(C[t], N)), ("leaves_low", le(1, S[t])), ("leaves_high", le(S[t], L)))


Splits = set[tuple[int, int, int]]
Links = dict[tuple[int, int], tuple[int, int, int]]


def tabulated(values: Sequence[sp.Expr], most: int, splits: Splits) -> tuple[list[list[sp.Expr]], Links]:
    """The table over these splits of clauses into later ones, and the split by which each entry was reached."""
    best, link = [[value] * most for value in values], Links()
    for x in reversed(range(len(values))):
        for size in range(2, most + 1):
            for _, y, z in sorted(row for row in splits if row[0] == x + 1):
                for left in range(1, size):
                    joint = best[y - 1][left - 1] + best[z - 1][size - left - 1]
                    if joint > best[x][size - 1]:
                        best[x][size - 1], link[x + 1, size] = joint, (y, z, left)
    return best, link


def laid_out(values: Sequence[sp.Expr], most: int, positions: int, split: Callable[[int, int, int], tuple[int, int, int] | None]) -> tuple[tuple[Any, ...], ...]:
    """Clause, leaves and value at each position of the tree that `split` (position, clause, leaves) grows from clause 1."""
    nodes = [(1, 1, values[0])] * (positions + 1)

    def place(at_: int, own: int, size: int) -> sp.Expr:
        step = split(at_, own, size)
        value = values[own - 1] if step is None else place(2 * at_, step[0], step[2]) + place(2 * at_ + 1, step[1], size - step[2])
        nodes[at_] = (own, size, value)
        return value

    place(1, 1, most)
    return tuple(zip(*nodes[1:], strict=True))


def any_tree(draw: Draw, values: Sequence[sp.Expr], most: int, positions: int, splits: Splits) -> tuple[tuple[Any, ...], ...]:
    """A random tree over these splits."""
    def split(at_: int, own: int, size: int) -> tuple[int, int, int] | None:
        options = sorted(row[1:] for row in splits if row[0] == own) if size > 1 and 2 * at_ + 1 <= positions else []
        if not options or not draw.integer(0, 3):
            return None
        y, z = options[draw.integer(0, len(options) - 1)]
        return y, z, draw.integer(1, size - 1)

    return laid_out(values, most, positions, split)


def listed(splits: Splits, clauses: int) -> tuple[tuple[tuple[sp.Integer, ...], ...], ...]:
    """P_(c,d,e) of these splits."""
    every = range(1, clauses + 1)
    return tuple(tuple(tuple(sp.Integer((x, y, z) in splits) for z in every) for y in every) for x in every)


def draw_splits(draw: Draw, clauses: int) -> Splits:
    return {(x, y, z) for x in range(1, clauses + 1) for y in range(x + 1, clauses + 1) for z in range(x + 1, clauses + 1) if draw.integer(0, 2)}


def sample(draw: Draw) -> Sample:
    """A random set of splits of clauses 1..N into later ones, the table, a random tree and the one read off the table."""
    clauses, most, positions = draw.integer(1, 4), draw.integer(1, 3), 7
    values = tuple(sp.Integer(draw.integer(0, 5)) for _ in range(clauses))
    splits = draw_splits(draw, clauses)
    best, link = tabulated(values, most, splits)
    own, leaves, value = any_tree(draw, values, most, positions, splits)
    taken, allowed, reached = laid_out(values, most, positions, lambda _, clause, size: link.get((clause, size)))
    return Sample({"N": clauses, "L": most, "M": positions, "A": values, "P": listed(splits, clauses), "V": tuple(map(tuple, best)), "C": own, "S": leaves,
                   "Y": value, "K": taken, "R": allowed, "Z": reached})


CLAIM = Entry(
    Claim("tree:dp-exact", "The programme returns the best tree of each size", Source("BA", "algorithm"), "ours", "upper",
          (("some", le(1, M)), ("leaves", ForAll((c, s), (*clause(c), le(1, s), le(s, L)), le(A[c], V[c, s]))),
           ("splits", ForAll((c, d, e, s, r), (*clause(c), *clause(d), *clause(e), le(1, s), le(s, L), le(1, r), le(r, L), le(s + r, L), eq(P[c, d, e], 1)),
                             le(V[d, s] + V[e, r], V[c, s + r]))),
           *((name, ForAll((t,), POSITION, relation)) for name, relation in NODES),
           ("tree", ForAll((t,), POSITION, Any_(ANY_LEAF, ANY_SPLIT))), ("returned", ForAll((t,), POSITION, Any_(BEST_LEAF, BEST_SPLIT))),
           ("root", eq(C[1], K[1])), ("size", eq(S[1], R[1]))), CONCLUSION),
    derive, sample,
)
