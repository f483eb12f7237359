"""The search for pruning witnesses is exact, exhaustive, and agrees with the ledger's witnesses."""

import random
from fractions import Fraction

import pytest
import sympy as sp

from numerics.pruning import SCHEDULES, Data, smallest, up_to_sign, winners
from theorems.paths.pruning import ITERATIVE, ONE_SHOT

WITNESSES = dict(zip(SCHEDULES, (ITERATIVE, ONE_SHOT), strict=True))


def solved(columns, y):
    """Least-squares weights by exact linear algebra."""
    x = sp.Matrix(columns).T
    return [Fraction(int(w.p), int(w.q)) for w in (x.T * x).LUsolve(x.T * sp.Matrix(y))]


def residual(column, y):
    (weight,) = solved([column], y)
    return sum((r - weight * s) ** 2 for r, s in zip(y, column, strict=True))


def schedule(columns, y):
    """The residuals after iterative and one-shot pruning, each with refitting; None where sizes tie."""
    alive = list(columns)
    dense = [abs(w) for w in solved(alive, y)]
    if len(set(dense)) < 3:
        return None
    kept = alive[dense.index(max(dense))]
    while len(alive) > 1:
        sizes = [abs(w) for w in solved(alive, y)]
        if sizes.count(min(sizes)) > 1:
            return None
        alive.pop(sizes.index(min(sizes)))
    return residual(alive[0], y), residual(kept, y)


@pytest.fixture(scope="module")
def found():
    return {name: winners(2, name) for name in SCHEDULES}


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_ledger_holds_a_smallest_witness(found, name):
    witness = Data(*(tuple(WITNESSES[name][key]) for key in "abcy"))
    assert winners(1, name) == []  # smaller largest entry: none
    assert found[name][0].size == witness.size and all(data.size >= witness.size for data in found[name])
    assert smallest(name, highest=2).size == witness.size


@pytest.mark.parametrize("name", SCHEDULES)
def test_what_is_found_wins_by_exact_algebra(found, name):
    for data in random.Random(0).sample(found[name], 40):
        iterative, one_shot = schedule((data.a, data.b, data.c), data.y)
        assert iterative < one_shot if name == "iterative" else one_shot < iterative


def test_nothing_is_missed(found):
    """On random data the plain schedules win exactly where the search says so, in one order of the columns."""
    sets = {name: {(d.a, d.b, d.c, d.y) for d in rows} for name, rows in found.items()}
    columns, rng, seen = up_to_sign(2), random.Random(1), dict.fromkeys(SCHEDULES, 0)
    for _ in range(600):
        a, b, c, y = (rng.choice(columns) for _ in range(4))
        if sp.Matrix([a, b, c]).det() == 0 or (result := schedule((a, b, c), y)) is None:
            continue
        sizes = [abs(w) for w in solved((a, b, c), y)]
        ordered = (*(column for _, column in sorted(zip(sizes, (a, b, c), strict=True))), y)
        for name, wins in zip(SCHEDULES, (result[0] < result[1], result[1] < result[0]), strict=True):
            assert wins == (ordered in sets[name])
            seen[name] += wins
    assert min(seen.values()) > 0


def test_unknown_schedule():
    with pytest.raises(ValueError, match="iterative or one-shot"):
        winners(1, "both")
    with pytest.raises(ValueError, match="no data set"):
        smallest("iterative", highest=1)
