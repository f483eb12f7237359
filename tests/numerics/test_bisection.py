"""Conditions by certified bisection: what holds is shown, on the whole domain or on the box, and what does not is not."""

from __future__ import annotations

import pytest
import sympy as sp

from numerics import bisection
from numerics.bisection import settle
from numerics.box import box_scope
from numerics.checker import check_certificate
from numerics.decide import Decider
from theorems.logic import ForAll, ge, gt, le, lt
from theorems.operator import T, V, p
from theorems.verdict import Proved

x, y = sp.symbols("x y", real=True)
OPEN = (gt(p, 0), lt(p, 1))
HOT = (ge(T, 1),)
PAIR = (gt(x, 0), lt(x, y), le(y, 1))

WHOLE = {
    "margin inside": (gt(p**2 - p + sp.Rational(26, 100), 0), OPEN),
    "tight inside": (ge((p - sp.Rational(1, 3)) ** 2 * sp.exp(-p), 0), OPEN),
    "cubic contact at an open edge": (gt(p - sp.sin(p), 0), OPEN),
    "unbounded T": (gt(sp.exp(p / T) - 1 - p / T, 0), (*OPEN, *HOT)),
    "contact at T = 1, which belongs": (ge((T - 1) * (2 + sp.sin(p * T)), 0), (*OPEN, *HOT)),
    "unbounded V": (gt(2 + sp.cos(p) / V - sp.cos(1 / V), 0), (*OPEN, ge(V, 2))),
    "ordered pair": (gt(sp.sin(y) - sp.sin(x), 0), PAIR),
}
FALSE = {
    "T = 1 belongs to the domain": (gt(T - 1, 0), HOT),
    "T = 1 belongs, with a factor": (gt((T - 1) * (1 + p), 0), (*OPEN, *HOT)),
    "p = 1 belongs": (gt(1 - p**2, 0), (gt(p, 0), le(p, 1))),
    "negative far out": (gt(10**6 - T, 0), HOT),
    "negative at many classes": (gt(1000 - V, 0), (ge(V, 2),)),
    "negative near 0": (gt(p - sp.Rational(1, 10**6), 0), OPEN),
    "0 inside": (gt((p - sp.Rational(1, 3)) ** 2, 0), OPEN),
    "a pair of wrong order": (gt(sp.sin(3 * y) - sp.sin(3 * x), 0), PAIR),
}


@pytest.mark.parametrize("case", WHOLE)
def test_shown_on_the_whole_domain(case: str) -> None:
    goal, given = WHOLE[case]
    found = settle(goal, given, seconds=20)
    assert found is not None and not found.boxed and found.certificates
    for certificate in found.certificates:
        assert isinstance(check_certificate(certificate), Proved)


@pytest.mark.parametrize("case", FALSE)
def test_what_is_false_is_not_shown(case: str) -> None:
    goal, given = FALSE[case]
    assert settle(goal, given, seconds=2) is None


def test_a_box_is_said_to_be_one() -> None:
    """Negative for entries below 10^-6: true on the box alone."""
    goal, given = FALSE["negative near 0"]
    found = settle(goal, given, seconds=2, boxed=True)
    assert found is not None and found.boxed
    assert box_scope(sp.Integer(1), sp.oo) == "p_i >= 1/100, T in [1, 8]"


def test_false_on_the_box_too() -> None:
    assert settle(gt(p - sp.Rational(1, 2), 0), OPEN, seconds=2, boxed=True) is None


def test_the_decider_bisects_last() -> None:
    """Neither the sign calculus nor cvc5 knows sin; the method and its certificates are on record."""
    condition = ForAll((p,), OPEN, gt(1 + sp.sin(3 * p) / 2 - p**2, sp.Rational(1, 20)))
    decision = Decider(seconds=40).decide(condition)
    assert decision.shown and decision.method == "enclosure" and decision.certificates and "checker" in decision.trusts


def test_a_core_of_the_wrong_sign_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simplifier that loses a sign: the probes of core against term refuse what follows from it."""
    monkeypatch.setattr(bisection.sp, "factor", lambda term: -term)
    goal, given = gt(p - 2, 0), OPEN
    assert settle(goal, given, seconds=2) is None
