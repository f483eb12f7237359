"""Majorisation raises Shannon entropy: positive laws p, q on V classes, both in falling order, all partial sums of q at
most those of p; then H(q) >= H(p).  Every V; order is no restriction, for entropy and majorisation do not see it."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, eq, ge, gt, le
from theorems.vocabulary import V, entropy, i, k, kl, p, positive_law, q, sp, total

PARTIAL = ForAll((k,), (le(1, k), le(k, V)), le(total(lambda a: q[a], k), total(lambda a: p[a], k)))
FALLING = ForAll((k,), (le(1, k), le(k, V - 1)), ge(q[k], q[k + 1]))


def derive(d: Derivation) -> None:
    gibbs = d.use("base:gibbs", ge(kl(p, q), 0), ["p", "q"])

    def logs(s: Derivation) -> None:
        falls = s.restate(ge(q[k], q[k + 1]), ["low", "high", at("falling", k=k)])
        after = s.sign(le(1, k + 1), ["low"])
        first = s.sign(gt(q[k + 1], 0), ["q", after, "high"])
        second = s.sign(gt(q[k], 0), [first, falls])
        s.sign(ge(sp.log(q[k]), sp.log(q[k + 1])), [falls, first, second])

    falling = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, logs, because="log keeps the order")

    def gaps(s: Derivation) -> None:
        inside = s.sign(le(k, V), ["high"])
        bound = s.restate(le(total(lambda a: q[a], k), total(lambda a: p[a], k)), [at("partial", k=k), "low", inside])
        s.combine(ge(total(lambda a: p[a] - q[a], k), 0), {bound: 1})

    partial = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, gaps)
    weights, steps = sp.Lambda(i, sp.log(q[i])), sp.Lambda(i, p[i] - q[i])
    abel = d.use("base:abel", ge(total(lambda a: sp.log(q[a]) * (p[a] - q[a])), sp.log(q[V]) * total(lambda a: p[a] - q[a])),
                 ["V", falling, partial, "q"], c=weights, d=steps)
    one, other = d.restate(eq(total(lambda a: p[a]), 1), ["p"]), d.restate(eq(total(lambda a: q[a]), 1), ["q"])
    last = d.sign(gt(q[V], 0), ["q", "V"])
    d.combine(ge(entropy(q), entropy(p)), {gibbs: 1, abel: 1, one: -sp.log(q[V]), other: sp.log(q[V])}, ["p", "q", last])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first = sorted(draw.law(size), reverse=True)
    share = draw.rational(0, 1)
    return Sample({"V": size, "p": tuple(first), "q": tuple(share * a + (1 - share) / size for a in first)})


CLAIM = Entry(
    Claim("base:majorisation-entropy", "Majorisation raises entropy", Source("ours", "textbook"), "ours", "lower",
          (("V", ge(V, 1)), ("p", positive_law(p)), ("q", positive_law(q)), ("falling", FALLING), ("partial", PARTIAL)),
          ge(entropy(q), entropy(p)), uses=("base:gibbs", "base:abel")),
    derive, sample,
)
