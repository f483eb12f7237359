"""Characters and AND clauses of distinct sets of variables on the uniform cube: orthonormal, of mean 0, and (E c_a h_a)^2 = 4^(-n).

X_1..X_d are bits +1, -1.  J_(a,i) = 1 where set a holds variable i, else 0; sets are not empty, hold n variables each and differ.  The character
and the clause of set a are built bit by bit: c_(a,1) = h_(a,1) = 1, and where J_(a,i) = 1, c_(a,i+1) = c_(a,i) X_i and
h_(a,i+1) = h_(a,i) (1 + s_(a,i) X_i)/2, s_(a,i) = 1 or -1.  That bit i is fair and independent of the bits before it enters as
E Y X_i = 0 for what was built of those, Y = c_(a,i), c_(a,i) c_(b,i) and c_(a,i) h_(a,i).
"""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Any_, Exists, ForAll, Named, Proposition, Relation, eq, ge, le, ne
from theorems.terms import E, RandomFamily, substitute
from theorems.trees._learning import averaged
from theorems.vocabulary import i, k, n

a, b, d, N = sp.symbols("a b d N", integer=True)
J, s = sp.IndexedBase("J"), sp.IndexedBase("s")
X, c, h = (RandomFamily(name) for name in "Xch")
OWN = {name: RandomFamily(f"{name}_2") for name in "Xch"}
SET, OTHER, BIT = (le(1, a), le(a, N)), (le(1, b), le(b, N)), (le(1, i), le(i, d))
LETTER = eq(c[a, i + 1], c[a, i] * (1 + J[a, i] * (X[i] - 1)))
LITERAL = eq(h[a, i + 1], h[a, i] * (1 + J[a, i] * (s[a, i] * X[i] - 1) / 2))
SQUARE = eq(X[i] ** 2, 1)


def size(last: sp.Expr) -> sp.Sum:
    """How many of the first `last` variables set a holds."""
    return sp.Sum(J[a, i], (i, 1, last))


ORTHONORMAL = ForAll((a, b), (*SET, *OTHER), eq(E(c[a, d + 1] * c[b, d + 1]), sp.KroneckerDelta(a, b)))
CENTRED = ForAll((a,), SET, eq(E(c[a, d + 1]), 0))
COEFFICIENT = ForAll((a,), SET, eq(E(c[a, d + 1] * h[a, d + 1]) ** 2, sp.Integer(2) ** (-2 * n)))
CONCLUSION = All(ORTHONORMAL, CENTRED, COEFFICIENT)
HYPOTHESES = (
    ("bits", ge(d, 0)), ("squares", ForAll((i,), BIT, Named("surely", SQUARE))),
    ("members", ForAll((a, i), (*SET, *BIT), Any_(eq(J[a, i], 0), eq(J[a, i], 1)))),
    ("signs", ForAll((a, i), (*SET, *BIT), Any_(eq(s[a, i], 1), eq(s[a, i], -1)))),
    ("size", ForAll((a,), SET, eq(size(d), n))), ("some", ForAll((a,), SET, Exists((i,), BIT, eq(J[a, i], 1)))),
    ("distinct", ForAll((a, b), (*SET, *OTHER, ne(a, b)), Exists((i,), BIT, ne(J[a, i], J[b, i])))),
    ("character", ForAll((a,), SET, Named("surely", eq(c[a, 1], 1)))), ("clause", ForAll((a,), SET, Named("surely", eq(h[a, 1], 1)))),
    ("letters", ForAll((a, i), (*SET, *BIT), Named("surely", LETTER))), ("literals", ForAll((a, i), (*SET, *BIT), Named("surely", LITERAL))),
    ("fair", ForAll((a, i), (*SET, *BIT), eq(E(c[a, i] * X[i]), 0))),
    ("fair_pairs", ForAll((a, b, i), (*SET, *OTHER, *BIT), eq(E(c[a, i] * c[b, i] * X[i]), 0))),
    ("fair_clauses", ForAll((a, i), (*SET, *BIT), eq(E(c[a, i] * h[a, i] * X[i]), 0))),
)
A_RANGE, B_RANGE = ["a_low", "a_high"], ["b_low", "b_high"]
IN_A = dict(zip(A_RANGE, SET, strict=True))
IN_B = dict(zip(B_RANGE, OTHER, strict=True))
Case = Callable[[Derivation, list[str], list[int]], object]


