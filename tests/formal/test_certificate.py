"""Bisection certificates of the suite, replayed by Coq's kernel; and what must not get through."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest

from numerics.search import certify
from theorems.boxclaim import BoxClaim
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.formal import AXIOMS, coq_file, prove
from theorems.formal.certificate import coq_term
from theorems.grammar import parse_tree
from theorems.verdict import Proved

TOP = "1/(1 + exp((log(1 - p) - log(p))/T))"
CLAIMS = {
    "x log x": BoxClaim("-9/100 - x*log(x)", ">=", (("x", "1/10", "9/10"),)),
    "top falls": BoxClaim(f"p - 1/1000 - {TOP}", ">=", (("p", "6/10", "9/10"), ("T", "11/10", "4"))),
    "strict polynomial": BoxClaim("2 - x**2 - y**3/4 - x**(-1)/2", ">", (("x", "1/2", "1"), ("y", "0", "1"))),
    "real power": BoxClaim("1 - p**(1/T)", ">=", (("p", "1/4", "1/2"), ("T", "1", "3"))),
}


def certificate(name: str) -> dict[str, Any]:
    found = certify(CLAIMS[name])
    assert isinstance(found, Certificate) and found.kind == "bisection"
    return asdict(found)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_file_states_the_claim(name: str) -> None:
    text = coq_file(certificate(name))
    assert text.count("leaf [") == certificate(name)["body"]["bits"].count("0")
    assert "Admitted" not in text and "Axiom" not in text


@pytest.mark.slow
@pytest.mark.usefixtures("coq")
@pytest.mark.parametrize("name", CLAIMS)
def test_the_kernel_accepts(name: str) -> None:
    evidence = prove(certificate(name))
    assert isinstance(evidence.verdict, Proved) and evidence.method == "formal"
    assert evidence.claim_digest == CLAIMS[name].digest()
    assert evidence.trusts[0].startswith("Coq kernel") and set(evidence.trusts[1:]) <= set(AXIOMS)


@pytest.mark.slow
@pytest.mark.usefixtures("coq")
def test_the_kernel_refuses_a_false_claim_with_a_true_claims_tree() -> None:
    forged = certificate("x log x")
    forged["claim"] = {**forged["claim"], "expression": "-1/10 - x*log(x)"}
    with pytest.raises(OverproofError, match="does not compile"):
        prove(forged)


@pytest.mark.slow
@pytest.mark.usefixtures("coq")
def test_a_power_of_a_base_that_reaches_zero_is_refused() -> None:
    """In Coq exp (b ln 0) is 1; the enclosure of ln fails there, so nothing is claimed."""
    forged = {"kind": "bisection", "body": {"bits": "0", "axes": "", "rules": "n"},
              "claim": {"expression": "p**(1/T) + 1", "relation": ">=", "variables": [["p", "0", "1"], ["T", "1", "2"]]}}
    with pytest.raises(OverproofError, match="does not compile"):
        prove(forged)


@pytest.mark.parametrize("change", ["truncated", "extended", "axes", "kind", "relation", "empty"])
def test_malformed_certificates_never_reach_coq(change: str) -> None:
    broken = deepcopy(certificate("top falls"))
    body = broken["body"]
    assert "1" in body["bits"]
    match change:
        case "truncated":
            body["bits"] = body["bits"][:-1]
        case "extended":
            body["bits"] += "0"
        case "axes":
            body["axes"] += "0"
        case "kind":
            broken["kind"] = "tangent"
        case "relation":
            broken["claim"] = {**broken["claim"], "relation": "<"}
        case "empty":
            broken = {}
    with pytest.raises(OverproofError):
        coq_file(broken)


def test_terms() -> None:
    names = {"p": "x0", "T": "x1"}
    assert coq_term(parse_tree("p**2"), names) == "(x0 ^ 2)"
    assert coq_term(parse_tree("p**(-3)"), names) == "(/ x0 ^ 3)"
    assert coq_term(parse_tree("p**(1/2)"), names) == "(sqrt x0)"
    assert coq_term(parse_tree("p**(1/T)"), names) == "(exp (((1 / 1) * (/ x1)) * ln x0))"
    assert coq_term(parse_tree("-0.5*log(p) - E"), names) == "(((- (1 / 2)) * (ln x0)) + (- (exp 1)))"
    for text in ("digamma(p)", "max(p, T)", "q"):
        with pytest.raises(OverproofError):
            coq_term(parse_tree(text), names)
