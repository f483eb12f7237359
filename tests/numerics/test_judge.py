"""The judge: what each relation means, the correction for many comparisons, planted violations, and no torch."""

import json
import math
import random
import subprocess
import sys
from copy import deepcopy
from fractions import Fraction
from pathlib import Path

import pytest

from numerics.judge import Comparison, coverage, holm, judge, surprises
from numerics.judge_rules import OWN, RULES, formula, slope
from theorems.errors import OutOfDomain
from theorems.evidence import Record
from theorems.verdict import Challenged, Proved, Supported, Undecided

RECORDS = Path(__file__).parents[2] / "gpu_validation" / "records"


def committed(experiment):
    return [Record.read(path) for path in sorted((RECORDS / experiment / "quick").glob("*.json"))]


def altered(record, change):
    """A copy of a record with `change` applied to its results: a run that went otherwise."""
    body = deepcopy(record.body())
    change(body["measurements"]["results"])
    return Record(**{**body, "labels": tuple(body["labels"]), "seeds": tuple(body["seeds"])})


def verdict_of(records, label):
    (found,) = [j for j in judge(records) if j.label == label]
    return found


@pytest.mark.parametrize(
    ("left", "relation", "right", "broken"),
    [(1.0, "=", 1.0 + 1e-9, False), (1.0, "=", 1.001, True), (1.0, "<=", 1.0 - 1e-9, False), (1.0, "<=", 0.9, True), (1.0, "<=", math.inf, False),
     (math.inf, "<=", 1.0, True), (0.0, ">", 0.0, True), (1.0, ">", 0.0, False), (math.nan, "<=", 1.0, True), (math.nan, "=", 1.0, True),
     (math.nan, ">", 1.0, True), (0.1, "differs", 0.0, False), (0.0, "differs", 0.0, True)],
)
def test_exact_relations(left, relation, right, broken):
    assert Comparison("x", "here", left, relation, right).broken is broken


def test_a_side_that_is_no_number_is_neither_support_nor_challenge():
    assert Comparison("x", "here", math.nan, "<=", 1.0).unknown and Comparison("x", "here", math.nan, "=", 1.0, error=1.0).p_value == 1.0
    assert not Comparison("x", "here", math.inf, "<=", 1.0).unknown
    records = committed("stages")
    spoiled = altered(records[0], lambda r: r["paths"][0]["runs"][0].update(end_to_end="nan"))
    assert isinstance(verdict_of([spoiled, *records[1:]], "path:hoeffding").evidence.verdict, Undecided)


def test_scale_forgives_cancellation_only():
    assert Comparison("x", "here", 1e-9, "=", 0.0).broken
    assert not Comparison("x", "here", 1e-9, "=", 0.0, scale=1.0).broken
    with pytest.raises(OutOfDomain):
        Comparison("x", "here", 1.0, "<", 2.0)
    with pytest.raises(OutOfDomain):
        Comparison("x", "here", 1.0, "=", 2.0, error=-1.0)


def test_p_values():
    assert Comparison("x", "", 1.96, "=", 0.0, error=1.0).p_value == pytest.approx(0.05, abs=1e-4)
    assert Comparison("x", "", 1.6449, "<=", 0.0, error=1.0).p_value == pytest.approx(0.05, abs=1e-4)
    assert Comparison("x", "", -5.0, "<=", 0.0, error=1.0).p_value > 0.99
    assert Comparison("x", "", -1.6449, ">", 0.0, error=1.0).p_value == pytest.approx(0.05, abs=1e-4)


def test_holm_steps_down():
    assert holm([0.01, 0.04, 0.03, 0.005], 0.05) == [True, False, False, True]
    assert holm([], 0.05) == []


def test_family_wise_error_is_kept():
    """2,000 families of 20 true equalities at level 0.05: no more false alarms than 5 %, and not next to none."""
    dice, alarms = random.Random(0), 0
    for _ in range(2000):
        alarms += any(holm([Comparison("x", "", dice.gauss(0, 1), "=", 0.0, error=1.0).p_value for _ in range(20)], 0.05))
    assert 50 < alarms < 130


