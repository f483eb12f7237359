"""The fused loss against multiprecision numbers and against autograd, on every option and every old trap."""

import mpmath
import pytest
import torch
from torch.nn import functional

from gpu_validation import counter, fused_loss
from gpu_validation.fused_loss import fused_operator_kl
from theorems.errors import OutOfDomain

torch.set_num_threads(1)


def pair(rows, classes, *, spread=3.0, dtype=torch.float64):
    p = torch.softmax(spread * counter.normal(torch.arange(rows), 1, classes), -1)
    z = spread * counter.normal(torch.arange(rows), 2, classes)
    return (p / p.sum(-1, keepdim=True)).to(dtype), z.to(dtype)


def exact(p, z, temperature):
    """KL(power_T(p), softmax(z/T)) of one row with 50 digits."""
    with mpmath.workdps(50):
        w = [mpmath.mpf(float(x)) ** (1 / mpmath.mpf(temperature)) if x > 0 else mpmath.mpf(0) for x in p]
        e = [mpmath.exp(mpmath.mpf(float(x)) / mpmath.mpf(temperature)) for x in z]
        total, norm = mpmath.fsum(w), mpmath.fsum(e)
        return float(mpmath.fsum(x / total * mpmath.log(x / total * norm / y) for x, y in zip(w, e, strict=True) if x > 0))


def reference(p, z, temperature):
    q = torch.softmax(p.log() / temperature, -1)
    return functional.kl_div(torch.log_softmax(z / temperature, -1), q, reduction="batchmean")


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0, 10.0])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 2e-6), (torch.float64, 1e-14)])
def test_against_multiprecision(temperature, dtype, tolerance):
    p, z = pair(4, 60, dtype=dtype)
    got = fused_operator_kl(p, z, temperature, reduction="none")
    want = torch.tensor([exact(a, b, temperature) for a, b in zip(p, z, strict=True)], dtype=torch.float64)
    assert torch.allclose(got.double(), want, rtol=tolerance, atol=tolerance)


def test_large_vocabulary_float32_against_multiprecision():
    p, z = pair(1, 20000, dtype=torch.float32)
    assert float(fused_operator_kl(p, z, 2.0)) == pytest.approx(exact(p[0], z[0], 2), rel=3e-6)
    p, z = pair(2, 131072, dtype=torch.float32)
    assert float(fused_operator_kl(p, z, 2.0)) == pytest.approx(float(reference(p.double(), z.double(), 2.0)), rel=3e-6)


def test_nearly_equal_laws_keep_relative_accuracy():
    p, z = pair(1, 1000)
    near = p.log() + 1e-3 * z
    want = exact(p.float()[0], near.float()[0], 1)
    assert float(fused_operator_kl(p.float(), near.float(), 1.0)) == pytest.approx(want, rel=2e-2)
    assert want < 1e-5


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("block", [64, 1 << 17])
def test_value_and_gradient_equal_autograd(monkeypatch, temperature, block):
    monkeypatch.setattr(fused_loss, "BLOCK", block)
    p, z = pair(13, 31)
    a, b = z.clone().requires_grad_(), z.clone().requires_grad_()
    one, two = fused_operator_kl(p, a, temperature), reference(p, b, temperature)
    one.backward()
    two.backward()
    assert torch.allclose(one, two, rtol=1e-12) and torch.allclose(a.grad, b.grad, rtol=1e-9, atol=1e-15)


def test_gradcheck_and_second_use():
    p, z = pair(3, 5)
    z.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: fused_operator_kl(p, x, 2.0, temperature_squared=True), (z,))
    loss = fused_operator_kl(p, z, 2.0)
    loss.backward(retain_graph=True)
    first = z.grad.clone()
    loss.backward()
    assert torch.allclose(z.grad, 2 * first)


def test_batch_duplication_and_padding_do_not_matter():
    p, z = pair(4, 9)
    base = fused_operator_kl(p, z, 2.0)
    assert torch.allclose(fused_operator_kl(torch.cat([p, p]), torch.cat([z, z]), 2.0), base)
    padded = fused_operator_kl(functional.pad(p, (0, 3)), functional.pad(z, (0, 3), value=float("-inf")), 2.0)
    assert torch.allclose(padded, base)


def test_zero_iff_equal_with_gradient_otherwise():
    p, z = pair(4, 9)
    assert float(fused_operator_kl(p, p.log(), 3.0)) < 1e-15
    z.requires_grad_()
    loss = fused_operator_kl(p, z, 3.0)
    loss.backward()
    assert loss > 0 and float(z.grad.abs().max()) > 1e-3


def test_target_comes_first():
    p, s = torch.tensor([[0.9, 0.1]]), torch.tensor([[0.5, 0.5]])
    forward = float(fused_operator_kl(p, s.log(), 1.0))
    assert forward == pytest.approx(0.9 * torch.log(torch.tensor(1.8)).item() + 0.1 * torch.log(torch.tensor(0.2)).item(), rel=1e-6)