def zero_or_one(p: Derivation, sets: list[sp.Symbol], place: sp.Expr, ranges: list[str], goal: Proposition, then: Case) -> None:
    """`goal` for every value of the memberships of `sets` at `place`; `then(sub, facts, values)` proves each case."""
    def choose(q: Derivation, left: list[sp.Symbol], facts: list[str], values: list[int]) -> None:
        if not left:
            then(q, facts, values)
            return
        own = left[0]
        names = {f"{own}_out": eq(J[own, place], 0), f"{own}_in": eq(J[own, place], 1)}
        either = q.restate(Any_(*names.values()), [at("members", a=own, i=place), *ranges])
        q.cases(goal, names, lambda r, name: choose(r, left[1:], [*facts, name], [*values, int(name.endswith("in"))]), [either])

    choose(p, sets, [], [])


def grown(p: Derivation, sets: list[sp.Symbol], place: sp.Expr, ranges: list[str], facts: list[str], values: list[int]) -> str:
    """The mean of the product of the characters of one or two sets after the bit at `place`, from the one before it."""
    new, old = (sp.Mul(*(c[own, place + step] for own in sets)) for step in (1, 0))
    power = sum(values) % 2
    sure = [*(substitute(LETTER, {"a": own, "i": place}) for own in sets), substitute(SQUARE, {"i": place})]
    by = [*(at("letters", a=own, i=place) for own in sets), at("squares", i=place), *ranges]
    then = eq(new, old * X[place] ** power)
    return averaged(p, sure, then, by, lambda r, names: r.rewrite(substitute(then, OWN), using=[*names[:-1], *facts, names[-1]]))


def along(p: Derivation, start: sp.Expr, held: Callable[[sp.Expr], Relation], base: Callable[[Derivation], object],
          further: Callable[[Derivation, list[str], str], object]) -> str:
    """`held(d)` by induction over the bits from `start` on: `base(sub)` shows held(start), `further(sub, ranges, before)` held(k + 1)."""
    def first(q: Derivation) -> None:
        q.for_all((), {"inside": le(start, d)}, base)

    def then(q: Derivation) -> None:
        def one(r: Derivation) -> None:
            place = [r.sign(le(1, k + 1), ["range", *reach]), "inside"]
            before = r.restate(held(k), [at("hypothesis"), r.sign(le(k, d), ["inside"])])
            further(r, place, before)

        q.for_all((), {"inside": le(k + 1, d)}, one)

    reach = ["low"] if start != 0 else []
    every = p.induction(ForAll((k,), (le(start, k),), ForAll((), (le(k, d),), held(k))), first, then)
    room = "high" if start != 0 else "bits"
    last = p.restate(ForAll((), (le(d, d),), held(d)), [at(every, k=d), room])
    return p.restate(held(d), [at(last), p.sign(le(d, d))])


def vanishing(p: Derivation, sets: list[sp.Symbol], fair: Callable[[sp.Expr], Relation], ranges: list[str],
              first: Callable[[Derivation], object]) -> str:
    """The mean of a product of characters is 0 once it was 0 after the bit i; `first(sub)` shows that."""
    held = lambda last: eq(E(sp.Mul(*(c[own, last + 1] for own in sets))), 0)  # noqa: E731

    def further(r: Derivation, place: list[str], before: str) -> None:
        def case(q: Derivation, facts: list[str], values: list[int]) -> None:
            mean = grown(q, sets, k + 1, [*ranges, *place], facts, values)
            still = q.restate(fair(k + 1), [at(name_of(sets), **{str(own): own for own in sets}, i=k + 1), *ranges, *place]) if sum(values) % 2 else before
            q.combine(held(k + 1), {mean: 1, still: 1})

        zero_or_one(r, sets, k + 1, [*ranges, *place], held(k + 1), case)

    return along(p, i, held, first, further)


def name_of(sets: list[sp.Symbol]) -> str:
    return "fair" if len(sets) == 1 else "fair_pairs"


def from_first(p: Derivation, sets: list[sp.Symbol], ranges: list[str]) -> None:
    """From a bit at which the memberships say that the product grows by X_i."""
    fair = lambda place: eq(E(sp.Mul(*(c[own, place] for own in sets)) * X[place]), 0)  # noqa: E731
    goal = eq(E(sp.Mul(*(c[own, i + 1] for own in sets))), 0)

    def first(q: Derivation) -> None:
        def case(r: Derivation, facts: list[str], values: list[int]) -> None:
            if sum(values) % 2 == 0:
                wrong = eq(0, 1) if len(sets) == 1 else ne(values[0], values[1])
                r.contradiction(goal, lambda s: s.transfer(wrong, "holds", facts), facts)
                return
            mean = grown(r, sets, i, [*ranges, "low", "high"], facts, values)
            still = r.restate(fair(i), [at(name_of(sets), **{str(own): own for own in sets}, i=i), *ranges, "low", "high"])
            r.combine(goal, {mean: 1, still: 1})

        zero_or_one(q, sets, i, [*ranges, "low", "high"], goal, case)

    vanishing(p, sets, fair, ranges, first)


