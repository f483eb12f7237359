"""`overproof claims --crosswalk`: one source replayed; open assertions never show a summary."""

import json

from overproof.crossing import entry
from overproof.main import main
from theorems.crosswalk import CROSSWALK


def test_every_assertion_of_a_source_with_its_claims(capsys):
    assert main(["claims", "--crosswalk", "--source", "LW", "--json", "-"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [list(row) for row in listed] == [["source", "assertion", "claims", "summary"]] * len([a for a in CROSSWALK if a.source == "LW"])


def test_a_summary_needs_every_claim():
    for assertion in CROSSWALK:
        assert entry(assertion, {})["summary"].startswith("open: ")


def test_misuse_is_one_line(capsys):
    assert main(["claims", "--crosswalk", "--source", "XX"]) == 2
    assert main(["claims", "base:gibbs", "--crosswalk"]) == 2
    assert capsys.readouterr().err.count("\n") == 2
