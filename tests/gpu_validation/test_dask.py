"""A real Dask scheduler with two worker processes on loopback: same records, and a killed worker loses no shard."""

import os
import signal
import sys
from pathlib import Path

import cloudpickle
import pytest

from gpu_validation import scheduler, train
from gpu_validation.record import result_digest
from theorems.errors import OutOfDomain
from theorems.evidence import Record

distributed = pytest.importorskip("distributed")
cloudpickle.register_pickle_by_value(sys.modules[__name__])


def plan(out):
    return train.plan(("linear_gaussian",), profile="quick", device="cpu", out=out, scheduler="given")


@pytest.fixture(scope="module")
def address():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gets_the_same_digests(address, tmp_path):
    far = train.execute(plan(tmp_path / "far"), scheduler=address)
    near = scheduler.run_job(plan(tmp_path / "near").jobs[0])
    assert len(far) == 2 == len(list((tmp_path / "far").rglob("*.json")))
    assert result_digest(near) in {result_digest(record) for record in far}


def die_once(job, flag):
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return Record(job.name, ("x",), {}, (), "", {}, "cpu", {})
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_worker_loses_no_shard(address, tmp_path, monkeypatch):
    flag = str(tmp_path / "flag")
    monkeypatch.setattr(scheduler, "run_job", lambda job: die_once(job, flag))
    jobs, seen = plan(tmp_path / "out").jobs, []
    scheduler.run_dask(jobs, lambda job, record: seen.append(job.shard.name), address=address)
    assert sorted(seen) == sorted(job.shard.name for job in jobs) and Path(flag).exists()


def test_no_scheduler_at_the_address(tmp_path):
    with pytest.raises(OutOfDomain, match="no Dask scheduler answers"):
        train.execute(plan(tmp_path), scheduler="nonsense://x")
    assert list(tmp_path.iterdir()) == []
