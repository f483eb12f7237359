"""An exact node update gives the exact output: on every graph, of every size n, after every number of rounds R.

x and y are the states of the given programme and of the network that executes the recovered update, node v before round t; both start alike.
Exact: a node whose whole graph was right before a round is right after it (that local iterations look at a neighbourhood only makes this
easier).  Conclusion: y = x before every round and at the end.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, le
from theorems.vocabulary import n

R, t, u, v = sp.symbols("R t u v", integer=True)
x, y = sp.IndexedBase("x"), sp.IndexedBase("y")
ROUNDS = (le(1, t), le(t, R))
NODE = (le(1, v), le(v, n))


def right(time: sp.Expr) -> Proposition:
    """Every node agrees before this round."""
    return ForAll((u,), (le(1, u), le(u, n)), eq(y[time, u], x[time, u]))


EXACT = ForAll((t, v), (*ROUNDS, *NODE, right(t)), eq(y[t + 1, v], x[t + 1, v]))
CONCLUSION = ForAll((t,), (le(1, t), le(t, R + 1)), right(t))


def derive(d: Derivation) -> None:
    def base(p: Derivation) -> None:
        p.for_all((), {"inside": le(1, R + 1)}, lambda q: q.restate(right(sp.Integer(1)), ["start"]))

    def further(p: Derivation) -> None:
        def one_round(q: Derivation) -> None:
            earlier = q.sign(le(t, R), ["inside"])
            before = q.sign(le(t, R + 1), ["inside"])
            held = q.restate(right(t), [at("hypothesis"), before])
            q.for_all((v,), {"v_low": le(1, v), "v_high": le(v, n)},
                      lambda w: w.restate(eq(y[t + 1, v], x[t + 1, v]), [at("exact", t=t, v=v), "range", earlier, "v_low", "v_high", held]))

        p.for_all((), {"inside": le(t + 1, R + 1)}, one_round)

    every = d.induction(ForAll((t,), (le(1, t),), ForAll((), (le(t, R + 1),), right(t))), base, further)

    def moment(p: Derivation) -> None:
        then = p.restate(ForAll((), (le(t, R + 1),), right(t)), [at(every, t=t), "low"])
        p.restate(right(t), [at(then), "high"])

    d.for_all((t,), {"low": le(1, t), "high": le(t, R + 1)}, moment)


def sample(draw: Draw) -> Sample:
    nodes, rounds = draw.integer(1, 3), draw.integer(0, 3)
    runs = tuple(draw.family(nodes, 0, 1) for _ in range(rounds + 1))
    return Sample({"n": nodes, "R": rounds, "x": runs, "y": runs})


CLAIM = Entry(
    Claim("dp:generalises", "An exact update is exact on every graph", Source("LW", "abstract (i)"), "ours", "implication",
          (("start", right(sp.Integer(1))), ("exact", EXACT)), CONCLUSION),
    derive, sample,
)
