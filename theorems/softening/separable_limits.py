"""The two ends of the temperatures for rising weights, F_T(p)_i = w(p_i, T)/sum_j w(p_j, T), all V.

* Hot (A5a, /hot-limit): entries p_i >= b, and w(b, T)/w(1, T) -> 1 as T -> oo; then F_T(p) -> u.  b > 0 serves the laws of full
  support, b = 0 all laws, zeros included.
* Cold (A5b, /cold-limit): N entries are the largest, the others at most b < p_1, and w(p_1, T)/w(b, T) -> oo as T -> 0; then F_T(p) tends
  to 1/N on the N entries and to 0 on the others.
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening._separable import separable, total_weight, w, x, y
from theorems.softening.generator_continuous import obtain
from theorems.softening.separable_pointwise import at_most_one
from theorems.vocabulary import T, V, each, i, law, p, sp, total

OURS = Source("ours", "this project")
b, c, e, M, K = sp.symbols("b c e M K", real=True)
N = sp.Symbol("N", integer=True)
dom = sp.Function("dom")
SPAN = {"low": le(1, i), "high": le(i, V)}
WARM = ge(dom(T), 0)
W, TOP = total_weight(T), w(1, T)


def rising(*given: Proposition) -> Proposition:
    return ForAll((T, x, y), (*given, le(0, x), le(x, y), le(y, 1)), le(w(x, T), w(y, T)))


def level(bound: sp.Symbol, slack: sp.Expr) -> Exists:
    """w(b, T) > (1 - slack) w(1, T) from some temperature on."""
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, bound), WARM), gt(w(b, T), (1 - slack) * TOP)))


LEVEL = ForAll((c,), (gt(c, 0),), level(M, c))
HOT = Exists((M,), (gt(M, 0),), ForAll((T,), (gt(T, M), WARM), each(lambda a: All(lt(separable(T)(a), 1 / V + e), gt(separable(T)(a), 1 / V - e)))))
SLACK = e / (2 + 2 * e)


def derive_hot(d: Derivation) -> None:
    slack = d.sign(gt(SLACK, 0), ["e"])
    found = d.restate(level(M, SLACK), [at("level", c=SLACK), slack, "e"])

    def late(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            near = t.restate(gt(w(b, T), (1 - SLACK) * TOP), [at("near", T=T), "late", "warm", "e"])
            top = t.restate(gt(TOP, 0), [at("top", T=T), "warm"])

            def entry(u: Derivation) -> None:
                least, most = u.restate(ge(p[i], b), [at("least", i=i), "low", "high"]), at_most_one(u, p, "p")
                above = u.restate(le(w(b, T), w(p[i], T)), [at("rising", T=T, x=b, y=p[i]), "warm", "b", least, most])
                below = u.restate(le(w(p[i], T), TOP), [at("rising", T=T, x=p[i], y=1), "warm", u.sign(ge(p[i], 0), ["p", "low", "high"]), most, u.sign(le(sp.Integer(1), 1), [])])
                u.restate(All(ge(w(p[i], T), (1 - SLACK) * TOP), le(w(p[i], T), TOP)), [u.combine(ge(w(p[i], T), (1 - SLACK) * TOP), {near: 1, above: 1}, ["e"]), below])

            both = t.for_all((i,), SPAN, entry)
            sides = [t.for_all((i,), SPAN, lambda u, side=side: u.restate(side, [at(both, i=i), "low", "high"]))  # type: ignore[misc]
                     for side in (ge(w(p[i], T), (1 - SLACK) * TOP), le(w(p[i], T), TOP))]
            low = t.step("termwise", ge(W, total(lambda a: (1 - SLACK) * TOP)), [sides[0], "e"], range=(1, V))
            high = t.step("termwise", le(W, total(lambda a: TOP)), [sides[1]], range=(1, V))
            counts = [t.step("count", eq(total(lambda a, z=z: z), V * z), ["V", "e"]) for z in ((1 - SLACK) * TOP, TOP)]  # type: ignore[misc]
            low = t.combine(ge(W, V * (1 - SLACK) * TOP), {low: 1, counts[0]: -1}, ["e"])
            high = t.combine(le(W, V * TOP), {high: 1, counts[1]: 1})
            rest = t.sign(gt((2 + e) / (2 + 2 * e), 0), ["e"])
            least = t.rewrite(eq(V * (1 - SLACK) * TOP, V * TOP * (2 + e) / (2 + 2 * e)), ["e"])
            below = t.combine(gt(W, 0), {low: 1, least: -1, t.sign(gt(V * TOP * (2 + e) / (2 + 2 * e), 0), [top, rest, "V", "e"]): 1}, ["e"])
            wide = t.sign(gt((e * (2 * V - 1) + e**2 * V) / (2 + 2 * e) * TOP, 0), [top, "e", "V"])
            room = t.combine(gt((1 + e * V) * (1 - SLACK) * TOP, TOP), {wide: 1}, ["e"])
            spare = t.combine(gt(e * V * (1 - SLACK) * TOP - SLACK * TOP, 0), {t.sign(gt(e * (V * (2 + e) - 1) / (2 + 2 * e) * TOP, 0), [top, "e", t.sign(gt(V * (2 + e) - 1, 0), ["V", "e"])]): 1}, ["e"])

            def bounds(u: Derivation) -> None:
                one, two = (u.restate(side, [at(fact, i=i), "low", "high"]) for side, fact in ((ge(w(p[i], T), (1 - SLACK) * TOP), sides[0]), (le(w(p[i], T), TOP), sides[1])))
                under = u.combine(lt(separable(T)(i), 1 / V + e), {two: 1 / W, low: (1 / V + e) / W, room: 1 / W}, [below, "V", "e"])
                over = u.combine(gt(separable(T)(i), 1 / V - e), {one: 1 / W, high: 1 / (V * W), low: e / W, spare: 1 / W}, [below, "V", "e"])
                u.restate(All(lt(separable(T)(i), 1 / V + e), gt(separable(T)(i), 1 / V - e)), [under, over])

            t.for_all((i,), SPAN, bounds)

        shown = s.for_all((T,), {"late": gt(T, M), "warm": WARM}, there)
        s.exhibit(HOT, [shown, "M"], M=M)

    obtain(d, HOT, found, level(M, SLACK), ("M", "near"), late)


COOL = (gt(T, 0), le(T, 1))
HEAD, TAIL = {"low": le(1, i), "high": le(i, N)}, {"low": le(N + 1, i), "high": le(i, V)}


def apart(bound: sp.Symbol, factor: sp.Expr) -> Exists:
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (*COOL, lt(T, bound)), gt(w(p[1], T), factor * w(b, T))))


APART = ForAll((K,), (gt(K, 0),), apart(M, K))
SHARES = All(each(lambda a: All(lt(separable(T)(a), 1 / N + e), gt(separable(T)(a), 1 / N - e)), N),
             each(lambda a: All(ge(separable(T)(a), 0), lt(separable(T)(a), e)), V, i, N + 1))
COLD = Exists((M,), (gt(M, 0),), ForAll((T,), (*COOL, lt(T, M)), SHARES))
LARGE = V / e


def derive_cold(d: Derivation) -> None:
    span = [d.sign(le(sp.Integer(1), 1), []), d.sign(le(1, V), ["N", "N_high"])]
    found = d.restate(apart(M, LARGE), [at("apart", K=LARGE), d.sign(gt(LARGE, 0), [span[1], "e"]), "e"])
    first = d.sign(gt(p[1], 0), ["b", "gap"])
    part = d.step("member", le(p[1], total(lambda a: p[a])), ["p", *span], at=1)
    most = d.combine(le(p[1], 1), {part: 1, d.restate(eq(total(lambda a: p[a]), 1), ["p"]): 1})
    own, low_weight = w(p[1], T), w(b, T)
    REST = sp.Sum(w(p[i], T), (i, N + 1, V))

    def early(s: Derivation) -> None:
        def there(t: Derivation) -> None:
            near = t.restate(gt(own, LARGE * low_weight), [at("near", T=T), "up", "cool", "early", "e"])
            top = t.restate(gt(own, 0), [at("positive", T=T, x=p[1]), "up", "cool", first, most])
            floor = t.restate(ge(low_weight, 0), [at("weak", T=T, x=b), "up", "cool", "b", t.combine(le(b, 1), {"gap": 1, most: 1})])
            tops = t.for_all((i,), HEAD, lambda u: u.transfer(eq(w(p[i], T), own), u.sign(eq(own, own), []), [u.restate(eq(p[i], p[1]), [at("top", i=i), "low", "high"])]))
            head = t.step("termwise", eq(total(lambda a: w(p[a], T), N), total(lambda a: own, N)), [tops], range=(1, N))
            count = t.step("count", eq(total(lambda a: own, N), N * own), ["N"])

            def small(u: Derivation) -> None:
                inside, bound = u.sign(le(1, i), ["low", "N"]), u.restate(le(p[i], b), [at("rest", i=i), "low", "high"])
                mass = u.sign(ge(p[i], 0), ["p", inside, "high"])
                high = u.combine(le(b, 1), {"gap": 1, most: 1})
                above = u.restate(le(w(p[i], T), low_weight), [at("rising", T=T, x=p[i], y=b), "up", "cool", mass, bound, high])
                u.restate(All(ge(w(p[i], T), 0), le(w(p[i], T), low_weight)),
                          [u.restate(ge(w(p[i], T), 0), [at("weak", T=T, x=p[i]), "up", "cool", mass, u.combine(le(p[i], 1), {bound: 1, high: 1})]), above])

            smalls = t.for_all((i,), TAIL, small)
            weak, thin = (t.for_all((i,), TAIL, lambda u, side=side: u.restate(side, [at(smalls, i=i), "low", "high"]))  # type: ignore[misc]
                          for side in (ge(w(p[i], T), 0), le(w(p[i], T), low_weight)))
            none = t.step("termwise", ge(REST, sp.Sum(sp.Integer(0), (i, N + 1, V))), [weak], range=(N + 1, V))
            some = t.step("termwise", le(REST, sp.Sum(low_weight, (i, N + 1, V))), [thin], range=(N + 1, V))
            fill = t.step("count", eq(sp.Sum(low_weight, (i, N + 1, V)), (V - N) * low_weight), ["N_high"])
            few = t.combine(le(REST, V * low_weight), {some: 1, fill: 1, floor: N}, ["N"])
            split = t.step("split", eq(W, total(lambda a: w(p[a], T), N) + REST), ["N", "N_high"], at=N)
            whole = t.combine(eq(W, N * own + REST), {split: 1, head: 1, count: 1})
            least = t.combine(ge(W, N * own), {whole: -1, none: 1})
            above = t.combine(ge(W, own), {least: 1, "N": own}, [top])
            below = t.combine(gt(W, 0), {above: 1, top: 1})

            def heads(u: Derivation) -> None:
                same = u.restate(eq(w(p[i], T), own), [at(tops, i=i), "low", "high"])
                under = u.combine(lt(separable(T)(i), 1 / N + e), {same: 1 / W, least: 1 / (N * W), "e": 1}, [below, "N"])
                over = u.combine(gt(separable(T)(i), 1 / N - e), {same: -1 / W, whole: 1 / (N * W), few: 1 / (N * W), above: e / W, near: e / W, floor: (V - V / N) / W},
                                 [below, "N", "e", u.sign(ge(V - V / N, 0), [u.sign(ge(V * (1 - 1 / N), 0), ["N", span[1]]), "N"])])
                u.restate(All(lt(separable(T)(i), 1 / N + e), gt(separable(T)(i), 1 / N - e)), [under, over])

            def tails(u: Derivation) -> None:
                low = u.restate(ge(w(p[i], T), 0), [at(weak, i=i), "low", "high"])
                high = u.restate(le(w(p[i], T), low_weight), [at(thin, i=i), "low", "high"])
                under = u.combine(lt(separable(T)(i), e), {high: 1 / W, near: e / W, above: e / W, floor: (V - 1) / W}, [below, "e", span[1]])
                u.restate(All(ge(separable(T)(i), 0), lt(separable(T)(i), e)), [u.sign(ge(separable(T)(i), 0), [low, below]), under])

            t.restate(SHARES, [t.for_all((i,), HEAD, heads), t.for_all((i,), TAIL, tails)])

        shown = s.for_all((T,), {"up": COOL[0], "cool": COOL[1], "early": lt(T, M)}, there)
        s.exhibit(COLD, [shown, "M"], M=M)

    obtain(d, COLD, found, apart(M, LARGE), ("M", "near"), early)


def hot_sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    masses = draw.law(size)
    return Sample({"V": size, "p": masses, "b": min(masses), "e": draw.rational("1/2", 1), "c": draw.rational("1/2", 1), "M": sp.Integer(10**4), "T": sp.Integer(10**5),
                   "w": sp.Lambda((x, y), x + y - 1), "dom": sp.Lambda(x, x - 1)})


def cold_sample(draw: Draw) -> Sample:
    size, tied = draw.integer(1, 4), draw.integer(1, 2)
    tied = min(tied, size)
    parts = [sp.Integer(8)] * tied + [sp.Integer(draw.integer(0, 4)) for _ in range(size - tied)]
    masses = tuple(a / sum(parts) for a in parts)
    return Sample({"V": size, "N": tied, "p": masses, "b": masses[0] / 2, "e": draw.rational("1/4", 1), "K": draw.rational(1, 8), "M": sp.Rational(1, 64), "T": sp.Rational(1, 128),
                   "w": sp.Lambda((x, y), sp.exp(x / y))})


CLAIMS = (
    Entry(Claim("op:separable-criterion/hot-limit", "Weights that level out flatten", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("e", gt(e, 0)), ("p", law(p)), ("b", ge(b, 0)), ("least", each(lambda a: ge(p[a], b))), ("rising", rising(WARM)),
                 ("top", ForAll((T,), (WARM,), gt(TOP, 0))), ("level", LEVEL)), HOT),
          derive_hot, hot_sample),
    Entry(Claim("op:separable-criterion/cold-limit", "Weights that part sharpen", OURS, "ours", "implication",
                (("N", ge(N, 1)), ("N_high", le(N, V)), ("e", gt(e, 0)), ("p", law(p)), ("b", ge(b, 0)), ("gap", lt(b, p[1])),
                 ("top", each(lambda a: eq(p[a], p[1]), N)), ("rest", each(lambda a: le(p[a], b), V, i, N + 1)), ("rising", rising(*COOL)),
                 ("weak", ForAll((T, x), (*COOL, le(0, x), le(x, 1)), ge(w(x, T), 0))), ("positive", ForAll((T, x), (*COOL, lt(0, x), le(x, 1)), gt(w(x, T), 0))),
                 ("apart", APART)), COLD),
          derive_cold, cold_sample),
)
