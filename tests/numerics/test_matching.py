"""The matched temperature: certified enclosures, certified absence, honest refusals, bad input."""

from fractions import Fraction

import mpmath
import pytest

from numerics.matching import Match, match_temperature
from overproof import operators, separable
from theorems.errors import OutOfDomain

P, PHI = ["1/2", "3/10", "1/5"], [3, 2, 1]


def mean(operator, t, p=P, phi=PHI):
    p, t = [mpmath.mpf(Fraction(x).numerator) / Fraction(x).denominator for x in p], mpmath.mpf(t)
    if operator == "mixing":
        image = [x / t + (1 - 1 / t) / len(p) for x in p]
    else:
        roots = [x ** (1 / t) for x in p]
        image = [x / sum(roots) for x in roots]
    return sum(a * b for a, b in zip(image, phi, strict=True))


def number(x):
    return mpmath.mpf(x.numerator) / x.denominator


@pytest.mark.parametrize(("first", "t", "second"), [("power", 2, "mixing"), ("mixing", 2, "power"), ("power", 9, "mixing"), ("mixing", 40, "power")])
def test_enclosure_holds_the_temperature(first, t, second):
    found = match_temperature(getattr(operators, first), t, getattr(operators, second), P, PHI)
    with mpmath.workdps(60):
        assert found.kind == "matched" and found.high - found.low <= found.low * Fraction(1, 10**9)
        assert mean(second, number(found.low)) > mean(first, t) > mean(second, number(found.high))


def test_closed_form_of_mixing():
    found = match_temperature(operators.power, 3, operators.mixing, P, PHI, accuracy="1/1000000000000000000000000000000")
    with mpmath.workdps(60):
        even, own, target = mpmath.mpf(2), mean("mixing", 1), mean("power", 3)
        exact = (own - even) / (target - even)
        assert number(found.low) <= exact <= number(found.high)


def test_falling_features_and_any_feature_of_an_affine_family():
    assert match_temperature(operators.power, 2, operators.mixing, P, [1, 2, 3]).kind == "matched"
    assert match_temperature(operators.power, 2, operators.mixing, P, [1, 3, 2]).kind == "matched"


def test_none_is_certified():
    assert match_temperature(operators.power, "1/2", operators.mixing, P, PHI).kind == "none"
    assert match_temperature(operators.power, 2, operators.mixing, P, [[3, 2, 1], [1, 0, 0]]).kind == "none"


def test_same_operator_and_every_temperature():
    found = match_temperature(operators.power, 2, operators.power, P, PHI)
    assert found.low < 2 < found.high
    start = match_temperature(operators.mixing, 1, operators.mixing, P, PHI)
    assert start.kind == "matched" and start.low == 1 and start.high < 1 + Fraction(2, 10**9)
    assert match_temperature(operators.power, 2, operators.mixing, P, [1, 1, 1]).kind == "every"
    assert match_temperature(operators.power, 2, operators.mixing, ["1/2", "1/2"], [1, 0]).kind == "every"


def test_what_is_not_known_stays_open():
    assert match_temperature(operators.power, 2, operators.power, P, [1, 3, 2]).kind == "open"
    bad = separable("p*exp(-(T-1)*p)", domain=("1", "inf"))
    assert match_temperature(operators.power, 2, bad, P, PHI).kind == "open"


@pytest.mark.parametrize("change", [{"law": ["1/2", "1/2", "1/2"]}, {"law": ["1", "0", "0"]}, {"law": [0.5, 0.3, 0.2]}, {"features": [1, 2]}, {"features": ["x", 1, 2]},
                                    {"temperature": "1/2"}, {"temperature": 0}, {"accuracy": 0}, {"accuracy": "1/0"}])
def test_bad_input(change):
    given = {"first": operators.mixing, "temperature": 2, "second": operators.power, "law": P, "features": PHI, **change}
    with pytest.raises(OutOfDomain):
        match_temperature(**given)


def test_a_match_is_consistent():
    with pytest.raises(OutOfDomain):
        Match("matched", "no ends")
    with pytest.raises(OutOfDomain):
        Match("maybe", "")
