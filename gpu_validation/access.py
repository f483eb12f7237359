"""What a student sees of its teacher through a narrow door: top-k, rounded or sampled probabilities.

Ties at the k-th place fall to the lower class number (so arbitrary relabelling may change the set).
"""

from __future__ import annotations

from typing import Any

import torch

from gpu_validation import counter, measures
from theorems.errors import OutOfDomain
from theorems.operator import Operator

STREAM_TOKEN = 200
#: what `sides` measures
LABELS = (
    "access:black-box",
    "access:topk",
    "access:topk-fill",
    "access:topk-softened",
    "access:restriction",
    "access:text-rate",
    "access:text-unbiased",
    "access:privacy-mixing",
    "access:privacy-power",
)


def top_set(p: torch.Tensor, k: int) -> torch.Tensor:
    """(..., V) mask of the k largest classes."""
    if not 1 <= k <= p.shape[-1]:
        raise OutOfDomain(f"top-k needs 1 <= k <= {p.shape[-1]}, got {k}")
    order = p.argsort(dim=-1, descending=True, stable=True)
    return torch.zeros_like(p, dtype=torch.bool).scatter_(-1, order[..., :k], True)


def restricted(p: torch.Tensor, k: int) -> torch.Tensor:
    """Top-k renormalised: dropped classes are exactly 0, kept ones keep their ratios."""
    kept = torch.where(top_set(p, k), p, 0.0)
    return kept / kept.sum(-1, keepdim=True)


def filled(p: torch.Tensor, k: int) -> torch.Tensor:
    """Top-k with the missing mass spread evenly over the other classes."""
    inside = top_set(p, k)
    missing = torch.where(inside, 0.0, p).sum(-1, keepdim=True)
    return torch.where(inside, p, missing / max(p.shape[-1] - k, 1))


def rounded(p: torch.Tensor, step: float) -> torch.Tensor:
    """Every entry to the nearest multiple of `step`, as an interface that prints few digits; not renormalised."""
    return (p / step).round() * step


def renormalised(p: torch.Tensor) -> torch.Tensor:
    return p / p.sum(-1, keepdim=True)


def sampled(p: torch.Tensor, tokens: int, seeds: torch.Tensor) -> torch.Tensor:
    """(S, N, V) frequencies of `tokens` draws from each of the N laws, one experiment a seed."""
    total = torch.zeros(len(seeds), *p.shape, dtype=torch.float64, device=p.device)
    one = torch.ones(1, dtype=torch.float64, device=p.device)
    for m in range(tokens):
        drawn = counter.categorical(seeds, STREAM_TOKEN + m, p)[..., None]
        total.scatter_add_(-1, drawn, one.expand(drawn.shape))
    return total / tokens


def truncation_sides(p: torch.Tensor, k: int, temperature: float, power: Operator) -> dict[str, Any]:
    """Per law: the mass outside, and how far restricted and filled laws are, plain and softened."""
    small, full = restricted(p, k), filled(p, k)
    soft = power(p, temperature)
    return {
        "k": k,
        "temperature": temperature,
        "outside": torch.where(top_set(p, k), 0.0, p).sum(-1),
        "tv": measures.total_variation(p, small),
        "kl_restricted_full": measures.divergence(small, p),
        "kl_filled": measures.divergence(p, full),
        "softened_outside": torch.where(top_set(p, k), 0.0, soft).sum(-1),
        "tv_softened": measures.total_variation(soft, power(small, temperature)),
    }


def rounding_sides(p: torch.Tensor, step: float, temperature: float, power: Operator) -> dict[str, Any]:
    """Per law: largest entry error of the rounded law (renormalised) and the l1 error after softening."""
    seen = renormalised(rounded(p, step))
    return {
        "step": step,
        "temperature": temperature,
        "entry_error": (seen - p).abs().amax(-1),
        "l1_softened": 2 * measures.total_variation(power(p, temperature), power(seen, temperature)),
    }


def sampling_sides(p: torch.Tensor, tokens: int, temperature: float, operators: dict[str, Operator], seeds: torch.Tensor) -> dict[str, Any]:
    """Per law: TV of sampled frequencies, and the gap of the mean softened frequency to the softened law, most likely classes first."""
    seen = sampled(p, tokens, seeds)
    distance = measures.total_variation(seen, p)
    row: dict[str, Any] = {
        "tokens": tokens,
        "temperature": temperature,
        "draws": len(seeds),
        "tv_mean": distance.mean(0),
        "tv_deviation": distance.std(0),
    }
    likely = p.argsort(dim=-1, descending=True, stable=True)[:, :8]
    row["likely"] = p.gather(1, likely)
    for name, operator in operators.items():
        gap = operator(seen, temperature) - operator(p, temperature)
        row[name] = {"gap_mean": gap.mean(0).gather(1, likely), "gap_deviation": gap.std(0).gather(1, likely)}
    return row


def restriction_sides(p: torch.Tensor, k: int, temperature: float, operators: dict[str, Operator]) -> dict[str, Any]:
    """Per law: TV between softening what top-k leaves and restricting what is softened."""
    row: dict[str, Any] = {"k": k, "temperature": temperature}
    for name, operator in operators.items():
        softened = torch.where(top_set(p, k), operator(p, temperature), 0.0)
        row[name] = measures.total_variation(operator(restricted(p, k), temperature), renormalised(softened))
    return row


def privacy_sides(p: torch.Tensor, temperature: float, operators: dict[str, Operator]) -> dict[str, Any]:
    """Per law: the Hilbert distance to the next law, and the largest log-ratio of one sampled token between the two."""
    other = p.roll(1, 0)
    row: dict[str, Any] = {"temperature": temperature, "hilbert": measures.spread(p.log() - other.log())}
    for name, operator in operators.items():
        row[name] = (operator(p, temperature).log() - operator(other, temperature).log()).abs().amax(-1)
    return row


def sides(
    p: torch.Tensor,
    *,
    ks: tuple[int, ...],
    steps: tuple[float, ...],
    tokens: tuple[int, ...],
    temperatures: tuple[float, ...],
    draws: int,
    power: Operator,
    mixing: Operator,
) -> dict[str, Any]:
    """Both sides of every `access:` claim on the laws p (N, V), float64."""
    seeds = torch.arange(draws, device=p.device) + 31_000_000
    operators = {"power": power, "mixing": mixing}
    return {
        "classes": p.shape[-1],
        "truncation": [truncation_sides(p, k, t, power) for k in ks if k < p.shape[-1] for t in temperatures],
        "rounding": [rounding_sides(p, step, t, power) for step in steps for t in temperatures],
        "restriction": [restriction_sides(p, k, t, operators) for k in ks if 1 < k < p.shape[-1] for t in temperatures if t > 1],
        "privacy": [privacy_sides(p, t, operators) for t in temperatures if t > 1],
        "sampling": [sampling_sides(p, m, temperatures[-1], operators, seeds) for m in tokens],
    }
