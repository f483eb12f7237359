"""Generator operators compose by multiplying temperatures: F_T2(F_T(p)) = F_(T T2)(p), T2 > 0, and T > 0 where m(0) = 0, T >= 1 otherwise.

Where the argument of h is at least m(0), m takes h back: m(F_T(p)_i) = lam m(p_i)^(1/T).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, argument, c, h, image, lam, m, mu
from theorems.softening.generator_order import DOMAIN, SUPPORT
from theorems.softening.generator_unique import LAW
from theorems.vocabulary import T2, T, each, i, p, q, r, sp

s_ = sp.IndexedBase("s")
nu = sp.Symbol("nu", real=True)


def derive(d: Derivation) -> None:
    (monotone,) = g.inverse(d, g.MONOTONE)
    support = d.use("op:generator-class/support", SUPPORT, ["T", "domain", "q", *(name for name, _ in LAW)])
    first, second, whole = g.entries_of(d, "q"), g.entries_of(d, "s", s_, q, T2, mu), g.sum_of(d, "s", s_)
    factors = d.restate(gt(lam, 0), ["q"]), d.restate(gt(mu, 0), ["s"])
    both = mu * lam ** (1 / T2)

    def entry(s: Derivation) -> None:
        span = ["low", "high"]
        value = s.sign(ge(m(p[i]), 0), [g.above_bottom(s, i, span, monotone), "bottom"])
        reached = s.restate(All(ge(h(argument()(i)), 0), lt(h(argument()(i)), c), eq(m(h(argument()(i))), argument()(i))),
                            [at("onto", v=argument()(i)), s.restate(ge(argument()(i), m(0)), [at(support, i=i), *span]), value, "T"])
        taken = s.restate(eq(m(h(argument()(i))), argument()(i)), [reached])
        own = g.entry_of(s, first, i, span)
        back = s.transfer(eq(m(q[i]), argument()(i)), taken, [own, value, "T"])
        root = s.cases(eq(m(q[i]) ** (1 / T2), lam ** (1 / T2) * m(p[i]) ** (1 / (T * T2))), {"full": gt(m(p[i]), 0), "empty": le(m(p[i]), 0)},
                       lambda t, way: powers(t, way, back, value))
        image_entry = g.entry_of(s, second, i, span, s_, q, T2, mu)
        s.transfer(eq(s_[i], h(both * m(p[i]) ** (1 / (T * T2)))), image_entry, [root, value, *factors, "T", "T2"])

    def powers(t: Derivation, way: str, back: str, value: str) -> None:
        goal = eq(m(q[i]) ** (1 / T2), lam ** (1 / T2) * m(p[i]) ** (1 / (T * T2)))
        if way == "full":
            positive = t.sign(gt(m(q[i]), 0), [back, way, factors[0], "T"])
            t.rewrite(goal, [way, positive, factors[0], "T", "T2"], using=[back])
        else:
            zero = t.sign(eq(m(p[i]), 0), [way, value])
            none = t.sign(eq(m(p[i]) ** (1 / T), 0), [zero, "T"])
            gone = t.combine(eq(m(q[i]), 0), {back: 1, none: lam}, [value, "T"])
            left, right = t.sign(eq(m(q[i]) ** (1 / T2), 0), [gone, "T2"]), t.sign(eq(m(p[i]) ** (1 / (T * T2)), 0), [zero, "T", "T2"])
            t.combine(goal, {left: 1, right: -(lam ** (1 / T2))}, [gone, zero, factors[0], "T", "T2"])

    entries = d.for_all((i,), SPAN, entry)
    hotter, factor = d.sign(gt(T * T2, 0), ["T", "T2"]), d.sign(gt(both, 0), [*factors, "T2"])
    own = d.restate(image(s_, p, T * T2, both), [factor, entries, whole])
    d.use("op:generator-class/unique", each(lambda a: eq(s_[a], r[a])), [hotter, *(name for name, _ in LAW), own, "r", factors[0], "T2"],
          T=T * T2, q=s_, r=r, lam=both, mu=nu)


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 3), draw.rational("1/2", 3)
    masses, first, second = draw.law(size, zeros=True), g.heat(draw, kind), g.heat(draw, kind)
    (found, lam_), (once, nu_) = g.softened(kind, masses, first, scale), g.softened(kind, masses, first * second, scale)
    twice, mu_ = g.softened(kind, found, second, scale)
    return Sample({"V": size, "p": masses, "T": first, "q": found, "lam": lam_, "T2": second, "s": twice, "mu": mu_, "r": once, "nu": nu_, **g.pair(kind, scale)})


CLAIM = Entry(
    Claim("op:generator-class/semigroup", "Generator operators compose by multiplying temperatures", Source("ours", "this project"), "ours", "identity",
          (("T", gt(T, 0)), ("T2", gt(T2, 0)), ("domain", DOMAIN), *LAW, ("q", image()), ("s", image(s_, q, T2, mu)), ("r", image(r, p, T * T2, nu))),
          each(lambda a: eq(s_[a], r[a])),
          uses=("op:generator-class/inverse", "op:generator-class/support", "op:generator-class/unique")),
    derive, sample,
)
