"""The GPU kernels without a GPU: their values in Triton's interpreter, and their compilation for a GPU.  Skipped where Triton is not installed."""

import os
import subprocess
import sys

import pytest

pytest.importorskip("triton.language")

INTERPRETED = """
import torch
from gpu_validation import fused_triton
from gpu_validation.fused_loss import fused_operator_kl

fused_triton.WHOLE, fused_triton.TILE, fused_triton.BAND_BYTES = 64, 32, 3 * 100 * 8
def pair(rows, classes, shift=0.0):
    generator = torch.Generator().manual_seed(classes)
    p = torch.softmax(3 * torch.randn(rows, classes, generator=generator), -1)
    return p, 3 * torch.randn(rows, classes, generator=generator) + shift
for p, z, t, s in [(*pair(5, 10), 2.0, 2.0), (*pair(4, 64), 1.0, 3.0), (*pair(11, 100), 0.5, 2.0), (*pair(3, 100), 1.0, 1.0), (*pair(2, 300, 1e4), 2.0, 2.0)]:
    loss, slope = fused_triton.triton_rows(p, z, t, s)
    x = z.double().requires_grad_()
    want = fused_operator_kl(p.double(), x, t, student_temperature=s, reduction="none")
    want.sum().backward()
    assert torch.allclose(loss.double(), want.detach(), rtol=1e-6), (p.shape, loss, want)
    assert torch.allclose(slope.double(), x.grad, rtol=1e-5, atol=1e-7), p.shape
low, slope = fused_triton.triton_rows(p.bfloat16(), z.bfloat16(), 2.0, 2.0)
assert low.dtype == slope.dtype == torch.float32
for classes in (3, 100):
    p, z = torch.zeros(3, classes), torch.full((3, classes), -float("inf"))
    p[:, :2], z[:, :2] = 0.5, 0.0
    z[1, 1] = -float("inf")
    p[2, 0] = float("nan")
    loss, slope = fused_triton.triton_rows(p, z, 2.0, 2.0)
    assert abs(loss[0]) < 1e-6 and loss[1] == float("inf") and loss[2].isnan() and slope[0].abs().max() < 1e-6, (loss, slope)
assert fused_triton.triton_rows(p[:0], z[:0], 2.0, 2.0)[1].shape == (0, 100)
"""

COMPILED = """
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource
import triton
from gpu_validation.fused_kernels import row, tile

for function, sizes in ((row, {"SIZE": 16384}), (row, {"SIZE": 16}), (tile, {"SIZE": 8192, "TILES": 16})):
    for soften in (True, False):
        constants = {**sizes, "SOFTEN": soften}
        kind = {"p_ptr": "*bf16", "inv_teacher": "fp32", "inv_student": "fp32", "ready_ptr": "*i32", "ticket_ptr": "*i32"}
        signature = {n: "constexpr" if n in constants else kind.get(n, "*fp32" if n.endswith("_ptr") else "i32") for n in function.arg_names}
        source = ASTSource(function, signature, {(function.arg_names.index(n),): value for n, value in constants.items()})
        code = triton.compile(source, target=GPUTarget("cuda", 90, 32), options={"num_warps": 16}).asm["ptx"]
        assert function is row or (".acquire" in code and ".release" in code)
"""


@pytest.mark.parametrize(("script", "interpret"), [(INTERPRETED, "1"), (COMPILED, "0")], ids=["interpreted", "compiled"])
def test_kernels(script, interpret):
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "TRITON_INTERPRET": interpret}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
