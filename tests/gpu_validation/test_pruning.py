"""Pruning pitfalls: sign, ends, exact counts, and zeros that stay zero under every optimiser."""

import pytest
import torch

from gpu_validation import counter, ensemble
from gpu_validation.pruning import magnitude_masks, realised_sparsity
from theorems.errors import OutOfDomain

SEEDS = torch.arange(5, dtype=torch.int64)


def stack():
    return ensemble.initial((6, 7, 4), SEEDS)


def test_sign_does_not_matter():
    weights = stack().weights
    for a, b in zip(magnitude_masks(weights, 0.6), magnitude_masks([-w for w in weights], 0.6), strict=True):
        assert torch.equal(a, b)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.73, 0.999, 1.0])
def test_realised_sparsity_within_one_weight(share):
    weights = stack().weights
    total = sum(w[0].numel() for w in weights)
    assert bool(((realised_sparsity(magnitude_masks(weights, share)) - share).abs() * total <= 0.5 + 1e-3).all())


def test_largest_are_kept_per_student_and_masks_nest():
    weights = stack().weights
    first = magnitude_masks(weights, 0.4)
    second = magnitude_masks([w * m for w, m in zip(weights, first, strict=True)], torch.full((5,), 0.8), alive=first)
    assert all(bool((b <= a).all()) for a, b in zip(first, second, strict=True))
    flat = torch.cat([w.abs().flatten(1) for w in weights], 1)
    kept = torch.cat([m.flatten(1) for m in first], 1).bool()
    for row, keep in zip(flat, kept, strict=True):
        assert row[keep].min() >= row[~keep].max()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_bad_share_is_refused(share):
    with pytest.raises(OutOfDomain):
        magnitude_masks(stack().weights, share)


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_pruned_weights_stay_exactly_zero(optimiser):
    students = stack()
    students = students.masked(magnitude_masks(students.weights, 0.7))
    x = counter.normal(torch.tensor([1]), 0, 300).view(50, 6).float()
    training = ensemble.Training(steps=100, batch=8, optimiser=optimiser, rate=0.05, weight_decay=0.1)
    after = ensemble.train(students, x, torch.eye(4)[torch.arange(50) % 4], training)
    for before, w, mask in zip(students.weights, after.weights, students.masks, strict=True):
        assert bool((w[mask == 0] == 0).all()) and not torch.equal(before, w)
