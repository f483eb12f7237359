"""Students of many data sets at once: projections of the teacher for every prefix of the data, and hard-label learners."""

from __future__ import annotations

import torch

#: Squared share of an input that must lie outside the span of the earlier ones to count as new.
NEW = 1e-18


def projections(data: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """(R, n, d) inputs -> (R, n, d): row k is the teacher projected on the span of the first k + 1 inputs.

    Gram-Schmidt, twice; an input within the span of the earlier ones up to rounding adds nothing.
    """
    replicas, count, dimension = data.shape
    basis = torch.zeros_like(data)
    for k in range(count):
        fresh = data[:, k]
        for _ in range(2):
            known = basis[:, :k]
            fresh = fresh - torch.einsum("rkd,rk->rd", known, torch.einsum("rkd,rd->rk", known, fresh))
        size = fresh.square().sum(1, keepdim=True)
        new = size > NEW * data[:, k].square().sum(1, keepdim=True)
        basis[:, k] = torch.where(new, fresh / size.clamp(min=1e-300).sqrt(), torch.zeros_like(fresh))
    return (basis * (basis @ teacher)[..., None]).cumsum(1)


def hard_label(data: torch.Tensor, teacher: torch.Tensor, *, steps: int) -> torch.Tensor:
    """(R, n, d) -> (R, d): logistic regression on the signs of the teacher's answers, by gradient descent from 0."""
    signs = (data @ teacher).sign()
    signed = data * signs[..., None]
    rate = 4 * data.shape[1] / data.square().sum((1, 2)).clamp(min=1e-300)
    student = torch.zeros(data.shape[0], data.shape[2], dtype=data.dtype, device=data.device)
    for _ in range(steps):
        pull = torch.sigmoid(-torch.einsum("rnd,rd->rn", signed, student))
        student = student + rate[:, None] * torch.einsum("rnd,rn->rd", signed, pull) / data.shape[1]
    return student


def errors(student: torch.Tensor, teacher: torch.Tensor, fresh: torch.Tensor) -> torch.Tensor:
    """(R, d) students, fresh inputs (m, d) or (R, m, d) -> (R,): share with <w, x> <v, x> <= 0; ties are errors."""
    answers = student @ fresh.T if fresh.dim() == 2 else torch.einsum("rmd,rd->rm", fresh, student)
    return (answers * (fresh @ teacher) <= 0).double().mean(1)
