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
#: A product over all fresh inputs, both samples and a grid: the statement for one bit sees it, the runs with two leave it out.
LONG = {"judge_fresh"}


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
    assert 5 < found["batches"] < 6 and "failing" in claim_at(LABEL, **{**NUMBERS, "N_B": 5}).outside.reason
    judged = claim_at("tree:probe-validation/fitted", g=6 * 201**3, epsilon=square / (4 * largest), delta="1/60")["inputs"]
    learned = claim_at("tree:finite-class", g=102**15, epsilon="1/100", delta="1/60")["inputs"]
    for one, other in ((found["validation"], judged), (found["programme"], learned)):
        assert abs(sp.N(one / other - 1, 40)) < sp.Float("1e-30")
    assert found["probes"] == claim_at("tree:search-cost", d=100, r=3, s="1/2", tau=4, B=2)["candidates"]


def test_one_batch_is_enough_but_takes_inputs_like_one_over_delta():
    one = claim_at(LABEL, **{**NUMBERS, "f": "1/60", "N_B": 1})
    assert one["fit"] == claim_at("tree:probe-fit", tau=4, B=2, t=sp.Rational(1, 128), delta="1/60")["inputs"]
    assert one["fit"] > 6 * claim_at(LABEL, **NUMBERS)["fit"]


@pytest.mark.parametrize("seed", range(3))
def test_runs_on_two_bits_meet_the_hypotheses(seed):
    sample = _run.run(Dice(seed), bits=2)
    point = Point(dict(sample.values), sample.law)
    met = {name: truth(hypothesis, point) for name, hypothesis in HYPOTHESES if name not in LONG}
    assert len(met) == len(HYPOTHESES) - len(LONG) and [name for name, answer in met.items() if answer is not True] == []
    assert truth(CONCLUSION, point) is True


def test_without_enough_inputs_runs_fail():
    """One or two inputs a sample: some runs return a wrong tree more often than a delta below 1 allows, and then only the numbers of inputs are amiss."""
    enough, broken = {"failing", "to_judge", "to_learn"}, 0
    for seed in range(12):
        sample = _run.run(Dice(seed))
        point = Point({**sample.values, "delta": sp.Rational(1, 20)}, sample.law)
        if truth(CONCLUSION, point) is False:
            broken += 1
            assert {name for name, hypothesis in HYPOTHESES if truth(hypothesis, point) is not True} <= enough
    assert broken >= 2


def test_the_sample_of_the_claim_is_such_a_run():
    assert find(LABEL).sample is _run.run
