"""`overproof claims LABEL --at ...`: exact values inside the hypotheses, the broken hypothesis and no number outside."""

import json
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from overproof import claim_at
from overproof.main import main
from theorems.chapters import entries
from theorems.errors import OutOfDomain, UnknownLabel

NUMBERS = {"T": "2", "L": "5", "rho": "1", "s": "10", "m": "1000", "s2": "1/10"}
positive = st.fractions(Fraction(1, 50), 50, max_denominator=50)


def text(**changed):
    return ",".join(f"{key}={value}" for key, value in {**NUMBERS, **changed}.items() if value)


def total(count, T, L, rho, s, m, s2):
    """The bound on the stage sum, written a second time."""
    return rho * L**2 / (8 * count * T**2) + count * s2 * s / m


def test_values(capsys):
    assert main(["claims", "path:parameters", "--at", text(), "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "in-scope" and found["values"]["stages"]["exact"] == "25*sqrt(5)/2"
    assert (found["values"]["whole"]["decimal"], found["values"]["bound"]["exact"]) == ("28", "6261/112000")
    assert any(line.startswith("floor: ") for line in found["assumed"])


@settings(max_examples=60, deadline=None)
@given(positive, positive, positive, st.integers(1, 40), st.integers(1, 400), positive)
def test_no_whole_number_of_stages_does_better(T, L, rho, s, more, s2):
    numbers = {"T": T, "L": L, "rho": rho, "s": s, "m": s + 1 + more, "s2": s2}
    found = claim_at("path:parameters", **numbers)
    best, bound = int(found["whole"]), Fraction(str(found["bound"]))
    assert bound == total(best, **{key: Fraction(value) for key, value in numbers.items()})
    assert all(total(other, **numbers) >= bound for other in (best - 2, best - 1, best + 1, best + 2, 1) if other >= 1)
    assert sp.N(found["least"], 30) <= sp.Rational(str(bound)) * (1 + sp.Rational(1, 10**25))


@pytest.mark.parametrize(("changed", "named"), [
    ({"T": "0"}, "temperature"), ({"T": "-2"}, "temperature"), ({"L": "0"}, "length"), ({"rho": "-1"}, "spread"), ({"s2": "0"}, "noise"),
    ({"s": "0"}, "weights"), ({"m": "11"}, "samples"), ({"s": "1/2"}, "whole numbers for s"), ({"delta": "1/10000"}, "floor"),
])
def test_outside_the_hypotheses_there_is_no_number(capsys, changed, named):
    assert main(["claims", "path:parameters", "--at", text(**changed), "--json", "-"]) == 2
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (found["verdict"], found["values"]) == ("out-of-scope", {})
    assert named in found["reason"] and err.count("\n") == 1 and "out-of-scope" in err and named in err


@pytest.mark.parametrize(("arguments", "said"), [
    (["path:parameters", "--at", "T=2"], "also needs L, m, rho, s, s2"),
    (["path:parameters", "--at", text(c="1")], "does not speak of c"),
    (["path:parameters", "--at", text(T="two")], "no exact number"),
    (["path:parameters", "--at", text() + ",T=3"], "twice"),
    (["path:parameters", "--at", "T"], "NAME=NUMBER"),
    (["path:parameters", "--at", ""], "NAME=NUMBER"),
    (["base:gibbs", "--at", "T=2"], "no closed form"),
    (["path:parametres", "--at", "T=2"], "did you mean path:parameters"),
    (["--at", "T=2"], "exactly one label"),
    (["path:parameters", "path:floor", "--at", "T=2"], "exactly one label"),
    (["path:parameters", "--at", "T=2", "--crosswalk"], "--crosswalk"),
])
def test_bad_input_is_one_line(capsys, arguments, said):
    assert main(["claims", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and said in err


def test_python():
    found = claim_at("path:parameters", **NUMBERS)
    assert found["whole"] == 28
    with pytest.raises(UnknownLabel, match="stages, whole"):
        found["best"]
    with pytest.raises(OutOfDomain, match="temperature"):
        claim_at("path:parameters", **{**NUMBERS, "T": 0})["whole"]
    with pytest.raises(OutOfDomain, match="float"):
        claim_at("path:parameters", **{**NUMBERS, "T": 2.0})


def test_table(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["claims", "path:parameters", "--at", text()]) == 0
    out = capsys.readouterr().out
    assert "27.9508497187" in out and "0.0559016994375" in out and max(map(len, out.splitlines())) <= 80


def test_every_closed_form_stands_in_its_claim():
    """As a term of hypothesis or conclusion, beside numbers of stages: these the claim describes by what the bound is there."""
    for label, entry in entries().items():
        said = [entry.claim.conclusion, *(hypothesis for _, hypothesis in entry.claim.hypotheses)]
        inside = {sp.expand(part) for whole in said for part in sp.preorder_traversal(whole) if isinstance(part, sp.Expr)}
        for quantity in entry.quantities:
            written = {sp.expand(quantity.term), sp.expand(quantity.term**2)}  # norms are bounded by their squares
            assert quantity.name == "stages" or quantity.term.has(sp.ceiling) or written & inside, (label, quantity.name)


@settings(max_examples=20, deadline=None)
@given(positive, positive, positive, st.integers(1, 40), st.integers(1, 400), positive)
def test_the_bound_at_the_best_real_number_is_the_least_one(T, L, rho, s, more, s2):
    numbers = {"T": T, "L": L, "rho": rho, "s": s, "m": s + 1 + more, "s2": s2}
    found = claim_at("path:parameters", **numbers)
    assert sp.simplify(total(found["stages"], **{key: sp.Rational(value) for key, value in numbers.items()}) - found["least"]) == 0
