"""The public names: operators from text, their domains, and what they refuse."""

import pytest
import sympy as sp

import overproof
from overproof import InvalidOperator, black_box, blend, compose, generator, operators, reparametrise, separable, vector, verify
from theorems.operator import BlackBox, Blend, Composed, Domain, Generator, Reparametrised, Separable, Vector


@pytest.mark.parametrize("domain", [("1/2", "8"), "1/2:8", Domain(sp.Rational(1, 2), sp.Integer(8))])
def test_a_domain_may_be_written_in_three_ways(domain):
    assert separable("p", domain=domain).domain.pair() == ("1/2", "8")


def test_forms():
    assert isinstance(separable("p").form, Separable)
    assert isinstance(generator("log(p)").form, Generator)
    assert isinstance(vector(["p1**(1/T)", "1 - p1**(1/T)"]).form, Vector)
    assert isinstance(black_box(lambda p, T: p).form, BlackBox)
    assert isinstance(blend(operators.power, operators.mixing, "1/2").form, Blend)
    assert isinstance(reparametrise(operators.power, "T**2").form, Reparametrised)
    assert isinstance(compose(operators.mixing, operators.power).form, Composed)


def test_default_domains():
    assert separable("p").domain.pair() == ("0", "inf")
    assert generator("log(p)").domain.pair() == ("0", "inf")
    assert generator("p").domain.pair() == ("1", "inf")
    assert blend(operators.power, operators.mixing, "1/2").domain.pair() == ("1", "inf")
    assert compose(operators.mixing, operators.power).domain.pair() == ("1", "inf")
    assert reparametrise(operators.power, "T**2").domain.pair() == ("0", "inf")
    assert reparametrise(operators.power, "2*T - 1", "1:inf").domain.pair() == ("1", "inf")


def test_names():
    assert separable("p", name="mine").name == "mine"

    def soften(p, T):
        return p

    assert black_box(soften).name == "soften"


@pytest.mark.parametrize(
    "make",
    [
        lambda: separable("log(p)"),
        lambda: separable("p**(1/T"),
        lambda: separable("p", domain=("2", "3")),
        lambda: separable("p", domain="1"),
        lambda: generator("p*T"),
        lambda: vector(["p1"]),
        lambda: vector(["p1", "p3"]),
        lambda: blend(operators.power, operators.mixing, "p"),
        lambda: black_box(3),
        lambda: reparametrise(operators.power, "p"),
        lambda: compose(separable("p", "1/2:1"), separable("p", "1:2")),
        lambda: verify("power"),
        lambda: verify(separable("p"), budget=0),
        lambda: verify(separable("p"), budget=float("nan")),
    ],
)
def test_refused(make):
    with pytest.raises(InvalidOperator):
        make()


def test_shipped_operators_are_listed_and_found():
    assert {"power", "mixing", "logit", "reciprocal"} <= set(dir(operators))
    assert operators.power.name == "power"
    with pytest.raises(AttributeError, match="nothing"):
        operators.nothing
    assert overproof.operators is operators
