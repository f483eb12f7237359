"""The rules of `lin:*` and `joint:*`: bounds read off the claims, committed records judged, planted violations challenged."""

import math
from fractions import Fraction

import pytest

from numerics import judge_joint, judge_linear
from numerics.judge import judge, surprises
from numerics.judge_linear import BOUND, CONSERVED, POLYNOMIAL, SMALL, SPEED, compiled
from tests.numerics.test_judge import altered, committed, verdict_of
from theorems.linear import limit
from theorems.verdict import Challenged, Supported

RECORDS = {name: committed(name) for name in ("linear_transfer", "joint_classifier")}


def shard(experiment, name):
    return next(place for place, record in enumerate(RECORDS[experiment]) if record.config["shard"]["name"] == name)


def test_formulas_are_the_claims_own():
    assert BOUND(wide=0.25, side=0.5, n=3) == pytest.approx(float(Fraction(1, 4) + Fraction(1, 8)))
    assert POLYNOMIAL(kappa=2, n=10) == pytest.approx((math.log(10) / 10) ** 2 + 0.01)
    assert SPEED(R=0.0, beta=2.0, n=4) == pytest.approx(1 / 16)
    assert CONSERVED(q=4.0, a=5.0, N=2) == pytest.approx(4 / 3)
    assert SMALL(e=2.0, a=1.0, N=3) == pytest.approx(8 / 9)
    with pytest.raises(ValueError, match="unmeasured"):
        compiled(limit.SPEED, {"R": limit.R})


def test_committed_records_are_judged_as_the_theory_says():
    judgements = judge([record for records in RECORDS.values() for record in records])
    assert surprises(judgements) == ()
    assert {j.label for j in judgements} == set(judge_linear.RULES) | set(judge_joint.RULES)
    challenged = {j.label for j in judgements if isinstance(j.evidence.verdict, Challenged)}
    assert challenged == {"lin:monotone-risk"} and all(j.comparisons > 0 for j in judgements)
    notes = {j.label: j.evidence.verdict.reason for j in judgements}
    assert "times the risk" in notes["lin:risk"] and "error own" in notes["joint:experiment"]


def scaled(run, key, factor):
    run[key] = [value * factor for value in run[key]]


PLANTED = [
    ("linear_transfer", "gaussian", "lin:risk", lambda r: r["risk"]["cells"][0]["risk"].update(mean=1.01)),
    ("linear_transfer", "margin", "lin:margin", lambda r: r["risk"]["cells"][-1]["risk"].update(mean=0.9)),
    ("linear_transfer", "linear-tail", "lin:polynomial", lambda r: r["risk"]["cells"][-1]["risk"].update(mean=0.5)),
    ("linear_transfer", "digits", "lin:monotone", lambda r: r["risk"].update(largest_growth=1e-3)),
    ("linear_transfer", "digits", "lin:monotone", lambda r: r["risk"].update(largest_turn=1e-3)),
    ("linear_transfer", "flow-2", "lin:limit", lambda r: r["flow"]["end"][0].__setitem__(0, 0.1)),
    ("linear_transfer", "flow-2", "lin:limit", lambda r: r["flow"]["squared_distance"][1].__setitem__(0, 9.0)),
    ("linear_transfer", "flow-5", "lin:bias", lambda r: r["flow"]["excess"].update(mean=2.0)),
    ("linear_transfer", "flow-5", "lin:deep", lambda r: r["deep"][2]["hidden"][3].__setitem__(0, 0.9)),
    ("joint_classifier", "perceptron", "joint:bound", lambda r: r["runs"][0]["errors"]["teacher"][0].__setitem__(0, 9.0)),
    ("joint_classifier", "perceptron", "joint:frozen-head", lambda r: scaled(r["runs"][0], "distance", 1e-3)),
    ("joint_classifier", "perceptron", "joint:divergence", lambda r: r["runs"][1]["errors"]["joint"][0].__setitem__(0, 3.0)),
    ("joint_classifier", "perceptron", "joint:losses", lambda r: scaled(r["runs"][0], "matching", 1e-3)),
    ("joint_classifier", "convolution", "joint:losses", lambda r: scaled(r["runs"][3], "regression", 1e-3)),
]


@pytest.mark.parametrize(("experiment", "name", "label", "change"), PLANTED, ids=[f"{label}-{k}" for k, (_, _, label, _) in enumerate(PLANTED)])
def test_a_planted_violation_is_challenged(experiment, name, label, change):
    records, place = list(RECORDS[experiment]), shard(experiment, name)
    assert isinstance(verdict_of(records, label).evidence.verdict, Supported)
    records[place] = altered(records[place], change)
    found = verdict_of(records, label)
    assert isinstance(found.evidence.verdict, Challenged) and not found.as_expected


def test_without_the_witness_law_more_data_would_seem_never_to_hurt():
    records = [record for record in RECORDS["linear_transfer"] if record.config["shard"]["name"] != "witness"]
    found = verdict_of(records, "lin:monotone-risk")
    assert isinstance(found.evidence.verdict, Supported) and not found.as_expected
