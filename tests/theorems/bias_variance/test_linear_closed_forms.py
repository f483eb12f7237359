"""The closed forms of the linear-Gaussian claims against exact rational algebra and a million simulated data sets."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import sympy as sp

from theorems.bias_variance.triple_point import DENSE, DIRECT, DISTILLED

HADAMARD = ((1, 1, 1, 1), (1, -1, 1, -1), (1, 1, -1, -1), (1, -1, -1, 1))
DRAWS, BATCH = 1_000_000, 50_000


def closed(formula, **values):
    return formula.subs({sp.Symbol(k, integer=True) if k in "nds" else sp.Symbol(k, real=True): v for k, v in values.items()})


@pytest.mark.parametrize("design", [[[1, 0], [2, 1], [0, 3], [1, 1]], [[1, 2], [0, 1], [3, -1], [2, 2]], [[5, 1], [1, 4], [0, 0], [-2, 3]]])
def test_given_the_design_each_coefficient_has_the_error_of_the_inverse_gram(design):
    """E over white noise of (W X'(X b + e) - b)_i^2 is s2 W_ii, in rationals; here s2 = 9."""
    x, truth = sp.Matrix(design), sp.Matrix([sp.Rational(2, 3), -1])
    inverse = (x.T * x).inv()
    errors = [inverse * x.T * (x * truth + 3 * sign * sp.Matrix(line)) - truth for line in HADAMARD for sign in (1, -1)]
    for i in range(2):
        assert sum(error[i] ** 2 for error in errors) / len(errors) == 9 * inverse[i, i]


def test_left_out_inputs_are_noise_of_level_r():
    """One used and one ignored column: E over a white ignored column and noise of the squared error is (s2 + r) W."""
    x, coefficient, lost = sp.Matrix([2, 1, 0, 3]), sp.Rational(3, 2), sp.Rational(1, 2)
    weight = 1 / (x.T * x)[0]
    errors = [weight * (x.T * (x * coefficient + lost * sp.Matrix(z) + 3 * sign * sp.Matrix(e)))[0] - coefficient
              for z, e, sign in product(HADAMARD, HADAMARD, (1, -1))]
    assert sum(error**2 for error in errors) / len(errors) == (9 + lost**2) * weight


@pytest.mark.parametrize(("s", "d", "n"), [(1, 2, 5), (2, 3, 9), (3, 3, 6), (1, 6, 20)])
def test_the_three_risks_meet_at_the_triple_point(s, d, n):
    s2 = Fraction(7, 3)
    r = s2 * Fraction(d - s, n - d - 1)
    at = {"s": s, "d": d, "n": n, "s2": sp.Rational(s2.numerator, s2.denominator), "r": sp.Rational(r.numerator, r.denominator)}
    assert closed(DENSE, **at) == closed(DIRECT, **at) == closed(DISTILLED, **at)


def simulated(n, d, s, truth, noise):
    """Excess risks of the dense, direct and distilled predictors on `DRAWS` normal data sets: means and standard errors."""
    rng, sums, squares = np.random.default_rng(20260107), np.zeros(3), np.zeros(3)
    for _ in range(DRAWS // BATCH):
        x = rng.standard_normal((BATCH, n, d))
        y = x @ truth + np.sqrt(noise) * rng.standard_normal((BATCH, n))
        transposed = x.transpose(0, 2, 1)
        gram, moment = transposed @ x, (transposed @ y[..., None])
        dense = np.linalg.solve(gram, moment)[..., 0]
        direct = np.linalg.solve(gram[:, :s, :s], moment[:, :s])[..., 0]
        lost = truth[s:] @ truth[s:]
        risks = np.stack([((dense - truth) ** 2).sum(1), ((direct - truth[:s]) ** 2).sum(1) + lost, ((dense - truth)[:, :s] ** 2).sum(1) + lost])
        sums, squares = sums + risks.sum(1), squares + (risks**2).sum(1)
    mean = sums / DRAWS
    return mean, np.sqrt((squares / DRAWS - mean**2) / DRAWS)


@pytest.mark.slow
def test_a_million_data_sets_agree_within_five_standard_errors():
    n, d, s, noise, truth = 12, 3, 1, 1.5, np.array([1.0, 0.5, -0.25])
    mean, error = simulated(n, d, s, truth, noise)
    at = {"s": s, "d": d, "n": n, "s2": sp.Rational(3, 2), "r": sp.Rational(5, 16)}
    expected = np.array([float(closed(formula, **at)) for formula in (DENSE, DIRECT, DISTILLED)])
    assert (error < 0.002 * expected).all()
    assert (np.abs(mean - expected) < 5 * error).all(), (mean, expected, error)
