"""`overproof claims` and `overproof prove` on real claims, and on planted ones that do not come out as expected."""

import json

import pytest

from numerics import ledger as ledgers
from overproof import claiming, proving
from overproof.main import main
from theorems.chapters import entries
from theorems.evidence import Evidence
from theorems.verdict import Undecided

KEYS = ["label", "chapter", "source", "formalisation", "statement", "expected", "verdict", "scope", "uses", "axioms_used", "evidence", "witness"]


def test_claims_json_has_the_house_shape(capsys):
    assert main(["claims", "base:gibbs", "--json", "-"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)
    assert list(claim) == KEYS
    assert (claim["label"], claim["chapter"], claim["verdict"], claim["uses"]) == ("base:gibbs", "base", "proved", ["base:log-bound"])
    assert list(claim["evidence"][0]) == ["method", "verdict", "trusts", "seconds"]
    assert claim["evidence"][0]["trusts"]


def test_claims_table(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["claims", "base:gibbs", "op:log-equivalence"]) == 0
    out = capsys.readouterr().out
    assert "2 claims, 0 not as expected" in out
    assert max(map(len, out.splitlines())) <= 80


def test_choice_of_claims():
    known = list(entries())
    assert claiming.choose([], None) == known
    assert claiming.choose(["base:"], None) == [label for label in known if label.startswith("base:")]
    assert claiming.choose(["op:log-equivalence", "base:gibbs"], "SKD") == ["op:log-equivalence"]
    grouped = [label for label in known if label.startswith("op:separable-criterion/")]
    assert set(claiming.choose(["op:separable-criterion"], None)) >= set(grouped)


@pytest.mark.parametrize("command", ["claims", "prove"])
@pytest.mark.parametrize("label", ["op:nothing", "nothing:", "", "base:gibs"])
def test_unknown_label(capsys, command, label):
    assert main([command, label]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert "no claim is labelled" in captured.err


def test_unknown_source(capsys):
    assert main(["claims", "--source", "XX"]) == 2
    assert "choose from" in capsys.readouterr().err


def test_prove_shows_every_step(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["prove", "base:gibbs"]) == 0
    out = capsys.readouterr().out
    for step in entries()["base:gibbs"].proof().steps:
        assert f"{step.name}. {step.rule}" in out
    assert "assume low: 1 <= i" in out
    assert "proved in" in out and "trusting" in out
    assert max(map(len, out.splitlines())) <= 100


def test_prove_latex(capsys):
    assert main(["prove", "op:log-equivalence", "--latex"]) == 0
    assert r"\frac" in capsys.readouterr().out


def test_prove_json(capsys):
    assert main(["prove", "base:gibbs", "--json", "-"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["verdict"] == "proved"
    assert [step["rule"] for step in entry["steps"]] == [step.rule for step in entries()["base:gibbs"].proof().steps]
    assert entry["steps"][0]["parts"][0]["variables"] == ["i"]


@pytest.mark.parametrize("command", ["claims", "prove"])
def test_a_failed_derivation_is_named(capsys, monkeypatch, command):
    def fail(label):
        return Evidence("digest", "symbolic", Undecided("step 3 (sign): planted"))

    monkeypatch.setattr(ledgers, "prove", fail)
    monkeypatch.setattr(proving, "prove", fail)
    assert main([command, "base:log-bound"]) == 1
    out = capsys.readouterr().out
    assert "1 not as expected" in out and "undecided" in out
