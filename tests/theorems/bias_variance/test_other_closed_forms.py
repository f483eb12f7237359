"""Criterion, softening, ridge and Bayes-teacher claims against independent numerics."""

import mpmath
import numpy as np
import pytest

mpmath.mp.dps = 50


def test_numbers_of_the_witness():
    p = np.array([0.9, 0.07, 0.03])
    q = p ** (1 / 3) / (p ** (1 / 3)).sum()
    mean = q + np.array([0.01, -0.01, 0])
    risk = ((mean - p) ** 2).sum() + 0.005
    assert abs(risk - 0.157) < 5e-4
    assert 0.02 - 0.005 > ((mean - q) ** 2).sum()
    assert ((mean - q) ** 2).sum() + 2 * (mean - q) @ (q - p) + ((q - p) ** 2).sum() == pytest.approx(risk - 0.005)


@pytest.mark.parametrize("temperature", ["0.25", "0.9", "1.5", "4", "50"])
@pytest.mark.parametrize("weights", [(1, 1, 1), (90, 7, 3), (1, 10**6), (5, 4, 3, 2, 1)])
def test_softening_moves_no_further_than_the_bounds(weights, temperature):
    p, t = [mpmath.mpf(w) / sum(weights) for w in weights], mpmath.mpf(temperature)
    powers = [x ** (1 / t) for x in p]
    q = [x / sum(powers) for x in powers]
    spread = mpmath.log(max(p) / min(p))
    divergence = sum(x * mpmath.log(x / y) for x, y in zip(p, q, strict=True))
    distance = sum(abs(x - y) for x, y in zip(p, q, strict=True)) / 2
    slack = mpmath.mpf(10) ** -45
    assert divergence <= (1 - 1 / t) ** 2 * spread**2 / 8 + slack
    assert distance <= abs(1 - 1 / t) * spread / 4 + slack


def test_ridge_student_and_best_mixture():
    rng = np.random.default_rng(3)
    x, y, b = rng.standard_normal((20, 4)), rng.standard_normal(20), rng.standard_normal(4)
    level, share, root = 0.7, -0.4, rng.standard_normal((4, 4))
    cost = root @ root.T

    def fit(labels, penalty=level):
        return np.linalg.solve(x.T @ x + penalty * np.eye(4), x.T @ labels)

    def student(xi):
        return fit((1 - xi) * y + xi * x @ fit(y))

    def risk(c):
        return (c - b) @ cost @ (c - b)

    slope = -np.linalg.solve(x.T @ x + level * np.eye(4), fit(y))
    assert np.allclose(student(share), fit(y) + share * level * slope)
    rise, curve = 2 * (fit(y) - b) @ cost @ slope, slope @ cost @ slope
    best = -rise / (2 * level * curve)
    assert risk(student(best)) == pytest.approx(risk(fit(y)) - rise**2 / (4 * curve))
    assert all(risk(student(best + step)) > risk(student(best)) for step in (-1, -0.01, 0.01, 1))


def test_bayes_labels_save_the_within_variance():
    rng, count, repeats = np.random.default_rng(5), 6, 400_000
    p, t, loss = np.array([0.3, 0.7]), np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([[1.0, 3.0], [0.5, 2.0]])
    inputs = (rng.random((repeats, count)) > p[0]).astype(int)
    labels = (rng.random((repeats, count)) > t[inputs, 0]).astype(int)
    hard, soft = loss[inputs, labels].mean(1), (t * loss).sum(1)[inputs].mean(1)
    within = (p * ((t * loss**2).sum(1) - (t * loss).sum(1) ** 2)).sum() / count
    measured = hard.var() - soft.var()
    assert abs(measured - within) < 5 * hard.var() * np.sqrt(2 / repeats) * 2
