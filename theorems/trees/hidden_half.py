"""What m distinct inputs tell about a hidden half of 2 h points: the mean error of every answer, exactly, and the least one.

f = 0 on 2 h points; the class G holds the indicators of the complements of all sets of h points; inputs are uniform on a hidden S of h
points, so the member for S has error 0.  The m inputs seen are points 1..m of S; by symmetry the other points are equally likely to lie
in S, mean of S_i the same for all i > m.  An answer is a member of G, possibly drawn at random: a_i is the probability that its zeros hold
point i, sum a = h.  Its error is (1/h) sum S_i (1 - a_i).  Then its mean error is 1 - (sum_(i<=m) a_i + (h - m)/(2 h - m) sum_(i>m) a_i)/h, and
at least (h - m)/(2 h - m).
"""

from itertools import combinations

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, Named, eq, ge, gt, le
from theorems.terms import E, RandomFamily
from theorems.trees._learning import averaged
from theorems.vocabulary import i, m

h = sp.Symbol("h", integer=True)
c = sp.Symbol("c", real=True)
a, S = sp.IndexedBase("a"), RandomFamily("S")
SEEN, UNSEEN, ALL = (i, 1, m), (i, m + 1, 2 * h), (i, 1, 2 * h)


def mean_error(answer: sp.IndexedBase, seen: sp.Expr = m, half: sp.Expr = h) -> sp.Expr:
    """1 - (what the answer puts on the seen points, and its rest at the rate of the unseen ones) / h."""
    rest = (half - seen) / (2 * half - seen)
    return 1 - (sp.Sum(answer[i], (i, 1, seen)) + rest * sp.Sum(answer[i], (i, seen + 1, 2 * half))) / half


def least(seen: sp.Expr = m, half: sp.Expr = h) -> sp.Expr:
    return (half - seen) / (2 * half - seen)


def answer(family: sp.IndexedBase, half: sp.Expr = h) -> All:
    """Probabilities that sum to the size of a half."""
    return All(ForAll((i,), (le(1, i), le(i, 2 * half)), le(family[i], 1)), eq(sp.Sum(family[i], (i, 1, 2 * half)), half))


ERROR = E(sp.Sum(S[i] * (1 - a[i]), ALL)) / h
INSIDE, OUTSIDE = {"low": le(1, i), "high": le(i, m)}, {"low": le(m + 1, i), "high": le(i, 2 * h)}
RATE = (h - m) / (2 * h - m)


def room(d: Derivation) -> tuple[str, str]:
    """2 h - m > 0 and m <= 2 h."""
    return d.sign(gt(2 * h - m, 0), ["half", "points"]), d.sign(le(m, 2 * h), ["half", "points"])


def common(d: Derivation, some: str, inside: str, sure: str, alike: str, size: str) -> str:
    """The mean of an unseen S_i, from E sum S = h."""
    parts = d.step("split", eq(sp.Sum(E(S[i]), ALL), sp.Sum(E(S[i]), SEEN) + sp.Sum(E(S[i]), UNSEEN)), ["seen", inside], at=m)
    ones = d.step("termwise", eq(sp.Sum(E(S[i]), SEEN), sp.Sum(sp.Integer(1), SEEN)), [sure], range=(1, m))
    count = d.step("count", eq(sp.Sum(sp.Integer(1), SEEN), m), ["seen"])
    rest = d.step("termwise", eq(sp.Sum(E(S[i]), UNSEEN), sp.Sum(c, UNSEEN)), [alike], range=(m + 1, 2 * h))
    many = d.step("count", eq(sp.Sum(c, UNSEEN), (2 * h - m) * c), [inside])
    unit = 1 / (2 * h - m)
    return d.combine(eq(c, RATE), {size: unit, **{fact: -unit for fact in (parts, ones, count, rest, many)}}, [some])


