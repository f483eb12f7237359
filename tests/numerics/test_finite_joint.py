"""Thousands of random finite joint problems in rationals: no bound fails, tight cases occur, lambda is needed with two labels only."""

from fractions import Fraction

import pytest

from numerics.finite_joint import Problem, Tally, compare, enumerated, lipschitz, smallest

BOUNDS = ("joint:bound", "joint:divergence", "joint:frozen-head", "joint:frozen-head/outputs")


@pytest.fixture(scope="module")
def tally():
    return enumerated(5000, seed=4)


@pytest.mark.parametrize("name", BOUNDS)
def test_no_bound_fails_and_some_problems_reach_it(tally, name):
    assert name not in tally.failed
    assert tally.held[name] > 2000 and tally.tight[name] > 10


def test_without_lambda_the_bound_fails_for_different_labels_only(tally):
    broken = tally.failed["joint:lambda-needed"]
    assert len(broken) > 100 and all(problem.f != problem.g for problem in broken)
    assert len(tally.without_lambda.weights) == 1 and len(tally.without_lambda.heads) == 1


def test_every_smallest_problem_that_breaks_it_has_two_labels():
    broken = Tally()
    for problem in smallest():
        compare(problem, broken)
    found = broken.failed["joint:lambda-needed"]
    assert found and all(problem.f != problem.g for problem in found)
    assert any(problem.distance == 0 and lipschitz(problem.heads[0]) == 0 for problem in found)


def test_the_tight_chain_of_the_claim():
    """h = u and k = 4 - u on the line, features 0 and 1, labels 5 and 2: error 5 = 1 + (1 + 1) + 2."""
    up, down = (tuple(Fraction(a) for a in table) for table in ((0, 1, 2), (4, 3, 2)))
    problem = Problem((Fraction(1),), (0,), (1,), (Fraction(5),), (Fraction(2),), (up, down))
    right = problem.error(up, "teacher") + problem.error(down, "student") + problem.error(down, "teacher") + 2 * problem.distance
    assert problem.error(up, "student") == right == 5


def test_a_wrong_constant_would_be_found():
    """K in the place of 2 K breaks the first bound."""
    up, down = (tuple(Fraction(a) for a in table) for table in ((0, 1, 2), (4, 3, 2)))
    problem = Problem((Fraction(1),), (0,), (1,), (Fraction(5),), (Fraction(2),), (up, down))
    tally = Tally()
    lam = problem.error(down, "student") + problem.error(down, "teacher")
    tally.enter("halved", problem.error(up, "student"), problem.error(up, "teacher") + lam + problem.distance, problem)
    assert tally.failed == {"halved": [problem]}
