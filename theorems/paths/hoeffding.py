"""KL(softmax z, softmax y) <= (high - low)^2/8 when low <= z_i - y_i <= high, for all V: range(z - y)^2/8 at best.

The constant 1/8 is best: for two classes with z = (0, 0) and y = (x, 0) the divergence over x^2/8 tends to 1 as x -> 0+
(path:hoeffding/tight).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.foundations.hoeffding import CONCLUSION as HOEFFDING
from theorems.foundations.hoeffding import high, low
from theorems.logic import All, ForAll, Tends, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, k, kl, softmax, sp, total, z

x = sp.Symbol("x", real=True)
y = sp.IndexedBase("y")
SQUARE = (high - low) ** 2 / 8
BOUND = le(kl(softmax(z), softmax(y)), SQUARE)
HYPOTHESES = (("V", ge(V, 1)), ("above", each(lambda a: ge(z[a] - y[a], low))), ("below", each(lambda a: le(z[a] - y[a], high))))
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
WEIGHTS = (total(lambda a: sp.exp(z[a])), total(lambda a: sp.exp(y[a])))
PAIR = [[sp.exp(a) / sp.Add(*map(sp.exp, logits)) for a in logits] for logits in ((sp.Integer(0), sp.Integer(0)), (x, sp.Integer(0)))]
DIVERGENCE = sp.Add(*(a * (sp.log(a) - sp.log(b)) for a, b in zip(*PAIR, strict=True)))
CLOSED = sp.log((1 + sp.exp(x)) / 2) - x / 2
TIGHT = All(ForAll((x,), (), eq(DIVERGENCE, CLOSED)), Tends(CLOSED / (x**2 / 8), x, 0, 1))


def derive(d: Derivation) -> None:
    weights = [d.sign(gt(weight, 0), ["V"]) for weight in WEIGHTS]
    first = softmax(z)
    entries = d.for_all((i,), RANGE, lambda s: s.sign(ge(first(i), 0), weights))
    whole = d.rewrite(eq(total(first), 1), weights)
    lows = d.for_all((i,), RANGE, lambda s: s.combine(ge(y[i] - z[i], -high), {at("below", i=i): 1}, ["i_low", "i_high"]))
    highs = d.for_all((i,), RANGE, lambda s: s.combine(le(y[i] - z[i], -low), {at("above", i=i): 1}, ["i_low", "i_high"]))
    values = {"p": sp.Lambda((k,), first(k)), "a": sp.Lambda((k,), y[k] - z[k]), "low": -high, "high": -low}
    lemma = d.use("base:hoeffding", substitute(HOEFFDING, values), [entries, whole, lows, highs], **values)
    d.combine(BOUND, {lemma: 1, whole: sp.log(WEIGHTS[1]) - sp.log(WEIGHTS[0])}, weights, because="log of the ratio of the normalising constants")


def tight(d: Derivation) -> None:
    def closed(s: Derivation) -> None:
        below = s.sign(gt(1 + sp.exp(x), 0))
        s.rewrite(eq(DIVERGENCE, CLOSED), [below])

    equal = d.for_all((x,), {}, closed)
    d.restate(TIGHT, [equal, d.limit(TIGHT.args[1])])


def join(d: Derivation) -> None:
    names = [name for name, _ in HYPOTHESES]
    d.restate(All(BOUND, TIGHT), [d.use("path:hoeffding/bound", BOUND, names), d.use("path:hoeffding/tight", TIGHT)])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first, second = draw.family(size, -3, 3), draw.family(size, -3, 3)
    gaps = [a - b for a, b in zip(first, second, strict=True)]
    slack = draw.rational(0, 1) if draw.integer(0, 1) else sp.Integer(0)
    return Sample({"V": size, "z": first, "y": second, "low": min(gaps) - slack, "high": max(gaps) + slack})


SOURCE = Source("SKD", "abstract (iii)")
CLAIMS = (
    Entry(Claim("path:hoeffding/bound", "KL through the range of the logit gap", SOURCE, "ours", "upper", HYPOTHESES, BOUND, uses=("base:hoeffding",)),
          derive, sample),
    Entry(Claim("path:hoeffding/tight", "The constant of the logit bound is best", SOURCE, "ours", "tight", (), TIGHT), tight),
    Entry(Claim("path:hoeffding", "KL is at most an eighth of the squared range of the logit gap", SOURCE, "ours", "tight",
                HYPOTHESES, All(BOUND, TIGHT), uses=("path:hoeffding/bound", "path:hoeffding/tight")), join, sample,
          quantities=(Quantity("bound", "bound on the divergence", SQUARE),)),
)
