"""Records: whole or absent, resumed, refused when corrupted or foreign, and reproducible to the digest."""

import json
from dataclasses import dataclass

import pytest
import torch

from gpu_validation import record
from gpu_validation.experiment import Context, Experiment, Outcome, Shard
from theorems.errors import OverproofError, StaleCertificate
from theorems.evidence import Record


@dataclass(frozen=True)
class Config:
    size: int = 3
    rates: tuple[float, ...] = (0.1, 0.2)


def shards(config):
    return tuple(Shard(f"s{k}", (k,), {"k": k}) for k in range(config.size))


def run(config, shard, context):
    return Outcome({"mean": 1 / 3, "infinite": float("inf"), "values": torch.tensor([1.0, 2.0])}, students=2)


EXPERIMENT = Experiment("toy", ("bv:kl",), {"quick": Config()}, shards, run)
SHARD = shards(Config())[1]


def make(**timing):
    outcome = run(Config(), SHARD, Context(torch.device("cpu")))
    return record.make_record(EXPERIMENT, "quick", SHARD, outcome, versions={"torch": "2"}, device="cpu", timing=timing)


def path(folder):
    return record.record_path(folder, "toy", "quick", SHARD)


def test_round_trip_and_resume(tmp_path):
    assert record.finished(tmp_path, EXPERIMENT, "quick", SHARD) is None
    made = make(seconds=1.0)
    made.write(path(tmp_path))
    back = record.finished(tmp_path, EXPERIMENT, "quick", SHARD)
    assert back == made and list(record.read_records(tmp_path)) == [made]
    assert back.measurements["results"] == {"mean": 0.333333333, "infinite": "inf", "values": [1.0, 2.0]}


def test_timing_does_not_enter_the_result_digest():
    assert record.result_digest(make(seconds=1.0)) == record.result_digest(make(seconds=2.0))
    assert make(seconds=1.0).sha256 != make(seconds=2.0).sha256


def test_seconds_among_results_become_timing():
    kept, found = record.without_seconds({"rows": [{"k": 1, "seconds": 0.5}, {"k": 2, "train_seconds": 2}], "seconds_of_arc": 3})
    assert kept == {"rows": [{"k": 1}, {"k": 2}], "seconds_of_arc": 3}
    assert found == {"rows/0/seconds": 0.5, "rows/1/train_seconds": 2}
    timed = [record.make_record(EXPERIMENT, "quick", SHARD, Outcome({"mean": 1, "seconds": s}, 1), versions={}, device="cpu", timing={}) for s in (1, 2)]
    assert len({record.result_digest(made) for made in timed}) == 1
    assert timed[1].measurements["timing"] == {"parts": {"seconds": 2}} and timed[1].measurements["results"] == {"mean": 1}


def test_corrupted_record_is_named_and_refused(tmp_path):
    make().write(path(tmp_path))
    path(tmp_path).write_text(path(tmp_path).read_text().replace("0.333333333", "0.333333334"))
    with pytest.raises(StaleCertificate, match="s1.json"):
        record.finished(tmp_path, EXPERIMENT, "quick", SHARD)
    path(tmp_path).write_text("{ half a rec")
    with pytest.raises(StaleCertificate, match="s1.json"):
        record.finished(tmp_path, EXPERIMENT, "quick", SHARD)


def test_foreign_record_is_named_and_refused(tmp_path):
    other = Experiment("toy", ("bv:kl",), {"quick": Config(rates=(0.3,))}, shards, run)
    make().write(path(tmp_path))
    with pytest.raises(StaleCertificate, match="s1.json belongs to another"):
        record.finished(tmp_path, other, "quick", SHARD)
    data = make().body() | {"source_digest": "0" * 64}
    Record(**data).write(path(tmp_path))
    with pytest.raises(StaleCertificate, match="another version"):
        record.finished(tmp_path, EXPERIMENT, "quick", SHARD)


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("theorems.evidence.os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        make().write(path(tmp_path))
    assert list(tmp_path.rglob("*.*")) == []


def test_a_record_tells_how_many_shards_were_asked_for():
    asked = record.expected_config(EXPERIMENT, "quick", SHARD)
    assert json.dumps(asked) and asked["shards"] == len(shards(Config()))


def test_experiment_and_shard_check_themselves():
    with pytest.raises(OverproofError, match="no label"):
        Experiment("toy", (), {"quick": Config()}, shards, run)
    with pytest.raises(OverproofError, match="frozen"):
        Experiment("toy", ("bv:kl",), {"quick": {"size": 3}}, shards, run)
    with pytest.raises(OverproofError, match="file name"):
        Shard("../x", (), {})


def test_source_digest_covers_what_an_experiment_imports_and_nothing_else():
    names = {path.name for path in record._imported(record.PACKAGE / "experiments" / "linear_gaussian.py")}
    assert names == {"linear_gaussian.py", "counter.py", "experiment.py", "measures.py"}
    assert {"fused_loss.py", "transformer.py", "pruning.py"} <= {p.name for p in record._imported(record.PACKAGE / "experiments" / "language.py")}
    assert len({record.source_digest(name) for name in ("linear_gaussian", "stages", "access")}) == 3
