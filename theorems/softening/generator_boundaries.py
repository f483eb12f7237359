"""What generator operators do not do: two statements that are false, and why zeros stay.

* Below T = 1 a generator with m(0) > 0 (phi(0+) > -oo) need not rank: at phi = -log(1 - p), T = 1/4, p = (8, 8, 3, 1)/20 the two
  smaller entries both go to 0.
* Where m(0) = 0 (phi(0+) = -oo) an entry 0 is 0 at every T, so no such operator flattens the faces of the simplex.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import GENERATOR, c, h, image, lam, m, v, x
from theorems.terms import substitute
from theorems.vocabulary import T, V, i, j, law, p, q, sp

OURS = Source("ours", "this project")
ZERO, ONE = sp.Integer(0), sp.Integer(1)
TOP = (v + 1 + sp.Abs(v - 1)) / 2  # the larger of v and 1
VALUES = {"m": sp.Lambda(x, 1 / (1 - x)), "h": sp.Lambda(v, 1 - 1 / TOP), "c": ONE}  # exp(-log(1 - x)) and its inverse, 0 below m(0) = 1
ENTRIES = {"V": sp.Integer(4), "p": tuple(sp.Rational(a, 20) for a in (8, 8, 3, 1)), "q": (sp.Rational(1, 2), sp.Rational(1, 2), ZERO, ZERO),
           "T": sp.Rational(1, 4), "lam": sp.Rational(162, 625), "i": sp.Integer(3), "j": sp.Integer(4)}


def derive_zeros(d: Derivation) -> None:
    entries = g.entries_of(d, "q")
    image_i = g.entry_of(d, entries, i, ["low", "high"])
    value = d.transfer(eq(m(p[i]), 0), "sinks", ["empty"])
    root = d.sign(eq(m(p[i]) ** (1 / T), 0), [value, "T"])
    argument = d.combine(eq(g.argument()(i), 0), {root: lam}, [value, "T"])
    (back,) = g.inverse(d, g.INVERSE)
    own = d.restate(eq(h(m(ZERO)), 0), [at(back, x=0), d.sign(le(ZERO, 0), []), d.sign(lt(ZERO, c), ["empty", d.restate(lt(p[i], c), [at("room", i=i), "low", "high"])])])
    at_zero = d.transfer(eq(h(ZERO), 0), own, ["sinks"])
    d.transfer(eq(q[i], 0), image_i, [argument, at_zero, value, "T"])


def sample(draw: Draw) -> Sample:
    size, scale, heat = draw.integer(2, 4), draw.rational("1/2", 3), draw.rational("1/3", 4)
    masses = list(draw.law(size - 1))
    place = draw.integer(0, size - 1)
    masses.insert(place, ZERO)
    found, factor = g.softened("power", masses, heat, scale)
    return Sample({"V": size, "p": tuple(masses), "T": heat, "q": found, "lam": factor, "i": place + 1, **g.pair("power", scale)})


CLAIMS = (
    Entry(Claim("op:generator-class/ranking-below-one", "The generator -log(1 - p) ranks at every T > 0", OURS, "ours", "refutation",
                (("T", gt(T, 0)), ("p", law(p)), ("room", substitute(g.room(), VALUES)), ("q", substitute(image(), VALUES)), ("i_low", le(1, i)), ("i_high", le(i, V)), ("j_low", le(1, j)), ("j_high", le(j, V)),
                 ("order", gt(p[i], p[j]))), gt(q[i], q[j]), expected="refuted", repaired="op:generator-class/ranking",
                note="Where phi(0+) is finite the domain starts at 1; all other properties but ranking and composition hold on T > 0 too."),
          lambda d: d.counterexample(**ENTRIES)),
    Entry(Claim("op:generator-class/zeros", "Where phi(0+) = -oo zeros stay", OURS, "ours", "identity",
                (("T", gt(T, 0)), ("room", g.room()), *GENERATOR, ("q", image()), ("low", le(1, i)), ("high", le(i, V)), ("empty", eq(p[i], 0)),
                 ("sinks", eq(m(0), 0))), eq(q[i], 0), uses=("op:generator-class/inverse",)),
          derive_zeros, sample),
)
