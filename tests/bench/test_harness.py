"""The bench harness itself: every bench is found, targets are judged, failures are loud."""

import json

import pytest

from tests.bench import Measurement, __main__, best_of


@pytest.mark.parametrize(
    ("changes", "met"),
    [({}, None), ({"at_most": 2}, True), ({"at_most": 0.5}, False), ({"at_least": 0.5}, True), ({"at_least": 2}, False), ({"at_least": 1, "at_most": 1}, True)],
)
def test_target(changes, met):
    assert Measurement("x", 1.0, "s", **changes).met is met


def test_a_missed_target_is_not_a_number():
    assert Measurement("x", float("nan"), "s", at_most=1).met is False


def test_every_bench_has_measure():
    import importlib

    assert "startup" in __main__.names()
    for name in __main__.names():
        assert callable(importlib.import_module(f"tests.bench.bench_{name}").measure)


def test_run_prints_writes_and_fails_on_a_missed_target(monkeypatch, capsys, tmp_path):
    import types

    fake = types.SimpleNamespace(measure=lambda: iter([Measurement("fast", 1.0, "s", at_most=2), Measurement("slow", 3.0, "s", at_most=2)]))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(__main__, "names", lambda: ["fake", "broken"])
    monkeypatch.setattr(__main__.importlib, "import_module", lambda name: {"tests.bench.bench_fake": fake}[name])
    assert __main__.main(["fake"]) == 1
    out = capsys.readouterr().out
    assert "slow" in out and "NO" in out
    figures = json.loads((tmp_path / ".benchmarks" / "figures.json").read_text())
    assert [figure["met"] for figure in figures["figures"]] == [True, False]
    assert __main__.main(["broken"]) == 1
    assert __main__.main(["nothing"]) == 2


def test_best_of_stops_in_time():
    assert best_of(lambda: None, rounds=3) >= 0
