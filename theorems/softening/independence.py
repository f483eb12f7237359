"""Independence of irrelevant alternatives characterises power, V >= 3: if F_T(p)_i / F_T(p)_j = R(p_i/p_j) for one function R, images are
positive and F_T ranks (A1), then R(s) = s^a for one a > 0, and F_T is power at temperature 1/a.

Three classes give R(s t) = R(s) R(t): look at the law proportional to (s t, t, 1, ..., 1), whose first three images are F1, F2, F3 below.
Ranking makes log R(e^u) positive for u > 0, so Cauchy's equation has no other solution.  1/a need not rise strictly with T, for A3 does not.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le
from theorems.vocabulary import V, each, i, j, p, positive_law, power, q, sp, total

OURS = Source("ours", "this project")
R, F1, F2, F3 = (sp.Function(name) for name in ("R", "F1", "F2", "F3"))
s, t, a, x, y = sp.symbols("s t a x y", real=True)
IMAGES = All(gt(F1(s, t), 0), gt(F2(s, t), 0), gt(F3(s, t), 0), eq(F1(s, t), R(s) * F2(s, t)), eq(F2(s, t), R(t) * F3(s, t)), eq(F1(s, t), R(s * t) * F3(s, t)))
RATIOS = ForAll((s, t), (gt(s, 0), gt(t, 0)), IMAGES)
RANKS = ForAll((s, t), (gt(s, 1), gt(t, 0)), gt(F1(s, t), F2(s, t)))
POWER = ForAll((s,), (gt(s, 0),), eq(R(s), s**a))
CONCLUSION = Exists((a,), (gt(a, 0),), POWER)
PAIRS = ForAll((i, j), (le(1, i), le(i, V), le(1, j), le(j, V)), eq(q[i], R(p[i] / p[j]) * q[j]))
ONE = sp.Integer(1)


def derive_ratio(d: Derivation) -> None:
    def images(u: Derivation, first: sp.Expr, second: sp.Expr, by: list[str], part: int) -> str:
        there = IMAGES.xreplace({s: first, t: second}) if (first, second) != (s, t) else IMAGES
        return u.restate(there.args[part], [u.restate(there, [at("ratios", s=first, t=second), *by])])

    def above(u: Derivation) -> None:
        one = u.sign(gt(ONE, 0), [])
        first, second = images(u, s, ONE, ["s", one], 0), images(u, s, ONE, ["s", one], 1)
        value = u.combine(eq(R(s), F1(s, 1) / F2(s, 1)), {images(u, s, ONE, ["s", one], 3): -1 / F2(s, 1)}, [second])
        u.sign(gt(R(s), 0), [value, first, second])

    positive = d.for_all((s,), {"s": gt(s, 0)}, above)

    def multiply(u: Derivation) -> None:
        by = ["s", "t"]
        third = images(u, s, t, by, 2)
        whole, first, second = images(u, s, t, by, 5), images(u, s, t, by, 3), images(u, s, t, by, 4)
        u.combine(eq(R(s * t), R(s) * R(t)), {whole: -1 / F3(s, t), first: 1 / F3(s, t), second: R(s) / F3(s, t)}, [third])

    product = d.for_all((s, t), {"s": gt(s, 0), "t": gt(t, 0)}, multiply)

    def add(u: Derivation) -> None:
        ends = [u.sign(gt(sp.exp(z), 0), []) for z in (x, y)]
        values = [u.restate(gt(R(sp.exp(z)), 0), [at(positive, s=sp.exp(z)), end]) for z, end in zip((x, y), ends, strict=True)]
        same = u.restate(eq(R(sp.exp(x) * sp.exp(y)), R(sp.exp(x)) * R(sp.exp(y))), [at(product, s=sp.exp(x), t=sp.exp(y)), *ends])
        both = u.restate(gt(R(sp.exp(x + y)), 0), [at(positive, s=sp.exp(x + y)), u.sign(gt(sp.exp(x + y), 0), [])])
        joined = u.combine(eq(R(sp.exp(x + y)), R(sp.exp(x)) * R(sp.exp(y))), {same: 1})
        u.rewrite(eq(sp.log(R(sp.exp(x + y))), sp.log(R(sp.exp(x))) + sp.log(R(sp.exp(y)))), [*values, both], using=[joined])

    additive = d.for_all((x, y), {}, add)

    def rise(u: Derivation) -> None:
        end, one = u.sign(gt(sp.exp(x), 1), ["x"]), u.sign(gt(ONE, 0), [])
        start = u.sign(gt(sp.exp(x), 0), [])
        second = images(u, sp.exp(x), ONE, [start, one], 1)
        ratio = images(u, sp.exp(x), ONE, [start, one], 3)
        order = u.restate(gt(F1(sp.exp(x), 1), F2(sp.exp(x), 1)), [at("ranks", s=sp.exp(x), t=1), end, one])
        large = u.combine(gt(R(sp.exp(x)), 1), {order: 1 / F2(sp.exp(x), 1), ratio: 1 / F2(sp.exp(x), 1)}, [second])
        u.sign(gt(sp.log(R(sp.exp(x))), 0), [large])

    grows = d.for_all((x,), {"x": gt(x, 0)}, rise)
    rule = sp.Lambda(x, sp.log(R(sp.exp(x))))
    slope = sp.log(R(sp.E))
    linear = d.cite("Cauchy's functional equation", ForAll((x,), (), eq(rule(x), x * slope)), [additive, grows, positive], g=rule)
    start = d.restate(gt(slope, 0), [at(grows, x=1), d.sign(gt(ONE, 0), [])])

    def power_(u: Derivation) -> None:
        logs = u.restate(eq(sp.log(R(sp.exp(sp.log(s)))), sp.log(s) * slope), [at(linear, x=sp.log(s)), "s"])
        value = u.restate(gt(R(s), 0), [at(positive, s=s), "s"])
        scale = u.restate(gt(R(sp.E), 0), [at(positive, s=sp.E), u.sign(gt(sp.E, 0), [])])
        size = sp.Symbol("size", real=True)
        named = u.step("define", eq(size, sp.log(R(s))), [value])
        first = u.rewrite(eq(R(s), sp.exp(size)), [value], using=[named])
        second = u.combine(eq(size, sp.log(s) * slope), {named: 1, logs: 1}, ["s", value, scale])
        u.combine(eq(R(s), s**slope), {first: 1, u.rewrite(eq(sp.exp(size), s**slope), ["s", scale], using=[second]): 1}, ["s", value, scale])

    shown = d.for_all((s,), {"s": gt(s, 0)}, power_)
    base = d.restate(gt(R(sp.E), 0), [at(positive, s=sp.E), d.sign(gt(sp.E, 0), [])])
    d.exhibit(CONCLUSION, [shown, start, base], a=slope)


def derive_images(d: Derivation) -> None:
    def entry(u: Derivation) -> None:
        mine = u.sign(gt(p[i], 0), ["p", "low", "high"])
        some = u.sign(ge(V, 1), ["low", "high"])

        def other(w: Derivation) -> None:
            theirs = w.sign(gt(p[j], 0), ["p", "low_j", "high_j"])
            ratio = w.sign(gt(p[j] / p[i], 0), [mine, theirs])
            pair = w.restate(eq(q[j], R(p[j] / p[i]) * q[i]), [at("pairs", i=j, j=i), "low", "high", "low_j", "high_j", mine])
            law_ = w.restate(eq(R(p[j] / p[i]), (p[j] / p[i]) ** a), [at("power", s=p[j] / p[i]), ratio, mine])
            w.combine(eq(q[j], p[j] ** a * (q[i] / p[i] ** a)), {pair: 1, law_: q[i]}, [mine, theirs])

        others = u.for_all((j,), {"low_j": le(1, j), "high_j": le(j, V)}, other)
        summed = u.step("termwise", eq(total(lambda b: q[b], V, j), total(lambda b: p[b] ** a * (q[i] / p[i] ** a), V, j)), [others], range=(1, V))
        whole = total(lambda b: p[b] ** a, V, sp.Symbol("l", integer=True))
        large = u.sign(gt(whole, 0), ["p", some])
        u.combine(eq(q[i], power(p, 1 / a)(i)), {summed: -(p[i] ** a) / whole, "whole": p[i] ** a / whole}, [mine, large, "p", "a"])

    d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)


def sample(draw: Draw) -> Sample:
    exponent, size = draw.rational("1/3", 3), draw.integer(3, 5)
    whole = (s * t) ** exponent + t**exponent + size - 2
    rules = {"F1": (s * t) ** exponent / whole, "F2": t**exponent / whole, "F3": 1 / whole}
    return Sample({**{name: sp.Lambda((s, t), rule) for name, rule in rules.items()}, "R": sp.Lambda(s, s**exponent), "a": exponent})


def images_sample(draw: Draw) -> Sample:
    exponent, masses = draw.rational("1/3", 3), draw.law(draw.integer(1, 4))
    whole = sum(b**exponent for b in masses)
    return Sample({"V": len(masses), "p": masses, "q": tuple(b**exponent / whole for b in masses), "R": sp.Lambda(s, s**exponent), "a": exponent})


CLAIMS = (
    Entry(Claim("op:iia-characterises-power", "Ratios that depend on ratios are powers", OURS, "ours", "existence",
                (("ratios", RATIOS), ("ranks", RANKS)), CONCLUSION, uses=("op:iia-characterises-power/images",)), derive_ratio, sample),
    Entry(Claim("op:iia-characterises-power/images", "Power ratios give power", OURS, "ours", "identity",
                (("a", gt(a, 0)), ("p", positive_law(p)), ("power", POWER), ("pairs", PAIRS), ("whole", eq(total(lambda b: q[b]), 1))),
                each(lambda b: eq(q[b], power(p, 1 / a)(b)))), derive_images, images_sample),
)
