"""The theorem on the whole algorithm: its numbers are those of its lemmas, its hypotheses are those of real runs, and it needs its inputs."""

import random

import pytest
import sympy as sp

from numerics.at import claim_at
from numerics.evaluate import Point, truth
from theorems.chapters import find
from theorems.trees import _run
from theorems.trees._algorithm import CONCLUSION, HYPOTHESES

LABEL = "tree:search-cost/samples"
NUMBERS = {"d": 100, "r": 3, "s": "1/2", "tau": 4, "B": 2, "L": 8, "q": 2, "epsilon": "1/100", "delta": "1/20", "f": "1/2", "N_B": 6}
#: Products over all outcomes and a grid, or six names: the runs on one bit, which the falsifier draws, meet them; the one on two leaves them out.
LONG = {"judge_fresh", "reach_splits"}


class Dice:
    """Draws from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def rational(self, low, high):
        return low + (high - sp.sympify(low)) * sp.Rational(self.random.randint(0, 16), 16)


def test_its_numbers_are_those_of_its_lemmas():
    """Every lemma at a third of delta; probes that pass have mean square error (s 2^(1-r))^2 = 1/64 at most, over the largest loss 81."""
    found, square, largest = claim_at(LABEL, **NUMBERS), sp.Rational(1, 64), sp.Integer(81)
    assert found["fit"] == claim_at("tree:probe-fit/batches", tau=4, B=2, t=square / 2, f="1/2", J=6)["inputs"] == 4 * 16**3 * 8**4 * 2 * 2**4
    assert found["batches"] == 6 and "failing" in claim_at(LABEL, **{**NUMBERS, "N_B": 5}).outside.reason
    judged = claim_at("tree:probe-validation/fitted", g=6 * 201**3, epsilon=square / (4 * largest), delta="1/60")["inputs"]
    learned = claim_at("tree:finite-class", g=102**15, epsilon="1/100", delta="1/60")["inputs"]
    for one, other in ((found["validation"], judged), (found["programme"], learned)):
        assert abs(sp.N(one / other - 1, 40)) < sp.Float("1e-30")
    assert found["probes"] == claim_at("tree:search-cost", d=100, r=3, s="1/2", tau=4, B=2)["candidates"]


def test_one_batch_is_enough_but_takes_inputs_like_one_over_delta():
    one = claim_at(LABEL, **{**NUMBERS, "f": "1/60", "N_B": 1})
    assert one["fit"] == claim_at("tree:probe-fit", tau=4, B=2, t=sp.Rational(1, 128), delta="1/60")["inputs"]
    assert one["fit"] > 6 * claim_at(LABEL, **NUMBERS)["fit"]


@pytest.mark.slow
def test_a_run_on_two_bits_meets_the_hypotheses():
    sample = _run.run(Dice(0), bits=2)
    assert {sum(tested) for tested in sample.values["N"]} == {6, 8}, "the search goes to clauses of two literals"
    point = Point(dict(sample.values), sample.law)
    met = {name: truth(hypothesis, point) for name, hypothesis in HYPOTHESES if name not in LONG}
    assert len(met) == len(HYPOTHESES) - len(LONG) and [name for name, answer in met.items() if answer is not True] == []
    assert truth(CONCLUSION, point) is True


@pytest.mark.parametrize("seed", [9, 20])
def test_without_enough_inputs_a_run_fails(seed):
    """One or two inputs a sample: the returned tree is wrong more often than delta = 1/20 allows, and nothing but the numbers of inputs is amiss."""
    sample = _run.run(Dice(seed))
    point = Point({**sample.values, "delta": sp.Rational(1, 20)}, sample.law)
    assert truth(CONCLUSION, point) is False
    assert {name for name, hypothesis in HYPOTHESES if truth(hypothesis, point) is not True} == {"failing", "to_judge", "to_learn"}


def test_the_sample_of_the_claim_is_such_a_run():
    assert find(LABEL).sample is _run.run