def test_formulas_against_exact_fractions():
    assert formula("bv:linear-dense", n=30, d=12, s2=2) == pytest.approx(float(Fraction(2 * 12, 17)))
    assert formula("bv:linear-sparse", n=30, s=4, r=3, s2=2) == pytest.approx(float(3 + Fraction(5 * 4, 25)))
    assert formula("bv:linear-distilled", n=30, d=12, s=4, r=3, s2=2) == pytest.approx(float(3 + Fraction(8, 17)))
    assert formula("bv:softening-bias/kl", T=2, low=0.1, high=0.1 * math.e) == pytest.approx(1 / 32)
    assert formula("bv:softening-bias/tv", T=0.5, low=0.1, high=0.1 * math.e) == pytest.approx(1 / 4)
    assert formula("bv:softening-bias/mixing", T=4) == pytest.approx(0.75)
    assert formula("path:temperature", beta_0=1, beta_1=0.25, R=4, n=3) == pytest.approx(0.375)
    assert formula("access:text-rate", V=5, m=4) == pytest.approx(0.5)
    assert formula("path:hoeffding", low=-1, high=3) == pytest.approx(2.0)
    assert formula("path:logit-length/sum", rho=1.5, L=2, n=3, T=0.5) == pytest.approx(1.0)
    assert formula("path:logit-length/end", L=2, T=0.5) == pytest.approx(2.0)
    assert formula("path:anchored", n=4) == pytest.approx(0.2)
    assert all(name.split("/")[0] in RULES for name in OWN)


def test_three_risks_meet_at_the_triple_point():
    n, d, s, s2 = 40, 12, 4, 1.5
    r = s2 * (d - s) / (n - d - 1)
    risks = [formula(f"bv:linear-{name}", n=n, d=d, s=s, s2=s2, r=r) for name in ("dense", "sparse", "distilled")]
    assert risks == pytest.approx([risks[0]] * 3)


def test_committed_records_are_judged_as_the_theory_says():
    records = [record for path in sorted(RECORDS.glob("*/quick")) for record in committed(path.parent.name)]
    judgements = {j.label: j for j in judge(records)}
    assert surprises(judgements.values()) == ()
    covered = [j for label, j in judgements.items() if label in RULES]
    assert {j.label for j in covered} == set(RULES)
    assert all(j.comparisons > 0 and isinstance(j.evidence.verdict, (Supported, Challenged)) for j in covered)
    assert isinstance(judgements["bv:criterion-as-stated"].evidence.verdict, Challenged)
    assert not any(isinstance(j.evidence.verdict, Proved) or j.evidence.method != "training" for j in judgements.values())


def test_a_part_of_a_profile_is_named_as_such():
    records = committed("bias_variance")
    whole, part = (next(j for j in judge(some) if j.label == "bv:kl") for some in (records, records[:1]))
    assert whole.evidence.scope.startswith("bias_variance quick 4 of 4 shards: ")
    assert part.evidence.scope.startswith("bias_variance quick 1 of 4 shards: ")
    assert coverage([*records[:1], *records[:1]]) == "bias_variance quick 1 of 4 shards"


def first(rows):
    return next(iter(rows))


