"""Magnitude pruning of stacked students: each keeps its own largest weights, to the exact count.

w and -w count the same; the request is met to within half a weight; biases are never pruned.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from theorems.errors import OutOfDomain


def magnitude_masks(
    weights: Sequence[torch.Tensor], sparsity: float | torch.Tensor, *, alive: Sequence[torch.Tensor] | None = None
) -> list[torch.Tensor]:
    """Masks (1 keep, 0 prune) of the shapes of `weights`, each (S, ...), ranked by |w| across a student's layers.

    `sparsity` is the pruned fraction, one number or one per student.  Ties fall to the earlier position.
    With `alive`, weights that an earlier mask removed go first, so masks are nested.
    """
    size = len(weights[0])
    share = torch.as_tensor(sparsity, dtype=torch.float64, device=weights[0].device).expand(size)
    if not bool(((share >= 0) & (share <= 1)).all()):
        raise OutOfDomain(f"sparsity must lie in [0, 1], got {sparsity}")
    magnitude = torch.cat([w.detach().abs().flatten(1) for w in weights], 1)
    if alive is not None:
        magnitude = torch.where(torch.cat([mask.flatten(1) for mask in alive], 1) > 0, magnitude, -1.0)
    total = magnitude.shape[1]
    order = magnitude.argsort(dim=1, descending=True, stable=True)
    keep = total - (share * total).round().long()
    ranks = torch.empty_like(order).scatter_(1, order, torch.arange(total, device=order.device).expand_as(order))
    flat = (ranks < keep[:, None]).to(weights[0].dtype)
    pieces = flat.split([w[0].numel() for w in weights], 1)
    return [piece.reshape(w.shape) for piece, w in zip(pieces, weights, strict=True)]


def realised_sparsity(masks: Sequence[torch.Tensor]) -> torch.Tensor:
    """(S,) pruned fraction of each student."""
    flat = torch.cat([mask.flatten(1) for mask in masks], 1)
    return 1 - flat.mean(1)
