"""The chapter is complete, every claim comes out as expected, and its closed forms hold of independent numerics."""

import itertools
import math
import random
from fractions import Fraction

import mpmath
import pytest

from numerics.judge_rules import formula
from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.verdict import Refuted, name

mpmath.mp.dps = 40
LISTED = {"access:black-box", "access:topk", "access:topk-fill", "access:topk-softened", "access:restriction", "access:text-rate", "access:text-unbiased",
          "access:no-free-lunch", "access:privacy-mixing", "access:privacy-power"}
LABELS = sorted(label for label in entries() if label.startswith("access:"))
FALSE = {"access:restriction/mixing", "access:text-unbiased/power", "access:topk-softened/face"}


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert {label for label in LABELS if find(label).claim.expected == "refuted"} == FALSE


@pytest.mark.parametrize("label", LABELS)
def test_verdict_without_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not any(trust.startswith("cite") for trust in evidence.trusts)


@pytest.mark.parametrize("label", sorted(FALSE))
def test_refutations_carry_witness_and_repair(label):
    evidence = prove(label)
    assert isinstance(evidence.verdict, Refuted) and evidence.verdict.witness["p"]
    assert find(find(label).claim.repaired).claim.expected == "proved"


def softened(p, t):
    roots = [x ** (1 / t) if x else mpmath.mpf(0) for x in p]
    return [x / sum(roots) for x in roots]


def laws(count, size, zeros):
    dice = random.Random(7)
    for _ in range(count):
        weights = [dice.choice([0, 1, 3, 50, 10**6]) if zeros else dice.randint(1, 10**4) for _ in range(size)]
        if sum(weights[: size // 2]):
            yield [mpmath.mpf(w) / sum(weights) for w in sorted(weights, reverse=True)]


@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("t", ["1", "1.5", "4", "60"])
def test_truncation_and_its_softening(zeros, t):
    t, k, size = mpmath.mpf(t), 3, 7
    for p in laws(20, size, zeros):
        lost = sum(p[k:])
        cut = [x / (1 - lost) if i < k else mpmath.mpf(0) for i, x in enumerate(p)]
        one, other = softened(p, t), softened(cut, t)
        tail = sum(one[k:])
        assert abs(sum(abs(a - b) for a, b in zip(p, cut, strict=True)) / 2 - lost) < 1e-30
        assert abs(sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2 - tail) < 1e-30
        amplified = (size - k) ** (1 - 1 / t) * lost ** (1 / t) if lost else 0
        assert tail <= amplified / (amplified + (1 - lost) ** (1 / t)) + mpmath.mpf(10) ** -30


def test_limit_holds_inside_and_fails_on_a_face():
    inside = softened([mpmath.mpf(x) / 100 for x in (90, 8, 2)], mpmath.mpf(10) ** 9)
    face = softened([mpmath.mpf(1) / 2, mpmath.mpf(1) / 2, mpmath.mpf(0)], mpmath.mpf(10) ** 9)
    assert abs(sum(inside[1:]) - mpmath.mpf(2) / 3) < 1e-7
    assert abs(sum(face[1:]) - mpmath.mpf(1) / 2) < 1e-30


def test_randomised_response_budget_is_reached():
    size, t = 5, 3.0
    low, high = (1 - 1 / t) / size, 1 / t + (1 - 1 / t) / size
    assert math.log(high / low) == pytest.approx(math.log(1 + size / (t - 1)))


@pytest.mark.parametrize("size", [2, 3, 5])
@pytest.mark.parametrize("tokens", [1, 2, 4])
def test_rate_of_sampled_tokens(size, tokens):
    """All sequences written out: the bound holds, and one fair coin reaches it."""
    p = [Fraction(2 * i + 1, size**2) for i in range(size)] if tokens > 1 else [Fraction(1, size)] * size
    mean = sum(math.prod(p[a] for a in drawn) * sum(abs(Fraction(drawn.count(a), tokens) - p[a]) for a in range(size)) / 2
               for drawn in itertools.product(range(size), repeat=tokens))
    bound = formula("access:text-rate", V=size, m=tokens)
    assert mean <= bound + 1e-12
    assert (abs(mean - bound) < 1e-12) == (size == 2 and tokens == 1)


def test_rounded_probabilities_stay_within_the_bound():
    for p in laws(20, 6, True):
        for t in (1, 2, 7):
            q = [(1 - mpmath.mpf("1e-6")) * x + mpmath.mpf("1e-6") / 6 for x in p]
            gap = max(abs(a - b) for a, b in zip(p, q, strict=True))
            moved = sum(abs(a - b) for a, b in zip(softened(p, mpmath.mpf(t)), softened(q, mpmath.mpf(t)), strict=True))
            assert moved <= 2 * mpmath.mpf(6) ** (1 - mpmath.mpf(1) / t) * (6 * gap) ** (mpmath.mpf(1) / t)