def derive(d: Derivation) -> None:
    some, inside = room(d)

    def one(s: Derivation) -> None:
        averaged(s, [eq(S[i], 1)], eq(S[i], 1), [at("known", i=i), "low", "high"])
        s.combine(eq(E(S[i]), 1), {s.steps[-1].name: 1})

    sure = d.for_all((i,), INSIDE, one)
    alike = d.for_all((i,), OUTSIDE, lambda s: s.restate(eq(E(S[i]), c), [at("symmetric", i=i), "low", "high"]))
    size = averaged(d, [eq(sp.Sum(S[i], ALL), h)], eq(sp.Sum(S[i], ALL), h), ["size"])
    rate = common(d, some, inside, sure, alike, size)
    product = a[i] * E(S[i])
    parts = d.step("split", eq(sp.Sum(product, ALL), sp.Sum(product, SEEN) + sp.Sum(product, UNSEEN)), ["seen", inside], at=m)
    first = d.for_all((i,), INSIDE, lambda s: s.rewrite(eq(product, a[i]), ["low", "high"], using=[at(sure, i=i)]))
    first = d.step("termwise", eq(sp.Sum(product, SEEN), sp.Sum(a[i], SEEN)), [first], range=(1, m))
    second = d.for_all((i,), OUTSIDE, lambda s: s.rewrite(eq(product, RATE * a[i]), [some, "low", "high"], using=[at(alike, i=i), rate]))
    second = d.step("termwise", eq(sp.Sum(product, UNSEEN), sp.Sum(RATE * a[i], UNSEEN)), [second, some], range=(m + 1, 2 * h))
    linear = d.rewrite(eq(ERROR, (E(sp.Sum(S[i], ALL)) - sp.Sum(product, ALL)) / h), ["points"])
    d.combine(eq(ERROR, mean_error(a)), {linear: 1, size: 1 / h, parts: -1 / h, first: -1 / h, second: -1 / h}, ["points", some])


def derive_least(d: Derivation) -> None:
    some, inside = room(d)
    parts = d.step("split", eq(sp.Sum(a[i], ALL), sp.Sum(a[i], SEEN) + sp.Sum(a[i], UNSEEN)), ["seen", inside], at=m)
    further = d.sign(le(m, 2 * h), ["half", "points"])
    most = d.for_all((i,), INSIDE, lambda s: s.restate(le(a[i], 1), [at("most", i=i), "low", s.sign(le(i, 2 * h), ["high", further])]))
    top = d.step("termwise", le(sp.Sum(a[i], SEEN), sp.Sum(sp.Integer(1), SEEN)), [most], range=(1, m))
    count = d.step("count", eq(sp.Sum(sp.Integer(1), SEEN), m), ["seen"])
    unit = 1 / (2 * h - m)
    d.combine(ge(mean_error(a), least()), {top: unit, count: unit, "total": RATE / h, parts: -RATE / h}, ["points", some])


def draw_answer(draw: Draw, half: int) -> tuple[sp.Expr, ...]:
    """Probabilities of a random mixture of two members."""
    share = draw.rational(0, 1)
    members = []
    for _ in range(2):
        order = sorted(range(2 * half), key=lambda place: (draw.integer(0, 20), place))
        members.append([sp.Integer(place in order[:half]) for place in range(2 * half)])
    return tuple(share * x + (1 - share) * y for x, y in zip(*members, strict=True))


def sample(draw: Draw) -> Sample:
    half = draw.integer(1, 3)
    seen = draw.integer(0, half)
    sets = [tuple(sp.Integer(place < seen or place in rest) for place in range(2 * half)) for rest in combinations(range(seen, 2 * half), half - seen)]
    law = tuple((sp.Rational(1, len(sets)), {"S": chosen}) for chosen in sets)
    return Sample({"h": half, "m": seen, "a": draw_answer(draw, half), "c": sp.Rational(half - seen, 2 * half - seen)}, law)


def sample_least(draw: Draw) -> Sample:
    half = draw.integer(1, 4)
    return Sample({"h": half, "m": draw.integer(0, half), "a": draw_answer(draw, half)})


SOURCE = Source("ours", "counterexample to a sample bound without the class")
SIZES = (("points", ge(h, 1)), ("seen", ge(m, 0)), ("half", le(m, h)))
MOST, SUM = answer(a).args
CLAIMS = (
    Entry(Claim("tree:hidden-half", "Mean error of an answer about a hidden half", SOURCE, "ours", "identity",
                (*SIZES, ("known", ForAll((i,), tuple(INSIDE.values()), Named("surely", eq(S[i], 1)))),
                 ("size", Named("surely", eq(sp.Sum(S[i], ALL), h))), ("symmetric", ForAll((i,), tuple(OUTSIDE.values()), eq(E(S[i]), c)))),
                eq(ERROR, mean_error(a))), derive, sample),
    Entry(Claim("tree:hidden-half/least", "Least mean error about a hidden half", SOURCE, "ours", "lower",
                (*SIZES, ("most", MOST), ("total", SUM)), ge(mean_error(a), least())), derive_least, sample_least,
          quantities=(Quantity("error", "least mean error of an answer", least()),)),
)
