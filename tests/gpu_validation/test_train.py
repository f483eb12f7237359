"""Sweeps: planning refuses before it writes; runs are reproducible, resumable, and survive killed workers."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from gpu_validation import catalogue, scheduler, train
from gpu_validation.names import experiment_names
from gpu_validation.record import result_digest
from theorems.errors import OutOfDomain, OverproofError, StaleCertificate, UnknownLabel
from theorems.evidence import Record

NAME = "linear_gaussian"


def plan(out, names=(NAME,), **rest):
    return train.plan(names, **{"profile": "quick", "device": "cpu", "out": out, **rest})


def test_every_file_is_an_experiment_with_both_profiles():
    assert experiment_names() >= ("access", "bias_variance")
    for name in experiment_names():
        found = catalogue.experiment(name)
        assert set(found.profiles) == {"quick", "full"}
        for config in found.profiles.values():
            shards = found.shards(config)
            assert shards and len({shard.name for shard in shards}) == len(shards)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """One finished sweep, its progress, and its records; tests work on copies of the folder."""
    steps, out = [], tmp_path_factory.mktemp("sweep")
    return out, steps, train.execute(plan(out), workers=1, progress=steps.append)


@pytest.fixture
def copy(swept, tmp_path):
    return Path(shutil.copytree(swept[0], tmp_path / "copy"))


def digests(records):
    return sorted(result_digest(record) for record in records)


def test_progress_and_records(swept):
    out, steps, records = swept
    assert [step.done for step in steps] == [1, 2] and steps[-1].students_per_second > 0
    assert plan(out).jobs == () and digests(plan(out).finished) == digests(records)


def test_resume_runs_only_what_is_missing_and_gets_the_same_digest(swept, copy):
    sorted(copy.rglob("*.json"))[0].unlink()
    again = plan(copy)
    assert len(again.jobs) == 1 and len(again.finished) == 1
    assert digests(train.execute(again, workers=1)) == digests(swept[2])


def test_a_pool_gets_the_same_digest(swept, tmp_path):
    assert digests(train.execute(plan(tmp_path), workers=2)) == digests(swept[2])


def test_an_interrupted_sweep_leaves_its_finished_records(copy):
    def stop(step):
        raise KeyboardInterrupt

    for path in copy.rglob("*.json"):
        path.unlink()
    with pytest.raises(KeyboardInterrupt):
        train.execute(plan(copy), workers=1, progress=stop)
    assert len(list(copy.rglob("*.json"))) == 1 and len(plan(copy).jobs) == 1


def test_corrupted_record_stops_the_plan(copy):
    victim = sorted(copy.rglob("*.json"))[0]
    victim.write_text(victim.read_text().replace('"ratio": 0.5', '"ratio": 0.6'))
    with pytest.raises(StaleCertificate, match=victim.name):
        plan(copy)


@pytest.mark.parametrize(
    ("request_", "error", "word"),
    [
        ({"names": ("astrology",)}, UnknownLabel, "astrology"),
        ({"profile": "huge"}, UnknownLabel, "quick or full"),
        ({"device": "tpu"}, OutOfDomain, "device"),
        ({"data": Path("/nowhere/at/all")}, OutOfDomain, "--data"),
    ],
)
def test_bad_requests_write_nothing(tmp_path, request_, error, word):
    with pytest.raises(error, match=word):
        plan(tmp_path / "out", **request_)
    assert list(tmp_path.iterdir()) == []


def test_out_that_is_a_file_and_data_without_images(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutOfDomain, match="--out"):
        plan(tmp_path / "file")
    with pytest.raises(OutOfDomain, match="torchvision|mnist|cifar10"):
        plan(tmp_path / "out", data=tmp_path)


def die_once(job):
    """Kills its own process the first time: a worker lost to the machine, not an exception."""
    flag = Path(os.environ["OVERPROOF_TEST_FLAG"])
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return Record(job.name, ("x",), {}, (), "", {}, "cpu", {})
    os.kill(os.getpid(), signal.SIGKILL)


def die_always(job):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_local_worker_loses_no_shard(tmp_path, monkeypatch):
    monkeypatch.setenv("OVERPROOF_TEST_FLAG", str(tmp_path / "flag"))
    monkeypatch.setattr(scheduler, "run_job", die_once)
    jobs, seen = plan(tmp_path / "out").jobs, []
    scheduler.run_pool(jobs, lambda job, record: seen.append(job.shard.name), workers=2)
    assert sorted(seen) == sorted(job.shard.name for job in jobs) and (tmp_path / "flag").exists()


def test_workers_that_always_die_are_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(scheduler, "REBUILDS", 1)
    monkeypatch.setattr(scheduler, "run_job", die_always)
    with pytest.raises(OverproofError, match="died 2 times"):
        scheduler.run_pool(plan(tmp_path / "out").jobs, lambda *_: None, workers=2)
