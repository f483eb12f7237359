"""Our trees beside the published table: intervals against SciPy, cells against hand-made records."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from scipy.stats import beta

from numerics.tree_table import HEAD, cells, clopper_pearson


@pytest.mark.parametrize(("hits", "total"), [(0, 1), (1, 1), (0, 5), (2, 5), (4, 5), (5, 5), (17, 40)])
def test_the_interval_is_that_of_the_beta_law(hits, total):
    low, high = clopper_pearson(hits, total)
    assert low == pytest.approx(beta.ppf(0.025, hits, total - hits + 1) if hits else 0.0, abs=1e-12)
    assert high == pytest.approx(beta.ppf(0.975, hits + 1, total - hits) if hits < total else 1.0, abs=1e-12)


def record(replica, *, case="plain", depth=3, rows=()):
    parts = {f"top_k/{index}/seconds": 1.0 + replica for index in range(len(rows))}
    results = {"top_k": [{"k": k, "correct_uniform": correct, "probes": probes, "published": beside} for k, correct, probes, beside in rows]}
    config = {"profile": "full", "experiment": {"replicas": 5}, "shard": {"cell": {"case": case, "depth": depth, "replica": replica}}}
    return SimpleNamespace(config=config, measurements={"results": results, "timing": {"parts": parts}})


def test_cells_gather_trees_of_one_depth_and_k():
    beside = {"correct": "0.87", "probes": 4091}
    records = [
        record(0, rows=[(10, "7/8", 4085, beside), (500, "1", 9000, None)]), record(1, rows=[(10, "1", 4092, beside)]),
        record(2, case="noisy", rows=[(10, "1/2", 1, beside)]), record(0, depth=2, rows=[(10, "1", 2141, None)]),
    ]
    found = list(cells(records))
    assert [(cell.depth, cell.k, cell.correct) for cell in found] == [
        (2, 10, (Fraction(1),)), (3, 10, (Fraction(7, 8), Fraction(1))), (3, 500, (Fraction(1),))
    ]
    assert found[1].words() == ("full", "3", "10", "1 of 2", "0.01 to 0.99", "0.938 (0.875 to 1.000)", "0.87", "4085 to 4092", "4091", "1 to 2")
    assert found[2].words()[6:9] == ("", "9000", "") and len(found[2].words()) == len(HEAD)
