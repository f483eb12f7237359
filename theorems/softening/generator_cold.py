"""The cold limit of generator operators: as T falls to 0, F_T(p) tends to the uniform law on the largest entries of p.

The N largest entries come first and are equal, the others are at most b < p_1 (order is no restriction: op:generator-class/equivariance).
Were a smaller entry to keep an image >= e, the argument of the largest would grow like exp(1/T), and both images together pass 1.
The limit is spoken of where the domain reaches down to 0; the path may be given on (0, 1] only.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import c, h, m
from theorems.softening.generator_continuous import e
from theorems.softening.generator_hot import L, M, f, path
from theorems.softening.generator_unique import LAW
from theorems.vocabulary import T, V, each, i, j, p, sp, total

ZERO = sp.Integer(0)
N, b = sp.Symbol("N", integer=True), sp.Symbol("b", real=True)
PATH = ForAll((T,), (gt(T, 0), le(T, 1)), path())
TOP = each(lambda a: eq(p[a], p[1]), N)
REST = each(lambda a: le(p[a], b), start=N + 1)
AT_TOP = each(lambda a: All(lt(f(a, T), 1 / N + e), gt(f(a, T), 1 / N - e)), N)
AT_REST = each(lambda a: All(ge(f(a, T), 0), lt(f(a, T), e)), start=N + 1)
LIMIT: Proposition = Exists((M,), (gt(M, 0),), ForAll((T,), (gt(T, 0), lt(T, M)), All(AT_TOP, AT_REST)))
SMALL = e / (V * (1 + e))
HALF = (m(p[1]) + m(b)) / 2
NAMES = [name for name, _ in LAW]


def derive(d: Derivation) -> None:
    back, strict, inside, monotone = g.inverse(d, g.INVERSE, g.STRICT, g.INSIDE, g.MONOTONE)
    some = d.sign(ge(V, 1), ["N", "N_high"])
    zero, first = d.sign(le(ZERO, 0), []), [d.sign(le(1, sp.Integer(1)), []), some]
    within = d.restate(lt(p[1], c), [at("room", i=1), *first])
    lower = d.sign(lt(b, c), ["gap", within])
    apart = d.restate(lt(m(b), m(p[1])), [at("rising", x=b, y=p[1]), "b", "gap", within])
    base = d.restate(ge(m(b), m(0)), [at(monotone, x=0, y=b), zero, "b", lower])
    half = d.sign(gt(HALF, 0), [apart, base, "bottom"])
    tall = d.sign(gt(m(p[1]), 0), [apart, base, "bottom"])
    above = d.sign(lt(m(b), HALF), [apart])
    small, less = d.sign(gt(SMALL, 0), ["e", some]), d.sign(lt(SMALL, 1), ["e", some])
    scope = ["e", some]
    rest_one = d.sign(gt(1 - SMALL / 2, 0), [less, *scope])
    low_in, high_in = d.sign(lt(SMALL, c), [less, "c", *scope]), d.sign(lt(1 - SMALL / 2, c), [small, "c", *scope])
    start = d.restate(lt(m(0), m(SMALL)), [at("rising", x=0, y=SMALL), zero, small, low_in, *scope])
    top = d.restate(lt(m(0), m(1 - SMALL / 2)), [at("rising", x=0, y=1 - SMALL / 2), zero, rest_one, high_in, *scope])
    own_low = d.restate(eq(h(m(SMALL)), SMALL), [at(back, x=SMALL), d.sign(ge(SMALL, 0), [small, *scope]), low_in, *scope])
    own_high = d.restate(eq(h(m(1 - SMALL / 2)), 1 - SMALL / 2), [at(back, x=1 - SMALL / 2), d.sign(ge(1 - SMALL / 2, 0), [rest_one, *scope]), high_in, *scope])
    # from here on by short names: r = m(SMALL), w = m(1 - SMALL/2), g = log m(p_1) - log HALF
    r, w, growth = sp.symbols("r w growth", real=True)
    named_r, named_w = d.step("define", eq(r, m(SMALL)), scope), d.step("define", eq(w, m(1 - SMALL / 2)), scope)
    named_g = d.step("define", eq(growth, sp.log(m(p[1])) - sp.log(HALF)), [tall, half])
    r_above, w_above = (d.transfer(lt(m(0), x), fact, [name, *scope]) for x, fact, name in ((r, start, named_r), (w, top, named_w)))
    r_own, w_own = (d.transfer(eq(h(x), value), fact, [name, *scope]) for x, value, fact, name in ((r, SMALL, own_low, named_r), (w, 1 - SMALL / 2, own_high, named_w)))
    r_positive, w_positive = (d.sign(gt(x, 0), [fact, "bottom"]) for x, fact in ((r, r_above), (w, w_above)))
    logs = d.sign(lt(sp.log(HALF), sp.log(m(p[1]))), [half, tall, d.sign(lt(HALF, m(p[1])), [apart])])
    grows = d.combine(gt(growth, 0), {logs: 1, named_g: -1}, [half, tall])
    least = r * growth / (w + r * growth)
    bound = d.sign(gt(least, 0), [r_positive, w_positive, grows])
    known = [r_positive, w_positive, grows]

    def at_heat(s: Derivation) -> None:
        warm = s.sign(le(T, 1), ["late", s.sign(le(least, 1), known), *known])
        found = s.restate(path(), [at("path", T=T), "heat", warm])
        entries, whole, factor = s.restate(path().args[1], [found]), s.restate(path().args[2], [found]), s.restate(path().args[0], [found])  # type: ignore[attr-defined]
        faster = s.sign(gt(r * growth / T, w), ["late", "heat", *known, s.combine(gt(r * growth, T * w), {"late": w + r * growth, s.sign(gt(T * r * growth, 0), ["heat", *known]): 1}, known)])
        spread = s.sign(gt(sp.exp(growth / T), growth / T), ["heat"])
        powers = s.rewrite(eq(m(p[1]) ** (1 / T), HALF ** (1 / T) * sp.exp(growth / T)), ["heat", half, tall], using=[named_g])
        leading = s.restate(eq(f(1, T), h(L(T) * m(p[1]) ** (1 / T))), [at(entries, i=1), *first])
        def image_sign(t: Derivation, entries_: str) -> None:
            value = t.sign(ge(m(p[j]), 0), [g.above_bottom(t, j, ["low_j", "high_j"], monotone), "bottom"])
            argument = L(T) * m(p[j]) ** (1 / T)
            t.sign(ge(f(j, T), 0), [t.restate(eq(f(j, T), h(argument)), [at(entries_, i=j), "low_j", "high_j"]),
                                    t.restate(ge(h(argument), 0), [at(inside, v=argument), value, "heat"]), value, "heat"])

        nonnegative = s.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)}, lambda t: image_sign(t, entries))
        split = s.step("split", eq(total(lambda a: f(a, T)), total(lambda a: f(a, T), N) + total(lambda a: f(a, T), start=N + 1)), ["N", "N_high"], at=N)

        def small_entry(t: Derivation) -> None:
            low = t.sign(le(1, i), ["N", "low"])
            share = t.restate(ge(f(i, T), 0), [at(nonnegative, j=i), low, "high"])
            t.restate(AT_SMALL.then, [share, t.contradiction(lt(f(i, T), SMALL), lambda u: absurd(u, low), negated="large")])

        def absurd(t: Derivation, low: str) -> None:
            span = [low, "high"]
            value = t.sign(ge(m(p[i]), 0), [g.above_bottom(t, i, span, monotone), "bottom"])
            argument, leader = L(T) * m(p[i]) ** (1 / T), L(T) * m(p[1]) ** (1 / T)
            image = t.restate(eq(f(i, T), h(argument)), [at(entries, i=i), *span])
            base_ = [value, "heat", half, tall]

            def sunk(u: Derivation) -> None:
                images = u.restate(lt(h(argument), h(r)), [at(strict, u=argument, v=r), "sunk", r_above, value, "heat"])
                u.combine(lt(ZERO, 0), {images: 1, r_own: 1, image: 1, "large": 1}, [value, "heat", *scope])

            reached = t.contradiction(ge(argument, r), sunk, negated="sunk")
            bounded = t.restate(le(p[i], b), [at("rest", i=i), "low", "high"])
            entry = t.sign(ge(p[i], 0), ["p", *span])
            values = t.restate(le(m(p[i]), m(b)), [at(monotone, x=p[i], y=b), entry, bounded, lower])
            under = t.sign(lt(m(p[i]), HALF), [values, above])
            roots = t.use("base:root-order", lt(m(p[i]) ** (1 / T), HALF ** (1 / T)), ["heat", value, under, half], x=m(p[i]), y=HALF)
            factor_ = t.sign(gt(sp.exp(growth / T), 0), ["heat"])
            past = t.combine(lt(w, leader), {reached: sp.exp(growth / T), roots: L(T) * sp.exp(growth / T), spread: r, faster: 1, powers: -L(T)},
                             [factor, factor_, *base_, *known])
            higher = t.sign(lt(m(0), leader), [past, w_above, *base_])
            images = t.restate(lt(h(w), h(leader)), [at(strict, u=w, v=leader), past, higher, *base_])
            head = t.for_all((j,), {"low_h": le(1, j), "high_h": le(j, N)},
                             lambda u: u.restate(ge(f(j, T), 0), [at(nonnegative, j=j), "low_h", u.sign(le(j, V), ["high_h", "N_high"])]))
            tail = t.for_all((j,), {"low_h": le(N + 1, j), "high_h": le(j, V)},
                             lambda u: u.restate(ge(f(j, T), 0), [at(nonnegative, j=j), u.sign(le(1, j), ["low_h", "N"]), "high_h"]))
            one = t.step("member", le(f(1, T), total(lambda a: f(a, T), N)), [head, first[0], "N"], at=1)
            other = t.step("member", le(f(i, T), total(lambda a: f(a, T), start=N + 1)), [tail, "low", "high"], at=i)
            t.combine(lt(ZERO, 0), {one: 1, other: 1, split: -1, whole: 1, images: 1, w_own: -1, leading: -1, "large": 1, small: sp.Rational(1, 2)}, [*base_, *scope])

        rest = s.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, small_entry)

        def level(t: Derivation) -> None:
            span = ["low_h", t.sign(le(i, V), ["high_h", "N_high"])]
            image = t.restate(eq(f(i, T), h(L(T) * m(p[i]) ** (1 / T))), [at(entries, i=i), *span])
            same = t.transfer(eq(f(i, T), h(L(T) * m(p[1]) ** (1 / T))), image, [t.restate(eq(p[i], p[1]), [at("top", i=i), "low_h", "high_h"]), tall, "heat"])
            t.combine(eq(f(i, T), f(1, T)), {same: 1, leading: -1}, [tall, "heat"])

        equal = s.for_all((i,), {"low_h": le(1, i), "high_h": le(i, N)}, level)
        summed = s.step("termwise", eq(total(lambda a: f(a, T), N), total(lambda a: f(1, T), N)), [equal], range=(1, N))
        count = s.step("count", eq(total(lambda a: f(1, T), N), N * f(1, T)), ["N"])
        shares = s.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, lambda t: t.restate(ge(f(i, T), 0), [
            t.restate(AT_SMALL.then, [at(rest, i=i), "low", "high"])]))
        limits = s.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, lambda t: t.restate(lt(f(i, T), SMALL), [
            t.restate(AT_SMALL.then, [at(rest, i=i), "low", "high"])]))
        floor = s.sign(ge(total(lambda a: f(a, T), start=N + 1), 0), [shares, "N", "N_high"])
        bulk = s.step("termwise", le(total(lambda a: f(a, T), start=N + 1), total(lambda a: SMALL, start=N + 1)), [limits, *scope], range=(N + 1, V))
        tally = s.step("count", eq(total(lambda a: SMALL, start=N + 1), (V - N) * SMALL), ["N_high", *scope])

        def at_top(t: Derivation) -> None:
            same = t.restate(eq(f(i, T), f(1, T)), [at(equal, i=i), "low_h", "high_h"])
            most = t.combine(le(f(i, T), 1 / N), {same: 1, floor: 1 / N, split: -1 / N, whole: 1 / N, summed: -1 / N, count: -1 / N}, ["N"])
            over = t.sign(lt(f(i, T), 1 / N + e), [most, "e", "N"])
            spare = t.sign(lt((V - N) * SMALL / N, e), ["N", "N_high", "e", some])
            under = t.combine(gt(f(i, T), 1 / N - e), {same: -1, bulk: 1 / N, tally: 1 / N, split: 1 / N, whole: -1 / N, summed: 1 / N, count: 1 / N, spare: 1}, ["N", *scope])
            t.restate(AT_TOP.then, [over, under])

        tops = s.for_all((i,), {"low_h": le(1, i), "high_h": le(i, N)}, at_top)

        def at_rest(t: Derivation) -> None:
            both = t.restate(AT_SMALL.then, [at(rest, i=i), "low", "high"])
            under = t.sign(lt(f(i, T), e), [t.restate(lt(f(i, T), SMALL), [both]), t.sign(le(SMALL, e), scope), *scope])
            t.restate(AT_REST.then, [t.restate(ge(f(i, T), 0), [both]), under])

        others = s.for_all((i,), {"low": le(N + 1, i), "high": le(i, V)}, at_rest)
        s.restate(All(AT_TOP, AT_REST), [tops, others])

    def given(s: Derivation) -> str:
        return s.for_all((T,), {"heat": gt(T, 0), "late": lt(T, least)}, at_heat)

    shown = given(d)
    d.exhibit(LIMIT, [shown, bound, *known], M=least)


AT_SMALL = each(lambda a: All(ge(f(a, T), 0), lt(f(a, T), SMALL)), start=N + 1)


def sample(draw: Draw) -> Sample:
    size, scale = draw.integer(2, 4), draw.rational("1/2", 3)
    count, second = draw.integer(1, size), draw.rational(0, "1/2")
    weights = (1,) * count + tuple(second * draw.rational(0, 1) for _ in range(size - count))
    masses = tuple(x / sp.Integer(1) / sum(weights) for x in weights)
    a, t = sp.Symbol("a", integer=True), sp.Symbol("t", real=True)
    found, factor = g.softened("power", masses, t, scale)
    images = sp.Add(*(value * sp.KroneckerDelta(a, k + 1) for k, value in enumerate(found)))
    return Sample({"V": size, "p": masses, "N": count, "b": second / sum(weights), "e": draw.rational("1/8", 1), "f": sp.Lambda((a, t), images),
                   "L": sp.Lambda(t, factor), "T": sp.Rational(1, 1000), "M": sp.Rational(1, 100), **g.pair("power", scale)})


CLAIM = Entry(
    Claim("op:generator-class/cold", "Generator operators sharpen", Source("ours", "this project"), "ours", "implication",
          (("c", ge(c, 1)), ("N", ge(N, 1)), ("N_high", le(N, V)), ("e", gt(e, 0)), ("b", ge(b, 0)), ("gap", lt(b, p[1])), *LAW,
           ("top", TOP), ("rest", REST), ("path", PATH)), LIMIT,
          uses=("op:generator-class/inverse", "base:root-order")),
    derive, sample,
)
