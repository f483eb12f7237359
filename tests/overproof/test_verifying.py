"""`overproof verify` around the deciders: exit statuses, JSON, certificates, the table; the verdicts here are planted."""

import json

import pytest
import sympy as sp

from overproof import making
from overproof.main import main
from theorems.evidence import Certificate
from theorems.report import REQUIRED, Finding, Report
from theorems.verdict import Proved, Refuted, Undecided

WITNESS = {"p": (sp.Rational(99, 100), sp.Rational(1, 100)), "T": sp.Integer(2), "i": 0, "j": 1}
CERTIFICATE = Certificate("witness", {"label": "ax:ranking"}, "c", "o", 128, {"witness": {}})
VERDICTS = {
    "proved": Finding(Proved(), "all V", "symbolic", ("sympy.simplify",)),
    "refuted": Finding(Refuted(WITNESS), "V=2", "enclosure", certificates=(CERTIFICATE,)),
    "undecided": Finding(Undecided("the budget of 1 s was spent before the last box of the bisection was settled"), "none", "enclosure"),
}


@pytest.fixture
def plant(monkeypatch):
    def plant(word):
        calls = []

        def verify(operator, *, budget=None, seed=0):
            calls.append((operator, budget, seed))
            labels = {label: VERDICTS["proved"] for label in (*REQUIRED, "ax:boundary-cold")}
            return Report(operator, {**labels, "ax:ranking": VERDICTS[word]}, 0.5, {"python": "3"})

        monkeypatch.setattr(making, "verify", verify)
        return calls

    return plant


@pytest.mark.parametrize(("word", "status"), [("proved", 0), ("refuted", 1), ("undecided", 3)])
def test_exit_status(plant, capsys, word, status):
    plant(word)
    assert main(["verify", "p**(1/T)"]) == status
    captured = capsys.readouterr()
    assert captured.err == ""
    assert f"legal: {word}" in captured.out


@pytest.mark.parametrize("word", VERDICTS)
def test_json_alone_on_standard_output(plant, capsys, word):
    plant(word)
    main(["verify", "p**(1/T)", "--json", "-"])
    data = json.loads(capsys.readouterr().out)
    assert data["legal"] == word
    assert data["verdicts"]["ax:ranking"]["verdict"] == word


def test_json_file_and_table(plant, capsys, tmp_path):
    plant("refuted")
    path = tmp_path / "made" / "report.json"
    assert main(["verify", "p**(1/T)", "--json", str(path)]) == 1
    assert json.loads(path.read_text())["verdicts"]["ax:ranking"]["witness"] == {"p": ["99/100", "1/100"], "T": "2", "i": 0, "j": 1}
    assert "p = (99/100, 1/100), T = 2, i = 0, j = 1" in capsys.readouterr().out


def test_options_reach_the_deciders(plant):
    calls = plant("proved")
    main(["verify", "p**(1/T)", "--budget", "2.5", "--seed", "7", "--domain", "1/2:8"])
    ((operator, budget, seed),) = calls
    assert (budget, seed, operator.domain.pair()) == (2.5, 7, ("1/2", "8"))


def test_certificates_are_written(plant, capsys, tmp_path):
    plant("refuted")
    main(["verify", "p**(1/T)", "--certificates", str(tmp_path / "kept")])
    (path,) = (tmp_path / "kept").iterdir()
    assert path.name == "ax-ranking.json"
    assert Certificate(**json.loads(path.read_text())) == CERTIFICATE
    assert "overproof check" in capsys.readouterr().out


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("word", VERDICTS)
def test_table_fits_and_is_plain_text_in_a_pipe(plant, capsys, monkeypatch, columns, word):
    plant(word)
    monkeypatch.setenv("COLUMNS", columns)
    main(["verify", "p**(1/T)"])
    out = capsys.readouterr().out
    assert out.isascii() and "\x1b" not in out
    assert max(map(len, out.splitlines())) <= int(columns)
    assert word in out


def test_colours_on_a_terminal_change_no_word(plant, capsys, monkeypatch):
    import re

    from overproof import showing

    plant("refuted")
    main(["verify", "p**(1/T)"])
    plain = capsys.readouterr().out
    monkeypatch.setattr(showing, "coloured", lambda: True)
    main(["verify", "p**(1/T)"])
    painted = capsys.readouterr().out
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_interrupt_is_said(monkeypatch, capsys):
    def interrupt(operator, *, budget=None, seed=0):
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "verify", interrupt)
    assert main(["verify", "p**(1/T)"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_fault_of_ours_is_one_line_and_another_status(monkeypatch, capsys):
    def break_down(operator, *, budget=None, seed=0):
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(making, "verify", break_down)
    assert main(["verify", "p**(1/T)"]) == 70
    assert capsys.readouterr().err.count("\n") == 1
