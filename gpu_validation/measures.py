"""What is read off trained students: decompositions, divergences and path lengths, in float64 and in nats.

Shapes: outputs of R replicas on N inputs are (R, N, V) probabilities; targets and truths are (N, V).
Only raw sides are measured here; no bound is computed in this room.
"""

from __future__ import annotations

import torch

from gpu_validation import counter

RESAMPLES = 200
STREAM_BOOTSTRAP = 90


def divergence(p: torch.Tensor, q: torch.Tensor) -> torch.Tensor:
    """KL(p, q) along the last axis; 0 log 0 = 0, and +inf where q lacks a class of p."""
    return torch.where(p > 0, p * (p.log() - q.log()), torch.zeros_like(p)).sum(-1)


def log_divergence(log_p: torch.Tensor, log_q: torch.Tensor) -> torch.Tensor:
    """KL from finite log-probabilities."""
    return (log_p.exp() * (log_p - log_q)).sum(-1)


def entropy(p: torch.Tensor) -> torch.Tensor:
    """Shannon entropy in nats along the last axis."""
    return -torch.special.xlogy(p, p).sum(-1)


def total_variation(p: torch.Tensor, q: torch.Tensor) -> torch.Tensor:
    """Half the l1 distance along the last axis."""
    return (p - q).abs().sum(-1) / 2


def spread(z: torch.Tensor) -> torch.Tensor:
    """max - min along the last axis."""
    return z.amax(-1) - z.amin(-1)


def squared(outputs: torch.Tensor, target: torch.Tensor) -> dict[str, float]:
    """Mean over inputs of E|S-q|^2, |ES-q|^2 and E|S-ES|^2, E being the mean over the replicas."""
    outputs, target = outputs.double(), target.double()
    centre = outputs.mean(0)
    return {
        "expected": ((outputs - target) ** 2).sum(-1).mean().item(),
        "bias": ((centre - target) ** 2).sum(-1).mean().item(),
        "variance": ((outputs - centre) ** 2).sum(-1).mean().item(),
    }


def noisy_labels(outputs: torch.Tensor, labels: torch.Tensor) -> dict[str, float]:
    """Mean over inputs of E|S-y|^2, |ES-Ey|^2, E|S-ES|^2, E|y-Ey|^2 and tr Cov(S, y); labels are (R, N, V), row k with replica k.

    `covariance_error` is the standard error of the covariance over replicas.
    """
    outputs, labels = outputs.double(), labels.double()
    centre, mean = outputs.mean(0), labels.mean(0)
    product = ((outputs - centre) * (labels - mean)).sum(-1).mean(1)
    return {
        "expected": ((outputs - labels) ** 2).sum(-1).mean().item(),
        "bias": ((centre - mean) ** 2).sum(-1).mean().item(),
        "variance": ((outputs - centre) ** 2).sum(-1).mean().item(),
        "noise": ((labels - mean) ** 2).sum(-1).mean().item(),
        "covariance": product.mean().item(),
        "covariance_error": (product.std() / len(product) ** 0.5).item(),
    }


def kullback_leibler(log_outputs: torch.Tensor, target: torch.Tensor) -> dict[str, float]:
    """E KL(q, S), KL(q, c) and E KL(c, S) with c proportional to exp E log S, and -log sum exp E log S."""
    log_outputs, target = log_outputs.double(), target.double()
    average = log_outputs.mean(0)
    log_centre = average.log_softmax(-1)
    negative_entropy = -entropy(target)
    return {
        "expected": (negative_entropy - (target * log_outputs).sum(-1)).mean().item(),
        "bias": (negative_entropy - (target * log_centre).sum(-1)).mean().item(),
        "variance": log_divergence(log_centre, log_outputs).mean().item(),
        "log_partition": -average.logsumexp(-1).mean().item(),
    }


def reverse_kullback_leibler(log_outputs: torch.Tensor, log_target: torch.Tensor) -> dict[str, float]:
    """E KL(S, q), KL(ES, q) and E KL(S, ES)."""
    log_outputs, log_target = log_outputs.double(), log_target.double()
    log_centre = log_outputs.exp().mean(0).log()
    return {
        "expected": log_divergence(log_outputs, log_target).mean().item(),
        "bias": log_divergence(log_centre, log_target).mean().item(),
        "variance": log_divergence(log_outputs, log_centre).mean().item(),
    }


def bootstrap(outputs: torch.Tensor, target: torch.Tensor, truth: torch.Tensor, *, seed: int) -> dict[str, list[float]]:
    """95 % percentile intervals over resampled replicas: bias and variance to the target, bias to the truth, cross term."""
    outputs, target, truth = outputs.double(), target.double(), truth.double()
    replicas = len(outputs)
    rows = counter.integers(torch.arange(RESAMPLES, device=outputs.device) + seed, STREAM_BOOTSTRAP, replicas, replicas)
    weights = torch.zeros(RESAMPLES, replicas, dtype=torch.float64, device=outputs.device)
    weights.scatter_add_(1, rows, torch.full_like(rows, 1 / replicas, dtype=torch.float64))
    centre = (weights @ outputs.flatten(1)).view(RESAMPLES, *target.shape)
    size = weights @ (outputs**2).sum(-1).mean(1)
    values = {
        "bias": ((centre - target) ** 2).sum(-1).mean(1),
        "variance": size - (centre**2).sum(-1).mean(1),
        "bias_truth": ((centre - truth) ** 2).sum(-1).mean(1),
        "cross": 2 * ((centre - target) * (target - truth)).sum(-1).mean(1),
    }
    level = torch.tensor([0.025, 0.975], dtype=torch.float64, device=outputs.device)
    return {name: value.quantile(level).tolist() for name, value in values.items()}


def moments(values: torch.Tensor) -> dict[str, float]:
    """Mean, standard deviation and count of independent replicas: what an interval needs."""
    values = values.double()
    return {"mean": values.mean().item(), "deviation": values.std().item(), "count": values.numel()}
