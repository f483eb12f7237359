"""A new clock keeps a softening legal: F at h(T), h rising, h(1) = 1, h(T) -> oo with T.

For each law p alone, of the path T -> F_T(p) on the temperatures with dom(T) >= 0: entries that sum to 1, ranking (A1), entropy (A3),
identity (A4), the hot limit (A5) and head sums that fall (majorisation) pass on to F_h(T)(p), on the temperatures with dom(h(T)) >= 0.
Continuity (A2): where F is continuous at (p, h(T)) and h at T, the new family is continuous at (p, T).
"""

from collections.abc import Callable

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T2, T, V, each, entropy, i, j, k, p, r, sp, total

OURS = Source("ours", "this project")
f, F, h, dom = (sp.Function(name) for name in ("f", "F", "h", "dom"))
e, e1, d_, d1, d2, M, N = sp.symbols("e e1 d d1 d2 M N", real=True)
Clock = Callable[[sp.Expr], sp.Expr]
RANGE = (le(1, i), le(i, V), le(1, j), le(j, V))


def own(temperature: sp.Expr) -> sp.Expr:
    return temperature


def new(temperature: sp.Expr) -> sp.Expr:
    return h(temperature)


def entries(clock: Clock) -> Proposition:
    rule = lambda a: f(a, clock(T))  # noqa: E731
    return ForAll((T,), (ge(dom(clock(T)), 0),), All(each(lambda a: gt(rule(a), 0)), eq(total(rule), 1)))


def ranking(clock: Clock) -> Proposition:
    return ForAll((T, i, j), (ge(dom(clock(T)), 0), *RANGE, gt(p[i], p[j])), gt(f(i, clock(T)), f(j, clock(T))))


def hotter(clock: Clock) -> Proposition:
    """Entropy rises and head sums fall."""
    first, second = (lambda a: f(a, clock(T))), (lambda a: f(a, clock(T2)))
    heads = each(lambda s: le(total(second, s), total(first, s)), V, k)
    return ForAll((T, T2), (ge(dom(clock(T)), 0), ge(dom(clock(T2)), 0), le(T, T2)), All(ge(entropy(second), entropy(first)), heads))


def identity(clock: Clock) -> Proposition:
    return each(lambda a: eq(f(a, clock(sp.Integer(1))), p[a]))


def hot(clock: Clock) -> Exists:
    near = each(lambda a: All(lt(f(a, clock(T)), 1 / V + e), gt(f(a, clock(T)), 1 / V - e)))
    return Exists((M,), (gt(M, 0),), ForAll((T,), (gt(T, M), ge(dom(clock(T)), 0)), near))


RISES = ForAll((T, T2), (gt(T, 0), le(T, T2)), le(h(T), h(T2)))
GROWS = ForAll((M,), (gt(M, 0),), Exists((N,), (gt(N, 0),), ForAll((T,), (gt(T, N),), gt(h(T), M))))
WARM = ForAll((T,), (ge(dom(h(T)), 0),), gt(T, 0))
CONCLUSION: Proposition = All(entries(new), ranking(new), hotter(new), identity(new), hot(new))


def derive(d: Derivation) -> None:
    positive = d.for_all((T,), {"in": ge(dom(h(T)), 0)}, lambda s: s.restate(entries(new).then, [at("entries", T=h(T)), "in"]))  # type: ignore[attr-defined]
    names = {"in": ge(dom(h(T)), 0), **dict(zip(("i_low", "i_high", "j_low", "j_high"), RANGE, strict=True)), "order": gt(p[i], p[j])}
    ranks = d.for_all((T, i, j), names, lambda s: s.restate(gt(f(i, h(T)), f(j, h(T))), [at("ranking", T=h(T), i=i, j=j), *names]))

    def rise(s: Derivation) -> None:
        warm = s.restate(gt(T, 0), [at("warm", T=T), "in"])
        later = s.restate(le(h(T), h(T2)), [at("rises", T=T, T2=T2), warm, "order"])
        s.restate(hotter(new).then, [at("hotter", T=h(T), T2=h(T2)), "in", "in2", later])  # type: ignore[attr-defined]

    rising = d.for_all((T, T2), {"in": ge(dom(h(T)), 0), "in2": ge(dom(h(T2)), 0), "order": le(T, T2)}, rise)
    still = d.transfer(identity(new), "identity", ["one"])

    def limit(s: Derivation) -> None:
        there = GROWS.then  # type: ignore[attr-defined]
        found = s.restate(there, [at("grows", M=M), "M"])
        obtain(s, hot(new), found, there, ("N", "past"), late)

    def late(s: Derivation) -> None:
        def at_heat(t: Derivation) -> None:
            high = t.restate(gt(h(T), M), [at("past", T=T), "late"])
            t.restate(hot(new).then.then, [at("near", T=h(T)), high, "in"])  # type: ignore[attr-defined]

        shown = s.for_all((T,), {"late": gt(T, N), "in": ge(dom(h(T)), 0)}, at_heat)
        s.exhibit(hot(new), [shown, "N"], M=N)

    hots = obtain(d, hot(new), "hot", hot(own), ("M", "near"), limit)
    d.restate(CONCLUSION, [positive, ranks, rising, still, hots])


