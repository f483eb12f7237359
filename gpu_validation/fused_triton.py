"""The GPU form of the fused loss: one program a row, online normalisers, p and z read once for the loss.

Triton comes with CUDA builds of torch and is optional: `available()` says whether it can be used, and
`gpu_validation.fused_loss` falls back to plain torch otherwise.  The gradient pass reads the row again from
L2, where it still lies for V up to 131072.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch

TILE = 4096


@cache
def available() -> bool:
    """Whether Triton can be imported."""
    try:
        import triton  # noqa: F401
    except ImportError:
        return False
    return True


@cache
def _kernel() -> Any:
    import triton
    import triton.language as tl

    @triton.jit
    def row(p_ptr, z_ptr, loss_ptr, grad_ptr, classes, inv_teacher, inv_student, TILE: tl.constexpr):  # type: ignore[no-untyped-def]
        base = tl.program_id(0).to(tl.int64) * classes
        lane = tl.arange(0, TILE)
        top_q = tl.full((), -1e38, tl.float32)
        top_s = tl.full((), -1e38, tl.float32)
        sum_q = tl.zeros((), tl.float32)
        sum_s = tl.zeros((), tl.float32)
        gap = tl.zeros((), tl.float32)
        for start in range(0, classes, TILE):
            column = start + lane
            inside = column < classes
            p = tl.load(p_ptr + base + column, mask=inside, other=0.0).to(tl.float32)
            z = tl.load(z_ptr + base + column, mask=inside, other=float("-inf")).to(tl.float32) * inv_student
            a = tl.where(p > 0, tl.log(tl.where(p > 0, p, 1.0)) * inv_teacher, float("-inf"))
            new_q = tl.maximum(top_q, tl.max(a, 0))
            new_s = tl.maximum(top_s, tl.max(z, 0))
            w = tl.exp(a - new_q)
            shrink = tl.exp(top_q - new_q)
            gap = gap * shrink + tl.sum(tl.where(w > 0, w * (a - z), 0.0), 0)
            sum_q = sum_q * shrink + tl.sum(w, 0)
            sum_s = sum_s * tl.exp(top_s - new_s) + tl.sum(tl.exp(z - new_s), 0)
            top_q = new_q
            top_s = new_s
        tl.store(loss_ptr + tl.program_id(0), gap / sum_q - (top_q + tl.log(sum_q)) + (top_s + tl.log(sum_s)))
        for start in range(0, classes, TILE):
            column = start + lane
            inside = column < classes
            p = tl.load(p_ptr + base + column, mask=inside, other=0.0).to(tl.float32)
            z = tl.load(z_ptr + base + column, mask=inside, other=float("-inf")).to(tl.float32) * inv_student
            a = tl.where(p > 0, tl.log(tl.where(p > 0, p, 1.0)) * inv_teacher, float("-inf"))
            slope = tl.exp(z - top_s) / sum_s - tl.exp(a - top_q) / sum_q
            tl.store(grad_ptr + base + column, slope * inv_student, mask=inside)

    return row


def triton_rows(p: torch.Tensor, z: torch.Tensor, temperature: float, student: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss (N,) and gradient (N, V) in float32 for the power family; p and z are (N, V) on one GPU."""
    p, z = p.contiguous(), z.contiguous()
    losses = torch.empty(z.shape[0], dtype=torch.float32, device=z.device)
    gradient = torch.empty(z.shape, dtype=torch.float32, device=z.device)
    _kernel()[(z.shape[0],)](p, z, losses, gradient, z.shape[1], 1 / temperature, 1 / student, TILE=TILE, num_warps=8)
    return losses, gradient
