"""Normalising and restricting commute: weights b that are a/c on the classes 1..k and 0 on the others, c > 0, have the shares
b_i/sum b = (a_i/sum a)/(sum over l <= k of a_l/sum a) on 1..k and 0 elsewhere.  All V; the sums of a and of its first k entries are > 0.
Also: weights >= 0 with a positive sum normalise to a law; and u/(u + h) <= x/(x + s) for 0 <= u <= x, 0 < s <= h.
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt, le
from theorems.vocabulary import V, each, i, k, law, total

a, b = sp.IndexedBase("a"), sp.IndexedBase("b")
c, l = sp.Symbol("c", real=True), sp.Symbol("l", integer=True)
HEAD, TAIL = {"low": le(1, i), "high": le(i, k)}, {"low": le(k + 1, i), "high": le(i, V)}


def share(family: sp.IndexedBase) -> Any:
    below = total(lambda s: family[s], V, l)
    return lambda s: family[s] / below


KEPT = total(lambda s: a[s], k)
CONCLUSION = All(each(lambda s: eq(share(b)(s), share(a)(s) / total(share(a), k, l)), k), each(lambda s: eq(share(b)(s), 0), V, i, k + 1))


def image_total(d: Derivation) -> tuple[str, str]:
    """The restricted weights, and their sum: the kept weights divided by c."""
    heads = d.for_all((i,), HEAD, lambda s: s.restate(eq(b[i], a[i] / c), ["b", "low", "high", "c"]))
    tails = d.for_all((i,), TAIL, lambda s: s.restate(eq(b[i], 0), ["b", "low", "high"]))
    first = d.step("termwise", eq(total(rule, k), total(lambda s: a[s] / c, k)), [heads, "c"], range=(1, k))
    second = d.step("termwise", eq(total(rule, V, i, k + 1), total(lambda s: sp.Integer(0), V, i, k + 1)), [tails], range=(k + 1, V))
    whole = d.step("split", eq(total(rule), total(rule, k) + total(rule, V, i, k + 1)), ["k"], at=k)
    sums = d.combine(eq(total(rule), KEPT / c), {whole: 1, first: 1, second: 1}, ["c"])
    return sums, d.transfer(gt(total(rule), 0), d.sign(gt(KEPT / c, 0), ["kept", "c"]), [sums, "c"])


def rule(index: sp.Expr) -> sp.Expr:
    return b[index]


def derive(d: Derivation) -> None:
    sums, below = image_total(d)
    part = d.rewrite(eq(total(share(a), k, l), KEPT / total(lambda s: a[s])), ["all"])
    positive = d.transfer(gt(total(share(a), k, l), 0), d.sign(gt(KEPT / total(lambda s: a[s]), 0), ["kept", "all"]), [part, "all"])

    def inside(s: Derivation) -> None:
        value = s.restate(eq(b[i], a[i] / c), ["b", "low", "high", "c"])
        s.rewrite(eq(share(b)(i), share(a)(i) / total(share(a), k, l)), [below, "all", "kept", "c", positive], using=[value, sums, part])

    def outside(s: Derivation) -> None:
        value = s.restate(eq(b[i], 0), ["b", "low", "high"])
        s.combine(eq(share(b)(i), 0), {value: 1 / total(rule)}, [below])

    d.restate(CONCLUSION, [d.for_all((i,), HEAD, inside), d.for_all((i,), TAIL, outside)])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    kept, weights, scale = draw.integer(1, size), draw.family(size, 0, 3), draw.rational("1/4", 3)
    return Sample({"V": size, "k": kept, "a": weights, "c": scale, "b": tuple(x / scale if s < kept else sp.Integer(0) for s, x in enumerate(weights))})


def derive_law(d: Derivation) -> None:
    entry = lambda s: s.sign(ge(share(a)(i), 0), [s.restate(ge(a[i], 0), [at("a", i=i), "low", "high"]), "all"])  # noqa: E731
    shares = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)
    d.restate(law(share(a)), [shares, d.rewrite(eq(total(share(a)), 1), ["all"])])


def order(d: Derivation) -> None:
    product = d.sign(ge(x * h - u * s_, 0), ["u", "x", "s", "h"])
    d.combine(ORDER, {product: 1 / ((u + h) * (x + s_))}, [d.sign(gt(u + h, 0), ["u", "s", "h"]), d.sign(gt(x + s_, 0), ["u", "x", "s"])])


def sample_order(draw: Draw) -> Sample:
    least, room = draw.rational(0, 2), draw.rational("1/9", 2)
    return Sample({"u": least, "x": least + draw.rational(0, 2), "s": room, "h": room + draw.rational(0, 2)})


u, x, s_, h = sp.symbols("u x s h", real=True)
ORDER = le(u / (u + h), x / (x + s_))
SOURCE = Source("ours", "textbook")
RESTRICTED = (("k", All(le(1, k), le(k, V))), ("kept", gt(KEPT, 0)), ("c", gt(c, 0)),
              ("b", All(each(lambda s: eq(b[s], a[s] / c), k), each(lambda s: eq(b[s], 0), V, i, k + 1))))
CLAIMS = (
    Entry(Claim("base:normalised-restriction", "Normalising and restricting commute", SOURCE, "ours", "identity",
                (*RESTRICTED, ("all", gt(total(lambda s: a[s]), 0))), CONCLUSION), derive, sample),
    Entry(Claim("base:restricted-total", "Restricted weights have a positive sum", SOURCE, "ours", "lower", RESTRICTED, gt(total(rule), 0)), image_total, sample),
    Entry(Claim("base:normalised-law", "Normalised weights are a law", SOURCE, "ours", "identity",
                (("a", each(lambda s: ge(a[s], 0))), ("all", gt(total(lambda s: a[s]), 0))), law(share(a))), derive_law, sample),
    Entry(Claim("base:share-order", "A share rises with its weight and falls with the rest", SOURCE, "ours", "upper",
                (("u", ge(u, 0)), ("x", le(u, x)), ("s", gt(s_, 0)), ("h", le(s_, h))), ORDER), order, sample_order),
)
