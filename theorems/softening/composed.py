"""What compositions F_T after G_T keep: q, q2 are the images of the laws p, p2 under G_T, and r, r2 those of q, q2 under F_T.

Laws (/simplex), ranking (/ranking), the identity at T = 1 (/identity), permutations (/equivariance), restriction to the classes 1..k and
renormalisation (/restriction), affine maps (/affine), l1 constants (/lipschitz), KL (/divergence) and joint continuity (/continuity) pass from the
parts to the whole.  The hot limit passes from G alone where F majorises: q majorises r, so r is at most V e from u where q is e from u
(/hot-limit); the cold limit where r majorises q and F keeps ties among the N largest entries (/cold-limit).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening.generator_continuous import obtain
from theorems.softening.separable_straight import terms
from theorems.vocabulary import T2, T, V, each, i, j, k, law, p, q, r, sp, total

OURS = Source("ours", "this project")
p2, q2, r2, p3, q3, r3, a_, b_, f, g, u_ = (sp.IndexedBase(name) for name in ("p2", "q2", "r2", "p3", "q3", "r3", "a", "b", "f", "g", "u"))
s_ = sp.IndexedBase("s", integer=True)
F, G, dom = (sp.Function(name) for name in ("F", "G", "dom"))
L, M, c, d_, e, e1, near_, far_ = sp.symbols("L M c d e e1 near far", real=True)
N = sp.Symbol("N", integer=True)
SPAN = {"low": le(1, i), "high": le(i, V)}
PAIRS = {"i_low": le(1, i), "i_high": le(i, V), "j_low": le(1, j), "j_high": le(j, V)}


def ranks(one: sp.IndexedBase, two: sp.IndexedBase) -> ForAll:
    return ForAll((i, j), (*PAIRS.values(), gt(one[i], one[j])), gt(two[i], two[j]))


def derive_ranking(d: Derivation) -> None:
    def pair(s: Derivation) -> None:
        first = s.restate(gt(q[i], q[j]), [at("G", i=i, j=j), *PAIRS, "order"])
        s.restate(gt(r[i], r[j]), [at("F", i=i, j=j), *PAIRS, first])

    d.for_all((i, j), {**PAIRS, "order": gt(p[i], p[j])}, pair)


def equal(one: sp.IndexedBase, two: sp.IndexedBase, size: sp.Expr = V) -> Proposition:
    return each(lambda s: eq(one[s], two[s]), size)


def derive_identity(d: Derivation) -> None:
    def entry(s: Derivation) -> None:
        parts = [s.restate(eq(x[i], y[i]), [at(name, i=i), "low", "high"]) for x, y, name in ((q, p, "G"), (r, q, "F"))]
        s.combine(eq(r[i], p[i]), {parts[0]: 1, parts[1]: 1})

    d.for_all((i,), SPAN, entry)


def implied(one: Proposition, two: Proposition) -> Proposition:
    return ForAll((), (one,), two)


def chain(first: Proposition, middle: Proposition, last: Proposition):  # type: ignore[no-untyped-def]
    """From what G and F do with their own arguments to what the whole does."""
    def derive(d: Derivation) -> None:
        d.restate(last, [at("F"), d.restate(middle, [at("G"), "p"])])

    return (("p", first), ("G", implied(first, middle)), ("F", implied(middle, last))), last, derive


def turned(out: sp.IndexedBase, family: sp.IndexedBase) -> Proposition:
    return each(lambda s: eq(out[s], family[s_[s]]))


def cut(out: sp.IndexedBase, family: sp.IndexedBase) -> Proposition:
    """`out` is `family` on the classes 1..k, renormalised."""
    return each(lambda s: eq(out[s] * total(lambda t: family[t], k), family[s]), k)


def mixed(out: sp.IndexedBase, one: sp.IndexedBase, two: sp.IndexedBase) -> Proposition:
    return each(lambda s: eq(out[s], (1 - c) * one[s] + c * two[s]))


CHAINS = {
    "simplex": ("laws", *chain(law(p), law(q), law(r))),
    "equivariance": ("permutations", *chain(turned(p2, p), turned(q2, q), turned(r2, r))),
    "restriction": ("restriction", *chain(cut(p2, p), cut(q2, q), cut(r2, r))),
    "affine": ("affine maps", *chain(mixed(p3, p, p2), mixed(q3, q, q2), mixed(r3, r, r2))),
}


def distance(one: sp.IndexedBase, two: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: sp.Abs(one[s] - two[s]))


def derive_lipschitz(d: Derivation) -> None:
    d.combine(le(distance(r, r2), L * M * distance(p, p2)), {"F": 1, "G": M}, ["M"])


TERMS = {"f": terms(f, p, p2), "g": terms(g, q, q2), "u": terms(u_, r, r2)}


def at_most(one: sp.IndexedBase, two: sp.IndexedBase) -> Proposition:
    return le(total(lambda s: one[s]), total(lambda s: two[s]))


def derive_divergence(d: Derivation) -> None:
    first, second = d.restate(at_most(g, f), [at("G"), "f", "g"]), d.restate(at_most(u_, g), [at("F"), "g", "u"])
    d.combine(at_most(u_, f), {first: 1, second: 1})


HEADS = each(lambda s: le(total(lambda t: r[t], s), total(lambda t: q[t], s)), V, k)
ORDER = ForAll((i, j), (le(1, i), le(i, j), le(j, V)), ge(r[i], r[j]))
CLOSE = each(lambda s: All(lt(q[s], 1 / V + e), gt(q[s], 1 / V - e)))
FLAT = each(lambda s: All(lt(r[s], 1 / V + e), gt(r[s], 1 / V - V * e)))


def derive_hot(d: Derivation) -> None:
    """r_1 <= q_1; the last head but one of r is at most that of q, so r_V >= q_V: all entries lie between."""
    one = [d.sign(le(sp.Integer(1), 1), []), d.sign(le(1, V), ["V"])]
    last = d.sign(le(V, V), [])
    top = d.combine(le(r[1], q[1]), {d.restate(le(total(lambda t: r[t], 1), total(lambda t: q[t], 1)), [at("heads", k=1), *one]): 1})
    first = d.restate(lt(q[1], 1 / V + e), [d.restate(All(lt(q[1], 1 / V + e), gt(q[1], 1 / V - e)), [at("close", i=1), *one, "V"]), "V"])
    before = d.restate(le(total(lambda t: r[t], V - 1), total(lambda t: q[t], V - 1)), [at("heads", k=V - 1), d.sign(le(1, V - 1), ["V"]), d.sign(le(V - 1, V), [])])
    splits = [d.step("split", eq(total(lambda t, z=z: z[t]), total(lambda t, z=z: z[t], V - 1) + z[V]), [d.sign(le(1, V - 1), ["V"])], at=V - 1) for z in (q, r)]  # type: ignore[misc]
    masses = [d.restate(eq(total(lambda t, z=z: z[t]), 1), [name]) for z, name in ((q, "q"), (r, "r"))]  # type: ignore[misc]
    least = d.combine(ge(r[V], q[V]), {before: 1, splits[0]: -1, splits[1]: 1, masses[0]: 1, masses[1]: -1})
    low = d.restate(gt(q[V], 1 / V - e), [d.restate(All(lt(q[V], 1 / V + e), gt(q[V], 1 / V - e)), [at("close", i=V), one[1], last, "V"]), "V"])

    def entry(s: Derivation) -> None:
        high = s.restate(ge(r[1], r[i]), [at("order", i=1, j=i), one[0], "low", "high"])
        under = s.restate(ge(r[i], r[V]), [at("order", i=i, j=V), "low", "high", last])
        up = s.combine(lt(r[i], 1 / V + e), {high: 1, top: 1, first: 1}, ["V"])
        down = s.combine(gt(r[i], 1 / V - V * e), {under: 1, least: 1, low: 1, "e": V - 1}, ["V"])
        s.restate(FLAT.then, [up, down])  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


SHARPER = each(lambda s: le(total(lambda t: q[t], s), total(lambda t: r[t], s)), V, k)
TIED = each(lambda s: eq(r[s], r[1]), N)
TOPS = each(lambda s: gt(q[s], 1 / N - e), N)
SHARP = All(each(lambda s: All(le(r[s], 1 / N), gt(r[s], 1 / N - e)), N), each(lambda s: All(ge(r[s], 0), lt(r[s], N * e)), V, i, N + 1))


def derive_cold(d: Derivation) -> None:
    """The head of N entries of r is at least that of q, which is above 1 - N e; on it r is constant."""
    top = d.step("termwise", gt(total(lambda s: q[s], N), total(lambda s: 1 / N - e, N)), ["tops", "N"], range=(1, N))
    count = d.step("count", eq(total(lambda s: 1 / N - e, N), N * (1 / N - e)), ["N"])
    head = d.restate(le(total(lambda t: q[t], N), total(lambda t: r[t], N)), [at("heads", k=N), "N", "N_high"])
    same = d.step("termwise", eq(total(lambda s: r[s], N), total(lambda s: r[1], N)), ["tied"], range=(1, N))
    fill = d.step("count", eq(total(lambda s: r[1], N), N * r[1]), ["N"])
    rest = sp.Sum(r[i], (i, N + 1, V))
    split = d.step("split", eq(total(lambda t: r[t]), total(lambda t: r[t], N) + rest), ["N", "N_high"], at=N)
    mass = d.restate(eq(total(lambda t: r[t]), 1), ["r"])
    inside = d.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, lambda s: s.sign(ge(r[i], 0), ["r", s.sign(le(1, i), ["low", "N"]), "high"]))
    none = d.step("termwise", ge(rest, sp.Sum(sp.Integer(0), (i, N + 1, V))), [inside], range=(N + 1, V))
    high = d.combine(le(r[1], 1 / N), {same: -1 / N, fill: -1 / N, split: -1 / N, mass: 1 / N, none: 1 / N}, ["N"])
    low = d.combine(gt(r[1], 1 / N - e), {top: 1 / N, count: -1 / N, head: 1 / N, same: 1 / N, fill: 1 / N}, ["N"])
    few = d.combine(lt(rest, N * e), {top: 1, count: -1, head: 1, split: -1, mass: 1}, ["N"])

    def heads(s: Derivation) -> None:
        own = s.restate(eq(r[i], r[1]), [at("tied", i=i), "low", "high"])
        s.restate(SHARP.args[0].then, [s.combine(le(r[i], 1 / N), {own: 1, high: 1}, ["N"]), s.combine(gt(r[i], 1 / N - e), {own: -1, low: 1}, ["N"])])  # type: ignore[attr-defined]

    def tails(s: Derivation) -> None:
        part = s.step("member", le(r[i], rest), [inside, "low", "high"], at=i)
        s.restate(SHARP.args[1].then, [s.sign(ge(r[i], 0), ["r", s.sign(le(1, i), ["low", "N"]), "high"]), s.combine(lt(r[i], N * e), {part: 1, few: 1})])  # type: ignore[attr-defined]

    d.restate(SHARP, [d.for_all((i,), {"low": le(1, i), "high": le(i, N)}, heads), d.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, tails)])


def close_to(one: sp.IndexedBase, two: sp.IndexedBase, error: sp.Expr) -> Proposition:
    return each(lambda s: All(lt(one[s], two[s] + error), gt(one[s], two[s] - error)))


def at_heat(bound: sp.Expr) -> tuple[Proposition, ...]:
    return ge(dom(T2), 0), lt(T2, T + bound), gt(T2, T - bound)


def inner(bound: sp.Symbol, error: sp.Expr) -> Exists:
    """Images b under G_T2 of laws a close to p are close to q."""
    given = (law(a_), *at_heat(bound), close_to(a_, p, bound), each(lambda s: eq(b_[s], G(s, a_, T2))))
    return Exists((bound,), (gt(bound, 0),), ForAll((a_, b_, T2), given, All(law(b_), close_to(b_, q, error))))


def outer(bound: sp.Symbol) -> Exists:
    """Images r2 under F_T2 of laws b close to q are close to r."""
    given = (law(b_), *at_heat(bound), close_to(b_, q, bound), each(lambda s: eq(r2[s], F(s, b_, T2))))
    return Exists((bound,), (gt(bound, 0),), ForAll((b_, r2, T2), given, close_to(r2, r, e)))


def whole(bound: sp.Symbol) -> Exists:
    images = each(lambda s: eq(b_[s], G(s, a_, T2))), each(lambda s: eq(r2[s], F(s, b_, T2)))
    return Exists((bound,), (gt(bound, 0),), ForAll((a_, b_, r2, T2), (law(a_), *at_heat(bound), close_to(a_, p, bound), *images), close_to(r2, r, e)))


def derive_continuity(d: Derivation) -> None:
    goal = whole(d_)

    def far(s: Derivation) -> None:
        found = s.restate(inner(near_, far_), [at("G", e1=far_), "far"])
        obtain(s, goal, found, inner(near_, far_), ("near", "g_near"), near)

    def near(s: Derivation) -> None:
        least = near_ * far_ / (near_ + far_)

        def there(u: Derivation) -> None:
            def closer(bound: sp.Symbol) -> list[str]:
                return [u.sign(f, [name, "near", "far"]) for f, name in zip(at_heat(bound)[1:], ("hotter", "colder"), strict=True)]

            def entry(z: Derivation) -> None:
                both = z.restate(close_to(a_, p, least).then, [at("close", i=i), "low", "high", "near", "far"])  # type: ignore[attr-defined]
                sides = [z.restate(x, [both, "near", "far"]) for x in close_to(a_, p, least).then.args]  # type: ignore[attr-defined]
                z.restate(close_to(a_, p, near_).then, [z.sign(x, [y, "near", "far"]) for x, y in zip(close_to(a_, p, near_).then.args, sides, strict=True)])  # type: ignore[attr-defined]

            wide = u.for_all((i,), SPAN, entry)
            images = u.restate(All(law(b_), close_to(b_, q, far_)), [at("g_near", a=a_, b=b_, T2=T2), "a", "in", *closer(near_), wide, "first"])
            laws, image = u.restate(law(b_), [images]), u.restate(close_to(b_, q, far_), [images])
            u.restate(close_to(r2, r, e), [at("f_near", b=b_, r2=r2, T2=T2), laws, "in", *closer(far_), image, "second"])

        given = goal.then.given  # type: ignore[attr-defined]
        names = dict(zip(("a", "in", "hotter", "colder", "close", "first", "second"), (*given[:1], given[1], lt(T2, T + least), gt(T2, T - least), close_to(a_, p, least), *given[5:]), strict=True))
        shown = s.for_all((a_, b_, r2, T2), names, there)
        s.exhibit(goal, [shown, s.sign(gt(least, 0), ["near", "far"]), "near", "far"], d=least)

    obtain(d, goal, "F", outer(far_), ("far", "f_near"), far)


def mix(masses, heat: sp.Expr) -> tuple[sp.Expr, ...]:  # type: ignore[no-untyped-def]
    return tuple(x / heat + (1 - 1 / heat) / len(masses) for x in masses)


def sample(draw: Draw) -> Sample:
    """Mixing after mixing, at T = 2 and 3; at 1 for the identity."""
    two, three = (sp.Integer(1), sp.Integer(1)) if draw.integer(0, 1) else (sp.Integer(2), sp.Integer(3))
    size, part = draw.integer(2, 3), draw.rational(0, 1)
    first, order, rest = tuple(sorted(draw.law(size), reverse=True)), [], list(range(1, size + 1))
    while rest:
        order.append(rest.pop(draw.integer(0, len(rest) - 1)))
    second = tuple(first[n - 1] for n in order)
    third = tuple((1 - part) * x + part * y for x, y in zip(first, second, strict=True))
    values: dict[str, object] = {}
    for tag, masses in (("", first), ("2", second), ("3", third)):
        values |= {f"p{tag}": masses, f"q{tag}": mix(masses, two), f"r{tag}": mix(mix(masses, two), three)}
    return Sample({"V": size, "s": tuple(order), "c": part, "k": sp.Integer(size), "L": 1 / two, "M": 1 / three, "e": sp.Rational(1, 1), **values})


def divergent(draw: Draw) -> Sample:
    size = draw.integer(1, 3)
    laws = [(draw.law(size, zeros=True), draw.law(size))]
    for heat in (sp.Integer(2), sp.Integer(3)):
        laws.append((mix(laws[-1][0], heat), mix(laws[-1][1], heat)))
    parts = [tuple(x * sp.log(x / y) if x > 0 else sp.Integer(0) for x, y in zip(*pair, strict=True)) for pair in laws]
    values = {name: pair[n] for n, names in enumerate((("p", "q", "r"), ("p2", "q2", "r2"))) for name, pair in zip(names, laws, strict=True)}
    return Sample({"V": size, **values, **dict(zip("fgu", parts, strict=True))})


def sharp(draw: Draw) -> Sample:
    size = draw.integer(1, 3)
    tied = draw.integer(1, size)
    level = draw.rational("1/2", 1) if tied < size else sp.Integer(1)
    spread = lambda z: tuple([z / tied] * tied + [(1 - z) / max(size - tied, 1)] * (size - tied))  # noqa: E731
    return Sample({"V": size, "N": tied, "q": spread(level), "r": spread((1 + level) / 2), "e": sp.Rational(1, 1)})


def joint(draw: Draw) -> Sample:
    size, index, heat, family = draw.integer(1, 3), sp.Symbol("index", integer=True), sp.Symbol("heat", real=True), sp.IndexedBase("family")
    masses, other, place = draw.law(size), draw.law(size), draw.rational("3/2", 3)
    rule = sp.Lambda((index, family, heat), family[index] / heat + (1 - 1 / heat) / size)
    varied, later = tuple(x + (y - x) / 2000 for x, y in zip(masses, other, strict=True)), place + sp.Rational(1, 2000)
    return Sample({"V": size, "p": masses, "q": mix(masses, place), "r": mix(mix(masses, place), place), "a": varied, "b": mix(varied, later), "r2": mix(mix(varied, later), later), "T": place,
                   "T2": later, "F": rule, "G": rule, "dom": sp.Lambda(heat, heat - 1), "e": draw.rational("1/4", 1), "e1": sp.Rational(1, 8), "near": sp.Rational(1, 1000), "far": sp.Rational(1, 500),
                   "d": sp.Rational(1, 1000)})


CLAIMS = (
    *(Entry(Claim(f"op:composition/{name}", f"Composition keeps {what}", OURS, "ours", "implication", given, then), derive, sample) for name, (what, given, then, derive) in CHAINS.items()),
    Entry(Claim("op:composition/ranking", "Composition keeps strict order", OURS, "ours", "implication", (("G", ranks(p, q)), ("F", ranks(q, r))), ranks(p, r)), derive_ranking, sample),
    Entry(Claim("op:composition/identity", "Composition keeps the identity", OURS, "ours", "identity", (("G", equal(q, p)), ("F", equal(r, q))), equal(r, p)), derive_identity,
          lambda draw: Sample({"V": 2, **{name: tuple(masses) for masses in [draw.law(2)] for name in "pqr"}})),
    Entry(Claim("op:composition/lipschitz", "Constants of a composition multiply", OURS, "ours", "upper",
                (("M", ge(M, 0)), ("G", le(distance(q, q2), L * distance(p, p2))), ("F", le(distance(r, r2), M * distance(q, q2)))), le(distance(r, r2), L * M * distance(p, p2))),
          derive_lipschitz, sample),
    Entry(Claim("op:composition/divergence", "Composition does not expand KL where its parts do not", OURS, "ours", "upper",
                (*TERMS.items(), ("G", ForAll((), (TERMS["f"], TERMS["g"]), at_most(g, f))), ("F", ForAll((), (TERMS["g"], TERMS["u"]), at_most(u_, g)))), at_most(u_, f)), derive_divergence, divergent),
    Entry(Claim("op:composition/hot-limit", "What is majorised by a flat law is flat", OURS, "ours", "upper",
                (("V", ge(V, 2)), ("e", gt(e, 0)), ("q", law(q)), ("r", law(r)), ("order", ORDER), ("heads", HEADS), ("close", CLOSE)), FLAT), derive_hot, sample),
    Entry(Claim("op:composition/cold-limit", "What majorises a sharp law, ties kept, is sharp", OURS, "ours", "upper",
                (("N", ge(N, 1)), ("N_high", le(N, V)), ("r", law(r)), ("tied", TIED), ("heads", SHARPER), ("tops", TOPS)), SHARP), derive_cold, sharp),
    Entry(Claim("op:composition/continuity", "Compositions of continuous operators are continuous (A2)", OURS, "ours", "implication",
                (("G", ForAll((e1,), (gt(e1, 0),), inner(near_, e1))), ("F", outer(far_))), whole(d_)), derive_continuity, joint),
)
