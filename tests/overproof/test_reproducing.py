"""`overproof reproduce` around the deciders: pins, exit status, table, interruption and resumption; verdicts are planted."""

import json
from dataclasses import replace

import pytest

from overproof import making, reproducing
from overproof.main import main
from theorems import catalogue
from theorems.candidate import separable
from theorems.report import REQUIRED, Finding, Report
from theorems.verdict import Proved, Refuted, Undecided

PROVED = Finding(Proved(), "all V", "symbolic")
REFUTED = Finding(Refuted({"p": ["1"], "T": "2"}), "V=2", "enclosure")
OPERATORS = {
    "good": separable("p**(1/T)", name="good"),
    "rogue": replace(separable("p**T", name="rogue"), expected={"ax:entropy": "refuted"}),
}


class Deciders:
    """Says what the pins say, except where told otherwise; may be interrupted at one operator."""

    def __init__(self):
        self.calls, self.changed, self.interrupt_at = [], {}, None

    def verify(self, operator, *, budget=None, seed=0):
        if operator.name == self.interrupt_at:
            raise KeyboardInterrupt
        self.calls.append(operator.name)
        verdicts = {label: PROVED for label in (*REQUIRED, "ax:boundary-cold")}
        if operator.name == "rogue":
            verdicts["ax:entropy"] = REFUTED
        return Report(operator, {**verdicts, **self.changed.get(operator.name, {})}, 0.1)


@pytest.fixture
def deciders(monkeypatch, tmp_path):
    deciders = Deciders()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(making, "verify", deciders.verify)
    monkeypatch.setattr(catalogue, "operators", lambda: OPERATORS)
    return deciders


def test_all_as_pinned(deciders, capsys):
    assert main(["reproduce"]) == 0
    captured = capsys.readouterr()
    assert "2 operators, 14 verdicts, 0 not as pinned" in captured.out
    assert captured.err.splitlines() == ["[1/2] good: legal proved (0.10 s)", "[2/2] rogue: legal refuted (0.10 s)"]


@pytest.mark.parametrize(
    ("name", "label", "finding"),
    [
        ("good", "ax:entropy", REFUTED),
        ("good", "prop:extra", Finding(Undecided("time"), "none", "enclosure")),
        ("rogue", "ax:entropy", PROVED),
        ("rogue", "ax:entropy", Finding(Undecided("time"), "none", "enclosure")),
        ("rogue", "ax:ranking", REFUTED),
    ],
)
def test_any_difference_is_named(deciders, capsys, name, label, finding):
    deciders.changed = {name: {label: finding}}
    assert main(["reproduce"]) == 1
    assert f"unexpected: {name} {label} came out" in capsys.readouterr().out


def test_a_pin_without_a_verdict_is_named(deciders, capsys, monkeypatch):
    pinned = replace(OPERATORS["good"], expected={"prop:gone": "refuted"})
    monkeypatch.setattr(catalogue, "operators", lambda: {"good": pinned})
    assert main(["reproduce"]) == 1
    assert "unexpected: good prop:gone came out missing, pinned refuted" in capsys.readouterr().out


def test_json(deciders, capsys):
    assert main(["reproduce", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data["operators"]) == ["good", "rogue"]
    assert data["unexpected"] == []
    assert data["operators"]["rogue"]["legal"] == "refuted"


def test_an_interrupted_run_resumes(deciders, capsys, tmp_path):
    deciders.interrupt_at = "rogue"
    assert main(["reproduce"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "1 of 2 operators are kept" in captured.err and "resume" in captured.err
    deciders.interrupt_at = None
    assert main(["reproduce"]) == 0
    assert deciders.calls == ["good", "rogue"]
    assert not list(tmp_path.rglob("*.json"))
    assert main(["reproduce"]) == 0
    assert deciders.calls == ["good", "rogue", "good", "rogue"]


def test_kept_results_are_bound_to_options_and_source(deciders, monkeypatch):
    deciders.interrupt_at = "rogue"
    main(["reproduce"])
    main(["reproduce", "--seed", "3"])
    monkeypatch.setattr(reproducing, "source_digest", lambda: "other")
    main(["reproduce"])
    assert deciders.calls == ["good", "good", "good"]


def test_a_damaged_kept_result_is_made_again(deciders, tmp_path):
    deciders.interrupt_at = "rogue"
    main(["reproduce"])
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text(kept.read_text()[:-20])
    deciders.interrupt_at = None
    assert main(["reproduce"]) == 0
    assert deciders.calls == ["good", "good", "rogue"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_table_fits(deciders, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    main(["reproduce"])
    out = capsys.readouterr().out
    assert out.isascii()
    assert max(map(len, out.splitlines())) <= columns
