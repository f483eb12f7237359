"""A Coq theorem decides a claim only in the wording in which somebody compared the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from theorems.errors import StaleCertificate
from theorems.formal import __main__ as command
from theorems.formal import compared, load, read_wing, recorded
from theorems.formal.compared import UNCOMPARED, rests

LABEL = "path:floor"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the pins that a test may change."""
    (tmp_path / compared.FILE).write_text((compared.FOLDER / compared.FILE).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(compared, "FOLDER", tmp_path)
    compared.compared.cache_clear()
    yield tmp_path / compared.FILE
    monkeypatch.undo()
    compared.compared.cache_clear()


def test_whatever_the_wing_carries_whole_was_compared_as_it_stands() -> None:
    """After a change to a claim, a statement or a definition: read both again, then `python -m theorems.formal --compared LABEL`."""
    known, digests = load(), command.claims()
    whole = {label for label in digests if known.carried(label) and known.complete(known.carried(label))}
    assert [label for label in sorted(whole) if known.left_out(label, digests[label])] == []
    assert set(compared.compared()) == whole, "nothing is pinned that the wing does not carry"


def test_a_claim_that_changed_loses_the_evidence() -> None:
    known, found = load(), command.claims()[LABEL]
    assert known.for_claim(LABEL, found) is not None
    assert known.for_claim(LABEL, "d" * 64) is None and known.left_out(LABEL, "d" * 64) == UNCOMPARED


@pytest.mark.parametrize("field", ["statement", "rests", "kind", "key"])
def test_a_theorem_that_changed_loses_the_evidence(field: str) -> None:
    known, found = load(), command.claims()[LABEL]
    (first, *others) = known.of(LABEL)
    changed = replace(known, theorems=(replace(first, **{field: getattr(first, field) + " "}), *others))
    assert changed.for_claim(LABEL, found) is None


def test_a_claim_that_was_never_compared_has_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    pins = {label: pin for label, pin in compared.compared().items() if label != LABEL}
    monkeypatch.setattr(recorded, "compared", lambda: MappingProxyType(pins))
    known = load()
    assert known.for_claim(LABEL, command.claims()[LABEL]) is None
    before = known.binding(LABEL)
    monkeypatch.undo()
    assert known.binding(LABEL) != before, "a new comparison is a reason to record the claim anew"


def test_a_definition_below_a_statement_is_part_of_the_wording() -> None:
    sources = dict(read_wing().sources)
    statement = "forall (V : nat) (p q : nat -> R), law V p -> TV V p q <= 1"
    before = rests(statement, sources["hoeffding"], sources)
    assert before == rests(statement, sources["hoeffding"], sources)

    def changed(file: str, old: str, new: str) -> str:
        text = sources[file].text
        assert old in text
        return rests(statement, sources["hoeffding"], {**sources, file: replace(sources[file], text=text.replace(old, new))})

    assert changed("divergence", "l1 V p q / 2", "l1 V p q / 3") != before, "TV itself"
    assert changed("divergence", "Rabs (p i - q i)", "(p i - q i)") != before, "l1, which TV is made of"
    assert changed("divergence", "p i * ln (p i)", "p i * ln (p i) * 1") == before, "entropy, which the statement does not name"


def test_pins_are_written_and_listed(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text("{}", encoding="utf-8")
    compared.compared.cache_clear()
    assert command.main(["--compared"]) == 0 and f"not compared: {LABEL}\n" in capsys.readouterr().out
    assert command.main(["--compared", LABEL]) == 0
    listed = capsys.readouterr().out
    assert f"not compared: {LABEL}\n" not in listed and "not compared: path:hoeffding\n" in listed
    assert load().for_claim(LABEL, command.claims()[LABEL]) is not None


@pytest.mark.parametrize("label", ["nowhere:nothing", "op:tsallis", "bench:x-log-x"])
def test_what_coq_does_not_state_whole_cannot_be_pinned(own: Path, label: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = own.read_text(encoding="utf-8")
    assert command.main(["--compared", label]) == 1 and label in capsys.readouterr().err
    assert own.read_text(encoding="utf-8") == before


def test_a_label_that_is_stated_in_part_cannot_be_pinned(own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    part = replace(load(), partial={LABEL: "the best whole number"})
    monkeypatch.setattr(command, "load", lambda: part)
    assert command.main(["--compared", LABEL]) == 1 and LABEL in capsys.readouterr().err


def test_without_the_pins_nothing_is_decided(own: Path) -> None:
    own.unlink()
    compared.compared.cache_clear()
    with pytest.raises(StaleCertificate, match="compared"):
        load().for_claim(LABEL, command.claims()[LABEL])
