"""Affine and equivariant softenings are mixing at another temperature, V >= 2.

At one T let F(p)_i = sum over j of p_j A_ij (affine on the simplex: column j is the image of vertex j), let exchanging two classes
exchange entries, and let F rank vertices (A1).  Then F is mixing at one h >= 1 for all laws, h = 1/(A_11 - A_21).  Where F is the identity
h = 1; over temperatures h rises as the images spread, but not always strictly, for A3 may stand still: "up to reparametrisation"
means a clock that does not fall.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt, ne
from theorems.vocabulary import V, each, i, j, k, law, mixing, p, sp, total

A = sp.IndexedBase("A")
h = sp.Symbol("h", real=True)
IN = lambda *names: tuple(r for a in names for r in (le(1, a), le(a, V)))  # noqa: E731
ENTRIES = ForAll((i, j), IN(i, j), ge(A[i, j], 0))
COLUMN = eq(total(lambda a: A[a, 1]), 1)
ROWS = ForAll((i, j, k), (*IN(i, j, k), ne(i, j), ne(i, k), ne(j, k)), All(eq(A[i, j], A[i, k]), eq(A[j, i], A[k, i])))
TURNS = ForAll((j, k), (*IN(j, k), ne(j, k)), All(eq(A[j, j], A[k, k]), eq(A[j, k], A[k, j])))
CONCLUSION = Exists((h,), (ge(h, 1),), ForAll((p,), (law(p),), each(lambda a: eq(total(lambda b: p[b] * A[a, b], V, j), mixing(p, h)(a)))))
X, Y = A[1, 1], A[2, 1]
ONE, TWO = sp.Integer(1), sp.Integer(2)


def derive(d: Derivation) -> None:
    first = [d.sign(le(ONE, 1), []), d.sign(le(1, V), ["V"])]
    second = [d.sign(le(1, TWO), []), "V"]
    swap = d.restate(All(eq(A[2, 2], X), eq(A[2, 1], A[1, 2])), [at("turns", j=2, k=1), *first, *second, d.sign(ne(TWO, 1), [])])
    mirror = d.restate(eq(A[2, 1], A[1, 2]), [swap])

    def diagonal(s: Derivation) -> None:
        def case(t: Derivation, way: str) -> None:
            if way == "other":
                both = t.restate(All(eq(A[i, i], X), eq(A[i, 1], A[1, i])), [at("turns", j=i, k=1), "low", "high", *first, way])
                t.restate(eq(A[i, i], X), [both])
            else:
                t.transfer(eq(A[i, i], X), t.sign(eq(X, X), []), [way])

        s.cases(eq(A[i, i], X), {"other": ne(i, 1), "one": eq(i, 1)}, case)

    def top(s: Derivation) -> None:
        """A_1j = Y for j != 1."""
        def case(t: Derivation, way: str) -> None:
            if way == "other":
                both = t.restate(All(eq(A[1, j], A[1, 2]), eq(A[j, 1], A[2, 1])),
                                 [at("rows", i=1, j=j, k=2), *first, "low_j", "high_j", *second, t.sign(ne(1, j), ["apart"]), t.sign(ne(ONE, 2), []), way])
                t.combine(eq(A[1, j], Y), {t.restate(eq(A[1, j], A[1, 2]), [both]): 1, mirror: -1})
            else:
                t.transfer(eq(A[1, j], Y), t.combine(eq(A[1, 2], Y), {mirror: -1}), [way])

        s.cases(eq(A[1, j], Y), {"other": ne(j, 2), "two": eq(j, 2)}, case)

    diagonals = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, diagonal)
    tops = d.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V), "apart": ne(j, 1)}, top)

    def other(s: Derivation) -> None:
        goal = eq(A[i, j], Y)

        def case(t: Derivation, way: str) -> None:
            if way == "one":
                found = t.restate(eq(A[1, j], Y), [at(tops, j=j), "low_j", "high_j", t.sign(ne(j, 1), [t.transfer(ne(1, j), "apart", [way])])])
                t.transfer(goal, found, [way])
            else:
                t.cases(goal, {"start": eq(j, 1), "inner": ne(j, 1)}, lambda u, now: inner(u, now, way))

        def inner(u: Derivation, now: str, way: str) -> None:
            if now == "start":
                both = u.restate(All(eq(A[i, i], X), eq(A[i, 1], A[1, i])), [at("turns", j=i, k=1), "low", "high", *first, way])
                found = u.restate(eq(A[1, i], Y), [at(tops, j=i), "low", "high", way])
                u.transfer(goal, u.combine(eq(A[i, 1], Y), {u.restate(eq(A[i, 1], A[1, i]), [both]): 1, found: 1}), [now])
            else:
                both = u.restate(All(eq(A[j, i], A[j, 1]), eq(A[i, j], A[1, j])),
                                 [at("rows", i=j, j=i, k=1), "low_j", "high_j", "low", "high", *first, u.sign(ne(j, i), ["apart"]), now, way])
                found = u.restate(eq(A[1, j], Y), [at(tops, j=j), "low_j", "high_j", now])
                u.combine(goal, {u.restate(eq(A[i, j], A[1, j]), [both]): 1, found: 1})

        s.cases(goal, {"one": eq(i, 1), "later": ne(i, 1)}, case)

    names = {"low": le(1, i), "high": le(i, V), "low_j": le(1, j), "high_j": le(j, V), "apart": ne(i, j)}
    others = d.for_all((i, j), names, other)

    # the first column sums to 1: X + (V - 1) Y = 1
    def below(s: Derivation) -> None:
        s.restate(eq(A[i, 1], Y), [at(others, i=i, j=1), s.sign(le(1, i), ["low"]), "high", *first, s.sign(ne(i, 1), [s.sign(gt(i, 1), ["low"])])])

    rest = d.for_all((i,), {"low": le(2, i), "high": le(i, V)}, below)
    split = d.step("split", eq(total(lambda a: A[a, 1]), total(lambda a: A[a, 1], 1) + total(lambda a: A[a, 1], start=2)), first, at=1)
    tail = d.step("termwise", eq(total(lambda a: A[a, 1], start=2), total(lambda a: Y, start=2)), [rest], range=(2, V))
    count = d.step("count", eq(total(lambda a: Y, start=2), (V - 1) * Y), ["V"])
    whole = d.combine(eq(X + (V - 1) * Y, 1), {split: -1, tail: -1, count: -1, "column": 1})
    low = d.restate(ge(Y, 0), [at("entries", i=2, j=1), *first, *second])
    gap = d.sign(gt(X - Y, 0), ["ranks"])
    least = d.combine(le(X - Y, 1), {whole: 1, low: V}, ["V"])
    clock = d.sign(ge(1 / (X - Y), 1), [gap, least])

    def image(s: Derivation) -> None:
        value = sp.Lambda(i, total(lambda b: p[b] * A[i, b], V, j))
        head = s.for_all((j,), {"low_j": le(1, j), "to": le(j, i - 1)}, lambda t: off(t, t.sign(lt(j, i), ["to"]), ["low_j", t.sign(le(j, V), ["to", "high"])]))
        end = s.for_all((j,), {"from": le(i + 1, j), "high_j": le(j, V)}, lambda t: off(t, t.sign(lt(i, j), ["from"]), [t.sign(le(1, j), ["from", "low"]), "high_j"]))
        parts = [s.step("termwise", eq(sp.Sum(p[j] * A[i, j], (j, a, b)), sp.Sum(p[j] * Y, (j, a, b))), [fact], range=(a, b)) for fact, a, b in ((head, 1, i - 1), (end, i + 1, V))]
        cuts = [cut(s, lambda b: p[b] * A[i, b]), cut(s, lambda b: p[b])]
        own = s.restate(eq(A[i, i], X), [at(diagonals, i=i), "low", "high"])
        mass = s.restate(eq(total(lambda a: p[a]), 1), ["p"])
        s.combine(eq(value(i), mixing(p, 1 / (X - Y))(i)), {cuts[0]: 1, parts[0]: 1, parts[1]: 1, cuts[1]: -Y, own: p[i], mass: Y, whole: 1 / V}, [gap, "V"])

    def off(t: Derivation, apart: str, span: list[str]) -> None:
        found = t.restate(eq(A[i, j], Y), [at(others, i=i, j=j), "low", "high", *span, t.sign(ne(i, j), [apart])])
        t.combine(eq(p[j] * A[i, j], p[j] * Y), {found: p[j]})

    def cut(s: Derivation, rule) -> str:  # type: ignore[no-untyped-def]
        """The sum, apart from its term at i."""
        first_ = s.step("split", eq(total(rule, V, j), sp.Sum(rule(j), (j, 1, i)) + sp.Sum(rule(j), (j, i + 1, V))), ["low", "high"], at=i)
        second_ = s.step("split", eq(sp.Sum(rule(j), (j, 1, i)), sp.Sum(rule(j), (j, 1, i - 1)) + sp.Sum(rule(j), (j, i, i))), ["low"], at=i - 1)
        return s.combine(eq(total(rule, V, j), sp.Sum(rule(j), (j, 1, i - 1)) + rule(i) + sp.Sum(rule(j), (j, i + 1, V))), {first_: 1, second_: 1})

    def every(s: Derivation) -> None:
        s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, image)

    shown = d.for_all((p,), {"p": law(p)}, every)
    d.exhibit(CONCLUSION, [shown, clock, gap], h=1 / (X - Y))


def sample(draw: Draw) -> Sample:
    size, heat = draw.integer(2, 4), draw.rational(1, 4)
    away = (1 - 1 / heat) / size
    return Sample({"V": size, "A": tuple(tuple(away + (1 / heat if a == b else 0) for b in range(size)) for a in range(size)), "p": draw.law(size, zeros=True), "h": heat})


CLAIM = Entry(
    Claim("op:affine-characterises-mixing", "Affine, equivariant softenings are mixing", Source("ours", "this project"), "ours", "implication",
          (("V", ge(V, 2)), ("entries", ENTRIES), ("column", COLUMN), ("rows", ROWS), ("turns", TURNS), ("ranks", gt(X, Y))), CONCLUSION,
          note="The clock h need not rise strictly: images that stand still are allowed by A3."),
    derive, sample,
)
