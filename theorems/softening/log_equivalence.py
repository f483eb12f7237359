"""softmax(z/T) = power_T(softmax(z)) for all logits z, all V and all T > 0 (SKD abstract: p^(1/T) is softmax(z/T))."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Relation, eq, ge, gt, le
from theorems.vocabulary import T, V, each, i, power, softmax, z


def statement(index: object) -> Relation:
    return eq(softmax(lambda a: z[a] / T)(index), power(softmax(z), T)(index))


def derive(d: Derivation) -> None:
    d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, lambda s: s.rewrite(statement(i), ["T", "V"]),
              because="the normalising constants cancel")


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    return Sample({"V": size, "T": draw.rational("1/10", 9), "z": draw.family(size, -6, 6)})


CLAIM = Entry(
    Claim("op:log-equivalence", "Logit and probability softening agree", Source("SKD", "abstract (a)"), "ours", "identity",
          (("T", gt(T, 0)), ("V", ge(V, 1))), each(statement)),
    derive, sample,
)
