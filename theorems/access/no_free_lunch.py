"""No free lunch: a map F of the simplex that ranks (A1), commutes with restriction and is unbiased from samples is the identity.

F(x, i) is entry i of F(x), G_ji = F(e_j, i) its values at the vertices.  Restriction is stated without division: if y is x
restricted to the classes with s_i = 1 and renormalised, y_i sum s x = s_i x_i with a positive sum, then F(y) is F(x) restricted,
F(y, i) sum_l s_l F(x, l) = s_i F(x, i).  Unbiased from one token means F(x, i) = sum_j x_j G_ji (access:text-unbiased).
The derivation restricts vertices to themselves: F keeps e_j, and an affine map that keeps the vertices keeps everything.
Of legality only A1 at the vertices is used, no equivariance, and any V: a legal family with both properties is the identity at every T.
"""

import sympy as sp

from theorems.access.text_unbiased import AFFINE, INSIDE, RANGE, F, G, at_vertices, x, y
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, eq, ge, gt, le, ne
from theorems.vocabulary import V, each, i, j, law, total

e, s_ = sp.IndexedBase("e"), sp.IndexedBase("s")
l = sp.Symbol("l", integer=True)
delta = sp.KroneckerDelta
J_RANGE = {"j_low": le(1, j), "j_high": le(j, V)}
MAPS = ForAll((x,), (law(x),), law(lambda a: F(x, a)))
RANKS = ForAll((x, i, j), (law(x), *INSIDE, *J_RANGE.values(), gt(x[i], x[j])), gt(F(x, i), F(x, j)))
CHOSEN = total(lambda a: s_[a] * x[a])
RESTRICTS = ForAll((x, y, s_, i), (law(x), law(y), each(lambda a: eq(s_[a] * (1 - s_[a]), 0)), gt(CHOSEN, 0),
                                   each(lambda a: eq(y[a] * CHOSEN, s_[a] * x[a])), *INSIDE),
                   eq(F(y, i) * total(lambda a: s_[a] * F(x, a), V, l), s_[i] * F(x, i)))
VERTICES = ForAll((e, j, i), (*J_RANGE.values(), each(lambda a: eq(e[a], delta(a, j))), *INSIDE), eq(G[j, i], F(e, i)))
KEEPS = ForAll((j,), tuple(J_RANGE.values()), each(lambda a: eq(G[j, a], delta(a, j))))
CONCLUSION = ForAll((x, i), (law(x), *INSIDE), eq(F(x, i), x[i]))


def by_class(d: Derivation, goal: object, same: object, other: object, *, given: dict[str, object]) -> str:
    """`goal` for every class i, with i = j and i != j apart."""
    def entry(s: Derivation) -> None:
        s.cases(goal, {"same": eq(i, j), "other": ne(i, j)}, lambda u, way: (same if way == "same" else other)(u))  # type: ignore[operator]

    return d.for_all((i,), given, entry)


def vertices(d: Derivation) -> None:
    d.for_all((j,), J_RANGE, one_vertex)


def one_vertex(d: Derivation) -> None:
    new = d.step("define", ForAll((i,), (), eq(e[i], delta(i, j))))

    def value(s: Derivation, number: int) -> str:
        unit = s.step("unit", eq(delta(i, j), number), ["same" if number else "other"])
        return s.combine(eq(e[i], number), {at(new, i=i): 1, unit: 1})

    signs = by_class(d, ge(e[i], 0), lambda s: s.sign(ge(e[i], 0), [value(s, 1)]), lambda s: s.sign(ge(e[i], 0), [value(s, 0)]), given=RANGE)
    binary = by_class(d, eq(e[i] * (1 - e[i]), 0), lambda s: s.combine(eq(e[i] * (1 - e[i]), 0), {value(s, 1): -e[i]}),
                      lambda s: s.combine(eq(e[i] * (1 - e[i]), 0), {value(s, 0): 1 - e[i]}), given=RANGE)
    units = d.for_all((i,), RANGE, lambda s: s.restate(eq(e[i], delta(i, j)), [at(new, i=i)]))
    summed = d.step("termwise", eq(total(lambda a: e[a]), total(lambda a: delta(a, j))), [units], range=(1, V))
    picked = d.step("pick", eq(total(lambda a: delta(a, j)), 1), ["j_low", "j_high"], at=j)
    whole = d.combine(eq(total(lambda a: e[a]), 1), {summed: 1, picked: 1})
    squares = d.step("termwise", eq(total(lambda a: e[a] * (1 - e[a])), total(lambda a: sp.Integer(0))), [binary], range=(1, V))
    squares = d.combine(eq(total(lambda a: e[a] ** 2), 1), {whole: 1, squares: -1})
    some = d.combine(gt(total(lambda a: e[a] ** 2), 0), {squares: -1, d.sign(gt(1, 0)): 1})
    itself = d.for_all((i,), RANGE, lambda s: s.combine(eq(e[i] * total(lambda a: e[a] ** 2), e[i] ** 2), {squares: e[i], at(binary, i=i): 1}, ["low", "high"]))
    vertex = d.restate(law(e), [signs, whole])
    image = d.restate(law(lambda a: F(e, a)), [at("maps", x=e), vertex])
    positive = image_positive(d, new, vertex, image)
    mass = d.for_all((l,), {"l_low": le(1, l), "l_high": le(l, V)}, lambda s: s.combine(eq(e[l] * F(e, l), delta(l, j) * F(e, l)), {at(new, i=l): F(e, l)}))
    mass = d.step("termwise", eq(total(lambda a: e[a] * F(e, a), V, l), total(lambda a: delta(a, j) * F(e, a), V, l)), [mass], range=(1, V))
    kept = d.step("pick", eq(total(lambda a: delta(a, j) * F(e, a), V, l), F(e, j)), ["j_low", "j_high"], at=j)
    facts = [vertex, binary, some, itself]

    def product(s: Derivation, place: sp.Expr, names: list[str]) -> str:
        found = s.restate(eq(F(e, place) * total(lambda a: e[a] * F(e, a), V, l), e[place] * F(e, place)), [at("restricts", x=e, y=e, s=e, i=place), *facts, *names])
        return s.combine(eq(F(e, place) * F(e, j), e[place] * F(e, place)), {found: 1, mass: -F(e, place), kept: -F(e, place)})

    own = product(d, j, ["j_low", "j_high"])
    unit = d.combine(eq(e[j], 1), {at(new, i=j): 1})
    one = d.combine(eq(F(e, j), 1), {own: 1 / F(e, j), unit: 1}, [positive])

    def entry(s: Derivation) -> None:
        found = s.restate(eq(G[j, i], F(e, i)), [at("vertices", e=e, j=j, i=i), "j_low", "j_high", units, "low", "high"])

        def case(u: Derivation, way: str) -> None:
            known = u.step("unit", eq(delta(i, j), 1 if way == "same" else 0), [way])
            if way == "same":
                same = u.transfer(eq(F(e, i), 1), one, [way])
                u.combine(eq(G[j, i], delta(i, j)), {found: 1, same: 1, known: -1})
            else:
                zero = u.combine(eq(e[i], 0), {at(new, i=i): 1, known: 1})
                none = u.combine(eq(F(e, i), 0), {product(u, i, ["low", "high"]): 1, one: -F(e, i), zero: F(e, i)})
                u.combine(eq(G[j, i], delta(i, j)), {found: 1, none: 1, known: -1})

        s.cases(eq(G[j, i], delta(i, j)), {"same": eq(i, j), "other": ne(i, j)}, case)

    d.for_all((i,), RANGE, entry)


