"""The float pitfalls met by others, one named test each."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from theorems.arrays.checks import sum_tolerance
from theorems.arrays.library import library_of
from theorems.errors import OutOfDomain
from theorems.operator import Operator
from theorems.operators.logit import OPERATOR as logit
from theorems.operators.mixing import OPERATOR as mixing
from theorems.operators.power import OPERATOR as power
from theorems.operators.reciprocal import OPERATOR as reciprocal
from theorems.operators.tsallis import tsallis

SHIPPED = [power, mixing, tsallis("3/2"), tsallis("1/2"), tsallis("1.7"), logit, reciprocal]
DTYPES = [torch.float16, torch.bfloat16, torch.float32, torch.float64]
BIG = 131072
each = pytest.mark.parametrize("operator", SHIPPED, ids=lambda operator: operator.name)


def softmax_rows(rows: int, size: int, spread: float, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    generator = torch.Generator().manual_seed(rows * size)
    return torch.softmax(spread * torch.randn(rows, size, dtype=torch.float64, generator=generator), -1).to(dtype)


def inversions(source: torch.Tensor, image: torch.Tensor) -> int:
    order = torch.argsort(source, stable=True)
    return int((torch.diff(image[order][torch.diff(source[order], prepend=source[order][:1] - 1) > 0]) < 0).sum())


def temperatures(operator: Operator) -> tuple[float, ...]:
    return (1.0, 1.001, 2.0, 2.7, 1e6) + ((1e-3, 0.5) if operator.domain.low == 0 else ())


@each
def test_pitfall_10_neighbours_may_tie_but_never_swap(operator: Operator) -> None:
    tie = np.array([0.3, np.nextafter(0.3, 1), 0.4])
    assert power(tie, 1000)[0] == power(tie, 1000)[1] and tie[0] < tie[1]
    for dtype in (torch.float32, torch.float64):
        start = torch.tensor([3e-4, 1e-3, 9e-4, 2e-6], dtype=dtype)
        step = torch.finfo(dtype).eps * torch.arange(400, dtype=dtype)
        row = (start[:, None] * (1 + step)).flatten()
        row = torch.cat([row, (1 - row.double().sum()).to(dtype)[None]])
        for temperature in temperatures(operator):
            assert inversions(row, operator(row, temperature)) == 0
            assert inversions(row, torch.from_numpy(operator(row.numpy(), temperature))) == 0


def test_pitfall_10_the_counter_of_inversions_sees_one() -> None:
    assert inversions(torch.tensor([0.1, 0.2, 0.7]), torch.tensor([0.2, 0.1, 0.7])) == 1


@each
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_pitfall_11_temperature_one_is_the_identity_bit_for_bit(operator: Operator, dtype: torch.dtype) -> None:
    subnormal = torch.finfo(dtype).tiny / 4
    rows = torch.tensor([[0.75, 0.25, 0, 0], [1, 0, -0.0, 0], [0.5, 0.5, subnormal, 0], [0.25] * 4], dtype=dtype)
    image = operator(rows, 1)
    assert image.dtype == dtype and image.data_ptr() != rows.data_ptr()
    assert torch.equal(image.view(torch.uint8), rows.view(torch.uint8))


@each
@pytest.mark.parametrize("bad", [0, -1, -0.5, float("nan"), float("inf"), "2", None, True, 1j, np.array([1.0, 2.0])], ids=str)
def test_pitfall_12_bad_temperatures_raise(operator: Operator, bad: Any) -> None:
    with pytest.raises(OutOfDomain, match="temperature"):
        operator(np.array([0.5, 0.5]), bad)
    with pytest.raises(OutOfDomain, match="temperature"):
        operator.from_logits(np.array([0.5, 0.5]), bad)


@pytest.mark.parametrize("operator", [mixing, tsallis("3/2")], ids=lambda operator: operator.name)
def test_pitfall_12_below_the_domain_raises(operator: Operator) -> None:
    with pytest.raises(OutOfDomain, match=r"temperature 1/2 is outside the domain 1:inf"):
        operator(np.array([0.5, 0.5]), 0.5)


def test_pitfall_13_small_probabilities_survive_sharpening() -> None:
    row = np.array([1e-30, 2e-30, 1.0], dtype=np.float32)
    expected = [float(mpmath.mpf(float(x)) ** 2) for x in row]
    np.testing.assert_allclose(power(row.astype(np.float64), 0.5), expected, rtol=1e-13)
    logits = torch.tensor([0.0, 0.7, -3e4], dtype=torch.float32)
    image = power.from_logits(logits, 1e4)
    np.testing.assert_allclose(image.double().numpy(), torch.softmax(logits.double() / 1e4, -1).numpy(), rtol=1e-6)
    close = torch.tensor([0.5 + 2**-24, 0.5 - 2**-24], dtype=torch.float32)
    exact = torch.softmax(close.double().log() * 1000, -1)
    np.testing.assert_allclose(power(close, 0.001).double().numpy(), exact.numpy(), rtol=1e-6)


@each
def test_pitfall_14_zeros_stay_and_their_gradient_is_finite(operator: Operator) -> None:
    for dtype in DTYPES:
        row = torch.tensor([0.5, 0.0, 0.375, 0.125], dtype=dtype, requires_grad=True)
        for temperature in temperatures(operator):
            image = operator(row, temperature)
            if operator.domain.low == 0:
                assert image[1] == 0
            (gradient,) = torch.autograd.grad((image * torch.tensor([1.0, 2, 3, 4], dtype=dtype)).sum(), row)
            assert gradient.isfinite().all()
    assert operator(torch.tensor([0.0, 1.0]), 1)[1] == 1


def test_pitfall_14_finite_derivatives_at_zero_are_kept() -> None:
    row = torch.tensor([0.5, 0.0, 0.5], dtype=torch.float64, requires_grad=True)
    for operator, slope in ((mixing, 1 / 3), (reciprocal, 3.0)):
        (gradient,) = torch.autograd.grad(operator(row, 3)[1], row)
        assert float(gradient[1] - gradient[0]) == pytest.approx(slope, rel=0.7)
    near = torch.tensor([0.5, 1e-9, 0.5 - 1e-9], dtype=torch.float64)
    assert float(reciprocal(near, 3)[1] / 1e-9) == pytest.approx(3, rel=1e-6)
    (gradient,) = torch.autograd.grad(reciprocal(row, 3)[1], row)
    assert float(gradient[1]) == pytest.approx(3, rel=1e-6)
    (gradient,) = torch.autograd.grad(power(row, 2)[0], row)
    assert gradient[1] == 0


@each
def test_pitfall_14_gradients_survive_subnormals_and_half_precision(operator: Operator) -> None:
    for dtype in DTYPES:
        tiny = torch.finfo(dtype).tiny / 4
        row = torch.tensor([0.75, tiny, 0.25, 0.0], dtype=dtype, requires_grad=True)
        for temperature in temperatures(operator):
            (gradient,) = torch.autograd.grad(operator(row, temperature)[1], row)
            assert gradient.isfinite().all()


def test_pitfall_15_no_guard_vanishes_in_half_precision() -> None:
    row = torch.tensor([6e-8, 1.0], dtype=torch.float16)
    expected = torch.softmax(row.double().log() / 4, -1)
    np.testing.assert_allclose(power(row, 4).double().numpy(), expected.numpy(), rtol=1e-3)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("size", [1, 2, 1000, BIG])
def test_pitfall_16_tolerance_depends_on_dtype_and_length(dtype: torch.dtype, size: int) -> None:
    row = softmax_rows(1, size, 2.0, dtype)[0]
    image = power(row, 2).double()
    assert abs(float(image.sum()) - 1) <= max(size, 4) * torch.finfo(dtype).eps
    allowed = sum_tolerance(library_of(row), dtype, size)
    wrong = row.double()
    wrong[0] += 3 * allowed + torch.finfo(dtype).eps * 4
    with pytest.raises(OutOfDomain, match="sum to"):
        power(wrong.to(dtype), 2)
    library = library_of(row)
    assert sum_tolerance(library, torch.float64, size) < sum_tolerance(library, torch.float32, size) < sum_tolerance(library, torch.float16, size)


@pytest.mark.parametrize("operator", [tsallis("1/2"), tsallis("3/2"), logit, reciprocal, power, mixing], ids=lambda o: o.name)
def test_pitfall_17_two_then_three_is_six(operator: Operator) -> None:
    rows = softmax_rows(4, 200, 3.0)
    torch.testing.assert_close(operator(operator(rows, 2), 3), operator(rows, 6), rtol=2e-13, atol=1e-17)


@each
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_pitfall_18_half_precision_is_promoted_first(operator: Operator, dtype: torch.dtype) -> None:
    rows = softmax_rows(3, 64, 2.0, dtype)
    image = operator(rows, 2.5)
    assert image.dtype == dtype
    torch.testing.assert_close(image, operator(rows.float() / rows.float().sum(-1, keepdim=True), 2.5).to(dtype), rtol=torch.finfo(dtype).eps * 2, atol=1e-7)


@each
@pytest.mark.parametrize("size", [1, 2, 3, 1024, BIG])
def test_extremes_of_size_and_temperature(operator: Operator, size: int) -> None:
    for dtype in (torch.float32, torch.float64):
        for rows in (softmax_rows(2, size, 6.0, dtype), torch.full((1, size), 1 / size, dtype=dtype), torch.eye(1, size, dtype=dtype)):
            for temperature in temperatures(operator):
                image = operator(rows, temperature)
                assert image.isfinite().all() and (image >= 0).all()
                assert (image.double().sum(-1) - 1).abs().max() <= max(size, 8) * torch.finfo(dtype).eps
                assert inversions(rows[0], image[0]) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2), st.lists(st.integers(1, 4), min_size=3, max_size=3), st.sampled_from(SHIPPED), st.sampled_from(["float32", "float64"]))
def test_any_axis_any_batch_same_kind(axis: int, shape: list[int], operator: Operator, name: str) -> None:
    values = np.random.default_rng(sum(shape)).random(shape) + 0.01
    values = (values / values.sum(axis, keepdims=True)).astype(name)
    image = operator(values, 2, axis=axis)
    assert image.dtype == values.dtype and image.shape == values.shape and isinstance(image, np.ndarray)
    moved = np.moveaxis(operator(np.ascontiguousarray(np.moveaxis(values, axis, -1)), 2), -1, axis)
    np.testing.assert_array_equal(image, moved)
    tensor = operator(torch.tensor(values), 2, axis=axis - 3)
    np.testing.assert_allclose(tensor.numpy(), image, rtol=3e-6 if name == "float32" else 1e-13)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([[0.5, 0.5], [1.5, -0.5]], r"entry \[1, 1\] is -0.5"),
        ([[0.5, 0.5], [float("nan"), 0.5]], r"entry \[1, 0\] is nan"),
        ([[float("inf"), 0.5], [0.5, 0.5]], r"entry \[0, 0\] is inf"),
        ([[0.5, 0.5], [0.5, 0.25]], r"entries \[1, :\] sum to 0.75.*largest entry \[1, 0\] is 0.5.*divide by the sum"),
        ([[], []], "empty"),
        ([[1.0, -1e-30], [0.5, 0.5]], r"entry \[0, 1\] is -1e-30"),
    ],
)
@each
def test_what_is_no_distribution_is_named(operator: Operator, row: list[list[float]], message: str) -> None:
    for array in (np.array(row), torch.tensor(row, dtype=torch.float64)):
        for temperature in (1, 2):
            with pytest.raises(OutOfDomain, match=message):
                operator(array, temperature)


def test_what_is_no_array_of_floats_is_refused() -> None:
    for bad in ([0.5, 0.5], np.array([1, 0]), np.array([0.5 + 0j, 0.5]), torch.tensor([1, 0]), 1.0):
        with pytest.raises(OutOfDomain):
            power(bad, 2)
    with pytest.raises(OutOfDomain, match="axis 1"):
        power(np.array([0.5, 0.5]), 2, axis=1)
    for logits in ([0.0, float("nan")], [float("inf"), 0.0], [-float("inf"), -float("inf")]):
        with pytest.raises(OutOfDomain, match="logit"):
            power.from_logits(np.array(logits), 2)
    assert power(np.zeros((0, 3)), 2).shape == (0, 3)


def test_the_input_is_left_alone_and_no_library_is_imported() -> None:
    import subprocess
    import sys

    row = np.array([0.75, 0.25])
    power(row, 3)
    np.testing.assert_array_equal(row, [0.75, 0.25])
    code = "import sys; import theorems.arrays; sys.exit(any(m in sys.modules for m in ('torch', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