def centred(p: Derivation) -> None:
    fact = p.restate(Exists((i,), BIT, eq(J[a, i], 1)), [at("some", a=a), *A_RANGE])
    part = p.part((i,), {"low": BIT[0], "high": BIT[1], "holds": eq(J[a, i], 1)}, lambda q: from_first(q, [a], A_RANGE))
    p.step("obtain", CENTRED.then, [fact], parts=(part,))


def unit_square(p: Derivation) -> None:
    held = lambda last: eq(E(c[a, last + 1] ** 2), 1)  # noqa: E731

    def base(q: Derivation) -> None:
        then = eq(c[a, 1] ** 2, 1)
        averaged(q, [eq(c[a, 1], 1)], then, [at("character", a=a), *A_RANGE], lambda r, sure: r.rewrite(substitute(then, OWN), using=sure))
        q.combine(held(sp.Integer(0)), {q.steps[-1].name: 1})

    def further(r: Derivation, place: list[str], before: str) -> None:
        def case(q: Derivation, facts: list[str], values: list[int]) -> None:
            new, old = c[a, k + 2] ** 2, c[a, k + 1] ** 2
            sure = [substitute(LETTER, {"i": k + 1}), substitute(SQUARE, {"i": k + 1})]
            by = [at("letters", a=a, i=k + 1), at("squares", i=k + 1), *A_RANGE, *place]
            mean = averaged(q, sure, eq(new, old), by, lambda s, names: s.rewrite(substitute(eq(new, old), OWN), using=[names[0], *facts, names[1]]))
            q.combine(held(k + 1), {mean: 1, before: 1})

        zero_or_one(r, [a], k + 1, [*A_RANGE, *place], held(k + 1), case)

    along(p, sp.Integer(0), held, base, further)


def coefficient(p: Derivation) -> None:
    """(E c h)^2 = 4^(-size) after every bit."""
    held = lambda last: eq(E(c[a, last + 1] * h[a, last + 1]) ** 2, sp.Integer(2) ** (-2 * size(last)))  # noqa: E731

    def base(q: Derivation) -> None:
        then = eq(c[a, 1] * h[a, 1], 1)
        mean = averaged(q, [eq(c[a, 1], 1), eq(h[a, 1], 1)], then, [at("character", a=a), at("clause", a=a), *A_RANGE],
                        lambda r, sure: r.rewrite(substitute(then, OWN), using=sure))
        none = q.step("single", eq(size(sp.Integer(0)), 0), [])
        q.rewrite(held(sp.Integer(0)), using=[mean, none])

    def further(r: Derivation, place: list[str], before: str) -> None:
        ranges, at_bit = [*A_RANGE, *place], k + 1
        split = r.step("split", eq(size(k + 1), size(k) + J[a, k + 1]), [*place, r.sign(le(0, k), ["range"])], at=k)
        new, old = c[a, k + 2] * h[a, k + 2], c[a, k + 1] * h[a, k + 1]
        sure = [substitute(term, {"i": at_bit}) for term in (LETTER, LITERAL, SQUARE)]
        by = [at("letters", a=a, i=at_bit), at("literals", a=a, i=at_bit), at("squares", i=at_bit), *ranges]

        def case(q: Derivation, facts: list[str], values: list[int]) -> None:
            if values == [0]:
                mean = averaged(q, sure, eq(new, old), by, lambda s, names: s.rewrite(substitute(eq(new, old), OWN), using=[*names[:2], *facts]))
                q.rewrite(held(k + 1), using=[mean, before, split, *facts])
                return
            then = eq(new, old * X[at_bit] / 2 + s[a, at_bit] * old / 2)

            def pointwise(t: Derivation, names: list[str]) -> None:
                opened = t.rewrite(eq(substitute(new, OWN), substitute(old * X[at_bit] * (1 + s[a, at_bit] * X[at_bit]) / 2, OWN)), using=[*names[:2], *facts])
                t.combine(substitute(then, OWN), {opened: 1, names[2]: substitute(old, OWN) * s[a, at_bit] / 2})

            mean = averaged(q, sure, then, by, pointwise)
            fair = q.restate(eq(E(old * X[at_bit]), 0), [at("fair_clauses", a=a, i=at_bit), *ranges])
            half = q.combine(eq(E(new), s[a, at_bit] * E(old) / 2), {mean: 1, fair: sp.Rational(1, 2)})
            options = q.restate(Any_(eq(s[a, at_bit], 1), eq(s[a, at_bit], -1)), [at("signs", a=a, i=at_bit), *ranges])

            def signed(t: Derivation, name: str) -> None:
                value = t.rewrite(eq(E(new) ** 2, E(old) ** 2 / 4), using=[half, name])
                power = t.rewrite(eq(sp.Integer(2) ** (-2 * size(k + 1)), sp.Integer(2) ** (-2 * size(k)) / 4), using=[split, *facts])
                t.combine(held(k + 1), {value: 1, before: sp.Rational(1, 4), power: -1})

            q.cases(held(k + 1), {"plus": eq(s[a, at_bit], 1), "minus": eq(s[a, at_bit], -1)}, signed, [options])

        zero_or_one(r, [a], at_bit, ranges, held(k + 1), case)

    end = along(p, sp.Integer(0), held, base, further)
    many = p.restate(eq(size(d), n), [at("size", a=a), *A_RANGE])
    p.transfer(COEFFICIENT.then, end, [many])


