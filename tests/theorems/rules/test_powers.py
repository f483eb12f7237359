"""b^(k+1) = b b^k in the zero test: for b >= 0 and k > 0, and not without these facts."""

import pytest
import sympy as sp

from theorems.logic import ge, le
from theorems.normal import is_zero
from theorems.scope import Scope

b, k = sp.Symbol("b", real=True), sp.Symbol("k", integer=True)
TERM = b * b**k + b - b ** (k + 1) - b


def test_a_base_that_may_be_zero_needs_a_positive_exponent():
    assert is_zero(TERM, Scope((ge(b, 0), le(1, k))))
    assert not is_zero(TERM + b, Scope((ge(b, 0), le(1, k))))


@pytest.mark.parametrize("facts", [(), (ge(b, 0),), (le(1, k),), (ge(b, 0), ge(k, -1)), (le(b, 0), le(1, k))])
def test_otherwise_nothing_is_said(facts):
    """At b = 0, k = -1 the left side has no value and the right side is 1."""
    assert not is_zero(TERM, Scope(facts))


def test_an_arc_cosine_asks_for_a_cosine():
    assert Scope((ge(b, -1), le(b, 1))).defined(sp.acos(b))
    assert not Scope((ge(b, -1),)).defined(sp.acos(b)) and not Scope((le(b, 1),)).defined(sp.acos(b))
