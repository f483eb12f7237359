"""cvc5 as a second opinion: right answers, sound translation, and nothing from a crash or a time-out."""

from __future__ import annotations

import time

import pytest
import sympy as sp

from numerics import smt
from theorems.logic import Relation, ge, gt, le, lt

p, q, T = sp.symbols("p q T", real=True)
UNIT = (gt(p, 0), lt(p, 1))

TRUE = [
    (gt(sp.log(q) - sp.log(p), 0), (gt(p, 0), gt(q, p))),
    (gt(T * sp.log(q), T * sp.log(p)), (gt(p, 0), gt(q, p), gt(T, 0))),
    (le(p * (1 - p), sp.Rational(1, 4)), UNIT),
    (gt(sp.exp(p), 1), UNIT),
]
FALSE = [
    (gt(sp.log(q) - sp.log(p), 0), (gt(p, 0), ge(q, p))),
    (gt(p ** (1 / T), p), (*UNIT, gt(T, 0))),
    (lt(p * (1 - p), sp.Rational(1, 4)), UNIT),
    (gt(1 / p, 1), (lt(p, 1), gt(p, -1))),
]


@pytest.mark.parametrize(("goal", "facts"), TRUE, ids=str)
def test_proves(goal: Relation, facts: tuple[Relation, ...]) -> None:
    assert smt.proves(goal, facts, seconds=10)


@pytest.mark.parametrize(("goal", "facts"), FALSE, ids=str)
def test_does_not_prove_what_is_false(goal: Relation, facts: tuple[Relation, ...]) -> None:
    assert not smt.proves(goal, facts, seconds=1)


def test_translation_is_consistent_at_points() -> None:
    at = {p: sp.Rational(1, 4), T: sp.Integer(2)}
    assert smt.consistent([gt(p ** (1 / T), p)], at)
    assert not smt.consistent([gt(p * p, p)], at)


def test_a_function_outside_the_language_is_undecided() -> None:
    assert not smt.proves(gt(sp.tanh(p), -2), (), seconds=1)


def test_crash_and_time_out_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import signal

    monkeypatch.setattr(smt, "_solve", lambda relations: os.kill(os.getpid(), signal.SIGKILL))
    assert not smt.proves(gt(p, 0), UNIT, seconds=1)
    monkeypatch.setattr(smt, "_solve", lambda relations: time.sleep(60))
    assert not smt.proves(gt(p, 0), UNIT, seconds=0.2)
