"""Measures on cases that can be worked out by hand, and the doors of `access` with their old traps."""

import math

import pytest
import torch

from gpu_validation import access, counter, measures
from gpu_validation.matching import fitted_family, matched_temperature
from gpu_validation.teachers import shipped
from theorems.errors import OutOfDomain

OUTPUTS = torch.tensor([[[0.8, 0.2]], [[0.4, 0.6]]], dtype=torch.float64)
TARGET = torch.tensor([[0.5, 0.5]], dtype=torch.float64)
LAW = torch.tensor([[0.5, 0.3, 0.2], [0.25, 0.25, 0.5]], dtype=torch.float64)


def test_squared_by_hand():
    found = measures.squared(OUTPUTS, TARGET)
    assert found == pytest.approx({"expected": (0.18 + 0.02) / 2, "bias": 0.02, "variance": 0.08})


def test_divergences_by_hand():
    found = measures.kullback_leibler(OUTPUTS.log(), TARGET)
    centre = [math.sqrt(0.32), math.sqrt(0.12)]
    assert found["log_partition"] == pytest.approx(-math.log(sum(centre)))
    assert found["expected"] == pytest.approx(found["bias"] + found["variance"])
    back = measures.reverse_kullback_leibler(OUTPUTS.log(), TARGET.log())
    assert back["expected"] == pytest.approx(back["bias"] + back["variance"])
    p = torch.tensor([0.5, 0.5, 0.0])
    assert float(measures.divergence(p, p)) == 0 and float(measures.divergence(torch.tensor([0.3, 0.3, 0.4]), p)) == math.inf
    assert float(measures.entropy(p)) == pytest.approx(math.log(2)) and float(measures.spread(p)) == 0.5


def test_bootstrap_covers_the_plug_in_value():
    outputs = torch.softmax(counter.normal(torch.arange(64), 0, 30).view(64, 10, 3), -1)
    target = torch.full((10, 3), 1 / 3, dtype=torch.float64)
    found = measures.bootstrap(outputs, target, target, seed=0)
    assert found["cross"] == [0.0, 0.0] or max(map(abs, found["cross"])) < 1e-12
    low, high = found["variance"]
    assert low < measures.squared(outputs, target)["variance"] * 1.02 and high > low > 0
    assert found == measures.bootstrap(outputs, target, target, seed=0)


def test_restriction_keeps_ratios_and_drops_to_exact_zero():
    assert torch.allclose(access.restricted(LAW, 2), torch.tensor([[0.625, 0.375, 0.0], [1 / 3, 0.0, 2 / 3]], dtype=torch.float64))
    assert access.top_set(LAW, 2).tolist() == [[True, True, False], [True, False, True]], "a tie falls to the lower class"
    assert torch.equal(access.restricted(LAW, 3), LAW)
    for k in (0, 4):
        with pytest.raises(OutOfDomain, match="1 <= k <= 3"):
            access.top_set(LAW, k)


def test_filling_rounding_and_sampling():
    assert torch.allclose(access.filled(LAW, 1), torch.tensor([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]], dtype=torch.float64))
    assert torch.allclose(access.rounded(LAW, 0.1)[0], LAW[0])
    drawn = access.sampled(LAW, 4, torch.arange(3000))
    assert torch.allclose(drawn.sum(-1), torch.ones(3000, 2, dtype=torch.float64)) and torch.allclose(drawn.mean(0), LAW, atol=0.02)
    assert set((drawn * 4).flatten().tolist()) <= {0.0, 1.0, 2.0, 3.0, 4.0}


def test_matched_temperature_is_found_or_refused():
    assert matched_temperature(lambda t: t**2, 9.0, low=1.0, high=10.0) == pytest.approx(3.0, rel=1e-12)
    with pytest.raises(OutOfDomain, match="no temperature"):
        matched_temperature(lambda t: t, 99.0, low=1.0, high=10.0)


def test_fitted_family_finds_the_member_itself():
    feature = torch.tensor([1.0, 0.0, -2.0], dtype=torch.float64)
    member = (1.7 * feature).softmax(-1)
    assert torch.allclose(fitted_family(member, feature), member, atol=1e-12)
    power = shipped("power")(LAW[0], 2.0)
    assert torch.allclose(fitted_family(power, LAW[0].log()), power, atol=1e-12)


def test_noisy_labels_close_with_the_covariance():
    labels = torch.tensor([[[1.0, 0.0]], [[0.0, 1.0]]], dtype=torch.float64)
    found = measures.noisy_labels(OUTPUTS, labels)
    assert found["covariance"] == pytest.approx(0.2) and found["noise"] == pytest.approx(0.5)
    parts = found["bias"] + found["variance"] + found["noise"]
    assert found["expected"] == pytest.approx(parts - 2 * found["covariance"]) != pytest.approx(parts)


def test_restriction_and_privacy_sides_by_hand():
    operators = {"power": shipped("power"), "mixing": shipped("mixing")}
    row = access.restriction_sides(LAW, 2, 2.0, operators)
    assert float(row["power"].max()) < 1e-12 and float(row["mixing"].min()) > 0.01
    apart = access.privacy_sides(LAW, 2.0, operators)
    ratios = (LAW[0] / LAW[1]).log()
    assert apart["hilbert"][0] == pytest.approx(float(ratios.max() - ratios.min()))
    mixed = LAW / 2 + 1 / 6
    assert apart["mixing"][0] == pytest.approx(float((mixed[0] / mixed[1]).log().abs().max()))
    assert bool((apart["power"] <= apart["hilbert"] / 2 + 1e-12).all())
