"""`overproof reproduce` around the deciders: pins, exit status, tables, interruption and resumption; verdicts are planted."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

import overproof.main as front
from numerics import ledger
from overproof import gathering, keeping, making, stages
from overproof.main import main
from theorems import catalogue, chapters
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
    monkeypatch.setattr(stages, "STAGES", {"operators": stages.operators})
    return deciders


def test_all_as_pinned(deciders, capsys):
    assert main(["reproduce"]) == 0
    captured = capsys.readouterr()
    assert "2 operators, 14 verdicts" in captured.out and "0 differences from the pins" in captured.out
    assert captured.err.splitlines() == ["1/1 operators: begun", "1/1 operators: [1/2] good", "1/1 operators: [2/2] rogue"]


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


def test_a_verdict_that_lacked_time_is_looked_for_again(deciders, capsys, monkeypatch):
    """Undecided the first time, as pinned with more time; a verdict that is plainly another one is not asked for twice."""
    asked = []

    def verify(operator, *, budget=None, seed=0):
        asked.append((operator.name, budget))
        deciders.changed = {} if budget else {"good": {"ax:entropy": Finding(Undecided("time"), "", "symbolic")}}
        return deciders.verify(operator)

    monkeypatch.setattr(making, "verify", verify)
    assert main(["reproduce"]) == 0
    assert asked == [("good", None), ("rogue", None), ("good", stages.PATIENCE)]
    deciders.changed = {}
    monkeypatch.setattr(making, "verify", lambda operator, **options: (asked.append("refuted"), deciders.verify(operator))[1])
    deciders.changed = {"good": {"ax:entropy": REFUTED}}
    assert main(["reproduce"]) == 1
    assert asked.count("refuted") == 2


def test_a_pin_without_a_verdict_is_named(deciders, capsys, monkeypatch):
    pinned = replace(OPERATORS["good"], expected={"prop:gone": "refuted"})
    monkeypatch.setattr(catalogue, "operators", lambda: {"good": pinned})
    assert main(["reproduce"]) == 1
    assert "unexpected: good prop:gone came out missing, pinned refuted" in capsys.readouterr().out


def test_json(deciders, capsys):
    assert main(["reproduce", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data["operators"]) == ["good", "rogue"]
    assert data["unexpected"] == data["differences"] == []
    assert data["stages"]["operators"]["state"] == "done"
    assert data["operators"]["rogue"]["legal"] == "refuted"


def test_an_interrupted_run_resumes(deciders, capsys, tmp_path):
    deciders.interrupt_at = "rogue"
    assert main(["reproduce"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "is kept in" in captured.err and "resume" in captured.err
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
    monkeypatch.setattr(gathering, "source_digest", lambda: "other")
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


# The other stages.

FEW = ("base:log-bound", "base:gibbs", "bv:criterion-as-stated")


@pytest.fixture
def few_claims(monkeypatch, tmp_path):
    """Three real claims, proved and attacked for real."""
    monkeypatch.chdir(tmp_path)
    known = {label: entry for label, entry in chapters.entries().items() if label in FEW}
    monkeypatch.setattr(keeping, "entries", lambda: known)
    monkeypatch.setattr(stages, "STAGES", {"claims": stages.claims})
    return known


def test_claims_are_proved_and_attacked(few_claims, capsys):
    assert main(["reproduce", "--jobs", "2", "--json", "r.json"]) == 0
    assert "claims by verdict: 2 proved, 1 refuted" in capsys.readouterr().out
    data = json.loads(Path("r.json").read_text())
    assert data["claims"] == {"base:log-bound": "proved", "base:gibbs": "proved", "bv:criterion-as-stated": "refuted"}
    assert "2 of them attacked" in data["stages"]["claims"]["summary"]


def test_a_claim_that_comes_out_otherwise_is_a_difference(few_claims, capsys, monkeypatch):
    false = few_claims["base:log-bound"]
    few_claims["base:log-bound"] = replace(false, derive=lambda d: None)
    monkeypatch.setattr(ledger, "find", lambda label: few_claims[label])
    assert main(["reproduce", "--jobs", "1"]) == 1
    assert "unexpected: base:log-bound was proved by symbolic evidence, which did not come out again" in " ".join(capsys.readouterr().out.split())
    few_claims["base:log-bound"] = replace(false, derive=lambda d: None, claim=replace(false.claim, title="Another claim", expected="refuted"))
    assert main(["reproduce", "--jobs", "1"]) == 1
    assert "unexpected: base:log-bound came out" in capsys.readouterr().out


def test_claims_resume(few_claims, monkeypatch, capsys):
    asked, examine = [], keeping.examine

    def interrupted(label, *, cases):
        asked.append(label)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return examine(label, cases=cases)

    monkeypatch.setattr(keeping, "examine", interrupted)
    assert main(["reproduce", "--jobs", "1"]) == 130
    assert main(["reproduce", "--jobs", "1"]) == 0
    assert sorted(asked) == sorted([*FEW, asked[1]])


def test_evidence_survives_the_disk(few_claims):
    for label in FEW:
        for evidence in ledger.examine(label, cases=5):
            again = keeping.from_json(json.loads(json.dumps(keeping.as_json(evidence))))
            assert keeping.as_json(again) == keeping.as_json(evidence)
            assert type(again.verdict) is type(evidence.verdict)


def test_certificates_are_replayed_and_a_false_one_is_a_difference(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    report = making.verify(separable("p**T", name="rogue"))
    kept = {"report": report.to_json(), "certificates": {
        k: [json.loads(c.to_json()) for c in f.certificates] for k, f in report.verdicts.items() if f.certificates}}
    assert kept["certificates"]
    run = stages.Run(tmp_path, tmp_path / "out", verified={"rogue": kept})
    assert stages.certificates(run).differences == ()
    label = next(iter(kept["certificates"]))
    kept["certificates"][label][0]["body"]["witness"]["p"] = ["1/2", "1/2"]
    assert label in stages.certificates(run).differences[0]


def test_records_are_judged_and_a_challenged_one_is_a_difference(tmp_path, monkeypatch):
    run = stages.Run(tmp_path, tmp_path)
    assert stages.records(run).differences == ()
    judged = gathering.judged(gathering.records())
    label = next(iter(judged))
    monkeypatch.setattr(gathering, "judged", lambda found: {**judged, label: replace(judged[label], as_expected=False)})
    assert label in stages.records(run).differences[0]


def test_skipping_is_said_and_what_decides_cannot_be_skipped(deciders, capsys, monkeypatch):
    monkeypatch.setattr(stages, "STAGES", {"operators": stages.operators, "train": stages.train})
    assert main(["reproduce", "--skip", "train"]) == 0
    assert "left out" in capsys.readouterr().out
    assert main(["reproduce", "--skip", "claims"]) == 2
    assert "--skip claims is not possible" in capsys.readouterr().err


def test_training_without_torch_is_left_out_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setattr(stages.importlib.util, "find_spec", lambda name: None)
    outcome = stages.train(stages.Run(tmp_path, tmp_path))
    assert (outcome.state, "overproof[train]" in outcome.summary) == ("left out", True)


def test_a_second_interrupt_does_not_tear_the_end(monkeypatch):
    monkeypatch.setattr(front, "main", lambda: 130)
    handler = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as end:
            front.run()
        assert end.value.code == 130 and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, handler)
