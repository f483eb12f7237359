"""One memory for several replays: an answer is recalled only where everything that the rule could see is the same."""

from dataclasses import replace

import pytest
import sympy as sp

from numerics.engines import BallEngines
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.logic import ForAll, eq, ge, gt, le
from theorems.proof import Proof, check_proof
from theorems.verdict import Proved, Undecided, name

x, y, c = sp.symbols("x y c", real=True)


def claim_and_proof(hypotheses, conclusion, derive, label="test:claim"):
    claim = Claim(label, "test", Source("ours", ""), "ours", "identity", tuple(hypotheses.items()), conclusion)
    derivation = Derivation(claim)
    derive(derivation)
    return claim, derivation.done()


def replay(claim, proof, memo, library=None):
    return check_proof(claim, proof, library or {}, BallEngines(), memo).verdict


SIGN = ({"low": ge(x, 1)}, ge(x * x, 1), lambda d: d.sign(ge(x * x, 1), ["low"]))


def test_the_second_replay_asks_no_rule(monkeypatch):
    from theorems import rules

    memo = {}
    claim, proof = claim_and_proof(*SIGN)
    assert isinstance(replay(claim, proof, memo), Proved)
    monkeypatch.setitem(rules.RULES, "sign", lambda step, checker: pytest.fail("asked again"))
    assert isinstance(replay(claim, proof, memo), Proved)


def test_trusts_are_recalled():
    memo = {}
    claim, proof = claim_and_proof(*SIGN)
    first, second = (check_proof(claim, proof, {}, BallEngines(), memo).trusts for _ in range(2))
    assert first == second == ("sign calculus",)


def test_a_fact_of_the_same_name_that_says_less():
    memo = {}
    claim, proof = claim_and_proof(*SIGN)
    assert isinstance(replay(claim, proof, memo), Proved)
    assert isinstance(replay(replace(claim, hypotheses=(("low", ge(x, -1)),)), proof, memo), Undecided)


def test_an_instance_at_another_place():
    memo = {}
    hypotheses = {"all": ForAll((x,), (), ge(sp.Function("f")(x), 0))}
    goal = ge(sp.Function("f")(y), 0)
    claim, proof = claim_and_proof(hypotheses, goal, lambda d: d.restate(goal, [at("all", x=y)]))
    assert isinstance(replay(claim, proof, memo), Proved)
    _, wrong = claim_and_proof(hypotheses, goal, lambda d: d.restate(goal, [at("all", x=c)]))
    assert isinstance(replay(claim, wrong, memo), Undecided)


def test_other_data():
    memo = {}
    hypotheses, goal = {"low": ge(x, 1), "rest": ge(y, 0)}, ge(x + 2 * y, 1)
    claim, proof = claim_and_proof(hypotheses, goal, lambda d: d.combine(goal, {"low": 1, "rest": 2}))
    assert isinstance(replay(claim, proof, memo), Proved)
    _, wrong = claim_and_proof(hypotheses, goal, lambda d: d.combine(goal, {"low": 1, "rest": 1}))
    assert isinstance(replay(claim, wrong, memo), Undecided)


def test_a_definition_whose_name_is_taken_meanwhile():
    memo = {}
    def derive(d):
        d.step("define", eq(c, x + 1))
        d.sign(gt(x * x + 1, 0))

    claim, proof = claim_and_proof({"low": ge(x, 1)}, gt(x * x + 1, 0), derive)
    assert isinstance(replay(claim, proof, memo), Proved)
    assert isinstance(replay(replace(claim, hypotheses=(("low", ge(x, c)),)), proof, memo), Undecided)


def test_a_used_claim_that_says_less():
    memo = {}
    used, _ = claim_and_proof({"low": ge(x, 1)}, ge(x * x, 1), SIGN[2], label="test:used")
    goal = ge(y * y, 1)
    claim, proof = claim_and_proof({"low": ge(y, 1)}, goal, lambda d: d.use("test:used", goal, ["low"], x=y))
    assert isinstance(replay(claim, proof, memo, {"test:used": used}), Proved)
    weaker = replace(used, conclusion=ge(x * x, sp.Rational(1, 2)))
    assert isinstance(replay(claim, proof, memo, {"test:used": weaker}), Undecided)


def test_a_hole_is_named_before_any_rule_is_asked(monkeypatch):
    from theorems import rules

    claim, proof = claim_and_proof({"low": ge(x, 1)}, le(1, x * x), lambda d: d.restate(le(1, x * x), [d.sign(ge(x * x, 1), ["low"])]))
    monkeypatch.setitem(rules.RULES, "restate", lambda step, checker: pytest.fail("asked"))
    verdict = replay(claim, Proof(proof.label, proof.steps[1:]), {})
    assert name(verdict) == "undecided" and "there is no fact 1" in verdict.reason
