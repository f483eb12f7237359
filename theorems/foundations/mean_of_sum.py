"""The mean of a finite sum is the sum of the means."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq
from theorems.terms import E, RandomFamily
from theorems.vocabulary import total

S = RandomFamily("S")
CONCLUSION = eq(E(total(lambda a: S[a])), total(lambda a: E(S[a])))


def derive(d: Derivation) -> None:
    d.rewrite(CONCLUSION)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size}, tuple((weight, {"S": draw.family(size, -1, 1)}) for weight in draw.law(3)))


CLAIM = Entry(Claim("base:mean-of-sum", "Mean of a finite sum", Source("ours", "textbook"), "ours", "identity", (), CONCLUSION), derive, sample)