PLANTED = [
    ("bias_variance", "bv:squared", lambda r: first(r["cells"])["target"].update(variance=first(r["cells"])["target"]["variance"] * 1.001)),
    ("bias_variance", "bv:kl", lambda r: first(r["cells"])["kl"].update(bias=first(r["cells"])["kl"]["bias"] + 1e-4)),
    ("bias_variance", "bv:criterion", lambda r: first(r["cells"]).update(cross=first(r["cells"])["cross"] + 1e-3)),
    ("bias_variance", "bv:softening-bias", lambda r: r["softening"][1].update(kl=[5.0] * 24, tv=[1.0] * 24)),
    ("linear_gaussian", "bv:linear-dense", lambda r: first(r["cells"])["dense"].update(mean=first(r["cells"])["dense"]["mean"] * 1.05)),
    ("linear_gaussian", "bv:triple-point", lambda r: r["cells"][1]["distilled_minus_dense"].update(mean=0.1)),
    ("linear_gaussian", "bv:ridge-mixing", lambda r: r["ridge"][3].update(risk_2=r["ridge"][3]["risk_2"] * 1.01)),
    ("stages", "path:logit-length", lambda r: r["paths"][2]["runs"][5].update(end_to_end=1e3)),
    ("stages", "path:hoeffding", lambda r: r["paths"][2]["runs"][5].update(steps=[1e3] * 4)),
    ("stages", "path:temperature", lambda r: r["temperature_paths"][0].update(total=[99.0] * len(r["log_range"]))),
    ("access", "access:topk", lambda r: r["sides"]["truncation"][0]["tv"].__setitem__(0, 0.9)),
    ("access", "access:text-rate", lambda r: r["sides"]["sampling"][0]["tv_mean"].__setitem__(0, 2.0)),
    ("access", "access:black-box", lambda r: r["sides"]["rounding"][-1]["l1_softened"].__setitem__(0, 3.0)),
    ("operators", "eq:matched-temperature", lambda r: r["families"][0].update(students_matched=1e-3)),
]


@pytest.mark.parametrize(("experiment", "label", "change"), PLANTED, ids=[label for _, label, _ in PLANTED])
def test_a_planted_violation_in_one_run_is_challenged(experiment, label, change):
    records = committed(experiment)
    assert isinstance(verdict_of(records, label).evidence.verdict, Supported)
    found = verdict_of([altered(records[0], change), *records[1:]], label)
    assert isinstance(found.evidence.verdict, Challenged) and not found.as_expected
    assert found.evidence.verdict.witness["failures"] >= 1


def test_a_stated_criterion_that_always_held_would_be_a_surprise():
    def lucky(results):
        for cell in results["cells"]:
            cell["truth"]["expected"] = 0.0

    found = verdict_of([altered(record, lucky) for record in committed("bias_variance")], "bv:criterion-as-stated")
    assert isinstance(found.evidence.verdict, Supported) and not found.as_expected


def test_an_asserted_difference_that_does_not_show_is_undecided():
    def calm(results):
        for row in results["sides"]["sampling"]:
            row["power"]["gap_mean"] = [[0.0] * len(gaps) for gaps in row["power"]["gap_mean"]]

    found = verdict_of([altered(record, calm) for record in committed("access")], "access:text-unbiased")
    assert isinstance(found.evidence.verdict, Undecided)


def test_no_rule_and_no_comparison_are_undecided_with_a_reason():
    empty = Record("x", ("tree:nothing", "bv:bayes-teacher"), {"profile": "quick", "shards": 1, "shard": {"name": "a"}}, (0,), "", {}, "cpu", {"results": {}})
    verdicts = {j.label: j.evidence.verdict for j in judge([empty])}
    assert verdicts["tree:nothing"] == Undecided("no rule compares its sides")
    assert verdicts["bv:bayes-teacher"] == Undecided("no record measures it")
    assert judge([]) == ()


def test_digests_of_claims_are_carried():
    record = committed("linear_gaussian")[0]
    found = {j.label: j for j in judge([record], claims={"bv:linear-dense": "abc"})}
    assert found["bv:linear-dense"].evidence.claim_digest == "abc" and found["bv:linear-sparse"].evidence.claim_digest != "abc"


def test_slope_of_a_power_law():
    import numpy as np

    stages = np.array([1.0, 2.0, 4.0])
    centre, low, high = slope(stages, 3 * stages[:, None] ** np.array([0.4, 0.5, 0.6]))
    assert centre == pytest.approx(0.5) and 0.39 < low < centre < high < 0.61


def test_judging_needs_no_torch():
    script = "import sys, json; from numerics.judge import judge; judge([]); import numerics.judge_rules; print(json.dumps('torch' in sys.modules))"
    assert json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout) is False
