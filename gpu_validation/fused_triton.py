"""The GPU form of the fused loss: p and z cross the memory bus once, the gradient once.

Triton comes with CUDA builds of torch and is optional: `available()` says whether it can be used, and `gpu_validation.fused_loss`
falls back to plain torch otherwise.  In Triton's interpreter (TRITON_INTERPRET=1) the kernels run on a processor.
"""

from __future__ import annotations

from functools import cache

import torch

WHOLE = 16384
TILE = 8192
BAND_BYTES = 8 << 20


@cache
def available() -> bool:
    """Whether Triton can be imported."""
    try:
        import triton.language  # noqa: F401
    except ImportError:
        return False
    return True


def triton_rows(p: torch.Tensor, z: torch.Tensor, temperature: float, student: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss (N,) and gradient (N, V) in float32 for the power family; p and z are (N, V) on one GPU."""
    p, z = p.contiguous(), z.contiguous()
    rows, classes = z.shape
    gradient = torch.empty(z.shape, dtype=torch.float32, device=z.device)
    tiles = 1 if classes <= WHOLE else -(-classes // TILE)
    losses = torch.empty(rows, tiles, dtype=torch.float32, device=z.device)
    if not z.numel():
        return losses.sum(1), gradient
    from gpu_validation.fused_kernels import row, tile

    scales = {"inv_teacher": 1 / temperature, "inv_student": 1 / student, "SOFTEN": temperature != 1}
    with torch.cuda.device_of(z):
        if tiles == 1:
            size = 1 << (classes - 1).bit_length()
            row[(rows,)](p, z, losses, gradient, classes, SIZE=size, num_warps=min(16, max(1, size // 256)), **scales)
        else:
            band = max(1, BAND_BYTES // (classes * (p.element_size() + z.element_size())))
            found = torch.empty(rows * tiles * 4, dtype=torch.float32, device=z.device)
            counters = torch.zeros(rows + 1, dtype=torch.int32, device=z.device)
            programs = 2 * -(-rows // band) * band * tiles
            tile[(programs,)](
                p, z, losses, gradient, found, counters[1:], counters, rows, classes, tiles, band,
                SIZE=TILE, TILES=1 << (tiles - 1).bit_length(), num_warps=16, **scales,
            )
    return losses.sum(1), gradient