def near(clock: Clock, distance: sp.Expr) -> Proposition:
    """F is within e of F_clock(T)(p) where r and T2 are within `distance` of p and of T."""
    close = each(lambda a: All(lt(r[a], p[a] + distance), gt(r[a], p[a] - distance)))
    here = (lt(clock(T2), h(T) + distance), gt(clock(T2), h(T) - distance)) if clock is own else (lt(T2, T + distance), gt(T2, T - distance))
    there = each(lambda a: All(lt(F(a, r, clock(T2)), F(a, p, h(T)) + e), gt(F(a, r, clock(T2)), F(a, p, h(T)) - e)))
    return ForAll((r, T2), (ge(dom(clock(T2)), 0), *here, close), there)


TIMELY = ForAll((e1,), (gt(e1, 0),), Exists((d1,), (gt(d1, 0),), ForAll((T2,), (lt(T2, T + d1), gt(T2, T - d1)), All(lt(h(T2), h(T) + e1), gt(h(T2), h(T) - e1)))))
JOINT = Exists((d_,), (gt(d_, 0),), near(new, d_))


def derive_joint(d: Derivation) -> None:
    def outer(s: Derivation) -> None:
        there = Exists((d1,), (gt(d1, 0),), ForAll((T2,), (lt(T2, T + d1), gt(T2, T - d1)), All(lt(h(T2), h(T) + d2), gt(h(T2), h(T) - d2))))
        obtain(s, JOINT, s.restate(there, [at("timely", e1=d2), "d2"]), there, ("d1", "clock"), inner)

    def inner(s: Derivation) -> None:
        least = d1 * d2 / (d1 + d2)
        close = lambda distance: each(lambda a: All(lt(r[a], p[a] + distance), gt(r[a], p[a] - distance)))  # noqa: E731

        def there(t: Derivation) -> None:
            over, under = t.sign(lt(T2, T + d1), ["up", "d1", "d2"]), t.sign(gt(T2, T - d1), ["down", "d1", "d2"])
            times = t.restate(All(lt(h(T2), h(T) + d2), gt(h(T2), h(T) - d2)), [at("clock", T2=T2), over, under])

            def entry(u: Derivation) -> None:
                both = u.restate(close(least).then, [at("close", i=i), "low", "high"])  # type: ignore[attr-defined]
                one = u.sign(lt(r[i], p[i] + d2), [u.restate(lt(r[i], p[i] + least), [both]), "d1", "d2"])
                two = u.sign(gt(r[i], p[i] - d2), [u.restate(gt(r[i], p[i] - least), [both]), "d1", "d2"])
                u.restate(close(d2).then, [one, two])  # type: ignore[attr-defined]

            wide = t.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)
            sides = t.restate(lt(h(T2), h(T) + d2), [times]), t.restate(gt(h(T2), h(T) - d2), [times])
            t.restate(near(new, d_).then, [at("images", r=r, T2=h(T2)), "in", *sides, wide])  # type: ignore[attr-defined]

        names = {"in": ge(dom(h(T2)), 0), "up": lt(T2, T + least), "down": gt(T2, T - least), "close": close(least)}
        shown = s.for_all((r, T2), names, there)
        s.exhibit(JOINT, [shown, s.sign(gt(least, 0), ["d1", "d2"]), "d1", "d2"], d=least)

    found = Exists((d2,), (gt(d2, 0),), near(own, d2))
    obtain(d, JOINT, d.restate(found, ["continuous"]), found, ("d2", "images"), outer)


def clocks(draw: Draw) -> dict[str, object]:
    """Mixing at T^2, T^3 or 2T - 1, on T >= 1."""
    t = sp.Symbol("t", real=True)
    return {"h": sp.Lambda(t, (t**2, t**3, 2 * t - 1)[draw.integer(0, 2)]), "dom": sp.Lambda(t, t - 1)}


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 3)
    masses, a, t = tuple(sorted(draw.law(size), reverse=True)), sp.Symbol("a", integer=True), sp.Symbol("t", real=True)
    path = sp.Add(*(value * sp.KroneckerDelta(a, n + 1) for n, value in enumerate(masses))) / t + (1 - 1 / t) / size
    return Sample({"V": size, "p": masses, "f": sp.Lambda((a, t), path), "e": draw.rational("1/4", 1), **clocks(draw)})


def joint_sample(draw: Draw) -> Sample:
    size = draw.integer(1, 3)
    masses, other, a, t, family = draw.law(size), draw.law(size), sp.Symbol("a", integer=True), sp.Symbol("t", real=True), sp.IndexedBase("w")
    heat = draw.rational(1, 3)
    varied = tuple(x + (y - x) / 500 for x, y in zip(masses, other, strict=True))
    return Sample({"V": size, "p": masses, "T": heat, "r": varied, "T2": heat + sp.Rational(1, 500), "e": draw.rational("1/4", 1), "d": sp.Rational(1, 100),
                   "F": sp.Lambda((a, family, t), family[a] / t + (1 - 1 / t) / size), **clocks(draw)})


CLAIMS = (
    Entry(Claim("op:reparametrisation/continuity", "A continuous clock keeps continuity", OURS, "ours", "implication",
                (("continuous", Exists((d_,), (gt(d_, 0),), near(own, d_))), ("timely", TIMELY)), JOINT), derive_joint, joint_sample),
    Entry(Claim("op:reparametrisation", "A new clock keeps a softening legal", OURS, "ours", "implication",
                (("entries", entries(own)), ("ranking", ranking(own)), ("hotter", hotter(own)), ("identity", identity(own)), ("hot", hot(own)),
                 ("one", eq(h(1), 1)), ("rises", RISES), ("grows", GROWS), ("warm", WARM)), CONCLUSION, uses=("op:reparametrisation/continuity",)),
          derive, sample),
)