def image_positive(d: Derivation, new: str, vertex: str, image: str) -> str:
    """F(e_j, j) > 0: else A1 would put every entry of F(e_j) at or below 0."""
    def absurd(s: Derivation) -> None:
        def other(u: Derivation) -> None:
            unit = u.step("unit", eq(delta(i, j), 0), ["other"])
            order = u.combine(gt(e[j], e[i]), {at(new, i=j): -1, at(new, i=i): 1, unit: 1, u.sign(gt(1, 0)): 1})
            below = u.restate(gt(F(e, j), F(e, i)), [at("ranks", x=e, i=j, j=i), vertex, "j_low", "j_high", "low", "high", order])
            u.combine(le(F(e, i), 0), {below: 1, "none": 1})

        every = by_class(s, le(F(e, i), 0), lambda u: u.transfer(le(F(e, i), 0), "none", ["same"]), other, given=RANGE)
        total_ = s.step("termwise", le(total(lambda a: F(e, a)), total(lambda a: sp.Integer(0))), [every], range=(1, V))
        s.combine(le(1, 0), {total_: 1, s.restate(eq(total(lambda a: F(e, a)), 1), [image]): -1})

    return d.contradiction(gt(F(e, j), 0), absurd, negated="none")


def derive(d: Derivation) -> None:
    kept = d.use("access:no-free-lunch/vertices", KEEPS, ["maps", "ranks", "restricts", "vertices"])

    def entry(s: Derivation) -> None:
        value = s.restate(eq(F(x, i), at_vertices(x)), [at("affine", x=x, i=i), "x", "low", "high"])

        def term(u: Derivation) -> None:
            row = u.restate(each(lambda a: eq(G[j, a], delta(a, j))), [at(kept, j=j), "j_low", "j_high"])
            u.combine(eq(x[j] * G[j, i], x[j] * delta(i, j)), {at(row, i=i): x[j]}, ["low", "high"])

        terms = s.for_all((j,), J_RANGE, term)
        summed = s.step("termwise", eq(at_vertices(x), total(lambda a: x[a] * delta(i, a), V, j)), [terms], range=(1, V))
        picked = s.step("pick", eq(total(lambda a: x[a] * delta(i, a), V, j), x[i]), ["low", "high"], at=i)
        s.combine(CONCLUSION.then, {value: 1, summed: 1, picked: 1})

    d.for_all((x, i), {"x": law(x), **RANGE}, entry)


def sample(draw: Draw) -> Sample:
    """Only the identity meets all the hypotheses: laws and choices of classes vary."""
    size, (f, a) = draw.integer(2, 4), (sp.IndexedBase("f"), sp.Symbol("a", integer=True))
    first, kept = draw.law(size), draw.integer(1, size)
    chosen = tuple(sp.Integer(b < kept) for b in range(size))
    mass = sum(first[:kept], sp.Integer(0))
    unit = tuple(tuple(sp.Integer(b == c) for b in range(size)) for c in range(size))
    return Sample({"V": size, "F": sp.Lambda((f, a), f[a]), "G": unit, "x": first, "s": chosen, "e": unit[draw.integer(0, size - 1)],
                   "y": tuple(c * b / mass for c, b in zip(chosen, first, strict=True))})


SOURCE = Source("SKD", "abstract (vii)")
LEGAL = (("maps", MAPS), ("ranks", RANKS), ("restricts", RESTRICTS), ("vertices", VERTICES))
CLAIMS = (
    Entry(Claim("access:no-free-lunch/vertices", "Restriction keeps the vertices", SOURCE, "ours", "identity", LEGAL, KEEPS), vertices, sample),
    Entry(Claim("access:no-free-lunch", "Unbiased and consistent under truncation: the identity alone", SOURCE, "ours", "identity", (*LEGAL, ("affine", AFFINE)),
                CONCLUSION, uses=("access:no-free-lunch/vertices",)), derive, sample),
)
