"""What holds of F at each temperature holds of F_h(T) at each T: at T the new family is F at h(T), and nothing else is asked.

F(i, p, T) is entry i of F_T(p), on the temperatures with dom(T) >= 0, zeros of p included.  Passed on to h are: F_T(p) is a law (/simplex); F_T
ranks (/ranking); with h(1) = 1 it is the identity at 1 (/identity), with h rising it majorises (/majorisation), with h(T) -> oo it keeps the
hot limit (/hot-limit); F_T commutes with permutations (/equivariance), with restriction to the classes 1..k, where K(i, q, T) is F on k classes (/restriction); it is affine
(/affine), has l1 constant L(T) (/lipschitz), does not expand KL (/divergence); with h(T) h(T2) = h(T T2) it composes (/semigroup); and with
h(T) -> 0 as T -> 0 it keeps the cold limit (/cold-limit).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt
from theorems.softening._separable import ORDERED
from theorems.softening.generator_continuous import obtain
from theorems.softening.separable_straight import terms
from theorems.vocabulary import T2, T, V, each, i, j, k, law, p, q, r, sp, total

OURS = Source("ours", "this project")
F, K, h, dom, L = (sp.Function(name) for name in ("F", "K", "h", "dom", "L"))
s_ = sp.IndexedBase("s", integer=True)
f, g = sp.IndexedBase("f"), sp.IndexedBase("g")
c, e, M, N = sp.symbols("c e M N", real=True)
top = sp.Symbol("N", integer=True)
Clock = Callable[[sp.Expr], sp.Expr]


def own(temperature: sp.Expr) -> sp.Expr:
    return temperature


def new(temperature: sp.Expr) -> sp.Expr:
    return h(temperature)


def image(family: sp.IndexedBase, temperature: sp.Expr) -> Callable[[sp.Expr], sp.Expr]:
    return lambda a: F(a, family, temperature)


def simplex(clock: Clock) -> ForAll:
    return ForAll((p, T), (ge(dom(clock(T)), 0), law(p)), law(image(p, clock(T))))


def equivariance(clock: Clock) -> ForAll:
    moved = each(lambda a: eq(r[a], p[s_[a]]))
    return ForAll((p, r, T), (ge(dom(clock(T)), 0), law(p), moved), each(lambda a: eq(F(a, r, clock(T)), F(s_[a], p, clock(T)))))


def restriction(clock: Clock) -> ForAll:
    kept = each(lambda a: eq(q[a] * total(lambda b: p[b], k), p[a]), k)
    then = each(lambda a: eq(K(a, q, clock(T)) * total(image(p, clock(T)), k), F(a, p, clock(T))), k)
    return ForAll((p, q, T), (ge(dom(clock(T)), 0), law(p), gt(total(lambda b: p[b], k), 0), kept), then)


def affine(clock: Clock) -> ForAll:
    mixed = each(lambda a: eq(r[a], (1 - c) * p[a] + c * q[a]))
    then = each(lambda a: eq(F(a, r, clock(T)), (1 - c) * F(a, p, clock(T)) + c * F(a, q, clock(T))))
    return ForAll((p, q, r, c, T), (ge(dom(clock(T)), 0), law(p), law(q), ge(c, 0), le(c, 1), mixed), then)


def lipschitz(clock: Clock) -> ForAll:
    apart = total(lambda a: sp.Abs(F(a, p, clock(T)) - F(a, q, clock(T))))
    return ForAll((p, q, T), (ge(dom(clock(T)), 0), law(p), law(q)), le(apart, L(clock(T)) * total(lambda a: sp.Abs(p[a] - q[a]))))


def divergence(clock: Clock) -> ForAll:
    given = (ge(dom(clock(T)), 0), law(p), law(q), terms(f, p, q), terms(g, image(p, clock(T)), image(q, clock(T))))
    return ForAll((p, q, f, g, T), given, le(total(lambda a: g[a]), total(lambda a: f[a])))


def semigroup(clock: Clock) -> ForAll:
    given = (ge(dom(clock(T)), 0), ge(dom(clock(T2)), 0), ge(dom(clock(T * T2)), 0), law(p), each(lambda a: eq(q[a], F(a, p, clock(T)))))
    return ForAll((p, q, T, T2), given, each(lambda a: eq(F(a, q, clock(T2)), F(a, p, clock(T * T2)))))


def ranking(clock: Clock) -> ForAll:
    given = (ge(dom(clock(T)), 0), law(p), le(1, i), le(i, V), le(1, j), le(j, V), gt(p[i], p[j]))
    return ForAll((p, T, i, j), given, gt(F(i, p, clock(T)), F(j, p, clock(T))))


BY_TEMPERATURE: Mapping[str, Callable[[Clock], ForAll]] = {
    "simplex": simplex, "ranking": ranking, "equivariance": equivariance, "restriction": restriction, "affine": affine, "lipschitz": lipschitz, "divergence": divergence,
}


def passing(rule: Callable[[Clock], ForAll]) -> Callable[[Derivation], object]:
    """The statement at T is that of F at h(T)."""
    def derive(d: Derivation) -> None:
        goal = rule(new)
        names = {f"g{n}": condition for n, condition in enumerate(goal.given)}

        def body(s: Derivation) -> None:
            values = {str(v): (h(T) if v == T else v) for v in goal.variables}
            s.restate(goal.then, [at("own", **values), *names])

        d.for_all(goal.variables, names, body)

    return derive


def still(clock: Clock) -> ForAll:
    return ForAll((p,), (law(p),), each(lambda a: eq(F(a, p, clock(sp.Integer(1))), p[a])))


def derive_identity(d: Derivation) -> None:
    d.transfer(still(new), "own", ["one"])


def majorisation(clock: Clock) -> ForAll:
    heads = each(lambda a: le(total(image(p, clock(T2)), a), total(image(p, clock(T)), a)), V, k)
    return ForAll((p, T, T2), (ge(dom(clock(T)), 0), ge(dom(clock(T2)), 0), le(T, T2), law(p), ORDERED), heads)


RISES = ForAll((T, T2), (ge(dom(h(T)), 0), ge(dom(h(T2)), 0), le(T, T2)), le(h(T), h(T2)))


def derive_majorisation(d: Derivation) -> None:
    goal = majorisation(new)
    names = dict(zip(("in", "in2", "order", "p", "falls"), goal.given, strict=True))

    def body(s: Derivation) -> None:
        later = s.restate(le(h(T), h(T2)), [at("rises", T=T, T2=T2), "in", "in2", "order"])
        s.restate(goal.then, [at("own", p=p, T=h(T), T2=h(T2)), "in", "in2", later, "p", "falls"])

    d.for_all(goal.variables, names, body)


def hot(clock: Clock, bound: sp.Symbol) -> Exists:
    near = each(lambda a: All(lt(F(a, p, clock(T)), 1 / V + e), gt(F(a, p, clock(T)), 1 / V - e)))
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, bound), ge(dom(clock(T)), 0)), near))


BEYOND = Exists((c,), (gt(c, 0),), ForAll((T,), (gt(T, c), ge(dom(h(T)), 0)), gt(h(T), M)))
GROWS = ForAll((M,), (gt(M, 0),), BEYOND)


def derive_hot(d: Derivation) -> None:
    first, goal = hot(own, M), hot(new, M)

    def later(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            late = t.restate(gt(h(T), M), [at("past", T=T), "late", "in"])
            t.restate(goal.then.then, [at("near", T=h(T)), late, "in"])  # type: ignore[attr-defined]

        s.exhibit(goal, [s.for_all((T,), {"late": gt(T, c), "in": ge(dom(h(T)), 0)}, there), "c"], M=c)

    obtain(d, goal, "own", first, ("M", "near"), lambda s: obtain(s, goal, s.restate(BEYOND, [at("grows", M=M), "M"]), BEYOND, ("c", "past"), later))


def composing(clock: Clock) -> ForAll:
    """What the semigroup of F says at two of its own temperatures x and y."""
    x, y = clock(T), clock(T2)
    given = (ge(dom(x), 0), ge(dom(y), 0), ge(dom(x * y), 0), law(p), each(lambda a: eq(q[a], F(a, p, x))))
    return ForAll((p, q, T, T2), given, each(lambda a: eq(F(a, q, y), F(a, p, x * y))))


TIMES = ForAll((T, T2), (ge(dom(h(T)), 0), ge(dom(h(T2)), 0)), eq(h(T) * h(T2), h(T * T2)))


def derive_semigroup(d: Derivation) -> None:
    goal = semigroup(new)
    names = {f"g{n}": condition for n, condition in enumerate(goal.given)}

    def body(s: Derivation) -> None:
        same = s.restate(eq(h(T) * h(T2), h(T * T2)), [at("times", T=T, T2=T2), "g0", "g1"])
        inside = s.transfer(ge(dom(h(T) * h(T2)), 0), "g2", [same])
        found = s.restate(each(lambda a: eq(F(a, q, h(T2)), F(a, p, h(T) * h(T2)))), [at("own", p=p, q=q, T=h(T), T2=h(T2)), "g0", "g1", inside, "g3", "g4"])
        s.transfer(goal.then, found, [same])

    d.for_all(goal.variables, names, body)


def cold(clock: Clock, bound: sp.Symbol) -> Exists:
    tops = each(lambda a: All(lt(F(a, p, clock(T)), 1 / top + e), gt(F(a, p, clock(T)), 1 / top - e)), top)
    rest = each(lambda a: All(ge(F(a, p, clock(T)), 0), lt(F(a, p, clock(T)), e)), V, i, top + 1)
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, 0), lt(T, bound), ge(dom(clock(T)), 0)), All(tops, rest)))


PAST = Exists((c,), (gt(c, 0),), ForAll((T,), (gt(T, 0), lt(T, c), ge(dom(h(T)), 0)), All(gt(h(T), 0), lt(h(T), M))))
SHRINKS = ForAll((M,), (gt(M, 0),), PAST)


def derive_cold(d: Derivation) -> None:
    first, goal = cold(own, M), cold(new, M)

    def later(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            both = t.restate(All(gt(h(T), 0), lt(h(T), M)), [at("past", T=T), "up", "early", "in"])
            sides = t.restate(gt(h(T), 0), [both]), t.restate(lt(h(T), M), [both])
            t.restate(goal.then.then, [at("near", T=h(T)), *sides, "in"])  # type: ignore[attr-defined]

        shown = s.for_all((T,), {"up": gt(T, 0), "early": lt(T, c), "in": ge(dom(h(T)), 0)}, there)
        s.exhibit(goal, [shown, "c"], M=c)

    def inner(s: Derivation) -> None:
        obtain(s, goal, s.restate(PAST, [at("shrinks", M=M), "M"]), PAST, ("c", "past"), later)

    obtain(d, goal, "own", first, ("M", "near"), inner)


def mixing(size: int) -> sp.Lambda:
    a, t, family = sp.Symbol("a", integer=True), sp.Symbol("t", real=True), sp.IndexedBase("w")
    return sp.Lambda((a, family, t), family[a] / t + (1 - 1 / t) / size)


def sample(draw: Draw) -> Sample:
    """Mixing at T^2, on T >= 1."""
    t = sp.Symbol("t", real=True)
    size, share, heat = draw.integer(1, 3), draw.rational(0, 1), draw.rational(1, 3)
    first, second = draw.law(size), draw.law(size)
    order, rest = [], list(range(1, size + 1))
    while rest:
        order.append(rest.pop(draw.integer(0, len(rest) - 1)))
    moved = tuple(first[n - 1] for n in order)
    mixed = tuple((1 - share) * a + share * b for a, b in zip(first, second, strict=True))
    return Sample({"V": size, "p": first, "q": second, "r": mixed if draw.integer(0, 1) else moved, "s": tuple(order), "c": share, "T": heat, "F": mixing(size), "h": sp.Lambda(t, t**2),
                   "dom": sp.Lambda(t, t - 1), "L": sp.Lambda(t, 1 / t)})


def divergent(draw: Draw) -> Sample:
    t = sp.Symbol("t", real=True)
    size, heat = draw.integer(1, 3), draw.rational(1, 3)
    first, second = draw.law(size, zeros=True), draw.law(size)
    images = [tuple(a / heat**2 + (1 - 1 / heat**2) / size for a in masses) for masses in (first, second)]
    parts = [tuple(a * sp.log(a / b) if a > 0 else sp.Integer(0) for a, b in zip(*pair, strict=True)) for pair in ((first, second), images)]
    return Sample({"V": size, "p": first, "q": second, "f": parts[0], "g": parts[1], "T": heat, "F": mixing(size), "h": sp.Lambda(t, t**2), "dom": sp.Lambda(t, t - 1)})


def root(draw: Draw, composed: bool = False) -> Sample:
    """Power at T^2, restricted to its first classes or composed, on T > 0."""
    t, a, family = sp.Symbol("t", real=True), sp.Symbol("a", integer=True), sp.IndexedBase("w")
    size = draw.integer(1, 3)
    kept, masses = draw.integer(1, size), draw.law(size)
    whole = lambda length: sp.Lambda((a, family, t), family[a] ** (1 / t) / sp.Add(*(family[b + 1] ** (1 / t) for b in range(length))))  # noqa: E731
    heat, hotter = sp.Integer(draw.integer(1, 2)), sp.Integer(draw.integer(1, 2))
    cut = tuple(b / sum(masses[:kept]) for b in masses[:kept])
    warm = tuple(b ** (1 / heat**2) / sum(x ** (1 / heat**2) for x in masses) for b in masses)
    return Sample({"V": size, "k": kept, "p": masses, "q": warm if composed else cut, "T": heat, "T2": hotter, "F": whole(size), "K": whole(kept), "h": sp.Lambda(t, t**2), "dom": sp.Lambda(t, 2 * t)})


def frozen(draw: Draw) -> Sample:
    """Softmax of probabilities at T^2 for small T."""
    t, a, family = sp.Symbol("t", real=True), sp.Symbol("a", integer=True), sp.IndexedBase("w")
    size = draw.integer(1, 3)
    parts = [sp.Integer(8)] + [sp.Integer(draw.integer(0, 4)) for _ in range(size - 1)]
    masses = tuple(b / sum(parts) for b in parts)
    rule = sp.Lambda((a, family, t), sp.exp(family[a] / t) / sp.Add(*(sp.exp(family[b + 1] / t) for b in range(size))))
    return Sample({"V": size, "N": sp.Integer(1), "p": masses, "e": draw.rational("1/4", 1), "M": sp.Rational(1, 64), "c": sp.Rational(1, 8), "T": sp.Rational(1, 128), "F": rule,
                   "h": sp.Lambda(t, t**2), "dom": sp.Lambda(t, 2 * t)})


def falling(draw: Draw) -> Sample:
    t = sp.Symbol("t", real=True)
    size, heat = draw.integer(1, 3), draw.rational(1, 3)
    return Sample({"V": size, "p": tuple(sorted(draw.law(size), reverse=True)), "T": heat, "T2": heat + 1, "F": mixing(size), "h": sp.Lambda(t, 2 * t - 1), "dom": sp.Lambda(t, t - 1)})


def warm(draw: Draw) -> Sample:
    t = sp.Symbol("t", real=True)
    return Sample({"V": (size := draw.integer(1, 3)), "p": draw.law(size), "e": draw.rational("1/4", 1), "M": sp.Integer(100), "c": sp.Integer(100), "T": sp.Integer(1000), "F": mixing(size),
                   "h": sp.Lambda(t, t**2), "dom": sp.Lambda(t, t - 1)})


SAMPLES = {"restriction": root, "divergence": divergent}
CLAIMS = (
    *(Entry(Claim(f"op:reparametrisation/{name}", f"A new clock keeps: {name}", OURS, "ours", "implication", (("own", rule(own)),), rule(new)),
            passing(rule), SAMPLES.get(name, sample)) for name, rule in BY_TEMPERATURE.items()),
    Entry(Claim("op:reparametrisation/semigroup", "A multiplicative clock keeps composition", OURS, "ours", "implication",
                (("own", composing(own)), ("times", TIMES)), semigroup(new)), derive_semigroup, lambda draw: root(draw, composed=True)),
    Entry(Claim("op:reparametrisation/identity", "A clock that keeps 1 keeps the identity", OURS, "ours", "implication",
                (("own", still(own)), ("one", eq(h(1), 1))), still(new)), derive_identity, sample),
    Entry(Claim("op:reparametrisation/majorisation", "A rising clock keeps majorisation", OURS, "ours", "implication",
                (("own", majorisation(own)), ("rises", RISES)), majorisation(new)), derive_majorisation, falling),
    Entry(Claim("op:reparametrisation/hot-limit", "A clock without bound keeps the hot limit", OURS, "ours", "implication",
                (("own", hot(own, M)), ("grows", GROWS)), hot(new, M)), derive_hot, warm),
    Entry(Claim("op:reparametrisation/cold-limit", "A clock that reaches 0 keeps the cold limit", OURS, "ours", "implication",
                (("own", cold(own, M)), ("shrinks", SHRINKS)), cold(new, M)), derive_cold, frozen),
)
