"""The chapter is complete, comes out as expected, and its closed forms agree with plain arithmetic on real paths."""

import itertools
import math
import random
from fractions import Fraction

import pytest

from numerics.falsify import falsify
from numerics.ledger import prove
from overproof import claim_at
from theorems.chapters import entries, find
from theorems.crosswalk import CROSSWALK
from theorems.verdict import Refuted, Supported, name

LISTED = {
    "path:quadratic-stages", "path:first-order-stages", "path:floor", "path:end-to-end", "path:hoeffding", "path:logit-length", "path:temperature",
    "path:euler", "path:anchored", "path:sparse-hull", "path:iterative-beats-one-shot", "path:one-shot-beats-iterative", "path:parameters",
}
REFUTED = {"path:end-to-end", "path:sparse-hull-closed"}
LABELS = sorted(label for label in entries() if label.startswith("path:"))


def kl(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def softened(p, beta):
    weights = [a**beta for a in p]
    return [w / sum(weights) for w in weights]


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED | REFUTED
    assert {label for label in LABELS if find(label).claim.expected == "refuted"} == REFUTED
    assert {label for a in CROSSWALK if (a.source, a.number) in {("SKD", "(ii)"), ("SKD", "(iii)")} for label in a.claims} == LISTED | REFUTED


@pytest.mark.parametrize("label", LABELS)
def test_verdict_without_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert not [trust for trust in evidence.trusts if trust.startswith("cite")]


@pytest.mark.parametrize("label", sorted(set(LABELS) - REFUTED))
def test_sampler_meets_the_hypotheses(label):
    evidence = falsify(find(label), cases=12)
    assert isinstance(evidence.verdict, Supported), evidence.verdict


@pytest.mark.parametrize("label", sorted(REFUTED))
def test_refutations_have_a_witness_and_a_repair(label):
    assert isinstance(prove(label).verdict, Refuted)
    assert find(find(label).claim.repaired).claim.expected == "proved"


def test_the_bernoulli_path_by_plain_arithmetic():
    witness = {key: Fraction(value) for key, value in prove("path:end-to-end").verdict.witness.items()}
    a, b, s = witness["a"], witness["b"], witness["S"]
    for n in (1, 2, 5, 20, 200):
        laws = [float(a + (b - a) * k / n) for k in range(n + 1)]
        stages = sum(kl((p, 1 - p), (q, 1 - q)) for p, q in itertools.pairwise(laws))
        assert stages <= s / n
        assert kl((laws[0], 1 - laws[0]), (laws[-1], 1 - laws[-1])) == pytest.approx(math.log(3) / 2)


def test_power_path_stays_below_its_bound_and_comes_close():
    chance, close = random.Random(0), 0.0
    for _ in range(60):
        weights = [chance.uniform(0.01, 1) for _ in range(chance.randint(2, 6))]
        p, n = [w / sum(weights) for w in weights], chance.randint(1, 8)
        first, last = chance.uniform(-1, 2), chance.uniform(-1, 2)
        laws = [softened(p, first + (last - first) * k / n) for k in range(n + 1)]
        total = sum(kl(x, y) for x, y in itertools.pairwise(laws))
        spread = math.log(max(p) / min(p))
        numbers = {"beta_0": str(Fraction(first)), "beta_1": str(Fraction(last)), "n": n, "R": str(Fraction(spread))}
        bound = float(claim_at("path:temperature", **numbers)["bound"])
        assert total <= bound + 1e-12
        close = max(close, total / bound)
    pair = [0.505, 0.495]
    step = kl(softened(pair, 0), softened(pair, 1))
    assert close > 0.5 and step / (math.log(505 / 495) ** 2 / 8) > 0.9999


def test_anchored_weights_count_from_one():
    """From 1/2 on the divergence obeys its bound with little room; counted from 1 the first stage is already at the target."""
    target, start = [0.7, 0.2, 0.1], [1e-9, 0.5, 0.5 - 1e-9]
    for first in (1, 0):
        law = start
        for k in range(first, first + 6):
            law = [(1 - 1 / (k + 1)) * x + t / (k + 1) for x, t in zip(law, target, strict=True)]
        share = kl(target, law) / kl(target, start)
        assert share == pytest.approx(0, abs=1e-15) if first == 0 else 0 < share <= float(claim_at("path:anchored", c=0, n=6)["falling"])


def test_euler_on_a_real_equation():
    """gamma' = 2 gamma: the student is behind by less than the bound, and both fall like 1/n."""
    for n in (1, 3, 10, 100):
        missed = math.exp(2) - (1 + 2 / n) ** n
        bound = 4 * math.exp(2) * (math.exp(2) - 1) / (4 * n)
        found = float(claim_at("path:euler", K=2, M=str(Fraction(4 * math.exp(2))), n=n)["error"])
        assert found == pytest.approx(bound) and bound / 20 < missed <= bound


def test_sparse_hull_against_all_counts():
    """The best of all combinations of n atoms obeys the bound: by enumeration, exactly."""
    chance = random.Random(1)
    for _ in range(40):
        atoms = [[Fraction(chance.randint(-4, 4)) for _ in range(2)] for _ in range(3)]
        shares = [Fraction(chance.randint(1, 5)) for _ in atoms]
        weights = [w / sum(shares) for w in shares]
        point = [sum(w * g[i] for w, g in zip(weights, atoms, strict=True)) for i in range(2)]
        room = max(sum(x * x for x in g) for g in atoms) - sum(x * x for x in point)
        for n in (1, 2, 3):
            best = min(sum((f - sum(atoms[j][i] for j in chosen) / n) ** 2 for i, f in enumerate(point))
                       for chosen in itertools.combinations_with_replacement(range(3), n))
            assert best <= room / n
