"""Ratio lemma: weights a, b >= 0 with b_i a_j <= b_j a_i for i <= j (b/a rises along the order) and positive totals;
then every normalised top-k sum of b is at most that of a.  All V, zeros allowed."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, eq, gt, le
from theorems.vocabulary import V, each, i, j, k, sp, total

a, b = sp.IndexedBase("a"), sp.IndexedBase("b")


def head(family: sp.IndexedBase, size: sp.Expr = k) -> sp.Expr:
    return total(lambda s: family[s], size)


def tail(family: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: family[s], V, j, k + 1)


RATIO = ForAll((i, j), (le(1, i), le(i, j), le(j, V)), le(b[i] * a[j], b[j] * a[i]))
CONCLUSION = each(lambda s: le(head(b, s) / head(b, V), head(a, s) / head(a, V)), V, k)


def derive(d: Derivation) -> None:
    def at_k(s: Derivation) -> None:
        def row(u: Derivation) -> None:
            def cell(v: Derivation) -> None:
                order = v.sign(le(i, j), ["i_high", "j_low"])
                v.restate(le(b[i] * a[j], b[j] * a[i]), [at("ratio", i=i, j=j), "i_low", order, "j_high"])

            cells = u.for_all((j,), {"j_low": le(k + 1, j), "j_high": le(j, V)}, cell)
            u.step("termwise", le(total(lambda t: b[i] * a[t], V, j, k + 1), total(lambda t: a[i] * b[t], V, j, k + 1)),
                   [cells], range=(k + 1, V))

        rows = s.for_all((i,), {"i_low": le(1, i), "i_high": le(i, k)}, row, because="b_i a_j <= a_i b_j for i <= k < j")
        crossed = s.step("termwise", le(head(b) * tail(a), head(a) * tail(b)), [rows], range=(1, k))
        left = s.step("split", eq(head(a, V), head(a) + tail(a)), ["low", "high"], at=k)
        right = s.step("split", eq(head(b, V), head(b) + tail(b)), ["low", "high"], at=k)
        product = s.combine(le(head(b) * head(a, V), head(a) * head(b, V)), {crossed: 1, left: head(b), right: -head(a)})
        s.combine(le(head(b) / head(b, V), head(a) / head(a, V)), {product: 1 / (head(a, V) * head(b, V))}, ["a", "b"])

    d.for_all((k,), {"low": le(1, k), "high": le(k, V)}, at_k)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first = draw.family(size, "1/8", 4)
    factors = sorted(draw.family(size, 0, 3))
    return Sample({"V": size, "a": first, "b": tuple(x * f for x, f in zip(first, factors, strict=True))})


CLAIM = Entry(
    Claim("base:ratio", "Ratio lemma", Source("ours", "textbook"), "ours", "upper",
          (("a", gt(head(a, V), 0)), ("b", gt(head(b, V), 0)), ("ratio", RATIO)), CONCLUSION),
    derive, sample,
)