def derive(p: Derivation) -> None:
    squares = p.for_all((a,), IN_A, unit_square)
    goal = ORTHONORMAL.then

    def pair(q: Derivation) -> None:
        def choice(r: Derivation, name: str) -> None:
            unit = r.step("unit", eq(sp.KroneckerDelta(a, b), 1 if name == "same" else 0), [name])
            if name == "same":
                square = r.restate(eq(E(c[b, d + 1] ** 2), 1), [at(squares, a=b), *B_RANGE])
                value = r.rewrite(eq(E(c[a, d + 1] * c[b, d + 1]), 1), using=["same", square])
            else:
                fact = r.restate(Exists((i,), BIT, ne(J[a, i], J[b, i])), [at("distinct", a=a, b=b), *A_RANGE, *B_RANGE, "other"])
                part = r.part((i,), {"low": BIT[0], "high": BIT[1], "holds": ne(J[a, i], J[b, i])}, lambda t: from_first(t, [a, b], [*A_RANGE, *B_RANGE]))
                value = r.step("obtain", eq(E(c[a, d + 1] * c[b, d + 1]), 0), [fact], parts=(part,))
            r.combine(goal, {value: 1, unit: -1})

        q.cases(goal, {"same": eq(a, b), "other": ne(a, b)}, choice)

    orthonormal = p.for_all((a, b), {**IN_A, **IN_B}, pair)
    flat = p.for_all((a,), IN_A, centred)
    p.restate(CONCLUSION, [orthonormal, flat, p.for_all((a,), IN_A, coefficient)])


def point(bits: int, code: int) -> tuple[sp.Expr, ...]:
    """One input of the cube."""
    return tuple(sp.Integer(1 - 2 * (code >> place & 1)) for place in range(bits))


def cube(bits: int, chosen: list[tuple[int, ...]], signs: list[tuple[int, ...]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Values and, for each input, outcomes of these sets with these signs."""
    one = sp.Integer(1)
    members = tuple(tuple(sp.Integer(place in own) for place in range(bits)) for own in chosen)
    turned = tuple(tuple(sp.Integer(row[own.index(place)] if place in own else 1) for place in range(bits)) for own, row in zip(chosen, signs, strict=True))
    outcomes: list[dict[str, Any]] = []
    for code in range(2**bits):
        x = point(bits, code)
        characters, clauses = [], []
        for own, row in zip(members, turned, strict=True):
            letters, literals = [one], [one]
            for place in range(bits):
                letters.append(letters[-1] * (x[place] if own[place] else one))
                literals.append(literals[-1] * ((1 + row[place] * x[place]) / 2 if own[place] else one))
            characters.append(tuple(letters))
            clauses.append(tuple(literals))
        outcomes.append({"X": x, "c": tuple(characters), "h": tuple(clauses)})
    return {"d": bits, "N": len(chosen), "J": members, "s": turned}, outcomes


def sample(draw: Draw) -> Sample:
    bits = draw.integer(1, 3)
    chosen_size = draw.integer(1, bits)
    chosen = list(combinations(range(bits), chosen_size))[: draw.integer(0, 3)]
    signs = [tuple(1 - 2 * draw.integer(0, 1) for _ in own) for own in chosen]
    values, outcomes = cube(bits, chosen, signs)
    return Sample({**values, "n": chosen_size}, tuple((sp.Rational(1, 2**bits), outcome) for outcome in outcomes))


CLAIM = Entry(
    Claim("tree:clause-count/characters", "Characters and clauses on the uniform cube", Source("ours", "Fourier analysis on the cube"), "ours", "identity",
          HYPOTHESES, CONCLUSION),
    derive, sample,
)
