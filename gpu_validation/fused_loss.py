"""KL(F_T(p), softmax(z/T')) straight from teacher probabilities p and student logits z, up to V = 131072 and beyond.

Rows are worked through in blocks that stay in the cache: p and z are read from memory once, and the loss and
its gradient leave together.  KL is summed as sum q (log q - log s) + sum (s - q), in which the rounding of both
normalisers cancels.
"""

from __future__ import annotations

from typing import Any

import torch

from theorems.errors import OutOfDomain
from theorems.operator import Operator

BLOCK = 1 << 18
REDUCTIONS = ("batchmean", "sum", "none")


def _log_target(p: torch.Tensor, temperature: float, operator: Operator | None) -> tuple[torch.Tensor, torch.Tensor]:
    """F_T(p) and its logarithm; `None` means the power family, whose entries 0 stay exactly 0."""
    if operator is not None:
        q = operator(p, temperature)
        return q, q.log()
    if temperature == 1:
        return p, p.log()
    log_q = torch.log_softmax(p.log().div_(temperature), -1)
    return log_q.exp(), log_q


def _block(q: torch.Tensor, log_q: torch.Tensor, z: torch.Tensor, temperature: float, gradient: torch.Tensor) -> torch.Tensor:
    """Losses of some rows; d loss / d z goes into `gradient`.  Overwrites `log_q`."""
    log_s = torch.log_softmax(z if temperature == 1 else z / temperature, -1)
    torch.exp(log_s, out=gradient)
    gradient.sub_(q)
    losses = torch.linalg.vecdot(q, log_q.sub_(log_s)) + gradient.sum(-1)
    if not bool(torch.isfinite(losses).all()):
        ratio = torch.where(q > 0, q.log() - log_s, 0.0)
        losses = torch.where(q > 0, q * ratio, 0.0).sum(-1) + gradient.sum(-1)
    if temperature != 1:
        gradient.div_(temperature)
    return losses


def _plain_rows(p: torch.Tensor, z: torch.Tensor, temperature: float, student: float, operator: Operator | None) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss and gradient of every row, block by block; half precision is promoted to float32 first."""
    work = torch.float64 if torch.float64 in (p.dtype, z.dtype) else torch.float32
    rows, classes = z.shape
    losses = torch.empty(rows, dtype=work, device=z.device)
    gradient = torch.empty(z.shape, dtype=work, device=z.device)
    size = max(1, (BLOCK if z.device.type == "cpu" else BLOCK << 8) // classes)
    for start in range(0, rows, size):
        part = slice(start, start + size)
        q, log_q = _log_target(p[part].to(work), temperature, operator)
        losses[part] = _block(q, log_q, z[part].to(work), student, gradient[part])
    return losses, gradient


def _rows(p: torch.Tensor, z: torch.Tensor, temperature: float, student: float, operator: Operator | None) -> tuple[torch.Tensor, torch.Tensor]:
    if z.device.type == "cuda" and operator is None and torch.float64 not in (p.dtype, z.dtype):
        from gpu_validation.fused_triton import available, triton_rows

        if available():
            return triton_rows(p, z, temperature, student)
    return _plain_rows(p, z, temperature, student, operator)


class _FusedKL(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, p: torch.Tensor, z: torch.Tensor, temperature: float, student: float, operator: Operator | None) -> torch.Tensor:
        losses, gradient = _rows(p, z, temperature, student, operator)
        ctx.save_for_backward(gradient)
        ctx.dtype = z.dtype
        return losses

    @staticmethod
    def backward(ctx: Any, upstream: torch.Tensor) -> Any:  # type: ignore[override]
        (gradient,) = ctx.saved_tensors
        weight = upstream[:, None]
        dead = weight == 0
        scaled = gradient * weight
        if bool(dead.any()):
            scaled = torch.where(dead, 0.0, scaled)
        return None, scaled.to(ctx.dtype), None, None, None


def fused_operator_kl(
    p: torch.Tensor,
    z: torch.Tensor,
    temperature: float,
    *,
    operator: Operator | None = None,
    student_temperature: float | None = None,
    temperature_squared: bool = False,
    reduction: str = "batchmean",
    keep: torch.Tensor | None = None,
) -> torch.Tensor:
    """KL(F_T(p), softmax(z/T')) in nats, differentiable in z; the target comes first, as in `F.kl_div`.

    p (..., V) probabilities, z (..., V) logits (-inf allowed); F is `operator`, power if None; T' is
    `student_temperature`, T if None; `temperature_squared` multiplies by T'^2, which keeps gradients of order 1.
    `keep` (...) bool drops rows; batchmean divides by the rows kept and is 0 when there are none; "none" gives
    one loss a row.  A class with F_T(p) = 0 adds 0; one with F_T(p) > 0 and z = -inf makes the row +inf.
    Raises `OutOfDomain` on mismatched shapes, T <= 0 or NaN, an unknown reduction or a teacher with gradients.
    """
    student = temperature if student_temperature is None else student_temperature
    if p.shape != z.shape or z.dim() < 1:
        raise OutOfDomain(f"teacher probabilities have shape {tuple(p.shape)} and student logits {tuple(z.shape)}; they must be equal")
    if not (0 < temperature < float("inf") and 0 < student < float("inf")):
        raise OutOfDomain(f"temperatures must be positive and finite, got {temperature} and {student}")
    if reduction not in REDUCTIONS:
        raise OutOfDomain(f"unknown reduction {reduction!r}; use one of {', '.join(REDUCTIONS)}")
    if p.requires_grad:
        raise OutOfDomain("the teacher is fixed here: pass p.detach()")
    if keep is not None and keep.shape != z.shape[:-1]:
        raise OutOfDomain(f"keep has shape {tuple(keep.shape)}, the rows {tuple(z.shape[:-1])}")
    losses = _FusedKL.apply(p.reshape(-1, p.shape[-1]), z.reshape(-1, z.shape[-1]), float(temperature), float(student), operator)
    if temperature_squared:
        losses = losses * student**2
    count = losses.numel()
    if keep is not None:
        losses = torch.where(keep.reshape(-1), losses, 0.0)
        count = int(keep.sum())
    if reduction == "none":
        return losses.view(z.shape[:-1])
    return losses.sum() / max(count, 1) if reduction == "batchmean" else losses.sum()
