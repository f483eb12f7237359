"""Generator operators do not see the names of the classes: the image of a permuted law is the permuted image, T > 0."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, gt, le, lt
from theorems.rules.permutation import permutation
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, argument, c, h, image, lam, mu
from theorems.softening.generator_unique import LAW
from theorems.terms import substitute
from theorems.vocabulary import T, V, each, i, law, p, q, r, sp, total

s_ = sp.IndexedBase("s", integer=True)
MOVED = sp.Lambda(i, p[s_[i]])


def moved(proposition, **more):  # type: ignore[no-untyped-def]
    """The same of the permuted law."""
    return substitute(proposition, {"p": MOVED, **more})


def derive(d: Derivation) -> None:
    entries, whole = g.entries_of(d, "q"), g.sum_of(d, "q")
    factor, mass = d.restate(gt(lam, 0), ["q"]), d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    places = d.restate(permutation(s_, 1, V).args[0], ["places"])

    def place(s: Derivation) -> list[str]:
        found = s.restate(All(le(1, s_[i]), le(s_[i], V)), [at(places, i=i), "low", "high"])
        return [s.restate(le(1, s_[i]), [found]), s.restate(le(s_[i], V), [found])]

    inside = d.for_all((i,), SPAN, lambda s: s.sign(ge(p[s_[i]], 0), ["p", *place(s)]))
    within = d.for_all((i,), SPAN, lambda s: s.restate(lt(p[s_[i]], c), [at("room", i=s_[i]), *place(s)]))
    same = d.for_all((i,), SPAN, lambda s: s.restate(eq(q[s_[i]], h(argument()(s_[i]))), [at(entries, i=s_[i]), *place(s)]))

    def sums(family: sp.IndexedBase, fact: str) -> str:
        kept = d.step("permute", eq(total(lambda a: family[s_[a]]), total(lambda a: family[a])), ["places"], places=s_)
        return d.combine(eq(total(lambda a: family[s_[a]]), 1), {kept: 1, fact: 1})

    own = d.restate(moved(law(p)), [inside, sums(p, mass)])
    image_ = d.restate(moved(image(), q=sp.Lambda(i, q[s_[i]])), [factor, same, sums(q, whole)])
    unique = d.use("op:generator-class/unique", each(lambda a: eq(q[s_[a]], r[a])), ["T", own, within, "bottom", "rising", "onto", "flat", image_, "r"],
                   p=MOVED, q=sp.Lambda(i, q[s_[i]]), r=r)
    d.for_all((i,), SPAN, lambda s: s.combine(eq(r[i], q[s_[i]]), {s.restate(eq(q[s_[i]], r[i]), [at(unique, i=i), "low", "high"]): -1}))


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 4), draw.rational("1/2", 3)
    masses, heat = draw.law(size, zeros=True), g.heat(draw, kind)
    found, factor = g.softened(kind, masses, heat, scale)
    order, rest = [], list(range(1, size + 1))
    while rest:
        order.append(rest.pop(draw.integer(0, len(rest) - 1)))
    return Sample({"V": size, "p": masses, "T": heat, "q": found, "lam": factor, "s": tuple(order), "r": tuple(found[k - 1] for k in order),
                   "mu": factor, **g.pair(kind, scale)})


CLAIM = Entry(
    Claim("op:generator-class/equivariance", "Generator operators commute with permutations", Source("ours", "this project"), "ours", "identity",
          (("T", gt(T, 0)), *LAW, ("places", permutation(s_, 1, V)), ("q", image()), ("r", moved(image(r, p, T, mu)))),
          each(lambda a: eq(r[a], q[s_[a]])), uses=("op:generator-class/unique",)),
    derive, sample,
)
