"""Trees and dynamic programmes judged: bounds come from the claims, a planted violation is challenged, figures stand side by side."""

import math
from copy import deepcopy
from fractions import Fraction

import pytest

from numerics.judge import judge, measuring
from numerics.judge_programmes import RULES, claimed
from numerics.measured import SHIPPED, measured, shipped_records
from theorems.chapters import find
from theorems.evidence import Record
from theorems.verdict import Challenged, Supported, Undecided, name

QUICK = {name: [Record.read(path) for path in sorted((SHIPPED / name / "quick").glob("*.json"))] for name in ("tree_extraction", "dynamic_programmes")}


def altered(record, change):
    body = deepcopy(record.body())
    change(body["measurements"]["results"])
    return Record(**{**body, "labels": tuple(body["labels"]), "seeds": tuple(body["seeds"])})


def verdict_of(records, label):
    return next(j.evidence.verdict for j in judge(records) if j.label == label)


def test_bounds_are_those_of_the_claims():
    exact = Fraction(16) ** 2 / (Fraction(1, 8) - Fraction(9, 80)) ** 2
    assert claimed("tree:clause-count", "sets", n=3, eta=9 / 80, tau=16, B=1) == pytest.approx(float(exact))
    levels = 1 + 200 + sum(200 * 2**k * exact_level(k) for k in (1, 2))
    assert claimed("tree:search-cost", "candidates", d=100, r=3, s=0.9, tau=16, B=1) == pytest.approx(float(levels))
    assert claimed("dp:unrolling", "node_leaves", n=6, s=3) == 729 and claimed("dp:local", "error", R=3, n=6, epsilon=0.01) == pytest.approx(0.18)


def exact_level(size):
    return (16 / (Fraction(1, 10) * Fraction(1, 2**size))) ** 2


def test_every_rule_compares_something_in_the_shipped_records():
    judgements = {j.label: j for j in judge(shipped_records())}
    assert set(RULES) <= set(judgements)
    for label, rule in RULES.items():
        found = judgements[label]
        assert found.comparisons > 0 and found.as_expected and name(found.evidence.verdict) == rule.expected, found


def test_a_part_of_a_claim_is_judged_where_it_was_measured_and_nowhere_else():
    parts = {"tree:extraction/deeper", "tree:cheaper/deeper"}
    assert parts.isdisjoint(j.label for j in judge(QUICK["tree_extraction"])), "no quick tree is as deep"
    deep = [r for r in shipped_records() if r.experiment == "tree_extraction" and r.config["shard"]["cell"]["depth"] == 5]
    found = {j.label: j for j in judge(deep)}
    assert parts <= set(found) and all(measuring(part, shipped_records()) == tuple(deep) for part in parts)
    assert found["tree:extraction"].comparisons == found["tree:cheaper"].comparisons == 0, "the whole speaks of depth 4 and less"
    assert found["tree:extraction/deeper"].comparisons == 3 * len(deep)


def test_trees_of_depth_five_that_all_come_back_are_a_surprise():
    def mend(results):
        for row in results["top_k"]:
            row.update(correct_uniform="1")

    deep = [altered(r, mend) for r in shipped_records() if r.experiment == "tree_extraction" and r.config["shard"]["cell"]["depth"] == 5]
    judged = next(j for j in judge(deep) if j.label == "tree:extraction/deeper")
    assert isinstance(judged.evidence.verdict, Supported) and not judged.as_expected


PLANTED = [
    ("tree_extraction", "tree:extraction", "plain-depth3-0", lambda r: r["top_k"][3].update(correct_uniform="127/128")),
    ("tree_extraction", "tree:cheaper", "plain-depth3-0", lambda r: [row.update(correct=0.99) for row in r["learners"] if row["learner"] == "distilled"]),
    ("tree_extraction", "tree:clause-count", "plain-depth3-0", lambda r: r["threshold"]["set_counts"][0].update(passed=1e6)),
    ("tree_extraction", "tree:search-cost", "plain-depth3-0", lambda r: r["threshold"].update(probes=1e12)),
    ("dynamic_programmes", "dp:unrolling", "routes-0", lambda r: r["exact_unrolled"][0].update(least_leaves=10)),
    ("dynamic_programmes", "dp:local", "routes-0", lambda r: r["local"][-1].update(probes=10)),
    ("dynamic_programmes", "dp:local", "reachability-0", lambda r: r["run_errors"]["recovered"][0].update(run_error=0.1)),
    ("dynamic_programmes", "dp:generalises", "reachability-0", lambda r: r["oracle"]["right"].update(matches=1999)),
    ("dynamic_programmes", "dp:experiment", "reachability-0", lambda r: r["distilled"][0]["node"].update(matches=5000)),
]


