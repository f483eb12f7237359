"""`overproof claims` and `overproof prove` on real claims, and on planted ones that do not come out as expected."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from numerics.measured import measured
from overproof import claiming, proving, registered, resting
from overproof.main import main
from theorems import register
from theorems.chapters import entries, find
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
    choose, known = registered.choose, list(registered.recorded().rows)
    assert set(known) == set(entries())
    assert choose([]) == known
    assert choose(["base:"]) == choose([], chapter="base") == [label for label in known if label.startswith("base:")]
    assert choose(["op:log-equivalence", "base:gibbs"], "SKD") == ["op:log-equivalence"]
    grouped = [label for label in known if label.startswith("op:separable-criterion/")]
    assert set(choose(["op:separable-criterion"])) >= set(grouped)


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


def test_a_failed_derivation_is_named(capsys, monkeypatch):
    monkeypatch.setattr(proving, "prove", lambda label: Evidence("digest", "symbolic", Undecided("step 3 (sign): planted")))
    assert main(["prove", "base:log-bound"]) == 1
    out = capsys.readouterr().out
    assert "1 not as expected" in out and "undecided" in out


def test_coqs_statement_stands_beside_the_suites(capsys):
    assert main(["claims", "path:hoeffding", "op:power"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "softmax V z i * (ln (softmax V z i) - ln (softmax V y i))" in out and "is_equivariant domain power" in out
    assert "proved by formal" in out and "decide nothing" not in out
    assert main(["prove", "base:gibbs"]) == 0
    assert "divergence.v: gibbs" in capsys.readouterr().out


def test_what_coq_leaves_out_is_said(monkeypatch):
    found = claiming.wing()
    monkeypatch.setattr(claiming, "wing", lambda: replace(found, partial={"path:floor": "the best whole number"}))
    digest = entries()["path:floor"].claim.digest
    assert "a part only and decide nothing; left out: the best whole number" in " ".join(" ".join(claiming.coq("path:floor", digest)).split())
    monkeypatch.setattr(claiming, "wing", lambda: found)
    assert "decide nothing" not in " ".join(claiming.coq("path:floor", digest))
    assert "not compared in this wording" in " ".join(" ".join(claiming.coq("path:floor", "d" * 64)).split())


def test_filters(capsys):
    assert main(["claims", "--chapter", "joint", "--verdict", "refuted", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found and {(c["chapter"], c["verdict"]) for c in found} == {("joint", "refuted")}
    assert all(c["witness"] for c in found)
    assert main(["claims", "--source", "IJC", "--json", "-"]) == 0
    assert {c["source"].split()[0] for c in json.loads(capsys.readouterr().out)} == {"IJC"}


@pytest.mark.parametrize("arguments", [
    ["--chapter", "nowhere"], ["--verdict", "true"], ["--trust", "--crosswalk"], ["--crosswalk", "--chapter", "bv"], ["--uniform", "--trust"],
])
def test_misuse_of_filters_is_one_line(capsys, arguments):
    assert main(["claims", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1


def test_trust_counts_both_ways(capsys):
    assert main(["claims", "--trust", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    kernel = next(t for t in found["trusts"] if t.startswith("Coq kernel"))
    assert found["trusts"][kernel]["without_coq"] == 0 < found["trusts"][kernel]["claims"]
    assert kernel in found["claims"]["base:gibbs"]["rests_on"] and kernel not in found["claims"]["base:gibbs"]["without_coq"]
    labels = set(entries())
    assert not labels & {t for claim in found["claims"].values() for t in claim["rests_on"]}, "used claims are opened up"
    cited = [label for label, claim in found["claims"].items() if any(t.startswith("cite ") for t in claim["without_coq"])]
    assert "bv:linear-dense" in cited and "bv:linear-sparse" in cited
    left = {t for claim in found["claims"].values() for t in claim["rests_on"] if t.startswith("cite ")}
    assert left == {"cite Wishart inverse moment", "cite random hyperplane"}
    built_in = {t for claim in found["claims"].values() for t in claim["rests_on"]} & set(resting.STAYS)
    assert set(found["stays"]) == {*left, *built_in} and "Karamata" in built_in and all(found["stays"].values())
    assert kernel in found["claims"]["eq:matched-temperature"]["rests_on"], "Coq's proof of a cited lemma stands in for the citation"
    assert main(["claims", "--trust", "bv:linear-sparse"]) == 0
    assert "bv:linear-sparse rests on" in capsys.readouterr().out


def test_what_measured_a_claim_is_no_rule_of_the_kernel():
    trusted = set(measured(find("tree:extraction").claim).trusts)
    assert trusted == set(resting.MEASURING) and {resting.kind(trust) for trust in trusted} == {"what ran and judged the training, which only supports"}
    assert resting.kind("sign calculus") == "a rule of the kernel of proofs" and resting.kind("arb") == "an engine"


def test_a_lemma_built_into_a_rule_says_whether_coq_proves_it(monkeypatch):
    assert all(label in resting.wing().labels() for label in resting.BUILT_IN.values() if label)
    assert resting.kind("mean value theorem").endswith("Coq proves it") and resting.kind("Karamata").endswith("built into a rule")
    assert {lemma for lemma, label in resting.BUILT_IN.items() if not label} == set(resting.STAYS), "what Coq does not prove has its reason"
    monkeypatch.setattr(resting, "wing", lambda: None)
    assert resting.kind("mean value theorem").endswith("built into a rule"), "a stale record proves nothing"


def test_uniformity(capsys):
    assert main(["claims", "--uniform", "--json", "-"]) == 0
    found = {c["label"]: c for c in json.loads(capsys.readouterr().out)}
    assert (found["bv:operator-agnostic"]["axioms_used"], found["bv:operator-agnostic"]["holds_for"]) == ([], "any operator: none is in it")
    assert found["bv:softening-bias/mixing"]["about"] == "mixing" and found["path:temperature"]["about"] == "power"
    assert main(["claims", "--uniform", "op:mixing-contraction", "--json", "-"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)
    assert "power" in claim["beyond"]["prop:lipschitz"] and "mixing" not in claim["beyond"]["prop:lipschitz"]


def test_the_ledger_is_listed_without_sympy():
    code = "import sys; from overproof.main import main; main(['claims', '--json', '-']); sys.exit('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)


@pytest.fixture
def planted(monkeypatch):
    """The register with one line replaced or taken out."""
    def plant(label, change):
        lines = register.read()
        line = change(lines.pop(label))
        if line is not None:
            lines[label] = line
        monkeypatch.setattr(register, "read", lambda: dict(lines))
        registered.recorded.cache_clear()

    yield plant
    monkeypatch.undo()
    registered.recorded.cache_clear()


@pytest.mark.parametrize(("change", "reason"), [
    (lambda line: replace(line, claim="0" * 16, text=""), "says something else"),
    (lambda line: replace(line, proof="0" * 16, text=""), "is proved otherwise"),
    (lambda line: None, "is not recorded"),
])
def test_a_stale_line_is_named_and_decides_nothing(capsys, planted, change, reason):
    planted("base:log-bound", change)
    assert main(["claims", "base:gibbs", "base:log-bound"]) == 1
    out = capsys.readouterr().out
    out = " ".join(out.split())
    assert reason in out and "overproof prove --record base:log-bound" in out
    assert "rests on base:log-bound, which is not proved" in str(registered.recorded().rows["base:gibbs"].verdict)


def test_only_the_text_differs(capsys, planted):
    planted("base:log-bound", lambda line: replace(line, text=""))
    assert main(["claims", "base:log-bound"]) == 0
    assert "stale" not in capsys.readouterr().out


def test_other_coq_theorems_than_the_recorded_ones(capsys, planted):
    planted("base:gibbs", lambda line: replace(line, formal="0" * 16))
    assert main(["claims", "base:gibbs"]) == 0
    out = capsys.readouterr().out
    assert "has Coq theorems that are not the recorded ones" in " ".join(out.split()) and "by formal" not in out


def test_an_unexpected_verdict_is_named(capsys, planted):
    planted("base:log-bound", lambda line: replace(line, evidence=({"method": "symbolic", "verdict": "undecided", "trusts": [], "seconds": 0.0, "reason": "planted"},)))
    assert main(["claims", "base:log-bound"]) == 1
    assert "unexpected: base:log-bound came out undecided" in capsys.readouterr().out


def test_a_refuted_claim_is_shown_with_its_witness_and_what_stands_instead(capsys):
    assert main(["claims", "op:blend/entropy-alone"]) == 0
    text = capsys.readouterr().out
    assert "[this project]" in text and "  note    Majorisation of both parts is enough" in text and "  instead see op:blend/constant" in text
    assert "      p = (1/2, 9/20, 1/20)\n" in text and "this witness" in text


def test_whose_words_a_claim_is_in(capsys):
    assert main(["claims", "bv:criterion-as-stated"]) == 0
    assert "its formula at second hand]" in " ".join(capsys.readouterr().out.split())
