"""Gibbs' inequality: KL(p, q) >= 0 for positive laws on V classes, every V."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le
from theorems.vocabulary import V, i, kl, p, positive_law, q, sp, total


def derive(d: Derivation) -> None:
    def term(s: Derivation) -> None:
        first, second = s.sign(gt(p[i], 0), ["p", "low", "high"]), s.sign(gt(q[i], 0), ["q", "low", "high"])
        ratio = s.sign(gt(q[i] / p[i], 0), [first, second])
        bound = s.use("base:log-bound", le(sp.log(q[i] / p[i]), q[i] / p[i] - 1), [ratio, first], x=q[i] / p[i])
        s.combine(ge(p[i] * (sp.log(p[i]) - sp.log(q[i])), p[i] - q[i]), {bound: p[i]}, [first, second])

    terms = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, term, because="p log(p/q) >= p - q")
    summed = d.step("termwise", ge(kl(p, q), total(lambda a: p[a] - q[a])), [terms, "p", "q"], range=(1, V))
    one, other = d.restate(eq(total(lambda a: p[a]), 1), ["p"]), d.restate(eq(total(lambda a: q[a]), 1), ["q"])
    d.combine(ge(kl(p, q), 0), {summed: 1, one: -1, other: 1}, ["p", "q"])


def sample(draw: Draw) -> Sample:
    size = draw.integer(2, 5)
    return Sample({"V": size, "p": draw.law(size), "q": draw.law(size)})


CLAIM = Entry(
    Claim("base:gibbs", "Gibbs' inequality", Source("ours", "textbook"), "ours", "lower",
          (("p", positive_law(p)), ("q", positive_law(q))), ge(kl(p, q), 0), uses=("base:log-bound",)),
    derive, sample,
)
