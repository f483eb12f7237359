"""Operators on data against a 50-digit oracle computed from the definitions, and the gradient against differences."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from theorems.errors import InvalidOperator, OutOfDomain
from theorems.operator import BlackBox, Blend, Composed, Domain, Generator, Operator, Reparametrised, Separable, T, V, Vector, p
from theorems.operators.logit import OPERATOR as logit
from theorems.operators.mixing import OPERATOR as mixing
from theorems.operators.power import OPERATOR as power
from theorems.operators.reciprocal import OPERATOR as reciprocal
from theorems.operators.tsallis import tsallis
from theorems.wellformed import vector_symbols

POSITIVE, SOFTENING = Domain(sp.S.Zero, sp.oo), Domain(sp.S.One, sp.oo)
ratio = Operator("ratio", Separable(p / (1 + (T - 1) * p)), SOFTENING)
damped = Operator("damped", Separable(p * sp.exp(-(T - 1) * p)), Domain(sp.S.One, sp.Integer(2)))
sine = Operator("sine", Generator(sp.sin(p)), SOFTENING)
product = Operator("product", Generator(p + sp.log(p)), POSITIVE)


def normalised(values: list[Any]) -> list[Any]:
    total = mpmath.fsum(values)
    return [value / total for value in values]


def by_weight(weight: Callable[[Any, Any, int], Any]) -> Callable[[list[Any], Any], list[Any]]:
    return lambda row, t: normalised([weight(x, t, len(row)) for x in row])


def by_generator(phi: Callable[[Any], Any], g: Callable[[Any], Any], top: Any, bottom: Any) -> Callable[[list[Any], Any], list[Any]]:
    """F_T from the definition: g = phi^-1 typed here by hand, and tau by bisection.  `top`, `bottom`: phi(1), phi(0+)."""

    def images(ys: list[Any], tau: Any) -> list[Any]:
        return [mpmath.mpf(0) if y - tau <= bottom else mpmath.mpf(1) if y - tau >= top else g(y - tau) for y in ys]

    def image(row: list[Any], t: Any) -> list[Any]:
        ys = [(phi(x) if x > 0 else mpmath.mpf(bottom)) / t for x in row]
        right = 10 + 10 * max(abs(y) for y in ys if mpmath.isfinite(y))
        left = -right
        for _ in range(100):
            tau = (left + right) / 2
            left, right = (tau, right) if mpmath.fsum(images(ys, tau)) > 1 else (left, tau)
        return images(ys, right)

    return image


INFINITE = mpmath.mpf("inf")
ORACLES: dict[str, tuple[Operator, Callable[[list[Any], Any], list[Any]]]] = {
    "power": (power, by_weight(lambda x, t, n: x ** (1 / t) if x else 0)),
    "mixing": (mixing, by_weight(lambda x, t, n: x / t + (1 - 1 / t) / n)),
    "ratio": (ratio, by_weight(lambda x, t, n: x / (1 + (t - 1) * x))),
    "damped": (damped, by_weight(lambda x, t, n: x * mpmath.exp(-(t - 1) * x))),
    "tsallis 3/2": (tsallis("3/2"), by_generator(lambda x: 2 * mpmath.sqrt(x), lambda y: y * y / 4, 2, 0)),
    "tsallis 17/10": (tsallis("1.7"), by_generator(
        lambda x: mpmath.exp(mpmath.log(x) * 7 / 10) * 10 / 7, lambda y: mpmath.exp(mpmath.log(y * 7 / 10) * 10 / 7), 2, 0)),
    "tsallis 1/2": (tsallis("1/2"), by_generator(lambda x: -2 / mpmath.sqrt(x), lambda y: 4 / (y * y), -2, -INFINITE)),
    "tsallis 3": (tsallis(3), by_generator(lambda x: x * x / 2, lambda y: mpmath.sqrt(2 * y), mpmath.mpf(1) / 2, 0)),
    "logit": (logit, by_generator(lambda x: mpmath.log(x / (1 - x)), lambda y: 1 / (1 + mpmath.exp(-y)), INFINITE, -INFINITE)),
    "reciprocal": (reciprocal, by_generator(lambda x: -1 / x, lambda y: -1 / y, -1, -INFINITE)),
    "sine": (sine, by_generator(mpmath.sin, mpmath.asin, mpmath.mpf("0.8414709848"), 0)),
    "product": (product, by_generator(lambda x: x + mpmath.log(x), lambda y: mpmath.lambertw(mpmath.exp(y)).real, 1, -INFINITE)),
}
CLOSED = ("power", "mixing", "ratio", "damped")
ROWS = {"skewed": [0.7, 0.2, 0.0625, 0.0375], "tied": [0.25, 0.25, 0.4, 0.1], "zero": [0.6, 0.0, 0.3, 0.1], "flat": [0.25] * 4}


def arrays(row: list[float]) -> list[Any]:
    exact = np.array(row) / np.sum(row)
    return [exact, exact.astype(np.float32), torch.tensor(exact), torch.tensor(exact, dtype=torch.float32)]


def oracle(name: str, array: Any, temperature: float) -> np.ndarray:
    with mpmath.workdps(50 if name in CLOSED else 30):
        row = normalised([mpmath.mpf(float(x)) for x in array.tolist()])
        return np.array([float(x) for x in ORACLES[name][1](row, mpmath.mpf(temperature))])


@pytest.mark.parametrize("name", ORACLES)
@pytest.mark.parametrize("row", ROWS)
def test_values_agree_with_the_definition(name: str, row: str) -> None:
    operator = ORACLES[name][0]
    tried = 0
    for temperature in (0.5, 1.5, 2.0, 40.0):
        if sp.Rational(temperature) not in operator.domain:
            continue
        for array in arrays(ROWS[row]):
            expected = oracle(name, array, temperature)
            got = np.asarray(operator(array, temperature), dtype=np.float64)
            epsilon = np.finfo(np.float64 if "64" in str(array.dtype) else np.float32).eps
            np.testing.assert_allclose(got, expected, rtol=40 * epsilon, atol=8 * epsilon * float(name not in CLOSED))
            tried += 1
    assert tried


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(CLOSED), st.lists(st.floats(1e-12, 1), min_size=1, max_size=12), st.floats(-3, 6), st.sampled_from([torch.float32, torch.float64])
)
def test_weights_at_any_temperature(name: str, values: list[float], exponent: float, dtype: torch.dtype) -> None:
    operator = ORACLES[name][0]
    temperature = 10.0**exponent
    if sp.Rational(temperature) not in operator.domain:
        temperature = 1.0 + min(1 / temperature, temperature) / 2
    array = torch.tensor(values, dtype=torch.float64)
    array = (array / array.sum()).to(dtype)
    got = operator(array, temperature).double().numpy()
    epsilon = torch.finfo(dtype).eps
    # exp multiplies the relative error of its argument; entries below exp(-60) are only bounded.
    np.testing.assert_allclose(got, oracle(name, array, temperature), rtol=130 * epsilon, atol=1e-26)
    assert abs(got.sum() - 1) <= max(4, len(values)) * epsilon


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["1/2", "3/2", "1.7", "logit", "reciprocal"]), st.lists(st.floats(1e-6, 1), min_size=2, max_size=30), st.floats(0, 4)
)
def test_generators_are_semigroups(kind: str, values: list[float], exponent: float) -> None:
    operator = {"logit": logit, "reciprocal": reciprocal}.get(kind) or tsallis(kind)
    array = np.array(values) / np.sum(values)
    first = 1 + exponent
    np.testing.assert_allclose(operator(operator(array, first), 3.0), operator(array, 3 * first), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("alpha", ["5/4", "3/2", "1.7", "3"])
def test_tsallis_agrees_with_entmax(alpha: str) -> None:
    entmax = pytest.importorskip("entmax")
    order = float(sp.Rational(alpha))
    rows = torch.softmax(4 * torch.randn(6, 50, dtype=torch.float64, generator=torch.Generator().manual_seed(1)), -1)
    for temperature in (1.25, 3.0, 100.0):
        expected = entmax.entmax_bisect(rows ** (order - 1) / ((order - 1) * temperature), alpha=order, dim=-1, n_iter=100)
        torch.testing.assert_close(tsallis(alpha)(rows, temperature), expected, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("operator", [power, mixing, ratio, logit, reciprocal, tsallis("3/2"), tsallis("1/2"), product], ids=lambda o: o.name)
def test_logits_mean_their_softmax(operator: Operator) -> None:
    logits = 3 * torch.randn(5, 9, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(operator.from_logits(logits, 2.5), operator(torch.softmax(logits, -1), 2.5), rtol=1e-12, atol=1e-14)
    moved = operator.from_logits(logits.T + 1000, 2.5, axis=0)
    torch.testing.assert_close(moved.T, operator.from_logits(logits, 2.5), rtol=1e-10, atol=1e-12)


def test_forbidden_classes_and_confident_logits() -> None:
    logits = torch.tensor([0.0, -torch.inf, 80.0], dtype=torch.float32)
    for operator in (power, logit, reciprocal):
        image = operator.from_logits(logits, 40.0)
        assert image[1] == 0 and image.sum() == pytest.approx(1, abs=1e-6)
    expected = 1 / (1 + np.exp(-2.0))
    assert float(power.from_logits(logits, 40.0)[2]) == pytest.approx(expected, rel=1e-6)
    assert float(logit.from_logits(logits, 40.0)[2]) == pytest.approx(expected, rel=1e-5)


DIFFERENTIABLE = [power, mixing, ratio, damped, logit, reciprocal, tsallis("3/2"), tsallis("1/2"), tsallis(3), sine, product]


@pytest.mark.parametrize("operator", DIFFERENTIABLE, ids=lambda o: o.name)
def test_gradients_against_differences(operator: Operator) -> None:
    generator = torch.Generator().manual_seed(3)
    logits = torch.randn(3, 5, dtype=torch.float64, generator=generator).requires_grad_()
    temperature = torch.tensor(1.7, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda z, t: operator(torch.softmax(z, -1), t), (logits, temperature), atol=1e-6)
    assert torch.autograd.gradcheck(lambda z, t: operator.from_logits(z, t), (logits, temperature), atol=1e-6)
    if sp.Rational(1, 2) in operator.domain:
        assert torch.autograd.gradcheck(lambda z: operator(torch.softmax(z, -1), 0.5), (logits,), atol=1e-6)


def test_combinations_follow_their_definitions() -> None:
    rows = torch.softmax(torch.randn(4, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(4)), -1)
    blend = Operator("blend", Blend(power, mixing, T / (1 + T)), SOFTENING)
    torch.testing.assert_close(blend(rows, 3), power(rows, 3) / 4 + mixing(rows, 3) * 3 / 4)
    squared = Operator("squared", Reparametrised(power, T**2), POSITIVE)
    torch.testing.assert_close(squared(rows, 3), power(rows, 9))
    composed = Operator("composed", Composed(power, mixing), SOFTENING)
    torch.testing.assert_close(composed(rows, 3), power(mixing(rows, 3), 3))
    for operator in (blend, squared, composed):
        assert torch.equal(operator(rows, 1), rows)
        temperature = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
        logits = rows.log().requires_grad_()
        assert torch.autograd.gradcheck(lambda z, t, f=operator: f(torch.softmax(z, -1), t), (logits, temperature), atol=1e-6)
    assert blend(rows.half() / rows.half().sum(-1, keepdim=True), 3).dtype == torch.float16


def test_vector_and_black_box() -> None:
    p1, p2 = vector_symbols(2)
    vector = Operator("swap", Vector((p2 / T, 1 - p2 / T)), SOFTENING)
    np.testing.assert_allclose(vector(np.array([[0.75, 0.25]]), 2), [[0.125, 0.875]])
    with pytest.raises(OutOfDomain, match="for 2 classes, not 3"):
        vector(np.array([0.5, 0.25, 0.25]), 2)
    box = Operator("box", BlackBox(lambda row, t: [x / t + (1 - 1 / t) / len(row) for x in row]), SOFTENING)
    rows = np.array([[0.75, 0.25], [0.5, 0.5]])
    np.testing.assert_allclose(box(rows, 2), mixing(rows, 2))
    tensor = torch.tensor(rows, requires_grad=True)
    box(tensor, 2)[0, 0].backward()
    assert tensor.grad is not None and tensor.grad[0, 0] == 0.5


def test_weights_that_break_the_rules_are_refused_where_they_do() -> None:
    below = Operator("below", Separable(p / T + (1 - 1 / T) / V), POSITIVE)
    np.testing.assert_allclose(below(np.array([0.5, 0.5]), 0.5), [0.5, 0.5])
    with pytest.raises(OutOfDomain, match="negative"):
        below(np.array([0.9, 0.1]), 0.25)
    falling = Operator("falling", Separable(1 / p), POSITIVE)
    with pytest.raises(OutOfDomain, match="not positive and finite"):
        falling(np.array([1.0, 0.0]), 2)
    with pytest.raises(InvalidOperator, match="does not increase"):
        Operator("decreasing", Generator(1 / p), POSITIVE)(np.array([0.5, 0.5]), 2)


def test_operators_that_are_not_the_identity_at_one_say_so() -> None:
    smoothing = Operator("smoothing", Separable(p + sp.Rational(1, 10)), POSITIVE)
    np.testing.assert_allclose(smoothing(np.array([0.9, 0.1]), 1), [1.0 / 1.2, 0.2 / 1.2])


def test_exact_temperatures() -> None:
    row = np.array([0.7, 0.2, 0.1])
    for temperature in (2, 2.0, Fraction(2), sp.Integer(2), np.float32(2), np.array(2.0), torch.tensor(2.0)):
        np.testing.assert_array_equal(power(row, temperature), power(row, 2))


def test_shipped_operators_are_callable_by_name() -> None:
    from overproof import operators

    row = np.array([0.7, 0.2, 0.1])
    np.testing.assert_array_equal(operators.power(row, 2), power(row, 2))
    np.testing.assert_array_equal(operators.tsallis("3/2")(row, 2), tsallis("3/2")(row, 2))
    assert {"power", "mixing", "logit", "reciprocal", "tsallis"} <= set(dir(operators))
