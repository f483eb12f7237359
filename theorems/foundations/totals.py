"""Two families on 1..V with equal totals: if b never passes a, they are equal; if b, once above a, stays at least a, then all
head sums of b are at most those of a (one crossing gives majorisation).  All V."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Exists, ForAll, eq, ge, le, lt
from theorems.vocabulary import V, each, i, j, k, sp, total

OURS = Source("ours", "textbook")
a, b = sp.IndexedBase("a"), sp.IndexedBase("b")


def head(family: sp.IndexedBase, size: sp.Expr = k) -> sp.Expr:
    return total(lambda s: family[s], size)


def tail(family: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: family[s], V, j, k + 1)


EQUAL = eq(head(b, V), head(a, V))
CROSSING = ForAll((i, j), (le(1, i), le(i, j), le(j, V), lt(a[i], b[i])), le(a[j], b[j]))
CONCLUSION = each(lambda s: le(head(b, s), head(a, s)), V, k)


def derive_equal(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        gaps = s.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)},
                         lambda t: t.combine(ge(a[j] - b[j], 0), {t.restate(le(b[j], a[j]), [at("below", i=j), "low_j", "high_j"]): 1}))
        part = s.step("member", le(a[i] - b[i], total(lambda t: a[t] - b[t])), [gaps, "low", "high"], at=i)
        less = s.combine(le(a[i], b[i]), {part: 1, "totals": -1})
        s.sign(eq(b[i], a[i]), [less, s.restate(le(b[i], a[i]), [at("below", i=i), "low", "high"])])

    d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)


def derive_crossing(d: Derivation) -> None:
    goal = le(head(b), head(a))
    ABOVE = ForAll((i,), (le(1, i), le(i, k)), ge(a[i], b[i]))

    def at_k(s: Derivation) -> None:
        def case(t: Derivation, way: str) -> None:
            if way == "above":
                t.step("termwise", goal, [way], range=(1, k))
            else:
                found = t.part((i,), {"first": le(1, i), "last": le(i, k), "under": lt(a[i], b[i])}, after)
                t.step("obtain", goal, [way], parts=(found,))

        s.cases(goal, {"above": ABOVE, "crossed": Exists((i,), (le(1, i), le(i, k)), lt(a[i], b[i]))}, case)

    def after(t: Derivation) -> None:
        def later(r: Derivation) -> None:
            r.restate(le(a[j], b[j]), [at("crossing", i=i, j=j), "first", r.sign(le(i, j), ["last", "beyond"]), "high_j", "under"])

        entries = t.for_all((j,), {"beyond": le(k + 1, j), "high_j": le(j, V)}, later)
        tails = t.step("termwise", le(tail(a), tail(b)), [entries], range=(k + 1, V))
        left = t.step("split", eq(head(a, V), head(a) + tail(a)), ["low", "high"], at=k)
        right = t.step("split", eq(head(b, V), head(b) + tail(b)), ["low", "high"], at=k)
        t.combine(goal, {tails: 1, left: 1, right: -1, "totals": 1})

    d.for_all((k,), {"low": le(1, k), "high": le(k, V)}, at_k)


def equal(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    values = draw.family(size, -2, 2)
    return Sample({"V": size, "a": values, "b": values})


def crossed(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first = draw.family(size, 0, 2)
    moved = draw.family(size, 0, 1)
    cut = draw.integer(0, size)
    down, up = sum(moved[:cut]), sum(moved[cut:])
    change = [-g * up if n < cut else g * down for n, g in enumerate(moved)]
    return Sample({"V": size, "a": first, "b": tuple(x + y for x, y in zip(first, change, strict=True))})


CLAIMS = (
    Entry(Claim("base:equal-totals", "Equal totals leave no room", OURS, "ours", "identity",
                (("below", each(lambda s: le(b[s], a[s]))), ("totals", EQUAL)), each(lambda s: eq(b[s], a[s]))), derive_equal, equal),
    Entry(Claim("base:single-crossing", "One crossing gives majorisation", OURS, "ours", "upper",
                (("totals", EQUAL), ("crossing", CROSSING)), CONCLUSION), derive_crossing, crossed),
)
