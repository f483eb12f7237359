"""Who runs the shards: this process, a local pool of processes, or a Dask cluster.

Every worker returns its record and the caller writes it, so workers need no shared disk.  A killed worker loses
no shard: the pool is rebuilt with what is left, and Dask hands the shard to another worker.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import final

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from gpu_validation.catalogue import experiment, on_datasets
from gpu_validation.device import describe_device, resolve_device, versions
from gpu_validation.experiment import Context, Experiment, Shard
from gpu_validation.record import make_record
from theorems.errors import OutOfDomain, OverproofError
from theorems.evidence import Record

REBUILDS = 3


@final
@dataclass(frozen=True)
class Job:
    """One shard to run, in words that travel to another process or machine."""

    name: str
    profile: str
    shard: Shard
    datasets: tuple[str, ...] | None = None
    device: str = "auto"
    data: str | None = None

    def experiment(self) -> Experiment:
        """The experiment that the shard belongs to, on the job's datasets."""
        found = experiment(self.name)
        return found if self.datasets is None else on_datasets(found, self.datasets) or found


@contextmanager
def one_order(device: torch.device) -> Iterator[None]:
    """Sums in one order, so that equal seeds give equal digests: one thread on a CPU, torch's deterministic kernels on a GPU."""
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    warn, fill = torch.is_deterministic_algorithms_warn_only_enabled(), torch.utils.deterministic.fill_uninitialized_memory
    try:
        if device.type == "cpu":
            torch.set_num_threads(1)
            yield
            return
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True, warn_only=True)
        torch.utils.deterministic.fill_uninitialized_memory = False
        with sdpa_kernel(SDPBackend.MATH):
            yield
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(strict, warn_only=warn)
        torch.utils.deterministic.fill_uninitialized_memory = fill


def run_job(job: Job) -> Record:
    """Run one shard here and return its sealed record."""
    device = resolve_device(job.device)
    found, notes = job.experiment(), []  # type: ignore[var-annotated]
    start = time.perf_counter()
    with one_order(device):
        outcome = found.run(found.profiles[job.profile], job.shard, Context(device, job.data, notes.append))
    seconds = time.perf_counter() - start
    timing = {"seconds": seconds, "students_per_second": outcome.students / seconds, "notes": notes}
    return make_record(found, job.profile, job.shard, outcome, versions=versions(), device=describe_device(device), timing=timing)


def run_here(jobs: Sequence[Job], done: Callable[[Job, Record], None]) -> None:
    """One after the other in this process: what a single GPU wants."""
    for job in jobs:
        done(job, run_job(job))


def run_pool(jobs: Sequence[Job], done: Callable[[Job, Record], None], *, workers: int) -> None:
    """A pool of fresh processes; one that dies takes only its running shards, which are run again."""
    left = list(jobs)
    for _ in range(REBUILDS + 1):
        pool = ProcessPoolExecutor(max_workers=min(workers, len(left)), mp_context=multiprocessing.get_context("spawn"))
        try:
            futures = {pool.submit(run_job, job): job for job in left}
            for future in as_completed(futures):
                record = future.result()
                left.remove(futures[future])
                done(futures[future], record)
            return
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    raise OverproofError(
        f"worker processes died {REBUILDS + 1} times, last with {len(left)} shards left; finished records are kept, run again to resume"
    )


def run_dask(jobs: Sequence[Job], done: Callable[[Job, Record], None], *, address: str) -> None:
    """The workers of a running Dask scheduler, which must have overproof installed."""
    try:
        from distributed import Client
        from distributed import as_completed as dask_completed
    except ImportError as fault:
        raise OutOfDomain("--scheduler needs Dask: install overproof[cluster]") from fault
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as fault:
        raise OutOfDomain(f"no Dask scheduler answers at {address}; start one with `dask scheduler`, or leave --scheduler out") from fault
    with client:
        futures = {client.submit(run_job, job, pure=False, retries=REBUILDS): job for job in jobs}
        for future in dask_completed(list(futures)):
            done(futures[future], future.result())
