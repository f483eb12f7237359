"""The chapter is complete, every claim comes out as expected, and moments decide the student in independent numerics."""

import numpy as np
import pytest

from numerics.ledger import prove
from theorems.chapters import entries, find
from theorems.verdict import name

LISTED = {"eq:moments", "eq:projection", "eq:coarsening", "eq:argmax", "eq:binary", "eq:matched-temperature"}
LABELS = sorted(label for label in entries() if label.startswith("eq:"))
FALSE = {"eq:argmax/tie", "eq:coarsening/one-feature"}
CITED = {"eq:matched-temperature": {"cite intermediate value theorem"}}


def test_every_listed_label_is_here():
    assert set(LABELS) >= LISTED
    assert {label for label in LABELS if find(label).claim.expected == "refuted"} >= FALSE


@pytest.mark.parametrize("label", LABELS)
def test_verdict_and_citations(label):
    evidence = prove(label)
    assert name(evidence.verdict) == find(label).claim.expected, evidence.verdict
    assert {trust for trust in evidence.trusts if trust.startswith("cite")} == CITED.get(label, set())


def fitted(target, features, steps=20000):
    """The student of an exponential family, by gradient descent on KL(target, student)."""
    theta = np.zeros(len(features))
    for _ in range(steps):
        weights = np.exp(theta @ features)
        student = weights / weights.sum()
        theta += 0.3 * (features @ (target - student))
    return student


def test_equal_moments_give_one_student_and_others_do_not():
    features = np.array([[1.0, 0.5, -0.5, -1.0]])
    first, third = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.3, 0.3, 0.2, 0.2])
    second = first + 0.05 * np.array([1, -1, -1, 1])
    assert abs((first - second) @ features[0]) < 1e-12
    assert np.allclose(fitted(first, features), fitted(second, features), atol=1e-8)
    assert abs(fitted(first, features) - fitted(third, features)).max() > 0.01


def test_linear_students_see_the_orthogonal_part_only():
    rng = np.random.default_rng(1)
    design, target = rng.standard_normal((8, 3)), rng.standard_normal(8)
    residual = target - design @ np.linalg.lstsq(design, target, rcond=None)[0]
    assert np.allclose(np.linalg.lstsq(design, target + 3 * residual, rcond=None)[0], np.linalg.lstsq(design, target, rcond=None)[0])
    assert not np.allclose(np.linalg.lstsq(design, target + design[:, 0], rcond=None)[0], np.linalg.lstsq(design, target, rcond=None)[0])
