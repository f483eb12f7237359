"""The search finds certificates that the checker accepts, counterexamples that it accepts too, and stops when its budget is spent."""

import time

import numpy as np
import pytest
import sympy as sp
from flint import fmpq

from numerics.balls import precision, rational
from numerics.batch import Batch
from numerics.checker import check_certificate
from numerics.contacts import find_contacts
from numerics.enclosure import Closed
from numerics.search import certify
from theorems.boxclaim import box_claim
from theorems.compile import compile_expressions
from theorems.evidence import Certificate
from theorems.verdict import Proved, Refuted, Undecided

p, T = sp.Symbol("p", real=True), sp.Symbol("T", real=True)


def entropy(a):
    return -a * sp.log(a) - (1 - a) * sp.log(1 - a)


SOFT = p ** (1 / T) / (p ** (1 / T) + (1 - p) ** (1 / T))
HALF = sp.sqrt(p) / (sp.sqrt(p) + sp.sqrt(1 - p))
R = sp.Rational

TRUE = {
    "x log x": (-R(9, 100) - p * sp.log(p), ">=", {p: ("1/10", "9/10")}, "bisection"),
    "softening lowers the top": (p - SOFT - R(1, 1000), ">=", {p: ("6/10", "9/10"), T: ("11/10", 4)}, "bisection"),
    "entropy gain": (entropy(HALF) - entropy(p) - R(1, 1000), ">=", {p: ("6/10", "99/100")}, "bisection"),
    "tight inside": (sp.log(2) - entropy(p), ">=", {p: (0, 1)}, "tangent"),
    "entropy on the closed interval": (entropy(p), ">=", {p: (0, 1)}, "bisection"),
    "tight on two edges": (p - SOFT, ">=", {p: ("1/2", "9/10"), T: (1, 4)}, "tangent"),
    "tight inside and on an edge": (entropy(SOFT) - entropy(p), ">=", {p: ("1/10", "9/10"), T: (1, 3)}, "tangent"),
    "tight at an end to third order": (p - sp.sin(p), ">=", {p: (0, 1)}, "tangent"),
    "kinks": (sp.Max(p, T) - sp.Min(p, T) + R(1, 100), ">", {p: (-1, 1), T: (-1, 1)}, "bisection"),
    "narrow valley": (p**2 - p * T + T**2 + R(1, 10**6), ">", {p: (-1, 1), T: (-1, 1)}, "bisection"),
    "three variables": (1 + p * T * sp.Symbol("q", real=True) + R(1, 50), ">", {p: (-1, 1), T: (-1, 1), sp.Symbol("q", real=True): (-1, 1)}, "bisection"),
    "a point": (p - R(1, 3), ">=", {p: ("1/3", "1/3")}, "bisection"),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_claims_are_certified(name):
    formula, relation, box, kind = TRUE[name]
    claim = box_claim(formula, relation, box)
    found = certify(claim, budget=10)
    assert isinstance(found, Certificate), found
    assert check_certificate(found, claim_digest=claim.digest()) == Proved()
    assert found.kind == kind or name == "a point"


FALSE = {
    "wrong direction": (entropy(p) - entropy(SOFT), ">=", {p: ("1/10", "9/10"), T: (1, 4)}),
    "false in a corner": (p - SOFT, ">=", {p: ("499/1000", "9/10"), T: (1, 4)}),
    "false on a sliver": ((p - R(1, 3)) ** 2 - R(1, 10**8), ">=", {p: (0, 1)}),
    "tight but strict": (p**2, ">", {p: (0, 1)}),
    "false at the end": (1 - p, ">", {p: (0, 1)}),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_get_a_counterexample(name):
    found = certify(box_claim(*FALSE[name]), budget=10)
    assert isinstance(found, Certificate), found
    assert found.kind == "counterexample"
    assert isinstance(check_certificate(found), Refuted)


@pytest.mark.parametrize("formula", [p**2 - p * T + T**2, sp.sqrt(p - R(1, 2)) + 1, 1 / (p - R(1, 3)) ** 2, sp.log(p) * 0 + sp.log(p) ** 2], ids=str)
def test_what_is_tight_at_a_point_or_undefined_stays_undecided_within_its_budget(formula):
    start = time.process_time()
    found = certify(box_claim(formula, ">=", {p: (-1, 1), T: (-1, 1)}), budget=1)
    assert isinstance(found, Undecided) and found.reason
    assert time.process_time() - start < 3


def test_contacts_are_found_and_exact():
    (tight,) = find_contacts(box_claim(sp.log(2) - entropy(p), ">=", {p: (0, 1)}))
    assert tight == [(0, fmpq(1, 2), 2)]
    edges = find_contacts(box_claim(p - SOFT, ">=", {p: ("1/2", "9/10"), T: (1, 4)}))
    assert {contact for contacts in edges for contact in contacts} == {(0, fmpq(1, 2), 1), (1, fmpq(1), 1)}
    assert find_contacts(box_claim(sp.log(2) - entropy(p) + R(1, 10**30), ">=", {p: (0, 1)})) == []


def test_contacts_may_be_given():
    claim = box_claim(sp.log(2) - entropy(p), ">=", {p: (0, 1)})
    found = certify(claim, contacts=[[(0, fmpq(1, 2), 2)]])
    assert isinstance(found, Certificate) and check_certificate(found) == Proved()


@pytest.mark.parametrize("formula", [SOFT, entropy(SOFT), p**3 - T**2 * p, sp.sin(3 * p) * sp.cos(2 * T), sp.tan(p) / T, sp.Abs(p - T / 2), sp.tanh(p) ** T, sp.cosh(p - T) * sp.sinh(T)], ids=str)
def test_the_float_intervals_agree_with_the_trusted_ones(formula):
    """Both arithmetics run the same program: ends differ by rounding only, 30 bits of it where a sine takes a ball."""
    program = compile_expressions([formula], [p, T], fused=True)
    generator = np.random.default_rng(0)
    low = np.column_stack([generator.integers(0, 60, 50) / 64, generator.integers(64, 200, 50) / 64])
    high = low + generator.integers(0, 4, (50, 2)) / 64
    with np.errstate(all="ignore"):
        floats = program.run(Batch(), *((low[:, k], high[:, k]) for k in (0, 1)))[0]
    for row in range(50):
        box = [(rational(str(sp.Rational(a))), rational(str(sp.Rational(b)))) for a, b in zip(low[row], high[row], strict=True)]
        with precision(80):
            trusted = program.run(Closed(), *(Closed.interval(*ends) for ends in box))[0]
        if Closed.finite(trusted) and np.isfinite(floats[0][row]):
            assert abs(float(trusted[0]) - floats[0][row]) + abs(float(trusted[1]) - floats[1][row]) < 1e-7


def test_a_budget_of_nothing_is_kept():
    found = certify(box_claim(entropy(SOFT) - entropy(p), ">=", {p: ("1/10", "9/10"), T: (1, 3)}), budget=0.0)
    assert isinstance(found, Undecided) and "open" in found.reason
