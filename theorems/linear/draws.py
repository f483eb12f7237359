"""The chance that n independent inputs are all bad is the n-th power of the chance of one, for all n >= 1.

T_1 = b_1 and T_{k+1} = T_k b_{k+1} surely, b_{k+1} uncorrelated with T_k, every b_k with the mean q >= 0: E T_n = q^n.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.vocabulary import each, k, n

q = sp.Symbol("q", real=True)
chain, B, U, C = (RandomFamily(name) for name in ("T", "b", "U", "C"))


def products(all_: Any, factor: Any) -> tuple[Proposition, Proposition]:
    """T_1 = factor(1), T_{k+1} = T_k factor(k+1)."""
    return eq(all_[1], factor(1)), each(lambda r: eq(all_[r + 1], all_[r] * factor(r + 1)), n - 1, k)


POWER = eq(E(chain[n]), q**n)
CHAIN = products(chain, lambda r: B[r])
DRAWS: tuple[tuple[str, Proposition], ...] = (
    ("size", ge(n, 1)), ("share", ge(q, 0)), *((name, Named("surely", part)) for name, part in zip(("first", "further"), CHAIN, strict=True)),
    ("independent", each(lambda r: eq(E(chain[r] * B[r + 1]), E(chain[r]) * E(B[r + 1])), n - 1, k)),
    ("alike", each(lambda r: eq(E(B[r]), q), n, k)),
)


def sure(p: Derivation, goal: Proposition, condition: Proposition, name: str, by: list[Any]) -> str:
    """E of both sides of `goal`, an equation between T and b that `condition` says; U and C stand for T and b in the proof."""
    swap = {"T": U, "b": C}
    fact = p.for_all((U, C), {"is": substitute(condition, swap)}, lambda s: s.restate(substitute(goal, swap), [at("is", k=k) if by else "is", *by]))
    fact = p.restate(ForAll((chain, B), (condition,), goal), [fact])
    return p.step("expect", eq(E(goal.left), E(goal.right)), [fact, name, *by])  # type: ignore[attr-defined]


def draws(p: Derivation) -> None:
    inside = ForAll((), (le(k, n),), eq(E(chain[k]), q**k))

    def base(s: Derivation) -> None:
        def under(t: Derivation) -> None:
            begun = sure(t, eq(chain[1], B[1]), CHAIN[0], "first", [])
            t.combine(eq(E(chain[1]), q), {begun: 1, at("alike", k=1): 1}, ["enough", t.sign(le(1, 1))])

        s.for_all((), {"enough": le(1, n)}, under)

    def step(s: Derivation) -> None:
        def under(t: Derivation) -> None:
            earlier, last = t.sign(le(k, n - 1), ["within"]), t.sign(le(1, k + 1), ["range"])
            grown = sure(t, eq(chain[k + 1], chain[k] * B[k + 1]), CHAIN[1], "further", ["range", earlier])
            apart = t.restate(eq(E(chain[k] * B[k + 1]), E(chain[k]) * E(B[k + 1])), [at("independent", k=k), "range", earlier])
            before = t.restate(eq(E(chain[k]), q**k), [at("hypothesis"), t.sign(le(k, n), ["within"])])
            same = t.restate(eq(E(B[k + 1]), q), [at("alike", k=k + 1), last, "within"])
            t.combine(eq(E(chain[k + 1]), q ** (k + 1)), {grown: 1, apart: 1, same: E(chain[k]), before: q}, ["share", "range"])

        s.for_all((), {"within": le(k + 1, n)}, under)

    every = p.induction(ForAll((k,), (le(1, k),), inside), base, step)
    here = p.restate(ForAll((), (le(n, n),), POWER), [at(every, k=n), "size"])
    p.restate(POWER, [at(here), p.sign(le(n, n))])


def sample(draw: Draw) -> Sample:
    """Independent coins with the chance q of a 1."""
    count, chance = draw.integer(1, 3), draw.rational(0, 1)
    law = []
    for code in range(2**count):
        coins = [code >> r & 1 for r in range(count)]
        weight = sp.prod([chance if coin else 1 - chance for coin in coins])
        law.append((weight, {"b": tuple(map(sp.Integer, coins)), "T": tuple(sp.Integer(min(coins[: r + 1])) for r in range(count))}))
    return Sample({"n": count, "q": chance}, tuple(law))


CLAIM = Entry(Claim("lin:risk/draws", "All of n independent inputs are bad", Source("PL", "abstract (i)"), "ours", "identity", DRAWS, POWER), draws, sample)
