"""Plan, resume and run a sweep: every shard that has no record yet is run, and its record written at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

from gpu_validation.catalogue import check_profile, experiment, on_datasets
from gpu_validation.data.images import available_sets
from gpu_validation.device import resolve_device
from gpu_validation.names import experiment_names
from gpu_validation.record import finished, record_path
from gpu_validation.scheduler import Job, run_dask, run_here, run_pool
from theorems.errors import OutOfDomain
from theorems.evidence import Record


@final
@dataclass(frozen=True)
class Progress:
    """After each shard: what has just been written, how far the sweep is, and at what speed."""

    path: Path
    record: Record
    done: int
    total: int
    students: int
    seconds: float

    @property
    def students_per_second(self) -> float:
        return self.students / self.seconds if self.seconds > 0 else 0.0


@final
@dataclass(frozen=True)
class Sweep:
    """What is to be done: `jobs` without a record, and the `finished` records that an earlier run left."""

    jobs: tuple[Job, ...]
    finished: tuple[Record, ...]
    out: Path

    @property
    def total(self) -> int:
        return len(self.jobs) + len(self.finished)


def plan(names: Sequence[str], *, profile: str, device: str, out: Path, scheduler: str | None = None, data: Path | None = None) -> Sweep:
    """Check every request and read every old record before anything is run or written.

    `UnknownLabel` for an experiment or profile, `OutOfDomain` for a device, folder or data that cannot be used,
    `StaleCertificate` for a corrupted or foreign record.  With `data`, the experiments that have a choice of
    datasets run on the image sets found there, and only those; one named without that choice is `OutOfDomain`.
    """
    check_profile(profile)
    found = [experiment(name) for name in (dict.fromkeys(names) or experiment_names())]
    if scheduler is None:
        resolve_device(device)
    if out.exists() and not (out.is_dir() and os.access(out, os.W_OK)):
        raise OutOfDomain(f"{out} is no folder that can be written to; choose another --out")
    datasets = None if data is None else available_sets(data)
    jobs, records = [], []
    for original in found:
        chosen = original if datasets is None else on_datasets(original, datasets)
        if chosen is None:
            if names:
                raise OutOfDomain(f"{original.name} has no choice of data; leave it or --data out")
            continue
        for shard in chosen.shards(chosen.profiles[profile]):
            old = finished(out, chosen, profile, shard)
            if old is None:
                jobs.append(Job(chosen.name, profile, shard, datasets, device, None if data is None else str(data.resolve())))
            else:
                records.append(old)
    return Sweep(tuple(jobs), tuple(records), out)


def execute(
    sweep: Sweep, *, scheduler: str | None = None, workers: int | None = None, progress: Callable[[Progress], None] = lambda step: None
) -> tuple[Record, ...]:
    """Run the jobs of a sweep and return all its records; on any interruption the finished ones are on disk."""
    records, start, students = list(sweep.finished), time.perf_counter(), 0

    def done(job: Job, record: Record) -> None:
        nonlocal students
        path = record_path(sweep.out, job.name, job.profile, job.shard)
        record.write(path)
        records.append(record)
        students += int(record.measurements["students"])
        progress(Progress(path, record, len(records), sweep.total, students, time.perf_counter() - start))

    if not sweep.jobs:
        return tuple(records)
    if scheduler is not None:
        run_dask(sweep.jobs, done, address=scheduler)
        return tuple(records)
    count = workers or os.cpu_count() or 1
    if count == 1 or resolve_device(sweep.jobs[0].device).type == "cuda":
        run_here(sweep.jobs, done)
    else:
        run_pool(sweep.jobs, done, workers=count)
    return tuple(records)
