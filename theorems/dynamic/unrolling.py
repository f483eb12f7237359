"""Unrolling u updates into one tree: s^u leaves and depth u r, for u = n node updates and for u = n l bit updates, all sizes.

Each update is a tree of s >= 1 leaves and depth r; unrolling hangs a copy of it under every leaf of what was unrolled before.
L_k and D_k are leaves and depth before the k-th update, so L_1 = 1 and D_1 = 0.  An update of a whole node counts once, an update
of one of its l bits l times: n updates cost s^n and n r, n l updates s^(n l) and n l r.  The abstract guarantee poly(s^n, 2^(n l r),
1/eps) takes its size from the first count and its depth from the second; with trees that share questions both are upper bounds
(the Coq theorems of this label say so for real trees, which drop repeated questions).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, eq, ge, le
from theorems.vocabulary import k, n

l = sp.Symbol("l", integer=True)
s, r = sp.symbols("s r", real=True)
L, D = sp.IndexedBase("L"), sp.IndexedBase("D")
UPDATES = n * l
COUNTS = All(eq(L[k + 1], s**k), eq(D[k + 1], k * r))
CONCLUSION = All(eq(L[n + 1], s**n), eq(D[n + 1], n * r), eq(L[UPDATES + 1], s**UPDATES), eq(D[UPDATES + 1], UPDATES * r))


def derive(d: Derivation) -> None:
    within = le(k, UPDATES)
    every = ForAll((k,), (le(0, k),), ForAll((), (within,), COUNTS))

    def base(p: Derivation) -> None:
        def start(q: Derivation) -> None:
            leaves = q.rewrite(eq(L[1], s**0), using=["leaf"])
            depth = q.rewrite(eq(D[1], 0 * r), using=["flat"])
            q.restate(All(eq(L[1], 1), eq(D[1], 0)), [leaves, depth])

        p.for_all((), {"inside": le(0, UPDATES)}, start)

    def further(p: Derivation) -> None:
        def grown(q: Derivation) -> None:
            before = q.sign(within, ["inside"])
            held = q.restate(COUNTS, [at("hypothesis"), before])
            place = q.sign(le(1, k + 1), ["range"])
            parts = [q.restate(part, [held]) for part in COUNTS.args]
            leaves = q.rewrite(eq(L[k + 2], s**(k + 1)), ["some", place, "inside"], using=[at("copies", k=k + 1), parts[0]])
            depth = q.rewrite(eq(D[k + 2], (k + 1) * r), [place, "inside"], using=[at("deeper", k=k + 1), parts[1]])
            q.restate(All(eq(L[k + 2], s**(k + 1)), eq(D[k + 2], (k + 1) * r)), [leaves, depth])

        p.for_all((), {"inside": le(k + 1, UPDATES)}, grown)

    counted = d.induction(every, base, further)
    fewer = d.sign(le(n, UPDATES), ["nodes", "bits"])
    all_of_them = d.sign(ge(UPDATES, 0), ["nodes", "bits"])
    itself = d.sign(le(UPDATES, UPDATES))
    first = d.restate(ForAll((), (le(n, UPDATES),), sub(n)), [at(counted, k=n), "nodes"])
    second = d.restate(ForAll((), (le(UPDATES, UPDATES),), sub(UPDATES)), [at(counted, k=UPDATES), all_of_them])
    nodes, bits = d.restate(sub(n), [at(first), fewer]), d.restate(sub(UPDATES), [at(second), itself])
    d.restate(CONCLUSION, [nodes, bits])


def sub(updates: sp.Expr) -> All:
    """Both counts after that many updates."""
    return All(eq(L[updates + 1], s**updates), eq(D[updates + 1], updates * r))


def sample(draw: Draw) -> Sample:
    nodes, bits, leaves, depth = draw.integer(0, 3), draw.integer(1, 3), draw.integer(1, 4), draw.integer(0, 3)
    steps = range(nodes * bits + 1)
    return Sample({"n": nodes, "l": bits, "s": leaves, "r": depth, "L": tuple(leaves**k for k in steps), "D": tuple(depth * k for k in steps)})


CLAIM = Entry(
    Claim("dp:unrolling", "Size and depth of the unrolled run", Source("LW", "complexity of the unrolled tree"), "ours", "identity",
          (("some", ge(s, 1)), ("nodes", ge(n, 0)), ("bits", ge(l, 1)), ("leaf", eq(L[1], 1)), ("flat", eq(D[1], 0)),
           ("copies", ForAll((k,), (le(1, k), le(k, UPDATES)), eq(L[k + 1], s * L[k]))),
           ("deeper", ForAll((k,), (le(1, k), le(k, UPDATES)), eq(D[k + 1], D[k] + r)))), CONCLUSION),
    derive, sample,
    quantities=(Quantity("node_leaves", "leaves after n node updates", s**n), Quantity("node_depth", "its depth", n * r),
                Quantity("bit_leaves", "leaves after n l bit updates", s**UPDATES), Quantity("bit_depth", "its depth", UPDATES * r)),
)