@pytest.mark.parametrize(("experiment", "label", "shard", "change"), PLANTED, ids=[f"{label} {shard}" for _, label, shard, _ in PLANTED])
def test_a_planted_violation_is_challenged(experiment, label, shard, change):
    records = QUICK[experiment]
    assert isinstance(verdict_of(records, label), Supported)
    changed = [altered(record, change) if record.config["shard"]["name"] == shard else record for record in records]
    assert isinstance(verdict_of(changed, label), Challenged)


def test_published_figures_stand_beside_ours():
    trees, graphs = verdict_of(QUICK["tree_extraction"], "tree:extraction").reason, verdict_of(QUICK["dynamic_programmes"], "dp:experiment").reason
    assert "published 0.87, 4091" in trees and "published 1.00, 48213" in trees and "noisy, network" in trees
    assert "published 0.911" in graphs and "6000 of 6000 distilled" in graphs


def test_one_miss_in_many_and_the_time_of_each_route_are_told():
    def change(results):
        results["distilled"][0]["node"].update(matches=299_999, inputs=300_000)
        results["oracle"]["right"].update(matches=1_999_999, inputs=2_000_000)

    records = [altered(r, change) if r.config["shard"]["name"] == "reachability-0" else r for r in QUICK["dynamic_programmes"]]
    small, far = RULES["dp:experiment"].note(records), RULES["dp:generalises"].note(records)
    assert "299999 of 300000 distilled" in small and "1999999 of 2000000 of one graph distilled" in far
    routes = next(r for r in records if r.config["shard"]["name"] == "routes-0")
    told = RULES["dp:unrolling"].note([routes])
    for route in ("global", "local"):
        for place, row in enumerate(routes.measurements["results"][route]):
            took = routes.measurements["timing"]["parts"][f"{route}/{place}/seconds"]
            assert f"{row['probes']} at n = {row['nodes']} in {took:.2g} s" in told


def test_two_that_never_get_there_support_nothing():
    from numerics.judge_programmes import _examples

    def fail(*learners):
        return lambda r: [row.update(correct=0.99) for row in r["learners"] if row["learner"] in learners]

    record = next(r for r in QUICK["tree_extraction"] if r.config["shard"]["name"] == "plain-depth3-0")
    needed = _examples(record)
    others = {learner: examples for learner, examples in needed.items() if learner != "distilled"}
    assert math.isinf(others["cart"]) and sum(map(math.isinf, needed.values())) == 1, "as it was measured, CART of that depth never gets there"
    sides = {names: [(c.left, c.right) for c in RULES["tree:cheaper"].compare(altered(record, fail(*names)))] for names in ((), ("boosted",), ("distilled",))}
    assert sides[()] == [(needed["distilled"], examples) for examples in others.values()]
    assert sides["boosted",] == [(needed["distilled"], examples) for examples in {**others, "boosted": math.inf}.values()]
    assert sides["distilled",] == [(math.inf, examples) for examples in others.values() if math.isfinite(examples)]


def test_measured_claims_take_their_verdict_from_the_records(monkeypatch):
    for label in ("tree:extraction", "tree:cheaper", "dp:experiment"):
        evidence = measured(find(label).claim)
        assert isinstance(evidence.verdict, Supported) and evidence.method == "training" and evidence.claim_digest == find(label).claim.digest
    monkeypatch.setattr("numerics.measured.shipped_records", lambda: ())
    assert isinstance(measured(find("dp:experiment").claim).verdict, Undecided)


def test_a_learner_that_never_gets_there_needs_infinitely_many_examples():
    from numerics.judge_programmes import _examples

    record = next(r for r in QUICK["tree_extraction"] if r.config["shard"]["name"] == "plain-depth3-0")
    assert math.isinf(_examples(record)["cart"]) and _examples(record)["distilled"] <= 100
