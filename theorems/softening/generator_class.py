"""The generator class: phi continuous and strictly increasing, m = exp(phi), T in (0, oo) where m(0) = 0 and in [1, oo) otherwise.

For a law p, its image q at T, its image r at T2 >= T and the image s of q at T2:
q is a law; q ranks as p does (A1); q = p at T = 1 (A4); s is the image of p at T T2 (composition); in falling order r is majorised by q.
The other properties are claims of their own: op:generator-class/continuity (A2), /equivariance, /hot and /zeros (hot limit: u on the
interior; on faces exactly where phi(0+) > -oo), /cold, and /unique (there is one image at most).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, image, mu
from theorems.softening._separable import ORDERED
from theorems.softening.generator_majorisation import FALLING, HEADS
from theorems.softening.generator_order import DOMAIN, RANKING
from theorems.softening.generator_semigroup import nu, s_
from theorems.softening.generator_unique import LAW
from theorems.vocabulary import T2, T, each, i, law, p, q, r, sp

u_ = sp.IndexedBase("u")
kappa = sp.Symbol("kappa", real=True)
IDENTITY = ForAll((), (eq(T, 1),), each(lambda a: eq(q[a], p[a])))
SPREAD = ForAll((), (ORDERED,), All(HEADS, FALLING))
COMPOSED = each(lambda a: eq(s_[a], u_[a]))
CONCLUSION: Proposition = All(law(q), RANKING, IDENTITY, SPREAD, COMPOSED)
NAMES = [name for name, _ in LAW]


def derive(d: Derivation) -> None:
    (inside,) = g.inverse(d, g.INSIDE)
    entries = g.entries_of(d, "q")

    def entry(s: Derivation) -> None:
        value = s.sign(ge(g.m(p[i]), 0), [g.above_bottom(s, i, ["low", "high"], monotone), "bottom"])
        own = g.entry_of(s, entries, i, ["low", "high"])
        s.sign(ge(q[i], 0), [own, s.restate(ge(g.h(g.argument()(i)), 0), [at(inside, v=g.argument()(i)), value, "T"]), value, "T"])

    (monotone,) = g.inverse(d, g.MONOTONE)
    nonnegative = d.for_all((i,), SPAN, entry)
    simplex = d.restate(law(q), [nonnegative, g.sum_of(d, "q")])
    ranking = d.use("op:generator-class/ranking", RANKING, ["T", "domain", *NAMES, "q"])

    def still(s: Derivation) -> None:
        at_one = s.transfer(image(q, p, sp.Integer(1), g.lam), "q", ["still"])
        s.use("op:generator-class/identity", each(lambda a: eq(q[a], p[a])), [*NAMES, at_one])

    identity = d.for_all((), {"still": eq(T, 1)}, still)
    spread = d.for_all((), {"ordered": ORDERED},
                       lambda s: s.use("op:generator-class/majorisation", All(HEADS, FALLING), ["T", "hotter", *NAMES, "ordered", "q", "r"]))
    second = d.sign(gt(T2, 0), ["T", "hotter"])
    composed = d.use("op:generator-class/semigroup", COMPOSED, ["T", second, "domain", *NAMES, "q", "s", "u"], r=u_, mu=nu, nu=kappa)
    d.restate(CONCLUSION, [simplex, ranking, identity, spread, composed])


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 3), draw.rational("1/2", 3)
    masses = tuple(sorted(draw.law(size, zeros=True), reverse=True))
    cold = sp.Rational(draw.integer(2, 6), 2)
    hot = cold + sp.Rational(draw.integer(0, 4), 2)
    (found, factor), (hotter, second), (whole, last) = (g.softened(kind, masses, heat, scale) for heat in (cold, hot, cold * hot))
    twice, third = g.softened(kind, found, hot, scale)
    return Sample({"V": size, "p": masses, "T": cold, "q": found, "lam": factor, "T2": hot, "r": hotter, "mu": second, "s": twice, "nu": third,
                   "u": whole, "kappa": last, **g.pair(kind, scale)})


CLAIM = Entry(
    Claim("op:generator-class", "The generator class", Source("SKD", "abstract (v)"), "ours", "implication",
          (("T", gt(T, 0)), ("hotter", le(T, T2)), ("domain", DOMAIN), *LAW, ("q", image()), ("r", image(r, p, T2, mu)), ("s", image(s_, q, T2, nu)),
           ("u", image(u_, p, T * T2, kappa))), CONCLUSION,
          uses=("op:generator-class/inverse", "op:generator-class/ranking", "op:generator-class/identity", "op:generator-class/majorisation",
                "op:generator-class/semigroup", "op:generator-class/continuity", "op:generator-class/equivariance", "op:generator-class/hot",
                "op:generator-class/zeros", "op:generator-class/cold"),
          note="Below T = 1 a generator with phi(0+) finite keeps all but ranking and composition."),
    derive, sample,
)
