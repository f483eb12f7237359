"""Members of a finite class on random inputs: symbols, marked members, means of what holds surely, induction over the inputs, the union bound."""

from collections.abc import Callable, Mapping, Sequence

import sympy as sp

from theorems.derivation import Derivation, Fact, at
from theorems.logic import All, Any_, ForAll, Proposition, Relation, eq, ge, le
from theorems.terms import E, Random, RandomFamily, renamed, substitute
from theorems.vocabulary import j, k, n

g = sp.Symbol("g", integer=True)
eps, delta, w = sp.symbols("epsilon delta w", real=True)
e, b = sp.IndexedBase("e"), sp.IndexedBase("b")
M, H = RandomFamily("M"), RandomFamily("H")
MEMBER, INPUT = (le(1, j), le(j, g)), (le(1, k), le(k, n))


def member(then: Proposition) -> ForAll:
    """For all members j."""
    return ForAll((j,), MEMBER, then)


def marks(threshold: sp.Expr) -> ForAll:
    """b_j is 0, or it is 1 and the error of member j is at least the threshold."""
    return member(Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], threshold))))


FAILURE = E(sp.Sum(b[j] * H[j], (j, 1, g)))


def averaged(d: Derivation, sure: Sequence[Proposition], then: Relation, by: Sequence[Fact],
             body: Callable[[Derivation, list[str]], object] | None = None) -> str:
    """E left op E right for a relation that `body` derives from what is `sure` (itself, where there is no body)."""
    families = sorted({f for p in (*sure, then) for f in p.atoms(Random, RandomFamily)}, key=str)
    own: Mapping[str, sp.Basic] = {str(f): renamed(f, f"{f}_2") for f in families}
    names = [f"sure_{a}" for a in range(len(sure))]
    shown = substitute(then, own)
    derive = body or (lambda s, facts: s.restate(shown, facts))
    fact = d.for_all(tuple(own.values()), {name: substitute(p, own) for name, p in zip(names, sure, strict=True)}, lambda s: derive(s, names))
    fact = d.restate(ForAll(tuple(families), tuple(sure), then), [fact])
    return d.step("expect", Relation(E(then.left), then.op, E(then.right)), [fact, *by])


def over_inputs(p: Derivation, held: Callable[[sp.Expr], Proposition], base: Callable[[Derivation], object], further: Callable[[Derivation], object]) -> str:
    """`held(n)` by induction over the inputs: `base` shows "0 <= n implies held(0)", `further` goes from k to k + 1."""
    every = p.induction(ForAll((k,), (le(0, k),), ForAll((), (le(k, n),), held(k))), base, further)
    same = p.sign(le(n, n))
    last = p.restate(ForAll((), (le(n, n),), held(n)), [at(every, k=n), "size"])
    return p.restate(held(n), [at(last), same])


def union(d: Derivation, terms: str, chance: sp.Expr, conclusion: Relation) -> str:
    """The sum over the members of chances that are delta/g each at most."""
    summed = d.step("termwise", le(sp.Sum(chance, (j, 1, g)), sp.Sum(delta / g, (j, 1, g))), [terms, "some"], range=(1, g))
    many = d.step("count", eq(sp.Sum(delta / g, (j, 1, g)), delta), ["some"])
    return d.combine(conclusion, {summed: 1, many: 1}, ["some"])
