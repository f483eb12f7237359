"""Cited lemmas: each is proved by Coq under its own label or says why it stays a citation, never both and never neither."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from overproof import resting
from theorems.errors import StaleCertificate, UnknownLabel
from theorems.formal import recorded
from theorems.lemmas import Lemma, lemma, lemmas
from theorems.verdict import Proved

PROVED = {"intermediate value theorem": "lemma:intermediate-value", "Cauchy's functional equation": "lemma:cauchy-equation"}


@pytest.fixture
def value() -> Lemma:
    return lemma("intermediate value theorem")


def test_each_is_proved_or_stays_for_a_reason() -> None:
    assert {name for name, found in lemmas().items() if found.formal()} == set(PROVED)
    for name, found in lemmas().items():
        assert bool(found.stays) != bool(found.formal()), name
        assert found.claim.label == PROVED.get(name, found.claim.label)


def test_the_evidence_is_of_the_lemma_itself(value: Lemma) -> None:
    evidence = value.formal()
    assert evidence is not None and evidence.method == "formal" and isinstance(evidence.verdict, Proved)
    assert evidence.claim_digest == value.claim.digest and evidence.trusts[0].startswith("Coq kernel")


def test_coq_states_what_the_lemma_states() -> None:
    """Each hypothesis of the lemma is one of Coq's, and no other: compared by eye once, and pinned here."""
    coq = {name: " ".join(recorded.present().of(label)[0].statement.split()) for name, label in PROVED.items()}
    assert coq["intermediate value theorem"] == (
        "forall (f : R -> R) (a b s : R), a <= b -> (forall x e : R, a <= x -> x <= b -> 0 < e -> exists d : R, 0 < d /\\ "
        "(forall y : R, a <= y -> y <= b -> y < x + d -> x - d < y -> f y < f x + e /\\ f x - e < f y)) -> s <= f a -> f b <= s -> "
        "exists x : R, a <= x <= b /\\ f x = s")
    assert lemma("intermediate value theorem").claim.statement() == (
        "a <= b; for all x, e with a <= x and x <= b and e > 0: there are d with d > 0 and for all y with a <= y and y <= b and y < d + x and "
        "y > -d + x: f(y) < e + f(x) and f(y) > -e + f(x); f(a) >= s; f(b) <= s  =>  there are x with a <= x and x <= b and f(x) = s")
    assert coq["Cauchy's functional equation"] == (
        "forall g : R -> R, (forall x y : R, g (x + y) = g x + g y) -> (forall x : R, 0 < x -> 0 < g x) -> forall x : R, g x = x * g 1")
    assert lemma("Cauchy's functional equation").claim.statement() == (
        "for all x, y: g(x + y) = g(x) + g(y); for all x with x > 0: g(x) > 0  =>  for all x: g(x) = x*g(1)")


def test_a_theorem_that_was_not_compared_leaves_the_citation(value: Lemma, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "compared", lambda: MappingProxyType({}))
    assert value.formal() is None


def test_a_stale_wing_leaves_the_citation(value: Lemma, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale() -> recorded.Recorded:
        raise StaleCertificate("citations.v is not the file that evidence was recorded for")

    monkeypatch.setattr("theorems.lemmas.present", stale)
    assert value.formal() is None
    assert resting._behind(f"cite {value.name}") == (f"cite {value.name}",)
    assert "make formal" in resting._reason(f"cite {value.name}")


def test_a_lemma_that_coq_does_not_know_is_no_evidence(value: Lemma) -> None:
    unknown = dataclasses.replace(value, claim=dataclasses.replace(value.claim, label="lemma:unheard-of"))
    assert unknown.formal() is None
    with pytest.raises(UnknownLabel, match="no lemma is called"):
        lemma("unheard of")
