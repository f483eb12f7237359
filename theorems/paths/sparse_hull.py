"""n-sparse students at rate 1/n (Maurey, Jones, Barron; SKD (ii)): f in the convex hull of atoms of norm at most R.

Atoms g_1..g_m in R^V, weights w_j > 0 of sum 1, f = sum w_j g_j; any finite set of atoms of a Hilbert space lies in such a
space, and atoms of weight 0 are left out.  For every n >= 1 there are counts c_j, whole numbers >= 0 of sum n, so that the
combination sum (c_j/n) g_j of at most n atoms has the squared error |f - sum (c_j/n) g_j|^2 <= (R^2 - |f|^2)/n.

The counts grow one atom at a time: on average over w the next atom adds at most R^2 - |f|^2 to |n f - sum c_j g_j|^2.  For the
closed hull of infinitely many atoms the bound is false as it stands (path:sparse-hull-closed).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Exists, ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, j, k, m, n, sp, total

f, g, w, c, D = (sp.IndexedBase(name) for name in "fgwcD")
R = sp.Symbol("R", real=True)
J, taken = sp.symbols("J taken", integer=True)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
ATOMS = {"j_low": le(1, j), "j_high": le(j, m)}
ROOM = R**2 - total(lambda a: f[a] ** 2)


def mixed(weights: object, place: sp.Expr) -> sp.Expr:
    """Entry `place` of the combination of the atoms with these weights."""
    return total(lambda b: weights(b) * g[b, place], m, j)  # type: ignore[operator]


def whole(counts: object) -> Proposition:
    """Every count is a whole number >= 0."""
    return each(lambda b: Exists((k,), (le(0, k),), eq(counts(b), k)), m, j)  # type: ignore[operator]


def missed(counts: object, size: sp.Expr) -> sp.Expr:
    """|size f - sum c_j g_j|^2."""
    return total(lambda a: (size * f[a] - mixed(counts, a)) ** 2)


def after(atom: sp.Expr) -> sp.Expr:
    """|D + f - g_atom|^2."""
    return total(lambda a: (D[a] + f[a] - g[atom, a]) ** 2)


BEFORE = total(lambda a: D[a] ** 2)
STEP = Exists((J,), (le(1, J), le(J, m)), le(after(J), BEFORE + ROOM))
ONE = lambda b: c[b]  # noqa: E731
BOUND = ROOM / n
CONCLUSION = Exists((c,), (whole(ONE), eq(total(lambda b: c[b], m, j), n)), le(total(lambda a: (f[a] - mixed(lambda b: c[b] / n, a)) ** 2), BOUND))


def step(d: Derivation) -> None:
    """If every atom missed, so would the average."""
    rest, lift = BEFORE + ROOM, total(lambda a: (D[a] + f[a]) ** 2)

    def absurd(s: Derivation) -> None:
        def term(t: Derivation) -> None:
            far = t.restate(gt(after(j), rest), [at("negated", J=j), "j_low", "j_high"])
            own = t.restate(gt(w[j], 0), [at("weights", j=j), "j_low", "j_high"])
            t.combine(gt(w[j] * after(j), w[j] * rest), {far: w[j]}, [own])

        def norm(t: Derivation) -> None:
            own = t.restate(gt(w[j], 0), [at("weights", j=j), "j_low", "j_high"])
            small = t.restate(le(total(lambda a: g[j, a] ** 2), R**2), [at("norms", j=j), "j_low", "j_high"])
            t.combine(le(w[j] * total(lambda a: g[j, a] ** 2), w[j] * R**2), {small: w[j]}, [own])

        def inner(t: Derivation) -> None:
            hull = t.restate(eq(f[i], mixed(lambda b: w[b], i)), [at("hull", i=i), "i_low", "i_high"])
            t.combine(eq((D[i] + f[i]) * mixed(lambda b: w[b], i), (D[i] + f[i]) * f[i]), {hull: -(D[i] + f[i])})

        far = s.step("termwise", gt(total(lambda b: w[b] * after(b), m, j), total(lambda b: w[b] * rest, m, j)),
                     [s.for_all((j,), ATOMS, term), "atoms"], range=(1, m))
        norms = s.step("termwise", le(total(lambda b: w[b] * total(lambda a: g[b, a] ** 2), m, j), total(lambda b: w[b] * R**2, m, j)),
                       [s.for_all((j,), ATOMS, norm)], range=(1, m))
        body = w[j] * (D[i] + f[i]) * g[j, i]
        cross = s.step("exchange", eq(sp.Sum(body, (i, 1, V), (j, 1, m)), sp.Sum(body, (j, 1, m), (i, 1, V))))
        means = s.step("termwise", eq(total(lambda a: (D[a] + f[a]) * mixed(lambda b: w[b], a)), total(lambda a: (D[a] + f[a]) * f[a])),
                       [s.for_all((i,), RANGE, inner)], range=(1, V))
        s.combine(gt(0, 0), {far: 1, norms: 1, cross: -2, means: -2, "one": R**2 + lift - rest}, because="the average does not exceed the bound")

    d.contradiction(STEP, absurd, negated="negated")


def sample_step(draw: Draw) -> Sample:
    return Sample({**hull(draw), "D": draw.family(3, -2, 2)})


def hull(draw: Draw) -> dict[str, object]:
    """Atoms, weights, the point, and a radius that is at times the least one."""
    classes, count = draw.integer(1, 3), draw.integer(1, 3)
    atoms, weights = tuple(draw.family(classes, -2, 2) for _ in range(count)), draw.law(count)
    point = tuple(sum(b * atom[a] for b, atom in zip(weights, atoms, strict=True)) for a in range(classes))
    longest = sp.sqrt(max(sum(a**2 for a in atom) for atom in atoms))
    return {"V": classes, "m": count, "g": atoms, "w": weights, "f": point, "R": longest + draw.integer(0, 1)}


def derive(d: Derivation) -> None:
    """Induction on the number of atoms taken, then division by n^2."""
    def room(counts: object, size: sp.Expr) -> Proposition:
        return le(missed(counts, size), size * ROOM)

    def reached(size: sp.Expr) -> Proposition:
        return Exists((c,), (whole(ONE), eq(total(lambda b: c[b], m, j), size)), room(ONE, size))

    def base(s: Derivation) -> None:
        none = sp.Lambda((j,), sp.Integer(0))
        zeros = s.for_all((j,), ATOMS, lambda t: t.exhibit(Exists((k,), (le(0, k),), eq(0, k)), k=sp.Integer(0)))
        empty = s.rewrite(eq(total(lambda b: sp.Integer(0), m, j), 0))
        nothing = s.combine(room(none, sp.Integer(0)), {})
        s.exhibit(reached(sp.Integer(0)), [zeros, empty, nothing], c=none)

    def further(s: Derivation) -> None:
        def grown(t: Derivation) -> None:
            left = sp.Lambda((i,), taken * f[i] - mixed(ONE, i))
            best = t.use("path:sparse-hull/step", substitute(STEP, {"D": left}), [name for name, _ in FACTS], D=left)
            found = substitute(STEP, {"D": left})
            t.step("obtain", reached(taken + 1), [best], parts=(t.part((J,), {"J_low": le(1, J), "J_high": le(J, m), "best": found.then}, extended),))

        def extended(t: Derivation) -> None:
            more = sp.Lambda((j,), c[j] + sp.KroneckerDelta(j, J))

            def count(u: Derivation) -> None:
                def next_one(v: Derivation) -> None:
                    high = v.sign(le(0, k + sp.KroneckerDelta(j, J)), ["k"])
                    same = v.combine(eq(more(j), k + sp.KroneckerDelta(j, J)), {"old": 1})
                    v.exhibit(Exists((k,), (le(0, k),), eq(more(j), k)), [high, same], k=k + sp.KroneckerDelta(j, J))

                old = u.restate(Exists((k,), (le(0, k),), eq(c[j], k)), [at("whole", j=j), "b_low", "b_high"])
                u.step("obtain", Exists((k,), (le(0, k),), eq(more(j), k)), [old], parts=(u.part((k,), {"k": le(0, k), "old": eq(c[j], k)}, next_one),))

            def entry(u: Derivation) -> None:
                picked = u.step("pick", eq(total(lambda b: sp.KroneckerDelta(b, J) * g[b, i], m, j), g[J, i]), ["J_low", "J_high"], at=J)
                now, then = (taken + 1) * f[i] - mixed(more, i), taken * f[i] - mixed(ONE, i) + f[i] - g[J, i]
                same = u.combine(eq(now, then), {picked: -1})
                u.rewrite(eq(now**2, then**2), using=[same])

            counts = t.for_all((j,), {"b_low": le(1, j), "b_high": le(j, m)}, count)
            unit = t.step("pick", eq(total(lambda b: sp.KroneckerDelta(b, J), m, j), 1), ["J_low", "J_high"], at=J)
            size = t.combine(eq(total(lambda b: more(b), m, j), taken + 1), {unit: 1, "sum": 1})
            squares = t.step("termwise", eq(missed(more, taken + 1), substitute(after(J), {"D": sp.Lambda((i,), taken * f[i] - mixed(ONE, i))})),
                             [t.for_all((i,), RANGE, entry)], range=(1, V))
            bound = t.combine(room(more, taken + 1), {"best": 1, squares: 1, "room": 1})
            t.exhibit(reached(taken + 1), [counts, size, bound], c=more)

        s.step("obtain", reached(taken + 1), ["hypothesis"],
               parts=(s.part((c,), {"whole": whole(ONE), "sum": eq(total(lambda b: c[b], m, j), taken), "room": room(ONE, taken)}, grown),))

    every = d.induction(ForAll((taken,), (le(0, taken),), reached(taken)), base, further)
    last = d.restate(reached(n), [at(every, taken=n), d.sign(le(0, n), ["size"])])

    def scaled(s: Derivation) -> None:
        shares = total(lambda a: (f[a] - mixed(lambda b: c[b] / n, a)) ** 2)
        equal = s.rewrite(eq(shares, missed(ONE, n) / n**2), ["size"])
        less = s.combine(le(shares, BOUND), {equal: -1, "room": 1 / n**2}, ["size"])
        s.exhibit(CONCLUSION, ["whole", "sum", less, "size"], c=sp.Lambda((j,), c[j]))

    d.step("obtain", CONCLUSION, [last], parts=(
        d.part((c,), {"whole": whole(ONE), "sum": eq(total(lambda b: c[b], m, j), n), "room": room(ONE, n)}, scaled),))


def sample(draw: Draw) -> Sample:
    """The atoms are taken one by one, each the best; the counts are offered to the falsifier."""
    drawn, size = hull(draw), draw.integer(1, 4)
    atoms, point = drawn["g"], drawn["f"]
    counts = [0] * len(atoms)  # type: ignore[arg-type]
    for taken in range(1, size + 1):
        def gap(b: int, taken: int = taken) -> sp.Expr:
            held = [x + (a == b) for a, x in enumerate(counts)]
            return sum((taken * y - sum(x * atom[a] for x, atom in zip(held, atoms, strict=True))) ** 2 for a, y in enumerate(point))  # type: ignore

        counts[min(range(len(counts)), key=gap)] += 1
    return Sample({**drawn, "n": size, "c": tuple(counts)})
SOURCE = Source("SKD", "abstract (ii)")
FACTS = (("atoms", ge(m, 1)), ("weights", each(lambda b: gt(w[b], 0), m, j)), ("one", eq(total(lambda b: w[b], m, j), 1)),
         ("hull", each(lambda a: eq(f[a], mixed(lambda b: w[b], a)))), ("norms", each(lambda b: le(total(lambda a: g[b, a] ** 2), R**2), m, j)))
CLAIMS = (
    Entry(Claim("path:sparse-hull/step", "Some atom adds no more than the average", SOURCE, "ours", "existence", FACTS, STEP), step, sample_step),
    Entry(Claim("path:sparse-hull", "Sparse convex combinations at rate 1/n", SOURCE, "ours", "existence", (("size", ge(n, 1)), *FACTS), CONCLUSION,
                uses=("path:sparse-hull/step",)), derive, sample),
)