def test_hot_limit_of_the_scaled_gradient():
    """T^2 KL has gradient (z - z_teacher, both centred)/V as T grows: the KL direction and the factor together."""
    p, z = pair(1, 6)
    z.requires_grad_()
    fused_operator_kl(p, z, 1e5, temperature_squared=True).backward()
    difference = z.detach() - p.log()
    assert torch.allclose(z.grad * 6, difference - difference.mean(), atol=1e-3)


def test_zeros_infinities_and_guards():
    half = torch.tensor([[0.5, 0.5, 0.0]])
    z = half.log().requires_grad_()
    loss = fused_operator_kl(half, z, 1.0)
    loss.backward()
    assert float(loss.detach()) == 0 and torch.equal(z.grad, torch.zeros(1, 3))
    full = torch.tensor([[0.3, 0.3, 0.4]])
    assert float(fused_operator_kl(full, half.log(), 1.0)) == float("inf")
    z = torch.zeros(1, 3, requires_grad=True)
    fused_operator_kl(half, z, 2.0).backward()
    assert torch.allclose(z.grad, torch.tensor([[-1.0, -1.0, 2.0]]) / 12, atol=1e-7)
    extreme = torch.tensor([[0.0, -1e4, -2e4]])
    assert torch.isfinite(fused_operator_kl(torch.tensor([[1.0, 1e-38, 1e-40]]), extreme, 1.0))


def test_ignored_rows():
    p, z = pair(4, 9)
    keep = torch.tensor([True, False, True, False])
    assert torch.allclose(fused_operator_kl(p, z, 2.0, keep=keep), fused_operator_kl(p[keep], z[keep], 2.0))
    z.requires_grad_()
    nothing = fused_operator_kl(p, z, 2.0, keep=torch.zeros(4, dtype=torch.bool))
    nothing.backward()
    assert float(nothing.detach()) == 0 and torch.equal(z.grad, torch.zeros_like(z))
    bad = torch.tensor([[0.3, 0.7], [0.5, 0.5]]), torch.tensor([[0.0, float("-inf")], [0.0, 1.0]], requires_grad=True)
    loss = fused_operator_kl(*bad, 1.0, keep=torch.tensor([False, True]))
    loss.backward()
    assert torch.isfinite(loss) and torch.isfinite(bad[1].grad).all()


def test_reductions_shapes_and_half_precision():
    p, z = pair(6, 9)
    rows = fused_operator_kl(p.view(2, 3, 9), z.view(2, 3, 9), 2.0, reduction="none")
    assert rows.shape == (2, 3) and torch.allclose(rows.sum(), fused_operator_kl(p, z, 2.0, reduction="sum"))
    low = z.to(torch.bfloat16).requires_grad_()
    loss = fused_operator_kl(p.to(torch.bfloat16), low, 2.0)
    loss.backward()
    assert loss.dtype == torch.float32 and low.grad.dtype == torch.bfloat16
    assert float(loss) == pytest.approx(float(reference(p, z, 2.0)), rel=0.05)


def test_student_temperature_and_other_operators():
    from theorems.operators.mixing import OPERATOR as mixing
    from theorems.operators.power import OPERATOR as power

    p, z = pair(5, 9)
    assert torch.allclose(fused_operator_kl(p, z, 2.0, operator=power), fused_operator_kl(p, z, 2.0))
    mixed = p / 2 + 0.5 / 9
    want = functional.kl_div(torch.log_softmax(z, -1), mixed, reduction="batchmean")
    assert torch.allclose(fused_operator_kl(p, z, 2.0, operator=mixing, student_temperature=1.0), want)


def test_refusals_name_the_fault():
    p, z = pair(2, 5)
    with pytest.raises(OutOfDomain, match=r"\(2, 5\).*\(2, 4\)"):
        fused_operator_kl(p, z[:, :4], 1.0)
    for bad in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(OutOfDomain, match="temperatures"):
            fused_operator_kl(p, z, bad)
    with pytest.raises(OutOfDomain, match="mean"):
        fused_operator_kl(p, z, 1.0, reduction="mean")
    with pytest.raises(OutOfDomain, match="detach"):
        fused_operator_kl(p.clone().requires_grad_(), z, 1.0)
    with pytest.raises(OutOfDomain, match="keep"):
        fused_operator_kl(p, z, 1.0, keep=torch.ones(3, dtype=torch.bool))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_gpu_equals_cpu():
    p, z = pair(7, 5000, dtype=torch.float32)
    for temperature in (0.5, 1.0, 4.0):
        a, b = z.clone().requires_grad_(), z.cuda().requires_grad_()
        one, two = fused_operator_kl(p, a, temperature), fused_operator_kl(p.cuda(), b, temperature)
        one.backward()
        two.backward()
        assert torch.allclose(one, two.cpu(), rtol=1e-5) and torch.allclose(a.grad, b.grad.cpu(), rtol=1e-4, atol=1e-7)
