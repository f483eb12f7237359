"""Operators that move a law straight towards the uniform one, F_T(p) = A p + (1 - A) u, where A may depend on p and T, for any V.

0 <= A <= 1: F_T(p) is a law (/simplex).  A > 0: it ranks as p does (/ranking).  A2 <= A: the image with A2 is majorised by that with A
(/majorisation, for p in falling order; images are then in falling order too).  A -> 0 as T -> oo: the hot limit, zeros included (/hot-limit).
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening._separable import ORDERED
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T, V, each, i, j, k, law, p, sp, total

OURS = Source("ours", "this project")
A, A2, e, M, N = sp.symbols("A A2 e M N", real=True)
a = sp.Function("a")
SPAN = {"low": le(1, i), "high": le(i, V)}


def image(gain: sp.Expr):  # type: ignore[no-untyped-def]
    return lambda s: gain * p[s] + (1 - gain) / V


def derive_simplex(d: Derivation) -> None:
    entries = d.for_all((i,), SPAN, lambda s: s.combine(ge(image(A)(i), 0), {s.sign(ge(p[i], 0), ["p", "low", "high"]): A, "A_high": 1 / V}, ["A", "V"]))
    mass = d.restate(eq(total(lambda s: p[s]), 1), ["p"])
    count = d.step("count", eq(total(lambda s: (1 - A) / V), V * (1 - A) / V), ["V"])
    sums = d.combine(eq(total(image(A)), 1), {mass: A, count: 1}, ["V"])
    d.restate(law(image(A)), [entries, sums])


PAIRS = {"i_low": le(1, i), "i_high": le(i, V), "j_low": le(1, j), "j_high": le(j, V), "order": gt(p[i], p[j])}
RANKING = ForAll((i, j), tuple(PAIRS.values()), gt(image(A)(i), image(A)(j)))


def derive_ranking(d: Derivation) -> None:
    d.for_all((i, j), PAIRS, lambda s: s.combine(RANKING.then, {"order": A}, ["A", "V"]))


HEADS = each(lambda s: le(total(image(A2), s), total(image(A), s)), V, k)


def derive_majorisation(d: Derivation) -> None:
    """The k largest entries of p have a sum of at least k/V: p majorises u."""
    mass = d.restate(eq(total(lambda s: p[s]), 1), ["p"])

    def head(s: Derivation) -> None:
        tops = s.for_all((i,), {"one": le(1, i), "to": le(i, k)}, lambda t: t.restate(ge(p[i], p[k]), [at("ordered", i=i, j=k), "one", "to", "high"]))
        rests = s.for_all((i,), {"from": le(k + 1, i), "end": le(i, V)}, lambda t: t.restate(le(p[i], p[k]), [at("ordered", i=k, j=i), "low", t.sign(le(k, i), ["from"]), "end"]))
        first = s.step("termwise", ge(total(lambda t: p[t], k), total(lambda t: p[k], k)), [tops], range=(1, k))
        second = s.step("termwise", le(sp.Sum(p[i], (i, k + 1, V)), sp.Sum(p[k], (i, k + 1, V))), [rests], range=(k + 1, V))
        counts = s.step("count", eq(total(lambda t: p[k], k), k * p[k]), ["low"]), s.step("count", eq(sp.Sum(p[k], (i, k + 1, V)), (V - k) * p[k]), ["high"])
        split = s.step("split", eq(total(lambda t: p[t]), total(lambda t: p[t], k) + sp.Sum(p[i], (i, k + 1, V))), ["low", "high"], at=k)
        fill = s.step("count", eq(total(lambda t: 1 / V, k), k / V), ["low", "V"])
        share = s.combine(ge(total(lambda t: p[t], k) - total(lambda t: 1 / V, k), 0),
                          {first: 1 - k / V, second: k / V, counts[0]: -1 + k / V, counts[1]: k / V, split: k / V, mass: -k / V, fill: 1},
                          ["V", s.sign(ge(1 - k / V, 0), [s.sign(ge((V - k) / V, 0), ["high", "V"]), "V"]), "low", "high"])
        s.combine(le(total(image(A2), k), total(image(A), k)), {share: A - A2}, ["V", "less", s.sign(ge(A - A2, 0), ["less"])])

    d.for_all((k,), {"low": le(1, k), "high": le(k, V)}, head)



def weak(bound: sp.Symbol) -> Exists:
    near = each(lambda s: All(le(image(a(T))(s), 1 / V + e), ge(image(a(T))(s), 1 / V - e)))
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, bound),), near))


SMALL: Proposition = ForAll((e,), (gt(e, 0),), Exists((N,), (gt(N, 0),), ForAll((T,), (gt(T, N),), All(lt(a(T), e), gt(a(T), -e)))))


def derive_hot(d: Derivation) -> None:
    found = Exists((N,), (gt(N, 0),), ForAll((T,), (gt(T, N),), All(lt(a(T), e), gt(a(T), -e))))

    def late(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            both = t.restate(All(lt(a(T), e), gt(a(T), -e)), [at("near", T=T), "late"])
            up, down = t.restate(lt(a(T), e), [both]), t.restate(gt(a(T), -e), [both])

            def entry(u: Derivation) -> None:
                mass = u.restate(eq(total(lambda s: p[s]), 1), ["p"])
                part = u.step("member", le(p[i], total(lambda s: p[s])), ["p", "low", "high"], at=i)
                low, high = u.sign(ge(p[i], 0), ["p", "low", "high"]), u.combine(le(p[i], 1), {part: 1, mass: 1})
                share = u.sign(gt(1 / V, 0), ["V"])
                least = u.sign(le(1 / V, 1), ["V"])
                gap = p[i] - 1 / V

                def sided(z: Derivation, way: str) -> None:
                    sign = 1 if way == "up" else -1
                    room = z.combine(le(gap, 1), {high: 1, share: 1}, ["V"]) if way == "up" else z.combine(le(-gap, 1), {low: 1, least: 1}, ["V"])
                    one = z.combine(le(a(T) * gap, e * sign * gap), {(up if way == "up" else down): sign * gap}, [way, "V"])
                    two = z.combine(ge(a(T) * gap, -e * sign * gap), {(down if way == "up" else up): sign * gap}, [way, "V"])
                    z.restate(All(le(a(T) * gap, e), ge(a(T) * gap, -e)),
                              [z.combine(le(a(T) * gap, e), {one: 1, room: e}, ["e", "V"]), z.combine(ge(a(T) * gap, -e), {two: 1, room: e}, ["e", "V"])])

                bounds = u.cases(All(le(a(T) * gap, e), ge(a(T) * gap, -e)), {"up": ge(gap, 0), "down": lt(gap, 0)}, sided, ["V"])
                ends = u.restate(le(a(T) * gap, e), [bounds, "V"]), u.restate(ge(a(T) * gap, -e), [bounds, "V"])
                u.restate(All(le(image(a(T))(i), 1 / V + e), ge(image(a(T))(i), 1 / V - e)),
                          [u.combine(le(image(a(T))(i), 1 / V + e), {ends[0]: 1}, ["V"]), u.combine(ge(image(a(T))(i), 1 / V - e), {ends[1]: 1}, ["V"])])

            t.for_all((i,), SPAN, entry)

        s.exhibit(weak(M), [s.for_all((T,), {"late": gt(T, N)}, there), "N"], M=N)

    obtain(d, weak(M), d.restate(found, [at("small", e=e), "e"]), found, ("N", "near"), late)


def sample(draw: Draw) -> Sample:
    size, gain = draw.integer(1, 4), draw.rational("1/8", 1)
    masses = tuple(sorted(draw.law(size, zeros=True), reverse=True))
    return Sample({"V": size, "p": masses, "A": gain, "A2": gain * draw.rational(0, 1), "a": sp.Lambda(T, 1 / T), "e": draw.rational("1/4", 1), "N": sp.Integer(100), "M": sp.Integer(100), "T": sp.Integer(1000)})


CLAIMS = (
    Entry(Claim("op:toward-uniform/simplex", "Between a law and the uniform one lie laws", OURS, "ours", "identity",
                (("V", ge(V, 1)), ("p", law(p)), ("A", ge(A, 0)), ("A_high", le(A, 1))), law(image(A))), derive_simplex, sample),
    Entry(Claim("op:toward-uniform/ranking", "On the way to the uniform law order is kept", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("A", gt(A, 0))), RANKING), derive_ranking, sample),
    Entry(Claim("op:toward-uniform/majorisation", "On the way to the uniform law mass spreads", OURS, "ours", "upper",
                (("V", ge(V, 1)), ("p", law(p)), ("ordered", ORDERED), ("less", le(A2, A))), HEADS), derive_majorisation, sample),
    Entry(Claim("op:toward-uniform/hot-limit", "The way to the uniform law ends there", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("p", law(p)), ("e", gt(e, 0)), ("small", SMALL)), weak(M)), derive_hot, sample),
)
